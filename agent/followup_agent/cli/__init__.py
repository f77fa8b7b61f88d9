"""The command: one file a subcommand, each loaded only when it is run.

This package is the only code that prints, or that decides an exit code.
"""

from followup_agent.cli.main import main

__all__ = ["main"]

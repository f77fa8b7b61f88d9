"""`python -m evals validator …`, or the eval suite: `python -m evals [compare|gate] …`."""

from __future__ import annotations

import sys
from importlib import import_module

#: Measurements of this folder; everything else is `followup-agent eval`.
COMMANDS = ("validator",)


def main(arguments: list[str]) -> int:
    """Run the named measurement, or the suite, with the rest of the arguments."""
    if arguments and arguments[0] in COMMANDS:
        status: int = import_module(f"evals.{arguments[0]}").main(arguments[1:])
        return status
    from followup_agent.cli import main as command

    command(["eval", *arguments])
    return 0  # the command exits by itself


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

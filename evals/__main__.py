"""`python -m evals COMMAND`: run one evaluation."""

from __future__ import annotations

import sys
from importlib import import_module

COMMANDS = ("validator",)


def main(arguments: list[str]) -> int:
    """Run the named evaluation with the rest of the arguments."""
    if not arguments or arguments[0] not in COMMANDS:
        print(f"usage: python -m evals {{{','.join(COMMANDS)}}} …", file=sys.stderr)
        return 2
    status: int = import_module(f"evals.{arguments[0]}").main(arguments[1:])
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

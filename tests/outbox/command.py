"""The command as a process of its own, with or without a terminal, asking a model on loopback."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from followup_agent import settings

SOURCE = Path(settings.__file__).parents[1]
NOTES = Path(__file__).parents[2] / "examples" / "notes.md"
TO_PRIYA = ("draft", NOTES, "--kind", "thank-you", "--to", "Priya", "--today", "2026-05-13")
PROMPT = b"Password of "
# A session's first terminal to be opened becomes the one that it is controlled by, /dev/tty.
_MAIN = """
import os, sys
if name := sys.argv.pop(1):
    os.open(name, os.O_RDWR)
from followup_agent.cli import main
main()
"""
LONGEST = 120.0  # seconds without an octet, after which a test fails instead of hanging


@dataclass(frozen=True)
class Ended:
    """How the command ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line that it ended with."""
        lines = [line for line in self.err.splitlines() if line.startswith("followup-agent: ")]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0].removeprefix("followup-agent: ")


class Command:
    """Runs the command with an environment of its own.

    Args:
        model: The base URL of the server whose model writes.
        environ: What else stands in the environment.
    """

    def __init__(self, model: str, **environ: str) -> None:
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ["HOME"],
            "PYTHONPATH": str(SOURCE),
            "TERM": "dumb",
            "OPENAI_BASE_URL": model,
            "OPENAI_API_KEY": "k",
            "FOLLOWUP_MODEL": "m",
            "FOLLOWUP_PROOFREAD": "0",
            **environ,
        }

    def __call__(self, *args: object, **environ: str) -> Ended:
        """Run it where nobody can be asked: without a terminal."""
        done = subprocess.run(
            self._line(args),
            env=self.environ | environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            start_new_session=True,
            timeout=LONGEST,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    def at_terminal(
        self, *args: object, typed: str = "", stdin: Path | None = None, **environ: str
    ) -> Typed:
        """Run it at a terminal, where a person types a password whenever it asks for one."""
        terminal, side = pty.openpty()
        with contextlib.ExitStack() as stack:
            stack.callback(os.close, terminal)
            given = stack.enter_context(stdin.open("rb")) if stdin else side
            process = subprocess.Popen(
                self._line(args, os.ttyname(side)),
                env=self.environ | environ,
                stdin=given,
                stdout=side,
                stderr=side,
                start_new_session=True,
            )
            stack.callback(process.wait)
            os.close(side)
            shown, asked = b"", 0
            while octets := _read(terminal):
                shown += octets
                if shown.count(PROMPT) > asked and shown.endswith(b": "):
                    asked += 1
                    os.write(terminal, typed.encode() + b"\n")
        return Typed(process.returncode, "", shown.decode().replace("\r\n", "\n"), asked)

    @staticmethod
    def _line(args: tuple[object, ...], terminal: str = "") -> list[str]:
        return [sys.executable, "-c", _MAIN, terminal, *map(str, args)]


@dataclass(frozen=True)
class Typed(Ended):
    """How it ended at a terminal, which shows all that it wrote in ``err``.

    Attributes:
        asked: How often it asked for a password.
    """

    asked: int


def _read(terminal: int) -> bytes:
    """What the terminal shows next; nothing at the end."""
    assert select.select([terminal], [], [], LONGEST)[0], "the command hangs"
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux tells that the other side is closed
        return b""

"""Text onto the clipboard, by the tool that the system has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from followup_agent.errors import OutputError

#: Seconds that a tool may take; they all end at once or leave a child behind.
TIMEOUT = 5.0
_POWERSHELL = (
    "[Console]::InputEncoding = [Text.UTF8Encoding]::new($false); "
    "Set-Clipboard -Value ([Console]::In.ReadToEnd())"
)


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that takes the clipboard's text from its standard input."""

    command: tuple[str, ...]
    encoding: str = "utf-8"


_POWER = Tool(("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _POWERSHELL))
# With a byte order mark, without which clip.exe takes the text for the old code page's.
_CLIP = Tool(("clip.exe",), "utf-16")


def copy(text: str) -> str:
    """Put a text onto the clipboard.

    Returns:
        The name of the tool that did it.

    Raises:
        OutputError: There is no such tool here, or none of them worked.
    """
    failed = []
    for tool in _tools():
        if path := shutil.which(tool.command[0]):
            if _run((path, *tool.command[1:]), text.encode(tool.encoding, "replace")):
                return tool.command[0]
            failed.append(tool.command[0])
    if failed:
        raise OutputError(
            f"the clipboard did not take the text ({', '.join(failed)} failed); use --out"
        )
    raise OutputError(f"there is no clipboard here; {_mend()}")


def _tools() -> Iterator[Tool]:
    """What may work on this system, best first."""
    if sys.platform == "darwin":
        yield Tool(("pbcopy",))
        return
    if sys.platform == "win32":
        yield from (_POWER, _CLIP)
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        yield Tool(("wl-copy",))
    if os.environ.get("DISPLAY"):
        yield Tool(("xclip", "-selection", "clipboard", "-in"))
        yield Tool(("xsel", "--clipboard", "--input"))
    yield Tool(("termux-clipboard-set",))
    yield _CLIP  # Windows Subsystem for Linux


def _mend() -> str:
    if os.environ.get("WAYLAND_DISPLAY"):
        return "install wl-clipboard, or use --out"
    if os.environ.get("DISPLAY"):
        return "install xclip or xsel, or use --out"
    return "use --out, or --format eml"


def _run(command: tuple[str, ...], octets: bytes) -> bool:
    try:
        # Not captured: xclip and wl-copy leave a child behind that would hold a pipe open.
        done = subprocess.run(  # noqa: S603  (a fixed command, found on the path)
            command,
            input=octets,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

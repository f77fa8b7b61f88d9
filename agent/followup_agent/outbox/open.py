"""Opening a draft in the candidate's mail program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from followup_agent.errors import OutputError

#: Seconds after which an opener that is still running counts as having opened: some stay
#: until the mail program ends.
PATIENCE = 5.0


def open_eml(path: Path) -> None:
    """Open an ``.eml`` file in the program that the system has for it.

    Raises:
        OutputError: It is no such file, or nothing opens it.
    """
    if path.suffix.lower() != ".eml" or not path.is_file():
        raise OutputError(f"{path}: is no .eml file that could be opened")
    _open(str(path.resolve()), f"open {path} by hand")


def open_mailto(url: str) -> None:
    """Open a ``mailto:`` link in the mail program.

    Raises:
        OutputError: It is no such link, or nothing opens it.
    """
    if not url.startswith("mailto:") or not url.isascii() or not url.isprintable():
        raise OutputError("only a mailto: link can be opened")
    _open(url, "use --format eml --out DIR, or --copy")


def _open(what: str, mend: str) -> None:
    """Hand over a path or link, as one argument and without a shell."""
    if sys.platform == "win32":
        try:
            os.startfile(what)  # noqa: S606  (an .eml file or a mailto: link)
        except OSError as exc:
            raise OutputError(f"nothing opens it: {exc.strerror}; {mend}") from exc
        return
    name = "open" if sys.platform == "darwin" else "xdg-open"
    opener = shutil.which(name)
    if opener is None:
        raise OutputError(f"there is no {name} here; {mend}")
    code = _run(opener, what)
    if code:
        raise OutputError(f"{name} found nothing to open it with (exit code {code}); {mend}")


def _run(opener: str, what: str) -> int | None:
    """The opener's exit code; None while it still runs, which is a success too."""
    try:
        process = subprocess.Popen(  # noqa: S603  (one argument, which is no option)
            [opener, what],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as exc:
        raise OutputError(f"{opener} cannot be started: {exc.strerror}") from exc
    try:
        return process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True).start()
        return None

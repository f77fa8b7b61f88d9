"""Change a file in one step: it is as it was, or as it shall be, and never in between."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from followup_agent.errors import OutputError
from followup_agent.notes.source import MOST_BYTES

_ATTEMPTS = 5
_SUFFIX = ".followup-tmp"
_STALE = 3600.0  # seconds after which an unfinished copy is certainly nobody's


def change_file(path: Path, change: Callable[[bytes], bytes]) -> bool:
    """Replace a file's content by what a function makes of it.

    A symbolic link stays one: what it leads to is changed. Mode, owner, group and
    extended attributes are kept as far as the system lets us. If the file changes
    meanwhile (an editor saves it), the function is asked again.

    Returns:
        Whether there was anything to change.

    Raises:
        OutputError: It is no plain file of the user's own, or cannot be written.
    """
    try:
        target = path.resolve(strict=True)
        for _ in range(_ATTEMPTS):
            before = target.stat()
            _refuse_odd(path, target, before)
            raw = _read(target)
            fresh = change(raw)
            if fresh == raw:
                return False
            if _replace(target, fresh, before, raw):
                return True
    except OSError as exc:
        raise OutputError(f"{path}: cannot be written: {exc.strerror or exc}") from exc
    raise OutputError(f"{path}: another program keeps changing it; close it there and try again")


def _refuse_odd(path: Path, target: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OutputError(f"{path}: is no plain file; it is left as it is")
    if found.st_nlink > 1:
        raise OutputError(
            f"{path}: has another name elsewhere (a hard link), which would keep the old text; "
            "add the line yourself"
        )
    if not os.access(target, os.W_OK):
        raise OutputError(f"{path}: is write-protected; it is left as it is")
    if path.is_symlink() and _foreign(found):
        raise OutputError(f"{path}: leads to a file of somebody else's; it is left as it is")


def _foreign(found: os.stat_result) -> bool:
    return hasattr(os, "getuid") and found.st_uid != os.getuid()


def _read(target: Path) -> bytes:
    with target.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _replace(target: Path, fresh: bytes, before: os.stat_result, raw: bytes) -> bool:
    """Whether the file was still the one that was read, and is replaced."""
    _sweep(target)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(fresh)
            file.flush()
            _keep_attributes(target, temporary, before)
            os.fsync(file.fileno())
        if _read(target) != raw:
            return False
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return True


def _sweep(target: Path) -> None:
    """Remove copies that a killed process left; they hold the notes."""
    for left in target.parent.glob(f".{_literal(target.name)}.*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE:
                left.unlink()


def _literal(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _keep_attributes(target: Path, temporary: Path, before: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only root may give a file away
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):  # not every file system has them
            for attribute in os.listxattr(target):
                os.setxattr(temporary, attribute, os.getxattr(target, attribute))


def _sync_folder(folder: Path) -> None:
    """Put the new name on the disk; where a folder cannot be opened, the system does it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

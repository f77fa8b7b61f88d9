"""A file is changed in one step, or left alone."""

import os
import stat
import time
from pathlib import Path

import pytest

from followup_agent.errors import OutputError
from followup_agent.history import replace as replace_module
from followup_agent.history.replace import change_file

POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX")


@pytest.fixture
def file(tmp_path):
    """A file with one line."""
    path = tmp_path / "notes.md"
    path.write_bytes(b"one\r\n")
    return path


def grow(raw):
    return raw + b"two"


def test_it_changes_and_leaves_nothing_else(file):
    """The file has the new content, and its folder no other file."""
    before = set(file.parent.iterdir())
    assert change_file(file, grow)
    assert file.read_bytes() == b"one\r\ntwo"
    assert set(file.parent.iterdir()) == before


def test_without_a_change_nothing_is_written(file):
    """The same bytes are no reason to touch a file."""
    before = file.stat()
    assert not change_file(file, lambda raw: raw)
    assert file.stat() == before


def test_an_error_of_the_change_leaves_all_as_it_was(file):
    """What the function raises comes through; the file stays."""
    with pytest.raises(ZeroDivisionError):
        change_file(file, lambda _raw: 1 // 0)
    assert file.read_bytes() == b"one\r\n"


@POSIX
def test_mode_and_attributes_are_kept(file):
    """Permissions survive, and extended attributes where the file system has them."""
    file.chmod(0o640)
    try:
        os.setxattr(file, "user.note", b"x")
    except (OSError, AttributeError):
        marked = False
    else:
        marked = True
    change_file(file, grow)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert not marked or os.getxattr(file, "user.note") == b"x"


@POSIX
def test_a_link_stays_a_link(file, tmp_path):
    """Notes that are a link to a synced folder are changed there."""
    link = tmp_path / "link.md"
    link.symlink_to(file)
    assert change_file(link, grow)
    assert link.is_symlink()
    assert file.read_bytes().endswith(b"two")


@POSIX
def test_a_link_to_somebody_elses_file_is_refused(file, tmp_path, monkeypatch):
    """A link that leads out of one's own files is not followed."""
    link = tmp_path / "link.md"
    link.symlink_to(file)
    monkeypatch.setattr(os, "getuid", lambda: file.stat().st_uid + 1)
    with pytest.raises(OutputError, match="leads to a file of somebody else's"):
        change_file(link, grow)
    assert change_file(file, grow)


@POSIX
def test_odd_files_are_refused(file, tmp_path):
    """A second hard link, a device, a folder, a dangling link, a missing file."""
    os.link(file, tmp_path / "other.md")
    with pytest.raises(OutputError, match="has another name elsewhere"):
        change_file(file, grow)
    with pytest.raises(OutputError, match="is no plain file"):
        change_file(Path("/dev/null"), grow)
    with pytest.raises(OutputError, match="is no plain file"):
        change_file(tmp_path, grow)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    for name in ("dangling", "missing"):
        with pytest.raises(OutputError, match=f"{name}: cannot be written: No such file"):
            change_file(tmp_path / name, grow)


def test_a_protected_file_is_refused(file, monkeypatch):
    """Replacing would get around the write protection, so it is asked for."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="is write-protected"):
        change_file(file, grow)


def test_an_editor_that_saves_meanwhile_wins_nothing_and_loses_nothing(file):
    """What was saved between reading and replacing is read again."""
    saves = iter([b"edited ", b"edited again "])

    def change(raw):
        fresh = raw + b"two"
        for saved in saves:
            file.write_bytes(saved)
            break
        return fresh

    assert change_file(file, change)
    assert file.read_bytes() == b"edited again two"


def test_a_file_that_never_rests_is_given_up(file):
    """After some attempts the message says why."""
    count = iter(range(1000))

    def change(raw):
        file.write_bytes(b"%d" % next(count))
        return raw + b"two"

    with pytest.raises(OutputError, match="another program keeps changing it"):
        change_file(file, change)
    assert [p.name for p in file.parent.glob("*.followup-tmp")] == []


def test_a_failed_write_leaves_the_file(file, monkeypatch):
    """A full disk is told; the old content is whole and no copy is left."""

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(replace_module.os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        change_file(file, grow)
    assert file.read_bytes() == b"one\r\n"
    assert list(file.parent.glob(".*followup-tmp")) == []


def test_copies_of_killed_runs_are_swept(tmp_path):
    """An old unfinished copy of this file goes; a fresh one and another file's stay."""
    file = tmp_path / "a[1]*.md" if os.name != "nt" else tmp_path / "a[1].md"
    file.write_bytes(b"x")
    old = tmp_path / f".{file.name}.abc.followup-tmp"
    fresh = tmp_path / f".{file.name}.def.followup-tmp"
    other = tmp_path / ".b.md.abc.followup-tmp"
    for path in (old, fresh, other):
        path.write_bytes(b"secret")
    past = time.time() - 7200
    os.utime(old, (past, past))
    os.utime(other, (past, past))
    change_file(file, grow)
    assert (old.exists(), fresh.exists(), other.exists()) == (False, True, True)


def test_systems_without_owners_and_attributes(file, monkeypatch):
    """Where the system knows no owners or attributes, or no folder can be opened, it works."""
    for name in ("chown", "listxattr", "getuid"):
        monkeypatch.delattr(os, name, raising=False)
    real = os.open

    def no_folders(path, *args, **options):
        if Path(path).is_dir():
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **options)

    monkeypatch.setattr(replace_module.os, "open", no_folders)
    assert change_file(file, grow)

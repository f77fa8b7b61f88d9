"""The file that ``followup-agent new`` writes."""

from __future__ import annotations

import datetime as dt
import errno
import os
from pathlib import Path

import pytest

from followup_agent.errors import OutputError
from followup_agent.notes import load_notes, new_notes, template, write_new

KNOWN = {
    "company": "Lumen Health",
    "role": "Senior Backend Engineer",
    "interviewers": ["Priya Nair", "Tom Becker"],
    "candidate": "Daniel Okafor",
    "interviewed": "2026-05-12T14:00",
    "timezone": "Europe/London",
}


def test_unfilled(faults):
    """An unfilled file says what to fill in, key by key, each with its line."""
    found = faults(new_notes())
    keys = ["name", "company", "role", "interviewed", "name", "the section Topics"]
    assert [row.split(" is empty")[0].split(": ")[1].strip("`") for row in found] == keys
    assert all(row[0].isdigit() for row in found)


def test_filled():
    """With all values and one topic it is valid."""
    notes = load_notes(new_notes(**KNOWN).replace("\n-\n", "\n- Tom: alerts\n", 1))
    assert [person.name for person in notes.interviewers] == KNOWN["interviewers"]
    assert notes.topics[0].by == "Tom Becker"
    assert notes.timezone == "Europe/London"
    assert not notes.private


@pytest.mark.parametrize("at", [dt.date(2026, 5, 12), dt.datetime(2026, 5, 12, 14)])
def test_moment(at):
    """The interview may be given as an object."""
    text = new_notes(**KNOWN | {"interviewed": at}).replace("\n-\n", "\n- x\n", 1)
    assert load_notes(text).interviewed == at


@pytest.mark.parametrize(
    "value",
    ["A: B", "null", "~", "# x", "'", '"q"', "- x", "&a", "{x}", "C# & co", "é 漢", "a\\b", "No"],
)
def test_quoting(value):
    """Any value comes back as it was given, whatever YAML would make of it."""
    text = new_notes(**KNOWN | {"company": value, "interviewed": "2026-05-12"})
    assert load_notes(text.replace("\n-\n", "\n- x\n", 1)).company == value


def test_bad_values(faults):
    """A value that is no date, or of two lines, is a fault of the file and not a broken file."""
    text = new_notes(**KNOWN | {"interviewed": "next: week", "role": "a\nb"})
    found = faults(text.replace("\n-\n", "\n- x\n", 1))
    assert len(found) == 2


def test_write(tmp_path):
    """The file is written whole, for its owner only, and nothing is left beside it."""
    path = tmp_path / "notes.md"
    write_new(path, "é\n", force=False)
    assert path.read_bytes() == "é\n".encode()
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["notes.md"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_never_overwritten(tmp_path):
    """A file that is there stays, until --force replaces it; a link stays a link."""
    path = tmp_path / "notes.md"
    path.write_text("old", "utf-8")
    link = tmp_path / "link.md"
    link.symlink_to(path)
    for taken in (path, link):
        with pytest.raises(OutputError, match=r"exists already; --force replaces it"):
            write_new(taken, "new", force=False)
    assert path.read_text("utf-8") == "old"
    write_new(link, "new", force=True)
    assert link.is_symlink()
    assert path.read_text("utf-8") == "new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes there")
def test_only_a_file_is_replaced(tmp_path):
    """A pipe or a device that --force meets is no notes file, and stays."""
    pipe = tmp_path / "notes.md"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="is no file that could be replaced"):
        write_new(pipe, "new", force=True)
    assert pipe.is_fifo()


def test_without_hard_links(tmp_path, monkeypatch):
    """Where there are no hard links the file is moved, and still never overwritten."""

    def refuse(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(template.os, "link", refuse)
    path = tmp_path / "notes.md"
    write_new(path, "one", force=False)
    with pytest.raises(OutputError, match="exists already"):
        write_new(path, "two", force=False)
    assert path.read_text("utf-8") == "one"


def test_unwritable(tmp_path, monkeypatch):
    """A place that cannot be written is said in one line, and leaves nothing half-written."""
    with pytest.raises(OutputError, match="its folder does not exist"):
        write_new(tmp_path / "no" / "notes.md", "x", force=False)
    with pytest.raises(OutputError, match="is a folder"):
        write_new(tmp_path, "x", force=True)
    with pytest.raises(OutputError, match="not valid text"):
        write_new(tmp_path / "a.md", "\ud800", force=False)

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(template.os, "fsync", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OutputError, match="No space left on device"):
        write_new(Path(tmp_path) / "b.md", "x", force=True)
    assert sorted(tmp_path.iterdir()) == before

"""Files are whole or not there, and never replace another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from followup_agent.errors import OutputError
from followup_agent.outbox.files import make_folder, slug, write_file


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Lumen Health", "lumen-health"),
        ("O'Brien & Søn", "o-brien-søn"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\r\nb\0c", "a-b-c"),
        ("李雷", "李雷"),
        ("…", "unnamed"),
        ("x" * 99, "x" * 40),
    ],
)
def test_slug_makes_a_safe_file_name(name: str, part: str) -> None:
    """No separator, control character or length of a name reaches the file system."""
    assert slug(name) == part


def test_an_existing_file_is_kept(tmp_path: Path) -> None:
    """A second draft gets a number instead of replacing the first."""
    first = write_file(tmp_path / "draft.txt", "one")
    second = write_file(tmp_path / "draft.txt", "two")
    assert (first.read_text(), second.read_text()) == ("one", "two")
    assert second.name == "draft-2.txt"
    assert sorted(p.name for p in tmp_path.glob("*draft*")) == ["draft-2.txt", "draft.txt"]


def test_without_hard_links_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a file system that has no hard links the file is renamed, after a look."""

    def no_link(*_: object) -> None:
        raise OSError("not supported")

    monkeypatch.setattr(os, "link", no_link)
    write_file(tmp_path / "draft.txt", "one")
    assert write_file(tmp_path / "draft.txt", "two").name == "draft-2.txt"
    assert (tmp_path / "draft.txt").read_text() == "one"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that fails is an OutputError, and no half file is there."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_file(tmp_path / "draft.txt", "one")
    assert not any(p.is_file() for p in tmp_path.iterdir())


def test_a_folder_is_tried_before_any_model_is_asked(tmp_path: Path) -> None:
    """A place that cannot be a folder is an OutputError."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write there"):
        make_folder(tmp_path / "file")
    make_folder(tmp_path / "new" / "folder")
    assert (tmp_path / "new" / "folder").is_dir()

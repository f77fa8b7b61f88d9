"""Where notes come from: paths, texts, bytes, and what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from followup_agent.errors import NotesError
from followup_agent.notes import load_notes
from followup_agent.notes import source as source_module


@pytest.mark.parametrize("name", ["n.md", "n.MARKDOWN", "n.txt", "n", "n.notes"])
def test_paths(small, tmp_path, name):
    """A path is read as a string or a path, and names the notes."""
    path = tmp_path / name
    path.write_text(small, "utf-8")
    assert load_notes(path).source == str(path)
    assert load_notes(str(path)) == load_notes(path)
    assert load_notes(path, name="mine").source == "mine"


def test_format_by_ending_or_content(small, mapping, tmp_path):
    """The ending decides the format; without a telling one the content does."""
    document = json.dumps(mapping)
    for name in ("n.json", "n.yaml", "n.yml", "n.txt", "n"):
        (tmp_path / name).write_text(document + "\n", "utf-8")
        assert load_notes(tmp_path / name).company == "Lumen Health"
    for text in (document, f"\n {document}\n", document.encode(), small, small.encode()):
        assert load_notes(text).company == "Lumen Health"
    assert load_notes(small, name="-").source == "-"
    with pytest.raises(NotesError, match="`role` is missing; write `role: S"):
        load_notes("# a comment of YAML\ncompany: Lumen Health\n")
    with pytest.raises(NotesError, match="no front matter"):
        load_notes("Hello there\nyou\n")


def test_unread(faults, tmp_path):
    """What is no readable file is one line with the mend, and never shows a long text."""
    assert faults("nope.md") == [
        "None: no such file; check the name, or make one with `followup-agent new`"
    ]
    assert faults(tmp_path) == ["None: this is a folder; name the notes file in it"]
    assert "check the name" in faults("x" * 5000)[0]
    assert faults("a\0b") == ["None: this is no file name; check it"]
    with pytest.raises(NotesError) as caught:
        load_notes("A long sentence " * 40)
    assert len(str(caught.value)) < 150


def test_forbidden(faults, monkeypatch):
    """A file that may not be read says so."""

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert faults("n.md") == ["None: this file may not be read; change its permissions"]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "None: this is empty; `followup-agent new` writes one to fill in"),
        (b"\xef\xbb\xbf \r\n", "None: this is empty; `followup-agent new` writes one to fill in"),
        (b"a\r\nb\0c", "2: this is a binary file, not text; save the notes as Markdown"),
        (b"\x89PNG\r\n\x1a\n\0", "1: this is a binary file, not text"),
        (b"a\rb\nc\xe9d", "3: byte 5 is not UTF-8; save the file as UTF-8"),
        ("a".encode("utf-16"), "1: the text is UTF-16; save it as UTF-8"),
        (b"a\n\x1b[31m", "2: a control character (U+001B) stands here; delete it"),
        (b"x" * (256 * 1024 + 1), "None: larger than 256 KiB; keep one interview in a file"),
    ],
)
def test_unreadable(faults, tmp_path, raw, expected):
    """Empty, binary, wrongly encoded and huge files are refused before they are parsed."""
    path = tmp_path / "n.md"
    path.write_bytes(raw)
    for source in (path, raw):
        (found,) = faults(source)
        assert found.startswith(expected)


def test_unreadable_text(faults, small):
    """A text has the same limits as a file, and half characters are refused."""
    assert faults("")[0].startswith("None: this is empty")
    assert faults(small + "x" * 256 * 1024)[0].startswith("None: larger than 256 KiB")
    assert faults(f"{small}\ud800\n")[0].startswith("12: a control character (U+D800)")
    padding = "<!-- " + "x" * (256 * 1024 - len(small) - 9) + "-->\n"
    assert load_notes(small + padding).company == "Lumen Health"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_endless_device(faults):
    """An endless device is read to the limit and no further."""
    assert faults(Path("/dev/zero"))[0].startswith("None: larger than 256 KiB")


def test_limit_is_one_place():
    """The limit is the documented one."""
    assert source_module.MOST_BYTES == 262_144

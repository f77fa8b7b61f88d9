"""Only an .eml file or a mailto: link is opened, as one argument, without a shell."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from followup_agent.errors import OutputError
from followup_agent.outbox import open as opening

LINK = "mailto:priya@lumen.example?subject=Hi%20%26%20bye&body=%24%28id%29"


@pytest.fixture
def eml(tmp_path: Path) -> Path:
    """A draft with a name that a shell or an option parser would stumble over."""
    path = tmp_path / "-a $(touch owned) & b.eml"
    path.write_bytes(b"X-Unsent: 1\r\n\r\n")
    return path


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An opener on the path that writes its arguments down."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "xdg-open"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$1" > {tmp_path}/opened\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(sys, "platform", "linux")
    return program


def test_a_file_is_one_argument(eml, opener, tmp_path, monkeypatch):
    """Its absolute path: no option, no command."""
    monkeypatch.chdir(tmp_path)
    opening.open_eml(Path(eml.name))
    assert (tmp_path / "opened").read_text() == f"1\n{eml.resolve()}\n"
    assert not list(tmp_path.rglob("owned"))


def test_a_link_is_one_argument(opener, tmp_path):
    """What a shell would take for its own stays a part of it."""
    opening.open_mailto(LINK)
    assert (tmp_path / "opened").read_text() == f"1\n{LINK}\n"


def test_the_macs_opener(eml, opener, monkeypatch):
    """It is called open."""
    opener.rename(opener.with_name("open"))
    monkeypatch.setattr(sys, "platform", "darwin")
    opening.open_eml(eml)
    assert (opener.parent.parent / "opened").is_file()


@pytest.mark.parametrize(
    "link", ["https://evil.example", "file:///etc/passwd", "mailto:a\nb", "mailto:ä"]
)
def test_no_other_link_is_opened(opener, link):
    """Nothing but a link of ours."""
    with pytest.raises(OutputError, match="only a mailto: link"):
        opening.open_mailto(link)


@pytest.mark.parametrize("name", ["run.sh", "missing.eml"])
def test_no_other_file_is_opened(opener, tmp_path, name):
    """Nothing that might be run, and nothing that is not there."""
    (tmp_path / "run.sh").write_text("")
    with pytest.raises(OutputError, match=r"no \.eml file"):
        opening.open_eml(tmp_path / name)


def test_without_an_opener_the_mend_is_named(eml, monkeypatch, tmp_path):
    """The file is there to be opened by hand."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutputError, match=r"no xdg-open here; open .* by hand"):
        opening.open_eml(eml)
    with pytest.raises(OutputError, match="--format eml"):
        opening.open_mailto(LINK)


def test_an_opener_that_finds_nothing_is_told(opener):
    """Its exit code is not swallowed."""
    opener.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(OutputError, match=r"exit code 3.*--format eml"):
        opening.open_mailto(LINK)


def test_an_opener_that_cannot_start_is_told(opener, monkeypatch):
    """A broken program is no traceback."""
    opener.write_text("no program")
    with pytest.raises(OutputError, match="cannot be started"):
        opening.open_mailto(LINK)


def test_an_opener_that_stays_has_opened(opener, monkeypatch):
    """Some run until the mail program ends; nobody waits for that."""
    opener.write_text("#!/bin/sh\nexec sleep 1\n")
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    begun = time.monotonic()
    opening.open_mailto(LINK)
    assert time.monotonic() - begun < 0.9


def test_windows_has_its_own_way(eml, monkeypatch):
    """The shell's association, which takes one path or link."""
    opened = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    monkeypatch.setattr(subprocess, "Popen", None)
    opening.open_mailto(LINK)
    assert opened == [LINK]

    def refuse(_):
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(OutputError, match="No application is associated"):
        opening.open_mailto(LINK)

"""`draft --copy` and `--open` as a person runs them, with the desktop's own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from command import NOTES, TO_PRIYA, Command
from display import running_display
from real_programs import needs

from servers.provider import Provider

pytestmark = pytest.mark.server


@pytest.fixture
def command():
    """The command with a model on loopback, and an opener that writes its arguments down."""
    folder = Path("desktop").absolute()
    folder.mkdir()
    opener = folder / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {folder}/opened\n')
    opener.chmod(0o755)
    with Provider() as provider:
        yield Command(provider.url, PATH=f"{folder}:{os.environ['PATH']}")


def opened() -> list[str]:
    """The arguments that the opener was started with."""
    file = Path("desktop/opened")
    return file.read_text().splitlines() if file.exists() else []


def test_the_link_is_opened_that_mailto_prints(command):
    """To the recipient of the notes, with the printed words; nothing else is an argument."""
    done = command(*TO_PRIYA, "--open")
    assert (done.code, done.err) == (0, "")
    assert opened() == command(*TO_PRIYA, "--format", "mailto").out.splitlines()
    link = urlsplit(opened()[0])
    subject, _, body = link.query.partition("&body=")
    assert link.path == "priya.nair@lumen.example"
    text = f"Subject: {unquote(subject.removeprefix('subject='))}\n\n{unquote(body)}\n"
    assert text.replace("\r\n", "\n") == done.out


def test_a_written_eml_is_opened_in_place_of_a_link(command, tmp_path):
    """It is named on standard error, and opened by its whole path."""
    done = command(*TO_PRIYA, "--format", "eml", "--out", "out", "--open")
    assert done.code == 0
    (eml,) = (tmp_path / "out").glob("*.eml")
    assert opened() == [str(eml)]
    assert done.err.splitlines()[0] == str(eml.relative_to(tmp_path))


def test_a_long_link_is_refused_and_the_words_are_kept(command):
    """The .eml is named instead; whether it was to be printed or opened, nothing is lost."""
    notes = Path("long.md")
    topic = "the dual-write problem between the claims database and the event stream"
    written = NOTES.read_text(encoding="utf-8")
    notes.write_text(
        written.replace(topic, "数" * 150).replace(
            "- Priya: moving the claims service from a monolith to event-driven services\n", ""
        ),
        encoding="utf-8",
    )
    long = ("draft", notes, *TO_PRIYA[2:])
    for way in (["--open"], ["--format", "mailto"]):
        done = command(*long, *way)
        assert done.code == 2, done.err
        assert "1,600; use --format eml --out DIR" in done.error
        assert "Kind regards,\nDaniel Okafor" in done.out + done.err
    assert opened() == []
    assert command(*long, "--open", "--format", "eml", "--out", "out").code == 0
    assert [Path(name).suffix for name in opened()] == [".eml"]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "there is no xdg-open here; use --format eml"),
        (3, "xdg-open found nothing to open it with (exit code 3); use --format eml"),
    ],
)
def test_without_an_opener_one_line_names_the_mend(command, code, words):
    """The draft is printed all the same."""
    opener = Path("desktop/xdg-open").absolute()
    opener.write_text(f"#!/bin/sh\nexit {code}\n")
    if code is None:
        opener.unlink()
    done = command(*TO_PRIYA, "--open", PATH=f"{opener.parent}")
    assert done.code == 2
    assert words in done.error
    assert done.out.endswith("Kind regards,\nDaniel Okafor\n")


def test_without_a_display_the_clipboard_is_one_line(command):
    """The draft is printed all the same, and another way is named."""
    done = command(*TO_PRIYA, "--copy", PATH="desktop")
    assert done.code == 2
    assert done.error == "there is no clipboard here; use --out, or --format eml"
    assert done.out.endswith("Kind regards,\nDaniel Okafor\n")


@pytest.mark.programs
def test_the_clipboard_holds_what_is_printed(command):
    """A real xclip takes it, under a display of its own, and keeps it after the command ended."""
    needs("Xvfb", "xclip")
    with running_display() as display:
        done = command(*TO_PRIYA, "--copy", DISPLAY=display)
        paste = [shutil.which("xclip"), "-selection", "clipboard", "-out", "-display", display]
        pasted = subprocess.run(paste, capture_output=True, timeout=10, check=True).stdout
    assert (done.code, done.err) == (0, "copied, by xclip\n")
    assert pasted.decode() + "\n" == done.out

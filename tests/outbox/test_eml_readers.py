"""Mail programs and parsers that we didn't write read an .eml file as it was meant."""

from __future__ import annotations

import os
import pty
import subprocess
import threading
from pathlib import Path

import pytest
from deliverable import generated
from real_programs import needs, read_by_javascript

from followup_agent.outbox.eml import eml_bytes

pytestmark = pytest.mark.programs

COUNT = 500
HEADERS = ["x-unsent", "from", "to", "subject", "mime-version", "content-type"]
HEADERS += ["content-transfer-encoding"]


@pytest.fixture(scope="module")
def drafts():
    """Drafts with names in any script, and their mails."""
    pairs = [generated(seed) for seed in range(COUNT)]
    return [(draft, notes, eml_bytes(draft, notes)) for draft, notes in pairs]


@pytest.mark.parametrize("parser", ["postal-mime", "mailparser"])
def test_javascript_parsers_read_every_field(drafts, parser):
    """Names, addresses, subject and body, and no header or attachment besides."""
    needs("node")
    read = read_by_javascript(eml for *_, eml in drafts)
    assert len(read) == COUNT
    for (draft, notes, _), both in zip(drafts, read, strict=True):
        mail = both[parser]
        assert sorted(mail["headers"]) == sorted(HEADERS)
        assert mail["attachments"] == 0
        assert mail["subject"] == draft.subject
        assert mail["from"]["name"] == notes.candidate.name
        assert mail["from"]["address"] == notes.candidate.email
        person = notes.interviewers[0]
        assert mail["to"] == [{"name": person.name, "address": person.email}]
        assert mail["text"].rstrip("\n") == draft.body.rstrip("\n")


RC = """
set charset=utf-8
set folder={folder}
set pipe_decode=yes
set pipe_split=yes
set wait_key=no
set sort=mailbox-order
set quit=yes
set mark_old=no
set sendmail=/bin/false
ignore *
unignore from to subject
push "<tag-pattern>~A<enter><tag-prefix><pipe-message>{folder}/collect<enter><quit>"
"""


def run_neomutt(folder: Path) -> None:
    """Open a maildir in a terminal, and pipe every mail as it is shown to a script."""
    (folder / "rc").write_text(RC.format(folder=folder))
    collect = folder / "collect"
    collect.write_text(f'#!/bin/sh\ncat > "$(mktemp {folder}/shown.XXXXXX)"\n')
    collect.chmod(0o755)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        ["neomutt", "-n", "-F", str(folder / "rc"), "-f", str(folder / "mail")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    os.close(theirs)
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    try:
        while os.read(ours, 65536):
            pass
    except OSError:  # how Linux says that the other side has closed
        pass
    finally:
        os.close(ours)
        process.wait(30)
        watchdog.cancel()


def test_a_mail_client_shows_every_field(drafts, tmp_path):
    """Neomutt shows names, subject and body; it has no glyph for code points newer than it."""
    needs("neomutt")
    drafts = drafts[:60]
    for part in ("cur", "new", "tmp"):
        (tmp_path / "mail" / part).mkdir(parents=True)
    for number, (_, _, eml) in enumerate(drafts):
        (tmp_path / "mail" / "cur" / f"{number:03}:2,DS").write_bytes(eml)
    run_neomutt(tmp_path)
    shown = {}
    for file in tmp_path.glob("shown.*"):
        head, _, body = file.read_text(encoding="utf-8").partition("\n\n")
        fields = dict(line.split(": ", 1) for line in head.replace("\n ", " ").split("\n"))
        shown[fields["To"].rpartition("<")[2].rstrip(">")] = (fields, body)
    assert len(shown) == len(drafts)
    for draft, notes, _ in drafts:
        fields, body = shown[notes.interviewers[0].email]
        person = fields["To"].rpartition(" <")[0]
        assert same(bare(person), bare(notes.interviewers[0].name))
        assert same(fields["Subject"], draft.subject)
        assert same(body, draft.body)
        assert len(body.rstrip("\n").split("\n")) == len(draft.body.rstrip("\n").split("\n"))


def bare(name: str) -> str:
    """Without quotation marks and backslashes, which a client shows or hides as it likes."""
    return name.replace('"', "").replace("\\", "")


def same(shown: str, meant: str) -> bool:
    """Equal but for white space, which folding may change on a screen, and missing glyphs."""
    left, right = "".join(shown.split()), "".join(meant.split())
    pairs = zip(left, right, strict=False)
    return len(left) == len(right) and all(a in (b, "?", "\ufffd") for a, b in pairs)

"""Whatever is wrong with what the command is given, it says how to mend it, and exits with 2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import Run, script

from followup_agent.notes import load_notes
from good_messages import NOTES_FILE

DAY = ("--today", "2026-05-13")

FRONT = "---\ncandidate: Al Bo\ncompany: Acme\nrole: Cook\ninterviewed: 2026-05-12\ninterviewers: [Cy Do]\n"
BAD = {
    "empty": (b"", "empty"),
    "blank": (b"  \n\n", "empty|front matter"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0", "text|binary|UTF-8"),
    "300 KB": (b"x" * 300_000, "KB|bytes|large"),
    "not UTF-8": (FRONT.encode() + "city: Zürich\n---\n".encode("latin-1"), "UTF-8"),
    "UTF-16": (FRONT.encode("utf-16"), "UTF-8|UTF-16|text"),
    "unclosed": (FRONT.encode() + b"\n## Topics\n\n- soup\n", "---"),
    "bomb": (
        b"---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ncompany: *c\n---\n",
        "alias|anchor|&",
    ),
    "tag": (b"---\ncompany: !!python/object/apply:os.system [ls]\n---\n", "tag|!!"),
    "unknown key": (
        FRONT.replace("company", "compnay").encode() + b"---\n## Topics\n- x\n",
        "did you mean `company`",
    ),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["draft", "check", "plan"])
def test_bad_notes_are_exit_2(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, command: str
) -> None:
    """Every fault is one line with file and mend; no traceback, and no model is asked."""
    data, said = BAD[name]
    path = tmp_path / "bad.md"
    path.write_bytes(data)
    (tmp_path / "m.txt").write_text("Hi.")
    model = script(monkeypatch, [])
    done = (
        cli("check", "m.txt", "--notes", path) if command == "check" else cli(command, path, *DAY)
    )
    assert (done.code, done.out) == (2, "")
    assert re.search(said, done.err), done.err
    assert all(
        line.removeprefix("followup-agent: ").startswith(str(path))
        for line in done.err.splitlines()
    )
    assert len(done.err.splitlines()) <= 8
    assert max(len(line.replace(str(path), "bad.md")) for line in done.err.splitlines()) < 240
    assert model.requests == []


@pytest.mark.parametrize(
    ("old", "kind", "mend"),
    [
        ("- [Outbox", "value-add", "add one under `## Resources`"),
        ("decision_by: 2026-05-26\n", "status", "add `decision_by: YYYY-MM-DD`"),
    ],
)
def test_a_kind_that_the_notes_cannot_carry_is_exit_2(
    cli: Run, tmp_path: Path, old: str, kind: str, mend: str
) -> None:
    """What to add and where is said in one line."""
    text = NOTES_FILE.read_text("utf-8")
    lines = [
        line for line in text.splitlines() if not line.startswith((old.strip(), "They will decide"))
    ]
    path = tmp_path / "notes.md"
    path.write_text("\n".join(lines), "utf-8")
    assert load_notes(path)
    done = cli("draft", path, "--kind", kind, *DAY)
    assert (done.code, done.out) == (2, "")
    assert mend in done.err
    assert len(done.err.splitlines()) == 1


def test_a_name_of_nobody_is_exit_2(cli: Run) -> None:
    """The nearest interviewer is named."""
    done = cli("draft", NOTES_FILE, "--to", "Tom Beker", *DAY)
    assert (done.code, done.out) == (2, "")
    assert "did you mean Tom Becker?" in done.err


def test_a_resource_is_chosen_from_a_reading_list(cli: Run) -> None:
    """Which of the best entries, without the list, is exit 2 and not passed over."""
    done = cli("draft", NOTES_FILE, "--kind", "value-add", "--resource", "2", *DAY)
    assert (done.code, done.out) == (2, "")
    assert "add --reading-list FILE" in done.err


def test_an_error_cannot_steer_the_terminal(cli: Run) -> None:
    """What an error repeats of a file or an argument is made visible."""
    done = cli("draft", NOTES_FILE, "--to", "\x1b[2JTom\x9b", *DAY)
    assert done.code == 2
    assert done.err.strip().isprintable()

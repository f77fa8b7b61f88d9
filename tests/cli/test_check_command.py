"""`followup-agent check`: what the guide says of any message, and how far it could look."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run, runner

from followup_agent import ScriptedModel, draft
from followup_agent.cli import options
from followup_agent.guide.message import Composition, Part
from followup_agent.kinds import Kind
from good_messages import GOOD, NOTES, NOTES_FILE, TODAY, parts

AGAINST = ("--notes", NOTES_FILE, "--today", "2026-05-13")


def text(**changed: str | None) -> str:
    """A thank-you to Priya with some parts changed."""
    return Composition(Kind.THANK_YOU, {Part(k): v for k, v in parts(**changed).items()}).text


@pytest.fixture
def message(tmp_path: Path) -> Path:
    """A good message in a file."""
    path = tmp_path / "message.txt"
    path.write_text(text(), "utf-8")
    return path


def test_a_valid_message_is_exit_0(cli: Run, message: Path) -> None:
    """The message is shown, each required rule with its tick, and the verdict last."""
    done = cli("check", message, *AGAINST)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(text())
    assert "Checked as a thank-you message to Priya Nair." in done.out
    assert "  ✓ gratitude\n" in done.out
    assert done.out.endswith("\nValid.\n")


def test_a_fault_is_exit_3_and_says_how_to_mend_it(cli: Run, message: Path) -> None:
    """The rule, what is wrong and the words meant stand on one line."""
    message.write_text(text(gratitude="Thank you for your time, [name]."), "utf-8")
    done = cli("check", message, *AGAINST)
    assert (done.code, done.err) == (3, "")
    assert (
        "  ✗ placeholder: “[name]” is a placeholder: fill it in, or leave the sentence out  [[name]]"
        in done.out
    )
    assert done.out.splitlines()[-1].startswith("Not valid: 1 required")


def test_advice_is_counted_and_refuses_nothing(cli: Run, message: Path) -> None:
    """What could be better has its own mark."""
    message.write_text(
        Composition(Kind.VALUE_ADD, {Part(k): v for k, v in GOOD[Kind.VALUE_ADD].items()}).text
    )
    done = cli(
        "check", message, "--notes", NOTES_FILE, "--today", "2026-05-18", "--kind", "value-add"
    )
    assert done.code == 0
    assert "  ! brevity: " in done.out
    assert done.out.endswith("Valid, 1 advice.\n")


def test_both_kinds_of_fault_are_counted(cli: Run, message: Path) -> None:
    """The verdict tells what refuses from what does not."""
    message.write_text("Subject: x\n\nHi Priya,\n\nThanks.\n\nBest wishes,\nDaniel Okafor", "utf-8")
    done = cli("check", message, "--kind", "thank-you", *AGAINST)
    assert done.code == 3
    assert done.out.splitlines()[-1].startswith("Not valid: ")
    assert done.out.splitlines()[-1].endswith(" advice.")


def test_without_notes_it_says_what_was_not_checked(cli: Run, message: Path) -> None:
    """The rules that need the notes are listed with the option that gives them."""
    done = cli("check", message)
    line = next(line for line in done.out.splitlines() if line.startswith("Not checked: "))
    assert "private" in line
    assert "invented_name" in line
    assert line.endswith(
        "Most need the interview's notes: --notes NOTES. Proofreading was skipped."
    )


def test_skipped_proofreading_is_said(cli: Run, message: Path) -> None:
    """With the notes given, only that is unchecked."""
    done = cli("check", message, *AGAINST)
    assert "Not checked: proofreading, proofreading_hint. Proofreading was skipped." in done.out


def test_json_is_one_line(cli: Run, message: Path) -> None:
    """The same object as a draft's, in ASCII, with spans that fit its text."""
    message.write_text(text(gratitude="Thank you for your time, [name]."), "utf-8")
    done = cli("check", message, "--format", "json", *AGAINST)
    assert (done.code, done.err) == (3, "")
    assert done.out.isascii()
    (line,) = done.out.splitlines()
    data = json.loads(line)
    (violation,) = [v for v in data["violations"] if v["span"]]
    assert data["text"][slice(*violation["span"])] == "[name]"
    assert data["valid"] is False


def test_a_message_is_read_from_standard_input(cli: Run) -> None:
    """What ``draft`` prints can be piped into ``check``, as text and as JSON."""
    made = draft(NOTES, "thank-you", "Priya", ScriptedModel([parts()]), today=TODAY)
    for data in (made.text, json.dumps(made.to_dict())):
        done = cli("check", "-", *AGAINST, stdin=data)
        assert (done.code, done.err) == (0, "")
    assert cli("check", "-", stdin="").err == "followup-agent: -: the message is empty\n"


def test_an_e_mail_file_is_read(cli: Run, tmp_path: Path) -> None:
    """Headers other than the subject are no part of the message."""
    mail = tmp_path / "reply.eml"
    head, _, body = text().partition("\n\n")
    mail.write_text(
        f"To: a@b.example\n{head.replace('–', '-')}\nContent-Type: text/plain; charset=utf-8\n\n{body}"
    )
    done = cli("check", mail, *AGAINST)
    assert done.code == 0, done.out
    assert "a@b.example" not in done.out


def test_what_would_steer_a_terminal_is_made_visible(cli: Run, message: Path) -> None:
    """No control, direction or surrogate character gets through; joiners and spaces do."""
    evil = "\x1b]0;pwned\x07\x1b[2J\x9b1m\u202e\r\b"
    message.write_text(
        text(gratitude=f"Thank you,\u00a0किं\u200dतु {evil}[name]."), "utf-8", newline=""
    )
    done = cli("check", message, *AGAINST)
    assert done.code == 3
    assert not [c for c in done.out if c in evil and not c.isprintable()]
    assert "you,\u00a0किं\u200dतु \N{REPLACEMENT CHARACTER}]0;pwned" in done.out
    as_json = cli("check", message, "--format", "json", *AGAINST).out
    assert as_json.strip().isprintable()


@pytest.mark.parametrize("where", ["nowhere.txt", "."])
def test_a_message_that_is_not_there_is_exit_2(cli: Run, where: str) -> None:
    """One line with the name, no traceback."""
    done = cli("check", where)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"followup-agent: {where}: ")
    assert len(done.err.splitlines()) == 1


def test_the_paid_length_of_linkedin_is_the_environments(
    cli: Run, message: Path, monkeypatch
) -> None:
    """A note that ``draft`` may write is not refused by ``check``."""
    long = {
        **GOOD[Kind.LINKEDIN],
        "reference": "I enjoyed our interview on 12 May about event-driven services. " * 3,
    }
    message.write_text(Composition(Kind.LINKEDIN, {Part(k): v for k, v in long.items()}).text)
    for paid, found in (("0", True), ("1", False)):
        monkeypatch.setenv("FOLLOWUP_LINKEDIN_PAID", paid)
        assert ("✗ length" in cli("check", message, *AGAINST, "--kind", "linkedin").out) is found


def test_proofreading_is_on_unless_it_is_left_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, message: Path
) -> None:
    """A slip is found; --no-proofread and FOLLOWUP_PROOFREAD=0 leave it."""
    run = runner(capsys, monkeypatch)
    message.write_text(
        text(interest="I would very much like to wrok as Senior Backend Engineer at Lumen Health.")
    )
    assert "✗ proofreading: " in run("check", message, *AGAINST).out
    assert "proofreading:" not in run("check", message, *AGAINST, "--no-proofread").out


def test_a_missing_proofreader_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without harper the dictionary's thread ends quietly."""
    monkeypatch.setitem(__import__("sys").modules, "harper", None)
    options._load_dictionary()

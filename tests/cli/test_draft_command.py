"""`followup-agent draft`: the message on standard output, its exit code, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from running import Run, script

from followup_agent.chat.protocol import Request
from followup_agent.errors import ConnectionFailed, CutOff, Refused
from followup_agent.kinds import Kind
from followup_agent.outbox import files
from good_messages import GOOD, NOTES_FILE, TO_TOM, answer, parts

DAY = ("--today", "2026-05-13")
TO_PRIYA = ("draft", NOTES_FILE, "--kind", "thank-you", "--to", "Priya", *DAY)
TEXT = "Subject: Thank you – Senior Backend Engineer\n\nHi Priya,\n\n"


def _names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def wrong(request: Request) -> dict[str, str]:
    """Each part asked for, with a placeholder in it."""
    return dict.fromkeys(request.parts, "We should [do something] soon.")


def test_a_valid_draft_is_printed_and_nothing_else(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 0; the message alone on standard output, and standard error stays empty in a pipe."""
    script(monkeypatch, [answer()])
    done = cli(*TO_PRIYA)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(TEXT)
    assert done.out.endswith("Best wishes,\nDaniel Okafor\n")


def test_a_forced_colour_makes_no_terminal(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With FORCE_COLOR, as in many CI systems, a pipe is still a pipe."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    script(monkeypatch, [answer()])
    assert cli(*TO_PRIYA).err == ""


def test_standard_input_is_read(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes can be piped in, with ``-`` for their name."""
    script(monkeypatch, [answer()])
    done = cli("draft", "-", *TO_PRIYA[2:], stdin=NOTES_FILE.read_bytes())
    assert (done.code, done.err) == (0, "")
    broken = cli("draft", "-", stdin="---\ncompnay: x\n---\n")
    assert broken.code == 2
    assert "followup-agent: -:2: unknown key `compnay`; did you mean `company`?" in broken.err


def test_json_is_one_object_a_line(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A panel prints one line a message, each a whole object."""
    script(monkeypatch, [answer(), TO_TOM])
    done = cli("draft", NOTES_FILE, "--kind", "thank-you", "--format", "json", *DAY)
    assert (done.code, done.err) == (0, "")
    objects = [json.loads(line) for line in done.out.splitlines()]
    assert [o["to"]["name"] for o in objects] == ["Priya Nair", "Tom Becker"]
    assert all(o["valid"] for o in objects)


def test_a_panel_as_text_is_divided(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two messages are told apart by a line."""
    script(monkeypatch, [answer(), TO_TOM])
    done = cli("draft", NOTES_FILE, "--kind", "thank-you", *DAY)
    assert done.out.count("—" * 60) == 1
    assert done.out.index("Hi Priya,") < done.out.index("—" * 60) < done.out.index("Dear Tom,")


def test_auto_says_why_on_standard_error(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was chosen and why is no part of the result."""
    script(monkeypatch, [answer()])
    done = cli("draft", NOTES_FILE, "--to", "priya", *DAY)
    assert done.code == 0
    assert done.err.startswith("thank-you to Priya Nair: ")
    assert len(done.err.splitlines()) == 1
    assert done.out.startswith(TEXT)


def test_nothing_due_is_the_callers_mistake(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit 2, for one interviewer as for all of a panel; the day of the next message is said."""
    sent = "".join(
        f"- 2026-05-12 sent {kind} to {name}\n"
        for kind in ("thank-you", "linkedin")
        for name in ("Priya Nair", "Tom Becker")
    )
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES_FILE.read_text("utf-8") + sent, "utf-8")
    model = script(monkeypatch, [])
    for args, lines in ((("--to", "Tom"), 1), ((), 2)):
        done = cli("draft", notes, *args, *DAY)
        assert (done.code, done.out) == (2, "")
        assert len(done.err.splitlines()) == lines
    assert model.requests == []


def test_files_are_named_from_the_notes(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """--out writes one file a message; standard output stays empty, the paths go to standard error."""
    script(monkeypatch, [answer(), TO_TOM])
    done = cli("draft", NOTES_FILE, "--kind", "thank-you", "--out", tmp_path / "out", *DAY)
    names = ["lumen-health-thank-you-priya-nair.txt", "lumen-health-thank-you-tom-becker.txt"]
    assert (done.code, done.out) == (0, "")
    assert done.err.split() == [str(tmp_path / "out" / name) for name in names]
    assert _names(tmp_path / "out") == names
    assert (tmp_path / "out" / names[0]).read_text("utf-8").startswith(TEXT)


def test_json_files_and_no_file_is_replaced(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A second run gets a name of its own."""
    script(monkeypatch, [answer()], cycle=True)
    for _ in range(2):
        cli(*TO_PRIYA, "--format", "json", "--out", tmp_path / "out")
    assert _names(tmp_path / "out") == [
        "lumen-health-thank-you-priya-nair-2.json",
        "lumen-health-thank-you-priya-nair.json",
    ]
    assert json.loads(
        (tmp_path / "out" / "lumen-health-thank-you-priya-nair.json").read_text("utf-8")
    )["valid"]


def test_an_unwritable_folder_is_told_before_a_model_is_asked(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Exit 2 in one line, and nothing was sent."""
    model = script(monkeypatch, [])
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file" / "out", "/proc/nowhere/out"):
        done = cli(*TO_PRIYA, "--out", place)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"followup-agent: {place}: cannot write there: ")
        assert len(done.err.splitlines()) == 1
    done = cli(*TO_PRIYA, "--out", tmp_path / "file")
    assert done.code == 2
    assert model.requests == []


def test_no_disk_space_leaves_no_half_file(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A write that fails is exit 2, and the folder is as it was."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    script(monkeypatch, [answer()])
    monkeypatch.setattr(files.os, "fsync", full)
    done = cli(*TO_PRIYA, "--out", tmp_path / "out")
    assert done.code == 2
    assert "No space left on device" in done.err
    assert _names(tmp_path / "out") == []


def test_a_rejected_draft_is_exit_3(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The best draft and what is missing go to standard error; nothing is returned as valid."""
    script(monkeypatch, [wrong], cycle=True)
    done = cli(*TO_PRIYA)
    assert (done.code, done.out) == (3, "")
    assert "The draft to Priya Nair is not valid after 3 asks." in done.err
    assert "[do something]" in done.err
    assert "  ✗ placeholder: " in done.err
    assert "Traceback" not in done.err


def test_rubbish_for_ever_is_exit_3(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every part is named as missing, no empty draft is shown, and no file is written."""
    script(monkeypatch, ["%$&!"], cycle=True)
    done = cli(*TO_PRIYA, "--out", tmp_path / "out", "--max-reasks", "1")
    assert (done.code, done.out) == (3, "")
    assert "after 2 asks" in done.err
    assert "The best so far" not in done.err
    assert _names(tmp_path / "out") == []


def test_one_rejected_of_a_panel_is_exit_3(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The valid message is printed all the same."""
    script(monkeypatch, ["no", "no", "no", TO_TOM])
    done = cli("draft", NOTES_FILE, "--kind", "thank-you", *DAY)
    assert done.code == 3
    assert done.out.startswith(
        "Subject: Thank you – Senior Backend Engineer interview\n\nDear Tom,"
    )
    assert "The draft to Priya Nair is not valid" in done.err


@pytest.mark.parametrize(
    "error", [Refused("the model declined"), CutOff("cut off"), ConnectionFailed("no route")]
)
def test_a_failing_model_is_exit_4(
    cli: Run, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """One line says what failed."""
    script(monkeypatch, [error])
    done = cli(*TO_PRIYA)
    assert (done.code, done.out, done.err) == (4, "", f"followup-agent: {error}\n")


def test_a_budget_is_exit_5(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could pass the budget is not sent."""
    model = script(monkeypatch, [])
    done = cli(*TO_PRIYA, "--budget", "50")
    assert (done.code, done.out) == (5, "")
    assert len(done.err.splitlines()) == 1
    assert model.requests == []


def test_ctrl_c_is_exit_130(cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One line, no traceback, no half-written file."""

    def interrupt(_: Request) -> str:
        raise KeyboardInterrupt

    script(monkeypatch, [interrupt])
    done = cli(*TO_PRIYA, "--out", tmp_path / "out")
    assert (done.code, done.out) == (130, "")
    assert done.err.strip() == "followup-agent: interrupted"
    assert _names(tmp_path / "out") == []


def test_ctrl_c_between_two_messages_keeps_the_first(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What was finished is whole; what was not is not there."""

    def interrupt(_: Request) -> str:
        raise KeyboardInterrupt

    script(monkeypatch, [answer(), interrupt])
    done = cli("draft", NOTES_FILE, "--kind", "thank-you", "--out", tmp_path / "out", *DAY)
    assert done.code == 130
    assert _names(tmp_path / "out") == ["lumen-health-thank-you-priya-nair.txt"]


def test_options_reach_the_model(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seed and prompt are those of the command line."""
    model = script(monkeypatch, [answer()])
    done = cli(
        *TO_PRIYA, "--seed", "9", "--prompt", "thank-you@1", "--timeout", "30", "--budget", "99999"
    )
    assert done.code == 0
    assert model.requests[0].seed == 9


def test_a_re_ask_is_quiet_in_a_pipe(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """How a draft came about is for a person at a terminal alone."""
    script(monkeypatch, [answer(interest=None), {"interest": GOOD[Kind.THANK_YOU]["interest"]}])
    done = cli(*TO_PRIYA, "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert json.loads(done.out)["parts"] == parts()
    assert json.loads(done.out)["attempts"] == 2


def test_proofreading_is_warmed_up(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is wanted the dictionary loads while the model writes."""
    warmed: list[bool] = []
    monkeypatch.setattr("followup_agent.cli.drafting.warm_proofreader", lambda: warmed.append(True))
    monkeypatch.setenv("FOLLOWUP_PROOFREAD", "1")
    script(monkeypatch, [answer()])
    assert cli(*TO_PRIYA).code == 0
    assert warmed == [True]


@pytest.mark.parametrize(
    ("host", "said"),
    [
        (None, "--imap needs FOLLOWUP_IMAP_HOST, as imap.example.org"),
        ("imap.example.org:x", "the mail server is no host name"),
    ],
)
def test_a_mail_account_that_is_not_set_is_told_before_a_model_is_asked(
    cli: Run, monkeypatch: pytest.MonkeyPatch, host: str | None, said: str
) -> None:
    """Exit 2 with the mend in one line, and no request is made."""
    model = script(monkeypatch, [])
    if host is not None:
        monkeypatch.setenv("FOLLOWUP_IMAP_HOST", host)
    done = cli(*TO_PRIYA, "--imap")
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert said in done.err
    assert not model.requests

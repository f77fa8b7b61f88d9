"""`sent`, `replied`, `closed`, `history` and `due`, as a person types them."""

import datetime as dt
import json
import shlex

import pytest

from followup_agent.cli import recording
from followup_agent.cli.main import COMMANDS, main
from followup_agent.cli.recording import local_now
from followup_agent.history import History
from followup_agent.history import agenda as agenda_module

NOTES = """---
candidate: Daniel Okafor
company: Lumen Health
role: Engineer
interviewed: 2026-05-12T14:00
timezone: Europe/London
decision_by: 2026-05-26
interviewers:
  - name: Priya Nair
---
## Topics
- moving the claims service
"""
NOW = dt.datetime(2026, 5, 20, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch, tmp_path):
    """Wednesday 20 May 2026, 09:00 UTC; a data directory of the test's own."""
    monkeypatch.setenv("FOLLOWUP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(recording, "local_now", lambda: NOW)
    monkeypatch.setattr("followup_agent.cli.due.local_now", lambda: NOW)


@pytest.fixture
def run(monkeypatch, capsys):
    """A function: the exit code, standard output and standard error of a command."""
    for name in ("sent", "replied", "closed", "history", "due"):
        monkeypatch.setitem(COMMANDS, name, (name, name))

    def command(*args):
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return command


@pytest.fixture
def notes(tmp_path):
    """A notes file without a Log."""
    path = tmp_path / "interviews" / "notes.md"
    path.parent.mkdir()
    path.write_text(NOTES)
    return path


def test_sent_is_remembered(run, notes, tmp_path):
    """The line says what was recorded, for today if no day is given, and the file stays."""
    code, out, err = run("sent", notes, "--kind", "thank-you", "--to", "priya")
    assert (code, err) == (0, "")
    assert out == f"{notes}: 2026-05-20 sent thank-you to Priya Nair\n"
    assert notes.read_text() == NOTES
    with History.open(tmp_path / "data") as history:
        assert [e.person for e in sum(history.every().values(), ())] == ["Priya Nair"]
    _, out, _ = run("sent", notes, "--kind", "thank-you", "--to", "Priya Nair")
    assert out.endswith("(was recorded already)\n")


def test_sent_writes_the_log(run, notes):
    """`--write-log` adds the line to the notes, once."""
    args = ("sent", notes, "--kind", "thank-you", "--to", "Priya", "--on", "2026-05-13")
    _, out, _ = run(*args, "--write-log")
    assert out.endswith("2026-05-13 sent thank-you to Priya Nair (added to the Log)\n")
    assert notes.read_text() == f"{NOTES}\n## Log\n\n- 2026-05-13 sent thank-you to Priya Nair\n"
    _, out, _ = run(*args, "--write-log")
    assert out.endswith("(was recorded already; the Log has it already)\n")


def test_replied_and_closed(run, notes):
    """Answers and outcomes are remembered with who gave them."""
    assert run("replied", notes, "--from", "Lena Fischer", "--on", "2026-05-19")[0] == 0
    assert run("closed", notes, "rejected", "--from", "Priya", "--write-log")[0] == 0
    assert notes.read_text().endswith("- 2026-05-20 rejected from Priya Nair\n")
    _, out, _ = run("history", "export", notes)
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["on"], row["event"], row["person"]) for row in rows] == [
        ("2026-05-19", "reply", "Lena Fischer"),
        ("2026-05-20", "rejected", "Priya Nair"),
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("sent", "{}", "--kind", "thankyou", "--to", "Priya"), "Did you mean 'thank-you'?"),
        (("sent", "{}", "--kind", "status", "--to", "Lena"), "is not an interviewer"),
        (("sent", "{}", "--kind", "status"), "Missing option '--to'"),
        (("sent", "{}", "--kind", "status", "--to", "Priya", "--on", "2026-05-22"), "after today"),
        (
            ("sent", "-", "--kind", "status", "--to", "Priya", "--write-log"),
            "standard input has no",
        ),
        (("sent", "nowhere.md", "--kind", "status", "--to", "Priya"), "no such file"),
        (("replied", "{}", "--from", "Pria"), "is not an interviewer in these notes (Priya"),
        (("closed", "{}", "lost"), "is not one of offer, rejected, withdrawn"),
        (("closed", "{}", "withdrawn", "--from", "Priya"), "that is your own word"),
        (("history", "forget", "{}", "--on", "soon"), "is not a date"),
        (("due", "nowhere.md"), "no such file"),
    ],
)
def test_mistakes_end_with_2(run, notes, args, words, tmp_path):
    """A caller's mistake is told with its mend, exit code 2, and nothing is recorded."""
    code, _, err = run(*(arg.format(notes) for arg in args))
    assert code == 2
    assert words in err
    assert "Traceback" not in err
    assert run("history", "export")[1] == ""


def test_history_is_exported_and_forgotten(run, notes, tmp_path):
    """Everything or one interview is printed; one day or all of it is deleted."""
    other = tmp_path / "other.md"
    other.write_text(NOTES.replace("Lumen", "Globex"))
    assert run("history", "export")[:2] == (0, "")
    assert run("history", "forget", notes)[1] == f"{notes}: 0 entries forgotten\n"
    run("sent", notes, "--kind", "thank-you", "--to", "Priya", "--on", "2026-05-13")
    run("sent", notes, "--kind", "reminder", "--to", "Priya")
    run("sent", other, "--kind", "thank-you", "--to", "Priya")
    assert len(run("history", "export")[1].splitlines()) == 3
    assert len(run("history", "export", notes)[1].splitlines()) == 2
    assert (
        run("history", "forget", notes, "--on", "2026-05-20")[1] == f"{notes}: 1 entry forgotten\n"
    )
    assert run("history", "forget", notes)[1] == f"{notes}: 1 entry forgotten\n"
    assert len(run("history", "export")[1].splitlines()) == 1
    assert notes.read_text() == NOTES


def test_due_lists_what_is_to_be_sent(run, notes):
    """Overdue before due, soonest first, each with why and the command that drafts it."""
    code, out, err = run("due", notes.parent)
    assert (code, err) == (0, "")
    assert out.startswith(
        "Overdue (1)\n\n  thank-you to Priya Nair, Lumen Health, by Wednesday 13 May 2026, 15:00\n"
    )
    assert f"    followup-agent draft {notes} --kind thank-you --to 'Priya Nair'\n" in out
    assert "Due today (1)\n\n  linkedin to Priya Nair, Lumen Health\n" in out


def test_nobody_gets_two_messages_on_a_day(run, notes):
    """A status check goes instead of a reminder; a connection request goes beside either."""
    run("sent", notes, "--kind", "thank-you", "--to", "Priya", "--on", "2026-05-13")
    _, out, _ = run("due", notes, "--today", "2026-05-27", "--format", "json")
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["status", "linkedin"]
    run("sent", notes, "--kind", "linkedin", "--to", "Priya", "--on", "2026-05-14")
    _, out, _ = run("due", notes, "--today", "2026-05-25", "--format", "json")
    assert [json.loads(line)["kind"] for line in out.splitlines()] == ["reminder"]


def test_due_knows_what_was_recorded(run, notes):
    """What was sent is due no more; the next message is named."""
    run("sent", notes, "--kind", "thank-you", "--to", "Priya", "--on", "2026-05-13")
    run("sent", notes, "--kind", "linkedin", "--to", "Priya", "--on", "2026-05-18")
    code, out, _ = run("due", notes.parent)
    assert code == 0
    assert out == (
        "Nothing is due on 20 May 2026; next is the reminder message to Priya Nair, "
        "Lumen Health, on Monday 25 May 2026.\n"
    )
    run("closed", notes, "offer")
    assert run("due", notes)[1] == "Nothing is due on 20 May 2026, and nothing more is planned.\n"


def test_due_as_json(run, notes):
    """One object a line, with a command that a shell takes."""
    odd = notes.rename(notes.with_name("a b'c.md"))
    _, out, _ = run("due", odd, "--format", "json", "--today", "2026-05-13")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["kind"], row["overdue"]) for row in rows] == [
        ("thank-you", False),
        ("linkedin", False),
    ]
    assert shlex.split(rows[0]["command"])[:3] == ["followup-agent", "draft", str(odd)]
    assert rows[0]["notes"] == str(odd)
    assert rows[0]["company"] == "Lumen Health"


def test_due_as_a_calendar(run, notes):
    """The calendar holds one event for each message that is due."""
    pytest.importorskip("followup_agent.outbox.calendar")
    code, out, _ = run("due", notes.parent, "--format", "ics")
    assert code == 0
    assert out.startswith("BEGIN:VCALENDAR")
    assert out.count("BEGIN:VEVENT") == 2


def test_due_tells_of_what_it_left_out(run, notes):
    """Broken notes end with 2 and the rest is listed; a README is only mentioned."""
    folder = notes.parent
    (folder / "README.md").write_text("# My interviews\n")
    (folder / ".hidden.md").write_text("x")
    (folder / "cv.pdf").write_text("x")
    code, out, err = run("due", folder)
    assert code == 0
    assert err == f"{folder / 'README.md'}: no notes file, for it has no front matter; left out\n"
    (folder / "broken.md").write_text(NOTES.replace("role: Engineer\n", ""))
    code, out, err = run("due", folder)
    assert code == 2
    assert "broken.md:1: `role` is missing" in err
    assert "thank-you to Priya Nair" in out
    code, _, err = run("due", folder / "README.md")
    assert (code, err.endswith("front matter\n")) == (2, True)


def test_due_tells_of_contradictions(run, notes):
    """What the Log says that cannot be, and what the history says otherwise, is on stderr."""
    notes.write_text(
        f"{NOTES}## Log\n- 2026-05-14 sent thank-you to Priya\n- 2026-05-01 reply from Priya\n"
    )
    run("sent", notes, "--kind", "thank-you", "--to", "Priya", "--on", "2026-05-13")
    _, _, err = run("due", notes)
    assert "before the interview on 2026-05-12" in err
    assert "the history on 2026-05-13; mend the Log" in err


def test_many_files_are_shared_out(run, notes, monkeypatch):
    """With many files several processes look, and the answer is the same."""
    for number in range(6):
        (notes.parent / f"n{number}.md").write_text(NOTES.replace("Lumen", f"Company {number}"))
    run("sent", notes, "--kind", "thank-you", "--to", "Priya", "--on", "2026-05-13")
    alone = run("due", notes.parent)
    monkeypatch.setattr(agenda_module, "MANY", 2)
    monkeypatch.setattr(agenda_module, "_cores", lambda: 2)
    assert run("due", notes.parent) == alone


def test_cores_are_those_that_may_be_used(monkeypatch):
    """A process that is bound to one core starts no others; without that knowledge, all count."""
    assert agenda_module._cores() >= 1
    monkeypatch.delattr(agenda_module.os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(agenda_module.os, "cpu_count", lambda: None)
    assert agenda_module._cores() == 1


def test_a_damaged_history_is_not_ignored(run, notes, tmp_path):
    """Without its memory the agenda could send twice: it says so and stops."""
    (tmp_path / "data" / "history").mkdir(parents=True)
    (tmp_path / "data" / "history" / "history.sqlite3").write_bytes(b"x" * 5000)
    code, out, err = run("due", notes)
    assert (code, out) == (2, "")
    assert "the history is damaged" in err


def test_the_clock_is_the_machines():
    """The default moment has the machine's own zone."""
    assert local_now().tzinfo is not None

"""Remembering what happened, and refusing what cannot have happened."""

import datetime as dt

import pytest

from followup_agent.errors import NotesError, OutputError, RecipientError
from followup_agent.history import interview_key
from followup_agent.history.recording import entry_of, record
from followup_agent.kinds import Kind
from followup_agent.notes import load_notes
from followup_agent.notes.model import Event

NOW = dt.datetime(2026, 5, 20, 9, 0, tzinfo=dt.UTC)
DAY = dt.date(2026, 5, 20)


def sent(notes, to="Priya", on=DAY, kind=Kind.REMINDER):
    return entry_of(notes, Event.SENT, on, kind=kind, person=to)


@pytest.fixture
def file(tmp_path, text):
    """The notes as a file."""
    path = tmp_path / "notes.md"
    path.write_text(text)
    return path


def test_names_are_spelled_as_in_the_notes(notes):
    """A first name is enough; the entry has the full one."""
    assert sent(notes).person == "Priya Nair"
    assert entry_of(notes, Event.REPLY, DAY, person="tom").person == "Tom Becker"
    assert entry_of(notes, Event.OFFER, DAY).person is None


def test_an_answer_may_come_from_anybody(notes):
    """HR is no interviewer, but writes; a message goes to interviewers only."""
    assert entry_of(notes, Event.REPLY, DAY, person=" Lena  Fischer ").person == "Lena Fischer"
    assert entry_of(notes, Event.REJECTED, DAY, person="Tom Fischer").person == "Tom Fischer"
    with pytest.raises(RecipientError, match="is not an interviewer"):
        sent(notes, "Lena Fischer")


@pytest.mark.parametrize("name", ["Pria", "Priya Nairr", "Tom Beckr", " ", "a\nb\x00", "x" * 101])
def test_a_mistyped_name_is_asked_about(notes, name):
    """A name that is nearly an interviewer's, or none at all, is not believed."""
    with pytest.raises(RecipientError):
        entry_of(notes, Event.REPLY, DAY, person=name)


def test_recording_without_the_file(notes, history):
    """By default only the history changes."""
    done = record(notes, sent(notes), history, NOW)
    assert (done.new, done.written) == (True, False)
    assert history.entries(interview_key(notes)) == (sent(notes),)
    assert not record(notes, sent(notes), history, NOW).new


def test_recording_with_the_file(notes, history, file, text):
    """With the file the Log gets the line, once."""
    done = record(notes, sent(notes), history, NOW, file)
    assert (done.new, done.written) == (True, True)
    assert file.read_text() == f"{text}- 2026-05-20 sent reminder to Priya Nair\n"
    again = record(load_notes(file), sent(notes), history, NOW, file)
    assert (again.new, again.written) == (False, False)


def test_a_file_that_cannot_be_written_undoes_the_record(notes, history, file):
    """Both change or neither does."""
    file.write_text("{}")
    with pytest.raises(NotesError):
        record(notes, sent(notes), history, NOW, file)
    file.unlink()
    with pytest.raises(OutputError):
        record(notes, sent(notes), history, NOW, file)
    assert history.every() == {}


@pytest.mark.parametrize(
    ("event", "on", "words"),
    [
        (Event.REPLY, dt.date(2026, 5, 11), "before the interview on 2026-05-12"),
        (Event.REPLY, dt.date(2026, 5, 22), "which is after today"),
        (Event.REJECTED, DAY, "keep the one that holds"),
    ],
)
def test_what_cannot_be_is_refused(notes, history, event, on, words):
    """A date outside the time from the interview to today, or a second outcome, is a mistake."""
    record(notes, entry_of(notes, Event.OFFER, DAY), history, NOW)
    with pytest.raises(NotesError, match=f"notes.md: this is not recorded: the Log has .*{words}"):
        record(notes, entry_of(notes, event, on, person="Priya"), history, NOW)
    assert len(history.entries(interview_key(notes))) == 1


def test_old_contradictions_do_not_forbid_new_entries(text, history):
    """What is wrong in the Log already is reported elsewhere, not at every record."""
    notes = load_notes(f"{text}- 2026-05-01 reply from Tom\n")
    assert record(notes, sent(notes), history, NOW).new


def test_nothing_of_the_notes_is_stored(notes, history):
    """Neither topics, company, role, candidate nor Private is in any file of the history."""
    record(notes, sent(notes), history, NOW)
    held = b"".join(path.read_bytes() for path in history.path.parent.iterdir())
    assert b"Priya Nair" in held
    for word in (b"claims", b"98765", b"Lumen", b"Backend", b"Okafor"):
        assert word not in held

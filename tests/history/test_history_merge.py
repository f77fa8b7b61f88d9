"""Notes and memory as one Log; what they disagree on is told."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_agent.history import (
    History,
    already_sent,
    disagreements,
    interview_key,
    merged,
    recalled,
    remembered,
)
from followup_agent.kinds import Kind
from followup_agent.notes import load_notes
from followup_agent.notes.model import Event, LogEntry
from followup_agent.schedule import contradictions, plan
from followup_agent.settings import Settings

DAY = dt.date(2026, 5, 12)


def entry(event="sent", kind="thank-you", person="Priya Nair", on=DAY):
    return LogEntry(on=on, event=event, kind=kind, person=person)


def test_a_file_may_move(text, tmp_path):
    """The key is the interview's, not the file's: name, hour, spaces and capitals may change."""
    key = interview_key(load_notes(text, name="notes.md"))
    moved = text.replace("T14:00", "T09:30").replace("Lumen Health", "LUMEN  health")
    elsewhere = tmp_path / "x.md"
    elsewhere.write_text(moved + "- 2026-05-20 reply from Priya\n")
    assert interview_key(load_notes(elsewhere)) == key


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Daniel Okafor", "Ana Lima"),
        ("Lumen Health", "Lumen"),
        ("Senior Backend", "Staff Backend"),
        ("2026-05-12T14:00", "2026-05-11"),
    ],
)
def test_another_interview_has_another_key(text, notes, old, new):
    """Candidate, company, role and day each tell interviews apart."""
    assert interview_key(load_notes(text.replace(old, new, 1))) != interview_key(notes)


def test_a_key_tells_nothing(notes):
    """A key is 128 bits of a hash: no name can be read in it."""
    key = interview_key(notes)
    assert len(key) == 32
    assert set(key) <= set("0123456789abcdef")


def test_memory_is_added_to_the_log(notes):
    """What only the memory knows follows the notes' own lines, and planning sees both."""
    both = merged(notes, [entry()])
    assert [e.person for e in both.log] == ["Tom Becker", "Priya Nair"]
    done = {(due.kind, due.to) for due in plan(both, DAY) if due.status == "done"}
    assert {(Kind.THANK_YOU, "Tom Becker"), (Kind.THANK_YOU, "Priya Nair")} <= done


def test_facts_are_of_the_merged_notes(notes):
    """A fact that was counted before does not hide what was added."""
    assert len(notes.facts) + 1 == len(merged(notes, [entry()]).facts)


@pytest.mark.parametrize(
    ("line", "added"),
    [
        ("- 2026-05-12 sent thank-you to Priya", 0),
        ("- 2026-05-12 sent thank you note to priya nair", 0),
        ("- 2026-05-12 sent thank-you", 0),
        ("- 2026-05-13 sent thank-you to Priya", 1),
        ("- 2026-05-12 sent linkedin to Priya", 1),
        ("- 2026-05-12 reply from Priya", 1),
    ],
)
def test_what_both_know_counts_once(text, line, added):
    """The same day, event, kind and person is one thing; no name means everybody."""
    notes = load_notes(f"{text}{line}\n")
    both = merged(notes, [entry()])
    assert len(both.log) - len(notes.log) == added
    assert (both is notes) is (not added)


@given(
    st.lists(
        st.builds(
            entry,
            event=st.sampled_from(["sent", "reply", "offer", "note"]),
            kind=st.sampled_from(Kind),
            person=st.sampled_from([None, "Priya Nair", "Tom Becker", "Lena"]),
            on=st.dates(DAY, DAY + dt.timedelta(days=3)),
        ),
        max_size=6,
        unique_by=repr,
    )
)
def test_merging_twice_is_merging_once(entries):
    """Merging is idempotent, keeps the notes' own lines first, and loses nothing."""
    notes = load_notes(
        {
            "candidate": "A B",
            "company": "C",
            "role": "R",
            "interviewed": "2026-05-12",
            "interviewers": ["Priya Nair", "Tom Becker"],
            "topics": ["x"],
            "log": ["2026-05-12 sent thank-you", "2026-05-13 reply from Tom"],
        }
    )
    once = merged(notes, entries)
    assert merged(once, entries).log == once.log
    assert once.log[: len(notes.log)] == notes.log
    for held in entries:
        assert any(
            (e.on, e.event, e.kind) == (held.on, held.event, held.kind)
            and e.person in {None, held.person}
            for e in once.log
        )


def test_two_days_for_one_message_are_told(text):
    """The same thank-you on two days is reported with both places and the mend; both count."""
    notes = load_notes(f"{text}- 2026-05-13 sent thank-you to Priya\n", name="my notes.md")
    (told,) = disagreements(notes, [entry()])
    assert told == (
        "my notes.md:19: the Log has `sent thank-you to Priya Nair` on 2026-05-13, the history "
        "on 2026-05-12; mend the Log, or run `followup-agent history forget 'my notes.md' --on "
        "2026-05-12`"
    )
    assert len(merged(notes, [entry()]).log) == 3


def test_what_may_happen_twice_is_no_disagreement(text):
    """Reminders and replies come more than once; the same outcome does not."""
    notes = load_notes(
        f"{text}- 2026-05-20 sent reminder to Priya\n- 2026-05-21 reply from Priya\n"
        "- 2026-06-01 rejected\n"
    )
    later = DAY + dt.timedelta(days=30)
    assert not disagreements(
        notes, [entry(kind="reminder", on=later), entry("reply", None, on=later)]
    )
    assert len(disagreements(notes, [entry("rejected", None, on=later)])) == 1
    assert not disagreements(notes, [entry("rejected", None, on=dt.date(2026, 6, 1))])


def test_a_disagreement_without_lines_names_the_source(notes):
    """Notes from Python have no lines; the place is their name."""
    direct = load_notes(
        notes.model_dump(mode="json", exclude={"log"}) | {"log": ["2026-05-13 sent thank-you"]}
    )
    (told,) = disagreements(direct, [entry()])
    assert told.startswith("notes: the Log has `sent thank-you` on 2026-05-13")


def test_an_offer_against_a_rejection_is_a_contradiction(text):
    """What cannot both be true is found in the merged Log by the schedule."""
    notes = load_notes(f"{text}- 2026-05-20 offer\n")
    both = merged(notes, [entry("rejected", None, on=dt.date(2026, 5, 21))])
    assert len(contradictions(both, dt.date(2026, 5, 22))) == 1


def test_the_memory_of_the_environment_is_used(notes, monkeypatch, tmp_path):
    """`remembered` opens the data directory of the settings; without a history it makes none."""
    monkeypatch.setenv("FOLLOWUP_DATA_DIR", str(tmp_path / "data"))
    assert remembered(notes) is notes
    assert recalled(notes) == (notes, [])
    assert not Path("data").exists()
    with History.open(tmp_path / "data") as history:
        history.record(interview_key(notes), entry())
        history.record(interview_key(notes), entry(person="Tom Becker", on=dt.date(2026, 5, 13)))
    both, told = recalled(notes, Settings.load())
    assert len(both.log) == 3
    assert len(told) == 1
    assert remembered(notes).log == both.log


def test_a_message_of_that_kind_is_warned_of(notes):
    """A second thank-you is warned of with the days of the first; another kind is not."""
    priya, tom = notes.interviewers
    assert already_sent(notes, Kind.THANK_YOU, priya) is None
    assert already_sent(notes, Kind.STATUS, tom) is None
    assert (
        already_sent(notes, Kind.THANK_YOU, tom)
        == "notes.md: a thank-you message went to Tom Becker on 12 May 2026 already"
    )
    both = merged(
        notes,
        [
            entry(kind="reminder", on=dt.date(2026, 5, 20)),
            entry(kind="reminder", on=dt.date(2026, 5, 28)),
        ],
    )
    assert already_sent(both, Kind.REMINDER, priya).endswith(
        "Priya Nair on 20 May 2026 and 28 May 2026 already; two reminders are the most"
    )


def test_events_are_all_told_apart():
    """Every event has words that the Log reads back."""
    from followup_agent.history.entry import log_line
    from followup_agent.notes.log import parse_log_line

    for event in Event:
        kind = Kind.STATUS if event is Event.SENT else None
        person = None if event is Event.NOTE else "Priya Nair"
        found = parse_log_line(log_line(entry(event, kind, person)))
        assert (found["event"], found.get("kind"), found.get("person")) == (event, kind, person)

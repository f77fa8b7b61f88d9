"""The journal keeps what was paid for through anything, and is one process's at a time."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from benches import interrupt

from followup_agent.bulk.journal import JOURNAL, Journal
from followup_agent.bulk.outcome import Outcome, Status
from followup_agent.bulk.task import Place, Task
from followup_agent.chat.protocol import Alternative, Reply, Usage
from followup_agent.errors import OutputError

HERE = Path()
REPLY = Reply(
    "Grüße", alternatives=(Alternative("Grüße", "stop", -0.5),), usage=Usage(7, 3, 1), model="m"
)
FIRST, SECOND = ("k1", Place("a.md")), ("k2", Place("b.csv", 10, 20, 3))


def outcome(status: Status = Status.VALID, *, anew: bool = False) -> Outcome:
    return Outcome(status, "Priya Nair", '{"valid": true}', anew)


def left(journal: Journal, files: bool = False) -> list[Task]:
    return list(journal.todo(files))


def test_what_was_kept_is_there_after_it_is_opened_again() -> None:
    """Replies come back as they were, ended tasks are not to do, the others are."""
    with Journal.open(HERE) as journal:
        journal.plan([FIRST, SECOND])
        first, second = left(journal)
        journal.keep_reply(first, "d1", REPLY)
        journal.keep_outcomes(second, [outcome()])
        journal.sync()
    with Journal.open(HERE) as journal:
        journal.plan([FIRST, SECOND])
        (again,) = left(journal)
        assert (again.key, again.place, again.begun) == ("k1", Place("a.md"), True)
        assert journal.stored(again) == {"d1": REPLY}
        assert journal.planned() == (2, 1)
        assert journal.spent() == Usage(7, 3, 1)


def test_a_second_process_is_refused_plainly() -> None:
    """The folder's journal is one process's until it is closed."""
    program = (
        "from pathlib import Path\nfrom followup_agent.bulk.journal import Journal\n"
        "Journal.open(Path())"
    )
    with Journal.open(HERE):
        other = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        with pytest.raises(OutputError, match="another process is drafting into this folder"):
            Journal.open(HERE)
    assert "another process is drafting into this folder" in other.stderr
    Journal.open(HERE).close()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_owner_can_read_it() -> None:
    """The file and those that SQLite puts beside it are private."""
    with Journal.open(HERE) as journal:
        journal.plan([FIRST])
        files = list(HERE.glob(f"{JOURNAL}*"))
        assert files
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_an_end_is_acknowledged_only_when_it_is_on_the_disk() -> None:
    """While ``after`` runs, another connection would find the outcome in the file."""
    seen = []
    with Journal.open(HERE) as journal:
        journal.plan([FIRST])
        (task,) = left(journal)
        journal.before = lambda ends: seen.append(("before", len(journal_rows())))
        journal.after = lambda ends: seen.append(("after", len(journal_rows())))

        def journal_rows() -> list:
            return list(journal.records())

        journal.keep_outcomes(task, [outcome()])
        journal.sync()
    assert seen == [("before", 0), ("after", 1)]


def test_the_same_notes_twice_are_one_task() -> None:
    """The second is listed as a duplicate of the first."""
    with Journal.open(HERE) as journal:
        journal.plan([FIRST, ("k1", Place("copy.md")), SECOND])
        assert [task.key for task in left(journal)] == ["k1", "k2"]
        assert journal.duplicates() == [("copy.md", "a.md")]


def test_what_is_no_input_any_more_is_kept_but_not_given_out() -> None:
    """A dropped document's record comes back when the document does, unpaid."""
    with Journal.open(HERE) as journal:
        journal.plan([FIRST, SECOND])
        for task in left(journal):
            journal.keep_outcomes(task, [outcome()])
        journal.sync()
        journal.plan([SECOND])
        assert [key for _, key, _ in journal.records()] == ["k2"]
        journal.plan([SECOND, FIRST])
        assert [key for _, key, _ in journal.records()] == ["k2", "k1"]
        assert left(journal) == []


def test_records_come_in_the_inputs_order_whatever_ended_first() -> None:
    """A panel's messages stay together, in their order; more than a page of them, too."""
    entries = [(f"k{n}", Place(f"{n}.md")) for n in range(300)]
    with Journal.open(HERE) as journal:
        journal.plan(entries)
        for task in reversed(left(journal)):
            journal.keep_outcomes(task, [outcome(), outcome()])
        journal.sync()
        assert [key for _, key, _ in journal.records()] == [k for k, _ in entries for _ in "ab"]


def test_failed_and_rejected_messages_are_tried_again_on_request() -> None:
    """What was answered gets another seed, what a server failed does not; valid ones rest."""
    with Journal.open(HERE) as journal:
        journal.plan([FIRST, SECOND])
        first, second = left(journal)
        journal.keep_outcomes(
            first, [outcome(), outcome(Status.REJECTED, anew=True), outcome(Status.FAILED)]
        )
        journal.keep_outcomes(second, [outcome()])
        journal.sync()
        assert left(journal) == []
        assert journal.retry_failed() == 2
        (again,) = left(journal)
        assert again.tries == (0, 1, 0)
        journal.keep_outcomes(again, [outcome(), outcome(Status.REJECTED, anew=True), outcome()])
        journal.sync()
        journal.retry_failed()
        assert [task.tries for task in left(journal)] == [(0, 2, 0)]


def test_bad_input_is_looked_at_again_by_each_run() -> None:
    """It costs nothing, and the file may be called otherwise by now."""
    with Journal.open(HERE) as journal:
        journal.plan([FIRST])
        journal.keep_outcomes(left(journal)[0], [outcome(Status.BAD_INPUT)])
        journal.sync()
        journal.plan([FIRST])
        assert len(left(journal)) == 1


def test_an_interrupt_while_it_closes_ends_no_writing() -> None:
    """The file is let go of only when all that waited is on the disk."""

    def interrupted() -> None:
        with Journal.open(HERE) as journal:
            journal.plan([FIRST])
            journal.before = lambda _: interrupt()
            journal.keep_outcomes(*left(journal), [outcome()])

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with Journal.open(HERE) as journal:
        assert left(journal) == []


def test_drafts_without_files_are_to_do_where_files_are_wanted() -> None:
    """Their replies are here: rendering them asks nobody."""
    filed = Outcome(Status.VALID, "Priya Nair", "{}", files={"a.txt": b"Hello"})
    with Journal.open(HERE) as journal:
        journal.plan([FIRST, SECOND])
        first, second = left(journal)
        journal.keep_outcomes(first, [outcome()])
        journal.keep_outcomes(second, [filed])
        journal.sync()
        assert left(journal) == []
        assert [task.key for task in left(journal, files=True)] == ["k1"]


def test_the_day_of_the_first_start_stays_unless_another_is_given() -> None:
    """A run that is resumed on the next day asks nothing anew."""
    monday, tuesday, june = dt.date(2026, 5, 11), dt.date(2026, 5, 12), dt.date(2026, 6, 1)
    with Journal.open(HERE) as journal:
        assert journal.today(None, monday) == monday
    with Journal.open(HERE) as journal:
        assert journal.today(None, tuesday) == monday
        assert journal.today(june, tuesday) == june
        assert journal.today(None, tuesday) == june


def test_notes_of_an_engine_are_kept_and_deleted() -> None:
    """A provider's batch ids survive the process."""
    with Journal.open(HERE) as journal:
        journal.set_note("batch", "b-1")
    with Journal.open(HERE) as journal:
        assert journal.note("batch") == "b-1"
        journal.set_note("batch", None)
        assert journal.note("batch") is None


def test_a_full_disk_stops_the_run_and_leaves_what_was_synced() -> None:
    """The first change that does not fit raises; the journal opens again with the rest."""
    with Journal.open(HERE) as journal:
        journal.plan([FIRST, SECOND])
        first, second = left(journal)
        journal.keep_reply(first, "d1", REPLY)
        journal.sync()
        pages = journal._read("PRAGMA page_count")[0][0]
        journal._read(f"PRAGMA max_page_count = {pages}")
        journal.keep_reply(second, "d2", Reply("x" * 100_000))
        with pytest.raises(OutputError, match="disk is full"):
            journal.sync()
        with pytest.raises(OutputError, match="disk is full"):
            journal.keep_outcomes(second, [outcome()])
    with Journal.open(HERE) as journal:
        assert journal.stored(first) == {"d1": REPLY}
        assert journal.stored(second) == {}


def test_a_damaged_journal_is_said_to_be_so() -> None:
    """A file that is no journal is one plain line with the mend."""
    Path(JOURNAL).write_bytes(b"not a database" * 100)
    with pytest.raises(OutputError, match="is damaged; move the file away"):
        Journal.open(HERE)


def test_a_later_releases_journal_is_left_alone() -> None:
    """A schema that is not known yet is refused, not altered."""
    with Journal.open(HERE):
        pass
    database = sqlite3.connect(JOURNAL)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(OutputError, match="later release"):
        Journal.open(HERE)

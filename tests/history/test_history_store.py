"""The SQLite file: private, durable, shared, and never of another release."""

import datetime as dt
import json
import os
import sqlite3
import stat
import subprocess
import sys
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_agent.errors import OutputError
from followup_agent.history import History
from followup_agent.history import store as store_module
from followup_agent.history.schema import MIGRATIONS, migrate
from followup_agent.history.store import file_in
from followup_agent.kinds import Kind
from followup_agent.notes.model import Event, LogEntry

DAY = dt.date(2026, 5, 12)


def sent(person="Priya Nair", on=DAY, kind=Kind.THANK_YOU):
    return LogEntry(on=on, event=Event.SENT, kind=kind, person=person)


def raw(history):
    return sqlite3.connect(history.path)


def test_what_is_recorded_is_there_again(tmp_path):
    """An entry comes back from another opening, with the words that a Log line has."""
    with History.open(tmp_path) as history:
        assert history.record("key", sent())
    with History.open(tmp_path) as history:
        (entry,) = history.entries("key")
    assert (entry.on, entry.event, entry.kind, entry.person) == (
        DAY,
        Event.SENT,
        Kind.THANK_YOU,
        "Priya Nair",
    )
    assert entry.text == "sent thank-you to Priya Nair"
    assert entry.line is None


def test_the_same_entry_is_kept_once(history):
    """Recording twice changes nothing, also where no person is named."""
    nobody = LogEntry(on=DAY, event=Event.OFFER)
    assert [history.record("key", entry) for entry in (sent(), sent(), nobody, nobody)] == [
        True,
        False,
        True,
        False,
    ]
    assert len(history.entries("key")) == 2


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    entries=st.lists(
        st.builds(
            LogEntry,
            on=st.dates(),
            event=st.sampled_from(Event),
            kind=st.none() | st.sampled_from(Kind),
            person=st.none() | st.text(st.characters(categories=["L", "M"]), min_size=1),
        )
    )
)
def test_any_entry_comes_back(tmp_path_factory, entries):
    """Whatever an entry may hold is stored and read without a change."""
    with History.open(tmp_path_factory.mktemp("any")) as history:
        for entry in entries:
            history.record("key", entry)
        found = [entry.model_copy(update={"text": ""}) for entry in history.entries("key")]
    assert sorted(map(repr, found)) == sorted(set(map(repr, entries)))


def test_interviews_are_apart(history):
    """One interview's entries are nobody else's."""
    history.record("one", sent())
    history.record("two", sent("Tom Becker"))
    assert [entry.person for entry in history.entries("two")] == ["Tom Becker"]
    assert history.entries("three") == ()
    assert set(history.every()) == {"one", "two"}


def test_export_is_one_object_a_line(history):
    """An export says all that is stored: of everything, or of one interview."""
    history.record("one", sent())
    history.record("two", LogEntry(on=DAY, event=Event.WITHDRAWN))
    lines = [json.loads(line) for line in history.export()]
    assert lines[0] == {
        "interview": "one",
        "on": "2026-05-12",
        "event": "sent",
        "kind": "thank-you",
        "person": "Priya Nair",
        "recorded": lines[0]["recorded"],
    }
    assert dt.datetime.fromisoformat(lines[0]["recorded"]).utcoffset() == dt.timedelta(0)
    assert (lines[1]["kind"], lines[1]["person"]) == (None, None)
    assert [json.loads(line)["interview"] for line in history.export("two")] == ["two"]


def test_forgetting_leaves_no_words_behind(history):
    """What is forgotten is in no file of the folder any more."""
    history.record("one", sent("Zebulon Quux"))
    history.record("one", sent("Priya Nair"))
    history.record("two", sent("Tom Becker"))
    assert history.forget("one") == 2
    assert history.forget("one") == 0
    files = [path.read_bytes() for path in history.path.parent.iterdir()]
    assert not any(b"Zebulon" in held for held in files)
    assert any(b"Tom Becker" in held for held in files)


def test_one_day_can_be_forgotten(history):
    """A mistaken entry goes without the others."""
    later = DAY + dt.timedelta(days=7)
    history.record("one", sent())
    history.record("one", sent(on=later))
    assert history.forget("one", on=DAY) == 1
    assert [entry.on for entry in history.entries("one")] == [later]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_nobody_else_can_read_it(tmp_path):
    """0700 on the folder, 0600 on the file and its side files, under any umask."""
    before = os.umask(0)
    try:
        with History.open(tmp_path / "data") as history:
            history.record("key", sent())
            modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in history.path.parent.iterdir()}
    finally:
        os.umask(before)
    assert stat.S_IMODE(history.path.parent.stat().st_mode) == 0o700
    assert modes == dict.fromkeys(
        ("history.sqlite3", "history.sqlite3-wal", "history.sqlite3-shm"), 0o600
    )


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_open_doors_are_closed(tmp_path):
    """Modes that a backup or a copy has loosened are tightened; the data directory's are not."""
    with History.open(tmp_path) as history:
        history.record("key", sent())
    tmp_path.chmod(0o755)
    history.path.chmod(0o644)
    history.path.parent.chmod(0o755)
    wal = history.path.with_name("history.sqlite3-wal")
    wal.touch(0o644)
    with History.open(tmp_path):
        assert stat.S_IMODE(history.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(wal.stat().st_mode) == 0o600
        assert stat.S_IMODE(history.path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_it_is_synced_in_full(history):
    """A write-ahead log, full sync, and overwriting of what is deleted."""
    pragma = history._database.execute
    assert pragma("PRAGMA journal_mode").fetchone() == ("wal",)
    assert pragma("PRAGMA synchronous").fetchone() == (2,)
    assert pragma("PRAGMA secure_delete").fetchone() == (1,)


def test_looking_makes_nothing(tmp_path):
    """Without a history there is none to open, and none is made."""
    assert History.existing(tmp_path) is None
    assert list(tmp_path.glob("history*")) == []
    History.open(tmp_path).close()
    with History.existing(tmp_path) as history:
        assert history.every() == {}


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_every_older_file_is_brought_up_to_date(tmp_path, version):
    """A file of each released schema opens with what it held, and takes new entries."""
    path = file_in(tmp_path)
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as database:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                database.execute(statement)
        database.execute(f"PRAGMA user_version = {version}")
        if version:
            database.execute(
                "INSERT INTO entry (interview, day, event, kind, person, recorded)"
                " VALUES ('key', '2026-05-12', 'sent', 'thank-you', 'Priya Nair', 'then')"
            )
    database.close()
    with History.open(tmp_path) as history:
        assert len(history.entries("key")) == bool(version)
        assert history.record("key", sent("Tom Becker"))
        assert raw(history).execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_released_step_never_changes():
    """The schema of a released version is what it was; a change is a step more."""
    columns = sqlite3.connect(":memory:")
    for statement in MIGRATIONS[0]:
        columns.execute(statement)
    names = [row[1] for row in columns.execute("PRAGMA table_info(entry)")]
    assert names == ["interview", "day", "event", "kind", "person", "recorded"]


def test_a_broken_step_changes_nothing():
    """A migration that fails halfway leaves the file as it was."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(database, (*MIGRATIONS, ("CREATE TABLE more (x)", "nonsense")))
    assert database.execute("PRAGMA user_version").fetchone() == (0,)
    assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_steps_follow_each_other():
    """From any version on, only the steps that are missing are taken."""
    steps = (("CREATE TABLE a (x)",), ("ALTER TABLE a ADD COLUMN y", "INSERT INTO a VALUES (1, 2)"))
    database = sqlite3.connect(":memory:", isolation_level=None)
    migrate(database, steps[:1])
    migrate(database, steps)
    migrate(database, steps)
    assert database.execute("SELECT * FROM a").fetchall() == [(1, 2)]


def test_a_later_release_is_refused(tmp_path):
    """A newer schema is never guessed at: the mend is an update."""
    with History.open(tmp_path) as history:
        raw(history).execute(f"PRAGMA user_version = {len(MIGRATIONS) + 6}").close()
    with pytest.raises(OutputError, match=r"written by a later release .*update followup-agent"):
        History.open(tmp_path)


def test_a_damaged_file_is_named(tmp_path):
    """A file that is no database is a clear error, and is left alone."""
    path = file_in(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database at all, but long enough to look" * 100)
    with pytest.raises(OutputError, match=r"history\.sqlite3: the history is damaged; move"):
        History.open(tmp_path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_file_in_the_folders_place_is_named(tmp_path):
    """A data directory that cannot be made is a clear error."""
    (tmp_path / "history").write_text("")
    with pytest.raises(OutputError, match="cannot be used: "):
        History.open(tmp_path)


def test_a_closed_history_is_no_traceback(history):
    """What SQLite refuses for other reasons is told in its words."""
    history.close()
    with pytest.raises(OutputError, match="the history cannot be used: Cannot operate"):
        history.entries("key")


def test_a_writer_that_does_not_let_go_is_named(history, monkeypatch):
    """After the patience is spent, the message says who is to blame."""
    other = raw(history)
    other.execute("BEGIN IMMEDIATE")
    history._database.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(OutputError, match="is in use: another program"), history.writing():
        pass
    other.close()


def test_the_switch_to_wal_is_waited_for(tmp_path, monkeypatch):
    """SQLite does not wait while it switches its journal; we do, but not for ever."""
    path = file_in(tmp_path)
    path.parent.mkdir(parents=True)
    other = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE elsewhere (x)")
    timer = threading.Timer(0.2, lambda: (other.rollback(), other.close()))
    timer.start()
    with History.open(tmp_path) as history:
        assert history._database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    timer.join()
    monkeypatch.setattr(store_module, "PATIENCE", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OutputError, match="is in use"):
        History.open(tmp_path)
    other.close()


def test_changes_stand_or_fall_together(history):
    """What is written before an error inside `writing` is undone."""

    def fail():
        with history.writing():
            history.record("key", sent())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert history.entries("key") == ()


WRITER = """
import datetime as dt, sys
from pathlib import Path
from followup_agent.history import History
from followup_agent.notes.model import LogEntry
for n in range(25):
    with History.open(Path(sys.argv[1])) as history:
        day = dt.date(2026, 1, 1) + dt.timedelta(days=n)
        history.record("key", LogEntry(on=day, event="note", person=f"P{sys.argv[2]}"))
"""


def test_several_processes_write_at_once(tmp_path):
    """Four processes that make, open and write the same history lose nothing."""
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(n)]) for n in range(4)
    ]
    assert [process.wait(120) for process in running] == [0] * 4
    with History.open(tmp_path) as history:
        assert len(history.entries("key")) == 100

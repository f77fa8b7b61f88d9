"""Folders, globs, JSON lines and CSV become tasks, each read again by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benches import folder_of, recipe

from followup_agent.bulk.inputs import entries, read_task
from followup_agent.bulk.task import Task
from followup_agent.errors import NotesError, SettingsError
from followup_agent.notes.model import InterviewNotes
from followup_agent.notes.parse import load_notes
from servers.candidates import names, notes

HOW = recipe()


def tasks(*inputs: str) -> list[Task]:
    return [Task(key, place, n) for n, (key, place) in enumerate(entries(inputs, HOW.key))]


def read(task: Task) -> InterviewNotes:
    return read_task(task, HOW)


def faults(task: Task) -> str:
    with pytest.raises(NotesError) as caught:
        read(task)
    return str(caught.value)


def mapping(text: str) -> dict:
    return load_notes(text).model_dump(mode="json", exclude_none=True)


def test_a_folder_is_looked_through_to_the_bottom_by_name() -> None:
    """Notes of subfolders are found; hidden files and other endings are not."""
    folder = folder_of(3)
    (folder / "deep").mkdir()
    (folder / "00001.md").rename(folder / "deep" / "x.md")
    (folder / ".hidden.md").write_text("no")
    (folder / "letter.docx").write_text("no")
    found = [Path(task.place.source).as_posix() for task in tasks("in")]
    assert found == ["in/00000.md", "in/00002.md", "in/deep/x.md"]


def test_a_glob_and_a_file_are_taken_in_their_order() -> None:
    """Inputs keep the order in which they are named."""
    folder_of(3)
    found = [Path(t.place.path).name for t in tasks("in/00002.md", "in/*[01].md")]
    assert found == ["00002.md", "00000.md", "00001.md"]


@pytest.mark.parametrize("name", ["nowhere", "nothing-*.md", "empty"])
def test_an_input_without_notes_is_the_callers_mistake(name: str) -> None:
    """A name that is not there, a pattern that fits nothing and an empty folder are named."""
    Path("empty").mkdir()
    with pytest.raises(SettingsError, match=name.replace("*", r"\*")):
        tasks(name)


def test_each_line_of_json_is_one_document() -> None:
    """Rows keep their line; blank lines are none; a row is read back as it stands."""
    rows = [json.dumps(mapping(text), ensure_ascii=False) for text in notes(3)]
    Path("a.jsonl").write_text(f"\ufeff{rows[0]}\n\n{rows[1]}\r\n{rows[2]}", "utf-8")
    found = tasks("a.jsonl")
    assert [task.place.source for task in found] == ["a.jsonl:1", "a.jsonl:3", "a.jsonl:4"]
    assert [read(task).candidate.name for task in found] == names(3)


def test_a_bad_row_of_json_is_told_with_its_line() -> None:
    """A row that is no JSON, and one that lacks a key, fail by themselves."""
    good = json.dumps(mapping(notes(1)[0]))
    lacking = json.dumps({**mapping(notes(1)[0]), "company": None})
    Path("a.jsonl").write_text(f"{good}\nfoo\n{lacking}\n", "utf-8")
    first, broken, short = tasks("a.jsonl")
    assert read(first).company == "Lumen Health"
    assert faults(broken).startswith("a.jsonl:2: ")
    assert faults(short).startswith("a.jsonl:3: `company`")


CSV = """candidate,candidate.email,Company,role,interviewed,interviewers.1.name,interviewers.1.email,topics,fit,private
Ada Lind,ada@x.example,Lumen Health,Nurse,2026-05-12,Priya Nair,p@l.example,"rotas
handovers, at night",led a ward|taught,wants ninety thousand a year or more
"""


def test_a_row_of_csv_is_one_document() -> None:
    """Dotted columns are nested keys; a cell holds a section, by line or between bars."""
    Path("a.csv").write_text(CSV, "utf-8")
    with pytest.raises(NotesError, match=r"a\.csv:2: .*candidate\.email"):
        read(tasks("a.csv")[0])
    Path("a.csv").write_text(CSV.replace("candidate,c", "candidate.name,c", 1), "utf-8")
    Path("b.csv").write_text(Path("a.csv").read_text("utf-8"), "utf-8-sig")
    (task,) = tasks("b.csv")
    found = read(task)
    assert (found.candidate.name, found.candidate.email) == ("Ada Lind", "ada@x.example")
    assert [item.text for item in found.topics] == ["rotas", "handovers, at night"]
    assert [item.text for item in found.fit] == ["led a ward", "taught"]
    assert found.interviewers[0].email == "p@l.example"
    assert found.private


def test_a_table_is_read_in_any_of_the_usual_separators_and_rows_keep_their_lines() -> None:
    """Semicolons as spreadsheets of many countries write them; a cell may span lines."""
    head = "candidate;company;role;interviewed;interviewers;topics\n"
    row = '{};Lumen Health;Nurse;2026-05-12;Priya Nair|Tom Becker;"rotas\nhandovers"\n'
    Path("a.csv").write_text(head + "".join(map(row.format, names(3))), "utf-8")
    found = tasks("a.csv")
    assert [task.place.line for task in found] == [2, 4, 6]
    assert [read(task).candidate.name for task in found] == names(3)
    assert [p.name for p in read(found[2]).interviewers] == ["Priya Nair", "Tom Becker"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"Ada,Lumen,Nurse,2026-05-12,Priya,rotas,more,and more\n", "8 cells"),
        (b"Ada,Lumen,Nurse,2026-05-12,Priya,\xff\n", "not UTF-8"),
        (b'Ada,Lumen,Nurse,2026-05-12,Priya,"rotas\n', "quotes do not match"),
        (b"Ada,Lumen,Nurse,yesterday,Priya,rotas\n", "interviewed"),
    ],
)
def test_a_bad_row_of_csv_fails_alone(row: bytes, said: str) -> None:
    """The row before it is read; the fault names the bad row's line."""
    head = b"candidate,company,role,interviewed,interviewers,topics\n"
    fine = b"Ada Lind,Lumen,Nurse,2026-05-12,Priya Nair,rotas\n"
    Path("a.csv").write_bytes(head + fine + row)
    first, second = tasks("a.csv")
    assert read(first).role == "Nurse"
    assert faults(second).startswith("a.csv:3: ")
    assert said in faults(second)


def test_a_file_that_cannot_be_read_is_a_task_with_a_fault() -> None:
    """Bytes that are no text are listed as the file's fault, not raised while naming tasks."""
    folder = folder_of(1)
    (folder / "b.md").write_bytes(b"\xff\xfe\x00")
    good, bad = tasks("in")
    assert read(good)
    assert "UTF-16" in faults(bad)


def test_rows_are_named_by_their_content_and_not_by_their_place() -> None:
    """The same row further down has the same key, so that a growing table pays once."""
    rows = [json.dumps(mapping(text)) + "\n" for text in notes(2)]
    Path("a.jsonl").write_text("".join(rows), "utf-8")
    Path("b.jsonl").write_text("".join(reversed(rows)), "utf-8")
    assert [t.key for t in tasks("a.jsonl")] == [t.key for t in reversed(tasks("b.jsonl"))]

"""What a batch writes: the lines of its drafts, a file for each, and the coach's table."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from benches import Writing, answer, candidate, draft, folder_of, lines

from followup_agent.bulk.coach import COACH, Sketch, Words
from followup_agent.errors import OutputError, RequestRejected
from servers.candidates import names


def rows() -> list[dict[str, str]]:
    """What the coach's table holds."""
    with Path("out", COACH).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_torn_last_line_is_mended() -> None:
    """What a kill tore off while it was written is whole again after the next start."""
    folder_of(3)
    draft(Writing())
    whole = Path("out/drafts.jsonl").read_bytes()
    Path("out/drafts.jsonl").write_bytes(whole[:-50])
    draft(Writing())
    assert Path("out/drafts.jsonl").read_bytes() == whole


def test_a_rejected_draft_keeps_its_best_text_and_what_is_missing() -> None:
    """An answer that never has a part ends as rejected; the coach's table says which."""
    folder_of(1)
    model = Writing(lambda r: json.dumps({**answer(r), "interest": ""}))
    summary = draft(model)
    assert dict(summary.status) == {"rejected": 1}
    assert summary.exit_code == 3
    assert list(summary.missing) == lines()[0]["error"]["message"].rpartition(": ")[2].split(", ")
    (row,) = rows()
    assert (row["status"], row["valid"]) == ("rejected", "no")
    assert row["missing"].split() == list(summary.missing)


def test_each_draft_can_have_its_files_later_too() -> None:
    """--files on a finished folder renders them from the stored replies, asking nobody."""
    folder_of(2)
    draft(Writing())
    model = Writing()
    draft(model, files=True)
    assert model.requests == []
    files = sorted(Path("out/files").iterdir())
    assert [file.suffix for file in files] == [".eml", ".txt"] * 2
    assert lines()[0]["body"] in files[1].read_text("utf-8")
    draft(Writing(), files=True)
    assert sorted(Path("out/files").iterdir()) == files


def test_files_of_drafts_that_are_gone_go_with_them() -> None:
    """Changed and missing notes lose theirs; a file of somebody else or edited since stays."""
    folder_of(4)
    draft(Writing(), files=True)
    files = Path("out/files")
    unchanged, changed, gone, edited = (
        sorted(files.glob(f"*{line['key'][:10]}.*")) for line in lines()
    )
    edited[0].write_text("mine now", "utf-8")
    (files / "own.txt").write_text("own", "utf-8")
    notes = Path("in/00001.md")
    notes.write_text(notes.read_text("utf-8") + "\n", "utf-8")
    back = Path("in/00002.md").rename("gone.md")
    Path("in/00003.md").unlink()
    draft(Writing(), files=True)
    anew = set(files.glob(f"*{lines()[1]['key'][:10]}.*"))
    assert set(files.iterdir()) == {*unchanged, *anew, edited[0], files / "own.txt"}
    assert not {*changed, *gone} & set(files.iterdir())
    assert len(anew) == 2
    back.rename("in/00002.md")
    model = Writing()
    draft(model, files=True)
    assert model.requests == []
    assert {*gone} <= set(files.iterdir())


def test_a_folder_that_cannot_be_made_is_the_callers_mistake() -> None:
    """Nothing is asked before the output can be written."""
    folder_of(1)
    Path("out").write_text("a file")
    model = Writing()
    with pytest.raises(OutputError):
        draft(model)
    assert model.requests == []


def test_near_copies_across_candidates_are_found() -> None:
    """Three letters of the same words and one of its own: each row says what it shares."""
    folder_of(4)
    own = names(4)[3]
    text = "Moving the claims service to event-driven services, as you described, is a step that I have seen pay off."
    model = Writing(
        lambda r: json.dumps({**answer(r), "key_points": text}) if candidate(r) == own else None
    )
    summary = draft(model)
    found = rows()
    shared = [float(row["shared"]) for row in found]
    assert shared[:3] == [1.0] * 3
    assert 0 < shared[3] < 1
    assert found[1]["like"] == found[0]["source"]
    assert summary.near_copies >= 3
    assert summary.repeated[0]["candidates"] == 4


def test_the_sketch_never_counts_too_little() -> None:
    """Phrases that were added n times count n or more; others nearly always none."""
    words, sketch = Words(), Sketch()
    mine = words.of({"parts": {"fit": " ".join(f"w{n}" for n in range(500))}})
    for times in range(2):
        sketch.add(mine[times * 100 :])
    assert all(sketch.count(phrase) >= 1 for phrase in mine)
    assert all(sketch.count(phrase) >= 2 for phrase in mine[100:])
    (other,) = words.of({"parts": {"fit": "never seen these five words"}})
    assert sketch.count(other) == 0


def test_repeated_phrases_are_counted_exactly_beyond_what_a_cell_holds() -> None:
    """Of 300 candidates with the same sentence, the summary says 300."""
    folder_of(300)
    assert draft(Writing()).repeated[0]["candidates"] == 300


def test_a_cell_is_no_formula() -> None:
    """What a server wrote cannot be run by a spreadsheet."""
    folder_of(1)
    draft(Writing(lambda _: RequestRejected('=HYPERLINK("x")')))
    (row,) = rows()
    assert row["error"].startswith("'=")


def test_costs_are_told_where_there_is_a_price() -> None:
    """A price table gives each row its cost, and the summary their sum."""
    folder_of(2)
    summary = draft(Writing(), prices={"writing": {"prompt": 1.0, "completion": 2.0}})
    assert summary.cost == pytest.approx(2 * (100 * 1.0 + 50 * 2.0) / 1e6)
    found = rows()
    assert float(found[0]["cost"]) == pytest.approx(summary.cost / 2)

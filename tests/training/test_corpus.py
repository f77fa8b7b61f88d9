"""The hand-written messages pass the guide, are varied, and are nobody else's notes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from followup_agent.notes import load_notes  # noqa: E402
from training.specialist import check, corpus  # noqa: E402
from training.specialist.corpus import CorpusError, Example, Split  # noqa: E402

NOTES = {
    "candidate": "Ewa Lind",
    "company": "Tarn Optics",
    "role": "Lens Grinder",
    "interviewed": "2026-03-03",
    "interviewers": ["Omar Bey"],
    "topics": ["grinding aspheric lenses by hand when the machine is down"],
}
PARTS = {
    "gratitude": "Thank you for meeting me yesterday about the Lens Grinder role.",
    "key_points": "I enjoyed hearing about grinding aspheric lenses by hand when the machine is down.",
    "interest": "I would very much like to join Tarn Optics as a Lens Grinder.",
}


def example(id: str = "a-0001", *, notes: Any = None, parts: Any = None, **changed: Any) -> Example:
    """A good thank-you to Omar Bey, some of it changed."""
    line = {
        "id": id,
        "kind": "thank-you",
        "to": "Omar Bey",
        "today": "2026-03-04",
        "notes": NOTES | (notes or {}),
        "parts": PARTS | (parts or {}),
    }
    return Example.model_validate(line | changed)


def faults(*examples: Example) -> list[str]:
    """What the check says of them."""
    return [fault for _, fault in check.faults(examples)]


@pytest.fixture(scope="module")
def examples() -> tuple[Example, ...]:
    """All messages of training/data/."""
    return corpus.load()


def test_the_data_has_no_fault(examples: tuple[Example, ...]) -> None:
    """Every message passes every check, and so does the set."""
    assert list(check.faults(examples)) == []


def test_the_set_is_large_enough(examples: tuple[Example, ...]) -> None:
    """1,500 parts, each kind and each part among them."""
    counted = check.counts(examples)
    assert counted["part"].total() >= 1500
    assert min(counted["kind"].values()) >= 30
    assert min(counted["part"].values()) >= 30


def test_about_a_tenth_is_held_out(examples: tuple[Example, ...]) -> None:
    """The split takes each message once and keeps about one in ten from training."""
    split = Split.of(examples)
    assert sorted(e.id for e in split.train + split.held_out) == sorted(e.id for e in examples)
    assert 0.06 <= len(split.held_out) / len(examples) <= 0.14


def test_the_split_hangs_on_the_notes_alone() -> None:
    """Another id or other words leave a message where it was; the keys' order is nothing."""
    one = example()
    other = example("b-0002", parts={"gratitude": "Thanks for your time yesterday, Omar."})
    turned = example(notes=dict(reversed(NOTES.items())))
    assert one.fingerprint == other.fingerprint == turned.fingerprint
    assert one.fingerprint != example(notes={"role": "Grinder"}).fingerprint


def test_a_good_message_has_no_fault() -> None:
    """What the other tests spoil is good before."""
    assert faults(example()) == []


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"parts": {"fit": "I ground lenses."}}, "fit: is not asked for"),
        ({"notes": {"fit": ["ground 300 lenses"]}}, "fit: is missing"),
        ({"parts": {"key_points": "I liked hearing about your plans."}}, "no topic"),
        ({"parts": {"interest": "I would like to join as a Lens Grinder for 9 years."}}, "9"),
        ({"parts": {"gratitude": "Thank you for you're time yesterday."}}, "proofreading"),
        ({"parts": {"interest": "I am thrilled to join Tarn Optics."}}, "stock_phrase"),
        ({"parts": {"gratitude": "It rained a lot."}}, "gratitude by itself: thanks are missing"),
    ],
)
def test_a_spoilt_message_is_refused(spoilt: dict[str, Any], said: str) -> None:
    """Wrong parts, a broken rule, a stock phrase and an idle part are each named."""
    assert said in "\n".join(faults(example(**spoilt)))


def test_a_part_does_its_own_work() -> None:
    """Interest that stands in another part does not make up for the part that lacks it."""
    wish = " I would very much like to join Tarn Optics as a Lens Grinder."
    parts = {"key_points": PARTS["key_points"] + wish, "interest": "Tarn is a lake."}
    assert any(f.startswith("interest by itself: interest") for f in faults(example(parts=parts)))


def test_near_copies_are_refused() -> None:
    """A sentence that another message has too is refused; a different one is not."""
    others = {"candidate": "Ivo Pell", "topics": ["keeping dust out of the coating room"]}
    words = {
        "gratitude": "It was kind of you to make time for me yesterday, and I am grateful.",
        "key_points": "Keeping dust out of the coating room is what I have thought about most.",
        "interest": "To work for Tarn Optics as its Lens Grinder is what I want.",
    }
    assert faults(example(), example("a-0002", notes=others, parts=words)) == []
    copied = words | {"gratitude": PARTS["gratitude"]}
    again = faults(example(), example("a-0002", notes=others, parts=copied))
    assert again == ["gratitude: shares most five-word sequences with a-0001"]


def test_the_same_notes_twice_are_refused() -> None:
    """Ids and notes are each message's own."""
    assert "its id or its notes stand twice" in faults(example(), example("a-0002"))


def test_worn_openings_are_refused() -> None:
    """Two texts of a part may begin with the same three words in a small set, no third."""
    same = [example(f"a-{n:04}") for n in range(1, 4)]
    late = [who for who, fault in check.worn_openings(same) if fault.startswith("gratitude")]
    assert late == ["a-0003"]


def test_notes_of_the_evals_are_refused() -> None:
    """A company, a candidate or a jotting of the evals' notes is found."""
    theirs = load_notes(next((ROOT / "evals/messages/dev/notes").glob("*.md")))
    topic = next(t.text for t in theirs.topics if len(t.text.split()) > 5)
    ours = example(notes={"company": theirs.company, "topics": [f"we spoke of {topic}"]})
    found = [fault for _, fault in check.shared_notes([ours])]
    assert len(found) == 2
    assert list(check.shared_notes([example()])) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Invalid JSON"),
        (json.dumps({"id": "a-1"}), "id: String should match"),
        (example(to="Nobody").model_dump_json(), "is not an interviewer"),
        (example(notes={"company": ""}).model_dump_json(), "company"),
        (example(kind="value-add").model_dump_json(), "hold none"),
    ],
)
def test_a_bad_line_is_named(line: str, said: str) -> None:
    """The place and what is wrong, in one line."""
    with pytest.raises(CorpusError, match=said) as caught:
        corpus.read_line("a-x.jsonl:7", line)
    assert str(caught.value).startswith("a-x.jsonl:7: ")


def test_line_breaks_in_a_part_are_refused() -> None:
    """A part is one line, as the embedded plan reads it."""
    line = example().model_dump(mode="json")
    line["parts"]["gratitude"] = "Thank you.\nTruly."
    with pytest.raises(CorpusError, match=r"parts\.gratitude"):
        corpus.read_line("a-x.jsonl:1", json.dumps(line))


def test_the_command_names_each_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line a fault with its place; files of the other writer are checked and not reported."""
    bad = example(parts={"gratitude": "It rained a lot."}).model_dump_json()
    (tmp_path / "a-1.jsonl").write_text(bad + "\n{\n", encoding="utf-8")
    monkeypatch.setattr(check, "lines", lambda: corpus.lines(tmp_path))
    assert check.main([]) == 1
    out = capsys.readouterr().out
    assert "a-1.jsonl:2: " in out
    assert "a-1.jsonl:1: a-0001: gratitude by itself" in out
    assert check.main(["b-"]) == 0
    assert "a-1.jsonl" not in capsys.readouterr().out

"""The sample interviews are enough, valid, and cover every pair of their tags."""

from __future__ import annotations

from itertools import combinations, product
from pathlib import Path
from typing import get_args

import pytest
from places import INTERVIEWS

from followup_agent.errors import NotesError, SettingsError
from followup_agent.evals.samples import Sample, Tags, fingerprint, load_samples, read_sample
from followup_agent.kinds import Kind

CLOSED = {n: get_args(f.annotation) for n, f in Tags.model_fields.items() if get_args(f.annotation)}


@pytest.fixture(scope="module", params=["dev", "release"])
def samples(request: pytest.FixtureRequest) -> list[Sample]:
    """Both sets, each by itself."""
    return load_samples(INTERVIEWS / request.param)


def test_each_set_is_large_enough() -> None:
    """60 cases for development and 30 for releases, none in both."""
    dev, release = load_samples(INTERVIEWS / "dev"), load_samples(INTERVIEWS / "release")
    assert len(dev) >= 60
    assert len(release) >= 30
    assert not {s.id for s in dev} & {s.id for s in release}


def test_every_pair_of_closed_tags_occurs(samples: list[Sample]) -> None:
    """Any two values of any two closed tags stand together in some case."""
    for first, second in combinations(CLOSED, 2):
        seen = {(getattr(s.tags, first), getattr(s.tags, second)) for s in samples}
        assert set(product(CLOSED[first], CLOSED[second])) <= seen, (first, second)


def test_open_tags_are_spread(samples: list[Sample]) -> None:
    """Twenty trades, and names and countries from many places."""
    assert len({s.tags.trade for s in samples}) >= 20
    assert len({s.tags.names for s in samples}) >= 10
    assert len({s.tags.country for s in samples}) >= 10


def test_a_sixth_of_each_set_is_adversarial(samples: list[Sample]) -> None:
    """At least 15 %, and every kind of attack in the development set."""
    assert sum(s.adversarial != "none" for s in samples) / len(samples) >= 0.15
    if len(samples) >= 60:
        assert len({s.adversarial for s in samples}) == 8


def test_every_kind_is_drafted(samples: list[Sample]) -> None:
    """No kind of message is left out of a set."""
    assert {kind for s in samples for kind in s.today} == set(Kind)


def test_tags_say_what_the_notes_hold(samples: list[Sample]) -> None:
    """Decision, resources, promises and tone are those of the notes themselves."""
    for sample in samples:
        notes = sample.notes()
        assert (sample.tags.decision == "given") == (notes.decision_by is not None), sample.id
        assert (sample.tags.resources == "yes") == bool(notes.resources), sample.id
        assert sample.tags.country in {notes.country or "none", sample.tags.country}, sample.id


def test_private_words_do_not_reach_the_model(samples: list[Sample]) -> None:
    """What a case calls private stands in no fact that is sent."""
    for sample in samples:
        public = " ".join(fact.text.casefold() for fact in sample.notes().facts).split()
        assert not [w for w in sample.private if w.casefold() in public], sample.id


def _copy(folder: Path, change: str) -> Path:
    source = INTERVIEWS / "dev/support-agent-nairobi.yaml"
    file = folder / source.name
    file.write_text(source.read_text("utf-8") + change, "utf-8")
    (folder / "support-agent-nairobi.md").write_bytes(source.with_suffix(".md").read_bytes())
    return file


def test_an_unknown_key_is_named_with_its_file(tmp_path: Path) -> None:
    """A mistyped key is a fault, not a case without it."""
    with pytest.raises(NotesError, match=r"nairobi\.yaml: mustnot: Extra"):
        read_sample(_copy(tmp_path, "mustnot: [a]\n"))


def test_an_id_that_is_not_the_stem_is_a_fault(tmp_path: Path) -> None:
    """A copied case cannot pass for the one that it was copied from."""
    file = _copy(tmp_path, "").rename(tmp_path / "other.yaml")
    (tmp_path / "support-agent-nairobi.md").rename(tmp_path / "other.md")
    with pytest.raises(NotesError, match="the file's stem"):
        read_sample(file)


def test_missing_notes_are_a_fault(tmp_path: Path) -> None:
    """A case is two files."""
    file = _copy(tmp_path, "")
    file.with_suffix(".md").unlink()
    with pytest.raises(NotesError, match="beside it"):
        read_sample(file)


def test_no_case_at_all_is_the_callers_mistake(tmp_path: Path) -> None:
    """An empty run would look like a perfect one."""
    with pytest.raises(SettingsError, match="--cases"):
        load_samples(tmp_path)


def test_a_pattern_chooses_cases() -> None:
    """A glob takes what it matches, notes or YAML."""
    assert [s.id for s in load_samples(INTERVIEWS / "dev/support-agent-*")] == [
        "support-agent-nairobi"
    ]


def test_the_fingerprint_changes_with_any_case() -> None:
    """It does not depend on the order, and does on the contents."""
    some = load_samples(INTERVIEWS / "dev", limit=3)
    assert fingerprint(some) == fingerprint(some[::-1])
    assert fingerprint(some) != fingerprint(some[:2])

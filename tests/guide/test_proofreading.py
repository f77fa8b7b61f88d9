"""The rules `proofreading` and `proofreading_hint`."""

from __future__ import annotations

import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from style_case import STRANGE, case, notes, words

from followup_agent.guide import proofreader, registry
from followup_agent.guide.case import Case
from followup_agent.guide.judge import applicable
from followup_agent.guide.reading import Reading
from followup_agent.guide.rules.proofreading import distance, proofreading, proofreading_hint
from followup_agent.kinds import Kind

_DATA = Path(__file__).parent / "proofreading"
_FAULTS = [line.split("|", 1) for line in (_DATA / "faults.txt").read_text("utf-8").splitlines()]
_GOOD = (_DATA / "good.txt").read_text("utf-8").splitlines()


def _required(sentence: str, **more: object) -> list[str]:
    it = case(sentence, **more)
    return words(it, proofreading(it))


def test_planted_faults_are_found() -> None:
    """Of faults planted by hand, each type is found nine times in ten, or as often as said."""
    found = Counter(kind for kind, sentence in _FAULTS if _required(sentence))
    floors = Counter(kind for kind, _ in _FAULTS)
    least = {"agreement": 0.75, "other": 0.85}
    short = {k: (found[k], n) for k, n in floors.items() if found[k] < least.get(k, 0.9) * n}
    assert short == {}


@pytest.mark.parametrize("sentence", _GOOD)
def test_good_sentences_pass(sentence: str) -> None:
    """What looks like a slip and is none is never refused."""
    assert _required(sentence) == []


@pytest.mark.parametrize(
    ("country", "sentence", "told"),
    [
        ("US", "It was an honour.", ["honour"]),
        ("US", "It was an honor.", []),
        ("GB", "It was an honor.", ["honor"]),
        ("GB", "I organised it and will organize more.", []),
        ("IE", "My favourite colour is grey.", []),
        ("AU", "It was an honour.", []),
        ("CA", "It was an honour, and I organised it.", []),
        ("IN", "It was an honour.", []),
        ("DE", "It was an honour and an honor.", []),
        (None, "It was an honour and an honor.", []),
    ],
)
def test_dialects(country: str | None, sentence: str, told: list[str]) -> None:
    """Spelling follows the notes' country; without one either spelling is right."""
    assert _required(sentence, notes=notes(country=country)) == told


def test_words_of_the_notes_are_spelled_right() -> None:
    """A word of the notes is right, in its plural and possessive too."""
    given = notes(topics=[{"text": "the zorbifier and Qwxly's frobnitz"}])
    sentence = "I liked the zorbifiers, the zorbifier's hum and the frobnitz at Qwxly."
    assert _required(sentence, notes=given) == []


def test_hints_are_advice() -> None:
    """A rare word, or a turn that may be right, is advice."""
    it = case("Every tram has a quonklet. I recently discussed about it.")
    assert "quonklet" in words(it, proofreading_hint(it))
    assert _required("Every tram has a quonklet.") == []


def test_the_subject_and_the_postscript() -> None:
    """The subject is read as well; the sign-off is not."""
    text = "Subject: My oppurtunity\n\nDear Ada,\n\nThank you.\n\nKind regards,\nDan Okafr\n\nPS I liked it."
    it = Case(Reading.of(text), Kind.THANK_YOU)
    assert words(it, proofreading(it)) == ["oppurtunity"]


def test_rules_that_cannot_be_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without harper, or when it is not wanted, the rule is unchecked, not passed."""
    rule = next(r for r in registry._RULES.values() if r.id == "proofreading")
    assert applicable(rule, case("I am."))
    assert not applicable(rule, case("I am.", proofread=False))
    monkeypatch.setattr(proofreader, "_installed", lambda: False)
    assert not applicable(rule, case("I am."))
    assert proofreader.warm() is None


def test_warming_in_the_background() -> None:
    """The dictionary is loaded in a thread; linting meanwhile waits for it."""
    thread = proofreader.warm()
    assert thread is not None
    assert [f.rule for f in proofreader.lint("A mispeling.", proofreader.AMERICAN)] == [
        "SpellCheck"
    ]
    thread.join()


def test_many_threads() -> None:
    """A linter is never entered twice at once."""
    faults: list[int] = []

    def work(number: int) -> None:
        faults.extend(len(_required(f"I recieve {number}{n}.")) for n in range(20))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [1] * 120


@pytest.mark.parametrize(
    ("one", "two", "away"),
    [
        ("form", "from", 1),
        ("a", "a", 0),
        ("recieve", "receive", 1),
        ("a", "abcd", 3),
        ("kitten", "mitten", 1),
        ("abc", "xyz", 3),
    ],
)
def test_distance(one: str, two: str, away: int) -> None:
    """Swapped letters are one slip."""
    assert distance(one, two) == away


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Harper's rules that write to standard output stay off: it carries the command's JSON."""
    for _, sentence in _FAULTS:
        _required(sentence)
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("text", STRANGE)
def test_any_text(text: str) -> None:
    """Spans stay inside the text whatever it is, and time stays linear."""
    start = time.process_time()
    it = Case(Reading.of(text), Kind.THANK_YOU, notes())
    for finding in [*proofreading(it), *proofreading_hint(it)]:
        assert finding.span is not None
        assert 0 <= finding.span[0] <= finding.span[1] <= len(text)
    assert time.process_time() - start < 20


def test_a_name_with_a_mark_ends_no_sentence() -> None:
    """What ends in "Yahoo!" may go on, and "at AT&T" has no word twice."""
    assert _required("I want to join Yahoo! as a chemist.", notes=notes(company="Yahoo!")) == []
    assert _required("I want to join you! now.", notes=notes(company="Yahoo!"))
    assert _required("I want the post at AT&T.", notes=notes(company="AT&T")) == []


def test_initials_have_the_article_that_they_are_said_with() -> None:
    """Of initials, "HVAC" is said letter by letter though it has a vowel, and "UX" begins as "you" does."""
    for good in ("an HVAC post", "a SCADA post", "an NHS post", "a UX post", "a NATO post"):
        assert _required(f"I want {good}.") == []
    for bad in ("a HVAC post", "a NHS post", "an UX post", "an UEFA post", "a MRI post"):
        assert _required(f"I want {bad}.")


def test_a_word_of_the_notes_has_its_article() -> None:
    """A name may be said in any way, an English word of a role may not."""
    assert _required("I want to be an Payroll Analyst.", notes=notes(role="Payroll Analyst"))


def test_only_a_possessive_stands_after_a_preposition():
    """Slips are "about you're plans" and "with it's own yard"; "that you're busy" is none."""
    for bad in ("about you're 64 trailers", "of they're new kiln", "with it’s own yard"):
        assert _required(f"I have been thinking {bad}.")
    for good in ("about your 64 trailers", "that you're busy there"):
        assert _required(f"I have been thinking {good}.") == []


def test_names_are_as_the_notes_write_them() -> None:
    """Whatever a rule would make of a company's name or a role's, it is no slip; beside it is."""
    sentence = "I would be glad to to teach at Harbour Museum Te Whare Moana."
    museum = notes(company="Harbour Museum Te Whare Moana")
    assert _required(sentence, notes=museum) == ["to to"]
    assert "Te" in _required(sentence)

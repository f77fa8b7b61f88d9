"""Private: dropped at the door, in every format, and never in a message."""

from __future__ import annotations

import copy
import datetime as dt
import gc
import json
import pickle
import types

import pytest

from followup_agent.errors import NotesError
from followup_agent.notes import gist, load_notes
from followup_agent.notes.private import PrivateFingerprint

MARK = "zanzibar"
SECRET = f"They would pay {MARK} 98500 a year, and Globex waits"


def strings_within(root):
    """Every string that can be reached from an object, without going into code."""
    waiting, seen = [root], set()
    while waiting:
        held = waiting.pop()
        if id(held) in seen or isinstance(held, type | types.ModuleType | types.FunctionType):
            continue
        seen.add(id(held))
        if isinstance(held, str | bytes):
            yield held if isinstance(held, str) else held.decode("utf-8", "replace")
        waiting.extend(gc.get_referents(held))


def sources(small, mapping):
    """The secret as each format can hold it."""
    body = f"- deep\n<!-- a -->\n#### Part of it\n{SECRET}\n"
    yield f"{small}## Private\n{body}", None
    yield f"{small}# Not for sharing\n{body}# Log\n2026-05-13 called\n", None
    yield f"{small}## Private notes\nx\n### private\n{body}", None
    yield small.replace("---\n## T", f"confidential: {SECRET}\n---\n## T"), None
    for value in (SECRET, [SECRET], {MARK: SECRET, f"{MARK}2": [SECRET, {"deep": SECRET}]}):
        yield json.dumps(mapping | {"private": value}, indent=1), "notes.json"
        yield json.dumps(mapping | {"Off the record": value}, indent=1), "notes.yaml"
        yield mapping | {"private": value}, None


def test_unreachable(small, mapping):
    """Nothing that can be reached from the notes holds the private text, whatever the format."""
    for source, name in sources(small, mapping):
        notes = load_notes(source, name=name)
        assert notes.private
        assert not [text for text in strings_within(notes) if MARK in text]
        for text in (repr(notes), notes.model_dump_json(), repr(notes.lines)):
            assert MARK not in text


def test_leak_is_noticed(small, mapping):
    """What remains still notices the private words and numbers in a message."""
    for source, name in sources(small, mapping):
        leaks = load_notes(source, name=name).private.leaks
        for text in ("it would pay, so: They WOULD pay zanzibar!", "about 98500 then"):
            (start, end), *_ = leaks(text)
            assert text[start:end] in text
        assert not list(leaks("Thank you for the talk about the claims service"))


def test_faults_are_silent(small, mapping, faults):
    """No fault of a file shows anything of its private text."""
    broken = [
        f"{small}## Private\n## {MARK} heading\nx\n",
        f"{small}## Private: {MARK}\n",
        f"{small}Private: {MARK}\n- {MARK}\n",
        f"{small}- Private: {MARK}\n",
        f"{small}- **Confidential:**\n  - {MARK}\n",
        f"{small}Private\n-------\n{MARK}\n",
        f"{small}## Private\n{MARK} <!-- {MARK}",
        f"{small}## Private\n### Timeline\n{MARK}\n",
        f"{small}## Private\n{MARK} \x1b\n",
        small.replace("---\n## T", f"private:\n{MARK}: yes\n---\n## T"),
        small.replace("---\n## T", f"private: a: {MARK}\n---\n## T"),
        small.replace("---\n## T", f'private: "{MARK}\n---\n## T'),
        small.replace("---\n## T", f"private: *{MARK}\n---\n## T"),
        small.replace("---\n## T", f"private: !{MARK} x\n---\n## T"),
        mapping | {"private": {MARK: 1}, MARK: 2},
        mapping | {"private": SECRET, "company": [MARK]},
        json.dumps(mapping | {"private": SECRET}) + MARK,
        json.dumps(mapping | {"private": SECRET})[:-4],
    ]
    for source in broken:
        assert not [row for row in faults(source) if MARK in row]


def test_error_is_silent(small):
    """The error, its chain and what it was pickled from hold none of the text."""
    with pytest.raises(NotesError) as caught:
        load_notes(f"{small}## Private\n{SECRET}\n## Nonsense\n")
    error = caught.value.with_traceback(None)
    assert not [text for text in strings_within(error) if MARK in text]
    assert pickle.loads(pickle.dumps(error)).faults == error.faults


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("## Private things\nx", "this heading must be `## Private` and nothing else"),
        ("Private\nx", "write this heading as `## Private`"),
        ("- Private: x", "a line marked private stands here; move it under `## Private`"),
        ("## Private\n### Log\nx", "`Log` is a smaller heading inside Private: give it as many"),
    ],
)
def test_near_private(small, faults, body, message):
    """What may be meant as private is a fault, never a topic."""
    found = faults(f"{small}{body}\n")
    assert len(found) == 1
    assert message in found[0]


def test_free_text(small):
    """Anything may stand in Private: smaller headings, words of other sections, tables."""
    notes = load_notes(f"{small}## Private\n### Offers\nTimeline:\nLinks\n- Private: x\n| a |\n")
    assert len(notes.topics) == 1
    assert not notes.timeline


def test_public_words_are_no_leak(small):
    """A number or run of words that stands elsewhere in the notes is no leak."""
    private = load_notes(f"{small}## Private\nBy 2026: moving the claims service, 77 k\n").private
    assert not list(private.leaks("In 2026 we are moving the claims service"))
    assert list(private.leaks("I ask 77 k"))


@pytest.mark.parametrize(
    ("private", "message", "leaks"),
    [
        ("Globex offer", "the globex offer is good", True),
        ("Globex offer", "the globex, and an offer", False),
        ("doubt", "no doubt", False),
        ("我觉得这个经理很难相处", "谢谢，我觉得这个经理很难相处。", True),
        ("我觉得这个经理很难相处", "谢谢这个经理", False),
        ("", "", False),
        (None, "none", False),
        ("\ud800\ud801 99", "99", True),
    ],
)
def test_fingerprint(private, message, leaks):
    """Short lines are kept whole, single words not; scripts without spaces go by characters."""
    assert bool(list(PrivateFingerprint(private).leaks(message))) is leaks


def test_fingerprint_stays_here():
    """A fingerprint is never serialised: its copy is empty, and its text says nothing."""
    private = PrivateFingerprint("a secret of four words 1234")
    assert "1234" not in repr(private)
    assert not pickle.loads(pickle.dumps(private))
    assert not copy.copy(private)
    assert len({private, private, PrivateFingerprint(), PrivateFingerprint(" ")}) == 2


def test_fingerprint_of_a_cycle():
    """A value that holds itself comes to an end."""
    loop = ["They pay very well indeed"]
    loop.append(loop)
    assert PrivateFingerprint(loop)
    assert PrivateFingerprint({"a": {1, 2000}}).without("2000") is not None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("pregnant, due in December", "As I am expecting a child in December, I would need leave."),
        ("cannot work Sundays", "I am not able to work on a Sunday."),
        ("moving to Ohio if this fails", "I may be living in Ohio by then."),
        ("quit my last place after a row over tips", "I left my last bar after a row about tips."),
        ("burnt out in the old job, on sick leave in May", "I had burnt out in my old job."),
    ],
)
def test_a_line_retold_is_a_leak(line: str, told: str) -> None:
    """Synonyms, a negation or a name give a private line away in other words."""
    assert list(PrivateFingerprint(line).leaks(told))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("pregnant, due in December", "I look forward to December."),
        ("cannot work Sundays", "I saw that you are open on a Sunday."),
        ("my boss does not know", "I did not know that."),
    ],
)
def test_a_word_in_common_is_no_leak(line: str, told: str) -> None:
    """One everyday word of a private line gives nothing away."""
    assert not list(PrivateFingerprint(line).leaks(told))


def test_words_of_a_private_line_are_not_remembered():
    """Making a fingerprint leaves nothing in the memory that messages' words share."""
    before = gist._remembered.cache_info()
    PrivateFingerprint(SECRET)
    assert gist._remembered.cache_info() == before


def test_the_day_of_a_public_moment_is_public() -> None:
    """An interview "on 18 November" tells nothing of 18 private months, whatever the time of day."""
    public = {"interviewed": dt.datetime(2026, 11, 18, 9, 30)}
    private = PrivateFingerprint("only 18 months fixed").without(public)
    assert not list(private.leaks("We spoke on 18 November."))
    assert list(private.leaks("It is only 18 months fixed."))

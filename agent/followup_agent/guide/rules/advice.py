"""Advice on style: shown, never a reason to refuse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from followup_agent.guide.case import Case
from followup_agent.guide.memo import per_notes
from followup_agent.guide.message import Part
from followup_agent.guide.phrases import Phrases, stands_in, tokens
from followup_agent.guide.registry import Finding, rule
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes, Tone

#: Longest subject that telephones show in full (GUIDE.md, Advice).
_LONG_SUBJECT = 50
_GRAM = 4
_MANY_MARKS = 2


@rule(
    "stock_phrase",
    severity="advice",
    ask="Say it in your own plain words instead of the stock phrase.",
    place="Advice: AI tells and stock phrases",
)
def stock_phrase(case: Case) -> Iterable[Finding]:
    """Tells of generated text, and phrases worn out by follow-ups."""
    yield from _listed(case, "stock_phrases.txt", "is a stock phrase: say it in your own words")


@rule(
    "buzzword",
    severity="advice",
    ask="Replace the buzzword by what was really done or said.",
    place="Advice: buzzwords",
)
def buzzword(case: Case) -> Iterable[Finding]:
    """Words that say nothing."""
    yield from _listed(case, "buzzwords.txt", "is a buzzword: say what was done")


@lru_cache(maxsize=4)
def _list(name: str) -> Phrases:
    return Phrases.load(name)


def _listed(case: Case, name: str, why: str) -> Iterator[Finding]:
    text = case.reading.text
    for start, end in _list(name).find(text, tokens(text)):
        words = text[start:end]
        if not stands_in(case.notes, words) and not _from_notes(case.notes, words):
            yield Finding(f"“{words}” {why}", (start, end))


def _from_notes(notes: InterviewNotes | None, words: str) -> bool:
    """Whether a phrase's weighty words all are the notes' own: "leveraged" of "leverage"."""
    longer = [word for word in words.split() if len(word) > 6]
    return bool(longer) and all(stands_in(notes, word) for word in longer)


@rule(
    "long_subject",
    kinds=[kind for kind in Kind if kind is not Kind.LINKEDIN],
    part=Part.SUBJECT,
    severity="advice",
    ask="Shorten the subject to fewer than 50 characters.",
    place="Advice: subject of 50 characters or more",
)
def long_subject(case: Case) -> Iterable[Finding]:
    """A subject that a telephone cuts off."""
    length = len(case.reading.words(case.reading.subject).strip())
    if length >= _LONG_SUBJECT:
        yield Finding(
            f"the subject has {length} characters; under 50 is better", case.reading.subject
        )


@rule(
    "exclamation",
    severity="advice",
    ask="Use full stops instead of exclamation marks.",
    place="Advice: exclamation marks in a formal thread",
)
def exclamation(case: Case) -> Iterable[Finding]:
    """An exclamation mark in a formal thread, or more than two anywhere."""
    marks = [match.span() for match in re.finditer("!+", case.reading.text)]
    if case.tone is Tone.FORMAL:
        for span in marks:
            yield Finding("an exclamation mark in a formal thread", span)
    elif len(marks) > _MANY_MARKS:
        yield Finding(f"{len(marks)} exclamation marks; two are enough", marks[_MANY_MARKS])


@rule(
    "repetition",
    severity="advice",
    ask="Say it once: the pointed-out words repeat an earlier sentence.",
    place="Advice: a claim repeated",
)
def repetition(case: Case) -> Iterable[Finding]:
    """A sentence whose word sequences mostly stand in an earlier one, or a long run said twice."""
    first: dict[tuple[str, ...], int] = {}
    sizes: list[int] = []
    given = _given_words(case.notes) if case.notes else frozenset()
    for number, sentence in enumerate(case.reading.sentences):
        grams = _grams([t.key for t in tokens(case.reading.text, sentence.span)], given)
        sizes.append(len(grams))
        shared = Counter(first[gram] for gram in grams if gram in first)
        for earlier, count in shared.items():
            if count > 2 and count > min(sizes[earlier], len(grams)) / 2:
                yield Finding("this repeats an earlier sentence: say it once", sentence.span)
                break
        for gram in grams:
            first.setdefault(gram, number)


@per_notes
def _given_words(notes: InterviewNotes) -> frozenset[str]:
    """The words of the role and the company, which may well stand twice."""
    return frozenset(t.key for t in tokens(f"{notes.role} {notes.company}"))


def _grams(keys: Sequence[str], given: frozenset[str]) -> set[tuple[str, ...]]:
    rows = zip(*(keys[n:] for n in range(_GRAM)), strict=False)
    if given.isdisjoint(keys):
        return set(rows)
    return {row for row in rows if len(given.intersection(row)) < 2}


@rule(
    "guessed_title",
    severity="advice",
    needs_notes=True,
    ask="Leave out a courtesy title that the notes don't give; write the name alone.",
    place="Required parts: greeting (a title is never guessed)",
)
def guessed_title(case: Case) -> Iterable[Finding]:
    """A title before a name that the notes give none: a gender or a degree that was guessed."""
    return case.grounding.inventions["title"] if case.grounding else ()

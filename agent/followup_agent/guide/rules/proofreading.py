"""Spelling and grammar: what is surely wrong refuses a message, what may be is advice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby

from followup_agent.guide import proofreader
from followup_agent.guide.case import Case
from followup_agent.guide.frame import Span
from followup_agent.guide.grammar import slips
from followup_agent.guide.grounding import Matter
from followup_agent.guide.grounding.lexicon import is_english, is_name
from followup_agent.guide.grounding.naming import mistyped
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.leaks import overlaps
from followup_agent.guide.mechanics import mechanics
from followup_agent.guide.memo import per_notes
from followup_agent.guide.phrases import Token, data_lines, is_joined, tokens, words_of
from followup_agent.guide.proofreader import Fault
from followup_agent.guide.reading import Reading
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.wordforms import is_verb
from followup_agent.notes.model import InterviewNotes

_SHORTEST_KIN = 6  # letters of a word that may be another form of one in the notes
_PARTICULAR: tuple[Matter, ...] = ("link", "date", "number", "spelling", "name")
_AGREEMENT = frozenset({"PronounVerbAgreement", "PronounInflectionBe"})
_RUN_IN = ("to", "the", "and", "your", "my", "of")
_CLAUSE_OPENERS = frozenset(
    "that if when because and but or while how what where why as since although though way think "
    "know hope believe said feel sure glad so which who whether until once before after".split()
)


def applies(case: Case) -> bool:
    """Whether the message can be proofread: it is wanted, and harper is installed."""
    return case.proofread and proofreader.available()


@rule(
    "proofreading",
    ask="Correct the spelling or grammar where it is pointed out; change nothing else.",
    place="Required of every message: Proofread",
    applies=applies,
)
def proofreading(case: Case) -> Iterable[Finding]:
    """Spelling and grammar faults that are surely wrong."""
    end = 0
    told, names = list(_told_elsewhere(case)), list(_names(case))
    for message, span in sorted(_certain(case), key=lambda fault: fault[1]):
        if any(low <= span[0] and span[1] <= high for low, high in names):
            continue
        if span[0] >= end and not overlaps(span, told):
            end = span[1]
            yield Finding(message, span)


@rule(
    "proofreading_hint",
    severity="advice",
    ask="Look at the wording that is pointed out.",
    place="Required of every message: Proofread (what may be right)",
    applies=applies,
)
def proofreading_hint(case: Case) -> Iterable[Finding]:
    """What harper doubts and may well be right: a rare word, a turn of phrase."""
    for fault, offset in _linted(case):
        words = case.reading.text[fault.start + offset : fault.end + offset]
        doubtful = fault.rule == "SpellCheck" and words.islower() and _unknown(words, case)
        if (doubtful and not _certainly_misspelled(words, fault, case)) or (
            proofreader.rules()[fault.rule] == "advice"
        ):
            yield Finding(_say(words, fault), (fault.start + offset, fault.end + offset))


def _told_elsewhere(case: Case) -> Iterator[Span]:
    """The words that a more particular rule tells of: a name altered, a date that is wrong."""
    yield from case.leaks
    if case.grounding:
        for matter in _PARTICULAR:
            for finding in case.grounding.inventions[matter]:
                if finding.span:
                    yield finding.span


def _names(case: Case) -> Iterator[Span]:
    """Where the company, the role and the people stand as the notes write them.

    Whoever is called so chose the spelling: "Harbour Museum Te Whare Moana".
    """
    if case.notes:
        yield from (match.span() for match in _as_noted(case.notes).finditer(case.reading.text))


@per_notes
def _as_noted(notes: InterviewNotes) -> re.Pattern[str]:
    people = (name for each in notes.interviewers for name in (each.name, each.preferred))
    names = filter(None, (notes.company, notes.role, notes.candidate.name, *people))
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _certain(case: Case) -> Iterator[tuple[str, tuple[int, int]]]:
    reading = case.reading
    yield from mechanics(reading, case.notes)
    for sentence in reading.sentences:
        yield from slips(reading.text, sentence)
    for fault, offset in _linted(case):
        span = (fault.start + offset, fault.end + offset)
        words = reading.text[span[0] : span[1]]
        if _is_certain(words, fault, case, span[0]):
            yield _say(words, fault), span


def _linted(case: Case) -> Iterator[tuple[Fault, int]]:
    """The faults of the subject and of the body, with where their text begins."""
    reading = case.reading
    dialect = proofreader.dialects(case.notes.country if case.notes else None)[0]
    for start, end in _stretches(reading):
        for fault in proofreader.lint(reading.text[start:end], dialect):
            yield fault, start


def _stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    if reading.subject:
        yield reading.subject
    if reading.sentences:
        yield reading.sentences[0].span[0], _body_end(reading)


def _body_end(reading: Reading) -> int:
    """The end of the body before the sign-off; a postscript after it is left out."""
    start = reading.closing[0] if reading.closing else len(reading.text)
    return max((s.span[1] for s in reading.sentences if s.span[1] <= start), default=start)


def _is_certain(words: str, fault: Fault, case: Case, at: int) -> bool:
    if proofreader.rules()[fault.rule] != "required":
        return False
    if fault.rule == "SpellCheck":
        return (
            (words.islower() or _opens(case.reading, at))
            and _certainly_misspelled(words, fault, case)
            and not _in_another_tongue(words, at, case)
        )
    if fault.rule in _AGREEMENT:
        return is_verb(words) and _has_subject(case.reading.text, at)
    if fault.rule == "ThereToTheir":
        before = tokens(case.reading.text, (max(0, at - 12), at))
        return not (before and before[-1].key in {"is", "are", "was", "were"})
    return True


def _in_another_tongue(words: str, at: int, case: Case) -> bool:
    """Whether the word beside is no English word either: "Diolch yn fawr", "Ngā mihi nui"."""
    found = tokens(case.reading.text, (max(0, at - 40), at + len(words) + 40))
    here = next((n for n, token in enumerate(found) if token.start == at), None)
    if here is None:
        return False
    said, text = words_of(case.notes), case.reading.text
    if _salutes(text, at):
        return True
    return any(
        is_joined(text, found[min(n, here)], found[max(n, here)])
        and len(found[n].key) > 1
        and found[n].key.isalpha()
        and not (is_english(found[n].key) or found[n].key in said)
        and (found[n].text.islower() or not n or _apart(text, found[n - 1], found[n]))
        for n in (here - 1, here + 1)
        if 0 <= n < len(found)
    )


def _apart(text: str, one: Token, two: Token) -> bool:
    """Whether a line or a sentence ends between two words."""
    return not is_joined(text, one, two) or "\n" in text[one.end : two.start]


def _salutes(text: str, at: int) -> bool:
    """Whether the line is a few words before a comma, as a greeting: "A Aoife, a chara,"."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start:end].rstrip() if end >= 0 else ""
    return line.endswith(",") and len(line.split()) < 6


def _has_subject(text: str, at: int) -> bool:
    """Whether the pronoun before a verb is its subject: "suits you is fine" has another."""
    near = tokens(text, (max(0, at - 40), at))
    if not near or near[-1].key not in {"you", "it"}:
        return bool(near) and "-" not in near[-1].key
    if len(near) == 1 or not is_joined(text, near[-2], near[-1]):
        return True
    return near[-2].key in _CLAUSE_OPENERS or "," in text[near[-2].end : near[-1].start]


def _opens(reading: Reading, at: int) -> bool:
    """Whether a sentence begins here."""
    spans = [sentence.span[0] for sentence in reading.sentences]
    place = bisect_left(spans, at)
    return place < len(spans) and spans[place] == at


@per_notes
def _stems(notes: InterviewNotes) -> frozenset[str]:
    """The stems of the notes' words that are no plain English: "vernalised" of a trade."""
    return frozenset(stem(word) for word in words_of(notes) if not is_english(word))


def _unknown(words: str, case: Case) -> bool:
    """Whether neither the notes, the trades nor another dialect know the word."""
    key = words.casefold().replace("’", "'")
    said = words_of(case.notes)
    accepted = proofreader.dialects(case.notes.country if case.notes else None)
    return not (
        _bases(key) & (said | terms() | slang())
        or (len(key) > _SHORTEST_KIN and case.notes and stem(key) in _stems(case.notes))
        or (len(accepted) > 1 and proofreader.is_spelled(words, accepted[1:]))
    )


def _certainly_misspelled(words: str, fault: Fault, case: Case) -> bool:
    """A word that no list knows, or that only another dialect spells so, near a real word."""
    if (
        not words.replace("'", "").replace("’", "").isalpha()
        or not words.isascii()
        or len(words) < 3
    ):
        return False
    key = words.casefold().replace("’", "'")
    if not words.islower():
        # A capital: a name, unless it opens a sentence and a plain word is one slip away.
        right = fault.right.casefold()
        close = is_english(right) and distance(key, right) <= 1 + (len(key) > 7)
        return (
            close
            and len(key) > 6
            and not (is_name(key) or is_english(key))
            and _unknown(words, case)
        )
    if not _unknown(words, case):
        return False
    if fault.right.casefold() == key:
        return True  # monday, english: a capital is missing
    if _is_other_dialect(words):
        return True
    _, apostrophe, ending = key.partition("'")
    right = fault.right.casefold()
    if apostrophe and ending != "s":
        return distance(key, right) <= 2  # "could'nt", "argue'd"
    if is_english(key):
        return False
    if mistyped(key) or _run_together(key):
        return True
    slips = distance(_undoubled(key), _undoubled(right))
    if slips and " " not in right and _joined_words(key):
        return False  # "staffroom", "stockmen": two words made one, as trades do
    # Two slips in a short word are as likely a word of a trade: "ventouse" is no "venous".
    return slips < 2 or sorted(key) == sorted(right) or (slips < 3 and len(key) > 8)


def _run_together(key: str) -> bool:
    """Whether a space was left out after a small word: "tomeet", "thetour"."""
    return any(key.startswith(w) and is_english(key[len(w) :]) for w in _RUN_IN if len(key) > 5)


def _undoubled(word: str) -> str:
    """A word with each doubled letter once: "gratefull", "wonderring" then are right."""
    return "".join(letter for letter, _ in groupby(word))


def _joined_words(key: str) -> bool:
    key = key.removesuffix("'s")
    return any(is_english(key[:n]) and is_english(key[n:]) for n in range(4, len(key) - 2))


def _is_other_dialect(words: str) -> bool:
    return proofreader.is_spelled(words, (proofreader.AMERICAN, proofreader.BRITISH))


def _bases(key: str) -> frozenset[str]:
    """A word, and what it may be the plural or possessive of."""
    found = {key, key.removesuffix("'s"), key.removesuffix("s'"), key.removesuffix("s")}
    return frozenset(found | {key.removesuffix("es")})


@lru_cache(maxsize=1)
def terms() -> frozenset[str]:
    """Words of trades that the dictionary lacks."""
    return frozenset(word for line in data_lines("trade_terms.txt") for word in line.split())


@lru_cache(maxsize=1)
def slang() -> frozenset[str]:
    """Words that the rule `tone` tells of."""
    return frozenset(
        w for line in data_lines("slang.txt") for part in line.split() for w in part.split("|")
    )


@lru_cache(maxsize=4096)
def distance(one: str, two: str) -> int:
    """Slips of the pen between two words: a letter more, less, wrong or swapped; 3: many."""
    if abs(len(one) - len(two)) > 2 or max(len(one), len(two)) > 40:
        return 3
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, 1):
        (
            last,
            row,
        ) = row, [i]
        for j, b in enumerate(two, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before = last
    return min(row[-1], 3)


def _say(words: str, fault: Fault) -> str:
    if fault.rule == "SpellCheck":
        return f"“{words}” is misspelled" + (f": “{fault.right}”?" if fault.right else "")
    return fault.message

"""Faults of the pen that need no grammar: doubled words, capitals, spaces, stops, *a* and *an*."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.phrases import Token, tokens, words_of
from followup_agent.guide.reading import Reading
from followup_agent.notes.model import InterviewNotes

Slip = tuple[str, tuple[int, int]]

# Words that may rightly stand twice: "had had", "that that", "very very".
_MAY_DOUBLE = frozenset(
    "had that very really so much many far long no now well again bye ha do did her more there "
    "what it never knock please hear one two three four five six seven eight nine zero win".split()
)
_OPENERS = (
    "I It The We You My This That Your Thank Thanks Please And But In At As If "
    "When What Our He She They There Having After Looking Since Before For Our "
    "These Those Let Meeting Seeing Hearing To With Also However Not Is Are Was "
    "Would Could Can May Should On From One All It's I'm I'd I've It’s I’m I’d "
    "I’ve That's That’s"
).split()
_GLUED = re.compile(rf"(?<=[a-z][a-z])([.!?])({'|'.join(map(re.escape, _OPENERS))})(?![\w.@])")
_GLUED_COMMA = re.compile(
    r"(?<=[a-z])([,;])(?=[a-z]{2})|(?<=[a-z][a-z]) (,)(?=[ \n])|(?<=[a-z]{3}) (\.)(?=\s|$)"
)
_STOPS = re.compile(
    r"(?<=[a-z]{3})(,,|;;|,\.|\.,)(?=\s|$)|(?<=[a-z]{3})(\.\.)(?=[ \n]|$)|\?,|!,|,[!?]"
)
_SHORTENED = frozenset(
    "etc inc ltd corp approx dept est ext vs jun jul aug sep sept oct nov dec jan "
    "feb mar apr mon tue wed thu fri sat sun pty bros assn univ prof hons dist fig "
    "vol gmbh messrs inst prox ult".split()
)
_NON_SPACE = re.compile(r"\S+")
_SMALL_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b")
_ITS = re.compile(r"\b[Ii]ts['’](?=[ ,.;])")
#: After a preposition only a possessive can stand: "about you're plans".
_SHORT_FOR_OWN = re.compile(
    r"\b(?:about|of|with|for|from|in|into|on|at|by|behind|during|under|over|through)\s"
    r"(you['’]re|they['’]re|it['’]s)\s(?!not\b|all\b|a\b|an\b|the\b|that\b|so\b|too\b|just\b)",
    re.IGNORECASE,
)
_LONE_I = re.compile(
    r"(?<![\w.'’(/&@-])i(?=(?:['’](?:m|d|ll|ve))?(?:[ ,!?\n]|$))(?![.)])(?:['’](?:m|d|ll|ve))?"
)


def mechanics(reading: Reading, notes: InterviewNotes | None) -> Iterator[Slip]:
    """Every fault of the body, in order of the checks."""
    known = words_of(notes)
    text = _without_links(reading.text)
    for sentence in reading.sentences:
        found = tokens(text, sentence.span)
        yield from doubled(text, found)
        yield from articles(text, found, known)
    yield from _marks(text, reading)
    yield from _small_starts(text, reading, known, notes.company if notes else "")


def _without_links(text: str) -> str:
    """Links and addresses blanked out, places kept."""
    if "//" not in text and "@" not in text and "www." not in text:
        return text
    return _NON_SPACE.sub(_blank_link, text)


def _blank_link(match: re.Match[str]) -> str:
    word = match.group()
    return "\0" * len(word) if "//" in word or "@" in word or "www." in word else word


def doubled(text: str, found: Sequence[Token]) -> Iterator[Slip]:
    """The same word twice in a row; "what it is is" may."""
    free = _MAY_DOUBLE | {"is"} if any(t.key in {"what", "all"} for t in found) else _MAY_DOUBLE
    for one, two in pairwise(found):
        if one.key != two.key or one.key in free or not one.key.isalpha():
            continue
        gap = text[one.end : two.start]
        if one.start == found[0].start and (two.end == found[-1].end or text[two.end] in ",.!"):
            continue  # "Sharp sharp", "Same same."
        # "Work Work" is a name; so is what "at AT&T" has twice.
        name = (
            two.text[0].isupper()
            and one.key != "i"
            and (one.text[0].isupper() or two.text[1:].isupper())
        )
        if gap.isspace() and not name:
            yield f"“{one.key}” stands twice", (one.start, two.end)


def _lone_i(_: re.Match[str], __: str) -> str:
    return "“I” is written with a capital"


def _small_day(match: re.Match[str], _: str) -> str:
    return f"“{match.group().capitalize()}” is written with a capital"


def _its(_: re.Match[str], __: str) -> str:
    return "“its” has no apostrophe here"


def _own(match: re.Match[str], _: str) -> str:
    short = match[1].replace("’", "'").casefold()
    return f"“{match[1]}” should be “{_OWN[short]}”"


_OWN = {"you're": "your", "they're": "their", "it's": "its"}


def _comma(match: re.Match[str], _: str) -> str:
    return "a space is missing" if match[1] else "no space stands before this mark"


def _stop(match: re.Match[str], text: str) -> str:
    word = re.search(r"[a-z]*$", text[max(0, match.start() - 12) : match.start()])
    if word and word.group() in _SHORTENED:
        return ""
    return f"“{match.group()}”: one mark is enough"


def _marks(text: str, reading: Reading) -> Iterator[Slip]:
    """What single marks and spaces show, over the whole body."""
    if not reading.sentences:
        return
    start, end = reading.sentences[0].span[0], reading.sentences[-1].span[1]
    for pattern, what in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if message := what(match, text):
                yield message, match.span()


def _no_space(match: re.Match[str], _: str) -> str:
    return f"a space is missing after “{match[1]}”"


_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str]], ...] = (
    (_LONE_I, _lone_i),
    (_SMALL_DAY, _small_day),
    (_ITS, _its),
    (_SHORT_FOR_OWN, _own),
    (_GLUED_COMMA, _comma),
    (_STOPS, _stop),
    (_GLUED, _no_space),
)


def _small_starts(
    text: str, reading: Reading, known: frozenset[str], company: str
) -> Iterator[Slip]:
    """A sentence that begins small, after a full one or on a line of its own."""
    before = None
    for sentence in reading.sentences:
        start = sentence.span[0]
        ended = _ends(text, before, company) if before else _own_line(text, reading, start)
        before = sentence.span
        word = next(iter(tokens(text, (start, min(sentence.span[1], start + 40)))), None)
        if not ended or word is None or word.start != start or not word.text.isalpha():
            continue
        if word.text.islower() and word.text.isascii() and word.key not in known:
            yield "a sentence begins with a capital", word.span


def _ends(text: str, span: tuple[int, int], company: str) -> bool:
    """Whether a sentence surely ended: with a mark, or a full word and a stop.

    Nothing ends at the mark of a name: "I want to join Yahoo! as a chemist."
    """
    tail = text[max(span[0], span[1] - 30) : span[1]]
    if tail.endswith(("!", "?")):
        return not (company.endswith(("!", "?")) and text.endswith(company, *span))
    word = re.search(r"([^\W\d_]{3,})\.$", tail)
    return word is not None and word[1].casefold() not in _SHORTENED


def _own_line(text: str, reading: Reading, start: int) -> bool:
    return reading.greeting is not None and "\n" in text[reading.greeting[1] : start]


_VOWEL_H = ("hour", "honest", "honour", "honor", "heir")
_EITHER_H = (
    "histor",
    "hotel",
    "hered",
    "habit",
    "heroic",
    "herb",
    "hilar",
    "horrif",
    "hyster",
    "hallucin",
    "harmon",
)
# Said with a consonant: "you", "one". And those that only look so: "uninteresting".
_YOU = tuple(
    "ubiq ufo ukul unan unic unif unil unio uniq unis unit univ uran urin usa use usi usu usb uten "
    "util utop eu ewe ewer once oneself one-off ouija".split()
)
_AN_ANYWAY = ("unin", "unim", "unid", "unisol", "unissu")
_SPELLED = frozenset("aefhilmnorsx")
# Initials with a vowel that are said letter by letter all the same.
_LETTERS = frozenset("mba sre sla sme rfa faq ngo mou hea llm fmea mri nvqa".split())
# No word begins so: "HVAC" is letters for all its vowel.
_UNSAYABLE = re.compile(r"[hlmn][^aeiouy]|f[^lraeiouy]|r[^haeiouy]|s[^chklmnpqtwaeiouy]|x[^aeiouy]")


def articles(text: str, found: Sequence[Token], known: frozenset[str]) -> Iterator[Slip]:
    """*a* before a vowel's sound, *an* before a consonant's."""
    for one, two in pairwise(found):
        if one.text not in {"a", "an", "A", "An"} or text[one.end : two.start] not in {" ", "\n"}:
            continue
        wanted = _article(two, known)
        if wanted and wanted != one.key:
            yield f"“{one.text} {two.text}” should be “{wanted} {two.text}”", one.span


def has_wrong_article(text: str) -> bool:
    """Whether a text has "a" for "an", or "an" for "a"."""
    return any(articles(text, tokens(text, (0, len(text))), frozenset()))


def _article(word: Token, known: frozenset[str]) -> str:
    """The article that must stand before a word; "" where either may."""
    text = word.text.partition("-")[0].partition("’")[0].partition("'")[0] or word.text
    key = text.casefold()
    if not key.isascii():
        return ""
    # A name of the notes may be said in any way; "Payroll" is said as it is everywhere.
    if word.text[0].isupper() and word.key in known and not text.isupper() and not is_english(key):
        return ""
    if key[0].isdigit():
        return "an" if key[0] == "8" or key in {"11", "18"} else ("a" if key.isdigit() else "")
    if len(key) == 1:
        return "an" if key in _SPELLED else "a"
    if any(c.isupper() for c in text[1:]):
        return _of_initials(text, key)
    return _of_word(key, capital=text[0].isupper())


def _of_initials(text: str, key: str) -> str:
    """Initials may be said as letters or as a word; without a vowel they are letters."""
    if text.isupper() and key[0] == "u":  # UX, UEFA, UNESCO: said as "you"
        return "a"
    if set(key) & set("aeiouy") and key not in _LETTERS and not _UNSAYABLE.match(key):
        return (
            "an"
            if key[0] in "aeio" and text.isupper() and key[:3] != "uni" and key[:2] != "eu"
            else ""
        )
    return "an" if key[0] in _SPELLED else "a"


def _of_word(key: str, *, capital: bool) -> str:
    if key.startswith(_EITHER_H) or (capital and key[0] in "uhxyeo" and not key.startswith(_YOU)):
        return ""
    if key.startswith(_VOWEL_H):
        return "an"
    if key[0] in "aeiou":
        you = key in {"one", "uni"} or (key.startswith(_YOU) and not key.startswith(_AN_ANYWAY))
        return "a" if you else "an"
    return "" if key[0] == "y" and key[1:2] not in {*"aeiou"} else "a"

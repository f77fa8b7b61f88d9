"""Tone: nothing in a follow-up that makes its reader wince, measured against the notes' tone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from followup_agent.guide.case import Case
from followup_agent.guide.frame import Span
from followup_agent.guide.phrases import Phrases, Token, stands_in, tokens, words_of
from followup_agent.guide.registry import Finding, rule
from followup_agent.notes.model import InterviewNotes, Tone

_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600\u2614\u2615\u2639\u263a\u2665\u26a1\u26bd"
    "\u2705\u270a-\u270c\u2728\u2744\u2753\u2755\u2757\u2763\u2764\u2795\u2b50\u2b55]"
    "[\ufe0f\u200d\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2640\u2642\u2764]{0,16}"
)
_FIRST_EMOJI = "\u2600"
_CONTACT_SIGNS = frozenset("📞☎📱✉📧📩📨🌐🔗📍💼🖥🏠📫📬")
_EMOTICON = re.compile(
    r"(?<![\w:/<(])(?:[:;=8]['’]?-?[)DPp(\]]+|[xX]D+|<3+|\^_?\^|:-?[/|*oO]|¯\\_)(?![\w/])"
    r"|(?<=[a-z.!?])[:;]-?\)(?!\w)"
)
_SHOUT = frozenset(
    "the you for this that with and your have was were will would could really "
    "very so much thank thanks love loved great amazing please must need want now "
    "never always not my me we our job role team best just more most all too hope "
    "can get got am are is it to in of on be from interview meeting excited happy "
    "perfect absolutely definitely totally again soon today tomorrow ready".split()
)
_ALONE = frozenset(
    "really very love loved great amazing please must never always thank thanks "
    "you so much definitely totally absolutely perfect excited best incredible "
    "wonderful fantastic awesome now immediately not huge super more only every "
    "today".split()
)
_NOT_ALONE = frozenset("you so not now more best only every today must".split())
_CASUAL_GREETING = frozenset("hey heya hiya yo howdy oi wotcha hullo sup".split())
_CONTRACTION = re.compile(
    r"n't$|^(?:i|you|we|they|he|she|it|that|there|what|who|here)'(?:m|re|ve|ll|d)$"
    r"|^(?:it|that|there|what|here|who|he|she|let)'s$"
)
_SEVERAL_CONTRACTIONS = 3
_SEVERAL_MARKS = 2


@rule(
    "tone",
    ask="Rewrite in a professional voice that fits how the interview felt: no slang, no "
    "text-speak, no emoji, no capitals for emphasis.",
    place="Required of every message: Professional tone",
)
def tone(case: Case) -> Iterable[Finding]:
    """Slang, text-speak, emoji and shouting; casual forms in a formal thread."""
    text = case.reading.text
    found = tokens(text)
    yield from _slang(case, found)
    yield from _emoji(case)
    yield from _shouting(case, found)
    yield from _marks(case)
    if case.tone is Tone.FORMAL:
        yield from _casual_forms(case)
        yield from _informal(case, found)


@lru_cache(maxsize=4)
def _list(name: str) -> Phrases:
    return Phrases.load(name)


def _slang(case: Case, found: Sequence[Token]) -> Iterator[Finding]:
    yield from _listed(case, found, "slang.txt", "is slang or text-speak: use plain words")


def _informal(case: Case, found: Sequence[Token]) -> Iterator[Finding]:
    yield from _listed(case, found, "informal.txt", "is too casual for a formal thread")


def _listed(case: Case, found: Sequence[Token], name: str, why: str) -> Iterator[Finding]:
    text = case.reading.text
    for start, end in _list(name).find(text, found):
        words = text[start:end]
        if _is_name(text, start, words) or stands_in(case.notes, words):
            continue
        yield Finding(f"“{words}” {why}", (start, end))


def _is_name(text: str, start: int, words: str) -> bool:
    """Whether the words are initials, part of a link, or a name inside a sentence ("Dr Bro")."""
    before = text[max(0, start - 2) : start]
    if before[-1:] in tuple("/@._-&") or (
        len(words) <= 3 and words.isupper() and words not in {"LOL", "OMG", "THX", "PLS"}
    ):
        return True
    return words[:1].isupper() and before[-1:] == " " and before[:1].isalpha()


def _emoji(case: Case) -> Iterator[Finding]:
    text, signature = case.reading.text, case.reading.signature or (-1, -1)
    for match in _EMOJI.finditer(text) if max(text, default="") >= _FIRST_EMOJI else ():
        contact = (
            signature[0] <= match.start() < signature[1] and match.group()[0] in _CONTACT_SIGNS
        )
        if not contact and not stands_in_text(case, match.group()):
            yield Finding(f"“{match.group()}”: leave emoji out", match.span())
    for match in _EMOTICON.finditer(text):
        if not _closes_bracket(text, match) and not stands_in_text(case, match.group()):
            yield Finding(f"“{match.group()}”: leave emoticons out", match.span())


def stands_in_text(case: Case, words: str) -> bool:
    """Whether the notes hold these very characters."""
    return case.notes is not None and any(words in fact.text for fact in case.notes.facts)


def _closes_bracket(text: str, match: re.Match[str]) -> bool:
    """Whether the ``)`` of ``:)`` ends a bracket that was opened before."""
    before = text[max(0, match.start() - 200) : match.start()]
    return match.group().endswith((")", "]")) and before.count("(") > before.count(")")


def _shouting(case: Case, found: Sequence[Token]) -> Iterator[Finding]:
    run: list[Token] = []
    for token in [*found, None]:
        if token is not None and token.text.isupper() and _is_loud(token):
            run.append(token)
            continue
        if run and _is_shout(run, case.notes):
            span = (run[0].start, run[-1].end)
            yield Finding(f"“{case.reading.text[slice(*span)]}”: no capitals for emphasis", span)
        run = []


def _is_loud(token: Token) -> bool:
    """Whether a word in capitals is one that is shouted, not initials."""
    known = token.key in _SHOUT or token.key in _ALONE
    return known and token.text.isalpha() and len(token.text) > 1


def _is_shout(run: list[Token], notes: InterviewNotes | None) -> bool:
    if len(run) > 1:
        return any(len(token.key) > 2 for token in run)
    key = run[0].key
    alone = key in _ALONE - _NOT_ALONE and len(key) > 3
    return alone and (key in _SHOUT or key not in words_of(notes))


def _marks(case: Case) -> Iterator[Finding]:
    text = case.reading.text
    most = 2 if case.tone is Tone.WARM else 1
    for match in re.finditer(r"[!?]{2,8}", text):
        run = match.group()
        if run.count("!") > most or (run.count("!") and "?" in run) or run.count("?") > 2:
            yield Finding(f"“{run}”: one mark is enough", match.span())
    marks = [match.span() for match in re.finditer("!+", text)]
    if case.tone is Tone.FORMAL and len(marks) >= _SEVERAL_MARKS:
        yield Finding("several exclamation marks in a formal thread", marks[1])


def _casual_forms(case: Case) -> Iterator[Finding]:
    reading = case.reading
    if reading.greeting:
        first = next(iter(tokens(reading.text, reading.greeting)), None)
        if first and first.key in _CASUAL_GREETING:
            yield Finding(
                f"“{first.text}” is too casual for a formal thread: use “Dear …”", first.span
            )
    yield from _casual_closing(case, reading.closing)
    yield from _casual_closing(case, reading.signature)
    short = [
        t
        for s in reading.sentences
        for t in tokens(reading.text, s.span)
        if _CONTRACTION.search(t.key)
    ]
    if len(short) >= _SEVERAL_CONTRACTIONS:
        yield Finding(
            f"{len(short)} contractions (“{short[0].text}” …) in a formal thread: write them out",
            short[0].span,
        )


def _casual_closing(case: Case, span: Span | None) -> Iterator[Finding]:
    if span is None:
        return
    text = case.reading.text
    for start, end in _list("formal_closings.txt").find(text, tokens(text, span)):
        first_line = not text[span[0] : start].strip(" ,\n")
        kisses = text[start:end] in {"x", "xx"}
        if (first_line or kisses) and not stands_in(case.notes, text[start:end]):
            yield Finding(f"“{text[start:end]}” is too casual for a formal thread", (start, end))

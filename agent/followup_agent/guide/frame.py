"""Find the frame of a message: headers, greeting, sign-off, signature; the rest is body.

Everything is decided line by line, from the outside in, so that the time is linear
and a strange middle cannot disturb the ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

Span = tuple[int, int]

_HEADER = re.compile(r"(subject|to|from|cc|bcc|date|reply-to|sent)[ \t]*:[ \t]*", re.IGNORECASE)
_OPENER = re.compile(
    r"(?:dear|hi|hiya|hello|hey|greetings|respected|esteemed|morning|afternoon|evening|"
    r"namaste|kia ora|good (?:morning|afternoon|evening|day)|to|attn)\b"
    r"(?:[ \t]+(?:again|there))?",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s,:;!—–]+")
_JOINERS = frozenset(
    "and & of von van der den de da do dos das del della di du la le el al bin ibn bint ter ten "
    "zu zur af av y e i again there all team everyone both committee panel".split()
)
_TITLE = frozenset("mr. mrs. ms. mx. dr. prof. st. fr. rev. sr. jr. hon.".split())
_ENDS_GREETING = frozenset(",:;!—–.-")

#: Words that a sign-off is made of. A line of nothing else, with at least one of the
#: second set, is a sign-off.
_SIGN_OFF_WORDS = frozenset(
    "a again all and anticipation appreciation appreciatively as best care cheers cordially "
    "day ever every faithfully fondly for friendly good grateful gratefully gratitude greetings "
    "have health here high hopefully in kind kindest kindly luck many me most much my of "
    "once professional "
    "regard regards remain respect respectfully rgds see sincere sincerely so soon speak "
    "take talk thank thankfully thanking thanks the then time to truly until very warm warmest "
    "warmly week weekend wishes wishing with you your yours success".split()
)
_SIGN_OFF_CORE = frozenset(
    "best cheers cordially faithfully fondly regard regards rgds respectfully sincerely "
    "sincere thanks thanking gratefully appreciatively appreciation gratitude truly warmly "
    "wishes yours care greetings respect thankfully soon thank kindly".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SIGN_OFF_MAX = 7  # words: "With many thanks again and kindest regards"
_SIGNATURE_MAX = 8  # lines: name, role, phone, two links, an address
_NAME_MAX = 6  # words: "Prof. Maria Fernanda de la Cruz"
_POSTSCRIPT = re.compile(r"p\.?[ \t]?s\.?[ \t]*[:\-–—.]?[ \t]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """The spans of a message's outer pieces; ``body`` is what is left, in order."""

    subject: Span | None
    greeting: Span | None
    body: tuple[Span, ...]
    closing: Span | None
    signature: Span | None


def frame(text: str) -> Frame:
    """Take a message apart. Linear in the length of the text."""
    lines = _lines(text)
    subject, lines = _headers(text, lines)
    greeting = _greeting(text, lines[0]) if lines else None
    start = greeting[1] if greeting else (lines[0][0] if lines else len(text))
    lines, postscript = _postscript(text, lines)
    closing, signature, end = _ending(text, [ln for ln in lines if ln[1] > start], start)
    body = [(start, max(start, end)), *postscript]
    return Frame(subject, greeting, tuple(body), closing, signature)


def _lines(text: str) -> list[Span]:
    """The spans of the non-blank lines, white space trimmed."""
    spans = []
    at = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            first = at + raw.index(words)
            spans.append((first, first + len(words)))
        at += len(raw)
    return spans


def _headers(text: str, lines: list[Span]) -> tuple[Span | None, list[Span]]:
    """The subject's words, and the lines after the headers."""
    subject = None
    count = 0
    for start, end in lines:
        match = _HEADER.match(text, start, end)
        # "To Priya," greets; "To: Priya" is a header.
        if match is None:
            break
        if match[1].casefold() == "subject":
            subject = (match.end(), end)
        count += 1
    return subject, lines[count:]


def _greeting(text: str, line: Span) -> Span | None:
    start, end = line
    opener = _OPENER.match(text, start, end)
    stop = _name_end(text, opener.end() if opener else start, end)
    closed = stop < end and text[stop] in _ENDS_GREETING
    if opener is not None:
        if opener.group().casefold() == "to" and not closed:
            return None
        return (start, stop + closed)
    # A bare name is a greeting when nothing but a comma or dash follows it on its line.
    alone = closed and stop > start and not text[stop + 1 : end].strip(" -–—")
    return (start, end) if alone else None


def _name_end(text: str, start: int, end: int) -> int:
    """The end of the run of names, titles and joiners that begins at ``start``."""
    stop = start
    for token in _TOKEN.finditer(text, start, end):
        if text[stop : token.start()].strip():
            break  # punctuation in between ended the run
        word = token.group()
        bare = word.rstrip(".")
        named = bare[:1].isupper() or not bare[:1].isascii() or bare.casefold() in _JOINERS
        if not named:
            break
        if word.endswith(".") and word.casefold() not in _TITLE and len(bare) > 1:
            return token.start() + len(bare)
        stop = token.end()
    return stop


def _postscript(text: str, lines: list[Span]) -> tuple[list[Span], list[Span]]:
    """Cut off a postscript at the end: it is body again, after the signature."""
    for index in range(max(1, len(lines) - 4), len(lines)):
        if _POSTSCRIPT.match(text, *lines[index]):
            return lines[:index], [(lines[index][0], lines[-1][1])]
    return lines, []


def _ending(text: str, lines: list[Span], start: int) -> tuple[Span | None, Span | None, int]:
    """The sign-off, the signature, and where the body ends."""
    if not lines:
        return None, None, start
    for index in range(len(lines) - 1, max(-1, len(lines) - _SIGNATURE_MAX - 2), -1):
        first = max(lines[index][0], start)
        found = _sign_off(text, (first, lines[index][1]), last=index == len(lines) - 1)
        if found is None:
            continue
        rest = found[1]
        after = (rest, lines[-1][1]) if text[rest : lines[-1][1]].strip() else None
        if after and not _is_signature(text, after):
            continue
        return found, _strip(text, after), found[0]
    return _unsigned(text, lines, start)


def _sign_off(text: str, line: Span, *, last: bool) -> Span | None:
    """A sign-off that fills the line, opens it, or stands after its last sentence."""
    start, end = line
    if span := _sign_off_at(text, start, end):
        return span
    if not last:
        return None
    # "… soon. Best, Dan" on one line: look behind the last few sentence ends.
    for match in list(re.finditer(r"[.!?…]\s+", text[max(start, end - 120) : end]))[-3:]:
        if span := _sign_off_at(text, max(start, end - 120) + match.end(), end):
            return span
    return None


def _sign_off_at(text: str, start: int, end: int) -> Span | None:
    core = False
    stop = start
    for count, match in enumerate(_WORD.finditer(text, start, min(end, start + 120))):
        word = match.group().casefold()
        gap = text[stop : match.start()]
        if count and any(c in gap for c in ",.!;:—–-\n"):
            # "Thanks, and kind regards," goes on after a comma; a name does not.
            if word not in _SIGN_OFF_WORDS:
                break
        elif word not in _SIGN_OFF_WORDS:
            return None
        if count >= _SIGN_OFF_MAX:
            return None
        core = core or word in _SIGN_OFF_CORE
        stop = match.end()
    if not core:
        return None
    tail = text[stop : min(end, stop + 1)]
    return (start, stop + 1) if tail and tail in ",.!;:—–-" else (start, stop)


def _is_signature(text: str, span: Span) -> bool:
    """Short lines that are no sentences: a name, a phone number, a link."""
    lines = [ln.strip() for ln in text[span[0] : span[1]].splitlines() if ln.strip(" ,.-–—")]
    return len(lines) <= _SIGNATURE_MAX and all(len(ln.split()) <= 12 for ln in lines)


def _unsigned(text: str, lines: list[Span], start: int) -> tuple[None, Span | None, int]:
    """A name with no sign-off above it is still a signature."""
    tail = list(takewhile(lambda ln: ln[0] >= start and _is_name(text, ln), reversed(lines[-3:])))
    if not tail or len(tail) == len(lines):
        return None, None, lines[-1][1]
    first = tail[-1][0]
    return None, (first, lines[-1][1]), first


def _is_name(text: str, line: Span) -> bool:
    words = text[line[0] : line[1]].strip("-–— ").split()
    if not words or len(words) > _NAME_MAX or words[-1][-1] in "?!…,:;":
        return False
    if words[-1].endswith(".") and len(words[-1]) > 3:
        return False
    return all(w[:1].isupper() or not w[:1].isascii() or w.casefold() in _JOINERS for w in words)


def _strip(text: str, span: Span | None) -> Span | None:
    if span is None:
        return None
    start, end = span
    while start < end and text[start] in " \t\r\n,.-–—":
        start += 1
    return (start, end) if start < end else None

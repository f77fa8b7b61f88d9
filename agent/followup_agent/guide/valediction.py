"""Find the end of a message: sign-off, signature, postscript, and what programs add below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

Span = tuple[int, int]

#: Words of sign-offs in other tongues, which people keep when they write in English.
_FOREIGN = frozenset(
    """
    slán slan abhaile fóill foill meas mise beannacht beannachtaí beir bua ngā nga mihi nui noho
    aroha haere cofion gorau cynnes gyda diolch hwyl met vriendelijke groet groeten hartelijke mit
    freundlichen freundlichem grüßen grüssen gruß viele herzliche beste cordialement amicalement
    salutations saludos saludo cordiales atentamente abrazo abrazos abraço abraços um
    atenciosamente cumprimentos cordiali saluti distinti med vänlig hälsning vänliga hälsningar
    vennlig hilsen venlig ystävällisin terveisin pozdrawiam serdecznie pozdrowienia s poważaniem
    pozdravem üdvözlettel saygılarımla sevgiler salam salaam salaams shukriya dhanyavaad dhanyawad
    shukran wassalam namaskar vanakkam nandri aloha mahalo kia ora ka kite anō hei konā rā arohanui
    salut bien à vous sentiments distingués vale
    """.split()
)
#: Words that a sign-off is made of. A run of nothing else, with at least one of the second
#: set, is a sign-off.
_WORDS = (
    frozenset(
        """
    a again all always an and anticipation appreciation appreciatively as aloha best blessings
    care cheers cordial cordially day ever every faithfully fond fondest fondly for friendly
    from good grateful gratefully gratitude greetings great have health heartfelt here hope
    high highest hopefully humble humbly i in it kind kindest kindly luck mahalo many me most
    much my namaste of once obediently professional regard regards remain respect respectful
    respectfully rgds see sincere sincerest sincerely so soon speak take talk thank thankful
    thankfully thanking thanks the then time to truly until utmost very warm warmest warmly
    week weekend well wish wishes wishing with you your yours success consideration opportunity
    profound deep deepest peace joy love esteem salutations true aye god bless stay safe
    mind yourself later catch till next meet hear
    """.split()
    )
    | _FOREIGN
)
_CORE = (
    frozenset(
        """
    best cheers cordially faithfully fondly regard regards rgds respectfully sincerely sincere
    thanks thanking gratefully appreciatively appreciation gratitude truly warmly wishes wish
    yours care greetings respect thankfully soon thank kindly mahalo aloha namaste cordial
    salutations esteem obediently hopefully aye warmest
    """.split()
    )
    | _FOREIGN
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MOST_WORDS = 9  # "Thank you so much again and with kindest regards"
_TAIL_WORDS = 14  # with a free tail: "All the best, and say hello to the whippets,"
_SIGNATURE_LINES = 8  # name, role, phone, two links, an address
_NAME_WORDS = 6  # "Prof. Maria Fernanda de la Cruz"
_JOINERS = frozenset(
    "and of von van der den de da do dos del la le el al bin ter zu y e ní o'".split()
)
_FORWARD = re.compile(r"(?:looking|i look|we look) forward\b[^.!?]{0,60}[,.!]?$", re.IGNORECASE)
_POSTSCRIPT = re.compile(r"p\.?[ \t]?p?\.?[ \t]?s\.?[ \t]*[:\-–—.]?[ \t]", re.IGNORECASE)
#: What mail programs put under a message: quoted mail, their own advertisement, a disclaimer.
_TRAILER = re.compile(
    r"(?:>|sent from my |sent from (?:outlook|mail|yahoo|proton)|get outlook for|"
    r"-{2,} ?(?:original|forwarded) message|begin forwarded message|_{8,}$|"
    r"on .{6,120} wrote:$|am .{6,120} schrieb .{1,80}:$|le .{6,120} a écrit ?:$|"
    r"von meinem \w+ gesendet|envoyé de(?:puis)? mon |"
    r"(?:confidentiality notice|disclaimer)\b|"
    r"(?:this|the (?:information|contents?)|if you)\b.{0,100}\b(?:confidential|privileged|"
    r"intended (?:only|solely)|intended recipient)\b)",
    re.IGNORECASE,
)
_PARTING_WORDS = 5  # of a sign-off that no list holds: "Tight lines," over the name
_PARTING_SENTENCE = 9  # words of "Thanks again for all of your time yesterday."
#: Thanks or a good wish: on a line of their own over the name they sign off.
_PARTS = re.compile(
    r"(?:(?:many|so many|once again,?) )?(?:thanks|thank you|thanking you)\b"
    r"|(?:good|best of) luck\b|(?:i )?wish(?:ing)? you\b|all the best\b|take care\b"
    r"|have an? (?:\w+ )?(?:day|evening|weekend|week|summer|holiday|break|time|christmas|easter)\b"
    r"|enjoy (?:the|your)\b",
    re.IGNORECASE,
)
#: A telephone number or an address under the name.
_CONTACT = re.compile(
    r"(?:[a-z]{1,8}[.:]? ?)?\+?[\d(][\d ().\-/]{6,24}|\S{1,64}@\S{1,100}", re.IGNORECASE
)
_GREETS = re.compile(
    r"(?:dear|hi|hello|hey|good (?:morning|afternoon|evening|day))\b", re.IGNORECASE
)
_LONGEST_LINE = 240  # characters of a line that trailers and sign-offs are looked for in


@dataclass(frozen=True, slots=True)
class Ending:
    """The spans at the end of a message; the body ends at ``body_end``."""

    closing: Span | None
    signature: Span | None
    body_end: int
    postscript: Span | None = None


def without_trailer(text: str, lines: list[Span]) -> list[Span]:
    """The lines before quoted mail and what mail programs add."""
    for index, (start, end) in enumerate(lines):
        # A disclaimer may be one long line: it is known by how it begins.
        if index and _TRAILER.match(text, start, min(end, start + _LONGEST_LINE)):
            return lines[:index]
    return lines


def ending(text: str, lines: list[Span], start: int) -> Ending:
    """Take the end apart. ``lines`` are the non-blank lines, ``start`` is where the body starts."""
    for index in range(len(lines) - 1, 0, -1):
        if index < len(lines) - 4:
            break
        if _POSTSCRIPT.match(text, *lines[index]):
            # Under a sign-off it is a postscript; elsewhere an ordinary sentence.
            found = _ending(text, lines[:index], start)
            if found.closing or found.signature:
                last = (lines[index][0], lines[-1][1])
                return Ending(found.closing, found.signature, found.body_end, last)
    return _ending(text, lines, start)


def _ending(text: str, lines: list[Span], start: int) -> Ending:
    lowest = max(-1, len(lines) - _SIGNATURE_LINES - 2)
    for index in range(len(lines) - 1, lowest, -1):
        line = (max(lines[index][0], start), lines[index][1])
        found = _sign_off(text, line, lines[index + 1 :])
        if found is None:
            continue
        under = (found[1], lines[-1][1])
        if _is_signature(text, under):
            first = _first_of(text, lines[:index], found[0], start)
            return Ending((first, found[1]), _strip(text, under), first)
    return _unsigned(text, lines, start)


def _first_of(text: str, above: list[Span], first: int, start: int) -> int:
    """Where a sign-off of two lines begins: "Thanking you," over "Yours sincerely,"."""
    if above and above[-1][0] >= start:
        found = _sign_off_at(text, *above[-1])
        if found and found[1] == above[-1][1] and text[found[1] - 1] == ",":
            return found[0]
    return first


def _sign_off(text: str, line: Span, under: list[Span]) -> Span | None:
    """A sign-off that opens the line, fills it, or stands after its last sentence."""
    start, end = line
    if span := _sign_off_at(text, start, end):
        return span
    if under:
        return _with_tail(text, line, under)
    # "… soon. Best, Dan" on one line: look behind the last few sentence ends.
    low = max(start, end - 120)
    for match in list(re.finditer(r"[.!?…]\s+", text[low:end]))[-3:]:
        if span := _sign_off_at(text, low + match.end(), end):
            return span
    return None


def _sign_off_at(text: str, start: int, end: int) -> Span | None:
    """The run of sign-off words at ``start``; a name may follow it after a comma."""
    core, stop, count = False, start, 0
    for count, match in enumerate(_WORD.finditer(text, start, min(end, start + 160))):
        known = match.group().casefold() in _WORDS
        if not known or count >= _MOST_WORDS:
            # "Best, Dan" and "Kind regards – Dan" go on with a name; "Best Buy hires" does not.
            if count and _parted(text[stop : match.start()]):
                break
            return None
        core = core or match.group().casefold() in _CORE
        stop = match.end()
    # "Thanks again." signs off, "Thanks for the talk." does not.
    sentence = text[stop : min(end, stop + 1)] in {".", "!"} and count > 2
    if not core or sentence:
        return None
    return (start, stop + (text[stop : min(end, stop + 1)] in set(",.!;:—–-")))


def _parted(gap: str) -> bool:
    return any(c in ",.!;:—–-\n" for c in gap)


def _with_tail(text: str, line: Span, under: list[Span]) -> Span | None:
    """A line that begins as a sign-off and ends with a comma over a name.

    "All the best, and say hello to the dogs," or "Looking forward to hearing from you,".
    """
    start, end = line
    if end - start > _LONGEST_LINE or not _is_name(text, under[0]):
        return None
    words = text[start:end].split()
    if len(words) > _TAIL_WORDS or text[end - 1] not in ",!–—-":
        return None
    if _FORWARD.match(text, start, end):
        return start, end
    return (start, end) if _sign_off_at(text, start, end) else _opening(text, start, end)


def _opening(text: str, start: int, end: int) -> Span | None:
    """A line whose first two to six words are a sign-off: "With best wishes from Kraków,"."""
    words = list(_WORD.finditer(text, start, end))[:6]
    known = list(takewhile(lambda word: word.group().casefold() in _WORDS, words))
    if len(known) > 1 and any(word.group().casefold() in _CORE for word in known):
        return start, end
    return None


def _is_signature(text: str, span: Span) -> bool:
    """Nothing, or short lines that are no sentences: a name, a phone number, a link."""
    lines = [ln.strip() for ln in text[span[0] : span[1]].splitlines() if ln.strip(" ,.-–—")]
    if len(lines) > _SIGNATURE_LINES or any(len(ln.split()) > 12 for ln in lines):
        return False
    first = lines[0].lstrip(" ,.-–—") if lines else ""
    # "Thanks. I look forward to it." thanks and goes on: that is no name.
    return not (len(first.split()) > 3 and first[-1] in ".?!" and first[0].isupper())


def _unsigned(text: str, lines: list[Span], start: int) -> Ending:
    """A name with no sign-off above it is still a signature."""
    if not lines:
        return Ending(None, None, start)
    end = lines[-1][1]
    while len(lines) > 1 and _CONTACT.fullmatch(text, *lines[-1]):
        lines = lines[:-1]
    under = [line for line in lines[-3:] if line[0] >= start]
    tail = list(takewhile(lambda line: _is_name(text, line), reversed(under)))
    if not tail or len(tail) == len(lines):
        return Ending(None, None, end)
    first = tail[-1][0]
    above = lines[-len(tail) - 1]
    if above[0] >= start and _is_parting(text, above):
        return Ending(above, (first, end), above[0])
    return Ending(None, (first, end), first)


def _is_parting(text: str, line: Span) -> bool:
    """A few words alone on a line over a name: with a comma whatever they say, else a good wish."""
    words = text[line[0] : line[1]]
    if len(words) > _LONGEST_LINE:
        return False
    if not words.endswith(","):
        one = not any(c in ".?!" for c in words[:-1]) and not words.endswith("?")
        return one and _PARTS.match(words) is not None and len(words.split()) <= _PARTING_SENTENCE
    if _GREETS.match(words) or any(c in ".?!" for c in words[:-1]):
        return False
    core = any(m.group().casefold() in _CORE for m in list(_WORD.finditer(words))[-2:])
    return len(words.split()) <= (_TAIL_WORDS if core else _PARTING_WORDS)


def _is_name(text: str, line: Span) -> bool:
    if line[1] - line[0] > _LONGEST_LINE:
        return False
    words = text[line[0] : line[1]].strip("-–— ").split()
    if not words or len(words) > _NAME_WORDS or words[-1][-1] in "?!…,:;":
        return False
    if words[-1].endswith(".") and len(words[-1]) > 3:
        return False
    return all(w[:1].isupper() or not w[:1].isascii() or w.casefold() in _JOINERS for w in words)


def _strip(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start] in " \t\r\n,.-–—":
        start += 1
    return (start, end) if start < end else None

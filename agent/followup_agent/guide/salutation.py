"""Find the greeting at the head of a message: "Dear Ms Nair," "Hi Tom!" "Kim, hello again,"."""

from __future__ import annotations

import re

Span = tuple[int, int]

_OPENER = re.compile(
    r"(?:my )?(?:dear(?:est)?|hi|hiya|hello|hey|howdy|greetings|respected|esteemed|honou?red|"
    r"(?:good |a very good )?(?:morning|afternoon|evening|day)|namaste|namaskar|aloha|bonjour"
    r"|bonsoir|salut|"
    r"hola|buen(?:os|as) (?:d[ií]as|tardes)|ciao|buongiorno|hallo|guten (?:tag|morgen)|moin"
    r"|servus|kia ora|"
    r"g['’]day|salaam|salam|as-?salaa?mu?[ -]alaikum|shalom|merhaba|vanakkam|sat sri akal|ol[aá]|"
    r"t[eē]n[aā] ko(?:e|utou)|ch[eè]re?|sehr geehrter?|liebe[r]?|geachte|beste|estimad[oa]"
    r"|querid[oa]|prezad[oa]"
    r"|a(?= [A-ZÁÉÍÓÚ]\w+(?:,? a chara)?,)|(?-i:A)(?= [A-ZÁÉÍÓÚ]\w+,? a chara)|a chara|attn"
    r"|attention|to)\b(?:[ \t]+(?:again|there|once more))?(?![’'])",
    re.IGNORECASE,
)
_IMPERSONAL = re.compile(r"to whom(?:soever)? it may concern[,:.!]?", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,:;!—–，、：！]+")
_JOINERS = frozenset(
    """
    and & of von van der den de da do dos das del della di du la le el al bin ibn bint ter ten
    zu zur af av y e i again there all team everyone both committee panel sir madam ma'am
    sir/madam
    """.split()
)
_TITLES = frozenset("mr. mrs. ms. mx. dr. prof. st. fr. rev. sr. jr. hon. smt. adv.".split())
_STOPS = ",:;!—–，、：！"
#: Capitalised at the start of a sentence and no name: a greeting without a comma ends
#: before them, and "Yesterday, I …" greets nobody.
_STARTERS = frozenset(
    """
    i i'm i've i'd i'll it it's we we've we're my our the this that these those thank thanks
    just hope hoping trust following further as after since when while with in on at for from
    to by if although though yesterday today tomorrow tonight monday tuesday wednesday thursday
    friday saturday sunday recently again also first firstly finally lastly congratulations
    apologies sorry please yes no well now so and but or then there here what how who it’s i’m
    i’ve great good nice lovely many much having meeting speaking writing reading your you his
    her their a an one two three last next earlier indeed honestly frankly sincerely best
    regards kind warm cheers however meanwhile otherwise still oh ah wow look ok okay right
    sure once given per re subject unfortunately
    """.split()
)
#: Names among the words that end as adverbs do.
_LY_NAMES = frozenset(
    """
    emily molly sally kelly holly polly lily lilly billy beverly kimberly milly willy ally elly
    carly everly shelly tully reilly o'reilly lesly charly wally
    """.split()
)
_LOOK = 6  # words of a greeting: "Dear Prof. Maria Fernanda de la Cruz"


def greeting(text: str, line: Span) -> Span | None:
    """The greeting that opens a line, or None. Looks at the line's first words only."""
    start, end = line
    if impersonal := _IMPERSONAL.match(text, start, end):
        return impersonal.span()
    opener = _OPENER.match(text, start, end)
    if opener is None or _runs_on(text, opener, end):
        return _bare_name(text, start, end)
    stop = _past_names(text, opener.end(), end)
    if opener.group().casefold() in {"to", "attn", "attention"}:
        closed = stop > opener.end() and text[stop - 1] in _STOPS
        return (start, stop) if closed else None
    return start, stop


def _runs_on(text: str, opener: re.Match[str], end: int) -> bool:
    """Whether the opener is part of a sentence: "Good morning is what we say"."""
    after = _TOKEN.match(text, min(opener.end() + 1, end), end)
    if text[opener.end() : opener.end() + 1].isspace() and after:
        word = after.group()
        known = word[0].isupper() or not word[0].isascii() or word.casefold() in _JOINERS
        # "hi priya," in small letters greets when a comma soon follows.
        return not known and _first_stop(text, opener.end(), end, words=3) is None
    return False


def _past_names(text: str, at: int, end: int) -> int:
    """The end of the greeting whose opener ends at ``at``: past its names and its comma."""
    stop = _first_stop(text, at, end)
    if stop is None:
        return _run_of_names(text, at, end)
    # "Hello again, Jess," and "Dear Priya, Tom and Anna," go on after a comma.
    while text[stop] == ",":
        after = _run_of_names(text, stop + 1, end)
        closed = after > stop + 1 and (after >= end or text[after] in _STOPS)
        if not text[stop + 1 : after].strip() or not closed:
            break
        if after >= end:
            return end
        stop = after
    return stop + 1


def _first_stop(text: str, at: int, end: int, words: int = _LOOK) -> int | None:
    """The first comma, colon, dash or the like after at most so many words that can be names."""
    for count, token in enumerate(_TOKEN.finditer(text, at, end)):
        gap = text[at : token.start()]
        if any(c in _STOPS for c in gap):
            return at + next(i for i, c in enumerate(gap) if c in _STOPS)
        word = token.group()
        if word in {"-", "--"}:
            return token.start()
        if count and (count >= words or word.casefold() in _STARTERS):
            return None
        at = token.end()
    tail = text[at:end]
    return next((at + i for i, c in enumerate(tail) if c in _STOPS), None)


def _run_of_names(text: str, start: int, end: int) -> int:
    """The end of the run of names, titles and joiners that begins at ``start``."""
    stop = start
    for count, token in enumerate(_TOKEN.finditer(text, start, end)):
        word = token.group()
        if count >= _LOOK or any(c in _STOPS for c in text[stop : token.start()]):
            break
        bare = word.rstrip(".")
        if not _can_be_name(bare) or (word[0].isupper() and bare.casefold() in _STARTERS):
            break
        stop = token.end()
        if word.endswith(".") and word.casefold() not in _TITLES and len(bare) > 1:
            return stop
    return stop


def _can_be_name(word: str) -> bool:
    return word[:1].isupper() or not word[:1].isascii() or word.casefold() in _JOINERS


def _bare_name(text: str, start: int, end: int) -> Span | None:
    """A name with nothing before it: "Kim," alone, "Kim, hello again," or "Kim, thank you …"."""
    stop = _run_of_names(text, start, end)
    words = text[start:stop].split()
    if not 0 < len(words) <= 4 or stop >= end:
        return None
    dash = text[stop:end].lstrip(" \t")[:1]
    if text[stop] not in _STOPS and not (dash in {"-", "–", "—"} and text[stop] in " \t"):
        return None
    stop = text.index(dash, stop) if text[stop] in " \t" else stop
    rest = text[stop + 1 : end].strip()
    if not rest:
        return start, end
    if words[0].isdecimal() or (
        words[0].casefold().endswith("ly") and words[0].casefold() not in _LY_NAMES
    ):
        return None
    opener = _OPENER.match(rest)
    if opener and len(rest.split()) < 4:
        return start, end
    return (start, stop + 1) if rest[0].islower() or rest.startswith(("I ", "I'", "I’")) else None

"""What a jotting is in a sentence, and a claim as the beginning of one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.terms import PEOPLES
from followup_agent.guide.mechanics import has_wrong_article
from followup_agent.guide.wordforms import is_plural, labels


def replacing(rows: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """What puts a word for each pattern of a text, in turn and whatever the case.

    Args:
        rows: A regular expression and its word, each.
    """
    compiled = [(re.compile(pattern, re.IGNORECASE), word) for pattern, word in rows]

    def replaced(text: str) -> str:
        for pattern, word in compiled:
            text = pattern.sub(word, text)
        return text

    return replaced


#: A stop that may end a sentence: not that of "St. Ansgar" or "dam no. 3".
STOP = r"(?<!\b(?:st|dr|mr|ms|mt|ft|no|vs))(?<!\b(?:mrs|rev))(?<!\bprof)\."

#: A small number, in digits or words, as a regular expression.
NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
)
_CLAUSE_OF_YOU = re.compile(r"(?:you|you're|you've|you'll|you'd)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|has|have|had|will|won't|can|can't|cannot|could|would|"
    r"should|must|may|might|do|does|did|don't|doesn't|didn't|gets?|goes|keeps?|needs?|wants?|"
    r"used to|it's|that's|there's|there)\b|\w+n't\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:the|a|an|your|our|their|every|each|both|some|more|fewer|better|two|three|four|\d+)\b",
    re.IGNORECASE,
)
_MODAL = "had|will|won't|can|can't|cannot|could|would|should|must|may|might|didn't"
#: What several do; "was" or "gets" would be a slip.
_SEVERAL_DO = re.compile(
    rf"(?:{_MODAL}|are|aren't|were|weren't|have|haven't|do|don't|did|get|keep|need|want|used to)\b",
    re.IGNORECASE,
)
#: What one does.
ONE_DOES = re.compile(
    rf"(?:{_MODAL}|is|isn't|was|wasn't|has|gets|keeps|needs|goes|doesn't)\b", re.IGNORECASE
)
_ACRONYMS = re.compile(r"[A-Z]{2,}s")
_SUBJECT_WORDS = 3
_SECOND = re.compile(r", (?!(?:who|which|that|where|when|and|but|so|because)\b).*")
_JOINED = re.compile(r" (?:and|but|so) ")
_PREPOSED = re.compile(
    r"(?:[\w'’-]+ ){1,4}of\b"
    r"|[\w'’-]+s? (?:to|for|in|on|with|at|from|between|against|by|after)\b"
)
#: "moving handover to the bedside"; not "onboarding drops 38 % at the selfie step", a clause.
_GERUND = re.compile(
    r"(?:not )?[a-z]{2,}ing\b(?! (?:is|was|has|throws|\w+s (?:by )?\d))", re.IGNORECASE
)
_VERB_LIKE = re.compile(r"\b\w{2,}ed\b")
_SENTENCES = re.compile(rf"[?!;:]|{STOP} ", re.IGNORECASE)
_QUESTION = re.compile(r"(?:how|why|what|whether|where|when)\b", re.IGNORECASE)
_PAST = re.compile(
    r"(?:\w{3,}ed|ran|led|built|taught|wrote|set|cut|kept|made|grew|sold|won|held|drew|spent|"
    r"brought|took|gave|put|rebuilt|oversaw|began|drove|did|found|got|rewrote|shipped|split)\b"
)
_ING = re.compile(r"\w+ing\b")
_TENURE = re.compile(
    rf"(?:a|an|my|the) |{NUMBER}(?: and a half)? (?:[\w-]+ )?(?:years?|yrs?|months?|seasons?)\b",
    re.IGNORECASE,
)
_TERM = re.compile(rf"{NUMBER}-(?:year|month|week|day)\b", re.IGNORECASE)
_STANDING = re.compile(
    r"(?:licensed|certified|qualified|registered|chartered|experienced|accredited|skilled|"
    r"board-certified|newly qualified) (?!in |as |for |with |by )",
    re.IGNORECASE,
)
_STANDING_SINCE = re.compile(
    r"(?:licensed|certified|qualified|registered|chartered|accredited|enrolled)\b.* since\b",
    re.IGNORECASE,
)
#: "GPA coach certified", "rescue trained".
_STANDING_AT_LAST = re.compile(r"^[^,;:]+ (?:certified|qualified|licensed|trained)$", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?:native|fluent|speak|bilingual|trilingual)\b", re.IGNORECASE)


_LEVELS = ("A level", "A-level", "A Level")


def lower_first(text: str) -> str:
    """The text as the middle of a sentence; names and acronyms keep their capitals.

    Only a word that English writes in lower case loses its capital, and not before
    another capital, which would make a name of both.
    """
    first, space, rest = text.partition(" ")
    if text.startswith(_LEVELS) or (first.isupper() and len(first) > 1):
        return text  # "PAR 30 went up", "IT moves"
    key = first.casefold()
    common = first == "A" or (is_english(key) and key.partition("-")[0] not in PEOPLES)
    if first[:1].isupper() and not rest[:1].isupper() and common and first != "I":
        return f"{first.lower()}{space}{rest}"
    return text


def unaddressed(text: str, name: str) -> str:
    """A sentence without the reader's name, which the greeting says in the line before.

    "I hope, Ana, that you are well." is "I hope that you are well."; a name that is no address
    stays.
    """
    spoken = re.escape(name)
    greeting = r"(?:(?:Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening)),? )?"
    text = re.sub(rf"^{greeting}{spoken}, (?P<first>\S)", lambda m: m["first"].upper(), text)
    text = re.sub(rf", {spoken}(?=, (?:and|but|or|so)\b|[.?!])", "", text)
    return re.sub(rf", {spoken},", "", text)


def shape(phrase: str) -> str:
    """What a topic is in a sentence: ``clause``, ``question``, ``noun``, or ``other``.

    ``noun`` is said only of what surely is one ("hearing about …"). Jottings whose form
    cannot be told are ``other``: they go after a colon, where any form can stand.
    """
    if _SENTENCES.search(phrase):
        return "other"
    if _QUESTION.match(phrase):
        return "question"
    if _CLAUSE_OF_YOU.match(phrase):
        return "clause"
    head = re.split(r",| (?:that|which|who|where|when|because|so|and|but) ", phrase, maxsplit=1)[0]
    if _has_another_clause(phrase, head):
        return "other"
    auxiliary = _AUXILIARY.search(head)
    if auxiliary and _DETERMINED.match(phrase) and auxiliary.start() > 0:
        return "clause"
    if auxiliary and _needs_no_article(head[: auxiliary.start()].split(), auxiliary.group()):
        return "clause"
    if auxiliary:
        return "other"
    if _GERUND.match(phrase):
        return "noun"
    words = head.split()
    says = len(words) == 2 and is_plural(words[0].casefold())
    plain = not says and not _VERB_LIKE.search(head)
    if plain and (_DETERMINED.match(phrase) or _PREPOSED.match(phrase) or len(words) <= 3):
        return "noun"
    return "other"


def _has_another_clause(phrase: str, head: str) -> bool:
    """Whether a phrase and a clause stand side by side: "the manuals, half of them are old"."""
    second = _SECOND.search(phrase)
    if second and _AUXILIARY.search(second.group()):
        return True
    # "the limit on pastels and visitors say it's gloomy"
    joined = not _AUXILIARY.search(head) and _JOINED.match(phrase, len(head))
    return bool(joined) and _AUXILIARY.search(phrase, len(head)) is not None


def _needs_no_article(subject: Sequence[str], verb: str) -> bool:
    """Whether a subject is several or a mass, and its verb fits: "school runs are", "work has"."""
    if not 0 < len(subject) <= _SUBJECT_WORDS or not all(map(str.isalpha, subject)):
        return False
    known = [labels(word.casefold(), name=False) for word in subject]
    if any({"@verb", "@notdone", "@modal"} & set(each) for each in known):
        return False
    several = is_plural(subject[-1].casefold()) or _ACRONYMS.fullmatch(subject[-1]) is not None
    if several:
        return _SEVERAL_DO.fullmatch(verb) is not None
    return "@mass" in known[-1] and ONE_DOES.fullmatch(verb) is not None


def begins_with_deed(phrase: str) -> bool:
    """Whether a line of My fit begins with a verb of the past: "led a team of nine"."""
    phrase = lower_first(phrase)
    return bool(_PAST.match(phrase)) and not re.match(r"(?:bored|need|speed|breed)\b", phrase)


def tells_standing(phrase: str) -> bool:
    """Whether a line of My fit tells what one is: "chartered civil engineer"."""
    return _STANDING.match(phrase) is not None


def claim(text: str) -> str:
    """A line of My fit as the beginning of a sentence in the first person."""
    phrase = lower_first(text.strip().rstrip(".;"))
    if re.match(r"(?:I|my)\b", phrase):
        return phrase[0].upper() + phrase[1:]
    if tells_standing(phrase):
        # "licensed hygienist in Oregon, renewed in May": what follows the comma is no clause.
        standing = phrase.split(",")[0]
        return f"I am {one(standing)}"
    if _STANDING_SINCE.match(phrase):
        return f"I have been {phrase}"
    if _STANDING_AT_LAST.search(phrase):
        return f"I am {phrase}"
    if begins_with_deed(phrase):
        return f"I {phrase}"
    if _LANGUAGE.match(phrase):
        return f"I {'am ' if not phrase.startswith('speak') else ''}{phrase}"
    if _ING.match(phrase):
        return f"I have experience of {phrase}"
    if _TENURE.match(phrase):
        return f"I have {phrase}"
    if _TERM.match(phrase):
        return f"I have {one(phrase)}"
    return f"My background includes {phrase}"


def one(phrase: str) -> str:
    """A phrase with "a" or "an" before it."""
    return f"an {phrase}" if has_wrong_article(f"a {phrase}") else f"a {phrase}"

"""Who said what was jotted, and their own words spoken to them.

"Seun + Aaliyah: …", "Ms. Whitfield talked about …", "Both said that …": who says it is no part of a
topic. Words in quotation marks are the speaker's: "driving us mad" is "driving you mad" to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from followup_agent.names import bare_name
from followup_agent.notes.attribution import match_person
from followup_agent.notes.model import Interviewer, Item


class Said(NamedTuple):
    """A topic without its speakers.

    Attributes:
        text: What was said.
        by: Who said it; empty where the jotting does not tell.
    """

    text: str
    by: tuple[Interviewer, ...]


_LONGEST = 60  # characters of names
_PREFIX = re.compile(
    rf"(?P<who>[^:]{{2,{_LONGEST}}}?)(?::\s+|\s[–—-]+\s|\s?(?:->|→)\s?)(?P<said>.+)", re.DOTALL
)
#: Not "asked": that is no news to whoever asked it.
_TOLD = re.compile(
    rf"(?P<who>[^,;:]{{2,{_LONGEST}}}?)\s+(?:both |also |each )?"
    r"(?:(?:spoke|talked|talks)(?: to (?:me|us))?(?: a lot| briefly| at length| mostly)? about"
    r"|(?:said|says|mentioned|explained|noted|added|thinks|reckons)(?: that\b| ,)?"
    r"|told (?:me|us)(?: that| about)?|described|raised|brought up)\s+(?P<said>.+)",
    re.DOTALL,
)
#: What somebody wishes is told of them by name: `to_you` makes "you want" of it to themselves.
_WISHES = re.compile(
    rf"(?P<who>[^,;:]{{2,{_LONGEST}}}?)\s+(?:really )?"
    r"(?P<said>(?:wants|needs|hopes|hates|loves|likes|prefers|worries|believes|expects|feels"
    r"|would (?:like|love|rather|prefer)|can['’]t stand)\b.+)",
    re.DOTALL,
)
_JOINTS = re.compile(r"\s*(?:[,+/&]|\band\b)\s*")
_ALL = frozenset({"both", "they both", "all", "everyone", "everybody", "all three", "all of them"})
_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]+)[\"”]")
#: Before a quotation: 'exit interviews say "my supervisor"'; not 'he said "I'd be angry"'.
_SAID_BY_OTHERS = re.compile(r"(?<=\w)(?<!\bsaid)(?<!\bsays)\s*$")
_SAID_AT_LAST = re.compile(
    r"(?<=\w)[,;]?\s+(?:and\s+)?(?:(?:he|she|they)\s+)?(?:said|says|told me|calls? it)[,:]?\s+"
    r"[\"“][^\"“”]+[\"”]\.?$"
)
_FIRST = re.compile(r"\b(?:I|me|[Mm]y|myself|[Ww]e|us|[Oo]ur|ours|ourselves)\b")
_SECOND = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
#: Not whatever the case: the US is a country.
_SPOKEN = [
    (re.compile(pattern), word)
    for pattern, word in (
        (r"\b(?:I|We|we)['’](re|ve|ll|d)\b", r"you'\1"),
        (r"\bI['’]m\b", "you're"),
        (r"\bI am\b", "you are"),
        (r"\bI was\b", "you were"),
        (r"\bourselves\b", "yourselves"),
        (r"\bmyself\b", "yourself"),
        (r"\bours\b", "yours"),
        (r"\b(?:our|my|Our|My)\b", "your"),
        (r"\b(?:I|We|we|us|me)\b", "you"),
    )
]


def said(topic: Item, people: Sequence[Interviewer]) -> Said:
    """A topic as it was said, and by whom."""
    by = tuple(person for person in people if person.name == topic.by)
    for form in (_PREFIX, _TOLD):
        found = form.match(topic.text)
        speakers = _speakers(found["who"], people) if found else None
        if found and speakers is not None:
            return Said(found["said"], speakers or by)
    if (wish := _WISHES.match(topic.text)) and (speakers := _speakers(wish["who"], people)):
        one = speakers[0] if len(speakers) == 1 else None
        named = (one.preferred or one.name) if one else wish["who"]
        return Said(f"{named} {wish['said']}", speakers)
    return Said(topic.text, by)


def unquoted(text: str, *, own: bool) -> str | None:
    """A topic with what is quoted in it spoken to the reader.

    Args:
        text: What was said.
        own: Whether the reader said it.

    Returns:
        None where what is quoted speaks to the candidate, or is somebody else's ("exit interviews
        say “my supervisor”"): it cannot be told.
    """
    for quote in _QUOTED.finditer(text):
        theirs = own and not _SAID_BY_OTHERS.search(text[: quote.start()])
        if _SECOND.search(quote["words"]) or (_FIRST.search(quote["words"]) and not theirs):
            return None

    def spoken(quote: re.Match[str]) -> str:
        words = quote["words"]
        whole = quote.group() == text.strip().rstrip(".")
        if not whole and not _FIRST.search(words):
            return quote.group()
        for first, second in _SPOKEN:
            words = first.sub(second, words)
        return words.rstrip(".")

    told = _QUOTED.sub(spoken, text)
    # What they said in so many words stands after it: 'the new maths, said "it was chaos"'.
    return _SAID_AT_LAST.sub("", told)


def _initialled(initials: str, people: Sequence[Interviewer]) -> Interviewer | None:
    """The one person whose initials some capitals are: "RF" for Ruth Feldstein."""
    if not (initials.isupper() and len(initials) > 1):
        return None
    alike = [p for p in people if "".join(w[0] for w in bare_name(p.name)).upper() == initials]
    return alike[0] if len(alike) == 1 else None


def _speakers(who: str, people: Sequence[Interviewer]) -> tuple[Interviewer, ...] | None:
    """The people that some words name and nothing else; nobody for "both"; None for other words."""
    who = who.strip()
    if who.casefold() in _ALL:
        return ()
    names = _JOINTS.split(who.removesuffix(" both"))
    found = [match_person(name, people) or _initialled(name, people) for name in names]
    speakers = tuple(person for person in found if person)
    return speakers if len(speakers) == len(found) else None

"""Whether a clause retells a jotting: its words, in its order, by the same people.

A specialist that retells a topic or a claim mends the grammar and nothing else. What grammar may
need can be listed; each other word of the clause must be the jotting's, and each of the jotting's
must be in the clause.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from followup_agent.asking.articles import articled
from followup_agent.asking.broken import breaks
from followup_agent.asking.longhand import written_out
from followup_agent.asking.wording import begins_with_deed, replacing
from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.mechanics import has_wrong_article
from followup_agent.guide.wordforms import plain_form

#: Words of a jotting that is too long for one sentence: the clause may leave out its end.
LONG_JOTTING = 24
#: Share of a topic's words that must stand in the jotting's order, lest others do it to others. In
#: a claim it is always the candidate: "admin, certified" may be "a certified admin".
IN_ORDER = 0.9

_GRAMMAR = frozenset(
    "a an the and or but with of in on at to for by from as into so than that which who whom whose "
    "where when while how why what whether about there here this these those such is are was "
    "were be been being am has have had having do does did doing will would s it its itself then "
    "one ones out up go going get take takes mean means".split()
)
#: What a claim without a verb may need beside: "forklift ticket", "ten years in retail".
_CLAIMING = frozenset(
    "hold held spend spent work worked done can make made know speak use used year years "
    "behind".split()
)
_PERSONS = {
    word: person
    for person, words in {
        "I": "i me my mine myself",
        "we": "we us our ours ourselves",
        "you": "you your yours yourself yourselves",
        "he": "he him his himself",
        "she": "she her hers herself",
        "they": "they them their theirs themselves",
    }.items()
    for word in words.split()
}
_OPENS = {
    False: re.compile(r"(?:about|that|how|why|what|where|when|which|who)\b"),
    True: re.compile(r"(?:I|My)\b"),
}
_WORD = re.compile(r"[^\W_]+")
#: "I serv safe current": the name of a certificate is nothing that one does.
_WHAT_I = re.compile(r"I (?P<word>[^\W\d_]+)\b(?!['’-])(?<!ed)")
#: "walk-in", which has no "walks-in".
_JOINED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
#: "I wrote a firm's guide" of "wrote firm's guide".
_AN_OWNERS = re.compile(r"\ban? \w+['’]s\b", re.IGNORECASE)
#: "about the Airflow": a thing that has a capital is known by it.
_THE_NAMED = re.compile(
    r"about the (?P<name>(?-i:[A-Z][a-z]+))(?=[.,]|$| (?:on|in|at|of|for|with|from|to|and)\b)"
)
#: "Second source within a year" is not what somebody worked with; Excel may be.
_WITH_WHOM = re.compile(r"\bwork(?:ed)? with\b", re.IGNORECASE)
#: "supplying own parts" is "supplying their own parts".
_OWN = re.compile(r"\b(?:my|our|your|his|her|their) own\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:no|not|never|nobody|nothing|none|neither|nor|without|cannot)\b|n['’]t\b", re.IGNORECASE
)
_SPEECH = frozenset("say says said tell told mention mentioned explain explained".split())
_uncontracted = replacing(
    (
        (r"\bcan['’]t\b|\bcannot\b", "can not"),
        (r"\bwon['’]t\b", "will not"),
        (r"n['’]t\b", " not"),
    )
)
_CONTRACTED = re.compile(r"['’](?:re|ve|ll|d|m|s)\b", re.IGNORECASE)
#: An abbreviation is no longer than this: "approx".
_SHORT = 6
#: Two forms of one word share so many letters at least, where one keeps one of these endings.
_TELLING, _ENDINGS = 5, frozenset({"at", "iat", "i", "e"})


def strays(text: str, jotting: str, reader: str = "", *, mine: bool = False) -> Iterator[str]:
    """In what a clause strays from the jotting that it retells; nothing for a faithful one.

    Args:
        text: The clause, without the opening of its sentence.
        jotting: What it retells.
        reader: What the reader is called; by name in the jotting is "you" in the clause.
        mine: Whether it is a claim of the candidate's, a main clause, rather than a topic.

    Yields:
        A wrong beginning; a word added, lost or moved; another person; another "not"; "a" for
        "an"; a clause that is broken.
    """
    if not _OPENS[mine].match(text):
        yield "does not begin as a clause"
    if mine and begins_with_deed(jotting) and not _tells_the_deed(text, jotting):
        yield "another deed"
    if mine and (deed := _WHAT_I.match(text)) and not is_english(deed["word"].casefold()):
        yield f"no deed: {deed['word']}"
    if has_wrong_article(text):
        yield "a for an"
    yield from breaks(text)
    if (owner := _AN_OWNERS.search(text)) and owner.group().casefold() not in jotting.casefold():
        yield "another's for one's own"
    if (named := _THE_NAMED.match(text)) and f"the {named['name']}" not in jotting:
        yield "an article before a name"
    if _WITH_WHOM.search(text) and articled(jotting).startswith("the "):
        yield "new: worked with"
    yield from _other_compounds(text, written_out(jotting))
    said, told = _spelt(text), _spelt(jotting)
    if len(_NEGATION.findall(said)) != len(_NEGATION.findall(told)):
        yield "a negation lost or added"
    long = len(jotting.split()) > LONG_JOTTING
    yield from _words(_content(said), _content(told), reader, mine=mine, long=long)
    yield from _people(_persons(said), _persons(told), mine=mine, long=long)


def _other_compounds(text: str, jotting: str) -> Iterator[str]:
    whole = set(_JOINED.findall(jotting.casefold()))
    parts = {part for word in whole for part in word.split("-")}
    for word in _JOINED.findall(text.casefold()):
        if word not in whole and not parts.isdisjoint(word.split("-")):
            yield f"another form: {word}"


def _tells_the_deed(text: str, jotting: str) -> bool:
    """Whether a claim begins with its deed: not "I did a rebuilt study" of "rebuilt a study"."""
    deed = re.escape(jotting.split(maxsplit=1)[0].casefold())
    return re.match(rf"i (?:have |had |also )?{deed}\b", text.casefold()) is not None


def _words(
    said: Sequence[str], told: Sequence[str], reader: str, *, mine: bool, long: bool
) -> Iterator[str]:
    free = dict.fromkeys(range(len(told)))
    places = {}
    for same in (_one, _spelt_out):
        for at, word in enumerate(said):
            place = next((i for i in free if same(word, told[i])), None)
            if at not in places and place is not None:
                places[at] = place
                del free[place]
    new = [word for at, word in enumerate(said) if at not in places]
    yield from (f"new word: {word}" for word in new if not (mine and word in _CLAIMING))
    droppable = _SPEECH | {word.casefold() for word in _WORD.findall(reader)}
    last = max(places.values(), default=-1)
    for place in free:
        if told[place] not in droppable and not (long and place > last):
            yield f"lost word: {told[place]}"
    order = [places[at] for at in sorted(places)]
    if not mine and _longest_run(order) < IN_ORDER * len(order):
        yield "in another order"


def _people(said: set[str], told: set[str], *, mine: bool, long: bool) -> Iterator[str]:
    for person in sorted(said - told - {"I" if mine else "you"}):
        yield f"new person: {person}"
    # Whom the reader is told of as "he" or "she" may be the reader.
    turned = {"he", "she"} if "you" in said else set()
    for person in sorted(told - said - turned):
        if not long:
            yield f"lost person: {person}"


def _content(text: str) -> list[str]:
    words = (word for word in _WORD.findall(text) if word not in _PERSONS)
    return [word for word in words if not _GRAMMAR & {word, plain_form(word)}]


def _persons(text: str) -> set[str]:
    return {_PERSONS[word] for word in _WORD.findall(text) if word in _PERSONS}


def _spelt(text: str) -> str:
    """Folded, without contractions and slashes: "don't" as "do not", "w/" as "with"."""
    text = _uncontracted(written_out(text))
    return _OWN.sub("own", _CONTRACTED.sub("", text)).casefold()


def _one(said: str, told: str) -> bool:
    """Whether two words are forms of one."""
    one, two = _forms(said), _forms(told)
    if not one.isdisjoint(two):
        return True
    # "negotiating" and "negotiate" lose unlike endings.
    short, long = sorted((min(one, key=len), min(two, key=len)), key=len)
    return len(short) >= _TELLING and long.removeprefix(short) in _ENDINGS


def _forms(word: str) -> frozenset[str]:
    """A word's base and its stem: "mentoring" is of "mentor", which has an ending of its own.

    No stem of a stem: "resignalling" would be of "resign".
    """
    base = plain_form(word)
    return frozenset({base, stem(base)})


def _spelt_out(said: str, told: str) -> bool:
    """Whether one word abbreviates the other: "hrs", "approx", "Sept"."""
    return (
        1 < len(told) <= _SHORT
        and len(told) < len(said)
        and told[0] == said[0]
        and told.isalpha()
        and _in_turn(told, said)
    )


def _in_turn(letters: str, word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _longest_run(places: Sequence[int]) -> int:
    """The length of the longest increasing subsequence."""
    tails: list[int] = []
    for place in places:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    return len(tails)

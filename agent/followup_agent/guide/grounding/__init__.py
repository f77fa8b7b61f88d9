"""Trace every checkable word of a message to the notes, or report it as invented.

The notes are analysed once for each object (`known.py`). A message is cut into zones of words
(`words.py`); links, dates, quantities, names, titles and claims then read them in this order, each
leaving what it has understood to itself. `docs/validator.md` tells how each one decides.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from followup_agent.guide.grounding.almanac import Almanac
from followup_agent.guide.grounding.amounts import Amounts
from followup_agent.guide.grounding.analysis import known
from followup_agent.guide.grounding.claims import Claims
from followup_agent.guide.grounding.dates import mentions
from followup_agent.guide.grounding.known import Known
from followup_agent.guide.grounding.ledger import Ledger
from followup_agent.guide.grounding.links import Link, links_in
from followup_agent.guide.grounding.names import Names
from followup_agent.guide.grounding.naming import Naming
from followup_agent.guide.grounding.quantities import quantities
from followup_agent.guide.grounding.titles import Titles
from followup_agent.guide.grounding.words import Word, Zone, zones_of
from followup_agent.guide.registry import Finding, Source

if TYPE_CHECKING:
    from followup_agent.guide.case import Case

Matter = Literal["name", "number", "date", "link", "claim", "spelling", "title"]

# The most words of a telephone number: E.164 allows fifteen digits, "00" may stand before them.
_LONGEST_PHONE = 17


@dataclass(frozen=True, slots=True)
class Grounding:
    """What was traced and what was not.

    Attributes:
        sources: Words of the message with the line they follow from, in reading order.
        inventions: Findings by what was invented; ``spelling`` holds the names of the
            notes that are misspelled or altered (rule ``wrong_name``), ``title`` those that
            got a courtesy title which the notes don't give them (rule ``guessed_title``).
    """

    sources: tuple[Source, ...]
    inventions: dict[Matter, tuple[Finding, ...]]


def ground(case: Case) -> Grounding:
    """Trace the message of ``case``; its notes must be there."""
    if case.notes is None:
        raise ValueError("nothing can be traced without notes")
    held, reading = known(case.notes), case.reading
    ledger, zones = Ledger(reading.text), zones_of(reading)
    naming = Naming(held, case.notes.country)
    almanac = Almanac(case, held, ledger)
    amounts = Amounts(held, ledger, almanac, len(case.notes.interviewers))
    names, titles = Names(held, naming, ledger, zones), Titles(held, naming, ledger)
    claims = Claims(held, ledger)
    links = list(links_in(reading.text))
    _links(links, held, ledger)
    for zone in zones:
        taken = _taken(zone, links)
        taken |= _phone(zone, held, ledger)
        for mention in mentions(reading.text, zone.words):
            if mention.first not in taken and not almanac.person(mention, zone):
                taken.update(range(mention.first, mention.last + 1))
                almanac.judge(mention, zone)
        found = list(quantities(reading.text, zone.words, taken))
        for quantity in found:
            amounts.judge(quantity, zone, reading.text)
        amounts.fractions(zone)
        amounts.times(found, zone)
        held.relations.judge(zone.words, found, ledger)
        names.read(zone, taken)
        titles.read(zone, taken)
        if zone.kind == "body":
            claims.read(zone)
    matters: tuple[Matter, ...] = get_args(Matter)
    return Grounding(ledger.sources(), {matter: ledger.findings(matter) for matter in matters})


def _links(links: list[Link], held: Known, ledger: Ledger) -> None:
    for link in links:
        if link.key in held.links:
            ledger.source(link.start, link.end, held.links[link.key])
        else:
            what = "address" if "@" in link.key else "link"
            told = ledger.quote(link.start, link.end)
            ledger.wrong(
                "link",
                f"{told}: no such {what} is in the notes; copy theirs to the letter",
                link.start,
                link.end,
            )


def _taken(zone: Zone, links: list[Link]) -> set[int]:
    """Indexes of the words that lie in links."""
    found: set[int] = set()
    if not links:
        return found
    n = bisect_right(links, zone.start, key=lambda link: link.end)
    for i, word in enumerate(zone.words):
        while n < len(links) and links[n].end <= word.start:
            n += 1
        if n == len(links):
            break
        if links[n].start <= word.start:
            found.add(i)
    return found


def _phone(zone: Zone, held: Known, ledger: Ledger) -> set[int]:
    """Indexes of a signature's telephone number; it must be the notes' if they have one."""
    words = zone.words
    if zone.kind != "signature" and not (held.phones and zone.kind == "body"):
        return set()
    digits = [i for i, w in enumerate(words) if w.digit and w.text.isdecimal()]
    if zone.kind == "body":  # a number in the text, or below a sign-off that was not read as one
        digits = _own_phone(words, digits, held)
    number = "".join(words[i].text for i in digits)
    if len(number) < 7:
        return set()
    start, end = words[digits[0]].start, words[digits[-1]].end
    line = next((line for phone, line in held.phones.items() if _same(phone, number)), -1)
    if line != -1:
        ledger.source(start, end, line)
    elif held.phones:
        told = ledger.quote(start, end)
        ledger.wrong("number", f"{told} is not the telephone number of the notes", start, end)
    return set(digits)


def _own_phone(words: list[Word], digits: list[int], held: Known) -> list[int]:
    """Those of the digits that stand side by side and are a telephone number of the notes."""
    for at, first in enumerate(digits):
        near = digits[at : at + _LONGEST_PHONE]
        run = [i for n, i in enumerate(near) if i == first + n]
        for size in range(len(run), 0, -1):
            number = "".join(words[i].text for i in run[:size])
            if len(number) > 6 and any(_same(phone, number) for phone in held.phones):
                return run[:size]
    return []


def _same(one: str, two: str) -> bool:
    """Whether two telephone numbers are one, with or without the country's code."""
    return (
        one == two
        or (len(two) >= 7 and one.endswith(two.lstrip("0")))
        or two.endswith(one.lstrip("0"))
    )

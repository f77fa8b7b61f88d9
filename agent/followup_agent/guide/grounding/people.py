"""People of the notes who are mixed up, or addressed with a title that is not theirs."""

from __future__ import annotations

from itertools import takewhile

from followup_agent.guide.grounding.known import Known, Person
from followup_agent.guide.grounding.ledger import Ledger, at_line
from followup_agent.guide.grounding.terms import HONORIFICS, address
from followup_agent.guide.grounding.words import Word, Zone

PARTICLES = frozenset(
    "van der den de del della di da dos das du la le von zu bin bint ibn al el ní ó y e ap".split()
)


class People:
    """Reads the runs of capitalised words of one message."""

    def __init__(self, known: Known, ledger: Ledger) -> None:
        self.known, self.ledger = known, ledger

    def read(self, zone: Zone, first: int, end: int) -> None:
        """A first name of one and a surname of another, or the wrong title before a name."""
        words, people = zone.words, self.known.people
        for i in range(first, end - 1):
            one, two = words[i], words[i + 1]
            has = self.known.people_by.get(two.key)
            if one.key in PARTICLES and has and two.cap:
                self._particles(words[first : i + 1], two, people[min(has)])
            if one.key in HONORIFICS and has:
                self._titled(words, i, has)
                continue
            had = self.known.people_by.get(one.key)
            if not had or not has or had & has or (zone.shouting and zone.kind == "body"):
                continue
            if any(one.key in people[n].keys[:-1] for n in had) and any(
                two.key == people[n].keys[-1] for n in has
            ):
                right = " or ".join(f"“{people[n].name}”" for n in sorted(had | has))
                words_told = self.ledger.quote(one.start, two.end)
                self.ledger.wrong(
                    "spelling",
                    f"{words_told} mixes two people of the notes; write {right}",
                    one.start,
                    two.end,
                )

    def _particles(self, before: list[Word], surname: Word, person: Person) -> None:
        """``van den Meer`` for van der Meer."""
        if surname.key != person.keys[-1]:
            return
        said = tuple(takewhile(PARTICLES.__contains__, (w.key for w in reversed(before))))
        given = tuple(takewhile(PARTICLES.__contains__, reversed(person.keys[:-1])))
        if said != given[: len(said)]:
            start = before[-len(said)].start
            told, line = self.ledger.quote(start, surname.end), at_line(person.line)
            message = f"{told}: the name is “{person.name}” {line}"
            self.ledger.wrong("spelling", message, start, surname.end)

    def _titled(self, words: list[Word], i: int, has: set[int]) -> None:
        people = [self.known.people[n] for n in has]
        key = words[i].key
        groups = [p.address for p in people]
        said = address(key)
        if None in groups or not groups:
            if groups and said is not None and said.isdisjoint(self.known.words):
                self._guessed(words[i], words[i + 1], people[0])
            return
        if said is not None and all(said is not group for group in groups):
            told = self.ledger.quote(words[i].start, words[i + 1].end)
            line = at_line(people[0].line)
            self.ledger.wrong(
                "spelling", f"{told}: the notes address {people[0].name} with another title {line}",
                words[i].start, words[i + 1].end,
            )  # fmt: skip

    def _guessed(self, title: Word, name: Word, person: Person) -> None:
        told = self.ledger.quote(title.start, name.end)
        message = (
            f"{told}: the notes give {person.name} no title {at_line(person.line)}; "
            "check it, or write the name alone"
        )
        self.ledger.wrong("title", message, title.start, name.end)

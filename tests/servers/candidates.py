"""Notes of any number of candidates of one centre, every name another one."""

from __future__ import annotations

from itertools import islice, product

_FIRST = (
    "Ada Alan Amara Anna Ben Carla Carol Chen Clara Dana David Diana Elena Emma Eric Farah Felix Fiona Grace Hana "
    "Helen Hugo Ines Ivan Jonas Julia Karim Kate Laura Leo Lina Lucas Maria Martin Maya Nadia Nina Omar Oscar Paula"
).split()
_START = "Al Ba Ber Bo Car Cor Dal Del Fer Gar Har Hol Kar Kel Lan Lin Mar Mel Nor Pal Ran Ros Sal Tan Wal".split()
_END = "bach berg by dahl den dini don ell feld gren holm isch land ler lo man mann nova ova ric sen ski son ton wood".split()

_NOTES = """---
candidate:
  name: {name}
company: Lumen Health
role: Senior Backend Engineer
interviewed: 2026-05-12T14:00
interviewers:
  - name: Priya Nair
    title: Engineering Manager
decision_by: 2026-05-26
country: GB
---

## Topics
- moving the claims service from a monolith to event-driven services
- the dual-write problem between the claims database and the event stream

## Their needs
- someone who has run a migration without downtime

## My fit
- moved a billing system of 40 services to Kafka without downtime
"""

#: A day on which a thank-you is due by these notes.
TODAY = "2026-05-13"


def names(count: int) -> list[str]:
    """So many names; at most 25,000."""
    surnames = (start + end for start, end in product(_START, _END))
    every = (f"{first} {last}" for last, first in product(surnames, _FIRST))
    return list(islice(every, count))


def notes(count: int) -> list[str]:
    """A notes file for each of so many candidates, as Markdown."""
    return [_NOTES.format(name=name) for name in names(count)]

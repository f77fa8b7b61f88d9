"""The notes, analysed once: names, dates, quantities, links and stems with their lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from followup_agent.guide.grounding.claim_words import HEDGES
from followup_agent.guide.grounding.coming import stretches
from followup_agent.guide.grounding.dates import mentions
from followup_agent.guide.grounding.known import Amount, Day, Known, Line, Origin, Person, Times
from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.links import link_key, links_in
from followup_agent.guide.grounding.mention import Mention
from followup_agent.guide.grounding.quantities import Quantity, occurrences, quantities
from followup_agent.guide.grounding.spelling import Near
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import (
    HONORIFICS,
    LABELS,
    LEGAL,
    SHORT_TITLES,
    SMALL,
    WEEKDAYS,
    address,
)
from followup_agent.guide.grounding.words import Word, plain, shape, uncased, words_in
from followup_agent.guide.memo import per_notes
from followup_agent.notes.model import Event, Fact, InterviewNotes


@per_notes
def known(notes: InterviewNotes) -> Known:
    """The notes' analysis: made once for an object, dropped with it."""
    return _Analysis(notes).known


class _Analysis:
    """Reads each fact once and files what it holds."""

    def __init__(self, notes: InterviewNotes) -> None:
        at, where = notes.interviewed, notes.lines.get
        interview = Day(notes.interview_date, where("interviewed"), "interview")
        decision = notes.decision_by and Day(notes.decision_by, where("decision_by"), "decision")
        minutes = at.hour * 60 + at.minute if isinstance(at, dt.datetime) else None
        self.known = Known(
            interview, minutes, decision or None,
            notes.company, where("company"), notes.role, where("role"),
        )  # fmt: skip
        self._names: dict[str, None] = {}
        self._texts: list[str] = []
        self._people(notes)
        self._firm(notes)
        for fact in notes.facts:
            self._fact(fact)
        self._calendar(notes)
        self._index()

    def _people(self, notes: InterviewNotes) -> None:
        known = self.known
        facts = {fact.field: fact for fact in notes.facts}
        people = [("candidate", notes.candidate.name, "")]
        people += [
            (f"interviewers.{n}", person.name, person.preferred or "")
            for n, person in enumerate(notes.interviewers)
        ]
        people += [("", entry.person, "") for entry in notes.log if entry.person]
        for base, name, preferred in people:
            line = facts[f"{base}.name"].line if base else None
            names = words_in(name), words_in(preferred)
            keys = [w.key for group in names for w in group if w.key not in HONORIFICS]
            suits = next((address(w.key) for w in (*names[1], *names[0]) if address(w.key)), None)
            if base:
                known.people.append(Person(name, tuple(dict.fromkeys(keys)), line, suits))
            for word in (w for group in names for w in group):
                if word.key not in HONORIFICS:
                    self._person_word(word, len(known.people) - 1 if base else None)

    def _person_word(self, word: Word, person: int | None) -> None:
        for part in _with_parts(word.key):
            if person is not None:
                self.known.people_by[part].add(person)
            self.known.initials.add(part[:1])
            if len(part) > 2:
                self._names[part] = None

    def _firm(self, notes: InterviewNotes) -> None:
        known = self.known
        words = [w for w in words_in(notes.company) if w.key not in LEGAL or len(notes.company) < 4]
        known.firm = tuple(w.key for w in words)
        for word in words:
            if len(word.key) > 2 and word.key not in SMALL:
                self._names[word.key] = None
        keys = [w.key for w in words_in(notes.role)]
        known.role_keys = tuple(SHORT_TITLES.get(key, key) for key in keys)
        if len(known.firm) > 1:
            known.plains["".join(known.firm)] = notes.company

    def _fact(self, fact: Fact) -> None:
        if fact.field in {"interviewed", "decision_by"}:
            return
        if fact.field == "candidate.phone":
            self.known.phones["".join(c for c in fact.text if c.isdecimal())] = fact.line
            return
        links = list(links_in(fact.text))
        for link in links:
            self.known.links.setdefault(link.key, fact.line)
        if fact.field.endswith((".email", ".linkedin", ".url")):
            self.known.links.setdefault(link_key(fact.text), fact.line)
            if fact.field == "candidate.email":
                self._nicknames(fact)
            return
        words = words_in(fact.text)
        self._words(fact, words)
        dated = mentions(fact.text, words)
        if fact.field != "log":  # what was written there tells of days to no one
            self._dates(fact, dated)
        taken = {i for m in dated for i in range(m.first, m.last + 1)}
        stems = frozenset(stem(part) for w in words for part in w.key.split("-"))
        found = list(quantities(fact.text, words, taken))
        beside = frozenset(quantity.dimension for quantity in found)
        self.known.relations.add(fact.text, words, found)
        self.known.times += [Times(n, stems) for n, _ in occurrences(words, found)]
        for quantity in found:
            if not self._label(quantity, words, fact.line):
                self._amount(
                    quantity,
                    Amount(
                        quantity.dimension,
                        quantity.unit,
                        quantity.nouns,
                        stems,
                        fact.line,
                        beside,
                        quantity.rate,
                    ),
                )

    def _nicknames(self, fact: Fact) -> None:
        """What a writer calls themselves in their own address: maggie@thibodeaux.example."""
        for word in words_in(fact.text.partition("@")[0].replace(".", " ").replace("_", " ")):
            if len(word.key) > 2 and word.key.isalpha() and word.key not in self.known.words:
                shown = {word.key.title()}
                self.known.words[word.key] = Origin(fact.line, shown, True, fact.field)

    def _words(self, fact: Fact, words: list[Word]) -> None:
        known = self.known
        keys = [w.key for w in words]
        self._texts.append(" ".join(keys))
        known.acronyms.add(keys, fact.line)
        if fact.field == "fit":
            known.fit.add(fact.text, words)
            if hedges := HEDGES.intersection(keys):
                known.hedged[fact.line] = frozenset(hedges)
        self._stems(fact, keys)
        naming = fact.field.endswith(_NAMING)
        for word in words:
            shown, cased = shape(word.text), word.cap and (naming or not word.first)
            for part in _with_parts(word.key):
                self._word(fact, part, shown, cased)
            if word.cap and len(word.key) > 2 and not is_english(word.key):
                self._names[word.key] = None
            if uncased(word.text[0]):
                known.uncased_names.append((word.key, fact.line))

    def _word(self, fact: Fact, key: str, shown: str, cased: bool) -> None:
        origin = self.known.words.get(key)
        if origin is None:
            self.known.words[key] = Origin(fact.line, {shown}, cased, fact.field)
            return
        origin.shown.add(shown)
        if cased and not origin.cased:
            origin.cased, origin.line = True, fact.line

    def _stems(self, fact: Fact, keys: list[str]) -> None:
        known = self.known
        places = [known.stems]
        if not fact.field.startswith("interviewers"):
            places.append(known.own_stems)
        if fact.field not in _THEIRS:
            places.append(known.fit_stems)
        for key in keys:
            for part in _with_parts(key):
                root = stem(part)
                for place in places:
                    place.setdefault(root, fact.line)

    def _mention(self, mention: Mention, fact: Fact) -> None:
        known, line = self.known, fact.line
        if mention.kind == "date":
            day, month = mention.choices[0]
            date = _nearest(day, month, mention.year, known.interview.date)
            if date:
                known.days.append(
                    Day(date, line, "promise" if fact.field == "promised" else "text")
                )
        elif mention.kind == "day":
            known.month_days.setdefault(mention.choices[0][0], line)
        elif mention.kind == "month":
            known.months.setdefault(mention.month, line)
        elif mention.kind in {"holiday", "relative"}:
            known.day_words.setdefault(mention.word, line)
        for minute in mention.minutes:
            known.minutes.setdefault(minute, line)
        if mention.weekday is not None:
            known.weekdays.setdefault(mention.weekday, line)
        if mention.year:
            known.years.setdefault(mention.year, line)

    def _dates(self, fact: Fact, dated: Sequence[Mention]) -> None:
        for mention in dated:
            self._mention(mention, fact)
        # Days that a Timeline counts from the interview may be told by their dates.
        known, coming = self.known, fact.field == "timeline"
        for stretch in stretches(fact.text, known.interview.date) if coming else ():
            known.days += [Day(date, fact.line, "text") for date in stretch.dates]

    def _label(self, quantity: Quantity, words: list[Word], line: Line) -> bool:
        """``Ward 7``: a number that names something and counts nothing."""
        before = words[quantity.first - 1] if quantity.first else None
        if before is None or quantity.spelled or not words[quantity.first].joined or before.digit:
            return False
        for value in quantity.values:
            self.known.labels[stem(before.key)].setdefault(value, line)
        return stem(before.key) in LABELS and quantity.dimension in {"count", "time"}

    def _amount(self, quantity: Quantity, amount: Amount) -> None:
        known = self.known
        for value in quantity.values:
            known.amounts[value].append(amount)
            known.sized[quantity.dimension, round(value * quantity.size, 4)].append(amount)
            if quantity.dimension == "count":
                for noun in quantity.nouns[:1]:
                    known.counted[noun].add(value)

    def _calendar(self, notes: InterviewNotes) -> None:
        known = self.known
        days = [known.interview, *([known.decision] if known.decision else [])]
        for entry in notes.log:
            sent = entry.event is Event.SENT
            days.append(Day(entry.on, entry.line, "sent" if sent else "answer"))
        known.days = days + known.days
        if known.at_minutes is not None:
            known.minutes.setdefault(known.at_minutes, known.interview.line)
        for day in known.days:
            known.years.setdefault(day.date.year, day.line)
            known.months.setdefault(day.date.month, day.line)
            known.month_days.setdefault(day.date.day, day.line)
        if known.decision:
            span = (known.decision.date - known.interview.date).days
            given = Amount("time", "days", (), frozenset(), known.decision.line)
            for days_off in {span, round(span / 7) * 7 if span > 5 else span}:
                known.sized["time", 1440.0 * days_off].append(given)

    def _index(self) -> None:
        known = self.known
        known.sequences = "\n" + "\n".join(f" {text} " for text in self._texts) + "\n"
        for name in self._names:
            bare = plain(name)
            if bare != name:
                known.plains.setdefault(bare, name)
        known.bare = {plain(name): name for name in self._names if plain(name) != name}
        names = [name for name in (*self._names, *known.bare) if name not in WEEKDAYS]
        known.near = Near(names)


_THEIRS = frozenset({"needs", "topics"})  # what they want or said is no claim of the candidate's
_NAMING = ("company", "role", ".name", ".preferred")  # fields where a first capital is a name's


def _with_parts(key: str) -> tuple[str, ...]:
    """A word's key and, of a compound, its parts': "event-driven" is "event" and "driven" too."""
    return (key, *key.split("-")) if "-" in key else (key,)


def _nearest(day: int, month: int, year: int, interview: dt.date) -> dt.date | None:
    """The date in the given year, or in the year that brings it nearest to the interview."""
    found = []
    for choice in [year] if year else [interview.year + n for n in (-1, 0, 1)]:
        try:
            found.append(dt.date(choice, month, day))
        except ValueError:
            continue
    return min(found, key=lambda date: abs((date - interview).days), default=None)

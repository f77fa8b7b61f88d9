"""Names in a message: traced, misspelled, altered, or invented."""

from __future__ import annotations

from functools import cached_property

from followup_agent.guide.grounding.known import Known, Line
from followup_agent.guide.grounding.language import reads_english
from followup_agent.guide.grounding.ledger import Ledger, at_line
from followup_agent.guide.grounding.lexicon import is_english, is_name
from followup_agent.guide.grounding.naming import Naming, Verdict, mistyped
from followup_agent.guide.grounding.people import PARTICLES, People
from followup_agent.guide.grounding.spelling import distance
from followup_agent.guide.grounding.terms import (
    FIRMS,
    GREETING_WORDS,
    HONORIFICS,
    LEGAL,
    PEOPLES,
)  # fmt: skip
from followup_agent.guide.grounding.words import Word, Zone, uncased
from followup_agent.names import TITLES

_LONGEST_NAME = 30
_LONGEST_FIRM = 8  # words; a longer run of capitals is a title
_SAYS = frozenset(
    """
        mentioned said told asked explained showed described suggested talked spoke pointed raised
        shared gave thinks says wants called wrote and's kindly also 's
    """.split()
)
_JOINED = frozenset("at joined join joining left".split())
_WORDS = frozenset({"word", "office", "ambiguous", "rare"})
_SAINTS = frozenset({"st", "saint"})
_FEASTS = frozenset("day days eve week weekend night feast festival fair holiday holidays".split())
_TIDES = ("tide", "mas")
_SHORTEST_FEAST = 6
_WISHING = frozenset("hope hoping trust happy wish wishing enjoyed enjoying enjoy merry".split())
_BESIDE = frozenset("at with from joined join joining by via using called named in to on".split())


class Names:
    """Reads the zones of one message."""

    def __init__(self, known: Known, naming: Naming, ledger: Ledger, zones: list[Zone]) -> None:
        self.known, self.naming, self.ledger, self._zones = known, naming, ledger, zones
        self._people = People(known, ledger)

    @cached_property
    def _english(self) -> bool:
        return reads_english(self._zones)

    def read(self, zone: Zone, taken: set[int]) -> None:
        """Judge the words of a zone; indexes in ``taken`` (dates, links) are left out."""
        words, i = zone.words, 0
        lower = zone.kind != "signature" and not any(w.cap for w in words)
        strict, people = lower or zone.kind == "greeting", self.known.people_by
        for n, word in enumerate(words):
            if n < i or n in taken:
                continue
            if word.cap:
                i = self._run(words, n, taken)
                self._judge(zone, n, i)
            elif (strict or word.key in people) and not word.digit:
                self._lower(zone, n, lower)

    def _run(self, words: list[Word], i: int, taken: set[int]) -> int:
        """Where the run of capitalised words from ``i`` on ends; a possessive ends it."""
        end = i + 1
        while end < len(words) and end not in taken and not words[end - 1].possessive:
            word, last = words[end], words[end - 1]
            beside = word.joined or (
                last.key in HONORIFICS and self.ledger.text[last.end : word.start] in {". ", "."}
            )
            if not beside:
                break
            if not word.cap:
                known = word.key in self.known.people_by or word.key in PARTICLES
                more = any(w.cap and w.joined for w in words[end + 1 : end + 3])  # van der Meer
                if not (known and more):
                    break
            end += 1
        return end

    def _lower(self, zone: Zone, i: int, all_lower: bool) -> None:
        """A word in lower case: a name of the notes, or in a text without capitals another's."""
        word = zone.words[i]
        key = word.key
        if key in self.known.people_by and not is_english(key) and key not in PARTICLES:
            self.ledger.source(
                word.start,
                word.end,
                self.known.words[key].line if key in self.known.words else None,
            )
            return
        if not (all_lower or zone.kind == "greeting") or len(key) < 3 or is_english(key):
            return
        after = zone.words[i + 1 : i + 4]
        if not all_lower and any(w.cap and w.key in self.known.people_by for w in after):
            return  # "Kia ora Tāmati": a greeting, whatever its tongue
        verdict = self.naming(word)
        if verdict.status == "spelling" and (zone.kind == "greeting" or not mistyped(key)):
            self._misspelled(word, verdict)
        elif verdict.status == "unknown" and is_name(key) and key not in PEOPLES:
            self._invented(word.start, word.end)

    def _judge(self, zone: Zone, first: int, end: int) -> None:
        words = zone.words
        verdicts = [self._verdict(zone, i) for i in range(first, end)]
        self._trace(words, verdicts, first, end)
        self._people.read(zone, first, end)
        i = first
        while i < end:
            verdict = verdicts[i - first]
            if verdict.status == "spelling":
                self._misspelled(words[i], verdict)
            elif self._strange(zone, verdicts, first, i):
                i = self._report(zone, verdicts, first, i)
                continue
            elif (stop := self._firm(zone, verdicts, first, i)) > i:
                self._invented(words[i].start, words[stop - 1].end)
                i = stop
                continue
            i += 1

    def _firm(self, zone: Zone, verdicts: list[Verdict], first: int, i: int) -> int:
        """Where a firm's name made of English words ends: "Blue Harbor Capital"; ``i`` if none."""
        words, end = zone.words, i
        if not self._english or zone.shouting or zone.kind != "body" or words[i].first:
            return i
        while end < min(first + len(verdicts), i + _LONGEST_FIRM) and (
            verdicts[end - first].status in _WORDS or words[end].key in LEGAL
        ):
            end += 1
        office = verdicts[i - first].status == "office" and words[i - 1].key not in _JOINED
        if end - i < 2 or office:
            return i
        last = words[end - 1].key
        ordinary = any(v.status == "word" for v in verdicts[i - first : end - first])
        if words[i - 1].key in _JOINED and ordinary:
            return end
        return end if last in LEGAL or last in FIRMS else i

    def _verdict(self, zone: Zone, i: int) -> Verdict:
        word = zone.words[i]
        if not word.cap:
            return Verdict("known" if word.key in self.known.people_by else "free")
        verdict = self.naming(word)
        if verdict.status == "known" and self._called(zone, i) and (own := self._plural(word)):
            origin = self.known.words[own]
            return Verdict("spelling", min(origin.shown), origin.line)
        if (
            verdict.status == "spelling"
            and word.first
            and mistyped(word.key)
            and zone.kind == "body"
        ):
            return Verdict("word")
        # Where a name must stand, an English word may be one misspelled: "Dear Hair" for Nair.
        if verdict.status in {"word", "ambiguous", "rare"} and self._called(zone, i):
            near = self.known.near.find(word.key)
            if near in self.known.people_by:
                origin = self.known.words[near or ""]
                return Verdict("spelling", min(origin.shown), origin.line)
            if not self.known.words.get(word.key) and zone.kind != "closing":
                return Verdict("unknown")
        return verdict

    def _called(self, zone: Zone, i: int) -> bool:
        """Whether the word stands where a person's name must: after Dear or Mr, or a first name."""
        word, words = zone.words[i], zone.words
        if word.key in GREETING_WORDS or not i:
            return False
        before = words[i - 1].key
        if (
            before in HONORIFICS
            and before not in {"miss", "sister", "lord", "lady", "doctor"}
            and words[i - 1].cap
        ):
            return True
        if zone.kind == "greeting":
            return (
                before in {"dear", "hi", "hello", "and", "respected", "hey"}
                or before in self.known.people_by
                or before in TITLES
            )
        return False

    def _plural(self, word: Word) -> str | None:
        """The name that a word makes a plural of where one person is meant: "Mr Vegas"."""
        key, people = word.key, self.known.people_by
        if key in self.known.words or word.possessive:
            return None
        return next(
            (key.removesuffix(s) for s in ("es", "s") if key.removesuffix(s) in people), None
        )

    def _trace(self, words: list[Word], verdicts: list[Verdict], first: int, end: int) -> None:
        """One source for each stretch of words that stand on one line."""
        i = first
        while i < end:
            verdict = verdicts[i - first]
            if verdict.status != "known":
                i += 1
                continue
            line, j = verdict.line, i + 1
            while (
                j < end
                and verdicts[j - first].status == "known"
                and verdicts[j - first].line in {line, None}
            ):
                j += 1
            if len(words[i].key) > 1:
                self.ledger.source(words[i].start, words[j - 1].end, line)
            i = j

    def _strange(self, zone: Zone, verdicts: list[Verdict], first: int, i: int) -> bool:
        """Whether the word is a name that the notes do not hold."""
        word, status = zone.words[i], verdicts[i - first].status
        if status == "unknown":
            return self._unknown(zone, word, i)
        if status not in {"ambiguous", "rare"} or not self._english:
            return False
        beside = [verdicts[j - first] for j in (i - 1, i + 1) if first <= j < first + len(verdicts)]
        named = any(v.status == "unknown" for v in beside)
        if named or (i > first and self._given(zone.words[i - 1])):
            return True
        if zone.shouting or zone.kind in {"closing", "signature"}:
            return False
        after = zone.words[i + 1].key if i + 1 < len(zone.words) else ""
        if word.first or not i:
            return is_name(word.key) and after in _SAYS and status == "ambiguous"
        before = zone.words[i - 1].key
        if before in {"the", "our", "your"} and i > 1:
            before = zone.words[i - 2].key
        return status == "ambiguous" or (before in _BESIDE and after not in {"of", "the"})

    def _given(self, word: Word) -> bool:
        """Whether the word is the first of several names of a person in the notes."""
        people = (self.known.people[n] for n in self.known.people_by.get(word.key, ()))
        return not word.possessive and any(
            p.keys[0] == word.key and len(p.keys) > 1 for p in people
        )

    def _unknown(self, zone: Zone, word: Word, i: int) -> bool:
        if zone.kind == "closing" or len(word.key) < 2 or _feast(zone, i):
            return False
        if zone.kind == "signature":
            return self._signs(zone, word)
        if not self._english and not (i and zone.words[i - 1].key in HONORIFICS):
            return False
        if not is_name(word.key) and not uncased(word.text[0]) and self._tongue(zone, i):
            return False
        if uncased(word.text[0]) or is_name(word.key):
            return True
        if word.text.isupper() and zone.shouting and len(word.key) > 4:
            return not mistyped(word.key)
        return not ((word.first or zone.shouting) and mistyped(word.key))

    def _tongue(self, zone: Zone, i: int) -> bool:
        """Whether the word opens a phrase in another tongue: "Ngā mihi", "Diolch yn fawr"."""
        word, words = zone.words[i], zone.words
        if zone.kind == "greeting" and i == 0:
            return True
        if not word.first:
            return False
        after = words[i + 1] if i + 1 < len(words) else None
        if after is None or not after.joined:
            gap = self.ledger.text[word.end : word.end + 1]
            return gap in {",", ".", "!"} and not word.text.isupper()
        return any(
            w.joined and not w.cap and w.key.isalpha()
            and not is_english(w.key) and w.key not in self.known.words
            for w in words[i + 1 : i + 3]
        )  # fmt: skip

    def _signs(self, zone: Zone, word: Word) -> bool:
        """Whether an unknown word stands in the line that should hold the candidate's name."""
        if uncased(word.text[0]) or not word.text.isalpha() or not self._english:
            return False
        if sum(c.isupper() for c in word.text) > 1 and word is not zone.words[0]:
            return False  # letters after a name: CEng, RN
        if self.ledger.text.find("\n", zone.words[0].start, word.start) >= 0:
            return False
        # A sign-off in another tongue may stand above the name: "Viele Grüße".
        line = self.ledger.text.find("\n", word.end, zone.end)
        below = [w.key for w in zone.words if line >= 0 and w.start > line]
        own = self.known.people[0].keys if self.known.people else ()
        return not any(key in own for key in below)

    def _report(self, zone: Zone, verdicts: list[Verdict], first: int, i: int) -> int:
        """Report the name that starts at ``i``; the index after it."""
        words, end = zone.words, i + 1
        stop = first + len(verdicts)
        while end < stop and (
            verdicts[end - first].status == "unknown"
            or self._tail(zone, words[end], verdicts[end - first])
        ):
            end += 1
        start = i
        while (
            start > first
            and not zone.shouting
            and not words[start - 1].first
            and (
                verdicts[start - 1 - first].status in {"word", "ambiguous", "rare"}
                or words[start - 1].key in PARTICLES
            )
        ):
            start -= 1
        if start > first and words[start - 1].key in HONORIFICS:
            start -= 1
        low, high = words[start].start, words[end - 1].end
        right = self._altered(words, start, end, stop, first) or self._resembled(zone, i, end)
        if right or zone.kind == "signature":
            name, line = right or (self.known.people[0].name, self.known.people[0].line)
            told = self.ledger.quote(low, high)
            self.ledger.wrong(
                "spelling",
                f"{told} is not in the notes; the name there is “{name}” {at_line(line)}",
                low,
                high,
            )
        else:
            self._invented(low, high)
        return end

    def _tail(self, zone: Zone, word: Word, verdict: Verdict) -> bool:
        """Whether a word goes on with an invented name: "Helmsway Haulage", "Karen Brown"."""
        if verdict.status in {"ambiguous", "rare"}:
            return True
        return not zone.shouting and (
            word.key in FIRMS or word.key in LEGAL or verdict.status == "word"
        )

    def _altered(
        self, words: list[Word], start: int, end: int, stop: int, first: int
    ) -> tuple[str, Line] | None:
        """The name of the notes that the strange words alter, when they touch a part of it."""
        for i in (start - 1, end):
            if not first <= i < stop:
                continue
            word = words[i]
            if i < start and word.possessive:
                continue
            if has := self.known.people_by.get(word.key):
                person = self.known.people[min(has)]
                return person.name, person.line
        return None

    def _resembled(self, zone: Zone, i: int, end: int) -> tuple[str, Line] | None:
        """The person whose name the word must be meant for: "Dear Ms Nayar" for Nair."""
        key = zone.words[end - 1].key
        if len(key) > _LONGEST_NAME or not (self._called(zone, i) or self._called(zone, end - 1)):
            return None
        greeted = zone.kind == "greeting"
        for name, has in self.known.people_by.items():
            near = name[:1] == key[:1] and len(name) > 3 and distance(key, name) < 3
            if greeted and len(name) > 2 and not near:
                near = distance(key, name) < 2 or (len(name) > 4 and name[:4] == key[:4])
            if near:
                person = self.known.people[min(has)]
                return person.name, person.line
        return None

    def _misspelled(self, word: Word, verdict: Verdict) -> None:
        told = self.ledger.quote(word.start, word.end)
        self.ledger.wrong(
            "spelling",
            f"{told} is “{verdict.right}” {at_line(verdict.line)}; spell it so",
            word.start,
            word.end,
        )

    def _invented(self, start: int, end: int) -> None:
        told = self.ledger.quote(start, end)
        mend = "name only people, companies, products and places that stand there"
        self.ledger.wrong("name", f"{told} is not in the notes; {mend}", start, end)


def _feast(zone: Zone, i: int) -> bool:
    """Whether a word names a day of the calendar: "St Patrick's week", "Petertide"."""
    words, key = zone.words, zone.words[i].key
    if len(key) > _SHORTEST_FEAST and key.endswith(_TIDES):
        return True
    saint = i > 0 and words[i - 1].key in _SAINTS
    after = words[i + 1].key if i + 1 < len(words) and words[i + 1].joined else ""
    return after in _FEASTS and (saint or not _WISHING.isdisjoint(zone.keys))

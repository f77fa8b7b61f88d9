"""The company's and the role's name: whole, in a short form, or altered."""

from __future__ import annotations

from collections.abc import Iterator

from followup_agent.guide.grounding.claim_words import STOP
from followup_agent.guide.grounding.known import Known
from followup_agent.guide.grounding.ledger import Ledger, at_line
from followup_agent.guide.grounding.lexicon import is_name
from followup_agent.guide.grounding.naming import Naming
from followup_agent.guide.grounding.spelling import distance
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import (
    FIRMS,
    HEADS,
    LEGAL,
    LEVELS,
    OFFICE,
    SHORT_TITLES,
    SMALL,
)  # fmt: skip
from followup_agent.guide.grounding.words import Word, Zone

_POSTS = frozenset("role position post job vacancy opening opportunity".split())
_STARTS = frozenset("the this your a an that our my any of as for in to and at with about".split())
_SUBJECT_POSTS = _POSTS | frozenset(
    "interview interviews application candidate chat discussion".split()
)
_DOERS = ("er", "or")
_OFFICES = (*_DOERS, "ist", "ian")
# Little words that stand in no title, unless the role's own.
_FUNCTION = STOP - frozenset("first new part long great high whole entire main all".split())
_PAIRED = frozenset({"and", "&"})
# What may stand before a role without changing it.
_LOOSE = frozenset(
    """
        open current new exciting vacant permanent full-time part-time fulltime temporary
        interesting advertised same great wonderful dream actual very whole above said mentioned
        first next second right perfect ideal challenging rewarding fantastic potential available
        important key busy leadership management such named particular fine good remote hybrid
        onsite initial
    """.split()
)


class Titles:
    """Reads the zones of one message for altered companies and roles."""

    def __init__(self, known: Known, naming: Naming, ledger: Ledger) -> None:
        self.known, self.naming, self.ledger = known, naming, ledger
        self._role = {stem(part) for key in known.role_keys for part in key.split("-")}
        self._role |= {"".join(key[0] for key in known.role_keys)}
        content = [key for key in known.firm if key not in SMALL and key != "&"]
        self._firm = content
        self._heads = [key for key in known.role_keys if key in HEADS]

    def read(self, zone: Zone, taken: set[int]) -> None:
        """Report altered names in a zone."""
        if zone.kind == "signature":
            return
        if len(self._firm) > 1 and any(word.cap for word in zone.words):
            self._company(zone, taken)
        if zone.keys.isdisjoint(HEADS) and zone.keys.isdisjoint(_SUBJECT_POSTS):
            return
        posts = _SUBJECT_POSTS if zone.kind == "subject" else _POSTS
        for i, word in enumerate(zone.words):
            key = word.key
            if key in posts and i:
                self._before(zone, i)
            elif key in HEADS and word.cap and not word.possessive:
                self._titled(zone, i)
            elif word.cap and key.endswith(_DOERS) and key not in self.known.role_keys:
                self._formed(zone.words, i)

    def _company(self, zone: Zone, taken: set[int]) -> None:
        """``Lumen Healthcare`` for Lumen Health: one part of the name beside another word."""
        words, firm = zone.words, self._firm
        for i, word in enumerate(words):
            if not word.cap:
                continue
            if i + 1 < len(words) and words[i + 1].joined and word.key + words[i + 1].key in firm:
                self._altered(word.start, words[i + 1].end)
            if word.key not in firm or i in taken:
                continue
            if word.key == firm[0] and i + 1 < len(words) and not word.possessive:
                self._beside(zone, i, i + 1)
                self._last(words, i)
            if (
                word.key == firm[-1]
                and word.key in FIRMS
                and i
                and word.joined
                and not words[i - 1].possessive
            ):
                self._beside(zone, i, i - 1)

    def _last(self, words: list[Word], i: int) -> None:
        """``Tidewater Plumbing and Gas``: all but the last word of the company's name."""
        firm = self._firm
        if self._middle(words, i):
            return
        at = [i + n for n in range(len(firm) - 1)]
        if len(firm) < 3 or at[-1] + 1 >= len(words) or [words[n].key for n in at] != firm[:-1]:
            return
        end = at[-1] + 1
        if words[end].key == "and" and end + 1 < len(words):
            end += 1
        gap = self.ledger.text[words[at[-1]].end : words[end].start]
        other = gap == " " and words[end].key in FIRMS and firm[-1] in FIRMS
        listed = gap in {" and ", " & "} and not _PAIRED.isdisjoint(self.known.company.split())
        if words[end].cap and words[end].key != firm[-1] and (listed or other):
            self._altered(words[i].start, words[end].end)

    def _middle(self, words: list[Word], i: int) -> bool:
        """``Kestrel & French Sails`` for Kestrel & Finch Sails: a word between is another."""
        run = words[i : i + len(self._firm)]
        other = [w for w, key in zip(run, self._firm, strict=False) if w.key != key]
        if len(run) < 3 or run[-1].key != self._firm[-1] or len(other) != 1 or not other[0].cap:
            return False
        self._altered(run[0].start, run[-1].end)
        return True

    def _altered(self, start: int, end: int) -> None:
        told, line = self.ledger.quote(start, end), at_line(self.known.company_line)
        self.ledger.wrong(
            "spelling", f"{told}: the company is “{self.known.company}” {line}", start, end
        )

    def _beside(self, zone: Zone, part: int, other: int) -> None:
        words, text = zone.words, self.ledger.text
        one, two = sorted((part, other))
        gap = text[words[one].end : words[two].start]
        word, key = words[other], words[other].key
        if (
            gap not in {" ", "-", " & "}
            or not word.cap
            or word.key in self.known.firm
            or key in LEGAL
        ):
            return
        verdict = self.naming(word)
        status = verdict.status
        if status == "known" and key in self.known.words and not self.known.words[key].cased:
            status = "word"
        meant = self._firm[0] if other < part else self._firm[1]
        slip = (
            key[:1] == meant[:1]
            and len(key) < 30
            and distance(key, meant) <= (1 if len(meant) < 6 else 2)
        )
        if status == "spelling" or (
            not slip and not self._other_firm(zone, key, status, other < part)
        ):
            return
        self._altered(words[one].start, words[two].end)

    def _other_firm(self, zone: Zone, key: str, status: str, before: bool) -> bool:
        """Whether a word beside a part of the company's name makes it another company."""
        firm = self._firm
        whole = firm[0] if before else firm[1]
        if key[:4] == whole[:4] and len(whole) > 3 and status != "known":
            return True
        generic = firm[0] in FIRMS or firm[0] in {"st", "saint", "new", "royal"}
        if status == "unknown":
            return not generic
        if status in {"word", "office", "ambiguous", "rare"} and not zone.shouting and not generic:
            return (
                (key in FIRMS and key not in {"group", "engineering", "finance", "data"})
                if not before
                else (False)
            )
        return (
            zone.kind == "subject"
            and key in FIRMS - OFFICE
            and not before
            and not generic
            and status == "word"
        )

    def _before(self, zone: Zone, i: int) -> None:
        """The words before "role", "post" …: "the Senior Backend Developer role"."""
        words, j = zone.words, i
        while (
            j > 0
            and i - j < 6
            and words[j].joined
            and not self._before_title(words[j - 1])
            and not words[j - 1].possessive
        ):
            j -= 1
        if words[i].joined or j < i:
            self._compare(zone, j, i, framed=True)

    def _before_title(self, word: Word) -> bool:
        """Whether a title begins behind the word: "… Bank again when another | teller opening"."""
        if word.key in _STARTS:
            return True
        return not word.cap and word.key in _FUNCTION and stem(word.key) not in self._role

    def _titled(self, zone: Zone, i: int) -> None:
        """A capitalised title that ends in "Engineer", "Nurse" … without "role" after it."""
        words, j = zone.words, i
        while (
            j > 0
            and words[j].joined
            and words[j - 1].cap
            and not words[j - 1].possessive
            and i - j < 6
        ):
            j -= 1
        after = words[i + 1] if i + 1 < len(words) else None
        if (
            after is not None
            and after.joined
            and (after.key in HEADS or after.key in _POSTS)
            and after.cap
        ):
            return
        if after is not None and after.key == "of" and i + 2 < len(words) and words[i + 2].cap:
            self._of(zone, i)
            return
        if (
            zone.kind == "subject"
            or self._specific(words[j : i + 1])
            or (
                j > 1
                and words[j - 1].key in {"a", "an", "your", "the"}
                and words[j - 2].key in {"as", "be", "become", "being"}
            )
            or (j and words[j - 1].key in {"as", "become"})
        ):
            self._compare(zone, j, i + 1, framed=False)

    def _specific(self, words: list[Word]) -> bool:
        """Whether a title shares more with the role than its head or its level."""
        keys = (key for w in words for part in self._parts(w) for key in [part])
        return any(
            stem(key) in self._role and key not in HEADS and key not in LEVELS for key in keys
        )

    def _formed(self, words: list[Word], i: int) -> None:
        """``QA Leader`` for QA Lead: a word of the role in another form, beside its neighbour."""
        keys, root = self.known.role_keys, stem(words[i].key)
        for n, key in enumerate(keys):
            if stem(key) != root:
                continue
            for step in (-1, 1):
                if 0 <= n + step < len(keys) and 0 <= i + step < len(words):
                    one, two = sorted((i, i + step))
                    if words[i + step].key == keys[n + step] and words[two].joined:
                        self._wrong_role(words[one].start, words[two].end)
                        return

    def _wrong_role(self, low: int, high: int) -> None:
        told, line = self.ledger.quote(low, high), at_line(self.known.role_line)
        self.ledger.wrong("spelling", f"{told}: the role is “{self.known.role}” {line}", low, high)

    def _of(self, zone: Zone, i: int) -> None:
        """``Curator of Prints`` where the notes say Curator of Maps."""
        words, keys = zone.words, self.known.role_keys
        key = SHORT_TITLES.get(words[i].key, words[i].key)
        if key not in keys or keys[keys.index(key) + 1 : keys.index(key) + 2] != ("of",):
            return
        said = [words[i].key, "of", words[i + 2].key]
        if words[i + 2].key in keys or self._stands(said):
            return
        self._wrong_role(words[i].start, words[i + 2].end)

    def _compare(self, zone: Zone, start: int, end: int, *, framed: bool) -> None:
        words = zone.words[start:end]
        while words and self._apart(words[0]):
            words = words[1:]
        if not words or (len(words) < 2 and not framed):
            return
        keys = [part for w in words for part in self._parts(w)]
        if self._stands(keys) or (not framed and not self._shares(keys)):
            return
        extra = [key for key in keys if not self._fits(key)]
        wrong = [key for key in extra if key in HEADS or key in LEVELS]
        if not wrong and self._shares(keys):
            wrong = list(self._amid(words, keys)) or list(self._instead(words, keys, extra))
        if not wrong or (framed and not self._shares(keys) and not self._full(words)):
            return
        self._wrong_role(words[0].start, words[-1].end)

    def _instead(self, words: list[Word], keys: list[str], extra: list[str]) -> Iterator[str]:
        """A doer in the place of the role's: "Coastal Modeller" for Coastal Engineer."""
        last = words[-1]
        if last.cap and keys[-1] in extra and keys[-1].endswith(_OFFICES) and not is_name(keys[-1]):
            yield keys[-1]

    def _parts(self, word: Word) -> list[str]:
        key = SHORT_TITLES.get(word.key, word.key)
        return [key] if key in LEVELS else key.split("-")

    def _apart(self, word: Word) -> bool:
        """Whether a word before the title is of something else: the firm, a verb, a courtesy."""
        key = word.key
        if key in self.known.firm and stem(key) not in self._role:
            return True
        return key in _LOOSE or (
            (word.first or not word.cap)
            and key not in HEADS
            and key not in LEVELS
            and not self._fits(key)
        )

    def _fits(self, key: str) -> bool:
        if stem(key) in self._role or key in SMALL or key in _LOOSE or key in self.known.firm:
            return True
        short = len(key) > 2 and any(part.startswith(key) for part in self.known.role_keys)
        return (
            short
            or key in self.known.people_by
            or key
            in {
                "thank",
                "thanks",
                "interview",
                "regarding",
                "re",
                "following",
            }
        )

    def _shares(self, keys: list[str]) -> bool:
        return any(stem(key) in self._role for key in keys)

    def _stands(self, keys: list[str]) -> bool:
        """Whether the words stand so, one after another, in the notes (somebody's title)."""
        return f" {' '.join(keys)} " in self.known.sequences

    def _full(self, words: list[Word]) -> bool:
        return any(w.cap for w in words) or any(w.key in HEADS for w in words[-1:])

    def _amid(self, words: list[Word], keys: list[str]) -> Iterator[str]:
        """Words that stand before a word of the role and change it: "Frontend Engineer"."""
        caps = {part for w in words if w.cap for part in self._parts(w)}
        last = max(n for n, key in enumerate(keys) if stem(key) in self._role)
        first = min(n for n, key in enumerate(keys) if stem(key) in self._role)
        for n, key in enumerate(keys):
            if self._fits(key) or n > last:
                continue
            if (
                key in caps and stem(keys[last]) in {stem(h) for h in self._heads}
            ) or first < n < last:
                yield key

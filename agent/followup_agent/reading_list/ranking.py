"""Which entries fit what was talked about: Okapi BM25, topic by topic.

S. Robertson and H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
Foundations and Trends in Information Retrieval 3(4), 2009, eq. 3.15, with the usual k1 = 1.2
and b = 0.75. An entry is a document (title, note, tags, the words of its address), each
topic and need of the notes a query, and the best of them is the entry's score. The inverse
document frequency is Lucene's, which is never negative. A word also counts by what meeting it
proves at all (`guide.topics.rarity`): a short list cannot tell that "team" is common.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from followup_agent.guide.topics import rarity, stems_of
from followup_agent.notes.model import InterviewNotes, Item
from followup_agent.reading_list.formats import Entry

K1: Final = 1.2
B: Final = 0.75
#: Below this score nothing fits. Found on the 60 interviews of `evals/interviews/dev`, each with
#: the 34 resources of them all: of those that belong to another interview the best had 3.7; of
#: its own 24 reach it, 15 when their notes on why they fit are left out.
FITS: Final = 4.0
#: One shared word proves little, however rare it is: a camp may be for refugees or miners.
FEWEST_WORDS: Final = 2
#: Frequencies are taken as if the list had so many entries: three say little about how rare
#: a word is, and the score of one match must mean the same in a list of ten thousand.
_LIST: Final = 50
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Match:
    """How well an entry fits.

    Attributes:
        score: Of its best topic.
        topic: That topic; None when nothing matches.
        words: The entry's words that match it, best first, as the entry writes them.
        count: How many words match, parts of a compound counted one by one.
    """

    entry: Entry
    score: float
    topic: Item | None = None
    words: tuple[str, ...] = ()
    count: int = 0

    @property
    def fits(self) -> bool:
        """Whether it is worth sharing."""
        return self.score >= FITS and self.count >= FEWEST_WORDS


def rank(entries: Sequence[Entry], notes: InterviewNotes) -> list[Match]:
    """Every entry with its score, best first; equal ones in the order of the list."""
    index = _Index([_terms(entry) for entry in entries])
    queries = [(item, frozenset(stems_of(item.text))) for item in (*notes.topics, *notes.needs)]
    found = [index.best(number, entry, queries) for number, entry in enumerate(entries)]
    return sorted(found, key=lambda match: -match.score)


class _Index:
    """Word counts of the entries."""

    def __init__(self, documents: Sequence[Counter[str]]) -> None:
        self._documents = documents
        self._in = Counter(stem for document in documents for stem in document)
        self._scale = min(_LIST / len(documents), 1.0) if documents else 1.0
        lengths = [document.total() for document in documents]
        self._mean = sum(lengths) / max(len(lengths), 1) or 1.0

    def best(
        self, number: int, entry: Entry, queries: Sequence[tuple[Item, frozenset[str]]]
    ) -> Match:
        """The topic that an entry fits best."""
        best = Match(entry, 0.0)
        for item, stems in queries:
            parts = dict(self._parts(number, stems))
            score = sum(parts.values())
            if score > best.score:
                order = sorted(
                    parts, key=lambda stem: -parts[stem]
                )  # in the entry's order where equal
                best = Match(entry, score, item, tuple(_as_written(order, entry)), len(parts))
        return best

    def _parts(self, number: int, stems: frozenset[str]) -> Iterator[tuple[str, float]]:
        document = self._documents[number]
        length = 1 - B + B * document.total() / self._mean
        for stem in document:
            if stem not in stems or stem.isdecimal():  # that both speak of 60 says nothing
                continue
            weight = rarity(stem) * self._idf(stem)
            if weight > 0:
                times = document[stem]
                yield stem, weight * times * (K1 + 1) / (times + K1 * length)

    def _idf(self, stem: str) -> float:
        having = self._in[stem] * self._scale
        return math.log(1 + (_LIST - having + 0.5) / (having + 0.5))


def _terms(entry: Entry) -> Counter[str]:
    told = Counter(stems_of(f"{entry.title} . {entry.note or ''} . {entry.tags}"))
    # An address mostly repeats the title, which makes the match no better.
    return told | Counter(dict.fromkeys(stems_of(_address(entry.url)), 1))


def _address(url: str) -> str:
    """The words of a link's path: of many bookmarks the only ones that say anything."""
    path = unquote(urlsplit(url).path)
    return " ".join(re.split(r"[/_.+-]+", path))


def _as_written(stems: Sequence[str], entry: Entry) -> Iterator[str]:
    """The entry's own word for each stem, once."""
    told: set[str] = set()
    text = f"{entry.title} {entry.note or ''} {entry.tags} {_address(entry.url)}"
    words = _WORD.findall(text)
    for stem in stems:
        word = next((w for w in words if stem in set(stems_of(w))), None)
        if word is not None and word.casefold() not in told:
            told.add(word.casefold())
            yield word

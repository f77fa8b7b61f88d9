"""Make guide/data/parts_of_speech.gz from WordNet's ``index.sense``.

Usage: ``python training/words/parts_of_speech.py INDEX_SENSE``. See README.md beside this file.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from followup_agent.guide.grounding.lexicon import is_english

DATA = Path(__file__).parents[2] / "agent/followup_agent/guide/data/parts_of_speech.gz"
_NOUN, _VERB, _ADJECTIVE = "1", "2", "3"
_SATELLITE = "5"  # an adjective, too
_GROUP, _PERSON = 14, 18  # WordNet's lexicographer files of nouns
# … and of verbs: body, cognition, communication, consumption, emotion, perception, stative, weather
_INWARD = (29, 31, 32, 34, 37, 39, 42, 43)
_ALMOST_ALWAYS, _MOSTLY, _RARELY = 0.97, 0.6, 0.05


class _Word:
    """How often a word was tagged as what, and what its noun senses are of."""

    def __init__(self) -> None:
        self.tagged: Counter[str] = Counter()
        self.files: Counter[int] = Counter()
        self.first = -1

    def add(self, pos: str, file: int, number: int, count: int) -> None:
        # A sense that no text was tagged with still counts a little.
        weight = count + 0.1
        self.tagged[_ADJECTIVE if pos == _SATELLITE else pos] += weight
        self.files[file] += weight  # nouns and verbs have files of their own
        if pos == _NOUN and number == 1:
            self.first = file

    def share(self, pos: str) -> float:
        return self.tagged[pos] / self.tagged.total()

    def kinds(self) -> Iterator[str]:
        if self.share(_VERB) >= _ALMOST_ALWAYS:
            yield "verb"
        inward = sum(self.files[file] for file in _INWARD)
        if _VERB in self.tagged and inward >= _MOSTLY * self.tagged[_VERB]:
            yield "inward"
        grouped = self.files[_GROUP] / (self.tagged[_NOUN] or 1)
        if self.share(_NOUN) > 0.3 and self.share(_ADJECTIVE) < _RARELY and grouped < _RARELY:
            yield "noun"
        if self.first == _PERSON:
            yield "person"


def _words(path: Path) -> dict[str, _Word]:
    found: defaultdict[str, _Word] = defaultdict(_Word)
    for line in path.read_text("utf-8").splitlines():
        key, _, number, count = line.split()
        word, _, sense = key.partition("%")
        pos, file, *_ = sense.split(":")
        found[word].add(pos, int(file), int(number), int(count))
    return found


def main(source: str) -> None:
    """Write one line a kind: its name, then its words in order."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for word, seen in sorted(_words(Path(source)).items()):
        if word.isalpha() and len(word) > 2 and is_english(word):
            for kind in seen.kinds():
                if (
                    kind in {"inward", "person"} or seen.tagged.total() > 1
                ):  # rare verbs and nouns help nobody
                    kinds[kind].append(word)
    text = "".join(f"{kind} {' '.join(words)}\n" for kind, words in sorted(kinds.items()))
    DATA.write_bytes(gzip.compress(text.encode(), mtime=0))
    print({kind: len(words) for kind, words in kinds.items()}, DATA.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1])

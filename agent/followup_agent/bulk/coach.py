"""What a coach wants to know of a batch: ``coach.csv``, a row a message, and the summary.

The drafts are read twice, one at a time. What sentences they share is counted in a sketch
of fixed size, so that 20,000 drafts need no more memory than 200, and time grows with
their number alone.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from followup_agent.bulk.journal import Journal
from followup_agent.bulk.outcome import Status
from followup_agent.outbox.files import replace_file
from followup_agent.phrases import phrases
from followup_agent.prices import Prices

COACH: Final = "coach.csv"
#: A message of which so much also stands in other candidates' is called a near-copy.
NEAR: Final = 0.5

_CELLS = 1 << 24  # of each row of the sketch, a byte each
_MOST = 255
_SHOWN = 10  # phrases in the summary
_KEPT = 2_000  # phrases that are counted on the way to those
_FAULTS = 1_000  # of the input, that the summary tells
_TRACES = 4  # of a near-copy, to find the other one by

_COLUMNS = (
    "source to kind status valid missing shared like requests prompt_tokens completion_tokens "
    "cost error"
).split()

Phrase = tuple[str, ...]


class Sketch:
    """In how many candidates' messages a phrase stands: a count-min sketch.

    Cormode and Muthukrishnan, "An improved data stream summary", 2005. It never counts too
    little; with 2 million phrases it counts one in 70 as one too many.
    """

    def __init__(self) -> None:
        self._rows = (bytearray(_CELLS), bytearray(_CELLS))

    def add(self, phrase: Phrase) -> None:
        """Count a phrase; once for each candidate."""
        for row, cell in zip(self._rows, _cells(phrase), strict=True):
            row[cell] = min(_MOST, row[cell] + 1)

    def count(self, phrase: Phrase) -> int:
        """How many candidates have it, up to 255."""
        return min(row[cell] for row, cell in zip(self._rows, _cells(phrase), strict=True))


def _cells(phrase: Phrase) -> tuple[int, int]:
    # A hash that is the same in every run, unlike Python's own.
    digest = blake2b(" ".join(phrase).encode("utf-8", "replace"), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    return number % _CELLS, (number >> 32) % _CELLS


@dataclass
class Tally:
    """Sums over a batch's messages."""

    status: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    near_copies: int = 0
    faults: list[str] = field(default_factory=list)
    _phrases: Counter[Phrase] = field(default_factory=Counter)

    def add_phrase(self, phrase: Phrase, count: int) -> None:
        """Remember one of the phrases that most candidates have."""
        self._phrases[phrase] = count
        if len(self._phrases) > _KEPT:
            self._phrases = Counter(dict(self._phrases.most_common(_KEPT // 2)))

    def repeated(self) -> list[dict[str, Any]]:
        """The phrases that most candidates have, one of each sentence."""
        shown: list[dict[str, Any]] = []
        seen: set[Phrase] = set()
        for phrase, count in self._phrases.most_common():
            pairs = set(pairwise(phrase))
            if pairs.isdisjoint(seen):
                shown.append({"phrase": " ".join(phrase), "candidates": count})
            seen |= pairs
            if len(shown) == _SHOWN:
                break
        return shown


def look_through(folder: Path, journal: Journal, prices: Prices | None = None) -> Tally:
    """Write ``coach.csv`` and return what the summary tells.

    Args:
        folder: The batch's.
        journal: Its journal.
        prices: Per model ``prompt`` and ``completion``, for a million tokens.

    Raises:
        OutputError: The file cannot be written.
    """
    sketch = Sketch()
    for candidate in _candidates(journal):
        for phrase in {p for _, record in candidate for p in phrases(record.get("parts", {}))}:
            sketch.add(phrase)
    tally = Tally()
    replace_file(folder / COACH, _table(journal, sketch, tally, prices or {}))
    return tally


def _table(journal: Journal, sketch: Sketch, tally: Tally, prices: Prices) -> Iterator[str]:
    yield _row(dict(zip(_COLUMNS, _COLUMNS, strict=True)))
    traces: dict[int, str] = {}
    for candidate in _candidates(journal):
        for source, record in candidate:
            yield _row(_cells_of(source, record, sketch, tally, traces) | _cost(record, prices))


def _cells_of(
    source: str, record: Mapping[str, Any], sketch: Sketch, tally: Tally, traces: dict[int, str]
) -> dict[str, Any]:
    status, usage = record["status"], record.get("usage", {})
    required = [v["rule"] for v in record.get("violations", ()) if v["severity"] == "required"]
    missing = list(dict.fromkeys(required))
    tally.status[status] += 1
    tally.missing.update(missing)
    error = (record.get("error") or {}).get("message", "")
    if status == Status.BAD_INPUT and len(tally.faults) < _FAULTS:
        tally.faults += error.splitlines()
    own = list(dict.fromkeys(phrases(record.get("parts", {}))))
    shared = []
    for phrase in own:
        count = sketch.count(phrase)
        if count > 1:
            shared.append(phrase)
            tally.add_phrase(phrase, count)
    share = len(shared) / len(own) if own else 0.0
    like = ""
    if share >= NEAR and status == Status.VALID:
        tally.near_copies += 1
        like = _like(source, shared, traces)
    return {
        "source": source,
        "to": (record.get("to") or {}).get("name", ""),
        "kind": record.get("kind") or "",
        "status": status,
        "valid": "yes" if record["valid"] else "no",
        "missing": " ".join(missing),
        "shared": f"{share:.2f}" if own else "",
        "like": like,
        "requests": usage.get("requests", 0),
        "prompt_tokens": usage.get("prompt_tokens", 0),
        "completion_tokens": usage.get("completion_tokens", 0),
        "error": error,
    }


def _like(source: str, shared: list[Phrase], traces: dict[int, str]) -> str:
    """The earlier candidate with whom most is shared, by a few phrases of each (MinHash)."""
    marks = sorted(_cells(phrase)[0] for phrase in shared)[:_TRACES]
    found = Counter(traces[mark] for mark in marks if traces.get(mark, source) != source)
    for mark in marks:
        traces.setdefault(mark, source)
    return found.most_common(1)[0][0] if found else ""


def _cost(record: Mapping[str, Any], prices: Prices) -> dict[str, Any]:
    table = prices.get(record.get("model", ""))
    if table is None:
        return {}
    usage = record["usage"]
    cost = sum(table[side] * usage[f"{side}_tokens"] for side in ("prompt", "completion")) / 1e6
    return {"cost": f"{cost:.6f}"}


def _candidates(journal: Journal) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """The messages of one notes document after the other, each with its source."""
    last, messages = "", list[tuple[str, dict[str, Any]]]()
    for place, key, text in journal.records():
        if key != last and messages:
            yield messages
            messages = []
        last = key
        messages.append((place.source, json.loads(text)))
    if messages:
        yield messages


def _row(cells: Mapping[str, Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(_plain(cells.get(c, "")) for c in _COLUMNS)
    return line.getvalue()


def _plain(cell: Any) -> Any:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell

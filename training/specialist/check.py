"""What is wrong with the hand-written messages, line by line.

    python -m training.specialist.check [FILE-PREFIX …]

Judges every message of training/data/ by the guide, with the parts that code gives,
and the set as a whole: variety, near-duplicates, notes that the evals use.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from followup_agent.guide.judge import judge
from followup_agent.guide.message import Composition, Part
from followup_agent.guide.registry import Violation
from followup_agent.notes import InterviewNotes, load_notes
from followup_agent.prompts import PromptLibrary
from training.specialist.corpus import CorpusError, Example, lines, read_line
from training.specialist.jottings import Jotting, load_jottings

EVALS = Path(__file__).parents[2] / "evals"
#: Advice that good letters break now and then and that no example may break.
STRICT = frozenset({"stock_phrase", "buzzword", "unasked", "repetition", "exclamation"})
#: Share of the shorter text's five-word sequences that another text may hold.
MOST_SHARED = 0.5
#: Share of a part's texts that may begin with the same three words; two always may.
MOST_OPENING = 0.01
FEW = 2

_GRAM = 5
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")

Fault = tuple[str, str]


def faults(examples: Sequence[Example]) -> Iterator[Fault]:
    """Every fault as the id of its message and what is wrong, message by message, then the set's."""
    library = PromptLibrary()
    for example in examples:
        yield from ((example.id, fault) for fault in message_faults(example, library))
    yield from same_ids(examples)
    yield from shared_notes(examples)
    yield from near_copies(examples)
    yield from worn_openings(examples)


def message_faults(example: Example, library: PromptLibrary) -> Iterator[str]:
    """Parts missing or too many, and the rules that the message breaks."""
    plan = example.plan(library)
    wanted = set(plan.wanted())
    for part in sorted(wanted ^ set(example.parts)):
        yield f"{part}: {'is missing' if part in wanted else 'is not asked for'}"
    composed = Composition(example.kind, {**plan.given(), **example.parts})
    for violation in judge(plan.brief.case(composed)).violations:
        if violation.severity == "required" or violation.rule in STRICT:
            yield _said(violation, composed)
    unread = replace(plan.brief, proofread=False)  # the whole message was
    for part, words in example.parts.items():
        alone = Composition(example.kind, {**plan.given(), part: words})
        for violation in judge(unread.case(alone)).required:
            # It must do its own work: another part of the message may be written otherwise.
            if violation.part == part and violation.span is None:
                yield f"{part} by itself: {violation.message}"


def _said(violation: Violation, composed: Composition) -> str:
    words = composed.text[slice(*violation.span)] if violation.span else ""
    part = next(
        (p for p, (start, end) in composed.spans.items()
         if violation.span and start <= violation.span[0] < end),
        violation.part,
    )  # fmt: skip
    return f"{part}: {violation.rule}: {violation.message}" + (f" [{words}]" if words else "")


def same_ids(examples: Iterable[Example]) -> Iterator[Fault]:
    """Ids and notes that stand twice."""
    seen: Counter[str] = Counter()
    for example in examples:
        for key in (example.id, example.fingerprint):
            seen[key] += 1
            if seen[key] == 2:
                yield example.id, "its id or its notes stand twice"


def near_copies(examples: Iterable[Example]) -> Iterator[Fault]:
    """Texts of a part, or jottings, that share most five-word sequences with an earlier one."""
    earlier: defaultdict[str, Overlaps] = defaultdict(Overlaps)
    for example in examples:
        jottings = " . ".join(_jottings(example.brief().notes))
        for sort, text in [*example.parts.items(), ("notes", jottings)]:
            if other := earlier[sort].add(example.id, text):
                yield example.id, f"{sort}: shares most five-word sequences with {other}"


class Overlaps:
    """Finds, for each text, an earlier one that is its near-copy."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._where: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)

    def add(self, name: str, text: str) -> str | None:
        """Take in a text; the name of the earlier text that it nearly copies, if any."""
        grams = grams_of(text)
        shared = Counter(other for gram in grams for other in self._where[gram])
        for gram in grams:
            self._where[gram].append(name)
        self._sizes[name] = len(grams)
        for other, count in shared.most_common(1):
            if count > MOST_SHARED * min(len(grams), self._sizes[other]):
                return other
        return None


def grams_of(text: str) -> set[tuple[str, ...]]:
    """Five-word sequences, caseless; a shorter text is one sequence."""
    words = _words(text)
    return set(zip(*(words[n:] for n in range(_GRAM)), strict=False)) or {tuple(words)}


def worn_openings(examples: Iterable[Example]) -> Iterator[Fault]:
    """Texts that begin with the same three words as too many of their part."""
    openings: defaultdict[Part, defaultdict[str, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for example in examples:
        for part, text in example.parts.items():
            openings[part][" ".join(_words(text)[:3])].append(example.id)
    for part, found in openings.items():
        most = max(FEW, int(MOST_OPENING * sum(map(len, found.values()))))
        for opening, ids in found.items():
            for late in ids[most:]:
                others = ", ".join(i for i in ids if i != late)
                yield late, f"{part}: “{opening} …” opens {others} too; {most} may"


def shared_notes(examples: Iterable[Example]) -> Iterator[Fault]:
    """Names and jottings that stand in the notes of the evals too."""
    names, jottings = eval_notes()
    for example in examples:
        notes = example.brief().notes
        for name in _names(notes) & names:
            yield example.id, f"notes: “{name}” stands in evals/"
        for text in _jottings(notes):
            if grams_of(text) & jottings:
                yield example.id, f"notes: shares five words in a row with evals/: “{text}”"


def jotting_faults(jottings: Iterable[Jotting]) -> Iterator[Fault]:
    """Jottings that stand twice or in the notes of the evals, and clauses with an end."""
    _, theirs = eval_notes()
    seen: Counter[str] = Counter()
    for jotting in jottings:
        seen[jotting.jotting] += 1
        if seen[jotting.jotting] == 2:
            yield jotting.jotting, "stands twice"
        if grams_of(jotting.jotting) & theirs:
            yield jotting.jotting, "shares five words in a row with evals/"
        if jotting.text.endswith((".", "?", "!", ",", ";")):
            yield jotting.jotting, f"its clause ends as a sentence: “{jotting.text}”"


@cache
def eval_notes() -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    """Companies and candidates of the evals' notes, and the sequences of their jottings."""
    found = [load_notes(file) for file in sorted(EVALS.glob("interviews/*/*.md"))
             if file.with_suffix(".yaml").exists()]  # fmt: skip
    found += [load_notes(file) for file in sorted(EVALS.glob("messages/*/notes/*.md"))]
    return (
        frozenset(name for notes in found for name in _names(notes)),
        frozenset(gram for notes in found for text in _jottings(notes) for gram in grams_of(text)),
    )


def _names(notes: InterviewNotes) -> set[str]:
    return {notes.company.casefold(), notes.candidate.name.casefold()}


def _jottings(notes: InterviewNotes) -> Iterator[str]:
    sections = (notes.topics, notes.needs, notes.fit, notes.personal, notes.promised)
    yield from (item.text for section in sections for item in section)


def _words(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def counts(examples: Iterable[Example]) -> Mapping[str, Counter[str]]:
    """How many messages of each kind and texts of each part there are."""
    listed = list(examples)
    return {
        "kind": Counter(example.kind.value for example in listed),
        "part": Counter(part.value for example in listed for part in example.parts),
    }


def main(prefixes: Sequence[str]) -> int:
    """Print the faults of the files that begin so (all by default); 1 if there are any."""
    examples: list[Example] = []
    places: dict[str, str] = {}
    found: list[str] = []
    for place, line in lines():
        try:
            example = read_line(place, line)
        except CorpusError as exc:
            found.append(str(exc))
            continue
        examples.append(example)
        places[example.id] = place
    found += [f"{places[name]}: {name}: {fault}" for name, fault in faults(examples)]
    found += [f"{name}: {fault}" for name, fault in jotting_faults(load_jottings())]
    mine = [fault for fault in found if fault.startswith(tuple(prefixes) or "")]
    print(*mine, sep="\n", end="\n" * bool(mine))
    for name, counted in counts(examples).items():
        print(json.dumps({name: dict(counted.most_common()), "sum": counted.total()}))
    return int(bool(mine))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

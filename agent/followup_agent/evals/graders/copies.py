"""Near-copies: within a panel, and between candidates who were never told of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from followup_agent.evals.graders.base import Context, Grade, Grader
from followup_agent.phrases import phrases
from followup_agent.records import Draft


def own_words(context: Context) -> Grade:
    """The draft is no near-copy of another message of its panel."""
    if context.draft is None or not context.siblings:
        return Grade()
    copy = context.faults.get("near_copy")
    return Grade(copy is None, reason=copy.message if copy else "")


GRADERS = (Grader("own_words", own_words),)


def grams(draft: Draft) -> frozenset[int]:
    """Hashes of the five-word sequences of a draft's parts, the frame aside."""
    return frozenset(map(hash, phrases(draft.parts)))


class Candidates:
    """Finds, for each draft, the draft to another candidate that shares most with it.

    A letter that would do for anyone shows so: its sentences stand in others' letters.
    """

    def __init__(self) -> None:
        self._grams: list[frozenset[int]] = []
        self._cases: list[str] = []
        self._where: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, case: str, found: Iterable[int]) -> None:
        """Take in one draft."""
        number = len(self._cases)
        self._cases.append(case)
        self._grams.append(frozenset(found))
        for gram in self._grams[-1]:
            self._where[gram].append(number)

    def shares(self) -> Iterator[float]:
        """For each draft, the greatest share of its sequences that one other's holds."""
        for number, mine in enumerate(self._grams):
            counts: defaultdict[int, int] = defaultdict(int)
            for gram in mine:
                for other in self._where[gram]:
                    if self._cases[other] != self._cases[number]:
                        counts[other] += 1
            yield max(counts.values(), default=0) / len(mine) if mine else 0.0

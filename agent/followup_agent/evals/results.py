"""What became of one item, as a line of ``results.jsonl``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from followup_agent.evals.graders.base import Grade
from followup_agent.evals.journal import Journal, compact
from followup_agent.evals.matrix import Item
from followup_agent.evals.recording import Spent
from followup_agent.records import Draft

#: Outcomes: a valid draft; a rejected one; the model's side failed; the draft's own budget;
#: the case cannot be drafted so; a bug of ours.
VALID, REJECTED, MODEL, BUDGET, CALLER, CRASH = (
    "valid",
    "rejected",
    "model",
    "budget",
    "caller",
    "crash",
)


@dataclass(frozen=True)
class Result:
    """One item's draft and grades. ``error`` names what failed, if anything did."""

    item: Item
    outcome: str
    error: str = ""
    draft: Draft | None = None
    grades: Mapping[str, Grade] = field(default_factory=dict)
    spent: Spent = field(default_factory=Spent)

    def to_line(self) -> str:
        """The line. Pydantic writes the draft, five times as fast as `json` would."""
        data = {
            **self.item._asdict(),
            "outcome": self.outcome,
            "error": self.error,
            "grades": {name: grade.to_json() for name, grade in self.grades.items()},
            "spent": asdict(self.spent),
        }
        draft = self.draft.model_dump_json() if self.draft else "null"
        return f'{compact(data)[:-1]},"draft":{draft}}}'

    @classmethod
    def of_json(cls, line: Mapping[str, Any]) -> Result:
        """The result that a line holds."""
        draft = line["draft"]
        return cls(
            item=item_of(line),
            outcome=line["outcome"],
            error=line["error"],
            draft=Draft.model_validate(draft) if draft else None,
            grades={name: Grade.of_json(data) for name, data in line["grades"].items()},
            spent=Spent(**line["spent"]),
        )


def item_of(line: Mapping[str, Any]) -> Item:
    """The item that a line is about."""
    return Item(*(line[name] for name in Item._fields))


class ResultFile:
    """The results of a run. Only where each item's line begins is held in memory."""

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path)
        self._places = {item_of(line): place for place, line in self._journal.lines()}

    def __contains__(self, item: Item) -> bool:
        return item in self._places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Result]:
        return map(self.get, list(self._places))

    @property
    def items(self) -> tuple[Item, ...]:
        """What is there, in the order it came."""
        return tuple(self._places)

    def get(self, item: Item) -> Result:
        """One item's result."""
        return Result.of_json(self._journal.at(self._places[item]))

    def add(self, result: Result) -> None:
        """Append a result; a kill cannot take it back."""
        self._places[result.item] = self._journal.add_line(result.to_line())

    def close(self) -> None:
        """Close the file."""
        self._journal.close()

"""``summary.json``: the figures of a run, and what a later run is compared with."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from followup_agent.errors import OutputError
from followup_agent.evals.figures import grouped
from followup_agent.evals.graders.repeats import spread
from followup_agent.evals.manifest import Manifest
from followup_agent.evals.matrix import Item
from followup_agent.evals.metrics import COMPARED
from followup_agent.evals.results import Result, ResultFile
from followup_agent.evals.statistics import mean
from followup_agent.outbox.files import replace_file
from followup_agent.prices import Prices

FILE = "summary.json"
_MARK = {True: "1", False: "0", None: "-"}
_VALUE = {mark: value for value, mark in _MARK.items()}


def summary(
    manifest: Manifest,
    planned: Iterable[Item],
    results: ResultFile,
    prices: Prices | None = None,
    agreement: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """All figures of a run.

    Args:
        manifest: The run.
        planned: Every item of its plan.
        results: What came of them so far.
        prices: Per model ``prompt`` and ``completion``, for a million tokens.
        agreement: The judge's with human labels; None where it is not calibrated.
    """
    items = tuple(planned)
    rows: list[list[Any]] = []
    groups = grouped(items, _noting(results, rows))
    spreads = repeat_spreads(results)
    figures = [group.figures(prices) for group in groups]
    for entry in figures:
        key = entry["model"], entry["prompt"], entry["kind"]
        entry["repeat_spread"] = mean(spreads.get(key, []))
    return {
        "run": manifest.model_dump(mode="json"),
        "planned": len(items),
        "scored": len(results),
        "judge_agreement": dict(agreement) if agreement else None,
        "groups": figures,
        "compared": list(COMPARED),
        "items": rows,
    }


def _noting(results: Iterable[Result], rows: list[list[Any]]) -> Iterator[Result]:
    for result in results:
        rows.append([*result.item, marks(result)])
        yield result


def marks(result: Result) -> str:
    """One character for each compared grade: 1, 0, or - where nothing can be said."""
    absent = (name not in result.grades for name in COMPARED)
    return "".join(
        "-" if gone else _MARK[result.grades[name].passed]
        for name, gone in zip(COMPARED, absent, strict=True)
    )


def repeat_spreads(results: ResultFile) -> dict[tuple[str, str, str], list[float]]:
    """Word edit distance between the repeats of each item, one message's texts in memory."""
    together: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in results.items:
        together[item[:-1]].append(item)
    found: defaultdict[tuple[str, str, str], list[float]] = defaultdict(list)
    for same in together.values():
        if len(same) < 2:
            continue
        drafts = (results.get(item).draft for item in same)
        distance = spread([draft.text for draft in drafts if draft is not None])
        if not math.isnan(distance):
            found[same[0].model, same[0].prompt, "all"].append(distance)
            found[same[0].model, same[0].prompt, same[0].kind].append(distance)
    return found


def save(data: Mapping[str, Any], folder: Path) -> Path:
    """Write the file; NaN becomes null, which every reader of JSON takes."""
    text = json.dumps(_finite(data), ensure_ascii=False, indent=1)
    return replace_file(folder / FILE, [text, "\n"])


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    if isinstance(value, Mapping):
        return {str(k): _finite(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return value


@dataclass(frozen=True)
class Scores:
    """A run as a later one is compared with it."""

    manifest: Manifest
    planned: int
    metrics: tuple[str, ...]
    rows: dict[Item, dict[str, bool | None]]


def load_scores(path: Path) -> Scores:
    """The scores of a ``summary.json``, wherever it lies.

    Raises:
        OutputError: The file is no summary of a run.
    """
    file = path / FILE if path.is_dir() else path
    try:
        data = json.loads(file.read_bytes())
        metrics = tuple(data["compared"])
        rows = {
            Item(*row[:-1]): {
                name: _VALUE[mark] for name, mark in zip(metrics, row[-1], strict=True)
            }
            for row in data["items"]
        }
        return Scores(Manifest.model_validate(data["run"]), data["planned"], metrics, rows)
    except OSError as exc:
        raise OutputError(f"{file}: {exc.strerror or exc}") from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise OutputError(f"{file} is no summary of an eval run") from exc

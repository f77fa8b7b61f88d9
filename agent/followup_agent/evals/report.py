"""The report: one HTML file that needs nothing else, everything in it escaped."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from followup_agent.errors import FollowupError
from followup_agent.evals import plots
from followup_agent.evals.metrics import COMPARED
from followup_agent.evals.results import Result, ResultFile
from followup_agent.evals.samples import Sample
from followup_agent.guide.registry import Violation
from followup_agent.outbox.files import replace_file
from followup_agent.records import Draft

FILE = "report.html"


@dataclass(frozen=True)
class Piece:
    """A stretch of a draft's text, and what is wrong with it."""

    text: str
    severity: str = ""
    why: str = ""


@dataclass(frozen=True)
class View:
    """One item as the report shows it."""

    number: int
    result: Result
    sample: Sample | None
    notes: Sequence[tuple[str, Sequence[tuple[str, int | None]]]]
    pieces: Sequence[Piece]
    failed: Mapping[str, str]

    @property
    def filters(self) -> dict[str, str]:
        """What the page filters by."""
        item = self.result.item
        return {
            "outcome": self.result.outcome,
            "model": item.model,
            "prompt": item.prompt,
            "kind": item.kind,
            "adversarial": self.sample.adversarial if self.sample else "none",
        }


def write_report(
    folder: Path, data: Mapping[str, Any], results: ResultFile, samples: Sequence[Sample]
) -> Path:
    """Write ``report.html``; one case at a time is in memory."""
    by_id = {sample.id: sample for sample in samples}
    every = [group for group in data["groups"] if group["kind"] == "all"]
    return replace_file(
        folder / FILE,
        _environment()
        .get_template("report.html.j2")
        .generate(
            data=data,
            compared=COMPARED,
            rates=[_bars(group) for group in every],
            plane=plots.plane(every),
            curves=[(group, plots.curves(group)) for group in every if group["pass_at_k"]],
            options=_options(data, results, by_id),
            views=_views(results, by_id),
        ),
    )


def _bars(group: Mapping[str, Any]) -> plots.Bars:
    chosen = {label: group["rates"][n] for n, label in COMPARED.items() if n in group["rates"]}
    parts = {
        name.removeprefix("part/").replace("_", " "): rate
        for name, rate in group["rates"].items()
        if name.startswith("part/")
    }
    return plots.bars(f"{group['model']} · {group['prompt']}", chosen | parts)


def _views(results: ResultFile, samples: Mapping[str, Sample]) -> Iterator[View]:
    order = sorted(results.items, key=lambda i: (i.case, i.kind, i.to, i.model, i.prompt, i.repeat))
    for number, item in enumerate(order, 1):
        result = results.get(item)
        sample = samples.get(item.case)
        yield View(
            number=number,
            result=result,
            sample=sample,
            notes=_notes(sample) if sample else (),
            pieces=tuple(marked(result.draft)) if result.draft else (),
            failed={n: g.reason for n, g in result.grades.items() if g.passed is False},
        )


@lru_cache(maxsize=4)
def _facts(path: Path) -> tuple[tuple[str, tuple[tuple[str, int | None], ...]], ...]:
    from followup_agent.notes.parse import load_notes

    sections: dict[str, list[tuple[str, int | None]]] = {}
    for fact in load_notes(path).facts:
        sections.setdefault(fact.field.partition(".")[0], []).append((fact.text, fact.line))
    return tuple((name, tuple(lines)) for name, lines in sections.items())


def _notes(sample: Sample) -> Sequence[tuple[str, Sequence[tuple[str, int | None]]]]:
    """The notes by section. What is private was dropped by the parser."""
    try:
        return _facts(sample.path)
    except FollowupError as exc:
        return (("unreadable", ((str(exc), None),)),)


def marked(draft: Draft) -> Iterator[Piece]:
    """The draft's text, cut where violations begin and end."""
    spans = [v for v in draft.violations if v.span is not None]
    edges = sorted({0, len(draft.text), *(edge for v in spans for edge in v.span or ())})
    for start, end in pairwise(edges):
        here = [v for v in spans if v.span and v.span[0] <= start < v.span[1]]
        yield Piece(draft.text[start:end], _severity(here), "; ".join(v.message for v in here))


def _severity(found: Sequence[Violation]) -> str:
    if any(v.severity == "required" for v in found):
        return "required"
    return "advice" if found else ""


def _options(
    data: Mapping[str, Any], results: ResultFile, samples: Mapping[str, Sample]
) -> dict[str, list[str]]:
    items = results.items
    return {
        "outcome": sorted({name for group in data["groups"] for name in group["outcomes"]}),
        "kind": sorted({item.kind for item in items}),
        "model": sorted({item.model for item in items}),
        "prompt": sorted({item.prompt for item in items}),
        "adversarial": sorted({s.adversarial for s in samples.values()}),
    }


def percent(value: float | None) -> str:
    """A share as a person reads it; a dash where nothing is known."""
    return "–" if value is None or math.isnan(value) else f"{100 * value:.1f} %"


def number(value: float | None, digits: int = 1) -> str:
    """A number with thousands; a dash where nothing is known."""
    return "–" if value is None or math.isnan(value) else f"{value:,.{digits}f}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("followup_agent.evals", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": percent, "number": number}
    return environment

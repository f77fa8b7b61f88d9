"""Figures, comparisons and verdicts as terminal tables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from followup_agent.evals.compare import Metric, Pair
from followup_agent.evals.gate import Gate, Verdict
from followup_agent.evals.metrics import COMPARED
from followup_agent.evals.report import number, percent
from followup_agent.evals.results import Result

_STYLE = {Verdict.PASS: "green", Verdict.REGRESSION: "bold red", Verdict.INCONCLUSIVE: "yellow"}


_LABELS, _CELL = 36, 20  # columns of the screen that a label and an interval take


def figures(data: Mapping[str, Any], width: int = 80) -> Group:
    """The figures of each model and prompt, one a column.

    Args:
        data: What ``summary.json`` holds.
        width: Columns of the screen; groups that have no room stand in a table below.
    """
    title = f"{data['scored']} of {data['planned']} planned items scored"
    doubt = "" if data["judge_agreement"] else " (uncalibrated)"
    abreast = max(1, (width - _LABELS) // _CELL)
    groups = data["groups"]
    chunks = [groups[n : n + abreast] for n in range(0, len(groups), abreast)]
    return Group(title, *(_figures(chunk, doubt) for chunk in chunks))


def _figures(groups: list[Mapping[str, Any]], doubt: str) -> Table:
    table = Table()
    table.add_column("", no_wrap=True)
    for group in groups:
        head = f"{group['model']}\n{group['prompt']}\n{group['kind']}"
        table.add_column(head, justify="right", no_wrap=True)
    for label, cells in _rows(groups, doubt):
        table.add_row(label, *cells)
    return table


def _rows(groups: list[Mapping[str, Any]], doubt: str) -> Iterator[tuple[str, list[str]]]:
    yield "scored / planned", [f"{g['scored']} / {g['planned']}" for g in groups]
    for name, label in COMPARED.items():
        yield label, [_rate(g["rates"].get(name)) for g in groups]
    yield "mean re-asks", [number(g["mean_reasks"], 2) for g in groups]
    if any(g["pass_hat_k"] for g in groups):
        yield "pass@k, the last k", [percent(_last(g["pass_at_k"])) for g in groups]
        yield "pass^k, the last k", [percent(_last(g["pass_hat_k"])) for g in groups]
        yield "change between repeats", [percent(g["repeat_spread"]) for g in groups]
    for name, digits in (("tokens", 0), ("seconds", 1)):
        label = f"{name} a valid draft, p50 / p95"
        yield label, [_spread(g[name], digits) for g in groups]
    if any(g["price"] for g in groups):
        yield (
            "price a valid draft",
            [number((g["price"] or {}).get("per_valid"), 5) for g in groups],
        )
    yield "shared between candidates", [percent(g["shared_between_candidates"]) for g in groups]
    for name in dict.fromkeys(name for g in groups for name in g["judged"]):
        yield name + doubt, [number(g["judged"].get(name), 2) for g in groups]


def _rate(rate: Mapping[str, Any] | None) -> str:
    if rate is None:
        return "–"
    if rate["rate"] == 1 and not math.isnan(rate["bound"]):
        return f"100 %\nfailures < {percent(rate['bound'])}\nn={rate['n']}"
    interval = f"[{percent(rate['low'])}, {percent(rate['high'])}]"
    return f"{percent(rate['rate'])}\n{interval}\nn={rate['n']}"


def _spread(costs: Mapping[str, float], digits: int) -> str:
    return f"{number(costs['p50'], digits)} / {number(costs['p95'], digits)}"


def _last(values: Mapping[str, float]) -> float | None:
    return list(values.values())[-1] if values else None


def comparison(metrics: Iterable[Metric], verdicts: Gate | None = None) -> Table:
    """How each metric moved from A to B; fits a screen of 80 columns."""
    title = "Paired differences, B − A; 95 % intervals clustered by notes file"
    table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("metric", no_wrap=True)
    for name in ("rate", "difference", "cases", "p"):
        table.add_column(name, justify="right", no_wrap=True)
    said = {metric.name: verdict for metric, verdict in (verdicts.metrics if verdicts else ())}
    for metric in metrics:
        low, high = metric.bounds
        label = Text(f"{COMPARED[metric.name]}\n{metric.pairs} pairs")
        if verdict := said.get(metric.name):
            label.append(f": {verdict.name.lower()}", style=_STYLE[verdict])
        table.add_row(
            label,
            f"A {percent(metric.a)}\nB {percent(metric.b)}",
            f"{percent(metric.difference.mean)}\n[{percent(low)}, {percent(high)}]",
            f"{len(metric.won)} won\n{len(metric.lost)} lost",
            f"exact {number(metric.exact, 4)}\nHolm {number(metric.adjusted, 4)}",
        )
    return table


def side_by_side(
    pair: Pair, moved: tuple[list[str], list[str]], a: Result | None, b: Result | None
) -> Panel:
    """One case that was won or lost, with both texts."""
    grid = Table.grid(expand=True, padding=(0, 2))
    grid.add_column("A", ratio=1)
    grid.add_column("B", ratio=1)
    grid.add_row(_text(a), _text(b))
    won, lost = moved
    title = Text(f" {pair[0].label} · repeat {pair[0].repeat + 1} ")
    if won:
        title.append(f"won: {', '.join(won)} ", style="green")
    if lost:
        title.append(f"lost: {', '.join(lost)} ", style="red")
    return Panel(grid, title=title, title_align="left")


def _text(result: Result | None) -> Text:
    if result is None:
        return Text("not scored", style="dim")
    text = Text(f"{result.outcome} {result.error}\n\n".lstrip(), style="dim")
    body = result.draft.text if result.draft else ""
    shown = Text("".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in body), style="")
    for violation in result.draft.violations if result.draft else ():
        if violation.span and violation.severity == "required":
            shown.stylize("underline red", *violation.span)
    text.append_text(shown)
    for name, grade in result.grades.items():
        if grade.passed is False and name in COMPARED and grade.reason:
            text.append(f"\n✗ {name}: {grade.reason}", style="red")
    return text


def verdict_line(gate: Gate) -> Text:
    """The gate's last word."""
    line = Text(gate.verdict.name.lower(), style=_STYLE[gate.verdict])
    for reason in gate.reasons:
        line.append(f"\n{reason}", style="yellow")
    return line

"""Geometry of the report's plots: numbers for a template to draw as SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, LEFT, RIGHT, ROW = 460, 190, 24, 26  # so narrow that a phone shows it readably


@dataclass(frozen=True)
class Bar:
    """One row: a rate as a dot, its interval as a line."""

    label: str
    y: float
    x: float
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Bars:
    """A plot of rates, one below the other; ``ticks`` are (x, label)."""

    title: str
    rows: tuple[Bar, ...]
    height: int
    ticks: tuple[tuple[float, str], ...]
    width: int = WIDTH


def bars(title: str, rates: Mapping[str, Mapping[str, Any]]) -> Bars:
    """Rates with their intervals, in the mapping's order."""
    rows = tuple(_bar(n, name, rate) for n, (name, rate) in enumerate(rates.items()))
    ticks = tuple((_across(p / 100), f"{p} %") for p in range(0, 101, 25))
    return Bars(title, rows, ROW * len(rows) + 34, ticks)


def _bar(number: int, name: str, rate: Mapping[str, Any]) -> Bar:
    low, high = (rate[k] if _known(rate[k]) else rate["rate"] for k in ("low", "high"))
    text = f"{100 * rate['rate']:.0f} % [{100 * low:.0f}, {100 * high:.0f}] n={rate['n']}"
    y = ROW * number + ROW / 2
    return Bar(name, y, _across(rate["rate"]), _across(low), _across(high), text)


def _across(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


@dataclass(frozen=True)
class Point:
    """One run variant in the plane of cost and quality."""

    label: str
    x: float
    y: float
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class Plane:
    """Cost against quality."""

    points: tuple[Point, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = 300


def plane(groups: Sequence[Mapping[str, Any]]) -> Plane | None:
    """Tokens for each valid draft against the share of valid drafts; None without any."""
    known = [(_cost(g), g["rates"]["valid"], g) for g in groups if "valid" in g["rates"]]
    known = [entry for entry in known if math.isfinite(entry[0])]
    if not known:
        return None
    most = max(cost for cost, _, _ in known) * 1.1 or 1.0
    points = tuple(
        Point(
            label=f"{g['model']} · {g['prompt']}",
            x=_x(cost / most),
            y=_y(rate["rate"]),
            low=_y(rate["low"]),
            high=_y(rate["high"]),
            text=f"{cost:,.0f} tokens a valid draft, {100 * rate['rate']:.0f} % valid",
        )
        for cost, rate, g in known
    )
    x_ticks = tuple((_x(n / 4), f"{most * n / 4:,.0f}") for n in range(5))
    return Plane(points, x_ticks, tuple((_y(n / 4), f"{25 * n} %") for n in range(5)))


def _cost(group: Mapping[str, Any]) -> float:
    valid = group["outcomes"].get("valid", 0)
    spent = sum(group["spent"].values())
    return spent / valid if valid else math.nan


def _x(share: float) -> float:
    return round(56 + share * (WIDTH - 90), 1)


def _y(share: float) -> float:
    return round(250 - share * 225, 1)


@dataclass(frozen=True)
class Curve:
    """One line over the number of repeats."""

    label: str
    path: str
    dots: tuple[tuple[float, float, str], ...]


def curves(group: Mapping[str, Any]) -> tuple[Curve, ...]:
    """pass@k and pass^k over k; none for a single repeat."""
    return tuple(
        _curve(label, group[key])
        for label, key in (
            ("pass@k: any of k repeats is valid", "pass_at_k"),
            ("pass^k: all of k repeats are valid", "pass_hat_k"),
        )
        if group[key]
    )


def _curve(label: str, values: Mapping[str, float]) -> Curve:
    last = max(1, len(values) - 1)
    dots = tuple(
        (_x(n / last), _y(value), f"k = {k}: {100 * value:.0f} %")
        for n, (k, value) in enumerate(values.items())
    )
    return Curve(label, " ".join(f"{x},{y}" for x, y, _ in dots), dots)


def _known(value: float | None) -> bool:
    return value is not None and not math.isnan(value)

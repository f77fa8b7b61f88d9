"""What the eval suite's tests share: the repository's cases, and runs with scripted writers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import DEV, SETTINGS

from followup_agent import ScriptedModel
from followup_agent.evals.suite import Session, Wanted, Way, begin

Begin = Callable[..., Session]


@pytest.fixture
def start(tmp_path: Path):
    """Begin a run with one scripted model over a few development cases."""
    opened: list[Session] = []

    def run(model: ScriptedModel | None, name: str = "run", **options: Any) -> Session:
        way = Way(
            budget=options.pop("budget", None),
            replay=options.pop("replay", False),
            replies=options.pop("replies", None),
            given={**({"writer": model} if model else {}), **options.pop("more", {})},
        )
        options = {"cases": str(DEV), "limit": 4, "kinds": ("thank-you",), **options}
        if model:
            options.setdefault("models", ("writer",))
        session = begin(tmp_path / name, Wanted(**options), way, SETTINGS)
        opened.append(session)
        return session

    yield run
    for session in opened:
        session.close()

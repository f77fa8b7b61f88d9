"""What the tests of bulk drafting are given."""

from __future__ import annotations

import pytest
from provider_runs import MANY

from followup_agent.chat import ladder
from servers import candidates


@pytest.fixture(autouse=True)
def fresh_ladder():
    """No test starts on the rung where another one ended."""
    ladder.forget()


@pytest.fixture
def folder(tmp_path):
    """A folder with the notes of some candidates."""
    place = tmp_path / "notes"
    place.mkdir()
    for number, text in enumerate(candidates.notes(MANY)):
        (place / f"{number:02}.md").write_text(text, encoding="utf-8")
    return place

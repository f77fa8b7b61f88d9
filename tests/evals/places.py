"""Where the repository's cases are, and settings that make drafting quick."""

from __future__ import annotations

from pathlib import Path

from followup_agent.settings import Settings

INTERVIEWS = Path(__file__).parents[2] / "evals/interviews"
DEV = INTERVIEWS / "dev"
SETTINGS = Settings(proofread=False)

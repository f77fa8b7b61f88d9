"""Which of two runs' texts a judge likes better, whichever it reads first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from followup_agent.chat.protocol import ChatModel, Request
from followup_agent.evals.graders.rubric import load_rubric, prefer
from followup_agent.evals.statistics import mcnemar_exact

SECONDS = 120.0  # for one answer of the judge


@dataclass(frozen=True)
class Preferences:
    """How often each was liked better. A judge that followed the order counts as a tie."""

    a: int = 0
    b: int = 0
    ties: int = 0
    unclear: int = 0

    @property
    def p(self) -> float:
        """Two-sided exact sign test of a against b."""
        return mcnemar_exact(self.a, self.b)

    def __str__(self) -> str:
        return (
            f"The judge (uncalibrated) prefers A {self.a} times, B {self.b} times, neither "
            f"{self.ties} times, gave no answer {self.unclear} times; p = {self.p:.4f}."
        )


def preferences(rubric: Path, judge: ChatModel, texts: Iterable[tuple[str, str]]) -> Preferences:
    """Ask about each pair in both orders. Texts that are the same are ties, unasked."""
    wanted = load_rubric(rubric)
    counts = {"a": 0, "b": 0, "tie": 0, "unclear": 0}

    def ask(request: Request) -> str:
        (reply,) = judge.complete_round([request], timeout=SECONDS)
        return reply.text

    for a, b in texts:
        try:
            counts["tie" if a == b else prefer(wanted, ask, a, b)] += 1
        except (ValueError, TypeError):
            counts["unclear"] += 1
    return Preferences(counts["a"], counts["b"], counts["tie"], counts["unclear"])

"""Ask once for all parts: for models that can write an e-mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from followup_agent.asking.answer import answer_schema, properties_text, read_answer
from followup_agent.asking.ask import Ask
from followup_agent.asking.notes_block import fence, notes_block, plain
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Profile, Reply, Request
from followup_agent.errors import CutOff, Refused
from followup_agent.guide.message import LAYOUTS, Part
from followup_agent.guide.registry import rules
from followup_agent.prompts import Prompt
from followup_agent.records import PromptRecord


@dataclass(frozen=True)
class WholePlan:
    """One request a round, for all missing parts together."""

    brief: Brief
    template: Prompt
    profile: Profile
    model: str
    seed: int = 0

    @property
    def prompt(self) -> PromptRecord:
        """The prompt that it asks with."""
        return self.template.record

    def given(self) -> Mapping[Part, str]:
        """Nothing: the model writes every part."""
        return {}

    def wanted(self) -> tuple[Part, ...]:
        """Every part of the kind; ``fit`` only where the notes hold a claim."""
        parts = LAYOUTS[self.brief.kind].parts
        return tuple(p for p in parts if p is not Part.FIT or self.brief.notes.fit)

    def ask(self, ask: Ask) -> tuple[Request, ...]:
        """One request for the missing parts."""
        notes = notes_block(self.brief)
        inputs: dict[str, object] = {
            "notes": notes,
            "fence": fence(notes, str(ask.number)),
            "parts": [part.value for part in ask.missing],
            "accepted": {p.value: plain(text) for p, text in ask.accepted.items()},
            "faults": [plain(line) for line in _fault_lines(ask)],
        }
        if "schema" in self.template.meta.inputs:
            inputs["schema"] = properties_text(ask.missing)
        turns = self.template.render(inputs)
        return (
            Request(
                turns=turns,
                parts=tuple(part.value for part in ask.missing),
                schema=answer_schema(ask.missing),
                max_tokens=self.profile.max_answer,
                temperature=self.profile.temperature,
                seed=self.seed + ask.number,
            ),
        )

    def read(self, ask: Ask, replies: Sequence[Reply]) -> Mapping[Part, str]:
        """The missing parts as the one reply holds them."""
        (reply,) = replies
        if reply.refusal is not None:
            raise Refused("the model declined to write this message")
        if reply.finish_reason in {"length", "content_filter"}:
            raise CutOff(
                f"the model's answer was cut off ({reply.finish_reason}); a model that thinks "
                "first may need more room: set FOLLOWUP_MAX_TOKENS"
            )
        return read_answer(reply.text, ask.missing)


def _fault_lines(ask: Ask) -> Iterator[str]:
    """For each part: what was wrong with it, the rule, and the words that were rejected."""
    wording = {rule.id: rule.ask for rule in rules()} if ask.faults else {}
    for part in ask.missing:
        for violation in ask.faults.get(part, ()):
            yield f"{part.value}: {violation.message}. {wording.get(violation.rule, '')}".rstrip()
        if part in ask.rejected:
            yield f"{part.value}: rejected text: {ask.rejected[part]}"

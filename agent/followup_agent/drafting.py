"""The whole policy of drafting, as one generator without I/O.

`drafting` yields rounds of independent requests and is sent their replies. It
ends with a valid `Draft`, or raises. Drivers (`driving.py`, and the bulk engines)
only carry requests to a model and replies back.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pydantic import ValidationError

from followup_agent.asking.ask import Ask, Faults, Plan, Round, blame
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Reply, Usage
from followup_agent.errors import DraftRejected
from followup_agent.guide.judge import Report
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.validated import Message
from followup_agent.records import Attempt, Draft, Recipient, TokenUsage

Drafting = Generator[Round, Sequence[Reply], Draft]

#: How often the same faults may come back from a re-ask before asking ends.
SAME_FAULT_LIMIT = 2


@dataclass(frozen=True)
class _State:
    """The parts so far and what the guide says of them."""

    composition: Composition
    report: Report

    @classmethod
    def of(cls, brief: Brief, parts: Mapping[Part, str]) -> _State:
        composition = Composition(brief.kind, {p: text for p, text in parts.items() if text})
        data = {"kind": brief.kind, "parts": composition.parts}
        try:
            message = Message.model_validate(data, context={"case": brief.case})
        except ValidationError as exc:
            return cls(composition, exc.errors(include_url=False)[0]["ctx"]["report"])
        return cls(composition, message.report)

    @cached_property
    def faults(self) -> Faults:
        """The required violations, by the part that must be written again."""
        return blame(self.report.required, self.composition)

    @cached_property
    def signature(self) -> frozenset[tuple[str, str]]:
        """What is wrong, to notice that nothing changes."""
        return frozenset(
            (v.rule, self.composition.text[slice(*v.span)] if v.span else v.message)
            for v in self.report.required
        )

    def next_ask(self, number: int, writable: frozenset[Part]) -> Ask:
        parts = self.composition.parts
        missing = [p for p in LAYOUTS[self.composition.kind].parts if p in self.faults]
        return Ask(
            number=number,
            missing=tuple(p for p in missing if p in writable),
            accepted={p: text for p, text in parts.items() if p not in self.faults},
            faults=self.faults,
            rejected={p: parts[p] for p in missing if p in parts},
        )


def drafting(brief: Brief, plan: Plan, *, reasks: int = 3) -> Drafting:
    """Ask, judge, and ask again only for what is missing.

    Args:
        brief: What to write, for whom.
        plan: How the model is asked.
        reasks: How many rounds may follow the first.

    Yields:
        Rounds of independent requests; send their replies in the same order.

    Returns:
        The valid draft.

    Raises:
        DraftRejected: Required parts are still missing; it carries the best draft.
        ModelError: The model refused, or its answer was cut off.
    """
    given = plan.given()
    wanted = plan.wanted()
    ask = Ask(number=0, missing=wanted, accepted=given)
    best: _State | None = None
    previous: frozenset[tuple[str, str]] = frozenset()
    attempts: list[Attempt] = []
    repeats = 0
    while ask.missing and len(attempts) <= reasks and repeats < SAME_FAULT_LIMIT:
        replies = yield Round(plan.ask(ask), ask)
        state = _State.of(brief, {**ask.rejected, **ask.accepted, **plan.read(ask, replies)})
        attempts.append(_attempt(ask, state, replies))
        repeats = repeats + 1 if state.signature == previous else 0
        previous = state.signature
        if best is None or len(state.report.required) < len(best.report.required):
            best = state
        ask = state.next_ask(len(attempts), frozenset(wanted))
    best = _without_faulty_options(brief, best or _State.of(brief, given))
    draft = _draft(brief, plan, best, attempts)
    if not draft.valid:
        raise DraftRejected(draft, best.report.required)
    return draft


def _without_faulty_options(brief: Brief, state: _State) -> _State:
    """Leave out optional parts that stayed wrong: saying less beats saying it wrong."""
    optional = LAYOUTS[brief.kind].optional
    if not state.faults or not set(state.faults) <= optional:
        return state
    kept = {p: text for p, text in state.composition.parts.items() if p not in state.faults}
    return _State.of(brief, kept)


def _attempt(ask: Ask, state: _State, replies: Sequence[Reply]) -> Attempt:
    return Attempt(
        parts=ask.missing,
        violations=state.report.required,
        usage=_usage(replies),
        seconds=sum(reply.seconds for reply in replies),
    )


def _usage(replies: Sequence[Reply]) -> TokenUsage:
    spent = sum((reply.usage for reply in replies), Usage())
    return TokenUsage(
        requests=spent.requests,
        prompt_tokens=spent.prompt_tokens,
        completion_tokens=spent.completion_tokens,
    )


def _draft(brief: Brief, plan: Plan, state: _State, attempts: Sequence[Attempt]) -> Draft:
    composition, report = state.composition, state.report
    return Draft(
        kind=brief.kind,
        to=Recipient(name=brief.to.name, email=brief.to.email),
        subject=composition.subject,
        body=composition.body,
        parts={part.value: text for part, text in composition.parts.items()},
        valid=report.valid,
        violations=report.violations,
        sources=report.sources,
        attempts=tuple(attempts),
        usage=TokenUsage(
            requests=sum(a.usage.requests for a in attempts),
            prompt_tokens=sum(a.usage.prompt_tokens for a in attempts),
            completion_tokens=sum(a.usage.completion_tokens for a in attempts),
        ),
        prompt=plan.prompt,
        model=plan.model,
        seconds=sum(a.seconds for a in attempts),
    )

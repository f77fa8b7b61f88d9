"""A request to draft, made ready: notes read, people found, model and prompt chosen."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_agent.asking import PartsPlan, Plan, Round, WholePlan
from followup_agent.brief import Brief, missing_need, recipients
from followup_agent.chat.protocol import ChatModel, Reply
from followup_agent.chat.resolve import resolve_model
from followup_agent.drafting import Drafting, drafting
from followup_agent.driving import Meter
from followup_agent.errors import DraftRejected, KindError, NothingDue
from followup_agent.kinds import Kind, kind_of
from followup_agent.notes.model import Interviewer, InterviewNotes
from followup_agent.notes.parse import load_notes
from followup_agent.prompts import PromptLibrary
from followup_agent.records import Draft
from followup_agent.schedule import choose
from followup_agent.schedule.clock import local_day, zone_of
from followup_agent.settings import Settings

if TYPE_CHECKING:
    from followup_agent.api import Notes


@dataclass(frozen=True)
class Options:
    """How to draft; every field has the environment's setting as its default.

    Attributes:
        prompt: ``NAME`` or ``NAME@N``; None for the kind's default.
        prompts: The caller's own folder of prompts.
        today: The day of writing, or the moment.
        reasks: Re-asks after the first ask.
        budget: Tokens of one draft's prompts and answers, or None.
        timeout: Seconds that one draft may take in all.
        seed: For sampling.
        proofread: Whether spelling and grammar are checked.
        paid_linkedin: 300 characters instead of 200 for a connection request.
    """

    prompt: str | None = None
    prompts: Path | None = None
    today: dt.date = field(default_factory=dt.date.today)
    reasks: int = 3
    budget: int | None = None
    timeout: float | None = 120.0
    seed: int = 0
    proofread: bool = True
    paid_linkedin: bool = False

    @classmethod
    def of(cls, settings: Settings, **given: Any) -> Options:
        """The environment's settings, with what was given over them.

        Raises:
            TypeError: An option is not known.
        """
        base: dict[str, Any] = {
            "prompts": settings.prompts,
            "reasks": settings.max_reasks,
            "budget": settings.budget,
            "timeout": settings.timeout,
            "seed": settings.seed,
            "proofread": settings.proofread,
            "paid_linkedin": settings.linkedin_paid,
        }
        return cls(**base | {k: v for k, v in given.items() if v is not None})


@dataclass(frozen=True)
class Job:
    """Everything that drafting needs, decided."""

    notes: InterviewNotes
    kind: Kind | None
    people: tuple[Interviewer, ...]
    model: ChatModel
    options: Options

    @classmethod
    def of(
        cls,
        notes: Notes,
        kind: Kind | str,
        to: str | None,
        model: str | ChatModel | None,
        *,
        settings: Settings | None = None,
        **options: Any,
    ) -> Job:
        """Check what the caller wants before anything is asked of a model."""
        settings = settings or Settings.load()
        loaded = load_notes(notes)
        wanted = kind_of(kind)
        people = recipients(loaded, wanted or Kind.THANK_YOU, to)
        if wanted is not None:
            missing_need(loaded, wanted)
        chosen = Options.of(settings, **options)
        return cls(loaded, wanted, people, resolve_model(model, settings), chosen)

    def brief(
        self,
        person: Interviewer,
        siblings: Sequence[str] = (),
        say: Callable[[str], None] | None = None,
    ) -> Brief:
        """What to write to one person; with ``auto`` what is due, and ``say`` is told why."""
        kind = self.kind
        if kind is None:
            choice = choose(self.notes, self.options.today, person)
            kind = choice.kind
            if say is not None:
                say(f"{kind} to {person.name}: {choice.why}")
        return Brief(
            notes=self.notes,
            kind=kind,
            to=person,
            today=local_day(self.options.today, zone_of(self.notes)),
            siblings=tuple(siblings),
            paid_linkedin=self.options.paid_linkedin,
            proofread=self.options.proofread,
        )

    def plan(self, brief: Brief) -> Plan:
        """How this model is asked, by its profile."""
        library = PromptLibrary.of(self.options.prompts)
        profile = self.model.profile
        if profile.plan == "parts" and self.options.prompt is None:
            return PartsPlan(brief, library, profile, self.model.name, self.options.seed)
        template = library.get(self.options.prompt or brief.kind.value)
        if template.meta.kind is not brief.kind:
            raise KindError(
                f"prompt {template.meta.name}@{template.meta.version} is not for "
                f"{brief.kind} messages"
            )
        return WholePlan(brief, template, profile, self.model.name, self.options.seed)

    def drafting(self, brief: Brief) -> Drafting:
        """The generator that drafts one message."""
        return drafting(brief, self.plan(brief), reasks=self.options.reasks)

    def panel(self) -> Generator[Round, Sequence[Reply], list[Draft]]:
        """The generator that drafts for everyone, each knowing the texts before it."""
        drafts: list[Draft] = []
        failures: list[DraftRejected | NothingDue] = []
        for person in self.people:
            try:
                brief = self.brief(person, [draft.text for draft in drafts])
                drafts.append((yield from self.drafting(brief)))
            except (DraftRejected, NothingDue) as exc:
                failures.append(exc)
        for failure in failures:
            if isinstance(failure, DraftRejected):
                failure.others = tuple(drafts)
                raise failure
        if not drafts:
            raise failures[0]
        return drafts

    def ready(self) -> None:
        """Let the model fetch what it lacks: that time is not the draft's, which `meter` counts.

        Raises:
            ModelError: The weights cannot be had.
        """
        prepare = getattr(self.model, "prepare", None)
        if prepare is not None:
            prepare()

    async def aready(self) -> None:
        """`ready` beside the event loop; a served model lacks nothing and needs no thread."""
        if hasattr(self.model, "prepare"):
            await asyncio.to_thread(self.ready)

    def meter(self, messages: int = 1) -> Meter:
        """A fresh budget and deadline for so many messages."""
        budget, seconds = self.options.budget, self.options.timeout
        return Meter(budget=budget and budget * messages, seconds=seconds and seconds * messages)

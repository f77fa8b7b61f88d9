"""What a run is made of: models × prompts × kinds × repeats, over cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from followup_agent.brief import recipients
from followup_agent.errors import FollowupError, PromptError, SettingsError
from followup_agent.evals.samples import Sample
from followup_agent.kinds import Kind
from followup_agent.prompts import PromptLibrary

DEFAULT_PROMPT = "default"


class Item(NamedTuple):
    """One message to be drafted once: the unit that is scored."""

    case: str
    kind: str
    to: str
    model: str
    prompt: str
    repeat: int

    @property
    def pair(self) -> tuple[str, str, str, int]:
        """What is the same in two runs that are compared."""
        return self.case, self.kind, self.to, self.repeat

    @property
    def label(self) -> str:
        """How it is called in a report."""
        return f"{self.case} · {self.kind} · {self.to}"


@dataclass(frozen=True)
class Task:
    """Items that are drafted one after the other: a panel's messages know each other."""

    sample: Sample
    kind: Kind
    people: tuple[str, ...]
    model: str
    prompt: str
    repeat: int

    @property
    def items(self) -> tuple[Item, ...]:
        """One an interviewer; a case whose notes cannot be read is one item to nobody."""
        return tuple(
            Item(self.sample.id, self.kind.value, to, self.model, self.prompt, self.repeat)
            for to in self.people or ("",)
        )


@dataclass(frozen=True)
class Matrix:
    """The whole plan of a run.

    Attributes:
        models: Names as the caller gave them.
        prompts: ``NAME@N`` by kind; a kind without any is drafted with its default.
    """

    models: tuple[str, ...]
    prompts: tuple[str, ...]
    kinds: tuple[Kind, ...]
    repeats: int = 1

    def tasks(self, samples: Sequence[Sample]) -> Iterator[Task]:
        """Every task, all models and prompts of a case side by side."""
        by_kind = self._prompts_by_kind()
        for sample in samples:
            for kind in self.kinds:
                if kind not in sample.today:
                    continue
                people = _people(sample, kind)
                for prompt in by_kind[kind]:
                    for model in self.models:
                        for repeat in range(self.repeats):
                            yield Task(sample, kind, people, model, prompt, repeat)

    def _prompts_by_kind(self) -> dict[Kind, tuple[str, ...]]:
        named: dict[Kind, list[str]] = {}
        for reference in self.prompts:
            named.setdefault(kind_of_prompt(reference), []).append(reference)
        return {kind: tuple(named.get(kind, (DEFAULT_PROMPT,))) for kind in self.kinds}


def matrix(
    models: Sequence[str], prompts: Sequence[str], kinds: Sequence[str], repeats: int
) -> Matrix:
    """Check what the caller wants.

    With prompts and no kinds, only the prompts' kinds are drafted.

    Raises:
        SettingsError: A kind that there is not, or a prompt of a kind that is left out.
        PromptError: A prompt that there is not.
    """
    wanted = _kinds(kinds) if kinds else tuple(Kind)
    of_prompts = {kind_of_prompt(reference) for reference in prompts}
    if prompts and not kinds:
        wanted = tuple(kind for kind in Kind if kind in of_prompts)
    if idle := of_prompts - set(wanted):
        raise SettingsError(f"a prompt for {min(idle)} messages, and --kinds leaves them out")
    return Matrix(tuple(dict.fromkeys(models)), tuple(dict.fromkeys(prompts)), wanted, repeats)


def kind_of_prompt(reference: str) -> Kind:
    """The kind that a prompt is for.

    Raises:
        PromptError: It is unknown, or for one part only.
    """
    from followup_agent.settings import Settings

    kind = PromptLibrary(Settings.load().prompts).get(reference).meta.kind
    if kind is None:
        raise PromptError(f"{reference} writes one part of a message; name a whole prompt")
    return kind


def _kinds(names: Sequence[str]) -> tuple[Kind, ...]:
    unknown = [name for name in names if name not in set(Kind)]
    if unknown:
        raise SettingsError(
            f"“{unknown[0]}” is not a kind of message; kinds are: {', '.join(Kind)}"
        )
    return tuple(kind for kind in Kind if kind in names)


def _people(sample: Sample, kind: Kind) -> tuple[str, ...]:
    """Who is written to, as the command does it; nobody where the notes cannot be used."""
    try:
        return tuple(p.name for p in recipients(sample.notes(), kind, sample.to))
    except FollowupError:
        return ()

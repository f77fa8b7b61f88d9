"""Ask part by part: for small models, which write a sentence well and an e-mail badly.

What the notes decide (subject, greeting, sign-off) is written by code. Each other
part is one short request that copies the notes' own words; several answers to it are
ranked by the guide's own rules, and the best is kept.

A model that was trained for a part is asked by its own short prompt first. What departs from
the prompt's facts is not taken. Where nothing is left it is asked again as any small model is, by a
grammar in which it can hardly go wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from followup_agent.asking.answer import tidy
from followup_agent.asking.ask import Ask
from followup_agent.asking.faithful import departures, facts
from followup_agent.asking.fixed import closing, greeting, subject
from followup_agent.asking.inputs import Inputs, part_inputs
from followup_agent.asking.retelling import strays
from followup_agent.asking.specialist import RETOLD, specialist_inputs
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Alternative, Profile, Reply, Request
from followup_agent.guide.judge import judge
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.registry import Violation
from followup_agent.names import called
from followup_agent.prompts import Prompt, PromptLibrary
from followup_agent.records import PromptRecord

#: Longest sentence in tokens, without the notes' own words in it: some 30 words.
SENTENCE_TOKENS = 48
#: Of the candidates after the first ask; the first is asked at the profile's own.
WARMER = 0.2
#: Of a specialist's candidates. Its likeliest text is the same for all who hope for one job; at
#: this temperature four candidates are mostly four sentences, and mostly all sound.
SPECIALIST_TEMPERATURE = 0.6
#: Of a specialist's candidates that retell a jotting: few ways are right.
RETELLING_TEMPERATURE = 0.4
#: How many jottings a specialist may try for one part.
RETELLINGS = 2
_CUT = frozenset({"length", "content_filter"})
GIVEN = frozenset({Part.SUBJECT, Part.GREETING, Part.CLOSING})


@dataclass(frozen=True)
class _Way:
    """How one part is asked for.

    Attributes:
        trained: By the prompt that the model was trained on.
        must: What an answer to it must name.
        retells: The input that it retells as a clause, or "".
    """

    prompt: Prompt
    inputs: Inputs
    temperature: float
    trained: bool = False
    must: tuple[str, ...] = ()
    retells: str = ""

    @cached_property
    def opening(self) -> str:
        """How the answer begins."""
        return self.prompt.text("opening", self.inputs)

    def sentence(self, answer: str) -> str | None:
        """An answer as it may stand in the message; None where it departs from what was told."""
        if not self.trained:
            return answer
        clause = answer.removeprefix(self.opening).strip()
        if any(self._departures(clause)):
            return None
        ending = self.prompt.text("ending", self.inputs)
        return answer.removesuffix(".") + ending if ending else answer

    def _departures(self, clause: str) -> Iterator[str]:
        name = str(self.inputs["name"])
        if self.retells:
            jotting = str(self.inputs[self.retells])
            yield from strays(clause, jotting, name, mine=self.retells == "claim")
            return
        yield from departures(clause, self._told, (name,))
        yield from (name for name in self.must if name.casefold() not in clause.casefold())

    @cached_property
    def _told(self) -> str:
        """The prompt's facts: rendered once for all candidates."""
        return facts(self.prompt.render(self.inputs)[-1].content)


@dataclass(frozen=True)
class PartsPlan:
    """One request a part, several candidates each."""

    brief: Brief
    library: PromptLibrary
    profile: Profile
    model: str
    seed: int = 0

    @property
    def prompt(self) -> PromptRecord:
        """The parts' prompts as one record: the newest version, the hash of their hashes."""
        names = dict.fromkeys(
            self._asks_by(part, n) for part in self.wanted() for n in range(RETELLINGS + 1)
        )
        prompts = [self.library.get(name) for name in names]
        digest = hashlib.sha256("".join(p.sha256 for p in prompts).encode()).hexdigest()
        version = max(p.meta.version for p in prompts)
        return PromptRecord(name=f"parts/{self.brief.kind}", version=version, sha256=digest)

    def given(self) -> Mapping[Part, str]:
        """Subject, greeting and sign-off, which the notes decide."""
        layout = LAYOUTS[self.brief.kind]
        written = {Part.GREETING: greeting(self.brief)}
        if layout.subject:
            written[Part.SUBJECT] = subject(self.brief)
        if layout.closing:
            written[Part.CLOSING] = closing(self.brief)
        return written

    def wanted(self) -> tuple[Part, ...]:
        """The parts that the model writes; ``fit`` only where the notes hold a claim."""
        return tuple(
            part
            for part in LAYOUTS[self.brief.kind].parts
            if part not in GIVEN and (part is not Part.FIT or self.brief.notes.fit)
        )

    def ask(self, ask: Ask) -> tuple[Request, ...]:
        """One request for each missing part."""
        return tuple(self._request(part, ask) for part in ask.missing)

    def read(self, ask: Ask, replies: Sequence[Reply]) -> Mapping[Part, str]:
        """The best candidate of each part."""
        chosen: dict[Part, str] = {}
        for part, reply in zip(ask.missing, replies, strict=True):
            answers = self._usable(part, ask.number, reply)
            best = self._best(part, {**ask.accepted, **chosen}, answers)
            if best:
                chosen[part] = best
        return chosen

    def _asks_by(self, part: Part, number: int) -> str:
        """The prompt by which a part is asked for, first (0) or again.

        A specialist is asked first, and again where it has another jotting to retell. One kind may
        say a part in its own way. A caller's library may lack prompts.
        """
        own = f"{self.brief.kind}-{part.value}"
        names = [f"parts/{own}", f"parts/{part.value}"]
        tries = min(self._jottings(part), RETELLINGS)
        if number < tries and part.value in self.profile.specialist:
            names = [f"specialist/{own}", names[0], f"specialist/{part.value}", names[1]]
        return next((name for name in names if self.library.has(name)), names[-1])

    def _jottings(self, part: Part) -> int:
        """How many jottings there are that a part may retell; 1 where it retells none."""
        notes = self.brief.notes
        return {"topic": len(self.brief.topics), "claim": len(notes.fit)}.get(
            RETOLD.get(part, ""), 1
        )

    def _way(self, part: Part, number: int) -> _Way:
        name, notes = self._asks_by(part, number), self.brief.notes
        prompt = self.library.get(name)
        if name.startswith("specialist/"):
            retells = RETOLD.get(part, "")
            return _Way(
                prompt,
                specialist_inputs(self.brief, number),
                RETELLING_TEMPERATURE if retells else SPECIALIST_TEMPERATURE,
                trained=True,
                must=(notes.role, notes.company) if part is Part.INTEREST else (),
                retells=retells,
            )
        temperature = self.profile.temperature + WARMER * number
        return _Way(prompt, part_inputs(self.brief, number), temperature)

    def _request(self, part: Part, ask: Ask) -> Request:
        way = self._way(part, ask.number)
        return Request(
            turns=way.prompt.render(way.inputs),
            parts=(part.value,),
            prefix=way.opening,
            grammar=way.prompt.text("grammar", way.inputs),
            candidates=self.profile.candidates,
            stop=("\n",),
            # A token is at least two characters of the notes' words that may be copied.
            max_tokens=SENTENCE_TOKENS + max(map(len, map(str, way.inputs.values()))) // 2,
            temperature=way.temperature,
            # Who hope for the same job are not told apart by all prompts.
            seed=self.seed + (int(way.inputs["variant"]) if way.trained else ask.number),
        )

    def _usable(self, part: Part, number: int, reply: Reply) -> Iterator[Alternative]:
        """Finished sentences, each once; a specialist's must keep to what it was told."""
        way, seen = self._way(part, number), set()
        for answer in reply.alternatives or (Alternative(reply.text, reply.finish_reason),):
            text = way.sentence(tidy(answer.text, part))
            if not text or text in seen or answer.finish_reason in _CUT:
                continue
            text = self._after_greeting(text)
            seen.add(text)
            yield Alternative(text, answer.finish_reason, answer.likelihood)

    def _after_greeting(self, text: str) -> str:
        """Without the name in front, which the greeting said in the line before."""
        rest = text.removeprefix(f"{called(self.brief.to, self.brief.tone)}, ")
        return text if rest == text else rest[:1].upper() + rest[1:]

    def _best(
        self, part: Part, others: Mapping[Part, str], answers: Iterable[Alternative]
    ) -> str | None:
        """The candidate that breaks fewest rules, then the likeliest.

        A sentence whose end the grammar forced is taken only where there is no other.
        """
        ranked = [self._rank(part, others, answer) for answer in answers]
        return min(ranked, key=lambda ranked: ranked[0])[1] if ranked else None

    def _rank(
        self, part: Part, others: Mapping[Part, str], answer: Alternative
    ) -> tuple[tuple[int, bool, int, float], str]:
        composition = Composition(self.brief.kind, {**others, part: answer.text})
        violations = judge(self.brief.case(composition)).violations
        mine = [v for v in violations if _concerns(v, part, composition)]
        required = sum(v.severity == "required" for v in mine)
        forced = answer.finish_reason == "grammar"
        rank = (required, forced, len(mine) - required, -(answer.likelihood or 0.0))
        return rank, answer.text


def _concerns(violation: Violation, part: Part, composition: Composition) -> bool:
    """Whether a violation is this part's: its words are, or it is what the part is for."""
    if violation.span is None:
        return violation.part == part
    start, end = composition.spans[part]
    return start <= violation.span[0] < end

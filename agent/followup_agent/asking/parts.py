"""Ask part by part: for small models, which write a sentence well and an e-mail badly.

What the notes decide (subject, greeting, sign-off) is written by code. Each other
part is one short request that copies the notes' own words; several answers to it are
ranked by the guide's own rules, and the best is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from followup_agent.asking.answer import tidy
from followup_agent.asking.ask import Ask
from followup_agent.asking.fixed import closing, greeting, subject
from followup_agent.asking.inputs import part_inputs
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Alternative, Profile, Reply, Request
from followup_agent.guide.judge import judge
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.registry import Violation
from followup_agent.prompts import Prompt, PromptLibrary
from followup_agent.records import PromptRecord

#: Longest sentence in tokens, without the notes' own words in it: some 30 words.
SENTENCE_TOKENS = 48
#: Of the candidates after the first ask; the first is asked at the profile's own.
WARMER = 0.2
_CUT = frozenset({"length", "content_filter"})
GIVEN = frozenset({Part.SUBJECT, Part.GREETING, Part.CLOSING})


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
        prompts = [self._prompt(part) for part in self.wanted()]
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
            best = self._best(part, {**ask.accepted, **chosen}, reply)
            if best:
                chosen[part] = best
        return chosen

    def _prompt(self, part: Part) -> Prompt:
        own = f"parts/{self.brief.kind}-{part.value}"
        return self.library.get(own if self.library.has(own) else f"parts/{part.value}")

    def _request(self, part: Part, ask: Ask) -> Request:
        prompt = self._prompt(part)
        inputs = part_inputs(self.brief, ask.number)
        prefix = prompt.text("opening", inputs)
        return Request(
            turns=prompt.render(inputs),
            parts=(part.value,),
            prefix=prefix,
            grammar=prompt.text("grammar", inputs),
            candidates=self.profile.candidates,
            stop=("\n",),
            # A token is at least two characters of the notes' words that may be copied.
            max_tokens=SENTENCE_TOKENS + max(map(len, map(str, inputs.values()))) // 2,
            temperature=self.profile.temperature + WARMER * ask.number,
            seed=self.seed + ask.number,
        )

    def _best(self, part: Part, others: Mapping[Part, str], reply: Reply) -> str | None:
        """The candidate that breaks fewest rules, then the likeliest.

        A sentence whose end the grammar forced is taken only where there is no other.
        """
        answers = reply.alternatives or (Alternative(reply.text, reply.finish_reason),)
        ranked = sorted(
            (self._rank(part, others, answer) for answer in self._usable(part, answers)),
            key=lambda ranked: ranked[0],
        )
        return ranked[0][1] if ranked else None

    def _usable(self, part: Part, answers: Sequence[Alternative]) -> Iterator[Alternative]:
        """Finished sentences, each once."""
        seen = set()
        for answer in answers:
            text = tidy(answer.text, part)
            if text and text not in seen and answer.finish_reason not in _CUT:
                seen.add(text)
                yield Alternative(text, answer.finish_reason, answer.likelihood)

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

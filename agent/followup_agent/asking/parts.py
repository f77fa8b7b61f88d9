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
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from followup_agent.asking.answer import tidy
from followup_agent.asking.ask import Ask, parts_at_fault
from followup_agent.asking.faithful import departures, facts, oddity
from followup_agent.asking.fixed import closing, greeting, subject
from followup_agent.asking.inputs import Inputs, part_inputs
from followup_agent.asking.pieces import is_in_pieces
from followup_agent.asking.retelling import strays
from followup_agent.asking.specialist import (
    RETOLD,
    is_easy,
    jottings_of,
    specialist_inputs,
    told_of,
)
from followup_agent.asking.when import SEASONS
from followup_agent.asking.wording import unaddressed
from followup_agent.brief import Brief
from followup_agent.chat.protocol import Alternative, Profile, Reply, Request
from followup_agent.guide.judge import judge
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.registry import Violation
from followup_agent.kinds import Kind
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
#: How often a specialist may be asked for a part that retells a jotting.
RETELLINGS = 2
#: How many jottings it may retell side by side, where the first is not easy; the best is kept.
ABREAST = 2
#: A retelling below this likelihood is seldom sound: it goes on as its writer never saw it done. Of
#: a jotting in pieces most are unsound sooner, for they are joined in a way that fits another.
LIKELY, LIKELY_IN_PIECES = -0.1, -0.03
#: What is said in a second message; a thank-you is the first.
_LATER = ("still", "remain", "continue")
#: What is not said of an interview by telephone.
_MEETING = ("meet", "meeting", "met")
#: What is not said to a reader of when they decide, where another told it.
_TOLD_BY_YOU = ("told", "said", "mentioned", "indicated", "gave", "suggested", "explained")
_CUT = frozenset({"length", "content_filter"})
GIVEN = frozenset({Part.SUBJECT, Part.GREETING, Part.CLOSING})


@dataclass(frozen=True)
class _Sentence:
    """A candidate as it may stand in the message.

    Attributes:
        oddity: How far its turns of phrase are from those that the model was trained on.
        forced: Whether a grammar forced its end.
        likelihood: The model's mean log-probability a token.
    """

    text: str
    oddity: int
    forced: bool
    likelihood: float


@dataclass(frozen=True)
class _Way:
    """How one part is asked for.

    Attributes:
        candidates: How many answers are wanted.
        trained: By the prompt that the model was trained on.
        must: What an answer to it must name.
        retells: The input that it retells as a clause, or "".
    """

    part: Part
    prompt: Prompt
    inputs: Inputs
    temperature: float
    candidates: int
    trained: bool = False
    must: tuple[str, ...] = ()
    retells: str = ""

    @cached_property
    def opening(self) -> str:
        """How the answer begins."""
        return self.prompt.text("opening", self.inputs)

    def sentence(self, answer: Alternative) -> _Sentence | None:
        """An answer as it may stand in the message; None where it departs from what was told."""
        text, oddness = tidy(answer.text, self.part), 0
        if self.trained:
            clause = text.removeprefix(self.opening).strip()
            if any(self._departures(clause)) or self._is_unlikely(answer):
                return None
            oddness = 0 if self.retells else oddity(clause, self.part, self._told)
            ending = self.prompt.text("ending", self.inputs)
            text = text.removesuffix(".") + ending if ending else text
        text = unaddressed(text, str(self.inputs["name"]))
        forced = answer.finish_reason == "grammar"
        return _Sentence(text, oddness, forced, answer.likelihood or 0.0)

    def _departures(self, clause: str) -> Iterator[str]:
        if self.retells:
            jotting, name = str(self.inputs[self.retells]), str(self.inputs["name"])
            yield from strays(clause, jotting, name, mine=self.retells == "claim")
            return
        yield from departures(clause, self.part, self._told)
        yield from (name for name in self.must if name not in clause)
        said = set(re.findall(r"\w+", clause))
        yield from (word for word in self._avoided if word in said)

    @property
    def _avoided(self) -> tuple[str, ...]:
        """Words that would be untrue of this message."""
        later = _LATER if self.inputs["kind"] == Kind.THANK_YOU.value else ()
        met = _MEETING if self.inputs["by_phone"] else ()
        told = self.part is Part.TIMELINE and self.inputs["by_another"]
        wrong = set(SEASONS) - set(str(self.inputs["seasons"]).split())
        return (*later, *met, *(_TOLD_BY_YOU if told else ()), *wrong)

    def _is_unlikely(self, answer: Alternative) -> bool:
        if not self.retells:
            return False
        in_pieces = is_in_pieces(str(self.inputs[self.retells]))
        return (answer.likelihood or 0.0) < (LIKELY_IN_PIECES if in_pieces else LIKELY)

    @cached_property
    def _told(self) -> Mapping[str, str]:
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
        """The requests for each missing part: one, or one a jotting."""
        return tuple(self._request(way, ask.number) for way in self._asked(ask))

    def read(self, ask: Ask, replies: Sequence[Reply]) -> Mapping[Part, str]:
        """The best candidate of each part."""
        usable: dict[Part, list[_Sentence]] = {part: [] for part in ask.missing}
        for way, reply in zip(self._asked(ask), replies, strict=True):
            usable[way.part] += _usable(way, reply)
        chosen: dict[Part, str] = {}
        for part, sentences in usable.items():
            best = self._best(part, {**ask.accepted, **chosen}, sentences)
            if best:
                chosen[part] = best
        return chosen

    def _asked(self, ask: Ask) -> Iterator[_Way]:
        """How each missing part is asked for, a request each, in the order of the requests."""
        for part in ask.missing:
            yield from self._ways(part, ask.number)

    def _asks_by(self, part: Part, number: int) -> str:
        """The prompt by which a part is asked for, first (0) or again.

        A specialist is asked first, and again where it has other jottings to retell. One kind may
        say a part in its own way. A caller's library may lack prompts.
        """
        own = f"{self.brief.kind}-{part.value}"
        names = [f"parts/{own}", f"parts/{part.value}"]
        if number < len(self._tries(part)) and part.value in self.profile.specialist:
            names = [f"specialist/{own}", names[0], f"specialist/{part.value}", names[1]]
        return next((name for name in names if self.library.has(name)), names[-1])

    def _tries(self, part: Part) -> Sequence[Sequence[int]]:
        """The jottings that a specialist retells at each ask, by their numbers.

        An easy one alone, another beside the next. A part that retells none is tried once.
        """
        if part not in RETOLD:
            return ((0,),)
        jottings, tries, at = jottings_of(self.brief, part), list[range](), 0
        while at < len(jottings) and len(tries) < RETELLINGS:
            abreast = 1 if is_easy(told_of(self.brief, jottings[at], part), part) else ABREAST
            tries.append(range(at, min(at + abreast, len(jottings))))
            at += abreast
        return tries

    def _ways(self, part: Part, number: int) -> Sequence[_Way]:
        name, notes = self._asks_by(part, number), self.brief.notes
        prompt, candidates = self.library.get(name), self.profile.candidates
        if not name.startswith("specialist/"):
            temperature = self.profile.temperature + WARMER * number
            return (_Way(part, prompt, part_inputs(self.brief, number), temperature, candidates),)
        retells, jottings = RETOLD.get(part, ""), self._tries(part)[number]
        return tuple(
            _Way(
                part,
                prompt,
                self._trained_inputs(part, jotting),
                RETELLING_TEMPERATURE if retells else SPECIALIST_TEMPERATURE,
                -(-candidates // len(jottings)),
                trained=True,
                must=(notes.role, notes.company) if part is Part.INTEREST else (),
                retells=retells,
            )
            for jotting in jottings
        )

    def _trained_inputs(self, part: Part, jotting: int) -> Inputs:
        """A specialist's inputs, with what is told of the jotting in the jotting's place."""
        inputs = specialist_inputs(self.brief, part, jotting)
        if retells := RETOLD.get(part):
            inputs[retells] = told_of(self.brief, str(inputs[retells]), part)
        return inputs

    def _request(self, way: _Way, number: int) -> Request:
        return Request(
            turns=way.prompt.render(way.inputs),
            parts=(way.part.value,),
            prefix=way.opening,
            grammar=way.prompt.text("grammar", way.inputs),
            candidates=way.candidates,
            stop=("\n",),
            # A token is at least two characters of the notes' words that may be copied.
            max_tokens=SENTENCE_TOKENS + max(map(len, map(str, way.inputs.values()))) // 2,
            temperature=way.temperature,
            # Who hope for the same job are not told apart by all prompts.
            seed=self.seed + (int(way.inputs["variant"]) if way.trained else number),
        )

    def _best(
        self, part: Part, others: Mapping[Part, str], sentences: Iterable[_Sentence]
    ) -> str | None:
        """The candidate that breaks fewest rules, then the least odd, then the likeliest.

        A sentence whose end the grammar forced is taken only where there is no other.
        """
        ranked = [(self._rank(part, others, sentence), sentence.text) for sentence in sentences]
        return min(ranked)[1] if ranked else None

    def _rank(
        self, part: Part, others: Mapping[Part, str], sentence: _Sentence
    ) -> tuple[int, bool, int, int, float]:
        composition = Composition(self.brief.kind, {**others, part: sentence.text})
        violations = judge(self.brief.case(composition)).violations
        mine = [v for v in violations if _concerns(v, part, composition)]
        required = sum(v.severity == "required" for v in mine)
        advised = len(mine) - required
        return required, sentence.forced, sentence.oddity, advised, -sentence.likelihood


def _usable(way: _Way, reply: Reply) -> Iterator[_Sentence]:
    """Finished sentences, each once; a specialist's must keep to what it was told."""
    seen = set()
    for answer in reply.alternatives or (Alternative(reply.text, reply.finish_reason),):
        sentence = way.sentence(answer)
        if not sentence or sentence.text in seen or answer.finish_reason in _CUT:
            continue
        seen.add(sentence.text)
        yield sentence


def _concerns(violation: Violation, part: Part, composition: Composition) -> bool:
    """Whether a violation is this part's, or may be mended by any."""
    held = parts_at_fault(violation, composition)
    return part in held or (not held and violation.severity == "required")

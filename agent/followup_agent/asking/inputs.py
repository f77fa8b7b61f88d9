"""The facts of a brief in the wordings that the part prompts take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from followup_agent.asking.choosing import Topic, telling_in, topics_to_tell
from followup_agent.asking.notes_block import plain
from followup_agent.asking.phrases import Phrase, phrases
from followup_agent.asking.pieces import claim_head, claim_told
from followup_agent.asking.reader import to_you
from followup_agent.asking.when import decision, decision_by_another, seasons, when
from followup_agent.asking.wording import claim
from followup_agent.brief import Brief
from followup_agent.guide.topics import names_in
from followup_agent.kinds import Kind
from followup_agent.names import called, words_of_name
from followup_agent.notes.model import InterviewNotes, Resource

Inputs = dict[str, str | int]

#: The first piece of a note that is a noun phrase: "a digest of decisions, which …".
_SAYS_WHAT = re.compile(r"an? (?:[^\s,;:.()–—]+ ){2,}[^\s,;:.()–—]+(?=[,;.]|$)", re.IGNORECASE)
#: "a town halved its salt": a sentence.
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|had|cut|made|built|found|\w{3,}ed) (?:the|an?|its|\d)", re.IGNORECASE
)
_PHONE = re.compile(r"phone\b|\bcall\b", re.IGNORECASE)
_SEEN = re.compile(
    r"\b(?:video|zoom|teams|skype|meet|onsite|on[- ]site|person|office)\b", re.IGNORECASE
)
_SOMEBODY = re.compile(
    r"\b(?:I|me|my|we|our|you|your|he|his|him|she|her|they|their|them)\b", re.IGNORECASE
)


def part_inputs(brief: Brief, attempt: int) -> Inputs:
    """What the part prompts may use.

    Each re-ask looks at the next topic and claim of the notes. Each interviewer of a
    panel starts from another one, so that their messages differ.
    """
    notes = brief.notes
    place = notes.interviewers.index(brief.to)
    turn = place + attempt
    topics = topics_to_tell(brief)
    topic, form = _topic(brief, topics, place, attempt)
    teller = topics[0].teller if brief.kind is Kind.VALUE_ADD else None
    resource = brief.resource
    inputs: Inputs = {
        "by_another": "yes" if decision_by_another(notes, brief.to) else "",
        "by_phone": "yes" if _is_by_phone(notes) else "",
        "candidate": notes.candidate.name,
        "claim": claim(_claim(brief, turn)) if notes.fit else "",
        "company": notes.company,
        "description": _described(resource, notes) if resource else "",
        "decision": decision(notes, brief.today) or "soon",
        "kind": brief.kind.value,
        "link": resource.url if resource else "",
        "name": called(brief.to, brief.tone),
        "need": to_you(notes.needs[0].text, brief.to) if notes.needs else topic,
        "role": notes.role,
        "seasons": " ".join(seasons(brief.today, notes.country)),
        "shape": form,
        "teller": called(teller, brief.tone) if teller else "",
        "title": resource.title if resource else "",
        "tone": brief.tone.value,
        "topic": topic,
        # Candidates at one company, and the members of a panel, begin elsewhere, at each ask.
        "variant": crc32(notes.candidate.name.encode("utf-8", "replace")) % 97
        + place
        + attempt * len(notes.interviewers),
        "when": when(notes.interviewed, brief.today, notes.country),
    }
    return {key: plain(v) if isinstance(v, str) else v for key, v in inputs.items()}


def _claim(brief: Brief, turn: int) -> str:
    """A claim of the candidate's without what was jotted after it, the next at each turn."""
    fit = brief.notes.fit
    return claim_head(claim_told(fit[turn % len(fit)].text))


def _is_by_phone(notes: InterviewNotes) -> bool:
    """Whether they heard each other and never met."""
    said = notes.format or ""
    return bool(_PHONE.search(said)) and not _SEEN.search(said)


def _described(resource: Resource, notes: InterviewNotes) -> str:
    """What the notes say that the resource is: "a songbook with large print"; "" if they do not."""
    said = _SAYS_WHAT.match(resource.note or "")
    names = frozenset[str]().union(*map(words_of_name, notes.interviewers))
    if not said or _SOMEBODY.search(said[0]) or _TELLS.search(said[0]):
        return ""
    if names & set(said[0].split()):
        return ""
    return said[0][0].lower() + said[0][1:]


def _topic(brief: Brief, topics: Sequence[Topic], place: int, attempt: int) -> Phrase:
    """A topic as it fits into a sentence, the next at each attempt.

    What the reader raised comes first; where they raised nothing, each of a panel begins with
    another.
    """
    jottings = [topic.told for topic in topics]
    best, rest = phrases(jottings, telling_in(brief), names_in(brief.notes))
    first = 0 if topics[0].is_readers else place % len(best)
    ranked = [*best[first:], *best[:first], *rest]
    return ranked[attempt % len(ranked)]

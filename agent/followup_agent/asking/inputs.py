"""The facts of a brief in the wordings that the part prompts take."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

from followup_agent.asking.broken import breaks
from followup_agent.asking.notes_block import plain
from followup_agent.asking.noun_phrase import TELLING, counts_oddly, noun_phrase
from followup_agent.asking.pieces import (
    claim_head,
    claim_told,
    is_in_pieces,
    topic_told,
    written_out,
)
from followup_agent.asking.reader import to_you
from followup_agent.asking.speech import said, unquoted
from followup_agent.asking.when import decision, decision_by_another, when
from followup_agent.asking.wording import begins_with_deed, claim, shape
from followup_agent.brief import Brief, common_weight
from followup_agent.guide.topics import names_in, rarity, stems_of
from followup_agent.kinds import Kind
from followup_agent.names import bare_name, called
from followup_agent.notes.model import Interviewer, InterviewNotes, Item, Resource

Inputs = dict[str, str | int]

#: A topic of more words makes a sentence that nobody finishes; 18 is three lines of a phone.
TOPIC_WORDS = 18
#: What stands for words in a jotting, and in no sentence: "retries = double debits", "Fri/Sat".
_SYMBOL = re.compile(r"[=<>~*→]|->|\s[+/|]\s|\w/\w|\?\?|!!|\((?:yay|ha|lol|ugh|mad)\W*\)")
_MARK = re.compile(r"[,;:]\s|\s[–—-]\s|(?<!\b[Nn]o)[.?!]\s")  # "dam no. 3" goes on
#: The first piece of a note that is a noun phrase: "a digest of decisions, which …".
_SAYS_WHAT = re.compile(r"an? (?:[^\s,;:.()–—]+ ){2,}[^\s,;:.()–—]+(?=[,;.]|$)", re.IGNORECASE)
#: A topic that is nearly as much about the resource as the nearest is told as readily.
_AS_NEAR = 0.7
#: What another told is taken where it is so much nearer.
_NEARER = 2.0
_PHONE = re.compile(r"phone\b|\bcall\b", re.IGNORECASE)
_SEEN = re.compile(
    r"\b(?:video|zoom|teams|skype|meet|onsite|on[- ]site|person|office)\b", re.IGNORECASE
)
_MINE = re.compile(r"\b(?:I|me|my|mine)\b|\basked (?:if|how|why|whether|about|what)\b")
#: The interview itself, and what was seen or done there: no news that the reader told.
_PROCEEDINGS = re.compile(
    r"^(?:\w+ )?(?:tour|walk(?:ed|through)?|visit(?:ed)?|looked|saw|shown|mock|exercise"
    r"|trial (?:day|shift|lesson)"
    r"|(?:the )?(?:line|call|connection|video|sound|audio) (?:dropped|froze|broke|cut|was)"
    r"|(?:live|bench|weld|written|practical|trade|typing|skills) (?:coding|test)|live coding"
    r"|whiteboard|test task|case study|round|scenario|question|had a (?:look|go|walk|chat|tour))\b"
    r"(?! (?:of|for) (?:the )?(?:new|old|next))",
    re.IGNORECASE,
)
#: A line that leads to others: "Well we mostly talked about".
_UNENDED = re.compile(r"(?:\b(?:about|of|on|with|and|for|to)|:)\s*$", re.IGNORECASE)
#: Their very words to the candidate may be too frank for a letter: "a bit embarrassing now".
_QUOTE = re.compile(r"[\"“”]")
_NAMES = re.compile(r"[^\W\d_][\w'’-]*[\w]")
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
    topic, form = _topic(brief, place, attempt)
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
        "shape": form,
        "teller": called(teller, brief.tone) if (teller := _told_by(brief)) else "",
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


def topics_to_tell(brief: Brief) -> tuple[Item, ...]:
    """The brief's topics that go into a message; where something is shared, those that it is about.

    What they asked of the candidate ("how I coach") or heard from them is nothing that they told,
    nor is what another of the panel said, or a deed of nobody in particular ("taught a trial
    lesson"), which may be the candidate's: such topics are taken only where there is no other.
    """
    topics = tuple(topic for topic in brief.topics if _is_told(topic, brief)) or brief.topics
    near = [near_resource(brief, topic.text) for topic in topics]
    if brief.kind is Kind.VALUE_ADD and (other := _nearest_of_others(brief, max(near))):
        return (other,)
    enough = max(near) * _AS_NEAR
    return tuple(t for t, nearness in zip(topics, near, strict=True) if nearness >= enough)


def _nearest_of_others(brief: Brief, near: float) -> Item | None:
    """What another told that the resource is about, and more than what the reader told."""
    others = [
        topic
        for topic in brief.notes.topics
        if _teller(brief, topic) and _fits(topic, brief) and _has_a_form(brief, topic)
    ]
    nearest = max(others, key=lambda topic: near_resource(brief, topic.text), default=None)
    return nearest if nearest and near_resource(brief, nearest.text) > near * _NEARER else None


def _has_a_form(brief: Brief, topic: Item) -> bool:
    """Whether a topic, or the thing that it begins with, fits into a sentence."""
    jotting = told_to(brief, topic)
    return is_sound(topic_told(jotting)) or bool(_things(brief, [jotting]))


def _teller(brief: Brief, topic: Item) -> Interviewer | None:
    """The one other than the reader who told a topic; None where the reader did, or nobody."""
    by = said(topic, brief.notes.interviewers).by
    return by[0] if by and brief.to not in by else None


def _told_by(brief: Brief) -> Interviewer | None:
    """Who told what a message with a resource tells of, if that was not the reader."""
    return _teller(brief, topics_to_tell(brief)[0]) if brief.kind is Kind.VALUE_ADD else None


def told_to(brief: Brief, topic: Item) -> str:
    """A topic, spoken to the reader."""
    text, by = said(topic, brief.notes.interviewers)
    own = brief.to in by
    return to_you(unquoted(text, own=own) or text, brief.to, own=own)


def is_raised_by(brief: Brief, topic: Item) -> bool:
    """Whether the reader raised a topic, alone or with others."""
    return brief.to in said(topic, brief.notes.interviewers).by


def _is_told(topic: Item, brief: Brief) -> bool:
    """Whether a topic surely is what the reader told, or what they talked about."""
    return _teller(brief, topic) is None and _fits(topic, brief)


def _fits(topic: Item, brief: Brief) -> bool:
    """Whether a topic is what somebody told: not of the candidate, the panel or the interview."""
    people = brief.notes.interviewers
    text, by = said(topic, people)
    told = unquoted(text, own=brief.to in by)
    if told is None or any(found.search(told) for found in (_MINE, _PROCEEDINGS, _UNENDED, _QUOTE)):
        return False
    names = {name for person in people for name in (*bare_name(person.name), person.preferred)}
    if names & set(_NAMES.findall(told)):
        return False  # "Brian and Vandana do not agree"
    return bool(by) or not begins_with_deed(told)


def near_resource(brief: Brief, topic: str) -> float:
    """The weight of what words a topic has in common with what is shared; 0 where nothing is."""
    if brief.kind is not Kind.VALUE_ADD:
        return 0.0
    return common_weight(brief.resource, set(stems_of(topic))) if brief.resource else 0.0


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
    names = {word for person in notes.interviewers for word in person.name.split()}
    if not said or _SOMEBODY.search(said[0]) or names & set(said[0].split()):
        return ""
    return said[0][0].lower() + said[0][1:]


def is_sound(phrase: str) -> bool:
    """Whether a topic surely fits into a sentence as it is."""
    form = shape(phrase)
    if _SYMBOL.search(phrase):
        return False
    if form in {"clause", "question"}:
        return not any(breaks(f"that {phrase}."))
    return (
        form == "noun"
        and not counts_oddly(phrase)
        and not is_in_pieces(phrase)
        and not any(breaks(f"about {phrase}."))
    )


class _Told(NamedTuple):
    """A topic, and what it is in a sentence."""

    topic: str
    shape: str


def _topic(brief: Brief, place: int, attempt: int) -> _Told:
    """A topic as it fits into a sentence, the next at each attempt.

    What the reader raised comes first; where they raised nothing, each of a panel begins with
    another.

    Those that fit as they are; then the things that others begin with ("class size" of "class size
    38, smartboard works in 2 of 6 rooms"). Only where there is neither, a first clause goes after
    a colon, where any form can stand.
    """
    topics = topics_to_tell(brief)
    turn = attempt if is_raised_by(brief, topics[0]) else place + attempt
    jottings = [told_to(brief, topic) for topic in topics]
    whole = [topic_told(jotting) for jotting in jottings]
    short = [_Told(phrase, shape(phrase)) for phrase in whole if _is_short(phrase)]
    choice = [told for told in short if is_sound(told.topic)] or _things(brief, jottings)
    heads = [_Told(head, "noun") for head in _heads(whole)]
    telling = [head for head in heads if _tells(brief, head.topic)]
    choice = choice or telling or short or heads
    return choice[turn % len(choice)] if choice else _beginning(whole[turn % len(whole)])


def _things(brief: Brief, jottings: Sequence[str]) -> list[_Told]:
    """The things that jottings begin with."""
    # What a resource is about may be said in a common word.
    telling = TELLING if brief.kind is not Kind.VALUE_ADD else TELLING / 2
    names = names_in(brief.notes)
    found = (noun_phrase(written_out(jotting), telling, names) for jotting in jottings)
    things = [thing for thing in found if thing and _is_short(thing)]
    # "hear about 96 buses" says little of them.
    return [_Told(thing, "noun") for thing in sorted(things, key=lambda t: t[:1].isdigit())]


def _heads(topics: Sequence[str]) -> list[str]:
    """What stands before a topic's first mark, where it may be a thing."""
    heads = (_MARK.split(topic, maxsplit=1)[0] for topic in topics)
    return [head for head in heads if _is_short(head) and shape(head) == "noun"]


def _tells(brief: Brief, head: str) -> bool:
    """Whether a thing is of this talk alone: no other has "shutdowns" of a shutdown crew."""
    return sum(map(rarity, {*stems_of(head)} - names_in(brief.notes))) >= TELLING


def _beginning(topic: str) -> _Told:
    """The first clause of a long topic, which stands by itself more often than its first words."""
    heads = (topic.partition(mark)[0] for mark in ("; ", " — ", " – ", ". ", "? ", ", "))
    head = next((h for h in heads if 2 < len(h.split()) <= TOPIC_WORDS), None)
    head = head or " ".join(topic.split()[:TOPIC_WORDS])
    return _Told(head, shape(head))


def _is_short(phrase: str) -> bool:
    return len(phrase.split()) <= TOPIC_WORDS

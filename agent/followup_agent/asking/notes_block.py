"""The notes as a model sees them: data behind a fence, never instructions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from followup_agent.brief import Brief
from followup_agent.english_dates import at
from followup_agent.kinds import Kind
from followup_agent.names import bare_name, called
from followup_agent.notes.model import Event, InterviewNotes, Item

# What chat templates of common models take for a role or an end of turn: <|im_start|>,
# </s>, <start_of_turn>, [INST], <<SYS>>. A space inside makes plain text of them.
_TAG = re.compile(r"<(?=[|/<A-Za-z])|\[(?=/?(?:INST|SYSTEM|AVAILABLE_TOOLS|TOOL_))|\|(?=>)")


#: The spelling that a country's readers expect; elsewhere the notes' own is kept.
ENGLISH = {
    **dict.fromkeys(("GB", "IE", "AU", "NZ", "ZA", "IN", "SG", "HK", "KE", "NG", "GH"), "British"),
    **dict.fromkeys(("US", "PH"), "American"),
    "CA": "Canadian",
}


def plain(text: str) -> str:
    """The text, unable to become a role or a tag of a chat template."""
    return _TAG.sub(lambda match: match.group() + " ", text)


def fence(text: str, salt: str = "") -> str:
    """A marker that the text cannot hold: it depends on every character of it.

    Being derived and not drawn, the same request is the same bytes again, so that
    provider caches and recorded replies are found.
    """
    return "notes-" + blake2b((salt + text).encode("utf-8", "replace"), digest_size=8).hexdigest()


def notes_block(brief: Brief) -> str:
    """All that the model may know, one labelled line or list a section."""
    return plain("\n".join(_lines(brief)))


def _lines(brief: Brief) -> Iterator[str]:
    notes = brief.notes
    yield f"Candidate, who signs: {notes.candidate.name}"
    yield f"Company: {notes.company}"
    yield f"Role: {notes.role}"
    how = f" ({notes.format})" if notes.format else ""
    yield f"Interview: {at(notes.interview_date)}{how}"
    yield f"Today: {at(brief.today)}"
    title = f", {brief.to.title}" if brief.to.title else ""
    yield f"Write to: {brief.to.name}{title}; address as: {called(brief.to, brief.tone)}"
    yield f"Tone of the interview: {brief.tone.value}"
    yield f"English: {ENGLISH.get(notes.country or '', 'as in the notes')}"
    own = [item for item in brief.topics if item.by == brief.to.name]
    yield from _list("The recipient raised", own)
    yield from _list("Topics of the interview", (i for i in brief.topics if i not in own))
    yield from _list("What they need", notes.needs)
    yield from _list("What the candidate may claim, and nothing else", notes.fit)
    yield from _list("Personal", (i for i in notes.personal if not _of_another(i, brief)))
    yield from _timeline(notes)
    yield from _list("Promised by the candidate", notes.promised)
    if brief.kind is Kind.VALUE_ADD and (resource := brief.resource):
        yield "Resource to share (copy its link exactly):"
        note = f" — {resource.note}" if resource.note else ""
        yield f"- {resource.title}: {resource.url}{note}"
    yield from _log(brief)


def _of_another(item: Item, brief: Brief) -> bool:
    """Whether a jotting is about another interviewer: "Tom restores old radios"."""
    if item.by is not None:
        return item.by != brief.to.name
    first = item.text.split()[0].removesuffix("'s").removesuffix("’s")
    others = (p for p in brief.notes.interviewers if p.name != brief.to.name)
    own = {brief.to.preferred, bare_name(brief.to.name)[0]}
    return first not in own and any(first in {p.preferred, bare_name(p.name)[0]} for p in others)


def _timeline(notes: InterviewNotes) -> Iterator[str]:
    if notes.decision_by:
        yield f"They said they would decide by: {at(notes.decision_by)}"
    yield from _list("Timeline they gave", notes.timeline)


def _log(brief: Brief) -> Iterator[str]:
    events = [e for e in brief.notes.log if e.event is not Event.NOTE]
    mine = [e for e in events if e.person in {None, brief.to.name}]
    if mine:
        yield "Since then:"
        yield from (f"- {at(entry.on)}: {entry.text}" for entry in mine)


def _list(label: str, items: Iterable[Item]) -> Iterator[str]:
    texts = [item.text for item in items]
    if texts:
        yield f"{label}:"
        yield from (f"- {text}" for text in texts)

"""Advice on what a message holds and how it is cut."""

from __future__ import annotations

from collections.abc import Iterable

from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.evidence import doing
from followup_agent.guide.message import Part
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role
from followup_agent.guide.topics import own_claims_in, topics_in
from followup_agent.kinds import Kind

#: Words of a good body (GUIDE.md, Required parts: length, advice).
THANK_YOU_WORDS = (85, 150)
BRIEF_WORDS = (40, 100)
MOST_PARAGRAPHS = 3
#: In the words of most requests: "I'd try to tell growers bad news kindly" has none of them.
_REQUEST = Anycase(
    r"\?|^kindly|\b(?:please|(?:you|to|and) kindly|ask\w*|wonder\w*|request\w*|inquir\w+|enquir\w+"
    r"|let me know|may I"
    r"|(?:could|would|can|will|might|may) you|update|any (?:news|word|idea|feedback)"
    r"|(?:like|love|glad|keen|happy|grateful|appreciate|welcome|curious|forward|eager)"
    r" (?:very much )?(?:to )?(?:hear\w*|know\w*|learn|find out|if|an?|your)|tell me|send me)\b",
)
#: An offer to help is often taken for a request; only a plain request is told.
_PLAINLY = 0.7


@rule(
    "fit",
    kinds=[Kind.THANK_YOU],
    part=Part.FIT,
    severity="advice",
    needs_notes=True,
    ask="Link one need or topic with one claim of My fit.",
    place="4. Active Listening: how your skills align with the specific needs",
)
def fit(case: Case) -> Iterable[Finding]:
    """No link between a need or topic and a claim from My fit."""
    if case.notes is None or not case.notes.fit:
        return
    sentences = case.reading.sentences
    claimed = any(doing(case, Role.FIT)) or any(own_claims_in(case.notes, sentences))
    if not (claimed and any(topics_in(case.notes, sentences, ("topics", "needs")))):
        yield Finding("nothing links what they need with what you have done: one sentence would")


@rule(
    "unasked",
    kinds=[Kind.THANK_YOU, Kind.VALUE_ADD],
    severity="advice",
    ask="Ask for nothing: this message only gives.",
    place="GUIDE.md: Advice, a thank-you that asks for something",
)
def unasked(case: Case) -> Iterable[Finding]:
    """Asks for something."""
    for sentence in doing(case, Role.ASK, _PLAINLY):
        if _REQUEST.search(sentence.text):
            yield Finding("this asks for something: keep that for a reminder", sentence.span)


@rule(
    "brevity",
    severity="advice",
    ask="Keep a thank-you between 85 and 150 words, the other kinds between 40 and 100.",
    place="GUIDE.md: Required parts, length (advice)",
)
def brevity(case: Case) -> Iterable[Finding]:
    """Outside the advised range of words."""
    if case.kind is Kind.LINKEDIN:
        return  # its bound is in characters
    low, high = THANK_YOU_WORDS if case.kind is Kind.THANK_YOU else BRIEF_WORDS
    count = case.reading.word_count
    if not low <= count <= high:
        yield Finding(f"the body has {count} words; {low} to {high} read best")


@rule(
    "paragraphs",
    kinds=[kind for kind in Kind if kind is not Kind.LINKEDIN],
    severity="advice",
    ask="Use at most three short paragraphs.",
    place="GUIDE.md: Advice, more than three paragraphs",
)
def paragraphs(case: Case) -> Iterable[Finding]:
    """More than three paragraphs."""
    if case.reading.paragraphs > MOST_PARAGRAPHS:
        yield Finding(f"{case.reading.paragraphs} paragraphs; {MOST_PARAGRAPHS} are enough")

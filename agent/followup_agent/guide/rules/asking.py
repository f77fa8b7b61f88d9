"""The question that a reminder and a status check put, and the date that they gave."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_agent.english_dates import month
from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.evidence import doing_in_part, surest
from followup_agent.guide.message import Part
from followup_agent.guide.promise import names_promise
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role, certainty_of
from followup_agent.kinds import Kind

#: An offer to answer is no question, unless it asks for news as well.
_OFFERS = Anycase(
    r"^(?!.*(?:\?|\b(?:update|decision|status|next step|news|stand|outcome|progress)))"
    r".*\b(?:feel free|hesitate|get in touch with me|contact me|need anything|any questions)\b",
    re.DOTALL,
)
#: Some word of these is in most questions after the decision: "How is the dog?" has none.
_PROCESS = Anycase(
    r"\b(?:deci\w+|status|updat\w+|news|word|outcome|results?|progress\w*|proceed\w*|next|steps?"
    r"|stages?|tim(?:ing|eline|escale|eframe|etable)|process|selection|select\w*|hiring|recruit\w*"
    r"|cho(?:ice|osing|ose|se|sen)|answer|hear\w*|heard|stands?|standing|position|post|role|job"
    r"|vacancy"
    r"|applic\w+|candid\w+|appoint\w*|panel|committee|board|shortlist\w*|things|matters?|situation"
    r"|land(?:ed|s)?|joy|luck|verdict|jury|further|forward|reply|respon\w+|filled|settled|report"
    r"|latest"
    r"|conclu\w+|finali[sz]\w+|search|interviews?|opportunity|opening|either way|view|offer|plans?"
    r"|feedback|line|ahead|from here|afoot|done|over|soon|when (?:might|will|can|could|should|I"
    r"|we|it|they|a|the)|date|info\w*|(?:the|any) story|same|anything"
    r"|how (?:it|this|you)|where (?:it|this|you|we)|anywhere|indication|whether|made|is it"
    r"|it(?:['’]s"
    r"| is) (?:going|looking)|shook|out)\b",
)
_OTHER_WHEN = re.compile(
    r"\b(?:when|how|where) (?:does |do |is |are )?(?:the|your|this|that) (?!(?:deci|cho|post"
    r"|role|job|posi"
    r"|panel|board|comm|appl|sele|sear|hiri|recr|proc|matt|vaca|team|firm|comp|gove|scho|hosp"
    r"|next|cand"
    r"|inte|appo|outc|resu|shor|time|deli|revi|offe|final|resp|vote|deal|land))\w+",
    re.IGNORECASE,
)
_ASKS = Anycase(r"\b(?:ask|wonder|know|tell|let me)")
#: "I am sure that it went well" tells; it does not ask.
_SURE_ENOUGH = Anycase(
    r"\bI(?:['’]m| am) (?:sure|certain|confident)(?: that)? (?:it|the|you|there|this)\b(?!.*\?)",
    re.DOTALL,
)


#: A question that answers itself asks the reader for nothing.
_RHETORICAL = Anycase(
    r"\b(?:who|what (?:candidate|applicant|person|one)|which of us) (?:does|would|is|has|could|can"
    r"|would not|does not|wouldn|doesn|isn|hasn)(?:n?['’]t|n['’]t| not)\b"
    r"|\b(?:don|aren|haven|isn|wouldn)['’]t (?:we|they) all\b|\bwho (?:knows|can say|could say"
    r"|can blame|could blame)\b|\bhow (?:could|can) (?:anyone|anybody|one|I) (?:not|resist)\b",
)
#: What is asked for by saying how welcome it would be: a wish, what is wished for, and of what.
#: "It would be helpful to have a sense of your timeline", "an approximate timeframe would help".
_WISHED = (
    Anycase(r"\b(?:would|should|might|could)\b|\bI['’]d\b|^(?:very )?grateful\b"),
    Anycase(
        r"\b(?:grateful\w*|thankful\w*|obliged|glad\w*|pleased|happy|appreciat\w+|valu(?:e|ed)"
        r"|welcom\w+|help(?:ful)?|useful|kind(?:ness)?|lovely)\b"
    ),
    Anycase(
        r"\b(?:indications?|idea|notion|sense|feel|insights?|inkling|estimate|word|line|note|steer"
        r"|guidance|clarity|visibility|light|feedback|news|(?:approximate|rough|likely|expected)"
        r" (?:date|tim\w+))\b"
    ),
    Anycase(
        r"\b(?:tim(?:ings?|elines?|escales?|eframes?|etable)|how long|next steps?|stages?"
        r"|when(?:ever)? (?:you|we|candidates|a decision|the (?:team|panel|board|decision|result))"
        r"|process|outcome|decision|appointment|progress\w*|status|(?:matters?|things|it|I) "
        r"(?:now )?(?:stands?|rests?|lies?)|further)\b"
    ),
)
#: "I would be happy to give you an idea of how long it took": the writer tells.
_TELLS = Anycase(
    r"\b(?:give|send|show|offer|tell|share with) (?:you|them|the)\b|\byou (?:with|an?)\b"
)
#: So sure that a question needs no word of the process: "Have you picked anyone yet?"
_BEYOND_DOUBT = 0.8


@rule(
    "ask",
    kinds=[Kind.REMINDER, Kind.STATUS],
    part=Part.ASK,
    ask="Ask once, politely, for an update or the next step.",
    place="3. Follow Up on Specific Points: inquire about the status",
)
def ask(case: Case) -> Iterable[Finding]:
    """No request for an update or the next step."""
    if not any(_asks(s.text) for s in doing_in_part(case, Role.ASK)) and not any(
        _wishes_to_know(s.text) for s in case.reading.sentences
    ):
        yield Finding("the question is missing: ask how things stand or what the next step is")


def _asks(sentence: str) -> bool:
    if _OFFERS.search(sentence) or _RHETORICAL.search(sentence):
        return False
    return certainty_of(sentence)[Role.ASK] >= _BEYOND_DOUBT or _of_process(sentence)


def _wishes_to_know(sentence: str) -> bool:
    """Whether it says how welcome news of the decision would be."""
    return all(part.search(sentence) for part in _WISHED) and not _TELLS.search(sentence)


def _of_process(sentence: str) -> bool:
    """Whether a question is after the decision, not after the boat or the café."""
    if _SURE_ENOUGH.search(sentence) and not _ASKS.search(sentence):
        return False
    return bool(_PROCESS.search(sentence)) and not (
        _OTHER_WHEN.search(sentence) and not _PROCESS.search(_OTHER_WHEN.sub(" ", sentence))
    )


@rule(
    "timeline",
    kinds=[Kind.STATUS],
    part=Part.TIMELINE,
    ask="Name the date or the span that they gave for their decision.",
    place="3. Follow Up on Specific Points: mentioned a timeline",
)
def timeline(case: Case) -> Iterable[Finding]:
    """The date or span that they gave is not named."""
    for sentence in case.reading.sentences:
        if names_promise(case, sentence, surest(sentence, Role.TIMELINE)):
            return
    due = case.notes.decision_by if case.notes else None
    given = f" ({due.day} {month(due)})" if due else ""
    yield Finding(f"the date that they gave{given} is not named: say when you were to hear")

"""The parts of a body: thanks, topics, the earlier talk, interest, the question, the date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_agent.guide.addressing import is_near
from followup_agent.guide.case import Case
from followup_agent.guide.evidence import company_words, doing, keys, role_words, says
from followup_agent.guide.message import Part
from followup_agent.guide.promise import names_promise
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role, certainty_of, roles_of
from followup_agent.guide.topics import TALKED_OF, topics_in
from followup_agent.kinds import Kind

_FORWARD = r"(?<!forward to )(?<!forward to continuing )"
#: An earlier talk in so many words; what was said there is left to the classifier.
_TALKED = re.compile(
    r"\b(?:since|when|after|as) (?:we|you and i) (?:met|spoke|talked|discussed|chatted)\b"
    r"|\bwe (?:met|spoke|talked|discussed|chatted)\b"
    rf"|{_FORWARD}\b(?:our|yesterday['’]s|today['’]s|\w+day['’]s|last week['’]s) "
    r"(?:[\w-]+ ){0,2}(?:conversation|chat|talk|interview|meeting|discussion|call)\b"
    r"|\b(?:the|my|our) interview (?:on|of|for|with|in|dated|at)\b"
    r"|\binterview(?:ed|ing) (?:me|with you|for)\b"
    r"|\b(?:role|position|post|job) (?:that )?we discussed\b",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"\b(?:conversation|chat|talk\w*|interview\w*|meet|meeting|met|spoke\w*|speak\w*|discuss\w*"
    r"|call"
    r"|visit|tour|session|told|tell\w*|expla\w+|describ\w+|show\w*|mention\w*|said|shar\w+|ask\w*"
    r"|hear\w*|answer(?:s|ed|ing)?|question\w*|yesterday|today|this (?:morning|afternoon)|last \w+"
    r"|\w+day|walk\w*|insight\w*|advice|welcome)\b",
    re.IGNORECASE,
)
_READER = re.compile(r"\b(?:you|your|yours|we|our)\b", re.IGNORECASE)
_DISCUSSED = re.compile(
    r"\b(?:role|position|post|job|application|candidacy|candidature|vacancy)\b", re.IGNORECASE
)
#: Thankful for something that the reader did not do: "grateful that the rain held off".
_NO_THANKS = re.compile(
    r"\b(?:grateful|thankful|appreciate) that (?!you|your|the (?:panel|team|committee|school|firm))"
    r"|(?<!my )\bthanks to (?!you|your|all|every|the (?:panel|team|committee|whole))|\bthankfully\b"
    r"|\bthank (?:goodness|god|heavens?)\b",
    re.IGNORECASE,
)
#: Lukewarm words: what they are said of is no wish.
_LUKEWARM = re.compile(
    r"\b(?:i suppose|i guess|i expect i|might (?:consider|be (?:open|willing|interested)|as well"
    r"|take)"
    r"|perhaps|maybe|possibly|not (?:opposed|averse|against)|wouldn['’]t mind|would not mind"
    r"|could (?:consider|imagine|live with)|would consider (?!it)|somewhat|fairly interested"
    r"|if nothing (?:else|better)|one of (?:several|my) options?"
    r"|no (?:strong|particular) (?:feelings|wish))\b",
    re.IGNORECASE,
)
#: An offer to answer is no question, unless it asks for news as well.
_OFFERS = re.compile(
    r"^(?!.*(?:\?|\b(?:update|decision|status|next step|news|stand|outcome|progress)))"
    r".*\b(?:feel free|hesitate|get in touch with me|contact me|need anything|any questions)\b",
    re.IGNORECASE | re.DOTALL,
)
#: What an interest is in: the words after it decide whether it is the job.
_IN = re.compile(r"\binterest(?:ed)? in ((?:[\w'’-]+ ?){1,5})", re.IGNORECASE)
_IN_WORK = re.compile(
    r"\b(?:the|this|that|your|its|what|how|any|such|\w+ing|role|position|post|job|work|team)\b",
    re.IGNORECASE,
)
#: How sure interest must be where the sentence names the role or the company too.
_LIKELY = 0.35
#: "Perhaps most of all I want to join you": so sure that a "perhaps" changes nothing.
_BEYOND_DOUBT = 0.9


@rule(
    "courtesy",
    kinds=[Kind.REMINDER, Kind.STATUS],
    part=Part.COURTESY,
    ask="Open with one polite sentence about the reader, such as “I hope you're doing well.”",
    place="5. Persistence and Professionalism: “I hope you’re doing well”",
)
def courtesy(case: Case) -> Iterable[Finding]:
    """No polite opener about the reader."""
    if not any(doing(case, Role.COURTESY)):
        yield Finding("a polite opener is missing: add a line such as “I hope you're doing well.”")


@rule(
    "gratitude",
    kinds=[Kind.THANK_YOU, Kind.KEEP_IN_TOUCH],
    part=Part.GRATITUDE,
    ask="Thank the reader for their time, the conversation, the opportunity or their answer.",
    place="Structure of the Email: Express Gratitude",
)
def gratitude(case: Case) -> Iterable[Finding]:
    """Nobody is thanked."""
    thanking = [s for s in doing(case, Role.GRATITUDE) if not _NO_THANKS.search(s.text)]
    # "Thank you for your time," over the name thanks as well as any sentence.
    if not thanking and not _thanks_for(case.reading.words(case.reading.closing)):
        what = "their answer" if case.kind is Kind.KEEP_IN_TOUCH else "their time"
        yield Finding(f"thanks are missing: thank the reader for {what} or the conversation")


def _thanks_for(closing: str) -> bool:
    return len(closing.split()) > 3 and Role.GRATITUDE in roles_of(closing)


@rule(
    "key_points",
    kinds=[Kind.THANK_YOU],
    part=Part.KEY_POINTS,
    needs_notes=True,
    ask="Take up one specific topic of the notes: nobody who was not there could have written it.",
    place="Structure of the Email: Reference Key Points",
)
def key_points(case: Case) -> Iterable[Finding]:
    """Nothing specific that was talked about."""
    notes = case.notes
    if notes is None or any(topics_in(notes, case.reading.sentences)):
        return
    mine = [t for t in notes.topics if case.to is None or t.by in {None, case.to.name}]
    topic = (mine or list(notes.topics))[0].text
    yield Finding(
        "no topic of the interview is taken up, so it could have been written before it: "
        f"mention one, such as “{_short(topic)}”"
    )


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


@rule(
    "reference",
    kinds=[Kind.REMINDER, Kind.STATUS, Kind.VALUE_ADD, Kind.LINKEDIN, Kind.KEEP_IN_TOUCH],
    part=Part.REFERENCE,
    ask="Refer to the earlier conversation: its topic, its date or the role discussed.",
    place="3. Follow Up on Specific Points: referencing your previous conversation",
)
def reference(case: Case) -> Iterable[Finding]:
    """No word of the earlier conversation, its topic, its date or the role discussed."""
    if not _refers(case):
        yield Finding(
            "the earlier conversation is not mentioned: say when you met or what you talked about"
        )


def _refers(case: Case) -> bool:
    if any(says(case, _TALKED)):
        return True
    for sentence in doing(case, Role.REFERENCE):
        # "Thank you for the time you gave me" recalls nothing; "for the tour" does.
        thanks = Role.GRATITUDE in roles_of(sentence.text)
        if not thanks or _RECALLS.search(sentence.text):
            return True
    if case.notes is None:
        return False
    # What was talked about, put to the reader: "your one-page strategies made my Wednesday".
    taken_up = topics_in(case.notes, case.reading.sentences, TALKED_OF)
    if any(_READER.search(sentence.text) for _, sentence in taken_up):
        return True
    words = role_words(case.notes)
    return any(not words.isdisjoint(keys(sentence.text)) for sentence in says(case, _DISCUSSED))


@rule(
    "interest",
    kinds=[Kind.THANK_YOU, Kind.REMINDER, Kind.STATUS],
    part=Part.INTEREST,
    ask="Say with conviction that you want the role, and name both the role and the company.",
    place="Structure of the Email: Reiterate Interest",
)
def interest(case: Case) -> Iterable[Finding]:
    """No wish for the role, a lukewarm one, or the company is not named."""
    if not _wants(case):
        yield Finding("interest in the role is missing: say plainly that you would like to have it")
    elif case.notes is not None and not _names_company(case):
        yield Finding(f"the company is not named: say that it is {case.notes.company} you want")


def _wants(case: Case) -> bool:
    notes = case.notes
    named = company_words(notes) | role_words(notes) if notes else frozenset[str]()
    for sentence in doing(case, Role.INTEREST, _LIKELY):
        sure = certainty_of(sentence.text)[Role.INTEREST]
        if sure < _BEYOND_DOUBT and _LUKEWARM.search(sentence.text):
            continue
        if (sure >= 0.5 or not named.isdisjoint(keys(sentence.text))) and _in_work(
            sentence.text, named
        ):
            return True
    return False


def _in_work(sentence: str, named: frozenset[str]) -> bool:
    """Whether an "interest in" something is in the work: "interested in chess" is not."""
    things = [match[1] for match in _IN.finditer(sentence)]
    return not things or any(
        _IN_WORK.search(thing) or not named.isdisjoint(keys(thing)) for thing in things
    )


def _names_company(case: Case) -> bool:
    if case.notes is None:
        return True
    text = f"{case.reading.words(case.reading.subject)}\n{case.reading.body}"
    words, own = set(keys(text)), company_words(case.notes)
    if not own.isdisjoint(words):
        return True
    # A name that is only misspelled is the business of `wrong_name`.
    longer = [word for word in words if len(word) > 4]
    return any(is_near(word, name) for name in own if len(name) > 4 for word in longer)


@rule(
    "ask",
    kinds=[Kind.REMINDER, Kind.STATUS],
    part=Part.ASK,
    ask="Ask once, politely, for an update or the next step.",
    place="3. Follow Up on Specific Points: inquire about the status",
)
def ask(case: Case) -> Iterable[Finding]:
    """No request for an update or the next step."""
    asking = [s for s in doing(case, Role.ASK) if not _OFFERS.search(s.text)]
    if not asking:
        yield Finding("the question is missing: ask how things stand or what the next step is")


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
        if names_promise(case, sentence, certainty_of(sentence.text)[Role.TIMELINE]):
            return
    due = case.notes.decision_by if case.notes else None
    given = f" ({due.day} {due:%B})" if due else ""
    yield Finding(f"the date that they gave{given} is not named: say when you were to hear")

"""The parts of a body: thanks, topics, the earlier talk, interest, the question, the date."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_agent.guide.addressing import is_near
from followup_agent.guide.anycase import Anycase
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
_TALKED = Anycase(
    r"\b(?:since|when|after|as) (?:we|you and i) (?:met|spoke|talked|discussed|chatted)\b"
    r"|\bwe (?:met|spoke|talked|discussed|chatted)\b"
    rf"|{_FORWARD}\b(?:our|yesterday['’]s|today['’]s|\w+day['’]s|last week['’]s) "
    r"(?:[\w-]+ ){0,2}(?:conversation|chat|talk|interview|meeting|discussion|call)\b"
    r"|\b(?:the|my|our) interview (?:on|of|for|with|in|dated|at)\b"
    r"|\binterview(?:ed|ing) (?:me|with you|for)\b"
    r"|\b(?:role|position|post|job) (?:that )?we discussed\b"
    r"|\bthe (?:hour|time|afternoon|morning|minutes) (?:on|about|with you|we spent)\b"
    r"|\b(?:good|great|lovely|nice|grand|fun|pleasure) (?:chat|talk|conversation|to (?:chat|talk"
    r"|meet"
    r"|speak|hear)|chatting|talking|speaking|meeting|swapping|hearing)\b"
    r"|\b(?:enjoyed|loved|liked|valued|appreciated) (?:our |the )?(?:\w+ )?(?:chat\w*|talk\w*"
    r"|swapping"
    r"|speaking|meeting|hearing|discussing|conversation)\b",
)
_RECALLS = Anycase(
    r"\b(?:conversation|chat|talk\w*|interview\w*|meet|meeting|met|spoke\w*|speak\w*|discuss\w*"
    r"|call"
    r"|visit|tour|session|told|tell\w*|expla\w+|describ\w+|show\w*|mention\w*|said|shar\w+|ask\w*"
    r"|hear\w*|answer(?:s|ed|ing)?|question\w*|yesterday|today|this (?:morning|afternoon)|last \w+"
    r"|\w+day|walk\w*|insight\w*|advice|welcome)\b",
)
_READER = Anycase(r"\b(?:you|your|yours|we|our)\b")
_DISCUSSED = Anycase(r"\b(?:role|position|post|job|application|candidacy|candidature|vacancy)\b")
#: Thankful for something that the reader did not do: "grateful that the rain held off".
_NO_THANKS = Anycase(
    r"\b(?:grateful|thankful|appreciate) that (?!you|your|the (?:panel|team|committee|school|firm))"
    r"|(?<!my )\bthanks to (?!you|your|all|every|the (?:panel|team|committee|whole))|\bthankfully\b"
    r"|\bthank (?:goodness|god|heavens?)\b|\bthank me\b|\bmy (?:present|current|old|former|own)\b"
    r"|\b(?:no|little) (?:cause|reason|need) (?:for|to) (?:thank|gratitude|be grateful)"
    r"|\bthanks be to\b|\bno thanks to\b"
    r"|\b(?:not|n['’]t|hardly|scarcely) (?:say )?(?:that )?(?:I am |I['’]m )?(?:thankful"
    r"|grateful)\b"
    # Others may thank the reader one day: "Your drivers would thank you."
    r"|(?<!\bi )(?<!\bwe )\b(?:would|will|always|often|['’]ll) (?:surely |all "
    r"|always )?thank (?:you|me)\b"
    r"|\b(?:grateful|appreciate it|obliged|thankful) if\b",
)
_BARE = 5  # words of thanks that need no object: "Many thanks once again"
#: The reader, or what a reader can be thanked for.
_THEIRS = Anycase(
    r"\b(?:you|your|yours|yourself|ye|everyone|everybody|panel|committee|governors|all"
    r"|(?:interview|conversation|chat|talk|meeting|call|discussion|visit|tour|session|hour|morning"
    r"|afternoon|evening)s?|time|opportunity|chance|welcome|reception|invitation|reply|answer"
    r"|response|feedback|hospitality|courtesy|kindness|candou?r|honesty|frankness|patience|advice"
    r"|yesterday|today|news|everything|message|letter|e-?mail|note|for \w+ing)\b",
)
#: Thanks for what is still to come: not yet for anything that the reader did.
_TO_COME = Anycase(
    r"\b(?:in|with) (?:advance|anticipation)\b|\b(?:thank\w*|grateful|gratitude) for (?:your |any )"
    r"(?:\w+ )?(?:consider\w+ (?:my|me)|(?:prompt|early|positive|favou?rable) \w+|(?:reply"
    r"|response))\b",
)
#: Denied, past, another's or hanging on terms: no wish, however sure the words.
_DENIED = Anycase(
    r"(?:\bnot|n['’]t|\bhardly|\bscarcely|\bnever)(?: yet)?(?: (?:entirely|at all|quite|very|really"
    r"|so|that|particularly|especially))? (?:sure|certain|convinced|decided|interested|keen|eager)"
    r"(?! (?:(?:that )?(?:I|we) (?:have |could )?ever|if|before|how|what))\b"
    r"|\b(?:has|have) (?:\w+ )?(?:cooled|faded|waned|gone|dwindled|passed)\b"
    r"|\bno longer (?:wish|want|interested|keen|sure|be )\w*\b|\bI doubt\b|\bin two minds\b"
    r"|\b(?:prepared|willing|ready|open|happy) to consider\b|\bmade up my mind (?:yet|whether)\b"
    r"|\bif the (?:\w+ )?(?:pay|salary|package|terms|money|hours|conditions|offer)\b"
    r"|\bdepend(?:s|ing) on\b"
    r"|\bmy (?:own |two |three |eldest |youngest )?(?:child|children|parents?|kids?|sister"
    r"|brother|wife|husband|cousin|friend|partner|mother|father|son|daughter|niece"
    r"|nephew|uncle|aunt|colleague|flatmate|neighbou?r|student)s? (?:is|are|was|were|would"
    r"|wants?|loves?"
    r"|likes?|has|have|swears?)\b",
)
#: Hope for them, not for oneself: "I hope that the school keeps its garden."
_FOR_THEM = Anycase(
    r"\bhope (?:that )?(?!I\b|you\b|we\b|it\b|this\b|mine\b)(?:the |your )?\w+(?: \w+)? "
    r"(?:keeps?|gets?|has|have|opens?|goes|finds?|stays?|survives?|is|are|flourish\w*|grows?)\b"
    r"|\bI wish (?!to\b|I\b|for\b|very\b|with\b)",
)
_ONCE = Anycase(
    r"\bI (?:was|had been|used to be|used to) (?:\w+ )?(?:interested|keen|excited|eager|after"
    r"|want)\b"
    r"(?!.*\b(?:still|am|remain|now|even more|more|stay)\b)",
    re.DOTALL,
)
#: The writer wants it, in so many words or with the "I" left out: "Still keen to join."
_WRITER = Anycase(
    r"\b(?:I|me|my|mine|myself|we)\b|^(?:and |but |so )?(?:still|very|really|just|only|would|am"
    r"|keen|eager|excited|delighted|count|sign|super|so|more|as|dead|can['’]t|cannot|happy|glad"
    r"|looking|hoping|very much|nothing|it (?:would|will) be|yes|definitely|absolutely|to|being"
    r"|joining|working)\b",
)
#: A wish to look on, not to work there.
_ELSEWHERE = Anycase(
    r"\b(?:like|love|wait|hope|want|eager|keen|excited|happy|delighted|curious) to (?:\w+ly )?"
    r"(?:see|visit|read|watch|taste|hear|try|ride|eat|shop|use)\b",
)
_POST = Anycase(
    r"\b(?:join\w*|become|belong|role|position|post|job|work\w*|part of|team|(?:see|hear) (?:it"
    r"|this|that"
    r"|from))\b",
)
#: The wish as a noun: "It strengthened my resolve to come to you."
_WISH = Anycase(
    r"\bmy (?:\w+ )?(?:resolve|wish|desire|hope|ambition|eagerness|keenness|intention|determination"
    r"|enthusiasm|interest|commitment|dream) (?:to|for|in|of) (?:com|join|work|be|lead|serv"
    r"|teach|the"
    r"|this|your|help|build|taking)\w*\b"
    r"|\b(?:top of my list|my (?:first|top) (?:choice|preference)|my number one)\b",
)
_HOPE = Anycase(r"(?:I )?(?:do |really |sincerely )?(?:hope|trust)\b(?! (?:I|to|we|my)\b)")
#: Lukewarm words: what they are said of is no wish.
_LUKEWARM = Anycase(
    r"\b(?:i suppose|i guess|i expect i|might (?:consider|be (?:open|willing|interested)|as well"
    r"|take)"
    r"|perhaps|maybe|possibly|not (?:opposed|averse|against)|wouldn['’]t mind|would not mind"
    r"|could (?:consider|imagine|live with)|would consider (?!it)|somewhat|fairly interested"
    r"|if nothing (?:else|better)|one of (?:several|my) options?"
    r"|fine (?:with|by) me|all things considered|(?:be|still be) (?:tempted|persuaded)|say no"
    r"|must still consider|one of (?:two|three|four|a few)"
    r"|no (?:strong|particular) (?:feelings|wish))\b",
)
#: An offer to answer is no question, unless it asks for news as well.
_OFFERS = Anycase(
    r"^(?!.*(?:\?|\b(?:update|decision|status|next step|news|stand|outcome|progress)))"
    r".*\b(?:feel free|hesitate|get in touch with me|contact me|need anything|any questions)\b",
    re.DOTALL,
)
#: Some word of these is in every question after the decision: "How is the dog?" has none.
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
#: What an interest is in: the words after it decide whether it is the job.
_IN = re.compile(r"\binterest(?:ed)? in ((?:[\w'’-]+ ?){1,5})", re.IGNORECASE)
_IN_WORK = Anycase(
    r"\b(?:the|this|that|your|its|what|how|any|such|\w+ing|role|position|post|job|work|team)\b",
)
#: How sure interest must be where the sentence names the role or the company too.
_LIKELY = 0.35
_POSSIBLE = 0.02  # where the wish is a noun as well
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
    if not any(doing(case, Role.COURTESY)) and not _hopes(case):
        yield Finding("a polite opener is missing: add a line such as “I hope you're doing well.”")


def _hopes(case: Case) -> bool:
    """Whether it opens with a good wish for something of the reader's own: "I hope the boat …"."""
    first = [s for s in case.reading.sentences[:2] if _HOPE.match(s.text)]
    return case.notes is not None and any(topics_in(case.notes, first, ("personal", "topics")))


@rule(
    "gratitude",
    kinds=[Kind.THANK_YOU, Kind.KEEP_IN_TOUCH],
    part=Part.GRATITUDE,
    ask="Thank the reader for their time, the conversation, the opportunity or their answer.",
    place="Structure of the Email: Express Gratitude",
)
def gratitude(case: Case) -> Iterable[Finding]:
    """Nobody is thanked."""
    thanking = [
        s
        for s in doing(case, Role.GRATITUDE)
        if not (_NO_THANKS.search(s.text) or _TO_COME.search(s.text)) and _to_reader(s.text)
    ]
    # "Thank you for your time," over the name thanks as well as any sentence.
    if not thanking and not _thanks_for(case.reading.words(case.reading.closing)):
        what = "their answer" if case.kind is Kind.KEEP_IN_TOUCH else "their time"
        yield Finding(f"thanks are missing: thank the reader for {what} or the conversation")


def _to_reader(sentence: str) -> bool:
    """Whether thanks are for the reader: not for the sea air, nor for a present team's help."""
    return len(sentence.split()) <= _BARE or bool(_THEIRS.search(sentence))


def _thanks_for(closing: str) -> bool:
    told = len(closing.split()) > 3 and not _TO_COME.search(closing)
    return told and Role.GRATITUDE in roles_of(closing)


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
    # Whoever names the day that was promised recalls the talk in which it was.
    for sentence in doing(case, Role.TIMELINE):
        if names_promise(case, sentence, certainty_of(sentence.text)[Role.TIMELINE]):
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
    for sentence in doing(case, Role.INTEREST, _POSSIBLE):
        sure = certainty_of(sentence.text)[Role.INTEREST]
        if sure < _LIKELY and not _WISH.search(sentence.text):
            continue
        text = sentence.text
        if any(p.search(text) for p in (_DENIED, _ONCE)) or not _WRITER.search(text):
            continue
        if any(p.search(text) for p in (_ELSEWHERE, _FOR_THEM)) and not _POST.search(text):
            continue
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
    asking = [
        s for s in doing(case, Role.ASK) if not _OFFERS.search(s.text) and _of_process(s.text)
    ]
    if not asking:
        yield Finding("the question is missing: ask how things stand or what the next step is")


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
        if names_promise(case, sentence, certainty_of(sentence.text)[Role.TIMELINE]):
            return
    due = case.notes.decision_by if case.notes else None
    given = f" ({due.day} {due:%B})" if due else ""
    yield Finding(f"the date that they gave{given} is not named: say when you were to hear")

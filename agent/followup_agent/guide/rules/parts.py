"""What a message says of the past: the polite opener, thanks, topics, the earlier talk."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.evidence import doing, doing_in_part, keys, role_words, says
from followup_agent.guide.message import Part
from followup_agent.guide.promise import names_promise
from followup_agent.guide.reading import Sentence
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role, certainty_of, roles_of
from followup_agent.guide.topics import TALKED_OF, theirs_in, topics_in
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
_REMEMBERS = Anycase(
    r"\b(?:enjoy\w*|remember\w*|recall\w*|remind\w*|thought|think\w*|mind|stayed|stuck|laugh\w*"
    r"|made me)\b",
)
_READER = Anycase(r"\b(?:you|your|yours|we|our)\b")
_DISCUSSED = Anycase(r"\b(?:role|position|post|job|application|candidacy|candidature|vacancy)\b")
#: Thankful for something that the reader did not do: "grateful that the rain held off".
_NO_THANKS = Anycase(
    r"\b(?:grateful|thankful|appreciate) that (?!you|your|the (?:panel|team|committee|school|firm)"
    r"|we (?:met|spoke|talked|could|had|were able)|I (?:was|could|got|had the))"
    r"|\b(?<!my )thanks to (?!you|your|all|every|the (?:panel|team|committee|whole))|\bthankfully\b"
    r"|\bthank (?:goodness|god|heavens?)\b|\bthank me\b|\bmy (?:present|current|old|former|own)\b"
    r"|\b(?:no|little) (?:cause|reason|need) (?:for|to) (?:thank|gratitude|be grateful)"
    r"|\bthanks be to\b|\bno thanks to\b"
    r"|\b(?:not|n['’]t|hardly|scarcely) (?:say )?(?:that )?(?:I am |I['’]m )?(?:thankful"
    r"|grateful)\b"
    # Others may thank the reader one day: "Your drivers would thank you."
    r"|\b(?<!\bi )(?<!\bwe )(?:would|will|always|often|['’]ll) (?:surely |all "
    r"|always )?thank (?:you|me)\b"
    r"|\b(?:grateful|appreciate it|obliged|thankful) if\b"
    # Thanks to be passed on are another's: "Please thank the porter for me."
    r"|^(?!.*\b(?:thank you|thanks|grateful) (?:for|so|again|very))"
    r".*\b(?:please|kindly|could you|do) (?:also )?(?:thank|pass on|pass my|give|convey)\b",
)
#: A word that thanks. Pleasure alone is none: "It was good to meet you".
_THANKING = Anycase(
    r"\b(?:thank\w*|grateful\w*|gratitude|appreciat\w+|obliged|indebted|cheers|ta|kind\w*|bless\w*"
    r"|(?:good|generous|decent|nice|big|sweet|lovely|thoughtful|gracious|considerate) of|generosity"
    r"|you (?:were|are|have been|['’]ve been) (?:\w+ )?(?:good|generous|decent|nice|patient)"
    r"|asante|merci|gracias|danke|mahalo|honou?red|privileged?|credit to you|in your debt"
    r"|means? (?:a lot|much|the world))\b",
)
_UNDOUBTED = 0.9  # thanks without such a word
_PLAIN = 0.7  # is sure enough where the thanks name no object
_FOR = Anycase(
    r"\b(?:thank\w*|grateful|gratitude|appreciat\w+|obliged|indebted) (?:for|of|to|that|at|by)\b",
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
    r"(?:\w+ )?(?:consider\w+ (?:my|me)|(?:prompt|early|positive|favou?rable) \w+)\b"
    r"|\b(?:thank\w*|grateful|gratitude) for any (?:reply|response|answer)\b",
)
#: To come as well, unless the message answers one.
_REPLY = Anycase(r"\b(?:thank\w*|grateful|gratitude) for your (?:\w+ )?(?:reply|response)\b")

#: A good wish for anything but the writer and the message itself: "Hope the yard has dried out".
_HOPE = Anycase(
    r"(?:and |just |I )?(?:do |really |sincerely )?(?:hope|hoping|trust)\b"
    r"(?! (?:that )?(?:I|to|we|my|mine|this|it|the attached|the enclosed"
    r"|(?:the|your|a) (?:matter|deci\w+|choice|news|process|post|position|role|result|outcome"
    r"|search|answer|reply))\b)",
)
_OPENING = 3  # sentences that a polite opener stands among


@rule(
    "courtesy",
    kinds=[Kind.REMINDER, Kind.STATUS],
    part=Part.COURTESY,
    ask="Open with one polite sentence about the reader, such as “I hope you're doing well.”",
    place="5. Persistence and Professionalism: “I hope you’re doing well”",
)
def courtesy(case: Case) -> Iterable[Finding]:
    """No polite opener about the reader."""
    if not any(doing_in_part(case, Role.COURTESY)) and not _hopes(case):
        yield Finding("a polite opener is missing: add a line such as “I hope you're doing well.”")


def _hopes(case: Case) -> bool:
    """Whether it opens with a good wish that does nothing else: "I hope the boat …"."""
    return any(
        _HOPE.match(sentence.text) and roles_of(sentence.text) <= {Role.COURTESY, Role.REFERENCE}
        for sentence in case.reading.sentences[:_OPENING]
    )


#: Thanks in words that no list holds, told by what they are for: "Nice one for telling me".
_FOR_DEED = Anycase(
    r"^(?!sorry|time|room|waiting|good luck|bad|ready|hoping|looking|asking|forgive|excuse|pardon)"
    r"(?:[^\W\d_]+ ){1,5}for (?:(?:telling|calling|ringing|phoning|writing|replying|answering"
    r"|seeing|having|giving|letting|taking|making|being|showing|sparing|hosting|inviting"
    r"|listening|squeezing|fitting|meeting|explaining|walking|coming|getting)\b"
    r"|(?:yesterday|today|everything)\b"
    r"|(?:the|your|a|all the|this|yesterday['’]s|today['’]s) (?:\w+ )?(?:time|talk|chat|call|tour"
    r"|visit|interview|morning|afternoon|hour|welcome|conversation|meeting|reply|answer|note"
    r"|honesty|patience)\b)",
)


@rule(
    "gratitude",
    kinds=[Kind.THANK_YOU, Kind.KEEP_IN_TOUCH],
    part=Part.GRATITUDE,
    ask="Thank the reader for their time, the conversation, the opportunity or their answer.",
    place="Structure of the Email: Express Gratitude",
)
def gratitude(case: Case) -> Iterable[Finding]:
    """Nobody is thanked."""
    thanking = doing_in_part(case, Role.GRATITUDE)
    answers = case.kind is Kind.KEEP_IN_TOUCH
    sentences = [s.text for s in thanking if _to_reader(s.text)]
    sentences += [s.text for s in says(case, _FOR_DEED) if not _for_nothing(s.text)]
    thanked = any(answers or not _REPLY.search(text) for text in sentences)
    # "Thank you for your time," over the name thanks as well as any sentence.
    if not thanked and not _thanks_for(case.reading.words(case.reading.closing)):
        what = "their answer" if case.kind is Kind.KEEP_IN_TOUCH else "their time"
        yield Finding(f"thanks are missing: thank the reader for {what} or the conversation")


def _for_nothing(sentence: str) -> bool:
    """Whether thanks are for what the reader did not do, or not yet."""
    return bool(_NO_THANKS.search(sentence) or _TO_COME.search(sentence))


def _to_reader(sentence: str) -> bool:
    """Whether thanks are for the reader: not for the sea air, nor for a present team's help."""
    sure = certainty_of(sentence)[Role.GRATITUDE]
    if _for_nothing(sentence) or (sure < _UNDOUBTED and not _THANKING.search(sentence)):
        return False
    if len(sentence.split()) <= _BARE or _THEIRS.search(sentence):
        return True
    # "I wanted to say thanks before I left": thanks for nothing in particular are the reader's.
    return sure >= _PLAIN and not _FOR.search(sentence)


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


#: How sure a reference must be where a topic of the notes stands in the sentence.
_LIKELY = 0.2
#: So sure that a reference needs no word of talk or memory.
_SURELY = 0.65
#: What is still to be heard recalls nothing.
_TO_COME_BACK = re.compile(r"\bhear(?:ing)? (?:back |more )?from you\b", re.IGNORECASE)


def _recalls(sentence: Sentence) -> bool:
    """Whether a sentence with a topic in it puts it to the reader, or looks back at it."""
    if _READER.search(sentence.text):
        return True
    return certainty_of(sentence.text)[Role.REFERENCE] >= _LIKELY


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
    for sentence in doing_in_part(case, Role.REFERENCE):
        # "Thank you for the time you gave me" recalls nothing; "for the tour" does.
        roles = certainty_of(sentence.text)
        thanks = roles[Role.GRATITUDE] >= 0.5
        plain = roles[Role.REFERENCE] >= _SURELY or _REMEMBERS.search(sentence.text)
        if (plain and not thanks) or _RECALLS.search(_TO_COME_BACK.sub(" ", sentence.text)):
            return True
    if case.notes is None:
        return False
    # What was talked about, put to the reader: "your one-page strategies made my Wednesday".
    taken_up = topics_in(case.notes, case.reading.sentences, TALKED_OF)
    # What is shared is about a topic anyhow; elsewhere nobody names one who was not there.
    anyhow = case.kind is not Kind.VALUE_ADD
    if any((anyhow and t.section != "personal") or _recalls(s) for t, s in taken_up):
        return True
    if any(theirs_in(case.notes, case.reading.sentences)):
        return True
    words = role_words(case.notes)
    return any(not words.isdisjoint(keys(sentence.text)) for sentence in says(case, _DISCUSSED))

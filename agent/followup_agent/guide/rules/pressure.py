"""No pressure: no guilt, ultimatum, demand or repeated asking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.reading import Sentence
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role, certainty_of
from followup_agent.kinds import Kind

#: How sure a sentence must be: a good message has many, and each may be misjudged. Whoever
#: asks is likelier to press than whoever thanks.
_SURE = 0.75
_SURE_WHERE_NOBODY_ASKS = 0.95
_LIKELY = 0.1  # is enough beside pressing words
#: Words that take pressure off, and polite requests. Only plain pressing words outweigh them.
_GENTLE = Anycase(
    r"\bno (?:need|rush|hurry|pressure|reply|answer|response|obligation|trouble)\b"
    r"|\bnot expecting\b"
    r"|\b(?:do not|don['’]t|won['’]t|wouldn['’]t|will not|not) (?:feel|keep you|take up"
    r"|worry|trouble|rush|mind|want to|wish to|mean to)\b"
    r"|\btake (?:all )?(?:your|the) time\b|\bwhenever\b|\bunderstand\b|\brealise\b|\brealize\b"
    r"|\b(?:naturally|of course|a little|bit) (?:disappointed|sad|sorry)\b"
    r"|\b(?:disappointed|sad|sorry),? (?:of course|naturally|but|not|to)\b|\brespect (?:it|your"
    r"|the)\b"
    r"|\b(?:could|would|may|might|can) (?:you|i|we|it|there)\b|\b(?:wonder|wondering|wondered)\b"
    r"|\b(?:grateful|glad|happy|pleased|obliged|delighted|love|liked|enjoyed)\b"
    r"|\bto ask\b|\bhave you\b"
    r"|\bis there\b"
    r"|\bare you able\b|\bany (?:news|update)\b",
)
#: Words of guilt, demand and ultimatum that a polite request does without.
_PRESSING = Anycase(
    r"\b(?:not|hardly|scarcely|isn['’]t) (?:be )?(?:too much|a lot|unreasonable) to (?:ask|expect"
    r"|hope|want)\b"
    r"|\b(?:I|we) (?:must |have to |really )?(?:insist|demand|deserve)\b|\byou owe\b|\bowe me\b"
    r"|\b(?:reply|answer|respond|confirm) (?:\w+ ){0,2}by return\b"
    r"|\bor (?:else\b|I(?:['’]ll| will| shall)\b)|\botherwise,? I(?:['’]ll| will| shall)\b"
    r"|\bby (?:tonight|noon|midday|tomorrow (?:morning|noon|evening)|close of \w+|end of day"
    r"|the end of (?:today|the day|business))\b"
    r"|\bwithout (?:so much as )?(?:a|any|one) (?:word|reply|answer|line|response|news|sign)\b"
    r"|\b(?:not|n['’]t|hardly|scarcely) (?:thought |deemed |considered |even )?worth (?:a|an|your"
    r"|the) \w+|\bdeserves? (?:a|an|at least)\b|\bsilent (?:phone|inbox|line)\b"
    r"|\b(?:a|the) (?:plain |simple |clear )?yes or (?:a )?no\b|\bonly fair\b"
    r"|\bcourtesy of (?:a|an)\b|\bexpected (?:better|more)\b|\bonce more:|\byet again\b"
    r"|\bI (?:shall|will|can only|['’]ll|must|have to|am forced to"
    r"|would have to)(?: have to)? (?:assume|conclude|presume|take it that)\b"
    r"|\bif (?:I|there)(?: do(?:es)?n['’]t| do(?:es)? not|['’]s| is| have| haven['’]t)? (?:no "
    r"|not )?(?:hear|heard|word|reply|answer|response|news)[^.?!]{0,40}\b(?:by|before|within"
    r"|until)\b"
    r"|\bunless (?:I|we) (?:hear|have|get|receive)\b"
    r"|\b(?:still|yet)(?: have| had)?(?:n['’]t| not)? (?:heard|received|had|got) (?:nothing"
    r"|anything|back|a reply|any reply|a response|no reply|a word|a single)\b"
    r"|\b(?:today itself|immediately|urgently|without (?:fail|further delay)|at the latest)\b"
    r"|\b(?:a single|one single|so much as a) (?:word|line|reply|answer)\b"
    r"|\b(?:my|the|these|those) (?:last |previous |earlier )?(?:two |three |four |many |several "
    r"|\d+ )(?:unanswered )?(?:e-?mails|messages|calls|notes|letters|voicemails)\b"
    r"|\byour (?:continued |long |complete |total )?silence\b|\b(?:been|being|feel"
    r"|felt) (?:ignored|forgotten|ghosted|strung along|left hanging|let down)\b"
    r"|(?<!\bI )(?<!\bwho )(?<!\bwhoever )\b(?:must|need to|have to|had better)"
    r" (?:reply|answer|respond|decide|let me know|tell me|hear|know|have (?:an answer|your))\b"
    r"|\bthe least (?:you|that you|one|anyone) (?:can|could)\b|\b(?:common|basic) (?:courtesy"
    r"|decency)\b"
    r"|\b(?:third|fourth|fifth|sixth|umpteenth) (?:time|e-?mail|message|reminder|note|attempt"
    r"|follow-up)\b"
    r"|\brunning out of patience\b|\bpatience (?:is|has|wears?)\b"
    r"|\b(?:go|going|look|looking|turn) (?:elsewhere|to (?:another|a different) \w+)\b"
    r"|\btell (?:them|people|others|everyone|everybody|the press) (?:why|how)\b|\bkept waiting\b"
    r"|\bwaited long enough\b"
    r"|\b(?:week|weeks|days|day|month) of silence\b|\blong enough for any\w+\b"
    r"|\bleft (?:waiting|hanging|in the dark)\b",
)
#: Guilt, a reproach, a threat to go on or a price, however gently it is put.
_GUILT = Anycase(
    r"\b(?:would|will|['’]d|['’]ll) (?:\w+ )?break my heart\b"
    r"|\b(?:I|me) (?:\w+ ){0,3}(?:heart-?broken|devastated|crushed)\b"
    r"|\bnot (?:to )?(?:disappoint|let down|fail) me\b|\blet me down\b"
    r"|\bI(?:['’]ll| will| shall) (?:keep )?"
    r"(?:ring|call|phon|e-?mail|writ|text|messag|chas|contact)(?:e|ing)? (?:to )?you"
    r" (?:every|each|daily|until|again and again)\b"
    r"|\byou promised (?:me )?(?:an? |your )?(?:answer|reply|decision|response|call)\b[^.?!]*"
    r"\b(?:come and gone|passed|gone by|nothing)\b"
    r"|\bin return,? (?:could|would|can|will|may|might) (?:you|I)\b",
)
#: Nobody is pressed by being let off: "Please do not feel that you have to answer".
_RELEASES = Anycase(
    r"\b(?:not|n['’]t|never|no need to) (?:feel|think)(?: that)? (?:you|obliged|bound|any)\b"
    r"|\byou (?:need not|needn['’]t|do not|don['’]t) (?:have to |need to )?"
    r"(?:reply|answer|respond|decide)\b|\bno (?:need|obligation)\b|\bwithout having to\b",
)
_READER = Anycase(r"\b(?:you|your|yours|please|kindly)\b")
_MOST_ASKS = 2  # sentences that ask; a third one repeats


@rule(
    "pressure",
    ask="Take out guilt, demands, ultimatums and repeated questions: ask once, kindly.",
    place="5. Persistence and Professionalism: brief and respectful",
)
def pressure(case: Case) -> Iterable[Finding]:
    """Guilt, an ultimatum, a demand, or asking repeatedly."""
    pressing = [s for s in case.reading.sentences if _presses(case, s)]
    for sentence in pressing:
        yield Finding("this puts pressure on the reader: leave it out or ask gently", sentence.span)
    if not pressing and (again := next(_repeats(case), None)):
        yield Finding("this asks again: one question is enough", again.span)


def _presses(case: Case, sentence: Sentence) -> bool:
    if _GUILT.search(sentence.text):
        return True
    certainty = certainty_of(sentence.text)
    sure = certainty[Role.PRESSURE]
    if sure < _LIKELY:
        return False
    if _PRESSING.search(sentence.text):
        return _RELEASES.search(sentence.text) is None
    asking = case.kind in {Kind.REMINDER, Kind.STATUS}
    if sure < (_SURE if asking else _SURE_WHERE_NOBODY_ASKS) or sure < certainty[Role.COURTESY]:
        return False
    if not asking and not _READER.search(sentence.text):
        return False  # "This survey is the nearest I can offer" asks nothing of anybody
    return _GENTLE.search(sentence.text) is None


def _repeats(case: Case) -> Iterator[Sentence]:
    """The questions after the second, and one that says little more than the one before."""
    asked: list[Sentence] = []
    for sentence in case.reading.sentences:
        if certainty_of(sentence.text)[Role.ASK] < 0.5 and not sentence.text.endswith("?"):
            continue
        words = set(re.findall(r"\w+", sentence.text.casefold()))
        short = sentence.text.endswith("?") and len(words) < 7
        if short and any(len(words & _words(other)) >= len(words) / 2 for other in asked):
            yield sentence
        if certainty_of(sentence.text)[Role.ASK] >= 0.5 or short:
            asked.append(sentence)
            if len(asked) > _MOST_ASKS:
                yield sentence


def _words(sentence: Sentence) -> set[str]:
    return set(re.findall(r"\w+", sentence.text.casefold()))

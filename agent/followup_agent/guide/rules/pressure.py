"""No pressure: no guilt, ultimatum, demand or repeated asking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from followup_agent.guide.case import Case
from followup_agent.guide.reading import Sentence
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role, certainty_of

#: One sentence must be this sure: a good message has many, and each may be misjudged.
_SURE = 0.72
#: Words of guilt, demand and ultimatum that a polite request does without.
_PRESSING = re.compile(
    r"\b(?:not|hardly|scarcely|isn['’]t) (?:be )?(?:too much|a lot|unreasonable) to (?:ask|expect|hope|want)\b"
    r"|\b(?:I|we) (?:must |have to |really )?(?:insist|demand|deserve)\b|\byou owe\b|\bowe me\b|\bby return\b"
    r"|\bI (?:shall|will|can only|['’]ll|must|have to|am forced to|would have to)(?: have to)? (?:assume|conclude|presume|take it that)\b"
    r"|\bif (?:I|there)(?: do(?:es)?n['’]t| do(?:es)? not|['’]s| is| have| haven['’]t)? (?:no |not )?(?:hear|heard|word|reply|answer|response|news)[^.?!]{0,40}\b(?:by|before|within|until)\b"
    r"|\b(?:still|yet)(?: have| had)?(?:n['’]t| not)? (?:heard|received|had|got) (?:nothing|anything|back|a reply|any reply|a response|no reply|a word|a single)\b"
    r"|\b(?:a single|one single|so much as a) (?:word|line|reply|answer)\b"
    r"|\b(?:my|the|these|those) (?:last |previous |earlier )?(?:two |three |four |many |several |\d+ )(?:unanswered )?(?:e-?mails|messages|calls|notes|letters|voicemails)\b"
    r"|\byour (?:continued |long |complete |total )?silence\b|\b(?:been|being|feel|felt) (?:ignored|forgotten|ghosted|strung along|left hanging|let down)\b"
    r"|\b(?:must|need to|have to|had better) (?:reply|answer|respond|decide|let me know|tell me|hear|know|have (?:an answer|your))\b"
    r"|\bthe least (?:you|that you|one|anyone) (?:can|could)\b|\b(?:common|basic) (?:courtesy|decency)\b"
    r"|\b(?:third|fourth|fifth|sixth|umpteenth) (?:time|e-?mail|message|reminder|note|attempt|follow-up)\b"
    r"|\brunning out of patience\b|\bpatience is\b|\bkept waiting\b|\bwaited long enough\b|\bleft (?:waiting|hanging|in the dark)\b",
    re.IGNORECASE,
)
_MOST_ASKS = 2  # sentences that ask; a third one repeats


@rule(
    "pressure",
    ask="Take out guilt, demands, ultimatums and repeated questions: ask once, kindly.",
    place="5. Persistence and Professionalism: brief and respectful",
)
def pressure(case: Case) -> Iterable[Finding]:
    """Guilt, an ultimatum, a demand, or asking repeatedly."""
    pressing = [s for s in case.reading.sentences if _presses(s)]
    for sentence in pressing:
        yield Finding("this puts pressure on the reader: leave it out or ask gently", sentence.span)
    if not pressing and (again := next(_repeats(case), None)):
        yield Finding("this asks again: one question is enough", again.span)


def _presses(sentence: Sentence) -> bool:
    sure = certainty_of(sentence.text)[Role.PRESSURE]
    return sure >= _SURE or (sure > 0.1 and _PRESSING.search(sentence.text) is not None)


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

"""The articles that jottings leave out: "move to new store", "between UPI gateway and ledger".

What was talked about is known to both, so "the" is never wrong before a single thing of it; and
without an article such a thing cannot stand in a sentence.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from followup_agent.guide.wordforms import is_plural, labels

_DATA = "counted.txt"
#: What a phrase's first noun may be followed by: nothing, or what begins another phrase.
_AFTER = (
    r"(?=$|[,;.:!?)]| (?:of|to|in|on|for|at|with|without|from|by|before|after|since|until|because"
    r"|and|or|but|that|which|who|where|when|while|as|between|against|during|over|under|near|into"
    r"|than|via|across|is|are|was|were|isn['’]t|wasn['’]t|has|have|had|hasn['’]t|will|won['’]t"
    r"|must|may|might|can|can['’]t"
    r"|cannot|could|should|would|does|doesn['’]t|did|didn['’]t|keeps|needs|gets|goes|takes|starts|ends|comes"
    r"|still|already|now|never|always)\b)"
)
#: No part of the phrase, or what says already which one it is or that it is one of many.
_OTHER = (
    r"(?:the|an?|this|that|these|those|my|our|your|his|her|its|their|any|all|both|each|every|either"
    r"|neither|no|not|some|half|many|more|most|few|fewer|less|several|such|what|which|whose|another"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|same|and|or|but|to|of|in|on|at"
    r"|for|by|as|with|without|from|per|after|before|during|since|until|into|over|under|between|against"
    r"|near|via|up|down|off|out|is|are|was|were|be|been|being|has|have|had|I|you|he|she|it|we|they|how"
    r"|why|when|where|who|if|than|so|too|very|about)"
)
_MODIFIER = rf"(?!{_OTHER}\b)(?!\w+(?:ly|['’]s?)\b)[^\W\d_][\w&/+#.’'-]*(?<![.’'])"
#: Where a phrase inside the jotting begins. Not "as", "by", "per", "from": "as nurse manager",
#: "by phone line", "from store to store".
_BEFORE = (
    r"\b(?:of|in|on|at|for|with|to|between|into|across|against|near|behind|under|over|through)"
)


def articled(topic: str) -> str:
    """A topic with "the" before the single things that it names without an article.

    Its first phrase is looked at, and those after a preposition that have a word before the thing:
    "in court" and "on site" are whole.
    """
    for pattern in _patterns():
        topic = pattern.sub(_with_the, topic)
    return topic


def _with_the(found: re.Match[str]) -> str:
    before, phrase = found.group("before", "phrase")
    # In "citizens queue" and "Turkana lose network" the thing is done, or it is done to the thing.
    named_by = phrase.casefold().split()[:-1]
    if any(is_plural(w) or "@notdone" in labels(w, name=False) for w in named_by):
        return found.group()
    return f"{before}the {phrase}"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """For the first phrase, for one after a preposition, and for the second of two "between"."""
    thing = "(?:" + "|".join(map(re.escape, sorted(_counted(), key=len, reverse=True))) + ")"
    phrase = rf"(?P<phrase>%s(?:{_MODIFIER} ){{%s}}{thing}\b{_AFTER})"
    # No "-ing" before the thing: "before building plant" has a verb there.
    named = phrase % (r"(?![\w-]+ing\b)", "1,2")
    return (
        re.compile("^(?P<before>)" + phrase % ("", "0,3")),
        re.compile(rf"(?P<before>{_BEFORE} ){named}"),
        re.compile(rf"(?P<before>\bbetween (?:[\w'’/-]+ ){{1,4}}and ){named}"),
    )


def _counted() -> set[str]:
    text = (resources.files("followup_agent.asking") / "data" / _DATA).read_text("utf-8")
    return {
        word.replace("-", " ") if word.count("-") and word not in _HYPHENED else word
        for line in text.splitlines()
        if not line.startswith("#")
        for word in line.split()
    }


_HYPHENED = frozenset({"cut-over", "cut-off", "roll-out", "pen-test"})

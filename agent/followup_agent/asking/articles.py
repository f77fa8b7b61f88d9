"""The articles that jottings leave out: "move to new store", "between UPI gateway and ledger".

What was talked about is known to both, so "the" is never wrong before a single thing of it; and
without an article such a thing cannot stand in a sentence.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from followup_agent.asking.wording import begins_with_deed, one, tells_standing
from followup_agent.guide.wordforms import is_plural, labels

#: What a single thing does.
_DOES = (
    r"(?:is|was|isn['’]t|wasn['’]t|has|had|will|won['’]t|must|may|might|can|can['’]t|cannot|could"
    r"|should|would|does|doesn['’]t|did|didn['’]t|keeps|needs|gets|goes|takes|starts|ends|comes)"
)
#: What a phrase's first noun may be followed by: nothing, or what begins another phrase.
_AFTER = (
    r"(?=$|[,;.:!?)]| (?:of|to|in|on|for|at|with|without|from|by|before|after|since|until|because"
    r"|and|or|but|that|which|who|where|when|while|as|between|against|during|over|under|near|into"
    rf"|than|via|across|{_DOES}|are|were|have|hasn['’]t"
    r"|feels|covers|misses|drops|wants|looks|shows|carries|pays|breaks|fails|loses|leaves|stands"
    r"|makes|gives|brings|opens|closes|floods|leaks|helps|saves|means|allows|serves"
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
_MODIFIER = rf"(?!{_OTHER}\b)(?!\w+(?:ly|['’]s?)\b)(?:\d+-)?[^\W\d_][\w&/+#.’'-]*(?<![.’'])"
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


def claim_articled(claim: str) -> str:
    """A claim with "a" before the single thing that was done: "led a team of five"."""
    return _object().sub(_with_a, claim)


def _with_the(found: re.Match[str]) -> str:
    return found.group() if _is_done(found) else f"{found['before']}the {found['phrase']}"


def _with_a(found: re.Match[str]) -> str:
    before, phrase = found.group("before", "phrase")
    if _is_done(found) or not begins_with_deed(before) or tells_standing(found.string):
        return found.group()
    return f"{before}the {phrase}" if "'s " in phrase else f"{before}{one(phrase)}"


def _is_done(found: re.Match[str]) -> bool:
    """Whether a verb or a plural stands before the thing, so that they are no name of it."""
    # In "citizens queue" and "Turkana lose network" the thing is done, or it is done to the thing.
    named_by = found["phrase"].casefold().split()[:-1]
    return any(is_plural(w) or "@notdone" in labels(w, name=False) for w in named_by)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """For the first phrase, and those after a preposition, "between … and", and a conjunction."""
    phrase = _phrase()
    # No "-ing" before the thing: "before building plant" has a verb there.
    named = phrase % (r"(?![\w-]+ing\b)", "1,2")
    return (
        re.compile("^(?P<before>)" + phrase % ("", "0,3")),
        re.compile(rf"(?P<before>{_BEFORE} ){named}"),
        re.compile(rf"(?P<before>\bbetween (?:[\w'’/-]+ ){{1,4}}and ){named}"),
        re.compile(
            r"(?P<before>\b(?:when|if|because|while|until|unless|whether|that|but|so) )"
            + phrase % ("", "0,1")
            + rf"(?= {_DOES}\b)"
        ),
    )


@cache
def _object() -> re.Pattern[str]:
    """The thing that stands after a claim's first word."""
    return re.compile(r"^(?P<before>[^\W\d_]+(?: up| out)? )" + _phrase() % ("", "0,2"))


@cache
def _phrase() -> str:
    """A thing with words before it, to be formatted: what it is not to be, and how many words."""
    counted = sorted(_listed("counted.txt"), key=len, reverse=True)
    thing = f"(?:{'|'.join(map(re.escape, counted))})"
    return rf"(?P<phrase>%s(?:{_MODIFIER} ){{%s}}{thing}\b{_AFTER})"


def uncounted() -> frozenset[str]:
    """What needs no article, as it is not counted: "attendance"."""
    return _listed("uncounted.txt")


@cache
def _listed(file: str) -> frozenset[str]:
    text = (resources.files("followup_agent.asking") / "data" / file).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(name.strip() for line in lines for name in line.split(",") if name.strip())

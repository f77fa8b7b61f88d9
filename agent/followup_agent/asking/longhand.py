"""What is written in jottings alone, written out: "w/", "b/c", "Thurs", "40 min episodes"."""

from __future__ import annotations

from collections.abc import Iterator

from followup_agent.asking.wording import replacing
from followup_agent.english_dates import MONTHS, WEEKDAYS

_Rows = Iterator[tuple[str, str]]

#: After a unit, where no thing of that length comes: "3 hours each way".
_NO_THING = (
    "per|and|from|too|the|for|late|early|long|short|before|after|every|each|are|was|were|max|tops"
    "|away|apart|more|less|than|with|into|over|but|till|until|off|out|ago|now|then|when|that|which"
    "|since|either|both|only|old|avg|average|mean|median|total|minimum|maximum"
)
#: A stop before a capital ends a sentence: "as of Oct. Client pays half".
_ITS_STOP = r"(?!-)(?:\.(?! (?-i:[A-Z])))?"


def _words() -> _Rows:
    yield from (
        (r"(?<!\w)w/o(?:ut)?\b", "without"),
        (r"(?<!\w)w/\s?(?=\w)", "with "),
        (r"(?<!\w)b/c\b|\b(?:bc|coz|cos|cuz)\b", "because"),
        (r"\bppl\b", "people"),
        (r"\babt\b", "about"),
        (r"\bx-?mas\b", "Christmas"),
        (r"(?<=[a-z]) (?:& (?=(?-i:[a-z]))|\+ (?=[a-z]{2}))", " and "),
        (r"[\s,(–—-]*\b(?:lol|haha|ha|ugh|yay|hmm|tbh)\b[)!.]*\s*$", ""),
        (r"\s*!+\s*$", ""),
        # The writer's aside: "funded to March (said sorry three times)".
        (r"\s*\((?:said|says|I|my|he|she|they|nb)\b[^()]*\)", ""),
        # "proofer's too small"
        (
            r"(?<=[a-z]{3})(?<!\blet)['’]s (?=(?:too|not|gone|down|out of|an?|the"
            r"|on (?:an?|the|leave|hold)|off (?:sick|work))\b(?!-))",
            " is ",
        ),
        # "the same day not 48 h"
        (
            r"(?<=[a-z]{3})(?<!\b(?:are|was|did|but|and|has|had|why|can|may))"
            r"(?<!\b(?:were|does|will|have|that|been|must))(?<!\b(?:could|would|might))"
            r"(?<!\bshould) not (?=\d)",
            ", not ",
        ),
    )


def _units() -> _Rows:
    for short, unit in (("min", "minute"), ("hr", "hour"), ("yr", "year"), ("wk", "week")):
        # "40 min episodes", "a 2 hr drive"
        thing = rf"(?= [a-z]{{3,}}\b)(?! (?:{_NO_THING})\b)"
        yield rf"\b(\d+) ?{short}{thing}", rf"\1-{unit}"
        yield rf"\b1 ?{short}\b", f"1 {unit}"
        yield rf"(?<=\d) ?{short}s?\b", f" {unit}s"
        yield rf"\b{short}s\b", f"{unit}s"
    yield r"\bmin (?=\d)", "minute "
    yield r"\byr\b", "year"
    yield r"\bwk\b", "week"


def _days() -> _Rows:
    for name in MONTHS:
        t = "t?" if name == "September" else ""
        yield rf"(?-i:\b{name[:3]}{t}\b){_ITS_STOP}", name
    rests = ("", "s?", "s?", "(?:rs?)?", "", "", "")
    for name, rest in zip(WEEKDAYS, rests, strict=True):
        short = rf"{name[:3]}{rest}\b"
        # At the beginning "Sat" is what somebody did.
        yield rf"(?<!^)(?<!-)(?-i:\b{short}){_ITS_STOP}", name
        yield rf"\b(by|on|next|before|or) {short}(?!-)", rf"\1 {name}"


_longhand = replacing((*_words(), *_units(), *_days()))


def written_out(jotting: str) -> str:
    """A jotting without what is written in jottings alone: "w/", "b/c"."""
    return _longhand(jotting)

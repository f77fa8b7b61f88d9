"""Lines of the Log: ``2026-05-12 sent thank-you to Priya Nair``."""

from __future__ import annotations

import re
from typing import Any, Final

from followup_agent.kinds import Kind
from followup_agent.notes.dates import drop_time, leading_date
from followup_agent.notes.names import nearest, one_of

FORMS: Final = (
    "`2026-05-12 sent thank-you to NAME`, `2026-05-20 reply from NAME`, "
    "`2026-05-27 rejected`, `offer` or `withdrawn`, or a date with any other note"
)

_KINDS: Final = {
    "thankyou": Kind.THANK_YOU,
    "thankyous": Kind.THANK_YOU,
    "thanks": Kind.THANK_YOU,
    "reminder": Kind.REMINDER,
    "nudge": Kind.REMINDER,
    "status": Kind.STATUS,
    "statuscheck": Kind.STATUS,
    "statusrequest": Kind.STATUS,
    "statusinquiry": Kind.STATUS,
    "statusenquiry": Kind.STATUS,
    "statusupdate": Kind.STATUS,
    "value": Kind.VALUE_ADD,
    "valueadd": Kind.VALUE_ADD,
    "valueadding": Kind.VALUE_ADD,
    "resource": Kind.VALUE_ADD,
    "article": Kind.VALUE_ADD,
    "linkedin": Kind.LINKEDIN,
    "linkedinrequest": Kind.LINKEDIN,
    "linkedininvitation": Kind.LINKEDIN,
    "linkedininvite": Kind.LINKEDIN,
    "linkedinconnection": Kind.LINKEDIN,
    "linkedinconnectionrequest": Kind.LINKEDIN,
    "connectionrequest": Kind.LINKEDIN,
    "keepintouch": Kind.KEEP_IN_TOUCH,
    "stayintouch": Kind.KEEP_IN_TOUCH,
    "keepingintouch": Kind.KEEP_IN_TOUCH,
}
_FILLERS: Final = frozenset("a an the my another first second".split())
_CARRIERS: Final = frozenset("note email mail message msg letter text card".split())
_OUTCOMES: Final = {
    "offer": "offer",
    "offered": "offer",
    "rejected": "rejected",
    "rejection": "rejected",
    "reject": "rejected",
    "no thanks": "rejected",
    "turned down": "rejected",
    "declined": "rejected",
    "withdrawn": "withdrawn",
    "withdrew": "withdrawn",
    "i withdrew": "withdrawn",
    "offer declined": "withdrawn",
    "declined the offer": "withdrawn",
    "declined offer": "withdrawn",
}
# Longest first: "offer declined" is not an offer.
_OUTCOME = re.compile(
    "(" + "|".join(sorted(_OUTCOMES, key=len, reverse=True)) + r")(?![\w-])", re.IGNORECASE
)
_CLOSED = re.compile(r"closed\b[\s:(—–-]*", re.IGNORECASE)
_SENT = re.compile(r"sent\b", re.IGNORECASE)
_REPLY = re.compile(r"(?:reply|replied)\b", re.IGNORECASE)
_TO = re.compile(r"(?:^|\s)to\s", re.IGNORECASE)
_FROM = re.compile(r"\s*(?:from|by)\s", re.IGNORECASE)
_NAME_END = re.compile(r"\s*(?:[(,;:]|\s[—–-]\s|\s(?:about|by|via|on|with|from|for|at|after)\s)")
_LETTERS = re.compile(r"[^a-z]")


def parse_kind(text: str) -> Kind | None:
    """The kind that a phrase such as ``Thank you note`` or ``status check`` means."""
    words = [w for w in text.casefold().replace("-", " ").split() if w not in _FILLERS]
    while words and words[-1] in _CARRIERS | {"e"}:  # "e-mail" is two words by now
        words.pop()
    return _KINDS.get(_LETTERS.sub("", "".join(words)))


def parse_log_line(text: str) -> dict[str, Any]:
    """A Log line's date, event, kind and person, as `LogEntry` takes them.

    Raises:
        ValueError: It has no date, or begins as an event and cannot be read on.
    """
    found = leading_date(" ".join(text.split()))
    if found is None:
        raise ValueError(f"has a line that does not begin with its date; write {FORMS}")
    on, rest = found
    words = drop_time(rest).strip(" \t:,—–-")
    if not words:
        raise ValueError(f"has a date with nothing after it; write {FORMS}")
    return {"on": on, "text": words, **_event(words)}


def _event(words: str) -> dict[str, Any]:
    if sent := _SENT.match(words):
        return _sent(words[sent.end() :].lstrip(" :"))
    if reply := _REPLY.match(words):
        return _reply(words[reply.end() :])
    closed = _CLOSED.match(words)
    outcome = _OUTCOME.match(words, closed.end() if closed else 0)
    if outcome:
        by = _person(_FROM, words[outcome.end() :])
        # "rejected by e-mail" names nobody.
        named = by if by and not by["person"][0].islower() else {}
        return {"event": _OUTCOMES[outcome.group(1).casefold()], **named}
    if closed:
        raise ValueError(
            "says closed, but not how; write `closed (rejected)`, `closed (offer)` "
            "or `closed (withdrawn)` after the date"
        )
    return {"event": "note"}


def _sent(rest: str) -> dict[str, Any]:
    to = _TO.search(rest)
    what = _NAME_END.split(f"{rest[: to.start()] if to else rest} ", maxsplit=1)[0].strip(" .")
    kind = parse_kind(what)
    if kind is None:
        near = nearest(_LETTERS.sub("", what.casefold()), _KINDS)
        meant = _KINDS[near] if near else Kind.THANK_YOU
        raise ValueError(
            f"has a `sent` line without one of the kinds {one_of(list(Kind))}; "
            f"write `2026-05-12 sent {meant} to NAME`"
        )
    return {"event": "sent", "kind": kind, **_person(_TO, rest)}


def _reply(rest: str) -> dict[str, Any]:
    person = _person(_FROM, rest)
    if rest.strip(" .") and not person:
        raise ValueError(
            "has a `reply` line that does not say from whom; write `2026-05-20 reply from NAME`"
        )
    return {"event": "reply", **person}


def _person(marker: re.Pattern[str], text: str) -> dict[str, str]:
    """Who follows ``to`` or ``from``, up to a comma, a parenthesis or the like."""
    found = marker.search(text) if marker is _TO else marker.match(text)
    if found is None:
        return {}
    name = _NAME_END.split(text[found.end() :], maxsplit=1)[0].strip(" .")
    return {"person": name} if name else {}

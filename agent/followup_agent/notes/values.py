"""The kinds of text and date that notes hold, each with its own complaint.

A complaint continues the name of a key: "`email` is not an e-mail address".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, StringConstraints

from followup_agent.notes.names import nearest

# Unicode's Cc, Zl, Zp and Cs.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def _single_line(value: str) -> str:
    """Refuse control characters: names and addresses end up in mail headers."""
    # All of them are unprintable, and nearly every value is printable.
    if not value.isprintable() and (found := _CONTROL.search(value)):
        raise ValueError(f"holds a control character (U+{ord(found.group()):04X}); remove it")
    return value


def _one_space(value: str) -> str:
    """Line breaks and runs of spaces are how a note was wrapped, not what it says."""
    return _single_line(" ".join(value.split()))


_EMAIL = re.compile(r"[^\s@<>\"',;:\\()\[\]]+@[^\s@<>\"',;:\\()\[\]]+\.[^\s@<>\"',;:\\()\[\].]+")
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise ValueError("is not an e-mail address like name@example.org")
    return value


def _url(value: str) -> str:
    try:
        host = urlsplit(value).hostname if _URL.fullmatch(value) else None
    except ValueError:  # an unclosed IPv6 bracket
        host = None
    if not host:
        raise ValueError("is not a link that starts with https:// or http://")
    return value


def _person_name(value: str) -> str:
    if re.search(r"[<>@]", value):
        raise ValueError("holds more than a name; put the address under `email:`")
    parts = re.split(r", *| and | & ", value)
    if len(parts) > 1 and all(len(part.split()) > 1 for part in parts):
        raise ValueError(
            "holds more than one name; a second person is another `- name: …`, "
            "and what they do goes under `title:`"
        )
    return value


@lru_cache(maxsize=64)
def time_zone(name: str) -> ZoneInfo:
    """A time zone by its IANA name, read once: zoneinfo itself keeps only eight.

    Raises:
        ValueError, OSError, KeyError: There is none of that name.
    """
    return ZoneInfo(name)


def _zone(value: str) -> str:
    try:
        time_zone(value)
    except (ValueError, OSError, KeyError):
        near = nearest(value, available_timezones())
        hint = f"did you mean `{near}`?" if near else "write one such as Europe/London"
        raise ValueError(f"is not an IANA time zone; {hint}") from None
    return value


def _country(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", value):
        raise ValueError("is not a two-letter country code such as GB or US")
    return value.upper()


Free = Annotated[str, AfterValidator(_one_space)]
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_one_space)
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500),
    AfterValidator(_single_line),
]
Email = Annotated[Line, AfterValidator(_email)]
Url = Annotated[Line, AfterValidator(_url)]
Name = Annotated[Line, AfterValidator(_person_name)]
Zone = Annotated[Line, AfterValidator(_zone)]
Country = Annotated[Line, AfterValidator(_country)]

"""The names of a notes file: its sections, their other words, the nearest to a typo."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import Final

#: Field of the model: its heading as shown, then the other words people use for it.
HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    "topics": (
        "Topics",
        *("Topic", "Topics discussed", "Discussed", "Discussion", "What we discussed"),
        *("What was discussed", "What we talked about", "We talked about", "Talked about"),
        *("Conversation", "Key points", "Talking points"),
    ),
    "needs": (
        "Their needs",
        *("Needs", "What they need", "What they are looking for", "They are looking for"),
        *("Looking for", "Pain points", "Their challenges", "Challenges", "Their problems"),
        *("Problems", "Requirements"),
    ),
    "fit": (
        "My fit",
        *("Fit", "Strengths", "My strengths", "What I bring", "Why me", "Experience"),
        *("My experience", "Relevant experience", "My claims", "Claims", "Selling points"),
    ),
    "personal": (
        "Personal",
        *("Personal notes", "Personal details", "Small talk", "Rapport", "Common ground"),
        "About them",
    ),
    "timeline": (
        "Timeline",
        *("Next step", "Next steps", "What happens next", "When they decide", "Decision"),
        *("Process", "Hiring process", "Schedule"),
    ),
    "resources": (
        "Resources",
        *("Resource", "Link", "Links", "Reading", "Reading list", "Articles", "To share"),
        *("Worth sharing", "Resources to share"),
    ),
    "promised": (
        "Promised",
        *("Promises", "I promised", "What I promised", "My promises", "Commitments"),
        *("Action item", "Action items", "My action items", "To do", "Todo", "To send"),
    ),
    "private": (
        "Private",
        *("Private notes", "Keep private", "Confidential", "Not for sharing", "Not to share"),
        *("Do not share", "Don't share", "Off the record", "For me only", "Only for me", "Secret"),
    ),
    "log": (
        "Log",
        *("Message log", "Follow-up log", "History", "Correspondence", "Messages sent"),
    ),
}

_WORDS = re.compile(r"[^\W_]+")
# After the marks and the number of a list; an apostrophe does not end it.
_FIRST_WORD = re.compile(r"[\W_]*(?:[0-9]{1,9}[.)]\s[\W_]*)?([^\W_]+(?:['’]+[^\W_]+)*)")
_SHOWABLE = re.compile(r"[\w][\w .,'&/()-]{0,39}")


def fold(text: str) -> str:
    """Words only, without case or apostrophes: how two names are compared."""
    return " ".join(_WORDS.findall(text.casefold().replace("'", "").replace("’", "")))


_SECTIONS: Final = {fold(word): field for field, words in HEADINGS.items() for word in words}
_FIRST_WORDS: Final = frozenset(word.partition(" ")[0] for word in _SECTIONS)
_PRIVATE: Final = tuple(f"{word} " for word, field in _SECTIONS.items() if field == "private")

SECTIONS: Final = tuple(HEADINGS)


def heading(field: str) -> str:
    """The heading of a section's field, as ``Their needs`` for ``needs``."""
    return HEADINGS[field][0]


def section_named(text: str) -> str | None:
    """The section's field that a heading or key means, or None."""
    # A name is short; longer text is not worth folding.
    return _SECTIONS.get(fold(text)) if len(text) <= 80 else None


def may_name_section(row: str) -> bool:
    """Whether a line's first word is one that a section's name begins with.

    It is, wherever `section_named` would find a section in the line without its marks;
    most lines have another one, and need no closer look.
    """
    first = _FIRST_WORD.match(row)
    return first is not None and fold(first.group(1)) in _FIRST_WORDS


def begins_private(text: str) -> bool:
    """Whether a heading starts as the Private one does, but says more."""
    return f"{fold(text[:80])} ".startswith(_PRIVATE)


def nearest_section(text: str) -> str | None:
    """The field of the section whose name a mistyped heading is nearest to."""
    near = nearest(fold(text[:80]), _SECTIONS)
    return _SECTIONS[near] if near else None


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that a mistyped one is nearest to, or None if none is near."""
    if len(name) > 60:
        return None
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return found[0] if found else None


def one_of(names: Collection[str]) -> str:
    """``a, b or c``."""
    *head, last = names
    return f"{', '.join(head)} or {last}" if head else last


def shown(name: str) -> str:
    """A name in backquotes if it is short and plain; otherwise only that there is one."""
    return f"`{name}`" if _SHOWABLE.fullmatch(name) else "(not shown)"

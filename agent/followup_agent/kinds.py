"""The six kinds of message that the guide knows."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from followup_agent.errors import KindError

AUTO: Final = "auto"


class Kind(StrEnum):
    """What a message is for; the value is its name on the command line and in JSON."""

    THANK_YOU = "thank-you"
    REMINDER = "reminder"
    STATUS = "status"
    VALUE_ADD = "value-add"
    LINKEDIN = "linkedin"
    KEEP_IN_TOUCH = "keep-in-touch"


def kind_of(kind: Kind | str) -> Kind | None:
    """The kind that a word names; None for ``auto``.

    Raises:
        KindError: No kind is called so.
    """
    if kind == AUTO:
        return None
    try:
        return Kind(kind)
    except ValueError:
        known = ", ".join(Kind)
        raise KindError(f"“{kind}” is not a kind of message; kinds are: auto, {known}") from None

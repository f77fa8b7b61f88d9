"""The six kinds of message that the guide knows."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a message is for; the value is its name on the command line and in JSON."""

    THANK_YOU = "thank-you"
    REMINDER = "reminder"
    STATUS = "status"
    VALUE_ADD = "value-add"
    LINKEDIN = "linkedin"
    KEEP_IN_TOUCH = "keep-in-touch"

"""What a sentence does: thanks, refers, asks …"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The roles of docs/vocabulary.md."""

    GRATITUDE = "gratitude"
    COURTESY = "courtesy"
    REFERENCE = "reference"
    INTEREST = "interest"
    ASK = "ask"
    TIMELINE = "timeline"
    FIT = "fit"
    RESOURCE = "resource"
    RELEVANCE = "relevance"
    INVITATION = "invitation"
    PRESSURE = "pressure"


def roles_of(sentence: str) -> frozenset[Role]:
    """The roles of one sentence."""
    raise NotImplementedError

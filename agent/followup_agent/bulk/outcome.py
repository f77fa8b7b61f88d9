"""How a message of a batch ended, and its line in ``drafts.jsonl``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from followup_agent.errors import (
    CallerError,
    CutOff,
    DraftRejected,
    FollowupError,
    NothingDue,
    Refused,
)
from followup_agent.records import Draft


class Status(StrEnum):
    """How a message ended."""

    VALID = "valid"
    REJECTED = "rejected"  # required parts still missing after the last re-ask
    FAILED = "failed"  # the model's side
    NOT_DUE = "not-due"
    BAD_INPUT = "bad-input"  # notes, kind or recipient cannot be used


#: What the same question would be answered with again: only another seed may help.
_ANSWERED = (DraftRejected, Refused, CutOff)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message's end: plain data, for pipes and the journal.

    Attributes:
        person: Who it is to; "" where the notes could not be read.
        text: The record's JSON: the draft as `Draft.to_dict` has it, its status and error.
        anew: Whether a retry must begin with another seed to make a difference.
        files: Names and contents of the draft's files, where they are wanted.
    """

    status: Status
    person: str
    text: str
    anew: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        person: str,
        ended: Draft | FollowupError,
        files: Mapping[str, bytes] | None = None,
    ) -> Outcome:
        """From a draft, or from the error in its place."""
        if isinstance(ended, Draft):
            record = {"status": Status.VALID.value, "error": None, **ended.to_dict()}
            return cls(Status.VALID, person, _json(record), files=files or {})
        status = _status(ended)
        record = {
            "status": status.value,
            "error": {"type": type(ended).__name__, "message": str(ended)},
        }
        if isinstance(ended, DraftRejected):
            record |= ended.draft.to_dict()
        else:
            to = {"name": person, "email": None} if person else None
            record |= {"kind": None, "to": to, "valid": False}
        return cls(status, person, _json(record), isinstance(ended, _ANSWERED))

    @property
    def record(self) -> Mapping[str, Any]:
        """The record, read anew."""
        record: Mapping[str, Any] = json.loads(self.text)
        return record


def _json(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False)


def _status(error: FollowupError) -> Status:
    if isinstance(error, DraftRejected):
        return Status.REJECTED
    if isinstance(error, NothingDue):
        return Status.NOT_DUE
    return Status.BAD_INPUT if isinstance(error, CallerError) else Status.FAILED

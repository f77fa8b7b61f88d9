"""How a message of a batch ended, and its line in ``drafts.jsonl``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from followup_agent.errors import CallerError, DraftRejected, FollowupError, NothingDue
from followup_agent.records import Draft


class Status(StrEnum):
    """How a message ended."""

    VALID = "valid"
    REJECTED = "rejected"  # required parts still missing after the last re-ask
    FAILED = "failed"  # the model's side
    NOT_DUE = "not-due"
    BAD_INPUT = "bad-input"  # notes, kind or recipient cannot be used


@dataclass(frozen=True, slots=True)
class Outcome:
    """One message's end: plain data, for pipes and the journal.

    Attributes:
        person: Who it is to; "" where the notes could not be read.
        record: The draft as `Draft.to_dict` has it, or what is known without one.
        final: Whether asking again could not help: the same notes end the same way.
    """

    status: Status
    person: str
    record: Mapping[str, Any]
    final: bool = True

    @classmethod
    def of(cls, person: str, ended: Draft | FollowupError) -> Outcome:
        """From a draft, or from the error in its place."""
        if isinstance(ended, Draft):
            return cls(Status.VALID, person, _record(ended, Status.VALID, None))
        status = _status(ended)
        draft = ended.draft if isinstance(ended, DraftRejected) else None
        record = _record(draft, status, ended)
        if draft is None and person:
            record["to"] = {"name": person, "email": None}
        return cls(status, person, record)

    @property
    def usage(self) -> Mapping[str, int]:
        """Requests and tokens as the draft counted them."""
        usage: Mapping[str, int] = self.record.get("usage", {})
        return usage


def _status(error: FollowupError) -> Status:
    if isinstance(error, DraftRejected):
        return Status.REJECTED
    if isinstance(error, NothingDue):
        return Status.NOT_DUE
    return Status.BAD_INPUT if isinstance(error, CallerError) else Status.FAILED


def _record(draft: Draft | None, status: Status, error: FollowupError | None) -> dict[str, Any]:
    told = None if error is None else {"type": type(error).__name__, "message": str(error)}
    known = draft.to_dict() if draft else {"kind": None, "to": None, "valid": False}
    return {"status": status.value, "error": told, **known}

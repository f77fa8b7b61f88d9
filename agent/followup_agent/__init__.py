"""From interview notes to a follow-up message that you would be glad to send.

Names are imported when they are first used, so that ``import followup_agent``
and the command's ``--help`` cost next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from followup_agent.api import adraft, adraft_panel, check, draft, draft_panel, plan
    from followup_agent.bulk.run import Summary, draft_many
    from followup_agent.chat.protocol import ChatModel, Profile, Reply, Request, Turn, Usage
    from followup_agent.chat.scripted import ScriptedModel
    from followup_agent.checking import CheckReport
    from followup_agent.errors import (
        BudgetExceeded,
        CallerError,
        DraftRejected,
        FollowupError,
        ModelError,
        NotesError,
    )
    from followup_agent.guide.registry import Source, Violation
    from followup_agent.kinds import Kind
    from followup_agent.notes.model import InterviewNotes
    from followup_agent.notes.parse import load_notes
    from followup_agent.records import Attempt, Draft
    from followup_agent.schedule import Due

__version__ = "0.1.0"

_HOMES = {
    "Attempt": "records",
    "BudgetExceeded": "errors",
    "CallerError": "errors",
    "ChatModel": "chat.protocol",
    "CheckReport": "checking",
    "Draft": "records",
    "DraftRejected": "errors",
    "Due": "schedule",
    "FollowupError": "errors",
    "InterviewNotes": "notes.model",
    "Kind": "kinds",
    "ModelError": "errors",
    "NotesError": "errors",
    "Profile": "chat.protocol",
    "Reply": "chat.protocol",
    "Request": "chat.protocol",
    "ScriptedModel": "chat.scripted",
    "Source": "guide.registry",
    "Summary": "bulk.run",
    "Turn": "chat.protocol",
    "Usage": "chat.protocol",
    "Violation": "guide.registry",
    "adraft": "api",
    "adraft_panel": "api",
    "check": "api",
    "draft": "api",
    "draft_many": "bulk.run",
    "draft_panel": "api",
    "load_notes": "notes.parse",
    "plan": "api",
}

__all__ = [
    "Attempt",
    "BudgetExceeded",
    "CallerError",
    "ChatModel",
    "CheckReport",
    "Draft",
    "DraftRejected",
    "Due",
    "FollowupError",
    "InterviewNotes",
    "Kind",
    "ModelError",
    "NotesError",
    "Profile",
    "Reply",
    "Request",
    "ScriptedModel",
    "Source",
    "Summary",
    "Turn",
    "Usage",
    "Violation",
    "adraft",
    "adraft_panel",
    "check",
    "draft",
    "draft_many",
    "draft_panel",
    "load_notes",
    "plan",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    # The submodule of the same name (draft.py) would otherwise win the next look-up.
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

"""Notes, and for each kind the parts of a message to Priya that the guide finds nothing wrong with."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from followup_agent.brief import Brief
from followup_agent.chat.protocol import Reply, Usage
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.notes.parse import load_notes

NOTES_FILE = Path(__file__).parents[1] / "examples" / "notes.md"
NOTES = load_notes(NOTES_FILE)
_SIGNED = "Best wishes,\nDaniel Okafor"
_ROLE = "Senior Backend Engineer"

GOOD: dict[Kind, dict[str, str]] = {
    Kind.THANK_YOU: {
        "subject": f"Thank you – {_ROLE}",
        "greeting": "Hi Priya,",
        "gratitude": f"Thank you for taking the time to talk with me yesterday about the {_ROLE} role.",
        "key_points": "Your account of moving the claims service from a monolith to event-driven services stayed "
        "with me, and so did the dual-write problem between the claims database and the event stream.",
        "fit": "I moved a billing system of 40 services to Kafka without downtime, so the question of how to run "
        "both sides at once is one I know well.",
        "interest": f"I would very much like to work on this as {_ROLE} at Lumen Health.",
        "closing": _SIGNED,
    },
    Kind.REMINDER: {
        "subject": f"{_ROLE} interview on 12 May",
        "greeting": "Hi Priya,",
        "courtesy": "I hope your week is going well.",
        "reference": f"We spoke on 12 May about the {_ROLE} role and about moving the claims service to event-driven "
        "services.",
        "interest": "I am still very interested in joining Lumen Health.",
        "ask": "Could you let me know where things stand?",
        "closing": _SIGNED,
    },
    Kind.STATUS: {
        "subject": f"{_ROLE} role: next steps",
        "greeting": "Hi Priya,",
        "courtesy": "I hope you are well.",
        "reference": f"We spoke on 12 May about the {_ROLE} role.",
        "timeline": "You mentioned that you would decide by 26 May.",
        "interest": "I remain very interested in the role at Lumen Health.",
        "ask": "Could you tell me whether there is any news?",
        "closing": _SIGNED,
    },
    Kind.VALUE_ADD: {
        "subject": f"After our {_ROLE} interview",
        "greeting": "Hi Priya,",
        "reference": "In our interview on 12 May we talked about the dual-write problem between the claims database "
        "and the event stream.",
        "resource": "Outbox patterns in practice covers exactly that: https://example.org/outbox",
        "relevance": "It may help with the dual-write problem that you described.",
        "closing": _SIGNED,
    },
    Kind.LINKEDIN: {
        "greeting": "Hi Priya,",
        "reference": "I enjoyed our interview on 12 May about event-driven services.",
        "invitation": "I would be glad to connect here.",
    },
    Kind.KEEP_IN_TOUCH: {
        "subject": f"Thank you – {_ROLE} role",
        "greeting": "Hi Priya,",
        "gratitude": "Thank you for letting me know, and for your time.",
        "reference": "I enjoyed our conversation about moving the claims service to event-driven services and would "
        "be glad to stay in touch.",
        "closing": _SIGNED,
    },
}

#: A day on which each kind makes sense.
DAYS = {
    Kind.THANK_YOU: dt.date(2026, 5, 13),
    Kind.REMINDER: dt.date(2026, 5, 20),
    Kind.STATUS: dt.date(2026, 5, 28),
    Kind.VALUE_ADD: dt.date(2026, 5, 18),
    Kind.LINKEDIN: dt.date(2026, 5, 14),
    Kind.KEEP_IN_TOUCH: dt.date(2026, 6, 2),
}
TODAY = DAYS[Kind.THANK_YOU]

#: The parts of a thank-you to Tom, about what he raised.
TO_TOM = {
    "subject": f"Thank you – {_ROLE} interview",
    "greeting": "Dear Tom,",
    "gratitude": "Thank you for your time and for the conversation yesterday.",
    "key_points": "What you said about the on-call rotation, and how alerts were cut by half last quarter, has "
    "been on my mind since, as has testing a migration against a copy of the production traffic.",
    "fit": "I wrote the runbooks and alert rules for a team of six, so calmer nights are something that I have "
    "worked for myself.",
    "interest": f"The {_ROLE} role at Lumen Health is one that I would be glad to take on.",
    "closing": "Kind regards,\nDaniel Okafor",
}


def brief(kind: Kind = Kind.THANK_YOU, notes: InterviewNotes = NOTES, **more: Any) -> Brief:
    """One message to Priya, not proofread."""
    given = {"to": notes.interviewers[0], "today": DAYS[kind], "proofread": False}
    return Brief(notes=notes, kind=kind, **{**given, **more})


def parts(kind: Kind = Kind.THANK_YOU, **changed: str | None) -> dict[str, str]:
    """The good parts with some changed, or left out where None."""
    merged: dict[str, Any] = {**GOOD[kind], **changed}
    return {name: text for name, text in merged.items() if text is not None}


def answer(kind: Kind = Kind.THANK_YOU, **changed: str | None) -> Reply:
    """The reply of a model that writes these parts, with what it cost."""
    text = json.dumps(parts(kind, **changed), ensure_ascii=False)
    return Reply(text, usage=Usage(100, 20, 1), seconds=0.5)


def said(request: Any, roles: Sequence[str] = ("user",)) -> str:
    """The words of a request's turns of some roles."""
    return "\n".join(turn.content for turn in request.turns if turn.role in roles)

"""A model's JSON answer: its schema, and the tolerant reading of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from followup_agent.guide.message import Part

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]+"
)
_TEXT: TypeAdapter[str | list[str] | None] = TypeAdapter(str | list[str] | None)

DESCRIPTIONS: Mapping[Part, str] = {
    Part.SUBJECT: "the subject line",
    Part.GREETING: "the greeting line, as: Dear Ms Nair,",
    Part.COURTESY: "one polite opening sentence",
    Part.GRATITUDE: "thanks for the time, the conversation or the opportunity",
    Part.KEY_POINTS: "one to three sentences on specific topics of the interview",
    Part.REFERENCE: "reminds the reader of the interview: its topic, date or role",
    Part.FIT: "links a topic or need with a claim of the notes; empty if none fits",
    Part.RESOURCE: "offers the resource: what it is, and its link exactly as in the notes",
    Part.RELEVANCE: "why the resource fits what was discussed",
    Part.TIMELINE: "names the date or span that they gave",
    Part.INTEREST: "clear interest in the role at the company, both named",
    Part.ASK: "asks once, politely, for an update or the next step",
    Part.INVITATION: "asks to connect",
    Part.CLOSING: "the sign-off and the candidate's name on the next line",
}


def answer_schema(parts: tuple[Part, ...]) -> Mapping[str, Any]:
    """The JSON schema of an answer that holds exactly these parts.

    It keeps to what strict structured output allows: every property required, none
    other allowed, no length bounds. It has no titles, which servers would bill as tokens.
    """
    names = [part.value for part in parts]
    return {
        "type": "object",
        "properties": {
            part.value: {"type": "string", "description": DESCRIPTIONS[part]} for part in parts
        },
        "required": names,
        "additionalProperties": False,
    }


@lru_cache(maxsize=256)
def properties_text(parts: tuple[Part, ...]) -> str:
    """The schema's properties as JSON, for a prompt that shows them."""
    return json.dumps(answer_schema(parts)["properties"], ensure_ascii=False)


def read_answer(text: str, parts: Sequence[Part]) -> dict[Part, str]:
    """The asked parts that an answer holds; nothing else of it is looked at."""
    data = _object(text)
    found = {}
    for part in parts:
        try:
            value = _TEXT.validate_python(data.get(part.value))
        except ValidationError:
            continue
        words = tidy(" ".join(value) if isinstance(value, list) else value or "", part)
        if words:
            found[part] = words
    return found


def tidy(text: str, part: Part) -> str:
    """A part as it stands in the message: one paragraph, a closing on its lines."""
    text = text if text.isprintable() else _CONTROL.sub(" ", text)
    if part is Part.CLOSING:
        lines = (" ".join(line.split()) for line in text.splitlines())
        return "\n".join(line for line in lines if line)
    return " ".join(text.split())


def _object(text: str) -> Mapping[str, Any]:
    """The JSON object of an answer, prose or fences around it left aside."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return {}
    try:
        data = json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}

"""How a server takes a request: found at run time, remembered for the process.

Servers differ in the output modes and parameters that they take. A request
starts on the best rung; a 400 that names what it did not like steps down, or
drops or swaps the parameter, and the request is sent again at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from threading import Lock
from typing import Any

from followup_agent.chat.protocol import Request, Turn


class Mode(IntEnum):
    """Output modes, best first."""

    STRICT = 0
    SCHEMA = 1
    OBJECT = 2
    PLAIN = 3


@dataclass(frozen=True, slots=True)
class Dialect:
    """What one server takes for one model.

    Attributes:
        mode: How the answer's schema is asked for.
        limit: The parameter that bounds the answer.
        dropped: Parameters that it refuses.
    """

    mode: Mode = Mode.STRICT
    limit: str = "max_tokens"
    dropped: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a server said about a request that it did not take."""

    code: str = ""
    param: str = ""
    text: str = ""


_known: dict[tuple[str, str], Dialect] = {}
_lock = Lock()


def recall(base_url: str, model: str) -> Dialect:
    """What worked last with this server and model, or the best rung."""
    with _lock:
        return _known.get((base_url, model), Dialect())


def remember(base_url: str, model: str, dialect: Dialect) -> None:
    """Keep what worked, for this process."""
    with _lock:
        _known[base_url, model] = dialect


def forget() -> None:
    """Start anew with every server."""
    with _lock:
        _known.clear()


def body(request: Request, model: str, dialect: Dialect) -> dict[str, Any]:
    """The request as this server takes it: arguments of ``chat.completions.create``."""
    turns = request.turns
    made: dict[str, Any] = {
        dialect.limit: request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
    }
    if request.candidates > 1:
        made["n"] = request.candidates
    if request.stop:
        made["stop"] = list(request.stop)
    if request.schema is not None:
        if dialect.mode >= Mode.OBJECT:
            turns = _with_schema(turns, request.schema)
        if dialect.mode < Mode.PLAIN:
            made["response_format"] = _format(dialect.mode, request.schema)
    kept = {name: value for name, value in made.items() if name not in dialect.dropped}
    messages = [{"role": turn.role, "content": _sendable(turn.content)} for turn in turns]
    return {"model": model, "messages": messages, **kept}


def adapted(dialect: Dialect, complaint: Complaint, sent: Mapping[str, Any]) -> Dialect | None:
    """The dialect to try next, or None where the complaint is about something else.

    Each answer differs from ``dialect`` by one thing less, so this ends.
    """
    if _TOO_LONG.search(f"{complaint.code} {complaint.text}"):
        return None
    name = _refused_parameter(complaint)
    if name in sent:
        if name == "max_tokens":
            return replace(dialect, limit="max_completion_tokens")
        return replace(dialect, dropped=dialect.dropped | {name})
    if "response_format" in sent and _FORMAT.search(f"{complaint.param} {complaint.text}"):
        return replace(dialect, mode=Mode(dialect.mode + 1))
    return None


_TOO_LONG = re.compile(
    r"context_length|context length|maximum context|context window", re.IGNORECASE
)
_FORMAT = re.compile(
    r"response_?format|json_?schema|json_?object|schema|structured|guided", re.IGNORECASE
)
_PARAMETER = re.compile(
    r"\b(temperature|seed|stop|max_completion_tokens|max_tokens)\b|(?:^|['\"`])(n)(?:$|['\"`])"
)
_UNSUPPORTED = re.compile(
    r"unsupported|unrecogni[sz]ed|unknown|unexpected|extra_forbidden|"
    r"not (?:\w+ )?(?:supported|support|permitted|allowed|recogni[sz]ed|available)",
    re.IGNORECASE,
)


def _refused_parameter(complaint: Complaint) -> str:
    if not _UNSUPPORTED.search(f"{complaint.code} {complaint.text}"):
        return ""
    # The first name is the refused one: "'max_tokens' is not supported, use '…' instead".
    named = _PARAMETER.search(complaint.param) or _PARAMETER.search(complaint.text)
    return named.group(1) or named.group(2) if named else ""


def _format(mode: Mode, schema: Mapping[str, Any]) -> dict[str, Any]:
    if mode is Mode.OBJECT:
        return {"type": "json_object"}
    made: dict[str, Any] = {"name": "message", "schema": dict(schema)}
    if mode is Mode.STRICT:
        made["strict"] = True
    return {"type": "json_schema", "json_schema": made}


def _with_schema(turns: tuple[Turn, ...], schema: Mapping[str, Any]) -> tuple[Turn, ...]:
    """Write the schema into the prompt, after the first system turn, if it is not there yet."""
    text = json.dumps(schema, ensure_ascii=False)
    if any(_bare(text) in _bare(turn.content) for turn in turns):
        return turns
    words = f"Answer with one JSON object, and nothing else, that fits this JSON schema:\n{text}"
    system = next((i for i, turn in enumerate(turns) if turn.role == "system"), None)
    if system is None:
        return (Turn("system", words), *turns)
    longer = replace(turns[system], content=f"{turns[system].content}\n\n{words}")
    return (*turns[:system], longer, *turns[system + 1 :])


def _bare(text: str) -> str:
    return "".join(text.split())


def _sendable(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 body can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")

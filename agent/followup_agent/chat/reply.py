"""A server's answer, checked by hand: the SDK's models take nearly anything for one.

In this order: is it a chat completion with a choice, did the model refuse, why
did it end. What the text holds is for drafting to judge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from followup_agent.chat.protocol import Alternative, Reply, Usage
from followup_agent.errors import BadReply

Clean = Callable[[str], str]

_THOUGHT = re.compile(r"\A\s*<(think(?:ing)?)>.*?(?:</\1>|\Z)\s*", re.DOTALL)
_THOUGHT_END = "</think>"  # some templates put the opening tag into the prompt
_FENCED = re.compile(r"\A\s*(`{3,})[\w+-]*[ \t]*\n(.*?)\n?\s*\1\s*\Z", re.DOTALL)


def read(body: bytes, *, place: str, clean: Clean, stop: Sequence[str] = ()) -> Reply:
    """Make a `Reply` of the body of a 200.

    Args:
        body: As it came, decompressed.
        place: The server, for errors.
        clean: Makes a server's words fit for an error.
        stop: The request's stop texts, for servers that would not take them.

    Raises:
        BadReply: It is not a chat completion, or holds no answer.
    """
    return completion(load(body, place=place, clean=clean), place=place, clean=clean, stop=stop)


def completion(
    data: Mapping[str, Any], *, place: str, clean: Clean, stop: Sequence[str] = ()
) -> Reply:
    """Make a `Reply` of a chat completion; arguments and errors are those of `read`."""
    choices = _choices(data, place)
    refusal = _message(choices[0]).get("refusal")
    refusal = refusal if isinstance(refusal, str) and refusal else None
    text, finish = _answer(choices[0], clean)
    if text is None and refusal is None and finish not in {"length", "content_filter"}:
        raise BadReply(f"{place} answered with a choice that holds no text")
    model = data.get("model")
    return Reply(
        text=_bare(text or "", stop),
        finish_reason=finish,
        refusal=refusal,
        alternatives=_alternatives(choices, clean, stop),
        usage=_usage(data.get("usage")),
        model=clean(model) if isinstance(model, str) else "",
    )


def load(body: bytes, *, place: str, clean: Clean) -> dict[str, Any]:
    """Read the JSON object of a 200; an error object in it is an error.

    Raises:
        BadReply: It is no JSON object, or an error.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadReply(f"{place} answered with {_guess(body)}") from None
    if not isinstance(data, dict):
        raise BadReply(f"{place} answered with JSON that is not an object")
    if said := words(data.get("error")):
        raise BadReply(f"{place} answered with an error inside a 200: {clean(said)}")
    return data


def words(error: object) -> str:
    """The words of an error object, however a server writes it; "" if there are none."""
    if isinstance(error, dict):
        found = (words(error.get(name)) for name in ("message", "error", "detail", "msg"))
        return next(filter(None, found), "")
    if isinstance(error, list):
        return "; ".join(filter(None, map(words, error[:3])))
    return error.strip() if isinstance(error, str) else ""


def _guess(body: bytes) -> str:
    start = body[:200].lstrip().lower()
    if not start:
        return "an empty body"
    if start.startswith(b"<"):
        return (
            "a web page, not a chat completion; OPENAI_BASE_URL should name an "
            "OpenAI-compatible server, usually ending in /v1"
        )
    return "a body that is no JSON, or cut off"


def _choices(data: Mapping[str, Any], place: str) -> list[dict[str, Any]]:
    choices = data.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise BadReply(f"{place} answered with no choice in it: not a chat completion")
    return [choice for choice in choices if isinstance(choice, dict)]


def _message(choice: dict[str, Any]) -> dict[str, Any]:
    message = choice.get("message")
    return message if isinstance(message, dict) else {}


def _answer(choice: dict[str, Any], clean: Clean) -> tuple[str | None, str]:
    finish = choice.get("finish_reason")
    text = _text(_message(choice).get("content"))
    return text, clean(finish) if isinstance(finish, str) else "stop"


def _alternatives(
    choices: list[dict[str, Any]], clean: Clean, stop: Sequence[str]
) -> tuple[Alternative, ...]:
    if len(choices) == 1:
        return ()
    answers = [_answer(choice, clean) for choice in choices]
    return tuple(Alternative(_bare(text, stop), end) for text, end in answers if text is not None)


def _text(content: object) -> str | None:
    if isinstance(content, list):  # parts, as some servers answer
        texts = [part.get("text") for part in content if isinstance(part, dict)]
        content = "".join(text for text in texts if isinstance(text, str)) or None
    if not isinstance(content, str):
        return None
    # Lone surrogates cannot be written to any file; pairs are one character.
    return content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _bare(text: str, stop: Sequence[str]) -> str:
    """Take off what a reasoning model thought aloud, a code fence, and what follows a stop."""
    text = _THOUGHT.sub("", text, count=1)
    if not text.startswith("{"):
        text = text.rpartition(_THOUGHT_END)[2].lstrip() if _THOUGHT_END in text else text
    if fenced := _FENCED.match(text):
        text = fenced.group(2)
    ends = [at for mark in stop if mark and (at := text.find(mark)) >= 0]
    return text[: min(ends)] if ends else text


def _usage(usage: object) -> Usage:
    counts = usage if isinstance(usage, dict) else {}
    return Usage(
        prompt_tokens=_tokens(counts.get("prompt_tokens")),
        completion_tokens=_tokens(counts.get("completion_tokens")),
        requests=1,
    )


def _tokens(number: object) -> int:
    return number if type(number) is int and number > 0 else 0

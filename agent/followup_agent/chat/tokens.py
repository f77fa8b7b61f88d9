"""Count a prompt's tokens before it is sent; never wait long for it.

tiktoken fetches an encoding at its first use, with no timeout. Here that runs
in a daemon thread which is waited for `PATIENCE` seconds, once in a process;
without an encoding the number is an estimate and says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Any, Protocol

from followup_agent.chat.protocol import TokenCount, Turn

PATIENCE = 2.0  # seconds; a cached encoding loads in about half a second

# OpenAI's cookbook, "How to count tokens with tiktoken": three tokens around
# each message, and three that open the answer.
_PER_TURN = 3
_OPENING = 3


class Encoding(Protocol):
    """What is used of `tiktoken.Encoding`."""

    def encode_ordinary(self, text: str, /) -> list[int]:
        """The tokens of a text, special tokens read as plain text."""
        ...


_encodings: dict[str, Future[Encoding]] = {}
_lock = Lock()


def count(
    turns: Sequence[Turn], schema: Mapping[str, Any] | None, encoding: str | Encoding | None
) -> TokenCount:
    """Tokens of a prompt with its schema.

    Args:
        turns: The conversation.
        schema: The answer's schema, which is sent along; or None.
        encoding: A tiktoken encoding, its name, or a model's name. Without one,
            or with one that cannot be had, the count is an `estimate`.
    """
    if isinstance(encoding, str):
        encoding = _encoding(encoding)
    if encoding is None:
        return estimate(turns, schema)
    texts = _texts(turns, schema)
    total = sum(len(encoding.encode_ordinary(text)) for text in texts)
    return TokenCount(total + _around(turns), exact=True)


def estimate(turns: Sequence[Turn], schema: Mapping[str, Any] | None) -> TokenCount:
    """Tokens of a prompt by its bytes, on the high side.

    OpenAI's rule of thumb for English is four characters a token; here it is
    three ASCII bytes, or two others. Measured against o200k_base: 1.25 to 1.8
    times the true count for notes, guides, code and JSON schemas, 1.1 for a list
    of foreign names, 2 to 4 for other scripts, and 0.86 for nothing but links.
    """
    total = 0
    for text in _texts(turns, schema):
        ascii_bytes = len(text.encode("ascii", "ignore"))
        other = len(text.encode("utf-8", "replace")) - ascii_bytes
        total += -(-ascii_bytes // 3) + -(-other // 2)
    return TokenCount(total + _around(turns), exact=False)


def _around(turns: Sequence[Turn]) -> int:
    return _PER_TURN * len(turns) + _OPENING


def _texts(turns: Sequence[Turn], schema: Mapping[str, Any] | None) -> list[str]:
    texts = [text for turn in turns for text in (turn.role, turn.content)]
    return texts if schema is None else [*texts, json.dumps(schema, ensure_ascii=False)]


def _encoding(name: str) -> Encoding | None:
    with _lock:
        first = name not in _encodings
        future = _encodings.setdefault(name, Future())
    if first:
        Thread(target=_load, args=(name, future), name="tiktoken", daemon=True).start()
    try:
        return future.result(PATIENCE if first else 0)
    except Exception:  # whatever it was, or not yet there
        return None


def _load(name: str, future: Future[Encoding]) -> None:
    try:
        import tiktoken

        known = name in tiktoken.list_encoding_names()
        # Routers write the maker before the model: openai/gpt-4.1-mini.
        model = name.rpartition("/")[2]
        encoding = tiktoken.get_encoding(name if known else tiktoken.encoding_name_for_model(model))
    except Exception as exc:  # no network, a broken cache, an unknown model: all mean the same
        future.set_exception(exc)
    else:
        future.set_result(encoding)

"""From the pieces that llama.cpp streams to a `Reply`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from followup_agent.chat.protocol import Alternative, Reply, Request, Usage
from followup_agent.errors import BadReply, BudgetExceeded

#: A full stop that the model held for less likely than this (as a natural logarithm) stands
#: there because the grammar left it nothing else: the sentence is not finished, and its
#: ``finish_reason`` is ``grammar``. Found by reading some 200 candidates of SmolLM2-135M.
FORCED = -2.5
_ENDS = frozenset(".?!")
_SHOWN = 200  # characters of the library's words that an error repeats


@dataclass
class _Answer:
    texts: list[str] = field(default_factory=list)
    tokens: list[tuple[str, float]] = field(default_factory=list)
    finish: str = "length"


def read(chunks: Sequence[Mapping[str, Any]], request: Request, model: str) -> Reply:
    """Put the pieces of all answers together.

    Raises:
        BudgetExceeded: The prompt is longer than the context window.
        BadReply: The library did not take the request, or did not answer.
    """
    _raise_if_error(chunks)
    answers = _answers(chunks)
    if not answers:
        raise BadReply("the embedded model gave no answer")
    alternatives = tuple(_alternative(answers[index], request) for index in sorted(answers))
    first = alternatives[0]
    return Reply(
        text=first.text,
        finish_reason=first.finish_reason,
        alternatives=alternatives if request.candidates > 1 else (),
        # The library counts the tokens of one answer only.
        usage=Usage(_prompt_tokens(chunks), sum(len(a.tokens) for a in answers.values()), 1),
        model=model,
    )


def _raise_if_error(chunks: Sequence[Mapping[str, Any]]) -> None:
    error = next((chunk["error"] for chunk in chunks if chunk.get("error")), None)
    if error is None:
        return
    if error.get("type") == "exceed_context_size_error":
        raise BudgetExceeded(
            f"the prompt has {error.get('n_prompt_tokens')} tokens and the embedded model's "
            f"context window is {error.get('n_ctx')}; shorten the notes, set "
            "FOLLOWUP_CONTEXT_WINDOW, or choose a model with a longer window"
        )
    words = " ".join(str(error.get("message", "")).split())[:_SHOWN]
    raise BadReply(f"the embedded model did not take the request: {words}")


def _answers(chunks: Sequence[Mapping[str, Any]]) -> dict[int, _Answer]:
    answers: dict[int, _Answer] = {}
    for choice in _choices(chunks):
        answer = answers.setdefault(choice["index"], _Answer())
        answer.texts.append(choice["delta"].get("content") or "")
        for token in (choice.get("logprobs") or {}).get("content") or ():
            answer.tokens.append((token["token"], token["logprob"]))
        answer.finish = choice.get("finish_reason") or answer.finish
    return answers


def _choices(chunks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for chunk in chunks:
        yield from chunk.get("choices") or ()


def _alternative(answer: _Answer, request: Request) -> Alternative:
    text = "".join(answer.texts)
    # Some templates repeat the opening in the answer, most do not.
    if not text.startswith(request.prefix):
        text = request.prefix + text
    numbers = [logarithm for _, logarithm in answer.tokens]
    return Alternative(
        text=text,
        finish_reason="grammar" if request.grammar and _forced(answer) else answer.finish,
        likelihood=sum(numbers) / len(numbers) if numbers else None,
    )


def _forced(answer: _Answer) -> bool:
    if answer.finish != "stop":
        return False
    ends = [logarithm for token, logarithm in answer.tokens if token.strip() in _ENDS]
    return bool(ends) and ends[-1] < FORCED


def _prompt_tokens(chunks: Sequence[Mapping[str, Any]]) -> int:
    counts = (chunk.get("usage") or {} for chunk in reversed(chunks))
    return next((c["prompt_tokens"] for c in counts if "prompt_tokens" in c), 0)

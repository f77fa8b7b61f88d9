"""The one place where the SDK's errors become ours, most specific first.

Imports the SDK; so only what sends requests imports this.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import openai

from followup_agent.chat.ladder import Complaint
from followup_agent.chat.redact import Redactor
from followup_agent.chat.reply import words
from followup_agent.chat.retry import retry_after
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    ConnectionFailed,
    CutOff,
    ModelError,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    ServerFailed,
)

# 429s that no waiting mends; OpenAI writes these as code or type, others as 402.
_QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}


def translate(
    error: openai.OpenAIError,
    *,
    place: str,
    clean: Redactor,
    now: Callable[[], float] = time.time,
) -> ModelError:
    """Our error for one of the SDK's; raise it ``from`` that one.

    Args:
        error: What the SDK raised. Its own messages are cleaned in place.
        place: The server, for the message.
        clean: Knows the key and the prompt.
        now: Seconds since the epoch, for a Retry-After that is a date.
    """
    made = next(make for kind, make in TABLE if isinstance(error, kind))(error, place, clean)
    if isinstance(made, RateLimited) and isinstance(error, openai.APIStatusError):
        made.retry_after = retry_after(error.response.headers, now())
    clean.scrub(error)
    return made


def complaint(error: BaseException | None) -> Complaint | None:
    """What the server did not like about the request, where ``error`` came of a 400 or 422."""
    if not isinstance(error, openai.BadRequestError | openai.UnprocessableEntityError):
        return None
    return Complaint(
        code=f"{error.code or ''} {error.type or ''}",
        param=str(error.param or ""),
        # The body as a whole: FastAPI servers name the parameter in a "loc".
        text=str(error.body)[:5000],
    )


def _timeout(_: openai.OpenAIError, place: str, __: Redactor) -> ModelError:
    return ConnectionFailed(f"{place} did not take the connection in time; is it running?")


def _connection(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    cause = error.__cause__
    reason = clean(str(cause)) or type(cause).__name__ if cause else "it broke"
    return ConnectionFailed(f"no connection to {place}: {reason}; is the server running?")


def _authentication(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    return AuthenticationFailed(
        f"{place} refused the key{_status(error)}: {_words(error, clean)}; check OPENAI_API_KEY"
    )


def _rate(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    if _code(error) & _QUOTA:
        return _quota(error, place, clean)
    return RateLimited(f"{place} asks to slow down{_status(error)}: {_words(error, clean)}")


def _quota(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    return QuotaExhausted(f"no quota left at {place}: {_words(error, clean)}; see your account")


def _server(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    if getattr(error, "status_code", 0) == 501:  # it will never do this; other 5xx may pass
        return _no_completions(error, place, clean)
    return ServerFailed(f"{place} failed{_status(error)}: {_words(error, clean)}")


def _missing(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    if _speaks_json(error):
        said = _words(error, clean)
        return RequestRejected(f"{place} does not have this (404): {said}; check the model's name")
    return _no_completions(error, place, clean)


def _no_completions(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    return RequestRejected(
        f"{place} knows no chat completions{_status(error)}: {_words(error, clean)}; is it an "
        "OpenAI-compatible server? OPENAI_BASE_URL usually ends in /v1"
    )


def _other_status(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    status = getattr(error, "status_code", 0)
    if status == 402:
        return _quota(error, place, clean)
    if status == 408:
        return ConnectionFailed(f"{place} gave up waiting (408)")
    if status == 409:  # a lock that was not had in time; the SDK asks again then, too
        return _server(error, place, clean)
    if status == 405:
        return _no_completions(error, place, clean)
    if 300 <= status < 400:
        return RequestRejected(
            f"{place} points elsewhere ({status}); notes are sent only to the server you "
            "name, so set OPENAI_BASE_URL to the right one"
        )
    return RequestRejected(
        f"{place} will not take the request{_status(error)}: " + _words(error, clean)
    )


def _not_a_completion(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    return BadReply(f"{place} answered with no chat completion: {_words(error, clean)}")


def _cut(_: openai.OpenAIError, place: str, __: Redactor) -> ModelError:
    return CutOff(f"the answer of {place} was cut off")


def _setup(error: openai.OpenAIError, place: str, clean: Redactor) -> ModelError:
    return RequestRejected(f"the request to {place} could not be made: {clean(str(error))}")


TABLE: tuple[
    tuple[type[openai.OpenAIError], Callable[[openai.OpenAIError, str, Redactor], ModelError]], ...
] = (
    (openai.APITimeoutError, _timeout),
    (openai.APIConnectionError, _connection),
    (openai.AuthenticationError, _authentication),
    (openai.PermissionDeniedError, _authentication),
    (openai.RateLimitError, _rate),
    (openai.NotFoundError, _missing),
    (openai.InternalServerError, _server),
    (openai.APIStatusError, _other_status),
    (openai.APIResponseValidationError, _not_a_completion),
    (openai.LengthFinishReasonError, _cut),
    (openai.ContentFilterFinishReasonError, _cut),
    (openai.APIError, _setup),
    (openai.OpenAIError, _setup),
)


def _status(error: openai.OpenAIError) -> str:
    return f" ({error.status_code})" if isinstance(error, openai.APIStatusError) else ""


def _speaks_json(error: openai.OpenAIError) -> bool:
    response = getattr(error, "response", None)
    return response is not None and "json" in response.headers.get("content-type", "")


def _code(error: openai.OpenAIError) -> set[str]:
    return {str(getattr(error, name, "")) for name in ("code", "type")}


def _words(error: openai.OpenAIError, clean: Redactor) -> str:
    body = getattr(error, "body", None)
    said = words(body)
    if said.startswith("<"):
        return "it answered with a web page"
    return clean(said) or "it does not say why"

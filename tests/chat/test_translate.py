import inspect
import re
import traceback

import httpx2
import openai
import pytest

from followup_agent.chat.ladder import Complaint
from followup_agent.chat.redact import Redactor
from followup_agent.chat.translate import TABLE, complaint, translate
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    ConnectionFailed,
    CutOff,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    ServerFailed,
)
from followup_agent.settings import Secret

REQUEST = httpx2.Request("POST", "http://host:1/v1/chat/completions")
# Of webhooks, websockets and token exchange: nothing here uses them.
UNUSED = {"SubjectTokenProviderError", "WebSocketConnectionClosedError", "WebSocketQueueFullError"}


def by_status(code, body=None, headers=None):
    """The SDK's error for a status, made as the SDK makes it."""
    given = {"text": body} if isinstance(body, str) else {"json": body}
    response = httpx2.Response(code, **given, headers=headers, request=REQUEST)
    client = openai.OpenAI(api_key="k", base_url="http://host:1/v1")
    with client:
        return client._make_status_error_from_response(response)


def translated(error, **options):
    return translate(error, place="host:1", clean=Redactor(**options), now=lambda: 0.0)


def every_sdk_error():
    return [
        kind
        for _, kind in inspect.getmembers(openai._exceptions, inspect.isclass)
        if issubclass(kind, openai.OpenAIError)
    ]


@pytest.mark.parametrize("kind", every_sdk_error())
def test_every_error_of_the_sdk_is_mapped(kind):
    """A new error class of the SDK fails here until somebody has thought about it."""
    first = next(mapped for mapped, _ in TABLE if issubclass(kind, mapped))
    assert first is not openai.OpenAIError or kind.__name__ in UNUSED | {"OpenAIError"}


def test_the_table_is_most_specific_first():
    """No row is hidden by an earlier, wider one."""
    kinds = [kind for kind, _ in TABLE]
    hidden = [b for i, b in enumerate(kinds) if any(issubclass(b, a) for a in kinds[:i])]
    assert hidden == []


@pytest.mark.parametrize(
    ("code", "body", "kind", "words"),
    [
        (401, {"error": {"message": "bad key"}}, AuthenticationFailed, "bad key; check OPENAI"),
        (403, {"error": {"message": "no"}}, AuthenticationFailed, "403"),
        (
            402,
            {"error": {"message": "Insufficient Balance"}},
            QuotaExhausted,
            "Insufficient Balance",
        ),
        (
            429,
            {"error": {"message": "x", "code": "insufficient_quota"}},
            QuotaExhausted,
            "no quota",
        ),
        (
            429,
            {"error": {"message": "x", "type": "insufficient_quota"}},
            QuotaExhausted,
            "no quota",
        ),
        (429, {"error": {"message": "slow", "code": "rate_limit"}}, RateLimited, "slow"),
        (429, None, RateLimited, "does not say why"),
        (500, {"detail": "oops"}, ServerFailed, "oops"),
        (529, {"error": "overloaded"}, ServerFailed, "overloaded"),
        (408, None, ConnectionFailed, "408"),
        (
            404,
            {"error": {"message": "no model m"}},
            RequestRejected,
            "no model m; check the model's name",
        ),
        (404, "<html>", RequestRejected, "web page; is it an OpenAI-compatible.*/v1"),
        (404, "404 page not found", RequestRejected, "page not found; .*/v1"),
        (404, {}, RequestRejected, "does not say why"),
        (405, "<html>", RequestRejected, r"\(405\): .*web page; is it an OpenAI-compatible"),
        (501, "<html>", RequestRejected, r"\(501\): .*web page; is it an OpenAI-compatible"),
        (400, {"error": {"message": "bad"}}, RequestRejected, "bad"),
        (409, {"message": "conflict"}, ServerFailed, "conflict"),
        (413, None, RequestRejected, "413"),
        (422, {"detail": [{"msg": "field required"}]}, RequestRejected, "field required"),
        (307, None, RequestRejected, "points elsewhere"),
    ],
)
def test_each_status_has_its_error(code, body, kind, words):
    """A status becomes the error that tells a person what to do."""
    error = translated(by_status(code, body))
    assert type(error) is kind
    assert re.search(words, str(error))
    assert "host:1" in str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({}, None), ({"retry-after": "9"}, 9.0), ({"retry-after-ms": "10"}, 0.01)],
)
def test_a_rate_limit_tells_its_wait(headers, seconds):
    """``retry_after`` holds what the server said."""
    assert translated(by_status(429, headers=headers)).retry_after == seconds


def test_errors_without_a_status_are_mapped():
    """Broken connections, timeouts and unreadable answers have their errors."""
    response = httpx2.Response(200, request=REQUEST)
    connection = openai.APIConnectionError(request=REQUEST)
    assert "it broke" in str(translated(connection))
    connection.__cause__ = httpx2.ConnectError("All connection attempts failed")
    assert "All connection attempts failed; is the server running" in str(translated(connection))
    connection.__cause__ = httpx2.ReadError("")
    assert "ReadError" in str(translated(connection))
    assert isinstance(translated(openai.APITimeoutError(request=REQUEST)), ConnectionFailed)
    validation = openai.APIResponseValidationError(response, body=None)
    assert isinstance(translated(validation), BadReply)
    assert isinstance(translated(openai.ContentFilterFinishReasonError()), CutOff)
    assert isinstance(translated(openai.OpenAIError("odd")), RequestRejected)


@pytest.mark.parametrize("key", ["plainkey12345678", "broken12\n345678key", "trailing12345678\r\n"])
def test_no_traceback_holds_the_key(key):
    """A server that repeats the key and a header error that quotes it are cleaned, chain too."""
    cause = httpx2.LocalProtocolError(f"Illegal header value {f'Bearer {key}'.encode()!r}")
    sdk = openai.APIConnectionError(message=f"failed with {key}", request=REQUEST)
    sdk.__cause__ = cause
    echo = by_status(401, {"error": {"message": f"Incorrect API key provided: {key}"}})
    for error in (sdk, echo):
        try:
            raise translated(error, key=Secret(key)) from error
        except (ConnectionFailed, AuthenticationFailed) as exc:
            shown = "".join(traceback.format_exception(exc))
        for piece in (key, repr(key)[1:-1], *key.split()):
            assert piece not in shown


def test_the_prompt_is_not_repeated():
    """A validation error that quotes the notes does not carry them into ours, chain and all."""
    notes = "Priya said that their Kafka migration is three months late."
    sdk = by_status(422, {"error": {"message": f"Input should be a list, got: {notes}"}})
    error = translated(sdk, prompt=[notes])
    assert "Kafka" not in f"{error} {sdk} {sdk.message}"


def test_only_a_bad_request_complains():
    """What a 400 or 422 said is kept for the ladder; other errors say nothing to it."""
    body = {"error": {"message": "no", "code": "c", "type": "t", "param": "seed"}}
    said = complaint(by_status(400, body))
    assert (said.code, said.param) == ("c t", "seed")
    assert "no" in said.text
    assert isinstance(complaint(by_status(422, {"detail": []})), Complaint)
    assert complaint(by_status(500, body)) is None
    assert complaint(None) is None

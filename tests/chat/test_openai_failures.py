"""`OpenAIModel` against a server that misbehaves, over real sockets on loopback."""

import asyncio
import traceback
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from asked import HASTY, KEY, NOTES, REQUEST, ways

from followup_agent.chat.openai import OpenAIModel
from followup_agent.errors import (
    AuthenticationFailed,
    BadReply,
    ConnectionFailed,
    DeadlineExceeded,
    FollowupError,
    QuotaExhausted,
    RateLimited,
    RequestRejected,
    ServerFailed,
    SettingsError,
)
from servers.misbehaving import (
    Misbehaving,
    as_json,
    bomb,
    completion,
    drip,
    drip_headers,
    page,
    raw,
    redirect,
    reset,
    short,
    silence,
    status,
)

pytestmark = pytest.mark.server


def test_a_failing_request_ends_its_round(model):
    """The first failure of a round is raised as it is; the others do not keep it waiting."""
    with (
        Misbehaving(status(401), silence()) as server,
        pytest.raises(AuthenticationFailed) as caught,
    ):
        model(server).complete_round([REQUEST, REQUEST])
    assert type(caught.value.__cause__).__name__ == "AuthenticationError"


BROKEN = [
    pytest.param(status(500), ServerFailed, 3, id="500"),
    pytest.param(status(503), ServerFailed, 3, id="503"),
    pytest.param(status(409), ServerFailed, 3, id="409"),
    pytest.param(status(429), RateLimited, 3, id="429"),
    pytest.param(reset(), ConnectionFailed, 3, id="reset"),
    pytest.param(short(), ConnectionFailed, 3, id="short-body"),
    pytest.param(
        raw(b"not gzip", 200, {"Content-Encoding": "gzip"}), ConnectionFailed, 3, id="bad-gzip"
    ),
    pytest.param(raw(b"", 408), ConnectionFailed, 3, id="408"),
    pytest.param(status(429, code="insufficient_quota"), QuotaExhausted, 1, id="quota"),
    pytest.param(status(402), QuotaExhausted, 1, id="402"),
    pytest.param(status(400), RequestRejected, 1, id="400"),
    pytest.param(status(401), AuthenticationFailed, 1, id="401"),
    pytest.param(status(403), AuthenticationFailed, 1, id="403"),
    pytest.param(status(404), RequestRejected, 1, id="404"),
    pytest.param(page(404), RequestRejected, 1, id="404-page"),
    pytest.param(page(405), RequestRejected, 1, id="405-page"),
    pytest.param(page(501), RequestRejected, 1, id="501-page"),
    pytest.param(page(200), BadReply, 1, id="page"),
    pytest.param(raw(b""), BadReply, 1, id="empty"),
    pytest.param(raw(b'{"choices": ['), BadReply, 1, id="cut-json"),
    pytest.param(as_json({"error": {"message": "overloaded"}}), BadReply, 1, id="error-object"),
    pytest.param(as_json({"choices": []}), BadReply, 1, id="no-choices"),
    pytest.param(completion(None), BadReply, 1, id="null-content"),
    pytest.param(bomb(), BadReply, 1, id="bomb"),
    pytest.param(bomb(code=500), BadReply, 1, id="bomb-error"),
]


@pytest.mark.parametrize(("behaviour", "kind", "requests"), BROKEN)
def test_each_failure_is_a_typed_error(model, behaviour, kind, requests):
    """Whatever a server does becomes one of our errors; only what may pass is asked again."""
    with Misbehaving(behaviour) as server:
        with pytest.raises(kind) as caught:
            model(server).complete(REQUEST)
        assert len(server.requests) == requests
        assert server.place in str(caught.value) or "127.0.0.1" in str(caught.value)
    shown = "".join(traceback.format_exception(caught.value))
    assert KEY not in shown
    assert NOTES not in shown
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "behaviour",
    [drip(), drip(500), drip_headers(), silence()],
    ids=["body", "error-body", "headers", "silence"],
)
@pytest.mark.parametrize("way", [0, 1, 2], ids=["sync", "async", "round"])
def test_a_server_that_never_ends_is_left_at_the_deadline(model, behaviour, way):
    """A body or header that drips for ever, or silence, ends at the total deadline."""
    with Misbehaving(behaviour) as server, pytest.raises(DeadlineExceeded, match=server.place):
        ways(model(server))[way](HASTY)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "3"}, 3.0),
        ({"retry-after-ms": "250"}, 0.25),
        ({"Retry-After": format_datetime(datetime.fromtimestamp(1020, UTC), usegmt=True)}, 20.0),
    ],
    ids=["seconds", "milliseconds", "date"],
)
def test_retry_after_is_honoured(model, sleeps, headers, wait):
    """What the server says about when to come again is what is waited."""
    with Misbehaving(status(429, headers=headers), completion()) as server:
        assert model(server, now=lambda: 1000.0).complete(REQUEST).text == "Hello"
    assert sleeps == [wait]


def test_a_wait_beyond_the_deadline_fails_at_once(model, sleeps):
    """A Retry-After that the deadline does not allow is told, not slept through."""
    with Misbehaving(status(429, headers={"Retry-After": "3600"})) as server:
        with pytest.raises(RateLimited) as caught:
            model(server).complete(REQUEST)
        assert len(server.requests) == 1
    assert caught.value.retry_after == 3600.0
    assert sleeps == []


def test_a_broken_connection_is_tried_again(model, sleeps):
    """A reset in the middle of an answer costs a retry, not the draft."""
    with Misbehaving(reset(), short(), completion()) as server:
        assert model(server).complete(REQUEST).text == "Hello"
    assert len(sleeps) == 2


def test_a_server_that_is_not_there_is_named(model):
    """No server at the address is a one-line error with the mend."""
    with Misbehaving(completion()) as server:
        asked = model(server)
    with pytest.raises(ConnectionFailed, match="is the server running"):
        asked.complete(REQUEST)


def test_a_redirect_is_not_followed(model):
    """The notes and the key are never posted to another host."""
    with Misbehaving(completion()) as elsewhere:
        for code in (301, 302, 303, 307, 308):
            with (
                Misbehaving(redirect(f"{elsewhere.url}/chat/completions", code)) as server,
                pytest.raises(RequestRejected, match="points elsewhere"),
            ):
                model(server).complete(REQUEST)
        assert elsewhere.requests == []


def test_a_refusal_and_a_cut_answer_are_replies(model):
    """The model's own failures come back with their usage, for drafting to judge."""
    script = [
        completion(None, refusal="I'd rather not."),
        completion('{"subj', "length"),
        completion(None, "content_filter"),
    ]
    with Misbehaving(*script) as server:
        replies = [model(server).complete(REQUEST) for _ in script]
    assert [r.refusal for r in replies] == ["I'd rather not.", None, None]
    assert [r.finish_reason for r in replies] == ["stop", "length", "content_filter"]
    assert [r.usage.total for r in replies] == [10, 10, 10]


def test_the_key_is_not_shown_when_a_server_repeats_it(model):
    """A 401 that quotes the key, coloured and long, ends in a clean line."""
    message = f"\x1b[31mbad key {KEY}\r\n" + "x" * 5000
    with Misbehaving(status(401, message)) as server, pytest.raises(AuthenticationFailed) as caught:
        model(server).complete(REQUEST)
    shown = "".join(traceback.format_exception(caught.value))
    assert KEY not in shown
    assert "\x1b" not in shown
    assert len(str(caught.value)) < 400


def test_the_notes_are_not_shown_when_a_server_repeats_them(model):
    """A 422 that quotes the prompt does not put it into the error or its chain."""
    with (
        Misbehaving(status(422, f"bad content: '{NOTES}'")) as server,
        pytest.raises(RequestRejected, match="not shown") as caught,
    ):
        model(server).complete(REQUEST)
    assert "Kafka" not in "".join(traceback.format_exception(caught.value))


def test_an_unusual_address_is_a_typed_error(model, monkeypatch):
    """An address that passes the checks and is none for the SDK is no traceback."""
    import httpx2

    from followup_agent.chat import sdk

    async def call():
        raise httpx2.InvalidURL("odd")

    with pytest.raises(RequestRejected, match="is no address: odd"):
        asyncio.run(sdk.send(call, place="p", clean=lambda text: text))


@pytest.mark.parametrize("key", ["sk-a\nb", "sk-a b", "sk-é"])
def test_a_broken_key_never_reaches_a_header(key):
    """A key that would end up in an exception's text is refused when the model is made."""
    with pytest.raises(SettingsError) as caught:
        OpenAIModel("m", api_key=key)
    assert "sk-" not in "".join(traceback.format_exception(caught.value))


def test_every_error_here_is_a_models_failure():
    """Exit code 4 covers all that a server can do."""
    kinds = {case.values[1] for case in BROKEN}
    assert {kind.exit_code for kind in kinds} == {4}
    assert all(issubclass(kind, FollowupError) for kind in kinds)

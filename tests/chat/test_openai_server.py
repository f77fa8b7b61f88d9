"""`OpenAIModel` over real sockets: answers, the ladder, and what it leaves behind."""

import asyncio
import subprocess
import sys
import threading

import pytest
from asked import KEY, NOTES, REQUEST, ways

from followup_agent.chat import ChatModel, Profile, Request, Turn, ladder
from followup_agent.chat.openai import OPENAI, OpenAIModel
from followup_agent.errors import BadReply, RequestRejected
from servers.misbehaving import (
    Misbehaving,
    as_json,
    choice,
    completion,
    page,
    silence,
    status,
    zipped,
)

pytestmark = pytest.mark.server


def test_an_answer_arrives(model):
    """A good server's answer arrives by every way, with its usage."""
    with Misbehaving(completion('{"subject": "Hi"}')) as server:
        asked = model(server)
        for ask in ways(asked):
            reply = ask()
            assert (reply.text, reply.model) == ('{"subject": "Hi"}', "served-name")
            assert reply.usage.total == 10
        first = server.requests[0]
    assert first.path == "/v1/chat/completions"
    assert first.headers["Authorization"] == f"Bearer {KEY}"
    assert first.body["messages"][1] == {"role": "user", "content": NOTES}
    assert isinstance(asked, ChatModel)


def test_a_compressed_answer_arrives(model):
    """A proxy that compresses does no harm."""
    with Misbehaving(zipped(choice("Hello"))) as server:
        assert model(server).complete(REQUEST).text == "Hello"


def test_asyncio_run_works_twice(model):
    """A model outlives the event loop that first used it."""
    with Misbehaving(completion()) as server:
        asked = model(server)
        texts = [asyncio.run(asked.acomplete(REQUEST)).text for _ in range(2)]
    assert texts == ["Hello", "Hello"]


def test_a_round_keeps_its_order(model):
    """Requests that run side by side come back in the order in which they were asked."""

    def echo(exchange):
        completion(exchange.seen.body["messages"][0]["content"])(exchange)

    requests = [Request(turns=(Turn("user", str(i)),), parts=()) for i in range(6)]
    with Misbehaving(echo) as server:
        texts = [reply.text for reply in model(server).complete_round(requests)]
    assert texts == [str(i) for i in range(6)]


def refuse_format(handler_status=400, param="response_format"):
    return status(handler_status, "response_format is not supported", param=param)


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_the_ladder_steps_down_and_remembers(model, sleeps, steps):
    """Each refused rung costs one request, no retry; the next request starts where it ended."""
    with Misbehaving(*[refuse_format()] * steps, completion()) as server:
        assert model(server).complete(REQUEST).text == "Hello"
        assert len(server.requests) == steps + 1
        model(server).complete(REQUEST)
        assert len(server.requests) == steps + 2
        asked = [seen.body.get("response_format", {}).get("type") for seen in server.requests]
    rungs = ["json_schema", "json_schema", "json_object", None]
    assert asked == [*rungs[: steps + 1], rungs[steps]]
    assert sleeps == []


def test_the_ladder_ends(model):
    """A server that refuses every rung gets four requests, and its words are raised."""
    with Misbehaving(refuse_format()) as server:
        with pytest.raises(RequestRejected, match="response_format is not supported"):
            model(server).complete(REQUEST)
        assert len(server.requests) == 4
    assert ladder.recall(server.url, "m") == ladder.Dialect()


def test_parameters_adapt_to_the_server(model):
    """What a reasoning model refuses is dropped or renamed, one by one, and remembered."""

    def unsupported(param):
        return status(400, f"'{param}' is unsupported", code="unsupported_parameter", param=param)

    script = [unsupported("max_tokens"), unsupported("temperature"), unsupported("seed")]
    with Misbehaving(*script, completion()) as server:
        model(server).complete(REQUEST)
        model(server).complete(REQUEST)
        last = server.requests[-1].body
        assert len(server.requests) == 5
    assert set(last) == {"model", "messages", "max_completion_tokens", "response_format"}


def test_the_ladder_survives_a_retry(model):
    """A transport failure in between does not lose the way down."""
    script = [refuse_format(), status(500), refuse_format(), completion()]
    with Misbehaving(*script) as server:
        assert model(server).complete(REQUEST).text == "Hello"


def test_without_a_key_none_of_the_environment_is_sent(model, monkeypatch):
    """A local server gets a dummy key, and nothing that the SDK finds in the environment."""
    for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, f"real-{name}")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.example/v1")
    with Misbehaving(completion()) as server:
        model(server, key=None).complete(REQUEST)
        headers = server.requests[0].headers
    assert headers["Authorization"] == "Bearer none"
    assert "real-" not in str(headers)


def test_openai_itself_gets_the_organization(monkeypatch):
    """Only OpenAI's own server is told the organization of the environment."""
    from followup_agent.chat import sdk

    monkeypatch.setenv("OPENAI_ORG_ID", "org")
    for url, organization in [(OPENAI, "org"), ("http://host/v1", None)]:
        client = sdk.client(url, KEY)
        assert client.organization == organization
        asyncio.run(client.close())


def test_a_servers_models_are_listed(model):
    """Names come in the server's order; entries that are none are left out."""
    listed = {"data": [{"id": "a"}, {"id": "b\x1b"}, {"id": 5}, "x", {"id": "c"}]}
    with Misbehaving(as_json(listed), as_json({}), page()) as server:
        asked = model(server)
        assert asked.models() == ["a", "c"]
        assert server.requests[0].path == "/v1/models"
        assert asked.models() == []
        with pytest.raises(BadReply, match="web page"):
            asked.models()


def test_a_closed_model_opens_again(model):
    """Closing twice is harmless, and a closed model can be asked again."""
    with Misbehaving(completion()) as server:
        asked = model(server)
        asked.complete(REQUEST)
        asked.close()
        asked.close()
        assert asked.complete(REQUEST).text == "Hello"
        asyncio.run(asked.aclose())
        asyncio.run(asked.aclose())
        assert asked.complete(REQUEST).text == "Hello"


def test_a_forgotten_model_closes_itself(model):
    """Dropping a model without closing it leaves no open connection behind."""
    with Misbehaving(completion()) as server:
        asked = OpenAIModel("m", base_url=server.url)
        asked.complete(REQUEST)
        client = asked._open.client
        del asked
        closed = threading.Event()
        for _ in range(500):
            if client.is_closed() or closed.wait(0.01):
                break
        assert client.is_closed()


def test_a_cancelled_call_lets_go_of_the_server(model):
    """Cancelling the awaiting task ends the request, well before its deadline."""

    async def ask(asked):
        task = asyncio.create_task(asked.acomplete(REQUEST))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with Misbehaving(silence()) as server:
        asyncio.run(ask(model(server)))


def test_a_key_with_a_trailing_newline_is_stripped(model):
    """The newline of ``$(cat key)`` does no harm."""
    with Misbehaving(completion()) as server:
        model(server, key=f"{KEY}\n").complete(REQUEST)
        assert server.requests[0].headers["Authorization"] == f"Bearer {KEY}"


def test_a_model_says_what_it_is():
    """Repr names the model and server, never the key; a copy by pickle asks the same."""
    import pickle

    asked = OpenAIModel("m", api_key=KEY, attempts=7, profile=Profile(context_window=9))
    assert KEY not in repr(asked)
    assert "api.openai.com" in repr(asked)
    copy = pickle.loads(pickle.dumps(asked))
    assert (repr(copy), copy.profile, copy._policy) == (repr(asked), asked.profile, asked._policy)
    assert copy._key == asked._key
    assert not asked.count_tokens(REQUEST).exact


def test_the_sdk_is_imported_when_a_request_is_sent():
    """Neither importing nor making a model costs the SDK's half a second."""
    code = (
        "import sys; from followup_agent.chat.openai import OpenAIModel; OpenAIModel('m');"
        "heavy = {'openai', 'httpx2', 'tenacity', 'tiktoken', 'pydantic'} & set(sys.modules);"
        "sys.exit(repr(heavy) if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_process_ends_with_a_model_left_open():
    """An open connection holds no process back at its end, and warns of nothing."""
    code = (
        "import sys; from followup_agent.chat.openai import OpenAIModel;"
        "from followup_agent.chat import Request, Turn;"
        "m = OpenAIModel('m', base_url=sys.argv[1]);"
        "print(m.complete(Request(turns=(Turn('user', 'x'),), parts=())).text)"
    )
    with Misbehaving(completion()) as server:
        done = subprocess.run(
            [sys.executable, "-W", "always", "-c", code, server.url],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "Hello", "")

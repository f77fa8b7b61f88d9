"""The OpenAI backend against a real server: llama.cpp's, on loopback."""

import json

import pytest

from embedded_model import real
from followup_agent.chat import ladder, resolve_model
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.protocol import Request, Turn
from followup_agent.errors import AuthenticationFailed, ModelError
from followup_agent.settings import Secret, Settings
from servers.llamacpp import KEY, NAME, llamacpp

pytestmark = [pytest.mark.embedded, pytest.mark.server]

SCHEMA = {
    "type": "object",
    "properties": {"subject": {"type": "string", "maxLength": 30}},
    "required": ["subject"],
    "additionalProperties": False,
}
TURNS = (
    Turn("system", "You answer with one JSON object."),
    Turn("user", "Write the subject of a thank-you e-mail."),
)


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """The default model's file."""
    return real().prepare()


@pytest.fixture
def server(weights):
    """The server, with no memory of the ladder."""
    with llamacpp(weights) as served:
        yield served


def request(schema):
    return Request(TURNS, ("subject",), schema, max_tokens=60)


def test_it_follows_a_strict_schema(server):
    """The first rung holds: JSON by the schema, with the server's count of tokens."""
    model = OpenAIModel(NAME, api_key=KEY, base_url=server.url)
    reply = model.complete(request(SCHEMA), timeout=120)
    assert list(json.loads(reply.text)) == ["subject"]
    assert reply.usage.prompt_tokens > 20
    assert reply.usage.completion_tokens > 2
    assert ladder.recall(server.url, NAME).mode is ladder.Mode.STRICT
    model.close()


def test_a_schema_that_it_refuses_steps_down(server):
    """A 400 about the schema ends on the rung with the schema in the prompt, which answers."""
    model = OpenAIModel(NAME, api_key=KEY, base_url=server.url)
    odd = {"type": "object", "properties": {"subject": {"type": "words"}}}
    reply = model.complete(request(odd), timeout=120)
    assert reply.text.startswith("{")
    assert ladder.recall(server.url, NAME).mode is ladder.Mode.OBJECT
    model.close()


def test_its_only_model_needs_no_name(server):
    """With the address and the key, the model is found."""
    settings = Settings(base_url=server.url, api_key=Secret(KEY))
    model = resolve_model(None, settings)
    assert model.name == NAME
    model.close()


def test_a_wrong_key_is_told(server):
    """A 401 is the model's failure, with no key in it."""
    model = OpenAIModel(NAME, api_key="wrong-key-000000", base_url=server.url)
    with pytest.raises(AuthenticationFailed) as caught:
        model.complete(request(SCHEMA))
    assert "wrong-key" not in str(caught.value)
    model.close()


def test_too_long_a_prompt_is_a_models_failure(server):
    """Its words on the context come as a typed error."""
    model = OpenAIModel(NAME, api_key=KEY, base_url=server.url)
    long = Request((Turn("user", "word " * 3000),), ("subject",), max_tokens=8)
    with pytest.raises(ModelError):
        model.complete(long)
    model.close()

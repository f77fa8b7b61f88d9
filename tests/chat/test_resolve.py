import sys
import types

import pytest

from followup_agent.chat import ScriptedModel, resolve_model
from followup_agent.chat.openai import OPENAI, OpenAIModel
from followup_agent.chat.resolve import DEFAULT_MODEL
from followup_agent.errors import BadReply, SettingsError
from followup_agent.settings import Secret, Settings
from servers.misbehaving import Misbehaving, as_json, page

KEY = Secret("test-key-0123456789")


@pytest.fixture
def embedded(monkeypatch):
    """The embedded model's module, replaced; returns what it was asked for."""
    module = types.ModuleType("followup_agent.chat.embedded")
    module.embedded_model = lambda name, settings: ("embedded", name, settings)
    monkeypatch.setitem(sys.modules, module.__name__, module)


def models(*names):
    return as_json({"data": [{"id": name} for name in names]})


def test_a_model_is_returned_as_it_is():
    """An object that can complete needs no settings."""
    model = ScriptedModel([])
    assert resolve_model(model) is model


@pytest.mark.parametrize("thing", [5, object(), ["gpt-4.1-mini"]])
def test_a_thing_that_cannot_complete_is_refused(thing):
    """What is neither a name nor a model is the caller's mistake."""
    with pytest.raises(SettingsError, match=type(thing).__name__):
        resolve_model(thing)


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("embedded", None),
        ("embedded:", None),
        (" embedded:SmolLM2 ", "SmolLM2"),
        ("embedded:/a/b:c.gguf", "/a/b:c.gguf"),
    ],
)
def test_embedded_names_go_to_the_embedded_model(embedded, name, inner):
    """``embedded``, a name of the catalogue and a path run in this process."""
    settings = Settings(api_key=KEY)
    assert resolve_model(name, settings) == ("embedded", inner, settings)


def test_nothing_configured_is_embedded(embedded):
    """With an empty environment the embedded model writes."""
    assert resolve_model(None)[:2] == ("embedded", None)


def test_a_key_alone_is_openai():
    """OPENAI_API_KEY alone asks OpenAI's default model."""
    model = resolve_model(None, Settings(api_key=KEY, timeout=9, context_window=4096))
    assert (model.name, model._base_url, model._timeout) == (DEFAULT_MODEL, OPENAI, 9)
    assert model.profile.context_window == 4096


def test_the_named_model_wins():
    """The caller's name goes before FOLLOWUP_MODEL, and that before all else."""
    settings = Settings(model="theirs", api_key=KEY)
    assert resolve_model("mine", settings).name == "mine"
    assert resolve_model(None, settings).name == "theirs"


def test_the_environment_is_read_without_settings(monkeypatch):
    """Without settings, the process environment decides."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://host/v1/")
    model = resolve_model("any/name:7b")
    assert isinstance(model, OpenAIModel)
    assert (model.name, model._base_url, model._key) == ("any/name:7b", "http://host/v1", None)


def test_a_name_without_a_server_is_refused():
    """A server's model with neither key nor address says what is missing."""
    with pytest.raises(SettingsError, match="OPENAI_API_KEY, or OPENAI_BASE_URL"):
        resolve_model("gpt-4.1-mini", Settings())


def test_an_empty_name_is_refused():
    """``--model ""`` is a slip, not the default."""
    with pytest.raises(SettingsError, match="empty"):
        resolve_model("  ", Settings())


@pytest.mark.server
def test_a_server_with_one_model_needs_no_name():
    """The only model of a local server is taken."""
    with Misbehaving(models("llama")) as server:
        model = resolve_model(None, Settings(base_url=server.url))
    assert model.name == "llama"


@pytest.mark.server
@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], "has no model; load one, or set FOLLOWUP_MODEL"),
        (["a", "b"], r"several models \(a, b\); set FOLLOWUP_MODEL"),
        (list("abcdefg"), r"\(a, b, c, d, e, …\)"),
    ],
)
def test_a_server_with_none_or_several_models_asks_for_a_name(names, words):
    """The error names some of the models, and the variable to set."""
    with Misbehaving(models(*names)) as server, pytest.raises(SettingsError, match=words):
        resolve_model(None, Settings(base_url=server.url))


@pytest.mark.server
def test_a_server_that_is_none_is_named():
    """A web server in place of a model server is a model's failure with the mend."""
    with Misbehaving(page()) as server, pytest.raises(BadReply, match="OPENAI_BASE_URL"):
        resolve_model(None, Settings(base_url=server.url))

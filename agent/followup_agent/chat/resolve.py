"""Which model writes: what the caller names, else what the environment points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from followup_agent.chat.protocol import ChatModel, Profile
from followup_agent.errors import SettingsError
from followup_agent.settings import Settings

if TYPE_CHECKING:
    from followup_agent.chat.openai import OpenAIModel

DEFAULT_MODEL = "gpt-4.1-mini"  # with OPENAI_API_KEY alone: cheap, takes strict schemas and a seed
_EMBEDDED = "embedded"
_NAMED = 5  # models of a server that an error names
_NEEDED = ("complete", "acomplete", "complete_round", "count_tokens", "name", "profile")


def resolve_model(model: str | ChatModel | None, settings: Settings | None = None) -> ChatModel:
    """Find the model to write with. Nothing heavy is imported until it is asked.

    In this order: ``model``, FOLLOWUP_MODEL, the one model of the server at
    OPENAI_BASE_URL, `DEFAULT_MODEL` where there is an OPENAI_API_KEY, and the
    embedded one.

    Args:
        model: An object with ``complete`` is returned as it is; ``embedded``,
            ``embedded:NAME`` and ``embedded:PATH.gguf`` run in this process;
            any other name is the server's.
        settings: In place of `Settings.load()`.

    Raises:
        SettingsError: A name that needs a key, or a server with no model or several.
        ModelError: The server cannot be asked for its models.
    """
    if model is not None and not isinstance(model, str):
        return _as_is(model)
    settings = settings or Settings.load()
    name = settings.model if model is None else model.strip()
    if name == "":
        raise SettingsError("the model's name is empty; leave it out for the default")
    if name is None:
        return _by_environment(settings)
    kind, _, rest = name.partition(":")
    return _embedded(rest or None, settings) if kind == _EMBEDDED else _served(name, settings)


def _as_is(model: ChatModel) -> ChatModel:
    if not all(hasattr(model, name) for name in _NEEDED):
        raise SettingsError(
            f"a model is a name or has {', '.join(_NEEDED[:-1])} and {_NEEDED[-1]}; "
            f"{type(model).__name__} does not"
        )
    return model


def _by_environment(settings: Settings) -> ChatModel:
    if settings.base_url is not None:
        return _only_model(settings)
    if settings.api_key is not None:
        return _served(DEFAULT_MODEL, settings)
    return _embedded(None, settings)


def _only_model(settings: Settings) -> ChatModel:
    names = _served("unnamed", settings).models()
    if len(names) == 1:
        return _served(names[0], settings)
    if not names:
        raise SettingsError(f"{settings.base_url} has no model; load one, or set FOLLOWUP_MODEL")
    some = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    raise SettingsError(f"{settings.base_url} has several models ({some}); set FOLLOWUP_MODEL")


def _embedded(name: str | None, settings: Settings) -> ChatModel:
    from followup_agent.chat.embedded import embedded_model

    return embedded_model(name, settings)


def _served(name: str, settings: Settings) -> OpenAIModel:
    from followup_agent.chat.openai import OpenAIModel

    if settings.api_key is None and settings.base_url is None:
        raise SettingsError(
            f"the model {name!r} needs OPENAI_API_KEY, or OPENAI_BASE_URL for another server; "
            "the model named embedded needs neither"
        )
    return OpenAIModel(
        name,
        api_key=settings.api_key,
        base_url=settings.base_url,
        timeout=settings.timeout,
        profile=Profile(context_window=settings.context_window, max_answer=settings.max_tokens),
    )

"""The environment and ``.env``, read once into one frozen `Settings`.

``.env`` is looked for in the working directory only: a file of some parent
folder may belong to another project, and would send notes to its server. The
environment wins over ``.env``, also with an empty value, which means "as if
unset": ``OPENAI_API_KEY= followup-agent draft …`` does without the key of the
file. Nothing is written into ``os.environ``.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from followup_agent.env_file import read_env_file
from followup_agent.errors import SettingsError

_SHOWN = 40  # characters of a bad value that an error repeats


class Secret:
    """A text that no repr, log or error shows."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself; call it where it is sent, and nowhere else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('…')"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


# What a user's folders depend on. platformdirs takes longer than all the rest of `Settings.load`.
_HOMES = ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")


@lru_cache(maxsize=8)
def _user_folder(name: str, *_homes: str | None) -> Path:
    import platformdirs

    return Path(getattr(platformdirs, name)("followup-agent", appauthor=False))


def _users(name: str) -> Path:
    return _user_folder(name, *map(os.environ.get, _HOMES))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. See `VARIABLES` for names and meanings.

    Attributes:
        timeout: Seconds that one draft may take, retries and re-asks included.
        budget: Tokens that one draft may use, or None for no bound.
        context_window: Tokens that the model takes, or None if unknown.
        max_tokens: Longest answer to one ask of a served model, in tokens.
        threads: Threads of the embedded model, or None to choose by the machine.
        imap_host: Host of the mail account's server, with a port or without.
        imap_folder: Its Drafts folder, or None to find it.
        data_dir: Where the history of what was sent is kept.
    """

    model: str | None = None
    api_key: Secret | None = None
    base_url: str | None = None
    timeout: float = 120.0
    max_reasks: int = 3
    budget: int | None = None
    context_window: int | None = None
    max_tokens: int = 2048
    cache_dir: Path = field(default_factory=partial(_users, "user_cache_dir"))
    prompts: Path | None = None
    threads: int | None = None
    seed: int = 0
    proofread: bool = True
    linkedin_paid: bool = False
    imap_host: str | None = None
    imap_user: str | None = None
    imap_folder: str | None = None
    data_dir: Path = field(default_factory=partial(_users, "user_data_dir"))

    @classmethod
    def load(
        cls, environ: Mapping[str, str] | None = None, directory: Path | None = None
    ) -> Settings:
        """Read the environment over ``.env`` of the working directory.

        Args:
            environ: In place of ``os.environ``.
            directory: In place of the working directory.

        Raises:
            SettingsError: A value that makes no sense; names the variable and the mend.
        """
        given = os.environ if environ is None else environ
        file = read_env_file((directory or Path()) / ".env")
        # Only what is there is looked up: a name that os.environ lacks costs it two exceptions.
        texts = file | {name: given[name] for name in _NAMES.intersection(given)}
        values: dict[str, Any] = {}
        for variable in VARIABLES:
            if text := texts.get(variable.name, "").strip():
                values[variable.field] = _read(variable, text)
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: where it goes, how it is read, what it means.

    ``read`` raises ValueError with the mend. ``default`` is as one would write it.
    """

    name: str
    field: str
    read: Callable[[str], Any]
    default: str
    meaning: str


def _read(variable: Variable, text: str) -> Any:
    try:
        return variable.read(text)
    except ValueError as exc:
        raise SettingsError(f"{variable.name}: {exc}") from None


def key(text: str) -> Secret:
    """Check and wrap an API key; surrounding white space is dropped.

    Raises:
        ValueError: White space, control or non-ASCII characters inside, which an
            HTTP header cannot carry. The key is not repeated.
    """
    text = text.strip()
    if not text or not all("!" <= c <= "~" for c in text):
        raise ValueError(
            "the key holds a space, a line break or another character that no key has; "
            "copy it again"
        )
    return Secret(text)


def base_url(text: str) -> str:
    """Check the address of an OpenAI-compatible server; a slash at its end is dropped.

    Raises:
        ValueError: Not an http(s) address, or one with a user, a query or a
            fragment. Nothing that could be a password is repeated.
    """
    text = text.strip().rstrip("/")
    example = "write it as http://localhost:11434/v1"
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise ValueError(f"not an address; {example}") from None
    if "@" in text:
        raise ValueError("an address with a user or password in it; put a key in OPENAI_API_KEY")
    if parts.scheme not in {"http", "https"} or not host:
        raise ValueError(f"no http:// or https:// address; {example}")
    if parts.query or parts.fragment or not all("!" <= c <= "~" for c in text):
        raise ValueError(f"an address with a query, a fragment or a stray character; {example}")
    if parts.path.endswith("/completions"):
        raise ValueError("the address must end before /chat/completions, usually at /v1")
    return text


def _whole(low: int, high: int = 2**31 - 1) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise ValueError(f"{_shown(text)} is no whole number from {low} to {high}")
        return number

    return read


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number <= 86_400:
        raise ValueError(f"{_shown(text)} is no number of seconds from above 0 to 86400")
    return number


_SWITCH = dict.fromkeys(("1", "true", "yes", "on"), True) | dict.fromkeys(
    ("0", "false", "no", "off"), False
)


def _switch(text: str) -> bool:
    if text.lower() not in _SWITCH:
        raise ValueError(f"{_shown(text)} is neither 1 nor 0")
    return _SWITCH[text.lower()]


def _name(text: str) -> str:
    if not text.isprintable() or len(text) > 500:
        raise ValueError(f"{_shown(text)} is no model's name")
    return text


def _line(text: str) -> str:
    if not text.isprintable() or len(text) > 500:
        raise ValueError(f"{_shown(text)} is no host, login name or folder")
    return text


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        raise ValueError(f"{_shown(text)} is a file; name a folder")
    return path


def _existing(text: str) -> Path:
    path = _folder(text)
    if not path.is_dir():
        raise ValueError(f"there is no folder {_shown(text)}")
    return path


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


VARIABLES: tuple[Variable, ...] = (
    Variable(
        "FOLLOWUP_MODEL",
        "model",
        _name,
        "",
        "The model that writes: a name of the server's, embedded, embedded:NAME or "
        "embedded:PATH.gguf. Unset: what the next two point at, else embedded.",
    ),
    Variable(
        "OPENAI_API_KEY",
        "api_key",
        key,
        "",
        "Key of OpenAI, or of the server below. It is sent to that server only; over "
        "http:// it travels in the open.",
    ),
    Variable(
        "OPENAI_BASE_URL",
        "base_url",
        base_url,
        "",
        "Any OpenAI-compatible server, for example http://localhost:11434/v1 (Ollama). "
        "Unset: OpenAI. A local server needs no key.",
    ),
    Variable(
        "FOLLOWUP_TIMEOUT",
        "timeout",
        _seconds,
        "120",
        "Seconds that one draft may take, retries and re-asks included.",
    ),
    Variable(
        "FOLLOWUP_MAX_REASKS",
        "max_reasks",
        _whole(0, 20),
        "3",
        "How often the missing parts of a draft are asked for again.",
    ),
    Variable(
        "FOLLOWUP_BUDGET",
        "budget",
        _whole(1),
        "",
        "Tokens that one draft may use, prompts and answers together. Unset: no bound.",
    ),
    Variable(
        "FOLLOWUP_CONTEXT_WINDOW",
        "context_window",
        _whole(256),
        "",
        "Tokens that the model takes, prompt and answer together. Unset: not checked "
        "unless the model's is known.",
    ),
    Variable(
        "FOLLOWUP_MAX_TOKENS",
        "max_tokens",
        _whole(64),
        "2048",
        "Longest answer to one ask, in tokens. A model that thinks first may need more.",
    ),
    Variable(
        "FOLLOWUP_CACHE_DIR",
        "cache_dir",
        _folder,
        "",
        "Where the embedded model's weights are kept. Unset: the user's cache directory.",
    ),
    Variable(
        "FOLLOWUP_PROMPTS",
        "prompts",
        _existing,
        "",
        "A folder with prompts of your own. Unset: those of the package.",
    ),
    Variable(
        "FOLLOWUP_THREADS",
        "threads",
        _whole(1, 1024),
        "",
        "Threads of the embedded model. Unset: chosen by the machine.",
    ),
    Variable(
        "FOLLOWUP_SEED",
        "seed",
        _whole(0),
        "0",
        "Seed of sampling: the same seed gives the same text where the model can promise it.",
    ),
    Variable(
        "FOLLOWUP_PROOFREAD",
        "proofread",
        _switch,
        "1",
        "1 checks spelling and grammar, 0 does not.",
    ),
    Variable(
        "FOLLOWUP_LINKEDIN_PAID",
        "linkedin_paid",
        _switch,
        "0",
        "1 allows a LinkedIn invitation 300 characters (a paid account), 0 allows 200.",
    ),
    Variable(
        "FOLLOWUP_IMAP_HOST",
        "imap_host",
        _line,
        "",
        "Mail server whose Drafts folder --imap writes to: imap.example.org, or with a port. "
        "TLS is always used: by STARTTLS at port 143, else from the start.",
    ),
    Variable(
        "FOLLOWUP_IMAP_USER",
        "imap_user",
        _line,
        "",
        "Login name there. Unset: the candidate's address in the notes. The password comes "
        "from the keyring or is asked for.",
    ),
    Variable(
        "FOLLOWUP_IMAP_FOLDER",
        "imap_folder",
        _line,
        "",
        "The Drafts folder's name. Unset: the one that the server marks as such.",
    ),
    Variable(
        "FOLLOWUP_DATA_DIR",
        "data_dir",
        _folder,
        "",
        "Where the history of what was sent is kept, in a folder of its own that only you "
        "can read. Unset: the user's data directory.",
    ),
)
_NAMES = frozenset(variable.name for variable in VARIABLES)

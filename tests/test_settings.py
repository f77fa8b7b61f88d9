import os
import pickle
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from dotenv import dotenv_values

from followup_agent.errors import SettingsError
from followup_agent.settings import VARIABLES, Secret, Settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"


def load(directory=None, **environ):
    return Settings.load(environ, directory)


def test_nothing_set_gives_the_defaults():
    """An empty environment is a working one."""
    settings = load()
    assert settings == Settings()
    assert (settings.timeout, settings.max_reasks, settings.proofread) == (120.0, 3, True)
    assert settings.cache_dir.name == "followup-agent"


def test_every_variable_is_read(tmp_path):
    """Each variable lands in its field, with white space around it dropped."""
    settings = load(
        FOLLOWUP_MODEL=" embedded:tiny ",
        OPENAI_API_KEY="sk-abc\n",
        OPENAI_BASE_URL="http://[::1]:8080/v1/",
        FOLLOWUP_TIMEOUT="2.5",
        FOLLOWUP_MAX_REASKS="0",
        FOLLOWUP_BUDGET="5000",
        FOLLOWUP_CONTEXT_WINDOW="4096",
        FOLLOWUP_MAX_TOKENS="512",
        FOLLOWUP_CACHE_DIR=str(tmp_path / "new"),
        FOLLOWUP_PROMPTS=str(tmp_path),
        FOLLOWUP_THREADS="2",
        FOLLOWUP_SEED="7",
        FOLLOWUP_PROOFREAD="off",
        FOLLOWUP_LINKEDIN_PAID="Yes",
        FOLLOWUP_IMAP_HOST="imap.example.org:143",
        FOLLOWUP_IMAP_USER="daniel",
        FOLLOWUP_IMAP_FOLDER="Entwürfe",
    )
    assert settings == Settings(
        "embedded:tiny",
        Secret("sk-abc"),
        "http://[::1]:8080/v1",
        2.5,
        0,
        5000,
        4096,
        512,
        tmp_path / "new",
        tmp_path,
        2,
        7,
        False,
        True,
        "imap.example.org:143",
        "daniel",
        "Entwürfe",
    )


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FOLLOWUP_TIMEOUT", "0", "seconds"),
        ("FOLLOWUP_TIMEOUT", "nan", "seconds"),
        ("FOLLOWUP_TIMEOUT", "soon", "'soon'"),
        ("FOLLOWUP_MAX_REASKS", "-1", "from 0 to 20"),
        ("FOLLOWUP_MAX_REASKS", "3.5", "whole number"),
        ("FOLLOWUP_BUDGET", "9" * 5000, "9…"),
        ("FOLLOWUP_PROOFREAD", "maybe", "neither 1 nor 0"),
        ("FOLLOWUP_IMAP_USER", "a\x1bb", "no host, login name or folder"),
        ("FOLLOWUP_MODEL", "a\x1bb", "no model's name"),
        ("FOLLOWUP_MODEL", "m" * 501, "no model's name"),
        ("FOLLOWUP_PROMPTS", "/nowhere/at/all", "no folder"),
        ("FOLLOWUP_CACHE_DIR", str(EXAMPLE), "is a file"),
        ("OPENAI_BASE_URL", "localhost:11434/v1", "http://"),
        ("OPENAI_BASE_URL", "ftp://host/v1", "http://"),
        ("OPENAI_BASE_URL", "http://", "http://"),
        ("OPENAI_BASE_URL", "http://[::1/v1", "not an address"),
        ("OPENAI_BASE_URL", "http://host:99999/v1", "not an address"),
        ("OPENAI_BASE_URL", "http://host/v1?key=1", "query"),
        ("OPENAI_BASE_URL", "http://ho st/v1", "stray"),
        ("OPENAI_BASE_URL", "http://host/v1/chat/completions", "before /chat/completions"),
    ],
)
def test_bad_values_name_the_variable_and_the_mend(name, value, words):
    """A value that makes no sense is a caller's mistake, in one short line."""
    with pytest.raises(SettingsError, match=f"^{name}: .*{words}") as caught:
        load(**{name: value})
    assert len(str(caught.value)) < 200
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("key", ["sk-secret\nmore", "sk-secret more", "sk-secret\x00", "sk-secrét"])
def test_a_broken_key_is_refused_without_repeating_it(key):
    """A key that no header can carry is refused before a traceback could show it."""
    with pytest.raises(SettingsError, match=r"^OPENAI_API_KEY: ") as caught:
        load(OPENAI_API_KEY=key)
    assert "sk-" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_password_in_the_address_is_refused_without_repeating_it():
    """Credentials belong into OPENAI_API_KEY, not into an address that errors show."""
    with pytest.raises(SettingsError, match="OPENAI_API_KEY") as caught:
        load(OPENAI_BASE_URL="http://me:hunter2@host/v1")
    assert "hunter2" not in str(caught.value)


def test_a_secret_shows_itself_nowhere():
    """Neither repr, str nor the settings' repr holds the key; it compares and pickles."""
    secret = Secret("sk-abc")
    assert "sk-abc" not in f"{secret!r} {secret} {Settings(api_key=secret)}"
    assert pickle.loads(pickle.dumps(secret)) == secret
    assert secret != "sk-abc"
    assert len({secret, Secret("sk-abc")}) == 1


def test_settings_are_frozen():
    """Nobody changes settings under another one's feet."""
    with pytest.raises(FrozenInstanceError):
        Settings().seed = 1


def test_dotenv_is_read_and_the_environment_wins(tmp_path):
    """``.env`` of the working directory fills in what the environment does not say."""
    Path(".env").write_text(
        "\ufeffFOLLOWUP_SEED=1\nFOLLOWUP_BUDGET=9\nOPENAI_API_KEY='a$HOME'\nX\n"
    )
    before = dict(os.environ)
    settings = load(FOLLOWUP_SEED="2")
    assert (settings.seed, settings.budget) == (2, 9)
    assert settings.api_key.reveal() == "a$HOME"
    assert dict(os.environ) == before


def test_an_empty_variable_overrides_dotenv(tmp_path):
    """``OPENAI_API_KEY=`` on the command line does without the key of the file."""
    (tmp_path / ".env").write_text("OPENAI_API_KEY=abc\n")
    assert load(tmp_path, OPENAI_API_KEY="").api_key is None


def test_dotenv_of_a_parent_is_not_read(tmp_path):
    """A file of another project further up cannot redirect the notes."""
    (tmp_path / ".env").write_text("OPENAI_BASE_URL=http://elsewhere/v1\n")
    below = tmp_path / "below"
    below.mkdir()
    assert load(below).base_url is None


def test_an_unreadable_dotenv_is_named(tmp_path):
    """A binary ``.env`` is a caller's mistake, not a traceback."""
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00A=1")
    with pytest.raises(SettingsError, match=r"\.env cannot be read: it is not UTF-8"):
        load(tmp_path)


def test_a_forbidden_dotenv_is_named(tmp_path, monkeypatch):
    """A ``.env`` without permission is a caller's mistake, too."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    (tmp_path / ".env").write_text("")
    monkeypatch.setattr(Path, "read_text", refuse)
    with pytest.raises(SettingsError, match="Permission denied"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "line"),
    [('OPENAI_API_KEY="sk-secret\n', 1), ("A=1\n\nOPENAI_API_KEY sk-secret = x\n", 3)],
    ids=["quote", "space"],
)
def test_a_line_of_dotenv_that_cannot_be_read_is_named(tmp_path, caplog, text, line):
    """Its setting would be missing without a word; the line is told, and not what stands in it."""
    (tmp_path / ".env").write_text(text)
    with pytest.raises(SettingsError, match=rf"\.env:{line}: .*NAME=value") as caught:
        load(tmp_path)
    assert "secret" not in str(caught.value)
    assert caplog.records == []


def test_the_process_environment_is_the_default(monkeypatch):
    """Without arguments, ``os.environ`` is read."""
    monkeypatch.setenv("FOLLOWUP_SEED", "5")
    assert Settings.load().seed == 5


def test_the_example_lists_what_is_read():
    """`.env.example` names exactly the variables, with their defaults and meanings."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert dotenv_values(EXAMPLE) == {v.name: v.default for v in VARIABLES}
    words = " ".join(text.replace("#", " ").split())
    assert [v.name for v in VARIABLES if v.meaning not in words] == []


def test_the_example_is_the_default(tmp_path):
    """A copy of `.env.example` changes nothing."""
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"))
    assert load(tmp_path) == Settings()


def test_every_field_has_its_variable():
    """No setting is out of the environment's reach, and none is read twice."""
    assert sorted(v.field for v in VARIABLES) == sorted(f.name for f in fields(Settings))


def test_another_home_has_another_cache(monkeypatch, tmp_path):
    """The user's folders follow the environment also after they were asked for once."""
    folders = set()
    for name in ("one", "two"):
        monkeypatch.setenv("HOME", str(tmp_path / name))
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name / "cache"))
        folders.add(load().cache_dir)
    assert len(folders) == 2

"""A password comes from the keyring or a person, and from nowhere else."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from followup_agent.errors import LoginRefused
from followup_agent.outbox.passwords import find_password, service


@pytest.fixture
def keyring(monkeypatch):
    """A keyring that answers with a function."""

    def install(answer):
        monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=answer))

    return install


def never(_: str) -> str:
    raise AssertionError("nobody is to be asked")


def test_the_keyring_is_looked_into_first(keyring):
    """Under a name that `keyring set` takes."""
    keyring(lambda place, user: f"{place} {user}")
    found = find_password("imap.lumen.example", "daniel", never)
    assert found.reveal() == "followup-agent:imap.lumen.example daniel"
    assert service("imap.lumen.example") in found.reveal()


def test_a_keyring_that_fails_is_no_end(keyring):
    """Each system's fails in its own way: a person is asked."""

    def fail(*_):
        raise RuntimeError("no bus")

    keyring(fail)
    asked = []
    find_password("imap.lumen.example", "daniel", lambda words: asked.append(words) or "pw")
    assert asked == ["Password of daniel at imap.lumen.example"]


def test_without_the_extra_a_person_is_asked(monkeypatch):
    """The keyring is optional."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert find_password("h", "u", lambda _: "pw").reveal() == "pw"


def test_no_password_is_told(keyring):
    """With the command that keeps one."""
    keyring(lambda *_: None)
    with pytest.raises(LoginRefused, match="keyring set followup-agent:h u"):
        find_password("h", "u", lambda _: "")


def test_the_environment_holds_none(keyring, monkeypatch):
    """A variable of a likely name is not read."""
    keyring(lambda *_: None)
    for name in ("FOLLOWUP_IMAP_PASSWORD", "IMAP_PASSWORD"):
        monkeypatch.setenv(name, "leaked")
    assert find_password("h", "u", lambda _: "typed").reveal() == "typed"

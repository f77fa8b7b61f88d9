"""A mail account's password: from the system's keyring, or typed in. Never from elsewhere.

A command line is seen by every process and kept in the shell's history; an environment is
inherited by every child.
"""

from __future__ import annotations

from collections.abc import Callable

from followup_agent.errors import LoginRefused
from followup_agent.settings import Secret


def service(host: str) -> str:
    """The name under which ``keyring set SERVICE USER`` keeps the password of a server."""
    return f"followup-agent:{host}"


def find_password(host: str, user: str, ask: Callable[[str], str]) -> Secret:
    """The password of an account.

    Args:
        host: The server's name.
        user: The login name.
        ask: Asks a person, without showing what they type; given the words to ask with. It
            is called only if the keyring has none, and returns nothing if nobody is there.

    Raises:
        LoginRefused: None was given.
    """
    text = _kept(host, user) or ask(f"Password of {user} at {host}")
    if not text:
        raise LoginRefused(
            f"no password for {user}: type it at a terminal, or keep it with "
            f"`keyring set {service(host)} {user}` (pip install 'followup-agent[keyring]')"
        )
    return Secret(text)


def _kept(host: str, user: str) -> str | None:
    try:
        import keyring
    except ImportError:  # the extra `keyring` is not installed
        return None
    try:
        kept: str | None = keyring.get_password(service(host), user)
    except Exception:  # each system's keyring fails in its own way: asking still works
        return None
    return kept

"""What holds for every test: an empty environment, a home of its own, no network."""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

import platformdirs
import pytest

# Weights that were fetched once may be used by tests marked ``embedded``.
REAL_CACHE = os.environ.get("FOLLOWUP_CACHE_DIR") or platformdirs.user_cache_dir(
    "followup-agent", appauthor=False
)
_PREFIXES = ("OPENAI_", "FOLLOWUP_", "AZURE_OPENAI_", "TIKTOKEN_", "DATA_GYM_")
_HOMES = ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def pytest_configure() -> None:
    """Let Ctrl-C through: a process that a shell put into the background ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class NetworkBlocked(RuntimeError):
    """A test reached for the network; no `OSError`, which code under test would handle."""


@pytest.fixture(autouse=True)
def isolated(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Hide the developer's keys, proxies, home and ``.env``; the test runs in ``tmp_path``."""
    for name in list(os.environ):
        if name.startswith(_PREFIXES) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    for name in _HOMES:
        monkeypatch.setenv(name, str(home))
    if request.node.get_closest_marker("embedded"):
        monkeypatch.setenv("FOLLOWUP_CACHE_DIR", REAL_CACHE)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection; tests marked ``server`` or ``browser`` reach this machine."""
    marks = ("server", "browser")
    local = any(request.node.get_closest_marker(mark) for mark in marks)
    local = local or sys.platform == "win32"  # where an event loop is made with a connection

    def check(host: object) -> None:
        if not (local and str(host) in _LOOPBACK):
            raise NetworkBlocked(f"this test may not reach {host!r}")

    def guarded(name: str):
        real = getattr(socket.socket, name)

        def connect(self: socket.socket, address: object):
            if isinstance(address, tuple):  # another kind of address, a socket file, is no network
                check(address[0])
            return real(self, address)

        return connect

    real_lookup = socket.getaddrinfo

    def lookup(host: object, *args: object, **options: object):
        check(host.decode() if isinstance(host, bytes) else host)
        return real_lookup(host, *args, **options)

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    monkeypatch.setattr(socket, "getaddrinfo", lookup)

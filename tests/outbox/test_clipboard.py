"""The system's own tool gets the text by its standard input."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import pytest

from followup_agent.errors import OutputError
from followup_agent.outbox import clipboard

TEXT = "Grüße\n李雷 ✓"


@pytest.fixture
def system(monkeypatch):
    """A system with some tools; what they were run with is kept."""

    def make(platform="linux", tools=(), fails=(), **environ):
        runs = []
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setattr(
            clipboard.shutil, "which", lambda name: f"/bin/{name}" if name in tools else None
        )

        def run(command, **options):
            runs.append((command, options["input"]))
            assert options["stdout"] == options["stderr"] == subprocess.DEVNULL
            if "hang" in fails:
                raise subprocess.TimeoutExpired(command, options["timeout"])
            if "missing" in fails:
                raise FileNotFoundError
            return SimpleNamespace(returncode=int(command[0].rpartition("/")[2] in fails))

        monkeypatch.setattr(clipboard.subprocess, "run", run)
        return runs

    return make


@pytest.mark.parametrize(
    ("keys", "tool"),
    [
        ({"platform": "darwin", "tools": ["pbcopy", "xclip"]}, "pbcopy"),
        (
            {"tools": ["wl-copy", "xclip"], "WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
            "wl-copy",
        ),
        ({"tools": ["wl-copy", "xclip", "xsel"], "DISPLAY": ":0"}, "xclip"),
        ({"tools": ["xsel"], "DISPLAY": ":0"}, "xsel"),
        ({"tools": ["xsel", "termux-clipboard-set"]}, "termux-clipboard-set"),
        ({"tools": ["xclip", "xsel"], "fails": ["xclip"], "DISPLAY": ":0"}, "xsel"),
    ],
)
def test_the_first_tool_that_works_is_used(system, keys, tool):
    """In UTF-8; a tool whose display is not there is not tried."""
    runs = system(**keys)
    assert clipboard.copy(TEXT) == tool
    assert runs[-1][0][0] == f"/bin/{tool}"
    assert runs[-1][1] == TEXT.encode()


@pytest.mark.parametrize(
    ("platform", "tools", "octets"),
    [
        ("win32", ["powershell.exe", "clip.exe"], TEXT.encode()),
        ("win32", ["clip.exe"], TEXT.encode("utf-16")),
        ("linux", ["clip.exe"], TEXT.encode("utf-16")),
    ],
)
def test_windows_gets_an_encoding_that_it_knows(system, platform, tools, octets):
    """PowerShell is told UTF-8; clip.exe knows UTF-16 by its byte order mark."""
    runs = system(platform=platform, tools=tools)
    assert clipboard.copy(TEXT) == tools[0]
    assert runs[0][1] == octets


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_another_systems_tools_are_not_tried(system, platform):
    """What is installed besides the system's own may not work."""
    system(platform=platform, tools=["xclip"], DISPLAY=":0")
    with pytest.raises(OutputError, match="no clipboard here"):
        clipboard.copy(TEXT)


@pytest.mark.parametrize(
    ("environ", "mend"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0"}, "install wl-clipboard"),
        ({"DISPLAY": ":0"}, "install xclip or xsel"),
        ({}, "--format eml"),
    ],
)
def test_without_a_tool_the_mend_is_named(system, environ, mend):
    """What to install, or what to use instead."""
    system(**environ)
    with pytest.raises(OutputError, match=mend):
        clipboard.copy(TEXT)


@pytest.mark.parametrize("failure", ["hang", "missing", "pbcopy"])
def test_a_tool_that_fails_is_named(system, failure):
    """One that hangs is ended; the text is in no error."""
    system(platform="darwin", tools=["pbcopy"], fails=[failure])
    with pytest.raises(OutputError, match=r"\(pbcopy failed\)") as caught:
        clipboard.copy(TEXT)
    assert "李雷" not in str(caught.value)

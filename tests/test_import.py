"""Importing costs next to nothing, and changes nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import followup_agent

HEAVY = {
    "openai",
    "httpx2",
    "tiktoken",
    "xllamacpp",
    "gguf",
    "numpy",
    "pydantic",
    "jinja2",
    "harper",
    "rich",
    "yaml",
}


@pytest.mark.parametrize("module", ["followup_agent", "followup_agent.cli.main"])
def test_nothing_heavy_is_imported_before_it_is_used(module: str) -> None:
    """Neither the package nor the command's --help loads an SDK or a model library."""
    code = f"import {module}, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not HEAVY & set(loaded)


def test_every_public_name_is_there() -> None:
    """Each name of __all__ can be imported, and dir() tells them."""
    for name in followup_agent.__all__:
        assert getattr(followup_agent, name) is not None
    assert set(followup_agent.__all__) <= set(dir(followup_agent))
    assert followup_agent.__all__ == sorted(followup_agent.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A mistyped name is not swallowed by the lazy import."""
    with pytest.raises(AttributeError, match="drafft"):
        _ = followup_agent.drafft

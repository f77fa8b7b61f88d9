"""Fetch a file of the Hugging Face hub, by its own library: the user's token and proxy hold."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from followup_agent.errors import SettingsError, WeightsError
from followup_agent.weights.catalogue import Hub

_SHOWN = 200  # characters of the library's words that an error repeats


def download(source: Hub, folder: Path) -> Path:
    """Fetch a file into a folder of ours; what an earlier try left there is gone on from.

    Raises:
        SettingsError: The library is not installed.
        WeightsError: The hub cannot be reached, or has no such file.
    """
    hub = library(source)
    try:
        with _quiet(hub):
            name = hub.hf_hub_download(
                source.repo, source.member, revision=source.revision, local_dir=folder
            )
    except Exception as exc:  # the library's, its HTTP client's, the system's: of many trees
        words = " ".join(str(exc).split())[:_SHOWN]
        raise WeightsError(
            f"{source} could not be fetched ({type(exc).__name__}: {words}); check the network"
        ) from exc
    return Path(name)


def library(source: Hub) -> Any:
    """The library itself, imported when it is first wanted.

    Raises:
        SettingsError: It is not installed; with the mend.
    """
    try:
        import huggingface_hub
    except ImportError:
        raise SettingsError(
            f"{source} is fetched by huggingface_hub; install it with "
            "`pip install 'followup-agent[hub]'`"
        ) from None
    return huggingface_hub


@contextmanager
def _quiet(hub: Any) -> Iterator[None]:
    """Without the library's own progress bars; ours are drawn by the command."""
    utils = hub.utils
    was_quiet = utils.are_progress_bars_disabled()
    utils.disable_progress_bars()
    try:
        yield
    finally:
        if not was_quiet:
            utils.enable_progress_bars()

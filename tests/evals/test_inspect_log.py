"""A run opens in Inspect's own reader."""

from __future__ import annotations

import pytest
import writers

from followup_agent.errors import SettingsError
from followup_agent.evals.inspect_log import export


def _export(session) -> list:
    return export(session.folder, session.manifest, session.run.results, session.manifest.samples())


def test_inspect_reads_the_export(start) -> None:
    """Each item is a sample with its scores, and the log is whole."""
    log = pytest.importorskip("inspect_ai.log")
    session = start(writers.writer(), limit=2, repeats=2)
    session.execute()
    (path,) = _export(session)
    read = log.read_eval_log(str(path))
    assert len(read.samples) == len(session.run.planned)
    assert {sample.epoch for sample in read.samples} == {1, 2}
    assert read.samples[0].scores["valid"].value in {"C", "I"}


def test_without_inspect_the_extra_is_named(start, monkeypatch) -> None:
    """The mend is said, not a traceback shown."""
    monkeypatch.setitem(__import__("sys").modules, "inspect_ai.log", None)
    with pytest.raises(SettingsError, match=r"followup-agent\[inspect\]"):
        _export(start(writers.writer(), limit=1))

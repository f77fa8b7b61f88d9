"""The command as a shell runs it, with a scripted model in place of a real one."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest

from followup_agent import ScriptedModel
from followup_agent.cli.main import main


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


def runner(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A function that runs the command; ``stdin`` is given as bytes or text."""

    def run(*args: object, stdin: bytes | str = b"") -> Ended:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    return run


def script(
    monkeypatch: pytest.MonkeyPatch, replies: Iterable[object], **how: object
) -> ScriptedModel:
    """Put a scripted model in the place of whatever --model and the environment name."""
    model = ScriptedModel(replies, **how)
    monkeypatch.setattr("followup_agent.job.resolve_model", lambda *_: model)
    return model

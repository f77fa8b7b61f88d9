"""`followup-agent batch` as a shell runs it: what is printed, where results go, how it ends."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path

import pytest
from running import Run

from followup_agent import ScriptedModel
from followup_agent.chat.protocol import Request
from followup_agent.cli.batch import _interruptible
from followup_agent.cli.progress import BatchProgress
from followup_agent.errors import AuthenticationFailed, RequestRejected
from servers.candidates import TODAY, notes
from servers.writer import facts, parts


def written(request: Request) -> dict[str, str]:
    return parts(facts(request.turns[-1].content), list(request.parts))


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> ScriptedModel:
    """A model that writes well, in the place of whatever the environment names."""
    made = ScriptedModel([written], cycle=True)
    monkeypatch.setattr("followup_agent.chat.resolve.resolve_model", lambda *_: made)
    return made


def folder(count: int) -> None:
    Path("in").mkdir()
    for number, text in enumerate(notes(count)):
        Path("in", f"{number}.md").write_text(text, "utf-8")


def instead(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    made = ScriptedModel([answer], cycle=True)
    monkeypatch.setattr("followup_agent.chat.resolve.resolve_model", lambda *_: made)


@pytest.mark.usefixtures("model")
def test_a_folder_of_notes_becomes_a_folder_of_drafts(cli: Run) -> None:
    """The results are files; standard output stays empty, the sums are on standard error."""
    folder(3)
    ended = cli("batch", "in", "--out", "out", "--today", TODAY)
    assert (ended.code, ended.out) == (0, "")
    assert "3 of 3 notes: 3 valid" in ended.err
    assert "near-copies of other candidates' messages" in ended.err
    assert len(Path("out/drafts.jsonl").read_text("utf-8").splitlines()) == 3
    assert json.loads(Path("out/summary.json").read_text("utf-8"))["today"] == TODAY


def test_a_second_run_goes_on_with_the_first_ones_day(cli: Run, model: ScriptedModel) -> None:
    """Without --today the folder's day is kept, and nothing is asked again."""
    folder(2)
    cli("batch", "in", "--out", "out", "--today", TODAY)
    asked = len(model.requests)
    ended = cli("batch", "in", "--out", "out")
    assert "2 of 2 notes are done already; going on" in ended.err
    assert len(model.requests) == asked


@pytest.mark.usefixtures("model")
def test_notes_that_cannot_be_used_are_printed_with_their_line(cli: Run) -> None:
    """The others are drafted; the exit code says that something is to be mended."""
    folder(1)
    Path("in/bad.md").write_text("---\ncandidate: X\n---\n", "utf-8")
    ended = cli("batch", "in", "--out", "out", "--today", TODAY)
    assert ended.code == 2
    assert "bad.md:1: `company` is missing" in ended.err
    assert "1 bad-input, 1 valid" in ended.err


def test_rejected_drafts_end_with_3(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that are still missing are counted in the summary."""
    instead(monkeypatch, lambda r: {**written(r), "interest": ""})
    folder(1)
    assert cli("batch", "in", "--out", "out", "--today", TODAY).code == 3


def test_a_model_that_fails_some_ends_with_4(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that the server will not take is that message's failure."""
    instead(monkeypatch, RequestRejected("too long (400)"))
    folder(1)
    assert cli("batch", "in", "--out", "out", "--today", TODAY).code == 4
    assert cli("batch", "in", "--out", "out", "--retry-failed").code == 4


def test_a_refused_key_stops_with_one_line_and_how_to_go_on(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, the server's words, and that nothing is lost."""
    instead(monkeypatch, AuthenticationFailed("the key was refused (401)"))
    folder(5)
    ended = cli("batch", "in", "--out", "out", "--today", TODAY)
    assert ended.code == 4
    assert "the same command goes on with it" in ended.err
    assert ended.err.endswith("followup-agent: the key was refused (401)\n")


def test_over_budget_ends_with_5(cli: Run, model: ScriptedModel) -> None:
    """Nothing is sent that could pass it."""
    folder(1)
    assert cli("batch", "in", "--out", "out", "--budget", 10).code == 5
    assert model.requests == []


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere", "--out", "out"), "nowhere: no such file or folder"),
        (("in",), "--out"),
        (("in", "--out", "out", "--concurrency", "0"), "neither auto nor a number from 1"),
        (("in", "--out", "out", "--concurrency", "many"), "neither auto nor a number from 1"),
        (("in", "--out", "out", "--engine", "locel"), "Did you mean 'local'?"),
        (("in", "--out", "out", "--kind", "love"), "love"),
        (("in", "--out", "out", "--rpm", "0"), "rpm"),
        (("in", "--out", "in/0.md"), "0.md"),
    ],
)
def test_a_mistake_of_the_callers_is_one_line(
    cli: Run, arguments: tuple[str, ...], said: str
) -> None:
    """Exit code 2, the mend, and no traceback."""
    folder(1)
    ended = cli("batch", *arguments)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.usefixtures("model")
def test_prices_give_a_cost(cli: Run) -> None:
    """The table is the evals' own."""
    folder(1)
    Path("prices.yaml").write_text("scripted: {prompt: 1, completion: 2}\n", "utf-8")
    ended = cli("batch", "in", "--out", "out", "--today", TODAY, "--prices", "prices.yaml")
    assert ", cost 0.00; out" in ended.err


def test_a_third_ctrl_c_does_not_disturb_the_writing(capsys: pytest.CaptureFixture[str]) -> None:
    """The first sets the stop, the second stops now, all others are left alone."""
    stopping = threading.Event()
    with _interruptible(stopping, BatchProgress()):
        signal.raise_signal(signal.SIGINT)
        assert stopping.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert capsys.readouterr().err.count("Ctrl-C again stops now") == 1

"""The command: a run from recorded replies, resumed, compared and held up to a baseline."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import writers
from click.testing import CliRunner, Result
from places import DEV

from followup_agent.cli.eval import command
from followup_agent.errors import OutputError, SettingsError

KIND = ("--kinds", "thank-you", "--limit", "3", "--cases", str(DEV))


def _run(*args: str | Path) -> Result:
    return CliRunner().invoke(command, [str(arg) for arg in args], standalone_mode=False)


@pytest.fixture
def replies(start, monkeypatch) -> Path:
    """Recorded replies of three cases."""
    monkeypatch.setenv("FOLLOWUP_PROOFREAD", "0")
    session = start(writers.writer(), "recorded", limit=3)
    session.execute()
    return session.folder / "replies.jsonl"


def test_a_replay_writes_the_runs_files(replies: Path, tmp_path: Path) -> None:
    """Results, figures and report, without any model; the figures on standard output."""
    out = tmp_path / "out"
    done = _run(*KIND, "--replay", "--replies", replies, "--out", out)
    assert done.return_value == 0, done.exception
    assert {"results.jsonl", "summary.json", "report.html", "run.json"} <= {
        path.name for path in out.iterdir()
    }
    assert "valid after re-asks" in done.stdout


def test_json_is_the_summary(replies: Path, tmp_path: Path) -> None:
    """One JSON document on standard output, and nothing else there."""
    done = _run(
        *KIND, "--replay", "--replies", replies, "--out", tmp_path / "o", "--format", "json"
    )
    assert json.loads(done.stdout)["scored"] > 0


def test_a_finished_run_is_shown_again(replies: Path, tmp_path: Path) -> None:
    """Resuming what is done prints its figures and asks nothing."""
    out = tmp_path / "out"
    _run(*KIND, "--replay", "--replies", replies, "--out", out)
    assert _run("--resume", out).return_value == 0


def test_a_run_is_resumed_as_it_was(replies: Path, tmp_path: Path) -> None:
    """Another number of repeats would be another run."""
    out = tmp_path / "out"
    _run(*KIND, "--replay", "--replies", replies, "--out", out)
    done = _run("--resume", out, "--repeats", "2")
    assert "drop --repeats" in str(done.exception)


def test_replay_needs_to_know_the_replies() -> None:
    """No folder, no record."""
    assert "--replies" in str(_run("--replay").exception)


def test_a_run_passes_its_own_gate(replies: Path, tmp_path: Path) -> None:
    """The summary of a run is its own baseline; the exit code is 0."""
    out, baseline = tmp_path / "out", tmp_path / "baseline.json"
    _run(*KIND, "--replay", "--replies", replies, "--out", out)
    shutil.copy(out / "summary.json", baseline)
    done = _run("gate", out, "--baseline", baseline)
    assert done.return_value == 0
    assert "pass" in done.stdout


def test_the_gates_codes_are_its_own(start, tmp_path: Path) -> None:
    """1 for a regression, 6 where nothing can be told."""
    folders = []
    for name, spoil in (("good", None), ("bad", writers.drop_gratitude)):
        session = start(writers.writer(spoil), name, limit=12)
        session.execute()
        session.finish()
        folders.append(session.folder)
    good, bad = folders
    assert _run("gate", bad, "--baseline", good / "summary.json").return_value == 1
    data = json.loads((good / "summary.json").read_text("utf-8"))
    data["planned"] += 1
    (good / "summary.json").write_text(json.dumps(data), "utf-8")
    assert _run("gate", good, "--baseline", good / "summary.json").return_value == 6
    done = _run("compare", good, bad)
    assert done.return_value == 0
    assert "lost: " in done.stdout
    assert "Dear" in done.stdout


def test_other_graders_are_not_compared(replies: Path, tmp_path: Path) -> None:
    """The gate ends as for any mistake of the caller's: exit code 2."""
    out, baseline = tmp_path / "out", tmp_path / "baseline.json"
    _run(*KIND, "--replay", "--replies", replies, "--out", out)
    data = json.loads((out / "summary.json").read_text("utf-8"))
    data["run"]["graders_sha256"] = "0"
    baseline.write_text(json.dumps(data), "utf-8")
    done = _run("gate", out, "--baseline", baseline)
    assert isinstance(done.exception, SettingsError)
    assert done.exception.exit_code == 2


def test_a_folder_without_a_run_is_named(tmp_path: Path) -> None:
    """Resuming nothing is the caller's mistake."""
    assert isinstance(_run("--resume", tmp_path).exception, OutputError)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--kinds", "thankyou"), "not a kind"),
        (("--prompts", "thank-you@99"), "no prompt"),
        (("--prompts", "parts/ask@1"), "one part"),
        (("--prompts", "status@1", "--kinds", "linkedin"), "leaves them out"),
        (("--cases", "nowhere"), "--cases"),
    ],
)
def test_what_makes_no_sense_is_refused_before_any_model(args, said, tmp_path: Path) -> None:
    """Mistakes are found before anything is paid for."""
    cases = () if "--cases" in args else ("--cases", DEV)
    done = _run(*args, *cases, "--models", "gpt", "--out", tmp_path / "o")
    assert said in str(done.exception)


def test_uses_of_the_release_set_are_logged(start, tmp_path: Path) -> None:
    """Each run over release/ leaves a line beside it."""
    release = tmp_path / "release"
    release.mkdir()
    log = tmp_path / "RELEASE-LOG.md"
    log.write_text("# Uses\n", "utf-8")
    for ending in (".md", ".yaml"):
        shutil.copy(DEV / f"support-agent-nairobi{ending}", release)
    start(writers.writer(), cases=str(release))
    assert "followup-agent eval, 1 cases" in log.read_text("utf-8")

"""The local engine against a server that misbehaves, and under kills: bounded, never twice, never lost."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from benches import TODAY, draft, folder_of, lines

from followup_agent.bulk.local import REQUESTS, LocalEngine
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.retry import Policy
from followup_agent.errors import AuthenticationFailed, QuotaExhausted
from servers.candidates import names
from servers.provider import Plan, Provider, Remote, apart, paid_twice, requests_of, too_early

pytestmark = pytest.mark.server

#: A quarter of all requests goes wrong, in the ways that may pass.
QUARTER = {
    "429-seconds": 0.05,
    "429-date": 0.01,
    "500": 0.05,
    "503-seconds": 0.02,
    "reset": 0.05,
    "short": 0.04,
    "error-object": 0.03,
}
SOON = Policy(first=0.01, longest=0.05)


def engine(concurrency: int | None = 8, **how: object) -> LocalEngine:
    return LocalEngine(concurrency, processes=0, policy=SOON, timeout=10, **how)


def note_of(name: str) -> str:
    return f"{name} to Priya Nair"


def test_a_quarter_of_faults_loses_and_doubles_nothing() -> None:
    """All drafts are there, none was paid twice, none asked early or more than ten times."""
    folder_of(150)
    with Provider(Plan(faults=QUARTER, retry_after=0.05)) as server:
        summary = draft(OpenAIModel("m", base_url=server.url), engine=engine())
        seen = server.seen
    assert dict(summary.status) == {"valid": 150}
    assert len({line["key"] for line in lines()}) == len(lines()) == 150
    assert sum(asked.met != "answer" for asked in seen) > 20
    assert not paid_twice(seen)
    assert not too_early(seen)
    assert max(requests_of(seen).values()) <= REQUESTS
    paid = sum(asked.tokens for asked in seen)
    assert summary.usage.prompt_tokens + summary.usage.completion_tokens == paid


def test_one_retry_after_holds_back_all() -> None:
    """After a 429 nobody asks before its time is over, whichever note it was told."""
    folder_of(40)
    first = note_of(names(1)[0])
    plan = Plan(latency=0.01, script={first: ["429-seconds"]}, retry_after=1.0)
    with Provider(plan) as server:
        draft(OpenAIModel("m", base_url=server.url), engine=engine(2))
        seen = server.seen
    (limited,) = (asked for asked in seen if asked.met == "429-seconds")
    # What was under way when it came is not called back.
    later = [a for a in seen if limited.at + 0.1 < a.at < limited.not_before - 0.001]
    assert not later
    assert len(lines()) == 40


@pytest.mark.parametrize(
    ("fault", "error"), [("401", AuthenticationFailed), ("quota", QuotaExhausted)]
)
def test_a_refusal_for_good_is_never_retried(fault: str, error: type[Exception]) -> None:
    """The batch stops with the server's words; each note was asked for once at most."""
    folder_of(20)
    with Provider(Plan(faults={fault: 1.0})) as server:
        with pytest.raises(error):
            draft(OpenAIModel("m", base_url=server.url), engine=engine(4))
        assert len(server.seen) <= 4
    assert lines() == []


@pytest.mark.parametrize("fault", ["400", "redirect"])
def test_a_bad_request_is_not_sent_again(fault: str) -> None:
    """One note that the server will not take is asked for once; nothing follows a redirect."""
    folder_of(10)
    bad = note_of(names(10)[9])
    with Provider(Plan(script={bad: [fault] * 20})) as server:
        summary = draft(OpenAIModel("m", base_url=server.url), engine=engine(2))
        seen = server.seen
    assert dict(summary.status) == {"valid": 9, "failed": 1}
    assert requests_of(seen)[bad] == 1
    assert all(asked.met != "strayed" for asked in seen)


@pytest.mark.parametrize(
    ("fault", "error"), [("refusal", "Refused"), ("length", "CutOff"), ("bomb", "BadReply")]
)
def test_what_one_note_meets_is_that_notes_failure(fault: str, error: str) -> None:
    """A refusal, a cut answer and a huge body fail one message with their own error."""
    folder_of(4)
    bad = note_of(names(4)[3])
    with Provider(Plan(script={bad: [fault] * 20})) as server:
        draft(OpenAIModel("m", base_url=server.url), engine=engine(2))
    assert [line["status"] for line in lines()] == ["valid"] * 3 + ["failed"]
    assert lines()[3]["error"]["type"] == error


def test_the_pace_adapts_to_what_the_server_takes() -> None:
    """A server that takes four at once gets all notes drafted, and few refusals for it."""
    folder_of(120)
    with Provider(Plan(latency=0.02, capacity=4, retry_after=0.05)) as server:
        summary = draft(OpenAIModel("m", base_url=server.url), engine=engine(None))
        refused = sum(asked.met != "answer" for asked in server.seen)
    assert dict(summary.status) == {"valid": 120}
    assert refused < 120


def test_a_part_that_is_missing_is_asked_for_again_alone() -> None:
    """As with a single draft: the second request is the smaller one."""
    folder_of(3)
    with Provider(Plan(empty=("interest", 1))) as server:
        summary = draft(OpenAIModel("m", base_url=server.url), engine=engine())
        sizes = [asked.received for asked in server.seen]
    assert dict(summary.status) == {"valid": 3}
    assert summary.usage.requests == 6
    assert min(sizes) < max(sizes) / 1.5


# --- the command in a process of its own


def command(server: Remote, *more: str) -> subprocess.Popen[str]:
    """`followup-agent batch` on the folder ``in``."""
    arguments = ["batch", "in", "--out", "out", "--model", "m", "--today", TODAY.isoformat()]
    program = "from followup_agent.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments, "--no-proofread", "--concurrency", "8", *more],
        env={**os.environ, "OPENAI_BASE_URL": server.url},
        stderr=subprocess.PIPE,
        text=True,
    )


def acknowledged() -> dict[str, str]:
    """The whole lines of ``drafts.jsonl``, by source."""
    try:
        raw = Path("out/drafts.jsonl").read_bytes()
    except FileNotFoundError:
        return {}
    whole = raw[: raw.rfind(b"\n") + 1].splitlines()
    return {json.loads(line)["source"]: json.loads(line)["body"] for line in whole}


def wait_for(count: int, process: subprocess.Popen[str]) -> None:
    """Until so many drafts are acknowledged, or the process has ended."""
    end = time.monotonic() + 60
    while len(acknowledged()) < count and process.poll() is None and time.monotonic() < end:
        time.sleep(0.02)


def asked_for(server: Remote, sources: Mapping[str, str]) -> dict[str, int]:
    """How often each of these notes was asked for."""
    counts = requests_of(server.seen)
    found = {}
    for source in sources:
        name = re.search("name: (.+)", Path(source).read_text("utf-8"))
        assert name
        found[source] = counts[note_of(name[1])]
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_kills_lose_no_acknowledged_draft_and_pay_none_twice() -> None:
    """After kill -9 in the middle, again and again, what was told to be done stays done."""
    folder_of(100)
    known: dict[str, str] = {}
    paid: dict[str, int] = {}
    with apart(Plan(latency=0.05, faults={"500": 0.1})) as server:
        for stop in (10, 40, 70):
            process = command(server)
            wait_for(stop, process)
            process.kill()
            process.communicate()
            now = acknowledged()
            assert known.items() <= now.items()
            known = now
            paid |= {s: n for s, n in asked_for(server, known).items() if s not in paid}
        process = command(server)
        told = process.communicate(timeout=120)[1]
        assert process.returncode == 0, told
        assert asked_for(server, paid) == paid
    assert known.items() <= acknowledged().items()
    assert len(lines()) == 100
    assert not list(Path("out").glob(".followup-*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_first_ctrl_c_ends_well_and_the_next_run_goes_on() -> None:
    """The command says so, keeps what was asked, ends with 130; the rest comes later."""
    folder_of(60)
    with apart(Plan(latency=0.2)) as server:
        process = command(server)
        wait_for(5, process)
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=60)[1]
        assert process.returncode == 130, told
        assert "Ctrl-C again stops now" in told
        assert 5 <= len(lines()) < 60
        process = command(server)
        told = process.communicate(timeout=120)[1]
        assert process.returncode == 0, told
        assert "of 60 notes are done already; going on" in told
        assert not paid_twice(server.seen)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_second_ctrl_c_stops_now() -> None:
    """Two interrupts end the command while the server is still thinking."""
    folder_of(10)
    with apart(Plan(latency=15)) as server:
        process = command(server)
        end = time.monotonic() + 30
        while not Path("out/drafts.jsonl").exists() and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.5)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert "Ctrl-C again" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 130
        assert time.monotonic() - started < 12


def test_a_long_retry_after_is_said_and_ctrl_c_ends_the_wait() -> None:
    """An hour's pause is told with its end; stopping during it is quick and loses nothing."""
    folder_of(6)
    first = note_of(names(1)[0])
    with apart(Plan(script={first: ["429-seconds"] * 5}, retry_after=3600)) as server:
        process = command(server, "--concurrency", "1")
        line = process.stderr.readline()
        assert "all wait until" in line
        assert "60 min" in line
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        assert process.returncode == 130
        assert requests_of(server.seen)[first] == 1

"""Drafting with models on Ray workers; those that start a cluster are marked ``ray``."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import os
import signal
import socket
import sys
import time
from pathlib import Path
from threading import Thread
from types import SimpleNamespace

import pytest
from provider_runs import MANY

from followup_agent.bulk.engine import Batch
from followup_agent.bulk.inputs import entries
from followup_agent.bulk.journal import Journal
from followup_agent.bulk.local import LocalEngine
from followup_agent.bulk.ray_engine import RayEngine, Worker, Workers
from followup_agent.bulk.run import Quiet
from followup_agent.bulk.task import Recipe
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.protocol import Reply, Request, Turn
from followup_agent.chat.scripted import ScriptedModel
from followup_agent.errors import ConnectionFailed, RateLimited, SettingsError
from followup_agent.job import Options
from followup_agent.kinds import Kind
from servers import candidates
from servers.provider import Plan, apart, paid_twice


def cluster_test(test):
    """Mark what needs a cluster; what Ray warns of is not ours."""
    for mark in (pytest.mark.ray, pytest.mark.server, pytest.mark.filterwarnings("default")):
        test = mark(test)
    return test


TODAY = dt.date.fromisoformat(candidates.TODAY)
REQUEST = Request((Turn("user", "x"),), ())


def asked(workers, times=1):
    """So many requests at once, with what each came to."""

    async def all_of_them():
        requests = [workers.acomplete(REQUEST, timeout=1.0) for _ in range(times)]
        return await asyncio.gather(*requests, return_exceptions=True)

    return asyncio.run(all_of_them())


def worker(name, answers=()):
    """A worker that answers with its name, or as it is told."""
    script = iter(answers)

    async def ask(request, timeout):
        await asyncio.sleep(0)
        answer = next(script, Reply(name))
        if isinstance(answer, ConnectionFailed):
            raise answer
        return answer

    return Worker(ask)


def test_requests_are_shared_out_evenly():
    """Each request goes to the worker with least to do."""
    workers = Workers(ScriptedModel([]), [worker("a"), worker("b"), worker("c")], 2)
    assert workers.places == 6
    assert sorted(reply.text for reply in asked(workers, 6)) == ["a", "a", "b", "b", "c", "c"]


def test_a_lost_worker_is_asked_last():
    """A worker that takes requests down with it gets the next one only where all are busy."""
    lost = worker("lost", [ConnectionFailed("gone")])
    workers = Workers(ScriptedModel([]), [lost, worker("b")], 1)
    (first,) = asked(workers)
    assert isinstance(first, ConnectionFailed)
    assert [reply.text for _ in range(3) for reply in asked(workers)] == ["b"] * 3
    assert [reply.text for reply in asked(workers, 2)] == ["b", "lost"]
    assert lost.lost == 0


def test_an_error_of_the_workers_model_is_raised_here():
    """What the model raised in the worker is the same error in this process."""
    workers = Workers(ScriptedModel([]), [worker("a", [RateLimited("slow down", 3.0)])], 1)
    (error,) = asked(workers)
    assert isinstance(error, RateLimited)
    assert error.retry_after == 3.0
    assert workers.complete(REQUEST).text == "a"
    assert [reply.text for reply in workers.complete_round([REQUEST] * 2)] == ["a", "a"]
    assert workers.count_tokens(REQUEST).tokens > 0


def test_without_ray_the_mend_is_told(monkeypatch):
    """A missing extra is one line with the command that installs it."""
    monkeypatch.setitem(sys.modules, "ray", None)
    batch = Batch(None, None, ScriptedModel([]), Quiet())
    with pytest.raises(SettingsError, match=r"pip install 'followup-agent\[ray\]'"):
        RayEngine().run(batch)


@pytest.fixture(scope="module")
def cluster():
    """The address of a cluster of two workers on this machine, with one processor each."""
    ray = pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    for _ in range(2):
        made.add_node(num_cpus=1)
    yield made
    ray.shutdown()
    made.shutdown()


@pytest.fixture
def drafted(tmp_path, folder):
    """A function that drafts for some candidates with an engine, into a folder of its own."""

    def run(engine, name, url):
        out = tmp_path / name
        out.mkdir()
        model = OpenAIModel("m", base_url=url)
        with Journal.open(out) as journal:
            options = Options(today=TODAY, proofread=False)
            recipe = Recipe(Kind.THANK_YOU, None, "m", model.profile, options, salt=b"same")
            journal.plan(entries([str(folder)], recipe.key))
            engine.run(Batch(recipe, journal, model, Quiet()))
            journal.sync()
            records = [json.loads(record) for _, _, record in journal.records()]
        model.close()
        return [{**record, "seconds": 0} for record in records]

    return run


@cluster_test
def test_two_workers_draft_what_the_local_engine_drafts(cluster, drafted):
    """On the same replies, re-asks among them, every draft is the same; both workers work."""
    plan = Plan(empty=("interest", 1), latency=0.02)
    with apart(plan) as server:
        local = drafted(LocalEngine(4), "local", server.url)
    with apart(plan) as server:
        spread = drafted(RayEngine(place(cluster)), "ray", server.url)
        seen = server.seen
    assert spread == local
    assert [record["status"] for record in spread] == ["valid"] * MANY
    assert {record["attempts"] for record in spread} == {2}
    assert paid_twice(seen) == []


@cluster_test
def test_a_killed_worker_costs_no_draft(cluster, drafted):
    """A worker that dies in the middle is replaced, and its requests are asked again."""

    def kill():
        while not server.seen:
            time.sleep(0.05)
        os.kill(actors(cluster)[0], signal.SIGKILL)

    with apart(Plan(latency=0.2)) as server:
        thread = Thread(target=kill)
        thread.start()
        records = drafted(RayEngine(place(cluster)), "ray", server.url)
        thread.join()
        asked_for = len(server.seen)
    assert [record["status"] for record in records] == ["valid"] * MANY
    assert asked_for >= MANY


def place(cluster):
    """Its address, by the name of this machine that tests may reach."""
    return f"127.0.0.1:{cluster.address.rpartition(':')[2]}"


def actors(cluster):
    """The processes of a cluster's actors."""
    raylets = {
        each.process.pid for node in cluster.worker_nodes for each in node.all_processes["raylet"]
    }
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            named = (process / "cmdline").read_bytes().startswith(b"ray::Actor")
            if parent in raylets and named:
                found.append(int(process.name))
    return found


@pytest.mark.server
def test_a_cluster_that_is_not_there_is_told_at_once(monkeypatch):
    """No cluster at the address is one line in seconds; Ray alone would try for minutes."""
    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(is_initialized=lambda: False))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    batch = Batch(None, None, ScriptedModel([]), Quiet())
    for address in (f"127.0.0.1:{port}", f"ray://127.0.0.1:{port}"):
        with pytest.raises(ConnectionFailed, match=f"no Ray cluster at {address}"):
            RayEngine(address).run(batch)

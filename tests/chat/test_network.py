import asyncio
import os
import signal
import threading

import pytest

from followup_agent.chat import network as module
from followup_agent.chat.network import Network, network


async def answer():
    return threading.current_thread().name


def test_work_runs_on_the_network_thread():
    """Sync and async callers get what the one network thread made."""
    names = {network().run(answer()), asyncio.run(network().arun(answer()))}
    assert names == {"followup-agent network"}
    assert network() is network()


def test_a_failure_comes_back_as_it_is():
    """An exception of the work is the caller's."""

    async def fail():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        network().run(fail())


def test_an_interrupt_ends_the_work(monkeypatch):
    """Ctrl-C while waiting cancels what was under way, and is passed on."""
    ended = threading.Event()

    async def wait():
        try:
            await asyncio.sleep(60)
        finally:
            ended.set()

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(module.concurrent.futures, "wait", interrupt)
    with pytest.raises(KeyboardInterrupt):
        network().run(wait())
    assert ended.wait(10)


def test_ending_closes_what_is_open():
    """At exit, work is cancelled and open clients are closed; later calls are harmless."""

    class Client:
        closed = False

        async def close(self):
            self.closed = True

    own = Network()
    client = Client()
    own.keep(client)
    work = asyncio.run_coroutine_threadsafe(asyncio.sleep(60), own._loop)
    own.end()
    assert client.closed
    assert work.cancelled()
    own.drop(client)
    own.end()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_child_has_a_network_of_its_own():
    """A child does not wait for a thread that stayed with its parent."""
    network().run(answer())
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os._exit(0 if network().run(answer()) == "followup-agent network" else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_what_a_fork_leaves_behind_is_not_touched(monkeypatch):
    """In a child, the parent's network is set aside, and nothing is sent to its loop."""

    class Client:
        def close(self):
            raise AssertionError("closed in the wrong process")

    parents = Network()
    monkeypatch.setattr(module, "_network", parents)
    monkeypatch.setattr(module, "_left_behind", [])
    monkeypatch.setattr(module, "_lock", module._lock)
    module._after_fork()
    assert module._left_behind == [parents]
    parents.drop(Client())
    parents.end()


def test_after_a_fork_before_any_use_nothing_is_left_behind(monkeypatch):
    """A process that never used the network forks like any other."""
    monkeypatch.setattr(module, "_network", None)
    monkeypatch.setattr(module, "_left_behind", [])
    module._after_fork()
    assert module._left_behind == []

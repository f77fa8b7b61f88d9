"""What the tests of bulk drafting share: notes of many candidates, and models that know them."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from followup_agent.bulk.engine import Batch
from followup_agent.bulk.journal import Journal
from followup_agent.bulk.local import LocalEngine
from followup_agent.bulk.run import Quiet, Summary, draft_many
from followup_agent.bulk.task import Place, Recipe, Task
from followup_agent.chat.protocol import Profile, Reply, Request, Usage
from followup_agent.chat.retry import Policy
from followup_agent.chat.scripted import ScriptedModel
from followup_agent.errors import ModelError
from followup_agent.job import Options
from servers.candidates import TODAY as _TODAY
from servers.candidates import notes
from servers.writer import facts, parts

TODAY = dt.date.fromisoformat(_TODAY)
#: Retries at once: nothing here waits.
AT_ONCE = Policy(first=0.0, longest=0.0)


def answer(request: Request) -> dict[str, str]:
    """The parts that a request asks for, written well."""
    prompt = "\n".join(turn.content for turn in request.turns if turn.role == "user")
    return parts(facts(prompt), list(request.parts))


def candidate(request: Request) -> str:
    """Whom a request is about."""
    prompt = "\n".join(turn.content for turn in request.turns if turn.role == "user")
    return facts(prompt)["candidate"]


class Writing(ScriptedModel):
    """Writes well, but for what ``instead`` says of a request (None: it is answered)."""

    def __init__(self, instead: Callable[[Request], Any] = lambda _: None) -> None:
        super().__init__([self._answer], cycle=True, name="writing")
        self._instead = instead

    def _answer(self, request: Request) -> Any:
        other = self._instead(request)
        if other is not None:
            return other
        return Reply(json.dumps(answer(request)), usage=Usage(100, 50, 1), model="writing")

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        await asyncio.sleep(0)  # others get their turn, as with a server
        return await super().acomplete(request, timeout=timeout)


def folder_of(count: int, name: str = "in") -> Path:
    """A folder with the notes of so many candidates, in the test's own directory."""
    folder = Path(name)
    folder.mkdir()
    for number, text in enumerate(notes(count)):
        (folder / f"{number:05}.md").write_text(text, "utf-8")
    return folder


def draft(model: Any, inputs: Sequence[Any] = ("in",), out: str = "out", **how: Any) -> Summary:
    """A batch, in this process and at once."""
    how.setdefault("today", TODAY)
    engine = how.pop("engine", None) or LocalEngine(8, processes=0, policy=AT_ONCE)
    return draft_many(inputs, out, model=model, proofread=False, engine=engine, **how)


def lines(out: str = "out") -> list[dict[str, Any]]:
    """What ``drafts.jsonl`` holds."""
    return [json.loads(line) for line in Path(out, "drafts.jsonl").read_text("utf-8").splitlines()]


def recipe(**changed: Any) -> Recipe:
    """How a batch drafts."""
    made = {
        "kind": None,
        "to": None,
        "model": "writing",
        "profile": Profile(),
        "options": Options(today=TODAY, proofread=False),
        "salt": b"salt",
    }
    return Recipe(**{**made, **changed})


def task_of(text: str, how: Recipe | None = None, name: str = "one.md") -> Task:
    """A task for a notes file that is written here."""
    Path(name).write_text(text, "utf-8")
    return Task((how or recipe()).key(text.encode()), Place(name), 0)


def interrupt() -> None:
    """Ctrl-C, from whichever thread."""
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)


def failing(error: ModelError, times: int) -> Callable[[Request], ModelError | None]:
    """Fail so often for each candidate, then answer."""
    seen: dict[str, int] = {}

    def instead(request: Request) -> ModelError | None:
        who = candidate(request)
        seen[who] = seen.get(who, 0) + 1
        return error if seen[who] <= times else None

    return instead


def batch(journal: Journal, model: Any, **how: Any) -> Batch:
    """A batch for an engine."""
    return Batch(how.pop("recipe", recipe()), journal, model, how.pop("watch", Quiet()), **how)

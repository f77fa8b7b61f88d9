"""One run of the engine for a provider's Batch API, and what it said."""

from __future__ import annotations

import datetime as dt
import json

from followup_agent.bulk.engine import Batch
from followup_agent.bulk.inputs import entries
from followup_agent.bulk.journal import Journal
from followup_agent.bulk.provider_batch import ProviderBatch
from followup_agent.bulk.submissions import NOTE
from followup_agent.bulk.task import Recipe
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.retry import Policy
from followup_agent.job import Options
from followup_agent.kinds import Kind
from servers import candidates

TODAY = dt.date.fromisoformat(candidates.TODAY)
MANY = 12
NAMES = candidates.names(MANY)
NOTES = [f"{name} to Priya Nair" for name in NAMES]


class Watch:
    """Keeps what it is told."""

    def __init__(self):
        self.replies, self.outcomes, self.lines = [], [], []

    def replied(self, reply):
        self.replies.append(reply)

    def ended(self, outcomes):
        self.outcomes += outcomes

    def say(self, line):
        self.lines.append(line)


async def at_once(_):
    """Wait nothing between attempts."""


def model_of(url):
    """A model whose transport waits nothing between attempts."""
    policy = Policy(attempts=3, sleep=at_once)
    return OpenAIModel("m", api_key="test-key-123456", base_url=url, policy=policy)


def drafted(
    url, folder, *, limits=None, wait=None, budget=None, model=None, stop=False, again=False
):
    """One run over the folder; its watcher, and the statuses of all that has ended."""
    model = model or model_of(url)
    watch = Watch()
    with Journal.open(folder.parent) as journal:
        options = Options(today=TODAY, proofread=False)
        recipe = Recipe(Kind.THANK_YOU, None, "m", model.profile, options, salt=journal.salt)
        journal.plan(entries([str(folder)], recipe.key))
        if again:
            journal.retry_failed()
        batch = Batch(recipe, journal, model, watch, budget)
        if stop:
            batch.stopping.set()
        try:
            ProviderBatch(limits, wait or (lambda _: False)).run(batch)
        finally:
            getattr(model, "close", bool)()
            journal.sync()
            records = [json.loads(record) for _, _, record in journal.records()]
            watch.note = json.loads(journal.note(NOTE) or "{}")
    return watch, records


def stop():
    """What waiting says when the run is to stop."""
    return True

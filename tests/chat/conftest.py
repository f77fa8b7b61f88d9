"""Models for a loopback server, which wait nothing between attempts and are closed at the end."""

import pytest
from asked import KEY, PATIENT

from followup_agent.chat import ladder
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.retry import Policy


class Sleeps(list):
    """Waits nothing and keeps what it was asked to wait."""

    async def __call__(self, seconds):
        self.append(seconds)


@pytest.fixture(autouse=True)
def fresh_ladder():
    """No test starts on the rung where another one ended."""
    ladder.forget()


@pytest.fixture
def sleeps():
    """The waits between attempts, in seconds."""
    return Sleeps()


@pytest.fixture
def model(sleeps):
    """A function that makes a model for a server."""
    made = []

    def make(server, *, attempts=3, key=KEY, name="m", **options):
        policy = Policy(attempts=attempts, sleep=sleeps, **options)
        made.append(
            OpenAIModel(name, api_key=key, base_url=server.url, timeout=PATIENT, policy=policy)
        )
        return made[-1]

    yield make
    for each in made:
        each.close()

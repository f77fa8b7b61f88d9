"""What the tests of `OpenAIModel` ask, and how long they wait."""

import asyncio

from followup_agent.chat import Request, Turn

SCHEMA = {"type": "object", "properties": {"subject": {"type": "string"}}}
NOTES = "Priya Nair said that the Kafka migration is three months late."
REQUEST = Request(
    turns=(Turn("system", "You write."), Turn("user", NOTES)), parts=("subject",), schema=SCHEMA
)
KEY = "test-key-0123456789"
PATIENT = 60.0  # seconds; far more than any of these tests takes
HASTY = 0.5  # seconds; for servers that never come to an end


def ways(model):
    """The ways in which a request can be asked."""

    def one(timeout=None):
        return model.complete(REQUEST, timeout=timeout)

    def awaited(timeout=None):
        return asyncio.run(model.acomplete(REQUEST, timeout=timeout))

    def one_round(timeout=None):
        return model.complete_round([REQUEST], timeout=timeout)[0]

    return [one, awaited, one_round]

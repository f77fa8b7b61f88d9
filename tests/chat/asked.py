"""What the tests of `OpenAIModel` ask, and how long they wait."""

from followup_agent.chat import Request, Turn

SCHEMA = {"type": "object", "properties": {"subject": {"type": "string"}}}
NOTES = "Priya Nair said that the Kafka migration is three months late."
REQUEST = Request(
    turns=(Turn("system", "You write."), Turn("user", NOTES)), parts=("subject",), schema=SCHEMA
)
KEY = "test-key-0123456789"
PATIENT = 60.0  # seconds; far more than any of these tests takes
HASTY = 0.5  # seconds; for servers that never come to an end

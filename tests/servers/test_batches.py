"""The loopback files and batches endpoints, asked by the openai SDK as any program would."""

from __future__ import annotations

import json

import openai
import pytest

from servers import candidates
from servers.batch_runner import Pace
from servers.batches import CUT, LOST, BatchProvider
from servers.provider import Plan, paid_twice

pytestmark = pytest.mark.server

NAMES = candidates.names(4)
NOTES = [f"{name} to Priya Nair" for name in NAMES]


def line(name, number=0, **changed):
    """A line of an input file that asks for the subject of one candidate's message."""
    block = f"Candidate, who signs: {name}\nRole: Tester\nWrite to: Priya Nair; address as: Priya"
    schema = {"type": "object", "properties": {"subject": {"type": "string"}}}
    body = {
        "model": "m",
        "messages": [{"role": "user", "content": block}],
        "response_format": {"type": "json_schema", "json_schema": {"schema": schema}},
    }
    url = "/v1/chat/completions"
    made = {"custom_id": f"{name}-{number}", "method": "POST", "url": url, "body": body}
    return {**made, **changed}


LINES = [line(name) for name in NAMES]


@pytest.fixture
def client():
    """A function that makes the SDK's client of a server, closed at the end."""
    made = []

    def make(server):
        made.append(openai.OpenAI(api_key="k", base_url=server.url, max_retries=0))
        return made[-1]

    yield make
    for each in made:
        each.close()


def submit(asked, lines=LINES, **options):
    """Upload the lines and make a batch of them."""
    data = "\n".join(json.dumps(each) for each in lines).encode()
    file = asked.files.create(file=("in.jsonl", data), purpose="batch")
    return asked.batches.create(
        input_file_id=file.id,
        endpoint="/v1/chat/completions",
        completion_window="24h",
        **options,
    )


def until_over(asked, batch):
    """The states that a batch goes through, and how it ends."""
    states = [batch.status]
    while batch.status not in {"completed", "failed", "expired", "cancelled"}:
        batch = asked.batches.retrieve(batch.id)
        states += [batch.status] if batch.status != states[-1] else []
    return batch, states


def results(asked, name):
    """The lines of an output or error file by their custom id."""
    text = asked.files.content(name).text
    return {each["custom_id"]: each for each in map(json.loads, text.splitlines())}


def test_a_batch_goes_through_its_states_and_answers_every_line(client):
    """Validating, in progress, finalizing, completed; each line once, matched by its id."""
    with BatchProvider(pace=Pace(look=50)) as server:
        asked = client(server)
        batch, states = until_over(asked, submit(asked, metadata={"run": "1"}))
        assert states == ["validating", "in_progress", "finalizing", "completed"]
        assert (batch.request_counts.completed, batch.request_counts.total) == (4, 4)
        assert batch.error_file_id is None
        assert batch.metadata == {"run": "1"}
        done = results(asked, batch.output_file_id)
        assert set(done) == {each["custom_id"] for each in LINES}
        answer = done[LINES[0]["custom_id"]]["response"]
        assert (answer["status_code"], answer["body"]["choices"][0]["message"]["content"]) == (
            200,
            '{"subject": "Tester interview"}',
        )
        assert len(server.seen) == 4


def test_failed_lines_stand_in_the_error_file(client):
    """A completed batch may hold failures: with their status and body, in a file of their own."""
    script = {NOTES[0]: ["429"], NOTES[1]: ["400"], NOTES[2]: ["refusal"]}
    with BatchProvider(Plan(script=script)) as server:
        asked = client(server)
        batch, _ = until_over(asked, submit(asked))
        failed = results(asked, batch.error_file_id)
        codes = {name: each["response"]["status_code"] for name, each in failed.items()}
        assert codes == {f"{NAMES[0]}-0": 429, f"{NAMES[1]}-0": 400}
        assert set(results(asked, batch.output_file_id)) == {f"{name}-0" for name in NAMES[2:]}
        assert (batch.request_counts.completed, batch.request_counts.failed) == (2, 2)


def test_a_batch_without_a_success_has_no_output_file(client):
    """All lines failed: completed, with an error file alone."""
    with BatchProvider(Plan(faults={"500": 1.0})) as server:
        asked = client(server)
        batch, _ = until_over(asked, submit(asked))
    assert (batch.status, batch.output_file_id) == ("completed", None)
    assert batch.error_file_id is not None


def test_an_expired_batch_keeps_what_was_done(client):
    """After a day the rest is told as expired, and what was run is there and was paid."""
    with BatchProvider(Plan(script={NOTES[0]: ["expired"]}), Pace(look=7200)) as server:
        asked = client(server)
        batch, states = until_over(asked, submit(asked))
        assert states == ["validating", "in_progress", "finalizing", "expired"]
        (failed,) = results(asked, batch.error_file_id).values()
        assert failed["response"] is None
        assert failed["error"]["code"] == "batch_expired"
        assert len(results(asked, batch.output_file_id)) == 3
        assert [each.note for each in server.seen] == NOTES[1:]


def test_a_cancelled_batch_keeps_what_was_done(client):
    """Cancelling takes its time; the lines that were run are in the output file."""
    with BatchProvider(pace=Pace(look=300, work=1000)) as server:
        asked = client(server)
        batch = submit(asked)
        for _ in range(3):
            batch = asked.batches.retrieve(batch.id)
        assert asked.batches.cancel(batch.id).status == "cancelling"
        batch, _ = until_over(asked, batch)
        assert batch.status == "cancelled"
        assert len(results(asked, batch.output_file_id)) == len(server.seen) == 3


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "empty_file"),
        ([LINES[0], LINES[0]], "duplicate_custom_id"),
        ([line("x", url="/v1/embeddings")], "invalid_url"),
        (
            [line("x", body={"model": "m", "messages": []}), line("y", body={"model": "n"})],
            "mismatched_model",
        ),
        ([{"custom_id": "x"}], "invalid_json_line"),
        (LINES, "too_many_tasks"),
    ],
)
def test_a_wrong_input_file_fails_the_batch(client, lines, code):
    """What is wrong is told in the batch's errors, and nothing is run."""
    with BatchProvider(pace=Pace(lines=3)) as server:
        asked = client(server)
        batch, _ = until_over(asked, submit(asked, lines))
        assert (batch.status, batch.errors.data[0].code) == ("failed", code)
        assert server.seen == []


def test_more_than_the_queue_takes_fails_the_batch(client):
    """Lines of all batches together are bounded, as enqueued tokens are."""
    with BatchProvider(pace=Pace(queue=3)) as server:
        asked = client(server)
        batch, _ = until_over(asked, submit(asked))
    assert batch.errors.data[0].code == "token_limit_exceeded"


def test_what_the_endpoints_refuse(client):
    """A purpose, a window, a file or a size that is not taken is a 4xx with its reason."""
    with BatchProvider(pace=Pace(size=10)) as server:
        asked = client(server)
        with pytest.raises(openai.APIStatusError, match="too large"):
            submit(asked)
        with pytest.raises(openai.BadRequestError, match="purpose"):
            asked.files.create(file=("a", b"x"), purpose="assistants")
        with pytest.raises(openai.BadRequestError, match="Invalid file id"):
            asked.batches.create(
                input_file_id="file-0",
                endpoint="/v1/chat/completions",
                completion_window="24h",
            )
        for call in (asked.batches.retrieve, asked.batches.cancel, asked.files.delete):
            with pytest.raises(openai.NotFoundError):
                call("x")


def test_lists_come_in_pages_newest_first(client):
    """The SDK's paging sees every batch once."""
    with BatchProvider() as server:
        asked = client(server)
        made = [submit(asked).id for _ in range(5)]
        assert [each.id for each in asked.batches.list(limit=2)] == made[::-1]
        assert len(list(asked.files.list())) == 5
        asked.files.delete(next(iter(server.files)))
        assert len(server.files) == 4


def test_endpoints_fail_as_they_are_told(client):
    """Refused before the work, lost after it, or cut off in the middle."""
    trouble = {"POST /batches": ["500", LOST], "GET /files/*/content": [CUT]}
    with BatchProvider(trouble=trouble) as server:
        asked = client(server)
        with pytest.raises(openai.InternalServerError):
            submit(asked)
        assert server.batches == []
        with pytest.raises(openai.APIConnectionError):
            submit(asked)
        (lost,) = server.batches
        batch, _ = until_over(asked, asked.batches.retrieve(lost["id"]))
        with pytest.raises(openai.APIConnectionError):
            asked.files.content(batch.output_file_id)
        assert len(results(asked, batch.output_file_id)) == 4
        assert server.calls.count("POST /batches") == 2
        assert paid_twice(server.seen) == []

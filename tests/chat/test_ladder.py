import json
from dataclasses import replace

import pytest

from followup_agent.chat import Request, Turn, ladder
from followup_agent.chat.ladder import Complaint, Dialect, Mode

SCHEMA = {"type": "object", "properties": {"subject": {"type": "string"}}}
TURNS = (Turn("system", "You write."), Turn("user", "Notes."))
REQUEST = Request(turns=TURNS, parts=("subject",), schema=SCHEMA, stop=("\n\n",))


def sent(mode=Mode.STRICT, **options):
    return ladder.body(REQUEST, "m", Dialect(mode=mode, **options))


def test_the_best_rung_is_a_strict_schema():
    """The first request asks for strict structured output, and touches no turn."""
    body = sent()
    assert body["response_format"]["json_schema"] == {
        "name": "message",
        "schema": SCHEMA,
        "strict": True,
    }
    assert [m["content"] for m in body["messages"]] == ["You write.", "Notes."]
    assert (body["max_tokens"], body["temperature"], body["seed"], body["stop"]) == (
        REQUEST.max_tokens,
        0.0,
        0,
        ["\n\n"],
    )


def test_the_second_rung_leaves_strict_out():
    """Servers that know schemas but not ``strict`` get none."""
    assert "strict" not in sent(Mode.SCHEMA)["response_format"]["json_schema"]


@pytest.mark.parametrize("mode", [Mode.OBJECT, Mode.PLAIN])
def test_lower_rungs_write_the_schema_into_the_system_turn(mode):
    """Where the server gets no schema, the prompt holds it, after the first system turn."""
    body = sent(mode)
    assert json.dumps(SCHEMA) in body["messages"][0]["content"]
    assert body["messages"][1]["content"] == "Notes."
    assert body.get("response_format") == ({"type": "json_object"} if mode is Mode.OBJECT else None)


def test_a_schema_that_stands_in_the_prompt_is_not_repeated():
    """However the prompt lays the schema out, it is seen there."""
    turns = (Turn("system", f"Fit this:\n{json.dumps(SCHEMA, indent=4)}"),)
    request = Request(turns=turns, parts=(), schema=SCHEMA)
    assert (
        ladder.body(request, "m", Dialect(Mode.PLAIN))["messages"][0]["content"] == turns[0].content
    )


def test_a_prompt_without_system_turn_gets_one():
    """The schema goes before the conversation where there is no system turn."""
    request = Request(turns=(Turn("user", "Notes."),), parts=(), schema=SCHEMA)
    roles = [m["role"] for m in ladder.body(request, "m", Dialect(Mode.OBJECT))["messages"]]
    assert roles == ["system", "user"]


def test_plain_text_asks_for_no_format():
    """A request without a schema sends no response format on any rung."""
    request = Request(turns=TURNS, parts=())
    for mode in Mode:
        body = ladder.body(request, "m", Dialect(mode))
        assert "response_format" not in body
        assert "stop" not in body


def test_lone_surrogates_are_replaced():
    """Text that UTF-8 cannot carry does not break the request."""
    request = Request(turns=(Turn("user", "a\ud800b"),), parts=())
    assert ladder.body(request, "m", Dialect())["messages"][0]["content"] == "a?b"


# The servers' own words: OpenAI, Groq, DeepSeek, LM Studio, FastAPI servers.
FORMAT_COMPLAINTS = [
    Complaint(param="response_format", text="Invalid schema for response_format 'message'"),
    Complaint(text="This model does not support response format `json_schema`"),
    Complaint(text="This response_format type is unavailable now"),
    Complaint(text="'response_format.type' must be 'json_schema' or 'text'"),
    Complaint(text="[{'loc': ['body', 'response_format', 'type'], 'msg': 'Input should be'}]"),
    Complaint(text="Unsupported: structured outputs"),
]


@pytest.mark.parametrize("complaint", FORMAT_COMPLAINTS)
def test_a_complaint_about_the_format_steps_down(complaint):
    """Each complaint about the format goes down one rung, to the last."""
    dialect = Dialect()
    rungs = []
    while dialect := ladder.adapted(dialect, complaint, ladder.body(REQUEST, "m", dialect)):
        rungs.append(dialect.mode)
    assert rungs == [Mode.SCHEMA, Mode.OBJECT, Mode.PLAIN]


@pytest.mark.parametrize(
    ("complaint", "expected"),
    [
        (
            Complaint(
                "unsupported_parameter",
                "max_tokens",
                "'max_tokens' is not supported with this model. Use 'max_completion_tokens'.",
            ),
            Dialect(limit="max_completion_tokens"),
        ),
        (
            Complaint(
                "unsupported_parameter",
                "",
                "'max_tokens' is not supported with this model. Use 'max_completion_tokens'.",
            ),
            Dialect(limit="max_completion_tokens"),
        ),
        (
            Complaint(
                "unsupported_value",
                "temperature",
                "'temperature' does not support 0 with this model.",
            ),
            Dialect(dropped=frozenset({"temperature"})),
        ),
        (
            Complaint(
                text="[{'type': 'extra_forbidden', 'loc': ['body', 'seed'], 'msg': 'Extra'}]"
            ),
            Dialect(dropped=frozenset({"seed"})),
        ),
        (
            Complaint(text="Unrecognized request argument supplied: stop"),
            Dialect(dropped=frozenset({"stop"})),
        ),
    ],
)
def test_a_refused_parameter_is_dropped_or_swapped(complaint, expected):
    """The parameter that the server names is left out or renamed from then on."""
    assert ladder.adapted(Dialect(), complaint, sent()) == expected


@pytest.mark.parametrize(
    "complaint",
    [
        Complaint("unsupported_parameter", "n", "n is not supported"),
        Complaint(text="parameter 'n' is not supported"),
    ],
)
def test_several_answers_are_asked_for_where_the_server_can(complaint):
    """``n`` is sent only when more than one answer is wanted, and dropped when refused."""
    several = replace(REQUEST, candidates=4)
    body = ladder.body(several, "m", Dialect())
    assert body["n"] == 4
    assert "n" not in sent()
    adapted = ladder.adapted(Dialect(), complaint, body)
    assert "n" not in ladder.body(several, "m", adapted)


def test_both_names_of_the_limit_may_be_refused():
    """A server that takes neither bound gets none, and the request still ends."""
    dialect = Dialect(limit="max_completion_tokens")
    complaint = Complaint("unknown_parameter", "max_completion_tokens", "unknown")
    adapted = ladder.adapted(dialect, complaint, ladder.body(REQUEST, "m", dialect))
    body = ladder.body(REQUEST, "m", adapted)
    assert not {"max_tokens", "max_completion_tokens"} & set(body)
    assert ladder.adapted(adapted, complaint, body) is None


@pytest.mark.parametrize(
    "complaint",
    [
        Complaint(
            "context_length_exceeded", "messages", "maximum context length; 9 in the schemas"
        ),
        Complaint(text="max_tokens is too large: 2048. This model supports at most 512."),
        Complaint(text="messages: at least one message is required"),
        Complaint("invalid_prompt", "", "flagged"),
    ],
)
def test_other_complaints_are_not_adapted_to(complaint):
    """A request that is wrong for another reason is not sent again in another form."""
    assert ladder.adapted(Dialect(), complaint, sent()) is None


def test_what_worked_is_remembered_for_each_server_and_model():
    """A dialect holds for its server and model only, until it is forgotten."""
    ladder.forget()
    dialect = Dialect(Mode.PLAIN)
    ladder.remember("http://a/v1", "m", dialect)
    assert ladder.recall("http://a/v1", "m") == dialect
    assert ladder.recall("http://b/v1", "m") == ladder.recall("http://a/v1", "n") == Dialect()
    ladder.forget()
    assert ladder.recall("http://a/v1", "m") == Dialect()

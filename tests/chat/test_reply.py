import json

import pytest

from followup_agent.chat import Usage, reply
from followup_agent.chat.redact import Redactor
from followup_agent.errors import BadReply
from servers.misbehaving import choice


def read(data, **options):
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return reply.read(body, place="host:1", clean=Redactor(), **options)


def test_a_completion_is_read():
    """Text, finish reason, usage and the served name come over."""
    got = read(choice("Hello"))
    assert (got.text, got.finish_reason, got.refusal) == ("Hello", "stop", None)
    assert (got.usage, got.model) == (Usage(7, 3, 1), "served-name")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "an empty body"),
        (b"  <!DOCTYPE html><html>", "a web page.*/v1"),
        (b'{"choices": [', "no JSON, or cut off"),
        (b"\xff\xfe\x00", "no JSON, or cut off"),
        (b"[" * 100_000, "no JSON, or cut off"),
        (b"9" * 5000, "no JSON, or cut off"),
        (b"[]", "not an object"),
        ({"error": {"message": "overloaded", "code": 502}}, "an error inside a 200: overloaded"),
        ({"error": "model not found"}, "model not found"),
        ({}, "no choice"),
        ({"choices": None}, "no choice"),
        ({"choices": []}, "no choice"),
        ({"choices": ["Hello"]}, "no choice"),
        ({"choices": [{}]}, "no text"),
        ({"choices": [{"message": None}]}, "no text"),
        (choice(None), "no text"),
        (choice(None, tool_calls=[{}]), "no text"),
        (choice([{"type": "image"}]), "no text"),
        (choice(5), "no text"),
    ],
)
def test_what_is_no_completion_is_a_bad_reply(body, words):
    """A 200 can bring anything; each is named, with the server."""
    with pytest.raises(BadReply, match=f"host:1.*{words}"):
        read(body)


def test_a_refusal_is_kept_apart_from_the_text():
    """The model's own words when it declines are no text."""
    got = read(choice(None, refusal="I can't help with that."))
    assert (got.text, got.refusal) == ("", "I can't help with that.")


@pytest.mark.parametrize("finish", ["length", "content_filter"])
def test_an_answer_that_was_cut_off_may_be_empty(finish):
    """Null content with a reason is a reply, so that its usage is counted."""
    got = read(choice(None, finish))
    assert (got.text, got.finish_reason, got.usage.requests) == ("", finish, 1)


@pytest.mark.parametrize(
    "usage", [None, [], {"prompt_tokens": "7", "completion_tokens": -3}, {"prompt_tokens": True}]
)
def test_missing_usage_counts_the_request(usage):
    """A server that does not count tokens still costs a request."""
    assert read({**choice(), "usage": usage}).usage == Usage(0, 0, 1)


def test_a_missing_finish_reason_and_model_are_harmless():
    """Servers that leave them null are read all the same."""
    got = read({**choice(finish=None), "model": None})
    assert (got.finish_reason, got.model) == ("stop", "")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([{"type": "text", "text": "Hel"}, {"type": "text", "text": "lo"}, "x"], "Hello"),
        ("<think>\nDear… no.\n</think>\n\nHello", "Hello"),
        ("<thinking>a</thinking>Hello", "Hello"),
        ("<think>never ends", ""),
        ("I was thinking</think>\nHello", "Hello"),
        ('{"a": "</think>"}', '{"a": "</think>"}'),
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ("```\nHello\n```\n", "Hello"),
        ('<think>hm</think>\n```json\n{"a": 1}\n```', '{"a": 1}'),
        ("Use ```code``` here", "Use ```code``` here"),
        ("a\ud83d\ude00b\ud800", "a😀b�"),
    ],
)
def test_the_text_is_bare(content, text):
    """Thoughts, fences and broken characters around the answer are taken off."""
    assert read(choice(content)).text == text


def test_several_answers_come_as_alternatives():
    """All texts of a reply are there, the first included; choices without one are left out."""
    data = choice("One")
    data["choices"] += [*choice("Two", "length")["choices"], *choice(None)["choices"], 5]
    got = read(data)
    assert [(a.text, a.finish_reason) for a in got.alternatives] == [
        ("One", "stop"),
        ("Two", "length"),
    ]
    assert (got.text, read(choice("One")).alternatives) == ("One", ())


def test_a_stop_ends_the_text():
    """A server that does not take stop texts is cut here."""
    assert read(choice("One.\n\nTwo. END"), stop=("END", "\n\n", "", "absent")).text == "One."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (None, ""),
        ({}, ""),
        (" no ", "no"),
        ({"message": "no"}, "no"),
        ({"detail": [{"msg": "bad"}, {"msg": "worse"}]}, "bad; worse"),
        ({"error": {"message": "deep"}}, "deep"),
        (5, ""),
    ],
)
def test_the_words_of_an_error_are_found(error, said):
    """OpenAI's, Ollama's and FastAPI's ways to write an error are understood."""
    assert reply.words(error) == said

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from followup_agent.chat import ChatModel, Profile, Reply, Request, ScriptedModel, Turn
from followup_agent.errors import Refused

REQUEST = Request(turns=(Turn("user", "Write."),), parts=("subject",))


def test_texts_come_in_order():
    """Each request gets the next reply, and is recorded."""
    model = ScriptedModel(["one", "two"])
    assert [model.complete(REQUEST).text for _ in range(2)] == ["one", "two"]
    assert model.requests == [REQUEST, REQUEST]


def test_a_mapping_is_sent_as_json():
    """A mapping becomes the JSON text that a model would send."""
    text = ScriptedModel([{"subject": "Café"}]).complete(REQUEST).text
    assert json.loads(text) == {"subject": "Café"}


def test_a_reply_is_passed_on():
    """A `Reply` keeps its finish reason and usage."""
    reply = Reply("", finish_reason="length")
    assert ScriptedModel([reply]).complete(REQUEST) is reply


def test_an_exception_is_raised():
    """An exception of the script stands for a failing model."""
    with pytest.raises(Refused):
        ScriptedModel([Refused("no")]).complete(REQUEST)


def test_a_function_sees_the_request():
    """A function answers by the request, with anything that a script may hold."""
    model = ScriptedModel([lambda request: dict.fromkeys(request.parts, "x")])
    assert model.complete(REQUEST).text == '{"subject": "x"}'


def test_a_spent_script_is_the_tests_mistake():
    """A script that is too short fails the test, and is no model's failure."""
    model = ScriptedModel([])
    with pytest.raises(AssertionError, match="no reply for request 1"):
        model.complete(REQUEST)


def test_a_cycle_begins_again():
    """``cycle`` answers for ever."""
    model = ScriptedModel(["a", "b"], cycle=True)
    assert [model.complete(REQUEST).text for _ in range(5)] == list("ababa")


def test_rounds_and_async_follow_the_script():
    """A round keeps the script's order, and the async call answers alike."""
    model = ScriptedModel(["a", "b", "c"])
    assert [reply.text for reply in model.complete_round([REQUEST, REQUEST])] == ["a", "b"]
    assert asyncio.run(model.acomplete(REQUEST)).text == "c"


def test_threads_share_a_script():
    """No reply is given twice or lost when threads ask at once."""
    model = ScriptedModel(map(str, range(200)))
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda _: model.complete(REQUEST).text, range(200)))
    assert sorted(map(int, texts)) == list(range(200))


def test_it_is_a_chat_model():
    """The double satisfies the protocol, with the name and profile it was given."""
    model = ScriptedModel([], name="mine", profile=Profile(plan="parts"))
    assert isinstance(model, ChatModel)
    assert (model.name, model.profile.plan) == ("mine", "parts")
    assert not model.count_tokens(REQUEST).exact

import sys
import threading
import types

import pytest

from followup_agent.chat import Turn, tokens

TURNS = (Turn("system", "You write."), Turn("user", "Write to Priya Nair."))


class Words:
    """An encoding of one token a word."""

    def encode_ordinary(self, text):
        return list(range(len(text.split())))


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """No test sees an encoding that another one loaded."""
    monkeypatch.setattr(tokens, "_encodings", {})


@pytest.fixture
def tiktoken(monkeypatch):
    """A tiktoken whose loading can be replaced."""
    module = types.ModuleType("tiktoken")
    module.list_encoding_names = lambda: ["words"]
    module.encoding_name_for_model = {"gpt-words": "words"}.__getitem__
    module.get_encoding = {"words": Words()}.__getitem__
    monkeypatch.setitem(sys.modules, "tiktoken", module)
    return module


def test_an_encoding_counts_exactly():
    """With an encoding, each turn costs its tokens, its role and three around it."""
    counted = tokens.count(TURNS, None, Words())
    assert (counted.tokens, counted.exact) == ((1 + 2) + (1 + 4) + 2 * 3 + 3, True)


def test_the_schema_counts():
    """A schema is sent along, so it is counted along."""
    plain = tokens.count(TURNS, None, Words()).tokens
    assert tokens.count(TURNS, {"type": "object"}, Words()).tokens == plain + 2


@pytest.mark.parametrize("name", ["words", "gpt-words", "maker/gpt-words"])
def test_names_find_their_encoding(tiktoken, name):
    """An encoding's name, a model's, and a router's way to write it find the encoding."""
    assert tokens.count(TURNS, None, name) == tokens.count(TURNS, None, Words())


@pytest.mark.parametrize("name", [None, "llama-of-some-kind"])
def test_without_an_encoding_it_is_an_estimate(tiktoken, name):
    """A model that tiktoken does not know is estimated, and the count says so."""
    assert tokens.count(TURNS, None, name) == tokens.estimate(TURNS, None)
    assert not tokens.count(TURNS, None, name).exact


def test_without_network_the_real_tiktoken_is_estimated():
    """The real tiktoken with no cache and no network ends in an estimate."""
    assert not tokens.count(TURNS, None, "gpt-4.1-mini").exact


def test_a_hanging_download_is_not_waited_for(tiktoken, monkeypatch):
    """A download that hangs is waited for once, and used when it is there after all."""
    monkeypatch.setattr(tokens, "PATIENCE", 0.01)
    arrived = threading.Event()

    def hang(_):
        arrived.wait(10)
        return Words()

    tiktoken.get_encoding = hang
    assert not tokens.count(TURNS, None, "words").exact
    assert not tokens.count(TURNS, None, "words").exact
    arrived.set()
    tokens._encodings["words"].result(10)
    assert tokens.count(TURNS, None, "words").exact


def test_special_tokens_in_notes_are_plain_text():
    """A text that looks like a special token is counted, not refused."""
    pytest.importorskip("tiktoken")
    from tiktoken import Encoding

    ranks = {bytes([i]): i for i in range(256)}
    encoding = Encoding(
        "bytes", pat_str=r".+", mergeable_ranks=ranks, special_tokens={"<|end|>": 256}
    )
    turns = (Turn("user", "<|end|>"),)
    assert tokens.count(turns, None, encoding).tokens == len("user") + len("<|end|>") + 6


@pytest.mark.parametrize(
    ("text", "at_least"),
    [("word " * 75, 100), ("日本語" * 10, 30), ("https://example.com/a-b_c?d=1 " * 5, 50), ("", 0)],
)
def test_an_estimate_is_on_the_high_side(text, at_least):
    """The estimate is not below what the rule of thumb gives."""
    assert tokens.estimate((Turn("user", text),), None).tokens >= at_least

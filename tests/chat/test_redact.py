import pytest

from followup_agent.chat.redact import LONGEST, Redactor
from followup_agent.settings import Secret

KEY = "abcdEFGH1234ijkl"


def test_the_key_is_never_shown():
    """The key is replaced wherever a server repeats it."""
    assert Redactor(Secret(KEY))(f"bad key {KEY}!") == "bad key …!"


@pytest.mark.parametrize("key", ["abcdefgh\nijklmnop", "abcdefgh\r\n"])
def test_a_broken_key_is_not_shown_either(key):
    """A key with a line break in it is hidden as text, as repr, and in its pieces."""
    clean = Redactor(Secret(key))
    for shown in (key, repr(key), repr(key.encode()), key.split()[0]):
        assert "abcdefgh" not in clean(f"Illegal header value {shown}")


@pytest.mark.parametrize("text", ["sk-proj-other1234", "Bearer zzzzzzzzzzz"])
def test_other_keys_are_hidden_by_their_look(text):
    """What looks like a key is hidden, whoever's it is."""
    assert text not in Redactor()(f"Incorrect key provided: {text}.")


def test_texts_are_bounded_and_on_one_line():
    """Control characters cannot colour or overwrite a terminal, and length is bounded."""
    shown = Redactor()("a\x1b[31m\r\nb\u202ec\x00 " + "long " * 1000)
    assert shown.startswith("a [31m b c long")
    assert shown.isprintable()
    assert len(shown) == LONGEST


def test_an_echo_of_the_prompt_is_withheld():
    """A server that quotes the notes in its error does not put them into ours."""
    clean = Redactor(prompt=["Priya said that the Kafka migration is late."])
    assert "Kafka" not in clean("invalid input: 'said that the kafka\\nmigration is'")
    assert clean("invalid input: too long") == "invalid input: too long"


def test_exceptions_are_cleaned_with_all_they_came_from():
    """A traceback prints the whole chain; none of it holds the key."""
    try:
        try:
            raise OSError(5, f"header {KEY}")
        except OSError as exc:
            raise ValueError(f"value {KEY}".encode(), 7) from exc
    except ValueError as caught:
        error = caught
    error.message = f"also {KEY}"
    error.__cause__.__context__ = error  # a cycle ends
    Redactor(Secret(KEY)).scrub(error)
    assert KEY not in f"{error.args} {error.message} {error.__cause__.args}"
    assert error.args[1] == 7

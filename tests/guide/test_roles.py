"""The sentence-role classifier: what it says, what it costs, and that its data is current."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_agent.guide import roles
from followup_agent.guide.features import MAX_WORDS, fields, tokens
from followup_agent.guide.roles import LANE, ROLES, Role, certainty_of, pack, roles_of

ROOT = Path(__file__).parents[2]
TRAINING = ROOT / "training/roles"
DATA = ROOT / "agent/followup_agent/guide/data/roles.json"

# Wordings of the tests' own, none of them in the training files.
SAYS = [
    ("Thank you for your time this afternoon.", Role.GRATITUDE),
    ("I really appreciate you walking me through the budget.", Role.GRATITUDE),
    ("It was so kind of you to show me the greenhouse.", Role.GRATITUDE),
    ("I hope this finds you well, Dr Osei.", Role.COURTESY),
    ("Hope you had a lovely Easter break!", Role.COURTESY),
    ("When we spoke on Thursday you described the new intake process.", Role.REFERENCE),
    ("Our conversation about hedge laying stayed with me.", Role.REFERENCE),
    ("I would be delighted to join the practice as a hygienist.", Role.INTEREST),
    ("I'm more excited than ever about working with your team.", Role.INTEREST),
    ("It would be a privilege to teach at your school.", Role.INTEREST),
    ("Could you tell me whether a decision has been reached?", Role.ASK),
    ("Is there any news on the position?", Role.ASK),
    ("Kindly let me know the status of my candidature.", Role.ASK),
    ("You said that you would decide by 26 May.", Role.TIMELINE),
    ("The decision was expected within two weeks.", Role.TIMELINE),
    ("My six years of running night shifts would help with the gaps you described.", Role.FIT),
    ("I came across an article on soil moisture sensors: https://soil.example/a", Role.RESOURCE),
    ("It covers the very problem that you described on Tuesday.", Role.RELEVANCE),
    ("I'd love to connect with you here.", Role.INVITATION),
    ("I have written three times without any answer.", Role.PRESSURE),
    ("If I don't hear from you by Friday, I will accept another offer.", Role.PRESSURE),
]


@pytest.mark.parametrize(("sentence", "role"), SAYS)
def test_role_is_recognised(sentence, role):
    """A sentence that does something is seen to do it."""
    assert role in roles_of(sentence)


DOES_NOT_SAY = [
    ("Thanks to the fog the ferry was an hour late.", Role.GRATITUDE),
    ("The bank raised its interest rate again.", Role.INTEREST),
    ("I suppose I might consider the position.", Role.INTEREST),
    ("I look forward to hearing from you.", Role.ASK),
    ("Please feel free to contact me if you need references.", Role.ASK),
    ("I hope to hear from you soon.", Role.COURTESY),
    ("We connect the pumps to the main line first.", Role.INVITATION),
    ("Take all the time you need.", Role.PRESSURE),
    ("Could you let me know what the next step is?", Role.PRESSURE),
]


@pytest.mark.parametrize(("sentence", "role"), DOES_NOT_SAY)
def test_false_friend_is_not_taken_for_a_role(sentence, role):
    """A sentence with a role's word in it and not its sense is not taken for it."""
    assert role not in roles_of(sentence)


def test_shipped_model_was_trained_on_the_committed_sentences():
    """The training files' hashes stand in the model, so that neither can drift alone."""
    recorded = json.loads(DATA.read_text(encoding="utf-8"))["trained_on"]
    files = sorted(TRAINING.glob("sentences-*.jsonl"))
    assert recorded == {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_training_sentences_are_labelled_with_known_roles_and_once():
    """Every training line has a text and known roles, and no text has two labels."""
    seen: dict[str, list[str]] = {}
    for path in TRAINING.glob("sentences-*.jsonl"):
        for line in path.read_text(encoding="utf-8").split("\n"):
            row = json.loads(line) if line else {"text": "-", "roles": []}
            assert set(row["roles"]) <= set(ROLES), row
            assert seen.setdefault(row["text"], sorted(row["roles"])) == sorted(row["roles"])


def test_shipped_model_is_small():
    """The model's file stays within 1.5 MB."""
    assert DATA.stat().st_size < 1_500_000


@given(st.lists(st.integers(-127, 127), min_size=len(ROLES), max_size=len(ROLES)))
def test_lanes_keep_what_is_packed(weights):
    """Sums of packed weights come apart into the sums of each role."""
    total = 100 * int.from_bytes(pack(weights), "little", signed=True)
    half, found = 1 << (LANE - 1), []
    for _ in ROLES:
        lane = ((total + half) & ((1 << LANE) - 1)) - half
        found.append(lane)
        total = (total - lane) >> LANE
    assert found == [100 * weight for weight in weights]


def test_particulars_become_placeholders():
    """Names, numbers, dates and links are not seen; words lose case and contraction."""
    assert tokens("I'd met Dr. Nair of Lumen on Tuesday, 12 May, 3 weeks ago, https://a.example!") == [
        "i", "would", "met", "<name>", "of", "<name>", "on", "<day>", "<number>", "<month>", "<number>", "weeks", "ago", "<link>",
    ]  # fmt: skip
    assert tokens("Can't we? It isn’t ana@b.example") == [
        "can",
        "not",
        "we",
        "?",
        "it",
        "is",
        "not",
        "<mail>",
    ]
    assert tokens("I saw Priya's desk, two lamps") == [
        "i",
        "saw",
        "<name>",
        "s",
        "desk",
        "<number>",
        "lamps",
    ]


def test_long_sentence_is_read_to_its_bound():
    """A sentence of any length costs no more than its first words."""
    assert len(tokens("word " * 5000)) == MAX_WORDS
    assert certainty_of("thank you for your time " * 1000)[Role.GRATITUDE] > 0.5


def test_fields_name_no_word_twice_in_one():
    """The lexical fields load, and common words have one."""
    assert fields()["grateful"] == ("THANK",)
    assert all(len(set(names)) == len(names) for names in fields().values())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_certainties(text):
    """Any text, lone surrogates included, gets a number between 0 and 1 for each role."""
    found = certainty_of(text)
    assert list(found) == list(roles.ROLES)
    assert all(0 <= sure <= 1 for sure in found.values())

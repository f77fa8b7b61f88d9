"""Private lines known again by their matter, when none of their words is left."""

from __future__ import annotations

import pytest

from followup_agent.notes.private import PrivateFingerprint


def _leaks(private: str, text: str, public: tuple[str, ...] = ()) -> bool:
    return bool(list(PrivateFingerprint(private).without(public).leaks(text)))


@pytest.mark.parametrize(
    ("private", "sentence"),
    [
        ("Offer from Bergmann, reply due on the 8th.", "I must answer a rival firm before Friday."),
        ("Asked for 41,000.", "I would hope for a salary in the low forties."),
        ("Knee surgery in May.", "I need some weeks off after an operation."),
        ("Pregnant, due in June.", "Our first baby arrives in the summer."),
        ("Sister has cancer.", "I am caring for a relative, and she is my sister."),
        ("Divorced in spring.", "My marriage ended this year."),
        ("Let go after a row with the owner.", "My last employer and I parted on bad terms."),
        ("Visa lapses in March.", "I have the right to stay only until spring."),
        ("Nine points for speeding.", "My driving record is not spotless."),
        ("Behind on the mortgage.", "I have some debts to clear."),
        ("No Sunday work, please.", "I would ask to be spared weekend shifts."),
        ("Scared of heights.", "I am a little nervous of ladders."),
        ("Goes to mosque on Fridays.", "I attend prayers at midday."),
        ("My boss doesn't know.", "My present employer is not aware of my application."),
        ("Grievance still open.", "A complaint that I filed is unresolved."),
        ("Offer from Bergmann, reply due on the 8th.", "Somebody is keen to have me as well."),
        ("Offer from Bergmann, reply due on the 8th.", "I am to talk with another lender."),
        ("Knee surgery in May.", "My leg is strong again."),
        ("Back pain, in physio.", "I am best kept from heavy lifting."),
        ("Pregnant, due in June.", "Our family is growing."),
        ("Laid off in June.", "Since I lost my job I have read a lot."),
        ("Contract ends soon.", "There may be no desk for me here much longer."),
        ("Wages always late.", "To me, wages on the day they are due would be a relief."),
        ("Visa lapses in March.", "My papers run until spring."),
        ("Moving to the sea.", "I write before I pack for the coast."),
        ("Has doubts about the owner.", "I had some reservations at first."),
        ("Money is 2k less than now.", "The pay is a little below what I earn, but I would come."),
        ("Money is 2k less than now.", "I would take a small step down in salary."),
        ("Head doesn't know I'm looking.", "I have told nobody at work that I am applying."),
        ("She seemed tired.", "I hope that all is calmer, for you sounded stressed."),
    ],
)
def test_matter_in_other_words(private: str, sentence: str) -> None:
    """A sentence on a private line's matter is a leak though it shares no word with the line."""
    assert _leaks(private, sentence)
    assert not _leaks("Likes the view.", sentence)


@pytest.mark.parametrize(
    ("private", "sentence"),
    [
        ("Offer from Bergmann, reply due on the 8th.", "I enjoyed what the other team told me."),
        ("Asked for 41,000.", "I pay attention to detail."),
        ("Knee surgery in May.", "The patients after surgery were well looked after."),
        ("Pregnant, due in June.", "Thank you for the morning with the children."),
        ("Nine points for speeding.", "I wish to record my thanks."),
        ("My boss doesn't know.", "I am aware of how busy you are."),
        ("Head doesn't know I'm looking.", "I was told of the new wing."),
        ("Money is 2k less than now.", "I liked to hear that no-shows are down."),
        ("She seemed tired.", "I felt at home on the ward."),
        ("Laid off in June.", "I liked the new job and the longer days that you describe."),
        ("Has doubts about the owner.", "I have no doubt that this is the place for me."),
    ],
)
def test_matter_of_others(private: str, sentence: str) -> None:
    """What is said of the reader, or of work, is no leak."""
    assert not _leaks(private, sentence)


def test_public_matter() -> None:
    """What the public notes speak of too tells nothing private."""
    sentence = "I would love to help with your salary reviews, as I need to know them."
    assert _leaks("Asked for 41,000.", sentence)
    assert not _leaks("Asked for 41,000.", sentence, ("salary reviews are late",))


def test_a_sentences_first_word_is_no_name() -> None:
    """A word with a capital only because it opens a sentence does not tell a line by itself."""
    assert not _leaks("Cold twice. Expects a quick start.", "I had expected less of the tour.")

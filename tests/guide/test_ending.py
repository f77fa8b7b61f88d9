"""The sign-off, the length, pressure, and the advice on a message's shape."""

from __future__ import annotations

import pytest
from parts_case import NOTES, body, case, findings

from followup_agent.guide.rules.ending import MOST_WORDS
from followup_agent.kinds import Kind


def _ended(end: str, **more: object):
    return findings("closing", case(f"Hi Priya,\n\nThe tour was a joy.\n\n{end}", **more))


@pytest.mark.parametrize(
    "end",
    [
        "Best regards,\nDaniel Okafor",
        "Cheers,\nDaniel",
        "Sincerely,\nD. Okafor",
        "Kind regards,\nMr Okafor",
        "Warmly, Daniel",
        "Thanks,\nDO",
        "With every good wish,\nDaniel Okofor",  # `wrong_name` tells the misspelling
        "Thanks again for all your time!\n\nDaniel",
        "Thank you once more for seeing me.\n\nDaniel Okafor\n+44 20 7946 0000",
        "Good luck with the marathon on Sunday!\nDaniel",
        "Have a lovely holiday\n\nDaniel Okafor\nTel. 020 7946 0000\n\nSent from my iPhone",
        "Wishing you a calm week.\n\nDaniel Okafor\n\nVon meinem iPhone gesendet",
        "Best wishes,\nDaniel Okafor\n\nThis e-mail and its attachments are confidential.",
        "Regards,\nDaniel Okafor\n\nCONFIDENTIALITY NOTICE: delete it if it is not yours.",
    ],
)
def test_sign_off_with_the_name(end):
    """A sign-off with the full or first name, or initials, closes a message."""
    assert not _ended(end)


@pytest.mark.parametrize(
    ("end", "says"),
    [
        ("", "just stops"),
        ("Daniel Okafor", "sign-off is missing"),
        ("Best regards,", "lacks a name"),
        ("Best regards,\ndaniel@okafor.example", "lacks a name"),
        ("Best regards,\nMarta Ruiz", "lacks a name"),
        ("Later!\nDaniel", "sign-off is missing"),
        ("I hope to join you in June.\n\nDaniel", "sign-off is missing"),
        (
            "Thanks for what you said of the night alerts and of the rota there.\n\nDaniel",
            "missing",
        ),
        ("This e-mail is all that I wanted to say.", "just stops"),
    ],
)
def test_bad_ending_is_told(end, says):
    """A missing or unprofessional sign-off, or another's name, is a fault."""
    (found,) = _ended(end)
    assert says in found.message


def test_closing_without_notes():
    """Without notes some name must stand under the sign-off."""
    assert not _ended("Best regards,\nMarta Ruiz", known=False)
    assert _ended("Best regards,\n+44 20 7946 0000", known=False)
    assert _ended("Best regards,", known=False)


@pytest.mark.parametrize("kind", MOST_WORDS)
def test_length_is_bounded_in_words(kind):
    """A body at its bound is fine; the first word over it is pointed at."""
    most = MOST_WORDS[kind]
    assert not findings("length", body("word " * (most - 1) + "end.", kind))
    of = body("word " * (most - 4) + "go. Three are fine. Over it.", kind)
    (found,) = findings("length", of)
    assert of.reading.text[slice(*found.span)] == "Over it."


def test_linkedin_note_is_bounded_in_characters():
    """A connection request has 200 characters, 300 with a paid account."""
    note = "Hi Priya, " + "x" * 190
    assert not findings("length", case(note, Kind.LINKEDIN))
    (found,) = findings("length", case(f"\n{note}yz", Kind.LINKEDIN))
    assert found.span == (201, 203)
    assert not findings("length", case(note + "yz", Kind.LINKEDIN, paid_linkedin=True))
    assert findings("length", case(note + "y" * 101, Kind.LINKEDIN, paid_linkedin=True))


@pytest.mark.parametrize(
    "text",
    [
        "I still haven't heard anything from you.",
        "I deserve an answer after all that work.",
        "If I do not hear from you by Friday, I shall assume that you are not interested.",
        "You must reply today.",
        "It is not too much to ask for a line.",
        "This is my fourth e-mail, and nobody has answered me.",
        "Please reply by return.",
        "Your silence is disappointing.",
        "Please send me your answer by tonight, or I will look at other schools.",
        "I must suppose that my letter was hardly worth a reply.",
        "After all that baking I have been left without a word.",
        "So once more: may I have a yes or a no?",
        "I have sat by a silent phone since Monday.",
        "Kindly confirm at once by return, as I have waited enough.",
        "Any news? Please, any news?",
        "It would break my heart not to be chosen.",
        "I trust that you will not disappoint me.",
        "I will ring you every day until you decide.",
        "You promised an answer by the 24th, and that has come and gone.",
        "In return, could you put in a word for me?",
    ],
)
def test_pressure_is_told(text):
    """Guilt, demands, ultimatums and repeated questions are told, with the words meant."""
    of = body(f"I hope you are well. {text}", Kind.REMINDER)
    found = findings("pressure", of)
    assert found
    assert of.reading.text[slice(*found[-1].span)] in text


@pytest.mark.parametrize(
    "text",
    [
        "Could you let me know where things stand?",
        "There is no rush, and I know how busy you are.",
        "I know the two weeks are not over yet. Might there be any news?",
        "I would be glad of an update whenever it suits you.",
        "Please take your time. I understand that budgets move.",
        "How do you keep the alerts quiet? Is there any update on the role?",
        "I know that you call tomorrow, so I won't take up your time.",
        "Please do not feel that you have to answer this.",
        "I will ring you on Monday, as you suggested.",
        "I hope this week is treating you better than the last.",
        "Arguing about what passengers deserve to know was a treat.",
        "The sailing club deserves more than eighteen boats.",
        "It broke my heart a little that the black dogs wait twice as long.",
    ],
)
def test_polite_request_is_no_pressure(text):
    """A polite request, even with softeners around it, puts no pressure on anyone."""
    assert not findings("pressure", body(text, Kind.REMINDER))


def test_third_question_is_pressure():
    """Asking the same thing in three sentences is asking repeatedly."""
    asks = "Could you let me know where things stand? Is there any update on the role? What is the next step?"
    assert findings("pressure", body(asks, Kind.REMINDER))


def test_advice_on_length():
    """Very short and very long bodies are told; a LinkedIn note is not."""
    assert findings("brevity", body("word " * 20))
    assert not findings("brevity", body("word " * 100))
    assert findings("brevity", body("word " * 120, Kind.REMINDER))
    assert not findings("brevity", body("word", Kind.LINKEDIN))


def test_advice_on_paragraphs():
    """Four paragraphs are one too many."""
    assert findings("paragraphs", body("\n\n".join(["A word is here."] * 4)))
    assert not findings("paragraphs", body("\n\n".join(["A word is here."] * 3)))


def test_advice_on_asking():
    """A thank-you that asks for an update is told."""
    assert findings("unasked", body("Could you let me know whether a decision has been reached?"))
    assert not findings("unasked", body("Thank you for the tour."))


def test_advice_on_fit():
    """A need and a claim of My fit together make the link; one of them does not."""
    linked = "Moving the claims service is a task I know: I moved a billing system to Kafka without downtime."
    assert not findings("fit", body(linked))
    assert findings("fit", body("Moving the claims service sounds hard."))
    assert not findings("fit", body("Hello there.", notes=NOTES.model_copy(update={"fit": ()})))
    assert not findings("fit", body("Hello there.", known=False))

"""Good messages in unusual wording, and their harmful neighbours: one sentence each."""

from __future__ import annotations

import datetime as dt

import pytest

from followup_agent.guide.case import Case
from followup_agent.guide.judge import Report, judge
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes

# The interview was on Tuesday 12 May 2026, the decision is due on Tuesday 26 May.
NOTES = {
    "candidate": {"name": "Daniel Okafor"},
    "company": "Granton Ferries",
    "role": "Deckhand",
    "interviewed": "2026-05-12T14:00",
    "interviewers": [{"name": "June Hatcher"}],
    "decision_by": "2026-05-26",
    "topics": [
        "a new ramp for the car deck from October",
        "two crossings a day since 2019",
        "the dough rests 2 h and dries 6 wks",
        "a cure of 3 days",
        "a roaster of 600 lb/hr",
        "mortar of 3:1",
        "garlic is vernalised for 14 weeks",
    ],
    "fit": ["HSE Part 1, 300 hours in harbours"],
    "timeline": ["the result comes in week 22"],
    "resources": [{"title": "Ramps and tides", "url": "https://a.example/x"}],
    "log": ["2026-05-27 reply from June Hatcher: two volunteers were promoted"],
    "country": "GB",
}


def judged(text: str, kind: Kind, today: dt.date = dt.date(2026, 5, 28), **notes: object) -> Report:
    """What the guide says of a message to June."""
    known = InterviewNotes.model_validate({**NOTES, **notes})
    return judge(
        Case(
            reading=Reading.of(text),
            kind=kind,
            notes=known,
            to=known.interviewers[0],
            today=today,
        )
    )


def told(sentence: str, kind: Kind, greeting: str = "Dear June,", **notes: object) -> set[str]:
    """The rules that a message of one sentence breaks."""
    head = "" if kind is Kind.LINKEDIN else "Subject: Deckhand\n\n"
    text = f"{head}{greeting}\n\n{sentence}\n\nKind regards,\nDaniel Okafor"
    return {violation.rule for violation in judged(text, kind, **notes).violations}


@pytest.mark.parametrize(
    ("rule", "kind", "sentence"),
    [
        ("ask", "status", "Do you know yet which way it will go?"),
        ("ask", "status", "How does it look from your side, if you can say?"),
        ("ask", "status", "Are there any developments you can share?"),
        ("courtesy", "status", "Good wishes to you and everyone at the guesthouse."),
        ("courtesy", "reminder", "June, I hope the heat isn't too much yet."),
        ("courtesy", "reminder", "I pray that you are in good health, Captain."),
        ("gratitude", "keep-in-touch", "I'm thankful for your reply about the position."),
        ("gratitude", "thank-you", "I'm thankful that we met to talk about the position."),
        ("interest", "status", "I have not ceased to hope for the post at Granton Ferries."),
        ("interest", "thank-you", "I earnestly seek the post of Deckhand with Granton Ferries."),
        ("timeline", "status", "The result was to be communicated in week 22."),
        ("timeline", "status", "I had understood that the 26th would bring news."),
        ("pressure", "keep-in-touch", "Please think of me if you need someone again."),
        ("unasked", "thank-you", "I was glad to hear how you go about it with new drivers."),
        ("unasked", "thank-you", "I'd try to tell growers bad news as kindly as I can."),
        ("resource", "value-add", "Here is something on ramps in harbours: https://a.example/x"),
        ("resource", "value-add", "The first part of https://a.example/x treats just that."),
        ("relevance", "value-add", "It made me think of the new one in October."),
        ("invented_number", "thank-you", "The dough dries 6 weeks and rests 2 hours."),
        ("invented_number", "thank-you", "The roaster does 600 pounds an hour."),
        ("invented_number", "thank-you", "A mix of 3 to 1 is lean."),
        ("invented_number", "thank-you", "I have HSE Part 1 and 300 hours in harbours."),
        ("invented_number", "keep-in-touch", "I am glad for the two volunteers."),
        ("invented_number", "status", "It is two days past the date you gave."),
        ("invented_number", "status", "It's Thursday, two days on, so I thought I would ask."),
        ("invented_date", "status", "At our meeting you named 26 May for the decision."),
        ("invented_date", "status", "You hoped to have chosen by 26.05."),
        ("invented_date", "status", "I can call on Friday if it helps."),
        ("invented_date", "status", "The 26th's meeting was to decide."),
        ("invented_date", "thank-you", "I learnt much from June."),
        ("invented_name", "reminder", "I hope you had a pleasant St Patrick's week."),
        ("invented_name", "reminder", "I hope the Petertide fair went well."),
        ("proofreading", "thank-you", "So long a vernalisation is new to me."),
    ],
)
def test_unusual_wording_is_heard(rule, kind, sentence):
    """A good sentence in uncommon words breaks no rule that it serves."""
    assert rule not in told(sentence, Kind(kind))


@pytest.mark.parametrize(
    ("rule", "kind", "sentence"),
    [
        ("ask", "status", "How is the new puppy?"),
        ("courtesy", "status", "I hope the matter is soon settled."),
        ("gratitude", "thank-you", "I am thankful for your reply."),
        ("gratitude", "thank-you", "I'm thankful that the bus was on time."),
        ("interest", "thank-you", "I seek out old maps of Granton Ferries."),
        ("timeline", "status", "We met in the spring, and I hope you are well."),
        ("unasked", "thank-you", "Could you tell me when you will decide?"),
        ("resource", "value-add", "You will like this: https://a.example/x"),
        ("relevance", "value-add", "Ramps and tides has a green cover."),
        ("invented_number", "thank-you", "A cure of 3 hours is brisk."),
        ("invented_number", "keep-in-touch", "I am glad for the nine volunteers."),
        ("invented_date", "thank-you", "The ramp comes in July."),
        ("invented_date", "status", "You hoped to have chosen by 19.05."),
        ("invented_name", "thank-you", "I saw the same at Petersen."),
        ("proofreading", "thank-you", "So long a vernalistaion is new to me."),
        ("proofreading", "thank-you", "We met on a tuesday."),
    ],
)
def test_the_same_words_of_something_else_do_not_count(rule, kind, sentence):
    """Words that only look like the part leave it missing, and a fact altered is a fault."""
    assert rule in told(sentence, Kind(kind))


@pytest.mark.parametrize(
    ("name", "greeting", "rule"),
    [
        ("Principal Arnold Vega", "Dear Principal Vegas,", "wrong_name"),
        ("Arnold Vega", "Dear Mr Vegas,", "wrong_name"),
        ("Arnold Vega", "Dear Mr Vega,", "guessed_title"),
        ("Ana Vega", "Dear Dr. Vega,", "guessed_title"),
    ],
)
def test_titles_and_surnames(name, greeting, rule):
    """A surname is no plural, and a title that the notes don't give is pointed out."""
    assert rule in told("Thank you.", Kind.THANK_YOU, greeting, interviewers=[{"name": name}])


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Principal Arnold Vega", "Dear Principal Vega,"),
        ("Dr Ana Vega", "Dear Dr Vega,"),
        ("Ing. Rodrigo Sáez", "Dear Ingeniero Sáez,"),
        ("Ana Jones", "Dear Ana Jones,"),
    ],
)
def test_titles_of_the_notes_stand(name, greeting):
    """A title of the notes, written out or short, is neither guessed nor wrong."""
    found = told("Thank you.", Kind.THANK_YOU, greeting, interviewers=[{"name": name}])
    assert found.isdisjoint({"wrong_name", "guessed_title", "invented_name"})


@pytest.mark.parametrize(
    "sentence",
    [
        "I was bosun on a research ship for two winters.",
        "Two years in the lifeboat taught me to stay calm.",
        "For a decade I looked after the engines of a trawler.",
        "With ten winters at sea behind me, I know what cold is.",
        "Painting hulls is what I did for five summers.",
        "I designed the mooring system that is used in Leith today.",
        "I can weld and I can cook for forty.",
        "I have never missed a shift in eleven years.",
        "I was in charge of the night boats.",
    ],
)
def test_claims_in_other_forms_are_held_against_the_notes(sentence):
    """Service, charge, skill and an unbroken record are claims, whatever the form of the clause."""
    assert "invented_claim" in told(sentence, Kind.THANK_YOU)


@pytest.mark.parametrize(
    "sentence",
    [
        "I looked after my umbrella better this time.",
        "I have never been on a pier so early.",
        "I noticed that the two o'clock boat is what I took home.",
        "With three weeks of sun ahead of us, I wish you well.",
    ],
)
def test_daily_life_claims_nothing(sentence):
    """What anybody may do on the way home is no claim."""
    assert "invented_claim" not in told(sentence, Kind.THANK_YOU)


def test_initials_are_no_slips():
    """Short initials are not a name misspelled, and their plural is theirs."""
    found = told("The ABA and two DPFs came up.", Kind.THANK_YOU, topics=["Aba port", "a DPF"])
    assert "wrong_name" not in found


@pytest.mark.parametrize(
    ("wish", "counts"),
    [
        ("I like the roses at Granton Ferries.", False),
        ("I like the work at Granton Ferries.", True),
        ("I want to finish my deck before the Granton winter sets in.", False),
        ("I want to bring my calm to Granton Ferries.", True),
        ("I would consider myself lucky to be a Deckhand at Granton Ferries.", True),
        ("I would consider a post at Granton Ferries.", False),
    ],
)
def test_a_wish_is_for_the_work(wish, counts):
    """A liking for a thing, or a wish for one's own affairs, is no wish for the role."""
    assert ("interest" not in told(wish, Kind.THANK_YOU)) is counts

"""Courtesy, thanks, topics, reference, interest, the question and the date."""

from __future__ import annotations

import pytest
from parts_case import NOTES, TOM, body, case, findings

from followup_agent.guide.sentences import clauses
from followup_agent.kinds import Kind
from followup_agent.notes.model import Item

GOOD = {
    "courtesy": [
        "I hope you are well.",
        "Hope your week is going smoothly!",
        "I trust this message finds you in good health.",
        "I hope you enjoyed the bank holiday.",
    ],
    "gratitude": [
        "Thank you for your time on Tuesday.",
        "I appreciated how openly you talked about the outages.",
        "It was generous of you to stay on the call so long.",
        "I am much obliged for the opportunity to interview.",
        "Many thanks for letting me know.",
        "You were very good to give me two hours of a harvest day.",
        "Thank you for your time, and please thank Rhys for the tour.",
        "Cheers for having me on the boat.",
    ],
    "key_points": [
        "What you said about claims stayed with me.",
        "Cutting alerts by half in a quarter is no small feat.",
        "An event-driven design would suit that service.",
        "Good luck with the marathon!",
        "I have been thinking about migrations and downtime since.",
        "The on-call rota you described sounds humane.",
        "Dual writes are a nasty trap.",
    ],
    "interest": [
        "I would love to join Lumen Health.",
        "I remain very keen on the role at Lumen.",
        "Working at Lumen Health is what I want to do next.",
        "My enthusiasm for the position at Lumen Health has only grown.",
        "It would be an honour to serve Lumen Health as an engineer.",
    ],
    "ask": [
        "Could you let me know where things stand?",
        "Is there any update on the role?",
        "I would be grateful to hear how the selection is going.",
        "May I know the status of my application?",
        "I would be grateful for an indication of the likely timescale.",
        "It would be helpful to have a sense of your timeline.",
        "I'd value any insight into how long the process may take.",
    ],
    "timeline": [
        "You said that you would decide by 26 May.",
        "The decision was expected on the 26th.",
        "You told me I would hear within two weeks.",
        "The two weeks you mentioned have passed.",
        "May 26 was the date you gave me for a decision.",
        "You hoped to choose someone by Tuesday.",
        "You had thought that you would ring before the harvest month was over.",
    ],
    "reference": [
        "We spoke on 12 May.",
        "It was a pleasure to meet you last week.",
        "Our conversation about events stayed with me.",
        "Your on-call rotation made my Wednesday.",
        "I am writing about my application for the engineer role.",
        "You mentioned that the alerts were halved.",
    ],
}
BAD = {
    "courtesy": ["I hope to hear from you soon.", "I hope to keep this short.", "Hope this helps."],
    "gratitude": [
        "Thanks to the fog my train was late.",
        "I am grateful that the line held.",
        "Thankfully the rain stopped.",
        "The tour was long.",
        "It was good to meet you on Tuesday.",
        "Nice to see the bakery at work.",
        "Please thank the porter for walking me to the ward.",
        "Kindly pass on my regards to the pilot who let me in.",
    ],
    "key_points": [
        "I enjoyed our interesting discussion of your challenges.",
        "Everything you shared about the team and the culture was great.",
        "I have eight years of experience as a backend engineer.",
        "The role at Lumen Health sounds exciting.",
        "I moved a billing system to Kafka.",
    ],
    "interest": [
        "I suppose I might consider the job at Lumen Health.",
        "Lumen Health watches interest rates.",
        "Lumen Health has a fine office.",
        "I am very interested in chess, as I told Lumen Health.",
    ],
    "ask": [
        "Please feel free to contact me.",
        "I look forward to hearing from you.",
        "Who doesn't like a surprise?",
        "Who doesn't wonder about timing at this stage?",
        "What applicant would not want to know the outcome?",
        "Don't we all wait for news in spring?",
        "I would be happy to give you an idea of how long the process took.",
        "I'd be glad to have a sense of purpose at work.",
    ],
    "timeline": [
        "You told me when you would decide.",
        "Some time has gone by.",
        "We met on 12 May.",
        "The bank will pay by 3 June.",
    ],
    "reference": [
        "The weather is mild.",
        "I wish you every success.",
        "I look forward to our conversation.",
    ],
}
KIND = {
    "courtesy": Kind.REMINDER,
    "gratitude": Kind.THANK_YOU,
    "key_points": Kind.THANK_YOU,
    "interest": Kind.REMINDER,
    "ask": Kind.STATUS,
    "timeline": Kind.STATUS,
    "reference": Kind.LINKEDIN,
}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, t) for rule, texts in GOOD.items() for t in texts]
)
def test_part_is_seen_in_other_words(rule, text):
    """A part counts in whatever words it is written."""
    assert not findings(rule, body(text, KIND[rule]))


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, t) for rule, texts in BAD.items() for t in texts]
)
def test_missing_part_is_told(rule, text):
    """Words of a part without its sense do not make the part."""
    assert findings(rule, body(text, KIND[rule]))


def test_company_must_be_named():
    """Interest counts only where the message names the company, in the subject at least."""
    wish = "I would love to have this job."
    (found,) = findings("interest", body(wish))
    assert "Lumen Health" in found.message
    assert not findings("interest", case(f"Subject: Job at Lumen\n\nHi Priya,\n\n{wish}"))
    assert not findings("interest", body(wish + " Lumne is on my mind."))  # `wrong_name` tells that
    assert not findings("interest", body(wish, known=False))


def test_thanks_in_the_sign_off_count():
    """A sign-off such as "Thank you for your time," thanks; a bare "Thanks," does not."""
    start = "Hi Priya,\n\nThe tour was a joy.\n\n"
    assert not findings("gratitude", case(start + "Thank you for your time,\nDaniel"))
    assert findings("gratitude", case(start + "Thanks,\nDaniel"))


def test_topic_proposed_is_the_recipients_own():
    """The mend names a topic that the recipient raised or that nobody in particular did."""
    (found,) = findings("key_points", body("The office was nice.", to=TOM))
    assert "on-call rotation" in found.message


def test_what_they_told_counts_in_full_though_my_fit_has_it_too():
    """A topic's word that is also a claim's proves less, but not after "you told me about"."""
    notes = NOTES.model_copy(
        update={
            "topics": (Item(text="attrition 7% a month"),),
            "fit": (Item(text="cut attrition"),),
        }
    )
    for text, told in (
        ("I listened closely when you told me about the attrition.", True),
        ("I was interested to hear about the attrition.", True),
        ("I cut attrition at my last firm.", False),
    ):
        assert bool(findings("key_points", body(text, notes=notes))) is not told


def test_yesterday_can_be_the_promised_day():
    """The words "by yesterday" name the promised date when yesterday was that day."""
    text = "You expected to decide by yesterday."
    assert not findings(
        "timeline", body(text, Kind.STATUS, today=NOTES.decision_by.replace(day=27))
    )


@pytest.mark.parametrize(
    "rule", ["courtesy", "gratitude", "interest", "ask", "timeline", "reference"]
)
def test_parts_are_judged_without_notes(rule):
    """Without notes the same words are judged by what the sentences do."""
    assert not findings(rule, body(GOOD[rule][0], KIND[rule], known=False))
    assert findings(rule, body("The weather is mild.", KIND[rule], known=False))


def test_key_points_need_notes():
    """Without notes no topic can be missed."""
    assert not findings("key_points", body("The weather is mild.", known=False))


@pytest.mark.parametrize(
    ("told", "said", "fine"),
    [
        ("They decide by 3 June.", "You planned to decide by June 3.", True),
        ("They decide by 3 June.", "You planned to decide on the 3rd.", True),
        ("They decide by 3 June.", "You planned to decide in June.", True),
        ("They decide by 31 February.", "You told me when you would decide.", False),
        ("They decide by 3 June.", "You told me on 12 May when you would decide.", False),
    ],
)
def test_promise_may_stand_in_the_timeline_section(told, said, fine):
    """A date that only the Timeline section holds is their date as well."""
    notes = NOTES.model_copy(update={"decision_by": None, "timeline": (Item(text=told),)})
    assert bool(findings("timeline", body(said, Kind.STATUS, notes=notes))) is not fine


def test_time_of_the_meeting_is_no_promise():
    """When they met, said beside an unnamed date, does not name that date."""
    text = "When we met earlier this month, you told me when you would decide."
    assert findings("timeline", body(text, Kind.STATUS))


@pytest.mark.parametrize(
    "mention", ["our services", "Daniel", "challenges and growth", "the engineer role"]
)
def test_words_that_fit_any_interview_prove_no_topic(mention):
    """The company's, the role's and everyone's words are no topic."""
    assert findings("key_points", body(f"I enjoyed hearing about {mention}."))


def test_topic_of_common_words_must_be_all_there():
    """A topic without a rare word counts only when all of it is met."""
    notes = NOTES.model_copy(
        update={
            "topics": (Item(text="team culture"),),
            "needs": (),
            "personal": (),
            "resources": (),
        }
    )
    assert not findings("key_points", body("The culture of your team is dear to me.", notes=notes))
    assert findings("key_points", body("Your team is dear to me.", notes=notes))


@pytest.mark.parametrize(
    "text",
    [
        "I would consider it a privilege to join Lumen Health as an engineer.",
        "I am very interested in backend work at Lumen Health and would love to do it.",
    ],
)
def test_weak_words_in_a_firm_sentence_change_nothing(text):
    """A firm wish stays one with a "consider" or an "interested in" of the work in it."""
    assert not findings("interest", body(text))


def test_clauses_of_a_compound_sentence_are_told_apart():
    """A sentence is cut at its conjunctions; one of a single clause has none."""
    assert clauses("I'd like to know where I stand, because I would love to join you.") == [
        "I'd like to know where I stand",
        "because I would love to join you.",
    ]
    assert clauses("Thank you for the tea and the tour.") == []


@pytest.mark.parametrize(
    ("rule", "kind", "text"),
    [
        ("interest", Kind.THANK_YOU, "I am keen to be back in my garden near Lumen Health."),
        ("interest", Kind.THANK_YOU, "I am interested in the history of Lumen Health."),
        ("gratitude", Kind.THANK_YOU, "I wish to express my appreciation of the sea breeze."),
    ],
)
def test_what_a_wish_or_thanks_are_for_decides(rule, kind, text):
    """The writer's own affairs are no wish for the job, and a breeze is not to be thanked."""
    assert findings(rule, body(text, kind))


@pytest.mark.parametrize(
    "role",
    ["R&D Chemist", "Head of People & Culture", "C++ Developer", "UI/UX Designer", "VP, Sales"],
)
def test_interest_names_a_role_of_any_spelling(role):
    """Being interested in "the Head of People & Culture" is interest in the work."""
    wish = body(
        f"I am very interested in the {role} position at Lumen Health.",
        notes=NOTES.model_copy(update={"role": role}),
    )
    assert findings("interest", wish) == []

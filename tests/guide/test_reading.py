"""Reading a message as people write it: frame, sentences, spans."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_agent.guide.message import Composition, Part
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind

GREETINGS = [
    ("Dear Ms. Nair,\n\nThe talk was fine.", "Dear Ms. Nair,"),
    ("Dear Ms. Nair -\nThe talk was fine.", "Dear Ms. Nair -"),
    ("Dear Ms. Nair - thank you for the talk.", "Dear Ms. Nair -"),
    ("Dear Dr Nair\n\nThe talk was fine.", "Dear Dr Nair"),
    ("Dear Priya I am writing to thank you.", "Dear Priya"),
    ("Dear Priya Thank you for the talk.", "Dear Priya"),
    ("hi priya,\nthe talk was a joy", "hi priya,"),
    ("Hi Priya! Hope you are well.", "Hi Priya!"),
    ("Hi Priya — thanks for the talk.", "Hi Priya —"),
    ("Hello again, Jess,\n\nThe talk was fine.", "Hello again, Jess,"),
    ("Good morning, Dr. Haddad:\nThe talk was fine.", "Good morning, Dr. Haddad:"),
    ("Kim, hello again,\n\nThe talk was fine.", "Kim, hello again,"),
    ("Kim, thank you for the talk.", "Kim,"),
    ("Kim - thank you for the talk.", "Kim -"),
    ("Priya,\n\nThe talk was fine.", "Priya,"),
    ("Dear Priya, Tom and Anna,\n\nThe talk was fine.", "Dear Priya, Tom and Anna,"),
    (
        "Dear Prof. María Fernanda de la Cruz,\nThe talk was fine.",
        "Dear Prof. María Fernanda de la Cruz,",
    ),
    ("Bonjour Élodie, I loved the talk.", "Bonjour Élodie,"),
    ("Aloha Dr. Haddad,\n\nThe talk was fine.", "Aloha Dr. Haddad,"),
    ("Morning Gary,\n\nThe talk was fine.", "Morning Gary,"),
    ("Respected Ms Kulkarni,\n\nThe talk was fine.", "Respected Ms Kulkarni,"),
    ("Dear 王伟,\n\nThe talk was fine.", "Dear 王伟,"),
    ("Dear นภา,\n\nThe talk was fine.", "Dear นภา,"),
    ("Dear O'Brien-Smith family,\n\nThe talk was fine.", "Dear O'Brien-Smith family,"),
    ("To whom it may concern:\nThe talk was fine.", "To whom it may concern:"),
    ("To the hiring team,\n\nThe talk was fine.", "To the hiring team,"),
    ("Hi there, Wednesday's talk was a joy.", "Hi there,"),
]


@pytest.mark.parametrize(("text", "wanted"), GREETINGS)
def test_greeting_is_found_however_it_is_written(text, wanted):
    """A greeting is found alone or inline, with comma, dash, colon or nothing after it."""
    reading = Reading.of(text)
    assert reading.words(reading.greeting) == wanted
    assert reading.body


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday, I met your team.",
        "Thank you, it was a joy.",
        "Recently, you spoke of swales.",
        "Good morning is what we say before nine.",
        "To start with I would like to thank you.",
        "The tour was a joy, and so was lunch.",
        "Thank you for the talk on Tuesday about pricing.",
    ],
)
def test_sentence_is_no_greeting(text):
    """A first sentence that addresses nobody stays in the body."""
    reading = Reading.of(text)
    assert reading.greeting is None
    assert reading.body == text


ENDINGS = [
    ("Best regards,\nDan Okafor", "Best regards,", "Dan Okafor"),
    ("Best regards\nDan Okafor", "Best regards", "Dan Okafor"),
    ("Kind regards, Dan", "Kind regards,", "Dan"),
    ("Thanks!\nDan", "Thanks!", "Dan"),
    (
        "With many thanks again and kindest regards,\nDan",
        "With many thanks again and kindest regards,",
        "Dan",
    ),
    (
        "All the best, and say hello to the dogs,\nDan",
        "All the best, and say hello to the dogs,",
        "Dan",
    ),
    ("With best wishes from Kraków,\nDan", "With best wishes from Kraków,", "Dan"),
    ("Mahalo and best wishes,\nDan", "Mahalo and best wishes,", "Dan"),
    ("Thanking you,\nYours sincerely,\nDan", "Thanking you,\nYours sincerely,", "Dan"),
    ("Looking forward to hearing from you,\nDan", "Looking forward to hearing from you,", "Dan"),
    (
        "Sincerely,\nDan Okafor\n+44 20 7946 0000\nhttps://dan.example",
        "Sincerely,",
        "Dan Okafor\n+44 20 7946 0000\nhttps://dan.example",
    ),
    (
        "Yours faithfully,\n\n\nDan Okafor\nBackend Engineer",
        "Yours faithfully,",
        "Dan Okafor\nBackend Engineer",
    ),
    ("Best,\n-- \nDan", "Best,", "Dan"),
    ("Best,\nDan\n\nSent from my iPhone", "Best,", "Dan"),
    (
        "Best,\nDan\n\nOn Tue, 12 May 2026 at 09:00, Priya wrote:\n> Dear Dan,\n> thank you",
        "Best,",
        "Dan",
    ),
    ("Best,\nDan\n\n-----Original Message-----\nFrom: Priya\nThanks, see you.", "Best,", "Dan"),
    ("Respectfully yours,\nDan\n--\nSent from Outlook", "Respectfully yours,", "Dan"),
    ("Dan Okafor", "", "Dan Okafor"),
    ("Regards,", "Regards,", ""),
]


@pytest.mark.parametrize(("end", "closing", "signature"), ENDINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_sign_off_and_signature_are_found(end, closing, signature, newline):
    """The sign-off and what stands under it are found, and the body ends before them."""
    text = f"Hi Priya,\n\nThe tour was a joy.\n\n{end}".replace("\n", newline)
    reading = Reading.of(text)
    assert reading.words(reading.closing) == closing.replace("\n", newline)
    assert reading.words(reading.signature).rstrip("-\r\n ") == signature.replace("\n", newline)
    assert reading.body == "The tour was a joy."


@pytest.mark.parametrize(
    "end",
    [
        "Thanks again for the tour.",
        "I wish you all the best with the launch.",
        "Thank you so much for the time you gave me and for the tour of the site.",
        "Best Buy hires in May.",
        "Warm bread and kind people: what more is there?",
    ],
)
def test_last_sentence_is_no_sign_off(end):
    """A last sentence with a sign-off's words in it belongs to the body."""
    reading = Reading.of(f"Hi Priya,\n\nThe tour was a joy. {end}\n\nDan")
    assert reading.closing is None
    assert reading.body.endswith(end)


def test_sign_off_after_the_last_sentence_on_one_line():
    """A sign-off may follow the last sentence on its line."""
    reading = Reading.of("Hi Priya, the tour was a joy. I learnt a lot. Best, Dan")
    assert reading.words(reading.closing) == "Best,"
    assert reading.words(reading.signature) == "Dan"


def test_postscript_is_body():
    """A postscript under the signature is part of the body again."""
    reading = Reading.of(
        "Hi Priya,\n\nThe tour was a joy.\n\nBest,\nDan\n\nP.S. The dog sends love.\nAnd the cat."
    )
    assert reading.words(reading.signature) == "Dan"
    assert reading.body.endswith("P.S. The dog sends love. And the cat.")
    assert reading.paragraphs == 2


def test_postscript_above_the_sign_off_is_an_ordinary_sentence():
    """A PS with no signature above it does not hide the sign-off under it."""
    reading = Reading.of("Hi Priya,\n\nThe tour was a joy.\nPS The dog sends love.\n\nBest,\nDan")
    assert reading.words(reading.closing) == "Best,"
    assert "dog" in reading.body


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Subject: Thank you\n\nHi", "Thank you"),
        ("SUBJECT:Thank you  \nHi", "Thank you"),
        ("**Subject:** Thank you **\n\nHi", "Thank you"),
        (
            "From: dan@a.example\nTo: p@b.example\nSubject: Thank you\nDate: today\n\nHi",
            "Thank you",
        ),
        ("\ufeffSubject line: Thank you\r\n\r\nHi", "Thank you"),
        ("Subject:\n\nHi", ""),
        ("Hi there", ""),
    ],
)
def test_subject_is_read_from_the_headers(text, subject):
    """The subject is found among headers, with or without Markdown around it."""
    reading = Reading.of(text)
    assert reading.words(reading.subject) == subject


SENTENCES = [
    ("I met Dr. Nair at 9 a.m. on Tuesday. It was good.", 2),
    ("I met Mr J. R. Smith there. It was good.", 2),
    ("We spoke of e.g. Kafka, Go, etc. It was good.", 2),
    ("Wait... what? Yes!", 2),
    ("It was, well… quite good. Yes.", 2),
    ("See https://a.example/b.c?d=e! Then write.", 2),
    ("He said “Come.” I came.", 2),
    ("I have:\n- one dog\n- two cats\n* a fish", 4),
    ("I have:\n1. one dog\n2) two cats", 3),
    ("A line that is wrapped\nby a mail program ends here.", 1),
    ("一句话。两句话！", 2),
    ("No. 7 is ours. So is No. 8.", 2),
    ("I'd love the I.T. Technician role at Acme. It fits me.", 2),
    ("I like working in I.T. The role fits.", 2),
    ("I have been an R.N. since 2019.", 1),
    ("---", 0),
]


@pytest.mark.parametrize(("text", "count"), SENTENCES)
def test_sentences_are_split_where_a_reader_would(text, count):
    """Abbreviations, initials, links, lists and wrapped lines do not confuse the splitter."""
    found = [sentence.text for sentence in Reading.of("Hi Al,\n\n" + text).sentences]
    assert len(found) == count, found


def test_paragraphs_are_counted():
    """Blank lines part paragraphs, with any kind of line end and stray spaces."""
    for blank in ("\n\n", "\r\n\r\n", "\n \t\n", "\n\n\n\n", "\r\r"):
        assert Reading.of(f"One is here.{blank}Two is here.").paragraphs == 2, repr(blank)
    assert Reading.of("").paragraphs == 0


def test_composition_keeps_its_parts():
    """A message composed of parts is read like free text and remembers where its parts are."""
    parts = {
        Part.SUBJECT: "Hi",
        Part.GREETING: "Dear Al,",
        Part.GRATITUDE: "Thank you.",
        Part.CLOSING: "Best,\nBo",
    }
    reading = Reading.of(Composition(Kind.THANK_YOU, parts))
    assert reading.words(reading.greeting) == "Dear Al,"
    assert reading.words(reading.parts[Part.GRATITUDE]) == reading.body == "Thank you."
    assert reading.word_count == 2


PIECES = st.sampled_from(
    ["Dear ", "Hi", "Subject: ", "Priya", ", ", "\n", "\r\n", "\n\n", ". ", "...", "!", "? ", "Best regards,", "Thanks", " - ",
     "P.S. ", "> ", "https://a.example/x", "\u200b", "\ud800", "\u202e", "王", "é", "\x00", "\u2028", "On x wrote:", "a@b.c", "•", "-- "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=400)))
def test_spans_lie_inside_the_text_in_order(text):
    """Any text is read without an exception, and all spans are inside it and do not overlap."""
    reading = Reading.of(text)
    spans = [reading.subject, reading.greeting, *(s.span for s in reading.sentences)]
    spans = [span for span in spans if span]
    for start, end in [*spans, *(s for s in (reading.closing, reading.signature) if s)]:
        assert 0 <= start <= end <= len(text)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert all(s.text == text[slice(*s.span)] and s.text.strip() for s in reading.sentences)


@pytest.mark.parametrize(
    "unit",
    ["!", ".", "?)", "\n", "\n ", " \n", "\r", "a.", "- ", "\n- ", "Dear ", "Best ", ",", "“", "a\n", ">\n", "Thanks,\n", "1. ", "\u2028",
     "P.S. ", "_", "\n\n\n", ". ", "…", "x@", "http://", "Hi, "],
)  # fmt: skip
def test_reading_takes_linear_time(unit):
    """64 KB of one repeated piece are read in a moment."""
    text = "Hi Al, " + unit * (65_536 // len(unit)) + "x"
    started = time.process_time()
    Reading.of(text)
    assert time.process_time() - started < 3

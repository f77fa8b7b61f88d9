"""Numbers, dates, links, words and spellings as the readers take them from a text."""

from __future__ import annotations

import pytest

from followup_agent.guide.grounding.dates import mentions
from followup_agent.guide.grounding.lexicon import is_english, is_name
from followup_agent.guide.grounding.links import link_key, links_in
from followup_agent.guide.grounding.quantities import quantities
from followup_agent.guide.grounding.spelling import Near, distance
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.words import fold, plain, shape, words_in


def numbers(text):
    return [(q.values, q.dimension) for q in quantities(text, words_in(text), set())]


@pytest.mark.parametrize(
    ("text", "values", "dimension"),
    [
        ("40 services", (40.0,), "count"), ("forty services", (40.0,), "count"),
        ("forty-five", (45.0,), "count"), ("forty five", (45.0,), "count"),
        ("one hundred and twenty beds", (120.0,), "count"), ("a hundred", (100.0,), "count"),
        ("two hundred thousand", (200_000.0,), "count"), ("three million", (3e6,), "count"),
        ("1,200", (1200.0, 1.2), "count"), ("1.200", (1200.0, 1.2), "count"),
        ("1 200", (1200.0,), "count"), ("1\u202f200", (1200.0,), "count"), ("1,20,000", (120_000.0,), "count"),
        ("3.1%", (3.1,), "percent"), ("3,5 %", (3.5,), "percent"), ("12 per cent", (12.0,), "percent"),
        ("12k users", (12_000.0,), "count"), ("1.2 million", (1.2e6,), "count"), ("£2m", (2e6,), "£"),
        ("$92k", (92_000.0,), "$"), ("58 dollars", (58.0,), "$"), ("Rs 14 lakh", (1.4e6,), "₹"),
        ("4kg", (4.0,), "mass"), ("4 kg", (4.0,), "mass"), ("75-minute", (75.0,), "time"),
        ("four-day", (4.0,), "time"), ("twenty-five-minute", (25.0,), "time"), ("forty-odd", (40.0,), "count"),
        ("five working days", (5.0,), "time"), ("20+ clients", (20.0,), "count"), ("٤٠", (40.0,), "count"),
    ],
)  # fmt: skip
def test_numbers_are_read_in_any_form(text, values, dimension):
    """Digits and words, separators, scales, currencies and units."""
    assert numbers(text)[0] == (values, dimension)


@pytest.mark.parametrize(
    "text", ["1.2.3", "21st", "3D", "B2B", "hundred", "forty-", "seven-", "5foo"]
)
def test_what_is_no_quantity_is_left(text):
    """Versions, ordinals and names with digits count nothing."""
    assert [n for n in numbers(text) if n[0] not in {(40.0,), (7.0,)}] == []


def test_numbers_in_a_row_are_several():
    """A list is not one number."""
    assert [v for v, _ in numbers("five six, 40 300000 and one two")] == [
        (5.0,), (6.0,), (40.0,), (300_000.0,), (1.0,), (2.0,),
    ]  # fmt: skip
    assert numbers("one hundred. Twenty")[0] == ((100.0,), "count")


def dates(text):
    found = mentions(text, words_in(text))
    return [(m.kind, text[m.start : m.end]) for m in found]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("on 12 May we", "date", "12 May"), ("on May 12th, 2026, we", "date", "May 12th, 2026"),
        ("on the 12th of May", "date", "12th of May"), ("by the 26th.", "day", "26th"),
        ("2026-05-12", "date", "2026-05-12"), ("on 12/05", "date", "12/05"), ("12.05.26", "date", "12.05.26"),
        ("Tuesday, 12 May", "date", "Tuesday, 12 May"), ("12 May (Tuesday)", "date", "12 May (Tuesday"),
        ("Tuesday the 12th", "day", "Tuesday the 12th"), ("the fifth of August", "date", "fifth of August"),
        ("on the seventh, I", "day", "seventh"), ("in May", "month", "May"), ("in May 2026", "month", "May 2026"),
        ("early june", "month", "june"), ("the Sept 2026 intake", "month", "Sept 2026"),
        ("on Tues we", "weekday", "Tues"), ("Friday afternoon", "weekday", "Friday afternoon"),
        ("since 2018", "year", "2018"), ("at 14:00", "time", "14:00"), ("at 2 pm", "time", "2 pm"),
        ("at 2.30pm", "time", "2.30pm"), ("at 2 p.m. on", "time", "2 p.m"), ("at 10 am", "time", "10 am"),
        ("at 2 o'clock", "time", "2 o'clock"), ("yesterday morning", "relative", "yesterday morning"),
        ("last week", "relative", "last week"), ("this afternoon", "relative", "this afternoon"),
        ("by Easter", "holiday", "Easter"), ("in the autumn", "season", "autumn"), ("next spring", "season", "spring"),
        ("12–14 May", "date", "12"), ("12 and 14 May", "date", "12"),
    ],
)  # fmt: skip
def test_dates_are_read_in_any_form(text, kind, words):
    """Dates, weekdays, months, years, times, and words for days."""
    assert dates(text)[0] == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "May I ask", "I may go", "we march on", "an august body", "the 12th floor", "24/7", "sat down",
        "the second point", "on the second, I", "Sun rises", "£2026", "2026,500", "a good summer", "this way",
        "April showers", "13/45", "25:99", "1900", "99.99.9999", "Mar is short", "last call",
        "June mentioned it", "in DEC systems", "12 and then 14", "a 5 to 9 job", "next morning",
    ],
)  # fmt: skip
def test_what_is_no_date_is_left(text):
    """Modal verbs, floors, scores and numbers that look like dates."""
    assert [d for d in dates(text) if d[1] != "1900"] == []


def test_a_count_after_a_month_is_no_day():
    """The text "in March 12 farms" names a month and counts farms."""
    assert dates("in March 12 farms") == [("month", "March")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://a.example/b.", ["https://a.example/b"]), ("(https://a.example/b)", ["https://a.example/b"]),
        ("[x](https://a.example/b_(c))", ["https://a.example/b_(c)"]), ("<https://a.example>", ["https://a.example"]),
        ("[https://a.example](https://b.example)", ["https://a.example"]),
        ("me@b.example, please", ["me@b.example"]), ("mailto:me@b.example", ["mailto:me@b.example"]),
        ("www.a.example/x?y=1", ["www.a.example/x?y=1"]), ("a.example/b,", ["a.example/b"]),
        ("go to a.example now", ["a.example"]), ("Node.js and ASP.NET", []), ("e.g. this, i.e. that", []),
        ("at 3.5 or 1.2.3", []), ("done.so we went", []), ("on linkedin.com now", []), ("so us.at it", []),
        ("https://", []), ("nothing here", []),
    ],
)  # fmt: skip
def test_links_are_read_without_the_sentence_around_them(text, found):
    """Punctuation, brackets and Markdown stay outside; file names are no links."""
    assert [link.text for link in links_in(text)] == found


def test_links_compare_after_the_scheme():
    """The host knows no case; the path does."""
    assert link_key("https://A.example/B") == "a.example/B" == link_key("A.EXAMPLE/B")
    assert link_key("https://a.example/") == link_key("a.example")
    assert link_key("Me@B.example") == "me@b.example"


def test_words_are_folded_over_forms_of_unicode():
    """Composed or not, any apostrophe, no possessive, no zero-width marks."""
    assert fold("Élodie’s") == fold("E\u0301lodie's") == "élodie"
    assert fold("Pri\u200bya") == "priya"
    assert plain("søren") == "soren"
    assert shape("O’Brien’s") == "O'Brien"
    assert shape("Bob's") == shape("Bob") == "Bob"
    assert fold("x" * 60) == "x" * 60
    assert [w.text for w in words_in("O'Neil’s Strøm-Østby 75-minute —é")] == [
        "O'Neil’s", "Strøm-Østby", "75", "minute", "é",
    ]  # fmt: skip


def test_the_lexicon_knows_words_and_names():
    """First and last words of the lists are found, strangers are not."""
    assert all(
        is_english(word)
        for word in ["aardvark", "thank", "onboarding", "zoom", "we'll", "well-known"]
    )
    assert not any(is_english(word) for word in ["northwind", "zzzz", "", "0", "x" * 50])
    assert is_name("karen")
    assert not is_name("thank")


def test_near_names_are_found_within_their_edits():
    """One edit for short names, two for long ones; a swap is one."""
    near = Near(["priya", "tom", "narayanan", "tim", "x" * 40])
    assert near.find("pirya") == "priya"
    assert near.find("narayannen") == "narayanan"
    assert near.find("tam") in {"tom", "tim"}
    assert near.find("dom") is None
    assert near.find("karen") is None
    assert near.find("x" * 41) is None
    assert Near([]).find("priya") is None
    assert distance("abcd", "acbd") == 1


@pytest.mark.parametrize(
    ("one", "two"),
    [("migrated", "migration"), ("designed", "designing"), ("taught", "teaching"), ("services", "service"),
     ("certified", "certificate"), ("planner", "planned"), ("studies", "studied")],
)  # fmt: skip
def test_related_words_share_a_stem(one, two):
    """Inflections and usual derivations meet."""
    assert stem(one) == stem(two)

"""The rule `placeholder`."""

from __future__ import annotations

import pytest
from style_case import STRANGE, case, words

from followup_agent.guide.case import Case
from followup_agent.guide.reading import Reading
from followup_agent.guide.rules.placeholder import placeholder
from followup_agent.kinds import Kind


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("I thank you for our talk on [date].", "[date]"),
        ("I met [Interviewer's name] there.", "[Interviewer's name]"),
        ("It is about [something she said on oil].", "[something she said on oil]"),
        ("The work at <company> is for me.", "<company>"),
        ("I want the {role} job.", "{role}"),
        ("Hi {{name}}, thanks.", "{{name}}"),
        ("Hi ${first_name}, thanks.", "${first_name}"),
        ("Hi %FIRST_NAME%, thanks.", "%FIRST_NAME%"),
        ("Hi *|FNAME|*, thanks.", "*|FNAME|*"),
        ("Dear «name», thanks.", "«name»"),
        ("I met (name) there.", "(name)"),
        ("I met (insert the name) there.", "(insert the name)"),
        ("The paper is here (add link here).", "(add link here)"),
        ("TODO: her point about oil", "TODO"),
        ("The date is TBD.", "TBD"),
        ("I look out for the paper on XXX, and more.", "XXX"),
        ("We met on XX May.", "XX"),
        ("We met on XX/XX.", "XX/XX"),
        ("We met on DD/MM/YYYY.", "DD/MM/YYYY"),
        ("I liked ___ most.", "___"),
        ("Lorem ipsum dolor.", "Lorem ipsum"),
        ("I met INSERT NAME there.", "INSERT NAME"),
        ("I want to join Company Name.", "Company Name"),
        ("I am Your Name.", "Your Name"),
    ],
)
def test_blanks_are_found(sentence: str, meant: str) -> None:
    """A template's blank is found in each of its shapes."""
    it = case(sentence)
    assert words(it, placeholder(it)) == [meant]


@pytest.mark.parametrize(
    "sentence",
    [
        "Here is [the article](https://example.org).",
        "She wrote “teh [sic] end” and “[t]he start”.",
        "It is in the list [1], [2-4] and [...].",
        "The sets [0, 1] and {1, 2}; a < b and c > d; List<String> and a[i] too.",
        "I set `{user_id}` and `[name]` in the code.",
        "See <https://example.org> or <dan@example.org>.",
        "It is <b>bold</b>.",
        "The Q&A (30 min) and the panel (Tom, Ada) were fine.",
        "I take size XXL, it was the XXI century, Super Bowl XXX and the XX chromosomes.",
        "Your name came up, and so did the company name.",
        "I liked the to-do list and the title deeds.",
        "“We [the nurses] know it,” you said.",
        "The «petite salle» is small.",
        "I wrote file_name and __init__ in Python.",
    ],
)
def test_legitimate_brackets_pass(sentence: str) -> None:
    """Links, sizes, kings, code and asides are no blanks."""
    it = case(sentence)
    assert words(it, placeholder(it)) == []


def test_words_of_the_notes_pass() -> None:
    """What stands in the notes is meant."""
    it = case("I liked [env], {region} and the TODO app.", tone="neutral")
    assert words(it, placeholder(it)) == []


@pytest.mark.parametrize("name", ["Your Name", "your name", "YOUR NAME", "[Your Name]", "<name>"])
def test_blank_signature(name: str) -> None:
    """A signature that was never filled in is a blank."""
    it = Case(Reading.of(f"Dear Ada,\n\nThank you.\n\nKind regards,\n{name}"), Kind.THANK_YOU)
    assert words(it, placeholder(it)) == [name]


@pytest.mark.parametrize("text", STRANGE)
def test_any_text(text: str) -> None:
    """Spans stay inside the text whatever it is."""
    it = Case(Reading.of(text), Kind.THANK_YOU)
    for finding in placeholder(it):
        assert finding.span is not None
        assert 0 <= finding.span[0] <= finding.span[1] <= len(text)

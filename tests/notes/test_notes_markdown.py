"""Markdown: front matter, headings, comments, bullets."""

from __future__ import annotations

from pathlib import Path

import pytest

from followup_agent.notes import load_notes
from followup_agent.notes.names import HEADINGS, SECTIONS

EXAMPLE = Path(__file__).parents[2] / "examples" / "notes.md"


def test_example():
    """The example of the repository holds every section, with what was raised by whom and where."""
    notes = load_notes(EXAMPLE)
    assert notes.interview_date.isoformat() == "2026-05-12"
    assert {item.by for item in notes.topics} == {"Priya Nair", "Tom Becker"}
    rows = EXAMPLE.read_text("utf-8").splitlines()
    for fact in notes.facts:
        assert fact.line is not None
        assert fact.text.split("T")[0].split(" ")[0] in rows[fact.line - 1]
    assert notes.log == ()
    assert notes.private


@pytest.mark.parametrize(
    ("field", "words"), [(f, w) for f in SECTIONS if f != "private" for w in HEADINGS[f]]
)
@pytest.mark.parametrize("write", [str.upper, str.lower])
def test_synonyms(small, field, words, write):
    """Each section is found under each of its other names, in any case."""
    line = {
        "resources": "- https://example.org/x",
        "log": "- 2026-05-13 sent thank-you to Tom",
    }.get(field, "- something else")
    notes = load_notes(f"{small}\n### {write(words)}:\n{line}\n")
    assert getattr(notes, field)[-1].line == 14


@pytest.mark.parametrize("mark", ["#", "##", "######", "#######", "  ##", "> ##"])
@pytest.mark.parametrize("end", ["", " ##", ":", "  "])
def test_heading_levels(small, mark, end):
    """A heading counts at any level, indented or quoted, closed with # or not."""
    notes = load_notes(f"{small}\n{mark} Their needs{end}\n- calm\n")
    assert [(item.text, item.line) for item in notes.needs] == [("calm", 14)]


def test_heading_without_space(small):
    """A heading with no space after its # is one too: nothing leaks into the section above."""
    notes = load_notes(f"{small}\n#Private\nsecret\n#Timeline\ntwo weeks\n")
    assert [item.text for item in notes.topics] == ["moving the claims service"]
    assert [item.text for item in notes.timeline] == ["two weeks"]


def test_hashtag_is_text(small):
    """One # before a word that is no section is text."""
    notes = load_notes(f"{small}- all about\n  #kafka\n")
    assert notes.topics[1].text == "all about #kafka"


def test_same_section_twice(small):
    """Two sections of one name are one, in their order."""
    notes = load_notes(f"{small}## Log\n2026-05-13 called\n# Discussed\n- on-call\n")
    assert [item.text for item in notes.topics] == ["moving the claims service", "on-call"]
    assert notes.lines["topics"] == 10


def test_items(small):
    """Bullets of every sort, continuation lines and paragraphs are items with their own lines."""
    body = (
        "* star\n+ plus\n  goes on\n1. one\n2) two\nlazy line\n\n  after a blank, indented\n"
        "- [ ] open box\n- [x] ticked\n-\n---\n\nA paragraph\nof two lines.\n\nAnother.\n"
    )
    notes = load_notes(f"{small}## Personal\n{body}")
    assert [(item.line, item.text) for item in notes.personal] == [
        (13, "star"),
        (14, "plus goes on"),
        (16, "one"),
        (17, "two lazy line after a blank, indented"),
        (21, "open box"),
        (22, "ticked"),
        (26, "A paragraph of two lines."),
        (29, "Another."),
    ]


def test_nested_bullets(small):
    """Bullets under one that ends in a colon share it as their prefix, until the indent ends."""
    notes = load_notes(f"{small}- Tom:\n  - on-call\n  - alerts\n- tests\n- Tools:\n    - Kafka\n")
    assert [(item.text, item.by) for item in notes.topics[1:]] == [
        ("on-call", "Tom Becker"),
        ("alerts", "Tom Becker"),
        ("tests", None),
        ("Tools: Kafka", None),
    ]


def test_entries_without_bullets(small):
    """In the Log and in Resources each line that begins as an entry is one, bullet or not."""
    notes = load_notes(
        f"{small}## Log\n2026-05-13 sent thank-you to Tom\n2026-05-14 reply from Tom\n"
        "## Links\nhttps://example.org/a\n[b](https://example.org/b)\n"
    )
    assert [entry.line for entry in notes.log] == [13, 14]
    assert [link.title for link in notes.resources] == ["https://example.org/a", "b"]


def test_comments(small):
    """Comments vanish, also those of several lines that hold a heading, and lines stay counted."""
    body = (
        "<!-- one --> - two <!-- three\n## Private\nhidden --> words\n"
        "<!-->- five\n<!--\n# Nonsense\n-->\n- eight\n"
    )
    notes = load_notes(small + body)
    assert [(item.line, item.text) for item in notes.topics[1:]] == [
        (12, "two words"),
        (15, "five"),
        (19, "eight"),
    ]
    assert not notes.private


def test_blank_lines_first(small):
    """Blank lines at the top, a BOM and any line ends are fine, and lines are right."""
    for text in (f"\n\n{small}", f"\n\n{small}".replace("\n", "\r\n"), f"\r\r{small}"):
        notes = load_notes(f"\ufeff{text}")
        assert notes.topics[0].line == 13
        assert notes.lines["company"] == 5


def test_line_separators(small):
    """Unicode's line separators are spaces: no editor counts them as lines."""
    text = small.replace("Lumen Health", "Lumen\u2028Health").replace("claims", "claims\u2029\x85")
    notes = load_notes(text)
    assert notes.company == "Lumen Health"
    assert notes.topics[0].text == "moving the claims service"
    assert notes.topics[0].line == 11


def test_other_scripts(small):
    """Text of any script is kept as it is."""
    text = small.replace("Priya Nair", "李 小龙").replace("- Priya: ", "- 小龙： ")
    assert load_notes(text + "- הסבה לאירועים 🎉\n").topics[0].by == "李 小龙"


def test_sections_as_keys(small):
    """A section may be a key of the front matter instead, with its lines."""
    text = small.replace("---\n## T", "their_needs:\n  - calm\nmy_fit: >\n  - Kafka\n---\n## T")
    notes = load_notes(text)
    assert [(item.text, item.line) for item in notes.needs] == [("calm", 10)]
    assert [(item.text, item.line) for item in notes.fit] == [("Kafka", 11)]
    assert notes.lines["needs"] == 9


def test_known_headings_inside_text(small):
    """A plain line that only happens to be a section's other word is text."""
    notes = load_notes(f"{small}\n## Personal\n- Reading\n\nReading\n")
    assert [item.text for item in notes.personal] == ["Reading", "Reading"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Topcs\n- x", "12: unknown heading `Topcs`; did you mean `## Topics`?"),
        ("## Zebra\n- x", "12: unknown heading `Zebra`; the known ones are Topics, Their needs"),
        ("##\n- x", "12: unknown heading (not shown); the known ones are"),
        ("Timeline:\n- x", "12: write this heading as `## Timeline`"),
        ("**Timeline**\n- x", "12: write this heading as `## Timeline`"),
        ("Timeline\n========\n- x", "12: write this heading as `## Timeline`"),
        ("- ## Log\n", "12: write this heading as `## Log`"),
        ("<!-- never\nclosed", "12: the comment opened here is never closed; add `-->`"),
    ],
)
def test_heading_faults(small, faults, body, expected):
    """A heading that cannot be taken for one is a fault that names the nearest or the mend."""
    found = faults(f"{small}{body}\n")
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_text_before_heading(small, faults):
    """Text before the first heading is one fault, however long it is."""
    assert faults(small.replace("## Topics", "***\nHello\nyou\n## Topics")) == [
        "11: text before the first heading; put it under one, such as `## Topics`"
    ]


def test_unclosed_front_matter(small, faults):
    """A front matter that is never closed is said at the line that opens it."""
    assert faults(f"\n{small}".replace("---\n## T", "## T")) == [
        "2: the front matter opened here is never closed; add a line `---` after its last key"
    ]


def test_second_front_matter(small, faults):
    """A second front matter is refused."""
    assert "10: a second front matter begins here; join it to the first one" in faults(
        small.replace("## Topics", "---\ntone: warm\n---\n## Topics")
    )


def test_no_front_matter(faults):
    """Markdown without front matter is one fault that shows the block, not one for each key."""
    found = faults("company: X\n\n## Topics\n- x\n")
    assert len(found) == 1
    assert found[0].startswith("1: no front matter; begin with a line `---`")
    found = faults("company: X\n## Their needs\n- x\n")
    assert found[1].startswith("1: the section Topics is missing; under a heading `## Topics`")


def test_front_matter_only(faults):
    """A file that ends with its front matter lacks only the topics."""
    found = faults(
        "---\ncandidate: A\ncompany: B\nrole: C\ninterviewed: 2026-05-12\ninterviewers: D\n---"
    )
    assert [row.split(";")[0] for row in found] == ["1: the section Topics is missing"]


def test_section_and_key(small, faults):
    """A section that is also a key of the front matter is not merged in silence."""
    assert faults(small.replace("---\n## T", "topics: x\n---\n## T")) == [
        "11: `topics` also stands in the front matter; keep one of the two"
    ]

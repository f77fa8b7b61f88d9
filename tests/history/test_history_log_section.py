"""One line more in a notes file, and every other byte as it was."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_agent.errors import NotesError, OutputError
from followup_agent.history.log_section import with_log_line
from followup_agent.notes import load_notes
from followup_agent.notes.model import LogEntry

ENTRY = LogEntry(on=dt.date(2026, 5, 20), event="reply", person="Priya Nair", text="x")
LINE = "- 2026-05-20 reply from Priya Nair"
HEAD = """---
candidate: Daniel Okafor
company: Lumen Health
role: Engineer
interviewed: 2026-05-12
interviewers:
  - Priya Nair
---
## Topics
- moving the claims service
"""


def added(raw, name="notes.md", entry=ENTRY):
    return with_log_line(raw, name, entry)


def only_addition(old, new):
    """What was put into the old bytes to make the new ones, if nothing else changed."""
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    more = len(new) - len(old)
    for start in range(at, -1, -1):
        if new[:start] + new[start + more :] == old:
            return new[start : start + more]
    return None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## Log\n- 2026-05-12 called\n", f"## Log\n- 2026-05-12 called\n{LINE}\n"),
        ("## Log\n- 2026-05-12 called", f"## Log\n- 2026-05-12 called\n{LINE}"),
        ("## Log\n- 2026-05-12 called\n\n\n", f"## Log\n- 2026-05-12 called\n{LINE}\n\n\n"),
        ("## Log\n2026-05-12 called\n", f"## Log\n2026-05-12 called\n{LINE}\n"),
        ("## Log\n* 2026-05-12 called\n  and more\n", f"* 2026-05-12 called\n  and more\n{LINE}\n"),
        ("## Log\n", f"## Log\n{LINE}\n"),
        ("## Log", f"## Log\n{LINE}"),
        ("## History\n\n-\n", f"## History\n\n-\n{LINE}\n"),
        ("## Log\n<!-- a\n## b -->\n", f"<!-- a\n## b -->\n{LINE}\n"),
        ("## Log\n- 2026-05-12 called\n\n## Private\nx\n", f"called\n{LINE}\n\n## Private\nx\n"),
        ("## Log\n- 2026-05-12 a\n## Fit\n- b\n## Log\n- 2026-05-13 c\n", f"13 c\n{LINE}\n"),
        ("", f"\n## Log\n\n{LINE}\n"),
        ("- more", f"- more\n\n## Log\n\n{LINE}\n"),
        ("\n\n", f"\n\n\n## Log\n\n{LINE}\n"),
        ("# Private\nx\n", f"# Private\nx\n\n# Log\n\n{LINE}\n"),
        ("## Personal\n- x <!-- y\n--> \n", f"--> \n\n## Log\n\n{LINE}\n"),
    ],
)
def test_it_goes_to_the_end_of_the_log(body, expected):
    """Behind what stands in the Log, else under a heading at the file's end."""
    old = f"{HEAD}{body}".encode()
    new = added(old)
    assert expected in new.decode()
    assert only_addition(old, new) is not None
    assert load_notes(new).log[-1].person == "Priya Nair"


def test_the_template_takes_it(text):
    """A file of `followup-agent new` keeps its comments; the line follows them."""
    from followup_agent.notes import new_notes

    old = new_notes(
        company="Lumen",
        role="Engineer",
        interviewers=["Priya Nair"],
        candidate="Daniel",
        interviewed="2026-05-12",
    ).replace("- Priya: the migration -->\n\n-", "-->\n\n- the migration")
    new = added(old.encode()).decode()
    assert new == f"{old}{LINE}\n"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "body", ["", "## Log\n", "## Log\n- 2026-05-12 called", "## Log\n\n## Fit\n- a\n"]
)
def test_line_ends_and_marks_stay(end, mark, body):
    """CRLF, CR, a byte order mark and a missing last line end are kept and continued."""
    old = mark + f"{HEAD}{body}".replace("\n", end).encode()
    new = added(old)
    fresh = only_addition(old, new)
    assert LINE.encode() in fresh
    rest = fresh.decode().replace(end, "")
    assert "\n" not in rest
    assert "\r" not in rest
    assert new.startswith(mark)


def test_mixed_line_ends_follow_the_neighbour():
    """In a file of mixed line ends the new line ends as the one before it does."""
    old = f"{HEAD}## Log\n- 2026-05-12 called\r\n\n## Fit\n- a\n".encode()
    assert f"called\r\n{LINE}\r\n\n## Fit".encode() in added(old)


def test_what_is_there_is_not_added_again():
    """Adding twice is adding once, to the byte."""
    once = added(HEAD.encode())
    assert added(once) is once


def test_separators_inside_lines_are_no_lines():
    """A form feed or U+2028 stays where it is and does not shift the place."""
    old = f"{HEAD}- a\u2028b\x0bc\x85d\n## Log\n- 2026-05-12 e\u2029f\n## Fit\n- g\n".encode()
    assert LINE.encode() in only_addition(old, added(old))


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("candidate: A\ncompany: B\nrole: C\ninterviewed: 2026-05-12\ninterviewers: Priya Nair\ntopics: x\n", "n.yaml"),
        ('{"candidate": "A", "company": "B", "role": "C", "interviewed": "2026-05-12", "interviewers": ["Priya Nair"], "topics": ["x"]}', "n.json"),
        (HEAD.replace("---\n## T", "log: 2026-05-12 called\n---\n## T"), "n.md"),
    ],
)  # fmt: skip
def test_where_it_cannot_be_added_the_line_is_given(raw, name):
    """YAML, JSON and a Log in the front matter are left alone; the line is there to copy."""
    with pytest.raises(OutputError) as caught:
        added(raw.encode(), name)
    assert str(caught.value).startswith(f"{name}: ")
    assert "2026-05-20 reply from Priya Nair" in str(caught.value)


def test_a_name_that_the_log_cannot_hold_is_refused():
    """A person whose name would be read back as another is not written."""
    odd = ENTRY.model_copy(update={"person": "Ana (HR)"})
    with pytest.raises(OutputError, match="without changing more; add this to its Log yourself"):
        added(HEAD.encode(), entry=odd)


def test_broken_notes_are_told():
    """Notes that cannot be read are not written to."""
    with pytest.raises(NotesError, match="no front matter"):
        added(b"just text")


BODIES = st.lists(
    st.sampled_from(
        ["## Log", "## Private", "# Private", "### Log", "- 2026-05-12 called", "- x", "", "text",
         "<!--", "-->", "<!-- c -->", "  - y", "> q", "```", "---", "## Fit", "2026-05-13 x", "\t", "Log:"]
    ),
    max_size=9,
)  # fmt: skip


@given(BODIES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_nothing_else_ever_changes(rows, end, last):
    """Whatever a file holds: the bytes around the new line stay, and so do its notes."""
    old = (HEAD + "\n".join(rows) + ("\n" if last else "")).replace("\n", end).encode()
    try:
        before = load_notes(old)
    except NotesError:
        return
    try:
        new = added(old)
    except OutputError:
        return
    assert only_addition(old, new) is not None
    after = load_notes(new)
    assert after.model_copy(update={"log": before.log}).model_dump() == before.model_dump()
    assert len(after.log) == len(before.log) + 1

"""A mailto: link carries the draft, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from deliverable import BODY, generated, make_draft, make_notes

from followup_agent.errors import DraftRejected, OutputError
from followup_agent.outbox.mailto import LONGEST, mailto_url


def test_a_link():
    """Percent-encoded UTF-8, with line breaks as RFC 6068 wants them."""
    draft = make_draft(subject="Grüße & Dank", body="Hi,\n\n1 + 1 = 2?")
    assert mailto_url(draft, make_notes()) == (
        "mailto:priya.nair@lumen.example?subject=Gr%C3%BC%C3%9Fe%20%26%20Dank"
        "&body=Hi%2C%0D%0A%0D%0A1%20%2B%201%20%3D%202%3F"
    )


def test_without_an_address_the_mail_program_asks():
    """The recipient is left open where the notes hold no address."""
    notes = make_notes(interviewers=["Priya Nair"])
    assert mailto_url(make_draft(notes), notes).startswith("mailto:?subject=")


def test_an_address_cannot_add_fields():
    """Characters that separate are encoded in the address, too."""
    people = [{"name": "Priya Nair", "email": "a&cc=b?x%2c+d@lumen.example"}]
    notes = make_notes(interviewers=people)
    url = mailto_url(make_draft(notes), notes)
    assert url.startswith("mailto:a%26cc%3Db%3Fx%252c%2Bd@lumen.example?subject=")


def test_a_long_draft_is_refused_with_the_mend():
    """A link that would be cut is not made; the file is named instead."""
    with pytest.raises(OutputError, match=r"to Priya Nair .*1,600.*--format eml"):
        mailto_url(make_draft(body="word " * 320), make_notes())


def test_the_longest_link_is_made():
    """1,600 characters are allowed, one more is not."""
    room = LONGEST - len(mailto_url(make_draft(body=""), make_notes()))
    assert len(mailto_url(make_draft(body="x" * room), make_notes())) == LONGEST
    with pytest.raises(OutputError):
        mailto_url(make_draft(body="x" * (room + 1)), make_notes())


def test_only_a_valid_draft_becomes_a_link():
    """Nothing with required parts missing is delivered."""
    with pytest.raises(DraftRejected):
        mailto_url(make_draft(valid=False), make_notes())


def test_any_script_comes_back():
    """Unquoting the two fields gives the draft again."""
    for seed in range(100):
        draft, notes = generated(seed)
        short = {"subject": draft.subject[:20], "body": draft.body[-20:].strip()}
        draft = draft.model_copy(update=short)
        url = mailto_url(draft, notes)
        found = re.fullmatch(r"mailto:[^?]*\?subject=([^&]*)&body=([^&]*)", url)
        assert unquote(found[1]) == draft.subject
        assert unquote(found[2]).replace("\r\n", "\n") == draft.body


def test_the_body_is_the_drafts():
    """Paragraphs stay paragraphs."""
    assert unquote(mailto_url(make_draft(), make_notes())).endswith(BODY.replace("\n", "\r\n"))

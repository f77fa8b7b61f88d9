"""An .eml file is an editable draft, the same in every mail program."""

from __future__ import annotations

import email
import email.policy
import re

import pytest
from deliverable import BODY, generated, make_draft, make_notes
from hypothesis import given
from hypothesis import strategies as st
from mail_reader import check_octets, headers_of

from followup_agent.errors import (
    DraftRejected,
    HeaderRefused,
    KindError,
    RecipientError,
)
from followup_agent.guide.registry import Violation
from followup_agent.kinds import Kind
from followup_agent.outbox.eml import eml_bytes, quoted_printable
from followup_agent.records import Recipient


def read(eml: bytes):
    return email.message_from_bytes(eml, policy=email.policy.default)


def test_a_draft_to_edit():
    """Editable, with the people of the notes, and without what only a sent mail has."""
    assert eml_bytes(make_draft(), make_notes()) == (
        b"X-Unsent: 1\r\n"
        b"From: Daniel Okafor <daniel@okafor.example>\r\n"
        b"To: Priya Nair <priya.nair@lumen.example>\r\n"
        b"Subject: Thank you for the interview, Senior Backend Engineer\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n"
        b"Dear Priya,\r\n\r\nThank you for your time on Tuesday.\r\n\r\n"
        b"Kind regards,\r\nDaniel Okafor\r\n"
    )


def test_without_addresses_there_are_no_people():
    """An empty To is left out, and the mail program's own account is the sender."""
    notes = make_notes(candidate="Daniel Okafor", interviewers=["Priya Nair"])
    names = [name for name, _ in headers_of(eml_bytes(make_draft(notes), notes))]
    assert names[:2] == ["X-Unsent", "Subject"]


def test_a_draft_that_is_not_valid_stays_here():
    """Nothing with required parts missing is delivered."""
    missing = Violation(rule="gratitude", part="gratitude", severity="required", message="none")
    advice = missing.model_copy(update={"severity": "advice"})
    draft = make_draft(valid=False, violations=(missing, advice))
    with pytest.raises(DraftRejected) as caught:
        eml_bytes(draft, make_notes())
    assert caught.value.violations == (missing,)


def test_an_invitation_is_no_mail():
    """What goes to LinkedIn has no subject, and the mend is named."""
    with pytest.raises(KindError, match="--copy"):
        eml_bytes(make_draft(kind=Kind.LINKEDIN, subject=None), make_notes())


@pytest.mark.parametrize(
    "to",
    [
        Recipient(name="Priya Nair", email="evil@lumen.example"),
        Recipient(name="Priya Nair"),
        Recipient(name="Eve", email="priya.nair@lumen.example"),
    ],
)
def test_a_recipient_who_is_not_in_the_notes_is_refused(to):
    """Whom it goes to is what the notes say, whatever a draft says."""
    with pytest.raises(RecipientError, match=r"notes\.md: .*\(Priya Nair\)"):
        eml_bytes(make_draft(to=to), make_notes())


def test_two_of_one_name_are_told_apart_by_address():
    """The address of the draft's own recipient is taken."""
    people = [
        {"name": "Kim Lee", "email": "k1@lumen.example"},
        {"name": "Kim Lee", "email": "k2@lumen.example"},
    ]
    notes = make_notes(interviewers=people)
    draft = make_draft(notes, to=Recipient(name="Kim Lee", email="k2@lumen.example"))
    assert b"k2@lumen.example" in eml_bytes(draft, notes)


def test_any_script_comes_back():
    """Names, subject and every character of the body survive Python's parser."""
    for seed in range(300):
        draft, notes = generated(seed)
        eml = eml_bytes(draft, notes)
        check_octets(eml)
        mail = read(eml)
        people = [mail["To"].addresses[0].display_name, mail["From"].addresses[0].display_name]
        # Without spaces: CPython 3.11 adds one between two encoded words of a name.
        assert [p.replace(" ", "") for p in people] == [
            notes.interviewers[0].name.replace(" ", ""),
            notes.candidate.name.replace(" ", ""),
        ], seed
        assert mail["Subject"] == draft.subject, seed
        text = mail.get_payload(decode=True).decode().replace("\r\n", "\n")
        assert text == draft.body + "\n", seed
        assert not mail.defects


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=400))
def test_a_line_of_any_length_is_split_between_characters(line):
    """Pieces are short, end in no white space, and none holds half a character."""
    pieces = list(quoted_printable(line))
    for piece in pieces:
        assert len(piece) <= 76
        assert not piece.startswith((".", "From "))
        assert not re.search(r"[ \t]$", piece)
        octets = re.sub(
            rb"=([0-9A-F]{2})", lambda m: bytes.fromhex(m[1].decode()), piece.rstrip("=").encode()
        )
        octets.decode()
    joined = "".join(p[:-1] for p in pieces[:-1]) + pieces[-1]
    import quopri

    assert quopri.decodestring(joined.encode()).decode() == line


def test_a_body_with_a_control_character_is_refused():
    """A NUL in a model's text reaches no mail store."""
    with pytest.raises(HeaderRefused, match="the body"):
        eml_bytes(make_draft(body=BODY + "\0"), make_notes())

"""Drafts go through a real mail server and come back unchanged."""

from __future__ import annotations

import random

import pytest
from deliverable import generated, phrase
from dovecot import DRAFTS, PASSWORD, USER, running_dovecot
from real_programs import needs, read_by_javascript

from followup_agent.errors import LoginRefused, MailServerFailed, NoDraftsFolder
from followup_agent.outbox.account import Account
from followup_agent.outbox.eml import eml_bytes
from followup_agent.outbox.imap import append_draft
from followup_agent.outbox.mailbox_name import encode
from followup_agent.settings import Secret

pytestmark = [pytest.mark.programs, pytest.mark.server]

COUNT = 1000


@pytest.fixture(scope="module")
def dovecot():
    """One server for all tests here."""
    needs("dovecot", "openssl")
    with running_dovecot() as server:
        yield server


@pytest.fixture
def account(dovecot):
    """Makes an account on it; over TLS unless something else is said."""

    def make(**keys) -> Account:
        base = {
            "host": "127.0.0.1",
            "user": USER,
            "password": Secret(PASSWORD),
            "port": dovecot.tls,
            "trusted": str(dovecot.authority),
        }
        return Account(**{**base, **keys})

    return make


def test_a_thousand_drafts_come_back_unchanged(dovecot, account):
    """In the folder marked for drafts, octet by octet, and read there as they were written."""
    needs("node")
    drafts = [generated(seed) for seed in range(COUNT)]
    mails = [eml_bytes(draft, notes) for draft, notes in drafts]
    assert {append_draft(account(), mail) for mail in mails} == {DRAFTS}
    back = dovecot.mails(encode(DRAFTS))
    assert [octets for _, octets in back] == mails
    assert {frozenset(flags) for flags, _ in back} == {frozenset({rb"\Draft", rb"\Seen"})}
    read = read_by_javascript(octets for _, octets in back)
    for (draft, notes), both in zip(drafts, read, strict=True):
        mail = both["postal-mime"]
        assert mail["subject"] == draft.subject
        assert mail["text"].rstrip("\n") == draft.body.rstrip("\n")
        assert mail["to"][0]["name"] == notes.interviewers[0].name
        assert mail["from"]["name"] == notes.candidate.name


def test_starttls(dovecot, account):
    """The other port is as safe."""
    eml = eml_bytes(*generated(7))
    assert append_draft(account(port=dovecot.plain, security="starttls"), eml) == DRAFTS
    assert dovecot.mails(encode(DRAFTS))[-1][1] == eml


def test_a_folder_of_any_name(dovecot, account):
    """Modified UTF-7 as a real server understands it."""
    rng = random.Random(3)
    eml = eml_bytes(*generated(3))
    for number in range(10):
        name = f"{number} {phrase(rng, 3)}".replace("/", "").replace(".", "")
        wire = encode(name).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
        with dovecot.client() as client:
            assert client.create(f'"{wire.decode()}"')[0] == "OK"
        assert append_draft(account(folder=name), eml) == name
        assert [octets for _, octets in dovecot.mails(wire)] == [eml]


def test_a_folder_that_is_not_there(account):
    """It is named, and not made."""
    with pytest.raises(NoDraftsFolder, match="FOLLOWUP_IMAP_FOLDER"):
        append_draft(account(folder="Nowhere"), eml_bytes(*generated(1)))


def test_a_wrong_password(account):
    """Refused by the server, told without the password."""
    with pytest.raises(LoginRefused, match=USER) as caught:
        append_draft(account(password=Secret("hunter2")), b"")
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_an_authority_that_nobody_knows(dovecot, account, security):
    """A certificate that the system doesn't trust ends the conversation."""
    port = dovecot.tls if security == "tls" else dovecot.plain
    before = dovecot.log.read_text().count(f"user=<{USER}>")
    with pytest.raises(MailServerFailed, match="no password was sent"):
        append_draft(account(trusted=None, port=port, security=security), b"")
    assert dovecot.log.read_text().count(f"user=<{USER}>") == before


def test_a_certificate_for_another_name(account):
    """The name is checked, too."""
    with pytest.raises(MailServerFailed, match=r"localhost:.*mismatch"):
        append_draft(account(host="localhost"), b"")


def test_a_port_without_tls(dovecot, account):
    """The usual mistake is told as one."""
    with pytest.raises(MailServerFailed, match="check the port"):
        append_draft(account(port=dovecot.plain), b"")


def test_without_tls_on_this_machine(dovecot, account):
    """A server on loopback may be spoken to in the open, when that is asked for."""
    in_the_open = account(port=dovecot.plain, security="plain")
    assert append_draft(in_the_open, eml_bytes(*generated(2))) == DRAFTS

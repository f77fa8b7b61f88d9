"""The Drafts folder is found, and its name is read and written as IMAP does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_agent.outbox.drafts_folder import choose_drafts, read_list
from followup_agent.outbox.mailbox_name import decode, encode


@pytest.mark.parametrize(
    ("name", "wire"),
    [
        ("INBOX", b"INBOX"),
        ("A&B", b"A&-B"),
        ("Entwürfe", b"Entw&APw-rfe"),
        ("~peter/mail/台北/日本語", b"~peter/mail/&U,BTFw-/&ZeVnLIqe-"),  # RFC 3501's own
        ("&&", b"&-&-"),
        ("a\tb", b"a&AAk-b"),
        ("📮", b"&2D3c7g-"),
    ],
)
def test_a_name_in_modified_utf7(name, wire):
    """As RFC 3501 writes it."""
    assert encode(name) == wire
    assert decode(wire) == name


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_comes_back(name):
    """In ASCII, whatever the script."""
    assert encode(name).isascii()
    assert decode(encode(name)) == name


@pytest.mark.parametrize("wire", [b"Entw\xc3\xbcrfe", b"&AAA-", b"&2AA-", b"A & B", b"&\xff"])
def test_what_is_no_modified_utf7_is_read_somehow(wire):
    """Some servers write UTF-8, or nothing sensible: a name is shown, nothing breaks."""
    assert isinstance(decode(wire), str)


@given(st.binary(max_size=60))
def test_any_octets_are_read(wire):
    """No name that a server gives is a traceback."""
    assert isinstance(decode(wire), str)
    assert isinstance(list(read_list([wire, (wire, wire), None], False)), list)


def chosen(*lines: bytes | tuple[bytes, bytes], utf8: bool = False):
    folder = choose_drafts(list(read_list([*lines, b"", None], utf8)))
    return folder and folder.raw


def test_the_marked_folder_wins():
    """Special use is what the account's owner chose; a name is a guess."""
    assert chosen(rb'() "/" Drafts', rb'(\HasNoChildren \Drafts) "/" Later') == b"Later"
    assert chosen(rb'(\DRAFTS) NIL "a \"b\" \\c"') == rb'a "b" \c'


def test_a_literal_is_a_name():
    """Names of odd characters come in a second piece."""
    assert chosen((rb'(\Drafts) "/" {9}', b'dr"afts\\x')) == b'dr"afts\\x'


@pytest.mark.parametrize(
    "line",
    [
        rb'() "/" Drafts',
        rb'() "/" "[Gmail]/Drafts"',
        rb'() "." INBOX.DRAFTS',
        rb'() "\\" "Mail\\Draft"',
        b'() "/" "Entw&APw-rfe"',
        b'() "/" "&Tgtm+DBN-"',
    ],
)
def test_a_usual_name_is_taken(line):
    """In the languages that mail programs speak, whatever it stands in."""
    assert chosen(rb'() "/" INBOX', line) == next(read_list([line], False)).raw


def test_names_are_tried_in_order():
    """`Drafts` before another language's, and the first of two."""
    lines = (b'() "/" "Entw&APw-rfe"', rb'() "/" a/Drafts', rb'() "/" b/Drafts')
    assert chosen(*lines) == b"a/Drafts"


@pytest.mark.parametrize(
    "line", [rb'(\Noselect \Drafts) "/" Drafts', rb'(\NonExistent) "/" Drafts', rb'() "/" Sent']
)
def test_what_cannot_hold_mail_is_passed_over(line):
    """A name that is only a branch of the tree is no folder."""
    assert chosen(line) is None


def test_names_may_be_utf8():
    """After UTF8=ACCEPT names come as they are."""
    assert chosen('() "/" "Entwürfe"'.encode(), utf8=True) == "Entwürfe".encode()

"""A header holds what it was given, and never more than one line's worth."""

from __future__ import annotations

import email
import email.policy
import random

import pytest
from deliverable import phrase
from hypothesis import given
from hypothesis import strategies as st
from mail_reader import check_octets, headers_of

from followup_agent.errors import CallerError, HeaderRefused
from followup_agent.outbox.headers import (
    address_header,
    ascii_address,
    checked,
    checked_body,
    text_header,
)


def parsed(header: bytes):
    return email.message_from_bytes(header + b"\r\n", policy=email.policy.default)


@pytest.mark.parametrize("char", [*"\r\n\0\t\x0b\x0c\x1b\x85\x9f", "\u2028", "\u2029", "\ud800"])
def test_a_control_character_is_refused_and_named(char):
    """What could break a line, or is none of text, is the caller's to remove."""
    with pytest.raises(HeaderRefused, match=rf"the role holds .*U\+{ord(char):04X}"):
        checked(f"a{char}b", "the role")
    assert issubclass(HeaderRefused, CallerError)


@pytest.mark.parametrize("text", ["=?utf-8?q?a=0Ab?=", "x =?utf-8?b?Cg==?= y", "=?", "a=?b"])
def test_an_encoded_word_is_refused(text):
    """CPython 3.11.7 makes a header of the line break in one, so none is let in."""
    with pytest.raises(HeaderRefused, match="encoded word"):
        text_header("Subject", text)
    with pytest.raises(HeaderRefused, match="encoded word"):
        address_header("To", text, "a@b.example")


def test_half_an_encoded_word_is_text():
    """A question mark and an equals sign are fine by themselves."""
    assert text_header("Subject", "why?= a = b?") == b"Subject: why?= a = b?\r\n"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("Thank you", b"Subject: Thank you\r\n"),
        ("", b"Subject:\r\n"),
        ("Grüße", b"Subject: =?utf-8?b?R3LDvMOfZQ==?=\r\n"),
        ("two  spaces", b"Subject: =?utf-8?b?dHdvICBzcGFjZXM=?=\r\n"),
    ],
)
def test_a_subject_stands_as_it_is_or_encoded(text, header):
    """Plain ASCII stays readable; other scripts, and what folding would change, do not."""
    assert text_header("Subject", text) == header


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Priya Nair", b"Priya Nair"),
        ("O'Brien-Smith", b"O'Brien-Smith"),
        ("Dr. A. Nair", b'"Dr. A. Nair"'),
        ('Sam "Sammy" Lee', b'"Sam \\"Sammy\\" Lee"'),
        ("a\\b", b'"a\\\\b"'),
        ("Nair, Priya", b'"Nair, Priya"'),
        ("李雷", b"=?utf-8?b?5p2O6Zu3?="),
    ],
)
def test_a_name_is_quoted_where_it_must_be(name, shown):
    """Specials need quotation marks, other scripts an encoded word."""
    header = address_header("To", name, "p@lumen.example")
    assert header == b"To: " + shown + b" <p@lumen.example>\r\n"
    assert parsed(header)["To"].addresses[0].display_name == name


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=500)
)
def test_any_text_comes_back(text):
    """Folding and encoding lose nothing and change nothing, in any script, at any length."""
    text = text.strip().replace("=?", "=")
    header = text_header("Subject", text)
    check_octets(header)
    assert [name for name, _ in headers_of(header + b"\r\n")] == ["Subject"] if text else True
    assert str(email.header.make_header(email.header.decode_header(parsed(header)["Subject"]))) == (
        text
    )


def test_any_name_comes_back():
    """A display name is read as it stands in the notes, by both of Python's ways to read one."""
    for seed in range(300):
        name = phrase(random.Random(seed), 12)
        header = address_header("To", name, "p@lumen.example")
        check_octets(header)
        (address,) = parsed(header)["To"].addresses
        assert address.addr_spec == "p@lumen.example"
        # 3.11 puts a space between two encoded words of a name (its older reader doesn't).
        assert address.display_name.replace(" ", "") == name.replace(" ", ""), seed
        shown = "".join(
            part.decode(charset or "ascii") if isinstance(part, bytes) else part
            for part, charset in email.header.decode_header(header[4:-2].decode())
        )
        if not name.isascii():
            assert shown.partition("<")[0].rstrip() == name, seed


def test_encoded_words_end_with_a_space_where_they_can():
    """A reader that puts a space between them does no harm to a name of two words."""
    header = address_header("To", "Александр Константинопольский", "a@lumen.example")
    assert parsed(header)["To"].addresses[0].display_name.split() == [
        "Александр",
        "Константинопольский",
    ]


def test_a_long_name_is_folded():
    """A name of 500 letters is no line of 500."""
    header = address_header("To", "Nair " * 90 + "x" * 50, "p@lumen.example")
    assert max(map(len, header.split(b"\r\n"))) <= 76
    assert max(map(len, address_header("To", "x" * 500, "p@l.example").split(b"\r\n"))) <= 76


@pytest.mark.parametrize(
    ("given_address", "written"),
    [
        ("priya+jobs@lumen.example", "priya+jobs@lumen.example"),
        ("p@bücher.example", "p@xn--bcher-kva.example"),
        ("p@例え.テスト", "p@xn--r8jz45g.xn--zckzah"),
    ],
)
def test_a_domain_is_written_in_ascii(given_address, written):
    """Mail headers carry the ASCII form of a domain."""
    assert ascii_address(given_address, "it") == written


@pytest.mark.parametrize(
    "address",
    [
        "p@straße.example",  # strasse.example in IDNA 2003: another's domain
        "p@βόλος.example",
        "p@a\u200db.example",
        "p@exa℀mple.example",
        "p@" + "ü" * 64 + ".example",
        "päivi@lumen.example",
        "a b@lumen.example",
        "p@lumen",
        "a..b@lumen.example",
        "p>, evil@lumen.example",
        "p@lumen.example>",
        "nobody",
        "=?utf-8?q?p=0A?=@lumen.example",
        "p@lumen.example\nBcc: x@y.example",
    ],
)
def test_an_address_that_headers_cannot_carry_is_refused(address):
    """A domain is never guessed, and nothing is smuggled beside an address."""
    with pytest.raises(HeaderRefused, match="the address"):
        ascii_address(address, "the address")


def test_a_body_keeps_its_lines():
    """All kinds of line break become one, and other control characters are refused."""
    assert checked_body("a\r\nb\rc\u2028d\n\te", "the body") == "a\nb\nc\nd\n\te"
    with pytest.raises(HeaderRefused, match=r"the body .*U\+0000"):
        checked_body("a\0b", "the body")

"""Mail headers written by ourselves: nothing in a value can start a header of its own.

CPython's `email` package folds a value after it has decoded encoded words, and in 3.11.7
lets a line break that hides in one through (CVE-2024-6923). So it isn't used: what could
break a line is refused, and the rest is short to write (RFC 5322 section 2.2.3, RFC 2047).
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator

from followup_agent.errors import HeaderRefused

#: A line with an encoded word must hold no more (RFC 2047, 2), another should not hold more
#: than 78 characters (RFC 5322, 2.1.1).
LINE_MAX = 76
#: Octets of text in an encoded word, so that the first one fits beside its header's name.
_WORD_BYTES = (LINE_MAX - len("Subject: =?utf-8?b??=")) // 4 * 3
_LONGEST_WORD = 60  # a longer word of ASCII is encoded, which may be split anywhere
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})+")
#: IDNA 2003, which Python has, maps these to other letters: another domain.
_DEVIATIONS = re.compile("[ßς\u200c\u200d]")
_BREAK = re.compile("\r\n?|[\u2028\u2029]")
_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})


def checked(text: str, what: str) -> str:
    """A text that is safe in one line of a header or a calendar, as it is.

    Args:
        text: The text.
        what: What it is, for the refusal.

    Raises:
        HeaderRefused: It holds a control character, a line or paragraph separator or half a
            surrogate pair, or ``=?``, with which an encoded word begins.
    """
    for char in text:
        if unicodedata.category(char) in _BREAKING:
            raise HeaderRefused(f"{what} holds a control character (U+{ord(char):04X}); remove it")
    if "=?" in text:
        raise HeaderRefused(
            f"{what} holds “=?”, with which mail programs begin an encoded word; write it otherwise"
        )
    return text


def checked_body(text: str, what: str) -> str:
    """A text of several lines, every break of which becomes a ``\\n``.

    Raises:
        HeaderRefused: It holds a control character other than a tab or a line break.
    """
    text = _BREAK.sub("\n", text)
    for char in text:
        if unicodedata.category(char) in _BREAKING and char not in "\n\t":
            raise HeaderRefused(f"{what} holds a control character (U+{ord(char):04X}); remove it")
    return text


def ascii_address(email: str, what: str) -> str:
    """An address as mail headers can carry it: its domain as ``xn--…`` where it has to be.

    Raises:
        HeaderRefused: It has letters before the @ that need a mail system of another kind
            (RFC 6532), a domain that can't be written without guessing, or is no address.
    """
    local, _, domain = checked(email, what).rpartition("@")
    if not local.isascii():
        raise HeaderRefused(
            f"{what} has letters before the @ that mail headers cannot carry; "
            "use --format text and write the address yourself"
        )
    plain = _plain_domain(domain, what)
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(plain):
        raise HeaderRefused(f"{what} is not an e-mail address like name@example.org")
    return f"{local}@{plain}"


def _plain_domain(domain: str, what: str) -> str:
    refusal = HeaderRefused(
        f"{what} has a domain with letters that may mean two domains; write it as xn--…"
    )
    if _DEVIATIONS.search(domain):
        raise refusal
    try:
        return domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise refusal from None


def text_header(name: str, text: str) -> bytes:
    """A header of free text, folded, with its CRLF.

    Raises:
        HeaderRefused: The text could break the line.
    """
    checked(text, f"the {name.lower()}")
    return _folded(name, _encoded(text) if _needs_encoding(text) else text.split(" "))


def address_header(name: str, person: str, email: str) -> bytes:
    """A header with one address, folded, with its CRLF.

    Raises:
        HeaderRefused: The name or the address could break the line, or is no address.
    """
    who = f"the name in {name}"
    address = ascii_address(email, f"the address in {name}")
    return _folded(name, [*_phrase(checked(person, who)), f"<{address}>"])


def _needs_encoding(text: str) -> bool:
    """Whether a text can't stand as it is: other scripts, and what folding would change."""
    return not text.isascii() or not all(0 < len(w) <= _LONGEST_WORD for w in text.split(" "))


def _phrase(text: str) -> list[str]:
    """The words of a display name, in quotation marks where its characters need them."""
    if _needs_encoding(text):
        return list(_encoded(text))
    if not _ATOMS.fullmatch(text):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        text = f'"{escaped}"'
    return text.split(" ")


def _encoded(text: str) -> Iterator[str]:
    """RFC 2047 words, each of which ends with a space of the text where it can.

    None splits a character. Some readers, CPython 3.11's among them, wrongly put a space
    between two encoded words of a name: beside a space it does no harm.
    """
    piece = b""
    for run in re.findall(r"[^ ]* *", text):
        if len(piece) + len(run.encode()) > _WORD_BYTES and piece:
            yield _word(piece)
            piece = b""
        for octets in map(str.encode, run):
            if len(piece) + len(octets) > _WORD_BYTES:
                yield _word(piece)
                piece = b""
            piece += octets
    if piece:
        yield _word(piece)


def _word(octets: bytes) -> str:
    return f"=?utf-8?b?{b64encode(octets).decode()}?="


def _folded(name: str, words: Iterable[str]) -> bytes:
    lines = [f"{name}:"]
    for position, word in enumerate(words):
        # The first word stays beside the name: a first line without text is not allowed.
        if position and len(lines[-1]) + 1 + len(word) > LINE_MAX:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines).encode("ascii") + b"\r\n"

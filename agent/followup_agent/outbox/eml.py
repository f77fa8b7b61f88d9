"""A draft as an ``.eml`` file that mail programs open for editing."""

from __future__ import annotations

from collections.abc import Iterator

from followup_agent.notes.model import InterviewNotes
from followup_agent.outbox.envelope import Envelope
from followup_agent.outbox.headers import address_header, text_header
from followup_agent.records import Draft

_PIECE = 75  # and a "=": 76 characters a line at most (RFC 2045, 6.7)
_FIXED = (
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
)


def eml_bytes(draft: Draft, notes: InterviewNotes) -> bytes:
    """Write a draft as an editable mail: RFC 5322, CRLF, ASCII octets only.

    ``X-Unsent: 1`` opens it in the editor. It has neither Date nor Message-ID: the mail
    program gives both when the candidate sends it. To and From come from the notes and are
    left out where these hold no address. The body is quoted-printable in any script: it
    survives every store and gateway, and keeps lines short where a paragraph is one line.

    Args:
        draft: A valid draft.
        notes: The notes that it was written from.

    Raises:
        DraftRejected: The draft is not valid.
        KindError: It is no mail, but a LinkedIn invitation.
        RecipientError: It is to nobody in these notes.
        HeaderRefused: A name, an address or the subject could break a header.
    """
    mail = Envelope.of(draft, notes)
    headers = [b"X-Unsent: 1\r\n"]
    if mail.sender:
        headers.append(address_header("From", mail.sender.name, mail.sender.email))
    if mail.to:
        headers.append(address_header("To", mail.to.name, mail.to.email))
    headers.append(text_header("Subject", mail.subject))
    lines = (piece for line in mail.body.split("\n")[:-1] for piece in quoted_printable(line))
    body = "".join(f"{line}\r\n" for line in lines)
    return b"".join(headers) + _FIXED + b"\r\n" + body.encode("ascii")


def quoted_printable(line: str) -> Iterator[str]:
    """The lines that a line becomes; none splits a character.

    A dot or ``From `` at the beginning is encoded, too: some stores and gateways take them
    for the end of a mail and the beginning of another.
    """
    piece = ""
    for position, char in enumerate(line):
        token = char if _stands(char, position == len(line) - 1) else _escaped(char)
        if len(piece) + len(token) > _PIECE:
            yield piece + "="
            piece = ""
        if not piece and (char == "." or line.startswith("From ", position)):
            token = _escaped(char)
        piece += token
    yield piece


def _stands(char: str, last: bool) -> bool:
    if char in " \t":
        return not last
    return "!" <= char <= "~" and char != "="


def _escaped(char: str) -> str:
    return "".join(f"={octet:02X}" for octet in char.encode())

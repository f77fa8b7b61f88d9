"""A strict reader of our own for the octets of a mail, so as not to trust one library."""

from __future__ import annotations

import re

_FIELD = re.compile(rb"([A-Za-z-]+):( [^\r\n]*(?:\r\n [^\r\n]*)*)\r\n")


def headers_of(eml: bytes) -> list[tuple[str, bytes]]:
    """The header fields in order, unfolded; anything that is not one fails."""
    head, blank, _ = eml.partition(b"\r\n\r\n")
    assert blank
    head += b"\r\n"
    fields = []
    at = 0
    while at < len(head):
        found = _FIELD.match(head, at)
        assert found, head[at : at + 80]
        fields.append((found[1].decode(), found[2].replace(b"\r\n", b"")[1:]))
        at = found.end()
    return fields


def check_octets(eml: bytes) -> None:
    """Every line ends with CRLF, is short, and holds printable ASCII only."""
    assert eml.endswith(b"\r\n")
    for line in eml[:-2].split(b"\r\n"):
        assert re.fullmatch(rb"[\t\x20-\x7e]*", line), line
        assert len(line) <= 76 or b" " not in line.strip(), line

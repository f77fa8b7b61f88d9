"""Mailbox names as IMAP writes them: modified UTF-7 (RFC 3501, 5.1.3)."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode

_OTHER = re.compile(r"[^\x20-\x7e]+")
_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")


def encode(name: str) -> bytes:
    """Write a mailbox name for the wire.

    Raises:
        UnicodeEncodeError: The name holds half a surrogate pair.
    """
    return _OTHER.sub(_shift, name.replace("&", "&-")).encode("ascii")


def decode(name: bytes) -> str:
    """Read a mailbox name; what is no modified UTF-7 stays as it came."""
    try:
        return _SHIFTED.sub(_unshift, name.decode("ascii"))
    except ValueError:
        return name.decode("utf-8", "replace")


def _shift(found: re.Match[str]) -> str:
    octets = b64encode(found[0].encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
    return f"&{octets.decode()}-"


def _unshift(found: re.Match[str]) -> str:
    octets = found[1].replace(",", "/")
    padding = "=" * (-len(octets) % 4)
    return b64decode(octets + padding).decode("utf-16-be") if octets else "&"

"""Which mailbox of an account is its Drafts folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from followup_agent.outbox import mailbox_name

_LISTED = re.compile(
    rb'\((?P<flags>[^()]*)\) (?:"(?P<delimiter>(?:\\.|[^"\\])*)"|NIL) (?P<name>.+)', re.DOTALL
)
_QUOTED = re.compile(rb'"((?:\\.|[^"\\])*)"', re.DOTALL)
_LITERAL = re.compile(rb"\{\d+\+?\}")
#: What mail programs call the folder, where the server doesn't mark it.
NAMES = (
    "drafts draft entwürfe brouillons borradores bozze rascunhos concepten utkast kladder "
    "luonnokset szkice koncepty konsepty piszkozatok ciorne черновики чернетки πρόχειρα "
    "taslaklar טיוטות مسودات مسوّدات ड्राफ़्ट ร่างจดหมาย 下書き 草稿 草稿箱 임시보관함"
).split()


@dataclass(frozen=True, slots=True)
class Folder:
    """One mailbox as the server lists it.

    Attributes:
        raw: Its name as it stands on the wire.
        flags: Its attributes in lower case, as ``\\drafts``.
        leaf: The last part of its name, in letters.
    """

    raw: bytes
    flags: frozenset[str]
    leaf: str


def read_list(items: Sequence[bytes | tuple[bytes, bytes] | None], utf8: bool) -> Iterator[Folder]:
    """Read what `imaplib` gives for a LIST; what is no answer to one is passed over.

    Args:
        items: Lines, or pairs of a line and the literal that it ends with.
        utf8: Whether names are UTF-8 (RFC 6855) rather than modified UTF-7.
    """
    for item in items:
        line, literal = item if isinstance(item, tuple) else (item or b"", None)
        found = _LISTED.fullmatch(line)
        if not found:
            continue
        raw = _name(found["name"], literal)
        name = raw.decode("utf-8", "replace") if utf8 else mailbox_name.decode(raw)
        delimiter = _unquoted(found["delimiter"] or b"").decode("ascii", "replace")
        leaf = name.rsplit(delimiter, 1)[-1] if delimiter else name
        flags = frozenset(found["flags"].decode("ascii", "replace").lower().split())
        yield Folder(raw, flags, leaf)


def choose_drafts(folders: Sequence[Folder]) -> Folder | None:
    """The folder marked ``\\Drafts`` (RFC 6154), else one with a usual name."""
    usable = [f for f in folders if not f.flags & {"\\noselect", "\\nonexistent"}]
    for folder in usable:
        if "\\drafts" in folder.flags:
            return folder
    named = {f.leaf.casefold(): f for f in reversed(usable)}
    return next((named[name] for name in NAMES if name in named), None)


def _name(text: bytes, literal: bytes | None) -> bytes:
    if literal is not None and _LITERAL.fullmatch(text):
        return literal
    quoted = _QUOTED.fullmatch(text)
    return _unquoted(quoted[1]) if quoted else text


def _unquoted(text: bytes) -> bytes:
    return re.sub(rb"\\(.)", rb"\1", text, flags=re.DOTALL)

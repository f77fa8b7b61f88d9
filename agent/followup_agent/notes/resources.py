"""A resource as people write one: ``[title](url) — note``, or a bare link."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_URL_END = re.compile(r"[\s<>\"]")
_SEPARATORS = " \t—–-:|"
FORMS = "`[title](https://…) — note` or a bare `https://…`"


def parse_resource(text: str) -> dict[str, str]:
    """Split a line into title, url and note.

    Raises:
        ValueError: There is no link in it.
    """
    linked = _markdown_link(text)
    title, url, rest = linked or _bare_link(text)
    note = rest.strip(_SEPARATORS)
    found = {"title": title or url, "url": url}
    return found | {"note": note} if note else found


def _markdown_link(text: str) -> tuple[str, str, str] | None:
    middle = text.find("](") if text.startswith("[") else -1
    if middle < 0:
        return None
    end = _closing_parenthesis(text, middle + 2)
    # `[t](url "tooltip")`: the tooltip is not part of the link.
    url, _, _ = text[middle + 2 : end].strip(" <>").partition(" ")
    return text[1:middle].strip(), url.rstrip(">"), text[end + 1 :]


def _closing_parenthesis(text: str, start: int) -> int:
    """Where the link ends; a link may hold pairs of its own, as Wikipedia's do."""
    depth = 0
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth < 0:
            return at
    raise ValueError(f"has a link without its closing parenthesis; write {FORMS}")


def _bare_link(text: str) -> tuple[str, str, str]:
    found = _SCHEME.search(text)
    if found is None:
        raise ValueError(f"has no link; write {FORMS}")
    start = found.start()
    stop = _URL_END.search(text, found.end())
    end = stop.start() if stop else len(text)
    url = text[start:end].rstrip(".,;:!?")
    if url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1]
    before = text[:start].rstrip(_SEPARATORS + "<(")
    return before, url, text[start + len(url) :].lstrip(".,;:!?>)")

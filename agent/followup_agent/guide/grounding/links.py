"""Links and e-mail addresses: the same to the letter as in the notes, or invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Either "scheme://rest", or a run with a dot or @ inside, cut at spaces and quotation marks.
_CHARS = r"[^\s<>\"“”„«»\x00-\x1f\ud800-\udfff]"
# Possessive, and begun only where no such character stands before: linear on any text.
_LINK = re.compile(
    rf"(?:https?|ftp)://{_CHARS}+|(?<![\w.+%-])(?:mailto:)?[\w.+%-]++@[\w-][\w.-]*", re.IGNORECASE
)
_BARE = re.compile(r"(?<![a-z0-9.-])[a-z0-9-]++(?:\.[a-z0-9-]++)+(?=[/\s,;:!?)\]>'\"’”.]|$)")
_PATH = re.compile(rf"{_CHARS}*")
_TRAILING = ".,;:!?'’*_`|…"
_LONGEST = 2048  # characters of a link; longer ones are cut
_PAIRS = {")": "(", "]": "[", "}": "{"}
# Endings that make a dotted word an address; those that are English words need a path or "www.".
_DOMAINS = frozenset(
    """
        com org net io ai co uk de fr nl eu ch at es pt pl se dk fi ie us ca au nz jp cn kr sg hk
        za br mx ar dev app info edu gov mil biz xyz tech blog site online page link cloud example
        test invalid localhost health jobs careers work email school academy ngo museum
    """.split()
)
_WORDY = frozenset("at us work email school health page link site app jobs test es".split())
_SKIPPED = ("linkedin.com", "www.linkedin.com")  # the site's name, said of the network as such


class Link(NamedTuple):
    """An address in a text: its key for comparison, and where it stands."""

    key: str
    text: str
    start: int
    end: int


def _trimmed(text: str) -> str:
    """An address without the punctuation of the sentence around it."""
    while text:
        last = text[-1]
        if last in _TRAILING or (last in _PAIRS and text.count(last) > text.count(_PAIRS[last])):
            text = text[:-1]
        else:
            break
    return text


def link_key(text: str) -> str:
    """What must be equal: all after the scheme, with the host in lower case."""
    rest = text.split("://", 1)[1] if "://" in text else text
    rest = rest.removeprefix("mailto:")
    if "@" in rest and "/" not in rest:
        return rest.casefold()
    host, slash, path = rest.partition("/")
    return host.lower() + (slash + path if path else "")


def links_in(text: str) -> Iterator[Link]:
    """All links and addresses of a text, in order, without trailing punctuation."""
    if ":" not in text and "@" not in text and "." not in text:
        return
    taken = -1
    found = [*_full(text), *_bare(text)]
    for link in sorted(found, key=lambda link: (link.start, -link.end)):
        if link.start >= taken:
            taken = link.end
            yield link


def _full(text: str) -> Iterator[Link]:
    if "://" not in text and "@" not in text:
        return
    for match in _LINK.finditer(text):
        # In Markdown's [words](link) the words end where the next bracket opens.
        words = _trimmed(match.group()[:_LONGEST].split("](", 1)[0])
        words = words.split("|", 1)[0]
        if "@" in words or words.partition("://")[2]:
            yield Link(link_key(words), words, match.start(), match.start() + len(words))


def _bare(text: str) -> Iterator[Link]:
    for match in _BARE.finditer(text):
        words, start = match.group(), match.start()
        before, after = text[start - 1 : start], text[match.end() : match.end() + 1]
        if before and (before.isalnum() or before in "@/.-_"):
            continue
        labels = words.split(".")
        addressed = after == "/" or labels[0] == "www" or len(labels) > 2
        if labels[-1] not in _DOMAINS or (labels[-1] in _WORDY and not addressed):
            continue
        end = match.end()
        if after == "/":
            words = _trimmed(words + _PATH.match(text, end, end + _LONGEST).group())  # type: ignore[union-attr]
            end = start + len(words)
        if words not in _SKIPPED:
            yield Link(link_key(words), words, start, end)

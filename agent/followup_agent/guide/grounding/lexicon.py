"""Which words are English words, and which are names: the shipped word lists."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.resources import files


class WordList:
    """A sorted word list in one block of bytes: a set would cost ten times the memory."""

    def __init__(self, block: bytes) -> None:
        self._block = b"\n" + block.strip() + b"\n"

    def __contains__(self, word: str) -> bool:
        """Whether the word is in the list (binary search over the bytes)."""
        wanted = word.encode("utf-8", "replace")
        block, low, high = self._block, 0, len(self._block) - 1
        while low < high:
            line = block.rfind(b"\n", low, (low + high) // 2 + 1)
            stop = block.find(b"\n", line + 1)
            found = block[line + 1 : stop]
            if found == wanted:
                return True
            if found < wanted:
                low = stop
            else:
                high = line
        return False


@lru_cache(maxsize=1)
def _lists() -> tuple[WordList, WordList]:
    data = files("followup_agent.guide.grounding") / "data"
    blocks = [gzip.decompress((data / name).read_bytes()) for name in ("words.gz", "names.gz")]
    return WordList(blocks[0]), WordList(blocks[1])


def _english(key: str) -> bool:
    words = _lists()[0]
    if key in words:
        return True
    if "-" in key:
        return all(len(part) < 2 or _english(part) for part in key.split("-"))
    stem, apostrophe, _ = key.partition("'")
    return bool(apostrophe) and stem in words


_english_cached = lru_cache(maxsize=8192)(_english)


def is_english(key: str) -> bool:
    """Whether a folded word is an English word that is written in lower case."""
    return len(key) <= 40 and _english_cached(key)


@lru_cache(maxsize=2048)
def is_name(key: str) -> bool:
    """Whether a folded word is a well-known given name, surname, place or brand."""
    return len(key) <= 40 and key in _lists()[1]

"""Make a server's words fit to be shown: no key, no prompt, no control characters, not long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property

from followup_agent.settings import Secret

LONGEST = 200  # characters of a server's words that an error repeats
_ECHO = 16  # letters and digits in a row that also stand in the prompt: an echo of it
_KEYLIKE = re.compile(r"\b(sk-|Bearer\s+)[^\s'\"]{6,}", re.IGNORECASE)
_WITHHELD = "(its words repeat the prompt and are not shown)"


class Redactor:
    """Cleans texts and exceptions of one request.

    Args:
        key: Never shown, in any of the ways in which Python or a server writes it.
        prompt: Texts of the request; a server's words that quote them are withheld.
    """

    def __init__(self, key: Secret | None = None, prompt: Iterable[str] = ()) -> None:
        self._forms = tuple(_forms(key.reveal())) if key else ()
        self._texts = tuple(prompt)

    def __call__(self, text: str) -> str:
        """The text as an error may show it, at most `LONGEST` characters."""
        for form in self._forms:
            text = text.replace(form, "…")
        text = _KEYLIKE.sub(r"\1…", text)
        text = " ".join("".join(map(_printable, text)).split())
        text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        return _WITHHELD if self._echoes(text) else text

    def scrub(self, error: BaseException) -> None:
        """Clean the messages of ``error`` and of all that it was raised from, in place.

        A traceback prints those, too.
        """
        for each in _chain(error):
            each.args = tuple(
                self(str(arg)) if isinstance(arg, str | bytes) else arg for arg in each.args
            )
            if isinstance(message := getattr(each, "message", None), str):
                each.message = self(message)  # type: ignore[attr-defined]

    @cached_property
    def _prompt(self) -> str:
        """Made when a server's words are to be shown: most requests go well."""
        return "\n".join(map(_plain, self._texts))

    def _echoes(self, text: str) -> bool:
        plain = _plain(text)
        runs = (plain[at : at + _ECHO] for at in range(len(plain) - _ECHO + 1))
        return any(run in self._prompt for run in runs)


def _forms(key: str) -> Iterator[str]:
    """A key as it is, as a repr or JSON writes it, and its pieces where it is broken."""
    yield key
    yield repr(key)[1:-1]
    yield from (piece for piece in key.split() if len(piece) >= 6)


def _printable(char: str) -> str:
    return " " if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else char


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        each = todo.pop()
        if each is not None and id(each) not in seen:
            seen.add(id(each))
            yield each
            todo += [each.__cause__, each.__context__]

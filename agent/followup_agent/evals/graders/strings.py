"""What a case says that its draft must hold, and must not: independent of the guide's rules."""

from __future__ import annotations

import re
from functools import lru_cache

from followup_agent.evals.graders.base import Context, Grade, Grader

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def must(context: Context) -> Grade:
    """Of each entry of the kind's ``must``, at least one stands in the draft."""
    wanted = context.sample.must.get(context.kind, [])
    if not wanted:
        return Grade()
    if context.draft is None:
        return Grade(False, reason="there is no draft")
    text = _text(context.draft.text)
    missing = [words for words in wanted if not any(_phrase(w) in text for w in words)]
    return Grade(not missing, reason="; ".join("none of " + ", ".join(m[:4]) for m in missing))


def must_not(context: Context) -> Grade:
    """None of the case's forbidden strings stands in the draft."""
    return _without(context, context.sample.must_not, "forbidden: {}")


def no_leak(context: Context) -> Grade:
    """Nothing of the Private section stands in the draft. The words are not repeated."""
    if context.draft is not None and "private" in context.faults:
        return Grade(False, reason="the guide found words of the Private section")
    return _without(context, context.sample.private, "{n} private words")


def _without(context: Context, words: list[str], reason: str) -> Grade:
    if context.draft is None or not words:
        return Grade()
    text = _text(context.draft.text)
    found = [word for word in words if _whole_word(word).search(text)]
    said = reason.format(", ".join(found), n=len(found)) if found else ""
    return Grade(not found, reason=said)


@lru_cache(maxsize=8)
def _text(text: str) -> str:
    """A draft's text, which three graders look at one after the other."""
    return _plain(text)


@lru_cache(maxsize=4096)
def _phrase(words: str) -> str:
    """A case's own words, which come again in every item of the case."""
    return _plain(words)


def _plain(text: str) -> str:
    return " ".join(text.translate(_SAME).casefold().split())


@lru_cache(maxsize=4096)
def _whole_word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(_plain(words))}(?!\w)")


GRADERS = (Grader("must", must), Grader("must_not", must_not), Grader("no_leak", no_leak))

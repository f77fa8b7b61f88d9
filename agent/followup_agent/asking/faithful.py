"""How far a specialist's sentence keeps to what its prompt told it, and to what it was taught.

The guide's rules find invented names, numbers, dates, links and claims. A small model also
adds what no rule can know to be wrong: a reason, a mood, a turn that nobody uses ("I'm happy to
have you as a Junior Estimator"). But the specialist learnt to write from a known set of texts. With
what the prompt tells taken out, two words that stand side by side in none of them are its own
invention; three that do not are a sign of one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from followup_agent.guide.mechanics import has_wrong_article
from followup_agent.guide.message import Part
from followup_agent.guide.topics import stems_of

#: What the prompt tells and a sentence says as it is.
_SLOTS = ("to", "role", "company", "when", "decide")
#: Before the first word and after the last.
_START, _END = "<", ">"
TRIGRAMS = "trigrams.txt"
_TOKEN = re.compile(r"\{\w+\}|['’]s\b|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
#: So many triples that it was not taught are more than a new join of two turns of phrase.
_ODD = 3
#: "Do let me know if there is any news?"; "A nurse is what I want to do."; "how the next step is".
_MISFIT = re.compile(
    r"(?:^|\. )(?:Do (?!you\b)|(?:Please |Kindly )(?!could|can|would|will|may|might)|Let ).*\?$"
    r"|^An? .* is what I (?:want|would like) to do\b|\bhow the next step (?:is|goes)\b"
    r"|^(?:What|Where|When|How)\b[^?]*, (?:is|are|has|have|can|could|would|do|did) \w.*\?$"
    # "May I ask whether you have come to a decision."
    r"|^(?:(?:May|Might|Can|Could|Would|Is|Are|Has|Have|Was|Were|Does|Did) (?:I|you|there|it|the)"
    r"|Any (?:news|update|word|idea)|Where (?:do|does|is|are)|What (?:is|are)|How (?:is|are|do))"
    r"\b(?! say| thank)[^?]*\.$"
    r"|^(?!.*\bwhere\b).* to be\.$"  # "is the job for me, and I'd love to be."
    r"|\b(?:[Ss]ir|[Mm]adam|[Mm]a['’]am)\b"  # nobody told it whom it writes to
)
#: "The Pastry Chef at the Saint-Amable is the one I am looking for."
_AS_A_PERSON = re.compile(
    rf"(?:^{_START}|\bjoin(?:ing)?) the \{{role\}} "
    r"(?!role|job|post|position|vacancy|opening|who|you)"
)
_PREPOSITION = re.compile(r"^(?:on|by) ")


def facts(prompt: str) -> dict[str, str]:
    """What a specialist's prompt tells: its lines are ``name: value``."""
    pairs = (line.partition(": ") for line in prompt.splitlines())
    return {name: value for name, colon, value in pairs if colon and value}


def words(text: str, told: Mapping[str, str]) -> list[str]:
    """A text's words and marks, with a slot for each fact: "<", "i", "thank", "{to}", ".", ">"."""
    for value, slot in _values(told):
        text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", f" {slot} ", text, flags=re.IGNORECASE)
    return [_START, *(word.casefold().replace("’", "'") for word in _TOKEN.findall(text)), _END]


def departures(text: str, part: Part, told: Mapping[str, str]) -> Iterator[str]:
    """In what a text departs from what its writer was told and taught; nothing for a sound one.

    Args:
        text: A specialist's answer.
        part: What it was asked for.
        told: The `facts` of its prompt.

    Yields:
        Two neighbours that it was not taught; an end, or several turns, that it was not; a word or
        fact said twice; "a" for "an".
    """
    said, taught = words(text, told), _taught()[part]
    yield from (f"new: {a} {b}" for a, b in pairwise(said) if (a, b) not in taught.pairs)
    # A small model loses its way most often at the end: "thank you for letting me."
    if tuple(said[-4:-1]) not in taught.triples:
        yield "ends oddly"
    if misfit := _MISFIT.search(text):
        yield f"does not fit: {misfit.group()}"
    if _AS_A_PERSON.search(" ".join(said)):
        yield "speaks of the role as of a person"
    if taught.unseen(said) >= _ODD:
        yield "put together oddly"
    slots = [word for word in said if word.startswith("{")]
    rest = stems_of(" ".join(word for word in said if word not in slots))
    for word, count in Counter([*slots, *rest]).items():
        if count > 1:
            yield f"said {count} times: {word}"
    if has_wrong_article(text):
        yield "a for an"


def oddity(text: str, part: Part, told: Mapping[str, str]) -> int:
    """How many three words running stand in no text by which the specialist was taught a part."""
    return _taught()[part].unseen(words(text, told))


def _values(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each fact and its slot, the longest first; a day also without its "on" or "by"."""
    pairs = [(told[name], f"{{{name}}}") for name in _SLOTS if name in told]
    pairs += [(_PREPOSITION.sub("", v), "{day}") for v, _ in pairs if _PREPOSITION.match(v)]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


class _Taught(NamedTuple):
    """The pairs and the triples of neighbours in the texts of a part."""

    pairs: frozenset[tuple[str, ...]]
    triples: frozenset[tuple[str, ...]]

    def unseen(self, said: Sequence[str]) -> int:
        """How many three words running are in none of the texts."""
        runs = zip(said, said[1:], said[2:], strict=False)
        return sum(three not in self.triples for three in runs)


@cache
def _taught() -> Mapping[Part, _Taught]:
    """What ``training/specialist/trigrams.py`` wrote: a part and three words a line."""
    data = resources.files("followup_agent.asking") / "data" / TRIGRAMS
    triples: dict[Part, set[tuple[str, ...]]] = {part: set() for part in Part}
    for line in data.read_text("utf-8").splitlines():
        part, *three = line.split(" ")
        triples[Part(part)].add(tuple(three))
    return {
        part: _Taught(
            frozenset(pair for three in found for pair in pairwise(three)), frozenset(found)
        )
        for part, found in triples.items()
    }

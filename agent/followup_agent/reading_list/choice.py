"""The three best of a reading list, and the one that is shared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from followup_agent.errors import KindError
from followup_agent.notes.model import InterviewNotes, Resource
from followup_agent.reading_list.formats import load_reading_list
from followup_agent.reading_list.ranking import FITS, Match, rank

MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What of a list fits.

    Attributes:
        source: The list's name.
        best: The best entries that fit, at most three, the best first; never empty.
    """

    source: str
    best: tuple[Match, ...]

    @property
    def lines(self) -> list[str]:
        """One line for each, with its number and the reason."""
        return [f"{number}. {reason(match)}" for number, match in enumerate(self.best, 1)]


def suggest(path: Path, notes: InterviewNotes) -> Suggestion:
    """The entries of a list that fit what was talked about.

    Raises:
        CallerError: The list cannot be read.
        KindError: Nothing in it reaches the score `FITS`; the nearest is named.
    """
    ranked = rank(load_reading_list(path), notes)
    best = tuple(match for match in ranked[:MOST_SHOWN] if match.fits)
    if best:
        return Suggestion(str(path), best)
    nearest = ranked[0]
    near = (
        f"the nearest is “{nearest.entry.title}” with a score of {nearest.score:.1f} "
        f"where {FITS:.1f} is needed"
        if nearest.score
        else "no word of it matches"
    )
    raise KindError(
        f"{path}: nothing in it fits the topics of {notes.source} ({near}); share nothing, or "
        "add what you have in mind under `## Resources`"
    )


def pick(suggestion: Suggestion, number: int = 1) -> Resource:
    """The resource of a number that `Suggestion.lines` shows.

    What the list does not say about it, the topic that it fits does: a message must say
    why it is shared.

    Raises:
        KindError: No such number.
    """
    if not 1 <= number <= len(suggestion.best):
        count = len(suggestion.best)
        fit = "one entry fits" if count == 1 else f"{count} entries fit"
        raise KindError(f"{suggestion.source}: {fit}, so --resource {number} names none")
    match = suggestion.best[number - 1]
    entry, topic = match.entry, match.topic
    note = entry.note or (topic.text if topic else None)
    return Resource(title=entry.title, url=entry.url, note=note)


def with_resource(notes: InterviewNotes, resource: Resource) -> InterviewNotes:
    """The notes with one more resource."""
    copy = notes.model_copy(update={"resources": (*notes.resources, resource)})
    copy.__dict__.pop("facts", None)  # computed from the resources, and copied along
    return copy


def reason(match: Match) -> str:
    """An entry and why it fits, in a line."""
    topic = f", for “{match.topic.text}”" if match.topic else ""
    words = ", ".join(match.words)
    return f"{match.entry.title} <{match.entry.url}> ({match.score:.1f}: {words}{topic})"

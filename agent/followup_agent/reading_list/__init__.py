"""A reading list: which of the things that you could share fits what was talked about."""

from followup_agent.reading_list.choice import Suggestion, pick, suggest, with_resource
from followup_agent.reading_list.formats import Entry, load_reading_list
from followup_agent.reading_list.ranking import FITS, Match, rank

__all__ = [
    "FITS",
    "Entry",
    "Match",
    "Suggestion",
    "load_reading_list",
    "pick",
    "rank",
    "suggest",
    "with_resource",
]

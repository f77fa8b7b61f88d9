"""The embedded models' weights: which there are, where they lie, and how they are fetched."""

from followup_agent.weights.catalogue import DEFAULT, Entry, Hub, Wheel, entries, entry
from followup_agent.weights.store import path, pull
from followup_agent.weights.watch import Progress, Stage

__all__ = [
    "DEFAULT",
    "Entry",
    "Hub",
    "Progress",
    "Stage",
    "Wheel",
    "entries",
    "entry",
    "path",
    "pull",
]

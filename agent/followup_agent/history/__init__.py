"""What was sent, answered and closed, remembered in the user's data directory.

The notes' own Log and this memory are two views of one thing: `remembered` joins them, so
that planning and drafting see both. Stored are dates, kinds of message and names of people,
under a fingerprint of the interview; never a text of the notes, and nothing of Private.
"""

from followup_agent.history.merge import (
    already_sent,
    disagreements,
    interview_key,
    merged,
    recalled,
    remembered,
)
from followup_agent.history.store import History

__all__ = [
    "History",
    "already_sent",
    "disagreements",
    "interview_key",
    "merged",
    "recalled",
    "remembered",
]

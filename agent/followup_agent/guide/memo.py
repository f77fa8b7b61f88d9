"""Remember what was worked out from an object for as long as the object lives."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from followup_agent.notes.model import InterviewNotes

T = TypeVar("T")


def per_notes(make: Callable[[InterviewNotes], T]) -> Callable[[InterviewNotes], T]:
    """Call ``make`` once for each notes object.

    Notes hold a dict and have no hash; their identity is the key, and a weak reference
    drops the entry with the object, before the identity can be given to another.
    """
    made: dict[int, tuple[weakref.ref[InterviewNotes], T]] = {}
    lock = threading.Lock()

    @wraps(make)
    def remembered(notes: InterviewNotes) -> T:
        entry = made.get(id(notes))
        if entry is not None and entry[0]() is notes:
            return entry[1]
        value, place = make(notes), id(notes)

        def forget(dead: weakref.ref[InterviewNotes]) -> None:
            with lock:
                if place in made and made[place][0] is dead:
                    del made[place]

        with lock:
            made[place] = (weakref.ref(notes, forget), value)
        return value

    return remembered

"""The files of one draft: what a candidate is handed."""

from __future__ import annotations

from collections.abc import Mapping

from followup_agent.bulk.task import Task
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.outbox.eml import eml_bytes
from followup_agent.outbox.files import slug
from followup_agent.records import Draft

#: Digits of the key in a file's name: the same draft is the same name on every run.
KEY_DIGITS = 10


def rendered(draft: Draft, notes: InterviewNotes, task: Task) -> Mapping[str, bytes]:
    """A ``.txt``, and an ``.eml`` where the message is a mail, by file name.

    The task's key in the name keeps candidates of one name apart, and makes writing the
    same draft twice harmless.
    """
    words = (notes.candidate.name, notes.company, draft.kind, draft.to.name)
    stem = "-".join([*map(slug, words), task.key[:KEY_DIGITS]])
    files = {f"{stem}.txt": f"{draft.text}\n".encode("utf-8", "replace")}
    if draft.kind is not Kind.LINKEDIN:
        files[f"{stem}.eml"] = eml_bytes(draft, notes)
    return files

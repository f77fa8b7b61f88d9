"""A commented notes file to fill in, for ``followup-agent new``."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from followup_agent.errors import OutputError

# Plain YAML where nothing could be misread, so that the file looks as people write it.
_PLAIN: Final = re.compile(r"[^\W\d_][\w'’.()+/&-]*(?: [\w'’.()+/&-]+)*")

_FRONT: Final = """\
---
# Fill in what is empty. A line that starts with # is a comment.
candidate:
  name:{candidate}
  # email: you@example.org
  # phone: "+44 20 7946 0000"
  # linkedin: https://www.linkedin.com/in/you
company:{company}
role:{role}
interviewed:{interviewed}  # a date, or a date and time, as 2026-05-12T14:00
{timezone}
# format: video                # phone, video, onsite, or your own words
interviewers:
{interviewers}
# tone: neutral                # how the interview felt: formal, neutral or warm
# decision_by: 2026-05-26      # when they said they would decide
# country: GB                  # for business days and holidays
---
"""

_PERSON: Final = """\
  - name:{name}
    # preferred: Priya         # how to address them; default: the first name
    # title: Engineering Manager
    # email: priya@example.org
    # tone: warm"""

_SECTIONS: Final = """
## Topics

<!-- What was really talked about, one bullet each; at least one.
     Begin it with an interviewer's name if that person raised it: - Priya: the migration -->

-

## Their needs

<!-- What they are looking for. -->

-

## My fit

<!-- What you can claim. A message claims nothing that is not here. -->

-

## Personal

<!-- Something personal that came up: a marathon, a move, a shared city. -->

-

## Timeline

<!-- What they said about when and how they will decide. -->

-

## Resources

<!-- Something worth sharing: - [title](https://example.org/article) — why it fits -->

-

## Promised

<!-- What you said you would send or do. -->

-

## Private

<!-- Salary, doubts, other offers. Never leaves this machine: no request, log or file holds it. -->

## Log

<!-- What happened since, one line each:
     - 2026-05-12 sent thank-you to Priya Nair
     - 2026-05-20 reply from Priya Nair
     - 2026-05-27 rejected (or: offer, withdrawn) -->

-
"""


def new_notes(
    *,
    company: str = "",
    role: str = "",
    interviewers: Sequence[str] = (),
    candidate: str = "",
    interviewed: dt.date | str | None = None,
    timezone: str = "",
) -> str:
    """A Markdown notes file with what is known filled in.

    Until the empty keys and a topic are filled in, `load_notes` says which are left.

    Args:
        company: The company's name.
        role: The job's title.
        interviewers: Their names; without any, room is left for one.
        candidate: The name of who writes.
        interviewed: A date, a datetime without an offset, or either as text.
        timezone: An IANA name; without it the machine's zone holds.
    """
    moment = interviewed.isoformat() if isinstance(interviewed, dt.date) else interviewed or ""
    front = _FRONT.format(
        candidate=_value(candidate),
        company=_value(company),
        role=_value(role),
        interviewed=_moment(moment),
        timezone=f"timezone:{_value(timezone)}" if timezone else "# timezone: Europe/London",
        interviewers="\n".join(_PERSON.format(name=_value(name)) for name in interviewers or [""]),
    )
    return front + _SECTIONS


def write_new(path: str | os.PathLike[str], text: str, force: bool = False) -> None:
    """Write a new file whole or not at all.

    Args:
        path: Where to; its folder must exist.
        text: What to write, as UTF-8.
        force: Replace a file that is there.

    Raises:
        OutputError: It is there and ``force`` is not given, or it cannot be written.
    """
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"{target} is a folder; name a file in it")
    if target.exists() and not target.is_file():
        raise OutputError(f"{target} is no file that could be replaced; name another")
    try:
        _write(target, text.encode("utf-8"), replace=force)
    except FileExistsError:
        problem = f"{target} exists already; --force replaces it"
    except FileNotFoundError:
        problem = f"{target} cannot be written: its folder does not exist; make it first"
    except UnicodeEncodeError:
        problem = f"{target} cannot be written: the values hold characters that are not valid text"
    except OSError as error:
        problem = f"{target} cannot be written: {error.strerror}"
    else:
        return
    raise OutputError(problem)


def _write(target: Path, data: bytes, *, replace: bool) -> None:
    if replace:
        target = target.resolve()  # a link stays a link
    # mkstemp keeps the file to its owner, as befits notes with a private section.
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            Path(temporary).replace(target)
        else:
            _link(Path(temporary), target)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _link(temporary: Path, target: Path) -> None:
    """Give the file its name unless that is taken: a hard link does both in one step."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        # A file system without hard links: the look and the move are two steps here.
        if target.exists() or target.is_symlink():
            raise FileExistsError from None
        temporary.replace(target)


def _value(text: str) -> str:
    if not text or (_PLAIN.fullmatch(text) and text != "null"):
        return f" {text}" if text else ""
    # Every JSON string is a YAML double-quoted one.
    return f" {json.dumps(text, ensure_ascii=False)}"


def _moment(text: str) -> str:
    return f" {text}" if re.fullmatch(r"[0-9][0-9T: .+-]*", text) else _value(text)

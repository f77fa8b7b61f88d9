"""Days in plain English, whatever the locale of the program that calls us."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from followup_agent.english_dates import MONTH_WORDS, WEEKDAY_WORDS, at, on

_IN_GERMAN = """
import datetime as dt, locale
locale.setlocale(locale.LC_ALL, "de_DE.UTF-8")
day = dt.date(2026, 5, 12)
assert f"{day:%A %B}" == "Dienstag Mai", f"{day:%A %B}"
from followup_agent import load_notes
from followup_agent.asking.when import calendar_day, decision, when
print(when(day, dt.date(2026, 5, 14), "GB"))
print(calendar_day(day, day, "GB"))
print(decision(load_notes("notes.md"), dt.date(2026, 5, 28)))
"""
_NOTES = """\
---
company: Oven & Co
role: Baker
interviewed: 2026-05-12
candidate: {name: Sam Reed}
interviewers: [Priya Nair]
---
## Topics
- the night shift
## Timeline
- they decide next Friday
"""


def test_a_day_and_an_hour() -> None:
    """The hour is told where it is known."""
    assert on(dt.date(2026, 5, 12)) == "12 May 2026"
    assert at(dt.date(2026, 5, 12)) == "Tuesday 12 May 2026"
    assert at(dt.datetime(2026, 5, 12, 17)) == "Tuesday 12 May 2026, 17:00"


def test_the_short_forms() -> None:
    """Months count from 1 and weekdays from 0, as `datetime` has them."""
    assert [MONTH_WORDS[word] for word in ("january", "may", "sep", "sept")] == [1, 5, 9, 9]
    assert [WEEKDAY_WORDS[word] for word in ("monday", "tues", "thurs", "sun")] == [0, 1, 3, 6]


@pytest.mark.programs
def test_a_german_program_drafts_in_english(tmp_path: Path) -> None:
    """A caller's `setlocale` changes no word of a letter: no "on Dienstag"."""
    compiled = tmp_path / "de_DE.UTF-8"
    subprocess.run(["localedef", "-i", "de_DE", "-f", "UTF-8", str(compiled)], check=True)
    (tmp_path / "notes.md").write_text(_NOTES, "utf-8")
    told = subprocess.run(
        [sys.executable, "-c", _IN_GERMAN],
        env=os.environ | {"LOCPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stdout.splitlines() == ["on Tuesday", "12 May", "by 22 May"], told.stderr

"""Parts that the notes decide: subject, greeting and sign-off, by code."""

from __future__ import annotations

import re

from followup_agent.asking.when import calendar_day
from followup_agent.brief import Brief
from followup_agent.kinds import Kind
from followup_agent.names import called
from followup_agent.notes.model import Tone

#: At most so many characters, of GUIDE.md; shorter is better.
SUBJECT_MAX = 78
_ADVISED = 49

_SUBJECTS = {
    Kind.THANK_YOU: ("Thank you – {role} interview", "Thank you – {role}"),
    Kind.REMINDER: ("{role} interview on {day}", "{role} interview"),
    Kind.STATUS: ("{role} role: next steps", "{role} role"),
    Kind.VALUE_ADD: ("After our {role} interview", "{role} interview"),
    Kind.KEEP_IN_TOUCH: ("Thank you – {role} role", "Thank you – {role}"),
}
#: Where neither a role nor a company is short enough.
_BY = {
    Kind.THANK_YOU: "Thank you from {candidate}",
    Kind.REMINDER: "Our interview on {day}: {candidate}",
    Kind.STATUS: "Next steps: {candidate}",
    Kind.VALUE_ADD: "After our interview: {candidate}",
    Kind.KEEP_IN_TOUCH: "Thank you from {candidate}",
}
#: What a role may be named without: "Registered Nurse, Surgical ICU (nights)".
_LATER_IN_A_ROLE = re.compile(r"\s*(?:,|\(|\s[–—-]\s|\s/\s)")


def subject(brief: Brief) -> str:
    """The first form that is short enough, whole names only."""
    notes = brief.notes
    words = {
        "role": notes.role,
        "company": notes.company,
        "candidate": notes.candidate.name,
        "day": calendar_day(notes.interview_date, brief.today, notes.country),
    }
    short = words | {"role": _LATER_IN_A_ROLE.split(notes.role, maxsplit=1)[0]}
    forms = [form.format(**each) for each in (words, short) for form in _SUBJECTS[brief.kind]]
    forms += [form.format(**words) for form in ("{company}: {candidate}", _BY[brief.kind])]
    for bound in (_ADVISED, SUBJECT_MAX):
        for form in forms:
            if len(form) <= bound:
                return form
    return notes.candidate.name[:SUBJECT_MAX].strip()


def greeting(brief: Brief) -> str:
    """Dear or Hi, and the name as the notes have it."""
    warm = brief.tone is Tone.WARM or (brief.kind is Kind.LINKEDIN and brief.tone is Tone.NEUTRAL)
    return f"{'Hi' if warm else 'Dear'} {called(brief.to, brief.tone)},"


def closing(brief: Brief) -> str:
    """A sign-off in the thread's tone, and the candidate's name."""
    american = brief.notes.country in {"US", "CA", "PH"}
    words = {
        Tone.FORMAL: "Sincerely," if american else "Yours sincerely,",
        Tone.NEUTRAL: "Best regards," if american else "Kind regards,",
        Tone.WARM: "Best wishes,",
    }[brief.tone]
    return f"{words}\n{brief.notes.candidate.name}"

"""Parts that the notes decide: subject, greeting and sign-off, by code."""

from __future__ import annotations

from followup_agent.asking.wording import calendar_day
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


def subject(brief: Brief) -> str:
    """The first form that is short enough, whole names only."""
    notes = brief.notes
    words = {
        "role": notes.role,
        "company": notes.company,
        "candidate": notes.candidate.name,
        "day": calendar_day(notes.interview_date, brief.today, notes.country),
    }
    forms = [form.format(**words) for form in _SUBJECTS[brief.kind]]
    forms += ["{company}: {candidate}".format(**words), "{candidate}".format(**words)]
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

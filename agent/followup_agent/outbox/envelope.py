"""What a mail is made of: a valid draft, and the people of the notes."""

from __future__ import annotations

from dataclasses import dataclass

from followup_agent.errors import DraftRejected, KindError, RecipientError
from followup_agent.notes.model import Interviewer, InterviewNotes
from followup_agent.outbox.headers import ascii_address, checked, checked_body
from followup_agent.records import Draft


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A person's name and address, both fit for a header."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """A checked mail, not yet in any format.

    Attributes:
        sender: None where the notes hold no address of the candidate's.
        to: None where they hold none of the recipient's.
        subject: One line.
        body: Lines with ``\\n`` between them and one at the end.
    """

    sender: Mailbox | None
    to: Mailbox | None
    subject: str
    body: str

    @classmethod
    def of(cls, draft: Draft, notes: InterviewNotes) -> Envelope:
        """Take the words from a valid draft, and the people from the notes.

        Raises:
            DraftRejected: The draft is not valid.
            KindError: It is no mail, but a LinkedIn invitation.
            RecipientError: It is to nobody in these notes.
            HeaderRefused: A name, an address or the subject could break a header.
        """
        subject = mail_subject(draft)
        person = recipient(draft, notes)
        candidate = notes.candidate
        return cls(
            sender=_mailbox(candidate.name, candidate.email, "the candidate's"),
            to=_mailbox(person.name, person.email, "the interviewer's"),
            subject=checked(subject, "the subject"),
            body=checked_body(draft.body, "the body").rstrip("\n") + "\n",
        )


def mail_subject(draft: Draft) -> str:
    """The subject of a draft that may be delivered as a mail.

    Raises:
        DraftRejected: The draft is not valid.
        KindError: It has none: a LinkedIn invitation is no mail.
    """
    require_valid(draft)
    if draft.subject is None:
        raise KindError(
            f"a {draft.kind} message is no mail and has no subject; "
            "use --format text or --copy, and paste it there"
        )
    return draft.subject


def require_valid(draft: Draft) -> None:
    """Let only a valid draft out of the house.

    Raises:
        DraftRejected: Required parts are missing.
    """
    if not draft.valid:
        raise DraftRejected(draft, [v for v in draft.violations if v.severity == "required"])


def recipient(draft: Draft, notes: InterviewNotes) -> Interviewer:
    """The interviewer of the notes that a draft is to.

    Raises:
        RecipientError: Nobody in the notes has that name and address.
    """
    for person in notes.interviewers:
        if (person.name, person.email) == (draft.to.name, draft.to.email):
            return person
    names = ", ".join(p.name for p in notes.interviewers)
    raise RecipientError(
        f"{notes.source}: the draft is to somebody else than the interviewers there ({names}); "
        "deliver it with the notes that it was written from"
    )


def _mailbox(name: str, email: str | None, whose: str) -> Mailbox | None:
    if email is None:
        return None
    return Mailbox(checked(name, f"{whose} name"), ascii_address(email, f"{whose} address"))

"""A draft as a ``mailto:`` link (RFC 6068)."""

from __future__ import annotations

from urllib.parse import quote

from followup_agent.errors import OutputError
from followup_agent.notes.model import InterviewNotes
from followup_agent.outbox.envelope import Envelope
from followup_agent.records import Draft

#: Longer links are cut on their way: the command lines of Windows and some browsers and
#: mail programs stop at about 2,000 characters.
LONGEST = 1600


def mailto_url(draft: Draft, notes: InterviewNotes) -> str:
    """Write a draft as a link that opens it in the mail program.

    Args:
        draft: A valid draft.
        notes: The notes that it was written from; the recipient's address comes from them.

    Raises:
        OutputError: The link would pass `LONGEST` characters.
        DraftRejected: The draft is not valid.
        KindError: It is no mail, but a LinkedIn invitation.
        RecipientError: It is to nobody in these notes.
        HeaderRefused: A name, an address or the subject could break a header.
    """
    mail = Envelope.of(draft, notes)
    address = quote(mail.to.email, safe="@") if mail.to else ""
    body = mail.body.rstrip("\n").replace("\n", "\r\n")
    url = f"mailto:{address}?subject={quote(mail.subject, safe='')}&body={quote(body, safe='')}"
    if len(url) > LONGEST:
        raise OutputError(
            f"the mailto: link to {draft.to.name} would have {len(url):,} characters, and mail "
            f"programs cut it after {LONGEST:,}; use --format eml --out DIR"
        )
    return url

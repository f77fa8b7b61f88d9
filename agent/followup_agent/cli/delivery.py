"""Ways out for a valid draft beyond printing it; none of them sends anything."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followup_agent.errors import SettingsError

if TYPE_CHECKING:
    from followup_agent.notes.model import InterviewNotes
    from followup_agent.outbox.account import Account
    from followup_agent.records import Draft


@dataclass(frozen=True)
class Mailbox:
    """The mail account that ``--imap`` means.

    Attributes:
        place: ``HOST`` or ``HOST:PORT`` of the server.
        user: The login name.
        folder: The Drafts folder's name; None to find it.
    """

    place: str
    user: str
    folder: str | None

    @classmethod
    def of(cls, notes: InterviewNotes) -> Mailbox:
        """The account that the settings name, or the candidate's there.

        Raises:
            SettingsError: Server or login name are missing, or the server's makes no sense.
        """
        from followup_agent.outbox.account import imap_place
        from followup_agent.settings import Settings

        settings = Settings.load()
        user = settings.imap_user or notes.candidate.email
        if settings.imap_host is None:
            raise SettingsError("--imap needs FOLLOWUP_IMAP_HOST, as imap.example.org")
        if user is None:
            raise SettingsError("--imap needs FOLLOWUP_IMAP_USER, or candidate.email in the notes")
        imap_place(settings.imap_host)
        return cls(settings.imap_host, user, settings.imap_folder)

    @cached_property
    def account(self) -> Account:
        """With its password, which is asked for once, however many drafts there are.

        Raises:
            LoginRefused: There is no password.
            SettingsError: Something holds a control character.
        """
        from followup_agent.outbox.account import Account, imap_place
        from followup_agent.outbox.passwords import find_password

        password = find_password(imap_place(self.place)[0], self.user, _ask)
        return Account.of(self.place, self.user, password, self.folder)

    def append(self, draft: Draft, notes: InterviewNotes) -> str:
        """Put a draft into its Drafts folder, and name that.

        Raises:
            DeliveryError: It is not there.
        """
        from followup_agent.outbox.eml import eml_bytes
        from followup_agent.outbox.imap import append_draft

        mail = eml_bytes(draft, notes)
        return append_draft(self.account, mail)


@dataclass(slots=True)
class Ways:
    """What else is done with each valid draft.

    Attributes:
        copy: Put its text onto the clipboard.
        open: Open it in the mail program: the ``.eml`` file where one is written, else a
            ``mailto:`` link.
        imap: Put it into the Drafts folder of the mail account.
    """

    copy: bool = False
    open: bool = False
    imap: bool = False
    _mailbox: Mailbox | None = field(default=None, init=False)

    @property
    def mails(self) -> bool:
        """Whether one of the ways is a mail program or account."""
        return self.open or self.imap

    def check(self, notes: InterviewNotes) -> None:
        """See that the mail account is named, before a model is asked.

        Raises:
            SettingsError: It is not; the message says what to set.
        """
        if self.imap and self._mailbox is None:
            self._mailbox = Mailbox.of(notes)

    def deliver(
        self,
        draft: Draft,
        notes: InterviewNotes,
        files: tuple[Path, ...],
        note: Callable[[str], None],
    ) -> None:
        """Go each way that was asked for, and say so.

        Raises:
            CallerError: A way is closed; the message says how to mend that.
            DeliveryError: The mail server did not take it.
        """
        self.check(notes)
        if self.copy:
            from followup_agent.outbox.clipboard import copy

            note(f"copied, by {copy(draft.text)}")
        if self.open:
            _open(draft, notes, files)
        if self._mailbox:
            folder = self._mailbox.append(draft, notes)
            note(f"put into {folder} of your mail account; nothing was sent")


def _open(draft: Draft, notes: InterviewNotes, files: tuple[Path, ...]) -> None:
    from followup_agent.outbox.mailto import mailto_url
    from followup_agent.outbox.open import open_eml, open_mailto

    mails = [path for path in files if path.suffix == ".eml"]
    if mails:
        open_eml(mails[0])
    else:
        open_mailto(mailto_url(draft, notes))


def _ask(words: str) -> str:
    """A password typed in; none where nobody is there to type it."""
    if not _at_terminal():
        return ""
    answer: str = click.prompt(words, hide_input=True, err=True, default="", show_default=False)
    return answer


def _at_terminal() -> bool:
    """Whether a person can be asked; also where the notes come through standard input."""
    if sys.stdin.isatty():
        return True
    try:
        with Path("/dev/tty").open("rb"):
            return True
    except OSError:
        return False

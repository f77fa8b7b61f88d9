"""Ways out for a valid draft beyond printing it; none of them sends anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from followup_agent.errors import OutputError, SettingsError

if TYPE_CHECKING:
    from followup_agent.notes.model import InterviewNotes
    from followup_agent.records import Draft
    from followup_agent.settings import Settings


@dataclass(frozen=True, slots=True)
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

    @property
    def mails(self) -> bool:
        """Whether one of the ways is a mail program or account."""
        return self.open or self.imap

    def check(self, notes: InterviewNotes) -> None:
        """Refuse what no draft can mend, before a model is asked for one.

        Raises:
            SettingsError: The mail account is not set, or not set right.
        """
        if self.imap:
            from followup_agent.outbox.account import imap_place
            from followup_agent.settings import Settings

            imap_place(_login(Settings.load(), notes)[0])

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
        """
        if self.copy:
            from followup_agent.outbox.clipboard import copy

            note(f"copied, by {copy(draft.text)}")
        if self.open:
            _open(draft, notes, files)
        if self.imap:
            note(f"put into {_append(draft, notes)} of your mail account; nothing was sent")


def _open(draft: Draft, notes: InterviewNotes, files: tuple[Path, ...]) -> None:
    from followup_agent.outbox.mailto import mailto_url
    from followup_agent.outbox.open import open_eml, open_mailto

    mails = [path for path in files if path.suffix == ".eml"]
    if mails:
        open_eml(mails[0])
    else:
        open_mailto(mailto_url(draft, notes))


def _append(draft: Draft, notes: InterviewNotes) -> str:
    from followup_agent.outbox.account import Account, imap_place
    from followup_agent.outbox.eml import eml_bytes
    from followup_agent.outbox.imap import append_draft
    from followup_agent.outbox.passwords import find_password
    from followup_agent.settings import Settings

    settings = Settings.load()
    host, user = _login(settings, notes)
    mail = eml_bytes(draft, notes)
    password = find_password(imap_place(host)[0], user, _ask)
    return append_draft(Account.of(host, user, password, settings.imap_folder), mail)


def _login(settings: Settings, notes: InterviewNotes) -> tuple[str, str]:
    user = settings.imap_user or notes.candidate.email
    if settings.imap_host is None:
        raise SettingsError("--imap needs FOLLOWUP_IMAP_HOST, as imap.example.org")
    if user is None:
        raise SettingsError("--imap needs FOLLOWUP_IMAP_USER, or candidate.email in the notes")
    return settings.imap_host, user


def _ask(words: str) -> str:
    import sys

    if not sys.stdin.isatty():
        raise OutputError("a password is asked for at a terminal only; keep it in the keyring")
    answer: str = click.prompt(words, hide_input=True, err=True, default="", show_default=False)
    return answer

"""A draft into the Drafts folder of a mail account, over IMAP. Nothing is sent.

The candidate opens it there, in any mail program of theirs, reads it and sends it.
"""

from __future__ import annotations

import contextlib
import imaplib
import ipaddress
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar

from followup_agent.errors import (
    AppendRefused,
    DeliveryError,
    LoginRefused,
    MailServerFailed,
    NoDraftsFolder,
    SettingsError,
)
from followup_agent.outbox import mailbox_name
from followup_agent.outbox.drafts_folder import choose_drafts, read_list
from followup_agent.settings import Secret

Security = Literal["tls", "starttls", "plain"]

TLS_PORT: Final = 993
STARTTLS_PORT: Final = 143
#: Seconds that the whole conversation may take, from the connection to the last answer.
TIMEOUT: Final = 30.0
_SHOWN = 200  # characters of the server's words that an error repeats
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_LATER = "the draft is not there; write it with --format eml, or try again"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Account:
    """A mail account.

    Attributes:
        host: Name of the IMAP server; its certificate must be for that name.
        user: The login name, mostly the whole address.
        security: ``tls`` from the first octet, ``starttls`` (refused where the server
            doesn't offer it), or ``plain``, which only a server on this machine may have.
        folder: The Drafts folder's name; None to find it.
        timeout: Seconds for the whole conversation.
        trusted: A file of certificate authorities in place of the system's.
    """

    host: str
    user: str
    password: Secret
    port: int = TLS_PORT
    security: Security = "tls"
    folder: str | None = None
    timeout: float = TIMEOUT
    trusted: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.security == "plain" and not _is_loopback(self.host):
            raise SettingsError(
                f"{self.host}: without TLS a password goes to 127.0.0.1 or ::1 only"
            )
        if any(map(_CONTROL.search, (self.host, self.user, self.folder or ""))):
            raise SettingsError(
                "the mail server, login name or folder holds a control character; write it again"
            )


def append_draft(account: Account, eml: bytes) -> str:
    """Put a draft into the account's Drafts folder, marked as a draft and as seen.

    Args:
        account: Where.
        eml: What `eml_bytes` wrote.

    Returns:
        The folder's name.

    Raises:
        MailServerFailed: No connection, no trusted certificate, or it broke or took too
            long. If that was at the very end, the draft may be there nevertheless.
        LoginRefused: Name or password are wrong, or the server takes no password.
        NoDraftsFolder: There is none, or not the one of ``account.folder``.
        AppendRefused: The server would not keep the draft.
    """
    deadline = _Deadline(account.timeout)
    with _translated(account, deadline):
        with contextlib.closing(_connected(account, deadline)) as talk:
            client = talk.client
            _log_in(client, account)
            _speak_utf8(client)
            folder = _drafts_folder(client, account)
            _append(client, folder, eml)
            return _shown_name(client, folder)
    raise AssertionError  # for mypy: the context does not swallow exceptions


class _Deadline:
    """Cuts a connection when its time is up, also one that drips an octet at a time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.over = False
        self._client: imaplib.IMAP4 | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def watch(self, client: imaplib.IMAP4) -> None:
        self._client = client
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()

    def _cut(self) -> None:
        self.over = True
        with contextlib.suppress(OSError):
            self._client.sock.shutdown(2)

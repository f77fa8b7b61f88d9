"""A draft into the Drafts folder of a mail account, over IMAP. Nothing is sent.

The candidate opens it there, in any mail program of theirs, reads it and sends it.
"""

from __future__ import annotations

import contextlib
import imaplib
import socket
import ssl
from collections.abc import Iterator
from typing import Final

from followup_agent.errors import (
    AppendRefused,
    DeliveryError,
    LoginRefused,
    MailServerFailed,
    NoDraftsFolder,
)
from followup_agent.outbox import mailbox_name
from followup_agent.outbox.account import Account
from followup_agent.outbox.deadline import Deadline
from followup_agent.outbox.drafts_folder import Folder, choose_drafts, read_list

#: Drafts are written by the candidate, so a mail program shouldn't show them as news.
FLAGS: Final = r"(\Draft \Seen)"
_LITERAL_MAX = 1_000_000  # octets; the longest answer that is waited for is a folder's name
_SHOWN = 200  # characters of the server's words that an error repeats


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
    with _conversation(account) as client:
        _log_in(client, account)
        _speak_utf8(client)
        name = _drafts_folder(client, account)
        readable = name.decode() if client.utf8_enabled else mailbox_name.decode(name)
        _append(client, name, eml, account)
        return readable


class _Watched(imaplib.IMAP4):
    """A client under a deadline, which begins before the first octet is read."""

    def __init__(self, account: Account, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(account.host, account.port, timeout=account.timeout)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:
        """Connect, and let the deadline cut the connection."""
        super().open(host, port, timeout)
        self._deadline.watch(lambda: self.sock)

    def read(self, size: int) -> bytes:
        """Read a literal, unless it is absurd."""
        if size > _LITERAL_MAX:
            raise self.abort(f"an answer of {size:,} octets")
        return super().read(size)


class _WatchedTls(_Watched):
    """The same, with TLS from the first octet."""

    def __init__(self, account: Account, deadline: Deadline, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(account, deadline)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        # How imaplib's own IMAP4_SSL does it; a class can't be made of both.
        plain: socket.socket = super()._create_socket(timeout)  # type: ignore[misc]
        return self._context.wrap_socket(plain, server_hostname=self.host)


@contextlib.contextmanager
def _conversation(account: Account) -> Iterator[imaplib.IMAP4]:
    """A connection that is always closed, and whose failures are `MailServerFailed`."""
    with Deadline(account.timeout) as deadline:
        try:
            client = _connected(account, deadline)
            try:
                if account.security == "starttls":
                    client.starttls(_context(account))
                yield client
            finally:
                _hang_up(client)
        except DeliveryError:
            raise
        except (OSError, imaplib.IMAP4.error, ValueError) as exc:
            raise MailServerFailed(_reason(exc, account, deadline)) from exc


def _context(account: Account) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=account.trusted)


def _connected(account: Account, deadline: Deadline) -> imaplib.IMAP4:
    if account.security == "tls":
        return _WatchedTls(account, deadline, _context(account))
    return _Watched(account, deadline)


def _hang_up(client: imaplib.IMAP4) -> None:
    """Say goodbye; what was done before stays done if that fails."""
    with contextlib.suppress(OSError, imaplib.IMAP4.error, ValueError):
        client.logout()
    with contextlib.suppress(OSError):
        client.shutdown()


def _log_in(client: imaplib.IMAP4, account: Account) -> None:
    password = account.password.reveal()
    token = f"\0{account.user}\0{password}".encode()
    try:
        if "AUTH=PLAIN" in client.capabilities:
            client.authenticate("PLAIN", lambda _: token)
        elif "LOGINDISABLED" in client.capabilities:
            raise LoginRefused(f"{account.host} takes no password from programs; use --format eml")
        else:
            client.login(_quoted(account.user), password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as exc:
        words = _words(exc).replace(password, "…") if password else _words(exc)
        raise LoginRefused(
            f"{account.host} refused the login of {account.user} ({words}); check both, and "
            "whether the provider wants an app password"
        ) from None
    # Most servers tell what they can do only now.
    client.capabilities = _capabilities(client)


def _capabilities(client: imaplib.IMAP4) -> tuple[str, ...]:
    _, data = client.capability()
    return tuple((data[-1] or b"").decode("ascii", "replace").upper().split())


def _speak_utf8(client: imaplib.IMAP4) -> None:
    """Switch to UTF-8 names where the server can (RFC 6855); some know nothing else."""
    offered = {"UTF8=ACCEPT", "UTF8=ONLY"} & set(client.capabilities)
    if offered and "ENABLE" in client.capabilities:
        with _declined():
            client.enable("UTF8=ACCEPT")


@contextlib.contextmanager
def _declined() -> Iterator[None]:
    """What the server may say no to; a broken connection is still raised."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        pass


def _drafts_folder(client: imaplib.IMAP4, account: Account) -> bytes:
    """The Drafts folder's name as it goes over the wire."""
    if account.folder is not None:
        utf8 = client.utf8_enabled
        return account.folder.encode() if utf8 else mailbox_name.encode(account.folder)
    for folders in _listings(client):
        if folder := choose_drafts(folders):
            return folder.raw
    raise NoDraftsFolder(
        f"{account.host} marks no folder as Drafts, and none has a usual name for it; "
        "name it with FOLLOWUP_IMAP_FOLDER"
    )


def _listings(client: imaplib.IMAP4) -> Iterator[list[Folder]]:
    """The account's folders, asked for in the ways that servers know, best first."""
    utf8 = client.utf8_enabled
    if "SPECIAL-USE" in client.capabilities:
        with _declined():
            yield list(read_list(client.list('(SPECIAL-USE) ""', "*")[1], utf8))
    if "XLIST" in client.capabilities:
        with _declined():
            client.xatom("XLIST", '""', "*")
            yield list(read_list(client.response("XLIST")[1], utf8))
    with _declined():
        yield list(read_list(client.list('""', "*")[1], utf8))


def _append(client: imaplib.IMAP4, name: bytes, eml: bytes, account: Account) -> None:
    mailbox = _quoted(name.decode("utf-8" if client.utf8_enabled else "ascii"))
    # append() would wrap the mail for 8-bit headers (RFC 6855), of which ours has none.
    client.utf8_enabled = False
    try:
        answer, data = client.append(mailbox, FLAGS, "", eml)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as exc:
        answer, data = "BAD", [str(exc).encode()]
    if answer == "OK":
        return
    words = _shown(b" ".join(part for part in data if isinstance(part, bytes)))
    if "TRYCREATE" in words.upper():
        raise NoDraftsFolder(
            f"{account.host} has no such folder ({words}); name it with FOLLOWUP_IMAP_FOLDER"
        )
    raise AppendRefused(f"{account.host} would not keep the draft ({words}); use --format eml")


def _quoted(text: str) -> str:
    """A quoted string; what no quoted string can hold is refused.

    Raises:
        ValueError: A line break or NUL.
    """
    if any(char in text for char in "\r\n\0"):
        raise ValueError("a name with a line break")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _reason(exc: Exception, account: Account, deadline: Deadline) -> str:
    where = f"{account.host}:{account.port}"
    if deadline.over or isinstance(exc, TimeoutError):
        return (
            f"{where} took longer than {account.timeout:g} seconds; try again, or use --format eml"
        )
    if isinstance(exc, ssl.SSLCertVerificationError):
        return (
            f"{where} has no certificate to be trusted ({exc.verify_message}); no password "
            "was sent there: check FOLLOWUP_IMAP_HOST, or name your own authority's file in "
            "SSL_CERT_FILE"
        )
    if isinstance(exc, ssl.SSLError):
        words = getattr(exc, "reason", None) or "it broke off"
        return f"{where} does not speak TLS there ({words}); check the port: 993, or 143"
    if isinstance(exc, OSError):
        return f"{where} cannot be reached: {exc.strerror or exc}; check FOLLOWUP_IMAP_HOST"
    return f"{where} broke off or does not speak IMAP ({_words(exc)}); check FOLLOWUP_IMAP_HOST"


def _words(exc: Exception) -> str:
    argument = exc.args[0] if exc.args else ""
    return _shown(argument if isinstance(argument, bytes) else str(argument).encode())


def _shown(words: bytes) -> str:
    """A server's words, which may be anything, on one line of bounded length."""
    text = words.decode("utf-8", "replace")[:_SHOWN]
    return "".join(char if char.isprintable() else "·" for char in text)

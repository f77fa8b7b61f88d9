"""The mail account that drafts are put into."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Final, Literal

from followup_agent.errors import SettingsError
from followup_agent.settings import Secret

Security = Literal["tls", "starttls", "plain"]

TLS_PORT: Final = 993
STARTTLS_PORT: Final = 143
#: Seconds that the whole conversation may take, from the connection to the last answer.
TIMEOUT: Final = 30.0
_CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_PLACE = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s:/@\[\]]+))(?::(?P<port>\d{1,5}))?"
)


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
        texts = (self.host, self.user, self.folder or "", self.password.reveal())
        if any(map(_CONTROL.search, texts)):
            raise SettingsError(
                "the mail server, login name, folder or password holds a control character; "
                "write it again"
            )

    @classmethod
    def of(cls, place: str, user: str, password: Secret, folder: str | None = None) -> Account:
        """An account at ``HOST`` or ``HOST:PORT``: STARTTLS at port 143, else TLS.

        Raises:
            SettingsError: The place makes no sense, or something holds a control character.
        """
        host, port = imap_place(place)
        security: Security = "starttls" if port == STARTTLS_PORT else "tls"
        return cls(host, user, password, port, security, folder)


def imap_place(text: str) -> tuple[str, int]:
    """Read ``HOST`` or ``HOST:PORT``; an IPv6 address stands in brackets.

    Raises:
        SettingsError: It is neither.
    """
    found = _PLACE.fullmatch(text.strip())
    port = int(found["port"] or TLS_PORT) if found else 0
    if not found or not 0 < port < 65_536:
        raise SettingsError(
            "the mail server is no host name; write it as imap.example.org, or with a port "
            "as imap.example.org:143"
        )
    return found["six"] or found["host"], port


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

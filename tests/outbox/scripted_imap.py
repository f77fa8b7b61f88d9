"""A mail server of a few lines, at the other end of a socket pair."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from dataclasses import dataclass, field

GREETING = b"* OK ready"
BASE = "IMAP4rev1"


@dataclass
class ScriptedImap:
    """Answers by table; what it was told is kept.

    Attributes:
        before: Capabilities before the login; ``after`` those after it.
        answers: A command's name to the status line that ends it (``NO …``); OK without.
        folders: What a LIST answers, by the pattern of its arguments.
        raw: Sent in place of the greeting and everything else, then the connection ends.
        silent_at: The command that gets no answer.
    """

    before: str = f"{BASE} AUTH=PLAIN"
    after: str = f"{BASE} SPECIAL-USE"
    greeting: bytes = GREETING
    answers: dict[str, str] = field(default_factory=dict)
    folders: dict[str, list[bytes]] = field(default_factory=dict)
    raw: bytes | None = None
    silent_at: str = ""
    said: list[bytes] = field(default_factory=list)
    hosts: list[object] = field(default_factory=list)
    mail: bytes = b""

    def connect(self, address: object, *_: object, **__: object) -> socket.socket:
        """Stands in for `socket.create_connection`."""
        self.hosts.append(address)
        ours, theirs = socket.socketpair()
        theirs.settimeout(_[0] if _ else 5)
        threading.Thread(target=self._serve, args=(ours,), daemon=True).start()
        return theirs

    def _serve(self, link: socket.socket) -> None:
        with link, contextlib.suppress(OSError):
            link.settimeout(5)
            if self.raw is not None:
                link.sendall(self.raw)
                link.shutdown(socket.SHUT_WR)
                link.recv(4096)
                return
            link.sendall(self.greeting + b"\r\n")
            with link.makefile("rb") as lines:
                for line in lines:
                    if not self._answer(link, lines, line):
                        return

    def _answer(self, link, lines, line: bytes) -> bool:
        self.said.append(line)
        tag, command, *_ = line.decode().split()
        if command == self.silent_at:
            link.recv(1)
            return False
        extra = getattr(self, f"_{command.lower()}", lambda *_: [])(link, lines, line)
        answer = self.answers.get(command, "OK done")
        for item in extra if answer.startswith("OK") else []:
            link.sendall(item + b"\r\n")
        if command == "LOGOUT":
            link.sendall(b"* BYE\r\n")
        link.sendall(f"{tag} {answer}\r\n".encode())
        return command != "LOGOUT"

    def _capability(self, *_) -> list[bytes]:
        logged_in = any(re.search(rb" (AUTHENTICATE|LOGIN) ", line) for line in self.said)
        return [b"* CAPABILITY " + (self.after if logged_in else self.before).encode()]

    def _authenticate(self, link, lines, _) -> list[bytes]:
        link.sendall(b"+ \r\n")
        self.said.append(lines.readline())
        return []

    def _list(self, link, lines, line: bytes) -> list[bytes]:
        asked = line.decode().split(" ", 1)[1].strip()
        return self.folders.get(asked, [])

    _xlist = _list

    def _append(self, link, lines, line: bytes) -> list[bytes]:
        if "APPEND" in self.answers:
            return []
        size = int(re.search(rb"\{(\d+)\}\r\n", line)[1])
        link.sendall(b"+ go on\r\n")
        self.mail = lines.read(size)
        lines.readline()
        return []

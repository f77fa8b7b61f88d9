"""A real Dovecot on loopback, with its own configuration, users and certificate."""

from __future__ import annotations

import contextlib
import imaplib
import os
import pwd
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "daniel@okafor.example", 'pä"ss\\ wörd'
DRAFTS = "Entwürfe & Pläne"

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
auth_failure_delay = 0
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox "{drafts}" {{
    auto = create
    special_use = \\Drafts
  }}
  mailbox Drafts {{
    auto = create
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """Where the server is.

    Attributes:
        plain: Port of IMAP with STARTTLS.
        tls: Port of IMAP over TLS.
        authority: Certificate of the authority that signed the server's.
        log: What the server says.
    """

    plain: int
    tls: int
    authority: Path
    log: Path

    @contextlib.contextmanager
    def client(self) -> Iterator[imaplib.IMAP4_SSL]:
        """Another client, logged in."""
        context = ssl.create_default_context(cafile=str(self.authority))
        with imaplib.IMAP4_SSL("127.0.0.1", self.tls, ssl_context=context) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client

    def mails(self, folder: bytes) -> list[tuple[set[bytes], bytes]]:
        """Flags and octets of every mail in a folder, oldest first."""
        with self.client() as client:
            answer, (count,) = client.select(f'"{folder.decode()}"', readonly=True)
            assert answer == "OK"
            if count == b"0":
                return []
            _, items = client.fetch("1:*", "(FLAGS BODY.PEEK[])")
        pairs = [item for item in items if isinstance(item, tuple)]
        return [
            (set(re.search(rb"FLAGS \(([^)]*)\)", head)[1].split()) - {rb"\Recent"}, octets)
            for head, octets in pairs
        ]


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


def certify(folder: Path) -> None:
    """An authority of our own, and a certificate for 127.0.0.1 that it signed."""
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    openssl(folder, "req", "-x509", *new, "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem")  # fmt: skip
    openssl(folder, "req", *new[:-2], "-subj", "/CN=imap", "-keyout", "server.key", "-out", "server.csr")  # fmt: skip
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1,DNS:imap.okafor.example\n")
    openssl(folder, "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "server.pem")  # fmt: skip


def free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def configure(folder: Path) -> tuple[int, int]:
    """Write the configuration; without root everything runs as the user who tests."""
    plain, tls = free_ports(2)
    root = os.geteuid() == 0
    me = pwd.getpwuid(os.geteuid())
    owner = pwd.getpwnam("nobody") if root else me
    group = "dovecot" if root else subprocess.check_output(["id", "-gn"], text=True).strip()
    for name in ("run", "state", "mail"):
        (folder / name).mkdir()
    os.chown(folder / "mail", owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)
    (folder / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
    (folder / "dovecot.conf").write_text(
        CONFIG.format(
            folder=folder,
            internal="dovecot" if root else me.pw_name,
            internal_group=group,
            login="dovenull" if root else me.pw_name,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            drafts=DRAFTS,
            plain=plain,
            tls=tls,
        ),
        encoding="utf-8",
    )
    return plain, tls


@contextlib.contextmanager
def running_dovecot() -> Iterator[Dovecot]:
    """Start a server, wait until it answers, and end it afterwards."""
    # Not pytest's folder: the path of a socket may have 107 characters only.
    folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
    process = None
    try:
        certify(folder)
        plain, tls = configure(folder)
        program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
        process = subprocess.Popen(
            [program, "-F", "-c", str(folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        server = Dovecot(plain, tls, folder / "ca.pem", folder / "log")
        wait_for(server, process)
        yield server
    finally:
        if process:
            process.terminate()
            process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(server: Dovecot, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with server.client():
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
    log = server.log.read_text(encoding="utf-8") if server.log.exists() else ""
    raise AssertionError(f"Dovecot did not start: {log[-2000:]}")

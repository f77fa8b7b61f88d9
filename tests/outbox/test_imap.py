"""A draft lands in the Drafts folder, over a checked connection, or the reason is told."""

from __future__ import annotations

import base64
import random
import socket
import ssl
import time

import pytest
from deliverable import make_draft, make_notes
from scripted_imap import BASE, ScriptedImap

from followup_agent.errors import (
    AppendRefused,
    DeliveryError,
    LoginRefused,
    MailServerFailed,
    NoDraftsFolder,
    SettingsError,
)
from followup_agent.outbox.account import Account, imap_place
from followup_agent.outbox.deadline import Deadline
from followup_agent.outbox.eml import eml_bytes
from followup_agent.outbox.imap import append_draft
from followup_agent.settings import Secret

PASSWORD = 'p"ä\\ss'
SPECIAL = 'LIST (SPECIAL-USE) "" *'
ALL = 'LIST "" *'
MARKED = {SPECIAL: [rb'* LIST (\HasNoChildren \Drafts) "/" "Entw&APw-rfe"']}
EML = eml_bytes(make_draft(), make_notes())


def account(**keys) -> Account:
    base = {"host": "127.0.0.1", "user": "daniel", "password": Secret(PASSWORD), "port": 143}
    return Account(**{**base, "security": "plain", "timeout": 5.0, **keys})


@pytest.fixture
def serve(monkeypatch):
    """Makes a scripted server the one that is connected to."""

    def start(**keys) -> ScriptedImap:
        server = ScriptedImap(**{"folders": MARKED, **keys})
        monkeypatch.setattr(socket, "create_connection", server.connect)
        return server

    return start


def told(server: ScriptedImap) -> list[bytes]:
    return [line.split(b" ", 1)[-1].rstrip() for line in server.said]


def test_a_draft_lands_in_the_folder_marked_drafts(serve):
    """Found by special use, marked as a draft and as seen, octet by octet the same."""
    server = serve()
    assert append_draft(account(), EML) == "Entwürfe"
    assert server.mail == EML
    assert told(server) == [
        b"CAPABILITY",
        b"AUTHENTICATE PLAIN",
        base64.b64encode(f"\0daniel\0{PASSWORD}".encode()),
        b"CAPABILITY",
        SPECIAL.encode(),
        rb'APPEND "Entw&APw-rfe" (\Draft \Seen) {%d}' % len(EML),
        b"LOGOUT",
    ]


def test_a_server_without_sasl_gets_a_quoted_login(serve):
    """LOGIN is the older way; neither name nor password can end its quotation marks."""
    server = serve(before=BASE)
    append_draft(account(user='da"n\\iel', password=Secret('p"w\\')), EML)
    assert rb'LOGIN "da\"n\\iel" "p\"w\\"' in told(server)


def test_the_older_listing_is_asked_where_it_is_offered(serve):
    """XLIST tells the folder where SPECIAL-USE is unknown."""
    folders = {'XLIST "" *': [rb'* XLIST (\Drafts) "/" "[Mail]/Brouillons"']}
    serve(after=f"{BASE} XLIST", folders=folders)
    assert append_draft(account(), EML) == "[Mail]/Brouillons"


@pytest.mark.parametrize("answer", ["NO never heard of it", "BAD what?"])
def test_what_the_server_declines_is_asked_otherwise(serve, answer):
    """A refused LIST is no end: usual names are looked for."""
    folders = {ALL: [rb'* LIST () "." INBOX', rb'* LIST () "." INBOX.Drafts']}
    server = serve(after=f"{BASE} XLIST", folders=folders, answers={"XLIST": answer})
    assert append_draft(account(), EML) == "INBOX.Drafts"
    assert b'XLIST "" *' in told(server)


def test_no_drafts_folder_names_the_mend(serve):
    """Nothing is put where it might not be found."""
    server = serve(folders={ALL: [rb'* LIST () "/" INBOX', rb'* LIST () "/" Sent']})
    with pytest.raises(NoDraftsFolder, match="FOLLOWUP_IMAP_FOLDER"):
        append_draft(account(), EML)
    assert server.mail == b""
    assert told(server)[-1] == b"LOGOUT"


def test_a_named_folder_is_not_looked_for(serve):
    """The name is written in modified UTF-7, and quoted."""
    server = serve()
    assert append_draft(account(folder='Entwürfe "A&B"'), EML) == 'Entwürfe "A&B"'
    assert rb'APPEND "Entw&APw-rfe \"A&-B\"" (\Draft \Seen) {%d}' % len(EML) in told(server)


def test_utf8_is_spoken_where_it_is_offered(serve):
    """Names are UTF-8 then, and the mail, which is ASCII, is not wrapped."""
    folders = {SPECIAL: ['* LIST (\\Drafts) "/" "Entwürfe & A&-B"'.encode()]}
    server = serve(after=f"{BASE} SPECIAL-USE ENABLE UTF8=ACCEPT", folders=folders)
    assert append_draft(account(), EML) == "Entwürfe & A&-B"
    assert b"ENABLE UTF8=ACCEPT" in told(server)
    assert server.mail == EML
    server = serve(after=f"{BASE} SPECIAL-USE ENABLE UTF8=ACCEPT")
    assert append_draft(account(folder="下書き"), EML) == "下書き"
    assert f'APPEND "下書き" (\\Draft \\Seen) {{{len(EML)}}}'.encode() in told(server)


def test_utf8_that_is_declined_is_done_without(serve):
    """A server may offer and refuse it; a draft lands all the same."""
    serve(after=f"{BASE} SPECIAL-USE ENABLE UTF8=ACCEPT", answers={"ENABLE": "BAD no"})
    assert append_draft(account(), EML) == "Entwürfe"


@pytest.mark.parametrize("before", [f"{BASE} AUTH=PLAIN", BASE])
def test_a_wrong_password_is_told_without_it(serve, before):
    """The server's words are shown, the password is not, and nothing is retried."""
    password = "hunter2"
    answer = dict.fromkeys(("AUTHENTICATE", "LOGIN"), f"NO bad {password}\x1b[2J")
    server = serve(before=before, answers=answer)
    with pytest.raises(LoginRefused, match="app password") as caught:
        append_draft(account(password=Secret(password)), EML)
    assert password not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert sum(b"AUTHENTICATE" in line or b"LOGIN" in line for line in server.said) == 1


def test_a_server_that_takes_no_password_is_told(serve):
    """LOGINDISABLED means that none is sent."""
    server = serve(before=f"{BASE} LOGINDISABLED")
    with pytest.raises(LoginRefused, match="--format eml"):
        append_draft(account(), EML)
    assert PASSWORD.encode() not in b"".join(server.said)


def test_an_old_server_and_a_password_of_other_letters(serve):
    """LOGIN knows ASCII only: that is told, not a traceback."""
    serve(before=BASE)
    with pytest.raises(MailServerFailed):
        append_draft(account(), EML)


@pytest.mark.parametrize("answer", ["NO [OVERQUOTA] full", "BAD no such thing"])
def test_a_full_mailbox_is_told(serve, answer):
    """What the server would not keep is named, with the way out."""
    serve(answers={"APPEND": answer})
    with pytest.raises(AppendRefused, match=r"--format eml") as caught:
        append_draft(account(), EML)
    assert answer.split(" ", 1)[1] in str(caught.value)


def test_a_folder_that_is_not_there_is_told(serve):
    """A folder is never made."""
    serve(answers={"APPEND": "NO [TRYCREATE] no such mailbox"})
    with pytest.raises(NoDraftsFolder, match="no such folder"):
        append_draft(account(folder="Nowhere"), EML)


@pytest.mark.parametrize("command", ["CAPABILITY", "AUTHENTICATE", "LIST", "APPEND", "ENABLE"])
def test_silence_ends_in_time(serve, command):
    """Each step is bounded; after it there is no more waiting."""
    serve(silent_at=command, after=f"{BASE} SPECIAL-USE ENABLE UTF8=ACCEPT")
    begun = time.monotonic()
    with pytest.raises(MailServerFailed, match=r"longer than 0\.3 seconds"):
        append_draft(account(timeout=0.3), EML)
    assert time.monotonic() - begun < 3


def test_a_connection_made_too_late_is_cut_at_once():
    """A name that took all the time to look up leaves none for the conversation."""
    ours, theirs = socket.socketpair()
    with ours, theirs, Deadline(0.01) as deadline:
        while not deadline.over:
            time.sleep(0.01)
        deadline.watch(lambda: theirs)
        assert ours.recv(1) == b""


def test_a_folders_name_with_a_line_break_is_not_sent(serve):
    """A server cannot make us speak its commands."""
    literal = rb'* LIST (\Drafts) "/" {16}' + b"\r\nx\r\nA1 DELETE y\r\n"
    server = serve(folders={SPECIAL: [literal]})
    with pytest.raises(MailServerFailed, match="a name with a line break"):
        append_draft(account(), EML)
    assert not any(b"DELETE" in line for line in server.said)


def test_a_server_that_drips_ends_in_time(monkeypatch):
    """The whole conversation is bounded, not only each octet of it."""
    ours, theirs = socket.socketpair()
    theirs.settimeout(5)

    def drip() -> None:
        try:
            while True:
                ours.sendall(b"*")
                time.sleep(0.05)
        except OSError:
            ours.close()

    import threading

    monkeypatch.setattr(socket, "create_connection", lambda *_: theirs)
    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    begun = time.monotonic()
    with pytest.raises(MailServerFailed, match="longer than"):
        append_draft(account(timeout=0.5), EML)
    assert time.monotonic() - begun < 4
    thread.join(5)


@pytest.mark.parametrize("command", ["LIST", "APPEND"])
def test_a_goodbye_in_the_middle_is_told(serve, command):
    """A server that hangs up is a failure of its own."""
    serve(silent_at=command, answers={}, greeting=b"* OK hi\r\n* BYE shutting down")
    with pytest.raises(MailServerFailed, match="broke off"):
        append_draft(account(), EML)


@pytest.mark.parametrize(
    "raw", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"* NO go away\r\n", b"\0" * 99, b"* OK"]
)
def test_what_speaks_no_imap_is_told(serve, raw):
    """A web server's or another's answer is no traceback."""
    serve(raw=raw)
    with pytest.raises(MailServerFailed, match=r"127\.0\.0\.1:143 broke off"):
        append_draft(account(), EML)


def test_an_absurd_literal_is_not_waited_for(serve):
    """A server cannot make us read gigabytes."""
    serve(folders={SPECIAL: [b'* LIST () "/" {2000000000}']})
    with pytest.raises(MailServerFailed, match="2,000,000,000 octets"):
        append_draft(account(), EML)


def test_no_connection_is_told(monkeypatch):
    """The system's own words, and where to."""

    def refuse(*_):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(MailServerFailed, match=r"127\.0\.0\.1:143 cannot be reached: Connection r"):
        append_draft(account(), EML)


class Wrapping:
    """Stands in for an SSL context: it wraps nothing, or fails."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.failure = failure
        self.names: list[str] = []

    def wrap_socket(self, plain, server_hostname):
        self.names.append(server_hostname)
        if self.failure:
            plain.close()
            raise self.failure
        return plain


def contexts(monkeypatch, failure=None):
    made = Wrapping(failure)
    monkeypatch.setattr(ssl, "create_default_context", lambda cafile=None: made)
    return made


@pytest.mark.parametrize(("port", "security"), [(993, "tls"), (143, "starttls")])
def test_tls_is_asked_for_the_servers_name(serve, monkeypatch, port, security):
    """From the first octet at 993, by STARTTLS at 143; the certificate is for the name."""
    server = serve(before=f"{BASE} STARTTLS AUTH=PLAIN")
    made = contexts(monkeypatch)
    place = Account.of(f"imap.lumen.example:{port}", "daniel", Secret("pw"))
    assert place.security == security
    assert append_draft(place, EML) == "Entwürfe"
    assert made.names == ["imap.lumen.example"]
    assert server.hosts == [("imap.lumen.example", port)]


def test_the_default_context_checks_certificate_and_name(monkeypatch):
    """Nothing of what Python checks by default is switched off."""
    from followup_agent.outbox import imap

    context = imap._context(account())
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_without_starttls_no_password_is_sent(serve):
    """A connection that someone keeps in the open is left."""
    server = serve(before=f"{BASE} AUTH=PLAIN")
    with pytest.raises(MailServerFailed, match="TLS not supported"):
        append_draft(Account.of("imap.lumen.example:143", "daniel", Secret("pw")), EML)
    assert not any(b"AUTH" in line for line in server.said)


def test_a_login_before_starttls_is_not_believed(serve):
    """PREAUTH would do away with STARTTLS; nothing is sent there."""
    server = serve(greeting=b"* PREAUTH hi", before=f"{BASE} STARTTLS AUTH=PLAIN")
    with pytest.raises(MailServerFailed):
        append_draft(Account.of("imap.lumen.example:143", "daniel", Secret("pw")), EML)
    assert server.mail == b""


def test_a_certificate_that_is_not_trusted_is_told(serve, monkeypatch):
    """Before any password is sent."""
    error = ssl.SSLCertVerificationError(1, "verify failed")
    error.verify_message = "self-signed certificate"
    server = serve()
    contexts(monkeypatch, error)
    with pytest.raises(MailServerFailed, match=r"\(self-signed certificate\); no password"):
        append_draft(Account.of("imap.lumen.example", "daniel", Secret("pw")), EML)
    assert server.said == []


def test_a_port_without_tls_is_told(serve, monkeypatch):
    """The wrong port is the usual reason."""
    serve()
    contexts(monkeypatch, ssl.SSLError(1, "wrong version number"))
    with pytest.raises(MailServerFailed, match="check the port"):
        append_draft(Account.of("imap.lumen.example", "daniel", Secret("pw")), EML)


@pytest.mark.parametrize("host", ["imap.lumen.example", "localhost", "10.0.0.1", "127.0.0.1.evil"])
def test_without_tls_only_this_machine_is_reached(host):
    """A password never goes over a network in the open."""
    with pytest.raises(SettingsError, match="without TLS"):
        account(host=host)
    assert account(host="::1").security == "plain"


@pytest.mark.parametrize("field", ["user", "folder", "password"])
@pytest.mark.parametrize("char", "\r\n\0\x7f\ud800")
def test_control_characters_are_refused(field, char):
    """Nothing typed in can become a command."""
    value = f"x{char}A1 DELETE INBOX"
    with pytest.raises(SettingsError, match="control character"):
        account(**{field: Secret(value) if field == "password" else value})


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("imap.lumen.example", ("imap.lumen.example", 993)),
        (" imap.lumen.example:143 ", ("imap.lumen.example", 143)),
        ("[::1]:1993", ("::1", 1993)),
        ("[::1]", ("::1", 993)),
    ],
)
def test_a_place_is_a_host_with_or_without_a_port(text, place):
    """Port 993 unless another is named."""
    assert imap_place(text) == place


@pytest.mark.parametrize(
    "text", ["", "imaps://host", "host:0", "host:70000", "a b", "u@host", "::1"]
)
def test_what_is_no_place_is_refused(text):
    """With the way to write one."""
    with pytest.raises(SettingsError, match=r"imap\.example\.org:143"):
        imap_place(text)


def test_an_account_shows_no_password():
    """Not in a log, not in a traceback's locals."""
    assert PASSWORD not in repr(account())


def test_delivery_errors_have_an_exit_code_of_their_own():
    """6: the draft is fine, the mail server was not."""
    kinds = DeliveryError.__subclasses__()
    assert {kind.exit_code for kind in [DeliveryError, *kinds]} == {6}


_PIECES = [b"* ", b"OK", b" LIST ", b"CAPABILITY ", b"IMAP4rev1", b"\r\n", b"{9}", b"{-1}", b"+ "]
_PIECES += [b"PREAUTH ", b"BYE ", b"\xff\xfe", b"\0", b'"', b"(\\Drafts)", b"AAAA1 OK", b"[", b"]"]


def test_any_answer_ends_in_a_delivery_error(serve, monkeypatch):
    """A thousand answers of no sense: never another exception, never a hang."""
    rng = random.Random(5)
    server = serve()
    for _ in range(1000):
        server.raw = b"* OK hi\r\n" * rng.randint(0, 1) + b"".join(
            rng.choice(_PIECES) for _ in range(rng.randint(0, 30))
        )
        with pytest.raises(DeliveryError):
            append_draft(account(), EML)

"""`draft --imap` as a person runs it, into the Drafts folder of a real Dovecot."""

from __future__ import annotations

import re

import pytest
from command import NOTES, TO_PRIYA, Command
from dovecot import DRAFTS, PASSWORD, USER, running_dovecot
from real_programs import needs

from followup_agent.outbox.mailbox_name import encode
from servers.provider import Provider

pytestmark = [pytest.mark.programs, pytest.mark.server]

IMAP = (*TO_PRIYA, "--imap")


@pytest.fixture(scope="module")
def dovecot():
    """One mail server for all tests here."""
    needs("dovecot", "openssl")
    with running_dovecot() as server:
        yield server


@pytest.fixture
def provider():
    """The model's server."""
    with Provider() as server:
        yield server


@pytest.fixture
def command(dovecot, provider):
    """The command, whose system trusts the mail server's authority."""
    return Command(
        provider.url,
        FOLLOWUP_IMAP_HOST=f"127.0.0.1:{dovecot.tls}",
        SSL_CERT_FILE=str(dovecot.authority),
    )


@pytest.fixture
def drafts(dovecot):
    """What was put into the Drafts folder since the test began: flags and octets."""
    folder = encode(DRAFTS)
    before = len(dovecot.mails(folder))
    return lambda: dovecot.mails(folder)[before:]


@pytest.fixture
def kept(tmp_path):
    """A keyring that keeps the account's password: the module that the extra installs, faked."""
    folder = tmp_path / "keyring-extra"
    folder.mkdir()
    known = {("followup-agent:127.0.0.1", USER): PASSWORD}
    (folder / "keyring.py").write_text(
        f"def get_password(*account):\n    return {known!r}.get(account)\n", encoding="utf-8"
    )
    return folder


def test_a_typed_password_brings_the_draft_into_the_folder(command, drafts, tmp_path):
    """Marked as a draft, and octet by octet what ``--format eml`` writes; nothing is echoed."""
    done = command.at_terminal(*IMAP, typed=PASSWORD)
    assert (done.code, done.asked) == (0, 1)
    assert f"Password of {USER} at 127.0.0.1: " in done.err
    assert f"put into {DRAFTS} of your mail account; nothing was sent" in done.err
    assert PASSWORD not in done.err
    assert command(*TO_PRIYA, "--format", "eml", "--out", tmp_path / "out").code == 0
    (eml,) = (tmp_path / "out").glob("*.eml")
    ((flags, octets),) = drafts()
    assert octets == eml.read_bytes()
    assert flags == {rb"\Draft", rb"\Seen"}


def test_the_draft_is_still_printed(command, drafts, kept):
    """Standard output holds the message alone, as without --imap; a keyring needs no terminal."""
    path = f"{kept}:{command.environ['PYTHONPATH']}"
    done = command(*IMAP, PYTHONPATH=path)
    assert done.code == 0
    assert done.out == command(*TO_PRIYA).out
    assert done.err == f"put into {DRAFTS} of your mail account; nothing was sent\n"
    assert len(drafts()) == 1


def test_the_keyring_is_asked_before_a_person(command, drafts, kept):
    """At a terminal nobody types what is kept."""
    path = f"{kept}:{command.environ['PYTHONPATH']}"
    done = command.at_terminal(*IMAP, PYTHONPATH=path)
    assert (done.code, done.asked, len(drafts())) == (0, 0, 1)


def test_notes_on_standard_input_leave_the_terminal_for_the_password(command, drafts):
    """`cat notes.md | followup-agent draft - --imap` asks all the same."""
    done = command.at_terminal("draft", "-", *IMAP[2:], typed=PASSWORD, stdin=NOTES)
    assert (done.code, done.asked, len(drafts())) == (0, 1, 1)


def test_a_panel_asks_for_the_password_once(command, drafts):
    """However many drafts there are."""
    panel = ("draft", NOTES, "--kind", "value-add", "--today", "2026-05-18", "--imap")
    done = command.at_terminal(*panel, typed=PASSWORD)
    assert done.code == 0, done.err
    assert (done.asked, len(drafts())) == (1, 2)


def test_a_wrong_password_is_one_line(command, drafts):
    """The server's words and the mend; the draft is printed, the password is not."""
    done = command.at_terminal(*IMAP, typed="hunter2")
    assert done.code == 6
    assert re.fullmatch(rf"127\.0\.0\.1 refused the login of {USER} \(.*\); check .*", done.error)
    assert "Kind regards,\nDaniel Okafor" in done.err
    assert "hunter2" not in done.err
    assert drafts() == []


@pytest.mark.parametrize("terminal", [True, False])
def test_no_password_is_one_line(command, terminal):
    """Whether nobody typed one or nobody could; with the command that keeps it."""
    done = command.at_terminal(*IMAP) if terminal else command(*IMAP)
    assert done.code == 6
    assert f"`keyring set followup-agent:127.0.0.1 {USER}`" in done.error
    assert "Kind regards,\nDaniel Okafor" in done.out + done.err


def test_a_server_that_is_not_there_is_one_line(command):
    """The system's words, and which variable names it."""
    done = command.at_terminal(*IMAP, typed="x", FOLLOWUP_IMAP_HOST="127.0.0.1:1")
    assert done.code == 6
    assert done.error == (
        "127.0.0.1:1 cannot be reached: Connection refused; check FOLLOWUP_IMAP_HOST"
    )


def test_an_untrusted_certificate_is_one_line(command, dovecot):
    """No password is sent there, and the way to trust an authority of one's own is named."""
    before = dovecot.log.read_text().count(f"user=<{USER}>")
    done = command.at_terminal(*IMAP, typed="x", SSL_CERT_FILE="")
    assert done.code == 6
    assert "no certificate to be trusted" in done.error
    assert "SSL_CERT_FILE" in done.error
    assert dovecot.log.read_text().count(f"user=<{USER}>") == before


def test_a_certificate_for_another_name_is_one_line(command, dovecot):
    """The host is checked, not only the authority."""
    place = f"localhost:{dovecot.tls}"
    done = command.at_terminal(*IMAP, typed="x", FOLLOWUP_IMAP_HOST=place)
    assert done.code == 6
    assert "Hostname mismatch" in done.error
    assert "check FOLLOWUP_IMAP_HOST" in done.error


def test_no_such_folder_is_one_line(command):
    """It is not made; the variable that names it is told."""
    done = command.at_terminal(*IMAP, typed=PASSWORD, FOLLOWUP_IMAP_FOLDER="Nowhere")
    assert done.code == 6
    assert done.error.endswith("name it with FOLLOWUP_IMAP_FOLDER")


@pytest.mark.parametrize(
    ("place", "words"),
    [("", "--imap needs FOLLOWUP_IMAP_HOST"), ("imaps://imap.example", "imap.example.org:143")],
)
def test_what_is_not_set_is_told_before_a_model_is_asked(command, provider, place, words):
    """Nobody waits, or pays, for a draft that could not be put anywhere."""
    done = command(*IMAP, FOLLOWUP_IMAP_HOST=place)
    assert done.code == 2
    assert words in done.error
    assert provider.seen == []

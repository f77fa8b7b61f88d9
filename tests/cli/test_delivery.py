"""A valid draft goes the ways that were asked for; tests/outbox runs them with real programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from running import Run, script

from followup_agent.cli import output
from followup_agent.errors import LoginRefused, OutputError
from followup_agent.outbox import imap
from followup_agent.outbox.account import Account
from good_messages import NOTES_FILE, TO_TOM, answer

TO_PRIYA = ("draft", NOTES_FILE, "--kind", "thank-you", "--to", "Priya", "--today", "2026-05-13")


@pytest.fixture
def appended(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Account, bytes]]:
    """Stands in for the mail server: what each draft was put into, and its octets."""
    given: list[tuple[Account, bytes]] = []

    def append(account: Account, eml: bytes) -> str:
        given.append((account, eml))
        return "Drafts"

    monkeypatch.setattr("followup_agent.outbox.imap.append_draft", append)
    monkeypatch.setattr("followup_agent.outbox.passwords._kept", lambda *_: "kept")
    monkeypatch.setenv("FOLLOWUP_IMAP_HOST", "imap.okafor.example")
    return given


def test_the_account_is_the_candidates_unless_another_is_named(
    cli: Run, monkeypatch: pytest.MonkeyPatch, appended: list[tuple[Account, bytes]]
) -> None:
    """FOLLOWUP_IMAP_USER and FOLLOWUP_IMAP_FOLDER name another; the octets are the .eml's."""
    script(monkeypatch, [answer()], cycle=True)
    assert cli(*TO_PRIYA, "--imap").code == 0
    monkeypatch.setenv("FOLLOWUP_IMAP_USER", "daniel")
    monkeypatch.setenv("FOLLOWUP_IMAP_FOLDER", "Entwürfe")
    done = cli(*TO_PRIYA, "--imap")
    assert done.err == "put into Drafts of your mail account; nothing was sent\n"
    assert [(account.user, account.folder) for account, _ in appended] == [
        ("daniel@okafor.example", None),
        ("daniel", "Entwürfe"),
    ]
    eml = cli(*TO_PRIYA, "--format", "eml").out
    assert {octets.decode() for _, octets in appended} == {eml}


@pytest.mark.parametrize(
    ("place", "words"),
    [("", "--imap needs FOLLOWUP_IMAP_HOST"), ("imaps://host", "imap.example.org:143")],
)
def test_a_mail_account_that_is_not_named_is_told_before_a_model_is_asked(
    cli: Run, monkeypatch: pytest.MonkeyPatch, place: str, words: str
) -> None:
    """Exit 2, and no request was made."""
    model = script(monkeypatch, [answer()])
    monkeypatch.setenv("FOLLOWUP_IMAP_HOST", place)
    done = cli(*TO_PRIYA, "--imap")
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert model.requests == []


def test_notes_without_an_address_need_a_login_name(
    cli: Run, monkeypatch: pytest.MonkeyPatch, appended: list[tuple[Account, bytes]]
) -> None:
    """The variable and the notes' key are both named."""
    script(monkeypatch, [answer()])
    text = NOTES_FILE.read_text(encoding="utf-8")
    Path("notes.md").write_text(text.replace("  email: daniel@okafor.example\n", ""), "utf-8")
    done = cli("draft", "notes.md", *TO_PRIYA[2:], "--imap")
    assert done.code == 2
    assert "FOLLOWUP_IMAP_USER, or candidate.email" in done.err


def test_a_delivery_that_fails_leaves_the_draft(
    cli: Run, monkeypatch: pytest.MonkeyPatch, appended: list[tuple[Account, bytes]]
) -> None:
    """Exit 6 and one line; the message stands on standard output."""

    def refuse(*_: object) -> str:
        raise LoginRefused("imap.okafor.example refused the login")

    monkeypatch.setattr("followup_agent.outbox.imap.append_draft", refuse)
    script(monkeypatch, [answer()])
    done = cli(*TO_PRIYA, "--imap")
    assert done.code == 6
    assert done.out.endswith("Daniel Okafor\n")
    assert done.err == "followup-agent: imap.okafor.example refused the login\n"


@pytest.mark.parametrize("way", [("--format", "mailto"), ("--open",)])
def test_a_link_that_is_too_long_loses_no_words(
    cli: Run, monkeypatch: pytest.MonkeyPatch, way: tuple[str, ...]
) -> None:
    """The .eml is named, and the draft is shown, be it only on standard error."""
    monkeypatch.setattr("followup_agent.outbox.mailto.LONGEST", 100)
    script(monkeypatch, [answer()])
    done = cli(*TO_PRIYA, *way)
    assert done.code == 2
    assert done.err.endswith("use --format eml --out DIR\n")
    assert (done.out + done.err).count("Best wishes,\nDaniel Okafor\n") == 1


def test_the_clipboard_and_the_opener_are_given_the_draft(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The printed words, and the link that --format mailto prints."""
    given: list[str] = []
    monkeypatch.setattr(
        "followup_agent.outbox.clipboard.copy", lambda text: given.append(text) or "xclip"
    )
    monkeypatch.setattr("followup_agent.outbox.open.open_mailto", given.append)
    script(monkeypatch, [answer()], cycle=True)
    done = cli(*TO_PRIYA, "--copy", "--open")
    assert done.err == "copied, by xclip\n"
    assert given == [done.out.rstrip("\n"), cli(*TO_PRIYA, "--format", "mailto").out.rstrip("\n")]


@pytest.mark.parametrize("failing", ["imap", "out"])
def test_a_failed_delivery_leaves_the_others_of_a_panel_theirs(
    cli: Run,
    monkeypatch: pytest.MonkeyPatch,
    appended: list[tuple[Account, bytes]],
    tmp_path: Path,
    failing: str,
) -> None:
    """Only the first cannot be delivered: all are shown or filed, and the exit code tells."""
    real_append, real_write = imap.append_draft, output.write_file
    calls: list[object] = []

    def once(error: Exception, then: Callable[..., object]) -> Callable[..., object]:
        def deliver(*args: object) -> object:
            calls.append(args)
            if len(calls) == 1:
                raise error
            return then(*args)

        return deliver

    refused = once(LoginRefused("imap.okafor.example refused the login"), real_append)
    full = once(OutputError("drafts/a.txt: cannot be written: no space left"), real_write)
    model = script(monkeypatch, [answer(), answer(**TO_TOM)])
    panel = ("draft", NOTES_FILE, "--kind", "thank-you", "--today", "2026-05-13")
    if failing == "imap":
        monkeypatch.setattr(imap, "append_draft", refused)
        done = cli(*panel, "--imap")
        assert (done.code, len(appended)) == (6, 1)
        assert "followup-agent: imap.okafor.example refused the login\n" in done.err
        assert "Hi Priya" in done.out
        assert "Dear Tom" in done.out
    else:
        monkeypatch.setattr(output, "write_file", full)
        done = cli(*panel, "--out", tmp_path / "drafts")
        assert (done.code, done.out) == (2, "")
        assert "Hi Priya" in done.err
        assert [file.stem[-10:] for file in (tmp_path / "drafts").iterdir()] == ["tom-becker"]
    assert len(model.requests) == 2

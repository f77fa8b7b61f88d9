"""Any message can be checked: a text, an e-mail file, a draft, with or without the notes."""

from __future__ import annotations

import datetime as dt
import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from followup_agent import ScriptedModel, check, draft
from followup_agent.checking import MAX_BYTES, read_message
from followup_agent.errors import KindError, MessageError, NotesError, RecipientError
from followup_agent.guide.message import LAYOUTS, Composition, Part
from followup_agent.guide.registry import rules
from followup_agent.kinds import Kind
from good_messages import DAYS, GOOD, NOTES, NOTES_FILE, TODAY, answer, brief, parts


def composed(kind: Kind = Kind.THANK_YOU, **changed: str | None) -> Composition:
    """The good parts with some changed or left out."""
    return Composition(kind, {Part(k): v for k, v in parts(kind, **changed).items()})


TEXT = composed().text
HOW = {"proofread": False, "today": TODAY}


def mail(content: str = TEXT, subtype: str = "plain", charset: str = "utf-8") -> bytes:
    """A message file as a mail program saves it."""
    head, _, body = content.partition("\n\n")
    made = EmailMessage()
    made["Subject"] = head.removeprefix("Subject: ")
    made["To"] = "Priya Nair <priya.nair@lumen.example>"
    made.set_content(body, subtype=subtype, charset=charset)
    return made.as_bytes().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("kind", Kind)
def test_a_good_text_is_valid(kind: Kind) -> None:
    """Each kind is recognised from its text, its recipient found, and every part named."""
    report = check(composed(kind).text, NOTES, today=DAYS[kind], proofread=False)
    assert report.valid, report.violations
    assert (report.kind, report.to.name) == (kind, "Priya Nair")
    assert set(report.parts) >= set(map(str, LAYOUTS[kind].required))
    assert report.text == composed(kind).text


def test_every_form_of_a_message_gives_the_same_report(tmp_path: Path) -> None:
    """Text, file, e-mail, mapping, parts, composition and draft are read alike."""
    made = draft(NOTES, "thank-you", "Priya", ScriptedModel([answer()]), **HOW)
    (tmp_path / "message.txt").write_text(TEXT, "utf-8")
    (tmp_path / "bom.txt").write_text(TEXT, "utf-8-sig")
    (tmp_path / "draft.json").write_text(json.dumps(made.to_dict()), "utf-8")
    forms = [
        *(tmp_path / name for name in ("message.txt", "bom.txt", "draft.json")),
        {"subject": made.subject, "body": made.body},
        {
            "kind": "thank-you",
            "parts": {**GOOD[Kind.THANK_YOU], "other": "x", "fit": GOOD[Kind.THANK_YOU]["fit"]},
        },
        made.to_dict(),
        composed(),
        made,
    ]
    first = check(TEXT, NOTES, "thank-you", "Priya", **HOW)
    for form in forms:
        assert check(form, NOTES, None, "Priya", **HOW) == first
    (tmp_path / "message.eml").write_bytes(mail())
    from_mail = check(tmp_path / "message.eml", NOTES, None, "Priya", **HOW)
    assert from_mail.valid
    assert (from_mail.subject, from_mail.parts) == (first.subject, first.parts)


def test_a_drafts_kind_is_kept(tmp_path: Path) -> None:
    """The kind that a draft's JSON names is not guessed anew."""
    path = tmp_path / "draft.json"
    path.write_text(
        json.dumps({"kind": "status", "subject": "x", "body": GOOD[Kind.STATUS]["ask"]})
    )
    assert check(path, proofread=False).kind is Kind.STATUS
    assert check(path, kind="linkedin", proofread=False).kind is Kind.LINKEDIN
    assert check(composed(Kind.REMINDER), kind="auto", proofread=False).kind is Kind.REMINDER


def test_without_notes_what_cannot_be_checked_is_named() -> None:
    """The other rules still hold, and no source is claimed."""
    report = check(TEXT, proofread=False)
    needing = {r.id for r in rules(report.kind) if r.needs_notes}
    assert needing <= set(report.unchecked)
    assert not needing & set(report.passed)
    assert (report.sources, report.to) == ((), None)
    assert check(TEXT, to="Priya Nair", proofread=False).to.name == "Priya Nair"


@pytest.mark.parametrize(
    "changed",
    [
        {"fit": "I ran 90 services at Globex."},
        {"closing": None},
        {"gratitude": "Thank you, [name] 😀."},
        {"greeting": "Hi Tom,"},
    ],
)
def test_spans_are_words_of_the_text(changed: dict) -> None:
    """Every violation points into the text that was read."""
    report = check(composed(**changed), NOTES, to="Priya", **HOW)
    assert not report.valid
    spans = [v.span for v in report.violations if v.span]
    assert all(0 <= start < end <= len(report.text) for start, end in spans)
    assert all(report.text[start:end].strip() for start, end in spans)


def test_the_json_of_a_report() -> None:
    """It is what a draft prints less what a model run has, and how far the check went."""
    data = json.loads(json.dumps(check(TEXT, NOTES, **HOW).to_dict()))
    assert list(data) == [
        *("kind", "to", "subject", "body", "parts", "valid", "violations", "sources"),
        *("passed", "unchecked", "text"),
    ]


@pytest.mark.parametrize(
    ("greeting", "name"),
    [
        ("Hi Priya,", "Priya Nair"),
        ("Dear Mr Becker,", "Tom Becker"),
        ("Hi all,", None),
        ("Hi Priya and Tom,", None),
    ],
)
def test_the_recipient_is_found_in_the_greeting(greeting: str, name: str | None) -> None:
    """Of several interviewers it is the one who is greeted; nobody is guessed."""
    to = check(composed(greeting=greeting), NOTES, **HOW).to
    assert (to.name if to else None) == name


def test_a_single_interviewer_is_the_recipient() -> None:
    """With one interviewer in the notes there is nothing to find."""
    alone = NOTES.model_copy(update={"interviewers": NOTES.interviewers[1:]})
    assert check("Hello.", alone, **HOW).to.name == "Tom Becker"


def test_a_named_recipient_must_be_in_the_notes() -> None:
    """A wrong name is the caller's mistake."""
    with pytest.raises(RecipientError, match="did you mean Tom Becker"):
        check(TEXT, NOTES, to="Tom Beker")


def test_siblings_are_compared() -> None:
    """A copy of another message of the panel is found."""
    report = check(TEXT, NOTES, siblings=[TEXT], **HOW)
    assert "near_copy" in {v.rule for v in report.violations}


def test_a_linkedin_note_may_be_longer_when_paid() -> None:
    """300 characters instead of 200."""
    long = composed(
        Kind.LINKEDIN,
        reference="I enjoyed our interview on 12 May about event-driven services. " * 3,
    )
    for paid in (False, True):
        report = check(long, NOTES, paid_linkedin=paid, **HOW)
        assert ("length" in {v.rule for v in report.violations}) is not paid


def test_what_is_no_message_has_only_faults() -> None:
    """A text with nothing of a message in it is read, not refused."""
    report = check("42", kind="thank-you", proofread=False)
    assert not report.valid
    assert (report.subject, report.body) == (None, "42")
    assert check("Subject: x", kind="thank-you", proofread=False).subject == "x"
    assert check("{First name}, thank you.", proofread=False).text.startswith("{First")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("m.txt", b"", "the message is empty"),
        ("m.txt", b" \n\t", "the message is empty"),
        ("m.txt", b"\xef\xbb\xbf", "the message is empty"),
        ("m.txt", b"Hi \xff", "byte 3 is not UTF-8; save the file as UTF-8"),
        ("m.txt", b"Hi\0there", "not a text file"),
        ("m.txt", b"x" * (MAX_BYTES + 1), "larger than 256 KiB"),
        ("m.json", b'{"body": ', "begins like JSON and is not"),
        ("m.json", b'{"a":' * 99_999, "begins like JSON and is not|larger"),
        ("m.eml", mail("<p>Hi</p>", "html"), "no plain-text body"),
        ("m.eml", b"", "no plain-text body"),
        ("m.eml", mail().replace(b"utf-8", b"klingon"), "not a readable e-mail file"),
        (
            "m.eml",
            b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x",
            "no plain-text body|not a readable",
        ),
    ],
)
def test_a_message_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, fault: str) -> None:
    """Each is one line with the file's name, and no traceback of another library."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(MessageError, match=fault) as caught:
        check(tmp_path / name)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "  ",
        "x" * (MAX_BYTES + 1),
        {},
        {"body": 3},
        {"kind": "thank-you"},
        {"parts": {}},
        {"subject": 1, "body": "x"},
    ],
)
def test_a_value_that_is_no_message(message: object) -> None:
    """The error says what a message is made of."""
    with pytest.raises(MessageError):
        check(message)


@pytest.mark.parametrize(
    "message", ["Hi.", {"kind": "thanks", "parts": {}}, {"kind": "thanks", "body": "x"}]
)
def test_an_unknown_kind_names_the_known(message: object) -> None:
    """A kind of nobody's is the caller's mistake, wherever it stands."""
    with pytest.raises(KindError, match="kinds are: auto, thank-you, "):
        check(message, kind=None if isinstance(message, dict) else "thanks")


@pytest.mark.parametrize("where", ["nowhere.txt", "."])
def test_a_file_that_is_not_there(where: str) -> None:
    """A missing file or a folder is an error of ours."""
    with pytest.raises(MessageError, match=r"No such file|directory"):
        check(Path(where))


def test_faulty_notes_are_told() -> None:
    """The notes' own faults come before any judgement."""
    with pytest.raises(NotesError):
        check(TEXT, {"company": "x"})


def test_an_e_mail_in_another_charset_is_read() -> None:
    """What the mail says of its own encoding holds, in subject and body."""
    text = read_message(
        "m.eml", mail("Subject: Café – 李\n\nHi Zoë,\n\nThanks.", charset="iso-8859-1")
    )
    assert text.startswith("Subject: Café – 李\n\nHi Zoë,")
    bare = read_message("m.EML", b"To: a@b.example\r\n\r\nHi.\r\n")
    assert bare.strip() == "Hi."


def test_proofreading_can_be_left_out() -> None:
    """It finds a slip of the pen, and is named as unchecked when it is off."""
    slip = composed(
        interest="I would very much like to wrok on this as Senior Backend Engineer at Lumen Health."
    )
    assert "proofreading" in {
        v.rule for v in check(slip, NOTES, to="Priya", today=TODAY).violations
    }
    assert "proofreading" in check(slip, NOTES, to="Priya", **HOW).unchecked
    assert brief().proofread is False
    assert NOTES_FILE.is_file()


def test_today_may_be_a_moment() -> None:
    """Its day counts, for the kind and for "yesterday"; a text is refused by name."""
    moment = dt.datetime.combine(TODAY, dt.time(9))
    assert check(composed(), NOTES, to="Priya", today=moment, proofread=False).valid
    with pytest.raises(TypeError, match=r"datetime\.date, not '2026-05-13'"):
        check(composed(), NOTES, to="Priya", today="2026-05-13")

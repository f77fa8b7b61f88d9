"""The smaller commands, the help, and how every failure ends."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from running import Run, script

from followup_agent import __version__
from followup_agent.cli.main import COMMANDS, group, main
from followup_agent.cli.report import Page
from followup_agent.guide.page import guide_page
from good_messages import NOTES_FILE, answer

COMMAND = (sys.executable, "-c", "from followup_agent.cli import main; main()")
DAY = ("--today", "2026-05-13")


def test_help_lists_every_command(cli: Run) -> None:
    """In the order of use, each with its line, and the exit codes."""
    for args in (("--help",), ("-h",)):
        done = cli(*args)
        assert (done.code, done.err) == (0, "")
        listed = done.out.partition("Commands:\n")[2].splitlines()
        assert [line.split()[0] for line in listed[: len(COMMANDS)]] == list(COMMANDS)
        assert "Exit codes: 0 valid" in done.out
    assert cli("--version").out == f"followup-agent, version {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(cli: Run, name: str) -> None:
    """What it does, and command lines to copy."""
    done = cli(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert "Example" in done.out
    assert f"  followup-agent {name}" in done.out


def test_no_command_shows_the_help(cli: Run) -> None:
    """Bare `followup-agent` tells what there is."""
    done = cli()
    assert "Commands:" in done.out + done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("darft", "notes.md"), "Did you mean 'draft'?"),
        (("chekc",), "Did you mean 'check'?"),
        (("zzz",), "No such command 'zzz'"),
        (("draft", "notes.md", "--buget", "3"), "--budget"),
        (("draft", "notes.md", "--kind", "thankyou"), "Did you mean 'thank-you'?"),
        (("draft", "notes.md", "--kind", "zzz"), "'zzz' is not one of auto, thank-you, reminder"),
        (("check", "m.txt", "--format", "jsno"), "Did you mean 'json'?"),
        (
            ("draft", "notes.md", "--today", "tomorrow"),
            "'tomorrow' is not a date; write it as 2026-05-12",
        ),
        (("draft", "notes.md", "--max-reasks", "99"), "99"),
        (("draft", "notes.md", "--timeout", "0"), "0"),
        (("draft",), "NOTES"),
        (("completion", "tcsh"), "is not one of bash, zsh, fish"),
    ],
)
def test_a_mistyped_line_names_the_nearest(cli: Run, args: tuple[str, ...], hint: str) -> None:
    """Exit 2, with what was meant, and no traceback."""
    done = cli(*args)
    assert (done.code, done.out) == (2, "")
    assert hint in done.err
    assert "Traceback" not in done.err


def test_new_writes_notes_to_fill_in(cli: Run, tmp_path: Path) -> None:
    """The file is there with what was given; the next step is said; nothing is overwritten."""
    args = (
        "--company",
        "Lumen Health",
        "--role",
        "Backend Engineer",
        "--interviewer",
        "Priya Nair",
    )
    done = cli(
        "new", "notes.md", *args, "--interviewer", "Tom Becker", "--interviewed", "2026-05-12"
    )
    assert (done.code, done.err) == (0, "")
    assert done.out == "notes.md: fill it in, then run: followup-agent draft notes.md\n"
    text = Path("notes.md").read_text("utf-8")
    assert "Lumen Health" in text
    again = cli("new", "notes.md")
    assert again.code == 2
    assert "--force" in again.err
    assert Path("notes.md").read_text("utf-8") == text
    assert cli("new", "notes.md", "--force").code == 0
    assert Path("notes.md").read_text("utf-8") != text


@pytest.mark.parametrize("name", ["notes.yaml", "notes.YML", "notes.json", "notes.csv"])
def test_new_writes_markdown_only(cli: Run, name: str) -> None:
    """What it writes could not be read again under the name of another format."""
    done = cli("new", name)
    assert (done.code, done.out) == (2, "")
    assert f"name it {Path(name).stem}.md" in done.err
    assert not Path(name).exists()


def test_plan_tells_what_is_due(cli: Run, tmp_path: Path) -> None:
    """For files and folders of them, as text or one JSON object a line."""
    done = cli("plan", NOTES_FILE, *DAY)
    assert done.code == 0
    assert "thank-you to Priya Nair: " in done.out
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "a.md").write_text(NOTES_FILE.read_text("utf-8"), "utf-8")
    (tmp_path / "all" / "photo.png").write_bytes(b"\x89PNG")
    lines = cli("plan", tmp_path / "all", "--format", "json", *DAY).out.splitlines()
    assert {json.loads(line)["to"] for line in lines} == {"Priya Nair", "Tom Becker"}
    piped = cli("plan", "-", *DAY, stdin=NOTES_FILE.read_bytes())
    assert piped.out.startswith("-: ")


def test_plan_tells_of_contradictions(cli: Run) -> None:
    """Notes that cannot be so are pointed out beside the plan."""
    text = NOTES_FILE.read_text("utf-8") + "- 2026-05-01 sent thank-you to Priya Nair\n"
    done = cli("plan", "-", *DAY, stdin=text)
    assert done.code == 0
    assert done.err


@pytest.mark.parametrize("command", ["plan", "due"])
@pytest.mark.parametrize("broken", [False, True])
def test_nothing_in_a_plan_steers_the_terminal(
    cli: Run, tmp_path: Path, command: str, broken: bool
) -> None:
    """Control characters of a file's name are shown as such, in the plan and in faults."""
    file = tmp_path / "a\x1b[2J\u202eb.md"
    text = NOTES_FILE.read_text("utf-8")
    file.write_text(text.replace("company:", "compony:") if broken else text, "utf-8")
    done = cli(command, file, *DAY)
    shown = done.err if broken else done.out
    assert "a\N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}b.md" in shown
    assert not {"\x1b", "\u202e"} & {*done.out, *done.err}


def test_guide_prints_the_page(cli: Run) -> None:
    """Whole or of one kind."""
    assert cli("guide").out == guide_page()
    assert cli("guide", "--kind", "status").out.startswith("# The guide: status\n")


def test_prompts_are_listed_shown_and_rendered(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be sent can be read before it is sent; nothing is sent."""
    listed = cli("prompts", "list").out
    assert any(line.startswith("* thank-you@2  ") for line in listed.splitlines())
    shown = cli("prompts", "show", "thank-you@2").out
    assert "{% block system %}" in shown
    model = script(monkeypatch, [answer()])
    rendered = cli("prompts", "render", NOTES_FILE, "--to", "Priya", *DAY)
    assert rendered.code == 0
    assert rendered.err.startswith("thank-you to Priya Nair: ")
    assert model.requests == []
    assert "--- system\nYou write one thank-you e-mail" in rendered.out
    assert "--- at most 2048 tokens, temperature 0, seed 0" in rendered.out
    cli("draft", NOTES_FILE, "--to", "Priya", *DAY)
    assert all(turn.content in rendered.out for turn in model.requests[0].turns)


def test_a_small_models_prompts_show_how_an_answer_begins(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part's request is rendered, with the words that the model goes on from."""
    from followup_agent.chat.protocol import Profile

    script(monkeypatch, [], profile=Profile(plan="parts"))
    done = cli("prompts", "render", NOTES_FILE, "--kind", "thank-you", "--to", "Priya", *DAY)
    assert done.out.count("--- system") == 4
    assert "--- assistant, to go on from\n" in done.out


@pytest.mark.parametrize(
    "args", [("show", "nothing"), ("show", "thank-you@99"), ("list", "--prompts", "nowhere")]
)
def test_an_unknown_prompt_is_exit_2(cli: Run, args: tuple[str, ...]) -> None:
    """One line says what there is."""
    done = cli("prompts", *args)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(cli: Run, shell: str) -> None:
    """Each usual shell gets a script."""
    done = cli("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "_FOLLOWUP_AGENT_COMPLETE" in done.out


def test_completion_knows_the_commands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shell's question is answered from the real command."""
    monkeypatch.setenv("COMP_WORDS", "followup-agent dr")
    monkeypatch.setenv("COMP_CWORD", "1")
    monkeypatch.setenv("_FOLLOWUP_AGENT_COMPLETE", "bash_complete")
    with pytest.raises(SystemExit):
        main([])
    assert "draft" in capsys.readouterr().out


def _raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    @click.command()
    def broken() -> None:
        raise error

    monkeypatch.setattr(group, "get_command", lambda *_: broken)
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back after the test


def test_a_reader_that_has_gone_ends_it_quietly(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """`followup-agent guide | head` is no failure."""
    _raising(monkeypatch, BrokenPipeError(32, "Broken pipe"))
    done = cli("guide")
    assert (done.code, done.err) == (0, "")


def test_a_disk_that_is_full_is_one_line(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the system that reaches the end is told, not traced."""
    _raising(monkeypatch, OSError(28, "No space left on device"))
    done = cli("guide")
    assert (done.code, done.err) == (2, "followup-agent: cannot write: No space left on device\n")


def test_a_page_leaves_a_broken_pipe_to_the_command() -> None:
    """Rich would exit with code 1 for it."""
    with pytest.raises(BrokenPipeError):
        Page().on_broken_pipe()


@pytest.mark.skipif(os.name == "nt", reason="a pipe of another kind")
def test_a_closed_pipe_is_no_traceback(tmp_path: Path) -> None:
    """The real process, its output closed before it writes, ends with 0 and says nothing."""
    message = tmp_path / "m.txt"
    message.write_text("Hi Priya,\n\nThank you.\n")
    for args in (("guide",), ("check", str(message), "--no-proofread", "--kind", "status")):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            [*COMMAND, *args],
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
        os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_under_standard_output_is_one_line() -> None:
    """No traceback where the shell's redirection cannot be written."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "guide"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "followup-agent: cannot write: No space left on device\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort(), EOFError()])
def test_an_interrupt_is_exit_130(
    cli: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """One line, whatever way it came."""
    _raising(monkeypatch, error)
    done = cli("guide")
    assert (done.code, done.out, done.err.strip()) == (130, "", "followup-agent: interrupted")


def test_an_interrupt_outside_a_command_is_exit_130(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while the command is still being found."""

    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(group, "main", interrupt)
    assert cli("guide").code == 130


def test_a_bug_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that is none of ours is raised as it is, to be reported."""
    _raising(monkeypatch, ZeroDivisionError("a bug"))
    with pytest.raises(ZeroDivisionError):
        main(["guide"])


def test_an_exit_code_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command without a result ends with 0."""

    @click.command()
    def silent() -> None:
        return None

    monkeypatch.setattr(group, "get_command", lambda *_: silent)
    with pytest.raises(SystemExit) as ended:
        main(["guide"])
    assert ended.value.code == 0


def test_streams_that_cannot_be_configured_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook's output stream is no TextIOWrapper, and that is no error."""
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, io.StringIO())
    with pytest.raises(SystemExit) as ended:
        main(["guide"])
    assert ended.value.code == 0
    assert sys.stdout.getvalue() == guide_page()

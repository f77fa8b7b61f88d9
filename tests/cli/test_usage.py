"""A wrong path or option value is told by every command alike: one line, exit code 2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from running import Run

from followup_agent.cli.main import group
from good_messages import NOTES_FILE

MISSING = "nowhere/at-all"


def commands(command: click.Command = group, path: tuple[str, ...] = ()) -> Iterator[
    tuple[tuple[str, ...], click.Command]
]:  # fmt: skip
    """Every command that does something by itself, with the words that call it."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from commands(found, (*path, name))


def wrong(kind: click.ParamType) -> str | None:
    """A value that a type of option cannot take, or None when it takes all."""
    if isinstance(kind, click.Path) and not kind.exists:
        return None
    return (
        None if isinstance(kind, click.types.StringParamType) or kind.name == "words" else MISSING
    )


def arguments(command: click.Command) -> list[str]:
    """Something in the place of each argument that must be there; none of it exists."""
    return [MISSING for param in command.params if isinstance(param, click.Argument)]


VALUES = [
    (path, option.opts[-1], command)
    for path, command in commands()
    for option in command.params
    if isinstance(option, click.Option) and not option.is_flag and wrong(option.type)
]
#: A call of each command that reads a path, with one that is not there.
PATHS = {
    "draft": ("draft", MISSING),
    "draft --reading-list": ("draft", NOTES_FILE, "--kind", "value-add", "--reading-list", MISSING),
    "draft --prompts": ("draft", NOTES_FILE, "--prompts", MISSING),
    "batch": ("batch", MISSING, "--out", "out"),
    "batch --prompts": ("batch", NOTES_FILE, "--out", "out", "--prompts", MISSING),
    "check": ("check", MISSING),
    "check --notes": ("check", NOTES_FILE, "--notes", MISSING),
    "new": ("new", MISSING),
    "plan": ("plan", MISSING),
    "due": ("due", MISSING),
    "sent": ("sent", MISSING, "--kind", "thank-you", "--to", "Priya"),
    "replied": ("replied", MISSING, "--from", "Priya"),
    "closed": ("closed", MISSING, "rejected"),
    "history export": ("history", "export", MISSING),
    "history forget": ("history", "forget", MISSING),
    "prompts list": ("prompts", "list", "--prompts", MISSING),
    "prompts show": ("prompts", "show", "thank-you", "--prompts", MISSING),
    "prompts render": ("prompts", "render", MISSING),
    "models pull": ("models", "pull", MISSING),
    "models path": ("models", "path", MISSING),
    "eval --cases": ("eval", "--models", "gpt-4.1", "--out", "out", "--cases", MISSING),
    "eval --resume": ("eval", "--resume", MISSING),
    "eval compare": ("eval", "compare", MISSING, MISSING),
    "eval gate": ("eval", "gate", MISSING, "--baseline", NOTES_FILE),
    "eval gate --baseline": ("eval", "gate", NOTES_FILE.parent, "--baseline", MISSING),
    "eval gate, a folder of something else": (
        *("eval", "gate", NOTES_FILE.parent),
        *("--baseline", NOTES_FILE),
    ),
}


def told(run: Run, *args: object) -> str:
    """The one line that a call ends with."""
    done = run(*args)
    assert (done.code, done.out) == (2, ""), done
    assert len(done.err.splitlines()) == 1, done.err
    assert done.err.startswith("followup-agent: ")
    return done.err


@pytest.mark.parametrize(
    ("path", "option", "command"), VALUES, ids=[" ".join((*p, o)) for p, o, _ in VALUES]
)
def test_a_wrong_value_is_one_line_that_names_the_option(
    cli: Run, path: tuple[str, ...], option: str, command: click.Command
) -> None:
    """The value's option is named, and where to read what it takes."""
    line = told(cli, *path, *arguments(command), option, MISSING)
    assert option in line
    assert f"see followup-agent {' '.join(path)} --help" in line


@pytest.mark.parametrize("path", [path for path, _ in commands()], ids=" ".join)
def test_an_unknown_option_is_one_line(cli: Run, path: tuple[str, ...]) -> None:
    """So is an option that the command does not have."""
    assert "--nonesuch" in told(cli, *path, "--nonesuch")


@pytest.mark.parametrize("call", PATHS.values(), ids=PATHS)
def test_a_path_that_is_not_there_is_one_line(
    cli: Run, monkeypatch: pytest.MonkeyPatch, call: tuple[object, ...]
) -> None:
    """The line names the path, and nothing is made."""
    monkeypatch.setenv("OPENAI_API_KEY", "never-used")  # so that no weights are fetched
    before = sorted(Path.cwd().iterdir())
    line = told(cli, *call)
    assert MISSING in line or str(NOTES_FILE.parent) in line
    assert sorted(Path.cwd().iterdir()) == before

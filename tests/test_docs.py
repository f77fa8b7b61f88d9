"""The documentation cannot rot: its examples run, its command lines parse, its pages are generated."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from followup_agent import ScriptedModel
from followup_agent.chat.protocol import Request
from followup_agent.cli.help_page import help_page
from followup_agent.cli.main import group
from followup_agent.guide.page import guide_page
from followup_agent.kinds import Kind
from good_messages import GOOD, NOTES_FILE, TO_TOM

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_AFTER = {"|", ">", ">>", "&&", ";", "<", "2>"}


def blocks(*languages: str) -> Iterator[tuple[str, str]]:
    """Each code block of these languages, with the page and line that it begins on."""
    for page in PAGES:
        text = page.read_text("utf-8")
        for match in _BLOCK.finditer(text):
            if match[1] in languages:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{page.relative_to(ROOT)}:{line}", match[2]


def commands() -> Iterator[tuple[str, str]]:
    """Each line of a shell's block that calls the command, continued lines joined."""
    for place, text in blocks("console", "sh", "bash"):
        typed = "$ " if f"\n{text}".find("\n$ ") >= 0 else ""  # else there is no output in it
        for line in text.replace("\\\n", " ").splitlines():
            if line.startswith(typed) and any(calls(line)):
                yield place, line


def helped() -> Iterator[tuple[str, str]]:
    """Each example in the help of a command."""
    for line in help_page().replace("\\\n", " ").splitlines():
        if re.match(r"    (?:\S.* \| )?followup-agent \w", line):
            yield "help", line.strip()


def calls(line: str) -> Iterator[list[str]]:
    """The arguments of every call of the command on a shell's line."""
    words = shlex.split(line, comments=True)
    for at, word in enumerate(words):
        if word.rpartition("/")[2] == "followup-agent":
            end = next((n for n in range(at, len(words)) if words[n] in _AFTER), len(words))
            yield words[at + 1 : end]


def parse(command: click.Command, args: list[str], parent: click.Context | None = None) -> None:
    """Read a command line as click would, without running anything."""
    if isinstance(command, click.Group) and args and not args[0].startswith("-"):
        context = click.Context(command, parent, "followup-agent")
        _, sub, rest = command.resolve_command(context, args)
        assert sub is not None
        parse(sub, rest, context)
    else:
        try:
            command.make_context(command.name, list(args), parent)
        except click.BadParameter as exc:
            if "does not exist" not in exc.message:  # a file of the reader's
                raise


def timeless(request: Request) -> dict[str, str]:
    """A good answer to whatever kind is asked for, with no word that depends on the day."""
    if "address as: Tom" in request.turns[-1].content:
        good = {**TO_TOM, "gratitude": "Thank you for your time and for the conversation."}
    else:
        good = next(g for g in GOOD.values() if set(request.parts) <= set(g))
        thanks = (
            "Thank you for taking the time to talk with me about the Senior Backend Engineer role."
        )
        good = {**good, **({"gratitude": thanks} if good is GOOD[Kind.THANK_YOU] else {})}
    return {part: good[part] for part in request.parts}


@pytest.mark.parametrize(("place", "code"), [pytest.param(*b, id=b[0]) for b in blocks("python")])
def test_every_python_example_runs(
    place: str, code: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Beside the example notes, with a scripted model in the place of a real one."""
    shutil.copy(NOTES_FILE, tmp_path / "notes.md")
    model = ScriptedModel([timeless], cycle=True)
    for user in ("job", "bulk.run"):
        monkeypatch.setattr(f"followup_agent.{user}.resolve_model", lambda *_: model)
    exec(compile(code, place, "exec"), {"__name__": "__main__"})


def test_there_are_examples() -> None:
    """The patterns above find what they are meant to find."""
    assert any(place.startswith("README.md") for place, _ in blocks("python"))
    assert len(list(commands())) >= 10
    assert len(list(helped())) >= 20


@pytest.mark.parametrize(
    ("place", "line"),
    [pytest.param(*c, id=f"{c[0]} {c[1][:60]}") for c in (*commands(), *helped())],
)
def test_every_command_line_parses(place: str, line: str) -> None:
    """Commands, options and choices of the docs and of the help itself exist."""
    found = list(calls(line))
    assert found, (place, line)
    for args in found:
        parse(group, args)


def test_the_guide_page_is_current() -> None:
    """Run `followup-agent guide > docs/guide.md` when this fails."""
    assert (ROOT / "docs" / "guide.md").read_text("utf-8") == guide_page()


def test_the_help_page_is_current() -> None:
    """Run `python -m followup_agent.cli.help_page > docs/help.md` when this fails."""
    assert (ROOT / "docs" / "help.md").read_text("utf-8") == help_page()


@pytest.mark.parametrize("page", [pytest.param(p, id=p.name) for p in PAGES])
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    """No page points at a file that is not there."""
    text = _BLOCK.sub("", page.read_text("utf-8"))
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)", text)
    gone = [
        t
        for t in targets
        if "://" not in t and not t.startswith("mailto:") and not (page.parent / t).exists()
    ]
    assert gone == []

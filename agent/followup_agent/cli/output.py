"""Where drafts go: standard output or files; and what is said about them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from followup_agent.cli.printable import printable
from followup_agent.errors import DraftRejected
from followup_agent.notes.model import InterviewNotes
from followup_agent.outbox.files import make_folder, slug, write_file
from followup_agent.records import Draft


class Writer:
    """Prints or files each draft, and tells a person at the terminal how it came about.

    Args:
        form: ``text`` or ``json``.
        out: A folder for one file a message, or None for standard output.
    """

    def __init__(self, form: str, out: Path | None) -> None:
        self._form = form
        self._out = out
        self._printed = 0
        # FORCE_COLOR, which many CI systems set, makes no terminal of a pipe.
        self.console = Console(stderr=True, highlight=False, force_terminal=sys.stderr.isatty())
        if out is not None:
            make_folder(out)

    def note(self, line: str) -> None:
        """Say something that is not a result."""
        click.echo(line, err=True)

    def accept(self, draft: Draft, notes: InterviewNotes) -> None:
        """Deliver a valid draft."""
        text = self._text(draft)
        if self._out is not None:
            ending = "json" if self._form == "json" else "txt"
            name = f"{slug(notes.company)}-{draft.kind}-{slug(draft.to.name)}.{ending}"
            path = write_file(self._out / name, text)
            self.note(str(path))
        else:
            if self._printed and self._form == "text":
                click.echo("\n" + "—" * 60 + "\n")
            click.echo(text, nl=False)
            sys.stdout.flush()
        self._printed += 1
        if self.console.is_terminal:
            self.console.print(story(draft))

    def reject(self, rejected: DraftRejected) -> None:
        """Show the best draft and what is missing; none of it on standard output."""
        draft = rejected.draft
        self.note(f"The draft to {draft.to.name} is not valid after {len(draft.attempts)} asks.")
        if draft.parts:
            self.note("The best so far:\n\n" + printable(draft.text) + "\n")
        for violation in rejected.violations:
            self.note(f"  ✗ {violation.rule}: {printable(violation.message)}")

    def _text(self, draft: Draft) -> str:
        if self._form == "json":
            return json.dumps(draft.to_dict(), ensure_ascii=False) + "\n"
        return draft.text + "\n"


def story(draft: Draft) -> Text:
    """One line: how often it was asked, for what, with which model, at what cost."""
    asked = "valid at the first ask"
    if len(draft.attempts) > 1:
        again = dict.fromkeys(part for a in draft.attempts[1:] for part in a.parts)
        asked = f"asked again for {', '.join(again)}"
    usage = draft.usage
    line = Text()
    line.append(f"\n✓ {draft.kind} to {draft.to.name}: {asked}", style="green")
    line.append(
        f" · {draft.model} · {usage.prompt_tokens} + {usage.completion_tokens} tokens"
        f" · {draft.seconds:.1f} s\n",
        style="dim",
    )
    for violation in draft.advice:
        line.append(f"  advice, {violation.rule}: {violation.message}\n", style="yellow")
    return line

"""Where drafts go: standard output or files; and what is said about them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from followup_agent.cli.delivery import Ways
from followup_agent.cli.printable import printable
from followup_agent.errors import CallerError, DraftRejected, KindError
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes
from followup_agent.outbox.files import make_folder, slug, write_file
from followup_agent.records import Draft


class Writer:
    """Prints or files each draft, and tells a person at the terminal how it came about.

    Args:
        form: ``text``, ``json``, ``eml`` or ``mailto``.
        out: A folder for one file a message, or None for standard output.
        ways: What else is done with each valid draft.
    """

    def __init__(self, form: str, out: Path | None, ways: Ways | None = None) -> None:
        self._form = form
        self._out = out
        self._ways = ways or Ways()
        self._printed = 0
        # FORCE_COLOR, which many CI systems set, makes no terminal of a pipe.
        self.console = Console(stderr=True, highlight=False, force_terminal=sys.stderr.isatty())
        if out is not None:
            make_folder(out)

    def admit(self, kind: Kind) -> None:
        """See that a kind can go this way, before a model is asked.

        Raises:
            KindError: A LinkedIn note is no mail.
        """
        if kind is Kind.LINKEDIN and (self._form in {"eml", "mailto"} or self._ways.mails):
            raise KindError("a linkedin note is no e-mail; use --format text, or --copy")

    def note(self, line: str) -> None:
        """Say something that is not a result."""
        click.echo(line, err=True)

    def accept(self, draft: Draft, notes: InterviewNotes) -> None:
        """Deliver a valid draft; where that fails, its words are shown nevertheless."""
        try:
            files = self._put(draft, notes)
        except CallerError:
            self.note("The draft, so that it is not lost:\n\n" + printable(draft.text) + "\n")
            raise
        self._ways.deliver(draft, notes, files, self.note)
        if self.console.is_terminal:
            self.console.print(story(draft))

    def _put(self, draft: Draft, notes: InterviewNotes) -> tuple[Path, ...]:
        """Print or file the draft, and name the files."""
        if self._out is None:
            self._print(draft, notes)
            return ()
        files = self._file(draft, notes, self._out)
        for path in files:
            self.note(str(path))
        return files

    def _print(self, draft: Draft, notes: InterviewNotes) -> None:
        if self._printed and self._form == "text":
            click.echo("\n" + "—" * 60 + "\n")
        click.echo(rendered(draft, notes, self._form), nl=False)
        sys.stdout.flush()
        self._printed += 1

    def _file(self, draft: Draft, notes: InterviewNotes, out: Path) -> tuple[Path, ...]:
        """Write the draft; an ``.eml`` comes together with a ``.txt`` for every program."""
        stem = f"{slug(notes.company)}-{draft.kind}-{slug(draft.to.name)}"
        endings = {"text": ["txt"], "json": ["json"], "eml": ["eml", "txt"], "mailto": ["mailto"]}
        forms = {"txt": "text", "json": "json", "eml": "eml", "mailto": "mailto"}
        octets = [(e, rendered(draft, notes, forms[e])) for e in endings[self._form]]
        return tuple(write_file(out / f"{stem}.{ending}", data) for ending, data in octets)

    def reject(self, rejected: DraftRejected) -> None:
        """Show the best draft and what is missing; none of it on standard output."""
        draft = rejected.draft
        self.note(f"The draft to {draft.to.name} is not valid after {len(draft.attempts)} asks.")
        if draft.parts:
            self.note("The best so far:\n\n" + printable(draft.text) + "\n")
        for violation in rejected.violations:
            self.note(f"  ✗ {violation.rule}: {printable(violation.message)}")


def rendered(draft: Draft, notes: InterviewNotes, form: str) -> str | bytes:
    """The draft in one of the formats, with its last line end."""
    if form == "json":
        return json.dumps(draft.to_dict(), ensure_ascii=False) + "\n"
    if form == "eml":
        from followup_agent.outbox.eml import eml_bytes

        return eml_bytes(draft, notes)
    if form == "mailto":
        from followup_agent.outbox.mailto import mailto_url

        return mailto_url(draft, notes) + "\n"
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

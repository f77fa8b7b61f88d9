"""`followup-agent draft`: notes in, messages out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from followup_agent.cli.options import (
    OneOf,
    kind_option,
    local_today,
    prompts_option,
    read_notes,
    to_option,
    today_option,
    warm_proofreader,
)
from followup_agent.cli.printable import complain

if TYPE_CHECKING:
    from followup_agent.cli.output import Writer
    from followup_agent.job import Job
    from followup_agent.notes.model import Interviewer, InterviewNotes
    from followup_agent.records import Draft


@click.command("draft")
@click.argument("notes", metavar="NOTES")
@kind_option
@to_option
@click.option("--model", metavar="MODEL", help="embedded, embedded:NAME, or a server's model.")
@click.option("--prompt", metavar="NAME@N", help="A prompt and version, as thank-you@1.")
@prompts_option
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "json", "eml", "mailto"]),
    default="text",
    show_default=True,
    help="What is printed; json is one object a line, eml a draft for a mail program.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write one file a message into this folder instead of printing.",
)
@click.option("--copy", is_flag=True, help="Put it onto the clipboard, too.")
@click.option("--open", is_flag=True, help="Open it in your mail program, too.")
@click.option("--imap", is_flag=True, help="Put it into your account's Drafts folder, too.")
@click.option(
    "--reading-list",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Links to choose a resource from, when the notes hold none.",
)
@click.option("--resource", type=click.IntRange(1), help="Which of the reading list's best.")
@click.option("--max-reasks", type=click.IntRange(0, 10), help="Re-asks a message.  [default: 3]")
@click.option("--budget", type=click.IntRange(1), metavar="TOKENS", help="Most tokens a message.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), help="Most seconds a message.")
@click.option("--seed", type=int, help="For sampling.  [default: 0]")
@today_option
def command(
    notes: str, kind: str, to: str | None, form: str, out: Path | None, **options: Any
) -> int:
    """Write a message from interview NOTES (a file, or - for standard input).

    Each interviewer gets one message of their own, unless --to names one. The message
    is checked against the guide, and the model is asked again only for the parts that
    are missing or wrong. Notes never leave this machine with the embedded model.

    \b
    Examples:
      followup-agent draft notes.md
      followup-agent draft notes.md --kind thank-you --to Priya
      followup-agent draft notes.md --model gpt-4.1 --format json
      cat notes.md | followup-agent draft - --kind reminder > reminder.txt
      followup-agent draft notes.md --format eml --out drafts/ --open

    Exit codes: 0 valid, 2 your mistake, 3 draft rejected, 4 model failed, 5 over budget,
    6 written but not delivered (--imap).
    """
    from followup_agent.cli.delivery import Ways
    from followup_agent.cli.fetching import make_ready
    from followup_agent.cli.output import Writer
    from followup_agent.job import Job

    options["today"] = options["today"] or local_today()
    options["reasks"] = options.pop("max_reasks")
    ways = Ways(options.pop("copy"), options.pop("open"), options.pop("imap"))
    writer = Writer(form, out, ways)
    known = _known(notes, options.pop("reading_list"), options.pop("resource"), writer)
    ways.check(known)
    job = Job.of(known, kind, to, options.pop("model"), **options)
    if job.options.proofread:
        warm_proofreader()
    make_ready(job.model, writer.console)
    return _all(job, writer)


def _known(
    notes: str, reading_list: Path | None, number: int | None, writer: Writer
) -> InterviewNotes:
    """The notes with what the history remembers, and with a resource of the reading list."""
    from followup_agent.history import recalled
    from followup_agent.reading_list import pick, suggest, with_resource

    if number is not None and reading_list is None:
        raise click.UsageError("--resource chooses from a reading list; add --reading-list FILE")
    known, disagreements = recalled(read_notes(notes))
    for line in disagreements:
        writer.note(line)
    if reading_list is None or (known.resources and number is None):
        return known
    suggestion = suggest(reading_list, known)
    for line in suggestion.lines:
        writer.note(line)
    return with_resource(known, pick(suggestion, number or 1))


def _all(job: Job, writer: Writer) -> int:
    """One message for each interviewer; the worst of their exit codes."""
    from followup_agent.errors import DraftRejected, NothingDue

    codes = []
    texts: list[str] = []
    for person in job.people:
        try:
            draft = _one(job, person, texts, writer)
        except DraftRejected as exc:
            writer.reject(exc)
            codes.append(exc.exit_code)
        except NothingDue as exc:
            if len(job.people) == 1:
                raise
            writer.note(str(exc))
        else:
            texts.append(draft.text)
            codes.append(_delivered(draft, job, writer))
    return max(codes, default=NothingDue.exit_code)


def _delivered(draft: Draft, job: Job, writer: Writer) -> int:
    """Hand a draft over; where that fails the others of the panel still get theirs."""
    from followup_agent.errors import CallerError, DeliveryError

    try:
        writer.accept(draft, job.notes)
    except (CallerError, DeliveryError) as exc:
        complain(str(exc))
        return exc.exit_code
    return 0


def _one(job: Job, person: Interviewer, texts: list[str], writer: Writer) -> Draft:
    from followup_agent.cli.live import LiveView
    from followup_agent.driving import drive
    from followup_agent.history import already_sent

    brief = job.brief(person, texts, say=writer.note)
    writer.admit(brief.kind)
    if warning := already_sent(job.notes, brief.kind, person):
        writer.note(warning)
    with LiveView(writer.console, f"{brief.kind} to {person.name}") as view:
        return drive(job.drafting(brief), job.model, job.meter(), view)

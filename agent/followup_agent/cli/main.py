"""The group of commands, and how a failure ends."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from typing import Any

import click

from followup_agent import __version__
from followup_agent.cli.printable import complain

#: Subcommand → its module, its function there, and the line that --help shows. The line
#: stands here so that --help imports no subcommand.
COMMANDS = {
    "draft": ("drafting", "Write a message from interview notes."),
    "batch": ("batch", "Write messages for many notes; a run that ended early goes on."),
    "check": ("checking", "Check a message against the guide."),
    "new": ("new", "Write a notes file to fill in."),
    "plan": ("planning", "Show what is due when, for one or more notes files."),
    "due": ("due", "List what is due today and overdue, across folders."),
    "sent": ("sent", "Record that a message was sent."),
    "replied": ("replied", "Record that somebody answered."),
    "closed": ("closed", "Record an offer, a rejection or a withdrawal."),
    "history": ("history", "Export or forget what was recorded."),
    "guide": ("guide", "Print the guide's rules."),
    "prompts": ("prompts", "List, show and render the prompt templates."),
    "models": ("models", "List, fetch and locate the embedded models."),
    "eval": ("eval", "Measure models and prompts on sample interviews."),
    "completion": ("completion", "Print the shell completion script."),
}

INTERRUPTED = 130  # 128 + SIGINT, as shells report it
CANNOT_WRITE = 2  # as `OutputError`


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order of use."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Import one command."""
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"followup_agent.cli.{COMMANDS[name][0]}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. A reader that has gone (head, less) ends it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Here and not in `main`, for click itself would end with exit code 1.
            _drop_output()
            return 0

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command for a mistyped one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as exc:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(f"{exc.message} Did you mean '{near[0]}'?", ctx) from exc


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 valid, 2 your mistake, 3 draft rejected, 4 model failed, 5 over budget, "
    "6 not delivered.",
)
@click.version_option(__version__, prog_name="followup-agent")
def group() -> None:
    """From interview notes to a follow-up message that you would be glad to send.

    \b
    Examples:
      followup-agent new notes.md --company "Lumen Health" --role "Backend Engineer"
      followup-agent draft notes.md
      followup-agent draft notes.md --kind reminder --to Priya
      followup-agent check message.txt --notes notes.md
    """


def main(args: list[str] | None = None) -> Any:
    """Run the command; exits with the documented code, never with a traceback of ours."""
    _never_fail_to_print()
    try:
        code = group.main(args=args, prog_name="followup-agent", standalone_mode=False)
    except click.Abort:
        code = _ended("interrupted", INTERRUPTED)
    except click.ClickException as exc:
        code = _refused(exc)
    except KeyboardInterrupt:
        code = _ended("interrupted", INTERRUPTED)
    except OSError as exc:
        # A full disk under standard output, say. Files that we open raise `OutputError`.
        _drop_output()
        code = _ended(f"cannot write: {exc.strerror or exc}", CANNOT_WRITE)
    except Exception as exc:
        code = _failed(exc)
    sys.exit(code if isinstance(code, int) else 0)


def _refused(exc: click.ClickException) -> int:
    """End with what click refuses of the command line, told as our own errors are."""
    if isinstance(exc, click.exceptions.NoArgsIsHelpError):
        exc.show()
        return exc.exit_code
    ctx = exc.ctx if isinstance(exc, click.UsageError) else None
    more = f" (see {ctx.command_path} --help)" if ctx else ""
    return _ended(" ".join(exc.format_message().split()) + more, exc.exit_code)


def _failed(exc: Exception) -> int:
    """End with the exit code of an error of ours; anything else is a bug and is raised."""
    from followup_agent.errors import FollowupError

    if isinstance(exc, FollowupError):
        return _ended(str(exc), exc.exit_code)
    raise exc


def _ended(message: str, code: int) -> int:
    complain(message)
    return code


def _drop_output() -> None:
    """Leave nothing that the interpreter would try in vain to write at its end."""
    sys.stdout = io.StringIO()


def _never_fail_to_print() -> None:
    """Replace what the terminal's encoding lacks instead of ending with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

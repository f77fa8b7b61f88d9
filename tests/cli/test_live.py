"""At a terminal a person sees the parts arrive, and afterwards how the message came about."""

from __future__ import annotations

import io
import sys

import pytest
from rich.console import Console
from running import Run, script

from followup_agent.asking.ask import Ask, Round
from followup_agent.chat.protocol import Request
from followup_agent.cli.live import LiveView, progress
from followup_agent.cli.options import Day, warm_proofreader
from followup_agent.guide.message import Part
from followup_agent.kinds import Kind
from good_messages import GOOD, NOTES_FILE, answer


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def round_(number: int = 0, **parts: bool) -> Round:
    """A round of one request a part; the parts that are True are accepted already."""
    missing = [name for name, done in parts.items() if not done]
    ask = Ask(
        number, tuple(map(Part, missing)), {Part(name): "x" for name, done in parts.items() if done}
    )
    return Round(tuple(Request(turns=(), parts=(name,)) for name in missing), ask)


@pytest.mark.parametrize(
    ("number", "done", "line"),
    [
        (0, 0, "status to Al  ✓ greeting  · key points  · ask  "),
        (0, 1, "status to Al  ✓ greeting  • key points  · ask  "),
        (2, 2, "status to Al  re-ask 2  ✓ greeting  • key points  • ask  "),
    ],
)
def test_parts_are_ticked_off(number: int, done: int, line: str) -> None:
    """Accepted, arrived and awaited parts have marks of their own; a re-ask is numbered."""
    shown = progress(
        "status to Al", round_(number, greeting=True, key_points=False, ask=False), done
    )
    assert shown.plain == line


def test_the_view_draws_on_a_terminal_alone() -> None:
    """Elsewhere not a byte is written."""
    for stream, drawn in ((Terminal(), True), (io.StringIO(), False)):
        console = Console(file=stream, force_terminal=stream.isatty(), width=100)
        with LiveView(console, "status to Al") as view:
            view(round_(ask=False), 0)
            view(round_(ask=False), 1)
        assert bool(stream.getvalue()) is drawn
        assert ("status to Al" in stream.getvalue()) is drawn


def test_the_view_ends_with_an_error() -> None:
    """An exception passes through, and the terminal is given back."""
    stream = Terminal()
    with pytest.raises(KeyboardInterrupt), LiveView(Console(file=stream, force_terminal=True), "x"):
        raise KeyboardInterrupt
    assert stream.getvalue().count("\x1b[?25l") == stream.getvalue().count("\x1b[?25h")


def test_a_person_is_told_how_the_message_came_about(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked again, the model, tokens, seconds and advice; on standard error."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    script(
        monkeypatch,
        [
            answer(interest=None),
            {"interest": GOOD[Kind.THANK_YOU]["interest"]},
            answer(Kind.VALUE_ADD),
        ],
    )
    done = cli("draft", NOTES_FILE, "--kind", "thank-you", "--to", "Priya", "--today", "2026-05-13")
    assert done.code == 0
    assert "\x1b" not in done.out
    told = terminal.getvalue()
    assert "✓ thank-you to Priya Nair: asked again for interest" in told
    assert "scripted" in told
    assert "100 + 20 tokens" in told
    cli("draft", NOTES_FILE, "--kind", "value-add", "--to", "Priya", "--today", "2026-05-18")
    assert "valid at the first ask" in terminal.getvalue()
    assert "advice, brevity: " in terminal.getvalue()


def test_a_day_is_taken_as_it_is() -> None:
    """A date that is one already needs no reading."""
    import datetime as dt

    assert Day().convert(dt.date(2026, 5, 12), None, None) == dt.date(2026, 5, 12)


def test_the_dictionary_loads_in_the_background() -> None:
    """Nothing waits for it."""
    warm_proofreader()

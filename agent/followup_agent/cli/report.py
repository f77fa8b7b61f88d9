"""A check as a person reads it: the message with its faults underlined, then the rules."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from followup_agent.checking import CheckReport
from followup_agent.cli.printable import printable
from followup_agent.guide.registry import Rule, Violation, rules

_PROOFREADING = frozenset({"proofreading", "proofreading_hint"})
_MARKS = {"required": ("✗", "bold red"), "advice": ("!", "yellow")}


class Page(Console):
    """Standard output; that its reader has gone is for `main` to handle."""

    def __init__(self) -> None:
        super().__init__(highlight=False, soft_wrap=True)

    def on_broken_pipe(self) -> None:
        """Let the BrokenPipeError pass, where rich would exit with code 1."""
        raise BrokenPipeError


def show(report: CheckReport, console: Console) -> None:
    """Print a report."""
    console.print(underlined(report))
    console.print()
    to = f" to {report.to.name}" if report.to else ""
    console.print(Text(f"Checked as a {report.kind} message{to}.", style="bold"))
    for rule in rules(report.kind):
        for line in _rule_lines(rule, report):
            console.print(line)
    if report.unchecked:
        console.print(
            Text(f"Not checked: {', '.join(report.unchecked)}. {_why(report)}", style="dim")
        )
    console.print(_verdict(report))


def underlined(report: CheckReport) -> Text:
    """The message, its faulty words underlined."""
    text = Text(printable(report.text.rstrip()))
    for violation in report.violations:
        if violation.span is not None:
            text.stylize(f"underline {_MARKS[violation.severity][1]}", *violation.span)
    return text


def _rule_lines(rule: Rule, report: CheckReport) -> list[Text]:
    found = [v for v in report.violations if v.rule == rule.id]
    if found:
        return [_violation_line(v, report.text) for v in found]
    if rule.id in report.passed and rule.severity == "required":
        return [Text(f"  ✓ {rule.id}", style="green")]
    return []


def _violation_line(violation: Violation, text: str) -> Text:
    mark, style = _MARKS[violation.severity]
    line = Text(f"  {mark} {violation.rule}: ", style=style)
    line.append(printable(violation.message), style="default")
    if violation.span is not None and (words := text[slice(*violation.span)].strip()):
        line.append(f"  [{printable(words)[:80]}]", style="dim")
    return line


def _why(report: CheckReport) -> str:
    unchecked = set(report.unchecked)
    needs = "Most need the interview's notes: --notes NOTES." if unchecked - _PROOFREADING else ""
    skipped = "Proofreading was skipped." if unchecked & _PROOFREADING else ""
    return f"{needs} {skipped}".strip()


def _verdict(report: CheckReport) -> Text:
    required = sum(v.severity == "required" for v in report.violations)
    advice = len(report.violations) - required
    tail = f", {advice} advice" if advice else ""
    if report.valid:
        return Text(f"Valid{tail}.", style="bold green")
    return Text(f"Not valid: {required} required{tail}.", style="bold red")

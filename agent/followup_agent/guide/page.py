"""The guide as a page, made from the registry: for the command and for docs/guide.md."""

from __future__ import annotations

from collections.abc import Iterator

from followup_agent.guide.message import LAYOUTS
from followup_agent.guide.registry import Rule, rules
from followup_agent.kinds import Kind


def guide_page(kind: Kind | None = None) -> str:
    """Markdown: the parts of each kind, then each rule with its place in the guide."""
    return "\n".join(_lines(kind)) + "\n"


def _lines(kind: Kind | None) -> Iterator[str]:
    yield f"# The guide: {kind}" if kind else "# The guide"
    yield ""
    yield "## Parts"
    yield ""
    for each in [kind] if kind else Kind:
        layout = LAYOUTS[each]
        parts = (f"{p.label}{' (if it fits)' * (p in layout.optional)}" for p in layout.parts)
        yield f"- **{each}**: {', '.join(parts)}"
    for severity, title in (("required", "Required"), ("advice", "Advice")):
        yield ""
        yield f"## {title}"
        for rule in rules(kind):
            if rule.severity == severity:
                yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    kinds = (
        "every message"
        if rule.kinds == frozenset(Kind)
        else ", ".join(kind for kind in Kind if kind in rule.kinds)
    )
    notes = " Needs the notes." if rule.needs_notes else ""
    yield ""
    yield f"- **{rule.id}** ({kinds}). {rule.ask}{notes} *{rule.place}*"

"""The guide: its rules, and the judgement of a message by them."""

from followup_agent.guide.judge import Report, judge
from followup_agent.guide.message import LAYOUTS, Composition, Layout, Part
from followup_agent.guide.registry import Rule, Source, Violation, rules

__all__ = [
    "LAYOUTS",
    "Composition",
    "Layout",
    "Part",
    "Report",
    "Rule",
    "Source",
    "Violation",
    "judge",
    "rules",
]

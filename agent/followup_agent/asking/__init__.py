"""How a model is asked: for the whole message, or part by part."""

from followup_agent.asking.ask import Ask, Plan, Round, blame
from followup_agent.asking.parts import PartsPlan
from followup_agent.asking.whole import WholePlan

__all__ = ["Ask", "PartsPlan", "Plan", "Round", "WholePlan", "blame"]

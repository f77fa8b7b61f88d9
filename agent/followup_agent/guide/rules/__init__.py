"""The guide's rules, one family a file. Importing this package enters them in the registry."""

# The order of these imports is the order of the guide (docs/vocabulary.md).
# ruff: noqa: F401, I001
from followup_agent.guide.rules import opening
from followup_agent.guide.rules import parts
from followup_agent.guide.rules import wish
from followup_agent.guide.rules import asking
from followup_agent.guide.rules import sharing
from followup_agent.guide.rules import ending
from followup_agent.guide.rules import grounding
from followup_agent.guide.rules import placeholder
from followup_agent.guide.rules import private
from followup_agent.guide.rules import pressure
from followup_agent.guide.rules import tone
from followup_agent.guide.rules import proofreading
from followup_agent.guide.rules import panel
from followup_agent.guide.rules import shape
from followup_agent.guide.rules import advice

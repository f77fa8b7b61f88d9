"""What is due to whom, and when: the dates of the guide, on the calendar of one interview.

Everything here is pure: ``today`` is given, the clock is never read. Numbers come from
``GUIDE.md``: (G) from the guide itself, (R) from recruiters and career offices.
"""

from followup_agent.schedule.choice import Choice, choose
from followup_agent.schedule.contradictions import contradictions
from followup_agent.schedule.due import Due, plan
from followup_agent.schedule.situation import Friday, Status

__all__ = ["Choice", "Due", "Friday", "Status", "choose", "contradictions", "plan"]

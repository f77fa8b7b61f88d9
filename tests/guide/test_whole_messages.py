"""Whole messages in everyday office English: what is there is seen, what is taken out is missed."""

from __future__ import annotations

import pytest

from followup_agent.guide.case import Case
from followup_agent.guide.judge import judge
from followup_agent.guide.kind import detect_kind
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind

PARTS = {
    "subject", "greeting", "courtesy", "gratitude", "reference", "interest", "ask", "timeline", "resource", "relevance",
    "invitation", "closing", "length", "pressure",
}  # fmt: skip

# (kind, text); a line that starts with "rule|" holds that part alone.
MESSAGES = [
    (Kind.THANK_YOU, """\
subject|Subject: Thank you – Marketing Manager interview

greeting|Dear Ms. Alvarez,

gratitude|Thank you for taking the time to speak with me this morning about the Marketing Manager opening.
It was exciting to hear how the brand team plans to relaunch the loyalty program in the fall.

My work on a similar relaunch at a regional grocer taught me how to win back lapsed members on a small budget.

interest|I would be thrilled to bring that experience to your team and hope we can continue the conversation.

closing|Best regards,
closing|Jordan Lee
"""),
    (Kind.THANK_YOU, """\
subject|Subject: Great meeting you – Jordan Lee

greeting|Hi Sam,

gratitude|I really appreciate you carving out an hour to meet with me yesterday.
Learning how support tickets feed straight into sprint planning was the highlight of my week.

interest|After our chat, I'm even more certain that this is a team I want to be part of.

closing|Thanks again,
closing|Jordan
"""),
    (Kind.THANK_YOU, """\
subject|Subject: Interview for the post of Lecturer

greeting|Respected Dr. Menon,

gratitude|I express my sincere gratitude for the opportunity given to me to appear for the interview on 3rd August.
The discussion on outcome-based curriculum was very enriching for me.

interest|I am highly interested in serving your esteemed institution as Lecturer.

closing|Yours faithfully,
closing|Lakshmi Iyer
"""),
    (Kind.REMINDER, """\
subject|Subject: Following up: Account Executive role

greeting|Hi Taylor,

courtesy|I hope your week is off to a great start.

reference|I wanted to follow up on our conversation last Tuesday about the Account Executive role.
interest|I'm still very excited about the possibility of joining the sales team.
ask|Do you have any updates on the timeline for next steps?

closing|Best,
closing|Jordan Lee
"""),
    (Kind.REMINDER, """\
subject|Subject: Data Engineer interview – checking in

greeting|Dear Mr. Tanaka,

courtesy|I trust you have been keeping well.

reference|I am writing with regard to my interview for the Data Engineer position on 14 September.
interest|I remain highly enthusiastic about the opportunity to join your department.
ask|I should be grateful if you could let me know whether there has been any progress with the selection.

closing|Yours sincerely,
closing|Ewan McLeod
"""),
    (Kind.STATUS, """\
subject|Subject: Checking in on the Project Coordinator position

greeting|Hello Dana,

courtesy|I hope all is well with you and the team.

reference|It was a pleasure meeting you on October 2.
timeline|You mentioned that you were hoping to make a decision by the end of last week.
ask|I wanted to see if there is any news you can share.
interest|I would still love the chance to work with you.

closing|Warm regards,
closing|Priscilla Adjei
"""),
    (Kind.VALUE_ADD, """\
subject|Subject: Article for the Operations team – Jordan Lee

greeting|Hi Morgan,

reference|I enjoyed our conversation on Wednesday.
resource|I came across this article on cutting checkout queues: https://retailreader.example/queues
relevance|It made me think of the weekend bottlenecks you are dealing with.

closing|Kind regards,
closing|Jordan Lee
"""),
    (Kind.LINKEDIN, """\
greeting|Hi Casey,
reference|it was great talking with you at Monday's interview.
invitation|I'd love to connect and stay in touch.
"""),
    (Kind.KEEP_IN_TOUCH, """\
subject|Subject: Thank you – Program Officer search

greeting|Dear Dr. Boyd,

gratitude|Thank you for letting me know about your decision.
reference|I really enjoyed getting to know you and the team during the interviews.
While I'm disappointed, I would welcome the chance to be considered for future openings.

closing|Sincerely,
closing|Priscilla Adjei
"""),
]  # fmt: skip


def _text(marked: str, without: str | None = None) -> str:
    lines = []
    for line in marked.split("\n"):
        part, bar, words = line.partition("|")
        if not bar:
            lines.append(line)
        elif part != without:
            lines.append(words)
    return "\n".join(lines)


def _broken(text: str, kind: Kind) -> set[str]:
    report = judge(Case(reading=Reading.of(text), kind=kind, proofread=False))
    return {violation.rule for violation in report.required} & PARTS


@pytest.mark.parametrize(("kind", "marked"), MESSAGES)
def test_whole_message_is_fine(kind, marked):
    """A message with every part breaks none of the rules of parts."""
    assert _broken(_text(marked), kind) == set()


@pytest.mark.parametrize(
    ("kind", "marked", "part"),
    [
        (kind, marked, part)
        for kind, marked in MESSAGES
        for part in sorted({ln.partition("|")[0] for ln in marked.split("\n") if "|" in ln})
        # These two stand in other sentences of some messages as well.
        if not (part == "reference" and kind in {Kind.REMINDER, Kind.STATUS, Kind.VALUE_ADD})
    ],
)
def test_part_taken_out_is_missed(kind, marked, part):
    """With one part's lines taken out, its rule and no other is broken."""
    broken = _broken(_text(marked, without=part), kind)
    assert part in broken
    assert broken <= {part, "closing"}


@pytest.mark.parametrize(("kind", "marked"), MESSAGES)
def test_kind_is_worked_out(kind, marked):
    """What a message is for is seen without being told, with no notes at hand."""
    assert detect_kind(Reading.of(_text(marked))) is kind

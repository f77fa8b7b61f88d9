"""Messages that say nothing but what the notes hold."""

from __future__ import annotations

import pytest
from people import broken

GOOD = [
    ("backend", "2026-05-13", "Subject: Thank You – Senior Backend Engineer Interview\n\nDear Priya,\n\nThank you for taking the time to talk with me yesterday about moving the claims service from a monolith to event-driven services.\n\nI moved a billing system of forty services to Kafka without downtime, so I would love to help.\n\nBest regards,\nDaniel Okafor"),
    ("backend", "2026-05-13", "Hi Tom,\n\nI enjoyed hearing how you halved the alerts last quarter. The on-call rotation sounds far more humane than most. I'll send the link to my alerting talk by Thursday.\n\nBest,\nDaniel"),
    ("backend", None, "Dear Ms Nair,\n\nThank you for the interview on Tuesday 12 May. I hope Lena Fischer in HR has everything she needs.\n\nKind regards,\nD. Okafor"),
    ("backend", "2026-05-27", "Dear Priya,\n\nWhen we spoke on the 12th you expected a decision within a fortnight, by 26 May. Is there any news?\n\nBest wishes,\nDaniel Okafor\ndaniel@okafor.example\n+44 20 7946 0000"),
    ("backend", "2026-05-26", "Dear Priya,\n\nWe spoke two weeks ago about the Senior Backend Engineer role at Lumen Health. I remain very interested in joining the Lumen team.\n\nRegards,\nDaniel"),
    ("backend", "2026-05-14", "Hi Priya,\n\nHere is the article I mentioned: [Outbox patterns in practice](https://example.org/outbox). It covers the dual-write problem you described.\n\nGood luck in Edinburgh!\n\nDaniel"),
    ("backend", None, "THANK YOU FOR THE INTERVIEW, PRIYA. I WOULD LOVE TO JOIN LUMEN HEALTH AND WORK ON KAFKA."),
    ("backend", None, "hi priya, thanks for the chat about the monolith. i would love to work at lumen health on kafka and postgresql. daniel"),
    ("backend", None, "Dear Priya,\n\nLumen Health’s move to event-driven services is exactly what I’d like to work on, and I’ve run one such migration. Nine years of Python and Go taught me patience. You handle 1.2k messages a second; so did we.\n\nSincerely,\nDaniel Okafor"),
    ("backend", "2026-05-12", "Hi Priya,\n\nThanks for this afternoon. Few engineers explain a monolith so clearly. Have a great rest of your week!\n\nDaniel"),
    ("backend", None, "Dear Priya Nair,\n\nPlease find below two things I promised. First, my talk. Second, a question: how would Monday to Friday on-call work? No rush; happy to hop on a 15-minute Zoom call.\n\nYours,\nDaniel"),
    ("backend", None, "Hi Priya,\n\nThe backend role sounds ideal. The engineering team's culture, the SBE post itself and the Senior Engineer position you outlined all appeal. As an engineer I care about calm releases.\n\nDaniel"),
    ("backend", None, "Dear Priya,\n\nMany thanks. A couple of ideas stayed with me: half the alerts gone, dozens of services, one bus. I'm 100% keen, 24/7 if needs be.\n\nWarm regards,\nDaniel"),
    ("backend", "2026-05-13", "Priya,\n\nIt was a pleasure to meet you and Tom at 2pm on Tuesday. Happy Wednesday!\n\nDaniel Okafor, Senior Backend Engineer candidate"),
    ("hospice", "2026-09-04", "Subject: Charge Nurse interview\n\nDear Mrs O’Shea,\n\nThank you for seeing me yesterday morning. Sixteen beds and six weeks' waiting is a heavy load, and you carry it lightly.\n\nI have worked in palliative care for eleven years and would be honoured to join St. Brannoc's Hospice.\n\nYours sincerely,\nGrace Odhiambo\n0117 496 0321"),
    ("hospice", "2026-09-04", "Dear Dr ap Gwilym,\n\nI was glad to talk about syringe drivers at home. As a prescriber since 2019 I know how much they spare a family. Having brought medication errors down from nine to two a month, I would like to help at St Brannoc's.\n\nKind regards,\nGrace Achieng Odhiambo"),
    ("hospice", "2026-09-21", "Dear Mrs O'Shea-Mc Grath,\n\nI hope you are well. You kindly said I would hear by Friday 18 September. Might I ask where things stand with the Charge Nurse post?\n\nWith best wishes,\nGrace"),
    ("hospice", None, "Hi Rhys,\n\nWard 2's garden was lovely. I'd be glad to bring my community experience to the ward. Might I call in again? May I bring cake?\n\nGrace"),
    ("hospice", None, "Dear Matron,\n\nThank you for your time. The nursing role is one I would cherish. Calm with families is what I aim to be.\n\nGrace Odhiambo"),
    ("agro", "2026-02-17", "Subject: Interview dated 16.02.2026 - Assistant Manager (Exports)\n\nRespected Ms Meenakshi,\n\nI thank you for the valuable time spared by you yesterday. The turmeric shipments held up for twelve days at Rotterdam gave me much to think about. I have exported spices worth Rs 80 lakh a year and am fluent in Tamil and Hindi.\n\nThanking you,\nYours faithfully,\nVenkatesh Iyer"),
    ("agro", "2026-02-17", "Dear Mr. Ahluwalia,\n\nThe warehouse at Coimbatore, at Rs. 3.5 crore, is a bold step. Kindly revert at your convenience. I did my MBA from Madurai itself.\n\nRegards,\nV. Iyer"),
    ("agro", "2026-03-04", "Dear Madam,\n\nThis is with reference to my interview on 16th February for the post of Assistant Manager, Exports at Sundaram Agro. The decision was expected by 2nd March. I request you to kindly share the status.\n\nYours sincerely,\nVenkatesh"),
    ("agro", None, "Dear Mr Gurpreet Singh Ahluwalia,\n\nI am thankful for the opportunity. Letters of credit are familiar ground to me. Sundaram Agro Industries' plans are inspiring.\n\nWith regards,\nVenkatesh Iyer"),
    ("minato", None, "Dear Nakamura-san,\n\nThank you for talking with me about flaky tests on iOS. 港システム treats releases with care. I cut a test suite from three hours to 25 minutes and would love to do it again as QA Lead.\n\nKind regards,\n田中 美咲"),
    ("minato", None, "中村さん\n\n先日はありがとうございました。港システムで働けることを楽しみにしております。\n\n田中"),
    ("minato", None, "Dear Ольга,\n\nThe release train every second Thursday sounds humane. As a JSTQB certified tester I felt at home.\n\nBest,\n田中"),
    ("museum", "2026-04-01", "Dear Dr ibn Yusuf,\n\nThank you for showing me the Gulf charts of 1820 yesterday. Having catalogued 3,400 sea charts in Muscat, I know how few survive.\n\nI would be honoured to be Curator of Maps at the Harbour Museum.\n\nYours sincerely,\nLayla al-Farsi"),
    ("museum", "2026-04-02", "Dear Björk,\n\nYour crates that leak made me laugh on Tuesday. I hope the choir goes well. The curator's post is one I'd dearly like.\n\nWarm wishes,\nLayla bint Hassan al-Farsi"),
    ("museum", None, "Dear Dr. Strøm-Østby,\n\nThe exhibition in November sounds splendid. I wrote my doctorate on Ottoman cartography and I read Ottoman Turkish and Arabic.\n\nSincerely,\nLayla Al-Farsi"),
    ("museum", "2026-05-04", "Dear Dr Yusuf,\n\nI hope you are well. A decision was expected by the end of April. Is there any news about the Curator of Maps role?\n\nBest regards,\nLayla"),
    ("bakery", "2026-11-21", "Hi Mark,\n\nThanks for the early start yesterday! 600 loaves before six is quite a feat. I baked for a hotel of 200 rooms, so I know the feeling. Will you need anyone over Christmas?\n\nCheers,\nWill"),
    ("bakery", None, "Dear Joy,\n\nI enjoyed the sourdough that keeps for three days. It would be a joy to bake rye from Kent with you at Rising Sun. I hope to join the bakery as Head Baker. May the ovens stay hot.\n\nBest wishes,\nWill Frost"),
    ("bakery", None, "Dear Mr Young,\n\nMy apprenticeship in Lyon taught me to wait for dough. Young bakers mark their loaves; I was no different. I won a silver medal for rye in 2022.\n\nYours,\nWill Frost"),
    ("school", "2026-06-09", "Dear Mr. Mensah-Bonsu,\n\nThank you for meeting with me yesterday afternoon. Forty-eight children on one stage! I taught Years 5 and 6 for seven years and raised reading scores by 14%.\n\nI'd be proud to teach Year 6 at Sankofa Academy.\n\nSincerely,\nJosé María Núñez Ibáñez"),
    ("school", "2026-06-15", "Dear Kwame,\n\nI hope the weekend was restful. You mentioned a decision by June 12, and I wanted to check in about the Year 6 Teacher position. I sent a note on June 9.\n\nBest,\nJosé María"),
    ("school", None, "Hi Kwame, great to meet you on Monday and hear about the Smoky Mountains trips. I'd love to connect. José María Núñez"),
    ("welder", "2026-04-03", "Dear Eilidh,\n\nThanks for walking me round the yard yesterday morning. Cracked welds on the Skye ferry would worry anyone. I have inspected pipelines for six years and hold a CSWIP 3.1 certificate.\n\nI want to be your Welding Inspector at Macrae & Sons.\n\nRegards,\nNgozi Eze"),
    ("welder", None, "Dear Hamish,\n\nX-rays of every seam over 25mm: sensible. The two cranes from Gdańsk must be a sight. Macrae and Sons Shipbuilding does things properly.\n\nNgozi"),
    ("welder", "2026-04-08", "Dear Ms MacDonald,\n\nI hope you had a good Easter. I know you hoped to ring before Easter. Is there news on the inspector's job?\n\nBest,\nNgozi Eze"),
    ("welder", None, "Dear Mr M’Tavish,\n\nYour questions were fair and I liked them.\n\nNgozi Eze"),
    # Single sentences: capitals, numbers and first persons that claim nothing.
    ("backend", None, "I look forward to hearing from you and would be glad to provide references or a CV."),
    ("backend", None, "I really appreciated your honesty, and I left the call with a clear picture of the role."),
    ("backend", None, "I have attached my CV, as requested, and I have been thinking about what you said."),
    ("backend", None, "I was struck by how openly you spoke about failure; I had not expected that."),
    ("backend", None, "I hope to learn from you both, and I believe I could contribute from week one."),
    ("backend", None, "Feel free to reach me by email or on LinkedIn. FYI, I am free most afternoons."),
    ("backend", None, "I would welcome the chance to meet the CTO and the wider Engineering team. Q&A was fun."),
    ("backend", None, "One of the things that stood out was the calm. The first thing I did was tell my partner."),
    ("backend", None, "I have always admired teams that write things down; I took away three ideas."),
    ("backend", None, "What I learned from our conversation is that alerts are a social problem too."),
    ("backend", None, "I spent the evening reading about the outbox pattern. I read your blog post with interest."),
    ("backend", None, "English is the language of the team, which suits me. It was a Tuesday well spent."),
    ("backend", None, "I wrote to Lena on your advice. I also gave some thought to your question about alerts."),
    ("hospice", None, "With your permission I would like to visit the garden again. With kind regards to Rhys."),
    ("hospice", None, "I know that decisions take time, and I am happy to wait. As a nurse, I understand."),
    ("bakery", None, "I brought home a loaf and it was gone by evening. I had a wonderful time with you both."),
    ("museum", None, "Omar's question about who may see the charts has stayed with me, as has Anna-Lena’s."),
    ("museum", None, "The Strøm-Østbys of this world would agree, I think, and so would the Yusufs."),
    ("school", None, "If I can provide anything else, such as references or transcripts, please let me know."),
    ("school", None, "I have great respect for what Sankofa does; I was moved by the reading groups of five."),
    ("agro", None, "I had the opportunity to see the plant, and I was given a warm welcome by all."),
    ("welder", None, "Work like yours keeps people alive. Tides wait for nobody. Thursday's visit was cold!"),
    ("backend", None, "Congratulations on the marathon training! Overwhelmingly, what I felt was relief. Kudos to all."),
    ("backend", None, "Sehr geehrte Frau Nair,\n\nvielen Dank für das freundliche Gespräch am Dienstag über die Umstellung der Dienste. Ich würde mich sehr freuen, bei Lumen Health zu arbeiten.\n\nMit freundlichen Grüßen\nDaniel Okafor"),
    ("minato", None, "Уважаемая Ольга,\n\nСпасибо за интересную беседу о выпусках. Буду рад работать с вами.\n\n田中 美咲"),
]  # fmt: skip


@pytest.mark.parametrize(("notes", "today", "text"), GOOD, ids=range(len(GOOD)))
def test_a_true_message_is_left_alone(notes, today, text):
    """No rule of grounding finds anything in a message that follows from the notes."""
    assert broken(notes, text, today) == {}

"""Stock sentences of real follow-ups: none of them claims or invents anything."""

from __future__ import annotations

import pytest
from people import HELD, broken

SENTENCES = """
Thank you so much for taking the time to speak with me yesterday about the {role} position at {company}.
I truly enjoyed learning more about the role and the team.
Our conversation further confirmed my strong interest in this opportunity.
I am very enthusiastic about the possibility of joining your team and contributing from day one.
My skills and experience make me a strong candidate for this role.
I am confident that my background and my enthusiasm would make me an asset to your team.
I believe my experience aligns well with what you are looking for.
I have a strong interest in the position and am excited about what {company} is doing.
I appreciate the time you took to interview me. I am very interested in working for you.
In addition to my enthusiasm, I will bring to the position strong writing skills, assertiveness, and the ability to work well with others.
I would be happy to provide any additional information, references, or work samples you may need.
I look forward to hearing from you regarding your hiring decision.
Please let me know if there is any additional information I can provide as you move forward.
After meeting with you and observing the company's operations, I am further convinced that my skills coincide well with your needs.
I was impressed by the energy of the team, and I left our meeting more certain than ever that this is the right place for me.
I've been thinking about our conversation ever since.
I've given some thought to the challenge you described.
I've learned so much from speaking with you.
I have enjoyed every conversation I've had with your team so far.
I had a great time meeting everyone and I had no idea the work was so varied.
I had the chance to look at the website over the weekend.
It was great to put a face to the name! I hope you had a wonderful weekend.
I received your email this morning and I am happy to confirm my availability.
I applied for the position because I believe in the mission.
I worked hard to prepare for the interview, and you made it feel easy.
I left feeling energized, and I spent the rest of the day telling my family about it.
I saw your recent post on LinkedIn about hiring and was delighted.
I grew even more excited as we talked.
I brought up the subject with a friend afterwards, and I gave your question more thought.
I took a look at the article you recommended and I learned a lot from it.
I realise you must have many candidates, and I appreciate your consideration.
I have no doubt that I would fit in well with the team.
I have a few questions about the next steps in the process.
I have always wanted to work in a place like this.
I've long admired {company} and its people.
I've attached my resume and a list of references for your convenience.
As I mentioned, I am available to start immediately.
As we discussed, I can be flexible about the start date.
As a follow-up to our conversation, I wanted to share a thought.
As someone who cares about people, I found your approach inspiring.
As promised, here are the details. As ever, thank you.
With your guidance I know I could grow in the role.
With that in mind, I wanted to reach out again.
Having spoken with you, I am even more interested. Having met the team, I can see why people stay.
Having had time to reflect on our conversation, I remain keen.
After speaking with you for an hour, I understand the role much better.
I understand that you are still interviewing and that these things take time.
I was wondering if you had any update on the hiring timeline.
I wanted to follow up on the {role} role, which I interviewed for.
I wanted to touch base to see whether a decision has been made.
I hope all is well with you and that the rest of the week goes smoothly.
I know how busy you are, so I will keep this short.
I know that the team is small and that every hire counts.
I hold your team in high regard. I run into your work everywhere.
I work best in teams like yours and I write to say so.
I use my time well, I think, and I teach myself new things gladly.
I would love to put my training to use on your team.
My time with you flew by. My years have taught me patience.
My experience of the interview was very positive.
My conversation with you and the team was the highlight of my week.
My understanding of the role is much clearer now, thanks to you.
My goal is to help the team succeed. My only regret is that we ran out of time.
I was pleased to hear that the team values collaboration, and I was glad to meet everyone.
I was a little nervous beforehand, but you put me at ease.
I'm trained to listen first, and I'm accustomed to asking questions later.
I'm certain this would be a great match. I'm used to hard questions, and I'm raised to say thank you.
We covered a great deal in a short time and I learned more than I expected.
You asked me how I would handle conflict, and I gave you a short answer.
I turned your question over on the train home and I came to a better answer.
I wrote down three ideas on the way home. I placed your card on my desk.
I used the train ride to think over what you said.
I covered most of my questions in the interview, but I have one more.
I passed on your regards to my colleagues.
I'm looking forward to our next conversation, whenever that may be.
Should you require anything further, please do not hesitate to contact me.
Please give my best to the rest of the team. Thanks again, and have a great weekend!
Once again, many thanks for the warm welcome. Best of luck with everything this week.
Many thanks indeed for the tour of the building and for the coffee!
It would be an honour to work with you. That, to me, says a lot about the culture.
Kindly let me know the outcome at your earliest convenience. Kindly do the needful.
Warmest thanks for your patience with my many questions.
Honestly, I could have talked for another hour. Two things in particular struck me.
First of all, thank you. Second, I wanted to answer your last question properly.
The three of us could have gone on all afternoon. All three points made sense to me.
There are one or two things I wish I had said. A hundred thanks!
I am 110% committed. Ten out of ten for the tea. Give me five minutes and I'm sold.
I am available any time next week, mornings or afternoons, and can be reached at any hour.
I am available for a second interview next week, should you need one.
I'd welcome the opportunity to discuss the position further at your convenience.
Congratulations on the award! Happy New Year to you and yours. Merry Christmas!
I know the process is competitive; whatever the outcome, I enjoyed meeting you.
I also wanted to say how much I liked the office. Thanks also to the Reception team and the HR Manager.
P.S. Good luck with the big day! PS: I forgot to mention my references.
I'm attaching the document you asked for; do let me know if the PDF opens properly.
I completed the task you sent me and I used the sample data provided.
I prepared a short summary of my ideas and presented them below.
I received excellent feedback and a warm welcome from everyone I met.
I spent last night reading about your approach, and I tested a few ideas of my own.
I lived every minute of it. I served myself a second coffee, I admit.
I've worked with people like you before, I think: kind, direct and curious.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", SENTENCES, ids=range(len(SENTENCES)))
@pytest.mark.parametrize("name", ["backend", "museum", "welder"])
def test_a_stock_sentence_is_left_alone(name, sentence):
    """Thanks, feelings, plans, offers and idioms are neither names, numbers, dates nor claims."""
    notes = HELD[name]
    said = sentence.replace("{role}", notes.role).replace("{company}", notes.company)
    called = notes.interviewers[0].preferred
    assert broken(name, f"Dear {called},\n\n{said}\n\nBest regards,\n{notes.candidate.name}") == {}

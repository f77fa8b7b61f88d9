"""Messages with one thing in them that the notes do not hold."""

from __future__ import annotations

import pytest
from people import NOTES, RULES, broken

from followup_agent import load_notes
from followup_agent.guide.case import Case
from followup_agent.guide.grounding import ground
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind

NAMES = [
    ("backend", "Dear Hunter,\n\nThank you for the talk.\n\nDaniel", "Hunter"),
    ("backend", "I would be glad to join Blue Harbor Capital as well.", "Blue Harbor Capital"),
    ("backend", "My friends at Northern Light do much the same.", "Northern Light"),
    ("backend", "The Kafka-to-Pulsar-move of the Smith-Jones team is bold.", "Smith-Jones"),
    ("backend", "Please give my regards to Karen in finance.", "Karen"),
    ("backend", "I am sure that Northwind is the right place for me.", "Northwind"),
    ("backend", "Moving it all to Salesforce would be a bold step.", "Salesforce"),
    ("backend", "I would gladly work from the Leeds office.", "Leeds"),
    ("backend", "It was good to hear how Grace runs the on-call rota.", "Grace"),
    ("backend", "Dr Patel asked a question that I keep turning over.", "Dr Patel"),
    ("backend", "Karen mentioned the monolith as well.", "Karen"),
    ("backend", "Mark mentioned the monolith as well.", "Mark"),
    ("backend", "Your use of RabbitMQ beside Kafka was new to me.", "RabbitMQ"),
    ("backend", "I liked how you run everything on AWS.", "AWS"),
    ("backend", "I would be proud to join Acme Widgets Ltd this year.", "Acme Widgets Ltd"),
    ("backend", "My years at Google were much like this.", "Google"),
    ("backend", "I enjoyed our talk about Snowflake and its costs.", "Snowflake"),
    (
        "backend",
        "Subject: Thank You – Northwind Interview\n\nDear Priya,\n\nThank you.\n\nDaniel",
        "Northwind",
    ),
    ("backend", "Dear Karen,\n\nThank you for the interview.\n\nDaniel Okafor", "Karen"),
    ("backend", "Dear Mr Johnson,\n\nThank you for the interview.\n\nDaniel Okafor", "Mr Johnson"),
    ("backend", "hi karen,\n\nthank you for the interview.\n\ndaniel", "karen"),
    ("backend", "thanks to you and samantha for the chat about kafka.", "samantha"),
    ("backend", "THANK YOU FOR THE INTERVIEW, SAMANTHA, AND FOR THE TALK ON KAFKA.", "SAMANTHA"),
    ("backend", "I look forward to working with Søren on the migration.", "Søren"),
    ("backend", "The team in Bengaluru sounds delightful.", "Bengaluru"),
    ("backend", "I hear that the Zephyr Payments people do the same.", "Zephyr Payments"),
    ("backend", "Is there any news from Wojciech about the next step?", "Wojciech"),
    ("backend", "I would love to visit the site in Reading with you.", "Reading"),
    ("backend", "Terraform and Ansible would be a natural fit there.", "Ansible"),
    ("backend", "Please thank 山田 for the coffee.", "山田"),
    ("hospice", "Sister Bernadette's remarks stayed with me.", "Bernadette"),
    ("hospice", "I should be glad to come to St Mary's.", "Mary's"),
    (
        "hospice",
        "The link with the Royal Marlowe Infirmary is a strong one.",
        "Royal Marlowe Infirmary",
    ),
    ("hospice", "Using EMIS on the ward would be new to me.", "EMIS"),
    ("agro", "The shipments through Kandla were discussed at length.", "Kandla"),
    ("agro", "Shri Ramanathan also put a question to me.", "Ramanathan"),
    ("agro", "Your switch to Tally last year was explained well.", "Tally"),
    ("minato", "I enjoyed meeting Suzuki-san as well.", "Suzuki-san"),
    ("minato", "Your tests on Android were a surprise.", "Android"),
    ("museum", "I spoke with Ragnheiður about the crates.", "Ragnheiður"),
    ("museum", "The loan from the Louvre was news to me.", "Louvre"),
    ("bakery", "Will you send my best to Holly at the counter?", "Holly"),
    ("bakery", "The flour from Shipton Mill was superb.", "Shipton Mill"),
    ("school", "It was kind of Mrs. Delgado to show me round.", "Mrs. Delgado"),
    ("school", "I would use ClassDojo with the reading groups.", "ClassDojo"),
    ("school", "The children of Lakeview Elementary would love it.", "Lakeview"),
    ("welder", "I would enjoy working with Callum on the ferry.", "Callum"),
    ("welder", "The cranes from Rotterdam must be a sight.", "Rotterdam"),
]
WRONG = [
    ("backend", "Dear Hair,\n\nThank you.\n\nDaniel", "Hair"),
    ("backend", "Dear Ms Hair,\n\nThank you.\n\nDaniel", "Hair"),
    ("backend", "dear priay,\n\nthank you for the chat about kafka.\n\ndaniel", "priay"),
    ("backend", "Thank you.\n\nBest regards,\nMichael Smithson", "Michael Smithson"),
    ("backend", "I enjoyed meeting Tom Baker and hearing of alerts.", "Baker"),
    ("bakery", "I would love to join Rising Sun Farm this winter.", "Rising Sun Farm"),
    ("backend", "Dear Pirya,\n\nThank you.\n\nDaniel", "Pirya"),
    ("backend", "Dear Ms Nayar,\n\nThank you.\n\nDaniel", "Nayar"),
    ("backend", "Dear Priya Becker,\n\nThank you.\n\nDaniel", "Priya Becker"),
    ("backend", "I would love to join Lumen Healthcare soon.", "Lumen Healthcare"),
    ("backend", "I would love to join Lumenhealth soon.", "Lumenhealth"),
    ("backend", "I would love to join Lumin Health soon.", "Lumin"),
    ("backend", "I would love to join Lumen Technologies soon.", "Lumen Technologies"),
    ("backend", "The Senior Backend Developer role suits me well.", "Senior Backend Developer"),
    ("backend", "The Senior Frontend Engineer role suits me well.", "Senior Frontend Engineer"),
    ("backend", "The Lead Backend Engineer position suits me well.", "Lead Backend Engineer"),
    ("backend", "Subject: Thank You – Senior Backend Developer Interview\n\nDear Priya,\n\nThanks.\n\nDaniel", "Senior Backend Developer"),
    ("backend", "Subject: Junior Backend Engineer\n\nDear Priya,\n\nThanks.\n\nDaniel", "Junior Backend Engineer"),
    ("backend", "The data scientist role suits me well.", "data scientist"),
    ("backend", "Thank you.\n\nBest regards,\nDaniel Okafer", "Okafer"),
    ("backend", "Tom Beker made the rotation clear to me.", "Beker"),
    ("hospice", "Dear Mrs O'Shae,\n\nThank you.\n\nGrace", "O'Shae"),
    ("hospice", "Dear Dr ap Gwylim,\n\nThank you.\n\nGrace", "Gwylim"),
    ("hospice", "Dear Ms Gwilym,\n\nThank you.\n\nGrace", "Ms Gwilym"),
    ("hospice", "I would love to come to St Branoc's Hospice.", "Branoc's"),
    ("hospice", "The Staff Nurse post is all I hoped for.", "Staff Nurse"),
    ("agro", "Dear Ms Minakshi,\n\nThank you.\n\nVenkatesh", "Minakshi"),
    ("agro", "I wish to join Sundaram Argo Industries Ltd.", "Argo"),
    ("agro", "Dear Mr Alhuwalia,\n\nThank you.\n\nVenkatesh", "Alhuwalia"),
    ("minato", "Dear Ольгa,\n\nThank you for the talk about tests.\n\n田中", "Ольгa"),
    ("museum", "Dear Bjork,\n\nThank you for the talk about crates.\n\nLayla", "Bjork"),
    ("museum", "Dear Dr Strom-Ostby,\n\nThank you for the talk about loans.\n\nLayla", "Strom-Ostby"),
    ("museum", "The Curator of Prints post is one I would love.", "Curator"),
    ("bakery", "I hope to join Rising Son Bakery as Head Baker.", "Rising Son"),
    ("bakery", "The Head Chef position sounds wonderful.", "Head Chef"),
    ("school", "I would be proud to teach at Sankofa School.", "Sankofa School"),
    ("school", "Dear Mr. Mensah-Bonzu,\n\nThank you.\n\nJosé", "Mensah-Bonzu"),
    ("school", "Thank you.\n\nSincerely,\nJose María Núñez Ibáñez", "Jose"),
    ("welder", "Dear Eildih,\n\nThank you.\n\nNgozi", "Eildih"),
    ("welder", "Dear Ms Macdonald,\n\nThank you.\n\nNgozi", "Macdonald"),
    ("welder", "I would love to work for McRae & Sons Shipbuilding.", "McRae"),
]  # fmt: skip
NUMBERS = [
    ("backend", "You cut the alerts by a third last quarter.", "third"),
    ("hospice", "The beds on Wards 2 and 5 were full.", "5"),
    ("backend", "We spoke for 45 minutes about the monolith.", "45 minutes"),
    ("backend", "I moved a billing system of 45 services to Kafka without downtime.", "45"),
    ("backend", "I moved a billing system of fourteen services to Kafka.", "fourteen"),
    ("backend", "Handling 1,300 messages a second is no small thing.", "1,300"),
    ("backend", "Handling 12k messages a second is no small thing.", "12k"),
    ("backend", "Cutting the alerts by 60% is no small thing.", "60%"),
    ("backend", "Nine months of Python and Go taught me patience.", "Nine months"),
    ("backend", "A team of 37 is a fine size.", "37"),
    ("backend", "Some 1,200 messages an hour is no small thing.", "1,200"),
    ("hospice", "I brought medication errors down from 9 to 2 a day.", "2"),
    ("backend", "A budget of £250,000 makes that easier.", "£250,000"),
    ("backend", "Thank you.\n\nBest regards,\nDaniel Okafor\n+44 20 7946 0009", "44 20 7946 0009"),
    ("hospice", "Your 18 beds are always full, I gather.", "18"),
    ("hospice", "A waiting list of six months is hard on families.", "six months"),
    ("hospice", "The garden on Ward 3 was lovely.", "Ward 3"),
    (
        "hospice",
        "Bringing medication errors down from nine to three a month took patience.",
        "three",
    ),
    ("agro", "Your warehouse of Rs 4.5 crore at Coimbatore is impressive.", "Rs 4.5 crore"),
    ("agro", "A hold-up of 21 days at Rotterdam is costly.", "21 days"),
    ("minato", "I cut a test suite from 3 hours to 15 minutes.", "15 minutes"),
    ("museum", "I catalogued 4,300 sea charts in Muscat.", "4,300"),
    ("bakery", "Baking 800 loaves before six is quite a feat.", "800"),
    ("school", "I raised reading scores by 24 percent.", "24 percent"),
    ("school", "The Year 4 trips sound wonderful.", "Year 4"),
    ("welder", "X-rays of every seam over 52 mm are sensible.", "52 mm"),
    ("welder", "X-rays of every seam over 25 cm are sensible.", "25 cm"),
]
DATES = [
    ("backend", None, "The move is planned for May 2031, I gather.", "May 2031"),
    ("backend", None, "Could we speak again on Saturday?", "Saturday"),
    ("backend", "2026-07-20", "I refer to our interview last month.", "last month"),
    ("backend", "2026-05-25", "Thank you for the interview this week.", "this week"),
    ("backend", None, "The migration that begins in the winter will be hard.", "winter"),
    ("backend", None, "Thank you for the interview this morning.", "this morning"),
    ("backend", "2026-06-20", "It has been ten days since we met.", "ten days"),
    ("backend", None, "Thank you for the interview on Tuesday 13 May.", "Tuesday 13 May"),
    ("backend", None, "Thank you for the interview on Monday 12 May.", "Monday 12 May"),
    ("backend", None, "Thank you for the interview on 12 June.", "12 June"),
    ("backend", None, "It was good to speak with you on Thursday.", "Thursday"),
    ("backend", "2026-05-15", "Thank you for speaking with me yesterday.", "yesterday"),
    ("backend", "2026-05-13", "Thank you for speaking with me this morning.", "this morning"),
    ("backend", "2026-05-12", "Thank you for our interview this morning.", "this morning"),
    ("backend", "2026-05-27", "We spoke four weeks ago about the claims service.", "four weeks"),
    ("backend", None, "You said that you would decide by 28 May.", "28 May"),
    ("backend", None, "You said that you would decide within three weeks.", "three weeks"),
    ("backend", None, "I could meet again on Saturday 30 May.", "Saturday 30 May"),
    ("backend", None, "I am told the migration starts in November.", "November"),
    ("backend", None, "The interview at 3 pm was a pleasure.", "3 pm"),
    ("backend", None, "I have run such migrations since 2011.", "2011"),
    ("backend", None, "Our meeting of 05/13/2026 was a pleasure.", "05/13/2026"),
    ("backend", None, "Our meeting of 2026-05-13 was a pleasure.", "2026-05-13"),
    (
        "hospice",
        None,
        "You kindly said I would hear by Thursday 18 September.",
        "Thursday 18 September",
    ),
    ("hospice", None, "Our talk on the fifth of September stays with me.", "fifth of September"),
    ("agro", None, "This is with reference to my interview of 17th February.", "17th February"),
    ("agro", "2026-03-04", "I refer to our meeting last week in your office.", "last week"),
    ("museum", None, "The exhibition that opens in December sounds splendid.", "December"),
    ("museum", None, "The Gulf charts of 1920 are a puzzle.", "1920"),
    ("school", None, "Our conversation on June 9 about the play was fun.", "June 9"),
    ("school", None, "I know you hoped to decide by June 19.", "June 19"),
    ("welder", None, "I know you hoped to ring before Christmas.", "Christmas"),
    ("bakery", None, "Our talk on Friday, November 21 was fun.", "Friday, November 21"),
]
LINKS = [
    ("backend", "Here it is: https://example.org/outbux", "https://example.org/outbux"),
    ("backend", "Here it is: https://example.com/outbox.", "https://example.com/outbox"),
    (
        "backend",
        "See [the article](https://example.org/outbox/2) for more.",
        "https://example.org/outbox/2",
    ),
    ("backend", "See www.example.org/outbox for more.", "www.example.org/outbox"),
    ("backend", "See example.net/outbox for more.", "example.net/outbox"),
    ("backend", "Thanks.\n\nBest,\nDaniel Okafor\ndaniel@okafor.exmaple", "daniel@okafor.exmaple"),
    (
        "backend",
        "Write to me at daniel.okafor@okafor.example any time.",
        "daniel.okafor@okafor.example",
    ),
    ("agro", "My portfolio is at <https://iyer.example/work>.", "https://iyer.example/work"),
    ("school", "You may find me at teachers.example.org if you wish.", "teachers.example.org"),
]
CLAIMS = [
    ("backend", "I have a master's degree in computer science.", "master's degree"),
    ("backend", "I led a department of engineers at a bank.", "led a department"),
    ("backend", "As a certified Scrum trainer, I would feel at home.", "certified Scrum trainer"),
    ("backend", "I am fluent in Portuguese, which may help.", "fluent in Portuguese"),
    ("backend", "In my work I have built fraud detection for insurers.", "built fraud detection"),
    ("backend", "Having managed budgets in retail, I know the pressure.", "managed budgets"),
    (
        "backend",
        "With many years of experience in hospital radiology, I understand.",
        "experience in hospital radiology",
    ),
    ("backend", "I won a national hackathon with my own compiler.", "won a national hackathon"),
    ("backend", "My PhD in linguistics would be of use there.", "PhD in linguistics"),
    ("hospice", "I hold a diploma in music therapy.", "diploma in music therapy"),
    ("hospice", "I trained as a midwife in Nairobi.", "trained as a midwife"),
    ("agro", "I am a chartered accountant and know the rules.", "chartered accountant"),
    ("agro", "I speak Malayalam and Tamil.", "speak Malayalam"),
    ("minato", "I designed embedded firmware for satellites.", "designed embedded firmware"),
    ("museum", "I published a prize-winning novel last year.", "published a prize-winning novel"),
    ("bakery", "I ran a chain of restaurants in Spain before that.", "ran a chain of restaurants"),
    ("bakery", "When I was executive chef, we did the same.", "executive chef"),
    ("school", "I coached the debating society to a state title.", "coached the debating society"),
    ("welder", "I already hold a diving licence.", "diving licence"),
    ("welder", "I grew up around farms and repaired tractors for years.", "repaired tractors"),
]
BAD = [
    *(("invented_name", None, *row) for row in NAMES),
    *(("wrong_name", None, *row) for row in WRONG),
    *(("invented_number", None, *row) for row in NUMBERS),
    *(("invented_date", today, notes, text, words) for notes, today, text, words in DATES),
    *(("invented_link", None, *row) for row in LINKS),
    *(("invented_claim", None, *row) for row in CLAIMS),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "today", "notes", "text", "words"), BAD, ids=range(len(BAD)))
def test_what_is_not_in_the_notes_is_found(rule, today, notes, text, words):
    """The rule finds the invented words, and its span covers them."""
    assert rule in RULES
    found = broken(notes, text, today)
    assert any(words in span or span in words for span in found.get(rule, [])), found


def test_there_are_enough_samples():
    """At least 120 messages with a fault, and three of each rule."""
    assert len(BAD) >= 120


def test_another_number_of_times_than_the_notes_have_is_wrong():
    """What happened twice did not happen three times; of another matter nothing is known."""
    notes = dict(NOTES["hospice"], topics=["syringe drivers ran dry twice in May"])
    for text, found in (
        ("The syringe drivers that ran dry three times stay with me.", ["three times"]),
        ("The syringe drivers that ran dry twice stay with me.", []),
        ("I read your letter three times.", []),
    ):
        case = Case(Reading.of(text), Kind.THANK_YOU, load_notes(notes))
        spans = [finding.span for finding in ground(case).inventions["number"]]
        assert [text[slice(*span)] for span in spans if span] == found


def test_another_rate_is_told_with_the_rate_of_the_notes():
    """Whatever else the notes count by the same number: "in 40 minutes" has no rate."""
    notes = dict(
        NOTES["hospice"], topics=["tests take 40 minutes"], fit=["planned 40 lorries a day"]
    )
    case = Case(Reading.of("I planned 40 lorries an hour."), Kind.THANK_YOU, load_notes(notes))
    (finding,) = ground(case).inventions["number"]
    assert "counted by the day in the notes, not by the hour" in finding.message


@pytest.mark.parametrize(
    ("fit", "text", "found"),
    [
        ("studying for FRM Part I", "With FRM Part I now under my belt, I am keen.", True),
        ("passed FRM Part I", "With FRM Part I now under my belt, I am keen.", False),
        ("contributed to a rota tool", "That I met in the rota tool I put together.", True),
        ("put together a rota tool", "That I met in the rota tool I put together.", False),
    ],
)
def test_a_claim_may_hold_a_numeral_or_stand_after_its_thing(fit, text, found):
    """The I of "Part I" ends no claim; "the tool I put together" claims the tool."""
    notes = load_notes(dict(NOTES["hospice"], fit=[fit]))
    claims = ground(Case(Reading.of(text), Kind.THANK_YOU, notes)).inventions["claim"]
    assert bool(claims) is found

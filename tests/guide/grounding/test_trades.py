"""Twenty-four trades: short messages about the notes of evals/messages/dev, true and false."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from followup_agent.guide.case import Case
from followup_agent.guide.grounding import ground
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind
from followup_agent.notes import load_notes

NOTES = Path(__file__).parents[3] / "evals" / "messages" / "dev" / "notes"
SIGNS = {
    "name": "N", "number": "#", "date": "D", "link": "L", "claim": "C", "spelling": "W",
}  # fmt: skip
# Notes, the sign of the matter that is invented ("" for a true message), days since, sentence.
ROWS = [
    ("ward-nurse", "N", 1, 'It was kind of Sister Teresa to walk me round the ward.'),
    ("ward-nurse", "N", 1, 'I trained, as you know, at the Bolton Royal.'),
    ("ward-nurse", "N", 1, 'I would gladly help to bring Nervecentre to the ward.'),
    ("ward-nurse", "#", 1, 'I have mentored 12 student nurses.'),
    ("ward-nurse", "#", 1, 'The falls audit that I led cut falls by a half.'),
    ("ward-nurse", "#", 1, 'I have spent seven years on an elderly care ward.'),
    ("ward-nurse", "#", 1, 'The move of Ward 9 into the new wing will be a big day.'),
    ("ward-nurse", "D", 1, 'Thank you for meeting me on Monday.'),
    ("ward-nurse", "D", 13, 'You said that everyone would hear by Friday 27 March.'),
    ("ward-nurse", "D", 13, 'I led a falls audit in 2023.'),
    ("ward-nurse", "D", 1, 'Since bedside handover began in February, much has changed.'),
    ("ward-nurse", "W", 1, "I would love to join St Columbus's Hospital."),
    ("ward-nurse", "W", 1, 'The Staff Midwife post is one I would love.'),
    ("ward-nurse", "C", 1, 'I am a qualified midwife as well as a nurse.'),
    ("ward-nurse", "C", 1, 'I also have a diploma in palliative care.'),
    ("ward-nurse", "C", 1, 'I ran the rota for the whole of the surgical department.'),
    ("ward-nurse", "C", 1, 'I hold a first-class degree from Galway.'),
    ("product-manager", "N", 1, 'Offline sync between John Deere tractors sounds like fun.'),
    ("product-manager", "N", 1, 'I liked the idea of the pilot in Nebraska.'),
    ("product-manager", "N", 1, 'Please say hello to Jasmine from support.'),
    ("product-manager", "N", 1, 'I used Jira and Confluence for that.'),
    ("product-manager", "#", 1, 'The pilot with 15 grain farms sounds fun.'),
    ("product-manager", "#", 1, 'I ran 17 interviews with dairy farmers.'),
    ("product-manager", "#", 1, 'I managed a hardware launch with three suppliers.'),
    ("product-manager", "D", 1, 'Thanks for our talk on Wednesday.'),
    ("product-manager", "D", 15, 'You hoped to decide by March 27.'),
    ("product-manager", "D", 7, 'We spoke three weeks ago about offline sync.'),
    ("product-manager", "W", 1, 'Thanks for the talk about the Project Manager role.'),
    ("product-manager", "W", 1, 'I would love to work at Tallgrass Systems.'),
    ("product-manager", "W", 1, "Marcus O'Neill made roadmaps sound easy."),
    ("product-manager", "W", 1, 'I would love to join Tall Grass Software.'),
    ("product-manager", "C", 1, 'I founded two start-ups of my own.'),
    ("product-manager", "C", 1, 'I am a certified Scrum Master.'),
    ("product-manager", "C", 1, 'At my last company, I grew revenue and opened new markets.'),
    ("product-manager", "C", 1, 'My MBA taught me to say no.'),
    ("sous-chef", "N", 1, 'I learnt that trick from Gordon at my last place.'),
    ("sous-chef", "N", 1, 'The lamb from Romney Marsh was superb.'),
    ("sous-chef", "#", 1, 'Twelve courses from October sounds like hard graft.'),
    ("sous-chef", "#", 1, 'I wrote rotas for a brigade of 20.'),
    ("sous-chef", "D", 1, 'Eight courses from November sounds like hard graft.'),
    ("sous-chef", "D", 1, 'I could start on Monday 31 August.'),
    ("sous-chef", "W", 1, 'I would love to be Sous Chef at The Saltmarsh Kitchen.'),
    ("sous-chef", "W", 1, 'I would love to cook at The Saltmarch Table.'),
    ("sous-chef", "C", 1, 'I trained under a two-star chef in Lisbon.'),
    ("sous-chef", "C", 1, 'I have baked bread professionally for years.'),
    ("senior-accountant", "N", 1, 'I would be glad to help with the move to SAP.'),
    ("senior-accountant", "N", 1, 'Mr Krishnamurthy explained the stock valuation well.'),
    ("senior-accountant", "#", 1, 'Closing the books in six working days would be splendid.'),
    ("senior-accountant", "#", 1, 'I reconciled GST for five units of a paper mill.'),
    ("senior-accountant", "#", 1, 'A turnover of Rs 400 crore needs careful books.'),
    ("senior-accountant", "D", 1, 'I have been a chartered accountant since 2016.'),
    ("senior-accountant", "D", 20, 'A decision was expected by 31 January.'),
    ("senior-accountant", "W", 1, 'I am keen to join Godavari Textile Mills Ltd.'),
    ("senior-accountant", "W", 1, 'Dear Mr Ragunathan, thank you.'),
    ("senior-accountant", "C", 1, 'I have also qualified as a company secretary.'),
    ("postdoc", "N", 1, 'Eelgrass in Chesapeake Bay behaves in much the same way.'),
    ("postdoc", "N", 1, 'I wrote my models in Stan.'),
    ("postdoc", "#", 1, 'Sharing one mass spectrometer among seven people is a feat.'),
    ("postdoc", "#", 1, 'I led three field seasons on Hainan.'),
    ("postdoc", "D", 1, 'The failure of the 2021 transplants interests me.'),
    ("postdoc", "W", 1, 'I would love to join the Marlow Institute of Coastal Ecology as a Postdoctoral Fellow.'),
    ("postdoc", "W", 1, 'I would love to join the Marlowe Institute.'),
    ("postdoc", "W", 1, 'Professor Sorensen asked about drones.'),
    ("postdoc", "C", 1, 'I have published in Nature on seagrass.'),
    ("postdoc", "C", 1, 'I teach statistics to undergraduates every spring.'),
    ("heating-engineer", "#", 1, 'I have fitted 80 air source heat pumps.'),
    ("heating-engineer", "#", 1, 'I trained five apprentices, all of whom passed.'),
    ("heating-engineer", "C", 1, 'I am a qualified electrician too.'),
    ("heating-engineer", "D", 1, 'I have been Gas Safe registered since 2012.'),
    ("heating-engineer", "C", 1, 'I have fitted dozens of Vaillant boilers.'),
    ("heating-engineer", "W", 1, 'I want the job at Tidewater Plumbing and Gas.'),
    ("hr-partner", "#", 1, 'Absence of 15 per cent on the night shift is high.'),
    ("hr-partner", "D", 1, 'I negotiated a shift agreement with a works council in 2022.'),
    ("transport-planner", "C", 1, 'I speak Russian and Polish.'),
    ("transport-planner", "#", 1, 'I planned 54 vehicles a day across Poland.'),
    ("transport-planner", "N", 1, 'I planned 45 vehicles a day across Poland, Germany and Denmark.'),
    ("tram-driver", "#", 1, 'I drove buses for nine years without an accident.'),
    ("tram-driver", "#", 1, 'Twelve weeks of training would suit me.'),
    ("dental-hygienist", "C", 1, 'I am certified in laser therapy.'),
    ("dental-hygienist", "#", 1, 'I have spent twelve years in family practices.'),
    ("librarian", "N", 1, 'I enjoyed the story of Mrs Pemberton and the lift.'),
    ("store-manager", "#", 1, 'I brought shrink down from 3.1% to 1.3% in one year.'),
    ("store-manager", "#", 1, 'I supervised 40 part-time associates.'),
    ("store-manager", "N", 1, 'A second Dallas store sounds exciting.'),
    ("social-worker", "#", 1, 'Holding caseloads at 12 families is brave.'),
    ("social-worker", "#", 1, 'I gave evidence in the family court on eighteen occasions.'),
    ("social-worker", "N", 1, 'The drop-in room on Grafton Street sounds lovely.'),
    ("turbine-technician", "#", 1, 'I hold IRATA level 3.'),
    ("ward-nurse", "", 1, 'Twice-daily huddles, 28 beds, eleven students: I could see it all. My six years on an elderly care ward began much like this.'),
    ("ward-nurse", "", 1, 'Having mentored students (11 so far), I know how they grow. I also led the falls audit of 2024 on my ward.'),
    ("ward-nurse", "", 10, 'I hope the week has been kind to everyone on Ward 7. As I understood it, you would write by Friday.'),
    ("product-manager", "", 1, 'Talking to Iowa growers is something I would do tomorrow. My 70 farmer interviews taught me to listen first.'),
    ("product-manager", "", 1, 'I shipped an offline inspection app, so I know the pain of no signal. Twelve pilot farms is a good number.'),
    ("sous-chef", "", 1, 'After five years in seafood kitchens, I know my crab. I have run rotas for 12 cooks and would do so again.'),
    ("senior-accountant", "", 1, 'Being a Chartered Accountant with experience of GST reconciliation and month-end closing, I am confident of contributing.'),
    ("senior-accountant", "", 1, 'I was associated with a paper mill, where I handled GST reconciliation for its four units.'),
    ("postdoc", "", 1, 'My thesis work on Bayesian models of seagrass cover ought to carry over. I hold a diving certificate, too.'),
    ("heating-engineer", "", 1, "I've been Gas Safe registered for eleven years, and I've trained up three lads already."),
    ("hr-partner", "", 1, 'My studies in labour law at Leiden and five years as an HR adviser prepared me for such talks.'),
    ("transport-planner", "", 1, 'I speak Polish, German and English, and I know Immingham by reputation. One leg in four is a lot of diesel.'),
    ("store-manager", "", 1, 'I cut shrink from 3.1 to 1.8 percent in a year, and supervised fourteen part-timers. Austin is lucky.'),
    ("social-worker", "", 1, 'I spent five years in child protection in Limerick and gave evidence in court eight times.'),
    ("brand-designer", "", 1, 'I redrew the mark of a coffee growers’ union, and I learnt hand-lettering from a sign painter.'),
    ("employment-solicitor", "", 1, 'I ran 23 tribunal claims over four years, and acted for employers and employees alike.'),
    ("data-analyst", "", 1, 'I spent three years forecasting load for a utility co-op and taught SQL to thirty people.'),
    ("drainage-engineer", "", 1, 'As a chartered civil engineer I have designed drainage for nine sites and used InfoWorks for flood models.'),
    ("turbine-technician", "", 1, 'Four years offshore in the Kattegat and an IRATA Level 2 ticket have taught me respect for wind.'),
    ("primary-teacher", "", 1, 'I taught Years 4 and 5, led science, and ran the gardening club that won a county award in 2023.'),
    ("communications-officer", "", 1, 'I wrote for a refugee charity for four years and trained volunteers to interview with care.'),
    ("front-office", "", 1, 'With eight years at reception, three of them as duty manager, I know such queues. I speak Vietnamese, English and French.'),
    ("pharmacist", "", 1, 'I have been an independent prescriber for five years, and I ran a travel vaccine clinic. Forty checks a week is impressive.'),
    ("design-engineer", "", 1, 'I worked on tractor suspension design for six years and took 12% off the weight of an axle bracket.'),
    ("sre-bengaluru", "", 1, 'I ran Kubernetes in production for 5 years and brought pages down from ninety a week to twenty-two.'),
]  # fmt: skip


@cache
def notes_of(name):
    return load_notes(NOTES / f"{name}.md")


@pytest.mark.parametrize(("name", "sign", "days", "sentence"), ROWS, ids=range(len(ROWS)))
def test_a_sentence_of_a_trade(name, sign, days, sentence):
    """What is false is found under its own matter; what is true is left alone."""
    notes = notes_of(name)
    to = notes.interviewers[0]
    called = to.preferred or to.name.split()[0]
    text = f"Dear {called},\n\n{sentence}\n\nBest regards,\n{notes.candidate.name}"
    today = notes.interview_date + dt.timedelta(days)
    found = ground(Case(Reading.of(text), Kind.THANK_YOU, notes, to, today)).inventions
    signs = {SIGNS[matter] for matter, findings in found.items() if findings}
    assert (sign in signs) if sign else not signs

"""Notes of eight invented interviews, of many trades and scripts, for the grounding tests."""

from __future__ import annotations

import datetime as dt
from typing import Any

from followup_agent.guide.case import Case
from followup_agent.guide.grounding import Grounding, ground
from followup_agent.guide.reading import Reading
from followup_agent.kinds import Kind
from followup_agent.notes.model import InterviewNotes

NOTES: dict[str, dict[str, Any]] = {
    "backend": {
        "candidate": {
            "name": "Daniel Okafor", "email": "daniel@okafor.example", "phone": "+44 20 7946 0000",
            "linkedin": "https://linkedin.example/in/danielokafor",
        },
        "company": "Lumen Health", "role": "Senior Backend Engineer", "interviewed": "2026-05-12T14:00",
        "format": "video", "country": "GB", "decision_by": "2026-05-26",
        "interviewers": [
            {"name": "Priya Nair", "preferred": "Priya", "title": "Engineering Manager"},
            {"name": "Tom Becker", "title": "Staff Engineer"},
        ],
        "topics": [
            "Priya: moving the claims service from a monolith to event-driven services",
            "Tom: on-call rotation, and how alerts were cut by half last quarter",
            "how the team uses Kafka and PostgreSQL, about 1,200 messages a second",
        ],
        "needs": ["someone who has run a migration without downtime"],
        "fit": ["moved a billing system of 40 services to Kafka without downtime",
                "nine years of Python and Go, five of them on call"],
        "personal": ["Priya is training for the Edinburgh marathon"],
        "timeline": ["They will decide within two weeks; HR (Lena Fischer) will write."],
        "resources": [{"title": "Outbox patterns in practice", "url": "https://example.org/outbox",
                       "note": "the dual-write problem Priya described"}],
        "promised": ["send Tom the link to my alerting talk by 2026-05-14"],
        "log": [{"on": "2026-05-12", "event": "sent", "kind": "thank-you", "person": "Priya Nair",
                 "text": "sent thank-you to Priya Nair"}],
    },
    "hospice": {
        "candidate": {"name": "Grace Achieng Odhiambo", "phone": "0117 496 0321"},
        "company": "St Brannoc's Hospice", "role": "Charge Nurse", "interviewed": "2026-09-03T10:00",
        "country": "GB", "decision_by": "2026-09-18", "format": "onsite",
        "interviewers": [{"name": "Fionnuala O'Shea-Mc Grath", "preferred": "Mrs O'Shea", "title": "Matron"},
                         {"name": "Rhys ap Gwilym", "title": "Medical Director", "preferred": "Dr ap Gwilym"}],
        "topics": ["Mrs O'Shea: 16 beds and a waiting list of six weeks", "Rhys: syringe drivers at home",
                   "the volunteers' garden on Ward 2"],
        "needs": ["someone calm with families"],
        "fit": ["palliative care for eleven years, the last four in the community",
                "brought medication errors down from 9 to 2 a month", "non-medical prescriber since 2019"],
        "timeline": ["an answer by Friday 18 September"],
    },
    "agro": {
        "candidate": {"name": "Venkatesh Iyer", "email": "v.iyer@letters.example"},
        "company": "Sundaram Agro Industries Ltd", "role": "Assistant Manager, Exports",
        "interviewed": "2026-02-16T11:30", "country": "IN", "decision_by": "2026-03-02",
        "interviewers": [{"name": "R. Meenakshi", "preferred": "Ms Meenakshi", "title": "General Manager"},
                         {"name": "Gurpreet Singh Ahluwalia", "preferred": "Mr Ahluwalia"}],
        "topics": ["Ms Meenakshi: turmeric shipments to Rotterdam held up for 12 days",
                   "Mr Ahluwalia: a new warehouse of Rs 3.5 crore at Coimbatore", "letters of credit"],
        "fit": ["exported spices worth 80 lakh a year", "MBA from Madurai", "fluent in Tamil and Hindi"],
        "tone": "formal",
    },
    "minato": {
        "candidate": {"name": "田中 美咲", "email": "misaki@tanaka.example"},
        "company": "港システム", "role": "QA Lead", "interviewed": "2026-07-01T09:30", "timezone": "Asia/Tokyo",
        "interviewers": [{"name": "中村 健", "preferred": "Nakamura-san"}, {"name": "Ольга Петрова"}],
        "topics": ["中村: flaky tests on iOS", "Ольга: the release train every second Thursday"],
        "fit": ["cut a test suite from 3 hours to 25 minutes", "JSTQB certified"],
    },
    "museum": {
        "candidate": {"name": "Layla bint Hassan al-Farsi"},
        "company": "The Harbour Museum", "role": "Curator of Maps", "interviewed": "2026-03-31",
        "interviewers": [{"name": "Dr Omar ibn Yusuf", "preferred": "Dr ibn Yusuf"},
                         {"name": "Björk", "title": "Registrar"},
                         {"name": "Anna-Lena Strøm-Østby", "title": "Head of Collections"}],
        "topics": ["Omar: the Gulf charts of 1820 and who may see them", "Björk: loans, and crates that leak",
                   "Anna-Lena: the exhibition that opens in November"],
        "needs": ["someone who reads Ottoman Turkish"],
        "fit": ["catalogued 3,400 sea charts in Muscat", "doctorate on Ottoman cartography", "reads Ottoman Turkish and Arabic"],
        "personal": ["Björk sings in a choir"],
        "timeline": ["a decision by the end of April"],
    },
    "bakery": {
        "candidate": "Will Frost", "company": "Rising Sun Bakery", "role": "Head Baker",
        "interviewed": "2026-11-20T05:00", "interviewers": ["Mark Young", "Joy Mbeki-Stone"],
        "topics": ["sourdough that keeps for three days", "Joy: 600 loaves before six in the morning",
                   "Mark: rye from Kent"],
        "fit": ["baked for a hotel of 200 rooms", "apprenticeship in Lyon", "won a silver medal for rye in 2022"],
        "country": "GB",
    },
    "school": {
        "candidate": {"name": "José María Núñez Ibáñez"}, "company": "Sankofa Academy", "role": "Year 6 Teacher",
        "interviewed": "2026-06-08T13:15", "decision_by": "2026-06-12", "country": "US",
        "interviewers": [{"name": "Kwame Mensah-Bonsu", "preferred": "Mr. Mensah-Bonsu", "title": "Principal"}],
        "topics": ["reading groups of five", "the spring play, 48 children on one stage",
                   "Year 6 trips to the Smoky Mountains"],
        "fit": ["taught Years 5 and 6 for 7 years", "raised reading scores by 14 percent", "speaks Spanish and Catalan"],
        "log": [{"on": "2026-06-09", "event": "sent", "text": "sent thank-you to Kwame Mensah-Bonsu"}],
    },
    "welder": {
        "candidate": "Ngozi Eze", "company": "Macrae & Sons Shipbuilding", "role": "Welding Inspector",
        "interviewed": "2026-04-02T08:00", "country": "GB", "format": "onsite",
        "interviewers": [{"name": "Eilidh MacDonald", "preferred": "Eilidh"}, {"name": "Hamish M'Tavish"}],
        "topics": ["cracked welds on the Skye ferry", "X-rays of every seam over 25 mm", "Eilidh: two new cranes from Gdańsk"],
        "fit": ["inspected pipelines for six years", "CSWIP 3.1 certificate"],
        "timeline": ["Eilidh will ring before Easter"],
    },
}  # fmt: skip

HELD = {name: InterviewNotes.model_validate(data) for name, data in NOTES.items()}
RULES = {
    "invented_name": "name", "invented_number": "number", "invented_date": "date",
    "invented_link": "link", "invented_claim": "claim", "wrong_name": "spelling",
}  # fmt: skip


def case_of(name: str, text: str, today: str | None = None, kind: Kind = Kind.THANK_YOU) -> Case:
    """A message before the rules."""
    notes = HELD[name]
    day = dt.date.fromisoformat(today) if today else None
    return Case(Reading.of(text), kind, notes, notes.interviewers[0], day)


def grounded(
    name: str, text: str, today: str | None = None, kind: Kind = Kind.THANK_YOU
) -> Grounding:
    """A message traced to the notes of that name."""
    return ground(case_of(name, text, today, kind))


def broken(name: str, text: str, today: str | None = None) -> dict[str, list[str]]:
    """The words found wrong, by rule."""
    grounding = grounded(name, text, today)
    return {
        rule: [text[f.span[0] : f.span[1]] for f in grounding.inventions[matter] if f.span]
        for rule, matter in RULES.items()
        if grounding.inventions[matter]
    }

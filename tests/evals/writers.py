"""Scripted writers: one that writes as well as it can from the notes, and some with one fault."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from followup_agent import Profile, Reply, Request, ScriptedModel, Usage

Parts = dict[str, str]
Spoil = Callable[[Parts, Request], None]


def notes_of(request: Request) -> Mapping[str, list[str]]:
    """The notes block of a request: each label with its value, or its list."""
    block = re.search(r"(notes-[0-9a-f]{16})\n(.*?)\n\1", request.turns[-1].content, re.DOTALL)
    found: dict[str, list[str]] = {}
    label = ""
    for line in block[2].splitlines() if block else ():
        if line.startswith("- "):
            found.setdefault(label, []).append(line[2:])
        else:
            label, _, value = line.partition(":")
            if value.strip():
                found[label] = [value.strip()]
    return found


def letter(request: Request) -> Parts:
    """Every part, from the notes alone."""
    notes = notes_of(request)
    role, company = notes["Role"][0], notes["Company"][0]
    topics = notes.get("The recipient raised", []) + notes.get("Topics of the interview", [])
    topic = re.split(r"[,;(]", (topics or ["the role"])[0])[0].strip()
    day = notes.get("They said they would decide by", [""])[0]
    span = notes.get("Timeline they gave", ["soon"])[0]
    shared = next((lines for label, lines in notes.items() if label.startswith("Resource")), [""])
    formal = notes["Tone of the interview"][0] != "warm"
    turn = hashlib.sha256(notes["Write to"][0].encode()).digest()[0] % 4
    return {
        "subject": f"Interview for {role}"[:78],
        "greeting": f"{'Dear' if formal else 'Hi'} {notes['Write to'][0].rpartition('address as: ')[2]},",
        "courtesy": "I hope you are doing well.",
        "gratitude": (
            "Thank you for taking the time to speak with me.",
            "Many thanks for our conversation.",
            "I am grateful for the time that you gave me.",
            "Thank you for such an open talk.",
        )[turn],
        "key_points": (
            f"I keep thinking about what we discussed: {topic}.",
            f"What you told me about {topic} stayed with me.",
            f"I was glad to hear more on {topic}.",
            f"Your words on {topic} gave me much to think about.",
        )[turn],
        "reference": (
            f"We spoke about the {role} role.",
            f"Our conversation was about the role of {role}.",
            f"You interviewed me for the {role} role.",
            f"I enjoyed our interview for {role}.",
        )[turn],
        "fit": "",
        "interest": (
            f"I remain very interested in the {role} role at {company}.",
            f"I would be glad to join {company} as {role}.",
            f"The role of {role} at {company} interests me very much.",
            f"I would love to work at {company} as {role}.",
        )[turn],
        "ask": (
            "Could you tell me about the next steps?",
            "May I ask where things stand?",
            "Is there any update that you can share?",
            "Could you let me know what comes next?",
        )[turn],
        "timeline": f"You mentioned that you would decide by {day}."
        if day
        else f"You mentioned: {span}",
        "resource": f"I would like to share this: {shared[0]}",
        "relevance": f"It fits what we discussed: {topic}.",
        "invitation": ("I would be glad to connect.", "May I add you to my network?")[turn % 2],
        "closing": f"Kind regards,\n{notes['Candidate, who signs'][0]}",
    }


def drop_gratitude(parts: Parts, request: Request) -> None:
    """As a prompt that forgot to ask for thanks."""
    parts["gratitude"] = ""


def invent(parts: Parts, request: Request) -> None:
    """As a prompt that invites the candidate to shine."""
    parts["fit"] = "I led 14 engineers at Initech for 12 years and won the Turing Award in 2019."


def ignore_tone(parts: Parts, request: Request) -> None:
    """As a prompt that says nothing of tone."""
    parts["gratitude"] = "Hey, thx for the chat lol, it was super awesome 😀"


def sometimes(chance: float, seed: int) -> Spoil:
    """A writer that has bad days: one part is wrong in this share of the first asks."""

    def spoil(parts: Parts, request: Request) -> None:
        text = f"{seed} {request.seed} {request.turns[-1].content}"
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4])
        if number / 2**32 < chance:
            (drop_gratitude, invent, ignore_tone)[number % 3](parts, request)

    return spoil


def writer(spoil: Spoil | None = None, name: str = "writer") -> ScriptedModel:
    """A model that answers every request with its letter, spoiled or not."""

    def answer(request: Request) -> Reply:
        parts = letter(request)
        if spoil is not None:
            spoil(parts, request)
        text = json.dumps({part: parts[part] for part in request.parts}, ensure_ascii=False)
        return Reply(text, usage=Usage(900, 200, 1), model=name)

    return ScriptedModel([answer], name=name, profile=Profile(), cycle=True)


RUBRIC = Path(__file__).parents[2] / "evals/rubric.yaml"


def judge_model(score: int) -> ScriptedModel:
    """A judge that always says the same."""
    reply = Reply(json.dumps({"reason": "said before", "score": score}))
    return ScriptedModel([reply], name="judge", cycle=True)

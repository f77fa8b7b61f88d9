"""What a good model would answer: the parts that are asked for, from the notes in the prompt.

The notes are read as `followup_agent.asking.notes_block` writes them; the parts asked
for are the properties of the request's JSON schema (a response format, or a tool's
parameters). The texts are plain, and valid by the guide for `candidates.notes`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from servers.misbehaving import choice

_LABEL = re.compile(r"^([A-Z][\w ,]*?)(?: \(copy its link exactly\))?:(?: (.+))?$")
_DAY = re.compile(r"\w+day (\d+ \w+) \d+")

_TEXTS = {
    "subject": "{role} interview",
    "greeting": "{dear} {called},",
    "courtesy": "I hope you are well.",
    "gratitude": "Thank you for taking the time to talk with me about the {role} role.",
    "key_points": "What you said about {topic} has stayed with me since.",
    "reference": "In our interview on {day} we talked about {topic}.",
    "fit": "I {claim}, so this is work that I know well.",
    "timeline": "You mentioned that you would decide by {decision}.",
    "resource": "Here is {resource}",
    "relevance": "It may help with {topic}.",
    "interest": "I would very much like to join {company} as {role}.",
    "ask": "Could you tell me where things stand?",
    "invitation": "I would be glad to connect here.",
    "closing": "Kind regards,\n{candidate}",
}


def facts(prompt: str) -> dict[str, str]:
    """The facts of a notes block, by the names that the texts use."""
    found: dict[str, str] = {}
    label = ""
    for line in prompt.splitlines():
        if match := _LABEL.match(line):
            label = match[1]
            found.setdefault(label, match[2] or "")
        elif line.startswith("- ") and not found.get(label):
            found[label] = line[2:]
    recipient, _, called = found.get("Write to", "").partition("; address as: ")
    return {
        "candidate": found.get("Candidate, who signs", ""),
        "recipient": recipient.partition(",")[0],
        "called": called,
        "dear": "Hi" if found.get("Tone of the interview") == "warm" else "Dear",
        "company": found.get("Company", ""),
        "role": found.get("Role", ""),
        "day": _day(found.get("Interview", "")),
        "topic": found.get("The recipient raised") or found.get("Topics of the interview", ""),
        "claim": found.get("What the candidate may claim, and nothing else", ""),
        "decision": _day(found.get("They said they would decide by", "")),
        "resource": found.get("Resource to share", "").partition(" — ")[0],
    }


def _day(text: str) -> str:
    match = _DAY.search(text)
    return match[1] if match else text


def prompt_of(body: Mapping[str, Any]) -> str:
    """The words of a request's user turns."""
    turns = (turn for turn in body["messages"] if turn["role"] == "user")
    return "\n".join(turn["content"] for turn in turns)


def asked(body: Mapping[str, Any]) -> list[str]:
    """The names of the parts that a request asks for."""
    if tools := body.get("tools"):
        schema = tools[0]["function"]["parameters"]
    else:
        schema = body.get("response_format", {}).get("json_schema", {}).get("schema", {})
    return [name for name in schema.get("properties", _TEXTS) if name in _TEXTS]


def parts(known: Mapping[str, str], names: list[str]) -> dict[str, str]:
    """The texts of these parts; ``fit`` is empty where the notes hold no claim."""
    return {
        name: "" if name == "fit" and not known["claim"] else _TEXTS[name].format_map(known)
        for name in names
    }


class Writer:
    """Writes chat completions.

    Args:
        empty: A part's name and in how many of a note's answers it is empty.
    """

    def __init__(self, empty: tuple[str, int] = ("", 0)) -> None:
        self._part, self._times = empty
        self._emptied: Counter[str] = Counter()

    def completion(
        self, body: Mapping[str, Any], note: str, known: Mapping[str, str], sent: int
    ) -> dict[str, Any]:
        """A completion for this request of ``sent`` bytes: a call of the tool if it brings one."""
        written = parts(known, asked(body))
        if self._part in written and self._emptied[note] < self._times:
            self._emptied[note] += 1
            written[self._part] = ""
        text = json.dumps(written)
        made = choice(text)
        prompt, answer = sent // 4, len(text) // 4
        made["usage"] = {
            "prompt_tokens": prompt,
            "completion_tokens": answer,
            "total_tokens": prompt + answer,
        }
        if tools := body.get("tools"):
            call = {"name": tools[0]["function"]["name"], "arguments": text}
            message = made["choices"][0]["message"]
            message["content"] = None
            message["tool_calls"] = [{"id": "call", "type": "function", "function": call}]
            made["choices"][0]["finish_reason"] = "tool_calls"
        return made

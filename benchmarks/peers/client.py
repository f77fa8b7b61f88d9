"""One library drafting the same message again and again; prints what it cost.

    python client.py LIBRARY < SETTINGS.json

Run in the library's own environment. All are used by their documented asynchronous
calls, one draft after the other on one event loop, with their own retries for a model
that does not validate.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from typing import Any

from message import MODEL, REASKS, Message

Draft = Callable[[], Awaitable[object]]


def bare(settings: dict[str, Any]) -> Draft:
    """The SDK alone: one request with the schema, and pydantic on its answer."""
    from openai import AsyncOpenAI

    client = AsyncOpenAI(base_url=settings["base_url"], api_key="none", max_retries=0)
    schema = Message.model_json_schema() | {"additionalProperties": False}
    form = {"name": "message", "schema": schema, "strict": True}

    async def draft() -> object:
        answer = await client.chat.completions.create(
            model=MODEL,
            messages=settings["messages"],
            response_format={"type": "json_schema", "json_schema": form},
        )
        return Message.model_validate_json(answer.choices[0].message.content or "")

    return draft


def instructor(settings: dict[str, Any]) -> Draft:
    """Its default mode, tools."""
    import instructor as library
    from openai import AsyncOpenAI

    client = library.from_openai(AsyncOpenAI(base_url=settings["base_url"], api_key="none"))

    async def draft() -> object:
        return await client.chat.completions.create(
            model=MODEL,
            messages=[dict(message) for message in settings["messages"]],
            response_model=Message,
            max_retries=REASKS + 1,
        )

    return draft


def pydantic_ai(settings: dict[str, Any]) -> Draft:
    """Its default output mode, a tool."""
    from pydantic_ai import Agent
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    provider = OpenAIProvider(base_url=settings["base_url"], api_key="none")
    system, user = (message["content"] for message in settings["messages"])
    agent = Agent(
        OpenAIChatModel(MODEL, provider=provider),
        output_type=Message,
        system_prompt=system,
        retries=REASKS,
    )

    async def draft() -> object:
        return (await agent.run(user)).output

    return draft


def mirascope(settings: dict[str, Any]) -> Draft:
    """Its default formatting mode, and its own retry of an answer that does not validate."""
    from mirascope import llm

    llm.register_provider(
        "openai:completions", scope="openai/", base_url=settings["base_url"], api_key="none"
    )
    system, user = (message["content"] for message in settings["messages"])

    @llm.call(f"openai/{MODEL}", format=Message)
    async def ask() -> Any:
        return [llm.messages.system(system), llm.messages.user(user)]

    async def draft() -> object:
        response = await ask()
        for _ in range(REASKS):
            try:
                return response.parse()
            except llm.ParseError as exc:
                response = await response.resume(exc.retry_message())
        return response.parse()

    return draft


def followup_agent(settings: dict[str, Any]) -> Draft:
    """This project, its whole guide checked; ``proofread`` as the settings say."""
    import datetime as dt

    from followup_agent import adraft, load_notes
    from followup_agent.chat.openai import OpenAIModel

    notes = load_notes(settings["notes"])
    model = OpenAIModel(MODEL, base_url=settings["base_url"])
    today = dt.date.fromisoformat(settings["today"])

    async def draft() -> object:
        return await adraft(
            notes,
            "thank-you",
            settings["to"],
            model,
            today=today,
            reasks=REASKS,
            proofread=settings["proofread"],
        )

    return draft


LIBRARIES = {
    each.__name__: each for each in (bare, instructor, pydantic_ai, mirascope, followup_agent)
}


async def measure(library: str, settings: dict[str, Any]) -> dict[str, Any]:
    """Processor time and traffic of a draft, by how often the part was omitted."""
    started = time.process_time()
    draft = LIBRARIES[library](settings)
    ready = time.process_time() - started
    root = settings["base_url"].removesuffix("/v1")

    def tell(path: str) -> Any:
        with urllib.request.urlopen(root + path) as answer:
            return json.load(answer)

    found: dict[str, Any] = {}
    for omissions in settings["omissions"] if library != "bare" else [0]:
        tell(f"/set-up/{omissions}")
        before = time.process_time()
        await draft()
        first = time.process_time() - before
        for _ in range(settings["warm_up"]):
            await draft()
        tell(f"/set-up/{omissions}")
        rounds = []
        for _ in range(settings["rounds"]):
            before = time.process_time()
            for _ in range(settings["drafts"]):
                await draft()
            rounds.append((time.process_time() - before) / settings["drafts"])
        drafts = settings["rounds"] * settings["drafts"]
        traffic = {name: count / drafts for name, count in tell("/counts").items()}
        found[str(omissions)] = {
            "cpu_ms_per_draft": round(1000 * statistics.median(rounds), 3),
            **{name: round(count, 1) for name, count in traffic.items()},
        }
        if omissions == 0:
            found["ready_to_first_draft_cpu_ms"] = round(1000 * (ready + first), 1)
    return found


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(sys.argv[1], json.load(sys.stdin)))))

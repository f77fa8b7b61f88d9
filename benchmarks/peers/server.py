"""A Chat Completions server on loopback that answers with a thank-you's parts.

It answers what the request's schema asks for: as content where the request has a
``response_format``, as a tool call where it has tools. In each draft's first N answers
one part is blank, another one in each draft. It counts requests, bytes and estimated tokens.

    python server.py PARTS.json          prints its port
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from message import LEFT_OUT


class Server:
    """The state: what was seen, and how often the part is still to be left out."""

    def __init__(self, parts: dict[str, str]) -> None:
        self.parts = parts
        self.set_up(0)

    def set_up(self, omissions: int) -> None:
        """Start counting anew; each draft's first answers omit a part so often."""
        self.omissions = omissions
        self.answered = self.drafts = 0
        self.counts = dict.fromkeys(
            (
                "requests",
                "bytes_sent",
                "bytes_received",
                "prompt_tokens",
                "completion_tokens",
                "repair_tokens",
            ),
            0,
        )

    def reply(self, raw: bytes) -> bytes:
        """Answer one request of a client."""
        asked = json.loads(raw)
        wanted, tool = _asked_for(asked)
        repair = self.answered > 0
        blank = self.answered < self.omissions
        values = {name: self.parts[name] for name in wanted}
        if blank:
            values[LEFT_OUT[self.drafts % len(LEFT_OUT)]] = ""
            self.answered += 1
        else:
            self.answered = 0
            self.drafts += 1
        text = json.dumps(values, ensure_ascii=False)
        prompt = _tokens(json.dumps(asked, ensure_ascii=False))
        completion = _tokens(text)
        message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
        if tool is not None:
            call = {"id": "call_1", "type": "function"}
            call["function"] = {"name": tool, "arguments": text}
            message |= {"content": None, "tool_calls": [call]}
        body = json.dumps(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion",
                "created": 1,
                "model": asked["model"],
                "choices": [
                    {
                        "index": 0,
                        "message": message,
                        "finish_reason": "stop" if tool is None else "tool_calls",
                        "logprobs": None,
                    }
                ],
                "usage": {
                    "prompt_tokens": prompt,
                    "completion_tokens": completion,
                    "total_tokens": prompt + completion,
                },
            }
        ).encode()
        seen = (1, len(raw), len(body), prompt, completion, completion if repair else 0)
        for name, more in zip(self.counts, seen, strict=True):
            self.counts[name] += more
        return body

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, kept alive."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                raw = await reader.readexactly(_length(head))
                path = head.split(" ", 2)[1]
                if path.startswith("/set-up/"):
                    self.set_up(int(path.rpartition("/")[2]))
                    body = b"{}"
                elif path == "/counts":
                    body = json.dumps(self.counts).encode()
                else:
                    body = self.reply(raw)
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                    % len(body)
                )
                writer.write(body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def _asked_for(asked: dict[str, Any]) -> tuple[list[str], str | None]:
    """The names of the parts, and the tool to call, if one is to be."""
    if tools := asked.get("tools"):
        function = tools[0]["function"]
        return list(function["parameters"]["properties"]), function["name"]
    return list(asked["response_format"]["json_schema"]["schema"]["properties"]), None


def _tokens(text: str) -> int:
    """OpenAI's rule of thumb: four characters of English a token."""
    return -(-len(text) // 4)


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        name, _, value = line.partition(":")
        if name.lower() == "content-length":
            return int(value)
    return 0


async def main() -> None:
    """Serve until the parent ends."""
    server = Server(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, limit=2**20)
    print(listening.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    listening.close()


if __name__ == "__main__":
    asyncio.run(main())

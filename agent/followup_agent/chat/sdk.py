"""The openai SDK as it is used here. Importing this takes half a second: only when sending.

What the SDK is kept from: retrying on its own, following redirects (the notes
would be posted to another host), reading a body without bound, and a key or an
address from the environment that `Settings` did not see.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx2
import openai

from followup_agent.chat.ladder import Complaint
from followup_agent.chat.redact import Redactor
from followup_agent.chat.translate import complaint, translate
from followup_agent.errors import BadReply, RequestRejected

__all__ = ["Complaint", "client", "complaint", "send"]

LARGEST = 8 * 2**20  # bytes of a body once decompressed; a reply has some kB
CONNECT = 10.0  # seconds to open a connection; all else ends at the deadline

_ENCODING = ("content-encoding", "content-length", "transfer-encoding")


class BoundedClient(httpx2.AsyncClient):
    """Reads each body itself, errors' too, and only up to `LARGEST` decompressed bytes."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send, and return a response whose body is whole and plain."""
        response = await super().send(request, **{**options, "stream": True})
        body = bytearray()
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST:
                    host = request.url.host
                    raise BadReply(f"{host} answered with more than {LARGEST >> 20} MB")
        finally:
            await response.aclose()
        headers = [
            (name, value)
            for name, value in response.headers.multi_items()
            if name.lower() not in _ENCODING
        ]
        return httpx2.Response(
            response.status_code, headers=headers, content=bytes(body), request=request
        )


def client(base_url: str, key: str) -> openai.AsyncOpenAI:
    """A client for one server, for use on one event loop."""
    timeout = httpx2.Timeout(None, connect=CONNECT)
    made = openai.AsyncOpenAI(
        api_key=key,
        admin_api_key="",
        base_url=base_url,
        max_retries=0,
        timeout=timeout,
        http_client=BoundedClient(timeout=timeout, follow_redirects=False),
    )
    if urlsplit(base_url).hostname != "api.openai.com":
        # The SDK reads these from the environment and sends them to any server.
        made.organization = made.project = None
    return made


async def send(
    call: Callable[[], Awaitable[Any]],
    *,
    place: str,
    clean: Redactor,
    now: Callable[[], float] = time.time,
) -> bytes:
    """Make one request and return the body of its 200.

    Raises:
        ModelError: Whatever went wrong, from the SDK's own error.
    """
    try:
        response = await call()
    except openai.OpenAIError as exc:
        raise translate(exc, place=place, clean=clean, now=now) from exc
    except httpx2.InvalidURL as exc:
        raise RequestRejected(f"{place} is no address: {clean(str(exc))}") from exc
    body: bytes = response.http_response.content
    return body

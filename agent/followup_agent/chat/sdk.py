"""The openai SDK as it is used here. Importing this takes half a second: only when sending.

What the SDK is kept from: retrying on its own, following redirects (the notes
would be posted to another host), reading a body without bound, and a key or an
address from the environment that `Settings` did not see.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import httpx2
import openai

from followup_agent.chat.ladder import Complaint
from followup_agent.chat.lanes import transport
from followup_agent.chat.redact import Redactor
from followup_agent.chat.translate import complaint, translate
from followup_agent.errors import BadReply, ConnectionFailed, ModelError, RequestRejected

__all__ = ["Complaint", "client", "complaint", "download", "failure", "post", "send"]

LARGEST = 8 * 2**20  # bytes of a body once decompressed; a reply has some kB
CONNECT = 10.0  # seconds to open a connection; all else ends at the deadline

_ENCODING = ("content-encoding", "content-length", "transfer-encoding")


class BoundedClient(httpx2.AsyncClient):
    """Reads each body itself, errors' too, and only up to `LARGEST` decompressed bytes."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Send, and return a response whose body is whole and plain.

        A good answer that is asked for as a stream is handed on: see `download`.
        """
        streamed = options.get("stream", False)
        response = await super().send(request, **{**options, "stream": True})
        if streamed and response.is_success:
            return response
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
        http_client=BoundedClient(timeout=timeout, follow_redirects=False, transport=transport()),
    )
    if urlsplit(base_url).hostname != "api.openai.com":
        # The SDK reads these from the environment and sends them to any server.
        made.organization = made.project = None
    return made


async def post(client: openai.AsyncOpenAI, body: dict[str, Any]) -> httpx2.Response:
    """Ask for a chat completion.

    By the SDK's way for any endpoint: its typed ``create`` looks through the whole body
    for what it could convert, which takes as long as all the rest, and finds nothing.
    """
    return await client.post("/chat/completions", cast_to=httpx2.Response, body=body)


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
    # A raw response of the SDK's, or the plain one.
    body: bytes = getattr(response, "http_response", response).content
    return body


async def download(
    call: Callable[[], AbstractAsyncContextManager[Any]],
    into: BinaryIO,
    *,
    largest: int,
    place: str,
    clean: Redactor,
) -> None:
    """Write the body of a 200 into a file, piece by piece, from the file's beginning.

    Args:
        call: One of the SDK's ``with_streaming_response`` calls.
        into: Open for writing.
        largest: Bytes that it may have, decompressed.
        place: The server, for errors.
        clean: Makes a server's words fit for an error.

    Raises:
        ModelError: Whatever went wrong; the file holds a part then.
    """
    into.seek(0)
    into.truncate()
    try:
        async with call() as response:
            async for chunk in response.iter_bytes():
                into.write(chunk)
                if into.tell() > largest:
                    raise BadReply(f"{place} answered with more than {largest >> 20} MB")
    except openai.OpenAIError as exc:
        raise translate(exc, place=place, clean=clean) from exc
    except httpx2.HTTPError as exc:
        raise ConnectionFailed(f"the answer of {place} was cut off: {clean(str(exc))}") from exc


def failure(status: int, body: object, *, place: str, clean: Redactor) -> ModelError:
    """Our error for an answer that came by another way than as a response: in a batch's file."""
    request = httpx2.Request("POST", "http://batch")  # the SDK's errors want one
    response = httpx2.Response(status, json=body, request=request)
    kind = (
        openai.InternalServerError if status >= 500 else _KINDS.get(status, openai.APIStatusError)
    )
    told = body.get("error") if isinstance(body, dict) else None
    error = kind(f"{status}", response=response, body=told)
    made = translate(error, place=place, clean=clean)
    made.__cause__ = error
    return made


_KINDS: dict[int, type[openai.APIStatusError]] = {
    400: openai.BadRequestError,
    401: openai.AuthenticationError,
    403: openai.PermissionDeniedError,
    404: openai.NotFoundError,
    422: openai.UnprocessableEntityError,
    429: openai.RateLimitError,
}

"""The files and batches endpoints of an OpenAI-compatible server, under our transport rules."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from followup_agent.chat import reply
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.retry import TRANSIENT
from followup_agent.errors import BadReply, ModelError, RateLimited

if TYPE_CHECKING:
    from openai import AsyncOpenAI

CALL: Final = 60.0  # seconds for a call in all, retries included
TRANSFER: Final = 1800.0  # and for one that moves a file
LARGEST: Final = 2 * 2**30  # bytes of an output file; 50,000 answers have some 100 MB
ENDPOINT: Final = "/v1/chat/completions"

_PAGE = 100  # batches or files that are listed at once
_PAGES = 10  # the newest come first, and what is looked for is new


class BatchApi:
    """What is done at the provider; every method raises a `ModelError`, never the SDK's.

    Args:
        model: Whose server, key and policy of retries are used.
    """

    def __init__(self, model: OpenAIModel) -> None:
        self._model = model
        self._clean = model.redactor()

    def upload(self, name: str, content: BinaryIO) -> str:
        """Send a file of requests; returns its id."""

        async def create(client: AsyncOpenAI) -> bytes:
            content.seek(0)
            call = client.files.with_raw_response.create
            return await self._send(lambda: call(file=(name, content), purpose="batch"))

        return _id(self._call(create, timeout=TRANSFER))

    def create(self, file: str, metadata: dict[str, str]) -> str:
        """Start a batch; returns its id.

        It is tried again only where the server surely did not start it: after any other
        failure look with `find` before trying again, for a batch is paid for.
        """

        async def create(client: AsyncOpenAI) -> bytes:
            call = client.batches.with_raw_response.create
            return await self._send(
                lambda: call(
                    input_file_id=file,
                    endpoint=ENDPOINT,
                    completion_window="24h",
                    metadata=metadata,
                )
            )

        return _id(self._call(create, transient=(RateLimited,)))

    def retrieve(self, batch: str) -> dict[str, Any]:
        """How a batch stands."""

        async def retrieve(client: AsyncOpenAI) -> bytes:
            call = client.batches.with_raw_response.retrieve
            return await self._send(lambda: call(batch))

        return self._call(retrieve)

    def find(self, name: str, value: str) -> list[dict[str, Any]]:
        """The batches whose metadata holds this, newest first."""
        found = []
        for each in self._listed(lambda client: client.batches.with_raw_response.list):
            metadata = each.get("metadata")
            if isinstance(metadata, dict) and metadata.get(name) == value:
                found.append(each)
        return found

    def files(self, name: str) -> list[str]:
        """The ids of the input files that are called so."""
        listed = self._listed(lambda client: client.files.with_raw_response.list, purpose="batch")
        return [each["id"] for each in listed if each.get("filename") == name]

    def cancel(self, batch: str) -> None:
        """Stop a batch; what it has done is paid for."""

        async def cancel(client: AsyncOpenAI) -> bytes:
            call = client.batches.with_raw_response.cancel
            return await self._send(lambda: call(batch))

        self._call(cancel)

    def download(self, file: str, into: BinaryIO) -> None:
        """Write a file's content into an open one."""

        async def download(client: AsyncOpenAI) -> None:
            from followup_agent.chat import sdk

            call = client.files.with_streaming_response.content
            await sdk.download(
                lambda: call(file),
                into,
                largest=LARGEST,
                place=self._model.place,
                clean=self._clean,
            )

        self._model.call(download, timeout=TRANSFER)

    def delete(self, file: str) -> None:
        """Delete a file at the provider."""

        async def delete(client: AsyncOpenAI) -> bytes:
            call = client.files.with_raw_response.delete
            return await self._send(lambda: call(file))

        self._call(delete)

    def _listed(
        self, endpoint: Callable[[AsyncOpenAI], Callable[..., Awaitable[Any]]], **options: Any
    ) -> Iterator[dict[str, Any]]:
        after: dict[str, str] = {}
        for _ in range(_PAGES):

            async def page(client: AsyncOpenAI, after: dict[str, str] = after) -> bytes:
                return await self._send(lambda: endpoint(client)(limit=_PAGE, **options, **after))

            listed = self._call(page)
            entries = listed.get("data")
            entries = entries if isinstance(entries, list) else []
            yield from (each for each in entries if isinstance(each, dict) and each.get("id"))
            if not listed.get("has_more") or not entries:
                return
            after = {"after": entries[-1]["id"]}

    def _call(
        self,
        work: Callable[[AsyncOpenAI], Awaitable[bytes]],
        *,
        timeout: float = CALL,
        transient: tuple[type[ModelError], ...] = TRANSIENT,
    ) -> dict[str, Any]:
        body = self._model.call(work, timeout=timeout, transient=transient)
        return reply.load(body, place=self._model.place, clean=self._clean)

    async def _send(self, call: Callable[[], Awaitable[Any]]) -> bytes:
        from followup_agent.chat import sdk

        return await sdk.send(call, place=self._model.place, clean=self._clean, now=time.time)


def _id(made: dict[str, Any]) -> str:
    name = made.get("id")
    if not isinstance(name, str) or not name:
        raise BadReply("the server answered without an id; does it have batches?")
    return name

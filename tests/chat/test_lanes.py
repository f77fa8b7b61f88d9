"""Connections are used by one request at a time, and kept for the next."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from followup_agent.chat.lanes import Lanes, transport
from servers.misbehaving import Misbehaving, completion, reset, silence

pytestmark = pytest.mark.server


def test_one_after_the_other_use_one_connection() -> None:
    """Ten requests in a row open one lane."""
    lanes = Lanes()

    async def work(url: str) -> list[int]:
        async with httpx2.AsyncClient(transport=lanes) as client:
            return [(await client.post(url)).status_code for _ in range(10)]

    with Misbehaving(completion()) as server:
        assert asyncio.run(work(server.url)) == [200] * 10
    assert len(lanes._all) == 0  # closed with the client
    assert lanes._idle == []


def test_side_by_side_use_as_many_as_there_are_at_once() -> None:
    """Two rounds of five requests at once open five lanes."""
    lanes = Lanes()

    async def work(url: str) -> int:
        async with httpx2.AsyncClient(transport=lanes) as client:
            for _ in range(2):
                await asyncio.gather(*(client.post(url) for _ in range(5)))
            return len(lanes._all)

    with Misbehaving(completion()) as server:
        assert asyncio.run(work(server.url)) == 5


def test_a_lane_survives_what_breaks_its_connection() -> None:
    """After a reset, and after a request that was given up, the next goes well on the same lane."""
    lanes = Lanes()

    async def work(url: str) -> tuple[int, int]:
        async with httpx2.AsyncClient(transport=lanes, timeout=10) as client:
            with pytest.raises(httpx2.TransportError):
                await client.post(url)
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(client.post(url), 0.1)
            response = await client.post(url)
            return response.status_code, len(lanes._all)

    with Misbehaving(reset(), silence(), completion()) as server:
        assert asyncio.run(work(server.url)) == (200, 1)


def test_a_proxy_of_the_environment_is_left_to_the_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lanes go straight to the server; who needs a proxy gets the client's own transport."""
    assert isinstance(transport(), Lanes)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert transport() is None

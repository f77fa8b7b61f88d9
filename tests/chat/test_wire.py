"""Connections of asyncio under httpcore's HTTP/1.1: what they take, and what they refuse."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager

import httpcore2
import httpx2
import pytest

from followup_agent.chat.lanes import Lanes
from followup_agent.chat.wire import Wire, connect
from servers.certificates import certify

pytestmark = pytest.mark.server

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
LONG = 3 * 2**20  # bytes: far more than sockets and buffers hold


@asynccontextmanager
async def serving(behave: Behaviour, context: ssl.SSLContext | None = None):
    """A server on loopback; gives its port."""
    over = asyncio.Event()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await behave(reader, writer)
            await over.wait()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        over.set()
        server.close()
        await asyncio.sleep(0)


async def polite(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with an authority, and a certificate for 127.0.0.1 that it signed."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("certificates")
    certify(folder)
    return folder


def fetched(authority, host: str) -> bytes:
    """What a server with that certificate answers to who asks for it as ``host``."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(authority / "server.pem", authority / "server.key")

    async def work() -> bytes:
        async with (
            serving(polite, context) as port,
            httpx2.AsyncClient(transport=Lanes(), timeout=10) as client,
        ):
            first = await client.get(f"https://{host}:{port}/")
            return first.content + (await client.get(f"https://{host}:{port}/")).content

    return asyncio.run(work())


def test_a_trusted_certificate_is_taken(authority, monkeypatch):
    """Over TLS two requests are answered on one connection."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    assert fetched(authority, "127.0.0.1") == b"okok"


def test_an_unknown_authority_is_refused(authority):
    """A certificate that nobody vouches for ends in an error that says so."""
    with pytest.raises(httpx2.ConnectError, match="certificate verify failed"):
        fetched(authority, "127.0.0.1")


def test_another_servers_certificate_is_refused(authority, monkeypatch):
    """A certificate for another name is none."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority / "ca.pem"))
    with pytest.raises(httpx2.ConnectError, match="certificate verify failed"):
        fetched(authority, "localhost")


def test_what_came_unasked_is_no_answer():
    """A server that says 408 on an idle connection is asked anew on another."""
    connections = 0

    async def impatient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await asyncio.sleep(0)
        writer.write(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")

    async def work() -> list[int]:
        lanes = Lanes()
        async with serving(impatient) as port, httpx2.AsyncClient(transport=lanes) as client:
            found = []
            for _ in range(2):
                found.append((await client.get(f"http://127.0.0.1:{port}/")).status_code)
                while not lanes._idle[-1].has_expired():
                    await asyncio.sleep(0.01)
            return found

    assert asyncio.run(work()) == [200, 200]
    assert connections == 2


def test_a_long_body_is_read_and_written_whole():
    """What neither side's buffers hold at once arrives in full, both ways."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.05)  # so that the client is held back
        body = await reader.readexactly(LONG)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % LONG + body)

    async def work() -> bytes:
        async with (
            serving(echo) as port,
            httpx2.AsyncClient(transport=Lanes(), timeout=10) as client,
            client.stream("POST", f"http://127.0.0.1:{port}/", content=sent) as response,
        ):
            await asyncio.sleep(0.05)  # so that the server is
            return await response.aread()

    sent = bytes(range(256)) * (LONG // 256)
    assert asyncio.run(work()) == sent


def test_time_limits_hold():
    """Each wait has its own error: for a connection, for an answer, for room to write."""

    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reader._transport.pause_reading()  # type: ignore[attr-defined]

    async def work() -> None:
        async with serving(deaf) as port:
            url = f"http://127.0.0.1:{port}/"
            async with httpx2.AsyncClient(transport=Lanes()) as client:
                with pytest.raises(httpx2.ReadTimeout):
                    await client.get(url, timeout=httpx2.Timeout(None, read=0.05))
                limit = httpx2.Timeout(None, write=0.05)
                with pytest.raises(httpx2.WriteTimeout):
                    await client.post(url, content=bytes(8 * LONG), timeout=limit)
                with pytest.raises(httpx2.ConnectTimeout):
                    await client.get(url, timeout=httpx2.Timeout(None, connect=0))

    asyncio.run(work())


def test_what_is_gone_is_not_written_to():
    """A write on a connection that was closed is an error of httpcore's."""

    async def work() -> None:
        async with serving(polite) as port:
            origin = httpcore2.URL(f"http://127.0.0.1:{port}/").origin
            _, wire = await asyncio.get_running_loop().create_connection(Wire, "127.0.0.1", port)
            await wire.aclose()
            with pytest.raises(httpcore2.WriteError):
                await wire.write(b"GET")
            assert await wire.read(10) == b""
            connection = await connect(origin, ssl.create_default_context(), None)
            await connection.aclose()

    asyncio.run(work())


def test_nobody_listens():
    """A port where nobody listens is no connection."""

    async def work() -> None:
        async with serving(polite) as port:
            pass
        async with httpx2.AsyncClient(transport=Lanes()) as client:
            await client.get(f"http://127.0.0.1:{port}/")

    with pytest.raises(httpx2.ConnectError, match=r"refused|failed"):
        asyncio.run(work())

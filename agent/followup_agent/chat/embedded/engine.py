"""llama.cpp in this process, by xllamacpp: loaded once a file, one request at a time.

What is fixed here, and why:

- The same request gives the same text on every run. For this the prompt cache is off (a
  warm answer differs from a cold one), the slots do not share their memory, requests never
  overlap, and the prompt is read in batches of one size.
- The library cannot run without its HTTP server. It listens on a socket file in a folder of
  ours that only this user can enter; where there are no such sockets, on a random port of
  the loopback address with a random key.
- A generation is streamed, in a thread of its own: only between two pieces can it be
  stopped, and only so does Ctrl-C come through.
"""

from __future__ import annotations

import atexit
import http.client
import json
import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from followup_agent.chat.embedded.threads import threads
from followup_agent.errors import BadReply, SettingsError, WeightsError

Chunk = Mapping[str, Any]

#: Tokens of a prompt that are read at once. A generation cannot be stopped within: 64 are
#: about half a second of the default model on one core, and cost no more in all than 512.
BATCH = 64
_POLL = 0.05  # seconds between two looks at the clock
_PATIENCE = 10.0  # seconds to wait at exit for a generation that was told to stop
_LONGEST_SOCKET = 100  # bytes; the systems' bounds are 104 and 108
_LOCAL_TIMEOUT = 10.0  # seconds; counting tokens takes milliseconds


@dataclass(frozen=True, slots=True)
class Load:
    """What is loaded, and how.

    Attributes:
        path: The GGUF file.
        context: Tokens of one answer and its prompt.
        slots: Answers to one request that are written side by side.
        threads: Threads that compute, or None to choose by the machine when it is loaded.
        trusted: The file's hash was checked; otherwise its numbers are.
        adapter: A GGUF file of low-rank updates that the weights are used with, or None.
    """

    path: Path
    context: int
    slots: int
    threads: int | None
    trusted: bool
    adapter: Path | None = None


class Engine:
    """One loaded model. Made by `engine`, which keeps it for the process."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self._folder = private_folder()
        self._key = secrets.token_urlsafe(24)
        self._turn = Lock()
        self._running: Thread | None = None
        self._server: Any = None
        try:
            self._server = _library().Server(self._parameters())
        except RuntimeError as exc:
            self.close()
            raise WeightsError(
                f"{load.path.name} cannot be loaded: it is damaged, of a kind that this "
                "version of xllamacpp does not know, or larger than the memory"
            ) from exc

    def _parameters(self) -> Any:
        load, count = self.load, threads(self.load.threads)
        library = _library()
        params = library.CommonParams()
        params.model.path = str(load.path)
        if load.adapter is not None:
            params.lora_adapters = [library.CommonAdapterLoraInfo(str(load.adapter))]
        params.n_ctx, params.n_parallel = load.context * load.slots, load.slots
        params.n_batch = params.n_ubatch = BATCH
        params.kv_unified = params.warmup = params.ui = params.fit_params = False
        params.endpoint_slots = False
        params.cache_ram_mib = 0
        params.check_tensors = not load.trusted
        params.verbosity = -1
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = count
        if self._folder is not None:
            params.hostnames = [str(self._folder / "m.sock")]
        else:
            params.api_keys = [self._key]
        return params

    def stream(self, body: Mapping[str, Any], may_go_on: Callable[[], None]) -> list[Chunk]:
        """Generate, and return all pieces of the answer.

        Args:
            body: A chat completion's request.
            may_go_on: Called many times a second; what it raises ends the generation, and
                so does Ctrl-C.

        Raises:
            BadReply: The library did not take the request.
        """
        with self._one_at_a_time(may_go_on):
            return self._generate(body, may_go_on)

    @contextmanager
    def _one_at_a_time(self, may_go_on: Callable[[], None]) -> Iterator[None]:
        while not self._turn.acquire(timeout=_POLL):
            may_go_on()
        try:
            yield
        finally:
            self._turn.release()

    def _generate(self, body: Mapping[str, Any], may_go_on: Callable[[], None]) -> list[Chunk]:
        chunks: list[Chunk] = []
        failures: list[Exception] = []
        stop, ended = Event(), Event()

        def take(chunk: Chunk) -> bool:
            chunks.append(chunk)
            return stop.is_set()

        def work() -> None:
            try:
                self._server.handle_chat_completions({**body, **_STREAMED}, take)
            except Exception as exc:  # it raises ValueError and RuntimeError, and says which not
                failures.append(exc)
            finally:
                ended.set()

        self._running = Thread(target=work, name="followup-agent embedded", daemon=True)
        self._running.start()
        try:
            while not ended.wait(_POLL):
                may_go_on()
        finally:
            stop.set()
            ended.wait()  # until the next piece: the slots must be free for the next request
        if failures:
            raise BadReply("the embedded model did not take the request") from failures[0]
        return chunks

    def count(self, messages: list[dict[str, str]]) -> int:
        """Tokens of a conversation, as the model's own template and tokenizer make them.

        Raises:
            OSError: The library's server does not answer.
            ValueError: It answered with something else.
        """
        prompt = self._ask("/apply-template", {"messages": messages})["prompt"]
        return len(self._ask("/tokenize", {"content": prompt, "parse_special": True})["tokens"])

    def _ask(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        connection = self._connection()
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
            connection.request("POST", path, json.dumps(body), headers)
            answer: dict[str, Any] = json.loads(connection.getresponse().read())
        except http.client.HTTPException as exc:
            raise OSError(str(exc)) from exc
        finally:
            connection.close()
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        if self._folder is not None:
            return _SocketFile(self._folder / "m.sock")
        place = urlsplit(self._server.listening_address)
        return http.client.HTTPConnection(place.hostname or "", place.port, timeout=_LOCAL_TIMEOUT)

    def close(self) -> None:
        """Free the model, and remove its socket."""
        running = self._running
        if running is not None and running.is_alive():
            running.join(_PATIENCE)
        if _forked or (running is not None and running.is_alive()):
            self.abandon()
        self._server = None  # freed here, while the interpreter is still whole
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def abandon(self) -> None:
        """Never free the library's part, not even when the interpreter ends.

        Freeing waits for the library's threads, and kills the process where they are gone:
        in a forked child also those that all its models share.
        """
        import ctypes

        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self._server))


_STREAMED = {
    "stream": True,
    "stream_options": {"include_usage": True},
    "return_progress": True,  # pieces also while the prompt is read, so that it can be stopped
}


class _SocketFile(http.client.HTTPConnection):
    """HTTP over a socket file."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_LOCAL_TIMEOUT)
        self._path = path

    def connect(self) -> None:
        """Connect to the file."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path))


def private_folder() -> Path | None:
    """A new folder that only this user can enter, short enough for a socket's path.

    None where the system has no socket files: the library's server then takes a port.
    """
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        return None
    for parent in (None, "/tmp"):  # noqa: S108  (mkdtemp makes the folder, with mode 0700)
        with suppress(OSError):
            folder = Path(tempfile.mkdtemp(prefix="followup-", dir=parent))
            if len(os.fsencode(folder / "m.sock")) <= _LONGEST_SOCKET:
                return folder
            folder.rmdir()
    return None


def check_library() -> None:
    """Raise SettingsError, with the mend, where xllamacpp is missing or does not run here."""
    _library()


def _library() -> Any:
    try:
        import xllamacpp
    except ImportError as exc:
        missing = isinstance(exc, ModuleNotFoundError)
        why = "is not installed" if missing else f"does not run on this machine ({exc})"
        raise SettingsError(
            f"the embedded model is run by xllamacpp, which {why}; install it with "
            "`pip install 'followup-agent[embedded]'`, or choose a server's model with --model"
        ) from exc
    return xllamacpp


_engines: dict[Load, Engine] = {}
_loading = Lock()
_forked = False


def engine(load: Load) -> Engine:
    """The loaded model; it is loaded at the first call with these arguments.

    Raises:
        SettingsError: xllamacpp is missing.
        WeightsError: The file cannot be loaded.
    """
    with _loading:
        if load not in _engines:
            _engines[load] = Engine(load)
        return _engines[load]


def loaded(load: Load) -> Engine | None:
    """The model, if it is loaded already."""
    return _engines.get(load)


@atexit.register
def close_all() -> None:
    """Free all models and remove their sockets; the next request loads anew."""
    with _loading:
        while _engines:
            _engines.popitem()[1].close()


def _after_fork() -> None:
    """Begin anew in a forked child: the library's threads do not come along."""
    global _loading, _forked  # noqa: PLW0603  (a lock that was held stays so in the child)
    _loading = Lock()
    for left_behind in _engines.values():
        left_behind.abandon()
        _forked = True
    _engines.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)

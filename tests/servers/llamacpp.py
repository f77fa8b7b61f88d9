"""llama.cpp's own OpenAI-compatible server with the default model, in a process of its own.

Run as a script it prints its address and serves until its standard input ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

KEY = "test-key-of-llamacpp"
NAME = "smollm2"


class Served(NamedTuple):
    """Where it is, up to and with ``/v1``."""

    url: str


@contextmanager
def llamacpp(weights: Path) -> Iterator[Served]:
    """Serve a GGUF file on loopback; it has gone when this ends."""
    with subprocess.Popen(
        [sys.executable, __file__, str(weights)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ},
    ) as process:
        try:
            yield Served(f"{process.stdout.readline().strip()}/v1")
        finally:
            process.stdin.close()
            process.wait(30)


def serve(weights: str) -> None:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = weights
    params.model_alias = {NAME}
    params.api_keys = [KEY]
    params.n_ctx, params.n_parallel = 2048, 1
    params.verbosity = -1
    params.warmup = params.ui = params.fit_params = False
    params.cache_ram_mib = 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    serve(sys.argv[1])

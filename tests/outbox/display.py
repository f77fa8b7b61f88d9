"""A display that nobody looks at."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running_display() -> Iterator[str]:
    """Start an X server in memory, give its name, and end it afterwards."""
    ours, theirs = os.pipe()
    command = ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "64x64x8", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[theirs], stderr=subprocess.DEVNULL)
    os.close(theirs)
    try:
        with os.fdopen(ours) as number:
            name = f":{number.readline().strip()}"
        yield name
    finally:
        server.terminate()
        server.wait(20)

"""The embedded model and its process: what a process leaves, Ctrl-C, and a forked child."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from embedded_model import finished, script

pytestmark = pytest.mark.embedded


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_it_listens_on_no_port_and_leaves_nothing():
    """No TCP socket, a folder for this user only, no word on stderr, nothing left at exit."""
    out, errors, code = finished("""
        import os, pathlib
        from embedded_model import ask, real
        from followup_agent.chat.embedded import engine
        model = real(threads=1)
        model.complete(ask())
        inodes = {os.readlink(f)[8:-1] for f in pathlib.Path("/proc/self/fd").iterdir()
                  if os.path.islink(f) and os.readlink(f).startswith("socket:")}
        tables = [pathlib.Path("/proc/net", name).read_text() for name in ("tcp", "tcp6")]
        print(sum(line.split()[9] in inodes for t in tables for line in t.splitlines()[1:]))
        folder, = (each._folder for each in engine._engines.values())
        print(oct(folder.stat().st_mode & 0o777), folder)
    """)
    ports, mode, folder = out.split()
    assert (ports, mode, errors, code) == ("0", "0o700", "", 0)
    assert not Path(folder).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are different there")
def test_an_interrupt_ends_it_at_once():
    """Ctrl-C in the middle of a generation ends the process within seconds, as Ctrl-C."""
    process = script("""
        from embedded_model import LONG, ask, real
        model = real(threads=1)
        model.complete(ask())
        print("ready", flush=True)
        model.complete(LONG)
    """)
    assert process.stdout.readline() == "ready\n"
    time.sleep(1)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert time.monotonic() - started < 20
    assert errors.strip().endswith("KeyboardInterrupt")
    assert process.returncode == -signal.SIGINT


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork there")
def test_a_forked_child_loads_its_own():
    """The library's threads do not come along; the parent's model stays as it was."""
    out, errors, code = finished("""
        import os, sys, warnings
        from embedded_model import ask, real
        from followup_agent.chat.embedded.engine import close_all
        warnings.simplefilter("ignore")
        model = real(threads=1)
        print(model.complete(ask()).text, flush=True)
        child = os.fork()
        print(model.complete(ask()).text, flush=True)
        if not child:
            close_all()
            os._exit(0)  # as multiprocessing ends its children
        os.waitpid(child, 0)
        print(model.complete(ask()).text)
    """)
    texts = out.splitlines()
    assert (len(texts), len(set(texts)), errors, code) == (4, 1, "", 0)

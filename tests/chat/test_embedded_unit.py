"""The embedded model without its weights: names, profiles, threads, and the reading of answers."""

import hashlib
import pickle
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from embedded_model import ask
from followup_agent.chat.embedded import answers, embedded_model
from followup_agent.chat.embedded import engine as engine_module
from followup_agent.chat.embedded.engine import Load, private_folder
from followup_agent.chat.embedded.gguf import Header, read_header
from followup_agent.chat.embedded.model import _body
from followup_agent.chat.embedded.threads import MOST, Machine, threads
from followup_agent.chat.protocol import ChatModel
from followup_agent.errors import BadReply, BudgetExceeded, SettingsError
from followup_agent.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(cache_dir=tmp_path / "cache")


def text(value):
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def header(*values, count=None):
    """The beginning of a GGUF file; a value is (name, kind, bytes)."""
    made = b"GGUF" + struct.pack("<IQQ", 3, 0, len(values) if count is None else count)
    for name, kind, raw in values:
        made += text(name) + struct.pack("<I", kind) + raw
    return made


def gguf(folder, *values, size=None, count=None):
    file = folder / "my model.gguf"
    file.write_bytes(header(*values, count=count))
    if size:
        with file.open("r+b") as opened:
            opened.truncate(size)
    return file


# Names and profiles


def test_the_default_is_the_small_model_asked_part_by_part(settings):
    """Without a name it is the catalogue's first model, and nothing was made in the cache."""
    model = embedded_model(None, settings)
    assert isinstance(model, ChatModel)
    assert model.name == f"embedded:smollm2-135m@{model.entry.adapter.run}"
    profile = model.profile
    assert (profile.plan, profile.candidates) == ("parts", 4)
    assert (profile.context_window, profile.temperature) == (2048, 0.5)
    assert "gratitude" in profile.specialist
    assert not settings.cache_dir.exists()


def test_the_adapter_is_used_with_the_weights_that_it_was_trained_on(settings):
    """The default's file, whose hash is checked, and no other; the package holds the adapter."""
    adapter = embedded_model(None, settings)._how(Path("any")).adapter
    assert adapter.read_bytes()[:4] == b"GGUF"
    assert adapter.stat().st_size < 16_000_000
    assert embedded_model("qwen3-4b", settings)._how(Path("any")).adapter is None


def test_a_file_of_ones_own_has_no_adapter(tmp_path, settings):
    """Nor is it asked as a specialist."""
    model = embedded_model(str(gguf(tmp_path)), settings)
    assert not model.profile.specialist
    assert model._how(Path("any")).adapter is None


@pytest.mark.parametrize("name", ["QWEN3-4B", "qwen3-4b-instruct-2507"])
def test_a_strong_model_is_asked_once_for_all(settings, name):
    """Names are taken without case, and also as the maker writes them."""
    model = embedded_model(name, settings)
    assert model.name == "embedded:qwen3-4b"
    assert (model.profile.plan, model.profile.candidates) == ("whole", 1)


def test_an_unknown_name_names_the_known_ones(settings):
    """A slip is the caller's mistake, with the nearest name and the other way in."""
    with pytest.raises(SettingsError, match=r"did you mean smollm2-135m\?.*embedded:PATH.gguf"):
        embedded_model("smollm2", settings)


def test_the_settings_window_wins(tmp_path):
    """FOLLOWUP_CONTEXT_WINDOW goes before the catalogue's."""
    model = embedded_model(None, Settings(cache_dir=tmp_path, context_window=4096))
    assert model.profile.context_window == 4096


@pytest.mark.parametrize(
    ("values", "size", "plan", "window"),
    [
        ([("general.size_label", 8, text("494M"))], None, "parts", 2048),
        ([("general.size_label", 8, text("1.5B"))], None, "whole", 8192),
        ([], 200_000_000, "parts", 2048),
        ([], 1_200_000_000, "whole", 8192),
        (
            [
                ("general.architecture", 8, text("llama")),
                ("general.languages", 9, struct.pack("<IQ", 8, 1) + text("en")),
                ("llama.context_length", 4, struct.pack("<I", 1024)),
            ],
            None,
            "parts",
            1024,
        ),
    ],
)
def test_a_file_is_asked_by_its_size(tmp_path, settings, values, size, plan, window):
    """Below a milliard parameters, by label or by bytes, it is asked part by part."""
    file = gguf(tmp_path, *values, size=size)
    model = embedded_model(str(file), settings)
    assert model.name == "embedded:my model.gguf"
    assert (model.profile.plan, model.profile.context_window) == (plan, window)
    assert model.entry is None


@pytest.mark.parametrize(
    "damage",
    [
        b"GGUF",
        header(count=3),
        header(("a", 77, b"")),
        header(("a", 9, struct.pack("<IQ", 9, 1))),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 2**60),
        header(("a", 8, struct.pack("<Q", 2) + b"\xff\xff")),
    ],
)
def test_a_damaged_header_is_left_to_the_loading(tmp_path, damage):
    """What cannot be read is guessed by the size."""
    file = tmp_path / "x.gguf"
    file.write_bytes(damage)
    assert read_header(file) == Header(parameters=0, context=None)


def test_the_tokenizer_is_not_read(tmp_path):
    """Values after the tokenizer's first are of no interest."""
    file = gguf(tmp_path, ("tokenizer.x", 8, text("a")), ("general.size_label", 8, text("9B")))
    assert read_header(file).parameters == 0


@pytest.mark.parametrize("name", ["nothing.gguf", "folder/", "web.gguf"])
def test_a_path_that_is_no_model_is_the_callers_mistake(tmp_path, settings, name):
    """No file, a folder, or a web page saved as one: said before anything is loaded."""
    (tmp_path / "web.gguf").write_text("<!doctype html>")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SettingsError, match=r"cannot be read|is not a GGUF file"):
        embedded_model(str(tmp_path / name), settings)


def test_it_can_be_sent_to_another_process(settings):
    """A pickled model is made anew from its source and settings."""
    model = pickle.loads(pickle.dumps(embedded_model(None, settings)))
    assert (repr(model), model._settings) == (repr(embedded_model(None, settings)), settings)


def test_a_name_tells_of_the_adapters_run(settings):
    """Another run writes other texts, so that no reply of another is taken for this one's."""
    adapter = embedded_model(None, settings).entry.adapter
    name = f"smollm2-135m@{adapter.run}"
    assert embedded_model(name, settings).name == embedded_model(None, settings).name
    shipped = Path(engine_module.__file__).parent / "adapters" / adapter.file
    assert hashlib.sha256(shipped.read_bytes()).hexdigest() == adapter.sha256
    with pytest.raises(SettingsError, match="did you mean smollm2-135m"):
        embedded_model("smollm2-135m@0", settings)


def test_a_worker_may_say_how_many_threads_it_has(settings):
    """A worker's processors decide, unless the settings do; all else stays as it was."""
    model = embedded_model(None, settings)
    assert model.with_threads(3)._settings == replace(settings, threads=3)
    told = embedded_model(None, replace(settings, threads=2))
    assert told.with_threads(3)._settings.threads == 2
    assert model.with_threads(3).name == model.name


def test_a_missing_library_says_what_to_install(settings, monkeypatch):
    """Without xllamacpp nothing is fetched, and the extra is named."""
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(SettingsError, match=r"not installed.*followup-agent\[embedded\]"):
        embedded_model(None, settings).complete(ask())
    assert not settings.cache_dir.exists()


def test_a_library_that_does_not_run_here_says_why(settings, monkeypatch, tmp_path):
    """An extension built for another machine is no traceback."""
    (tmp_path / "xllamacpp.py").write_text("raise ImportError('GLIBC_9.9 not found')")
    monkeypatch.delitem(sys.modules, "xllamacpp", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SettingsError, match=r"does not run on this machine.*GLIBC"):
        embedded_model(None, settings).prepare()


def test_making_a_model_imports_nothing_heavy():
    """Listing and rendering must work without the library and its half second."""
    code = (
        "import sys; from followup_agent.chat.embedded import embedded_model; "
        "from followup_agent.settings import Settings; embedded_model(None, Settings()); "
        "sys.exit(any(m in sys.modules for m in ('xllamacpp', 'huggingface_hub', 'openai')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_tokens_are_estimated_before_it_is_loaded(settings):
    """An estimate says that it is one."""
    count = embedded_model(None, settings).count_tokens(ask())
    assert count.tokens > 10
    assert not count.exact


# What is sent


def test_the_body_fixes_what_decides_the_text():
    """No prompt cache, a seed of its own, candidates no more than slots."""
    body = _body(ask(candidates=9, seed=3), slots=4)
    assert (body["n"], body["cache_prompt"], body["seed"]) == (4, False, 3_000_009)
    assert body["messages"][-1] == {"role": "assistant", "content": "Thank you for"}
    assert "response_format" not in body


def test_greedy_candidates_are_one():
    """At temperature 0 all would be the same."""
    assert _body(ask(candidates=4, temperature=0), slots=4)["n"] == 1


def test_no_seed_means_at_random():
    """llama.cpp draws a seed for 2^32 - 1; no seed of ours becomes that one."""
    seeds = [0, 1, 2**31, 2**32 - 1, 2**32, 10**18]
    assert all(0 <= _body(ask(seed=s), 4)["seed"] < 2**32 - 1 for s in seeds)


def test_a_schema_is_a_response_format_unless_there_is_a_grammar():
    """A whole message is asked for with its schema."""
    schema = {"type": "object"}
    body = _body(ask(grammar="", schema=schema), 1)
    assert body["response_format"]["json_schema"]["schema"] == schema
    assert "response_format" not in _body(ask(schema=schema), 1)


def test_lone_surrogates_are_replaced():
    """Text that no UTF-8 holds must not fail the request."""
    turns = ask().turns[:1]
    body = _body(ask(turns=turns, prefix="a\ud800b"), 1)
    assert body["messages"][-1]["content"] == "a?b"


# What comes back


def piece(index, content=None, logprob=None, finish=None, token=None):
    """A streamed piece of one answer."""
    made = {"index": index, "delta": {"content": content}, "finish_reason": finish}
    if logprob is not None:
        made["logprobs"] = {"content": [{"token": token or content, "logprob": logprob}]}
    return {"choices": [made]}


USAGE = {"choices": [], "usage": {"prompt_tokens": 50, "completion_tokens": 2}}


def test_answers_are_put_together_by_their_index():
    """Pieces come mixed; the tokens of all answers are counted."""
    chunks = [
        piece(1, " b", -1.0),
        piece(0, " a", -0.5),
        piece(0, ".", -1.5),
        piece(1, ".", -1.0),
        piece(1, finish="stop"),
        piece(0, finish="stop"),
        USAGE,
    ]
    reply = answers.read(chunks, ask(candidates=2), "m")
    assert [a.text for a in reply.alternatives] == ["Thank you for a.", "Thank you for b."]
    assert [a.likelihood for a in reply.alternatives] == [-1.0, -1.0]
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (50, 4)
    assert (reply.text, reply.finish_reason, reply.model) == ("Thank you for a.", "stop", "m")


def test_an_opening_that_comes_back_is_not_doubled():
    """Some templates repeat the assistant's opening."""
    assert answers.read([piece(0, "Thank you for x")], ask(), "m").text == "Thank you for x"


def test_one_answer_has_no_alternatives():
    """Who asks for one gets one; without numbers it has no likelihood."""
    reply = answers.read([piece(0, " a"), piece(0, finish="stop")], ask(), "m")
    assert reply.alternatives == ()


@pytest.mark.parametrize(
    ("grammar", "logprob", "finish"),
    [("root ::= x", -3.0, "grammar"), ("root ::= x", -2.0, "stop"), ("", -3.0, "stop")],
)
def test_a_forced_full_stop_is_told(grammar, logprob, finish):
    """A stop that only the grammar wanted leaves an unfinished sentence."""
    chunks = [
        piece(0, " a", -9.0),
        piece(0, ".", logprob),
        piece(0, "", -5.0),
        piece(0, finish="stop"),
    ]
    assert answers.read(chunks, ask(grammar=grammar), "m").finish_reason == finish


def test_an_answer_that_was_broken_off_is_cut():
    """Without a reason to end, it did not end."""
    chunks = [piece(0, " a", -1.0), piece(0, ".", -9.0)]
    assert answers.read(chunks, ask(), "m").finish_reason == "length"


def test_too_long_a_prompt_is_over_budget():
    """The error names both numbers and the mend."""
    error = {"type": "exceed_context_size_error", "n_prompt_tokens": 9000, "n_ctx": 2048}
    with pytest.raises(BudgetExceeded, match=r"9000 tokens.*2048"):
        answers.read([{"error": error}], ask(), "m")


def test_another_error_is_a_bad_reply():
    """The library's words are bounded and on one line."""
    with pytest.raises(BadReply, match=r"the request: a b+$") as caught:
        answers.read([{"error": {"message": "a\n" + "b" * 900}}], ask(), "m")
    assert len(str(caught.value)) < 300


def test_no_answer_is_a_bad_reply():
    """Nothing at all is an error, not an empty text."""
    with pytest.raises(BadReply, match="no answer"):
        answers.read([USAGE], ask(), "m")


# Threads


def machine(root, *, cpus=8, count=8, load=0.0, files=()):
    for name, content in dict(files).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return Machine(system=root, allowed=range(cpus), count=count, load=load)


V2 = "sys/fs/cgroup/cpu.max"
V1 = "sys/fs/cgroup/cpu/cpu.cfs_{}_us"


@pytest.mark.parametrize(
    ("described", "expected"),
    [
        ({}, 7),
        ({"cpus": 1}, 1),
        ({"cpus": 2, "count": 2}, 1),
        ({"cpus": 2, "count": 64}, 1),
        ({"cpus": 4, "count": 64, "load": 62.0}, 2),
        ({"load": 6.2}, 2),
        ({"load": 30.0}, 1),
        ({"cpus": 64, "count": 64}, MOST),
        ({"files": {V2: "max 100000"}}, 7),
        ({"files": {V2: "300000 100000"}}, 2),
        ({"files": {V2: "50000 100000"}}, 1),
        ({"files": {V1.format("quota"): "400000", V1.format("period"): "100000"}}, 3),
        ({"files": {V1.format("quota"): "-1", V1.format("period"): "100000"}}, 7),
    ],
)
def test_threads_are_the_idle_cores_but_one(tmp_path, described, expected):
    """By affinity, container quota and load; at least one, and not more than help."""
    assert threads(None, machine(tmp_path, **described)) == expected


def test_two_threads_of_a_core_count_once(tmp_path):
    """Eight processors on four cores leave three threads."""
    name = "sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
    files = {name.format(i): f"{i % 4},{i % 4 + 4}\n" for i in range(8)}
    assert threads(None, machine(tmp_path, files=files)) == 3


def test_the_number_that_is_asked_for_is_taken(tmp_path):
    """FOLLOWUP_THREADS is not second-guessed."""
    assert threads(12, machine(tmp_path, cpus=1)) == 12


def test_this_machine_has_at_least_one():
    """Whatever the machine, the model runs."""
    assert threads(None) >= 1


def test_a_load_that_cannot_be_told_is_none(monkeypatch):
    """Windows has no load average."""
    monkeypatch.delattr("os.getloadavg", raising=False)
    assert Machine().load == 0.0


# The socket's folder


def test_the_sockets_folder_is_private():
    """Nobody else may enter it."""
    folder = private_folder()
    assert folder is None or folder.stat().st_mode & 0o777 == 0o700
    if folder is not None:
        folder.rmdir()


@pytest.mark.skipif(sys.platform == "win32", reason="no socket files there")
def test_a_long_path_is_left_for_a_short_one(monkeypatch, tmp_path):
    """A socket's path has a bound of some hundred bytes."""
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    folder = private_folder()
    assert folder is not None
    assert folder.parent != deep
    folder.rmdir()
    assert list(deep.iterdir()) == []


def test_without_socket_files_there_is_no_folder(monkeypatch):
    """Then the library's server takes a loopback port and a key."""
    monkeypatch.setattr(engine_module.sys, "platform", "win32")
    assert private_folder() is None


def test_no_folder_at_all_is_no_crash(monkeypatch):
    """A machine where no temporary folder can be made falls back, too."""

    def refuse(**_options):
        raise PermissionError

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    assert private_folder() is None


def test_a_load_says_what_is_loaded(tmp_path):
    """Loads are equal when the same model would serve both."""
    one, two = (Load(tmp_path, 2048, 4, None, trusted=True) for _ in range(2))
    assert one == two

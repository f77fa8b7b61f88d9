"""Weights that are kept in another quantization than they come in: made once, by gguf itself."""

import errno
import hashlib
import logging
import sys
import threading
import types
from dataclasses import replace
from pathlib import Path

import pytest

from followup_agent import weights
from followup_agent.errors import OutputError, WeightsError
from followup_agent.settings import Settings
from followup_agent.weights import catalogue
from followup_agent.weights.catalogue import File, Requantized
from followup_agent.weights.requantize import requantize

gguf = pytest.importorskip("gguf")
np = pytest.importorskip("numpy")

CAME, KEPT = "toy.Q4_1.gguf", "toy.Q8_0.gguf"
ROWS, COLUMNS = 6, 64
Q4_0, Q4_1, Q8_0 = (gguf.GGMLQuantizationType[kind] for kind in ("Q4_0", "Q4_1", "Q8_0"))


def file_of(path: Path) -> File:
    raw = path.read_bytes()
    return File(path.name, len(raw), hashlib.sha256(raw).hexdigest())


def tensors(path):
    return {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}


def numbers(tensor):
    return gguf.dequantize(tensor.data, tensor.tensor_type)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a small model in Q4_1, and what requantizing makes of it."""
    folder = tmp_path_factory.mktemp("made")
    writer = gguf.GGUFWriter(folder / CAME, "llama")
    writer.add_name("Toy")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_1)
    writer.add_float32("llama.rope.freq_base", 1e5)
    writer.add_bool("tokenizer.ggml.add_bos_token", False)
    writer.add_token_list(["<s>", "Ġé", "\n"])
    writer.add_token_types([3, 1, 1])
    random = np.random.default_rng(1)
    kinds = {"token_embd.weight": Q8_0, "blk.0.ffn_up.weight": Q4_1, "blk.0.attn_v.weight": Q4_0}
    for name, kind in kinds.items():
        matrix = random.normal(size=(ROWS, COLUMNS)).astype(np.float32)
        writer.add_tensor(name, gguf.quantize(matrix, kind), raw_dtype=kind)
    writer.add_tensor("output_norm.weight", random.normal(size=5).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    requantize(folder / CAME, folder / KEPT, "Q8_0")
    return folder


@pytest.fixture
def toy(made, monkeypatch):
    """The catalogue's only entry."""
    came = file_of(made / CAME)
    entry = replace(
        weights.entry(),
        name="toy",
        title="Toy, Q4_1",
        size=came.size,
        sha256=came.sha256,
        source=replace(weights.entry().source, member=f"llm_toy/{CAME}"),
        requantized=Requantized("Q8_0", file_of(made / KEPT)),
    )
    monkeypatch.setattr(catalogue, "_ENTRIES", (entry,))
    return entry


@pytest.fixture
def settings(tmp_path):
    return Settings(cache_dir=tmp_path / "cache")


@pytest.fixture
def fetch(made):
    """A download without a network that counts how often it was asked."""

    def fetch(_entry, folder):
        fetch.times += 1
        (folder / "x").write_bytes((made / CAME).read_bytes())
        return folder / "x"

    fetch.times = 0
    return fetch


@pytest.fixture
def pull(toy, settings, fetch):
    """Pull the toy; arguments are those of `weights.pull`."""
    return lambda *args, **options: weights.pull(
        "toy", settings, *args, **{"fetch": fetch, **options}
    )


@pytest.fixture
def here(settings, made):
    """The cache's folder, with the file that came in it."""
    folder = settings.cache_dir / "models"
    folder.mkdir(parents=True)
    (folder / CAME).write_bytes((made / CAME).read_bytes())
    return folder


@pytest.fixture
def without_gguf(monkeypatch):
    """As where xllamacpp was installed by hand."""
    monkeypatch.setitem(sys.modules, "gguf", None)


def left(folder):
    return sorted(p.name for p in folder.iterdir() if not p.name.endswith(".lock"))


# What is written


def test_the_weights_stay_what_they_were(made):
    """A weight moves by 0.5 % of the largest in its block at most; what was 32-bit not at all."""
    before, after = tensors(made / CAME), tensors(made / KEPT)
    assert list(before) == list(after)
    for name in ("blk.0.ffn_up.weight", "blk.0.attn_v.weight"):
        assert after[name].tensor_type == Q8_0
        was, now = (numbers(each[name]).reshape(-1, 32) for each in (before, after))
        assert (was != now).any()
        assert (abs(was - now) <= 0.005 * abs(was).max(axis=1, keepdims=True)).all()
    for name in ("token_embd.weight", "output_norm.weight"):
        assert before[name].tensor_type == after[name].tensor_type
        assert before[name].data.tobytes() == after[name].data.tobytes()


def test_the_header_says_the_same_but_for_the_quantization(made):
    """Names, numbers, lists and their types are carried over, in their order."""
    before, after = (gguf.GGUFReader(made / name).fields for name in (CAME, KEPT))
    assert list(before) == list(after)
    assert after["general.file_type"].contents() == gguf.LlamaFileType.MOSTLY_Q8_0
    for name in before:
        assert before[name].types == after[name].types
        if name != "general.file_type":
            assert before[name].contents() == after[name].contents()
    assert after["tokenizer.ggml.tokens"].contents() == ["<s>", "Ġé", "\n"]


def test_the_same_bytes_are_written_every_time(made, tmp_path):
    """Else the catalogue could not know the hash."""
    requantize(made / CAME, tmp_path / KEPT, "Q8_0")
    assert (tmp_path / KEPT).read_bytes() == (made / KEPT).read_bytes()


def test_weights_can_be_written_as_numbers(made, tmp_path):
    """As 32-bit ones they are exactly what the quantized ones stand for, and the file says so."""
    requantize(made / CAME, tmp_path / "toy.F32.gguf", "F32")
    before, after = tensors(made / CAME), tensors(tmp_path / "toy.F32.gguf")
    assert {tensor.tensor_type.name for tensor in after.values()} == {"F32"}
    assert all((numbers(before[name]) == numbers(after[name])).all() for name in before)
    fields = gguf.GGUFReader(tmp_path / "toy.F32.gguf").fields
    assert fields["general.file_type"].contents() == gguf.LlamaFileType.ALL_F32


def test_a_file_that_gguf_cannot_read_is_one_line(tmp_path):
    """With gguf's version and its own words."""
    (tmp_path / CAME).write_bytes(b"no gguf at all, but long enough")
    with pytest.raises(WeightsError, match=r"^gguf \S+ cannot requantize toy\.Q4_1\.gguf to Q8_0"):
        requantize(tmp_path / CAME, tmp_path / KEPT, "Q8_0")


def test_a_write_that_comes_short_is_a_full_disk(made, tmp_path, monkeypatch):
    """Numpy gives no number for it."""

    def short(_writer, _tensor):
        raise OSError("384 requested and 12 written")

    monkeypatch.setattr(gguf.GGUFWriter, "write_tensor_data", short)
    with pytest.raises(OSError, match="came short") as caught:
        requantize(made / CAME, tmp_path / KEPT, "Q8_0")
    assert caught.value.errno == errno.ENOSPC


# When it is made


def test_what_came_is_requantized_once(pull, made, settings, fetch):
    """The result takes the place of the file that came, and is found by later calls."""
    file = pull()
    assert file.read_bytes() == (made / KEPT).read_bytes()
    assert left(file.parent) == [KEPT]
    was = file.stat().st_mtime_ns
    assert pull() == weights.path("toy", settings) == file
    assert (fetch.times, file.stat().st_mtime_ns) == (1, was)


def test_both_stages_are_told_from_the_start_to_the_end(pull, toy):
    """First the bytes that come, then those that are made of them."""
    told = []
    pull(lambda *step: told.append(step))
    bounds = [step for step in told if step[1] in {0, step[2]}]
    kept = toy.kept.size
    assert bounds[-2:] == [("requantize", 0, kept), ("requantize", kept, kept)]
    assert bounds[:2] == [("fetch", 0, toy.download), ("fetch", toy.download, toy.download)]


def test_a_library_user_can_log_it(pull, here, caplog):
    """A record at INFO, and none above it where all went well."""
    with caplog.at_level(logging.INFO, logger="followup_agent"):
        pull()
    assert caplog.record_tuples == [
        ("followup_agent.weights", logging.INFO, "requantizing Toy, Q4_1 to Q8_0")
    ]


def test_who_has_the_file_that_came_does_not_fetch_it_again(pull, here, settings, fetch):
    """It counts as fetched before, and is only requantized."""
    assert weights.path("toy", settings) == here / CAME
    assert pull() == here / KEPT
    assert fetch.times == 0


@pytest.mark.parametrize("length", [0, 100, None])
def test_a_damaged_result_is_made_again(pull, here, made, fetch, length):
    """Partial, or of full length with a wrong byte: never loaded; here there is what came."""
    raw = (made / KEPT).read_bytes()
    (here / KEPT).write_bytes(raw[:length] if length is not None else raw[:-1] + b"\xff")
    assert pull().read_bytes() == raw
    assert fetch.times == 0
    (here / KEPT).write_bytes(raw[:-1] + b"\xff")
    assert pull().read_bytes() == raw
    assert fetch.times == 1


def test_a_damaged_file_that_came_is_not_requantized(pull, here, made, fetch):
    """Its hash is checked before: damage would else be carried over unseen."""
    raw = bytearray((made / CAME).read_bytes())
    raw[-1] ^= 1
    (here / CAME).write_bytes(raw)
    assert pull().read_bytes() == (made / KEPT).read_bytes()
    assert fetch.times == 1


def test_what_a_killed_process_left_is_removed(pull, here, made):
    """A partial result under its own name in the folder for parts is no result."""
    part = here / ".toy.part"
    part.mkdir()
    (part / KEPT).write_bytes(b"half")
    assert pull().read_bytes() == (made / KEPT).read_bytes()
    assert left(here) == [KEPT]


def test_an_interrupt_leaves_the_file_that_came(pull, here, monkeypatch):
    """Ctrl-C is passed on, nothing is half there, and the next call begins with what came."""

    def interrupted(_source, target, _kind):
        target.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr("followup_agent.weights.requantize.requantize", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pull()
    assert left(here) == [CAME]


def test_two_at_once_requantize_once(pull, here, monkeypatch):
    """The second waits, and finds what the first has made."""
    made = []

    def counted(*args):
        made.append(1)
        requantize(*args)

    monkeypatch.setattr("followup_agent.weights.requantize.requantize", counted)
    threads = [threading.Thread(target=pull) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]
    assert left(here) == [KEPT]


def test_a_file_that_cannot_be_removed_does_no_harm(pull, here, monkeypatch):
    """On Windows another process may have it open."""
    unlink = Path.unlink

    def refuse(file, **options):
        if file.name == CAME:
            raise PermissionError(errno.EACCES, "in use")
        unlink(file, **options)

    monkeypatch.setattr(Path, "unlink", refuse)
    assert pull() == here / KEPT
    assert left(here) == [CAME, KEPT]


# Where it cannot be made


def one_warning(caplog):
    (record,) = (r for r in caplog.records if r.levelno == logging.WARNING)
    message = record.getMessage()
    assert message.startswith("Toy, Q4_1 is used as it came, and runs slower than as Q8_0 would: ")
    assert message.isprintable()
    return message


def test_without_gguf_the_file_that_came_is_used(pull, without_gguf, caplog, settings):
    """One line names the extra, and nothing announces a requantizing that does not come."""
    told = []
    file = pull(lambda *step: told.append(step))
    assert file == weights.path("toy", settings) == settings.cache_dir / "models" / CAME
    assert "pip install 'followup-agent[embedded]'" in one_warning(caplog)
    assert {stage for stage, _, _ in told} == {"fetch"}
    assert left(file.parent) == [CAME]


def test_without_gguf_a_result_of_before_is_used(pull, request, caplog):
    """The library is wanted to make it, not to use it."""
    file = pull()
    request.getfixturevalue("without_gguf")
    assert pull() == file
    assert not caplog.records


def test_with_gguf_at_last_it_is_requantized(pull, monkeypatch, fetch):
    """The mend of the line works."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "gguf", None)
        assert pull().name == CAME
    assert pull().name == KEPT
    assert fetch.times == 1


def test_a_gguf_that_writes_otherwise_is_not_trusted(pull, here, toy, monkeypatch, caplog):
    """Another hash than the catalogue's: the file is not kept."""
    other = replace(toy.requantized, file=replace(toy.kept, sha256="0" * 64))
    monkeypatch.setattr(catalogue, "_ENTRIES", (replace(toy, requantized=other),))
    assert pull() == here / CAME
    assert "another file came of it" in one_warning(caplog)
    assert left(here) == [CAME]


def test_no_room_for_the_result_is_told_before_it_is_made(pull, here, monkeypatch, caplog):
    """With what is needed and what is free; the weights can be used nevertheless."""
    monkeypatch.setattr("shutil.disk_usage", lambda _path: types.SimpleNamespace(free=1_000_000))
    assert pull() == here / CAME
    assert "MB are needed and 1 MB are free" in one_warning(caplog)
    assert left(here) == [CAME]


def test_a_disk_that_fills_up_meanwhile(pull, here, monkeypatch, caplog):
    """The part is removed, what came is used."""

    def full(_source, target, _kind):
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("followup_agent.weights.requantize.requantize", full)
    assert pull() == here / CAME
    assert "the disk is full" in one_warning(caplog)
    assert left(here) == [CAME]


def test_a_cache_that_cannot_be_written(pull, here, monkeypatch, caplog):
    """What came before into a cache that is read-only now is used; without it, it is an error."""

    def refuse(_file, *_args, **_options):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert pull() == here / CAME
    assert "Read-only file system; set FOLLOWUP_CACHE_DIR" in one_warning(caplog)
    (here / CAME).unlink()
    with pytest.raises(OutputError, match="FOLLOWUP_CACHE_DIR"):
        pull()


def test_a_failed_fetch_is_an_error_as_ever(pull, here):
    """A damaged file of before is nothing to fall back to, and neither is none."""

    def fail(_entry, _folder):
        raise WeightsError("no network")

    (here / CAME).write_bytes(b"x" * (here / CAME).stat().st_size)
    with pytest.raises(WeightsError, match="no network"):
        pull(fetch=fail)
    (here / CAME).unlink()
    with pytest.raises(WeightsError, match="no network"):
        pull(fetch=fail)
    assert left(here) == []

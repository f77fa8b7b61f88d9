"""Write a GGUF file in another quantization, by gguf: llama.cpp's own Python package.

llama.cpp multiplies some quantizations much faster than others, and a model may be had in
one of the slow ones only.
"""

from __future__ import annotations

import errno
import math
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from followup_agent.errors import SettingsError, WeightsError

_FILE_TYPE = "general.file_type"
_NUMBERS = "F32"  # no quantization: a file of them alone has its own type
_SHOWN = 200  # characters of the library's words that an error repeats


def requantize(source: Path, target: Path, kind: str) -> None:
    """Write a file with the same values and tensors, the quantized ones in another kind.

    Tensors that are no quantized ones (norms, as 32-bit numbers) stay as they are. One
    tensor is in memory at a time.

    Args:
        source: A sound GGUF file.
        target: The file to write; it is partial if this raises.
        kind: A quantization that gguf can write, as ggml calls it: ``Q8_0``; or ``F32``, the
            values as 32-bit numbers.

    Raises:
        SettingsError: gguf is not installed.
        WeightsError: gguf cannot read the one or write the other.
        OSError: The system refuses; ENOSPC where the disk is full.
    """
    gguf = library()
    try:
        _write(gguf, gguf.GGUFReader(source), target, gguf.GGMLQuantizationType[kind])
    except OSError as exc:
        if exc.errno is None:  # numpy tells of a write that came short, and not why it did
            raise OSError(errno.ENOSPC, "the file came short") from exc
        raise
    except Exception as exc:  # of many kinds; and another version may lack what we call
        words = " ".join(str(exc).split())[:_SHOWN]
        raise WeightsError(
            f"gguf {version('gguf')} cannot requantize {source.name} to {kind} "
            f"({type(exc).__name__}: {words})"
        ) from exc


def library() -> Any:
    """The library itself, imported when it is first wanted; it brings numpy along.

    Raises:
        SettingsError: It is not installed, or does not run here; with the mend.
    """
    try:
        import gguf
    except ImportError as exc:
        raise SettingsError(
            f"weights are requantized by gguf, which cannot be imported ({exc}); install it with "
            "`pip install 'followup-agent[embedded]'`"
        ) from None
    return gguf


def _write(gguf: Any, reader: Any, target: Path, kind: Any) -> None:
    writer = gguf.GGUFWriter(target, reader.fields["general.architecture"].contents())
    try:
        _copy_values(gguf, reader, writer, gguf.LlamaFileType[_file_type(kind)])
        for tensor, wanted in _tensors(gguf, reader, kind):
            shape = _stored_shape(gguf, tensor, wanted)
            count = math.prod(shape) * tensor.data.dtype.itemsize
            writer.add_tensor_info(tensor.name, shape, tensor.data.dtype, count, wanted)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_ti_data_to_file()
        for tensor, wanted in _tensors(gguf, reader, kind):
            writer.write_tensor_data(_converted(gguf, tensor, wanted))
    finally:
        writer.close()


def _file_type(kind: Any) -> str:
    return f"ALL_{kind.name}" if kind.name == _NUMBERS else f"MOSTLY_{kind.name}"


def _copy_values(gguf: Any, reader: Any, writer: Any, file_type: int) -> None:
    for name, field in reader.fields.items():
        # The header's counts are the writer's own affair, and the architecture it has.
        if name.startswith("GGUF.") or name == "general.architecture":
            continue
        outer, *inner = field.types
        listed = inner[-1] if outer == gguf.GGUFValueType.ARRAY else None
        value = int(file_type) if name == _FILE_TYPE else field.contents()
        writer.add_key_value(name, value, outer, listed)


def _tensors(gguf: Any, reader: Any, kind: Any) -> Iterator[tuple[Any, Any]]:
    """Each tensor, and the kind in which it is to be stored."""
    for tensor in reader.tensors:
        values_a_block, _bytes_a_block = gguf.GGML_QUANT_SIZES[tensor.tensor_type]
        yield tensor, kind if values_a_block > 1 else tensor.tensor_type


def _stored_shape(gguf: Any, tensor: Any, wanted: Any) -> tuple[int, ...]:
    """The shape of a tensor's array in the file: of bytes where it is a quantized one."""
    if wanted == tensor.tensor_type:
        return tuple(tensor.data.shape)
    # ggml counts dimensions from the innermost, numpy from the outermost.
    values = tuple(int(length) for length in reversed(tensor.shape))
    return tuple(gguf.quant_shape_to_byte_shape(values, wanted))


def _converted(gguf: Any, tensor: Any, wanted: Any) -> Any:
    if wanted == tensor.tensor_type:
        return tensor.data
    return gguf.quantize(gguf.dequantize(tensor.data, tensor.tensor_type), wanted)

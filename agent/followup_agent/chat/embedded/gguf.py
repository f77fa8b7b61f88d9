"""The first lines of a GGUF file: what kind of model it holds.

The format: github.com/ggml-org/ggml/blob/master/docs/gguf.md. Little-endian; a magic word,
the version, two counts, then named values. What is wanted stands before the tokenizer's
values, which are most of the header.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from followup_agent.errors import SettingsError

_MAGIC = b"GGUF"
# The kinds of values that are numbers, as `struct` writes them.
_NUMBERS = dict(enumerate("BbHhIif?")) | {10: "Q", 11: "q", 12: "d"}
_STRING, _LIST = 8, 9
_LONGEST = 1 << 20  # of a text or list in a header; a longer one is damage
_LABEL = re.compile(r"(\d+(?:\.\d+)?)\s*([MB])\b", re.IGNORECASE)
_BYTES_EACH = 0.65  # a parameter in the usual 4-bit files, their larger first layer included


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of its model.

    Attributes:
        parameters: How many, in millions; by the file's size where it does not say.
        context: Tokens that it was trained to see, or None where it does not say.
    """

    parameters: int
    context: int | None


def read_header(path: Path) -> Header:
    """Read a file's header.

    Raises:
        SettingsError: There is no such file, or it is no GGUF file.
    """
    try:
        with path.open("rb") as file:
            if file.read(4) != _MAGIC:
                raise SettingsError(f"{path} is not a GGUF file; it does not begin as one")
            values = _values(file)
            size = path.stat().st_size
    except OSError as exc:
        raise SettingsError(f"{path} cannot be read: {exc.strerror or exc}") from None
    context = values.get(f"{values.get('general.architecture')}.context_length")
    return Header(
        parameters=_labelled(values) or round(size / _BYTES_EACH / 1e6),
        context=context if isinstance(context, int) and context > 0 else None,
    )


def _values(file: BinaryIO) -> dict[str, object]:
    """The named values before the tokenizer's; damage ends them early."""
    values: dict[str, object] = {}
    try:
        _version, _tensors, count = struct.unpack("<IQQ", file.read(20))
        for _ in range(count):
            name = _text(file)
            if name.startswith("tokenizer."):
                break
            values[name] = _value(file, _number(file, "I"))
    except (struct.error, ValueError, KeyError):
        pass  # loading it will tell
    return values


def _value(file: BinaryIO, kind: int) -> object:
    if kind == _STRING:
        return _text(file)
    if kind == _LIST:
        inner, count = _number(file, "I"), _number(file, "Q")
        if inner == _LIST or count > _LONGEST:
            raise ValueError("no header has such a list")
        return [_value(file, inner) for _ in range(count)]
    return _number(file, _NUMBERS[kind])


def _number(file: BinaryIO, form: str) -> int:
    size = struct.calcsize("<" + form)
    number: int = struct.unpack("<" + form, file.read(size))[0]
    return number


def _text(file: BinaryIO) -> str:
    length = _number(file, "Q")
    if length > _LONGEST:
        raise ValueError("no header has a text of that length")
    return file.read(length).decode()


def _labelled(values: dict[str, object]) -> int:
    """Millions of parameters by ``general.size_label`` (135M, 1.5B); 0 without."""
    match = _LABEL.search(str(values.get("general.size_label", "")))
    if match is None:
        return 0
    return round(float(match[1]) * (1000 if match[2] in "bB" else 1))

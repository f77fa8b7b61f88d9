"""Write a run's adapter as a GGUF file: `python -m training.specialist.export --run DIR --out FILE`.

The layout is that of llama.cpp's own convert_lora_to_gguf.py. GGUF files of llama models hold
the rows of the query and key weights in another order than transformers, which reorders
them when it loads the file: here their updates are put back.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import gguf
import numpy as np
import torch
from gguf import GGUFReader, GGUFWriter

from followup_agent.settings import Settings
from followup_agent.weights import entry, pull

_NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}  # fmt: skip
_MODULES = {name: module for module, name in _NAMES.items()}
_KEY = re.compile(r".*\.layers\.(\d+)\.(\w+\.\w+)\.lora_([AB])\.weight")
_TENSOR = re.compile(r"blk\.(\d+)\.(\w+)\.weight\.lora_([ab])")


def heads(weights: Path) -> Mapping[str, int]:
    """How many heads the queries and the keys of a GGUF model have."""
    fields = GGUFReader(weights).fields
    return {
        "attn_q": int(fields["llama.attention.head_count"].contents()),
        "attn_k": int(fields["llama.attention.head_count_kv"].contents()),
    }


def tensors(
    adapter: Mapping[str, torch.Tensor], heads: Mapping[str, int]
) -> Iterator[tuple[str, np.ndarray]]:
    """The adapter's matrices under llama.cpp's names, as 16-bit numbers."""
    for key, value in adapter.items():
        match = _KEY.fullmatch(key)
        if match is None:
            raise SystemExit(f"no place in a GGUF file is known for {key}")
        layer, module, side = match.groups()
        name, matrix = _NAMES[module], value.numpy()
        if side == "B" and name in heads:
            matrix = interleaved(matrix, heads[name])
        yield f"blk.{layer}.{name}.weight.lora_{side.lower()}", matrix.astype(np.float16)


def interleaved(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rows as GGUF has them: the two halves of each head in turn."""
    halves = rows.reshape(heads, 2, rows.shape[0] // heads // 2, *rows.shape[1:])
    return halves.swapaxes(1, 2).reshape(rows.shape)


def apart(rows: np.ndarray, heads: int) -> np.ndarray:
    """Rows as transformers has them: the halves of each head one after the other."""
    pairs = rows.reshape(heads, rows.shape[0] // heads // 2, 2, *rows.shape[1:])
    return pairs.swapaxes(1, 2).reshape(rows.shape)


def read(adapter: Path, weights: Path) -> dict[str, torch.Tensor]:
    """An adapter that was written by `write`, as peft has it: to go on from what is shipped."""
    state, by_heads = {}, heads(weights)
    for tensor in GGUFReader(adapter).tensors:
        match = _TENSOR.fullmatch(tensor.name)
        if match is None:
            raise SystemExit(f"{adapter}: no place in the model is known for {tensor.name}")
        layer, name, side = match.groups()
        matrix = np.array(tensor.data, np.float32)
        if side == "b" and name in by_heads:
            matrix = apart(matrix, by_heads[name])
        key = f"base_model.model.model.layers.{layer}.{_MODULES[name]}.lora_{side.upper()}.weight"
        state[key] = torch.from_numpy(matrix)
    return state


def write(run: Path, weights: Path, out: Path) -> None:
    """Write the adapter of a run's last checkpoint."""
    state = torch.load(run / "checkpoint.pt", weights_only=True)
    writer = GGUFWriter(out, "llama")
    writer.add_type(gguf.GGUFType.ADAPTER)
    writer.add_string(gguf.Keys.Adapter.TYPE, "lora")
    writer.add_float32(gguf.Keys.Adapter.LORA_ALPHA, float(state["plan"]["alpha"]))
    writer.add_name("followup-agent specialist")
    writer.add_license("Apache-2.0")
    for name, matrix in sorted(tensors(state["adapter"], heads(weights))):
        writer.add_tensor(name, matrix)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    print(f"step {state['step']}: {out}, {out.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Write the file that is asked for."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--run", type=Path, required=True, help="folder of the run")
    options.add_argument("--out", type=Path, required=True, help="the GGUF file to write")
    asked = options.parse_args()
    write(asked.run, pull(entry().name, Settings.load()), asked.out)


if __name__ == "__main__":
    main()

"""Greedy texts for held-out prompts: `python -m training.specialist.compare --run DIR --adapter FILE`.

Writes each prompt once with llama.cpp and the exported adapter, as drafting does, and once with
transformers and the run's checkpoint, and counts the equal texts. The two need not agree to the
letter: llama.cpp multiplies 8-bit weights with 8-bit activations, transformers 32-bit numbers. With
`--exact` llama.cpp gets the same weights as 32-bit numbers, so that nothing differs but the program:
what is unequal then is a fault of the export. Needs the extras `train` and `embedded`.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from peft import set_peft_model_state_dict

from followup_agent.chat.embedded.engine import Engine, Load, engine
from followup_agent.settings import Settings
from followup_agent.weights import entry, pull
from followup_agent.weights.requantize import requantize
from training.specialist.corpus import Split, load
from training.specialist.pairs import Pair, Pairs
from training.specialist.train import END, Plan, base_model, prompt_text, specialist

LONGEST = 80  # tokens of an answer


def by_llama_cpp(running: Engine, pair: Pair) -> str:
    """The likeliest answer, as the embedded model writes it."""
    body = {
        "messages": [{"role": turn.role, "content": turn.content} for turn in pair.turns],
        "temperature": 0,
        "max_tokens": LONGEST,
        "cache_prompt": False,
    }
    chunks = running.stream(body, lambda: None)
    deltas = (chunk["choices"][0]["delta"] for chunk in chunks if chunk.get("choices"))
    return "".join(delta.get("content") or "" for delta in deltas)


def by_transformers(model: Any, tokenizer: Any, pair: Pair) -> str:
    """The likeliest answer, as the trained model writes it."""
    asked = tokenizer(prompt_text(pair.turns), return_tensors="pt", add_special_tokens=False)
    with torch.no_grad():
        written = model.generate(
            **asked,
            max_new_tokens=LONGEST,
            do_sample=False,
            eos_token_id=tokenizer.convert_tokens_to_ids(END),
        )
    answer = written[0][asked.input_ids.shape[1] :]
    return str(tokenizer.decode(answer, skip_special_tokens=True))


def held_out(count: int) -> Sequence[Pair]:
    """So many held-out pairs, drawn by the plan's seed."""
    pairs = Pairs.of(Split.of(load()).held_out).kept
    return random.Random(Plan.seed).sample(pairs, min(count, len(pairs)))


def main() -> None:
    """Write and compare."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--run", type=Path, help="folder of the run; without it, no comparison")
    options.add_argument("--adapter", type=Path, help="the exported file; without it, the base")
    options.add_argument("--count", type=int, default=50)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--exact", action="store_true", help="llama.cpp with 32-bit weights")
    options.add_argument("--out", type=Path, required=True, help="the texts, a JSON line each")
    asked = options.parse_args()
    weights, pairs = pull(entry().name, Settings.load()), held_out(asked.count)
    with tempfile.TemporaryDirectory() as folder:
        used = weights
        if asked.exact:
            used = Path(folder) / "exact.gguf"  # some 540 MB
            requantize(weights, used, "F32")
        running = engine(Load(used, 512, 1, asked.threads, trusted=True, adapter=asked.adapter))
        rows = [
            {
                "id": pair.id,
                "prompt": [turn.content for turn in pair.turns],
                "by hand": pair.answer,
                "llama.cpp": by_llama_cpp(running, pair),
            }
            for pair in pairs
        ]
    if asked.run:
        torch.set_num_threads(asked.threads)
        state = torch.load(asked.run / "checkpoint.pt", weights_only=True)
        tokenizer, base = base_model(weights)
        model = specialist(base, Plan(**state["plan"]))
        set_peft_model_state_dict(model, state["adapter"])
        model.eval()
        for row, pair in zip(rows, pairs, strict=True):
            row["transformers"] = by_transformers(model, tokenizer, pair)
        equal = sum(row["llama.cpp"] == row["transformers"] for row in rows)
        print(f"{equal} of {len(rows)} texts are equal")
    asked.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


if __name__ == "__main__":
    main()

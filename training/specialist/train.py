"""Train the specialist: `python -m training.specialist.train --out DIR`.

LoRA on all linear layers of the catalogue's default model, on the CPU, the loss on the
answers alone. The same data, seed and versions give the same adapter, up to the rounding
of the number of threads. Killed, it goes on from its last checkpoint when run again.
Needs the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, get_peft_model, get_peft_model_state_dict, set_peft_model_state_dict
from transformers import AutoModelForCausalLM, AutoTokenizer

from followup_agent.chat.protocol import Turn
from followup_agent.guide.message import Part
from followup_agent.settings import Settings
from followup_agent.weights import entry, pull
from training.specialist.corpus import Split, load
from training.specialist.export import read
from training.specialist.jottings import DRAWS, jotting_pairs, load_jottings
from training.specialist.pairs import Pair, Pairs

LINEAR = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
IGNORED = -100
END = "<|im_end|>"
#: Held-out pairs that are looked at each 100 steps; all of them at the end.
SOME = 64


@dataclass(frozen=True)
class Plan:
    """What a run does; a checkpoint goes on only with the same, but for the epochs."""

    rank: int = 16
    alpha: int = 32
    rate: float = 4e-4
    warm_up: int = 15
    decay: int = 40
    epochs: float = 3.0
    most: int = 240
    batch: int = 8
    draws: int = DRAWS
    seed: int = 20261122

    def rate_at(self, step: int, steps: int) -> float:
        """Linear warm-up, one rate, linear decay: a run can be ended, or prolonged, at any step."""
        up, down = (step + 1) / self.warm_up, (steps - step) / self.decay
        return self.rate * min(1.0, up, down)


@dataclass(frozen=True)
class Encoded:
    """A pair as tokens; the first ``prompt`` of them are not learnt."""

    tokens: tuple[int, ...]
    prompt: int


def prompt_text(turns: Sequence[Turn]) -> str:
    """The turns as the model's own chat template writes them, up to its answer."""
    said = "".join(f"<|im_start|>{turn.role}\n{turn.content}{END}\n" for turn in turns)
    return f"{said}<|im_start|>assistant\n"


def encode(pair: Pair, tokenizer: Any) -> Encoded:
    """A pair's tokens: the prompt, the answer, the end of the turn."""
    prompt, space = prompt_text(pair.turns) + pair.opening, " " if pair.opening else ""
    prompt = tokenizer(prompt, add_special_tokens=False).input_ids
    answer = tokenizer(f"{space}{pair.answer}{END}", add_special_tokens=False).input_ids
    return Encoded((*prompt, *answer), len(prompt))


def balanced(pairs: Sequence[Pair], plan: Plan) -> list[Pair]:
    """At most so many pairs of a part: all kinds of message say that they want the role."""
    chosen: list[Pair] = []
    for part in Part:
        mine = [pair for pair in pairs if pair.part is part]
        chosen += random.Random(plan.seed).sample(mine, min(plan.most, len(mine)))
    return chosen


def batches(data: Sequence[Encoded], plan: Plan) -> Iterator[list[Encoded]]:
    """Batches of like length without end, in an order that the seed alone decides."""
    rng = random.Random(plan.seed)
    while True:
        order = sorted(data, key=lambda each: len(each.tokens) + rng.random() * 8)
        cut = [order[at : at + plan.batch] for at in range(0, len(order), plan.batch)]
        rng.shuffle(cut)
        yield from cut


def loss_of(model: Any, batch: Sequence[Encoded]) -> torch.Tensor:
    """Mean loss of the answers' tokens. Other tokens never reach the output layer."""
    longest = max(len(each.tokens) for each in batch)
    shape = (len(batch), longest)
    tokens, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    labels = torch.full(shape, IGNORED)
    for row, each in enumerate(batch):
        size = len(each.tokens)
        tokens[row, :size] = torch.tensor(each.tokens)
        mask[row, :size] = 1
        labels[row, each.prompt : size] = tokens[row, each.prompt : size]
    base = model.get_base_model()
    hidden = base.model(input_ids=tokens, attention_mask=mask).last_hidden_state
    learnt = labels[:, 1:] != IGNORED
    logits = base.lm_head(hidden[:, :-1][learnt])
    return torch.nn.functional.cross_entropy(logits, labels[:, 1:][learnt])


def validation(model: Any, data: Sequence[Encoded], size: int = 16) -> float:
    """Mean loss of the answers' tokens over all pairs."""
    model.eval()
    ordered = sorted(data, key=lambda each: len(each.tokens))
    total = count = 0.0
    with torch.no_grad():
        for at in range(0, len(ordered), size):
            batch = ordered[at : at + size]
            learnt = sum(len(each.tokens) - each.prompt for each in batch)
            total += loss_of(model, batch).item() * learnt
            count += learnt
    model.train()
    return total / count


def base_model(weights: Path) -> tuple[Any, Any]:
    """The tokenizer and the model of a GGUF file, its weights as 32-bit numbers."""
    where = {"gguf_file": weights.name}
    tokenizer = AutoTokenizer.from_pretrained(weights.parent, **where)
    model = AutoModelForCausalLM.from_pretrained(weights.parent, dtype=torch.float32, **where)
    return tokenizer, model


def specialist(model: Any, plan: Plan) -> Any:
    """The model with an untrained adapter."""
    return get_peft_model(
        model, LoraConfig(r=plan.rank, lora_alpha=plan.alpha, target_modules=list(LINEAR))
    )


class Run:
    """One run in its folder: ``checkpoint.pt`` and ``log.jsonl``."""

    def __init__(self, folder: Path, plan: Plan, model: Any) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.plan, self.model = folder, plan, model
        self.parameters = [p for p in model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(self.parameters, lr=plan.rate, weight_decay=0.0)
        self.step = self._resume()

    def train(self, data: Sequence[Encoded], held_out: Sequence[Encoded]) -> None:
        """All steps that are left; some of the held-out pairs are looked at now and then."""
        some = random.Random(self.plan.seed).sample(held_out, min(SOME, len(held_out)))
        plan, steps = self.plan, math.ceil(self.plan.epochs * len(data) / self.plan.batch)
        started, self.model = time.monotonic(), self.model.train()
        for step, batch in zip(range(steps), batches(data, plan), strict=False):
            if step < self.step:
                continue
            if step % 100 == 0 and step:
                self.note(step=step, of=steps, validation_some=validation(self.model, some))
            for group in self.optimizer.param_groups:
                group["lr"] = plan.rate_at(step, steps)
            loss = loss_of(self.model, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.parameters, 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad()
            self.step = step + 1
            seconds = round(time.monotonic() - started)
            self.note(step=self.step, of=steps, loss=loss.item(), seconds=seconds)
            if self.step % 20 == 0 or self.step == steps:
                self.save()
        self.note(step=self.step, of=steps, validation=validation(self.model, held_out))

    def note(self, **figures: float) -> None:
        """A line of the log."""
        with (self.folder / "log.jsonl").open("a") as file:
            file.write(json.dumps({k: round(v, 4) for k, v in figures.items()}) + "\n")

    def save(self) -> None:
        """Write a checkpoint; a kill leaves the old one whole."""
        state = {
            "plan": asdict(self.plan),
            "step": self.step,
            "adapter": get_peft_model_state_dict(self.model),
            "optimizer": self.optimizer.state_dict(),
        }
        torch.save(state, self.folder / "checkpoint.new")
        (self.folder / "checkpoint.new").replace(self.folder / "checkpoint.pt")

    def _resume(self) -> int:
        file = self.folder / "checkpoint.pt"
        if not file.exists():
            return 0
        state = torch.load(file, weights_only=True)
        if {**state["plan"], "epochs": self.plan.epochs} != asdict(self.plan):
            raise SystemExit(f"{file} is of another plan: {state['plan']}; choose another --out")
        set_peft_model_state_dict(self.model, state["adapter"])
        self.optimizer.load_state_dict(state["optimizer"])
        return int(state["step"])


def main() -> None:
    """Train to the end of the plan."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--out", type=Path, required=True, help="folder of the run")
    options.add_argument("--epochs", type=float, default=Plan.epochs)
    options.add_argument("--rank", type=int, default=Plan.rank)
    options.add_argument("--rate", type=float, default=Plan.rate)
    options.add_argument("--most", type=int, default=Plan.most, help="pairs of a whole part")
    options.add_argument("--draws", type=int, default=Plan.draws, help="pairs of each jotting")
    options.add_argument(
        "--start",
        type=Path,
        help="go on from a run's checkpoint.pt, or from a shipped adapter.gguf",
    )
    options.add_argument("--threads", type=int, default=2)
    asked = options.parse_args()
    torch.set_num_threads(asked.threads)
    plan = Plan(
        rank=asked.rank,
        alpha=2 * asked.rank,
        rate=asked.rate,
        epochs=asked.epochs,
        most=asked.most,
        draws=asked.draws,
    )
    torch.manual_seed(plan.seed)
    train, held_out = material(plan)
    print(f"{len(train)} pairs; held out: {len(held_out)}")
    weights = pull(entry().name, Settings.load())
    tokenizer, model = base_model(weights)
    model = specialist(model, plan)
    if asked.start:
        set_peft_model_state_dict(model, started(asked.start, weights))
    run = Run(asked.out, plan, model)
    run.train(
        [encode(pair, tokenizer) for pair in train], [encode(pair, tokenizer) for pair in held_out]
    )


def started(file: Path, weights: Path) -> dict[str, torch.Tensor]:
    """The adapter to go on from."""
    if file.suffix == ".gguf":
        return read(file, weights)
    state: dict[str, torch.Tensor] = torch.load(file, weights_only=True)["adapter"]
    return state


def material(plan: Plan) -> tuple[list[Pair], list[Pair]]:
    """The pairs to train on, and those held out: parts of messages, and jottings."""
    messages, jottings = load(), load_jottings()
    split = Split.of(messages)
    roles = [example.notes["role"] for example in messages]
    kept = [jotting for jotting in jottings if not jotting.held_out]
    left = [jotting for jotting in jottings if jotting.held_out]
    return (
        [
            *balanced(Pairs.of(split.train).kept, plan),
            *jotting_pairs(kept, roles, plan.seed, plan.draws),
        ],
        [*Pairs.of(split.held_out).kept, *jotting_pairs(left, roles, plan.seed, draws=1)],
    )


if __name__ == "__main__":
    main()

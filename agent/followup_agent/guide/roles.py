"""What a sentence does: thanks, refers, asks … (docs/vocabulary.md, Sentence roles).

A linear model over the features of `features.py`, one logistic score a role, trained by
`training/roles/train.py` and shipped as `data/roles.json`. Method and figures:
docs/validator.md.
"""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from followup_agent.guide.features import features, spelling, tokens


class Role(StrEnum):
    """The roles of docs/vocabulary.md."""

    GRATITUDE = "gratitude"
    COURTESY = "courtesy"
    REFERENCE = "reference"
    INTEREST = "interest"
    ASK = "ask"
    TIMELINE = "timeline"
    FIT = "fit"
    RESOURCE = "resource"
    RELEVANCE = "relevance"
    INVITATION = "invitation"
    PRESSURE = "pressure"


ROLES = tuple(Role)

# One feature's weights for all roles are packed into one integer, a lane of 20 bits each.
# Adding two such integers adds all lanes at once, which makes a sentence cost some
# microseconds in plain Python. A lane can't overflow: a weight has 8 bits, and
# `features.MAX_WORDS` keeps a sentence under 2 ** 12 features.
LANE = 20
PACKED = (LANE * len(ROLES) + 7) // 8
_HALF, _MASK = 1 << (LANE - 1), (1 << LANE) - 1


@dataclass(frozen=True, slots=True)
class _Model:
    weights: dict[str, int]
    bias: tuple[float, ...]
    thresholds: tuple[float, ...]
    scale: float


@cache
def _model() -> _Model:
    file = resources.files("followup_agent.guide").joinpath("data/roles.json")
    data = json.loads(file.read_text(encoding="utf-8"))
    names = zlib.decompress(base64.b64decode(data["features"])).decode().split("\n")
    packed = zlib.decompress(base64.b64decode(data["weights"]))
    weights = (
        int.from_bytes(packed[at : at + PACKED], "little", signed=True)
        for at in range(0, len(packed), PACKED)
    )
    return _Model(
        dict(zip(names, weights, strict=True)),
        tuple(data["bias"][role] for role in ROLES),
        tuple(data["thresholds"][role] for role in ROLES),
        data["scale"],
    )


def pack(weights: Iterable[int]) -> bytes:
    """The lanes of one feature, in the order of `ROLES`, as they stand in the file."""
    total = sum(weight << (LANE * index) for index, weight in enumerate(weights))
    return total.to_bytes(PACKED, "little", signed=True)


@lru_cache(maxsize=8192)
def _spelled(word: str) -> int:
    get = _model().weights.get
    return sum(get(feature, 0) for feature in spelling(word))


@lru_cache(maxsize=4096)
def certainty_of(sentence: str) -> Mapping[Role, float]:
    """How sure each role is, from 0 to 1; 0.5 is the line that `roles_of` draws."""
    model = _model()
    words = tokens(sentence)
    get = model.weights.get
    total = sum(get(feature, 0) for feature in features(words))
    total += sum(map(_spelled, words))
    norm = model.scale * math.sqrt(len(words) + 2)
    found: dict[Role, float] = {}
    for role, bias, threshold in zip(ROLES, model.bias, model.thresholds, strict=True):
        lane = ((total + _HALF) & _MASK) - _HALF
        total = (total - lane) >> LANE
        found[role] = 1 / (1 + math.exp(threshold - bias - lane / norm))
    return MappingProxyType(found)


def roles_of(sentence: str) -> frozenset[Role]:
    """The roles of one sentence."""
    return frozenset(role for role, sure in certainty_of(sentence).items() if sure >= 0.5)

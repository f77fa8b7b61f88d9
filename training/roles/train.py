"""Train the sentence-role classifier: `python training/roles/train.py`.

Reads sentences-*.jsonl beside this file, writes agent/followup_agent/guide/data/roles.json
and prints the figures of docs/validator/roles.md. Needs the extra `train` (scikit-learn).
Seeded: the same sentences give the same file.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve

from followup_agent.guide.features import features, spelling, tokens
from followup_agent.guide.roles import ROLES, pack
from followup_agent.guide.topics import stems_of

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "agent/followup_agent/guide/data/roles.json"
SEED = 20261122
C = 20.0  # inverse regularisation; flat from 10 to 30 in cross-validation
LETTERS = 0.3  # share of a letter run against a word: there are some ten times as many
MIN_COUNT = 2  # sentences that a feature must stand in
#: Say the same in many ways to teach contrasts: their words are no sample of messages.
CONTRASTS = {"sentences-d.jsonl", "sentences-e.jsonl", "sentences-f.jsonl", "sentences-g.jsonl"}
BLOCK = 40  # neighbouring lines were written together; a fold takes or leaves all of them
FOLDS = 5
FOLDINGS = 3  # ways to cut the blocks into folds: one alone moves the best threshold by chance
BETA = 1.2
SCALE = 24  # steps of a stored weight per unit; weights have 8 bits


def load() -> list[dict]:
    rows = []
    for path in sorted(HERE.glob("sentences-*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file):
                block = f"{path.name}:{number // BLOCK}"
                rows.append({**json.loads(line), "file": path.name, "block": block})
    return rows


def vectors(rows: list[dict]) -> tuple[csr_matrix, list[str]]:
    words = [tokens(row["text"]) for row in rows]
    bags = [[*features(w), *(f for word in w for f in spelling(word))] for w in words]
    counter = CountVectorizer(analyzer=lambda bag: bag, min_df=MIN_COUNT, dtype=np.float64)
    matrix = counter.fit_transform(bags)
    names = list(counter.get_feature_names_out())
    share = diags([LETTERS if name.startswith("#") else 1.0 for name in names])
    norm = diags([1 / np.sqrt(len(w) + 2) for w in words])
    return (norm @ matrix @ share).tocsr(), names


def fit(x: csr_matrix, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=C, solver="liblinear", random_state=SEED).fit(x, y)


def out_of_fold(x: csr_matrix, y: np.ndarray, fold: np.ndarray) -> np.ndarray:
    scores = np.zeros(y.shape)
    for held in np.unique(fold):
        here, there = fold == held, fold != held
        for role in range(y.shape[1]):
            scores[here, role] = fit(x[there], y[there, role]).decision_function(x[here])
    return scores


def best_threshold(y: np.ndarray, scores: np.ndarray) -> float:
    """The score with the highest F measure.

    Recall weighs more than precision: a third of the sentences were written to mislead,
    so that real messages hold far fewer false friends than these files.
    """
    precision, recall, at = precision_recall_curve(y, scores)
    beta2 = BETA * BETA
    measure = (1 + beta2) * precision * recall / np.maximum(beta2 * precision + recall, 1e-9)
    return float(at[np.argmax(measure[:-1])])


def figures(title: str, y: np.ndarray, scores: np.ndarray, thresholds: list[float]) -> None:
    print(f"\n{title}\n\n| role | n | precision | recall |\n|---|---|---|---|")
    for index, role in enumerate(ROLES):
        said, true = scores[:, index] >= thresholds[index], y[:, index] == 1
        hits = (said & true).sum()
        print(
            f"| {role} | {true.sum()} | {hits / max(1, said.sum()):.2f} "
            f"| {hits / max(1, true.sum()):.2f} |"
        )


def main() -> None:
    rows = load()
    x, names = vectors(rows)
    y = np.array([[role in row["roles"] for role in ROLES] for row in rows], dtype=int)
    blocks = np.unique([row["block"] for row in rows], return_inverse=True)[1]
    random = np.random.default_rng(SEED)
    foldings = [random.permutation(blocks.max() + 1)[blocks] % FOLDS for _ in range(FOLDINGS)]
    scores = np.vstack([out_of_fold(x, y, fold) for fold in foldings])
    truth = np.vstack([y] * FOLDINGS)
    thresholds = [best_threshold(truth[:, r], scores[:, r]) for r in range(len(ROLES))]
    title = f"{len(rows)} sentences, {FOLDS}-fold by blocks of {BLOCK}, the first of {FOLDINGS}"
    figures(title, y, scores[: len(rows)], thresholds)
    files = np.array([row["file"] for row in rows])
    across = out_of_fold(x, y, files)
    figures("Each file by a model of the other files", y, across, thresholds)
    write(rows, x, y, names, thresholds)


def write(
    rows: list[dict], x: csr_matrix, y: np.ndarray, names: list[str], thresholds: list[float]
) -> None:
    models = [fit(x, y[:, role]) for role in range(len(ROLES))]
    share = np.array([LETTERS if name.startswith("#") else 1.0 for name in names])
    steps = np.rint(np.vstack([m.coef_[0] for m in models]) * share * SCALE)
    steps = np.clip(steps, -127, 127).astype(int)
    kept = [i for i in range(len(names)) if np.abs(steps[:, i]).max() > 0]
    packed = b"".join(pack(steps[:, i].tolist()) for i in kept)
    text = "\n".join(names[i] for i in kept).encode()
    files = sorted(HERE.glob("sentences-*.jsonl"))
    data = {
        "trained_on": {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files},
        "scale": SCALE,
        "bias": {r: round(float(m.intercept_[0]), 4) for r, m in zip(ROLES, models, strict=True)},
        "thresholds": {r: round(t, 4) for r, t in zip(ROLES, thresholds, strict=True)},
        "features": base64.b64encode(zlib.compress(text, 9)).decode(),
        "weights": base64.b64encode(zlib.compress(packed, 9)).decode(),
    }
    OUT.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    background(rows)
    print(f"\n{len(kept)} features, {OUT.stat().st_size / 1000:.0f} kB in {OUT.name}")


def background(rows: list[dict]) -> None:
    """How many sentences each stem stands in: what a topic's word is worth (topics.py)."""
    rows = [row for row in rows if row["file"] not in CONTRASTS]
    counts = Counter(stem for row in rows for stem in set(stems_of(row["text"])))
    common = {stem: count for stem, count in sorted(counts.items()) if count > 2}
    OUT.with_name("background.json").write_text(json.dumps(common, indent=0) + "\n")


if __name__ == "__main__":
    main()

"""Export a run to the log format of Inspect (extra ``inspect``), one log a model and prompt."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from followup_agent.errors import SettingsError
from followup_agent.evals.manifest import Manifest
from followup_agent.evals.matrix import Item
from followup_agent.evals.results import Result, ResultFile
from followup_agent.evals.samples import Sample
from followup_agent.outbox.files import slug

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def export(
    folder: Path, manifest: Manifest, results: ResultFile, samples: Sequence[Sample]
) -> list[Path]:
    """Write ``inspect/*.json`` into a run's folder; ``inspect view`` opens them.

    Raises:
        SettingsError: inspect-ai is not installed.
    """
    try:
        from inspect_ai.log import write_eval_log
    except ImportError as exc:
        raise SettingsError(
            "the export needs inspect-ai: pip install 'followup-agent[inspect]'"
        ) from exc
    target = folder / "inspect"
    target.mkdir(exist_ok=True)
    variants: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in results.items:
        variants[item.model, item.prompt].append(item)
    by_id = {sample.id: sample for sample in samples}
    written = []
    for (model, prompt), items in variants.items():
        path = target / f"{slug(model)}-{slug(prompt)}.json"
        found = [results.get(item) for item in items]
        write_eval_log(_log(manifest, model, prompt, found, by_id), str(path))
        written.append(path)
    return written


def _log(
    manifest: Manifest,
    model: str,
    prompt: str,
    results: Sequence[Result],
    samples: Mapping[str, Sample],
) -> Any:
    from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalResults, EvalSpec, EvalStats

    spec = EvalSpec(
        created="1970-01-01T00:00:00+00:00",
        task=f"followup-agent {prompt}",
        dataset=EvalDataset(
            name=manifest.cases, location=manifest.cases, samples=len(results), shuffled=False
        ),
        model=f"followup/{model}",
        config=EvalConfig(epochs=manifest.repeats),
        metadata=manifest.model_dump(mode="json"),
    )
    return EvalLog(
        status="success",
        eval=spec,
        results=EvalResults(
            total_samples=len(results), completed_samples=len(results), scores=_rates(results)
        ),
        stats=EvalStats(),
        samples=[_sample(result, samples.get(result.item.case)) for result in results],
    )


def _rates(results: Sequence[Result]) -> list[Any]:
    from inspect_ai.log import EvalMetric, EvalScore

    passed: defaultdict[str, list[bool]] = defaultdict(list)
    for result in results:
        for name, grade in result.grades.items():
            if grade.passed is not None:
                passed[name].append(grade.passed)
    return [
        EvalScore(
            name=name,
            scorer=name,
            metrics={"mean": EvalMetric(name="mean", value=sum(values) / len(values))},
        )
        for name, values in passed.items()
    ]


def _sample(result: Result, sample: Sample | None) -> Any:
    from inspect_ai.log import EvalSample
    from inspect_ai.model import ChatMessageAssistant, ChatMessageUser, ModelOutput
    from inspect_ai.scorer import Score

    item, text = result.item, result.draft.text if result.draft else ""
    asked = f"Write a {item.kind} message to {item.to} ({item.case})."
    return EvalSample(
        id=f"{item.case}/{item.kind}/{item.to}",
        epoch=item.repeat + 1,
        input=[ChatMessageUser(content=asked)],
        target=sample.why if sample else "",
        messages=[ChatMessageUser(content=asked), ChatMessageAssistant(content=text)],
        output=ModelOutput.from_content(item.model, text),
        scores={
            name: Score(
                value=grade.score if grade.passed is None else ("C" if grade.passed else "I"),
                explanation=grade.reason or None,
            )
            for name, grade in result.grades.items()
            if grade.passed is not None or grade.score is not None
        },
        metadata={
            "outcome": result.outcome,
            "error": result.error,
            "draft": result.draft.model_dump(mode="json") if result.draft else None,
            "tags": sample.tags.model_dump() if sample else {},
        },
    )

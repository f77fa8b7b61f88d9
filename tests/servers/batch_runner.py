"""The life of a batch as the public API reference tells it: validated, run, finalized.

Nothing here knows of HTTP: `batches` does.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zlib import crc32

from servers.provider import ANSWER, FAULTS, Asked, Plan, drawn
from servers.writer import Writer, facts, prompt_of

WINDOW = 24 * 3600  # seconds of a completion window, the only one there is
CANCELLING = 600  # seconds that what is under way may still take
EXPIRED = "expired"

_TIMED = ("in_progress", "finalizing", "completed", "failed", "expired", "cancelling", "cancelled")
_OVER = {"completed", "failed", "expired", "cancelled"}


@dataclass(frozen=True)
class Pace:
    """How long what takes, in seconds, and how much there may be.

    Attributes:
        look: Passes at each look at a batch.
        validate: In ``validating``.
        work: From ``in_progress`` until every line has been run.
        finalize: In ``finalizing``.
        lines: Most requests in a batch; as the reference has it.
        size: Most bytes of an input file; as the reference has it.
        queue: Most requests of all batches together that are not done, or None.
    """

    look: int = 600
    validate: int = 60
    work: int = 1800
    finalize: int = 60
    lines: int = 50_000
    size: int = 200_000_000
    queue: int | None = None


class Line(NamedTuple):
    """One request of a batch, and what comes of it."""

    custom_id: str
    met: str
    result: Mapping[str, Any]
    record: Asked

    @property
    def ran(self) -> bool:
        return self.met != EXPIRED

    @property
    def succeeded(self) -> bool:
        response = self.result["response"]
        return response is not None and response["status_code"] == 200


class _Captured:
    """Takes the place of an `Exchange` where a fault's answer is wanted, not sent."""

    status = 0
    body: Any = None

    def answer(self, status: int, body: bytes, _: Mapping[str, str] | None = None) -> None:
        self.status, self.body = status, json.loads(body)


@dataclass
class Batch:
    """A batch as it is shown, and its lines once they were validated."""

    shown: dict[str, Any]
    lines: list[Line] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.shown["status"] in _OVER

    def enter(self, status: str, at: int) -> None:
        """Be in a state from a moment on."""
        self.shown["status"] = status
        self.shown[f"{status}_at"] = at


class Runner:
    """Runs batches; time passes with each `look`.

    Args:
        plan: What the lines meet.
        pace: How long what takes.
        read: The content of an input file; empty where it is gone.
        keep: Keeps an output file by its name and content, and returns its id.

    Attributes:
        seen: Every line that was run.
        now: Seconds since the epoch.
    """

    def __init__(
        self,
        plan: Plan,
        pace: Pace,
        read: Callable[[str], bytes],
        keep: Callable[[str, bytes], str],
    ) -> None:
        self.plan, self.pace = plan, pace
        self.seen: list[Asked] = []
        self.now = 1_780_000_000
        self.batches: dict[str, Batch] = {}
        self._read_file, self._keep = read, keep
        self._times: Counter[str] = Counter()
        self._numbers = itertools.count(1)
        self._writer = Writer(plan.empty)

    def create(self, endpoint: str, input_file: str, metadata: Mapping[str, str]) -> Batch:
        """A new batch, not yet validated."""
        made = {
            "id": f"batch_{len(self.batches) + 1:08d}",
            "object": "batch",
            "endpoint": endpoint,
            "errors": None,
            "input_file_id": input_file,
            "completion_window": "24h",
            "status": "validating",
            "output_file_id": None,
            "error_file_id": None,
            "created_at": self.now,
            "expires_at": self.now + WINDOW,
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
            "metadata": dict(metadata) or None,
            **{f"{state}_at": None for state in _TIMED},
        }
        self.batches[made["id"]] = Batch(made)
        return self.batches[made["id"]]

    def look(self) -> None:
        """Let time pass, and every batch be where it is then."""
        self.now += self.pace.look
        for batch in self.batches.values():
            before = None
            while not batch.over and batch.shown["status"] != before:
                before = batch.shown["status"]
                _STATES[before](self, batch)

    def _validating(self, batch: Batch) -> None:
        if self.now < (at := batch.shown["created_at"] + self.pace.validate):
            return
        asked, errors = _read(self._read_file(batch.shown["input_file_id"]), self.pace.lines)
        waiting = sum(len(b.lines) for b in self.batches.values() if not b.over)
        if self.pace.queue is not None and waiting + len(asked) > self.pace.queue:
            errors = [_error("token_limit_exceeded", "Enqueued token limit reached for m")]
        if errors:
            batch.shown["errors"] = {"object": "list", "data": errors}
            batch.enter("failed", at)
            return
        batch.lines = [self._line(each) for each in asked]
        batch.shown["request_counts"]["total"] = len(asked)
        batch.enter("in_progress", at)

    def _in_progress(self, batch: Batch) -> None:
        shown, counts = batch.shown, batch.shown["request_counts"]
        done = self._done(batch)
        counts["completed"] = sum(line.succeeded for line in done)
        counts["failed"] = len(done) - counts["completed"]
        if len(done) == len(batch.lines):
            batch.enter("finalizing", shown["in_progress_at"] + self.pace.work)
        elif self.now >= shown["expires_at"]:
            batch.enter("finalizing", shown["expires_at"])

    def _finalizing(self, batch: Batch) -> None:
        if self.now >= batch.shown["finalizing_at"] + self.pace.finalize:
            all_ran = all(line.ran for line in batch.lines)
            self._write(batch, batch.lines)
            batch.enter("completed" if all_ran else "expired", self.now)

    def _cancelling(self, batch: Batch) -> None:
        if self.now >= batch.shown["cancelling_at"] + CANCELLING:
            self._write(batch, self._done(batch))
            batch.enter("cancelled", self.now)

    def _done(self, batch: Batch) -> list[Line]:
        """The lines that were run by now; by the time of a cancel where there was one."""
        until = min(self.now, batch.shown["cancelling_at"] or self.now)
        passed = until - (batch.shown["in_progress_at"] or until)
        share = min(1.0, passed / max(self.pace.work, 1))
        return [line for line in batch.lines[: int(share * len(batch.lines))] if line.ran]

    def _line(self, asked: Mapping[str, Any]) -> Line:
        """What will come of one request."""
        body = asked["body"]
        text = json.dumps(body)
        known = facts(prompt_of(body))
        note = f"{known['candidate']} to {known['recipient']}"
        self._times[note] += 1
        met = drawn(self.plan, note, self._times[note])
        status, answer = self._response(met, body, note, known, len(text))
        number = next(self._numbers)
        response = {"status_code": status, "request_id": f"req_{number:08d}", "body": answer}
        result = {
            "id": f"batch_req_{number:08d}",
            "custom_id": asked["custom_id"],
            "response": response if status else None,
            "error": None if status else answer,
        }
        tokens = answer.get("usage", {}).get("total_tokens", 0)
        record = Asked(note, crc32(text.encode()), 0.0, met, 0.0, tokens, True, len(text), 0)
        return Line(asked["custom_id"], met, result, record)

    def _response(
        self, met: str, body: Mapping[str, Any], note: str, known: Mapping[str, str], sent: int
    ) -> tuple[int, dict[str, Any]]:
        if met == EXPIRED:
            words = "This request could not be executed before the completion window expired."
            return 0, {"code": "batch_expired", "message": words}
        if met == ANSWER:
            return 200, self._writer.completion(body, note, known, sent)
        captured = _Captured()
        FAULTS[met].behave({})(captured)
        return captured.status, captured.body

    def _write(self, batch: Batch, lines: list[Line]) -> None:
        """Write the output and the error file, in no particular order."""
        self.seen += [line.record._replace(at=float(self.now)) for line in lines if line.ran]
        lines = sorted(lines, key=lambda line: crc32(line.custom_id.encode()))
        for name, succeeded in (("output_file_id", True), ("error_file_id", False)):
            results = [json.dumps(r.result) for r in lines if r.succeeded is succeeded]
            if results:
                data = "\n".join([*results, ""]).encode()
                batch.shown[name] = self._keep(f"{batch.shown['id']}_{name[:-8]}.jsonl", data)
        counts = batch.shown["request_counts"]
        counts["completed"] = sum(line.succeeded for line in lines)
        counts["failed"] = len(lines) - counts["completed"]


_STATES: Mapping[str, Callable[[Runner, Batch], None]] = {
    "validating": Runner._validating,
    "in_progress": Runner._in_progress,
    "finalizing": Runner._finalizing,
    "cancelling": Runner._cancelling,
}


def _read(raw: bytes, most: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The requests of an input file, and what is wrong with it."""
    asked: list[dict[str, Any]] = []
    errors = []
    ids: set[str] = set()
    for number, line in enumerate(raw.splitlines(), 1):
        try:
            each = json.loads(line)
            body = each["body"]
            if each["method"] != "POST" or each["url"] != "/v1/chat/completions":
                errors.append(_error("invalid_url", "The URL does not match the endpoint", number))
            if each["custom_id"] in ids:
                errors.append(_error("duplicate_custom_id", "custom_id is not unique", number))
            if asked and body["model"] != asked[0]["body"]["model"]:
                errors.append(_error("mismatched_model", "One model a batch", number))
        except (ValueError, KeyError, TypeError):
            errors.append(_error("invalid_json_line", "This line is no request", number))
            continue
        ids.add(each["custom_id"])
        asked.append(each)
    if not asked and not errors:
        errors.append(_error("empty_file", "The input file is empty"))
    if len(asked) > most:
        errors.append(_error("too_many_tasks", f"More than {most} requests"))
    return asked, errors


def _error(code: str, message: str, line: int | None = None) -> dict[str, Any]:
    return {"code": code, "message": message, "param": None, "line": line}

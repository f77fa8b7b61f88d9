"""Batches at a provider, from an input file to the last line of their results.

Nothing is paid for twice, whenever the process is killed: a submission stands in the
journal before its batch is started, the batch carries the submission's name, and its
results are in the journal before it is struck off.
"""

from __future__ import annotations

import json
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, BinaryIO, Final, TypeVar

from followup_agent.bulk.engine import Batch
from followup_agent.bulk.submissions import Ledger, Parcel, Submission, unwritable
from followup_agent.chat.batches import BatchApi
from followup_agent.chat.openai import OpenAIModel
from followup_agent.chat.reply import words
from followup_agent.errors import (
    BadReply,
    ConnectionFailed,
    DeadlineExceeded,
    ModelError,
    RateLimited,
    RequestRejected,
    ServerFailed,
)

T = TypeVar("T")

METADATA: Final = "followup-agent"  # the name of a submission's uid in its batch's metadata

_FIRST_LOOK, _LONGEST_LOOK = 5.0, 60.0  # seconds between two looks at a batch
_PATIENCE = 20  # looks in a row that may fail: some 20 minutes without a network
_STARTS = 3  # how often a batch is tried to be started
_FEWEST = 10  # lines of a batch that a full queue may still be halved to
_OVER = {"completed", "failed", "expired", "cancelled"}
_UNSURE = (ConnectionFailed, ServerFailed, DeadlineExceeded, BadReply)

#: Waits so many seconds; true when the run is to stop.
Wait = Callable[[float], bool]
#: Takes one line of the results of a submission.
Take = Callable[[Submission, Mapping[str, Any]], None]


class Provider:
    """Submits parcels, waits, and hands out results.

    Args:
        batch: The run; its journal keeps the ledger.
        wait: How waiting is done.
    """

    def __init__(self, batch: Batch, model: OpenAIModel, ledger: Ledger, wait: Wait) -> None:
        self._journal, self._say = batch.journal, batch.watch.say
        self._stopping = batch.stopping
        self._ledger, self._wait = ledger, wait
        self._place, self._clean = model.place, model.redactor()
        self._api = BatchApi(model)

    def submit(self, parcel: Parcel) -> None:
        """Start a batch of a parcel.

        Raises:
            ModelError: It was not started, or it cannot be told; the next run looks.
        """
        submission = Submission(secrets.token_hex(8), parcel.lines, self._ledger.dialect)
        self._ledger.submissions.append(submission)
        self._save()
        submission.file = self._patiently(
            lambda: self._api.upload(submission.filename, parcel.content)
        )
        self._save()
        submission.batch = self._started(submission, submission.file)
        self._save()
        self._say(
            f"{submission.batch}: {parcel.lines} requests to {self._place}, to be answered "
            "within 24 hours"
        )

    def _started(self, submission: Submission, file: str) -> str:
        """Start the batch once: where that is not sure, look before starting it again."""
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._patiently(lambda: self._api.create(file, {METADATA: submission.uid}))
            except _UNSURE:
                if found := self._found(submission):
                    return found
                if attempt == _STARTS:
                    raise

    def _found(self, submission: Submission) -> str | None:
        """The batch that was started for a submission, if one was; of several the oldest."""
        found = self._api.find(METADATA, submission.uid)
        for newer in found[:-1]:
            with suppress(ModelError):
                self._api.cancel(newer["id"])
        return str(found[-1]["id"]) if found else None

    def settle(self, take: Take) -> bool:
        """Wait for all that is under way, and hand out every line of its results.

        Returns:
            Whether the run goes on; False when it is to stop. What is under way stays so.

        Raises:
            ModelError: A batch failed or was cancelled as a whole, or cannot be looked at.
        """
        for submission in list(self._ledger.submissions):
            if submission.batch is None:
                self._adopt(submission)
            if submission.batch is not None:
                shown = self._over(submission.batch)
                if shown is None:
                    self._say(
                        f"{len(self._ledger.submissions)} batches are under way at "
                        f"{self._place}; run the same command again to fetch them"
                    )
                    return False
                self._end(submission, shown, take)
        return not self._stopping.is_set()

    def _adopt(self, submission: Submission) -> None:
        """Find what a killed run was about to start; forget it if it was not started."""
        submission.batch = self._patiently(lambda: self._found(submission))
        if submission.batch is None:
            self._ledger.submissions.remove(submission)
            self._save()
            with suppress(ModelError):
                for file in self._api.files(submission.filename):
                    self._api.delete(file)
        else:
            self._save()

    def _over(self, batch: str) -> Mapping[str, Any] | None:
        """Look at a batch until it is over; None when the run is to stop."""
        pause, failed, told = _FIRST_LOOK, 0, ""
        while not self._stopping.is_set():
            try:
                shown = self._patiently(lambda: self._api.retrieve(batch))
                failed = 0
            except _UNSURE:
                failed += 1
                if failed == _PATIENCE:
                    raise
                shown = {}
            except RequestRejected as exc:
                raise RequestRejected(
                    f"{exc}; {batch} was started for this folder: ask with the same account, or "
                    "draft with --engine local"
                ) from exc
            if shown.get("status") in _OVER:
                return shown
            if shown and (news := _news(shown)) != told:
                told = news
                self._say(f"{batch}: {news}")
            if self._wait(pause):
                return None
            pause = min(1.5 * pause, _LONGEST_LOOK)
        return None

    def _end(self, submission: Submission, shown: Mapping[str, Any], take: Take) -> None:
        """Hand out the results, and strike the submission off when they are in the journal."""
        files = [shown.get(name) for name in ("output_file_id", "error_file_id")]
        for file in filter(None, files):
            for line in self._lines(str(file)):
                take(submission, line)
        self._ledger.submissions.remove(submission)
        problem = self._problem(submission, shown)
        self._journal.sync()
        self._save()
        for file in filter(None, [submission.file, shown.get("input_file_id"), *files]):
            with suppress(ModelError):  # they are deleted by the provider some day
                self._api.delete(str(file))
        if problem is not None:
            raise problem

    def _lines(self, file: str) -> Iterator[Mapping[str, Any]]:
        folder = self._journal.path.parent
        try:
            with tempfile.TemporaryFile(dir=folder) as into:
                content: BinaryIO = getattr(into, "file", into)
                self._patiently(lambda: self._api.download(file, content))
                content.seek(0)
                yield from _objects(content)
        except OSError as exc:
            raise unwritable(folder, exc) from exc

    def _problem(self, submission: Submission, shown: Mapping[str, Any]) -> ModelError | None:
        """What is wrong with a batch as a whole, if the run must stop for it."""
        if shown["status"] == "cancelled":
            return RequestRejected(
                f"{submission.batch} was cancelled at {self._place}; what it had done is kept, "
                "and the same command asks for the rest"
            )
        if shown["status"] != "failed":
            return None
        told = shown.get("errors")
        errors = told.get("data") if isinstance(told, dict) else None
        errors = [each for each in errors or () if isinstance(each, dict)]
        if not any(each.get("code") == "token_limit_exceeded" for each in errors):
            said = self._clean(words(errors)) or "it does not say why"
            return RequestRejected(f"{self._place} did not take {submission.batch}: {said}")
        if submission.lines <= _FEWEST:
            return RateLimited(
                f"the queue for batches at {self._place} is full; run the same command again "
                "when other batches are done"
            )
        self._ledger.alone = True
        self._ledger.most = max(_FEWEST, submission.lines // 2)
        self._say(
            f"the queue for batches at {self._place} is full; from now on one batch at a time, "
            f"of at most {self._ledger.most} requests"
        )
        return None

    def _patiently(self, call: Callable[[], T]) -> T:
        """Make a call, and again when the time is over that the server asks to wait."""
        while True:
            try:
                return call()
            except RateLimited as exc:
                if exc.retry_after is None:
                    raise
                self._say(f"{self._place} asks to wait {exc.retry_after:.0f} s")
                if self._wait(exc.retry_after):
                    raise

    def _save(self) -> None:
        self._ledger.save(self._journal)


def _objects(content: BinaryIO) -> Iterator[Mapping[str, Any]]:
    """The JSON objects of a file, one a line; what is none is left out."""
    for raw in content:
        with suppress(ValueError):
            line = json.loads(raw)
            if isinstance(line, dict):
                yield line


def _news(shown: Mapping[str, Any]) -> str:
    """How a batch stands, in words."""
    counts = shown.get("request_counts")
    counts = counts if isinstance(counts, dict) else {}
    done = sum(counts.get(name) or 0 for name in ("completed", "failed"))
    status = str(shown.get("status")).replace("_", " ")
    return f"{status}, {done} of {counts['total']} done" if counts.get("total") else status

"""Record a model's replies, and answer from the record.

A reply is found by the sha256 of the whole request, the model's name and the
repeat, so that a changed prompt, note or setting is never answered by an old reply.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

from followup_agent import errors
from followup_agent.chat.protocol import (
    Alternative,
    ChatModel,
    Profile,
    Reply,
    Request,
    TokenCount,
    Usage,
)
from followup_agent.chat.tokens import estimate
from followup_agent.errors import CallerError, ModelError
from followup_agent.evals.journal import Journal


class ReplyMissing(CallerError):
    """A replay met a request that was never recorded."""

    exit_code: ClassVar[int] = 2


_FIELDS = tuple(field.name for field in fields(Request))
_PROFILE = {field.name for field in fields(Profile)}


def request_key(request: Request, model: str, repeat: int) -> str:
    """The name of a reply: a hash of all that decides it."""
    whole = {name: getattr(request, name) for name in _FIELDS}
    whole["turns"] = [(turn.role, turn.content) for turn in request.turns]
    whole |= {"model": model, "repeat": repeat}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Recorded:
    """A reply, or the failure that came instead of it, and the seconds it took."""

    reply: Reply | None
    failure: ModelError | None
    seconds: float


def _profile(noted: Mapping[str, Any]) -> Profile:
    """A profile as it was noted, by any version: what this one does not know is left out."""
    known = {name: noted[name] for name in _PROFILE & noted.keys()}
    return Profile(**known | {"specialist": tuple(known.get("specialist", ()))})  # JSON has lists


class ReplyStore:
    """The file ``replies.jsonl``: one line a reply, and one a model. Thread-safe.

    Only the place of each reply is held in memory.

    Attributes:
        paid: Tokens of the replies that were there when it was opened.
    """

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path)
        self._places: dict[str, int] = {}
        self._models: dict[str, tuple[str, Profile]] = {}
        self.paid = 0
        for place, line in self._journal.lines():
            if "key" in line:
                self._places[line["key"]] = place
                usage = line.get("reply", {}).get("usage", {})
                self.paid += usage.get("prompt_tokens", 0) + usage.get("completion_tokens", 0)
            else:
                self._models[line["label"]] = line["model"], _profile(line["profile"])

    @property
    def models(self) -> dict[str, tuple[str, Profile]]:
        """Name and profile of each recorded model, by what the caller called it."""
        return dict(self._models)

    def add_model(self, label: str, model: ChatModel) -> None:
        """Note a model, so that a replay can do without it."""
        if self._models.get(label) != (model.name, model.profile):
            self._models[label] = model.name, model.profile
            self._journal.add(
                {"label": label, "model": model.name, "profile": asdict(model.profile)}
            )

    def find(self, key: str) -> Recorded | None:
        """The recorded answer to a request."""
        place = self._places.get(key)
        return None if place is None else _recorded(self._journal.at(place))

    def add(self, key: str, answer: Reply | ModelError, seconds: float) -> None:
        """Keep an answer; a kill cannot take it back."""
        line: dict[str, Any] = {"key": key, "seconds": round(seconds, 4)}
        if isinstance(answer, Reply):
            line["reply"] = asdict(answer)
        else:
            line["failure"] = {"type": type(answer).__name__, "message": str(answer)}
        self._places[key] = self._journal.add(line)

    def close(self) -> None:
        """Close the file."""
        self._journal.close()


def _recorded(line: dict[str, Any]) -> Recorded:
    if "failure" in line:
        return Recorded(None, _failure(**line["failure"]), line["seconds"])
    data = dict(line["reply"])
    data["alternatives"] = tuple(Alternative(**a) for a in data["alternatives"])
    data["usage"] = Usage(**data["usage"])
    return Recorded(Reply(**data), None, line["seconds"])


def _failure(type: str, message: str) -> ModelError:
    kind = getattr(errors, type, ModelError)
    return kind(message) if issubclass(kind, ModelError) else ModelError(message)


@dataclass
class Spent:
    """What a draft cost by the wrapper's own count, also where the draft failed."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    replayed: int = 0

    def book(self, usage: Usage, seconds: float) -> None:
        """Add one reply."""
        self.requests += usage.requests
        self.prompt_tokens += usage.prompt_tokens
        self.completion_tokens += usage.completion_tokens
        self.seconds += seconds


@dataclass
class Purse:
    """Tokens of a whole run. Thread-safe.

    Worst cases are set aside before a request, and what was really used is booked
    afterwards, so that requests in flight together cannot pass the budget.
    """

    budget: int | None = None
    spent: int = 0
    _held: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def hold(self, tokens: int) -> None:
        """Set tokens aside; raises `RunOverBudget` when they are not there."""
        with self._lock:
            if self.budget is not None and self.spent + self._held + tokens > self.budget:
                raise RunOverBudget(
                    f"the next request could bring the run to {self.spent + tokens} tokens, "
                    f"over the budget of {self.budget}; it was not sent"
                )
            self._held += tokens

    def settle(self, held: int, used: int) -> None:
        """Give back what was set aside, and book what was used."""
        with self._lock:
            self._held -= held
            self.spent += used


class RunOverBudget(errors.BudgetExceeded):
    """The run's own budget is spent; the run stops, and can be resumed with more."""


class ReplayModel:
    """Answers from a record, and from nothing else."""

    def __init__(self, name: str, profile: Profile, store: ReplyStore, repeat: int) -> None:
        self.name = name
        self.profile = profile
        self.spent = Spent()
        self._store = store
        self._repeat = repeat

    def complete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """The recorded reply.

        Raises:
            ReplyMissing: There is none; the request differs from what was recorded.
            ModelError: The failure that was recorded.
        """
        key = request_key(request, self.name, self._repeat)
        found = self._store.find(key)
        return self._ask(request, key, timeout) if found is None else self._told(found)

    async def acomplete(self, request: Request, *, timeout: float | None = None) -> Reply:
        """As `complete`."""
        return self.complete(request, timeout=timeout)

    def complete_round(
        self, requests: Sequence[Request], *, timeout: float | None = None
    ) -> Iterable[Reply]:
        """One after the other."""
        return [self.complete(request, timeout=timeout) for request in requests]

    def count_tokens(self, request: Request) -> TokenCount:
        """An estimate: the model is not here to count."""
        return estimate(request.turns, request.schema)

    def _told(self, found: Recorded) -> Reply:
        self.spent.replayed += 1
        usage = found.reply.usage if found.reply else Usage(requests=1)
        self.spent.book(usage, found.seconds)
        if found.reply is None:
            raise found.failure or ModelError("no reply was recorded")
        return found.reply

    def _ask(self, request: Request, key: str, _timeout: float | None) -> Reply:
        raise ReplyMissing(
            f"replies.jsonl has no reply of {self.name} to request {key[:12]} (parts: "
            f"{', '.join(request.parts)}; repeat {self._repeat}): the prompt, the notes or the "
            "drafting changed since it was recorded; run without --replay to record anew"
        )


class RecordingModel(ReplayModel):
    """Asks the model what was not asked before, and records every answer."""

    def __init__(self, inner: ChatModel, store: ReplyStore, repeat: int, purse: Purse) -> None:
        super().__init__(inner.name, inner.profile, store, repeat)
        self._inner = inner
        self._purse = purse

    def count_tokens(self, request: Request) -> TokenCount:
        """As the model counts."""
        return self._inner.count_tokens(request)

    def complete_round(
        self, requests: Sequence[Request], *, timeout: float | None = None
    ) -> Iterator[Reply]:
        """The recorded replies, and for the rest one round of the model's own."""
        keys = [request_key(request, self.name, self._repeat) for request in requests]
        known = {key: self._store.find(key) for key in keys}
        fresh = [r for r, key in zip(requests, keys, strict=True) if known[key] is None]
        asked = self._asked(fresh, timeout)
        for key in keys:
            found = known[key]
            yield next(asked) if found is None else self._told(found)

    def _ask(self, request: Request, key: str, timeout: float | None) -> Reply:
        del key
        return next(self._asked([request], timeout))

    def _asked(self, requests: Sequence[Request], timeout: float | None) -> Iterator[Reply]:
        if not requests:
            return
        held = self._hold(requests)
        used, at, started = 0, 0, time.monotonic()
        try:
            for at, reply in enumerate(self._inner.complete_round(requests, timeout=timeout)):
                now = time.monotonic()
                self._keep(requests[at], reply, now - started)
                used += reply.usage.total
                self.spent.book(reply.usage, now - started)
                started = now
                yield reply
        except ModelError as exc:
            # Which of a round failed is not told; the first without a reply stands for it.
            self.spent.book(Usage(requests=1), time.monotonic() - started)
            missing = [r for r in requests if self._store.find(self._key(r)) is None]
            if missing and lasting(exc):
                self._keep(missing[0], exc, time.monotonic() - started)
            raise
        finally:
            self._purse.settle(held, used)

    def _key(self, request: Request) -> str:
        return request_key(request, self.name, self._repeat)

    def _keep(self, request: Request, answer: Reply | ModelError, seconds: float) -> None:
        self._store.add(self._key(request), answer, seconds)

    def _hold(self, requests: Sequence[Request]) -> int:
        if self._purse.budget is None:
            return 0
        need = sum(self.count_tokens(r).tokens + r.max_tokens for r in requests)
        self._purse.hold(need)
        return need


def lasting(exc: ModelError) -> bool:
    """Whether a failure is the model's answer, and not one of the account or the machine."""
    return not isinstance(
        exc, errors.AuthenticationFailed | errors.QuotaExhausted | errors.WeightsError
    )

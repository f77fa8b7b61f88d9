"""Every error that followup-agent raises on purpose.

::

    FollowupError
     ├─ CallerError                 exit 2: the caller's mistake
     │   ├─ NotesError              the notes file: every fault with its line
     │   ├─ KindError               an unknown kind, or one that these notes cannot carry
     │   ├─ RecipientError          no such interviewer, or several and none named
     │   ├─ NothingDue              `auto`, and no message is due today
     │   ├─ PromptError             a prompt that is missing, changed or malformed
     │   ├─ MessageError            a message to check that cannot be read
     │   ├─ SettingsError           an option or environment variable
     │   ├─ HeaderRefused           text that could add a line to a mail header or calendar
     │   └─ OutputError             a place that cannot be written
     ├─ DraftRejected               exit 3: required parts still missing
     ├─ ModelError                  exit 4: the model's side failed
     │   ├─ ConnectionFailed        no connection, or it broke
     │   ├─ DeadlineExceeded        the draft's total time is spent
     │   ├─ AuthenticationFailed    401 or 403
     │   ├─ QuotaExhausted          429 insufficient_quota: waiting does not help
     │   ├─ RateLimited             429 until the retries were spent
     │   ├─ ServerFailed            5xx until the retries were spent
     │   ├─ RequestRejected         any other 4xx, or a redirect
     │   ├─ BadReply                a 200 that is not a chat completion
     │   ├─ Refused                 the model declined to write
     │   ├─ CutOff                  the reply ran into a length limit or a filter
     │   └─ WeightsError            the embedded model cannot be fetched or loaded
     ├─ BudgetExceeded              exit 5: refused before it was sent
     └─ DeliveryError               exit 6: a valid draft that the mail server did not take
         ├─ MailServerFailed        no connection, no trusted certificate, or it broke
         ├─ LoginRefused            the name or the password is wrong, or not allowed
         ├─ NoDraftsFolder          the account has none that can be found
         └─ AppendRefused           the server would not keep the draft

The kinds of failure never mix: a caller can mend the first, must decide about a
rejected draft, may try again where a model or a mail server failed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from followup_agent.guide.registry import Violation
    from followup_agent.kinds import Kind
    from followup_agent.records import Draft


class FollowupError(Exception):
    """Base of every error here. ``exit_code`` is what the command ends with."""

    exit_code: ClassVar[int] = 1


class CallerError(FollowupError):
    """The caller's mistake; the message says how to mend it."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file.

    Attributes:
        file: The name as the caller gave it, ``-`` for standard input.
        line: 1-based line, or None where the source has no lines (a mapping).
        message: What is wrong, and the mend.
    """

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class NotesError(CallerError):
    """Notes that cannot be used. ``faults`` holds all of them, in file order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.faults,)


class KindError(CallerError):
    """An unknown kind of message, or one whose needs are not in the notes."""


class RecipientError(CallerError):
    """``to`` names nobody in the notes, or several interviewers and no ``to``."""


class NothingDue(CallerError):
    """No message is due to that person today.

    Attributes:
        next_on: The next day on which one is; None when nothing more is planned.
        next_kind: What is due then.
    """

    def __init__(
        self, message: str, next_on: dt.date | None = None, next_kind: Kind | None = None
    ) -> None:
        self.next_on = next_on
        self.next_kind = next_kind
        super().__init__(message)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.next_on, self.next_kind)


class PromptError(CallerError):
    """A prompt that is unknown, malformed, or changed after its release."""


class MessageError(CallerError):
    """A message to check that cannot be read, or lacks its structure."""


class SettingsError(CallerError):
    """An option or environment variable that makes no sense."""


class HeaderRefused(CallerError):
    """Text that could become a line of its own in a mail header or a calendar."""


class OutputError(CallerError):
    """A file or folder that cannot be written."""


class DraftRejected(FollowupError):
    """Required parts are still missing after the last re-ask.

    Attributes:
        draft: The best draft so far (``draft.valid`` is False).
        violations: What is still wrong with it; the required ones.
        others: When a panel was drafted, its valid drafts.
    """

    exit_code = 3
    others: tuple[Draft, ...] = ()

    def __init__(self, draft: Draft, violations: Sequence[Violation]) -> None:
        self.draft = draft
        self.violations = tuple(violations)
        # Rule ids only: the words of a draft are the candidate's, not a log's.
        rules = ", ".join(dict.fromkeys(v.rule for v in self.violations))
        super().__init__(f"the draft is still not valid: {rules}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.draft, self.violations)


class ModelError(FollowupError):
    """The model's side failed: unreachable, refused, cut off, or not a model."""

    exit_code = 4


class ConnectionFailed(ModelError):
    """No connection to the server, or it broke before the answer was whole."""


class DeadlineExceeded(ModelError):
    """The draft's total time is spent."""


class AuthenticationFailed(ModelError):
    """401 or 403: the key is missing, wrong, or not allowed this model."""


class QuotaExhausted(ModelError):
    """The account has no quota left; never retried."""


class RateLimited(ModelError):
    """429 until the retries were spent. ``retry_after`` is in seconds, if told."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.retry_after)


class ServerFailed(ModelError):
    """5xx until the retries were spent."""


class RequestRejected(ModelError):
    """The server will not take this request (another 4xx, or a redirect)."""


class BadReply(ModelError):
    """A 200 that is not a chat completion: HTML, cut JSON, an error object, no choices."""


class Refused(ModelError):
    """The model declined to write."""


class CutOff(ModelError):
    """The reply ended at a length limit or a content filter."""


class WeightsError(ModelError):
    """The embedded model's weights cannot be fetched, checked or loaded."""


class BudgetExceeded(FollowupError):
    """The next request would pass the token budget or the context window; it was not sent."""

    exit_code = 5


class DeliveryError(FollowupError):
    """A valid draft that the mail server did not take; nothing is lost, write it to a file."""

    exit_code = 6


class MailServerFailed(DeliveryError):
    """No connection, no trusted certificate, or it broke or took too long."""


class LoginRefused(DeliveryError):
    """The name or the password is wrong, or the server allows no login by password."""


class NoDraftsFolder(DeliveryError):
    """The account has no Drafts folder that can be found, or not the one named."""


class AppendRefused(DeliveryError):
    """The server would not keep the draft: a full mailbox, or no right to write there."""

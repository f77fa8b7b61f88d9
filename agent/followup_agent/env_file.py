"""A ``.env`` file, read strictly."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from followup_agent.errors import SettingsError


def read_env_file(path: Path) -> dict[str, str]:
    """Its variables; none where there is no such file.

    python-dotenv's own loader logs a line that it cannot read and goes on without: the key on
    it would be missing, and notes would go to another model than the one meant. So its parser
    is used alone, which leaves dollar signs as they are, too.

    Raises:
        SettingsError: The file or a line of it cannot be read. What stands there is not
            repeated: it may be a key.
    """
    if not path.is_file():
        return {}
    from dotenv.parser import parse_stream

    try:
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"{path} cannot be read: {reason}") from None
    values = {}
    for line in parse_stream(StringIO(text)):
        if line.error:
            written = line.original.string
            blank = written[: -len(written.lstrip())].count("\n")  # it comes with those above it
            raise SettingsError(
                f"{path}:{line.original.line + blank}: this is not understood; write NAME=value, "
                "and close a quote that is opened"
            )
        if line.key:
            values[line.key] = line.value or ""
    return values

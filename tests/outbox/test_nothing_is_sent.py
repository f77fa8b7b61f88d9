"""There is no way out of here by which a mail could be sent."""

from __future__ import annotations

import re
from pathlib import Path

import followup_agent

# The port that takes mail is called submission; a batch's submission is another thing.
_SENDING = re.compile(
    r"smtp|sendmail|\bMAIL FROM\b|\bRCPT TO\b|[\"']submissions?[\"']|\b(?:465|587)\b", re.IGNORECASE
)
_SHELL = re.compile(r"shell\s*=\s*True|os\.system|os\.popen")


def test_no_source_sends_mail_or_starts_a_shell():
    """Neither the protocol, nor the program, nor a shell that could reach one."""
    files = sorted(Path(followup_agent.__file__).parent.rglob("*.py"))
    assert len(files) > 50
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not _SENDING.search(text), file
        assert not _SHELL.search(text), file

"""Which grades are compared, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

#: Grade → its name in tables. These decide `eval gate`; all are better when higher.
COMPARED: Mapping[str, str] = {
    "valid": "valid after re-asks",
    "valid_first": "valid at first ask",
    "grounded": "invents nothing",
    "grounded_first": "invents nothing at first",
    "must": "holds what it must",
    "must_not": "holds nothing forbidden",
    "no_leak": "nothing private",
}

#: Where a single event is bad news: no event in n cases is reported with the 3/n bound.
RARE = ("grounded", "grounded_first", "must_not", "no_leak")

"""A strict reader of our own for the octets of a calendar (RFC 5545, 3.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?:;(?P<parameter>[A-Z-]+=[A-Za-z0-9/_+-]+))?:(?P<value>.*)")
_TEXT = ("SUMMARY", "DESCRIPTION")


@dataclass
class Part:
    """A component with its properties, and those in it."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def all(self, name: str) -> list[Part]:
        return [part for part in self.parts if part.name == name]


def read_ics(ics: bytes) -> Part:
    """The calendar, after its octets were found right."""
    stack = [Part("")]
    for line in lines_of(ics):
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            stack.append(Part(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].parts.append(done)
        else:
            assert name not in stack[-1].values, line
            stack[-1].values[name] = unescaped(value) if name in _TEXT else value
            stack[-1].parameters[name] = found["parameter"] or ""
    (calendar,) = stack[0].parts
    assert len(stack) == 1
    return calendar


def lines_of(ics: bytes) -> list[str]:
    """The unfolded lines; folded at 75 octets, in no character, with CRLF alone."""
    assert ics.endswith(b"\r\n")
    physical = ics[:-2].split(b"\r\n")
    for line in physical:
        assert 0 < len(line) <= 75
        line.decode("utf-8")
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    text = b"\r\n".join(physical).replace(b"\r\n ", b"").decode()
    assert not re.search("[\x80-\x9f\u2028\u2029]", text)
    return text.split("\r\n")


def unescaped(value: str) -> str:
    """The text of a value; a separator that is not escaped fails."""
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", value), value
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)

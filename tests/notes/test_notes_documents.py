"""YAML, JSON and mappings: the same notes, lines and faults."""

from __future__ import annotations

import json
from collections import OrderedDict
from types import MappingProxyType

import pytest

from followup_agent.notes import Interviewer, load_notes, yaml_document

YAML = """# notes
candidate:
  name: Daniel Okafor
Company: Lumen Health
role: Senior Backend Engineer
interviewed: 2026-05-12 14:00
country: NO
interviewers:
  - Priya Nair
  - name: Tom Becker
    title:
    email: ~
decision-by: 2026-05-26
topics:
  - "Priya: moving the claims service"
  -
  - text: on-call
    by: Tom
their_needs: |
  - calm
  - speed
links:
  title: T
  url: https://x.org
log: 2026-05-13 sent thank-you to Tom
"""


def test_yaml():
    """A YAML document gives the notes, each value with its line, and no scalar but text."""
    notes = load_notes(YAML)
    assert notes.country == "NO"
    assert [(item.text, item.by, item.line) for item in notes.topics] == [
        ("moving the claims service", "Priya Nair", 15),
        ("on-call", "Tom Becker", 17),
    ]
    assert [item.line for item in notes.needs] == [19, 19]
    assert (notes.resources[0].line, notes.log[0].line) == (22, 25)
    assert notes.interviewers[1].title is None
    expected = {"candidate.name": 3, "company": 4, "decision_by": 13, "interviewers": 8}
    expected |= {"interviewers.0": 9, "interviewers.0.name": 9, "interviewers.1.name": 10}
    expected |= {"resources.0": 22, "resources.0.url": 24, "topics.1.by": 18}
    assert expected.items() <= notes.lines.items()


def test_lone_interviewer():
    """One interviewer without a list has the lines that a list would give."""
    text = YAML.replace(
        "interviewers:\n  - Priya Nair\n  - name: Tom Becker\n",
        "interviewers:\n    name: Tom Becker\n",
    )
    text = text.replace("candidate:\n  name: Daniel", "candidate: Daniel")
    notes = load_notes(text)
    assert notes.lines["interviewers.0.name"] == 8
    assert notes.lines["interviewers.0"] == 7
    assert notes.lines["candidate.name"] == 2
    assert {fact.field: fact.line for fact in notes.facts}["interviewers.0.name"] == 8


def test_json(mapping):
    """A JSON document gives the same notes as its mapping, with lines, escapes and emoji exact."""
    mapping["topics"] += ['tab\tslash / quote " é 😀 \u2028end', {"text": "x", "by": None}]
    text = json.dumps(mapping, indent=2).replace("/", "\\/").replace("  ", "\t")
    notes = load_notes(text, name="notes.json")
    assert notes.topics[1].text == 'tab slash / quote " é 😀 end'
    assert notes.model_dump() == load_notes(mapping).model_dump()
    assert notes.lines["interviewers.1"] == 8
    assert [item.line for item in notes.topics] == [11, 12, 13]
    assert load_notes(json.dumps(mapping)).topics[0].line == 1
    assert load_notes(json.dumps(mapping | {"needs": [], "private": {}})).needs == ()


def test_mapping(mapping):
    """A mapping of any class, with models in it, has no lines, and is not changed."""
    mapping["interviewers"] = (Interviewer(name="Priya Nair"), OrderedDict(name="Tom Becker"))
    before = repr(mapping)
    notes = load_notes(MappingProxyType(mapping))
    assert notes.lines == {}
    assert notes.topics[0].by == "Priya Nair"
    assert notes.topics[0].line is None
    assert repr(mapping) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("candidate:\n  <<: {name: x}\n", "2: YAML anchors, aliases and merge keys"),
        ("company: &a X\nrole: *a\n", "1: YAML anchors, aliases and merge keys"),
        ("company: !!str X\n", "1: YAML tags (`!…`) are not understood"),
        ("company: !!python/object:os.system X\n", "1: YAML tags"),
        ("candidate:\n\tname: x\n", "2: this is not valid YAML; indent with spaces, not tabs"),
        ("company: a: b\n", "1: this is not valid YAML; put a value that holds `: ` in quotes"),
        ("company: X\nrole: 'Y\n", "2: this is not valid YAML; close the quotation mark"),
        ("company: @X\n", "1: this is not valid YAML; put a value that begins with a sign"),
        ('company: "\\q"\n', "1: this is not valid YAML; write a backslash in double quotes"),
        ("company: X\nrole\n", "2: this is not valid YAML; write a colon after the key"),
        ("company: [a, b\nrole: X\n", "2: this is not valid YAML; close the bracket"),
        ("candidate:\n  name: x\n email: y\n", "3: this is not valid YAML; start the keys"),
        ("company: - x\n", "1: this is not valid YAML; put a list on the lines below"),
        ("company: X\n%x\n- [}\n", "not valid YAML"),
        ("company: X\n---\nrole: Y\n", "2: a second YAML document begins here; keep one"),
        ("company: X\n? [a]\n: b\n", "2: every key must be plain text"),
        ("company: X\n? {a: b}\n: b\n", "2: every key must be plain text"),
        ("- a\n", "1: the notes must be keys and values"),
        ("just text\n", "1: the notes must be keys and values"),
        ("a: " + "[" * 40 + "\n", "1: nested more than 12 deep; write it flatter"),
        ("a: [" + "x," * 30_000 + "]\n", "1: more than 20000 values; notes are far shorter"),
    ],
)
def test_yaml_faults(faults, text, expected):
    """What YAML could be misused or mistaken for is refused with its line and the mend."""
    assert any(expected in row for row in faults(text, "notes.yaml"))


def test_without_libyaml(monkeypatch, faults):
    """Where PyYAML has no libyaml, the notes, their lines and their faults are the same."""
    with_libyaml = load_notes(YAML)
    complaint = faults(YAML + "x: 'y\n")
    monkeypatch.setattr(yaml_document, "_FAST", None)
    notes = load_notes(YAML)
    assert notes == with_libyaml
    assert notes.lines == with_libyaml.lines
    assert faults(YAML + "x: 'y\n") == complaint


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1]", "1: the notes must be keys and values"),
        ('"x"', "1: the notes must be keys and values"),
        ("7", "1: the notes must be keys and values"),
        ('{\n"a": 1,}', "2: this is not valid JSON; delete the comma before the closing"),
        ('{"a" 1}', "1: this is not valid JSON; a colon is missing after the key"),
        ("{a: 1}", "1: this is not valid JSON; a key in double quotes belongs here"),
        ('{"a": [1 2]}', "1: this is not valid JSON; a comma or a closing `]` is missing"),
        ('{"a": "x\ny"}', "1: this is not valid JSON; this text is not closed"),
        ('{"a": NaN}', "1: this is not valid JSON; a value belongs here"),
        ('{"a": -Infinity}', "1: this is not valid JSON; a value belongs here"),
        ('{"a": 01}', "1: this is not valid JSON; a value belongs here"),
        ('{"a": }', "1: this is not valid JSON; a value belongs here"),
        ('{"a": 1}\n{}', "2: this is not valid JSON; there is text after the end; delete it"),
        ('{"a":' * 40, "1: nested more than 12 deep"),
        ('{"company": ' + "9" * 9000 + "}", "1: `company` must be text, not a number"),
        ('{"company": 1e999}', "1: `company` must be text, not a number"),
        ('{"company": "\\ud800"}', "1: `company` must be text without halves of characters"),
        ('{"company": "\\u0000"}', "1: `company` holds a control character (U+0000)"),
        ('{"role": "a",\n"role": "b"}', "2: `role` is given twice, first on line 1; keep one"),
    ],
)
def test_json_faults(faults, text, expected):
    """What is not JSON, and what JSON has that notes have not, is refused with its line."""
    assert any(row.startswith(expected) for row in faults(f"{text}\n", "notes.json"))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"source": "x"}, "unknown key `source`"),
        ({"lines": {}}, "unknown key `lines`"),
        ({"compnay": "x"}, "unknown key `compnay`; did you mean `company`?"),
        ({"zzz": "x"}, "unknown key `zzz`; the keys here are candidate, company,"),
        ({"z\ud800": "x"}, "unknown key (not shown)"),
        ({"Company": "x"}, "`company` is given twice; keep one"),
        ({"needs": "a", "pain_points": "b"}, "`pain_points` means `needs`, which is given already"),
        ({7: "x"}, "every key must be plain text"),
        ({"topics": [["x"]]}, "`topics.0` must be a group of keys such as `name`, not a list"),
    ],
)
def test_mapping_faults(mapping, faults, more, expected):
    """A mapping's faults have no line but the path."""
    (found,) = faults(mapping | more)
    assert found.startswith("None: ")
    assert expected in found


def test_cyclic_mapping(mapping, faults):
    """A mapping that holds itself is refused, not followed for ever."""
    mapping["topics"] = [mapping]
    assert faults(mapping) == ["None: nested more than 12 deep; write it flatter"]


def test_missing_keys(faults):
    """Each missing key is named, with how to write it."""
    assert faults("tone: warm\n", "n.yml") == [
        "1: `candidate` is missing; write `candidate:` and under it `  name: Daniel Okafor`",
        "1: `company` is missing; write `company: Lumen Health`",
        "1: `role` is missing; write `role: Senior Backend Engineer`",
        "1: `interviewed` is missing; write `interviewed: 2026-05-12` or "
        "`interviewed: 2026-05-12T14:00`",
        "1: `interviewers` is missing; write `interviewers:` and under it `  - name: Priya Nair`",
        "1: `topics` is missing; write down one thing that was talked about at least, as "
        "`- Priya: moving the claims service`",
    ]


def test_all_at_once(small, faults):
    """All faults of a file are told together, in the order of its lines, each once."""
    text = (
        small.replace("company:", "compnay:")
        .replace("name: Tom", "nmae: Tom")
        .replace("05-12", "05-32")
        .replace("## Topics", "## Topcs")
    )
    found = faults(f"{text}## Log\n- x\n## Links\n- y\n")
    assert [row.split(":")[0] for row in found] == ["3", "5", "8", "10", "13", "15"]


def test_many_faults(small, faults):
    """Beyond a hundred, faults are only counted."""
    found = faults(small + "## Log\n" + "- x\n" * 500)
    assert len(found) == 101
    assert found[-1] == "None: and 400 more faults"


def test_many_unknown_names(small, faults):
    """Many unknown keys and headings are told in no time."""
    assert len(faults("".join(f"key{n}: x\n" for n in range(5000)), "n.yaml")) == 101
    assert len(faults(small + "## Hedding\n" * 5000)) == 101

"""Prompts are found, verified and rendered; nothing in the notes can steer them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from followup_agent.errors import PromptError
from followup_agent.kinds import Kind
from followup_agent.prompts import LOCK, PromptLibrary, gbnf

GOOD = """---
name: hello
version: 1
description: Says hello.
inputs: [who]
created: 2026-11-22
---
{% block system %}
Be kind.
{% endblock %}
{% block user %}
Greet {{ who }}.
{% endblock %}
"""


def _library(folder: Path, **files: str) -> PromptLibrary:
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path = path.with_name(f"{path.name}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return PromptLibrary(folder)


def test_every_released_prompt_is_unchanged() -> None:
    """The sha256 of each packaged prompt is the one that versions.lock holds."""
    library = PromptLibrary()
    found = list(library.versions())
    assert found
    for name, version in found:
        digest = hashlib.sha256((library.folder / name / f"v{version}.md").read_bytes()).hexdigest()
        assert library.lock[name][str(version)] == digest, f"{name}@{version}"
        library.get(f"{name}@{version}")


def test_every_kind_has_a_prompt() -> None:
    """Each kind's prompt is found under the kind's name and is for that kind."""
    for kind in Kind:
        assert PromptLibrary().get(kind.value).meta.kind is kind


def test_a_changed_release_is_refused(tmp_path: Path) -> None:
    """A file whose hash is not the locked one does not render."""
    library = _library(tmp_path, hello__v1=GOOD)
    (tmp_path / LOCK).write_text('["hello"]\ndefault = 1\n1 = "0000"\n')
    with pytest.raises(PromptError, match="changed after its release"):
        library.get("hello")


def test_render_gives_turns_by_role(tmp_path: Path) -> None:
    """Each block becomes one turn of its role."""
    turns = _library(tmp_path, hello__v1=GOOD).get("hello@1").render({"who": "Priya"})
    assert [(t.role, t.content) for t in turns] == [
        ("system", "Be kind."),
        ("user", "Greet Priya."),
    ]


def test_examples_become_turns_before_the_real_one(tmp_path: Path) -> None:
    """A worked example is rendered by the same user block, with its answer after it."""
    text = GOOD.replace(
        "created:", "examples:\n  - inputs: {who: Tom}\n    reply: Hello, Tom.\ncreated:"
    )
    turns = _library(tmp_path, hello__v1=text).get("hello").render({"who": "Priya"})
    assert [t.content for t in turns[1:]] == ["Greet Tom.", "Hello, Tom.", "Greet Priya."]


def test_text_in_an_input_is_never_a_template(tmp_path: Path) -> None:
    """Braces in the notes stay braces."""
    turns = _library(tmp_path, hello__v1=GOOD).get("hello").render({"who": "{{ 7*7 }}{% raw %}"})
    assert turns[1].content == "Greet {{ 7*7 }}{% raw %}."


def test_templates_are_sandboxed(tmp_path: Path) -> None:
    """A template cannot reach Python's insides."""
    text = GOOD.replace("{{ who }}", "{{ who.__class__.__mro__ }}")
    with pytest.raises(PromptError, match="SecurityError"):
        _library(tmp_path, hello__v1=text).get("hello").render({"who": "Priya"})


def test_a_missing_input_is_an_error(tmp_path: Path) -> None:
    """Nothing renders as an empty hole."""
    with pytest.raises(PromptError, match="'who' is undefined"):
        _library(tmp_path, hello__v1=GOOD).get("hello").render({})


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("inputs: [who]", "inputs: [who, why]", "declares"),
        ("inputs: [who]", "inputs: []", "declares"),
        ("description: Says hello.", "descriptoin: Says hello.", "descriptoin"),
        ("version: 1", "version: 2", "must match the path"),
        ("name: hello", "name: bye", "must match the path"),
        ("---\nname", "name", "begins with front matter"),
        ("{% block user %}", "{% block usr %}", "block 'user' is missing"),
        ("{{ who }}", "{{ who }", "unexpected"),
        ("name: hello", "name: [", "not YAML"),
    ],
)
def test_a_malformed_prompt_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    """What is wrong with a prompt is said with its path."""
    library = _library(tmp_path, hello__v1=GOOD.replace(old, new, 1))
    with pytest.raises(PromptError, match=fault) as caught:
        library.get("hello")
    assert "v1.md" in str(caught.value)


@pytest.mark.parametrize(
    ("reference", "fault"),
    [("bye", "no prompt is called"), ("hello@9", "no prompt hello@9"), ("hello@x", "is a number")],
)
def test_an_unknown_prompt_is_named(tmp_path: Path, reference: str, fault: str) -> None:
    """A wrong name or version says what there is."""
    with pytest.raises(PromptError, match=fault):
        _library(tmp_path, hello__v1=GOOD).get(reference)


def test_the_newest_version_is_the_default_without_a_lock(tmp_path: Path) -> None:
    """A caller's own folder needs no lock."""
    library = _library(tmp_path, hello__v1=GOOD, hello__v2=GOOD.replace("version: 1", "version: 2"))
    assert library.get("hello").meta.version == 2
    assert library.has("hello")
    assert not library.has("bye")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A mistyped --prompts is the caller's mistake."""
    with pytest.raises(PromptError, match="no such folder"):
        PromptLibrary(tmp_path / "nowhere")


def test_a_broken_lock_or_file_is_an_error(tmp_path: Path) -> None:
    """Neither a lock that is not TOML nor a prompt that is not UTF-8 gets through."""
    library = _library(tmp_path, hello__v1=GOOD)
    (tmp_path / "hello" / "v1.md").write_bytes(b"\xff\xfe")
    with pytest.raises(PromptError, match="utf-8"):
        library.get("hello@1")
    (tmp_path / LOCK).write_text("=")
    with pytest.raises(PromptError, match=LOCK):
        PromptLibrary(tmp_path).get("hello")


def test_gbnf_quotes_what_a_grammar_would_read() -> None:
    """Quotes, backslashes and line ends of the notes stay inside the literal."""
    assert gbnf('a "b" \\ c\nd') == '"a \\"b\\" \\\\ c d"'


def test_the_packaged_library_is_read_once():
    """Drafts share the packaged prompts; a caller's own folder is read anew for each."""
    assert PromptLibrary.of(None) is PromptLibrary.of(None)
    assert PromptLibrary.of(None).get("thank-you") is PromptLibrary.of(None).get("thank-you@2")


def test_a_changed_prompt_of_the_caller_is_seen(tmp_path):
    """A folder of the caller's is looked at again for the next draft."""
    path = tmp_path / "hello" / "v1.md"
    path.parent.mkdir()
    text = "---\nname: hello\nversion: 1\ndescription: d\ninputs: []\ncreated: 2026-01-01\n---\n"
    for words in ("one", "two"):
        blocks = "{% block system %}" + words + "{% endblock %}{% block user %}{% endblock %}"
        path.write_text(text + blocks, "utf-8")
        assert words in PromptLibrary.of(tmp_path).get("hello").source

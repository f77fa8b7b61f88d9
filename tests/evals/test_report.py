"""The report needs nothing else, shows everything, and lets nothing run that notes hold."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
import writers
from places import DEV

EVIL = '<script>document.title="owned"</script><img src=x onerror="document.title=1">'


def _evil(parts: writers.Parts, request) -> None:
    parts["key_points"] = f"{parts['key_points']} {EVIL}"
    if "status" in request.turns[0].content[:80]:
        parts["ask"] = ""


@pytest.fixture
def report(start, tmp_path: Path) -> Path:
    """A report of drafts, and of notes, that hold HTML; in the notes a Private section too."""
    cases = tmp_path / "cases"
    cases.mkdir()
    for name in (
        "support-agent-nairobi",
        "textile-designer-surat-private",
        "actuary-pricing-panel",
    ):
        for ending in (".md", ".yaml"):
            shutil.copy(DEV / (name + ending), cases)
    notes = cases / "support-agent-nairobi.md"
    notes.write_text(
        notes.read_text("utf-8").replace("## Topics\n", f"## Topics\n- {EVIL}\n"), "utf-8"
    )
    session = start(writers.writer(_evil), cases=str(cases), kinds=(), repeats=2)
    session.execute()
    session.finish()
    return session.folder / "report.html"


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_of_notes_or_drafts_becomes_markup(report: Path) -> None:
    """The page has its own one script, and no image or handler."""
    text = report.read_text("utf-8")
    outline = _Outline()
    outline.feed(text)
    assert [tag for tag, _ in outline.tags].count("script") == 1
    assert not [a for _, attrs in outline.tags for a in attrs if a.startswith("on")]
    assert "img" not in {tag for tag, _ in outline.tags}
    assert "&lt;script&gt;" in text


def test_nothing_is_loaded_from_elsewhere(report: Path) -> None:
    """No address in a source, style or link; a policy forbids it besides."""
    text = report.read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert not re.search(r"url\(|@import", text)
    assert "default-src 'none'" in text


def test_the_private_section_is_not_in_it(report: Path) -> None:
    """Nothing that a case calls private, not even as a case's own words to look for."""
    text = report.read_text("utf-8").casefold()
    assert "fabriq" not in text
    assert "migraine" not in text
    assert "kanchi border" in text


def test_it_can_be_read_without_eyes_or_mouse(report: Path) -> None:
    """Landmarks, a label for each control and plot, headings in order, a way to skip."""
    outline = _Outline()
    outline.feed(report.read_text("utf-8"))
    names = [tag for tag, _ in outline.tags]
    assert {"header", "main", "footer", "h1"} <= set(names)
    assert names.index("a") < names.index("header")
    assert all("aria-label" in a for tag, a in outline.tags if tag == "svg")
    assert all("aria-pressed" in a for tag, a in outline.tags if tag == "button")
    assert names.count("label") == names.count("select") + names.count("input")
    ids = {a["id"] for _, a in outline.tags if "id" in a}
    named = {a["aria-labelledby"] for _, a in outline.tags if "aria-labelledby" in a}
    assert named <= ids


def test_violations_are_marked_in_the_text(report: Path) -> None:
    """The words that a rule objects to stand in a mark with the reason."""
    assert re.search(r'<mark class="required" title="[^"]+">', report.read_text("utf-8"))


CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def _page(report: Path, script: str, tmp_path: Path, width: int = 1280) -> dict:
    """Open the page with a script at its end, which leaves its findings in the title."""
    text = report.read_text("utf-8")
    page = tmp_path / "page.html"
    page.write_text(text.replace("</script>\n</body>", f"{script}\n</script>\n</body>"), "utf-8")
    done = subprocess.run(
        [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},900",
         "--virtual-time-budget=4000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    return json.loads(re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)[1])


_LEAVE = """
const pre = document.createElement("pre"); pre.id = "found";
pre.textContent = JSON.stringify(found); document.body.append(pre);
"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
def test_filters_work_in_a_browser(report: Path, tmp_path: Path) -> None:
    """Buttons and lists hide what they should, tell their state, and no note ran."""
    script = """
    const shown = () => document.querySelectorAll("article:not([hidden])").length;
    const all = shown();
    const fails = document.getElementById("failing"); fails.click();
    const failing = shown(), pressed = fails.getAttribute("aria-pressed"); fails.click();
    const kind = document.querySelector("select[data-filter=kind]");
    kind.value = "linkedin"; kind.dispatchEvent(new Event("input")); const linkedin = shown();
    const found = {all, failing, pressed, linkedin, title: document.title,
      count: document.getElementById("count").textContent};
    """
    found = _page(report, script + _LEAVE, tmp_path)
    assert 0 < found["linkedin"] < found["all"]
    assert 0 < found["failing"] <= found["all"]
    assert found["pressed"] == "true"
    assert found["title"].startswith("Eval report")
    assert found["count"] == f"{found['linkedin']} of {found['all']} shown"


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
def test_a_phone_is_wide_enough(report: Path, tmp_path: Path) -> None:
    """Opened cases and plots don't make the page scroll sideways."""
    script = """
    for (const d of document.querySelectorAll("details")) d.open = true;
    const found = {page: document.documentElement.scrollWidth, window: window.innerWidth};
    """
    found = _page(report, script + _LEAVE, tmp_path, width=500)
    assert found["page"] <= found["window"]

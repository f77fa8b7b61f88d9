"""A reading list: read from what people keep, ranked against the topics, never forced."""

import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_agent.errors import CallerError, KindError
from followup_agent.notes import load_notes
from followup_agent.reading_list import (
    FITS,
    Entry,
    formats,
    load_reading_list,
    pick,
    rank,
    suggest,
    with_resource,
)

OUTBOX = "https://example.org/outbox"
RADIO = "https://example.org/radio(s)"

NETSCAPE = f"""<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file. -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3>Reading</H3>
    <DL><p>
        <DT><A HREF="{OUTBOX}" ADD_DATE="1" ICON="data:image/png;base64,AA" TAGS="events,sql">The &quot;outbox&quot;
pattern</A>
        <DD>Dual writes &amp; events
        <DT><A HREF="javascript:alert(1)">Bookmarklet</A>
        <DT><A HREF="place:sort=8">Most visited</A>
        <DT><A>nothing</A>
    </DL><p>
    <DT><A HREF="{RADIO}"></A>
</DL><p>
"""


@pytest.fixture
def notes():
    """An interview about event-driven services and on-call rotation."""
    return load_notes(
        {
            "candidate": "Daniel Okafor",
            "company": "Lumen Health",
            "role": "Engineer",
            "interviewed": "2026-05-12",
            "interviewers": ["Priya Nair", "Tom Becker"],
            "topics": [
                "Priya: the dual-write problem between the claims database and the event stream",
                "Tom: on-call rotation, and how alerts were cut by half",
            ],
            "needs": ["a migration without downtime"],
        },
        name="notes.md",
    )


@pytest.fixture
def write(tmp_path):
    """A function that writes a list and returns its path."""

    def write(name, text):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


LISTS = [
    ("a.md", f"# Reading\n\n- [The outbox]({OUTBOX}) — dual writes\n- {RADIO}\n"),
    ("a.txt", f"The outbox: {OUTBOX} — dual writes\n{RADIO}\n"),
    ("a.md", f"see [The outbox](<{OUTBOX}>) — dual writes, or [x](#here) and [r]({RADIO})"),
    ("a.csv", f"Title,URL,Note\r\nThe outbox,{OUTBOX},dual writes\r\n,{RADIO},\r\n"),
    ("a.csv", f"\ufefftitle;url;note\nThe outbox;{OUTBOX};dual writes\n\nr;{RADIO}\n"),
    ("a.tsv", f"The outbox\t{OUTBOX}\tdual writes\n\t{RADIO}\t\n"),
    ("list", f'title,url,note\n"The outbox",{OUTBOX},dual writes\nr,{RADIO},\n'),
    ("a.json", json.dumps([{"title": "The outbox", "url": OUTBOX, "note": "dual writes"}, RADIO])),
    ("list", json.dumps({"children": [{"name": "The outbox", "uri": OUTBOX, "children": [RADIO]}]})),
    ("list", json.dumps([{"link": OUTBOX, "tags": ["a", 1], "more": [[RADIO, None, 7]]}])),
    ("a.html", NETSCAPE),
    ("list", NETSCAPE),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), LISTS)
def test_every_format_gives_the_links(write, name, text):
    """Markdown, CSV, JSON and bookmarks, by their ending or by their content."""
    assert [entry.url for entry in load_reading_list(write(name, text))] == [OUTBOX, RADIO]


def test_what_stands_beside_a_link_is_kept(write):
    """Title, note, tags and line come along; an entry without a title is called by its link."""
    first, second = load_reading_list(write("a.html", NETSCAPE))
    assert first == Entry(
        'The "outbox" pattern', OUTBOX, "Dual writes & events", tags="events sql", line=9
    )
    assert (second.title, second.note, second.line) == (RADIO, None, 16)
    entries = load_reading_list(
        write("a.csv", f"url,title,description,tags\n{OUTBOX},A\x1b B,c,d\n")
    )
    assert entries == [Entry("A B", OUTBOX, "c", "d", 2)]
    (entry,) = load_reading_list(write("a.md", f"\n- [A]({OUTBOX}): b\n"))
    assert (entry.note, entry.line) == ("b", 2)


def test_a_link_counts_once(write):
    """A link that is listed again is the one that was there first."""
    (entry,) = load_reading_list(write("a.md", f"[A]({OUTBOX})\n[B]({OUTBOX})\n"))
    assert entry.title == "A"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.md", "nothing here", "holds no http"),
        ("a.md", "", "holds no http"),
        ("a.md", "x\n- [A](https://example.org/a", ":2: has a link without its closing"),
        ("a.md", "x\n- [A](https://)", ":2: the link is not one that can be shared"),
        ("a.csv", "title,url\nA,https://a.example\nB,example.org\n", ":3: this row has no http"),
        ("a.csv", "title,url\nA\n", ":2: this row has no http"),
        ("a.csv", "A,example.org\n", ":1: this row has no http"),
        ("a.csv", 'url\n"https://a.example\n', "this is not valid CSV"),
        ("a.json", '[\n{"url": }]', ":2: this is not valid JSON"),
        ("a.json", "[" * 100_000, "cannot be read; write it flatter"),
        ("a.json", "9" * 5000, "cannot be read"),
        ("a.json", '{"url": "ftp://x"}', "holds no http"),
        ("a.html", "<A HREF='file:///etc/passwd'>x</A>", "holds no http"),
        ("a.html", "<A HREF='https://'>x</A>", "holds no http"),
        ("a.md", b"ok\n\xff\xfe", ":2: this is not UTF-8"),
    ],
)
def test_bad_files_are_named_with_their_line(write, name, text, words):
    """What cannot be used is a caller's mistake, with the line where there is one."""
    path = write(name, text)
    with pytest.raises(CallerError) as caught:
        load_reading_list(path)
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)


def test_files_that_are_none(tmp_path):
    """A missing file, a folder and an impossible name are told."""
    for path in (tmp_path / "missing.md", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(CallerError, match="the reading list cannot be read: "):
            load_reading_list(path)


def test_lists_have_bounds(write, monkeypatch):
    """Neither a huge file nor endless links are read."""
    monkeypatch.setattr(formats, "MOST_BYTES", 2**20)
    with pytest.raises(CallerError, match="larger than 1 MiB"):
        load_reading_list(write("a.md", "x" * (2**20 + 1)))
    monkeypatch.setattr(formats, "MOST_ENTRIES", 1)
    with pytest.raises(CallerError, match="more than 1 links"):
        load_reading_list(write("a.md", f"{OUTBOX}\n{RADIO}\n"))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.text(st.sampled_from('[]()<>"=,;:{}\n\r\t hA/ahref-https://x.ex') | st.characters()),
    name=st.sampled_from(["a.md", "a.csv", "a.json", "a.html", "a"]),
)
def test_any_text_is_read_or_refused(tmp_path, text, name):
    """No file ends in anything but links or a caller's mistake."""
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        entries = load_reading_list(path)
    except CallerError:
        return
    assert all(entry.url.lower().startswith(("http://", "https://")) for entry in entries)
    assert all(entry.title and entry.title.isprintable() for entry in entries)


SHARED = [
    Entry("Sourdough at home", "https://example.org/bread"),
    Entry("Dual writes, and how an event stream avoids them", OUTBOX),
    Entry("Alert fatigue", "https://example.org/on-call-alerts-rotation"),
    Entry("The best team meeting ever", "https://example.org/team"),
]


def test_what_fits_comes_first(notes):
    """Entries are ranked by the topic that they fit best, with the words that match."""
    first, second, *rest = rank(SHARED, notes)
    assert first.entry.url == OUTBOX
    assert set(first.words) == {"Dual", "writes", "event", "stream"}
    assert first.topic.text.startswith("the dual-write problem")
    assert "Alert" in second.words
    assert (first.fits, second.fits) == (True, True)
    assert not any(match.fits for match in rest)


def test_common_words_prove_nothing(notes):
    """Words of any interview, numbers, and one single word are no fit."""
    common = Entry("A problem: 60 team meetings", "https://example.org/a")
    one = Entry("Claims", "https://example.org/b")
    first, second = rank([common, one], notes)
    assert first.entry is one
    assert (first.count, first.fits) == (1, False)
    assert second.score < FITS


def test_bm25_by_hand(notes):
    """The score is that of the paper's formula: rarer words more, long entries less."""
    short = Entry("dual stream", "https://e.org/")
    long = Entry("dual stream " + "bread butter flour oven tray " * 4, "https://e.org/1")
    twice = Entry("dual dual stream", "https://e.org/2")
    scores = {m.entry.url: m.score for m in rank([short, long, twice], notes)}
    assert scores["https://e.org/2"] > scores["https://e.org/"] > scores["https://e.org/1"]
    # Alone, an entry is as long as the mean, and each of its two rare words is in one of 50.
    (alone,) = rank([short], notes)
    assert alone.score == pytest.approx(2 * math.log(1 + 49.5 / 1.5))


def test_a_score_means_the_same_in_a_long_list(notes):
    """A thousand entries that do not fit make the one that does fit neither better nor worse."""
    noise = [Entry(f"bread{n} flour{n} oven{n}", f"https://e.org/{n}") for n in range(1000)]
    few, many = (rank([SHARED[1], *noise[:count]], notes)[0] for count in (49, 1000))
    assert few.entry == many.entry == SHARED[1]
    assert many.score == pytest.approx(few.score, rel=0.4)


def test_nothing_to_rank(notes):
    """An empty list has no best entry, and entries without words no score."""
    assert rank([], notes) == []
    assert rank([Entry("?!", "https://e.org")], notes)[0].score == 0


def test_the_three_best_are_suggested(write, notes):
    """At most three, numbered, with the reason; the first is picked, or the one named."""
    rows = [f"- [Dual writes and event streams {n}](https://e.org/{n})" for n in range(4)]
    found = suggest(write("a.md", "\n".join(rows)), notes)
    assert len(found.best) == 3
    assert found.lines[0].startswith("1. Dual writes and event streams 0 <https://e.org/0> (")
    assert ": Dual, event, streams, writes, for “" in found.lines[0]
    assert pick(found).url == "https://e.org/0"
    assert pick(found, 3).url == "https://e.org/2"
    for number in (0, 4):
        with pytest.raises(KindError, match=f"3 entries fit, so --resource {number}"):
            pick(found, number)


def test_the_resource_says_why(write, notes):
    """The list's own note is kept; without one the topic says why it fits."""
    text = f"- [Dual writes]({OUTBOX}) — event streams\n"
    found = suggest(write("a.md", text), notes)
    assert pick(found).note == "event streams"
    with pytest.raises(KindError, match="one entry fits, so --resource 2 names none"):
        pick(found, 2)
    bare = suggest(write("b.md", f"[Dual writes and event streams]({OUTBOX})"), notes)
    assert pick(bare).note == notes.topics[0].text


def test_nothing_is_forced(write, notes):
    """Below the score nothing is suggested, and the nearest is named with its score."""
    with pytest.raises(KindError, match=r"nothing in it fits the topics of notes\.md \(no word"):
        suggest(write("a.md", "[Sourdough](https://example.org/bread)"), notes)
    with pytest.raises(KindError, match=r"nearest is “Claims” with a score of \d\.\d where 4\.0"):
        suggest(write("a.md", "[Claims](https://example.org/x)"), notes)


def test_notes_with_a_resource(write, notes):
    """The notes get the resource, and their facts know of it."""
    before = len(notes.facts)
    resource = pick(suggest(write("a.md", f"[Dual writes, event streams]({OUTBOX})"), notes))
    more = with_resource(notes, resource)
    assert more.resources == (resource,)
    assert notes.resources == ()
    assert len(more.facts) == before + 3
    assert any(fact.text == OUTBOX for fact in more.facts)

"""What a message shares, why it fits, and the invitation to connect."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.evidence import doing, says
from followup_agent.guide.grounding.links import links_in
from followup_agent.guide.message import Part
from followup_agent.guide.reading import Sentence
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role, certainty_of
from followup_agent.guide.topics import rarity, stems_of, topics_in
from followup_agent.kinds import Kind

#: A title before its link, and how far before it that may begin.
_QUOTED_TITLE = re.compile(r"[“\"](?P<title>[^“”\"\n]+)[”\"],?\s*[(<\[:–—-]*\s*\Z")
_TITLE = 200
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
#: Nouns for things that are read, watched, heard or used.
_THING = Anycase(
    r"\b(?:article|how-to|guide|handbook|paper|report|stud(?:y|ies)|essay|book|booklet|podcast|video"
    r"|blog|chapter|webinar|toolkit|"
    r"pamphlet|leaflet|film|documentary|series|newsletter|resource|template|tool|whitepaper"
    r"|case stud(?:y|ies)|review|"
    r"walk-?through|digest|tutorial|data ?set|checklist|slides|manual|lecture|recording|column"
    r"|interview with|story|piece|"
    r"white paper|talk by|talk on|talk about|survey|benchmark|framework|library|course|magazine"
    r"|journal|brief|briefing|write-?up|"
    r"post (?:on|about|by)|summary|primer|playbook|cheat sheet|map|plugin|app|demo|repo"
    r"|repository|presentation|guidance|"
    r"guidelines|standard|policy|research|analysis|overview|round-?up|exhibition|catalogue"
    r"|drawing|pattern|recipe|poster|gallery|worksheet|spreadsheet|infographic|diagram|directory"
    r"|lesson plan|case history|white-paper|animation|fact ?sheet|field notes|lookbook)s?\b"
    r"|\b(?:write|writes|wrote|written)\b[^.?!]{0,30}\b(?:about|on|by)\b"
    r"|\b(?:walks? (?:you |one |the reader )?through|sets? out how|shows? how|explains? how"
    r"|tells? how|step by step)\b",
)
#: Said beside the link these name a thing too; elsewhere they may be anything.
_THING_BESIDE = Anycase(
    r"\b(?:read|parts?|pages?|sections?|introduction|accounts?|history|histories|lists?"
    r"|collections?|archives?|threads?|sites?|website|notes|figures|statistics|calculators?"
    r"|databases?|kits?|methods?|findings|listening|plans?|tips|advice|entry|entries|feature|photographs?|tables?"
    r"|interviews?|broadcast|programme|episode|excerpt|extract|abstract|glossary|chart|charts)\b",
)
#: Some word of these is in every reason.
_REASON = Anycase(
    r"\b(?:you|your|yours|we|our|same|exact\w*|very|because|since|as|relevan\w+|useful\w*|help\w*"
    r"|interest\w*|remind\w*|fit\w*|match\w*|similar\w*|appl\w+|worth|close\w*|sav\w+|spar\w+|handy"
    r"|just|think|thought|mind|needs?|suit\w*|bear\w*|concern\w*|answer\w*|touch\w*|problem|question|point)\b",
)
#: What the reader told: whatever is shared beside it is shared for it.
_TOLD = Anycase(
    r"\byou(?: had| have|['’]d|['’]ve)? (?:\w+ )?(?:describ\w+|mention\w*|rais\w+|ask\w*|told"
    r"|said|brought up"
    r"|wish\w*|wanted|worr\w+"
    r"|were (?:\w+ )?(?:describing|asking|talking|wishing|looking|wondering))\b",
)
#: Use to the reader, with its reason.
_USE = Anycase(
    r"\b(?:of (?:\w+ )?(?:use|help|interest|service|value)|useful|helpful|relevant|handy) (?:to"
    r"|for) "
    r"(?:you|your)\b.{0,80}\b(?:since|because|as|given|when)\b",
    re.DOTALL,
)
_READER = Anycase(r"\b(?:you|your|yours|we|our|us)\b")
_TELLING = 2  # words of the notes on a resource that say what it is
_SURE = 0.45  # how sure a reason must be: what is shared is seldom praised for nothing
_INVITES = Anycase(
    r"\b(?:connect|connected|link(?:ed)? up)\b(?! (?:the|a|an|two|three|\d+|with (?:the "
    r"|a )?(?:patient|customer|client|student|pupil|reader|audience|user)))"
    r"(?: with you| here| on linkedin|\?|\.|!|,|$| and| so| -| –| —)"
    r"|\b(?:join|joining|part of|add you to|in|into) (?:your|my) (?:\w+ ){0,2}(?:network"
    r"|connections|contacts|circle)\b"
    r"|\b(?:have|count|include) you as an? (?:contact|connection)\b"
    r"|\baccept (?:my|this|the) (?:\w+ )?(?:request|invitation|invite)\b"
    r"|\b(?:stay|keep|staying|keeping|be|remain) (?:in touch|connected)\b"
    r"(?! when| if| once| with (?:the )?news)",
)


@rule(
    "resource",
    kinds=[Kind.VALUE_ADD],
    part=Part.RESOURCE,
    ask="Give the resource's link exactly as in the notes, and say what it is: its title or sort.",
    place="4. Offer Value: mention it in your follow-up",
)
def resource(case: Case) -> Iterable[Finding]:
    """The resource's link is not there exactly, has another title, or nothing says what it is."""
    links = [(link.start, link.end) for link in links_in(case.reading.text)]
    shared = [span for span in links if _is_resource(case, case.reading.text[slice(*span)])]
    if not shared:
        yield Finding(f"the resource's link is missing: add {_known(case)}")
    elif wrong := _mistitled(case, shared):
        yield wrong
    elif not _described(case):
        yield Finding(
            "nothing says what the link leads to: name its title or what it is", shared[0]
        )


def _mistitled(case: Case, shared: list[tuple[int, int]]) -> Finding | None:
    """A title in quotation marks right before a link that is not the title of what it leads to."""
    text = case.reading.text
    for start, end in shared if case.notes else ():
        quoted = _QUOTED_TITLE.search(text, max(0, start - _TITLE), start)
        if quoted is None:
            continue
        known = [r for r in case.notes.resources if r.url == text[start:end]] if case.notes else []
        words = set(stems_of(quoted["title"]))
        if not any(words <= set(stems_of(f"{r.title} {r.note or ''}")) for r in known):
            return Finding(
                f"the link leads to “{known[0].title}”: give that title", quoted.span("title")
            )
    return None


def _is_resource(case: Case, link: str) -> bool:
    if case.notes is None:
        return "@" not in link
    return any(link == resource.url for resource in case.notes.resources)


def _known(case: Case) -> str:
    resources = case.notes.resources if case.notes else ()
    return resources[0].url if resources else "the address, so that the reader can open it"


def _described(case: Case) -> bool:
    body = _LINK.sub(" ", case.reading.body)
    talked = (
        {s for topic in case.notes.topics for s in stems_of(topic.text)} if case.notes else set()
    )
    if _named_in(case, body, talked):
        return True
    said = set(stems_of(body))
    resources = case.notes.resources if case.notes else ()
    titles = [set(stems_of(resource.title)) for resource in resources]
    if any(title and len(title & said) > len(title) / 2 for title in titles):
        return True
    # In the link's own sentence a word of the title tells enough: "on ramps in tidal harbours".
    told = {s for _, text in _linking(case) for s in stems_of(text)}
    if any(not title.isdisjoint(told) for title in titles):
        return True
    # Of the notes' words on it two do, unless any talk with the reader holds them.
    about = [{s for s in stems_of(r.note or "") if rarity(s)} - talked for r in resources]
    return any(len(words & told) >= _TELLING for words in about)


def _named_in(case: Case, body: str, talked: set[str]) -> bool:
    """Whether a word says what is shared, other than one of what was talked about anyhow.

    "Branches hold exit interviews" names no thing to read, where exit interviews were the topic.
    """
    own = [text for _, text in _linking(case)]
    if any(_THING.search(text) or _THING_BESIDE.search(text) for text in own):
        return True
    found = [*_THING.finditer(body)]
    found += [m for text in _beside_links(case) for m in _THING_BESIDE.finditer(text)]
    return any(not talked or talked.isdisjoint(stems_of(match.group())) for match in found)


def _linking(case: Case) -> Iterator[tuple[int, str]]:
    """The sentences that hold a link, without it, and their numbers."""
    for number, sentence in enumerate(case.reading.sentences):
        if _LINK.search(sentence.text):
            yield number, _LINK.sub(" ", sentence.text)


def _beside_links(case: Case) -> Iterator[str]:
    """The sentences that hold a link and their neighbours, all of them without links."""
    for number, _ in _linking(case):
        for sentence in case.reading.sentences[max(0, number - 1) : number + 2]:
            yield _LINK.sub(" ", sentence.text)


@rule(
    "relevance",
    kinds=[Kind.VALUE_ADD],
    part=Part.RELEVANCE,
    ask="Say in a sentence why the resource fits what was discussed or what the reader needs.",
    place="4. Offer Value: related to your discussion",
)
def relevance(case: Case) -> Iterable[Finding]:
    """Nothing says why it fits what was discussed."""
    said = [s for s in doing(case, Role.RELEVANCE, _SURE) if _REASON.search(s.text)]
    if said or any(says(case, _TOLD)) or any(says(case, _USE)) or any(_ties(case)):
        return
    yield Finding("nothing says why it fits: tie it to what the reader told you or needs")


def _ties(case: Case) -> Iterator[Sentence]:
    """Sentences that put a topic to the reader, or recall it: "the dual writes you described"."""
    if case.notes is None:
        return
    titles = {s for r in case.notes.resources for s in stems_of(r.title)}
    for topic, sentence in topics_in(case.notes, case.reading.sentences, ("topics", "needs")):
        beyond = topic.weights.keys() & set(stems_of(sentence.text)) - titles
        back = certainty_of(sentence.text)[Role.REFERENCE] >= 0.5
        if beyond and (back or _READER.search(sentence.text)):
            yield sentence


@rule(
    "invitation",
    kinds=[Kind.LINKEDIN],
    part=Part.INVITATION,
    ask="Ask to connect, as in “I would be glad to connect with you here.”",
    place="2. Connect on LinkedIn: a personalized connection request",
)
def invitation(case: Case) -> Iterable[Finding]:
    """Does not ask to connect."""
    if not (any(doing(case, Role.INVITATION)) or any(says(case, _INVITES))):
        yield Finding("the invitation is missing: ask to connect")

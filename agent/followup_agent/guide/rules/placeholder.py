"""Placeholders: no blank of a template is left in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from followup_agent.guide.case import Case
from followup_agent.guide.phrases import Phrases, tokens
from followup_agent.guide.registry import Finding, rule

# What stands between brackets is at most 80 characters on one line, without another bracket.
_BLANKS = re.compile(
    r"\[(?P<square>[^\[\]\n]{1,80})\](?!\()|(?<![\w/])<(?P<angle>[^<>\n]{1,60})>"
    r"|\$?\{{1,3}(?P<brace>[^{}\n]{1,60})\}{1,3}|«(?P<guillemet>[^«»\n]{1,60})»"
    r"|\((?P<round>[^()\n]{1,60})\)|(?<!\w)%%?(?P<percent>[A-Z_]{3,40})%%?(?!\w)"
    r"|\*\|(?P<merge>\w{1,40})\|\*"
)
_RUNS = re.compile(
    r"_{3,}|(?<![\w&])(?:X{3,8}|x{4,8})(?![\w-])|(?<![.\w])\.{6,}|\?{4,}"
    r"|(?<![\w:])(?:XX[:/-]){1,3}XX(?!\w)|\b(?:DD|MM)[/.-](?:MM|DD)(?:[/.-]Y{2,4})?\b"
)
_WORDS = re.compile(
    r"(?<![\w@#/.-])(?:TODO|TO-DO|FIXME|TBD|TBA|TKTK|TK|XX|xxx"
    r"|lorem ipsum|Lorem [Ii]psum|LOREM IPSUM)(?![\w/-])"
)
_CODE = re.compile(r"`[^`\n]{1,200}`")
_ASIDE = re.compile(
    r"sic|laughs?|laughter|emphasis.*|my italics|my emphasis|…|\.\.\.|x|\d[\d\s,.–-]*|[ivxlc]+",
    re.IGNORECASE,
)
_KEY = frozenset(
    "name date company role position title topic interviewer interviewers "
    "recipient insert your their specific mention team manager link phone number "
    "email e-mail hiring job field skill skills project detail details here day "
    "time month year firstname lastname first last surname address organisation "
    "organization employer business department product url website example "
    "placeholder fill add describe something x xx xxx candidate sender signature "
    "greeting subject point conversation week industry city location school".split()
)
#: What a note to oneself begins with: "(add link here)".
_TO_ONESELF = frozenset("insert add put include attach fill paste mention".split())
_HTML = frozenset(
    "b i u p br em strong a div span html body ul li ol h1 h2 h3 hr code pre table "
    "tr td img".split()
)
_ROMAN_BEFORE = frozenset(
    "chapter volume part section bowl article title annex louis class type act "
    "book schedule appendix century games olympiad".split()
)
_ROMAN_AFTER = frozenset("chromosome chromosomes olympiad century".split())


@rule(
    "placeholder",
    ask="Fill every blank from the notes, or write the sentence without it: no brackets, no TODO, "
    "no XXX.",
    place="Required of every message: No placeholder",
)
def placeholder(case: Case) -> Iterable[Finding]:
    """A blank of a template, or a note to oneself."""
    text = case.reading.text
    end = 0
    for span in sorted(_found(case, _CODE.sub(lambda m: " " * len(m.group()), text))):
        words = text[slice(*span)]
        if span[0] >= end and not _in_notes(case, words):
            end = span[1]
            yield Finding(
                f"“{words}” is a placeholder: fill it in, or leave the sentence out", span
            )


def _found(case: Case, text: str) -> Iterator[tuple[int, int]]:
    for match in _BLANKS.finditer(text) if any(c in text for c in "[<{«(%*") else ():
        shape, inside = match.lastgroup, match[match.lastgroup or 0]
        if _is_blank(shape, inside.strip(), text, match.start()):
            yield match.span()
    runs = any(c in text for c in ("___", "XX", "xxx", "....", "????", "MM", "DD"))
    for match in _RUNS.finditer(text) if runs else ():
        if not (match.group().isalpha() and _is_roman(text, match)):
            yield match.span()
    notes_to_self = any(c in text for c in ("TO", "FIXME", "TB", "TK", "XX", "xxx", "orem", "OREM"))
    for match in _WORDS.finditer(text) if notes_to_self else ():
        if match.group() != "XX" or not _is_roman(text, match):
            yield match.span()
    yield from _phrases_found(case, text)


def _is_blank(shape: str | None, inside: str, text: str, start: int) -> bool:
    keys = [token.key for token in tokens(inside)]
    if not keys or not any(c.isalpha() for c in inside):
        return False
    if shape in {"percent", "merge"}:
        return True
    named = (
        not _KEY.isdisjoint(part for key in keys for part in re.split(r"['-]", key))
        or "_" in inside
    )
    if shape in {"round", "guillemet"}:
        return named and (keys[0] in _TO_ONESELF or inside.casefold() in _round_blanks())
    if shape == "angle":
        link = "@" in inside or "://" in inside or inside.startswith(("www.", "/", "!"))
        return (
            not link
            and not inside[0].isdigit()
            and keys[0] not in _HTML
            and (named or len(keys) < 5)
        )
    before = text[start - 1 : start]
    if before.isalnum() or (shape == "square" and _ASIDE.fullmatch(inside)):
        return False
    quoted = text.count("“", max(0, start - 300), start) > text.count(
        "”", max(0, start - 300), start
    )
    return named or (not quoted and len(inside) > 2)


@lru_cache(maxsize=1)
def _round_blanks() -> frozenset[str]:
    return frozenset(
        "name,date,company,company name,your name,role,position,job "
        "title,insert,topic,title,interviewer,interviewer name,interviewer's "
        "name,phone,email,link,insert name,insert date,specific topic,project "
        "name,your phone number,your title,their name,recipient".split(",")
    )


def _is_roman(text: str, match: re.Match[str]) -> bool:
    """Whether XX or XXX counts kings, chapters or chromosomes."""
    near = tokens(text, (max(0, match.start() - 24), match.start()))
    after = tokens(text, (match.end(), min(len(text), match.end() + 24)))
    return bool(near and near[-1].key in _ROMAN_BEFORE) or bool(
        after and after[0].key in _ROMAN_AFTER
    )


@lru_cache(maxsize=1)
def _templates() -> Phrases:
    return Phrases.load("placeholders.txt")


def _phrases_found(case: Case, text: str) -> Iterator[tuple[int, int]]:
    signature = case.reading.signature or (len(text), len(text))
    for start, end in _templates().find(text, tokens(text)):
        words = text[start:end]
        title = all(word[:1].isupper() for word in words.split())
        alone = signature[0] <= start and not text[signature[0] : start].strip()
        if title or alone or words.casefold().startswith(("insert ", "fill in ")):
            yield start, end


def _in_notes(case: Case, words: str) -> bool:
    return case.notes is not None and any(words in fact.text for fact in case.notes.facts)

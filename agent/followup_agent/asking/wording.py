"""Turn jottings into phrases that fit into a sentence to their reader.

A small model copies well and rephrases badly: "they cut alerts by half" must be
"you cut alerts by half" before it sees it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.terms import PEOPLES
from followup_agent.guide.mechanics import has_wrong_article
from followup_agent.guide.wordforms import is_plural, parts_of_speech
from followup_agent.notes.attribution import fold
from followup_agent.notes.model import Interviewer, InterviewNotes


def replacing(rows: Iterable[tuple[str, str]]) -> Callable[[str], str]:
    """What puts a word for each pattern of a text, in turn and whatever the case.

    Args:
        rows: A regular expression and its word, each.
    """
    compiled = [(re.compile(pattern, re.IGNORECASE), word) for pattern, word in rows]

    def replaced(text: str) -> str:
        for pattern, word in compiled:
            text = pattern.sub(word, text)
        return text

    return replaced


_SECOND_PERSON = (
    (r"they're|they are", "you're"),
    (r"they've|they have", "you've"),
    (r"they'll|they will", "you'll"),
    (r"they'd", "you'd"),
    (r"they", "you"),
    (r"their", "your"),
    (r"theirs", "yours"),
    (r"themselves", "yourselves"),
)
_they_to_you = replacing((rf"\b(?:{old})\b", new) for old, new in _SECOND_PERSON)
_THEY = re.compile(r"\bthe(?:y|ir|irs|mselves)\b", re.IGNORECASE)
#: Of whom or what a "they" after it is said; plurals are found by their form.
_ANTECEDENT = re.compile(
    r"\b(?:people|children|staff|families|folk|folks|police|men|women|kids|each|every|everyone|someone|anyone|"
    r"nobody|whoever|who|family|couple|crowd|class|child|patient|client|customer|guest|visitor|user|"
    r"owner|driver|pupil|student)\b",
    re.IGNORECASE,
)
#: Somebody besides: "she played me a call, an old man …, how the agent calmed him".
_ANOTHER = re.compile(
    rf"{_ANTECEDENT.pattern}|\b(?:man|woman|boy|girl|lady|guy|father|mother|son|daughter|brother|"
    r"sister|husband|wife|boss|manager|colleague|agent|predecessor|founder|tenant|resident)\b",
    re.IGNORECASE,
)
_MEASURES = frozenset(
    "seconds minutes mins hours hrs days weeks wks months years yrs tonnes tons miles metres "
    "meters feet inches times percent points".split()
)
#: Where a new thought begins, "they" are the interviewers again: "two ovens; they fire both".
_NEW_THOUGHT = re.compile(r"[;:–—]\s*$")
#: Or at a comma, if they do what only people do.
_COMMA = re.compile(r",(?: so| and| but)?\s*$")
_DOING = re.compile(
    r"they(?:['’](?:d|ll))? (?:want|need|give|ask|use|reuse|make|pay|put|do|don['’]t|ship|treat|"
    r"say|try|plan|hope|work|never|prefer|hire|train|teach|sell|buy|send|reject|refuse|let|keep|"
    r"smoke|like)\b",
    re.IGNORECASE,
)
_SINGULAR = {
    "he": "you", "she": "you", "his": "your", "her": "your", "him": "you", "hers": "yours",
    "himself": "yourself", "herself": "yourself",
}  # fmt: skip
#: "it surprised her most", "told her that": no "your".
_HER_ALONE = re.compile(
    r"\bher\b(?=\W|$)(?! [\w'’-])"
    r"|\bher\b(?= (?:to|at|in|on|with|for|from|by|about|of|and|or|but|that|when|while|if|how|why|"
    r"what|as|because|so|then|an?|the|most|more|too|back|again|up|down|off|out|into|over|there|here|"
    r"yet|every|this|these|last|next|both|all|not|now)\b)",
    re.IGNORECASE,
)
_SHE, _HE = (
    re.compile(rf"\b(?:{one})\b", re.IGNORECASE)
    for one in ("she|hers?|herself", "he|his|him|himself")
)
_SINGULAR_VERB = re.compile(
    r"\b(?P<who>he|she)(?:['’]s\b(?! (?:been|got)\b)"
    r"| (?P<adverb>(?:always|often|never|still|also|now|only|just"
    r"|sometimes|usually|rarely) )?(?P<verb>(?!always|sometimes|perhaps|nowadays|this|us|as"
    r"|thus|plus|less)\w+s)\b)",
    re.IGNORECASE,
)
_PLURAL_OF = {"is": "are", "was": "were", "has": "have", "does": "do"}
#: A jotting without its subject: "wants scripts gone by summer". None of these is a noun.
_WHAT_THEY_DO = re.compile(
    r"(?:wants|needs|thinks|hopes|likes|prefers|hates|loves|listens|worries|believes|expects|tries"
    r"|feels|keeps|(?:has|is|was|does)(?! (?:I|you|he|she|it|we|they|there|that|this)\b)"
    r"|works(?= (?:in pairs|alone|nights|with|from home|as|by)\b))\b",
    re.IGNORECASE,
)
_ABOUT_ONE = re.compile(r"(?:(?:how|why|what|when|where|whether) )?(?:he|she)\b", re.IGNORECASE)
_SAYS = (
    r"(?:said|mentioned|explained|told(?: me| us|(?= (?:that|how|why|what|about)\b))|described"
    r"|noted|asked)\s+(?:that\s+)?"
)
_NAME_SAYS = re.compile(rf"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}) {_SAYS}")
_ALIKE = 0.8  # difflib's ratio of two spellings of one name
_SAID = re.compile(rf"^(?:(?:she|he|they|you)\s+)?{_SAYS}", re.IGNORECASE)
_CLAUSE_OF_YOU = re.compile(r"(?:you|you're|you've|you'll|you'd)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|has|have|had|will|won't|can|can't|cannot|could|would|"
    r"should|must|may|might|do|does|did|don't|doesn't|didn't|gets?|goes|keeps?|needs?|wants?|"
    r"used to|it's|that's|there's|there)\b|\w+n't\b",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:the|a|an|your|our|their|every|each|both|some|more|fewer|better|two|three|four|\d+)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r", (?!(?:who|which|that|where|when|and|but|so|because)\b).*")
_PREPOSED = re.compile(
    r"(?:[\w'’-]+ ){1,4}of\b"
    r"|[\w'’-]+s? (?:to|for|in|on|with|at|from|between|against|by|after)\b"
)
#: "moving handover to the bedside"; not "onboarding drops 38 % at the selfie step", a clause.
_GERUND = re.compile(
    r"(?:not )?[a-z]{2,}ing\b(?! (?:is|was|has|throws|\w+s (?:by )?\d))", re.IGNORECASE
)
_VERB_LIKE = re.compile(r"\b\w{2,}ed\b")
_SENTENCES = re.compile(r"[?!;:]|\. ")
_QUESTION = re.compile(r"(?:how|why|what|whether|where|when)\b", re.IGNORECASE)
_PAST = re.compile(
    r"(?:\w{3,}ed|ran|led|built|taught|wrote|set|cut|kept|made|grew|sold|won|held|drew|spent|"
    r"brought|took|gave|put|rebuilt|oversaw|began|drove|did|found|got|rewrote|shipped|split)\b"
)
_ING = re.compile(r"\w+ing\b")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty)"
)
_TENURE = re.compile(
    rf"(?:a|an|my|the) |{_NUMBER}(?: and a half)? (?:[\w-]+ )?(?:years?|yrs?|months?|seasons?)\b",
    re.IGNORECASE,
)
_TERM = re.compile(rf"{_NUMBER}-(?:year|month|week|day)\b", re.IGNORECASE)
_STANDING = re.compile(
    r"(?:licensed|certified|qualified|registered|chartered|experienced|accredited|skilled|"
    r"board-certified|newly qualified) (?!in |as |for |with |by )",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"(?:native|fluent|speak|bilingual|trilingual)\b", re.IGNORECASE)


def when(interviewed: dt.date | dt.datetime, today: dt.date, country: str | None) -> str:
    """How to speak of the interview on a later day: "yesterday", "on Tuesday", "on 12 May"."""
    date = interviewed.date() if isinstance(interviewed, dt.datetime) else interviewed
    days = (today - date).days
    if days == 0:
        if isinstance(interviewed, dt.datetime):
            return "this morning" if interviewed.hour < 12 else "this afternoon"
        return "today"
    if days == 1:
        return "yesterday"
    if 1 < days < 7:
        return f"on {date:%A}"
    return f"on {calendar_day(date, today, country)}"


def calendar_day(date: dt.date, today: dt.date, country: str | None) -> str:
    """12 May, or May 12 in America; with the year where it is another."""
    american = country in {"US", "PH", "CA"}
    text = f"{date:%B} {date.day}" if american else f"{date.day} {date:%B}"
    if date.year == today.year:
        return text
    return f"{text}, {date.year}" if american else f"{text} {date.year}"


def decision(notes: InterviewNotes, today: dt.date) -> str | None:
    """When they said they would decide, as words for after "you would decide"."""
    if notes.decision_by is not None:
        return f"by {calendar_day(notes.decision_by, today, notes.country)}"
    for item in notes.timeline:
        if match := _SPAN.search(item.text):
            return match.group().strip()
    for item in notes.timeline:
        if match := _BARE_END.search(item.text):
            return f"at the {match['end']} of {match['which'] or 'the '}{match['span']}".lower()
        if match := _BARE_SPAN.search(item.text):
            return f"in about {lower_first(match.group())}"
    return None


_SPAN = re.compile(
    r"\b(?:within|in|by|before|after|around|on|at|early|mid|late|next|this)\s+(?:[\w-]+\s+){0,4}?"
    r"(?:days?|weeks?|weekends?|fortnight|months?|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"\d{1,2}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december))?)\b",
    re.IGNORECASE,
)
#: A span that nothing says the beginning of: "two weeks, letter either way".
_BARE_SPAN = re.compile(
    rf"\b(?:an? |{_NUMBER}(?:(?: to |[–-]| or ){_NUMBER})? )(?:working |business )?"
    r"(?:days?|weeks?|wks?|fortnight|months?)\b",
    re.IGNORECASE,
)
_BARE_END = re.compile(
    r"\b(?P<end>end|start|beginning|middle) of (?P<which>the |this |next )?"
    r"(?P<span>week|month|quarter|term|year)\b",
    re.IGNORECASE,
)


def to_you(text: str, person: Interviewer, *, own: bool = False) -> str:
    """A jotting about the interviewers, spoken to one of them.

    "Priya wants …" and "they want …" become "you want …". Pronouns of a single person
    change only where the jotting begins with one: elsewhere "she" may be a third.

    Args:
        text: The jotting.
        person: Whom the message is written to.
        own: Whether they raised it themselves: "brokers say her quotes take 3 days" is of them
            then, if nobody else is in it whom "her" may be said of.
    """
    whole = text.strip().rstrip(".;")
    said = _SAID.match(whole) or says(person, whole)
    phrase = whole[said.end() :].strip() if said else whole
    if (one := _ABOUT_ONE.match(phrase)) and not _contrasts(said, one):
        phrase = _one_to_you(phrase, one.end())
    elif own and (one := _of_one(phrase)) and not _names_another(phrase[: one.start()]):
        phrase = phrase[: one.start()] + _one_to_you(phrase[one.start() :], len(one.group()))
    if theirs := _WHAT_THEY_DO.match(phrase):
        phrase = f"you {_plain_verb(theirs.group().lower())}{phrase[theirs.end() :]}"
    names = {person.name, person.name.split()[0], *(filter(None, [person.preferred]))}
    for name in sorted(names, key=len, reverse=True):
        phrase = re.sub(rf"\b{re.escape(name)}(?:'s|’s)(?!\w)", "your", phrase)
    they = _THEY.search(phrase)
    if they and _are_the_interviewers(phrase, they.start()):
        end = _others_come(phrase, they.end())
        phrase = _they_to_you(phrase[:end]) + phrase[end:]
    return lower_first(phrase)


def _of_one(phrase: str) -> re.Match[str] | None:
    """The first "she" or "his" of a jotting that speaks of one person alone."""
    she, he = _SHE.search(phrase), _HE.search(phrase)
    return None if she and he else she or he


def _names_another(before: str) -> bool:
    """Whether somebody is named of whom a "she" after it may be said: "a nurse", "Lin"."""
    people = parts_of_speech()["person"]
    names = (w for w in _WORDS.findall(before) if w.istitle() and not is_english(w.casefold()))
    return any(names) or any(w in people for w in _WORDS.findall(before.casefold()))


def _plain_verb(verb: str) -> str:
    """The form after "you" of a verb that stands after "she"."""
    if verb in _PLURAL_OF:
        return _PLURAL_OF[verb]
    if re.search(r"\w{2}ies$", verb):
        return f"{verb[:-3]}y"
    return verb[: -2 if re.search(r"(?:ch|sh|ss|x|zz|us|o)es$", verb) else -1]


def says(person: Interviewer, text: str) -> re.Match[str] | None:
    """``Katrina McAskill said that``, if a jotting begins so: by what is all but the name."""
    said = _NAME_SAYS.match(text)
    if said is None:
        return None
    firsts = {person.name.split()[0], person.preferred}
    alike = SequenceMatcher(a=fold(said["name"]), b=fold(person.name)).ratio() >= _ALIKE
    return said if alike or said["name"].split()[0] in firsts else None


def _contrasts(said: re.Match[str] | None, one: re.Match[str]) -> bool:
    """Whether "she" said it and "he" is another: "she told me how he ran the ward"."""
    if said is None:
        return False
    return {said.group().split()[0].lower(), one.group().split()[-1].lower()} == {"he", "she"}


def _one_to_you(phrase: str, opened: int) -> str:
    """The same of a jotting that begins with "she": up to where another comes."""
    other = _ANOTHER.search(phrase, opened)
    end = other.end() if other else len(phrase)
    theirs, rest = _SINGULAR_VERB.sub(_plural, phrase[:end]), phrase[end:]
    theirs = _HER_ALONE.sub("you", theirs)
    same = _SHE if _SHE.search(phrase[:opened]) else _HE
    return same.sub(lambda m: _SINGULAR[m.group().lower()], theirs) + rest


def _are_the_interviewers(phrase: str, they: int) -> bool:
    """Whether the first "they" of a jotting is not said of others that it names before."""
    before, rest = phrase[:they], phrase[they:]
    plurals = (word for word in _WORDS.findall(before.casefold()) if is_plural(word))
    if not _ANTECEDENT.search(before) and not any(word not in _MEASURES for word in plurals):
        return True
    if _NEW_THOUGHT.search(before):
        return True
    return bool(_COMMA.search(before) and _DOING.match(rest))


def _others_come(phrase: str, after: int) -> int:
    """Where people are named of whom a later "they" is said: "they treat the family too"."""
    others = _ANTECEDENT.search(phrase, after)
    return others.end() if others else len(phrase)


def _plural(match: re.Match[str]) -> str:
    verb = match["verb"]
    return f"you {match['adverb'] or ''}{_plain_verb(verb.lower())}" if verb else "you're"


_LEVELS = ("A level", "A-level", "A Level")


def lower_first(text: str) -> str:
    """The text as the middle of a sentence; names and acronyms keep their capitals.

    Only a word that English writes in lower case loses its capital, and not before
    another capital, which would make a name of both.
    """
    first, space, rest = text.partition(" ")
    if text.startswith(_LEVELS):
        return text
    key = first.casefold()
    common = first == "A" or (is_english(key) and key.partition("-")[0] not in PEOPLES)
    if first[:1].isupper() and not rest[:1].isupper() and common and first != "I":
        return f"{first.lower()}{space}{rest}"
    return text


def unaddressed(text: str, name: str) -> str:
    """A sentence without the reader's name, which the greeting says in the line before.

    "I hope, Ana, that you are well." is "I hope that you are well."; a name that is no address
    stays.
    """
    spoken = re.escape(name)
    greeting = r"(?:(?:Hi|Hello|Hey|Dear|Good (?:morning|afternoon|evening)),? )?"
    text = re.sub(rf"^{greeting}{spoken}, (?P<first>\S)", lambda m: m["first"].upper(), text)
    text = re.sub(rf", {spoken}(?=, (?:and|but|or|so)\b|[.?!])", "", text)
    return re.sub(rf", {spoken},", "", text)


def shape(phrase: str) -> str:
    """What a topic is in a sentence: ``clause``, ``question``, ``noun``, or ``other``.

    ``noun`` is said only of what surely is one ("hearing about …"). Jottings whose form
    cannot be told are ``other``: they go after a colon, where any form can stand.
    """
    if _SENTENCES.search(phrase):
        return "other"
    if _QUESTION.match(phrase):
        return "question"
    if _CLAUSE_OF_YOU.match(phrase):
        return "clause"
    head = re.split(r",| (?:that|which|who|where|when|because|so|and|but) ", phrase, maxsplit=1)[0]
    if (second := _SECOND.search(phrase)) and _AUXILIARY.search(second.group()):
        # "the manuals, half of them are old": a phrase and a clause
        return "other"
    auxiliary = _AUXILIARY.search(head)
    if auxiliary and _DETERMINED.match(phrase) and auxiliary.start() > 0:
        return "clause"
    if auxiliary:
        return "other"
    if _GERUND.match(phrase):
        return "noun"
    plain = not _VERB_LIKE.search(head)
    if plain and (_DETERMINED.match(phrase) or _PREPOSED.match(phrase) or len(head.split()) <= 3):
        return "noun"
    return "other"


def begins_with_deed(phrase: str) -> bool:
    """Whether a line of My fit begins with a verb of the past: "led a team of nine"."""
    phrase = lower_first(phrase)
    return bool(_PAST.match(phrase)) and not re.match(r"(?:bored|need|speed|breed)\b", phrase)


def tells_standing(phrase: str) -> bool:
    """Whether a line of My fit tells what one is: "chartered civil engineer"."""
    return _STANDING.match(phrase) is not None


def claim(text: str) -> str:
    """A line of My fit as the beginning of a sentence in the first person."""
    phrase = lower_first(text.strip().rstrip(".;"))
    if re.match(r"(?:I|my)\b", phrase):
        return phrase[0].upper() + phrase[1:]
    if tells_standing(phrase):
        # "licensed hygienist in Oregon, renewed in May": what follows the comma is no clause.
        standing = phrase.split(",")[0]
        return f"I am {one(standing)}"
    if begins_with_deed(phrase):
        return f"I {phrase}"
    if _LANGUAGE.match(phrase):
        return f"I {'am ' if not phrase.startswith('speak') else ''}{phrase}"
    if _ING.match(phrase):
        return f"I have experience of {phrase}"
    if _TENURE.match(phrase):
        return f"I have {phrase}"
    if _TERM.match(phrase):
        return f"I have {one(phrase)}"
    return f"My background includes {phrase}"


def one(phrase: str) -> str:
    """A phrase with "a" or "an" before it."""
    return f"an {phrase}" if has_wrong_article(f"a {phrase}") else f"a {phrase}"

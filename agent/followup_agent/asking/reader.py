"""Jottings about the interviewers, spoken to one of them.

A small model copies well and rephrases badly: "they cut alerts by half" must be
"you cut alerts by half" before it sees it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from followup_agent.asking.wording import begins_with_deed, lower_first, replacing
from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.wordforms import is_plural, parts_of_speech
from followup_agent.names import bare_name, fold, forms_of_name, words_of_name
from followup_agent.notes.model import Interviewer

_SECOND_PERSON = (
    (r"they're", "you're"),
    (r"they've", "you've"),
    (r"they'll", "you'll"),
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
    r"\b(?P<who>he|she)(?:['’]s\b(?! (?:been|got)\b)(?=(?P<done> (?:brought|taken|made|had|given"
    r"|seen|built|bought|found|kept|written|hired|cut|put|set|started|moved|changed|opened)\b)?)"
    r"| (?P<negated>isn|hasn|doesn|wasn)['’]t\b"
    r"| (?P<adverb>(?:always|often|never|still|also|now|only|just|alone|himself|herself"
    r"|sometimes|usually|rarely) )?(?P<verb>(?!always|sometimes|perhaps|nowadays|this|us|as"
    r"|thus|plus|less)\w+s)\b)",
    re.IGNORECASE,
)
_NEGATED = {"isn": "is", "hasn": "has", "doesn": "does", "wasn": "was"}
_PLURAL_OF = {"is": "are", "was": "were", "has": "have", "does": "do"}
#: A jotting without its subject: "wants scripts gone by summer". None of these is a noun.
_WHAT_THEY_DO = re.compile(
    r"(?:wants|needs|thinks|hopes|likes|prefers|hates|loves|listens|worries|believes|expects|tries"
    r"|feels|keeps|would (?:like|love|rather|prefer)|can['’]t stand"
    r"|(?:has|is|was|does)(?! (?:I|you|he|she|it|we|they|there|that|this)\b)"
    r"|works(?= (?:in pairs|alone|nights|with|from home|as|by)\b))\b",
    re.IGNORECASE,
)
#: A deed without its subject: "took over in May"; not "split class".
_DEED_OF_THEIRS = re.compile(
    r"\w+ (?:an?|the|this|that|their|his|her|its|\d[\d,.]*|two|three|four|five|six|seven|eight|nine"
    r"|ten|over|in|on|from|to|up|off|out|down|back|into|it|them|most|all|every|some|many|half|about|for"
    r"|with)\b",
    re.IGNORECASE,
)
_MORE_DEEDS = ("lost ", "went ", "bought ", "hit ", "left ", "met ", "sent ", "paid ")
_ABOUT_ONE = re.compile(r"(?:(?:how|why|what|when|where|whether) )?(?:he|she)\b", re.IGNORECASE)
_SAYS = (
    r"(?:said|mentioned|explained|told(?: me| us|(?= (?:that|how|why|what|about)\b))|described"
    r"|noted|asked)\s+(?:that\s+)?"
)
_NAME_SAYS = re.compile(rf"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){{0,2}}) {_SAYS}")
_ALIKE = 0.8  # difflib's ratio of two spellings of one name
_SAID = re.compile(rf"^(?:(?:she|he|they|you)\s+)?{_SAYS}", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


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
    called = (name for name in forms_of_name(person) if phrase.startswith(f"{name} "))
    if (name := max(called, key=len, default="")) and _WHAT_THEY_DO.match(phrase[len(name) + 1 :]):
        phrase = phrase[len(name) + 1 :]
    if theirs := _WHAT_THEY_DO.match(phrase):
        phrase = f"you {_plain_verb(theirs.group().lower())}{phrase[theirs.end() :]}"
    deed = begins_with_deed(phrase) or phrase.casefold().startswith(_MORE_DEEDS)
    if own and deed and _DEED_OF_THEIRS.match(phrase):
        phrase = f"you {lower_first(phrase)}"
    for name in sorted(forms_of_name(person), key=len, reverse=True):
        phrase = re.sub(rf"\b{re.escape(name)}(?:'s|’s)(?!\w)", "your", phrase)
    they = _THEY.search(phrase)
    if they and _are_the_interviewers(phrase, they.start()):
        end = _others_come(phrase, they.end())
        phrase = _they_to_you(phrase[:end]) + phrase[end:]
    named = phrase.split(" ", 1)[0] in words_of_name(person)  # "Pip", which is also a word
    return phrase if named else lower_first(phrase)


def _of_one(phrase: str) -> re.Match[str] | None:
    """The first "she" or "his" of a jotting that speaks of one person alone."""
    she, he = _SHE.search(phrase), _HE.search(phrase)
    return None if she and he else she or he


def _names_another(before: str) -> bool:
    """Whether somebody is named of whom a "she" after it may be said: "a nurse", "Lin"."""
    people = parts_of_speech()["person"]
    capitals = (word for word in _WORDS.findall(before) if word.istitle() and len(word) > 1)
    names = (word for word in capitals if not is_english(word.casefold()))
    return any(names) or any(w in people for w in _WORDS.findall(before.casefold()))


def _plain_verb(verb: str) -> str:
    """The form after "you" of a verb that stands after "she"."""
    if verb in _PLURAL_OF:
        return _PLURAL_OF[verb]
    if verb.startswith(("would ", "can")):
        return verb
    if re.search(r"\w{2}ies$", verb):
        return f"{verb[:-3]}y"
    return verb[: -2 if re.search(r"(?:ch|sh|ss|x|zz|us|o)es$", verb) else -1]


def says(person: Interviewer, text: str) -> re.Match[str] | None:
    """``Katrina McAskill said that``, if a jotting begins so: by what is all but the name."""
    said = _NAME_SAYS.match(text)
    if said is None:
        return None
    alike = SequenceMatcher(a=fold(said["name"]), b=fold(person.name)).ratio() >= _ALIKE
    return said if alike or bare_name(said["name"])[0] in words_of_name(person) else None


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
    if match["negated"]:
        return f"you {_PLURAL_OF[_NEGATED[match['negated'].lower()]]}n't"
    if match["done"]:
        return "you've"
    verb = match["verb"]
    return f"you {match['adverb'] or ''}{_plain_verb(verb.lower())}" if verb else "you're"

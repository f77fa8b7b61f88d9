"""What a word may be: a verb's form, a plural, a thing. A few hundred words, chosen by hand."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.resources import files

from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.phrases import data_lines


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Pasts that are another word as well: a noun, an adjective, a plain form.
_ALSO_OTHER = _set("saw rose fell bit got forgot hid found bore bound wound left given thought was")
# Plain forms that are nothing but verbs: "have receive" can only be a slip.
_BARE = _set(
    "write speak begin choose know give take grow bring see hear tell teach learn receive achieve "
    "think develop improve reduce manage maintain enjoy discuss join meet build create consider "
    "decide understand"
)
# Plain forms that are nouns or more as well: "I have leave", "it is fit".
_NOUNS_TOO = _set(
    "leave lead hold drive feel find fight fall break build catch deal drink fly ride rise ring "
    "shake sleep sleep speed spend stand steal strike swim swing tear throw wear win wake draw be "
    "have do bear bore bind blow can dream learn light lie spell spill lean smell shine show sink "
    "bite forget get mean lay lend buy sell meet pay say make go"
) - _set("stand make go meet sell buy pay say get forget spend")
_MODALS = _set(
    "can could will would shall should may might must i'll we'll you'll they'll he'll she'll it'll"
)
_SUBJECTS = _set("i you he she it we they who which that there i'd we'd you'd they'd he'd she'd")
# Words in -s that are no plurals, or take a singular verb.
_SINGULAR_S = _set(
    "news series species means headquarters crossroads works gas lens canvas atlas "
    "chaos diabetes measles sales operations always perhaps towards besides "
    "sometimes nowadays afterwards others this its yes thus plus across whereas "
    "ours yours hers theirs does has goods thanks corps herpes premises barracks "
    "gallows alias bias pancreas christmas minutes hours days weeks months years "
    "pounds dollars euros miles metres meters kilometres"
)
# Nouns that are one and many alike, or that a plural verb may follow.
_MANY_OR_ONE = _set(
    "sheep deer fish aircraft spacecraft salmon trout offspring cattle poultry livestock people "
    "folk police dozen score couple trio data media criteria hundred thousand million young "
    "old poor rich kind sort type what how here there public press clergy enemy opposition bulk "
)
# Past forms and words of other sorts that are tagged as verbs.
_NOT_ONLY_VERBS = _set(
    "please thank pleased given following regarding including let lead read put come "
    "become overcome hit cast shed shut spread quit upset cost burst rid"
)
# Verbs that end so have a participle like their plain form: "reread", "reset", "rerun".
_UNCHANGED = (
    "read",
    "set",
    "cast",
    "put",
    "run",
    "come",
    "cut",
    "let",
    "bid",
    "fit",
    "shed",
    "hurt",
)
_NOT_PLAIN = _set(
    "and or but nor of in on for with from about at behind to by as if when where who whom whose "
    "that which what why how because since while than is are was were be been am has have had do "
    "does did not never i you he she it we they me us him them the a an my your our his her their "
    "this these those can could will would shall should may might must only both all each every"
)


def _sections(name: str) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for line in data_lines(name):
        if line.startswith("["):
            section = found.setdefault(line.strip("[]"), [])
        else:
            section.append(line.split())
    return found


def third(base: str) -> str:
    """The form after he, she, it: *teaches*, *carries*, *has*."""
    if base in {"have", "be", "do", "go"}:
        return {"have": "has", "be": "is", "do": "does", "go": "goes"}[base]
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    return base[:-1] + "ies" if _consonant_y(base) else base + "s"


def past(base: str) -> str:
    """The past of a regular verb."""
    if base.endswith("e"):
        return base + "d"
    if base in {"plan", "stop", "prefer", "refer", "travel"}:
        return base + base[-1] + "ed"
    return base[:-1] + "ied" if _consonant_y(base) else base + "ed"


def gerund(base: str) -> str:
    """The form in -ing."""
    if base in {
        "get",
        "run",
        "sit",
        "win",
        "swim",
        "forget",
        "begin",
        "plan",
        "stop",
        "prefer",
        "refer",
    }:
        return base + base[-1] + "ing"
    return base[:-1] + "ing" if base.endswith("e") and base not in {"be", "see"} else base + "ing"


def _consonant_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in "aeiou"


@lru_cache(maxsize=1)
def parts_of_speech() -> dict[str, frozenset[str]]:
    """Words that are next to always a ``verb``, are a ``noun``, or name a ``person``.

    ``inward`` verbs are of thought, talk and feeling. `training/words` tells how they were chosen.
    """
    block = (files("followup_agent.guide") / "data" / "parts_of_speech.gz").read_bytes()
    rows = (line.split() for line in gzip.decompress(block).decode().splitlines())
    return {kind: frozenset(words) for kind, *words in rows}


@lru_cache(maxsize=1)
def _classes() -> dict[str, frozenset[str]]:
    verbs, nouns = _sections("verbs.txt"), _sections("nouns.txt")
    irregular = verbs["irregular"]
    regular = [word for line in verbs["regular"] for word in line]
    bases = frozenset([line[0] for line in irregular] + regular)
    words = {name: frozenset(w for line in lines for w in line) for name, lines in nouns.items()}
    kinds = parts_of_speech()
    single = frozenset(w for w in kinds["noun"] if not w.endswith("s")) - _MANY_OR_ONE - bases
    only = frozenset(w for w in kinds["verb"] - _NOT_ONLY_VERBS if not w.endswith(_UNCHANGED))
    return {
        "@thing": words["thing"],
        "@mass": words["mass"],
        "@person": words["person"],
        "@single": (words["thing"] | words["mass"] | words["person"] | single)
        - words["collective"],
        "@noun": single - kinds["person"],
        "@verb": only,
        "@thirdlike": frozenset(map(third, only)),
        "@these": words["plural"],
        "@base": bases,
        "@bare": _BARE,
        "@third": frozenset(map(third, bases)),
        "@ing": frozenset(map(gerund, bases)),
        "@ed": frozenset(map(past, regular)),
        "@past": frozenset(line[1] for line in irregular),
        "@participle": frozenset(line[2] for line in irregular),
        "@pastonly": frozenset(p for _, p, done in irregular if p != done) - _ALSO_OTHER,
        "@pastbase": frozenset(w for base, *rest in irregular for w in rest if w != base)
        - _ALSO_OTHER
        - bases,
        "@needs_s": bases
        - frozenset(base for base, *rest in irregular if base in rest)
        - _set("be have do can"),
        "@notdone": frozenset(base for base, _, done in irregular if base != done) - _NOUNS_TOO,
        "@modal": _MODALS,
        "@subject": _SUBJECTS,
    }


@lru_cache(maxsize=8192)
def _labels(key: str) -> tuple[str, ...]:
    found = [key, "_", *(name for name, words in _classes().items() if key in words)]
    if is_plural(key):
        found.append("@plurals")
    if (
        key.endswith("'s")
        and key[:-2] in _classes()["@single"] | _classes()["@thing"] | _SINGULAR_PEOPLE
    ):
        found.append("@possessive")
    if key in _IRREGULAR_PLURALS:
        found.append("@plurals")
    if key.endswith("ing") and len(key) > 5 and is_english(key):
        found.append("@inglike")
    if _is_regular_past(key):
        found.append("@edlike")
    if key not in _NOT_PLAIN and key.isalpha():
        found.append("@plain")
    return tuple(found)


_SINGULAR_PEOPLE = _set(
    "apprentice nurse pupil student colleague engineer skill customer client patient"
)


def _is_regular_past(key: str) -> bool:
    """Whether a word in -ed is surely a past: its plain form is a word, and it is none itself."""
    if key in _SHORT_PASTS:
        return True
    if not key.endswith("ed") or key.endswith("eed") or len(key) < 5 or key in _ENDS_IN_ED:
        return False
    doubled = len(key) > 5 and key[-3] == key[-4]
    return is_english(key) and (
        is_english(key[:-2]) or is_english(key[:-1]) or (doubled and is_english(key[:-3]))
    )


_IRREGULAR_PLURALS = frozenset({"children", "people", "men", "women"})
_SHORT_PASTS = frozenset({"died", "tied", "lied", "used", "owed", "sued", "dyed", "aged"})
_ENDS_IN_ED = frozenset({"embed", "shred", "sled", "sacred", "naked", "need", "supposed"})


_PLURALS_IN_ICS = _set("topics clinics critics fabrics tactics relics picnics")


def labels(key: str, *, name: bool) -> tuple[str, ...]:
    """The word itself, and the classes it belongs to; a name belongs to none."""
    if name or len(key) > 40:
        return (key, "_")
    return _labels(key)


def is_plural(key: str) -> bool:
    """Whether a word is a regular plural and can be nothing else after "the"."""
    if len(key) < 4 or not key.endswith("s") or key in _SINGULAR_S or not key.isalpha():
        return False
    if key.endswith(("ss", "us", "is", "ics", "ous")):
        return key in _PLURALS_IN_ICS
    return is_english(key[:-1]) or (key.endswith("ies") and is_english(key[:-3] + "y"))


@lru_cache(maxsize=1)
def _plain_forms() -> dict[str, str]:
    verbs = _sections("verbs.txt")["irregular"]
    return {form: base for base, *forms in verbs for form in forms}


def plain_form(word: str) -> str:
    """The base of an irregular verb's past or participle, with its prefix: *redrawn*, *redraw*."""
    forms = _plain_forms()
    for prefix in ("", "re", "over", "under", "un", "out", "mis"):
        if word.startswith(prefix) and word[len(prefix) :] in forms:
            return prefix + forms[word[len(prefix) :]]
    return word


@lru_cache(maxsize=1)
def _verb_forms() -> frozenset[str]:
    found = _classes()
    return (
        found["@base"]
        | found["@third"]
        | frozenset(
            _set(
                "was were am are is has have had do does did don't doesn't wasn't "
                "weren't aren't isn't haven't hasn't"
            )
        )
    )


def is_verb(word: str) -> bool:
    """Whether a word is surely a verb's present form, or of be, have, do."""
    return word.casefold().replace("’", "'") in _verb_forms()

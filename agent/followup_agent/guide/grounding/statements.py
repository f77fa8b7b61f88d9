"""What a writer states of themselves, told by the form of a clause and not by listed deeds.

"I coach …", "I've been a …", "my paintings have …", "… is my forte", "managing … taught me": any
verb and any office will do, less those of talk, thought, feeling and manners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from followup_agent.guide.grounding.claim_words import ADVERBS, ASKED, DEEDS, NO_OBJECT, QUIET
from followup_agent.guide.grounding.lexicon import is_english
from followup_agent.guide.grounding.words import Word
from followup_agent.guide.phrases import data_lines
from followup_agent.guide.wordforms import gerund, parts_of_speech

#: Where a claim begins, where its own words begin and, if that is known, where they end.
Statement = tuple[int, ...]

_BE = frozenset("am is are was were been be i'm".split())
_ARTICLES = frozenset({"a", "an", "the"})
_CLAUSE = frozenset("and but because since where before so then also though although yet".split())
_SUBJECTS = frozenset("i you we they he she it this that who which what there i'm i've".split())
# A sentence that begins so may bring its subject late: "Every shift for three winters I drove".
_LATE = frozenset(
    """
        at in for during before after on outside every since over back last once one earlier
        previously away beyond under with within until until as between nowadays most each when
    """.split()
)
# Present tenses that claim nothing, beside those of the pasts in QUIET.
_QUIET_NOW = frozenset(
    """
        have am do can may want hope wish would will think know feel look believe mean understand
        see like love prefer trust remain admire appreciate thank enjoy keep expect write remember
        recall need await agree care suspect imagine wonder plan intend ask apologise apologize
        promise assume guess doubt gather realise realize find notice live travel come go get give
        say tell hear send share enclose attach welcome suppose admit confess recommend suggest
        appear seem stand start begin finish return join call let put take make turn bring consider
        hesitate mind owe pay miss wait follow read watch listen check leave offer include copy
        forward add note mention refer happen tend aim try help laugh smile worry fear dream
        cannot could should must might shall dare used never might confirm repeat respect value
        respond reply visit drop rest sign close end stay sit spend save sense figure hold
    """.split()
)
_SKILLS = frozenset(
    """
        speak operate weld sew fly sail translate interpret programme program code plaster cook
        bake drive read play tile solder forge crochet knit ski lip-read touch-type
    """.split()
)
_NO_SKILL = frozenset("the your this that from it you over out to in on between about into".split())
_NOT_OFFICES = frozenset(
    """
        fan believer person reader listener stranger friend follower bit candidate applicant guest
        visitor fool neighbour neighbor customer admirer man woman lad lass boy girl child kid
        mother father newcomer outsider local native someone somebody starter learner type
        human soul witness lover creature riser owl lark morning sort kind one match addition
        fit asset choice success thing mix case point reason way pleasure joy treat champion
        team-player player hand subject convert sucker optimist pessimist perfectionist
    """.split()
)
_WORKS = frozenset(
    """
        research work illustrations paintings photographs articles designs drawings books poems
        thesis team students staff patients pupils apprentices crew company startup business
        practice employer qualifications qualification invention patents patent code app apps
        software film films music recipes dishes restaurant farm clients customers brigade squad
        kitchen lab novel stories podcast blog dissertation paper papers article book training
    """.split()
)
_FORTES = frozenset(
    """
        speciality specialty specialism forte strength strengths trade field profession passion
        daily niche bread job domain discipline
    """.split()
)
_PREDICATES = frozenset("has have had was were is are won got appeared sold reached made".split())
_MADE_ME = frozenset("taught trained made showed gave helped left prepared".split())
_HONOURED = frozenset(
    "awarded promoted appointed elected chosen selected nominated commissioned hired recruited "
    "headhunted named sponsored decorated seconded".split()
)
_AT_EASE = frozenset("comfortable familiar conversant confident".split())
_GIVEN = frozenset("talks lectures classes lessons workshops courses seminars".split())
_OFFERED = frozenset("offer bring have contribute provide".split())
_NO_DEED = frozenset("to that you forward it this your about from them him her us for".split())
_WELL = frozenset("inside well better backwards".split())
_NO_MASTERY = _ARTICLES | frozenset("that how you very full your well".split())
_SHOWN = frozenset("note notes page summary list document sketch draft outline slide deck".split())
_ENDS_OFFICE = frozenset("of at in for with on to and who that by from but as i".split())
_OF = frozenset("of at in for on aboard under once twice".split())
_SPELLS = frozenset("years decades decade seasons season winters summers shifts months".split())
# A deed in two words: "I looked after the engines".
_PHRASAL = {
    "looked": {"after"}, "took": {"over", "charge"}, "dealt": {"with"}, "answered": {"for"},
    "stood": {"in"}, "filled": {"in"}, "saw": {"to"},
    "put": {"out"},
}  # fmt: skip
_NOT_AT_WORK = frozenset("my you your it them him her day time date smell".split())
_NEVER = frozenset("missed lost failed dropped had been".split())
_SPOTLESS = frozenset(
    "shift shifts day deadline deadlines accident accidents complaint complaints late sick "
    "exam injury patient audit customer".split()
)
_UNCLAIMED = frozenset("you your yours i".split())


@lru_cache(maxsize=1)
def _quiet() -> frozenset[str]:
    """Plain forms of the verbs that claim nothing."""
    rows = (line.split() for line in data_lines("verbs.txt"))
    irregular = {row[0] for row in rows if len(row) == 3 and not QUIET.isdisjoint(row[1:])}
    regular = {key[:-n] for key in QUIET if key.endswith("ed") for n in (1, 2)}
    doubled = {key[:-3] for key in QUIET if key.endswith("ed") and key[-3:-2] == key[-4:-3]}
    inward = parts_of_speech()["inward"] - {_plain(deed) for deed in DEEDS}
    return _QUIET_NOW | QUIET | irregular | regular | doubled | inward


def _plain(deed: str) -> str:
    return deed[:-2] if deed.endswith("ed") and is_english(deed[:-2]) else deed.removesuffix("d")


@lru_cache(maxsize=4096)
def _does(key: str) -> bool:
    """Whether a word is the plain form of a verb of doing."""
    if key in _quiet() or len(key) < 3 or not key.isalpha():
        return False
    return is_english(key) and is_english(gerund(key))


@lru_cache(maxsize=4096)
def _doing(key: str) -> bool:
    """Whether a word is the -ing form of a verb of doing."""
    if not key.endswith("ing") or len(key) < 6:
        return False
    bases = {key[:-3], key[:-3] + "e"} | ({key[:-4]} if key[-4] == key[-5] else set())
    return any(is_english(base) for base in bases) and bases.isdisjoint(_quiet())


def opens(words: list[Word], i: int) -> bool:
    """Whether a subject at ``i`` opens a clause that stands by itself."""
    word = words[i]
    if not i or word.first or not word.joined or words[i - 1].key in _CLAUSE:
        return True
    return words[0].key in _LATE and all(w.key not in _SUBJECTS for w in words[:i])


def statements(words: list[Word], i: int) -> Iterable[Statement]:
    """The statements that the word at ``i`` begins or gives away."""
    reader = READERS.get(words[i].key)
    if reader is not None:
        return reader(words, i)
    if i:
        return ()
    spell = not _SPELLS.isdisjoint(word.key for word in words[:5])
    return _taught(words) if spell or _doing(words[i].key) else ()


def _i(words: list[Word], i: int) -> Iterator[Statement]:
    if not opens(words, i) or _at(words, i - 1) in ASKED:
        return
    j = _past_adverbs(words, i + 1)
    key = "am" if words[i].key == "i'm" else _at(words, j)
    following = _past_adverbs(words, j + 1)
    if words[i].key == "i'm":
        yield from _state(words, i, j)
    elif key in {"am", "was"} or (words[i].key == "i've" and key == "been"):
        yield from _state(words, i, j + 1)
    elif key == "have" and _at(words, following) == "been":
        yield from _state(words, i, following + 1)
    elif key == "can":
        yield from _able(words, i, following)
    elif "never" in {_at(words, j - 1), _at(words, following - 1)}:
        yield from _spotless(words, i, following if key == "have" else j)
    elif (own := _acts(words, j)) is not None and words[i].key != "i'd":
        yield i, own


def _able(words: list[Word], i: int, at: int) -> Iterator[Statement]:
    """``I can fly a drone``, ``I can weld``."""
    after = _at(words, at + 1)
    if _at(words, at) in _SKILLS and after not in _NO_SKILL:
        yield i, at if after in {"", "and", "or", "but"} else at + 1


def _spotless(words: list[Word], i: int, at: int) -> Iterator[Statement]:
    """``I have never missed a shift``."""
    if _at(words, at) in _NEVER and not _SPOTLESS.isdisjoint(w.key for w in words[at : at + 5]):
        yield i, at


def _acts(words: list[Word], j: int) -> int | None:
    """Where the own words of a deed begin that is told in the present, or in two words."""
    key, after = _at(words, j), _at(words, j + 1)
    if key == "sit" and after == "on":
        return j + 2
    if after in _PHRASAL.get(key, ()) and _at(words, j + 2) not in _NOT_AT_WORK:
        return j + 2
    if key in {"set", "put"} and after in {"up", "together"}:
        return j + 2 if _SHOWN.isdisjoint(w.key for w in words[j : j + 8]) else None
    if key == "know":
        well = not _WELL.isdisjoint(w.key for w in words[j + 1 : j + 7])
        return j + 1 if well and after not in _NO_MASTERY else None
    if key == "give" and not _GIVEN.isdisjoint(w.key for w in words[j + 1 : j + 3]):
        return j
    if not _does(key) or j + 1 >= len(words) or not words[j + 1].joined:
        return None
    return j if after not in _NO_DEED and after not in NO_OBJECT - _ARTICLES else None


def _state(words: list[Word], i: int, j: int) -> Iterator[Statement]:
    """``I'm a tax inspector``, ``I was employee of the year``, ``I've been sailing``."""
    j = _past_adverbs(words, j)
    if _doing(_at(words, j)) and _at(words, j + 1) not in _NO_DEED - {"to", "for"}:
        if not any(
            one.key == "my" and two.key in {"head", "mind"} for one, two in pairwise(words[j:])
        ):
            yield i, j
    elif _at(words, j) == "used" and _at(words, j + 1) == "to" and _doing(_at(words, j + 2)):
        yield i, j + 2
    elif [_at(words, j + n) for n in range(3)] == ["in", "charge", "of"]:
        yield i, j + 3
    elif _at(words, j) == "responsible" and _at(words, j + 1) == "for":
        yield i, j + 2
    elif _at(words, j) in _HONOURED and words[i].key != "i'm":
        yield i, j
    elif _at(words, j) in _AT_EASE and _at(words, j + 1) in {"in", "with"}:
        if j + 2 < len(words) and words[j + 2].cap:
            yield i, j + 2
    elif (head := _office(words, j)) is not None:
        yield i, head


def _office(words: list[Word], j: int) -> int | None:
    """Where the words of an office begin, if they name one: "a tax inspector"."""
    many = [_at(words, j + n) for n in range(3)] == ["one", "of", "the"]
    article = many or _at(words, j) in _ARTICLES
    start = j + (3 if many else article)
    end = start
    while (
        end < min(len(words), start + 4)
        and words[end].key not in _ENDS_OFFICE
        and (words[end].joined or end == start)
    ):
        end += 1
    if end == start:
        return None
    if _at(words, end - 1) in {"once", "twice"}:
        end -= 1
    head = words[end - 1].key.removesuffix("s" if many else "")
    letters = end - start == 1 and words[start].text.isupper() and len(head) > 1  # "a CPA"
    names = letters or (head in parts_of_speech()["person"] and head not in _NOT_OFFICES)
    return start if names and (article or _at(words, end) in _OF) else None


def _as(words: list[Word], i: int) -> Iterator[Statement]:
    """``As head of the wages office, I …``."""
    if opens(words, i) and (start := _office(words, i + 1)) is not None:
        yield i, start


def _my(words: list[Word], i: int) -> Iterator[Statement]:
    """``My paintings have …``; and ``Rigging masts is my forte``."""
    if _at(words, i - 1) in _BE and not _FORTES.isdisjoint(w.key for w in words[i + 1 : i + 3]):
        yield from _subject(words, i - 1)
        return
    if not opens(words, i):
        return
    for j in range(i + 1, min(i + 3, len(words) - 1)):
        perfect = _at(words, j + 1) in {"has", "have"} and _at(words, j + 2).endswith("ed")
        if perfect and _at(words, j + 2)[:-2] not in _quiet() | {""}:
            if _at(words, j + 2)[:-1] not in _quiet():
                yield i, i + 1
            return
        if words[j].key in _WORKS:
            if _at(words, j + 1) in _PREDICATES or any(
                w.key in _PREDICATES for w in words[j + 2 : j + 6]
            ):
                yield i, i + 1
            return


def _where(words: list[Word], i: int) -> Iterator[Statement]:
    """``Palliative care is where I spent my twenties``."""
    if _at(words, i - 1) in _BE and _at(words, i + 1) == "i":
        yield from _subject(words, i - 1)


def _me(words: list[Word], i: int) -> Iterator[Statement]:
    """``… are nothing new to me``, ``… comes naturally to me``."""
    if _at(words, i - 1) == "to" and {"nothing", "second", "naturally"}.intersection(
        w.key for w in words[max(0, i - 5) : i]
    ):
        verbs = (j for j in range(i) if words[j].key in _BE | {"comes", "come"})
        at = next(verbs, 0)
        yield from _subject(words, at)


def _subject(words: list[Word], verb: int) -> Iterator[Statement]:
    """The subject of the verb as the whole claim, unless it points at the talk or the reader."""
    keys = {word.key for word in words[:verb]}
    if verb and keys.isdisjoint(_SUBJECTS) and keys.isdisjoint(_UNCLAIMED):
        yield 0, 0, verb


def _taught(words: list[Word]) -> Iterator[Statement]:
    """``Managing a brigade of twelve has taught me to …``: what comes before is the claim."""
    for j in range(2, min(len(words), 16)):
        if words[j].key == "me" and words[j - 1].key in _MADE_ME:
            verb = j - 1 - (_at(words, j - 2) in {"has", "have", "had"})
            yield from _subject(words, verb)
            return


def _what(words: list[Word], i: int) -> Iterator[Statement]:
    """``What I can offer is a decade of rigging masts``; ``Rigging masts is what I did``."""
    keys = [word.key for word in words[i + 1 : i + 8]]
    if i and words[i - 1].key in _BE and keys[:2] in (["i", "did"], ["i", "do"]):
        yield from _subject(words, i - 1)
    if i or keys[:1] != ["i"] or "is" not in keys or _OFFERED.isdisjoint(keys[1:4]):
        return
    yield i, i + 2 + keys.index("is")


def _at(words: list[Word], i: int) -> str:
    return words[i].key if 0 <= i < len(words) else ""


def _past_adverbs(words: list[Word], i: int) -> int:
    while i < len(words) and words[i].key in ADVERBS:
        i += 1
    return i


READERS = {
    "i": _i,
    "i'm": _i,
    "i've": _i,
    "as": _as,
    "my": _my,
    "where": _where,
    "me": _me,
    "what": _what,
}

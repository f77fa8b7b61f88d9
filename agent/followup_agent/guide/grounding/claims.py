"""Claims about the candidate: what the writer says to have done, to hold or to know."""

from __future__ import annotations

from collections.abc import Iterator

from followup_agent.guide.grounding.known import Known, Line
from followup_agent.guide.grounding.ledger import Ledger
from followup_agent.guide.grounding.numbers import ONES, SMALL_WORDS, TENS
from followup_agent.guide.grounding.stems import stem
from followup_agent.guide.grounding.terms import HEADS, LEVELS, PEOPLES
from followup_agent.guide.grounding.words import Word, Zone

# Deeds at work, in the past tense; verbs of talk, thought and feeling are no claims.
_DEEDS = frozenset(
    """
        led managed ran built designed developed delivered reduced cut increased grew launched
        shipped trained mentored taught supervised migrated moved implemented achieved won
        published negotiated saved improved worked created founded established headed directed
        coordinated co-ordinated coached oversaw organised organized planned produced raised
        secured served handled maintained administered automated optimised optimized streamlined
        doubled tripled halved scaled tested deployed programmed coded engineered installed
        repaired fitted cooked baked nursed treated prescribed dispensed diagnosed sold marketed
        branded edited translated audited prepared reconciled filed litigated defended represented
        advised investigated researched analysed analyzed modelled modeled studied graduated
        qualified trained earned completed obtained gained received passed held chaired
        volunteered interned drove operated piloted inspected surveyed drew painted illustrated
        redrew rebuilt redesigned replaced rolled introduced initiated pioneered spearheaded
        restructured recruited hired onboarded employed specialised specialized lived grew used
        practised practiced competed presented spoke lectured tutored assessed examined evaluated
        validated started opened closed converted generated exceeded surpassed hit turned brought
        took spent owned authored contributed supported cared looked-after assisted lifted lowered
        eliminated resolved solved fixed overhauled modernised modernized merged acquired
        fundraised sourced procured purchased shot photographed directed performed played sang
        commissioned configured integrated architected refactored debugged monitored wrote learned
        learnt steered guided navigated transformed revamped facilitated hosted catered decorated
        served waited staffed dug wired plumbed welded machined assembled packed shipped
        transported hauled delivered harvested farmed placed fostered counselled counseled
        rehabilitated attended gave covered lectured
    """.split()
)
# "I took notes", "I gave it some thought", "I spent the evening": deeds only with other objects.
_LIGHT = frozenset(
    """
        took gave spent received attended brought raised turned hit opened started closed spoke
        learned learnt used wrote moved saved placed covered passed
    """.split()
)
_DAILY = frozenset(
    """
        manage lead run use teach speak hold work own train maintain supervise operate specialise
        specialize design build develop write code program practise practice coach mentor
        volunteer serve handle oversee possess drive fit know
    """.split()
)
_HAVE = frozenset("have had hold held 've possess bring offer boast earned".split())
_HELD = frozenset(
    """
        experience background degree diploma certificate certification licence license
        qualification qualifications bachelor bachelor's bachelors master master's masters phd
        doctorate mba msc bsc ba ma skills skill knowledge expertise record training years year
        decade decades accreditation fluency command portfolio patent award awards publications
        understanding grasp certificates licences track proficiency level fellowship residency
        apprenticeship
    """.split()
)
_PAPERS = frozenset(
    stem(word)
    for word in """
        degree diploma certificate certified certification licence license licensed qualification
        bachelor bachelor's master's masters phd doctorate doctoral mba msc bsc chartered
        accredited accreditation patent award fellowship apprenticeship
    """.split()
)
_STATES = frozenset(
    """
        fluent certified qualified chartered registered licensed trained experienced proficient
        skilled accredited bilingual versed educated born native adept expert credentialed
        board-certified
    """.split()
)
_MINE = frozenset(
    """
        experience background degree diploma certification certificate certifications training
        years thesis dissertation doctorate master's masters bachelor's phd mba msc bsc career
        apprenticeship internship expertise qualification qualifications master bachelor licence
        license research residency fellowship studies portfolio publications award accreditation
        employment tenure time team teams clients
    """.split()
)
_ADVERBS = frozenset(
    """
        also already then once successfully recently previously personally even just still always
        often regularly currently actually really only never directly jointly both single-handedly
        happily proudly myself since both long formerly later first now myself most certainly
        indeed likewise
    """.split()
)
_BEFORE_I = frozenset(
    "because since as when while where that which and but so if once though although after".split()
)
_STOP = frozenset(
    """
        a an the and or of in on at to for with from by as into over under about across between
        through during within without after before until since than that which who whom whose this
        these those it its they them their there here he she his her him you your yours we our us
        i me my mine myself is are was were be been being am do did does done has have had having
        will would can could should may might must shall not no nor so such very more most much
        many some any all both each every few several other another same own if when while where
        how what why because but just also only even too up down out off per via etc i've i'd i'm
        i'll it's that's let like one ones thing things something anything lot lots bit way ways
        kind sort part get got make made take took give gave given put well good great new first
        last next few really quite rather almost nearly around again back them themselves itself
        himself herself yet then now never ever always often still already far long high whole
        entire main exactly similar own
    """.split()
)
# Words of any claim: they weigh little for it or against it.
_GENERIC = frozenset(
    stem(word)
    for word in """
        experience work worked working job role year years month time career background project
        projects team teams people person company firm organisation organization use used using
        help helped level skill skills knowledge strong large small big different various
        successful success result results similar related field industry sector area environment
        setting previous former current position business client clients customer customers
        colleague colleagues record track spent hand hands day days week weeks number whole range
        extensive significant solid proven deep broad first-hand hands-on know understand
        understanding learn learned lead led manage managed run built build develop developed
        deliver delivered reduce reduced cut improve improved increase increased move moved bring
        brought teach taught train trained write wrote speak fluent hold held carry carried handle
        handled design designed plan planned create created place past present last recent kind
        task problem problems challenge challenges process life scale size end start finish
        exercise one two three four five six seven eight nine ten half third
    """.split()
)
_ENDS = frozenset(
    "which so but because although though whereas if when whenever while who where and".split()
)
_LIMIT = 40  # words that a clause may have; claims are shorter


class Claims:
    """Reads the sentences of one message for claims."""

    def __init__(self, known: Known, ledger: Ledger) -> None:
        self.known, self.ledger = known, ledger

    def read(self, zone: Zone) -> None:
        """Judge each claim of a sentence."""
        last = -1
        for start, verb in self._frames(zone.words):
            if start <= last:
                continue
            noun = zone.words[start].key in {"my", "with"}
            end = self._clause(zone.words, verb, _VERBS if noun else frozenset())
            if end > verb:
                self._judge(zone.words[start:end], zone.words[verb:end])
                last = end - 1

    def _frames(self, words: list[Word]) -> Iterator[tuple[int, int]]:
        """Where claims start, and where their own words do."""
        mine = False  # whether the last subject of the sentence was the writer
        for i, word in enumerate(words[:-1]):
            key = word.key
            if key in {"and", "then"} and mine and words[i + 1].key in _DEEDS:
                if not (words[i + 1].key in _LIGHT and self._small_talk(words, i + 1)):
                    yield i + 1, i + 1
            if key in _SUBJECTS:
                mine = (
                    key in {"i", "i've", "i'd"}
                    and i + 1 < len(words)
                    and (
                        words[i + 1].key in _DEEDS
                        or words[i + 1].key in _ADVERBS
                        or words[i + 1].key == "have"
                    )
                )
            if key in {"i", "i've", "i'd"}:
                yield from self._first_person(words, i)
            elif key == "i'm" or (key in {"am", "was"} and i and words[i - 1].key == "i"):
                yield from self._being(words, i)
            elif key == "my":
                yield from self._mine(words, i)
            elif key in {"having", "after"}:
                yield from self._having(words, i)
            elif key == "with":
                yield from self._with(words, i)
            elif key == "as" and i + 2 < len(words) and words[i + 1].key in {"a", "an"}:
                yield from self._as_a(words, i)

    def _first_person(self, words: list[Word], i: int) -> Iterator[tuple[int, int]]:
        j, perfect = i + 1, words[i].key == "i've"
        while j < len(words) and (
            words[j].key in _ADVERBS or words[j].key in {"have", "had", "'ve"}
        ):
            following = words[j + 1].key if j + 1 < len(words) else ""
            if words[j].key in {"have", "had"} and not self._perfect(following):
                break
            perfect = perfect or words[j].key in {"have", "had"}
            j += 1
        if j >= len(words):
            return
        key = words[j].key
        if key == "managed" and words[min(j + 1, len(words) - 1)].key == "to":
            return
        if key in _DEEDS or (
            perfect
            and key in {"run", "been", "built", "driven", "written", "taught", "spoken", "done"}
        ):
            if not (key in _LIGHT and self._small_talk(words, j)) and not (
                key == "been" and not self._been(words, j)
            ):
                yield i, j
        elif key in _HAVE or words[i].key == "i've":
            if self._holds(words, j):
                yield i, j
        elif key in _DAILY and self._habit(words, i, j):
            yield i, j

    @staticmethod
    def _perfect(key: str) -> bool:
        return (
            key in _DEEDS
            or key in _ADVERBS
            or key in {"run", "been", "driven", "written", "taught", "spoken", "done"}
        )

    @staticmethod
    def _been(words: list[Word], j: int) -> bool:
        after = [w.key for w in words[j + 1 : j + 4]]
        return (
            after[:1] != ["a"]
            and bool(after)
            and (
                after[0]
                in {
                    "working",
                    "managing",
                    "leading",
                    "running",
                    "teaching",
                    "certified",
                    "responsible",
                    "nursing",
                }
                or after[0] in _STATES
            )
        )

    def _small_talk(self, words: list[Word], j: int) -> bool:
        """Whether a light verb's object is of the conversation: "I took away", "I learned that"."""
        after = [w.key for w in words[j + 1 : j + 7]]
        talk = {
            "away", "home", "note", "notes", "heart", "it", "your", "you", "from", "about", "that", "how", "much", "more",
            "what", "this", "evening", "time", "thought", "question", "up", "lot", "deal", "so", "great",
            "message", "email", "letter", "reply", "part", "morning", "afternoon", "day", "hour", "weekend", "night",
        }  # fmt: skip
        return bool(talk.intersection(after)) and not _HELD.intersection(after)

    @staticmethod
    def _holds(words: list[Word], j: int) -> bool:
        """``I have five years of``, ``I hold a diploma``: possession of something claimable."""
        after = [w.key for w in words[j + 1 : j + 9]]
        if (
            after[:1] in (["to"], ["not"], ["no"], ["been"], ["thought"], ["always"])
            or "question" in after[:4]
        ):
            return False
        if {"hope", "interest", "doubt", "enjoyed", "admired", "been"}.intersection(after[:3]):
            return False
        near = after[:6]
        for n, key in enumerate(near):
            if key in _HELD:
                return not (key in {"year", "years"} and "ahead" in after) and not (
                    key in {"understanding", "knowledge", "grasp"}
                    and {"better", "clearer", "deeper"}.intersection(near[:n])
                )
        return False

    @staticmethod
    def _habit(words: list[Word], i: int, j: int) -> bool:
        """``I speak Dutch``, ``I manage a team``; not ``I know that``, ``if I work``."""
        before = words[i - 1].key if i else ""
        after = words[j + 1].key if j + 1 < len(words) else ""
        if (
            before
            in {
                "if",
                "how",
                "what",
                "would",
                "should",
                "where",
                "help",
                "could",
                "can",
                "may",
                "when",
            }
            or j > i + 2
        ):
            return False
        key = words[j].key
        if key == "know":
            beyond = words[j + 2].key if j + 2 < len(words) else "and"
            return (
                bool(after)
                and words[j + 1].cap
                and after != "i"
                and beyond in {"and", "well", "inside", "from"}
            )
        if key == "speak":
            return words[j + 1].cap if j + 1 < len(words) else False
        return key in {"hold", "possess"} or after not in {
            "to", "that", "it", "you", "your", "about", "the", "this", "forward", "on", "i", "best", "well", "hard", "from",
            "in", "with", "again", "regarding", "these", "those", "here", "now", "what", "how", "and", "for", "as", "at",
        }  # fmt: skip

    @staticmethod
    def _being(words: list[Word], i: int) -> Iterator[tuple[int, int]]:
        start = i if words[i].key == "i'm" else i - 1
        j = i + 1
        while j < len(words) and (
            words[j].key in _ADVERBS
            or words[j].key in {"a", "an", "the", "fully", "both", "highly", "very"}
        ):
            j += 1
        if j + 1 < len(words) and words[j].key in _STATES and words[j + 1].key != "to":
            yield start, j
        elif words[i].key == "was" and j < len(words) and words[i + 1].key not in _ADVERBS:
            before = words[start - 1].key if start else ""
            head = {w.key for w in words[j : j + 3]} & _OFFICES
            if head and (
                before in {"when", "while", "where", "since"}
                or words[i + 1].key in {"a", "an", "the"}
            ):
                yield start, j

    @staticmethod
    def _mine(words: list[Word], i: int) -> Iterator[tuple[int, int]]:
        for j in range(i + 1, min(i + 6, len(words))):
            key = words[j].key
            if key in _MINE:
                following = words[j + 1].key if j + 1 < len(words) else ""
                if following in {
                    "in",
                    "at",
                    "as",
                    "of",
                    "with",
                    "on",
                    "from",
                    "leading",
                    "managing",
                    "running",
                    "working",
                } or (stem(key) in _PAPERS):
                    yield i, i + 1
                return
            if key in _STOP and key not in {"previous", "last", "first", "own"}:
                return

    @staticmethod
    def _having(words: list[Word], i: int) -> Iterator[tuple[int, int]]:
        j = i + 1
        while j < len(words) and words[j].key in _ADVERBS:
            j += 1
        if j >= len(words):
            return
        key = words[j].key
        if words[i].key == "having" and (
            key in _DEEDS or key in {"run", "driven", "written", "done", "interviewed"}
        ):
            if not (key in _LIGHT and Claims._talk_after(words, j)):
                yield i, j
        elif (
            words[i].key == "after"
            and key.endswith("ing")
            and any(w.key in {"years", "decade"} for w in words[j : j + 8])
        ):
            yield i, j

    @staticmethod
    def _talk_after(words: list[Word], j: int) -> bool:
        return bool({"you", "your", "about", "from"} & {w.key for w in words[j + 1 : j + 4]})

    @staticmethod
    def _with(words: list[Word], i: int) -> Iterator[tuple[int, int]]:
        """``With ten years of nursing behind me``, ``with my background in``."""
        window = words[i + 1 : i + 7]
        keys = [w.key for w in window]
        if not window or keys[0] in {
            "you",
            "your",
            "the",
            "all",
            "best",
            "kind",
            "this",
            "that",
            "their",
        }:
            return
        for n, key in enumerate(keys):
            if key in {
                "years",
                "decades",
                "decade",
                "experience",
                "background",
                "degree",
                "diploma",
                "master's",
            }:
                following = keys[n + 1] if n + 1 < len(keys) else ""
                if following in {"of", "in", "as", "at", "with", "behind", "working"}:
                    yield i, i + 1
                return
            if key in {"and", "who", "that"}:
                return

    @staticmethod
    def _as_a(words: list[Word], i: int) -> Iterator[tuple[int, int]]:
        """``As a certified …``, ``as a former …``: a state of the writer at a clause's start."""
        if (
            i
            and not words[i].first
            and words[i - 1].joined
            and words[i - 1].key not in _ADVERBS | {"and", "me", "years", "worked", "time"}
        ):
            return
        if words[i + 2].key in _STATES | {"former", "fellow", "seasoned", "trained"}:
            yield i, i + 2

    def _clause(self, words: list[Word], verb: int, ends: frozenset[str]) -> int:
        """Where the clause of a claim ends: at a stop, or before a clause of another thing."""
        text, end = self.ledger.text, verb + 1
        while end < min(len(words), verb + _LIMIT):
            gap = text[words[end - 1].end : words[end].start]
            key = words[end].key
            if gap != " " and not {";", ":", "—", "–", "(", "?", "!", "…"}.isdisjoint(gap):
                break
            following = words[end + 1].key if end + 1 < len(words) else ""
            if key in ends or key in {"i", "i'm", "i've", "i'd", "i'll"}:
                break
            if "," in gap and (
                key in _ENDS
                or key
                in {
                    "i",
                    "you",
                    "it",
                    "we",
                    "your",
                    "the",
                    "this",
                    "that",
                    "i'd",
                    "i'm",
                    "my",
                    "i've",
                }
            ):
                break
            if key in _ENDS and following in {
                "i",
                "you",
                "it",
                "we",
                "they",
                "would",
                "will",
                "your",
                "he",
                "she",
                "i'd",
                "i'm",
                "am",
                "can",
            }:
                break
            if key in {"so", "because", "which", "but"} or (
                key == "and" and self._another(words, end)
            ):
                break
            end += 1
        return end

    @staticmethod
    def _another(words: list[Word], i: int) -> bool:
        """Whether "and" opens another predicate, which is a claim of its own."""
        following = words[i + 1].key if i + 1 < len(words) else ""
        return (
            following in _DEEDS
            or following in _HAVE
            or following in {"would", "hope", "believe", "know", "am", "was", "feel", "think"}
        )

    def _judge(self, claim: list[Word], own: list[Word]) -> None:
        held, lacking, rare, papers, line = 0.0, 0.0, False, False, None
        keys = {w.key for w in own}
        office = any(w.key in {"was", "as"} for w in claim[:5])
        for word in own:
            if value := self._number(word):
                held += value
                continue
            for key in word.key.split("-"):
                weight, at, paper = self._weigh(key, word)
                if at is not None:
                    held += weight
                    line = line if line is not None and weight < 1 else at[0]
                else:
                    lacking += weight
                    rare = rare or weight == 1 or stem(key) in _STRONG
                    papers = papers or paper or (office and key in HEADS | LEVELS)
        start, end = claim[0].start, claim[-1].end
        yours = not keys.isdisjoint({"you", "your", "yours"}) and keys.isdisjoint(_ALIKE)
        if not papers and (yours or not keys.isdisjoint(_TALK)):
            return
        if papers or (rare and held < 0.5 * (held + lacking)):
            told = self.ledger.quote(start, end)
            self.ledger.wrong(
                "claim",
                f"{told}: the notes hold no such claim; say only what stands under My fit",
                start,
                end,
            )
        elif held >= 1:
            self.ledger.source(start, end, line)

    def _number(self, word: Word) -> float:
        """How much a number that the notes hold speaks for a claim; 0 for any other word."""
        value = (
            float(word.text)
            if word.text.isdecimal() and len(word.text) < 9
            else ONES.get(word.key) or TENS.get(word.key)
        )
        if not value or value not in self.known.amounts:
            return 0.0
        return 1.0 if value > 4 else 0.7

    def _weigh(self, key: str, word: Word) -> tuple[float, tuple[Line] | None, bool]:
        """A word's weight, its line when the notes hold it, and whether it alone decides."""
        if key in _STOP or key in SMALL_WORDS or not key or not key[0].isalpha() or len(key) < 2:
            return 0.0, None, False
        root, stems = stem(key), self.known.own_stems
        weight = 0.3 if root in _GENERIC or key in _DEEDS else 1.0
        if root in stems:
            return weight, (stems[root],), False
        for near in _KIN.get(root, ()):
            if near in stems:
                return weight, (stems[near],), False
        return weight, None, root in _PAPERS or key in PEOPLES and word.cap


_SUBJECTS = frozenset("i i've i'd you we they he she it this that who which there what i'm".split())
# Words of the interview and of ordinary life: a clause with one of them is no claim.
_TALK = frozenset(
    """
        interview interviewing conversation conversations meeting question questions idea ideas
        website tea coffee excited welcome email e-mail article notes talk summary task assignment
        sample application minute minutes myself home hard feedback everyone mind excitement
        enthusiasm lunch tour thought thoughts reading read convinced certain confident nervous
        train position summary slides below above attached enclosed conclusion impression feeling
        hope hopes patience weekend evening yesterday today tomorrow desk card
    """.split()
)
_ALIKE = frozenset("like similar same such as comparable akin".split())
_STRONG = frozenset(
    stem(word)
    for word in """
        led managed supervised headed directed founded built designed launched won mentored
        trained taught coached chaired oversaw negotiated
    """.split()
)
_VERBS = frozenset(
    """
        would will could can make makes made is are was were have has taught gave align aligns fit
        fits match matches mean means should may might do does equip prepare prepared to has've
    """.split()
)
_OFFICES = frozenset(
    """
        chef manager director engineer developer nurse teacher head lead lecturer officer
        consultant partner analyst designer president chair founder supervisor captain sergeant
    """.split()
)
_KIN: dict[str, tuple[str, ...]] = {}
for _group in (
    "bus vehicle fleet", "firm company employer", "nurse ward patient hospital", "pupil student child class",
    "cook kitchen chef", "staff team associate colleague", "outage downtime", "cut reduce lower",
    "law legal solicitor tribunal", "lead manage supervise head run", "mentor train coach teach",
    "write draft author", "customer client", "doctor physician", "site project", "code software",
    "licence license permit", "scale growth", "driver drive", "phd thesis doctoral doctorate", "master msc ma",
    "wind offshore turbine", "school class year", "charity refugee", "court tribunal evidence", "certified certificate",
    "migrate migration move", "fit install", "accident safe", "farm farmer", "survey interview", "dive diving",
):  # fmt: skip
    for _word in _group.split():
        _roots = tuple(stem(word) for word in _group.split() if word != _word)
        _KIN[stem(_word)] = _KIN.get(stem(_word), ()) + _roots

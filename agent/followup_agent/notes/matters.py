"""Matters that candidates keep to themselves, known again when no word of a private line is left.

A private line belongs to a matter by its own words ("offer from a bank" is of another job); a
sentence tells of it by words of a few groups that stand near each other ("I have to answer another
employer before the month is out"). Only the matters of a notes' own private lines are looked for,
so that the groups may be wide: a word is faint by itself, but not beside such a line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

_WRITER = frozenset("i my me mine our we us".split())


class Telling(NamedTuple):
    """Words of which one of each group stands near the first group's in a sentence.

    Attributes:
        groups: The first is the core: what the public notes also say does not count there.
        near: Words that may lie between the core and a word of another group, plus one.
    """

    groups: tuple[frozenset[str], ...]
    near: int

    def find(self, words: Sequence[str], public: Collection[str]) -> tuple[int, int] | None:
        """The first and last word of the first place that tells, or None."""
        core, *others = self.groups
        for n, word in enumerate(words):
            if word not in core or word in public:
                continue
            low, high = max(0, n - self.near), min(len(words), n + self.near + 1)
            places = [
                next((m for m in range(low, high) if m != n and words[m] in group), None)
                for group in others
            ]
            found = [n, *(place for place in places if place is not None)]
            if len(found) == len(self.groups):
                return min(found), max(found)
        return None


class Matter:
    """One sensitive matter: which lines belong to it, and which sentences tell of it."""

    def __init__(self, lines: str, tellings: str) -> None:
        self._lines, self._tellings = lines, tellings

    def holds(self, text: str) -> bool:
        """Whether a line of a private text belongs to it."""
        return self._pattern.search(text) is not None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"(?i)\b(?:{'|'.join(self._lines.split())})")

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """The tellings: of each its reach, a number, then its groups with a + between."""
        rows = re.findall(r"(\d+)([^\d]+)", self._tellings)
        return tuple(
            Telling(tuple(frozenset(group.split()) for group in groups.split("+")), int(near))
            for near, groups in rows
        )

    @cached_property
    def cues(self) -> frozenset[str]:
        """A sentence without any of these words tells nothing of it."""
        return frozenset().union(*(telling.groups[0] for telling in self.tellings))

    def find(self, words: Sequence[str], public: Collection[str]) -> Iterator[tuple[int, int]]:
        """The words (first, last) of a sentence that tell of it; the writer must be in it."""
        if _WRITER.isdisjoint(words):
            return
        for telling in self.tellings:
            if place := telling.find(words, public):
                yield place


_ANOTHER_JOB = Matter(
    r"""
    offer interview appl(?:ied|ying|ication) rival shortlist competitor elsewhere jobs?\b posts?\b
    talk(?:s|ing)\b waiting choice interested called answer
    """,
    """
    8 employer employers firm company group hotel agency organisation organization school
      hospital clinic bank practice brewery haulier studio restaurant university institute
      government rival competitor party lender insurer yard outfit developer builder contractor
      charity + another other others different second also too rival competing + answer reply sign
      offer offered offers bid talks talk talking keen waiting approached applied shortlisted
      invited wants expects considering weigh looking interviewing
    8 offer offers bid proposal + another other rival competing table holding received deadline
      second standing expires
    8 elsewhere + interviewing applied talking offer offered options talks process waiting
      application
    6 talks + in + am m
    7 wants asked invited called + see meet interview back + me + another too also well other
      elsewhere second
    6 keen eager happy willing + have + me + too well also
    7 waiting wait + hear answer decision word reply + another agency government other second
      elsewhere
    """,
)
_PAY = Matter(
    r"""
    salar pay\b paid wages? rate\b bonus minimum lakh lpa \d+\s?k\b \d{1,3},\d{3} \d+\sthousand
    \d{4,}\b rent\b
    """,
    """
    7 salary wage wages money remuneration compensation earnings earn + need needs looking look
      expect expected expectations hope hoping least minimum ask asking want matter matters more
      higher ideally
    5 thirties forties fifties sixties seventies eighties nineties hundreds + high higher mid
      middle low lower upper somewhere around
    4 thousand thousands lakh grand + month year annum hour week + more least need want around about
    9 pay salary wage wages money earn earning earnings paid + less below lower under down drop cut
      step above more + now currently present today moment earn i am
    7 pay figure package + least minimum salary need asking hoping expect higher matters above
    """,
)
_HEALTH = Matter(
    r"""
    ill\b ill(?:ness)? sick operation surgery op\b hip\b knee bad\sback back\sinjury spine injur
    pregnan anxi panic depress diabet epilep migraine tablets medicat therapy treatment diagnos
    cancer adhd dyslex asthma allerg disab burn(?:t|ed)\s?out burnout malaria heart seasick deaf
    stroke recover pain\b
    """,
    """
    7 operation surgery operated injury injured ill illness sick anxiety anxious depression
      depressed panic exhausted exhaustion burnout diagnosed migraine migraines disability
      convalescence medication tablets pills allergic unwell spine pain recovering recover fever
      + my me i + off weeks leave because used suffer suffered hard settled after old had having
      am limits limited need due mention badly last
    7 leg legs arm arms shoulder wrist ankle foot feet knee knees hip neck chest lungs + my i me the
      + again healed healing heals mended mending bends bend stronger strength
    7 lifting physio physiotherapist physiotherapy crutches surgeon + my i me + heavy appointment
      appointments weekly weeks until avoid else mornings afternoons
    """,
)
_CHILDREN = Matter(
    r"pregnan expecting baby child kids? nursery daughter son\b maternity paternity twins",
    """
    4 little + one ones + my our
    5 family + growing grow bigger larger + my our
    6 baby babies children kids daughter son childcare pregnant pregnancy maternity paternity
      newborn twins toddler + my our way come comes arrives arrive due expecting expect looking
      leave
    """,
)
_RELATIVE = Matter(
    r"""
    mother father mum\b mom\b dad\b parents? brother sister grand(?:mother|father|ma|pa) aunt uncle
    famil relative
    """,
    """
    2 mother father mum mom dad parents parent brother sister sibling grandmother grandfather
      aunt uncle relative relatives + my our
    1 relative parent sibling carer + a
    7 family + my + ill unwell sick care near nearer close closer support
    """,
)
_MARRIAGE = Matter(
    r"wife husband partner spouse boyfriend girlfriend fianc marri(?:age|ed) divorc separat wedd",
    """
    3 wife husband spouse boyfriend girlfriend fiancé fiancée marriage divorce wedding + my our
    1 partner + my
    2 half + other better + my
    3 divorced divorcing separated married remarried + i am m was getting
    """,
)
_JOB_ENDS = Matter(
    r"""
    redundan retrench laid\soff let\s(?:me\s)?go fired sacked dismiss contract wound\sup
    clos(?:ing|es) cut(?:s|ting) insolv bankrupt sale\b sold warn disciplin quarrel row\b fight
    dispute complaint manager boss supervisor leaving resign quit wages delayed toxic get\son
    grievance tribunal bull(?:ied|ying) harass
    """,
    """
    8 employer firm company job contract place workplace boss manager supervisor professor head
      + my our where + end ends ended ending closes closing closure redundant redundancies
      redundancy cutting cuts sold strained terms trouble uncertain unhappy wound winding
      disagreed disagreement argument conflict insolvent bankrupt shrinking dismissed tension
      owes unpaid
    6 relations terms + strained bad good poor difficult + my not
    9 redundant redundancies redundancy dismissed sacked retrenched disciplined + i me my
    3 between + jobs
    3 job post position + my + cut lost losing lose axed scrapped
    9 desk seat place job post + my me i here + longer + much no
    10 wages wage salary + due late month + relief work i
    8 grievance complaint tribunal bullied bullying harassed harassment + my mine i me + open
      unresolved pending ongoing settled still against left manager filed raised
    """,
)
_SECRET = Matter(
    r"""
    (?:boss|manager|employer|company|firm|team|work|colleagues|nobody|they)(?:\W+\w+){0,4}?\W+(?:know|aware|told|tell|knows)\b
    (?:doesn['’]?t|don['’]?t|haven['’]?t|nobody|not|yet\Wto)(?:\W+\w+){0,2}?\W+(?:know|knows|aware|told|tell)\b
    secret(?:ly)? confidential discreet hush
    """,
    """
    8 employer boss manager company firm superior superiors colleagues + my our present current
      + aware know knows told informed tell discreet discretion confidential confidence contact
    8 told aware informed + not nobody anybody anyone unaware never t yet + my our work applying
      application looking
    4 confidence confidential confidentially discreet discreetly discretion secret + treat keep
      application kept please
    """,
)
_RESIDENCE = Matter(
    r"visa permit residen immigra sponsor citizen",
    """
    6 visa sponsorship immigration residency + my i need our s
    2 permit + work residence
    8 papers permit stay remain + my i me + allow allows expire expires valid only run runs out
    5 stay remain residence + right permission leave allowed
    """,
)
_RECORD = Matter(
    r"""
    licen[cs]e points convict police caution criminal arrest speeding warning warned complaint
    disciplin probation court fell\sasleep fail
    """,
    """
    6 record + driving police criminal spotless + my
    8 conviction convicted offence police caution criminal disciplined warned warning
      reprimanded complaint probation + my i was + clean driving once against mention blemish
      not for
    6 failed fail retake resit attempt attempts + my i + first second again twice test exam times
    """,
)
_DRIVING = Matter(
    r"driv licen[cs]e points",
    """
    6 drive driving licence license + not cannot unable yet never without trying points t
    """,
)
_MONEY = Matter(
    r"debt loan\b loans\b rent\b bills mortgage arrears overdraft owe savings wages money garnish",
    """
    7 debt debts loan loans mortgage landlord rent bills arrears overdraft savings + my i our +
      pay paying clear clearing have some more up asking due
    5 financial financially + difficult pressure tight strain situation need
    """,
)
_HOURS = Matter(
    r"""
    sunday monday tuesday wednesday thursday friday saturday weekend nights? evening part[\s-]time
    hours shift roster rota \d+\s?% (?:from\s)home time\soff leave
    """,
    """
    8 sunday sundays saturday saturdays friday fridays weekend weekends night nights evening
      evenings + spared spare avoid cannot unable only except excused prefer rather
    3 part fewer reduced shorter + time hours days + i prefer suit
    6 off away + weeks while month months leave + need step want
    """,
)
_PLACE = Matter(
    r"mov(?:e|ing)\b relocat commut house near base\b travel distance flat\b",
    """
    7 commute commuting drive journey travel relocate relocating + long far hard distance
      difficult worry worries + me would us i
    6 house home flat + looking find close closer near nearer + area matters need before
      holidays parent
    6 pack packing boxes + my i our + coast house home city town north south move moving before for
    """,
)
_FEAR = Matter(
    r"afraid fear scared nervous worried anxious uneasy",
    """
    4 afraid nervous worried scared anxious uneasy apprehensive dread + i am m me + of about
    """,
)
_BELIEF = Matter(
    r"church relig faith mosque synagogue temple pray jew muslim christian sabbath union politic",
    """
    6 church mosque synagogue temple prayer prayers pray faith religion religious worship
      sabbath services + i my + go attend attending going observe because
    """,
)
_AGE = Matter(
    r"aged?\b retire pension years\sold \b\d\d,\s",
    """
    3 age retire retirement pension older younger + my i am m at near
    """,
)

_DOUBT = Matter(
    r"""
    doubt unsure not\ssure rumou?r heard\sthat misgiving red\sflag second\schoice back-?up fallback
    plan\sb
    """,
    """
    7 misgivings reservations qualms rumours rumour rumors rumor + my i me
    6 second back backup fallback + plan choice option + my i
    6 despite although though + heard hear rumours rumors + i
    """,
)

_IMPRESSION = Matter(
    r"""
    stress tired exhaust rude nervous distracted grumpy bored tense flustered hung\W?over arrogant
    upset unhappy angry overwork harass strained
    """,
    """
    5 stressed tired exhausted rude nervous distracted grumpy bored tense flustered hungover
      arrogant upset unhappy angry harassed strained overworked weary + seemed sounded looked
      appeared felt
    """,
)

MATTERS = (
    _ANOTHER_JOB, _PAY, _HEALTH, _CHILDREN, _RELATIVE, _MARRIAGE, _JOB_ENDS, _SECRET, _RESIDENCE,
    _RECORD, _DRIVING, _MONEY, _HOURS, _PLACE, _FEAR, _BELIEF, _AGE, _DOUBT,
    _IMPRESSION,
)  # fmt: skip


def matters_of(text: str) -> tuple[Matter, ...]:
    """The matters that a private text belongs to."""
    return tuple(matter for matter in MATTERS if matter.holds(text))

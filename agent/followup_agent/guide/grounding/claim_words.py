"""The vocabulary of claims: deeds, possessions, states, and what is only talk."""

from __future__ import annotations

from followup_agent.guide.grounding.stems import stem

# Deeds at work, in the past tense; verbs of talk, thought and feeling are no claims.
DEEDS = frozenset(
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
        rehabilitated attended gave covered lectured made
    """.split()
)
# "I took notes", "I spent the evening": deeds only with other objects than these.
LIGHT = frozenset(
    """
        took gave spent received attended brought raised turned hit opened started closed spoke
        learned learnt used wrote moved saved placed covered passed made earned grew
    """.split()
)
SMALL_TALK = frozenset(
    """
        away home note notes heart it your you from about that how much more what this evening time
        thought question up lot deal so great message email letter reply part morning afternoon day
        hour weekend night sure me sense answer mistake list tea coffee mind point effort
        it's friends
        promise use progress way plan plans decision smile laugh fond tired shop door window again
    """.split()
)
# After "have": deeds whose participle has another form.
PARTICIPLES = frozenset("run been built driven written taught spoken done".split())
# After "I have been".
ONGOING = frozenset(
    "working managing leading running teaching certified responsible nursing".split()
)
DAILY = frozenset(
    """
        manage lead run use teach speak hold work own train maintain supervise operate specialise
        specialize design build develop write code program practise practice coach mentor
        volunteer serve handle oversee possess drive fit know read
    """.split()
)
# What follows a daily verb that claims nothing: "I work with care", "I use the time".
NO_OBJECT = frozenset(
    """
        to that it you your about the this forward on i best well hard from in with again regarding
        these those here now what how and for as at most every each
    """.split()
)
ASKED = frozenset("if how what would should where help could can may when".split())
HAVE = frozenset("have had hold held 've possess bring offer boast earned got".split())
HELD = frozenset(
    """
        experience background degree diploma certificate certification licence license
        qualification qualifications bachelor bachelor's bachelors master master's masters phd
        doctorate mba msc bsc ba ma skills skill knowledge expertise record training years year
        decade decades accreditation fluency command portfolio patent award awards publications
        understanding grasp certificates licences track proficiency level fellowship residency
        apprenticeship ticket tickets card membership
    """.split()
)
HELD |= {f"{word}s" for word in HELD if not word.endswith("s")}
# Having these is no possession: "I have no doubt", "I have enjoyed".
NOT_HELD = frozenset("hope interest doubt enjoyed admired been".split())
# Qualifications: they must stand in the notes themselves; other words cannot speak for them.
PAPERS = frozenset(
    stem(word)
    for word in """
        degree diploma certificate certified certification licence license licensed qualification
        bachelor bachelor's master's masters phd doctorate doctoral mba msc bsc chartered
        accredited accreditation patent award fellowship apprenticeship
    """.split()
)
STATES = frozenset(
    """
        fluent certified qualified chartered registered licensed trained experienced proficient
        skilled accredited bilingual versed educated born native adept expert credentialed
        board-certified
    """.split()
)
MINE = frozenset(
    """
        experience background degree diploma certification certificate certifications training
        years thesis dissertation doctorate master's masters bachelor's phd mba msc bsc career
        apprenticeship internship expertise qualification qualifications master bachelor licence
        license research residency fellowship studies portfolio publications award accreditation
        employment tenure work postdoc postdoctorate honours stint spell placement paper
        papers time team teams clients
    """.split()
)
FOLLOWED = frozenset("in at as of with on from behind leading managing running working".split())
# With these a skill is claimed whatever follows: "my extensive Python experience".
MUCH = frozenset("extensive deep long broad wide vast considerable in-depth".split())
YEARS = frozenset(
    "years decades decade winters summers seasons experience background degree diploma "
    "master's".split()
)
ADVERBS = frozenset(
    """
        also already then once successfully recently previously personally even just still always
        often regularly currently actually really only never directly jointly both single-handedly
        happily proudly myself since both long formerly later first now myself most certainly
        indeed likewise all but nearly almost virtually practically
    """.split()
)
OFFICES = frozenset(
    """
        chef manager director engineer developer nurse teacher head lead lecturer officer
        consultant partner analyst designer president chair founder supervisor captain sergeant
    """.split()
)
# Function words: they weigh nothing.
STOP = frozenset(
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
        entire main exactly similar own along dozen dozens hundreds thousands couple plenty handful
    """.split()
)
# Words of any claim: they weigh little for it or against it.
GENERIC = frozenset(
    stem(word)
    for word in """
        experience work worked working job role year years month time career background project
        projects team teams people person company firm organisation organization use used using
        help helped level skill skills knowledge strong large small big different various
        successful success result results similar related field industry sector area environment
        setting previous former current position business client clients customer customers
        colleague colleagues belt record track spent hand hands day days week weeks number whole
        range extensive significant solid proven deep broad first-hand hands-on know understand
        understanding learn learned lead led manage managed run built build develop developed
        deliver delivered reduce reduced cut improve improved increase increased move moved bring
        brought teach taught train trained write wrote speak fluent hold held carry carried handle
        handled design designed plan planned create created place past present last recent kind
        task problem problems challenge challenges process life scale size end start finish
        tired busy late early hungry patient exercise lad folk guy lot one two
        three four five six seven eight nine ten half third
    """.split()
)
# Deeds that are a claim even where only such words follow: "I managed a team".
STRONG = frozenset(
    stem(word)
    for word in """
        led managed supervised headed directed founded built designed launched won mentored
        trained taught coached chaired oversaw negotiated
    """.split()
)
# Words of the interview and of ordinary life: a clause with one of them is no claim.
TALK = frozenset(
    """
        interview interviewing conversation conversations meeting question questions idea ideas
        website tea coffee excited welcome email e-mail article notes talk summary task assignment
        sample application minute minutes myself home hard feedback everyone mind excitement
        enthusiasm lunch tour thought thoughts reading read convinced certain confident nervous
        train position summary slides below above attached enclosed conclusion impression feeling
        hope hopes patience weekend evening yesterday today tomorrow card
    """.split()
)
# Said of a deed these tell its time: "the system that I designed is in use today".
DAYS = frozenset("today yesterday tomorrow evening weekend".split())
# … and with these, "your" compares: "a team like yours".
ALIKE = frozenset("like similar same such as comparable akin".split())
# Where a clause ends: at these; after a comma at a new subject; before one after "and", "when" …
ENDS = frozenset(
    "which so but because although though whereas if when whenever while who where and".split()
)
TURNS = frozenset("i you it we your the this that i'd i'm my i've".split())
ANEW = frozenset("i you it we they would will your he she i'd i'm am can".split())
VERBS = frozenset(
    """
        would will could can make makes made is are was were have has taught gave align aligns fit
        fits match matches mean means should may might do does equip prepare prepared to
    """.split()
)
OPINIONS = frozenset("would hope believe know am was feel think".split())
# Words that say much the same in one trade or another, for paraphrases of the notes.
_GROUPS = (
    "bus vehicle fleet",
    "firm company employer",
    "nurse ward patient hospital",
    "pupil student child class",
    "cook kitchen chef",
    "staff team associate colleague",
    "outage downtime",
    "cut reduce lower",
    "law legal solicitor tribunal",
    "lead manage supervise head run",
    "mentor train coach teach",
    "write draft author",
    "customer client",
    "doctor physician",
    "site project",
    "code software",
    "licence license permit",
    "scale growth",
    "driver drive",
    "phd thesis doctoral doctorate",
    "master msc ma",
    "wind offshore turbine",
    "school class year",
    "charity refugee",
    "court tribunal evidence",
    "certified certificate",
    "migrate migration move",
    "fit install",
    "accident safe",
    "farm farmer",
    "survey interview",
    "dive diving",
)


def _kin() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in _GROUPS:
        roots = [stem(word) for word in group.split()]
        for root in roots:
            found[root] = found.get(root, ()) + tuple(other for other in roots if other != root)
    return found


KIN = _kin()
# A degree's general name follows from its particular one, not the other way round.
_MASTERS = ("msc", "ma", "mba", "edm", "meng", "mphil", "llm", "mres", "mfa", "mtech")
_BACHELORS = ("bsc", "ba", "beng", "btech", "llb", "bcom")
_DOCTORS = ("phd", "dphil")
KIN[stem("master")] = (*KIN.get(stem("master"), ()), *map(stem, _MASTERS))
KIN[stem("bachelor")] = tuple(map(stem, _BACHELORS))
KIN[stem("doctorate")] = (*KIN.get(stem("doctorate"), ()), *map(stem, _DOCTORS))
KIN[stem("degree")] = (
    *(
        stem(word)
        for word in ("master", "bachelor", "doctorate", *_MASTERS, *_BACHELORS, *_DOCTORS)
    ),
)
# Pasts of talk, thought, feeling, contact and daily life: they claim nothing of a writer's work.
QUIET = frozenset(
    """
        said told asked mentioned spoke spoken talked discussed enjoyed liked loved appreciated
        wanted hoped wished felt thought wondered believed knew known understood noticed saw seen
        heard met found came come went gone left sent promised attached enclosed received looked
        read thanked admired laughed smiled agreed applied remembered realised realized got gotten
        had was were been did done gave given took taken made put let kept set-out meant seemed
        became become began begun considered decided needed tried waited watched listened
        followed forgot forgotten hesitated imagined interviewed liked lost minded missed noted
        owed paid picked pleased preferred presumed recalled recognised recognized regretted
        relished related replied respected returned sat shared slept sensed stayed stopped
        stood struck suggested supposed surprised suspected treasured trusted turned valued
        visited walked warmed welcomed woke worried wrote written expected excited impressed
        inspired interested intrigued delighted pleased thrilled honoured honored convinced
        encouraged reassured relieved touched moved moved asked invited called rang phoned
        e-mailed emailed messaged texted chatted connected added joined raised brought drew
        learned learnt hit opened started closed used saved passed covered placed offered need
        mulled pondered reflected revisited scribbled jotted checked looked-up dug googled spent
        searched travelled traveled arrived headed caught cheered nodded blushed dreamt dreamed
        allowed ended finished-up grinned dared dreaded feared feasted hurried indeed accepted
        reread revised re-read savoured savored acknowledged apologised apologized assumed assured
        linked withdrawn withdrew wore worn booked chased rearranged complained mixed
        reached answered
        pasted pictured uploaded raved figured rung grown concluded deleted mailed forwarded posted
        copied printed dropped popped rearranged carried counted wolfed circled highlighted quoted
        bookmarked practised rehearsed repeated resisted sketched weighed wandered ate drank dressed
        shown showed shook crossed strolled hurried paced
        advised bet bought broke blew fell forgave hung hurt lay lent rode
        rose signed stuck swore tasted tore wept
    """.split()
)
# What a line of My fit says modestly, and the words that would make more of it.
_MODEST_DEEDS = frozenset(
    "helped helping assisted assisting supported shadowed contributed".split()
)
_MODEST_SKILLS = frozenset(
    "basic some beginner beginner's elementary conversational learning studying rusty".split()
)
RAISED = (
    (
        _MODEST_DEEDS | {"help", "part", "assist", "hand", "support"},
        (DEEDS | {"set", "did"})
        - frozenset("worked cared used spent learned learnt gained attended received".split()),
    ),
    (
        _MODEST_SKILLS | {"little", "bit", "learn"},
        frozenset(
            """
                fluent expert advanced proficient qualified certified native mastered perfect
                fluently extensive chartered licensed bilingual
            """.split()
        ),
    ),
)
HEDGES = _MODEST_DEEDS | _MODEST_SKILLS

"""The wish for the role: the writer's own, present and firm, and at this company."""

from __future__ import annotations

import re
from collections.abc import Iterable

from followup_agent.guide.addressing import is_near
from followup_agent.guide.anycase import Anycase
from followup_agent.guide.case import Case
from followup_agent.guide.evidence import (
    company_words,
    doing,
    doing_in_part,
    keys,
    role_words,
    says,
)
from followup_agent.guide.message import Part
from followup_agent.guide.registry import Finding, rule
from followup_agent.guide.roles import Role, certainty_of
from followup_agent.guide.sentences import clauses
from followup_agent.kinds import Kind

#: Denied, past, another's or hanging on terms: no wish, however sure the words.
_DENIED = Anycase(
    r"\b(?:not|\w*n['’]t|hardly|scarcely|never)(?: yet)?(?: (?:entirely|at all|quite|very|really"
    r"|so|that|particularly|especially))? (?:sure|certain|convinced|decided|interested|keen|eager)"
    r"(?! (?:(?:that )?(?:I|we) (?:have |could )?ever|if|before|how|what))\b"
    r"|\b(?:has|have) (?:\w+ )?(?:cooled|faded|waned|gone|dwindled|passed)\b"
    r"|\bno longer (?:wish|want|interested|keen|sure|be )\w*\b|\bI doubt\b|\bin two minds\b"
    r"|\b(?:could|would|['’]d) consider (?:an?|the|your|this) \w+(?! (?:an?|my) )"
    r"|\b(?:prepared|willing|ready|open|happy) to consider\b|\bmade up my mind (?:yet|whether)\b"
    r"|\bif the (?:\w+ )?(?:pay|salary|package|terms|money|hours|conditions|offer)\b"
    r"|\bdepend(?:s|ing) on\b"
    r"|\bmy (?:own |two |three |eldest |youngest )?(?:child|children|parents?|kids?|sister"
    r"|brother|wife|husband|cousin|friend|partner|mother|father|son|daughter|niece"
    r"|nephew|uncle|aunt|colleague|flatmate|neighbou?r|student)s? (?:is|are|was|were|would"
    r"|wants?|loves?"
    r"|likes?|has|have|swears?)\b",
)
_ONCE = Anycase(
    r"\bI (?:(?:was|had been) (?:\w+ )?(?:interested|keen|excited|eager|after|sold)|used to)\b"
    r"(?!.*\b(?:still|am|remain|now|even more|more|stay)\b)",
    re.DOTALL,
)
#: The writer wants it, in so many words or with the "I" left out: "Still keen to join."
_WRITER = Anycase(
    r"\b(?:I|me|my|mine|myself|we)\b|^(?:and |but |so )?(?:still|very|really|just|only|would|am"
    r"|keen|eager|excited|delighted|count|sign|super|so|more|as|dead|can['’]t|cannot|happy|glad"
    r"|looking|hoping|very much|nothing|it (?:would|will) be|yes|definitely|absolutely|to|being"
    r"|joining|working)\b",
)
#: A wish to look on, not to work there.
_ELSEWHERE = Anycase(
    r"\b(?:like|love|wait|hope|want|eager|keen|excited|happy|delighted|curious|chance"
    r"|opportunity) to (?:\w+ly )?"
    r"(?:come and |go and )?(?:see|visit|read|watch|taste|hear|try|ride|eat|shop|use)\b",
)
_POST = Anycase(
    r"\b(?:join\w*|become|belong|role|position|post|job|work\w*|part of|team|(?:see|hear) (?:it"
    r"|this|that"
    r"|from))\b",
)
#: The wish as a noun: "It strengthened my resolve to come to you."
_WISH = Anycase(
    r"\bmy (?:\w+ )?(?:resolve|wish|desire|hope|ambition|eagerness|keenness|intention|determination"
    r"|enthusiasm|interest|commitment|dream) (?:to|for|in|of) (?:com|join|work|be|lead|serv"
    r"|teach|the"
    r"|this|your|help|build|taking)\w*\b"
    r"|\b(?:top of my list|my (?:first|top) (?:choice|preference)|my number one)\b",
)
#: What an interest is in: the words after it, up to the next "of", say whether it is the job.
_IN = re.compile(
    r"\binterest(?:ed)? in ((?:(?!(?:of|at|with|for|and)\b)[\w'’&/+#.-]+ ?){1,5})", re.IGNORECASE
)
_IN_WORK = Anycase(
    r"\b(?:(?:this|that|it|these|those)$|your|what|how|\w+ing|role|position|post|job|work|team"
    r"|vacancy|opportunity|chance|prospect|possibility|idea|challenge|offer|place|career|project"
    r"|programme|program|company|firm|organi[sz]ation|school|hospital)\b",
)
_LIKING = re.compile(
    r"\bI (?:\w+ )?(?:like|love|enjoy|admire)d?(?: (?:very|so) much)? "
    r"((?:the|your|those|these) [\w'’-]+)",
    re.IGNORECASE,
)
_WISHES = Anycase(
    r"\b(?:would|hope|hoping|want|wish|join|joining|be|becoming|work|working|eager|keen|excited"
    r"|interest\w*|start|help|take|offer|chance)\b|\bI['’]d\b",
)
#: A wish for something of one's own: "to be back in my garden", "to finish my deck". Bounded, for
#: "to to to" would be read to its end from each "to".
_OWN_AFFAIR = re.compile(r"\bto ([^,.;:!?]{0,120}?\bmy\b[^,.;:!?]*)", re.IGNORECASE)
#: Where the firm is named as the place: not "near Lumen", nor "before Prairie winters".
_TOWARDS = re.compile(
    r"\b(?:at|for|with|to|join|joining|in|of|as|into) "
    r"((?:(?:the|a|an|your) )?[\w'’-]+(?: [\w'’-]+)?)",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
#: How sure interest must be: a message names many things that its writer likes.
_SURE = 0.58
_LIKELY = 0.55  # where the sentence names the role or the company too
_POSSIBLE = 0.02  # where the wish is a noun as well
#: "Perhaps most of all I want to join you": so sure that a "perhaps" changes nothing.
_BEYOND_DOUBT = 0.9


@rule(
    "interest",
    kinds=[Kind.THANK_YOU, Kind.REMINDER, Kind.STATUS],
    part=Part.INTEREST,
    ask="Say with conviction that you want the role, and name both the role and the company.",
    place="Structure of the Email: Reiterate Interest",
)
def interest(case: Case) -> Iterable[Finding]:
    """No wish for the role, a lukewarm one, or the company is not named."""
    if not _wants(case):
        yield Finding("interest in the role is missing: say plainly that you would like to have it")
    elif case.notes is not None and not _names_company(case):
        yield Finding(f"the company is not named: say that it is {case.notes.company} you want")


def _wants(case: Case) -> bool:
    notes = case.notes
    named = company_words(notes) | role_words(notes) if notes else frozenset[str]()
    # Whoever says elsewhere that their mind is not made up must wish it all the more plainly.
    doubting = any(says(case, _DENIED))
    wishing = doing if doubting else doing_in_part
    for sentence in wishing(case, Role.INTEREST, _POSSIBLE):
        sure = certainty_of(sentence.text)[Role.INTEREST]
        if doubting and sure < _BEYOND_DOUBT:
            continue
        if sure < _LIKELY and not _WISH.search(sentence.text):
            continue
        text = sentence.text
        if any(p.search(text) for p in (_DENIED, _ONCE)) or not _WRITER.search(_wishing(text)):
            continue
        if _ELSEWHERE.search(text) and not _POST.search(text):
            continue
        if _own_affair(text, named) or _likes_a_thing(text):
            continue
        in_work = (notes and notes.role.casefold() in text.casefold()) or _in_work(text, named)
        if in_work and (sure >= _SURE or not named.isdisjoint(keys(text))):
            return True
    return False


def _in_work(sentence: str, named: frozenset[str]) -> bool:
    """Whether an "interest in" something is in the work: "interested in chess" is not."""
    things = [match[1] for match in _IN.finditer(sentence)]
    return not things or any(
        _IN_WORK.search(thing.strip()) or not named.isdisjoint(keys(thing)) for thing in things
    )


def _own_affair(sentence: str, named: frozenset[str]) -> bool:
    """Whether what is wished for is the writer's own, and nothing of the reader's."""
    return any(
        not _YOU.search(match[1])
        and not _POST.search(match[1])
        and named.isdisjoint(word for at in _TOWARDS.finditer(match[1]) for word in keys(at[1]))
        for match in _OWN_AFFAIR.finditer(sentence)
    )


def _likes_a_thing(sentence: str) -> bool:
    """Whether all that is said is a liking for something of theirs: "I like your roses"."""
    things = [match[1] for match in _LIKING.finditer(sentence)]
    return (
        bool(things)
        and not any(_IN_WORK.search(thing) for thing in things)
        and not _WISHES.search(sentence)
    )


def _wishing(sentence: str) -> str:
    """The clause that wishes: whoever stands elsewhere in the sentence need not be the wisher."""
    return max(
        (c for c in clauses(sentence) if certainty_of(c)[Role.INTEREST] >= _LIKELY),
        key=lambda clause: certainty_of(clause)[Role.INTEREST],
        default=sentence,
    )


def _names_company(case: Case) -> bool:
    if case.notes is None:
        return True
    text = f"{case.reading.words(case.reading.subject)}\n{case.reading.body}"
    words, own = set(keys(text)), company_words(case.notes)
    if not own.isdisjoint(words):
        return True
    # A name that is only misspelled is the business of `wrong_name`.
    longer = [word for word in words if len(word) > 4]
    return any(is_near(word, name) for name in own if len(name) > 4 for word in longer)

"""Jottings in pieces: a phrase, and what was jotted after it.

A small model joins the pieces of "two ovens – both old, one for bread" as often wrongly as well.
What stands first is mostly a topic by itself, and less that is surely true is better told.
"""

from __future__ import annotations

import re

from followup_agent.asking.articles import articled, claim_articled
from followup_agent.asking.broken import breaks
from followup_agent.asking.longhand import written_out
from followup_agent.asking.noun_phrase import noun_phrase
from followup_agent.asking.wording import ONE_DOES, STOP, begins_with_deed, shape
from followup_agent.guide.topics import rarity, stems_of
from followup_agent.guide.wordforms import is_plural

_PIECES = re.compile(r"[,;:()–—?!…\"“→]|\s-\s")
#: Where the first piece ends: at a strong mark, or at a comma before what no list of adjectives or
#: of things goes on with ("a small, tired team", "rotas, budgets and leave").
_END = re.compile(
    rf"[;!]\s|{STOP}\s(?=(?-i:[A-Z]))"
    r"|(?<=[a-z]{4})\.\s(?=(?-i:[a-z]))|\s[–—-]\s"
    r"|,\s(?=\d|(?:the|an?|this|these|those|any|all|both|each|every|half|some|most|many|few|several"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|with|who|whose|where|because|since|as|by"
    r"|from|in|on|at|to|for|up|down|about|around|over|under|per|plus|via|using|she|he|they|it|I|we"
    r"|nobody|everybody|everyone|someone"
    r"|you|your|there|then|now|still|already|currently|\w+ing|(?-i:[A-Z]{2,})"
    r"|(?!which|that)\w+ "
    r"(?:\w{3,}ed|done|made|built|run|held|kept|given|sent|led|written|taken))\b)",
    re.IGNORECASE,
)
#: What goes on with the clause before it.
_GOES_ON = re.compile(
    r"(?:and|but|so|or|nor|yet|which|who|whom|whose|where|when|while|because|as|if|unless|until|since"
    r"|though|although|to|for|in|at|on|with|without|by|from|of|not|even|including|especially|mostly"
    r"|mainly|like|plus|than|then|too)\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not?|never|nobody|none|nothing)\b|n['’]t\b", re.IGNORECASE)
#: A later piece of these may take back or narrow what the first one says.
_TURNS = re.compile(
    rf"{_NEGATION.pattern}|\b(?:only|but|though|although|except|unless|if|until|without|however|"
    r"instead|rather|maybe|perhaps|probably|supposedly|allegedly|once|used)\b",
    re.IGNORECASE,
)
#: A piece that takes nothing back: what it lacks, "two ovens, no proofer"; what nobody does with
#: it, "error budgets, nobody keeps to them".
_LACKING = re.compile(
    r"(?:^|(?<=[,;–—-]\s))(?:no [^\s,;]+(?: [^\s,;]+)?|(?:nobody|no one)\b[^,;]*)(?=[,;]|$)",
    re.IGNORECASE,
)
_LIST = re.compile(r"(?:(?:the|an?|your)\b[^,;]*,|[^,;]*\b(?:and|or)\b)", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|can|could|would|should|must|may|might|do|does|did|"
    r"\w{2,}ed|told|said)\b|['’](?:s|re|ve|d|ll|m)\b|n['’]t\b",
    re.IGNORECASE,
)
#: "shrinkage there fell", "the punch lists of that job": points at a line before, which the reader
#: does not see, and can be left out.
_POINTING = re.compile(
    r"(?P<needed>\b(?:be|been|is|am|are|was|were|go|got|get|went) there\b)"
    r"|,? (?:out |over |up |down |back )?there\b"
    r"(?! (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b|['’-])"
    r"| (?:of|at|in|for|on|during|from|with) (?:that|those|the same) [a-z]+"
    r"(?=[,;.]|$| (?:to|and|with|by|from|in|for|on|at|after|while)\b)",
    re.IGNORECASE,
)
#: The same where nothing is left without it: "automated that", "wrote them in Go".
_POINTS = re.compile(r"[\w'’-]+ (?:it|them|that|this|those|these)\b", re.IGNORECASE)
#: Where a claim's first piece ends, and what would make less of it.
_CLAIM_END = re.compile(rf"[;:!(]|,\s|\s[–—-]\s|{STOP}\s(?=(?-i:[A-Z]))", re.IGNORECASE)
_LESSENS = re.compile(
    r"\b(?:help(?:ed|ing)?|assist\w*|support\w*|with|under|part|as|trainee|intern\w*|junior|shared?"
    r"|joint\w*|together|supervised|shadow\w*|team|we|us|our|volunteer\w*|some|few|partly|mostly"
    r"|nearly|almost|study\w*|learning|basic|assistant|deputy)\b",
    re.IGNORECASE,
)
#: "at last nursery"
_LAST_PLACE = re.compile(r"\b(at|in|from|for) (?:my )?last\b(?= [a-z])(?! (?:week|month|year))")
_FEWEST = 2  # words of a piece that says something
_FEWEST_OF_A_DEED = 4
#: How rare its words must be together: one is rare; where there are no more than two, nearly both.
_TELLING, _TELLING_ALONE = 1.0, 1.6


def is_in_pieces(jotting: str) -> bool:
    """Whether a jotting is several, with a comma or the like between: "two ovens – both old"."""
    return _PIECES.search(jotting) is not None


def claim_told(jotting: str) -> str:
    """What a message tells of a jotted claim: a deed without what was jotted after it.

    All of it where that may lessen what was done, for without it the deed would be a larger one.
    """
    claim = claim_articled(unpointed(_LAST_PLACE.sub(r"\1 my last", written_out(jotting))))
    head = claim_head(claim)
    return head if begins_with_deed(head) and len(head.split()) >= _FEWEST_OF_A_DEED else claim


def claim_head(claim: str) -> str:
    """A claim's first piece, if what comes after it does not lessen it; else the whole claim."""
    parted = _CLAIM_END.search(claim)
    if parted is None:
        return claim
    head, rest = claim[: parted.start()], claim[parted.end() :]
    lessened = _TURNS.search(rest) or _LESSENS.search(rest) or _LIST.match(rest)
    return head if not lessened and len(head.split()) >= _FEWEST else claim


def unpointed(claim: str) -> str:
    """A claim without what points at the line before it: "there", "of that job"."""
    return _POINTING.sub(lambda found: found["needed"] or "", claim)


def points_back(claim: str) -> bool:
    """Whether a claim is of something that another line names: "automated it"."""
    return _POINTS.match(claim) is not None


def topic_told(jotting: str) -> str:
    """What a message tells of a jotted topic: its first piece, written out."""
    return first_piece(_with_its_subject(articled(written_out(jotting))))


def _with_its_subject(topic: str) -> str:
    """A topic with "the" before the single thing of which it tells: "panto has 74 cues"."""
    thing = noun_phrase(topic, telling=0.0) or ""
    bare = thing.removeprefix("the ")
    tells = topic.startswith(f"{bare} ") and ONE_DOES.match(topic, len(bare) + 1)
    return f"the {topic}" if tells and bare != thing else topic


def first_piece(topic: str) -> str:
    """What a topic says first, if that stands by itself; else the whole topic."""
    end = _END.search(topic)
    clause, comma, after = topic.partition(", ")
    first = end is None or len(clause) < end.start()
    if comma and first and _is_another_clause(clause, after) and _stands_alone(clause):
        return clause  # what the next one denies is no business of this one
    if end is None:
        return topic
    head, rest = topic[: end.start()], topic[end.end() :]
    turned = _TURNS.search(_LACKING.sub("", rest)) or (end.group()[0] == "," and _LIST.match(rest))
    return head if not turned and _stands_alone(head) else topic


def _is_another_clause(clause: str, after: str) -> bool:
    """Whether a clause is whole and what comes after its comma does not go on with it."""
    return shape(clause) == "clause" and _GOES_ON.match(after) is None


def _stands_alone(head: str) -> bool:
    words = head.split()
    if len(words) < _FEWEST or is_in_pieces(head) or begins_with_deed(head):
        return False
    fewest = len(words) == _FEWEST
    if fewest and not all(map(str.isalpha, words)):  # "54 turbines"
        return False
    if fewest and is_plural(words[0].casefold()):  # "parents shout"
        return False
    if _NEGATION.search(head):  # "you inherited nothing, you wrote the first commit"
        return False
    form = shape(head)
    if form == "clause":  # it tells what it tells; whether that is of this talk, the guide says
        return not any(breaks(f"that {head}."))
    if form == "other" and _VERB.search(head):
        return False
    telling = sum(map(rarity, set(stems_of(head))))
    enough = telling >= (_TELLING_ALONE if fewest else _TELLING)
    return enough and not any(breaks(f"about {head}."))

"""A light English stemmer: enough to see that *migrated* and *migration* are one word."""

from __future__ import annotations

from functools import lru_cache

# Longest first; each with the shortest stem that may remain.
_SUFFIXES = (
    ("isations", 3), ("izations", 3), ("isation", 3), ("ization", 3), ("ically", 3),
    ("ations", 3), ("ements", 3), ("nesses", 3), ("ation", 3), ("ement", 3), ("ments", 3),
    ("ities", 3), ("ingly", 3), ("ising", 3), ("izing", 3), ("ships", 3), ("ical", 3),
    ("ance", 4), ("ence", 4), ("ated", 4), ("ates", 4), ("ator", 4), ("ised", 3), ("ized", 3),
    ("ises", 4), ("izes", 4), ("ions", 4), ("ings", 3), ("ment", 3), ("ness", 3), ("ship", 3),
    ("able", 4), ("ible", 4), ("ally", 3), ("ity", 4), ("ing", 3), ("ion", 4), ("ies", 2),
    ("ied", 2), ("ers", 3), ("ors", 4), ("ive", 4), ("ist", 4), ("ise", 4), ("ize", 4),
    ("ate", 4), ("ant", 4), ("ent", 4), ("ful", 3), ("ed", 3), ("er", 3), ("or", 4), ("es", 3),
    ("ly", 3), ("al", 4), ("ic", 4), ("s", 3), ("y", 3), ("e", 3),
)  # fmt: skip
_IRREGULAR = {
    "led": "lead", "ran": "run", "built": "build", "taught": "teach", "wrote": "write",
    "written": "write", "drove": "drive", "driven": "drive", "spoke": "speak", "spoken": "speak",
    "held": "hold", "kept": "keep", "brought": "bring", "won": "win", "grew": "grow",
    "grown": "grow", "began": "begin", "drew": "draw", "drawn": "draw", "found": "find",
    "gave": "give", "given": "give", "sold": "sell", "bought": "buy", "made": "make",
    "taken": "take", "took": "take", "oversaw": "oversee", "children": "child",
    "people": "person", "women": "woman", "men": "man", "nursing": "nurse", "learnt": "learn",
    "rebuilt": "rebuild", "chose": "choose", "rose": "rise", "fell": "fall", "fallen": "fall",
    "lives": "life", "analyses": "analyse", "certificate": "certif", "certification": "certif",
    "certified": "certif", "certificates": "certif", "certifications": "certif",
    "qualified": "qualif", "qualification": "qualif", "qualifications": "qualif", "maths": "math",
    "mathematics": "math", "fluency": "fluent", "diplomas": "diploma", "taken-up": "take",
}  # fmt: skip


@lru_cache(maxsize=8192)
def stem(key: str) -> str:
    """The stem of a folded word; related forms mostly share it."""
    if key in _IRREGULAR:
        key = _IRREGULAR[key]
    for suffix, shortest in _SUFFIXES:
        if key.endswith(suffix) and len(key) - len(suffix) >= shortest:
            key = key[: -len(suffix)]
            break
    if len(key) > 3 and key[-1] == key[-2] and key[-1] not in "aeiou":
        key = key[:-1]
    if len(key) > 3 and key[-1] in "eiy":
        key = key[:-1]
    return key

"""A clause that retells a jotting keeps its words, their order and who did what."""

from __future__ import annotations

import pytest

from followup_agent.asking.retelling import strays


@pytest.mark.parametrize(
    ("jotting", "clause"),
    [
        ("launch of a savings product", "about the launch of a savings product."),
        ("intake clogs with hyacinth, divers sent in twice a week",
         "that the intake clogs with hyacinth and that divers are sent in twice a week."),
        ("Buddy turns all the lights off", "how you turn all the lights off."),
        ("crash rate 0.8 % – most of it one image cache",
         "that the crash rate is 0.8 %, most of it one image cache."),
        ("supplies by truck only; guests w/ allergies come any day, 3 hrs' notice",
         "about supplies by truck only and guests with allergies who come any day, at 3 hours' notice."),
        ("greyboxing takes longer than the art, and it should",
         "that greyboxing takes longer than the art, and that it should."),
        ("you don't lift in gusts", "that you do not lift in gusts."),
        ("windows that nobody ever redrew", "about windows that nobody has ever redrawn."),
    ],
)  # fmt: skip
def test_mended_grammar_is_no_straying(jotting: str, clause: str) -> None:
    """Articles, verbs of being, other forms of a word, abbreviations spelt out."""
    assert list(strays(clause, jotting, "Buddy")) == []


@pytest.mark.parametrize(
    ("jotting", "clause"),
    [
        ("manage a term base of 35,000 entries", "I manage a term base of 35,000 entries."),
        ("forklift ticket", "I hold a forklift ticket."),
        ("ten yrs in retail, never late", "I have spent ten years in retail and was never late."),
        ("Kubernetes admin, certified", "I am a certified Kubernetes admin."),
        ("w/o one complaint, 45 weddings", "I have done 45 weddings without one complaint."),
        ("ISO auditor, certificate 2022", "I am an ISO auditor with a certificate of 2022."),
    ],
)
def test_a_claim_is_a_clause_of_the_candidates(jotting: str, clause: str) -> None:
    """It may need a verb of having, and may turn its words about."""
    assert list(strays(clause, jotting, mine=True)) == []


@pytest.mark.parametrize(
    ("jotting", "clause", "found"),
    [
        ("ice on the rails till April", "about ice on the rails and snow till April.", "new word: snow"),
        ("5 of 22 gauges still working", "that 5 of 23 gauges are still working.", "new word: 23"),
        ("3 dropped objects since Aug", "that 3 dropped objects have been since August.",
         "broken: that 3 dropped objects have been since"),
        ("you do flu jabs walk-in", "that you do flu jabs walks-in.", "another form: walks-in"),
        ("agents lose heart in month two", "that agents lose in month two.", "lost word: heart"),
        ("you treat by colony now", "that I treat by colony now.", "new person: I"),
        ("you treat by colony now", "that it is treated by colony now.", "lost person: you"),
        ("she says we fire it twice", "that they fire it twice.", "new person: they"),
        ("treat families too, they are at home",
         "that you treat families too and that you are at home.", "lost person: they"),
        ("treatment of the family too", "that the treatment of the family is too.",
         "broken: is too."),
        ("no serial comma", "about the serial comma.", "a negation"),
        ("the pipes you revoiced", "about the pipes you never revoiced.", "a negation"),
        ("nurses train the new doctors on nights", "that doctors on nights train the new nurses.",
         "in another order"),
        ("idle saw in the shed", "about a idle saw in the shed.", "a for an"),
        ("the saw in the shed", "about the the saw in the shed.", "broken: the the"),
        ("three accounts are lost", "that there are three accounts are lost.",
         "broken: there are three accounts are"),
        ("children come on Thursdays, half of the shelf isn't in their language",
         "that children come on Thursdays, half of the shelf is not in their language.",
         "spliced: , half of the shelf is"),
        ("bands are there, wards share them", "that bands are there, the wards are sharing them.",
         "spliced: , the wards are"),
        ("no-shows on Mondays, texting people the night before",
         "that there are no-shows on Mondays and that texting people the night before.",
         "ungrammatical: that texting people"),
        ("getting units back in service by 5 am", "that getting units back in service by 5 am.",
         "ungrammatical: that getting units"),
        ("demand, forecasts miss rainy days", "about the demand, with forecasts miss rainy days.",
         "ungrammatical: , with forecasts miss"),
        ("rework is 7 %, wants it under 3 %", "that rework is 7 % and that it wants it under 3 %.",
         "broken: it wants"),
        ("17 families depend on the order", "about the 17 families depend on the order.",
         "ungrammatical: about the 17 families depend"),
        ("home visits, families wait", "about home visits, families wait for them.",
         "ungrammatical: , families wait"),
        ("call rosters, people find out on Friday", "about the call rosters, people find out on Friday.",
         "ungrammatical: , people find"),
        ("flaky tests, 140 quarantined", "about flaky tests, with 140 are quarantined.",
         "broken: , with 140 are"),
        ("OTA updates bricked 70 meters", "that OTA updates are bricked 70 meters.",
         "broken: are bricked 70"),
        ("ramp fails, what drivers can do", "that the ramp fails, what drivers can do.",
         "broken: , what"),
        ("records for a resignalling", "about the records for a resigning.", "new word: resigning"),
        ("the firm's practice of letting juniors argue", "that the firm's practice of letting juniors argue.",
         "broken: that the firm's practice of letting"),
        ("M.Com., first class", "about M.Com. It is first class.", "broken: . I"),
        ("how big mine was", "how big the mine was.", "broken: the mine"),
        ("a quota of 4 seconds for hero shots", "that a quota of 4 seconds for hero shots.",
         "ungrammatical: no verb"),
        ("a buddy for 6 shifts, used to be 2", "about a buddy for 6 shifts, used to be 2.",
         "broken: , used to be 2"),
        ("you started as clerk in railways 1994", "that you started as a clerk in railways 1994.",
         "broken: railways 1994"),
        ("wrote firm's guide", "about a firm's guide.", "another's for one's own"),
        ("Airflow, 900 of them", "about the Airflow.", "an article before a name"),
        ("the saw in the shed", "the saw in the shed.", "does not begin as a clause"),
    ],
)  # fmt: skip
def test_what_strays_is_named(jotting: str, clause: str, found: str) -> None:
    """A word more, less or elsewhere; another person; a "not"; a slip of grammar."""
    assert found in " ".join(strays(clause, jotting))


@pytest.mark.parametrize(
    ("jotting", "clause", "mine"),
    [
        ("mentoring grads on Saturdays", "I mentor grads on Saturdays.", True),
        ("negotiating in Twi", "I negotiate in Twi.", True),
        ("customers supplying own parts", "about customers supplying their own parts.", False),
        ("settled it w/out going to court", "I settled it without going to court.", True),
        ("read from the gate b/c of dogs", "about reading from the gate because of dogs.", False),
    ],
)
def test_forms_of_one_word_are_one(jotting: str, clause: str, mine: bool) -> None:
    """Whatever endings they lose, and however they were shortened."""
    assert not list(strays(clause, jotting, mine=mine))


def test_a_claim_is_never_another_persons() -> None:
    """Nor does it gain what was not jotted."""
    assert "new person: we" in list(strays("I ran it as we do.", "ran it", mine=True))
    assert "new word: large" in list(strays("I ran a large team.", "ran a team", mine=True))
    assert list(strays("that I ran a team.", "ran a team", mine=True))
    assert list(strays("I worked with second source.", "second source", mine=True))
    assert "no deed: serv" in list(strays("I serv safe current.", "serv safe current", mine=True))
    rebuilt = "rebuilt the study of a book"
    assert "another deed" in list(strays("I did a rebuilt study of a book.", rebuilt, mine=True))
    assert not list(strays("I have rebuilt the study of a book.", rebuilt, mine=True))
    assert not list(strays("I have worked with Excel.", "Excel", mine=True))
    assert list(strays("I hold the FIAA since 2019.", "FIAA since 2019", mine=True)) == [
        "broken: I hold the FIAA since 2"
    ]
    assert list(
        strays(
            "I have been an AABC accreditation since 2024.",
            "AABC accreditation since 2024",
            mine=True,
        )
    )
    assert list(strays("I hold A.A.S. in surveying.", "A.A.S. in surveying", mine=True))
    assert not list(strays("I am a degree apprentice.", "degree apprentice", mine=True))
    assert not list(strays("I have held the FIAA since 2019.", "FIAA since 2019", mine=True))


def test_only_a_long_jotting_may_lose_its_end() -> None:
    """Nobody finishes a sentence of forty words; but a beginning is never left out."""
    long = " ".join(["the kiln is fired with ash on Mondays"] + ["and then the glaze runs"] * 5)
    assert list(strays("that the kiln is fired with ash on Mondays.", long)) == []
    assert "lost word: kiln" in list(strays("that it is fired with ash on Mondays.", long))
    assert list(strays("that the kiln is fired.", "the kiln is fired with ash"))


@pytest.mark.parametrize(
    ("jotting", "clause"),
    [
        ("paste-based repairs on library books", "I paste-based repairs on library books."),
        ("second-chaired one arbitration", "I have been second-chaired one arbitration."),
    ],
)
def test_a_claim_has_a_verb_of_doing(jotting: str, clause: str) -> None:
    """A noun is no verb, and what was done was not suffered."""
    assert any(found.startswith("broken") for found in strays(clause, jotting, mine=True))

"""Capitalised words that are nobody's name, and words of offices, firms and greetings.

Written for this package; each set says why its words need not stand in the notes.
"""

from __future__ import annotations

from followup_agent import english_dates
from followup_agent.english_dates import MONTH_WORDS, WEEKDAY_WORDS
from followup_agent.guide.grounding.stems import stem


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


HONORIFICS = _set("""
    mr mrs ms miss mx dr prof professor doctor sir madam dame lord lady rev reverend fr sr herr
    frau señor señora sra srta mme mlle monsieur madame shri smt sri ing hon capt captain sister
    mister doc maître dott dra doctora ingeniero ingeniera licenciado licenciada profesor profesora
""")
MALE = _set("mr mister sir herr señor monsieur lord shri")
FEMALE = _set("mrs ms miss frau señora sra srta mme mlle madame madam lady dame smt")
LEARNED = _set("dr prof professor doctor dra doctora profesor profesora")

GREETING_WORDS = _set("""
    dear hi hello hey good morning afternoon evening day greetings to all both everyone team and
    hiring recruiting recruitment talent acquisition manager panel committee board members sir
    madam recruiter colleagues folks there again interview selection search thank you thanks my
    g'day y'all mardi gras namaste salaam salam shalom hola bonjour ciao ola olá respected
    esteemed most the""")

# Languages and peoples are claims at most (claims.py), never a person, company, product or place.
PEOPLES = _set("""
    afghan african afrikaans albanian american americans amharic arab arabic argentine armenian
    asian australian austrian azeri bangla bangladeshi basque belarusian belgian bengali bosnian
    brazilian breton british briton bulgarian burmese canadian cantonese catalan caribbean celtic
    chilean chinese colombian commonwealth congolese cornish croatian cuban cypriot czech danish
    dane dutch egyptian emirati english estonian ethiopian european europeans farsi fijian
    filipino finnish finn flemish french gaelic georgian german germanic germans ghanaian greek
    gujarati haitian hausa hawaiian hebrew hindi hungarian icelandic igbo indian indians
    indonesian iranian iraqi irish israeli italian italians jamaican japanese jewish jordanian
    kannada kazakh kenyan khmer korean kurdish kuwaiti lao latin latvian lebanese libyan
    lithuanian malay malayalam malaysian maltese mandarin maori māori marathi mexican moldovan
    mongolian moroccan nepali nigerian nordic norwegian omani pakistani palestinian pashto persian
    peruvian polish portuguese punjabi qatari roma romanian russian rwandan saudi scandinavian
    scots scottish senegalese serbian shona sindhi singaporean sinhala slovak slovene slovenian
    somali spanish sudanese swahili swede swedish swiss syrian tagalog taiwanese tamil tanzanian
    telugu thai tibetan tunisian turkish ugandan ukrainian urdu uzbek venezuelan vietnamese welsh
    western xhosa yiddish yoruba zambian zimbabwean zulu christian christians muslim muslims hindu
    hindus sikh sikhs buddhist catholic protestant quaker
""")

# Abbreviations and words of any office or letter: they say nothing that could be invented.
EVERYDAY = _set("""
    i i'm i'd i'll i've i'm im ive cv cvs resume résumé hr q a qa am pm a.m p.m fyi ps pps p.s
    rsvp asap eod eta tbc tbd tba faq faqs kpi kpis okr okrs ceo cfo coo cto cio cmo chro vp svp
    evp avp md gm pa ea ok okay it pr ai rfp rfps sop sops nda pdf pdfs url gdpr id ids ac etc ie
    eg vs re fw fwd cc bcc linkedin covid covid-19 wi-fi wifi internet web email e-mail emails tv
    dvd usb gmt utc bst est edt cst cdt mst mdt pst pdt cet cest ist aest aedt et pt ct mt
    nain taid mamgu tadcu oma opa nonna nonno abuela abuelo ajji ajja nani nana dadi amma appa
    paati thatha lola lolo mama papa nan gran granny grandad grandpa grandma mum mom dad auntie
    uncle babcia dede anne ma'am sir chef prof coach guv
    tube metro luas underground overground metrolink bart mrt lrt
    g'day y'all mardi gras christmas easter thanksgiving new year's eve ph phd ph.d msc bsc ba
    ma mba meng beng llb llm
    md mphil bed pgce gcse gcses hnd hnc nvq btec rn bn jr sr ii iii iv esq st th rd nd deib dei
    esg roi sme smes b2b b2c saas poc mvp ltd inc llc llp plc gmbh co corp pty pvt us you your we
    my me our ours yours he she they she/her he/him they/them iphone ipad re: devops ux ui cpd
    zoom teams skype meet webex facetime whatsapp q1 q2 q3 q4 h1 h2 n/a dob ote o clock mon tue
    tues wed weds thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec god
    goodness tgif dm dms ooo pto esol sen send todo fixme xxx xxxx tk lorem ipsum
""")

MONTHS = MONTH_WORDS
WEEKDAYS = WEEKDAY_WORDS | {f"{name.lower()}s": n for n, name in enumerate(english_dates.WEEKDAYS)}
HOLIDAYS = _set("""
    christmas easter thanksgiving halloween diwali deepavali ramadan hanukkah passover eid holi
    nowruz matariki hogmanay pentecost whitsun lent michaelmas pongal onam songkran juneteenth
    yuletide kwanzaa lughnasa dussehra navratri
""")

LEGAL = _set(
    "ltd limited inc incorporated llc llp plc gmbh ag sa sas srl bv nv ab oy as corp co kg pty pvt"
)
SMALL = _set("the of and & for in at on de la le du des der die das und y e von van to a an")

# Last words of firms' and institutions' names.
FIRMS = _set("""
    group bank capital partners holdings technologies technology tech systems solutions software
    labs laboratories lab studio studios consulting consultants consultancy media energy health
    healthcare hospital clinic school academy college university institute foundation trust
    council charity logistics freight transport transit airlines motors motor pharma pharmacy
    pharmaceuticals insurance industries manufacturing works services enterprises ventures
    associates agency networks digital analytics robotics dynamics international global worldwide
    hotel hotels restaurant bakery brewery farm farms foods stores store supermarket library
    museum theatre gallery church centre center society association authority ministry airport
    station press publishing books records pictures films games interactive securities investments
    financial finance payments credit properties estates builders construction engineering
    architects plumbing heating electrical renewables power utilities textiles packaging chemicals
    steel cloud data medical dental care nursing surgery practice kitchen table inn bar house
    infirmary primary secondary high grammar
""")

# Heads of role titles ("Engineer") …
HEADS = _set("""
    engineer developer programmer architect designer manager director officer analyst scientist
    administrator assistant associate coordinator consultant specialist technician operator nurse
    doctor surgeon physician geriatrician midwife pharmacist dentist hygienist therapist
    physiotherapist psychologist counsellor counselor paramedic carer radiographer teacher
    headteacher tutor lecturer professor researcher postdoc fellow librarian principal governor
    trainer coach mentor instructor supervisor foreman planner buyer merchandiser chef cook baker
    waiter waitress bartender barista host steward housekeeper receptionist secretary clerk
    accountant bookkeeper auditor controller treasurer actuary banker broker solicitor barrister
    lawyer attorney paralegal counsel judge partner adviser advisor agent representative rep
    salesperson recruiter interviewer executive president vice-president chairman editor writer
    journalist reporter translator interpreter copywriter photographer producer driver pilot
    captain mechanic plumber electrician carpenter joiner welder fitter builder surveyor inspector
    warden guard guardian worker labourer farmer gardener vet curator archivist conservator tester
    owner founder strategist marketer ambassador expert
""")
# … and the words before them that say how high: changing one makes another role.
LEVELS = _set("""
    senior junior lead principal staff head chief deputy assistant associate trainee graduate
    apprentice intern executive vice mid-level entry-level regional global interim acting sous
    managing""")
SHORT_TITLES = {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "asst": "assistant",
    "assoc": "associate", "mgr": "manager", "eng": "engineer", "engr": "engineer",
    "dev": "developer", "dir": "director", "exec": "executive", "admin": "administrator",
    "coord": "coordinator", "rep": "representative", "ops": "operations",
}  # fmt: skip

# Words that people capitalise out of courtesy or habit: departments, fields, parts of a letter.
OFFICE = (
    HEADS
    | LEVELS
    | _set("""
    team teams department division unit group company organisation organization business office
    interview interviews position role job post vacancy opportunity opening application candidate
    follow follow-up thank thanks thank-you you your subject status update next steps step hiring
    process meeting call conversation discussion chat introduction connection invitation
    engineering marketing sales finance operations product design research development
    communications legal compliance procurement purchasing people talent human resources customer
    success support service services quality assurance security information technology data
    science computer mathematics statistics business administration management project programme
    program strategy planning analytics accounting law medicine nursing education board committee
    panel school university college faculty institute ward floor room building campus head office
    reception campus bachelor bachelors bachelor's master masters master's doctorate diploma
    degree bachelor of arts sciences honours honors kind best warm regards sincerely respectfully
    many day week month year morning afternoon evening today tomorrow monday agile lean scrum
    kanban general certified chartered registered accredited licensed key stage level first second
    third early years summer winter spring autumn fall north south east west northern southern
    eastern western central internet government council parliament ministry state federal national
""")
)

# Given names, surnames, places and brands that are English words too: a capital inside a sentence
# makes them names. (Chosen by hand from the words that SCOWL lists in both cases.)
AMBIGUOUS = _set("""
    tally amber angel angelica bailey baker barry basil beau beck berry beryl bill billy blair
    blake bob bobby brad bray brandy brook brooks brown buck bud buddy burns bush butler candy
    carol carpenter carter carver chandler charity charlie chase chuck clay clement clementine
    cliff colleen cook cooper cox crane crystal curt daisy dale daphne darling dean derrick dirk
    dolly don drake drew duke dusty earl ebony emery eve faith farrow felicity fern finch fisher
    flora ford forester foster fox frank freeman gale garner gay gene ginger glen goldsmith grace
    graham grant gray griffin guy hale hank hardy harry hart hay hazel heath heather hector hicks
    holly hood hooker hope hopper hunt hunter iris ivy jack jasmine jasper jay jean jenny jewel
    jimmy jock joey john johnny joy junior kip kit kitty knight lacy lance laurel lee levy lily
    lulu lynch mace madden maria marina mark marlin marsh martin mason maxim meg melody mercer
    mick mickey mike miles miller misty molly moss murphy myrtle nelson newton nick noel nova
    olive opal oscar pansy parker parsons pat patsy patty pearl peg penny peter phoebe pierce
    pippin pollard porter potter prudence ralph randy ray reed rhea rich rick rob robin rocky rod
    roger rose rosemary ruby rusty sally sandy sanders sawyer sheila shepherd sherry sibyl singer
    skip smith sonny stark sterling stokes sue summer swift tad tanner ted teddy terry timothy tom
    tony trey troy tucker turner tyler valentine vera veronica victor viola violet wade walker
    wally ward warren watt weaver wells wheeler white whitehead wilder will willy winters wolf
    wren wright young bath boulder buffalo china chile cologne cork derby guinea hamburg havana
    hull japan jersey lima limerick madras manila morocco nice oxford panama phoenix providence
    reading shanghai turkey wales wells bolton essex orient riviera anchorage aspen boston mobile
    adobe airtable alphabet amazon ansible apple asana azure boots caterpillar chef chevron dell
    delta docker docusign excel fiat flask google hive indeed intel jaguar jira kafka java kotlin
    looker meta monzo notion nestle oracle outlook pandas perl powerpoint prudential puppet python
    rails redshift rust sage sap sears shell shopify snowflake spark splunk sprint spring square
    staples stripe swift tableau terraform tesla twitter uber unity vodafone whirlpool workday
    xero xerox yahoo zendesk basecamp scala spotify klarna deliveroo bloomberg canva figma miro
    slack trello word access visa target virgin orange
""")
# Of these, only a preposition makes the everyday sense unlikely.
RARELY_NAMES = _set("""
    access chef cook baker butler carpenter porter potter mason day delta duke earl excel key hope
    hunt hunter indeed mobile nice notion orange outlook reading rich shell skip spring sprint
    square squares staples summer swift target unity virgin visa white will winters wolf word
    young meta chance rob rod don may ford reed darling union gap sky oracle
""")
# Names that are also words, which a capital inside a sentence does not make names.
TITLE_LIKE = _set("""
    media enterprise senior junior secretary representative doctor foreman treasury treasuries
    union key mobile numbers price justice land house golden carrier commonwealth congress
    constitution parliament establishment creation creator superior masters master bachelor home
    normal best good more set job jobs internet web church bible gospel republican democrat
    democratic communist north south east west eastern western northern southern northeast
    northwest southeast southwest midland continental nationwide urban nation independence
    renaissance catholic protestant advent sabbath thanksgiving holiday epiphany post wall hall
    lane park road street bridge bridges banks bank branch field fields rivers woods downs
    christian communion congregationalist father son lord lords king queen prince princess god
    deity he born begin rather little left long lot dial dot es ms miss mister it us am as art
    acts brain cash case closure cancer craft crest cross cruise dare dare east establish facts
    fates general glass grass key male mass more mount muse peace pilgrim pole polish power powers
    proverbs punch puritan quest ride root royal rush senate session short singles small snow son
    sung sweet tell tide times touch truth tertiary union unions utopia wake wall war waters ware
    weeks wheel wise wonder workman zest
""")

# A number after one of these names something and counts nothing: "Ward 7", "Year 4".
LABELS = frozenset(
    stem(word)
    for word in """
        year years ward stage level phase tier grade chapter room class version step section band
        type category floor unit line building block module part round series group bay platform
        route zone page figure table question item lot plot site terminal gate
    """.split()
)
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 14),
}


def address(key: str) -> frozenset[str] | None:
    """The honorifics that suit the same person as this one: Ms, Mrs and Miss."""
    return next((group for group in (MALE, FEMALE, LEARNED) if key in group), None)

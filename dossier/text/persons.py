"""Names as words: which words of a text name a person, without titles, offices and bodies.

The lists are from general knowledge of what newspapers call people and bodies; none is complete.
"""

import re

from dossier.text.given import is_given
from dossier.text.words import by_letter, word_set

_SPEAKING = (
    "said|says|say|saying|told|tells|tell|added|adds|adding|wrote|writes|stated|states|asked|asks|"
    "replied|warned|warns|warning|insisted|insists|argued|argues|claimed|claims|explained|explains|"
    "noted|notes|recalled|recalls|announced|declared|declares|concluded|continued|admitted|"
    "acknowledged|conceded|joked|quipped|tweeted|posted|called|calls|calling|described|describes|"
    "described|urged|vowed|pledged|promised|commented|remarked|observed|stressed|emphasised|"
    "emphasized|complained|confirmed|cautioned|shouted|suggested|testified|responded|denounced|"
    "dismissed|accused|praised|hailed|condemned|criticised|criticized|revealed|reported|lamented|"
    "mused|reflected|thought|ruled|branded|labelled|labeled|termed|predicted|countered|pointed out|"
    "answered|repeated|reiterated|read|reads|cried|exclaimed|laughed|sighed|agreed|demanded|"
    "denied|maintained|summed up|boasted|began|went on|deemed|found|blamed|expressed|hoped|feared|"
    "retorted|whispered|yelled|screamed|snapped|barked|muttered|interjected|shot back|fired back|"
    "hit back|opined|enthused|pressed|remarking|noting|declaring|insisting|arguing|stating|writing|"
    "reckons|reckoned|believes|quips|jokes|shrugs|shrugged|smiles|grins|grinned|nods|nodded|"
    "concedes|admits|remembers|concludes|continues|suggests|responds|replies|remarks|observes|"
    "stresses|shouts|laughs|sighs|muses|complains|counters|confides|confided|protested|puts it|"
    "put it|puts it at|put it at|reminded|marvels|marvelled|chuckles|chuckled|deadpanned|fumed|"
    "scoffed|scoffs|wonders|wondered|urges|vows|retorts|whispers|emailed|texted|texts|roared|"
    "advised|advises|assured|assures|threatened|threatens|alleged|alleges|contends|contended|"
    "asserts|asserted|begged|begs|pleaded|pleads|swore|raged|rages|gushed|gushes|groaned|groans|"
    "moaned|moans|teased|teases|beamed|screams|yells|cries|"
    "blames|dismisses|denounces|condemns|brands|welcomed|welcomes|rejected|rejects|defended|"
    "defends|"
    "decried|lauded|apologised|apologized|hinted|attacked|spoke of|speaks of|talked of|talks of|"
    "put to (?:him|her|them|it)|"
    "describing|branding|hailing|accusing|denouncing|claiming|telling|vowing|"
    "labels|slams|slammed|hails|praises|accuses|mocks|mocked|"
    "acknowledging|announcing|asking|asserting|blasting|boomed|booming|concluding|criticizing|"
    "criticising|echoed|echoes|echoing|elaborated|elaborates|explaining|expressing|implied|implies|"
    "indicated|indicates|mentioned|mocking|opined|points out|pointing out|praising|questioned|"
    "quoting|recalling|recounted|recounts|referenced|reminding|reminds|repeating|replying|"
    "responding|retweeted|slamming|suggesting|touted|touting|tweets|tweeting|urging|warned of|"
    "proclaimed|proclaims|exhorted|chanted|chanting|chimed in|chimes in|weighed in|conceding|"
    "stressing|thanked|thundered|argue|insist|"
    "reckon|condemning|rejecting|dismissing|derides|derided|blasts|blasted|bellowed|murmured|"
    "cautions|citing|cites|cited"
)
VERBS = by_letter(_SPEAKING)
ONE_NAME = r"(?:(?:[A-Z]\.){2,3}|[A-ZÀ-ÞĀ-Ž][\w’'-]{0,30}(?:(?<=\b[A-Z])\.)?)"
_BODY_OF = (
    r"(?:(?:Royal|National|European|International|World|American|British|Federal|Central) )?"
    r"(?:Ministry|Department|Bank|University|Office|Institute|Board|Council|College|Bureau|House|"
    r"Federation|Association|Society|Academy|Agency|Union|Chamber|Confederation|Church|Court) "
    r"(?:of|for) (?:the )?"
)
NAME = re.compile(
    rf"(?<!\bpro-)(?<!\banti-)\b(?:(?:The )?{_BODY_OF})?(?:(?:[A-Z]\.){{1,3}} ?)?{ONE_NAME}"
    rf"(?: {{1,24}}(?:& )?(?:(?:de|da|van|von|der|den|bin|al|el|la|le|du|dos|ter) ){{0,2}}"
    rf"{ONE_NAME}){{0,6}}"
)
TITLES = word_set(
    "mr mrs ms miss dr doctor prof professor sir dame lord lady baroness president vice minister "
    "secretary general chief executive officer chairman chairwoman chair chairperson director "
    "senator sen rep representative congressman congresswoman governor gov mayor judge justice "
    "captain capt colonel col sergeant sgt lt lieutenant major gen admiral adm detective inspector "
    "superintendent constable commissioner sheriff ambassador administrator coach manager head "
    "prime deputy foreign finance defence defense home king queen prince princess pope cardinal "
    "archbishop bishop rev reverend father sister councillor councilman "
    "councilwoman alderman cllr mp chancellor analyst economist "
    "spokesman spokeswoman spokesperson attorney speaker commander brigadier pc supt det insp "
    "striker midfielder goalkeeper defender winger forward author researcher scientist treasurer "
    "engineer founder leader editor adviser advisor envoy premier taoiseach pm marshal emperor "
    "premier chief's officer's assistant associate interim acting former senior interior health "
    "education transport energy trade labour labor justice environment agriculture treasury state "
    "count countess duke duchess viscount baron "
    "dc ds di dci dcs acc agent trooper patrolman nurse corporal warden skipper "
    "trainer referee solicitor surgeon "
    "opposition correspondent reporter staff writer rabbi imam majority minority shadow whip "
    "right reverend honourable recorder registrar magistrate vicar curate primate "
    "pastor sultan emir sheikh sheikha trustee ayatollah mullah provost rector canon deacon "
    "chaplain abbot abbess crown begum datuk dato haji swami pandit monsieur madame herr frau "
    "author organiser organizer chief-of-staff consultant technician curator archivist librarian "
    "rookie closer reliever pitcher catcher shortstop outfielder infielder quarterback linebacker "
    "cornerback lineman receiver goalie goaltender forward batsman batter bowler opener allrounder "
    "scrum-half fly-half hooker prop flanker freshman sophomore teammate conductor "
    "choreographer composer sommelier electrician carpenter of the and for"
)
JOBS = word_set(
    "analyst auctioneer grazier farmer teacher pilot driver builder lawyer barrister historian "
    "chemist biologist physicist trader broker barista chef jockey umpire firefighter paramedic "
    "private ranger resident pensioner promoter producer witness neighbour neighbor passenger "
    "survivor shopper customer volunteer campaigner tenant landlord protester student pupil "
    "retiree plumber baker butcher fisherman miner welder publican bartender singer actor actress "
    "comedian "
    "poet painter sculptor photographer musician drummer dancer swimmer sprinter boxer golfer "
    "astronaut magician undertaker carer postman roofer"
)
"""What stands before a first name and a surname and is none of them."""
PORTRAYED = (
    "farmer|historian|chemist|biologist|physicist|barista|chef|jockey|pensioner|baker|butcher|"
    "fisherman|plumber|singer|actor|actress|comedian|poet|painter|sculptor|photographer|musician|"
    "guitarist|drummer|pianist|dancer|swimmer|sprinter|boxer|golfer|cyclist|astronaut|magician|"
    "carer|novelist|striker|midfielder|goalkeeper|defender|winger|gardener|potter|artist|"
    "grandmother|grandfather|winemaker|beekeeper|shepherd|trapper|climber|runner|skier|composer"
)
"""Trades by which a feature tells of the person whom it is about."""
KNOWN_AS = (
    "nominee|candidate|frontrunner|[a-z]{3,6}-runner|senator|governor|congressman|congresswoman|"
    "lawmaker|businessman|businesswoman|billionaire|mogul|tycoon|neurosurgeon|Republican|Democrat"
)
"""What those are of whom the news is about, told again without the name."""
_CROWDS = word_set(
    "police people islanders "
    "officials officers prosecutors residents witnesses authorities investigators experts "
    "analysts doctors scientists researchers critics campaigners lawyers neighbours neighbors "
    "traders villagers locals parents teachers nurses farmers fans commuters drivers workers "
    "staff shoppers unions ministers mps senators lawmakers economists executives activists "
    "protesters opponents insiders diplomats regulators bosses managers bidders shareholders "
    "investors students pupils patients survivors relatives friends colleagues families customers "
    "users viewers readers listeners conservationists historians engineers astronomers physicists "
    "biologists paramedics detectives councillors politicians sources firefighters rescuers "
    "organisers organizers aides supporters voters republicans democrats conservatives britons"
)
"""Who speaks in the plural, and has no name."""
_PEOPLE = re.compile(r"[A-Z][a-z]+(?:ic|i|e)ans")
"""The people of a country: Americans, Indians, Europeans."""
SOMEBODY = (
    r"(?!(?:n?ever|later|after|other|over|under|rather|further|however|earlier|together|longer|"
    r"better|n?either|whether|for|n?or|former|senior|"
    r"junior|[a-z]*paper|letter|offer|order|power|number)\b)(?:[a-z-]{2,}(?:er|or|ist|man|woman|"
    r"person|ian)|chief|coach|head|chair|boss|"
    r"police|attorney|aide|friend|host|critic|veteran|official|general|fan|wife|mogul|guru|"
    r"secretary|president|resident|student|agent|[a-z]*respondent|constituent|opponent|"
    r"consultant|lieutenant|assistant|confidant|representative|executive|native|detective|"
    r"operative|candidate|delegate|surrogate|associate|advocate|graduate)"
)
"""Words for what somebody is, most by their ends: adviser, strategist, candidate, native."""
WHAT_IT_IS = word_set(
    "regulator watchdog broadcaster retailer supermarket insurer lender manufacturer carrier "
    "wife husband hubby mum mom dad gran son daughter brother pal aunt uncle "
    "brokerage charity operator utility airline carmaker chipmaker drugmaker newspaper consultancy"
)
"""What stands before a body's name and is none of it: ``Regulator Ofwat``."""
_OFFICES = word_set("correspondent reporter writer editor ceo cfo coo gov sen rep lt col")
"""What stands before a name, and ends none: the Bo Mills CEO."""
BODIES = word_set(
    "airport lane terrace crescent democrat democrats party bank university hospital council "
    "court house street city county institute agency ministry department office company group "
    "corp inc ltd plc union association church school college commission committee centre center "
    "police force league club states national international act prize medal award museum park "
    "road avenue stadium water energy gas electric airlines airways rail railways insurance "
    "holdings partners foods paints logistics securities industries pharmaceuticals chemicals "
    "technologies textiles motors steel brewery pact convention observatory authority academy "
    "ridge service services republican conservative labour republicans network news times post "
    "society federation trust foundation alliance coalition town united rovers wanderers fc afc "
    "rfc gfc creamery dairy bakery winery construction productions research capital management "
    "studios brewing telecom software consulting consultancy republic"
)
"""Words of names that are no person's."""
NOT_PERSONS = word_set(
    "the a an in on at it he she they we i but and for his her this that these those its our my "
    "your "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december if when while after before as there "
    "what who why how yet so or not no yes meanwhile however according speaking asked by from with "
    "under article section to of both one two three last next later then earlier "
    "hence thus yet still also once only even now behind amid despite since until during beyond "
    "through "
    "though although because whether among against across near over "
    "late early mid every each around another several some many most few other others neither "
    "does did do had has have was were are could would should might "
    "either all any nobody everyone someone somebody none such more less half police"
)
PARTIES = word_set(
    "democrat democrats democratic republican republicans gop conservative labour independent tory"
)
"""Parties by which somebody is told before the name: Republican Al Bo."""
PLACE = re.compile(
    r"(?:New (?:York|Jersey|Hampshire|Mexico|Orleans|England|Zealand|Delhi|South|Haven)|"
    r"(?:North|South|East|West|San|Los|Las|Santa|Fort|Puerto|Saudi|Hong|Sri|Addis|Des|Rhode|Buenos|"
    r"Sierra|Costa) [A-Z][\w-]+)"
)
"""Places of two names, by the first: North Bo, San Bo."""
TRADE = re.compile(r"[a-z]{3,20}(?:er|or|ist|man|woman|ian)")


POSSESSIVE = re.compile(r"[’']s?(?= |$)")


_OF_MEMBERS = re.compile(
    r"s[’'] (?:[A-Z][a-z]+ )?(?:Union|Association|Federation|Alliance|League|Club|Party|Council)$"
)
"""A body of its members: the Farmers’ Union."""


def parted(words: str) -> tuple[str, str, str]:
    """Return an owner, the mark of possession, and what is owned: ``The Post``, ``'s``, ``Al Bo``.

    >>> parted("The Post's Al Bo"), parted("Al Bo")
    (('The Post', "'s", 'Al Bo'), ('Al Bo', '', ''))
    """
    mark = POSSESSIVE.search(words)
    if mark is None or _OF_MEMBERS.search(words):
        return words, "", ""
    return words[: mark.start()], mark.group(), words[mark.end() :].strip()


def person(words: str) -> str:
    """Return the name without titles, offices and bodies before it.

    >>> person("NASA Administrator Bill Nelson"), person("Prime Minister Keir Starmer")
    ('Bill Nelson', 'Keir Starmer')
    """
    if re.match(f"(?:The )?{_BODY_OF}", words):
        return words.removeprefix("The ")
    owner, _, owned = parted(words)
    own = owned.split()
    body = owner.startswith("The ") or bool(BODIES & {part.lower() for part in owner.split()})
    body = body or owner.isupper() or " " in owner or is_given(own[0] if own else "")
    named = len(own) > 1 and body and not BODIES & {part.lower() for part in own}
    parts = own if named else owner.split()
    crowd = len(parts) == 1 and (
        parts[0].lower() in _CROWDS or _PEOPLE.fullmatch(parts[0]) or _DONE.fullmatch(parts[0])
    )
    if crowd or any(map(str.isdigit, words)) or _PARTY.match(words):
        return ""  # an Aston Martin DB12
    trade = parts and (parts[0].lower() in JOBS or _PLAIN_TRADE.fullmatch(parts[0]))
    if len(parts) > 2 and trade and not BODIES & {p.lower() for p in parts}:
        parts = parts[1:]
    if parts and parts[-1].lower() in _OFFICES:
        return ""
    if len(parts) > 1 and parts[-1].lower() in _SEATS:
        return " ".join(parts).removeprefix("The ")
    told = (n for n, part in enumerate(parts) if n > 1 and part.lower() in _HEADLINED)
    parts = _without_lead(_without_office(parts[: next(told, len(parts))]))
    if len(parts) > 2 and parts[-1].rstrip(".,") in _HONOURS:
        parts = parts[:-1]
    titled = words.partition(" ")[0].rstrip(".") in ("Mr", "Mrs", "Ms", "Miss", "Dr")
    office = len(words.split()) > 1 and all(part.lower() in TITLES for part in parts)
    if PLACE.fullmatch(" ".join(parts)) or (office and not titled):
        return ""  # the Shadow Secretary
    name = " ".join(parts).rstrip(",")
    return name if name[-2:-1].isupper() else name.rstrip(".")


_HEADLINED = {verb for verb in _SPEAKING.split("|") if verb.endswith(("s", "ed", "said", "told"))}
"""Verbs that a headline writes like the names before them: Ann Bo Slams Al Li."""
_DONE = re.compile(
    r"(?:Award|Appoint|Educat|Rais|Injur|Dismiss|Arrest|Elect|Promot|Train|Accus|Charg|Convict|"
    r"Sentenc|Releas|Form|Found|Bas|Dress|Surround|Arm|Ask|Reach|Press|Hail|Brand|Dubb|Nam|Call|"
    r"Describ|Marri|Retir|Widow|Divorc|Transferr|Recruit|Invit|Task|Fac|Pictur|Publish|Launch)ed"
)
"""What happened to whom a sentence tells of, at its start: Awarded a medal, she sent it back."""
_PARTY = re.compile(r"[DRI]-[A-Z]")
"""The party and the seat of a senator behind the name: Al Bo, D-Ohio."""
_WHO_IS = re.compile(r"-(?:of|to|in)-|-(?:old|based|born|up|turned)$")
"""Words before a name of what somebody is: Dad-of-three, Nine-year-old."""


def _without_lead(parts: list[str]) -> list[str]:
    """Return a name without the word before it: ``Young Ann Bo``, ``Prosecutor Al Bo``."""
    if len(parts) > 1 and _WHO_IS.search(parts[0]):
        return parts[1:]
    if len(parts) == 2 and parts[0].lower() in WHAT_IT_IS:
        return parts[1:]
    led = len(parts) > 2 and not is_given(parts[0]) and parts[1] != "Al"
    led = led and (
        is_given(parts[1])
        or _PEOPLE.fullmatch(parts[0]) is not None
        or TRADE.fullmatch(parts[0].lower()) is not None
    )
    return parts[1:] if led and len(parts[0]) > 2 and parts[0][-1] not in "aiou." else parts


def _without_office(parts: list[str]) -> list[str]:
    """Return the words of a name after the last title, office, body or word that is no name."""
    for n in range(len(parts) - 1, -1, -1):
        bare = parts[n].rstrip(".,").lower()
        office = bare in TITLES or bare.rpartition("-")[2] in TITLES or bare.endswith("-elect")
        office = office or bare.startswith("ex-") or (n == 0 and bare.removesuffix("s") in TITLES)
        office = office or (bare in PARTIES and not BODIES & {p.lower() for p in parts[n + 1 :]})
        body = len(parts[n]) > 2 and parts[n].isupper() and "." not in parts[n]
        if (office or body) and n < len(parts) - 1:
            return parts[n + 1 :]
        if bare in NOT_PERSONS and not _surnamed(parts, n):
            return parts[n + 1 :]
    return parts


def _surnamed(parts: list[str], n: int) -> bool:
    """Return whether the name of a month is a surname, or a first name: ``Theresa May``."""
    if n == 0 and len(parts) == 2 and parts[0] in _GIVEN_MONTHS:
        return parts[1].lower() not in NOT_PERSONS | BODIES | TITLES
    before = parts[n - 1].lower().rstrip(".") if n else ""
    return parts[n] in _SURNAMES and bool(before) and before not in NOT_PERSONS


_SURNAMES = ("May", "March", "August")
_GIVEN_MONTHS = ("April", "May", "June", "August")
_PLAIN_TRADE = re.compile(r"[A-Z][a-z]+(?:ist|woman|worker|maker|keeper|owner|leader|fighter)")
"""Trades that are no first name by their ending: Geologist."""
_SEATS = word_set("office department ministry treasury secretariat")
"""Bodies that have the name of what their head does: the Foreign Office."""
_HONOURS = word_set("KC QC SC MP MSP MEP MLA TD MBE OBE CBE PhD MD FRS FBA JP")
"""Letters after a name that are none of it."""
SAID_AFTER = re.compile(
    rf"^[\s,—–-]*(?:(?:and|but|as) )?(?:also )?(?!(?-i:[A-Z][a-z]+ (?:{VERBS})\b))(?:{VERBS})\b",
    re.I,
)
"""What somebody does behind their words, and no surname that is such a word: ``Read said``."""

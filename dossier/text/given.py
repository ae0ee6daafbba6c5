"""Given names: by which a word is a person's first name, and which pronoun may mean who has it.

The commoner ones of the languages from which English newspapers name people, from general
knowledge. What a text itself says of somebody (a title, kin, what is hers) comes before.
"""

from dossier.text.words import word_set

_HE = word_set(
    "aaron abdul abdullah abel abraham adam adrian ahmad ahmed aidan akira alan albert aldo "
    "alejandro alfonso alfred ali alistair allan allen alvaro amir amit anatoly anders andre "
    "andreas andrei andrej andres andrew andrey andy angelo angus anil anthony antoine anton "
    "antonio antony archie aristotle arjun arne arnold arthur arturo ashok asif axel barack barry "
    "bart basil ben benedict benito benjamin bernard bernd bert bill billy bjorn bob bobby boris "
    "brad bradley brendan brett brian bruce bruno bryan byron callum calvin carl carlo carlos "
    "carsten cedric cesar chad charles christoph christopher chuck clarence clark claude claudio "
    "clay clement cliff clifford clive colin connor conor craig cristiano cyril cyrus dale damian "
    "damien dan daniel daniele danny darragh darren dave david davide dean declan denis dennis "
    "derek dermot desmond devin dick diego dieter dirk dmitri dmitry dmytro domenico dominic don "
    "donald doug dougal douglas duncan dwight dylan eamon ed eddie edgar eduardo edward edwin "
    "einar elias elijah elliot emeka emil emilio emmanuel enrico enrique eric erik ernest ernesto "
    "erwan ethan eugene evan ewan fabio faisal farid federico felipe felix fergus fernando finn "
    "florian francesco francis francisco francois frank franz fraser fred frederic frederick "
    "friedrich fritz gareth garry gary gavin geoff geoffrey georg george georgi gerald gerard "
    "gerhard gideon gilbert giles giorgio giovanni giuseppe glen glenn godfrey gordon graeme "
    "graham grant greg gregory guido guillaume gunnar gunther gus gustav guy habib hamish hamza "
    "hank hannes hans harald hari harold harris harry hassan heath hector heinz helmut hendrik "
    "henri henrik henry herbert herman hiroshi horace horst howard hubert hugh hugo humphrey "
    "hussein iain ian ibrahim idris igor ilya iqbal isaac ismail ivan ivor jack jacob jacques "
    "jake jakob jakub james jan jared jason javier jay jed jeff jeffrey jens jeremy jerome jerry "
    "jim jimmy joachim joao joe joel johan johann johannes john johnny jon jonas jonathan jorge "
    "jose josef joseph josh joshua juan juergen julian julien julio julius jurgen justin kamal "
    "karim karl keith ken kenji kenneth kevin khalid kieran klaus knut kofi kostas kumar kurt "
    "kwame kyle lachlan lance lars laurence lawrence len lenny leo leon leonard leonardo leroy "
    "lewis liam lionel lloyd lorenzo louis luc luca lucas luigi luis lukas luke magnus mahmoud "
    "malcolm malik manuel marc marcel marcello marco marcos marcus mario mark markus martin "
    "martyn mateo mathew mathias matias mats matt matteo matthew matthias matthieu maurice mauro "
    "max maximilian mehmet michael michel miguel mihai mike mikhail mika miles milos mitch mohamed "
    "mohammad mohammed moses muhammad murray musa mustafa narendra nasser nathan nathaniel neil "
    "nelson niall nicholas nick nicolas nigel nikolai nikos nils noah noel norman olaf ole oleg "
    "oliver olivier omar orlando oscar oskar osman otto owen pablo paddy paolo pascal patricio "
    "patrick paul paulo pavel pedro percy pete peter petr phil philip philippe phillip pierre "
    "pieter piotr prakash preston rafael rahul raj rajesh ralph ramon randy raul ravi ray raymond "
    "reg reginald rene rex ricardo riccardo richard rick ricky rob robert roberto rod roderick "
    "rodney rodrigo roger roland rolf roman ron ronald ronan rory ross roy rudi rudolf rupert "
    "russell ryan saeed salvatore samir samuel sandeep sanjay santiago satoshi scott sean "
    "sebastian sergei sergey sergio seth shane shaun sid sidney silvio simon sol spencer stan "
    "stanislav stefan stefano stephane stephen steve steven stewart stuart sunil suresh sven "
    "tadeusz takeshi tarek tariq ted terence terry theo theodore thierry thomas tim timothy "
    "tobias toby todd tom tomas tomasz tommy tony torsten travis trevor tristan tyler umar uwe "
    "valentin vasily vernon vic victor vijay vikram viktor vince vincent vincenzo vinod vitaly "
    "vivek vladimir volodymyr walt walter warren wayne wei werner wes wilhelm willem william "
    "willie winston wladek wolfgang xavier yannick yasser yuri yusuf yves zack zoltan zoran "
    "chidi gaston jeppe kaito kev"
)
_SHE = word_set(
    "abigail ada adele agnes aileen aisha aisling alejandra alexandra alice alicia aline alison "
    "allison amanda amber amelie amy ana anastasia andrea angela angelica angie anita anja anke "
    "ann anna annabel anne anneke annelies annette annie antje antonia aoife april astrid audrey "
    "ava barbara beatrice beatriz becky bella bernadette beryl bess beth bethany betty beverley "
    "beverly birgit birgitta blanca brenda bridget brigid brigitte britta bronwen bronwyn camilla "
    "camille candice carla carmel carmen carol carole carolina caroline carolyn carrie catalina "
    "catherine cathy cecile cecilia celia celine chantal charlotte chelsea cheryl chiara chloe "
    "christa christiane christina christine cindy claire clara clare claudia colette colleen "
    "connie consuelo cora corinne cristina cynthia daisy daphne dawn debbie deborah debra deirdre "
    "delphine denise diana diane dina dolores dominique donna dora doreen doris dorothy dympna "
    "edith edna edwina eileen eilidh elaine eleanor elena elin elisabeth elise eliza elizabeth "
    "ella ellen ellie elodie eloise elsa elsie emilia emily emma erica erika erin esme esther "
    "ethel eva eve evelyn fatima fatou felicity fiona flora florence frances francesca francoise "
    "freda freya gabriela gabriele gabrielle gail gemma genevieve georgia georgina geraldine "
    "gertrude gillian gina ginny giulia gloria grace grainne greta gretchen guadalupe gudrun gwen "
    "hannah hanne harriet hazel heather heidi helen helena helene helga henrietta hilary hilda "
    "hillary ida imogen ines inez inge ingrid irene irina iris isabel isabella isabelle isla "
    "isobel ivy jackie jacqueline jade jana jane janet janice janine jeanette jeannie jemima "
    "jennifer jenny jess jessica jill joan joanna joanne josephine joy joyce juanita judith judy "
    "julia julie juliet juliette june karen karin kate katharina katharine katherine kathleen "
    "kathryn kathy katie katja katrin katrina katy kayla kirsten kirsty klara kristen kristin "
    "kristina laura lauren leah leila lena leonie lesley leticia lidia lila lillian lily linda "
    "lindsay lisa lise liv liz lois lola lorna lorraine louisa louise lourdes lucia lucie lucille "
    "lucinda lucy luisa lydia lynda lynn lynne mabel madeleine mae maeve magda magdalena maggie "
    "maire mairead mandy manon mara margaret margarita margot maria mariana marianne marie marina "
    "marjorie marlene marta martha martina mary mathilde maud maureen mavis maya megan meghan "
    "melanie melinda melissa mercedes mercy mia michaela michele michelle mildred millie miranda "
    "miriam moira molly mona monica monika monique muriel myra nadia nadine nancy naomi natalia "
    "natalie natasha nell nellie nia niamh nicola nicole nina noelle nora noreen norma nuala "
    "octavia olga olive olivia orla paige pam pamela patricia patsy paula pauline pearl peggy "
    "penelope penny petra phoebe phyllis pia pilar pippa polly priscilla priti priya prudence "
    "rachael rachel raquel rebecca regina renata renee rhiannon rita roberta roisin ros rosa "
    "rosalind rosario rose rosemary rosie roxanne ruby ruth sabine sabrina sadie sally salma "
    "samantha sandra sandy saoirse sara sarah sharon sheila shelley shirley shona silke silvia "
    "sinead siobhan sofia sofie solveig sonia sophia sophie soraya stella stephanie sue susan "
    "susanna susanne susie suzanne suzy svetlana swati sybil sylvia tamara tania tanya tara "
    "tatiana teresa tess tessa thelma theresa tilda tina tracey tracy trudy una ursula valentina "
    "valeria valerie vanessa vera verity veronica vicky victoria viola violet virginia vivian "
    "vivien vivienne wanda wendy wilma winifred yasmin yolanda yuki yulia yvette yvonne zainab "
    "zara zoe bev brenda clemence dagny hannelore kaylee morag"
)
_EITHER = word_set(
    "addy al alex ash ashley bernie bobbie casey charlie chris dana drew eden elliott frankie "
    "gale hollis jamie jean jesse jo jordan kai kelly kerry kim kit lee leslie marin marion "
    "morgan nicky noor pat quinn reese robin sacha sam sascha sasha shannon sky stevie sydney "
    "taylor"
)
_NO_WOMEN = word_set(
    "aga andrea aputi attila barnaba bela branko costa dada darko elia ezra gupta jonah joshua "
    "juha jukka krishna luca marko micah mika mirko misha mustafa nikita noa pekka raza santa "
    "sasha shota silva sima slavko taha vlatko yahya zakaria zia zlatko"
)
"""Names that end as women's do."""
_WOMENS_ENDS = ("a", "ette", "elle", "leen", "lyn", "ko")
_NOT_WOMENS_ENDS = ("dra", "tta", "tya", "rya", "ppa", "hna", "ota", "enta", "eita")
_MENS_ENDS = ("o", "slav", "slaw", "mir", "ert", "ard")


def is_given(word: str) -> bool:
    """Return whether a word is a common given name, whoever may have it.

    >>> is_given("Ann"), is_given("Kim"), is_given("Prosecutor")
    (True, True, False)
    """
    low = _plain(word)
    return low in _HE or low in _SHE or low in _EITHER


def pronoun_of(name: str) -> str:
    """Return ``he`` or ``she`` for a person whose first name tells it, else nothing.

    >>> pronoun_of("Anna Bo"), pronoun_of("Peter Bo"), pronoun_of("Kim Bo"), pronoun_of("Olena Bo")
    ('she', 'he', '', 'she')
    """
    low = _plain(name.partition(" ")[0].partition("-")[0])
    if low in _EITHER:
        return ""
    if low in _SHE or low in _HE or len(low) < 4:
        return "she" if low in _SHE else "he" if low in _HE else ""
    if low.endswith(_WOMENS_ENDS) and not (low in _NO_WOMEN or low.endswith(_NOT_WOMENS_ENDS)):
        return "she"
    return "he" if low.endswith(_MENS_ENDS) else ""


_BARE = str.maketrans("áàâäãåéèêëíìîïóòôöõøúùûüñçćčšžłý", "aaaaaaeeeeiiiioooooouuuunccc" + "szly")


def _plain(word: str) -> str:
    return word.lower().translate(_BARE)

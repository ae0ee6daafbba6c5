"""Who speaks each quotation of a text: full names, by the words around it."""

import pytest

from dossier.text.quotations import quotations_of


def speakers_of(text):
    return [quotation.speaker for quotation in quotations_of(text)]


SPOKEN = [
    ("Al Bo's Green Alliance won. “We have won it,” Bo said.", ["Al Bo"]),
    ("Dr Ann Bo spoke. Dr Bo asked the firm's old manager how. “I know not,” he said.", [""]),
    ("The panel's chairman, Sen. Al Bo, met it. “I meet all,” the chairman said.", ["Al Bo"]),
    ("Valley potter Al Bo is out. “It leaks,” the potter said.", ["Al Bo"]),
    ("PC Al Bo, a collision expert, came. “He slept,” the officer said.", ["Al Bo"]),
    ('The Shadow Secretary for Trade, Theresa May, said: "These plans fail."', ["Theresa May"]),
    ("“We will win,” President-elect Al Bo said.", ["Al Bo"]),
    ("Rabbi Al Bo left. “It is true,” Bo said.", ["Al Bo"]),
    ("“It may be a hard thing to do” for the town, said Ann Bo.", ["Ann Bo"]),
    ("Ann Bo met Al Ray. “Go back to town,” Bo barked. “Why?” Ray pressed.", ["Ann Bo", "Al Ray"]),
    ("“It is a good town,” The Valley Post's Ann Bo explained.", ["Ann Bo"]),
    ("Prime Minister Al Bo met Jo Ray. Later the prime minister said: “We go.”", ["Al Bo"]),
    ("Al Bo, the mayor, met Jo Ray. Ray left. “We go on,” the mayor said.", ["Al Bo"]),
    ("Minister Al Bo met Minister Jo Ray. “We go on,” the minister said.", [""]),
    ("Leader Al Bo, R-Ky., had a message for Jo Ray: “It is time to quit.”", ["Al Bo"]),
    ("Council Speaker Ann Ba-Bo came. “It is fine,” Ba-Bo said.", ["Ann Ba-Bo"]),
    ("Al Bo met Valley News’ Ann Ray. “It is fine,” Ray said.", ["Ann Ray"]),
    ("The Onlooker editor told the radio: “It is odd, I think.”", [""]),
    ("Behind Bo's success is luck. “We go on,” he said.", [""]),
    ("Americans say that Bo is “very responsible” for it.", [""]),
    ("“It is good,” Al Bo said on the channel's “Early Joe,” adding, “He wins.”", ["Al Bo"] * 2),
    ("“We will win the game,” said John Smith.", ["John Smith"]),
    ("“We will win the game,” John Smith, the chief executive, said.", ["John Smith"]),
    ("John Smith spoke. “We will win,” he said. “It is ours.”", ["John Smith"] * 2),
    ("John Smith spoke. Later Smith said: “We will win this game.”", ["John Smith"]),
    ('According to Mary Jones, "it was a very bad day".', ["Mary Jones"]),
    ("Prime Minister Mary Jones said, «We will win the game.»", ["Mary Jones"]),
    ("‘We will win the game,’ said Mary Jones.", ["Mary Jones"]),
    ("Al Bo left. “It was a fire,” a spokesman said. “It burnt,” he said.", [""] * 2),
    ("Prof. Sir John Bell left. “It is a new drug,” he said.", ["John Bell"]),
    ("Her father, Ian Bell, spoke. “She called me,” he said.", ["Ian Bell"]),
    ("A mediator, Ana Bo. They met. “It will take time,” Bo said.", ["Ana Bo"]),
    ("Ian Bell died. “He sang,” his sister, Amy Bell, 52, said.", ["Amy Bell"]),
    ("According to Al Bo, “It was a fire.” Ed Li, his boss, said six died.", ["Al Bo"]),
    ("The body said it was “cooperating fully” with Ana Bo.", [""]),
    ("Councilman Al Bo, who voted, said no. “It burns,” he said.", ["Al Bo"]),
    ("Ford and Bell Water lost. Mrs Justice Li won. “We did,” she said.", ["Li"]),
    ("Sir Al Bo spoke. “It is fine now,” Sir Al said.", ["Al Bo"]),
    ("“It is big,” Cal Ridge fire chief Al Bo told us.", ["Al Bo"]),
    ("Al Bo left. It fell, said Ed Li, a cook. “It was old,” he said.", ["Ed Li"]),
    ("Al Bo lost to Ann Day. Li, whose boss, Ed Bo, called it “a very bad joke”.", ["Ed Bo"]),
    ("Al Bo's Green Party won. “We have won it,” Bo said.", ["Al Bo"]),
    ("The Ministry of Defence said that “all men are safe”.", ["Ministry of Defence"]),
    ("Ann Bo left. Bo's son, 9, asked: “Is it over now?” Al Li said no.", [""]),
    ("Agent Al Bo left. “We will win,” he said. “It is ours,” Bo said.", ["Al Bo"] * 2),
    (
        "Al and Joan Bo left. “We will win,” Mr Bo said. “It is ours,” Mrs Bo said.",
        ["Al Bo", "Joan Bo"],
    ),
    ("Al Bo left. Lawyers for Al Bo said he “would never do it”.", [""]),
    ("Police said Al Bo, 34, was “very lucky to live”.", [""]),
    ("FBI Special Agent Al Bo said it was “a very bad day”.", ["Al Bo"]),
    ("Al van Bo left. “We will win,” Van Bo said.", ["Al van Bo"]),
    ("Al Bo left. Bo's lawyer, Ann Li, said he “denies it all”.", ["Ann Li"]),
    ("The police said so, but their chief, Al Bo, said it was “too early”.", ["Al Bo"]),
    ("Ann Day lost. The Spaniard said it was “a very bad day”.", ["Ann Day"]),
    ("Ed Li ran, said its head cook, Ann Bo. “I have one,” she said.", ["Ann Bo"]),
    ("Bo Foods grew. It is in “low digits”, the company said.", ["Bo Foods"]),
    ("Al Bo said it “broke a leg” and said he would see the paper “in court”.", ["Al Bo"] * 2),
    ("“It is a very bad day,” the Home Office said.", ["the Home Office"]),
    (
        "The Q&A: Ann Bo\n\n‘You look for a hose’\n\nWhat is it?\nA hose.\n\n"
        "Was it long?\nThe captain, a man of 60, said, ‘Go home, girl.’\n\n"
        "Do you miss home?\nMy girl is ten. She said, ‘Mum, come home.’\n\nWhy?\nI left.\n\n"
        "Where to?\nHome.\n",
        ["Ann Bo", "", ""],
    ),
    ("Al Bo left. My father stayed. “I am old now,” he said.", [""]),
    ("The charity Kerb objects. “It is too much,” it said.", ["Kerb"]),
    ("The Bo Institute said so. By law, the agency said, it is “a last step”.", ["Bo Institute"]),
    ("Mary Jones KC left. “It is a shame,” Jones said.", ["Mary Jones"]),
    ("Al Bo, whose son died at Two Rivers, said: “It is a shame.”", ["Al Bo"]),
    (
        "Ann Bo won. Her coach, Al Li, said: “It is hers.”\n\nShe rests. “I am glad,” she said.",
        ["Al Li", "Ann Bo"],
    ),
    ("Al Bo ran. It is no secret, says Ann Li, a guide. “I know,” she says.", ["Ann Li"]),
    ("Ann Li ran. Six fell, according to county chief Al Bo. “We tried,” he says.", ["Al Bo"]),
    ("Trustees Ann Li and Al Bo lost. “We tried it,” Li said.", ["Ann Li"]),
    ("Sheikha Ann Li left. “We tried it,” Sheikha Ann said.", ["Ann Li"]),
    ("Ann Li ran. From the steps of it, Bishop Al Bo: “I have seen three.”", ["Al Bo"]),
    (
        "Al Bo ran. Our reporter Ann Li is at the scene: “There are six men on the road.”",
        ["Ann Li"],
    ),
    ("Al Bo ran. Nor is he moved by it: “We have never looked there.”", ["Al Bo"]),
    ("Al Bo ran. This is from Wambui in the north: “I joined the queue at four.”", ["Wambui"]),
    ("Ann Li was kinder, seeing six. ‘You buy the better one of it’ was her verdict.", ["Ann Li"]),
    ("The judge, Ann Li, lost. “It means what it says,” reads her long dissent.", ["Ann Li"]),
    (
        "Bo Union said in a statement it was “bound”. “We read it,” the letter said.",
        ["Bo Union"] * 2,
    ),
    ("Al Bo left the firm. The 64-year-old, who ran it, called it “fair and final”.", ["Al Bo"]),
    ("Ann Li recalls being called “soft in the head” by one of her own men.", [""]),
    (
        "Ann Li ran. Analysts at the bank Bo & Day said six fell. “It works,” they wrote.",
        ["Bo & Day"],
    ),
    (
        "“I won’t lose it”: Ann Li runs again\n\n“I lost. I won’t lose it,” Ann Li said.",
        ["Ann Li"] * 2,
    ),
    ("An aide to Ann Li put it at “40, maybe 50,” and said it was large.", [""]),
    (
        "Ann Li left. “We tried,” said Li.\n\nAl Bo, in his third term, was blunter. “It burns.”",
        ["Ann Li", "Al Bo"],
    ),
    (
        "Bo Capital, the new fund that owns it, left. “It is too much,” the fund wrote.",
        ["Bo Capital"],
    ),
    ("Ann Li, boss at Bo Metals in Ayr, came. “It is fine,” she said.", ["Ann Li"]),
    (
        "Al Bo left. Kieran (not his real name) is 34. He joined, he says, “for the tea”.",
        ["Kieran"],
    ),
    ("Sheikha Ann Li came. Li said Bo Airports would hire. “I began here,” she said.", ["Ann Li"]),
    ("At Bo & Co, Ann Li was kind. “You buy the better one” was her view.", ["Ann Li"]),
    (
        "Ann Li, a nurse in her third term, met Al Bo. Mr Bo left. “It is late,” she said.",
        ["Ann Li"],
    ),
    ("Sir Al Bo came. Mrs Ann Li left. “It is late,” he said.", ["Al Bo"]),
    ("“It beat,” says Al Bo. His wife, Ann, nods. “It is over now,” she says.", ["Al Bo", "Ann"]),
    ("“We go,” says Al Bo. Across the road, Ann Li came by. “Nor me.”", ["Al Bo", "Ann Li"]),
    ("“We are at sea,” Captain Jo Bo radioed. Later she was blunt: “We sink.”", ["Jo Bo"] * 2),
    ("It rose, said the Day Service's Ann Li. “It is more,” she said.", ["Ann Li"]),
    ("Al Bo said it was “a loss”, and his aide, Ann Li, called it “a shame”.", ["Al Bo", "Ann Li"]),
    ("Bo Bank rose. The bank's statement said it was “fine and good”.", ["Bo Bank"]),
    ("Bo Robotics Inc said it would go. Bo said it was “a hard choice”.", ["Bo Robotics"]),
    ("Witness Al Bo told the court: “I saw it.” Asked by Ms Li, he said: “I did.”", ["Al Bo"] * 2),
    ("Al Bo came. Another neighbour said she “never slept at all”.", [""]),
    ("Hill council said it was safe. “You can drink it,” it added.", ["Hill council"]),
    ("Not so, says Professor Al Bo. “It will outlive us.”", ["Al Bo"]),
    ("“You men,” Mr Bo began, and Ann Li cut him off. “Sit down,” she said.", ["Bo", "Ann Li"]),
    ("In came Yara, 11, with it. “It is magic,” she says.", ["Yara"]),
    ("In a clip posted on Day, singer Ann Li told fans: “I need a rest.”", ["Ann Li"]),
    ("Al Bo told us that her boss had called it “a waste of time”.", [""]),
    (
        "The agency Bo cut it. “It is thin,” it said. The tax ministry called it “too early”.",
        ["Bo", ""],
    ),
    ("Al Bo ran. Our man Ann Li is in Port Aven: “It is gone in two.”", ["Ann Li"]),
    ("“It is all,” Al Bo said. Ann Li asked why he had it. “I got it,” he replied.", ["Al Bo"] * 2),
    (
        "“I do it,” says Tess. “They cry.” Her father left. “She is braver,” he says.",
        ["Tess"] * 2 + [""],
    ),
    (
        "Lord Justice Bo wrote it was “too late”. Lady Justice Li left. “So,” she added.",
        ["Bo", "Li"],
    ),
    ("The bishop, the Right Rev Al Bo, called it “a sad day”.", ["Al Bo"]),
    (
        "Ann Li left. “I cried,” says Li, 41. Her partner, Lars, did. “Go,” he says.",
        ["Ann Li", "Lars"],
    ),
    ("Ann Li said trade was “firm”, adding that “it is not dead”.", ["Ann Li"]),
    ("Ed Li read a text in which Bo wrote: “She knows it.” Al Bo denies it.", ["Al Bo"]),
    ("It fell, the utility Bo Edison said in a note, adding it “will not rest”.", ["Bo Edison"]),
    (
        "Al Bo said no. “I left,” he said. Ann Li, the judge, came in. “So,” the witness said.",
        ["Al Bo"] * 2,
    ),
    (
        "Al Bo said no. Counsel, Ann Li, asked the witness how. “I left it,” he replied.",
        ["Al Bo"],
    ),
    ("Al Bo left. That, said Ed Li, was “a hard man’s sum”.", ["Ed Li"]),
    ("Al Bo said no. Ms Ann Li left. He had spoken of “a hard, hard sum”.", ["Al Bo"]),
    (
        "Al Bo, the chairman, met Ed Li. Mr Li left. It drew a sigh from the chairman. "
        "“I wait,” he said.",
        ["Al Bo"],
    ),
    ("The Day Institute met. The institute, in a statement, said: “We wait.”", ["Day Institute"]),
    ("“We go on,” Merka said. It added that it “had sold none”.", ["Merka"] * 2),
    ("Agent ‘left it in his tin’, tribunal hears\n\nIt rained.", [""]),
    (
        "Ann Li ran.\n\n‘Pages for a fence’\n\n“I filled in pages for a fence,” Ann Li said.",
        ["Ann Li"] * 2,
    ),
    ("Her lecture “Zero Gravity, Zero Budget,” won. They are called “super shoes”.", []),
    ("The film “Gone With the Wind” won.", []),
    ("His “smart” phone broke.", []),
    ("Al Bo told it to put Ayr on its list of sites “in danger”.", []),
    (
        "Federal Jury Orders Tessa to Pay\n\nThe clerk rose. He called it “a bad day for us”.",
        [""],
    ),
    ("A source called that ‘rich’, Ann Bo said.", ["Ann Bo"]),
    ("‘I won’t,’ Al Bo said. ‘We went.\n\n‘I will go,’ he said.", ["Al Bo"] * 3),
    ("Ann Li left.\n\n'22 pages for a fence'\n\nIt rained.", [""]),
]


@pytest.mark.parametrize(("text", "speakers"), SPOKEN)
def test_a_quotation_has_its_speaker(text, speakers):
    assert speakers_of(text) == speakers


GIVEN = [
    (
        "Emma Dahl met Otto Reuss. “We agreed on it,” she joked. “Bar lunch,” he added.",
        ["Emma Dahl", "Otto Reuss"],
    ),
    ("Olena Dahl met Mr Otto Reuss. “We agreed on it,” she joked.", ["Olena Dahl"]),
    ("Ms Robert Dahl met Otto Reuss. “We agreed on it,” she joked.", ["Robert Dahl"]),
    ("Ann Li asked her tutor, Gus Hahn. He told her, “Never sign it.”", ["Gus Hahn"]),
    ("Prosecutor Dana Holt told us it was “cold and done”.", ["Dana Holt"]),
    ("Young Ellie Marsh laughed. “I see it daily.”", ["Ellie Marsh"]),
    ("Sarah Jane Marsh laughed. “I see it daily.”", ["Sarah Jane Marsh"]),
    ("Ngozi Grace Marsh laughed. “I see it daily.”", ["Ngozi Grace Marsh"]),
    ("“We win,” Mr Bo said. Al Bo, 44, stood in Ayr.", ["Al Bo"]),
    ("Justice R.S. Gill met Ann Li. “We chose,” he said.", ["R.S. Gill"]),
]
"""Whom a pronoun means by a first name, and words before a name that are none of it."""


@pytest.mark.parametrize(("text", "speakers"), GIVEN)
def test_first_names_tell_a_pronoun_and_where_a_name_begins(text, speakers):
    assert speakers_of(text) == speakers


BEATS = [
    ("Ann Li opens the box. Inside are ten. “This is my work.”", ["Ann Li"]),
    ("Ann Li nods. “No.” Her husband, Carl, looks down. “Maybe once.”", ["Ann Li", "Carl"]),
    ("Ann Li, who lives in Ayr, will stay.\n\n“They must carry me out.”", ["Ann Li"]),
    ("For Ann Li, who lost it all, it is hard.\n\n“Every day I ring them.”", ["Ann Li"]),
    ("The trapper, Al Bo, met us there.\n\n“If one comes, stay.”", ["Al Bo"]),
    (
        "Ann Li said it was cheap.\n\n“It rose.”\n\nAl Bo left Ayr.\n\n“It fell.”",
        ["Ann Li", "Al Bo"],
    ),
    ("Ann Li left.\n\n‘Pages for it’\n\nIt rained.", [""]),
    ("“It rose,” Ann Li told Bo FM today. “It fell.”", ["Ann Li"] * 2),
    ("Ann Li's son left.\n\n“It is a pity.”", [""]),
]
"""Sentences before a quotation of its own, and the paragraph above one."""


@pytest.mark.parametrize(("text", "speakers"), BEATS)
def test_the_words_before_a_quotation_of_its_own_tell_who_speaks(text, speakers):
    assert speakers_of(text) == speakers


BEHIND = [
    ("“You must go.” The words were those of Al Bo, the boss, to Ann Li.", ["Al Bo"]),
    ("“It is a bus.” That is how Ann Li describes it. Al Bo calls it large.", ["Ann Li"]),
    ("“It is gone.” So says Al Bo, at his door.", ["Al Bo"]),
    ("“Get a job.” The advice came from his father, Al Bo, in May.", ["Al Bo"]),
    ("“It is gone.” That is why Ann Li left.", [""]),
    ("“I lost,” groans her partner, Al Bo. “Me too,” chimed in Ann Li.", ["Al Bo", "Ann Li"]),
    ("Ann Li yelled, “Get down!” Al Bo stood up.", ["Ann Li"]),
    (
        "“Well?” asks Ann Li.\n\n“No,” says Al Bo.\n\n“Why?” “Hers.”",
        ["Ann Li", "Al Bo", "Ann Li", "Al Bo"],
    ),
    ("“Well?” asks Ann Li. “No,” says Al Bo. “It is hers.”", ["Ann Li", "Al Bo", "Al Bo"]),
]
"""Sentences behind a quotation that say whose it is, verbs of any kind, and talk in turn."""


@pytest.mark.parametrize(("text", "speakers"), BEHIND)
def test_the_words_behind_a_quotation_tell_whose_it_is(text, speakers):
    assert speakers_of(text) == speakers


TOLD = [
    ("Al Bo, 71, left. Ann Li came. “I had my time,” the 71-year-old said.", ["Al Bo"]),
    ("Al Bo, a father of two, ran. Ann Li came. “I just ran,” the father of two said.", ["Al Bo"]),
    ("Ann Li ran a farm. “Milk is water now,” the farmer said.", ["Ann Li"]),
    ("Ann Li met a farmer. “Milk is water now,” the farmer said.", [""]),
    ("“I get it,” says Barry “Baz” Bo. “Not I,” says Ann Li.", ["Barry Bo", "Ann Li"]),
    ("The Royal College of Nursing said it was “a sad loss”.", ["Royal College of Nursing"]),
    ("Ann Li left. Regulator Ofwat said it was “a sad loss”.", ["Ofwat"]),
    ("My guide, Tashi, laughs. “It is a state,” he says.", ["Tashi"]),
    (
        "She sits back. “I was afraid of it.” Anna Li sang there; her tutor, Al Bo, led.",
        ["Anna Li"],
    ),
]
"""Who is told by age, kin or trade, and names with a nickname, a kind or a college in them."""


@pytest.mark.parametrize(("text", "speakers"), TOLD)
def test_what_was_said_with_a_name_tells_who_speaks(text, speakers):
    assert speakers_of(text) == speakers


LED = [
    ("HAMMOND: “We stand.”\n\nLEE: “Yes?”\n\nAl Hammond met Ann Lee.", ["Al Hammond", "Ann Lee"]),
    ("Al Bo's verdict: “It is bad.” Ann Li's: “It is fun!”", ["Al Bo", "Ann Li"]),
    ("Al Bo's wife: “It is bad.”", [""]),
    ("Hence Ann Li's motto: “Measure it twice.” Al Bo left.", ["Ann Li"]),
    ("“I miss the sea”: Ann Li, 88, at home in Ayr", ["Ann Li"]),
    ("“We few, we happy few.” — Ann Li", ["Ann Li"]),
    ("“I miss the sea”: Ann Li’s years in Ayr", [""]),
    ("For Ann Li the answer is “more of the same”. Al Bo differs.", ["Ann Li"]),
    ("Al Bo says his boss, Ed Li, told him to “shut up and drive”.", ["Ed Li"]),
    ("Police say Al Bo boasted to friends that he was “too good”.", ["Al Bo"]),
    ("Her lawyer, Al Bo, said Ms Li felt “hurt and sad”.", ["Al Bo"]),
    ("“Rain.” “More of it.” “And hail.” That is how Al Bo sums it up.", ["Al Bo"] * 3),
]
"""Labels, verdicts, captions, views, and what one tells that another said."""


@pytest.mark.parametrize(("text", "speakers"), LED)
def test_who_is_named_with_a_colon_or_by_another_speaks(text, speakers):
    assert speakers_of(text) == speakers


LATER = [
    (
        "Bo smiled. “It is late.” Al Bo left Ayr. Ann Li cheered. “Go,” she said.",
        ["Al Bo", "Ann Li"],
    ),
    ("Asked of the match, Bo smiled. “It is late.” Al Bo left Ayr.", ["Al Bo"]),
    ("“I hit it well,” said the 23-year-old. Al Bo had not scored in May.", ["Al Bo"]),
    ("Zadie is 19 and sings. “I do,” she says. Her tutor, Al Bo, nods.", ["Zadie"]),
    ("Paris is large. “I do,” she says. Her tutor, Al Bo, nods.", [""]),
    ("Al Bo met Ed Li. “I won,” said the Argentine.", ["Al Bo"]),
    ("Councillor Ann Li (Ind, Ayr) said: “It is bad.”", ["Ann Li"]),
    ("“With respect, no,” came the reply from Admiral Al Bo.", ["Al Bo"]),
    ("Ann Li ruled. The dissent, by Justice Al Bo, called it “a leap of faith”.", ["Al Bo"]),
    ("Ann Li's spokesman later said it was “not so”.", [""]),
    ("Ann Li, Bo's head of news, said it was “not so”.", ["Ann Li"]),
    ("“Order, order,” the Speaker said. Sir Al Bo left.", [""]),
    ("The Foreign Office said it was “too sad”.", ["Foreign Office"]),
    ("Bo Steel shut. “It is short,” said the Ayr-based company.", ["Bo Steel"]),
    ("The trade body SeedEurope called it “too hard”. Al Bo left.", ["SeedEurope"]),
    (
        "DAD-of-three Al Bo told us: “It is big.” Stunned wife Trish added: “I ran.”",
        ["Al Bo", "Trish"],
    ),
    ("Ann Li left. “I said ‘See you then,’” she says.", ["Ann Li"]),
    ("Ed Li is kind. His colleague Ann Bo is not, pointing to “early signs of it”.", ["Ann Bo"]),
]
"""Names that come later or once, offices, bodies by what they are, and clauses without a verb."""


@pytest.mark.parametrize(("text", "speakers"), LATER)
def test_names_of_any_kind_are_whose_words_they_are(text, speakers):
    assert speakers_of(text) == speakers


OWNED = [
    ("“We can live with it,” says the CBI's Nora Li.", ["Nora Li"]),
    ("Ann Li left. Nordfin's Erik Bo said it was “too much”.", ["Erik Bo"]),
    ("The Farmers' Union called it “too sad”. Ann Li left.", ["Farmers' Union"]),
    ("Traders in Mill Lane say it was “left to rot”.", [""]),
    ("Frank Lane said it was “left to rot”.", ["Frank Lane"]),
    ("AYR (Wire) - A nurse told us it was “a fool, no thief”.", [""]),
    ("Bo Foods will shut it, citing “a very low demand”.", ["Bo Foods"]),
    (
        "Ruggero Bo left. “I fell,” he said. His aide, Ann Li, ran. “I ran,” she said.",
        ["Ruggero Bo", "Ann Li"],
    ),
    (
        "Oksana Bo left. “I fell,” she said. A cook, Al Li, ran.\n\n“I ran,” he said.",
        ["Oksana Bo", "Al Li"],
    ),
]
"""Whom a body or a firm has, bodies of members, places, crowds."""


@pytest.mark.parametrize(("text", "speakers"), OWNED)
def test_a_name_is_parted_from_whose_it_is_and_where(text, speakers):
    assert speakers_of(text) == speakers


NOBODY = [
    ("NASHIK: Onion growers said it had “broken their backs”.", [""]),
    (
        "Ann Li left. “I go,” she said.\n\nThe council's plan talks of “nudging all of us”.",
        ["Ann Li", ""],
    ),
    ("Ann Li left. I asked my daughter, who is eight. “Just eat,” she said.", [""]),
    ("Ann Li left. My friend, a Dane, thought it “quite all right”.", [""]),
    (
        "Jaydatta Bo left. “Who asks?” he said. Meera Bo left. “Who asks?” she said.",
        ["Jaydatta Bo", "Meera Bo"],
    ),
    ("Al Bo, in Ayr, said it was “late” and “in your interest”.", ["Al Bo"]),
]
"""Crowds, kin of the writer's and things that say nothing, beside somebody who has a name."""


@pytest.mark.parametrize(("text", "speakers"), NOBODY)
def test_who_has_no_name_is_nobody_near(text, speakers):
    assert speakers_of(text) == speakers


MET = [
    ("“It was a gull.” Postman Al Bo, 51, was in Ayr. Ann Li ran.", ["Al Bo"]),
    ("“It was a gull.” Postman Al Bo was not so sure. Ann Li ran.", [""]),
    ("Al Bo left. Here's Sarah in Ayr: “My train is late.”", ["Sarah"]),
    ("Their apprentice, Lucas, stays. “I bake,” he says. Ann Li ran.", ["Lucas"]),
    ("Ann Li left. His passenger, sister-in-law Maureen, ran. “I bake,” she said.", ["Maureen"]),
    (
        "Ann Bo left.\n\nAnna Li's son, Mark, died. She tore it.\n\n“I cried,” she said.",
        ["Anna Li"],
    ),
    ("Ann Bo met Sascha Li. Li left. “Find me more,” they say.", ["Sascha Li"]),
]
"""Who comes in behind a quotation, by letter, or as somebody's."""


@pytest.mark.parametrize(("text", "speakers"), MET)
def test_who_is_met_beside_a_quotation_speaks(text, speakers):
    assert speakers_of(text) == speakers


NAMED = [
    ("Bono: “Copy, two more of it.” Al Bo left.", ["Bono"]),
    ("Al Bo left. Verdict: “Copy, two more of it.”", [""]),
    ("Ask ten of us and, says Ann Li, “you will get ten fights”. Al Bo left.", ["Ann Li"]),
    ("Nine-year-old Poppy Li wrote. “Make it pink,” her letter said.", ["Poppy Li"]),
    ("Love Cove's Shanelle Bo called it “a sad, sad joke”.", ["Shanelle Bo"]),
    ("Ann Li, 25, left. Al Bo ran. The 25-year-old cook told us: “It was bad.”", ["Ann Li"]),
    ("Ann Li, 25, left. A driver, 25, ran. The 25-year-old driver said: “It was bad.”", [""]),
    ("Headteacher Oonagh Bo left. “It was hot,” she said.", ["Oonagh Bo"]),
    ("Tanner Ann Bo left. “It was hot,” she said.", ["Ann Bo"]),
    ("Bride-to-be Ann Bo wept: “It is my day.”", ["Ann Bo"]),
    ("Al Bo, who called forecasters “hysterics”, left. Ann Li's “smart” phone broke.", ["Al Bo"]),
    ("Ivan Bo advised that there were “no sound reasons” to go.", ["Ivan Bo"]),
]
"""A name before a colon, one put in, and words of what somebody is before the name."""


@pytest.mark.parametrize(("text", "speakers"), NAMED)
def test_a_name_put_in_anywhere_is_who_speaks(text, speakers):
    assert speakers_of(text) == speakers


LATER = [
    ("Ann Bo ends her paper with a paragraph cut by Al Li:\n\n“It is a delay.”\n", ["Ann Bo"]),
    ("Al Bo races. He hears: “Box now, Al.” Ann Li left.", [""]),
    ("Al Bo on the radio: “Ten years, Mum.” Then his engineer: “It is over now.”", ["Al Bo", ""]),
    ("Hubby Ron, 74, ran. Bo Town won. He said: “I ran.”", ["Ron"]),
    ("State Sen. Lou Bo fell. “It has no cup holder,” the senator said.", ["Lou Bo"]),
    (
        "Ann Bo sells wine. The page for 11 May 1981 says: “Frost. It is.”\n\n“I buy,” she says.",
        ["", "Ann Bo"],
    ),
    ("Bo Cement fell. In Bo a man shouted that help was “ten hours too late”.", [""]),
    ("Ann Bo sold cars, “which helps”.", ["Ann Bo"]),
    ("Al Bo called her wine “syrup” there.", ["Al Bo"]),
    ("It was quiet, said Ann Bo, the author of a history of it, “The Long Night”.", []),
    ("“He asked me,” Ann Bo says. Mia is eight and a half. “I told her.”", ["Ann Bo", "Ann Bo"]),
    (
        "Its owner, 14-year-old Ann Bo, will save and, she said, “a tenth, a fifth” for a car.",
        ["Ann Bo"],
    ),
    ("“I won,” said Al Bo.\n\nHere are the stewards, at length:\n\n“He cut it.”\n", ["Al Bo", ""]),
    ("Al Bo is in the wall, ahead of an Aston Martin DB12. “I slid,” he says.", ["Al Bo"]),
]
"""Who speaks behind a colon, to whom, by an office in full, or without a name."""


@pytest.mark.parametrize(("text", "speakers"), LATER)
def test_who_is_spoken_to_or_written_of_does_not_speak(text, speakers):
    assert speakers_of(text) == speakers


GENERAL = [
    (
        "Bo shuts a mill. Shares in Bo fell after the building group said it was “too late”. "
        "“We are sorry,” the company said.",
        ["Bo"] * 2,
    ),
    ("Merka pulls it.\n\n“We got it wrong,” the company said. Merka left.", ["Merka"]),
    ("A cook who stole told us it was “a loan”.\n\nAnn Bo, 47, left.", ["Ann Bo"]),
    (
        "Al Bo met Ann Li. “Was it you?” Ed Day, prosecuting, asked. Ms Li gave evidence. "
        "“Who told you that?” Mr Day asked. “It was me,” the witness said.",
        ["Ed Day", "Ed Day", "Ann Li"],
    ),
    ("Ann Li is in Port Ayr for us. She writes: “The wall is down.”", ["Ann Li"]),
    ("The court heard that when officers called she said: “I did.” Ann Li left.", ["Ann Li"]),
    ("The Ayr Union’s envoy, Ann Li, likened it to “a bad, sad joke”.", ["Ann Li"]),
    ("Ann Li is in no mood. Asked if Al Bo won, the Dane smiled. “He lost.”", ["Ann Li"]),
    (
        "Al Bo met Ann Li. Her first coach tells of a barn. “We shut it,” he says.",
        [""],
    ),
    ("Al Bo left. Bo’s mum Sandra will be there. “I shut my eyes,” she said.", ["Sandra"]),
    ("“It is late,” said Ayr Pictures co-president Ann Li.", ["Ann Li"]),
    ("Al Bo left. A spokeswoman for Ayr Link apologised. “We fix it,” she said.", [""]),
    ("Al Bo left. Bo's widow lives in Ayr. Asked, she said she was “too old to talk”.", [""]),
    ("Tenants of a block in Bo have it “wide enough to see”. Al Bo left.", [""]),
    (
        "Al Bo left. “I saw it,” he said. He had told referee Ed Li so. “I wished it.”",
        ["Al Bo", "Al Bo"],
    ),
    ("Ann Bo met Al Li. When he died she sent a card: “Last word to me.”", ["Ann Bo"]),
    (
        "Al Bo left. “I saw,” he said. Her nephew, the baritone Nico Li, sang. “I did,” he said.",
        ["Al Bo", "Nico Li"],
    ),
    (
        "Ann Bo sang. It was she whom Li called “a good singer”. “I was,” she said.",
        ["Li", "Ann Bo"],
    ),
    ("Ann Li left. Al Bo has gone, with his agent describing it as “finished, kaput”.", [""]),
    (
        "Ann Li, the cook, accepted that he knew but said it was “a bad joke”. Al Bo ran.",
        ["Ann Li"],
    ),
    ("“I ran,” says Ruth, 58. Al Bo left. Ruth sleeps now. “It is mine,” she says.", ["Ruth"] * 2),
    (
        "Al Bo had called on the bank to “show courage”, drawing a line from Ann Li, who said "
        "it was “no tool of ours”.",
        ["Al Bo", "Ann Li"],
    ),
    ("A baker was fined in what a judge called “a sad gamble”.\n\nAnn Bo, 40, left.", [""]),
    ("The firm Bo Blue lost at Ayr Court. Bo Blue paid. “We are sorry,” it said.", ["Bo Blue"]),
    ("Al Bo left. It is late, said Ann Li of Ayr Watch. “Ice keeps its word.”", ["Ann Li"]),
    ("Al Bo left. One father said it was late. “I waited,” he says.", [""]),
    ("People on Ayr say they were left “to rot and to rust”.", [""]),
    ("Ed Li said it was “too late”. The watchdog waits. “We look on,” it said.", ["Ed Li", ""]),
    (
        "Al Bo, a gruff Dutchman, met Ann Li. “I row,” says Li. Asked of it, the Dutchman shrugs. "
        "“I count strokes.”",
        ["Ann Li", "Al Bo"],
    ),
    ("Al Bo, who owns Ayr Mills, said it shut. “I told them,” he said.", ["Al Bo"]),
    (
        "Judge Ann Bo rose. Carla Li, in mitigation, said he was ill. The judge was unmoved. "
        "“It is long,” she said.",
        ["Ann Bo"],
    ),
    (
        "The bus of Inishgarve GFC waits. Máirtín Ó Gaora is 52. Inishgarve, off Galway, has a "
        "club. He got the goal himself.\n\n“I ran,” he admits.",
        ["Máirtín Ó Gaora"],
    ),
    ("State Sen. Carl Bo, D-Kettle Bluff, said it fell. “You can’t,” he said.", ["Carl Bo"]),
    ("May Tolosa, who heads it, said it ran. “It ran out,” she said.", ["May Tolosa"]),
    ("Al Bo left. The forester, says Ann Li, told ‘everybody but me’.", ["Ann Li"]),
    (
        "Al Bo left on Plan B. As one officer put it to us, “It is a promise that holds.”",
        [""],
    ),
    ("What Ayrwater says it will do: wait. It also says it “does not believe” us.", ["Ayrwater"]),
    (
        "The Group of 12, a bloc that sent 46 observers, reported “isolated shortcomings”.",
        ["Group of 12"],
    ),
    ("The firm Bo Blue said in a note that it was “heartbroken” and shut.", ["Bo Blue"]),
    ("Union rep Gary Oduya, of No. 3 branch, blasted it as “a slap in the face”.", ["Gary Oduya"]),
    ("Al Bo left. His hands held, said his wife Prue, but not his eyes: “He hears.”", ["Prue"]),
    ("“You left,” Ann Bo KC, for the defence, put to him. Al Li nodded.", ["Ann Bo"]),
    ("Runner-up Kay Dodd was gracious: “She won.” She left.", ["Kay Dodd"]),
    ("Prices, says Ola Berg, are “sticky as toffee”.", ["Ola Berg"]),
    ("Pam Orr saw it.\n\nAl Bo left. Orr’s verdict? “Rubbish.”", ["Pam Orr"]),
    (
        "Coral Dean fell. Ex-hunk Dale Fox left. “I ran,” says Coral, who was married to Dale Fox.",
        ["Coral Dean"],
    ),
    ("Al Bo, the chairman, conceded the delay was “indefensible” and left.", ["Al Bo"]),
    ("Rookie Manny Quiñones won. “I ran,” Quiñones said.", ["Manny Quiñones"]),
    (
        "Al Bo made clocks. Awarded a medal, he sent it back, for it had been “the right weight "
        "for a pendulum”.",
        ["Al Bo"],
    ),
]
"""A firm of one name, who is named later, who asks, places, and somebody's own."""


@pytest.mark.parametrize(("text", "speakers"), GENERAL)
def test_who_speaks_is_told_by_what_a_text_says_of_them(text, speakers):
    assert speakers_of(text) == speakers


CHAINS = [
    (
        "Ilka Bere won it.\n\nShe was born in Ayr. She learnt early. She wrote.\n\nThe writer "
        "Gyor Halm praised one game in Seven Games.\n\nShe hated clocks. “They tick,” she said.",
        ["Ilka Bere"],
    ),
    (
        "Ona Prunt, leader of the Alliance and member for the four-seat West Vale, read it out. "
        "“She knew or she did not,” he said. “Which is worse?”",
        ["Ona Prunt"] * 2,
    ),
    (
        "Maren Toll rowed out from Hale Bay.\n\nToll is harbour master. The chart went over off "
        "Gannet Point. “I said a bad word,” she says.",
        ["Maren Toll"],
    ),
    (
        "Nuala Feigh was asked about the builder, Sixfold Works, and the bill. Sixfold was paid. "
        "“I read it,” she said.",
        ["Nuala Feigh"],
    ),
    (
        "Everet Lask climbs. Lask has an apprentice: Dylan Ouel, a nineteen-year-old, who came in "
        "June. When I asked what he had learned, he thought. “Do not look down,” he said.",
        ["Dylan Ouel"],
    ),
    ("Ann Bo led it.\n\nA Baltic diplomat put it less gently: “We were promised one.”", [""]),
    ("Al Bo left. A Government backbencher was blunter. “It is her second,” he said.", [""]),
    ("Al Bo left. Three are unsure. One of them was blunt. “He is toast,” he said.", [""]),
    (
        "Ann Bo left. A former banker, she has sat on it since 2018. “He is fine,” she said.",
        ["Ann Bo"],
    ),
    ("Imran Sheikh said it was late. “He kept books,” Mr Sheikh said.", ["Imran Sheikh"]),
    ("Ann Bo sent a message to the crew. “Well done to the big man,” it said.", ["Ann Bo"]),
    (
        "Teva Moal ran on.\n\n“I looked for someone to pass to,” the Corran Bay prop said.",
        ["Teva Moal"],
    ),
    (
        "Ann Bo sat down. Does Bo miss it, the voice? She smiled. “I hear her,” she said.",
        ["Ann Bo"],
    ),
    (
        "Judge Helen Moss jailed Al Bo. PC Laura Dobb had arrested Bo. Sentencing, the judge gave "
        "him credit. “You did not need it,” she told him.",
        ["Helen Moss"],
    ),
    (
        "‘I didn’t read page 40’: minister stays\n\nAl Li left. Ann Bo said: “Page 40 I did not "
        "read, and I will carry it.”",
        ["Ann Bo"] * 2,
    ),
    (
        "Eye Research, a brokerage, was cooler; in a note to clients it called it “full to it”.",
        ["Eye Research"],
    ),
    (
        "Beryl Ash died. Her son, Martin Ash, left.\n\nAnn Bo spoke.\n\nOutside, Mr Ash wept. "
        "“She marked it all,” he said.",
        ["Martin Ash"],
    ),
    (
        "Sion Pugh told the hearing in a statement that it was dark. “I saw it all then,” it said.",
        ["Sion Pugh"],
    ),
]
"""Whom pronouns mean that go on for paragraphs, with others, places and things between."""


@pytest.mark.parametrize(("text", "speakers"), CHAINS)
def test_who_speaks_goes_on_through_a_chain_of_pronouns(text, speakers):
    assert speakers_of(text) == speakers


REPORTED = [
    (
        "Ann Bo said the book titled “Long Roads” shows him, as there is “no more of it.”",
        ["Ann Bo"],
    ),
    (
        "Al Bo met Jo Li. Bo called the deal “a bad one for us” and ranked Li among the worst "
        "“in the history of business.”",
        ["Al Bo"] * 2,
    ),
    ("Al Bo left. “We are pleased with it,” Bo lawyer Marc Kay said.", ["Marc Kay"]),
    ("Al Bo left. “We are pleased with it,” said former Bo adviser Marc Kay.", ["Marc Kay"]),
    ("Al Bo left. “It is what it is,” said a senior Bo adviser.", [""]),
    ("Al Bo left. “It is what it is,” one Bo aide said.", [""]),
    ("Al Bo left. The Bo campaign said it would be “a long, cold year.”", [""]),
    (
        "Former Secretary of State Madeleine Ray urged them to go, saying, “It is late.”",
        ["Madeleine Ray"],
    ),
    ("Ann Li hit out at Al Bo, while hailing Jo Ray as “a horse to back.”", ["Ann Li"]),
    ("Al Bo said the plan can be “the best of both worlds,” giving states more power.", ["Al Bo"]),
    (
        "Ann Li spoke of Al Bo.\n\n“It is a fine town.” ― Carla Ruiz\n\n“I go.” ― Jo Orr",
        ["Carla Ruiz", "Jo Orr"],
    ),
    (
        "Gov. Al Ray met Ann Wallis on air:\n\n“WALLIS: Will you go?”\n\n“RAY: I will.”\n\n"
        "Ray wrote: “WARNING: Keep it off the road, all of you.”",
        ["Ann Wallis", "Al Ray", "Al Ray"],
    ),
    ("“He needs a plan now,” Nate Gold, the guru who founded it all.com tweeted.", ["Nate Gold"]),
    (
        "Ann Li came. While not all that Al Bo says is true, Li said Bo is “telling them so.”",
        ["Ann Li"],
    ),
    (
        "The odd thing about it, says Carl Anders, a historian at Ayr, is that it was “a town.”",
        ["Carl Anders"],
    ),
    (
        "But even as Al Bo said on Tuesday that “it is far less,” one of the guards said no.",
        ["Al Bo"],
    ),
    ("Al Bo was asked by host Bill Orr, who had come late, “Is it so?”", ["Bill Orr"]),
    ("On the air Al Bo was asked, “What is the best town of all?”", [""]),
    (
        "House Republican Thomas Ash used to like it, but now said it was “a bad idea to go.”",
        ["Thomas Ash"],
    ),
    (
        "Tom Bo came. “There should be more,” the businessman replied. “I would go,” he said.",
        ["Tom Bo"] * 2,
    ),
    ("An Ohio candidate met Tom Bo. “It is late,” the Ohio candidate said.", [""]),
    ("Ann Bo left. Bo campaign spokesman Glen Cap came, calling it “a sad day.”", ["Glen Cap"]),
    ("Tom Bo left. Eve Bo spoke. “It all goes on,” Mrs. Bo said.", ["Eve Bo"]),
    ("Ann Li held up a sign saying “We Have Seen It All Before.”", []),
    ("Another said with his “whole heart” that Al Bo will win: “Then I can rest.”", [""] * 2),
]
"""What reports of politics say, where a name stands by another's office and words go on."""


@pytest.mark.parametrize(("text", "speakers"), REPORTED)
def test_who_speaks_in_reports_that_name_many(text, speakers):
    assert speakers_of(text) == speakers


MEANT = [
    (
        "After Tom Ray had told the town of it, Jon Day drew up the plan.\n\n"
        "“The town needs a leader,” he said.",
        ["Jon Day"],
    ),
    (
        "Cory Lewis, Al Bo’s manager, said that it was no matter. “It is not fair,” he said.",
        ["Cory Lewis"],
    ),
    (
        "“We show anger,” said Chris Harvey, who acknowledged Bo was his fourth choice, behind "
        "arch-conservative Rick Santo, Senator Mark Rule, and others.\n\n“We are alive,” he said.",
        ["Chris Harvey"] * 2,
    ),
    (
        "He hits out at critics, Al Bo among them.\n\nPresident Obana rebuked those who say he "
        "should go.\n\n“What would it do for us?” he said.",
        ["Obana"],
    ),
    ("Al Bo left. Tom Walker won with her help. “I like it all,” he said.", ["Tom Walker"]),
    (
        "Stacy Edwards left. Edwards and others said they could not back Ann Li. “I go,” she said.",
        ["Stacy Edwards"],
    ),
    ("Paul Ray spoke.\n\nRay said Tom Bo was late.\n\nHe says Bo “knows it well.”", ["Paul Ray"]),
    (
        "Tom Bo said it.\n\nThe hosts were ready to go on, but Jon Day was not.\n\n"
        "“You see what I mean by it,” he said.",
        ["Jon Day"],
    ),
    (
        "Stan Pate IV came. Pate said he had met Paul Ray. “I have not asked him at all,” he said.",
        ["Stan Pate IV"],
    ),
    ("Lee Zell of New York, a doctor, said it will help.\n\n“I think so,” he said.", ["Lee Zell"]),
    (
        "Republican Christine Todd, the former chief, met Ann Li.\n\n“I am ashamed,” she said.",
        ["Christine Todd"],
    ),
    (
        "Tom Bo spoke.\n\nTown spokesman Josh Orr said Bo wasn’t in.\n\n“It is not so,” he said.",
        ["Josh Orr"],
    ),
]
"""Whom a pronoun means, where sentences open with a clause and tell of others in passing."""


@pytest.mark.parametrize(("text", "speakers"), MEANT)
def test_a_pronoun_means_of_whom_a_sentence_tells_behind_its_opening(text, speakers):
    assert speakers_of(text) == speakers


SIGNED = [
    ("Al Bo met Ann Ray. Bo went.\n\n“We go on to the end.”\n\n- Ray.\n\nIt is late.", ["Ann Ray"]),
    ("Al Bo met Ann Ray. Bo went.\n\n“We go on to the end.”\n—Ann Ray, Ayr.\n\nSo.", ["Ann Ray"]),
    ("Al Bo met Ann Ray.\n\n“We go on,” Bo said. “It is so.”\n\n- Ray left.", ["Al Bo"] * 2),
    ("Al Bo met Ann Ray. Former Utah governor Jim Lee tweeted: “We are not there.”", ["Jim Lee"]),
    (
        "Al Bo left. “We see it,” said one rich Democrat familiar with the Bo campaign's plans.",
        [""],
    ),
    ("Al Bo left. Another source familiar with Bo's thinking said, “I think he will.”", [""]),
    ("Al Bo left. “I can tell you so,” said one source who named Bo but spoke in private.", [""]),
    (
        "Al Bo met Ann Ray. But almost immediately after she did, Jim Lee, an aide, tweeted: “Go.”",
        ["Jim Lee"],
    ),
    ("Chief Ian Read said it was good. “We have weighed it all,” Read said.", ["Ian Read"]),
    ("Lance Wal sang. The crowd cheers, and then Wal continues: “God gave it.”", ["Lance Wal"]),
    ("Al Bo met Ann Ray. As Jim Lee, the last in the club, put it: “He will go.”", ["Jim Lee"]),
    (
        "Ann Ray left. “It is time now,” exhorted Ray's host, actress Jamie Lee Cole.",
        ["Jamie Lee Cole"],
    ),
    ("Al Bo left. Hundreds of pro-Bo farmers marched in Ayr, chanting “Bo or no one.”", [""]),
    ("Al Bo hit Ann Ray. Lawyers for Ray seemed unmoved, saying that it “has been hers.”", [""]),
    ("Al Bo left. Of Bo, Jan Lev, who has given to Ann Ray, said: “He is odd.”", ["Jan Lev"]),
    ("Hal and Cole part. Mr. Hal and Mr. Cole met. “Be kind to us,” Mr. Cole said.", ["Cole"]),
    ("Ayrians Jem Bo and Ann Ray race. “It is so,” Bo said.", ["Jem Bo"]),
    (
        "Rufus Bowen Says Carla Raymond ‘Makes One Retch.’\n\nCarla Raymond said: “It is so.”",
        ["", "Carla Raymond"],
    ),
]


WRITTEN = [
    (
        "Al Bo said: “It is late.”\n\nIt grew dark.\n\nThe mill answered.\n\n"
        "“We go on,” the statement said.",
        ["Al Bo", ""],
    ),
    ("Al Bo said: “It is late.”\n\n“We go on,” the statement said.", ["Al Bo"] * 2),
]


JOINED = [
    ("Jim Lee met Al Bo. Lee, citing “the old magic of it,” said the man could win.", ["Jim Lee"]),
    (
        "Al Bo left. Ann Ray condemned “such a cruel act” and declared a will to “go on.”",
        ["Ann Ray"] * 2,
    ),
    ("Al Bo left.\n\n17-year-old Jared Potts echoed:\n\n“He says it, I like it.”", ["Jared Potts"]),
    ("In Ayr, Mayor Al Bo sent a note condemning “a cruel attack.” Ann Ray left.", ["Al Bo"]),
    (
        "Ann Ray won.\n\n“I like a dog.” That quote from Ayr Mayor Tom Krebs was a hit.",
        ["Tom Krebs"],
    ),
]


NAMESAKES = [
    ("Dan Bo Jr., a son, came. Dan Bo left. “It is so,” Bo said.", ["Dan Bo"]),
    ("Al Bo met Ann Ray. Al Bo Jr. came. “We know it,” said Bo Jr.", ["Al Bo Jr"]),
    ("Eric and Ivy Bo came. Al Bo Jr. spoke. “We know it,” Al Jr. said.", ["Al Bo Jr"]),
    ("The Valley Republic is far. “It is so,” he said.", [""]),
    ("Fans of Ann Bo Slammed Al Lee. “It is so,” Bo said.", ["Ann Bo"]),
]


@pytest.mark.parametrize(("text", "speakers"), [*SIGNED, *WRITTEN, *JOINED, *NAMESAKES])
def test_who_signs_or_is_told_with_another_speaks(text, speakers):
    assert speakers_of(text) == speakers


NOBODY_NAMED = [
    ("Al Bo met Ann Ray. The crowd in Ayr sang “Al Bo: Bad for Ayr, bad for you.”", [""]),
    (
        "Al Bo met Ann Ray. The small weekly has been loud in its opposition to Bo, "
        "arguing he is “an unmoored menace to it all.”",
        [""],
    ),
    (
        "President Al Bo met Ann Ray. The president left no doubt of his will to help Ray win, "
        "saying that “there was never a better one” to serve.",
        ["Al Bo"],
    ),
    ("Al Bo met Ann Ray. “If Bo wins, it is theirs,” one Ray ad declared on Monday.", [""]),
    ("Al Bo met Ann Ray. One Ray ally told the Post that it “was not going to help.”", [""]),
    (
        "Al Bo met Ann Ray. Ayr Mayor Ann Ray's campaign, for example, said she would “support "
        "the man” but “isn't planning to back anyone,” while Tom Lee said she would go.",
        ["", ""],
    ),
    (
        "Al Bo met Ann Ray. The Ray campaign, in a note on the mill, worded it even more "
        "carefully: “The habit was to send it to us.”",
        [""],
    ),
    ("Al Bo met Ann Ray. But a senior Ray adviser offered it: “We go on to win it.”", [""]),
    ("Al Bo met Ann Ray. As the Ray campaign put it on Monday, “We go on to win it.”", [""]),
    ("Al Bo had a strong night, when many writers called him “the grownup on the stage.”", [""]),
    (
        "Tom Lee hit Al Bo, with the campaign of the former senator from Ayr saying Bo was “not "
        "a real man on trade.”",
        [""],
    ),
    ("Ann Ray spoke. According to the polls in Ayr, 24% want one who would “tell us all.”", [""]),
    (
        "“I see it,” said Carl Bo, a cook.\n\nThe hall was clear in its findings: “More of it is "
        "unnecessary.”",
        ["Carl Bo", ""],
    ),
    ("Al Bo met Ann Ray. A former aide to Ray said, “We are not going to let it go.”", [""]),
    ("Al Bo met Ann Ray. A spokeswoman for the Ray mill said, “We let it go.”", [""]),
    ("Al Bo met Ann Ray. “We let it go,” said a club backing Bo.", [""]),
    ("Al Bo met Ann Ray. In a note about Ray, one voter wrote that it was “not of help.”", [""]),
    ("Al Bo met Ann Ray. The state, which Ray has known for years, said, “We let it go.”", [""]),
    ("Al Bo met Ann Ray. Bo was described by a guard as “a danger to the town.”", [""]),
    ("Al Bo met Ann Ray. Bo was asked by a guard: “Are you going to let it go?”", [""]),
    ("Al Bo met Ann Ray. A guard sent a note in which Bo was called “a real danger to us.”", [""]),
    ("Al Bo met Ann Ray. Bo met her in Ayr, where officials wrote, “We let it go.”", [""]),
    ("Al Bo met Ann Ray. Bo left - and the guard said it was “not going to help.”", [""]),
    ("Al Bo met Ann Ray. Asked about Bo, the moderator said, “We let it go.”", [""]),
    (
        "Al Bo met Ann Ray.\xa0A Ray mill official later walked it back, saying that Ray\xa0“did "
        "not have a plan.”",
        [""],
    ),
    (
        "Al Bo called to ban them from entering the U.S. While Ann Ray left it, the guards who "
        "wrote to her say they are “concerned your town is late.”",
        [""],
    ),
]
"""Somebody without a name who speaks, where a sentence names others."""


NAMED_BESIDE = [
    ("Al Bo met Ann Ray. Bo was described by Ray as “a danger to the town.”", ["Ann Ray"]),
    (
        "Al Bo met Ann Ray. It is the pull of Bo's “if you like the mill, you can keep the mill” "
        "promise.",
        ["Al Bo"],
    ),
    ("Al Bo met Ann Ray. Ray said she was called “a danger to the town.”", ["Ann Ray"]),
    ("Al Bo of The Weekly wrote, “We are not going to let it go.”", ["Al Bo"]),
    (
        "Al Bo met Ann Ray. Ray lost - Bo replied with a phrase that she might use: “Do not moan.”",
        ["Al Bo"],
    ),
    ("Al Bo met Ann Ray. Bo left.\n\n“We go on to the end.”\n\n―\xa0Ann\xa0Ray", ["Ann Ray"]),
]
"""Who is named right where somebody else is told of."""


@pytest.mark.parametrize(("text", "speakers"), [*NOBODY_NAMED, *NAMED_BESIDE])
def test_words_of_somebody_without_a_name_are_not_given_to_who_is_named_beside(text, speakers):
    assert speakers_of(text) == speakers


def test_a_headline_that_is_shown_is_no_quotation():
    assert (
        speakers_of("Ann Ray sent a note under a headline that said, “The town is at an end.”")
        == []
    )


DOUBLED = [
    ("''We go now,'' Ann Bo said. ''It is late.''", ["We go now,", "It is late."]),
    ("``We go now,'' Ann Bo said.", ["We go now,"]),
    ("''He said, 'We go now,' '' Ann Bo said.", ["He said, 'We go now,' "]),
    ("''He said, 'We go now,''' Ann Bo said.", ["He said, 'We go now,'"]),
    ("'''We go,' he said,'' Ann Bo said.", ["'We go,' he said,"]),
    ("Bo said: ''We go now.\n\n''It is late.''", ["We go now.", "It is late."]),
    ("It is 5' 10'' tall, or 6'2'', Ann Bo said, and 4'' wide.", []),
    ("The workers'' field is '' in code, and ```a b``` is `b`.", []),
]


@pytest.mark.parametrize(("text", "words"), DOUBLED)
def test_two_signs_are_one_mark(text, words):
    found = quotations_of(text)
    assert [quotation.text for quotation in found] == words
    assert [text[quotation.start : quotation.end] for quotation in found] == words


def test_who_speaks_between_doubled_marks_is_read_as_between_others():
    text = "Ann Bo met Al Ray. ''We go,'' Bo said. ``It is late,'' Ray told the ''Daily Bo'' so."
    assert speakers_of(text) == ["Ann Bo", "Al Ray"]


class Watched(str):
    """A text that counts the characters taken from it."""

    def __getitem__(self, key):
        part = super().__getitem__(key)
        self.taken = getattr(self, "taken", 0) + len(part)
        return part


def test_each_of_many_quotations_is_read_with_its_own_sentence_alone():
    text = Watched("He: “x.” " * 1_000)
    quotations_of(text)
    assert text.taken < 50 * len(text)

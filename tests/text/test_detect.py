"""The detector: figures and quotations of texts, their values read by hand, in tables by type."""

import datetime
import json
import subprocess
import sys

import pytest
from conftest import PROJECT

from dossier.text.currencies import CODES
from dossier.text.detect import LONGEST, DetectError, day_of, detect
from dossier.text.units import currencies

DAY = datetime.date(2024, 7, 7)
"""A Sunday: the day by which relative expressions are read."""


def test_the_codes_of_currencies_are_those_of_iso_4217():
    assert currencies() >= CODES


def found(text, day=DAY):
    return [(e.text, e.type, e.value) for e in detect(text, day).expressions]


NUMBERS = [
    ("About 640 people fled.", "640", 640),
    ("Some 1,200 homes were hit.", "1,200", 1200),
    ("It sold 2.5 million cars.", "2.5 million", 2_500_000),
    ("It sold 40m copies.", "40m", 40_000_000),
    ("Twenty-one miners died.", "Twenty-one", 21),
    ("two hundred and fifty thousand voters", "two hundred and fifty thousand", 250_000),
    ("one and a half million voters", "one and a half million", 1_500_000),
    ("a quarter of a million books", "a quarter of a million", 250_000),
    ("half a million refugees", "half a million", 500_000),
    ("half-a-million trees", "half-a-million", 500_000),
    ("a quarter million people", "a quarter million", 250_000),
    ("A few thousand fans came.", "A few thousand", 1_000),
    ("several hundred harvesters", "several hundred", 100),
    ("A dozen eggs.", "A dozen", 12),
    ("two dozen eggs", "two dozen", 24),
    ("tens of thousands of fans", "tens of thousands", 10_000),
    ("hundreds of fans", "hundreds", 100),
    ("12,34,567 farmers", "12,34,567", 1_234_567),
    ("2.14 lakh farmers", "2.14 lakh", 214_000),
    ("one person died", "one", 1),
    ("It fell by 9.81. They left.", "9.81", 9.81),
    ("The shares closed at 8.15.", "8.15", 8.15),
    ("It rose from 7.45 to 9.10.", "7.45", 7.45),
    ("The price is at 9.45 a share.", "9.45", 9.45),
    ("Labour and the Conservatives 121.", "121", 121),
    ("In Paris 12 people died.", "12", 12),
    ("a hundred people", "a hundred", 100),
    ("10,000 steps", "10,000", 10_000),
    ("the 700-person staff", "700", 700),
    ("They won once in nine games.", "once", 1),
    ("He rang twice that day.", "twice", 2),
    ("All but one of them left.", "one", 1),
    ("six cows, of which he had sold one.", "six", 6),
    ("the 12 bus drivers", "12", 12),
    ("at number 16 in the charts", "16", 16),
    ("one goal came in seven games", "one", 1),
    ("it killed four in the morning", "four", 4),
    ("12 Israeli astronomers saw the star", "12", 12),
    ("the 1077 calls to the line", "1077", 1077),
    ("12\u202f400 homes", "12\u202f400", 12_400),
    ("he rang once a day", "once", 1),
    ("She tried it once, and left.", "once", 1),
    ("She rang once every 12 seconds.", "once", 1),
    ("In Ayr, population 612, it rained.", "612", 612),
    ("He watched it “once, with the sound down”.", "once", 1),
]
QUANTITIES = [
    ("the 600-mile front", "600-mile", 600, "miles"),
    ("12.5km away", "12.5km", 12.5, "km"),
    ("spread over a half mile, and", "a half mile", 0.5, "miles"),
    ("crashed over from a metre out", "a metre", 1, "m"),
    ("a companion four arc seconds away", "four arc seconds", 4, "arc seconds"),
    ("files of exactly 4,096 bytes", "4,096 bytes", 4096, "bytes"),
    ("a 100m sprint", "100m", 100, "m"),
    ("winds of 120 km/h", "120 km/h", 120, "km/h"),
    ("minus 12C overnight, perhaps", "minus 12C", -12, "°C"),
    ("-5°C", "-5°C", -5, "°C"),
    ("38.5 degrees Celsius", "38.5 degrees Celsius", 38.5, "°C"),
    ("300 megawatts of power", "300 megawatts", 300, "MW"),
    ("40,000 square metres", "40,000 square metres", 40_000, "sq m"),
    ("1.2 million barrels a day", "1.2 million barrels", 1_200_000, "barrels"),
    ("a 5,000mAh battery", "5,000mAh", 5000, "mAh"),
    ("burnt 1,600ha", "1,600ha", 1600, "hectares"),
    ("12st 7lb", "12st 7lb", 12.5, "stone"),
    ("a 6.1-inch screen", "6.1-inch", 6.1, "inches"),
    ("420 parts per million", "420 parts per million", 420, "ppm"),
    ("50mm of rain", "50mm", 50, "mm"),
    ("200mg daily", "200mg", 200, "mg"),
    ("It flew at Mach 2 then", "Mach 2", 2, "Mach"),
    ("by 1.2 ± 0.3 km", "1.2 ± 0.3 km", 1.2, "km"),
    ("60 bushels per acre", "60 bushels per acre", 60, "bushels per acre"),
    ("a panel, 38 by 27 cm", "38", 38, "cm"),
    ("170 Wh/kg", "170 Wh/kg", 170, "Wh/kg"),
    ("a slick 300 m wide", "300 m", 300, "m"),
    ("hot (42 C) there", "42 C", 42, "°C"),
    ("a mass of 6.2 ± 0.4 Earths", "6.2 ± 0.4 Earths", 6.2, "Earths"),
    ("an eighth of a millimetre", "an eighth of a millimetre", 0.125, "mm"),
    ("a pressure of 15 bars", "15 bars", 15, "bars"),
    ("2.4 lakh kilolitres", "2.4 lakh kilolitres", 240_000, "kilolitres"),
    ("a flat 97km ahead", "97km", 97, "km"),
    ("rights to 75,000 km², it says", "75,000 km²", 75_000, "sq km"),
    ("48.7 bcm of gas", "48.7 bcm", 48.7, "billion cubic metres"),
    ("a bouncer of 22 stone, he", "22 stone", 22, "stone"),
    ("It climbs 1,200 m in 9 km.", "1,200 m", 1200, "m"),
    ("It is 150m km away.", "150m km", 150_000_000, "km"),
    ("28 nanograms in it", "28 nanograms", 28, "ng"),
    ("a shock of 5 kilojoules", "5 kilojoules", 5, "kJ"),
    ("1,200 cubic feet per second", "1,200 cubic feet per second", 1200, "cubic feet per second"),
    ("The water warms to 4 C in May", "4 C", 4, "°C"),
]
MONEY = [
    ("$2.5 million", "$2.5 million", 2_500_000, "USD"),
    ("£12m in fines", "£12m", 12_000_000, "GBP"),
    ("€40bn", "€40bn", 40_000_000_000, "EUR"),
    ("EUR 40bn", "EUR 40bn", 40_000_000_000, "EUR"),
    ("US$5 a day", "US$5", 5, "USD"),
    ("A$300m", "A$300m", 300_000_000, "AUD"),
    ("Rs 2.14 lakh crore", "Rs 2.14 lakh crore", 2.14e12, "INR"),
    ("₹500 crore", "₹500 crore", 5e9, "INR"),
    ("a dividend of 12p", "12p", 0.12, "GBP"),
    ("earned 50 cents a share", "50 cents", 0.5, "USD"),
    ("40 billion euros", "40 billion euros", 40e9, "EUR"),
    ("three trillion yen", "three trillion yen", 3e12, "JPY"),
    ("a $1.5-billion plan", "$1.5-billion", 1.5e9, "USD"),
    ("a $20-a-barrel cap", "$20", 20, "USD"),
    ("half a million dollars", "half a million dollars", 500_000, "USD"),
    ("theft of N45 million", "N45 million", 45e6, "NGN"),
    ("R1,200 a month", "R1,200", 1200, "ZAR"),
    ("the R214-million plan", "R214-million", 214e6, "ZAR"),
    ("cost R88 000", "R88 000", 88_000, "ZAR"),
    ("12 000 euros", "12 000 euros", 12_000, "EUR"),
    ("500 crore rupees", "500 crore rupees", 5e9, "INR"),
    ("4,400 ringgit", "4,400 ringgit", 4400, "MYR"),
    ("it cost nine grand", "nine grand", 9000, "USD"),
    ("put in NKr250mn", "NKr250mn", 250e6, "NOK"),
    ("at 3.5m kronor", "3.5m kronor", 3.5e6, "SEK"),
    ("up by half a cent", "half a cent", 0.005, "USD"),
    ("up to $US14 billion", "$US14 billion", 14e9, "USD"),
    ("gained 2 euros to 90 euros", "2 euros", 2, "EUR"),
    ("a Dh45 billion terminal", "Dh45 billion", 45e9, "AED"),
    ("on Dh4,800 a month", "Dh4,800", 4800, "AED"),
    ("worth AED 2 billion", "AED 2 billion", 2e9, "AED"),
    ("In Kenya it cost Sh1.2 billion", "Sh1.2 billion", 1.2e9, "KES"),
    ("In Uganda it cost 300 shillings", "300 shillings", 300, "UGX"),
    ("Pakistan spent Rs 500 crore", "Rs 500 crore", 5e9, "PKR"),
    ("a fee of kr 500 in Norway", "kr 500", 500, "NOK"),
    ("paid 20 zł for it", "20 zł", 20, "PLN"),
    ("a QR 5,000 grant", "QR 5,000", 5000, "QAR"),
    ("20m Hong Kong dollars", "20m Hong Kong dollars", 20e6, "HKD"),
    ("5,000 CFA francs", "5,000 CFA francs", 5000, "XOF"),
    ("up to 386½p", "386½p", 3.865, "GBP"),
    ("a fine of 340 mln euros", "340 mln euros", 340e6, "EUR"),
    ("spent 1.2 bn pesos", "1.2 bn pesos", 1.2e9, "MXN"),
    ("finding twenty bucks", "twenty bucks", 20, "USD"),
    ("rose to 74.2 cents U.S. from May", "74.2 cents U.S.", 0.742, "USD"),
]
PERCENTAGES = [
    ("up 3.5%", "3.5%", 3.5, "percent"),
    ("12 per cent", "12 per cent", 12, "percent"),
    ("five percent", "five percent", 5, "percent"),
    ("by quarter percentage point steps", "quarter percentage point", 0.25, "percentage points"),
    ("0.5 percentage points", "0.5 percentage points", 0.5, "percentage points"),
    ("a 25-basis-point cut", "25-basis-point", 25, "basis points"),
    ("50 basis points", "50 basis points", 50, "basis points"),
    ("a 0.25 percentage-point rise", "0.25 percentage-point", 0.25, "percentage points"),
    ("0.2 of a percentage point", "0.2 of a percentage point", 0.2, "percentage points"),
    ("the 2-per-cent goal", "2-per-cent", 2, "percent"),
    ("down 4.1 points to 50%", "4.1 points", 4.1, "percentage points"),
    ("less than a point behind, at 33%", "a point", 1, "percentage points"),
    ("a 10-percent rise", "10-percent", 10, "percent"),
    ("a quarter-point cut in interest rates", "quarter-point", 0.25, "percentage points"),
    ("a rate more than twenty points above", "twenty points", 20, "percentage points"),
]
RANGES = [
    ("$3-5 million", "$3-5 million", [3e6, 5e6], "USD"),
    ("$3 million to $5 million", "$3 million to $5 million", [3e6, 5e6], "USD"),
    ("between 10 and 15 per cent", "between 10 and 15 per cent", [10, 15], "percent"),
    ("10-15% of voters", "10-15%", [10, 15], "percent"),
    ("three to five years", "three to five years", [3, 5], "years"),
    ("two or three years", "two or three years", [2, 3], "years"),
    ("anything from 2 to 12 km", "2 to 12 km", [2, 12], "km"),
    ("trading at between 38 and 55 times", "between 38 and 55 times", [38, 55], "times"),
    ("5 to 7 million people", "5 to 7 million", [5e6, 7e6], "people"),
    ("missed by 5 to 7 cents", "5 to 7 cents", [0.05, 0.07], "USD"),
    ("20km-30km away", "20km-30km", [20, 30], "km"),
    ("18-to-34-year-olds", "18-to-34-year-olds", [18, 34], "years"),
    ("between a quarter and a half of it", "between a quarter and a half", [0.25, 0.5], ""),
    ("at about five to ten homes", "five to ten", [5, 10], "homes"),
    ("spoke of £25,000 or £30,000", "£25,000 or £30,000", [25_000, 30_000], "GBP"),
]
RATIOS = [
    ("I give it two chances in three.", "two chances in three", 0.6667),
    ("They paid 14 times EBITDA.", "14 times", 14),
    ("Bookies go 8-1 that she quits.", "8-1", 8),
    ("A third goes to the children.", "A third", 0.3333),
    ("subscribed 3.2 times by then", "3.2 times", 3.2),
    ("broke it on one day in four.", "one day in four", 0.25),
    ("nine times out of ten", "nine times out of ten", 0.9),
    ("at 41 times it is dear", "41 times", 41),
    ("a third of voters", "a third", 0.3333),
    ("two-thirds of voters", "two-thirds", 0.6667),
    ("half the voters", "half", 0.5),
    ("three quarters of voters", "three quarters", 0.75),
    ("one in five adults", "one in five", 0.2),
    ("nine out of 10 cats", "nine out of 10", 0.9),
    ("three times as many", "three times", 3),
    ("double the rate", "double", 2),
    ("Sales doubled.", "doubled", 2),
    ("twice the rate", "twice", 2),
    ("They were 5,000-1 outsiders.", "5,000-1", 5000),
    ("One in 20 failed.", "One in 20", 0.05),
    ("a fourfold rise", "fourfold", 4),
    ("three times those of May", "three times", 3),
    ("15 times a steward's pay", "15 times", 15),
    ("the ratio is 60:40", "60:40", 1.5),
    ("The fire doubles in size", "doubles", 2),
    ("bookmakers offered 12-1 on it", "12-1", 12),
    ("We think that a third stayed.", "a third", 0.3333),
    ("a 1-in-100 year flood", "1-in-100", 0.01),
    ("one line in three", "one line in three", 0.3333),
    ("one night in six", "one night in six", 0.1667),
    ("one pound in every thirty-three", "one pound in every thirty-three", 0.0303),
    ("One flight attendant in eight left", "One flight attendant in eight", 0.125),
    ("with a third off for pupils", "a third", 0.3333),
    ("a ratio of 1:20", "1:20", 0.05),
    ("One chance in 1,000 of it", "One chance in 1,000", 0.001),
    ("one part in a million", "one part in a million", 1e-6),
    ("the northern third of the reef", "third", 0.3333),
    ("She took three votes in four.", "three votes in four", 0.75),
    ("Bookies have them at 11-2.", "11-2", 5.5),
]
ORDINALS = [
    ("her third title", "third", 3),
    ("the 47th president", "47th", 47),
    ("the twenty-first day", "twenty-first", 21),
    ("a second man", "second", 2),
    ("in their first two years", "first", 1),
]
SCORES = [
    ("The panel split 9:3.", "9:3", [9, 3]),
    ("won 3-1", "3-1", [3, 1]),
    ("by a majority of 2:1, came", "2:1", [2, 1]),
    ("won 6-4, 7-6", "6-4", [6, 4]),
    ("a vote of 218-210", "218-210", [218, 210]),
    ("by 52 votes to 48", "52 votes to 48", [52, 48]),
    ("at stumps on 287 for 6", "287 for 6", [287, 6]),
    ("won 7–6", "7–6", [7, 6]),
    ("The board split four to one", "four to one", [4, 1]),
    ("They voted 1,944 to 212 to stay", "1,944 to 212", [1944, 212]),
    ("Ayr trailed 2½–1½ in May", "2½–1½", [2.5, 1.5]),
    ("They beat Ayr by 1-11 to 1-10.", "1-11 to 1-10", [1, 11, 1, 10]),
]
AGES = [
    ("a 34-year-old man", "34-year-old", 34),
    ("aged 34", "34", 34),
    ("John Smith, 34, was held", "34", 34),
    ("she is 34 years old", "34 years old", 34),
    ("at the age of 7", "7", 7),
    ("She is 71.", "71", 71),
    ("children under five", "five", 5),
    ("beds for the over-65s", "65s", 65),
]
DATES = [
    ("It grew in 2019-2023.", "2019-2023", "2019/2023"),
    ("Its 2015–18 plan failed.", "2015–18", "2015/2018"),
    ("It closed in 2018/19.", "2018/19", "2018/2019"),
    ("4 DEC 2026, by Ann Bo", "4 DEC 2026", "2026-12-04"),
    ("They have Monday off.", "Monday", "2024-07-08"),
    ("on 4 July 2024", "4 July 2024", "2024-07-04"),
    ("on July 4, 2024,", "July 4, 2024", "2024-07-04"),
    ("on the 4th of July", "4th of July", "2024-07-04"),
    ("on Dec. 20", "Dec. 20", "2024-12-20"),
    ("on Sunday (July 7th)", "Sunday (July 7th)", "2024-07-07"),
    ("on Sunday", "Sunday", "2024-07-07"),
    ("fell on Friday", "Friday", "2024-07-05"),
    ("will meet on Friday", "Friday", "2024-07-12"),
    ("rose in May", "May", "2024-05"),
    ("fell in September", "September", "2023-09"),
    ("will open in September", "September", "2024-09"),
    ("in 2019", "2019", "2019"),
    ("9-11 July 2024", "9-11 July 2024", "2024-07-09/2024-07-11"),
    ("June 2023 through August 2024", "June 2023 through August 2024", "2023-06/2024-08"),
    ("in Q3 2024", "Q3 2024", "2024-Q3"),
    ("the third quarter of 2023", "third quarter of 2023", "2023-Q3"),
    ("in fiscal 2025", "fiscal 2025", "2025"),
    ("In Berlin 2023 was hot.", "2023", "2023"),
    ("in mid-2023", "mid-2023", "2023"),
    ("the 1990s", "1990s", "1990/1999"),
    ("the Budget 2025-26, in lakh crore", "2025-26", "2025-04-01/2026-03-31"),
    ("on 2024-07-04", "2024-07-04", "2024-07-04"),
    ("the 18th century", "18th century", "1701/1800"),
    ("from 2019 to 2023", "2019 to 2023", "2019/2023"),
    ("The shop opened in September, and", "September", "2023-09"),
    ("The truce ends on Friday", "Friday", "2024-07-12"),
    ("On Friday the house will vote.", "Friday", "2024-07-12"),
    ("The fair set up in December is open", "December", "2023-12"),
    ("It was cut in February", "February", "2024-02"),
    ("Debt fell on March 31", "March 31", "2024-03-31"),
    ("Sales fell on December 31", "December 31", "2023-12-31"),
    ("I have got a test on Tuesday", "Tuesday", "2024-07-09"),
    ("I work for you, starting on Tuesday", "Tuesday", "2024-07-09"),
    ("They voted to close it in March.", "March", "2025-03"),
    ("They had agreed to close it in March.", "March", "2024-03"),
    ("in the nineteen-eighties", "nineteen-eighties", "1980/1989"),
    ("Ask me in May.", "May", "2025-05"),
    ("It shut from Monday to Friday.", "Monday to Friday", "2024-07-01/2024-07-05"),
    ("It shut from Thursday to Monday.", "Thursday to Monday", "2024-06-27/2024-07-01"),
    ("since about 1250 BC", "1250 BC", "-1249"),
    ("between 1290 and 1215 BC", "between 1290 and 1215 BC", "-1289/-1214"),
    ("a second-century road", "second-century", "0101/0200"),
    ("They are announced on Jan. 22", "Jan. 22", "2025-01-22"),
    ("December corn futures fell", "December", "2024-12"),
    ("The March quarter was wet.", "March quarter", "2024-Q1"),
    ("It is up from August", "August", "2023-08"),
    ("It is shut until the 24th.", "24th", "2024-07-24"),
    ("the first half of 2023-24", "first half of 2023-24", "2023-04/2023-09"),
    ("She has been given a day on it in September", "September", "2024-09"),
    ("Her next race, on Wednesday, is in Rome", "Wednesday", "2024-07-10"),
    ("It ran between July 8 and 12.", "between July 8 and 12", "2024-07-08/2024-07-12"),
    ("They met on July 8 and 9.", "July 8 and 9", "2024-07-08/2024-07-09"),
    ("In a March survey 58% agreed.", "March", "2024-03"),
    ("A hearing was fixed for 18 September.", "18 September", "2024-09-18"),
]
TIMES = [
    ("It was ten past seven in the morning.", "ten past seven", "07:10"),
    ("She is on at half eight.", "half eight", "08:30"),
    ("Storms come between 4 and 9 p.m. here.", "4", "16:00"),
    ("Storms come between 11 and 2 p.m. here.", "11", "11:00"),
    ("at 15:42", "15:42", "15:42"),
    ("at 3.42pm", "3.42pm", "15:42"),
    ("at 9 a.m. on", "9 a.m.", "09:00"),
    ("at noon", "noon", "12:00"),
    ("at six o'clock", "six o'clock", "06:00"),
    ("at 0600 GMT", "0600 GMT", "06:00"),
    ("moved from 0655 to 1030", "0655", "06:55"),
    ("open until 20.00.", "20.00", "20:00"),
    ("every day at quarter to nine", "quarter to nine", "08:45"),
    ("at ten past four", "ten past four", "04:10"),
    ("It was four in the morning", "four in the morning", "04:00"),
    ("at ten at night", "ten at night", "22:00"),
    ("at a quarter to nine", "a quarter to nine", "08:45"),
    ("at half past three", "half past three", "03:30"),
    ("at 8.15 every evening", "8.15", "20:15"),
    ("At 8.15 an officer left.", "8.15", "08:15"),
    ("voted at 1.30 in the afternoon", "1.30", "13:30"),
    ("09.20: Calm again.", "09.20", "09:20"),
    ("06:10: Good morning.", "06:10", "06:10"),
    ("open from 7.45 to 9.10 daily", "7.45", "07:45"),
    ("shortly after 9.30 police came", "9.30", "09:30"),
    ("At ten to seven on a wet evening they met.", "ten to seven", "18:50"),
]
DURATIONS = [
    ("They want a shed, a fortnight in Ayr and tickets.", "a fortnight", "P2W"),
    ("Every row is a week’s holiday.", "a week", "P1W"),
    ("for 10 years", "10 years", "P10Y"),
    ("I tell them to wait an hour.", "an hour", "PT1H"),
    ("a three-day visit", "three-day", "P3D"),
    ("for 90 minutes", "90 minutes", "PT90M"),
    ("two and a half years", "two and a half years", "P2.5Y"),
    ("half an hour", "half an hour", "PT30M"),
    ("stuck there for a half-century", "a half-century", "P50Y"),
    ("after a quarter century", "a quarter century", "P25Y"),
    ("for a decade", "a decade", "P10Y"),
    ("two hours and 15 minutes", "two hours and 15 minutes", "PT2H15M"),
    ("15 consecutive months", "15 consecutive months", "P15M"),
    ("qualified in 1:29.5", "1:29.5", "PT1M29.5S"),
    ("in 2:03:15", "2:03:15", "PT2H3M15S"),
    ("The lap took 2:46.", "2:46", "PT2M46S"),
    ("to break 2:25 in a marathon", "2:25", "PT2H25M"),
    ("35 minutes later than usual", "35 minutes", "PT35M"),
    ("put off by a fortnight", "a fortnight", "P2W"),
    ("an hour and a quarter", "an hour and a quarter", "PT1.25H"),
    ("two hours and three quarters", "two hours and three quarters", "PT2.75H"),
    ("3.2 ± 0.4 billion years", "3.2 ± 0.4 billion years", "P3200000000Y"),
    ("a ratio, in 1:42", "1:42", "PT1M42S"),
    ("11 minutes, 40 seconds", "11 minutes, 40 seconds", "PT11M40S"),
    ("in 4hr 21min 37sec", "4hr 21min 37sec", "PT4H21M37S"),
    ("1 minute 25 on that day", "1 minute 25", "PT1M25S"),
    ("three-quarters of an hour", "three-quarters of an hour", "PT45M"),
    ("a quarter of an hour", "a quarter of an hour", "PT15M"),
    ("with one day left", "one day", "P1D"),
    ("One day longer than they can.", "One day", "P1D"),
    ("two millennia of peace", "two millennia", "P2000Y"),
    ("what he ate in the last month", "month", "P1M"),
]
RELATIVES = [
    ("Last month, he", "Last month", "2024-06"),
    ("We hid accounts Two years ago, he", "Two years ago", "2022"),
    ("This week, he", "This week", "2024-07-01/2024-07-07"),
    ("next Tuesday", "next Tuesday", "2024-07-09"),
    ("two minutes later", "two minutes later", None),
    ("A hundred years ago", "A hundred years ago", "1924"),
    ("He left yesterday.", "yesterday", "2024-07-06"),
    ("three years ago", "three years ago", "2021"),
    ("a year earlier", "a year earlier", None),
    ("last year", "last year", "2023"),
    ("next quarter", "next quarter", "2024-Q4"),
    ("half a century ago", "half a century ago", "1974"),
    ("a quarter-century ago", "a quarter-century ago", "1999"),
    ("overnight", "overnight", None),
    ("a decade ago", "a decade ago", "2014"),
    ("down on May last year", "May last year", "2023-05"),
    ("a quarter of an hour later", "a quarter of an hour later", None),
    ("It came seven hours and 12 minutes later.", "seven hours and 12 minutes later", None),
]
PLAIN = [
    *((*row, "number") for row in NUMBERS),
    *((*row, "ratio") for row in RATIOS),
    *((*row, "ordinal") for row in ORDINALS),
    *((*row, "score") for row in SCORES),
    *((*row, "age") for row in AGES),
    ("It is above its March estimate.", "March", "2024-03", "date"),
    ("They spent a lot in the second quarter, up a bit.", "second quarter", "2024-Q2", "date"),
    ("A couple of hundred fans came.", "A couple of hundred", 200, "number"),
    ("Three quarters of a million voted.", "Three quarters of a million", 750_000, "number"),
    ("Six out of every ten voted.", "Six out of every ten", 0.6, "ratio"),
    ("It ended nil-nil.", "nil-nil", [0, 0], "score"),
    ("It ended two-all.", "two-all", [2, 2], "score"),
    ("It was built around AD 600.", "AD 600", "0600", "date"),
    ("It was built in 79 CE.", "79 CE", "0079", "date"),
    ("It is due at 1900 BST.", "1900 BST", "19:00", "time"),
    ("It was quarter to eight.", "quarter to eight", "07:45", "time"),
    ("They met by half eight.", "half eight", "08:30", "time"),
    ("He was born at five to midnight.", "five to midnight", "23:55", "time"),
    ("It stood at twenty past four since.", "twenty past four", "04:20", "time"),
    ("It fell to minus five.", "minus five", -5, "number"),
    ("It broke the record by 0.16, it said.", "0.16", 0.16, "number"),
    ("The strike lasted a day.", "a day", "P1D", "duration"),
    ("They worked on, a day after the storm.", "a day", "P1D", "duration"),
    ("It felt like an hour.", "an hour", "PT1H", "duration"),
    ("The data for June will be published soon.", "June", "2024-06", "date"),
    ("Prices are likely to rise in May.", "May", "2025-05", "date"),
    ("Thomas Rudd is running for office in March.", "March", "2025-03", "date"),
    ("I have one on Thursday.", "Thursday", "2024-07-11", "date"),
    ("They can change tickets from Friday.", "Friday", "2024-07-12", "date"),
    ("It slipped again, most recently on Wednesday.", "Wednesday", "2024-07-03", "date"),
    ("There is a chance of rain from May to June.", "May to June", "2025-05/2025-06", "date"),
    (
        "It fell in the first six months of 2026.",
        "first six months of 2026",
        "2026-01/2026-06",
        "date",
    ),
    (
        "Book between 18 and 31 December.",
        "between 18 and 31 December",
        "2024-12-18/2024-12-31",
        "date",
    ),
    ("I rang them at seven this morning.", "seven", "07:00", "time"),
    ("Housing starts fell in May from April.", "May", "2024-05", "date"),
    ("It was his first since October.", "first", 1, "ordinal"),
    ("He has been out since October.", "October", "2023-10", "date"),
    ("It is payable on Oct. 15 to all.", "Oct. 15", "2024-10-15", "date"),
    ("It will test a blend in Nepal with salt from March.", "March", "2025-03", "date"),
    ("The school cancelled classes through Wednesday.", "Wednesday", "2024-07-10", "date"),
    ("It's supposed to rain Wednesday.", "Wednesday", "2024-07-10", "date"),
    ("A second, weaker tornado came.", "second", 2, "ordinal"),
    ("It took a quarter-of-an-hour.", "a quarter-of-an-hour", "PT15M", "duration"),
    ("For nearly quarter of a century.", "quarter of a century", "P25Y", "duration"),
    ("Germany during the 30's was poor.", "30's", "1930/1939", "date"),
    ("It came in the late nineties.", "nineties", "1990/1999", "date"),
    ("He has a fortnight to appeal.", "a fortnight", "P2W", "duration"),
    ("It lasted one minute and six seconds.", "one minute and six seconds", "PT1M6S", "duration"),
    *((*row, "date") for row in DATES),
    *((*row, "time") for row in TIMES),
    *((*row, "duration") for row in DURATIONS),
    *((*row, "relative") for row in RELATIVES),
]


@pytest.mark.parametrize(("text", "words", "value", "kind"), PLAIN, ids=lambda v: str(v)[:30])
def test_an_expression_has_its_span_and_value(text, words, value, kind):
    first = found(text)[0]
    assert first[:2] == (words, kind)
    assert first[2] == (pytest.approx(value) if isinstance(value, float) else value)


BESIDE = [
    ("She had one slice. One.", "One", 1, "number"),
    ("Ann has three. Bo has one.", "one", 1, "number"),
    ("Four boats of oak and one of elm.", "one", 1, "number"),
    ("Eleven live there; one flies in.", "one", 1, "number"),
    ("It named him four times and her once.", "once", 1, "number"),
    ("On July 8 and 9 people fled.", "9", 9, "number"),
    ("Ten died on July 8 and 12 on July 9.", "12", 12, "number"),
    ("Two reports say a third had left.", "a third", 0.3333, "ratio"),
    ("Two clubs agreed. A third of them paid.", "A third", 0.3333, "ratio"),
    ("He faced six counts. A seventh was left on file.", "seventh", 7, "ordinal"),
    ("It takes 45 minutes, or 25 on a good day.", "25", "PT25M", "duration"),
    ("Within four minutes it failed. Within nine, all had.", "nine", "PT9M", "duration"),
]
"""What is read by what stands before it."""


@pytest.mark.parametrize(("text", "words", "value", "kind"), BESIDE)
def test_an_expression_is_read_by_what_was_told_before_it(text, words, value, kind):
    assert (words, kind, value) in found(text)


MEASURED = [
    ("They stand a metre apart.", "a metre", 1, "m", "quantity"),
    ("It stood a quarter-mile away.", "a quarter-mile", 0.25, "miles", "quantity"),
    ("It held an acceleration of 0.35 g here.", "0.35 g", 0.35, "g", "quantity"),
    ("It costs a pound a go.", "a pound", 1, "GBP", "money"),
    ("Water rose a metre in May.", "a metre", 1, "m", "quantity"),
    ("He is six foot three.", "six foot three", 6.25, "feet", "quantity"),
    ("It weighs six stone seven.", "six stone seven", 6.5, "stone", "quantity"),
    ("It fell by a percentage point.", "a percentage point", 1, "percentage points", "percentage"),
    ("It does 0 to 60mph here.", "0 to 60mph", [0, 60], "mph", "range"),
    ("She left a tenner for £4 of tea.", "a tenner", 10, "GBP", "money"),
    ("It is in £. I owe half a mill.", "half a mill", 500_000, "GBP", "money"),
    *((*row, "quantity") for row in QUANTITIES),
    *((*row, "money") for row in MONEY),
    *((*row, "percentage") for row in PERCENTAGES),
    *((*row, "range") for row in RANGES),
]


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "kind"), MEASURED, ids=lambda v: str(v)[:30]
)
def test_a_measure_has_its_span_value_and_unit(text, words, value, unit, kind):
    first = detect(text, DAY).expressions[0]
    assert (first.text, first.type, first.unit) == (words, kind, unit)
    assert first.value == pytest.approx(value)


QUALIFIED = [
    ("It fell short of the €2.5 billion asked for.", "exact"),
    ("It was short of €2.5 billion.", "under"),
    ("It is one-third more than a year ago.", "exact"),
    ("about 640 people", "about"),
    ("nearly 640 people", "about"),
    ("colder than minus 150", "under"),
    ("who took over 14 months ago", "exact"),
    ("in use since at least November 19", "at_least"),
    ("spread over 640 acres", "exact"),
    ("almost 640 people", "about"),
    ("an estimated 640 people", "about"),
    ("640 or so people", "about"),
    ("more than 640 people", "over"),
    ("just over $640", "over"),
    ("at least 640 people", "at_least"),
    ("640 people or more", "at_least"),
    ("fewer than 640 people", "under"),
    ("under 640 people", "under"),
    ("up to 640 people", "at_most"),
    ("as much as $640", "at_most"),
    ("no more than 640 people", "at_most"),
    ("he served under two kings", "exact"),
    ("well over the 3% limit", "exact"),
    ("a little over two years", "over"),
    ("had passed 1,000 degrees", "over"),
    ("above 640 metres or so", "about"),
    ("640 people", "exact"),
    ("$640 over five years", "exact"),
    ("40% over the $640", "exact"),
    ("below the 4% threshold", "exact"),
    ("8 km long and up to 300 miles", "at_most"),
    ("at least a decade earlier", "at_least"),
    ("tens of thousands of people", "at_least"),
    ("more than doubled", "over"),
    ("nearly a third of them", "about"),
    ("none of them larger than $640", "at_most"),
    ("he waits over a year", "over"),
    ("none of the more than 640 people", "over"),
    ("a fifth less than the $640", "exact"),
    ("Under the 640-page plan", "exact"),
    ("It is handing over 43 per cent", "exact"),
    ("in nine of its past 11", "exact"),
    ("It was scattered over 38 islands.", "exact"),
    ("A row over a £450 fence.", "exact"),
    ("It is below the 75% allowed.", "exact"),
    ("It lay under 6 metres of water.", "exact"),
]


@pytest.mark.parametrize(("text", "qualifier"), QUALIFIED)
def test_a_qualifier_is_read_from_its_words(text, qualifier):
    assert [e.qualifier for e in detect(text, DAY).expressions][-1] == qualifier


NO_FIGURES = [
    "Sales will fall in the back half.",
    "It rose from Launch Complex 46 then.",
    "It is the only one the evidence allows.",
    "“It is hard,” said one.",
    "Every second call is about freight.",
    "It came down near U.S. 33 and County Road 500.",
    "The state has offered one since.",
    "Its barcode is 5012345006780; doi: 10.5555/ab.2026.11, mode 1, sector two.",
    "Text WIN to 84901, or send an SMS to 1909. Pay at once or in gold.",
    "Vines of VB 91-26-4, clone 777, at 7 rue du Puits; hail as big as a quarter.",
    "They came to the 9th Bharat Telecom Forum.",
    "A Boeing 737 and an Airbus A320 met the G7.",
    "COVID-19 spread.",
    "Patent No. 9,847,113, aircraft No. 169142 and Criminal Appeal No. 3317 in 2:24-cv-00417.",
    "Investigation 337-TA-1482, its ruling in 2024 INSC 611, the 213th Report, arXiv:2610.04417.",
    "Around 55 Cancri e; a chili is called the 317748; from inside their own 22, they ran on 4KQ.",
    "A second-rower, a one-club man, two-factor logins; UTC+8; reach port 8443; band 5 posts.",
    "Buses 4 and 7 stop at 2 Market Hill. On Patch Tuesday, like the one lost, the right one quit.",
    "Under Article 5 of it.",
    "The M25 and Route 66 were shut.",
    "An iPhone 15 beside F-35 jets.",
    "Flight MH370 and flight 1549 vanished.",
    "Formula One is a Catch-22.",
    "She lives at SW1A 1AA.",
    "He double-faulted.",
    "Do not second-guess a second-hand car.",
    "No one knew; one of them left.",
    "After 9/11 he enlisted.",
    "It may rain; they march on.",
    "He looked at the Sun. It shone on Biden.",
    "Theresa May told the Sunday Times.",
    "She met the First Minister on Fifth Avenue.",
    "World War Two ended.",
    "The S&P 500 and its 10-Q filing.",
    "Phase one of the plan.",
    "He played court 17 with Maroon 5.",
    "Ring 0800 555 0142 at first light.",
    "The first officer heard a third party.",
    "A first-in-class drug, second to none.",
    "She was a quarter-finalist in the Six-Party talks.",
    "The Under-21s went from 4-3-3 to 4-2-3-1.",
    "A Euro 5 car, junctions 10 and 11, Pad 39C and Comet 67P.",
    "A Kestrel 2 rocket flew. Look: Kestrel 2 lands.",
    "See footnote 61 and bib 8,117 at mile marker 212.",
    "Year 6 pupils take the No 9 school bus.",
    "Flight MD 417 met H3N2 and 2,4-D.",
    "911 dispatchers told first responders to call 116 117.",
    "On the one hand a one-shot deal, a nine to five job.",
    "“Seven Winters” and “Orbit 9” sold out.",
    "We dug in Trench 2 and found it.",
    "Skeleton 6, a king, stood by what Hall 2 would have been.",
    "It sounded like a 747, near milepost 38, in Unit 1204.",
    "The second mate met first-time buyers at the No. 2 Ground.",
    "Northvolt 2.0, wind of force 7, the so-called “905” code.",
    "Take the No. 7 bus to 63rd Street.",
    "Its line, 1800 700 700, or 1-800-555-0143, or 555-0143.",
    "The helpline is 1077; write to +91 98220 14417.",
    "The 12859 express is late and she drove the 424 bus.",
    "The lady at number 16, of Local 4070, works at Fjord & Third.",
    "Ring (312) 555-0188.",
    "The star 61 Cygni is bright.",
    "It moved from Python 2 to Python 3.",
    "ISO 9001, BA 286 and NGC 1300, but Schalke 04 and Mainz 05.",
    "The 49ers shop at 7-Eleven; 4chan does not.",
    "See 18 U.S.C. 1030, her 401(k), Form 1099 and John 3:16.",
    "A .38 revolver, Omicron BA.2 and asteroid 99942 Apophis.",
    "Act 2, Scene 3: Juror 9 leaves Site 41 by Exit 17 on counts 4 and 5.",
    "Agenda 2030, Vision 2030 and the Class of 1984.",
    "Symphony No. 5, then No. 9 in D minor, and Beethoven's Fifth.",
    "He saw The Magnificent Seven, Ocean's Eleven and 12 Years a Slave.",
    "Seven Sisters station; the Three Mile Island plant; 20th Century Fox.",
    "First Citizens Bank stands on Forty-Second Street in the 17th Precinct.",
    "At first he laughed; in the first place, for one thing, it was net zero.",
    "At the eleventh hour she was on cloud nine, on all fours, in a zero-sum game.",
    "A five-a-side, ten-pin, nine-to-five, two-faced, second-in-command sort.",
    "Sputnik 5 and Explorer 1 flew; Task Force 58 and League One did not.",
    "World Cup 2026, Web 2.0 and Slaughterhouse-Five; comet C/2023 A3.",
    "Take the number 38 bus. Five Guys opened; Game 7 went to them.",
    "Saturday Night Live mocked the October Revolution, then March Madness.",
    "We tried them and one came back; find them, one a boy. “Go,” one said.",
    "The Group of 77 cleared him on counts two and three; Juror number 6 wept in size 12 boots.",
    "She knew Claude 3.5, he said. It was a Colt .45. Staff at Norsk 24 left.",
    "The 5th Bomb Wing read 1 Corinthians 13, S. 256 and Opus 27 No. 2.",
    "The Thirty Years' War, the Twenty-second Law Commission, Nineteen Eighty-Four.",
    "An F/A-18, a Dreamliner 787-10 and the Nokia 3310; the Birmingham Six won.",
    "Number 10 denied it; those in Arm 2 had dose two; they doubled him.",
    "In Exodus 20 he read of BMX-001; employee number 41 did not.",
    "One hopes so. She bought a new one because he asked, one Sunday.",
    "School No. 4, ext. 3, form AB 4; born in house 19, he won stage four in a two-up sprint.",
    "Case 118/3/2025, tender ZN 18/2022/23, an account ending in 3316.",
    "First-degree murder at a sweet-16 party in the 1400 block of Elm Street.",
    "A stage two cancer. One day to remember.",
    "It sold its red-hot Solo 54, live on Sport 24.",
    "From bar 24, he sang at Ayr School, stream 4.",
    "A robot called Scout 6000 shot it in 7/8 time.",
    "Its new 777-9, behind Boeing 777 rivals, came.",
    "A rifle casing he picked up, a 7.62, was worth every second.",
    "Two and two make five here.",
    "UPDATE 2-Ayr shuts areas 3K and 3L; ring 01-555 0163.",
    "UPDATE 2: Ayr shuts.",
    "One doesn’t, Chairman. She has a title, “A Thousand Ways to Go,” already.",
    "In 5-a-side no-one hit a 3-pointer; No-one took the 12-step course or a 9-to-5 job.",
    "The fly-half and a mobile-first app: double standards, triple glazing, thirty-something mums.",
    "Once a church, it doubled as a bar; collect the per-second figures.",
    "A 4x4, 24x7: his half-century, made in Kent.",
    "The embattled 737 Max flew; its 787 jets and 747 pilots wait; RS-25 engines, Progress MS-04.",
    "A 4K screen, films in 8K, 802.11ac and KQED 88.5 FM beside WINS 1010 AM; the P5+1 met.",
    "A stage-three melanoma; carbon-14, interleukin-6; a rifle and a .45 were found.",
    "Counts one to four; pupils in Years 7 to 9; State Road 60; No. 22-cv-1234 and No. 20-1199.",
    "Number 10 and No 11 knew of an 18-rated film, a 15 certificate, the 457 visa, a 529 plan.",
    "He played 1.e4 and 1...c5; call 988 or text 85258 to give; Gliese 581, Factor 50 cream.",
    "Forbes 30 Under 30; the host of 60 Minutes met 50 Cent on 5 Live; the 5-Star Movement.",
    "The likes of Halo 2 and Half-Life 2 sold well; the MagSafe 2 connector; on CBS 2 he said.",
    "He wore the number 9 shirt. It is six of one and half a dozen of the other.",
    "The 1922 Committee wore its Sunday best. Sixty-first Street is shut.",
    "The 3-in-1 charger; a two-on-one break, a two-by-four, a 2-stroke engine, second-class post.",
    "He lives in May Street.",
    "The forecast is force 6.",
    "Traces of beryllium-10 and chlorine-36.",
    "He merged pull request 88121, then left.",
    "It ran on Python 3.12 clients.",
    "It covers lots 26-118 through 26-164.",
    "Shares in Fourfold Securities rose.",
    "The median one lasts.",
    "There was talk, among them one over a box.",
    "Safety first. It was the first port of call; I want to be first in line.",
    "The vicar put his doubts to one side. One thing is clear. They went one better.",
    "Either one would do, as they are the only one to stay. One need not be rich.",
    "You will find one in every home. Scouts liked one known as Baz. No two are alike.",
    "It was a one-to-many service; the bread was cut in two; they walked two by two.",
    "He took the fifth; his body double did the stunt; she won the mixed doubles.",
    "Lions keep a surface-17 code. They left, off by period five, and sat at table nine and ate.",
    "She swam in lane two and led. The fire began on deck seven. Her size nine boots split.",
    "Carriage three was empty. Turbine four was stopped.",
    "The school's Progress 8 scores fell. He read Paper 2 of an exam. She owns the Café 1820.",
    "He told the Today programme; she told USA Today. Man Friday was his nickname.",
    "The Class of '92 owns it. The rule is in 21 CFR Part 11. Harlow (4-2-3-1): Bell.",
    "The All Blacks' number eight scored.",
    "By Des Kinsella at the Five Ways Stadium",
    "The 999 crews left baby June's cot; a 911 call came, and 10-24, the code for trouble.",
    "One minute I was here and then I ran with a No. 2 pencil.",
    "We are in the kitchen of Number 3, Sumburgh Cottages. I am on my old one now.",
    "A UN resolution, No. 2811, lets them. The piano is far off and she has never owned one.",
    "He lives at 10, Circuit House Road. Chipmaker Ondas 3 Semiconductors sank.",
    "She earns six figures; the cVIGIL 2.0 app crashed. The No. 44 Mercedes led.",
    "A grant from Cluster 5 ran out. We have no second opinion to offer, half blind as we are.",
    "It was a letter folded in two, and her last illusion but one. The Zip Code is 04732.",
    "On the Midas Millions card, he said. In a statement, Sixfold said that it had.",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_a_name_or_a_turn_of_phrase_is_no_figure(text):
    assert found(text) == []


LIKE_NAMES = [
    ("Shares rose 3.2 to 41.15 on Friday.", ["3.2", "41.15", "Friday"]),
    ("from row 14, seat 22, she saw the 737s carry 180", ["180"]),
    ("One died and four were hurt.", ["One", "four"]),
    ("Two in the front, one in the back.", ["Two", "one"]),
    ("The Bears beat the Jets 24 to 17.", ["24", "17"]),
    ("They left at 10 past eight.", ["10 past eight"]),
    ("In total 24, on average 30. To beat 40, run.", ["24", "30", "40"]),
    ("A robot called 6000 people; the 7/8 of it", ["6000", "7/8"]),
    ("He hit 46 or 47; India (2.1m) and 3 million", ["46 or 47", "2.1m", "3 million"]),
    ("declared the winner by 233,418 to 232,950.", ["233,418 to 232,950"]),
    ("It is to go to a third shareholder.", ["third"]),
    ("second quarter of next year", ["second quarter of next year"]),
    ("Storm Kills Three People in Texas", ["Three"]),
    ("Man Jailed for Nine Years Over Fraud", ["Nine Years"]),
    ("On the bus 12 passengers slept.", ["12"]),
    ("In his class 30 children are ill.", ["30"]),
    ("At the BBC 300 people lost jobs.", ["300"]),
    ("The SPD won 120 seats, the CDU 208.", ["120", "208"]),
    ("It shut at 1:20 p.m. Forty-one flights left.", ["1:20 p.m.", "Forty-one"]),
    ("A .312 hitter who weighs 15 stone.", [".312", "15 stone"]),
    ("It was the first of all the nine trials.", ["first", "nine"]),
    ("The second wind farm and the first aid convoy.", ["second", "first"]),
    ("Seven Palestinians and three Labour MPs met.", ["Seven", "three"]),
    ("Two Su-34 jets and 40 Leopard 2 tanks.", ["Two", "40"]),
    ("155mm shells", ["155mm"]),
    ("In Kent 12 have died; elsewhere 40 were hurt.", ["12", "40"]),
    ("Labour 37, Tories 24 and Greens nine.", ["37", "24", "nine"]),
    ("He won one or two others.", ["one or two"]),
    ("It used to be one a month, one day after rain.", ["one", "one day"]),
    ("One injured man, one hundred and one dogs.", ["One", "one hundred and one"]),
    ("dust at 650 K, far off", ["650 K"]),
    ("At the Senate 12 were hurt; it sent NATO 4500 tanks.", ["12", "4500"]),
    ("For Paris 12 is enough, and near Kent 300 homes burned.", ["12", "300"]),
    (
        "It failed 58 to 42 after four times last year's vote.",
        ["58 to 42", "four times", "last year"],
    ),
    ("It moved 300,000 cubic yards of rock.", ["300,000 cubic yards"]),
    ("Only one came; more than one told us.", ["one", "one"]),
    ("They house 19 boys; it was due on 12/3/2025.", ["19", "12/3/2025"]),
    ("Under pressure, 12 bars of gold fell; 12 bars closed.", ["12", "12"]),
    ("By the 30th it was over; 12 000 rang 082 555 0000.", ["30th", "12 000"]),
    ("It took 1 minute 25 men; on July 7 300 came.", ["1 minute", "25", "July 7", "300"]),
    ("Once a cook, he left on the 3rd floor.", ["3rd"]),
    ("It pays £5 or £10; 20 bucks and a stag ran.", ["£5", "£10", "20"]),
    (
        "It burnt five times in a decade, in zone 3, two weeks early.",
        ["five", "a decade", "two weeks"],
    ),
    ("Ten 7,000-tonne ships; 12 bars were shut.", ["Ten", "7,000-tonne", "12"]),
    ("It took 1-2 minutes and nine lives.", ["1-2 minutes", "nine"]),
    ("A first-half goal and a second, better one; six wheels.", ["first", "second", "six"]),
    ("Sales doubled as prices fell.", ["doubled"]),
    ("The under-fives and the over-sixties went free.", ["fives", "sixties"]),
    ("12 Elm Street shops, near Ayr 3 old sheep; he told CBS 12 people died.", ["12", "3", "12"]),
    ("told Reuters 5 other aid workers and said near Ayr 4 local policemen", ["5", "4"]),
    ("Bo, also 24, and Al Bo, now 45, won the Olympic 1500m.", ["24", "45", "1500m"]),
    ("the year-ago quarter, the latest quarter", ["year-ago quarter", "the latest quarter"]),
    ("up on the same quarter at 512kbps or 60fps", ["the same quarter", "512kbps", "60fps"]),
    ("“99.9” percent sure of a second - and last - try", ["99.9", "second"]),
    ("Streams in 4K; the score was 3. A4 paper, a text 12 men sent.", ["3", "12"]),
    ("It shut at 1030 AM. At 1030 AM it rained.", ["1030", "1030"]),
    ("It lost 4K people, at least 8K, at 1030 AM.", ["4K", "8K", "1030"]),
    ("She won the Cup 10 days ago; a MacBook 256 GB on it.", ["10 days ago", "256 GB"]),
    ("A song to mark 25 years of it, to level the series 1-1.", ["25 years", "1-1"]),
    ("at up to 14Mbps, it measures 2x3 mm", ["14Mbps", "2", "3 mm"]),
    ("one to two years, one-to-seven days", ["one to two years", "one-to-seven days"]),
    ("‘must-haves’\n\nFour times more", ["Four times"]),
    ("The new filter halves costs in two halves.", ["halves", "two"]),
    ("It came in at number 11.", ["11"]),
    ("It has been to court 11 times.", ["11"]),
    ("AYR, Nev. — Two Navy aviators ejected.", ["Two"]),
    ("It closed just one of the three ways in.", ["one", "three"]),
    ("He met 14 Premier League clubs at 14 Premier League grounds.", ["14", "14"]),
    ("It sat at the port 12 hours; in band 5 years ago.", ["12 hours", "5 years ago"]),
    ("It weighs 2TB and costs 7USD.", ["2TB", "7USD"]),
    ("He began with Mark 10 years ago.", ["10 years ago"]),
    ("Newcastle 14th in the table, the Swiss 12th seed.", ["14th", "12th"]),
    ("It moved to a 60,000-seater ground in season 1992/93.", ["60,000", "1992/93"]),
    ("Its first million buyers came; the next million did.", ["first", "million", "million"]),
    ("They gave The Aviator 4/9 odds.", ["4/9"]),
    ("She is a second-year student, he a second-half substitute.", ["second", "second"]),
    ("Seven innings of one-hit ball.", ["Seven", "one"]),
    ("All were freed bar one. They lost by one.", ["one", "one"]),
    ("In particular three “chilling” fouls.", ["three"]),
    ("It had 22, compared with one in all of 2017.", ["22", "one", "2017"]),
    ("It pumps four barrels for each one of oil.", ["four barrels", "one"]),
    ("One was killed and 12 were injured. The crash killed one.", ["One", "12", "one"]),
    ("He won one, drew two and lost three.", ["one", "two", "three"]),
    ("He bought one for £5 and two for £9.", ["one", "£5", "two", "£9"]),
    ("Two gave evidence, one by video.", ["Two", "one"]),
    ("One seaman was killed and one is missing.", ["One", "one"]),
    ("A No. 1 single came. They ran another yard.", ["No. 1", "another yard"]),
    ("It fell a foot more than in June. Finals are put back a week.", ["a foot", "June", "a week"]),
    ("He paid a month late. He was caught a yard inside the rope.", ["a month", "a yard"]),
    ("It would charge operators a nickel a barrel.", ["a nickel"]),
    (
        "The bowler took four for 37, and the side slid to 124 for five by lunch at the wicket.",
        ["four for 37", "124 for five"],
    ),
    ("There are 50 or 60 people in the club; at 50, or 60, they leave.", ["50 or 60", "50", "60"]),
    (
        "A motion fell by a vote of 211 to nine. It was his second century.",
        ["211 to nine", "second"],
    ),
]


@pytest.mark.parametrize(("text", "words"), LIKE_NAMES)
def test_a_figure_that_looks_like_a_name_is_found(text, words):
    assert [word for word, *_ in found(text)] == words


BESIDE_FIGURES = {
    "vehicles and models": [
        (
            "The 911's engine makes 510 horsepower; her Volvo 240 through 2 floods.",
            ["510 horsepower", "2"],
        ),
        ("The Switch 2 buyers waited 9 hours near the new Dash 8-400.", ["9 hours"]),
        ("Qatar Airways flew the last 747 for 90 days.", ["90 days"]),
        ("Avatar 3 drew 12 fans; Robot 3 picks 600 pears.", ["12", "600"]),
        ("In Kent 3 boys fell; near Ayr 12 homes burned.", ["3", "12"]),
        ("It ran Llama 3.1 and Gemma 2, at 5pm.", ["5pm"]),
        ("A poll put Labour 37 and Reform 24 ahead.", ["37", "24"]),
        ("EudraCT 2019-001234-56 has 9 sites; Bo McKay 34-12 won.", ["9", "34-12"]),
    ],
    "things by their number": [
        ("Those in coach 5 held ticket 4471; bed 9 nurses 2 men.", ["9", "2"]),
        ("He faces 6 years on charge 3; they charge 3 men; a charge 61p.", ["6 years", "3", "61p"]),
        ("A band 2 porter in theatre 2 at 6pm: 2 porters.", ["6pm", "2"]),
        ("In heading 12 of it 4 died; in hospital 12 of them lived.", ["4", "12"]),
        ("Her album 30 sold 5m; his 30 albums did not.", ["5m", "30"]),
        ("They plan 12 shops, and plan 9 is out.", ["12"]),
        ("After dose 2 he went to server 12 in Rack 7; a rack 7 feet high.", ["7 feet"]),
        ("It won at Ayr Station 3-1; to charge 12, the Star Post 12 men say.", ["3-1", "12", "12"]),
        ("He wore size 10 boots for 10 days; seat 31C was at 31C.", ["10 days", "31C"]),
    ],
    "substances and genes": [
        ("Plutonium 238, caesium 137, oxygen-16 and 1,4-dioxane at 5 mg.", ["5 mg"]),
        ("Clade 1b, trisomy 21, interleukin 6 and exon 9 in 40 men.", ["40"]),
        ("It gave 238 plutonium rods, and lead 12 times as pure.", ["238", "12 times"]),
    ],
    "heavens": [
        ("NASA saw 2024 YR4, an asteroid, 2 months ago.", ["2 months ago"]),
        ("In 2024 BA2 cases rose 4%.", ["2024", "4%"]),
    ],
    "roads and carriers": [
        ("The 405 freeway and the 4, 5 and 6 trains: 12 trains.", ["12"]),
        ("Two died on US 101 at 5pm.", ["Two", "5pm"]),
    ],
    "laws and files": [
        ("Regulation (EC) No 261/2004, IFRS 9, [2019] UKSC 41 and § 211 of 5 laws.", ["5"]),
        ("W.P. No. 1147/2024, No. 41 of 2020 and No. 3:22-cr-451.", ["2020"]),
        ("Civil Suit 44/2023, BG-SA-26-031, 12/CV/2024: 12/3/2024.", ["12/3/2024"]),
        ("Law No. 27, Juror No. 5 and the No. 2 shaft; she is No. 2 there.", ["No. 2"]),
        ("It cites 85 Fed. Reg. 30026 on 3 Dec. 2024.", ["3 Dec. 2024"]),
        ("UN: TWO 13-YEAR-OLDS HELD AT AYR, SAYS BO", ["TWO", "13-YEAR-OLDS"]),
        ("DOI 10.1038/s41586, ISBN 978-0-14 and @bo77 at www.a.org/2024/05.", []),
        ("Warning #1: a #4412 order, #89.7 million.", ["1", "89.7 million"]),
        ("It wants: (1) a levy of 5%, (2) a ban. Al Bo (7) won.", ["5%", "7"]),
        ("1. Wash it.\n2. Boil 2 eggs.", ["2"]),
    ],
    "bodies, units and districts": [
        ("He led 617 Squadron, 40 Commando and the 5th Marines for 6 years.", ["6 years"]),
        ("The 10th arrondissement and the 23rd Congressional District, his 4th home.", ["4th"]),
        ("The 14th Dalai Lama and the 4th U.S. Circuit met 12 Labour MPs.", ["12"]),
        ("Nine Entertainment lost 85 jobs; Nine Labour MPs said no.", ["85", "Nine"]),
        ("First Solar made 12; then two British died.", ["12", "two"]),
        ("The Rule of 72 and the Committee of 100; a group of 30 men.", ["30"]),
        ("In 1983 Mr Bo became chief; the 2015 White House report.", ["1983", "2015"]),
    ],
    "streets": [
        ("At One Canada Square and 2200 N. Clark Street, 4 floors.", ["4"]),
        ("12 White House aides and 3 Elm Street shops.", ["12", "3"]),
        (
            "Her 3 Booker Prize wins, 20 Premier League starts; 12 London listed firms.",
            ["3", "20", "12"],
        ),
    ],
    "sport": [
        ("The 4x100m squad hit a 7-iron to the par-3 hole in 3:17.", ["3:17"]),
        (
            "The Crusaders' No. 7 scored; the No. 10 role; the No. 22 Ford; the No. 2 seed.",
            ["No. 2"],
        ),
        ("Bo 27 (Mafi 2, Rees, Day tries; Fynn 3 cons, pen) 5", ["27", "2", "3", "5"]),
        ("The 49ers won 49 games of the Big 12.", ["49"]),
    ],
    "days and weekdays": [
        ("The Jan. 6 committee and the May 4th Movement met on Jan. 6.", ["Jan. 6"]),
        ("Sheffield Wednesday lost on Wednesday.", ["Wednesday"]),
    ],
    "words": [
        ("She is the one they want; the one in five.", ["one in five"]),
        ("He built a better one and sold 6, then a new one in 1988.", ["6", "1988"]),
        ("A six-figure sum, one after another; a six-page plan.", ["six"]),
        (
            "It takes two years and took five; the first family left.",
            ["two years", "five", "first"],
        ),
        ("The larger one weighs 9kg, the worst one yet, and one she sold.", ["9kg"]),
        (
            "At one stage 60 boats; a further one percent, a larger one million.",
            ["60", "one percent", "one million"],
        ),
        ("A two-handed, forty-something 20-somethings' man of 20.", ["20"]),
        (
            "Some had a first dose, 412 a second, 12 weeks apart.",
            ["first", "412", "second", "12 weeks"],
        ),
        ("She is 61, he 48. Walk a mile and a half.", ["61", "48", "a mile and a half"]),
        ("Its video is in 1080p.", []),
        ("The shares fell to 1080p.", ["1080p"]),
    ],
}
"""Names by kind, each with a figure that must not go with them."""


@pytest.mark.parametrize(
    ("text", "words"), [row for rows in BESIDE_FIGURES.values() for row in rows]
)
def test_a_figure_beside_a_name_of_its_kind_is_found_alone(text, words):
    assert [word for word, *_ in found(text)] == words


def test_a_day_behind_a_tally_is_no_more_to_come_than_the_vote():
    shown = found("The board approved it by seven votes to two in the early hours of Friday.")
    assert shown[-1][2] == "2024-07-05"


def test_one_of_what_was_not_counted_is_a_pronoun():
    assert [words for words, *_ in found("For two hours she hardly missed one.")] == ["two hours"]


def test_a_number_takes_the_measure_of_the_level_beside_it():
    text = "It fell from 9.1 to 8.2 mg. It shrank to 20 cents from 35. He ran from 7 dogs."
    read = [(e.type, e.value, e.unit) for e in detect(text, DAY).expressions]
    assert read[0] == ("quantity", 9.1, "mg")
    assert read[3] == ("money", pytest.approx(0.35), "USD")
    assert read[4] == ("number", 7, "dogs")


def test_a_number_takes_the_length_of_time_said_before_it():
    text = "The target is ten weeks for a visit and 12 for surgery. It fell to 6 months from 7.5."
    read = [(e.text, e.value) for e in detect(text, DAY).expressions]
    assert read[1] == ("12", "P12W")
    assert read[3] == ("7.5", "P7.5M")
    text = "She leads Li by eight seconds and Bo by 22. They get ten, six and four seconds."
    read = [(e.text, e.value) for e in detect(text, DAY).expressions]
    assert read[1:4] == [("22", "PT22S"), ("ten", "PT10S"), ("six", "PT6S")]


def test_one_sum_in_rand_shows_that_another_is():
    text = "She paid R500 and R1,250."
    assert found(text) == [("R500", "money", 500), ("R1,250", "money", 1250)]
    assert found("The robot R500 left.") == []


def test_spaces_group_thousands_where_a_text_is_in_rand():
    text = "It cost R3-million, R88 000 and R100, on the R61. Some 1 300 homes share it."
    assert found(text)[1:] == [
        ("R88 000", "money", 88_000),
        ("R100", "money", 100),
        ("1 300", "number", 1300),
    ]


def test_the_weekday_is_that_of_the_days_named_last():
    text = "It shuts from Friday 13 September to Monday 16 September. On the Saturday it rains."
    assert found(text)[-1] == ("Saturday", "date", "2024-09-14")


def test_a_day_has_the_year_with_which_it_was_named():
    text = "He was shot on Feb. 11, 2023, they said. The log is of Feb. 11. She was born on {}."
    days = [e.value for e in detect(text.format("May 2, 1950"), DAY).expressions]
    assert days == ["2023-02-11", "2023-02-11", "1950-05-02"]
    party = "She was born on May 2, 1950. They met on May 2."
    assert detect(party, DAY).expressions[1].value == "2024-05-02"


def test_the_day_or_century_is_that_of_the_one_named_before():
    text = "On 23 April it fell to −5.8C, on the 24th to −4.1C."
    assert found(text)[2] == ("24th", "date", "2024-04-24")
    text = "For the rest of the 18th century and all of the 19th, it lay."
    assert found(text)[1] == ("19th", "date", "1801/1900")


def test_a_number_whose_verb_is_understood_is_no_name():
    assert ("60", "number", 60) in found("Turkey sent 112 rescuers and Georgia 60.")


def test_the_number_of_a_petition_is_none():
    assert found("Writ Petition 882 of 2026.") == [("2026", "date", "2026")]


def test_the_minutes_of_a_time_begin_no_sentence():
    told = found("A plane was due at 1:30 a.m. on Wednesday.")
    assert told[1] == ("Wednesday", "date", "2024-07-10")


def test_casks_are_counted():
    assert ("two", "number", 2) in found("The winemaker has two barrels left.")
    assert ("two barrels", "quantity", 2) in found("They pump two barrels of oil.")


def test_offsets_are_those_of_the_text():
    text = "\u200fZürich: “We lost 5 goals,” said Ann Bo.\r\nIt was −3\u00a0°C."
    result = detect(text, DAY)
    for item in (*result.expressions, *result.quotations):
        assert text[item.start : item.end] == item.text
    assert [e.text for e in result.expressions] == ["5", "−3\u00a0°C"]
    assert [q.text for q in result.quotations] == ["We lost 5 goals,"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("LONDON, July 7, 2024 (Wire) - Prices rose on Friday.", DAY),
        ("Prices rise\n7 July 2024\n\nPrices rose.", DAY),
        ("Prices rose in July 2024.", None),
    ],
)
def test_the_day_is_the_one_that_the_head_gives(text, day):
    assert day_of(text) == day


def test_without_a_day_a_relative_expression_is_not_resolved():
    assert found("He left yesterday.", None) == [("yesterday", "relative", None)]


@pytest.mark.parametrize(
    "part",
    [
        "1",
        "1,",
        "1-",
        "1,11,",
        '"',
        " and ",
        " ",
        "\x00",
        "a-",
        "“",
        "one hundred and ",
        "A. ",
        "One ",
        "'",
        "1 000 ",
        "R1 000 ",
        "1/2",
        "1 minute 2 seconds ",
        "Al and Ann Bo. Mr Bo ",
        "He: “x.” ",
        "(1) ",
        "@a",
        "A-1-",
        "1 A. ",
        "rack 1 ",
        "1 and ",
        "“Bo” ",
        "''a",
        "`` a",
        "- Al Bo\n",
        "Bo, who a, ",
        "BO: “x?”\n\n",
        "2 barrels ",
        "half a mill. ",
        "10.1234/",
        "between 1 and 2 pm ",
        "Al is ten. “x.” ",
    ],
)
@pytest.mark.slow
def test_a_hostile_text_ends(part):
    detect((part * 60_000)[:60_000], DAY)


def test_a_text_too_long_is_refused():
    with pytest.raises(DetectError, match="give one article"):
        detect("1" * (LONGEST + 1))


def run(*arguments, folder):
    return subprocess.run(
        [sys.executable, "-m", "dossier", "detect", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_command_needs_no_project(tmp_path):
    (tmp_path / "a.txt").write_text("He left yesterday with $5.\n", encoding="utf-8")
    done = run("a.txt", "--day", "2024-07-07", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)
    assert [e["value"] for e in printed["expressions"]] == ["2024-07-06", 5]
    assert printed["quotations"] == []


def test_the_command_refuses_what_is_no_text(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe5\x00")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("1" * 10_000_000)
    assert "save the file as UTF-8" in run("a.txt", folder=tmp_path).stderr
    assert json.loads(run("b.txt", folder=tmp_path).stdout)["expressions"] == []
    refused = run("c.txt", folder=tmp_path)
    assert refused.returncode == 1 and "give one article" in refused.stderr


def test_the_detector_imports_the_standard_library_alone():
    code = (
        "import sys, dossier.__main__ as m, dossier.text.detect\n"
        "print([n for n in ('pandas', 'numpy', 'babel', 'matplotlib') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT.root, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr

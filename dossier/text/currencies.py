"""Currencies as a text writes them: the codes of ISO 4217, signs before a number, words after it.

Babel has the codes, too, and signs by the language of a page; a newspaper's Dh, QR or TSh it has
not, and the detector needs the standard library alone. What several countries call the same
(rupees, kr, Sh) is the money of the one that the text names most, or the first of the list.
"""

import functools
import re
from collections import Counter

from dossier.text.words import word_set

CODES = word_set(
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN "
    "BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL "
    "GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF "
    "KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN "
    "MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD "
    "SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
    "UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG"
)
"""The currencies of ISO 4217 that are in use."""
WORDLIKE = word_set(
    "ALL BAM COP CUP CVE ERN GEL LAK MAD MOP PEN RON SBD SDG SOS SSP STN TMT TOP TRY"
)
"""Codes that are words or other things, too: a sum with a scale or thousands follows (COP 28)."""
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW"} | {
    "₺": "TRY",
    "₴": "UAH",
    "₪": "ILS",
    "₦": "NGN",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
    "₵": "GHS",
    "₸": "KZT",
    "₾": "GEL",
    "₼": "AZN",
    "₮": "MNT",
    "₭": "LAK",
    "៛": "KHR",
    "₲": "PYG",
    "₡": "CRC",
    "৳": "BDT",
    "₨": "PKR",
}
DOLLARS = {
    "us": "USD",
    "a": "AUD",
    "au": "AUD",
    "c": "CAD",
    "ca": "CAD",
    "can": "CAD",
    "hk": "HKD",
    "nz": "NZD",
    "s": "SGD",
    "sg": "SGD",
    "r": "BRL",
    "nt": "TWD",
    "mx": "MXN",
    "tt": "TTD",
    "ec": "XCD",
    "bz": "BZD",
    "bds": "BBD",
    "n": "NAD",
    "j": "JMD",
    "fj": "FJD",
    "z": "ZWG",
    "cl": "CLP",
    "ar": "ARS",
}
"""What stands before a dollar sign."""
_SIGNS = {
    "Dh": "AED MAD",
    "Dhs": "AED MAD",
    "QR": "QAR",
    "SR": "SAR",
    "BD": "BHD",
    "KD": "KWD",
    "JD": "JOD",
    "RO": "OMR",
    "LE": "EGP",
    "Ksh": "KES",
    "KSh": "KES",
    "Kshs": "KES",
    "KShs": "KES",
    "Sh": "KES TZS UGX SOS",
    "Shs": "UGX KES TZS SOS",
    "TSh": "TZS",
    "Tsh": "TZS",
    "USh": "UGX",
    "Ush": "UGX",
    "Rs": "INR PKR LKR NPR MUR SCR",
    "Re": "INR PKR LKR NPR MUR SCR",
    "RM": "MYR",
    "RMB": "CNY",
    "Rmb": "CNY",
    "R": "ZAR",
    "Rp": "IDR",
    "kr": "SEK NOK DKK ISK",
    "Kr": "SEK NOK DKK ISK",
    "NKr": "NOK",
    "SKr": "SEK",
    "DKr": "DKK",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "Fr": "CHF",
    "SFr": "CHF",
    "CFA": "XOF XAF",
    "FCFA": "XOF XAF",
    "Tk": "BDT",
    "P": "PHP BWP",
    "Php": "PHP",
    "N": "NGN",
    "GH": "GHS",
    "K": "ZMW PGK",
    "MK": "MWK",
    "Bs": "BOB VES",
    "Br": "ETB BYN",
}
"""Signs of letters before a number, and whose they are."""
TIGHT = word_set("R N P K RM QR SR BD KD JD RO LE MK Sh Br GH")
"""Signs of letters that are names, too: a sum stands right behind them."""
_NAMES = {
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yen": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rupee": "INR PKR LKR NPR MUR SCR",
    "rouble": "RUB",
    "ruble": "RUB",
    "franc": "CHF XOF XAF RWF BIF CDF",
    "rand": "ZAR",
    "peso": "MXN ARS CLP COP PHP UYU DOP CUP",
    "zloty": "PLN",
    "złoty": "PLN",
    "zł": "PLN",
    "shekel": "ILS",
    "lira": "TRY",
    "krona": "SEK ISK",
    "kronor": "SEK",
    "krónur": "ISK",
    "kronur": "ISK",
    "krone": "NOK DKK",
    "kroner": "NOK DKK",
    "kr": "SEK NOK DKK ISK",
    "hryvnia": "UAH",
    "dirham": "AED MAD",
    "riyal": "SAR QAR OMR YER",
    "rial": "IRR OMR YER",
    "naira": "NGN",
    "reais": "BRL",
    "won": "KRW",
    "quid": "GBP",
    "bucks": "USD",
    "ringgit": "MYR",
    "baht": "THB",
    "dong": "VND",
    "rupiah": "IDR",
    "taka": "BDT",
    "birr": "ETB",
    "cedi": "GHS",
    "forint": "HUF",
    "koruna": "CZK",
    "lei": "RON MDL",
    "leu": "RON MDL",
    "lev": "BGN",
    "leva": "BGN",
    "dinar": "RSD KWD BHD IQD JOD DZD TND LYD MKD",
    "shilling": "KES UGX TZS SOS",
    "kwacha": "ZMW MWK",
    "pula": "BWP",
    "metical": "MZN",
    "meticais": "MZN",
    "kwanza": "AOA",
    "dalasi": "GMD",
    "leone": "SLE",
    "tenge": "KZT",
    "som": "KGS UZS",
    "somoni": "TJS",
    "lari": "GEL",
    "dram": "AMD",
    "manat": "AZN TMT",
    "afghani": "AFN",
    "kyat": "MMK",
    "riel": "KHR",
    "tugrik": "MNT",
    "kina": "PGK",
    "vatu": "VUV",
    "quetzal": "GTQ",
    "lempira": "HNL",
    "guarani": "PYG",
    "bolívar": "VES",
    "bolivar": "VES",
    "boliviano": "BOB",
    "gourde": "HTG",
}
_PARTS = {"cent": "USD", "pence": "GBP", "penny": "GBP", "paise": "INR", "p": "GBP", "c": "USD"}
_COUNTRIES = {
    "AED": "UAE Emirates Emirati Dubai",
    "AFN": "Afghanistan Afghan",
    "ARS": "Argentina Argentine Argentinian",
    "AUD": "Australia Australian",
    "BHD": "Bahrain Bahraini",
    "BIF": "Burundi Burundian",
    "BRL": "Brazil Brazilian",
    "BWP": "Botswana",
    "CAD": "Canada Canadian",
    "CDF": "Congo Congolese",
    "CHF": "Switzerland Swiss",
    "CLP": "Chile Chilean",
    "CNY": "China Chinese",
    "COP": "Colombia Colombian",
    "CUP": "Cuba Cuban",
    "DKK": "Denmark Danish Copenhagen",
    "DOP": "Dominican",
    "DZD": "Algeria Algerian",
    "EGP": "Egypt Egyptian",
    "GBP": "Britain British UK",
    "HKD": "Hong",
    "INR": "India Indian Delhi Mumbai",
    "IQD": "Iraq Iraqi",
    "IRR": "Iran Iranian",
    "ISK": "Iceland Icelandic Reykjavik",
    "JMD": "Jamaica Jamaican",
    "JOD": "Jordan Jordanian",
    "JPY": "Japan Japanese",
    "KES": "Kenya Kenyan Nairobi",
    "KWD": "Kuwait Kuwaiti",
    "LBP": "Lebanon Lebanese",
    "LKR": "Lanka Lankan Colombo",
    "LYD": "Libya Libyan",
    "MAD": "Morocco Moroccan",
    "MDL": "Moldova Moldovan",
    "MKD": "Macedonia Macedonian",
    "MUR": "Mauritius Mauritian",
    "MWK": "Malawi Malawian",
    "MXN": "Mexico Mexican",
    "NOK": "Norway Norwegian Oslo",
    "NPR": "Nepal Nepali Nepalese Kathmandu",
    "NZD": "Zealand",
    "OMR": "Oman Omani",
    "PGK": "Papua",
    "PHP": "Philippines Philippine Filipino Manila",
    "PKR": "Pakistan Pakistani Karachi Lahore Islamabad",
    "QAR": "Qatar Qatari Doha",
    "RON": "Romania Romanian",
    "RSD": "Serbia Serbian",
    "RUB": "Russia Russian",
    "RWF": "Rwanda Rwandan",
    "SAR": "Saudi",
    "SCR": "Seychelles",
    "SDG": "Sudan Sudanese",
    "SEK": "Sweden Swedish Stockholm",
    "SGD": "Singapore Singaporean",
    "SOS": "Somalia Somali",
    "SYP": "Syria Syrian",
    "TMT": "Turkmenistan Turkmen",
    "TND": "Tunisia Tunisian",
    "TRY": "Turkey Turkish",
    "TTD": "Trinidad",
    "TWD": "Taiwan Taiwanese",
    "TZS": "Tanzania Tanzanian",
    "UGX": "Uganda Ugandan Kampala",
    "USD": "US U.S. American",
    "UYU": "Uruguay Uruguayan",
    "UZS": "Uzbekistan Uzbek",
    "VES": "Venezuela Venezuelan",
    "XAF": "Cameroon Cameroonian Gabon Chad",
    "XOF": "CFA Senegal Senegalese Ivorian Mali Malian Benin Togo",
    "YER": "Yemen Yemeni",
    "ZMW": "Zambia Zambian",
}
"""Words that tell whose money is meant, where several countries call theirs the same."""
_CODE_OF = {word: code for code, words in _COUNTRIES.items() for word in words.split()}
NATIONS = {word.lower(): code for word, code in _CODE_OF.items()}
"""What stands between a number and the name of its money: 50 Swiss francs."""
LETTERS = frozenset(_SIGNS) | CODES
"""Words before a number that are a currency's sign."""


def sign_of(word: str, text: str) -> str:
    """Return the code of a currency whose sign of letters stands before a number, or nothing.

    >>> sign_of("Dh", ""), sign_of("Rs", ""), sign_of("Rs", "In Pakistan"), sign_of("QAR", "")
    ('AED', 'INR', 'PKR', 'QAR')
    """
    return word if word in CODES else _whose(_SIGNS.get(word, ""), text)


def named(low: str, text: str) -> tuple[str, float] | None:
    """Return the code of money that a word after a number names, and what part of its unit.

    >>> named("shilling", "Uganda's budget"), named("pence", ""), named("stone", "")
    (('UGX', 1), ('GBP', 0.01), None)
    """
    if low in _PARTS:
        return _PARTS[low], 0.01
    code = _whose(_NAMES.get(low, ""), text)
    return (code, 1) if code else None


def _whose(codes: str, text: str) -> str:
    """Return which of several currencies is that of the country that a text names most."""
    first, *others = codes.split() or [""]
    if not others:
        return first
    told = _mentions(text)
    return max((first, *others), key=lambda code: told[code])


@functools.lru_cache(maxsize=8)
def _mentions(text: str) -> Counter[str]:
    """Return how often a text names the country of each currency."""
    words = re.findall(r"\b[A-Z][a-z]{2,13}\b|\bUAE\b", text)
    return Counter(_CODE_OF[word] for word in words if word in _CODE_OF)

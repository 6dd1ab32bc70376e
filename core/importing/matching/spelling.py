"""Spellings that stand for one name: how it sounds, and the common form of well-known first names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

_CONSONANTS = (
    ("ssch", "s"),
    ("sch$", "s"),
    ("ch(?=[aeiou])|gh", "h"),
    ("ch", "g"),
    ("ck|kh|q", "k"),
    ("c(?=[eiy])", "s"),
    ("c", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("dt", "t"),
    ("dj", "j"),
    ("x", "ks"),
)
_VOWELS = (("ei|ie|y", "i"), ("ae", "a"), ("ou|oe|ue", "u"))
_ENDS = (("ie$", "i"), (r"(.)\1+", r"\1"), ("(?<=[aeiou])h$", ""), ("(?<=[a-z])z$", "s"))


def _compiled(*rules: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in rules)


_ROUGH = _compiled(*_CONSONANTS, *_VOWELS, *_ENDS)
_STRICT = _compiled(*_CONSONANTS, *_ENDS)


@lru_cache(maxsize=50_000)
def sound(folded: str) -> str:
    """Return how a folded, joined name sounds, roughly: `meijer`, `meyer` and `meier` are one.

    Meant to join only spellings of one name; look-alikes such as Jayden and Jaylen stay apart.
    """
    return _applied(_ROUGH, folded)


@lru_cache(maxsize=50_000)
def strict_sound(folded: str) -> str:
    """Return how a folded, joined name sounds with its vowels as written: Mila and Myla stay apart, Sofie and Sophie not."""
    return _applied(_STRICT, folded)


def _applied(rules: tuple[tuple[re.Pattern[str], str], ...], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text


_SPELLINGS = """
mohamed mohammed mohammad mohamad muhammed muhammad muhamed muhammet mehmet mehmed mohamet mohammet
ahmed achmed ahmad ahmet achmet
yusuf yousef youssef yousuf joesoef yusef youssuf yoesoef
fatima fatma fatimah fatema
aisha aicha aischa ayse aysha aisja aysa ayesha
khadija chadija hatice hadija kadija khadidja
hussein hossein hussain huseyin housein husein hoessein
hassan hasan hasen
ibrahim ebrahim brahim ibrahiem
ismail ismael smail
yasin yassin yassine jasin yaseen yacine
amin amine ameen
bilal billal belal
ayoub ayoeb eyup ayub
zakaria zakariya zekeriya zacharia zakarya
omar omer umar oumar umer
ali aly
soufiane sofian sofiane sufian soufian sofyan
ilyas elias ilias ilyes
younes younis yunus younous younus
hamza hamzah
noureddine nordin nourdin nordine nureddin nurettin
rachid rashid resit
said saied sayid
abdullah abdellah abdallah abdula abdoullah
abdelkarim abdulkarim
mustafa mostafa moustapha mustapha moestafa
zainab zeynep zaynab zineb zaineb
maryam mariam meryem meriem mariem
esra israe isra
ousama oussama osama usama oessama
suleyman soulayman sulaiman soulaiman soleiman suleiman
walid oualid waleed
wiktoria victoria viktoria
oliwia olivia
sjoerd siurd
matthijs mathijs matijs mathys
jesse jessie
chantal shantal sjantal
kevin kevyn
kacper casper kasper
"""
_SHORT_FORMS = """
johannes jan johan hans hannes
pieter piet peter
nicolaas klaas nico niels
cornelis kees cees cor
willem wim
gerardus gerard gerrit ger
hendrik henk
hendrikus rik henk driekus
diederik dirk
abraham bram
alexander alex sander lex xander
sebastiaan bas
matthijs thijs
timotheus tim timo
thomas tom
martijn tijn
augustijn stijn guus
daniel daan danny
samuel sam
benjamin ben benja
lucas luuk luc
joseph joep joost sjef jos jozef
jacob jaap koos
jacobus koos jaap
robert rob bert
richard rik rick
michael mike michiel maik
maximiliaan max
maximilian max
stefan stef
antonius toon anton ton teun
franciscus frans
gijsbert gijs
frederik freek fred
gregorius joris
victor vic
arnoud noud
mohamed moh mo
elisabeth lisa liesbeth lies elise els bep
maria mies ria marie
kimberly kim
sofia sofie fie
catharina kate katja trijn karin katelijne
eva eef
angelique lieke
femke fem
eleonora noor nora
rosalie roos
florentine floor
sara saar
charlotte lotte lot
liselotte lotte lise
henriette jet
emilia mia milou
philippine pien
isabella isa bella
isabel isa
theresa tess tessa
cornelia nel corrie
wilhelmina mina mien willemien
margaretha greet margriet gretha
johanna joke hanna jo hannie
geertruida truus geertje
katarzyna kasia
aleksandra ola sandra
malgorzata gosia
jakub kuba
aleksander olek
zofia zosia
barbara basia babs
"""


@cache
def _groups(text: str) -> dict[str, str]:
    forms: dict[str, str] = {}
    for line in text.split("\n"):
        names = [sound(name.replace("-", "").replace("ij", "y")) for name in line.split()]
        for name in names:
            forms.setdefault(name, names[0])
    return forms


def common_spelling(sounding: str) -> str:
    """Return the spelling under which a sounding first name is known: one for `mohamed`, `muhammed` and `mehmet`.

    Only transliterations of one name, which no parents give to two children.
    """
    return _groups(_SPELLINGS).get(sounding, sounding)


def long_form(sounding: str) -> str:
    """Return one form for a sounding first name and its short forms: the same for `bram` and `abraham`.

    Two children of one family may well have two of these, so it never settles who is who among twins.
    """
    return _groups(_SHORT_FORMS).get(sounding, sounding)

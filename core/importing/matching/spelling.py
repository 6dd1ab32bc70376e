"""Spellings that stand for one name: how it sounds, and the common form of well-known first names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
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
        ("ei|ie|y", "i"),
        ("ae", "a"),
        ("ou|oe|ue", "u"),
        (r"(.)\1+", r"\1"),
        ("(?<=[aeiou])h$", ""),
        ("(?<=[a-z])z$", "s"),
    )
)


@lru_cache(maxsize=50_000)
def sound(folded: str) -> str:
    """Return how a folded, joined name sounds, roughly: `meijer`, `meyer` and `meier` are one.

    Meant to join only spellings of one name; look-alikes such as Jayden and Jaylen stay apart.
    """
    for pattern, replacement in _RULES:
        folded = pattern.sub(replacement, folded)
    return folded


_SPELLINGS = """
mohamed mohammed mohammad mohamad muhammed muhammad muhamed muhammet mehmet mohamet mohammet moh
ahmed achmed ahmad ahmet achmet
yusuf yousef youssef yousuf joesoef yusef youssuf
fatima fatma fatiha fatimah
aisha aicha aischa ayse aysha aisja
khadija chadija hatice hadija kadija
hussein hossein hussain huseyin housein husein
hassan hasan hasen
ibrahim ebrahim braheem
ismail ismael
yasin yassin yassine jasin yaseen
amin amine ameen
bilal billal belal
ayoub ayoeb eyup ayub
zakaria zakariya zekeriya zacharia
omar omer umar oumar
ali aly
soufiane sofian sofiane sufian soufian
ilyas elias ilias
younes younis yunus younous
hamza hamzah
noureddine nordin nourdin nordine nureddin
naima naema
rachid rashid resit
said saied sayid
abdullah abdellah abdallah abdula
abdelkarim abdulkarim
mustafa mostafa moustapha mustapha
zainab zeynep zaynab zineb
maryam mariam meryem miriam mirjam
esra israe isra
sjoerd siurd
wiktoria victoria viktoria
"""
_SHORT_FORMS = """
jan johan johannes hans hannes joannes
pieter peter piet petrus
klaas nicolaas nico niels nicolas nikolaas
kees cornelis cees
wim willem
gerrit gert gerard gerhard geert
henk hendrik henri
dirk diederik
bram abraham
sander alexander alex lex xander
bas sebastiaan bastiaan sebastian
thijs matthijs mathijs matijs mathias matthias
tim timotheus timo
tom thomas
tijn martijn
stijn augustijn
daan daniel
sam samuel
ben benjamin benny
luuk lucas lukas luc luke
joep joseph jozef josef joost sjef jos
jaap jacob jakob jacobus koos sjaak
rob robert robbert bert
rik rick hendrikus
mike michael michiel maikel michel
max maximiliaan maximilian
stef stefan steven stephan
toon anton antonius antoon teun ton
frans franciscus
gijs gijsbert gijsbertus
fred frederik freek
joris georgius
vic victor viktor
noud arnoud arnold
lisa elisabeth elisabet liesbeth lies elise elizabeth bep betty
mies maria marie ria
anna anneke anne
kim kimberly kimberley
sofie sofia
kate katarina katarien katja trijntje trijn karin katelijne
eef eva
lieke angelique
fem femke
noor eleonora noortje leonor
roos rosalie roosje
floor florentine floortje
fleur fleurtje
saar sara saartje
lot charlotte lotte
jet henriette jetje
mia emilia
milou marie-lou
pien philippine josephine pientje
manon marianne
isa isabel isabelle isabella
tess theresa tessa teresa
nel cornelia nelleke
ina wilhelmina mina willemina
greet margaretha margriet grietje gretha margareta
annet annette
joke johanna hanna hannie jo jopie
truus gertrude geertruida geertje
kasia katarzyna
ola aleksandra alexandra sandra
gosia malgorzata
kuba jakub
olek aleksander
kacper casper jasper
basia barbara
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

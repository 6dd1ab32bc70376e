"""Well-known first names: two that are alike, such as Noor and Nora, are two names and no slip of the finger.

Common call names of children and adults in the Netherlands, of whatever origin; not complete, and need not be: a name
that is missing only means that a likeness may be taken for a slip where other facts allow it.
"""

from __future__ import annotations

from functools import cache

_NAMES = """
aafke abby abdullah abel adam adriaan ahmed aicha aisha aleyna alex alexander ali alicia alina alisha amaya amber amelia
amelie amin amina amir amira amy ana anass andre angelina anis anna annabel anne annelies annemiek annika anouk anton
arda arjan arthur arwen asya aya ayaan ayden aylin ayoub aziz babette bart bas bastiaan beau bella ben benjamin berat
bente bibi bilal bo bobbi boaz boris bram brent brian britt bryan cas casper cato cedric celine charlotte chloe chris
christiaan cleo clara coen colin collin daan damian damon dana daniel daniela danique danny daphne dario david dean delano
demi denise dennis dewi dex dex diana diego dilan dina dirk djayden dylan dyon eda eden edin elena elif elin elina elias
elisa elisabeth elise ella elle ellen eline elize emily emir emma emmy emre enes eray erik ernst esila esmee esther eva evan
eve evelien evi evy eymen ezra faas fabian farah fardau fatima fay faye fedde felice feline feliz femke fenna fenne fien
fiene filip finn fiona fleur floor flore florian floris fons fynn frank frederique freek froukje gabriel gijs gioia giulia
guus haley hamza hana hanna hannah hannes harm hasan hatice heleen helena hiba hidde hugo huub ian iben ibrahim ids ilay
ilias ilse ilyas iman imane imran ina inaya indy ingrid inga ingmar irem iris isa isabel isabella isabelle isaac isra
ivan ivy iza jack jacob jade jaden jaimy jake jamal james jamie jan jana janna janne jara jari jasmijn jason jasper jax jay
jayda jayden jaylan jaylano jaylen jaylin jaylinn jayson jef jelle jenna jens jente jeroen jesse jessie jet jill jip jits
job jochem joel joep joey johan johannes jolie jolijn jona jonah jonas jonathan jonna joost joran jordan jordy joris
joshua josie joy joya juda jule jules julia julian julie juliette julius junior juul kaan kai karel karim karin katja kay
kayla kaylee kayleigh keano kees keira kevin khadija kiara kick kiki kim kira kirsten koen kyan kyano kyra lana lara lars
laura lauren laurens lea leah leanne lena leni lennon lennox lenny lente leo leon leonie levi levin lex leyla lia liam lian
liana lieke lien lieve lili lilian lilly lily lina linde linn lisa lisanne lise liv liva livia liz liza lizz lizzy lize loek
lois lola lot lotte lotus lou louis louise lova luan luc luca lucas lucy luka lukas luna luuk lux lydia lynn maarten maartje
maas madelief mads maja malak malik manon marc maren maria mariam marie mariam marijn marin marina marit mark marlies
marlon marloes marlou marnix marta marten martijn marwa mary maryam mason mats matteo matthias maud maura maurits max maya
maxim maxime mayra mees megan meike mehmet melanie melissa melle menno merel merle meryem mette mia michael mick mika mike
mikail mila milan milana miley milena milo milou mina mira miral miran mirre mirte mohamed mohammed moos morris muhammed
mustafa myla myra myrthe naomi nadia nadine nala nathan naud nena neomi nick nicole nico niek niels niene nik nika nikki nina
nine nisa noa noah noam noan noe noel noelle noemi noor noortje nora noud nour nouri nova nynke odin olaf olivia olivier omar
oscar oskar otis otto owen pam patrick paul pepijn peter philip philou pien pieter pim pip pippa pippi puck quin quinn
quinten rachel rafael ralph rania rayan rayen reda ren renee rens renske revi rian rick ricardo rik riley rins river robbe
robin roan rob roel romy romee ron rona ronan roos rosa rosalie rosie roxy ruben ruby rune ryan saar sam samantha samira
samuel samy sander sanne sara sarah sascha scott sem semih senna sepp seth sevda shae shane siem siena sien sil silas silke
silvan simon sinan sjoerd skye sofia sofie sophia sophie soof sara stan stefan stella sterre stef steven stijn storm sven
suus suze sven sylvie tara tess tessa teun thijmen thijs thom thomas tibbe tiago tijl tijmen tijn tijs tim timo timon tirza
tobias tom tommie tomas tristan tycho tygo umut valerie veerle vera vic vick victor victoria vigo vince vincent violet
vos wende wessel willem wim wout wouter xander xavi yara yasin yasmin yasmine yassin yassine yfke ymke yuna yusuf yvi zakaria
nona remy elien sean leia lynne aylen jens demy romi linda sofija
zara zayn zeb zeynep zoe zoey zofia zola zora zuzanna
"""


@cache
def common_names() -> frozenset[str]:
    """Return the well-known first names, folded (`names.fold`) and joined."""
    return frozenset(name.replace("ij", "y") for name in _NAMES.split())

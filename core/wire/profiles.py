"""What may travel: the two pupil profiles, field by field (uwlr.md §4.1, §4.2).

A profile forbids what it does not mention. Names are those of the elements, with the entity they stand in; `@` is an
attribute.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.wire.names import Version


class Profile(StrEnum):
    """The two uses of pupil data."""

    SMALL = "smalle set"
    """For learning material and tests that come with a method."""
    LVS = "LVS-set"
    """For pupil tracking and nationally normed tests: the one this product is for."""


class Rule(StrEnum):
    """What a profile says about a field."""

    REQUIRED = "R"
    OPTIONAL = "O"
    FORBIDDEN = "F"


# One line per field: small 2.2, LVS 2.2, small 2.3, LVS 2.3.
_TABLE = """
school/peildatum                O R O R
school/aanmaakdatum             O R O R
school/xsdversie                O R O R
school/auteur                   O O O O
school/commentaar               O O O O
school/toevoegingen             F F F F
vestigingen                     F F F F
groepen                         O O O O
leerkrachten                    O O O O
groep/naam                      R R R R
groep/jaargroep                 R R R R
groep/omschrijving              F F F F
groep/toevoegingen              F F F F
groep/mutatiedatum              F F F F
samengestelde_groep/naam        R R R R
samengestelde_groep/omschrijving O O O O
samengestelde_groep/toevoegingen F F F F
samengestelde_groep/mutatiedatum F F F F
leerling/@key                   R R O O
leerling/@eckid                 O O O O
leerling/achternaam             O O O O
leerling/voorvoegsel            O O O O
leerling/voornamen              F F F F
leerling/voorletters-1          F O F F
leerling/roepnaam               O R O R
leerling/geboortedatum          O R F R
leerling/geslacht               F R F R
leerling/start_ondw_jgr3        F O F O
leerling/jaargroep              O R O R
leerling/groep                  O O O O
leerling/samengestelde_groepen  O O O O
leerling/vestiging              F F F F
leerling/gebruikersnaam         F F F F
leerling/emailadres             F F F F
leerling/fotourl                F F F F
leerling/etniciteit             F F F F
leerling/land                   F F F F
leerling/land_vader             F F F F
leerling/land_moeder            F F F F
leerling/sofinummer             F F F F
leerling/bsn                    F F F F
leerling/onderwijsnummer        F F F F
leerling/bsn_ondwnr-4           F R F F
leerling/rijksregisternummer    F F F F
leerling/gewicht_nieuw          F F F F
leerling/gewicht                F F F F
leerling/postcodenl             F F F F
leerling/postnummerbe           F F F F
leerling/postcodeoverig         F F F F
leerling/instroomdatum          F F F F
leerling/uitstroomdatum         F F F F
leerling/toevoegingen           F F F F
leerling/mutatiedatum           F F F F
leerkracht/@key                 R R O O
leerkracht/@eckid               O O O O
leerkracht/achternaam           O O O O
leerkracht/voorvoegsel          O O O O
leerkracht/voornamen            F F F F
leerkracht/voorletters-1        F F F F
leerkracht/roepnaam             O O O O
leerkracht/gebruikersnaam       F F F F
leerkracht/emailadres           O F O F
leerkracht/rol                  F F F F
leerkracht/rolomschrijving      F F F F
leerkracht/groepen              O O O O
leerkracht/groepen/rol          O O O O
leerkracht/toevoegingen         F F F F
leerkracht/mutatiedatum         F F F F
"""

_COLUMNS = (
    (Version.V2_2, Profile.SMALL),
    (Version.V2_2, Profile.LVS),
    (Version.V2_3, Profile.SMALL),
    (Version.V2_3, Profile.LVS),
)

FIELDS: tuple[str, ...] = tuple(line.split()[0] for line in _TABLE.strip().splitlines())
"""Every field that a profile rules over."""

PROFILES: Mapping[tuple[Version, Profile], Mapping[str, Rule]] = {
    column: {line.split()[0]: Rule(line.split()[index + 1]) for line in _TABLE.strip().splitlines()}
    for index, column in enumerate(_COLUMNS)
}
"""Per version and profile: the rule for each field."""


def forbidden(version: Version, profile: Profile, entity: str) -> frozenset[str]:
    """Return the names of the elements that may not stand in `entity` (`leerling`, `leerkracht`, …)."""
    return frozenset(
        field.removeprefix(f"{entity}/")
        for field, rule in PROFILES[version, profile].items()
        if rule is Rule.FORBIDDEN and field.startswith(f"{entity}/") and field.count("/") == 1
    )

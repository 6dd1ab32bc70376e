"""Which fields may travel: the profiles by version, as sets of field names (uwlr.md §4.1, §4.2).

What a profile does not name is forbidden in it. The leaky mode adds forbidden fields on purpose, so that a client can
prove that it drops them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Profile(StrEnum):
    """What a caller is given."""

    NARROW = "smalle-set"
    """For method-bound learning and tests."""
    LVS = "lvs-set"
    """For pupil tracking and nationally normed tests."""
    PARNASSYS = "parnassys"
    """As ParnasSys' leaflet to partners: the LVS-set with teachers' e-mail, and never part of a citizen number."""


class Version(StrEnum):
    """The xsdversies this server can answer in."""

    V21 = "2.1"
    V22 = "2.2"
    V23 = "2.3"


_PLACED = frozenset(["jaargroep", "groep", "samengestelde_groepen"])
_NAMED = frozenset(["achternaam", "voorvoegsel", "roepnaam"])
_NARROW = _PLACED | _NAMED | {"geboortedatum"}
_LVS = _NARROW | {"voorletters-1", "geslacht", "bsn_ondwnr-4"}

PUPIL_FIELDS: Mapping[tuple[Profile, bool], frozenset[str]] = {
    (Profile.NARROW, False): _NARROW,
    (Profile.NARROW, True): _NARROW - {"geboortedatum"},
    (Profile.LVS, False): _LVS,
    (Profile.LVS, True): _LVS - {"voorletters-1", "bsn_ondwnr-4"},
    (Profile.PARNASSYS, False): _LVS - {"bsn_ondwnr-4"},
    (Profile.PARNASSYS, True): _LVS - {"voorletters-1", "bsn_ondwnr-4"},
}
"""By profile and whether the version is 2.3."""

_TEACHER = _NAMED | {"groepen"}

TEACHER_FIELDS: Mapping[Profile, frozenset[str]] = {
    Profile.NARROW: _TEACHER | {"emailadres"},
    Profile.LVS: _TEACHER,
    Profile.PARNASSYS: _TEACHER | {"emailadres"},
}

LEAKED_PUPIL_FIELDS = frozenset(
    ["voornamen", "gebruikersnaam", "emailadres", "fotourl", "etniciteit", "bsn", "postcodenl", "instroomdatum"]
)
LEAKED_TEACHER_FIELDS = frozenset(["voornamen", "voorletters-1", "gebruikersnaam", "rol"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How an answer is written."""

    profile: Profile = Profile.PARNASSYS
    version: Version = Version.V22
    quirks: bool = False
    """As real systems do: other element order, empty elements, ECK iDs missing, times without offset (uwlr.md §9)."""
    leaky: bool = False
    """Forbidden fields travel along."""
    eckid_only: bool = False
    """In 2.3: no LAS key beside an ECK iD."""

    @property
    def pupil_fields(self) -> frozenset[str]:
        """Elements a pupil may have."""
        allowed = PUPIL_FIELDS[self.profile, self.version is Version.V23]
        if self.leaky:
            return (allowed - {"bsn_ondwnr-4"}) | LEAKED_PUPIL_FIELDS
        return allowed

    @property
    def teacher_fields(self) -> frozenset[str]:
        """Elements a teacher may have."""
        allowed = TEACHER_FIELDS[self.profile]
        return allowed | LEAKED_TEACHER_FIELDS | {"emailadres"} if self.leaky else allowed


def profile_of(dataset: str, default: Profile) -> Profile:
    """Read a gegevenssetid: `Smalle-set…` and `LVS-set…` choose a profile, anything else the default."""
    wanted = dataset.lower().replace("_", "-").replace(" ", "-")
    return next((profile for profile in (Profile.NARROW, Profile.LVS) if wanted.startswith(profile)), default)

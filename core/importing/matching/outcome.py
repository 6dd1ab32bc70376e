"""What matching says about an incoming record: a decision, how sure, between which candidates, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.language import N_

MAX_CANDIDATES = 5


class Field(StrEnum):
    """What was compared; the value is the word on screen and in match files."""

    SURNAME = N_("achternaam")
    FIRST_NAME = N_("roepnaam")
    INITIALS = N_("voorletters")
    BORN = N_("geboortedatum")
    SEX = N_("geslacht")
    YEAR = N_("jaargroep")
    GROUP = N_("groep")
    NAME = N_("naam")
    EMAIL = N_("e-mailadres")
    PUPILS = N_("leerlingen")
    TWIN = N_("tweeling")
    """That somebody else may fit as well: a brother or sister of the same age."""
    KNOWN = N_("herkenning")
    """A key or an earlier decision, not a likeness."""
    PRIOR = N_("vooraf")
    """Before looking at the pair: how likely two records taken at random belong together."""


class Ground(StrEnum):
    """On what the best candidate rests, strongest first (issue order: keys, then people, then likeness)."""

    LINKED_BEFORE = N_("eerder gekoppeld")
    ECK_ID = N_("ECK iD")
    LAS_KEY = N_("sleutel ParnasSys")
    OLD_NUMBER = N_("oud extern nummer")
    REMEMBERED = N_("eerder door een mens gekoppeld")
    LIKENESS = N_("gelijkenis")
    NOTHING = N_("geen kandidaat")


class Flag(StrEnum):
    """What a person must know before saying yes, the most telling first; each but MISSING forbids an automatic link."""

    TWIN = N_("tweeling?")
    NAMESAKE = N_("naamgenoot")
    SWAPPED = N_("voor- en achternaam verwisseld?")
    KEY_DOUBTED = N_("sleutel bekend, maar misschien van een ander")
    KEYS_DISAGREE = N_("sleutels wijzen naar verschillende personen")
    SHARED_EMAIL = N_("e-mailadres van meer mensen")
    CLOSE_CALL = N_("tweede kandidaat dichtbij")
    CLAIMED_TWICE = N_("door meer records opgeëist")
    SPLIT = N_("groep gesplitst?")
    PARTED = N_("eerder gezegd: niet dezelfde")
    """Under this key, or of this person under another key."""
    RENUMBERED = N_("al gekoppeld onder een andere sleutel")
    """And no equal birth date, of a teacher no equal address, that says it is the same one."""
    DOUBLE = N_("dubbel in ParnasSys?")
    """Sent twice under two keys, and this one is not linked yet."""
    VAGUE = N_("eerder gekoppeld, niet bekend wie")
    THIN = N_("te weinig gegevens")
    """The fields that are there cannot carry an automatic link."""
    MISSING = N_("gegevens ontbreken")
    """Fields that would have helped are missing; named in the reasons. Forbids nothing by itself."""

    @classmethod
    def _missing_(cls, value: object) -> Flag | None:
        """Read what a stored review of before called otherwise."""
        return cls.KEY_DOUBTED if value == "sleutel bekend, maar naam en geboortedatum anders" else None

    @property
    def forbids(self) -> bool:
        """Whether a record with this flag is never linked automatically."""
        return self is not Flag.MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What comparing one field said."""

    field: Field
    level: str
    """Name of the level of agreement, stable, for machines: `gelijk`, `een letter`, `dag en maand omgedraaid`, …"""
    weight: float
    """In bits: log2 of how much likelier this is for one person than for two. Positive speaks for, negative against."""
    because: str
    """The same in a Dutch sentence part for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An existing record that the incoming one may be."""

    existing: str
    """Id of the record in the test centre: a GroupId, TeacherId or PupilId."""
    probability: float
    """0..1: that it is this one, in competition with all others on both sides."""
    weight: float
    """Total in bits: the sum of the weights in `reasons`."""
    reasons: tuple[Agreement, ...]
    """Field by field, the prior last."""
    flags: frozenset[Flag] = frozenset()
    """Of this pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auto:
    """Sure enough to link without asking."""

    existing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggest:
    """Likely enough to propose; a person decides."""

    existing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class New:
    """No existing record is likely enough."""


Decision = Auto | Suggest | New


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The outcome for one incoming record."""

    incoming: str
    """Its reference (an IncomingRef), or its id in a match file."""
    decision: Decision
    ground: Ground
    probability: float
    """0..1: of the existing record of the decision being right; for New, of being new."""
    candidates: tuple[Candidate, ...] = ()
    """Best first, at most five."""
    flags: frozenset[Flag] = frozenset()
    missing: tuple[Field, ...] = ()
    """Fields that could not be compared with the best candidate."""

    @property
    def existing(self) -> str | None:
        """Id of the existing record decided for; None when new."""
        return None if isinstance(self.decision, New) else self.decision.existing

    @property
    def best(self) -> Candidate | None:
        """The first candidate."""
        return self.candidates[0] if self.candidates else None

    @property
    def runner_up(self) -> Candidate | None:
        """The second candidate."""
        return self.candidates[1] if len(self.candidates) > 1 else None

    @property
    def reasons(self) -> tuple[Agreement, ...]:
        """Why the best candidate is the best, field by field."""
        return self.candidates[0].reasons if self.candidates else ()

    @property
    def weight(self) -> float:
        """Total weight of the best candidate in bits; 0 without one."""
        return self.candidates[0].weight if self.candidates else 0.0


def total(reasons: Iterable[Agreement]) -> float:
    """Return the sum of the weights in bits: what `Candidate.weight` is by definition."""
    return sum(reason.weight for reason in reasons)

"""What ParnasSys sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.model.identity import EckId, IncomingRef, LasKey, SchoolId, SchoolYear, Sex, ref_of
from core.model.person import PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingGroup:
    """A group as ParnasSys sent it."""

    key: LasKey
    name: str
    year: str = ""
    """Jaargroep code of uwlr.md §3.6 (`1`…`8`, `C`, `S`, …); empty for a samengestelde groep."""
    composite: bool = False
    """Whether it is a samengestelde groep (a sub-group) instead of a stamgroep."""

    @property
    def ref(self) -> IncomingRef:
        """Identity for decisions."""
        return ref_of(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingTeacher:
    """A teacher as ParnasSys sent it. At least one of `key` and `eckid` is present."""

    key: LasKey | None = None
    eckid: EckId | None = None
    name: PersonName
    email: str = ""
    groups: tuple[LasKey, ...] = ()
    roles: tuple[str, ...] = ()
    """Role codes or descriptions; unknown ones are kept as text (uwlr.md §3.6)."""

    @property
    def ref(self) -> IncomingRef:
        """Identity for decisions."""
        return ref_of(self.key) if self.key else IncomingRef(f"eck:{self.eckid}")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPupil:
    """A pupil as ParnasSys sent it. At least one of `key` and `eckid` is present."""

    key: LasKey | None = None
    eckid: EckId | None = None
    name: PersonName
    born: date | None = None
    """Absent in the 2.3 smalle set."""
    sex: Sex = Sex.UNKNOWN
    year_group: str = ""
    """Jaargroep code; empty = not sent."""
    group: LasKey | None = None
    """The one stamgroep."""
    extra_groups: tuple[LasKey, ...] = ()
    """Samengestelde groepen."""

    @property
    def ref(self) -> IncomingRef:
        """Identity for decisions."""
        return ref_of(self.key) if self.key else IncomingRef(f"eck:{self.eckid}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """Whether absence from an answer means anything (workflow.md §3: only when the answer is whole)."""

    whole: bool
    doubts: tuple[str, ...] = ()
    """Dutch sentences saying why it is not whole; empty when it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """One answer of ParnasSys: everything it holds of one school in one school year."""

    school: SchoolId
    school_year: SchoolYear
    received: datetime
    """When we received it, aware."""
    as_of: date | None = None
    """Peildatum."""
    created: datetime | None = None
    """Aanmaakdatum; to be sent back as `laatstontvangengegevens`."""
    completeness: Completeness
    groups: tuple[IncomingGroup, ...] = ()
    teachers: tuple[IncomingTeacher, ...] = ()
    pupils: tuple[IncomingPupil, ...] = ()
    dropped_fields: tuple[str, ...] = ()
    """Names (never values) of forbidden fields that arrived and were dropped (uwlr.md §8)."""

"""What the test centre holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.model.identity import EckId, GroupId, IncomingRef, LasKey, PupilId, Sex, TeacherId
from core.model.person import PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAs:
    """The ParnasSys identity a record is linked to through this connection."""

    key: LasKey | None = None
    eckid: EckId | None = None

    @property
    def ref(self) -> IncomingRef:
        """The identity as the incoming records have it."""
        return IncomingRef(f"las:{self.key}" if self.key else f"eck:{self.eckid}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group in the test centre."""

    id: GroupId
    name: str
    year: str = ""
    composite: bool = False
    active: bool = True
    external: str = ""
    """Extern nummer: the number of an earlier or this link; must be empty before applying (workflow.md §2.4)."""
    linked: LinkedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A teacher account in the test centre."""

    id: TeacherId
    name: PersonName
    email: str = ""
    groups: tuple[GroupId, ...] = ()
    active: bool = True
    external: str = ""
    linked: LinkedAs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """A pupil in the test centre. Deactivated pupils keep their results."""

    id: PupilId
    name: PersonName
    born: date | None = None
    sex: Sex = Sex.UNKNOWN
    year_group: str = ""
    group: GroupId | None = None
    extra_groups: tuple[GroupId, ...] = ()
    active: bool = True
    inactive_since: date | None = None
    """Since when the pupil is deactivated; None = active, or not known."""
    external: str = ""
    eckid: EckId | None = None
    linked: LinkedAs | None = None
    parted: tuple[LasKey, ...] = ()
    """Keys it was linked to that are another child's, as the ECK iD showed: results may stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everything the test centre holds of one school."""

    groups: tuple[Group, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    pupils: tuple[Pupil, ...] = ()

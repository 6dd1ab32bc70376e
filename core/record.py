"""What is kept of one school in one file: what must change together, changes together (architecture.md, Storage)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.history import HeldImport, ImportDone, KeptNumbers, Remembered
from core.linking.link import Link
from core.model import PupilId, Register, School, TeacherId


@dataclass(frozen=True, slots=True, kw_only=True)
class PullNote:
    """What is known of the last answer of ParnasSys that was processed."""

    at: datetime
    created: datetime | None = None
    """Its aanmaakdatum: what the next call sends as `laatstontvangengegevens`."""
    whole: bool = True
    handled: str = ""
    """The review and revision that the night has dealt with; another one is still to be done, also after a kill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What this school wants handled with care (workflow.md §3)."""

    never_touch_pupils: frozenset[PupilId] = frozenset()
    never_touch_teachers: frozenset[TeacherId] = frozenset()
    additions_only: bool = False
    staged: bool = False
    """Retrieve in steps (HaalStructuur, HaalLeerlingen, HaalLeerkrachten) instead of all in one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecord:
    """One school: its link, everything the test centre holds of it, and the course of its imports.

    An import is committed by replacing this one record: register, change set, review closed and link active together.
    """

    school: School
    link: Link | None = None
    register: Register = Register()
    open_review: str = ""
    """Id of the review in progress; empty = none. A stored review with another id is over."""
    last_pull: PullNote | None = None
    imports: tuple[ImportDone, ...] = ()
    """Committed imports, oldest first; the last one holds what is needed to roll it back."""
    held: HeldImport | None = None
    """A nightly import that met a guard and waits for approve or discard."""
    kept_numbers: KeptNumbers | None = None
    """External numbers put aside when they were cleared; undo is possible until the next import."""
    remembered: Remembered = Remembered()
    care: Care = Care()
    edition: int = 0
    """Goes up when the register changes other than by an import or by hand: a review of before is refreshed first."""

    def with_register(self, register: Register) -> SchoolRecord:
        """Return the record in its next edition; the next pull asks for everything."""
        return replace(self, register=register, edition=self.edition + 1, last_pull=None)

"""What happens to one school in a night: what goes before (pull and safe changes), then its results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.desk.actor import Actor, unknown_school
from core.desk.checking import with_key
from core.desk.office import Office, archive_of
from core.errors import KoppeldeskError, SchoolMustAct, TryLater, WeMustAct
from core.linking.link import LinkState
from core.model import LinkAddress, SchoolId, SchoolYear, Secret
from core.nightly import Progress
from core.record import SchoolRecord
from core.scores.catalogue import Catalogue
from core.scores.export import Export
from core.scores.selection import sender_of


class NightStep(Protocol):
    """Something that goes before the results, once per school and run."""

    async def __call__(self, actor: Actor, school: SchoolId, progress: Progress) -> None:
        """Do it and leave in `progress` what came of it."""
        ...


CallReport = Callable[[Actor, SchoolId, KoppeldeskError | None], None]
"""Is told how calls to ParnasSys went: a refusal disturbs the link, the next success (None) mends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightVisit:
    """One school's night (`core.nightly.Visit`)."""

    office: Office
    actor: Actor
    export: Export
    catalogue: Catalogue
    steps: Sequence[NightStep] = ()
    report: CallReport = lambda _actor, _school, _error: None

    async def __call__(self, school: SchoolId, progress: Progress, go_on: Callable[[], bool]) -> bool:
        """Do everything for this school; return False when there was no time for all of it."""
        try:
            finished = await self._do(school, progress, go_on)
        except (SchoolMustAct, WeMustAct) as error:
            self.report(self.actor, school, error)
            raise
        return finished

    async def _do(self, school: SchoolId, progress: Progress, go_on: Callable[[], bool]) -> bool:
        if not progress.pulled:
            for step in self.steps:
                await self._before(step, school, progress)
            progress.pulled = True
        link = self._record(school).link
        if link is None or link.state not in (LinkState.ACTIVE, LinkState.DISTURBED):
            return True
        finished = await self.export.run(
            school,
            self.office.store.ledger(school),
            archive_of(self.office, school),
            lambda: sender_of(self._record(school), self.office.clock.now().date(), self.catalogue),
            lambda year: self._address(school, year),
            progress.tally,
            go_on,
        )
        answered = progress.tally.confirmed or (self.steps and progress.problem is None)
        if link.state is LinkState.DISTURBED and answered:
            self.report(self.actor, school, None)
        return finished

    async def _before(self, step: NightStep, school: SchoolId, progress: Progress) -> None:
        """Do the step; what is wrong with the school's data there does not hold up its results."""
        try:
            await step(self.actor, school, progress)
        except (TryLater, SchoolMustAct):
            raise
        except KoppeldeskError as error:
            progress.problem = error

    def _record(self, school: SchoolId) -> SchoolRecord:
        record = self.office.store.record(school).read()
        if record is None:
            raise unknown_school(school)
        return record

    def _address(self, school: SchoolId, year: SchoolYear) -> LinkAddress:
        """Return where the next message goes; a key that was renewed during the run is the new one."""
        key = with_key(self._record(school)).sealed_key
        return LinkAddress(school=school, school_year=year, key=Secret(self.office.vault.open(school, key)))

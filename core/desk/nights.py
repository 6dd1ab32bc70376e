"""The nightly run as a use case, and the last nights at a glance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import UTC, timedelta

from core.desk.actor import Act, Actor
from core.desk.night_letters import tell_school
from core.desk.night_visit import CallReport, NightStep, NightVisit
from core.desk.office import Office
from core.desk.pace import PACE, Pace, open_line, set_for_many_schools
from core.desk.scores import ScoreDesk
from core.errors import Damaged, DiskFull, KoppeldeskError, RefusedByState, TryLater, UnreadableInput
from core.language import N_, _, in_dutch
from core.linking.link import LinkState
from core.model import SchoolId
from core.night import KEPT, Ending, Night, SchoolNight
from core.nightly import Run, Stop
from core.scores.export import Export
from core.scores.ledger import State
from core.scores.packing import Packer
from core.scores.reasons import Explanation, Reason, explain

WORKS = frozenset({LinkState.APPROVED.value, LinkState.ACTIVE.value, LinkState.DISTURBED.value})
"""Links that the night visits: a disturbed one recovers on its next success (workflow.md §2.6).

An approved one has nothing to send yet, but what it can import is fetched and the school gets its letter (§3).
"""
RESUMES = timedelta(hours=12)
"""A run that was cut off less than this ago is gone on with, instead of begun anew."""


Watch = Callable[[SchoolNight, int, int], None]
"""Told of each school as it ends, with how many are done and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightPage:
    """One night in full."""

    night: Night
    schools: tuple[SchoolNight, ...]
    """As each ended last, in the order they were finished."""


def _nobody(_actor: Actor, _school: SchoolId, _error: KoppeldeskError | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NightCause:
    """Why results were rejected, or wait because they may stand with another child, over all schools of a night."""

    reason: Reason
    explanation: Explanation
    results: int
    schools: tuple[SchoolId, ...]


class NightDesk:
    """Runs a night, and shows the nights there were."""

    def __init__(
        self, office: Office, scores: ScoreDesk, *, steps: Sequence[NightStep] = (), report: CallReport = _nobody
    ) -> None:
        self._office = office
        self._scores = scores
        self._steps = steps
        self._report = report

    def last(self, actor: Actor, count: int = 7) -> Sequence[Night]:
        """Return the last nights, the newest first. One that is running or was killed shows how far it came."""
        self._office.require(actor, Act.LOOK)
        return self._office.store.nights().last(count)

    def page(self, actor: Actor, night: str) -> NightPage:
        """Return one night with its schools; an actor with schools of their own sees only those.

        Raises UnreadableInput when there is no such night.
        """
        if actor.everywhere:
            self._office.require(actor, Act.LOOK)
        book = self._office.store.nights()
        found = next((known for known in book.last(KEPT) if known.id == night), None)
        if found is None:
            raise UnreadableInput(_("Nacht {night} bestaat niet.").format(night=night))
        schools = {visit.school: visit for visit in book.schools(night) if actor.sees(visit.school)}
        return NightPage(night=found, schools=tuple(schools.values()))

    def causes(self, actor: Actor, night: str) -> tuple[NightCause, ...]:
        """Return what the schools with trouble in that night have rejected or with another child now, by cause.

        Another child comes first, then the cause with most results.
        """
        found: dict[Reason, dict[SchoolId, int]] = {}
        for visit in self.page(actor, night).schools:
            if visit.rejected or visit.elsewhere:
                for entry in self._office.store.ledger(visit.school).read():
                    if entry.state is State.REJECTED or entry.reason is Reason.OTHER_CHILD:
                        counts = found.setdefault(entry.reason, {})
                        counts[visit.school] = counts.get(visit.school, 0) + 1
        causes = [
            NightCause(
                reason=reason, explanation=explain(reason), results=sum(counts.values()), schools=tuple(sorted(counts))
            )
            for reason, counts in found.items()
        ]
        return tuple(sorted(causes, key=lambda c: (c.reason is not Reason.OTHER_CHILD, -c.results, c.reason)))

    async def run(
        self,
        actor: Actor,
        *,
        schools: Sequence[SchoolId] = (),
        pace: Pace = PACE,
        stop: Stop | None = None,
        watch: Watch = lambda _visit, _done, _planned: None,
    ) -> Night:
        """Visit every school with a working link, or only `schools`; return the night.

        Safe to kill and repeat: a run that was cut off is gone on with where it was. Raises RefusedByState when
        another run is busy in this data folder.
        """
        self._office.require(actor, Act.RUN_NIGHTLY)
        stop = stop or Stop(self._office.clock)
        book = self._office.store.nights()
        with book.hold() as free:
            if not free:
                raise RefusedByState(
                    _("Er is al een nachtelijke run bezig in deze gegevensmap."),
                    todo=_("Wacht tot die klaar is; koppeldesk nightly gaat daarna verder."),
                )
            night, wanted, resumed = self._plan(schools)
            book.begin(night)
            self._office.note(actor, Act.RUN_NIGHTLY, subject=night.id, to=str(len(wanted)))
            visits, writable = 0, True
            aside = copy_context()

            def done(visit: SchoolNight) -> None:
                nonlocal night, visits, writable
                visits += 1
                try:
                    # The letter first: a school that is in the book is not visited again by a run that goes on.
                    visit = self._told(night, visit, resumed=resumed)
                    book.note(night.id, visit)
                except (Damaged, TryLater) as error:
                    # What was sent is in the ledgers; the next run visits the school again, and tells.
                    writable = False
                    if visit.ending is not Ending.STOPPED:
                        visit = replace(visit, ending=Ending.UNREACHED, problem=error.what, todo=error.todo)
                    full = isinstance(error, DiskFull)
                    stop.ask(N_("de schijf is vol") if full else N_("de gegevensmap is niet te schrijven"))
                night = night.with_school(visit)
                aside.run(watch, visit, visits, len(wanted))

            run = Run(
                self._visit(actor, pace),
                clock=self._office.clock,
                chance=self._office.chance,
                stop=stop,
                patience=pace.patience,
                concurrency=pace.concurrency,
                seconds_a_school=pace.seconds_a_school,
            )
            with set_for_many_schools():
                async with open_line(self._office.las):
                    with in_dutch():
                        await run.over(wanted, done)
            night = replace(night, finished=self._office.clock.now(), stopped=stop.reason)
            with nullcontext() if writable else suppress(Damaged, TryLater):
                book.end(night)
        return night

    def _told(self, night: Night, visit: SchoolNight, *, resumed: bool) -> SchoolNight:
        """Write what this school must know; return the visit, failed when that cannot be done. Raises DiskFull."""
        try:
            tell_school(self._office, night, visit, resumed=resumed)
        except DiskFull:
            raise
        except (Damaged, TryLater) as error:
            trouble = (visit.problem, visit.todo) if visit.problem else (error.what, error.todo)
            return replace(visit, ending=Ending.FAILED, problem=trouble[0], todo=trouble[1])
        return visit

    def _visit(self, actor: Actor, pace: Pace) -> NightVisit:
        catalogue = self._scores.catalogue
        export = Export(
            courier=self._office.las,
            packer=Packer(catalogue),
            clock=self._office.clock,
            most=pace.most_in_a_message,
        )
        return NightVisit(
            office=self._office,
            actor=actor,
            export=export,
            catalogue=catalogue,
            steps=self._steps,
            report=self._report,
        )

    def _plan(self, schools: Sequence[SchoolId]) -> tuple[Night, list[SchoolId], bool]:
        """Return the night, the schools that are to be visited, and whether a run before this one was cut off."""
        book = self._office.store.nights()
        now = self._office.clock.now()
        # Ids sort by time, whatever the clock on the wall does in October.
        name = now.astimezone(UTC).strftime("%Y%m%d-%H%M%S-%f")
        if schools:
            wanted = sorted(set(schools))
            return Night(id=name, started=now, planned=len(wanted), partial=True), wanted, False
        wanted = [line.id for line in self._office.store.lines() if line.state in WORKS]
        before = next(iter(book.last(1)), None)
        if before is None or not before.cut_off or now - before.started > RESUMES:
            return Night(id=name, started=now, planned=len(wanted)), wanted, False
        night = Night(id=before.id, started=before.started, planned=before.planned)
        visited = {visit.school: visit for visit in book.schools(before.id) if visit.ending in SETTLED}
        for visit in visited.values():
            night = night.with_school(visit)
        return night, [school for school in wanted if school not in visited], True


SETTLED = frozenset({Ending.DONE, Ending.ATTENTION, Ending.HELD, Ending.DISTURBED, Ending.FAILED})
"""Endings that a resumed run does not try again."""

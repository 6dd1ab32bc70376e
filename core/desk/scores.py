"""The use cases around results: read in, look, correct, send the previous school year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path

import core
from core.desk.actor import Act, Actor
from core.desk.intake import Intake, IntakeReport
from core.desk.levels import GroupLevels, levels_of
from core.desk.office import Office, archive_of
from core.desk.result_rows import ALL, Cause, Course, ResultRow, Wanted, causes_of, row_maker, rows_of
from core.errors import RefusedByGuard, RefusedByState, UnreadableInput
from core.language import _
from core.model import SchoolId, SchoolYear
from core.scores.catalogue import Catalogue
from core.scores.ledger import Entry, Ledger, Resend, State, Step
from core.scores.message import ResultKey
from core.scores.reasons import Reason, explain

PROGRAM_TESTS = Path(core.__file__).parent.parent / "fixtures" / "tests"
"""The definitions that come with the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The results of a school."""

    school: SchoolId
    name: str
    counts: dict[State, int]
    """Of all results of the school that are not put away, whatever the filter."""
    put_away: tuple[SchoolYear, ...]
    """School years that are over and whose results are put away; they are shown when that year is asked for."""
    rows: tuple[ResultRow, ...]
    causes: tuple[Cause, ...]
    resends: tuple[Resend, ...]
    elsewhere: int
    """How many may stand with another child in ParnasSys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendPlan:
    """What sending an earlier school year would release."""

    school: SchoolId
    year: SchoolYear
    results: int
    pupils: int


class ScoreDesk:
    """Results, school by school. `catalogue` gives the tests; by default those of the setting `tests`."""

    def __init__(self, office: Office, catalogue: Catalogue | None = None) -> None:
        self._office = office
        if catalogue is not None:
            self.catalogue = catalogue

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every test there is a definition of; read when first needed. Raises UnreadableInput."""
        return Catalogue.of_folder(Path(self._office.settings.tests or PROGRAM_TESTS))

    def import_csv(self, actor: Actor, content: bytes, *, name: str, dry_run: bool = False) -> IntakeReport:
        """Read a results file in, whole or not at all; a dry run tells the same and stores nothing.

        What is wrong in the file is in the report, by line and column, and then nothing is stored. Reading the same
        file in again changes nothing, so a file that was interrupted half-way through its schools is simply repeated.
        """
        return self._intake.file(actor, content, name=name, dry_run=dry_run)

    def add(self, actor: Actor, school: SchoolId, form: Mapping[str, str]) -> ResultRow:
        """Add one result from a form whose fields are the columns of a results file, `brin` left out.

        Raises UnreadableInput naming the field. A result that is known already gets the new value.
        """
        return self._intake.form(actor, school, form)

    @cached_property
    def _intake(self) -> Intake:
        return Intake(self._office, lambda: self.catalogue)

    def status(self, actor: Actor, school: SchoolId, wanted: Wanted = ALL) -> Status:
        """Return the school's results with their states, those that are wanted as rows."""
        record = self._office.record(actor, Act.LOOK, school)
        ledger = self._office.store.ledger(school).read()
        shown = ledger if wanted.year is None else self._of_year(school, ledger, wanted.year)
        return Status(
            school=school,
            name=record.school.name,
            counts=ledger.counts(),
            put_away=ledger.put_away.years,
            rows=rows_of(shown, record.register, self.catalogue, wanted),
            causes=causes_of(ledger),
            resends=ledger.resends,
            elsewhere=len(ledger.elsewhere()),
        )

    def history(self, actor: Actor, school: SchoolId, key: ResultKey) -> Course:
        """Return everything that happened to one result. Raises UnreadableInput when there is no such result."""
        record = self._office.record(actor, Act.LOOK, school)
        ledger = self._office.store.ledger(school).read()
        away = archive_of(self._office, school).entries(ledger)
        entry = ledger.entries.get(key) or next((entry for entry in away if entry.key == key), None)
        if entry is None:
            raise _no_result(key)
        row = row_maker(record.register, self.catalogue)(entry)
        return Course(row=row, steps=tuple((step, explain(step.reason)) for step in entry.history))

    def levels(self, actor: Actor, school: SchoolId, year: SchoolYear | None = None) -> tuple[GroupLevels, ...]:
        """Return how each group did on each test in a school year; by default the present one."""
        record = self._office.record(actor, Act.LOOK, school)
        wanted = year or SchoolYear.of(self._today())
        ledger = self._office.store.ledger(school).read()
        return levels_of(self._of_year(school, ledger, wanted), record.register)

    def _of_year(self, school: SchoolId, ledger: Ledger, year: SchoolYear) -> Iterator[Entry]:
        """Yield the results of a school year, put away or not."""
        away = archive_of(self._office, school).entries(ledger, (year,))
        return (entry for entry in chain(away, ledger) if entry.result.taken in year)

    def resend_plan(self, actor: Actor, school: SchoolId, year: SchoolYear) -> ResendPlan:
        """Return what sending this earlier school year would release. Raises RefusedByState for any but the last."""
        self._office.record(actor, Act.RESEND_RESULTS, school)
        this_year = SchoolYear.of(self._today())
        if year != this_year.previous:
            raise RefusedByState(
                _("Alleen het vorige schooljaar ({year}) kan alsnog verzonden worden.").format(year=this_year.previous),
                todo=_("Het huidige schooljaar gaat vanzelf; oudere jaren worden niet meer verzonden."),
            )
        ledger = self._office.store.ledger(school).read()
        released = [
            e for e in ledger if _kept_for_year(e, year) or (e.state is State.WAITING and e.result.taken in year)
        ]
        return ResendPlan(
            school=school,
            year=year,
            results=len(released),
            pupils=len({entry.result.pupil for entry in released}),
        )

    def resend(self, actor: Actor, school: SchoolId, year: SchoolYear, *, confirm: str, why: str = "") -> ResendPlan:
        """Release the results of the previous school year: the next run sends them.

        `confirm` is the BRIN, typed; without it RefusedByGuard. Recorded in the ledger and the audit log.
        """
        plan = self.resend_plan(actor, school, year)
        if not school.is_typed(confirm):
            raise RefusedByGuard(
                _("Dit verzendt {results} resultaten van schooljaar {year} naar ParnasSys.").format(
                    results=plan.results, year=year
                ),
                todo=_("Typ {brin} om het te bevestigen.").format(brin=school.brin),
            )
        at = self._office.clock.now()
        self._office.note(actor, Act.RESEND_RESULTS, school, subject=str(year), to=str(plan.results), why=why)
        with self._office.store.ledger(school).edit() as draft:
            step = Step(at=at, to=State.WAITING, reason=Reason.RESEND, by=actor.name)
            ledger = draft.value.with_entries(e.moved(step) for e in draft.value if _kept_for_year(e, year))
            draft.value = replace(ledger, resends=(*ledger.resends, Resend(year=year, at=at, by=actor.name)))
        return plan

    def try_again(self, actor: Actor, school: SchoolId, keys: Iterable[ResultKey]) -> int:
        """Offer results again that were rejected; return how many were."""
        step = Step(at=self._office.clock.now(), to=State.WAITING, reason=Reason.TRY_AGAIN, by=actor.name)
        return self._move(actor, school, keys, step, lambda e: e.state is State.REJECTED)

    def withdraw(self, actor: Actor, school: SchoolId, keys: Iterable[ResultKey]) -> int:
        """Take back results that never reached ParnasSys; return how many. UWLR cannot delete (uwlr.md §6.1)."""
        step = Step(at=self._office.clock.now(), to=State.EXPIRED, reason=Reason.WITHDRAWN, by=actor.name)
        stays = frozenset({State.WAITING, State.HELD, State.REJECTED})
        return self._move(actor, school, keys, step, lambda e: e.state in stays and not e.stands_under)

    def _move(
        self, actor: Actor, school: SchoolId, keys: Iterable[ResultKey], step: Step, fits: Callable[[Entry], bool]
    ) -> int:
        self._office.record(actor, Act.IMPORT_RESULTS, school)
        with self._office.store.ledger(school).edit() as draft:
            found = [entry for key in keys if (entry := draft.value.entries.get(key)) and fits(entry)]
            draft.value = draft.value.with_entries(entry.moved(step) for entry in found) if found else draft.value
        for entry in found:
            self._office.note(actor, Act.IMPORT_RESULTS, school, subject=entry.key, to=step.to.value)
        return len(found)

    def _today(self) -> date:
        return self._office.clock.now().date()


def _kept_for_year(entry: Entry, year: SchoolYear) -> bool:
    return (
        entry.state is State.HELD
        and entry.result.taken in year
        and entry.reason in (Reason.OTHER_YEAR, Reason.BEFORE_LINK)
    )


def _no_result(key: ResultKey) -> UnreadableInput:
    return UnreadableInput(
        _("Resultaat {key} bestaat op deze school niet.").format(key=key),
        todo=_("Zoek het resultaat in de lijst van de school."),
    )

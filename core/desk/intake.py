"""Results come in, from a file or a form: read, merged into the ledger, and held back at once when they cannot go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.desk.actor import Act, Actor
from core.desk.office import Office, archive_of
from core.desk.result_rows import ResultRow, row_maker
from core.model import Pupil, PupilId, SchoolId
from core.scores.catalogue import Catalogue
from core.scores.intake import Taken, read_form, read_results
from core.scores.ledger import Ledger
from core.scores.merge import merge
from core.scores.reasons import Reason
from core.scores.selection import linked_since, sender_of, sift
from core.sheet.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeReport:
    """What reading a file in did, or would do."""

    file: str
    dry_run: bool
    results: int
    new: int = 0
    corrected: int = 0
    known: int = 0
    """Lines that changed nothing, repeated lines included."""
    schools: int = 0
    closed: bool = False
    """Whether a closing line proves that nothing is missing at the end of the file."""
    problems: tuple[Problem, ...] = ()

    @property
    def stored(self) -> bool:
        """Whether the results are in the ledger now."""
        return not self.problems and not self.dry_run


class Intake:
    """The way in to the ledgers; the catalogue is read when it is needed, after the actor was found to be allowed."""

    def __init__(self, office: Office, catalogue: Callable[[], Catalogue]) -> None:
        self._office = office
        self._catalogue = catalogue

    def file(self, actor: Actor, content: bytes, *, name: str, dry_run: bool = False) -> IntakeReport:
        """Read a results file in, whole or not at all; see `ScoreDesk.import_csv`."""
        self._office.require(actor, Act.IMPORT_RESULTS)
        intake = read_results(
            content, catalogue=self._catalogue(), registers=_Registers(self._office, actor), today=self._today()
        )
        by_school: dict[SchoolId, list[Taken]] = {}
        for taken in intake.taken:
            by_school.setdefault(taken.school, []).append(taken)
        report = IntakeReport(
            file=name,
            dry_run=dry_run,
            results=len(intake.taken),
            known=intake.repeated,
            schools=len(by_school),
            closed=intake.closed,
            problems=intake.problems,
        )
        if report.problems:
            return report
        for school in sorted(by_school):
            report = self._take_in(actor, school, by_school[school], report)
        return report

    def form(self, actor: Actor, school: SchoolId, form: Mapping[str, str]) -> ResultRow:
        """Add one result from a form; see `ScoreDesk.add`."""
        record = self._office.record(actor, Act.IMPORT_RESULTS, school)
        taken = read_form(
            {**form, "brin": str(school)},
            catalogue=self._catalogue(),
            registers=_Registers(self._office, actor),
            today=self._today(),
        )
        results = [(taken.key, taken.result)]
        with self._office.store.ledger(school).edit() as draft:
            merged = merge(
                archive_of(self._office, school).with_known(draft.value, results),
                results,
                at=self._office.clock.now(),
                by=actor.name,
                source="",
                reason=Reason.ADDED,
            )
            draft.value = self._sifted(merged.ledger, school, self._office.clock.now())
        self._office.note(actor, Act.IMPORT_RESULTS, school, subject=taken.key)
        return row_maker(record.register, self._catalogue())(draft.value.entries[taken.key])

    def _take_in(self, actor: Actor, school: SchoolId, rows: list[Taken], report: IntakeReport) -> IntakeReport:
        document = self._office.store.ledger(school)
        results = [(taken.key, taken.result) for taken in rows]

        def merged_into(ledger: Ledger) -> Ledger:
            nonlocal report
            now = self._office.clock.now()
            known = archive_of(self._office, school).with_known(ledger, results)
            merged = merge(known, results, at=now, by=actor.name, source=report.file)
            report = replace(
                report,
                new=report.new + merged.new,
                corrected=report.corrected + merged.corrected,
                known=report.known + merged.known,
            )
            return self._sifted(merged.ledger, school, now) if merged.new or merged.corrected else ledger

        if report.dry_run:
            merged_into(document.read())
            return report
        with document.edit() as draft:
            draft.value = merged_into(draft.value)
        self._office.note(actor, Act.IMPORT_RESULTS, school, subject=report.file, to=str(len(rows)))
        return report

    def _sifted(self, ledger: Ledger, school: SchoolId, now: datetime) -> Ledger:
        """Hold back at once what cannot go, so that the status says so before the night."""
        record = self._office.store.record(school).read()
        if record is None or linked_since(record.link) is None:
            return ledger
        return sift(ledger, sender_of(record, now.date(), self._catalogue()), now)

    def _today(self) -> date:
        return self._office.clock.now().date()


class _Registers:
    """The pupils of the schools that this actor may see."""

    def __init__(self, office: Office, actor: Actor) -> None:
        self._office = office
        self._actor = actor

    def pupils(self, school: SchoolId) -> Mapping[PupilId, Pupil] | None:
        if not school.well_formed or not self._actor.sees(school):
            return None
        record = self._office.store.record(school).read()
        return None if record is None else {pupil.id: pupil for pupil in record.register.pupils}

"""Results from a CSV file (columns: fixtures/results/README.md): everything that is wrong is told, or all is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

from core.errors import UnreadableInput
from core.language import _
from core.model import Pupil, PupilId, SchoolId
from core.scores.catalogue import Catalogue
from core.scores.definition import Representation, Test
from core.scores.message import ResultKey
from core.scores.norming import FIFTHS, LETTERS, dl_at, norm, year_group_then
from core.scores.results import Normed, Result, TestCode, key_of
from core.sheet.dates import date_of
from core.sheet.lines import Closed, Line, lines_of
from core.sheet.problem import FileProblem, Problem

NEEDED = ("brin", "leerling", "toets", "versie", "afnamedatum", "score")
NORMED = ("vaardigheidsscore", "percentiel", "niveau", "dle", "normtabel")
COLUMNS = (*NEEDED, "onderdeel", "afname", "dl", *NORMED)

SCHOOLS_IN_MIND = 50
"""So many registers are kept while reading: a file of a whole country is sorted by school, or nearly."""


class Registers(Protocol):
    """What the intake asks about a school."""

    def pupils(self, school: SchoolId) -> Mapping[PupilId, Pupil] | None:
        """Return the school's pupils by id; None when there is no such school (for this actor)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One result from the file."""

    line: int
    school: SchoolId
    key: ResultKey
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What the file holds. With problems nothing of it may be stored."""

    taken: tuple[Taken, ...]
    problems: tuple[Problem, ...]
    repeated: int = 0
    """Lines that say again what an earlier line said."""
    closed: bool = False
    """Whether a closing line proves that nothing is missing at the end."""


class _Wrong(Exception):
    def __init__(self, column: str, what: str) -> None:
        super().__init__(column)
        self.column = column
        self.what = what


def read_results(content: bytes, *, catalogue: Catalogue, registers: Registers, today: date) -> Intake:
    """Read a whole file. Never raises for what is in it: every problem is in the answer, by line and column."""
    taken: dict[ResultKey, Taken] = {}
    problems: list[Problem] = []
    repeated, closed = 0, False
    reader = ResultReader(catalogue, registers, today)
    try:
        for line in lines_of(content, columns=COLUMNS, needed=NEEDED):
            if isinstance(line, Closed):
                closed = True
                continue
            if isinstance(line, Problem):
                problems.append(line)
                continue
            try:
                found = reader.read(line)
            except _Wrong as wrong:
                problems.append(Problem(line=line.number, column=wrong.column, what=wrong.what))
                continue
            before = taken.get(found.key)
            if before is None:
                taken[found.key] = found
            elif before.result == found.result:
                repeated += 1
            else:
                what = _("spreekt regel {line} tegen: zelfde leerling, toets en afname").format(line=before.line)
                problems.append(Problem(line=line.number, what=what))
    except FileProblem as error:
        problems.extend(error.problems)
    return Intake(taken=tuple(taken.values()), problems=tuple(problems), repeated=repeated, closed=closed)


def read_form(form: Mapping[str, str], *, catalogue: Catalogue, registers: Registers, today: date) -> Taken:
    """Read one result from fields named as the columns; UnreadableInput names the field that is wrong."""
    cells = {column: text.strip() for column, text in form.items() if column in COLUMNS}
    try:
        return ResultReader(catalogue, registers, today).read(Line(0, cells))
    except _Wrong as wrong:
        raise UnreadableInput(
            f"{wrong.column}: {wrong.what}.", todo=_("Verbeter dit veld en probeer het opnieuw.")
        ) from wrong


class ResultReader:
    """Turns lines into results."""

    def __init__(self, catalogue: Catalogue, registers: Registers, today: date) -> None:
        self._catalogue = catalogue
        self._registers = registers
        self._today = today
        self._schools: dict[SchoolId, Mapping[PupilId, Pupil] | None] = {}

    def read(self, line: Line) -> Taken:
        """Return the result on this line; raises _Wrong with the column."""
        school, pupil = self._pupil(line)
        test = self._test(line)
        taken = _date("afnamedatum", line.cell("afnamedatum"))
        if taken > self._today:
            raise _Wrong("afnamedatum", _("ligt in de toekomst"))
        raw = self._raw(line, test)
        result = Result(
            pupil=pupil.id,
            test=test.code,
            version=test.version,
            part=line.cell("onderdeel"),
            taken=taken,
            sitting=line.cell("afname"),
            raw=raw,
            normed=self._normed(line, test, raw, pupil, taken),
        )
        return Taken(line=line.number, school=school, key=key_of(school, result), result=result)

    def _pupil(self, line: Line) -> tuple[SchoolId, Pupil]:
        try:
            school = SchoolId.parse(line.cell("brin"))
        except ValueError as error:
            raise _Wrong("brin", _("geen BRIN zoals 12AB of 12AB-01")) from error
        if school not in self._schools:
            if len(self._schools) >= SCHOOLS_IN_MIND:
                self._schools.clear()
            self._schools[school] = self._registers.pupils(school)
        pupils = self._schools[school]
        if pupils is None:
            raise _Wrong("brin", _("school {school} is hier niet bekend").format(school=school))
        pupil = pupils.get(PupilId(line.cell("leerling")))
        if pupil is None:
            raise _Wrong("leerling", _("deze leerling is op {school} niet bekend").format(school=school))
        return school, pupil

    def _test(self, line: Line) -> Test:
        code = TestCode(line.cell("toets"))
        versions = self._catalogue.versions(code)
        if not versions:
            raise _Wrong("toets", _("deze toets is niet beschreven"))
        test = self._catalogue.find(code, line.cell("versie"))
        if test is None:
            raise _Wrong("versie", _("beschreven zijn: {versions}").format(versions=", ".join(versions)))
        part = line.cell("onderdeel")
        if part and test.part(part) is None:
            known = ", ".join(p.code for p in test.parts) or _("geen")
            raise _Wrong("onderdeel", _("onbekend; deze toets heeft: {known}").format(known=known))
        return test

    def _raw(self, line: Line, test: Test) -> int | None:
        text = line.cell("score")
        if not text:
            if test.representation is Representation.SCORE:
                raise _Wrong("score", _("ontbreekt; een ontbrekende score wordt nooit ingevuld"))
            if not line.cell("vaardigheidsscore"):
                raise _Wrong("score", _("score en vaardigheidsscore ontbreken; er is niets te verzenden"))
            return None
        return _whole("score", text, most=test.items_of(line.cell("onderdeel")))

    def _normed(self, line: Line, test: Test, raw: int | None, pupil: Pupil, taken: date) -> Normed:
        dl = _whole("dl", line.cell("dl"), most=120) if line.cell("dl") else None
        if any(line.cell(column) for column in NORMED):
            return _given(line, dl)
        if test.norms is None or raw is None or line.cell("onderdeel"):
            return Normed()
        if dl is None:
            dl = dl_at(year_group_then(pupil.year_group, self._today, taken), taken)
        return norm(test.norms, raw, dl)


def _given(line: Line, dl: int | None) -> Normed:
    """Return the normed values as the file gives them: what is missing stays missing."""
    table = line.cell("normtabel")
    if not table:
        raise _Wrong("normtabel", _("ontbreekt; genormeerde waarden horen bij een normtabel"))
    level = line.cell("niveau").upper()
    fifth = level if level in {name for _least, name in FIFTHS} else ""
    letter = level if level in {name for _least, name in LETTERS} else ""
    if level and not (fifth or letter):
        raise _Wrong("niveau", _("moet I t/m V of A t/m E zijn"))
    ability = line.cell("vaardigheidsscore")
    percentile, dle = line.cell("percentiel"), line.cell("dle")
    return Normed(
        ability=_decimal("vaardigheidsscore", ability) if ability else None,
        percentile=_whole("percentiel", percentile, most=100) if percentile else None,
        fifth=fifth,
        letter=letter,
        dl=dl,
        dle=_whole("dle", dle, most=60) if dle else None,
        table=table,
    )


def _decimal(column: str, text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ".") if text.count(",") <= 1 and "." not in text else text)
    except InvalidOperation as error:
        raise _Wrong(column, _("“{text}” is geen getal").format(text=text)) from error
    if not number.is_finite():
        raise _Wrong(column, _("“{text}” is geen getal").format(text=text))
    return number


def _whole(column: str, text: str, *, most: int) -> int:
    number = _decimal(column, text)
    if number != number.to_integral_value():
        raise _Wrong(column, _("{text} is geen geheel getal").format(text=text))
    if not 0 <= number <= most:
        raise _Wrong(column, _("{text} ligt niet tussen 0 en {most}").format(text=text, most=most))
    return int(number)


def _date(column: str, text: str) -> date:
    try:
        return date_of(text)
    except ValueError as error:
        raise _Wrong(column, str(error)) from error

"""The person of a scenario: knows who is who, puts every row right, and fills in what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from core.desk.actor import Actor
from core.importing.decisions import Category, GiveEmail, Place, RowKey, Step
from core.importing.rows import Row, Selection
from core.importing.session import ReviewSession
from core.language import _
from core.model import IncomingRef, Kind, Register, SchoolId
from tui.demo.stage import Stage
from tui.demo.truth import Truth


def decide_all(stage: Stage, boss: Actor, school: SchoolId) -> list[str]:
    """Decide every row of the review as the truth has it; return what the program had linked wrongly by itself."""
    imports = stage.desk.imports
    session = imports.open(boss, school)
    truth = Truth.read(stage.ask("GET", f"/schools/{school}/waarheid"))
    who = _people(truth, stage.desk.register.show(boss, school))
    rows = [row for kind in Kind for row in session.rows(Selection(kind=kind))]
    wrong = [
        row
        for row in rows
        if not row.doubt and row.existing and not truth.same(row.key, row.existing.id, who.get(row.key))
    ]
    steps = [step for row in rows for step in _right(session, row, who.get(row.key))]
    if steps:
        imports.decide(boss, session, steps)
    for number, problem in enumerate(session.problems(), 1):
        if problem.key.kind is Kind.TEACHER:
            email = f"leerkracht{number}.{session.seen}@school.example"
            imports.decide(boss, session, [GiveEmail(incoming=problem.key.incoming, email=email)])
    told = _("{kind}: {n} vanzelf aan de verkeerde gekoppeld")
    counts = {kind: sum(1 for row in wrong if row.key.kind is kind) for kind in Kind}
    return [told.format(kind=_(kind.value), n=count) for kind, count in counts.items() if count]


def _people(truth: Truth, register: Register) -> dict[RowKey, str | None]:
    """Return who is who: as the simulator tells, and for what came in by an earlier import, as it was linked then."""
    linked = dict(_linked(register))
    return {key: existing or linked.get(key) for key, existing in truth.who.items()}


def _linked(register: Register) -> Iterator[tuple[RowKey, str]]:
    for kind, records in (
        (Kind.GROUP, register.groups),
        (Kind.TEACHER, register.teachers),
        (Kind.PUPIL, register.pupils),
    ):
        for record in records:
            if record.linked is not None:
                yield RowKey(kind, IncomingRef(record.linked.ref)), record.id


def _right(session: ReviewSession, row: Row, existing: str | None) -> Iterator[Step]:
    """Yield the step that puts a row right; none when it is right and sure already."""
    if existing is None:
        if row.doubt or row.category is not Category.NEW:
            yield Place(kind=row.key.kind, incoming=row.key.incoming, category=Category.NEW)
    elif row.doubt or row.existing is None or row.existing.id != existing:
        yield session.steps.moved(row.key, Category.EXISTING, existing)

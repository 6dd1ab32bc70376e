"""A process that works on a store until it is killed, or a number of times: `python -m tests.core.store.clerk …`.

`work FOLDER` replaces a whole record and takes a decision, over and over, and says on standard output what is done.
`count FOLDER TIMES` adds one to a counter in the record, to the decisions, to the post and to the audit log.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from core.desk.actor import Act
from core.history import ChangeSet, ImportDone
from core.importing.decisions import Category, Choose, Place
from core.importing.review import Decision
from core.linking.link import LinkState
from core.mail.letters import RequestConfirmed
from core.mail.outbox import Outbox
from core.model import IncomingRef, Kind, PersonName, Pupil, PupilId, Register
from core.record import SchoolRecord
from tests.core.desk.office import SCHOOL, SERVICE, Bureau

PUPILS = 60
REVIEW = "r1"


def whole(number: int, record: SchoolRecord) -> SchoolRecord:
    """Return the record as commit `number` leaves it: every part of it bears the number."""
    pupils = tuple(Pupil(id=PupilId(f"p{i}"), name=PersonName(surname=str(number))) for i in range(PUPILS))
    changes = ChangeSet(pupils=tuple((None, pupil) for pupil in pupils[: 1 + number % 50]))
    done = ImportDone(id=str(number), at=Bureau(Path()).clock.now(), by="clerk", counts={}, changes=changes)
    link = replace(record.link, cause=str(number)) if record.link else None
    # The size goes up and down: a file that shrinks is where half a write shows.
    return replace(
        record,
        school=replace(record.school, name=str(number)),
        link=link,
        register=Register(pupils=pupils[: 10 + number % 50]),
        imports=(done,),
        open_review=f"{number}",
    )


def a_decision(number: int) -> Decision:
    """Return decision `number`."""
    step = Place(kind=Kind.PUPIL, incoming=IncomingRef(f"las:{number}"), category=Category.NEW)
    return Decision(
        id=str(number), at=Bureau(Path()).clock.now(), by="clerk", seen=number, what=Choose(steps=(step,) * 3)
    )


def work(folder: Path) -> None:
    """Commit and decide until killed."""
    bureau = Bureau(folder)
    log = bureau.store.decisions(SCHOOL, REVIEW)
    while True:
        with bureau.store.record(SCHOOL).edit() as draft:
            assert draft.value is not None
            number = int(draft.value.school.name) + 1
            bureau.office.note(SERVICE, Act.COMMIT, SCHOOL, to=str(number))
            draft.value = whole(number, draft.value)
        sys.stdout.write(f"commit {number}\n")
        taken = log.append(a_decision(sum(1 for _entry in log.read())))
        sys.stdout.write(f"decision {taken}\n")
        sys.stdout.flush()


def count(folder: Path, times: int) -> None:
    """Add one, `times` times, to everything that is shared."""
    bureau = Bureau(folder)
    post = Outbox(folder / "post.jsonl", bureau.clock)
    log = bureau.store.decisions(SCHOOL, REVIEW)
    for _time in range(times):
        with bureau.store.record(SCHOOL).edit() as draft:
            assert draft.value is not None
            number = int(draft.value.school.name) + 1
            draft.value = replace(draft.value, school=replace(draft.value.school, name=str(number)))
        log.append(a_decision(number))
        letter = RequestConfirmed(school=SCHOOL, school_name="x", about=str(number))
        post.send(letter, draft.value.school.administrators)
        bureau.office.note(SERVICE, Act.COMMIT, SCHOOL, to=str(number))


def prepare(folder: Path) -> Bureau:
    """Put a school at number 0 in the folder."""
    bureau = Bureau(folder)
    bureau.with_school(LinkState.ACTIVE, name="0")
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None
        draft.value = whole(0, draft.value)
    return bureau


if __name__ == "__main__":
    if sys.argv[1] == "work":
        work(Path(sys.argv[2]))
    else:
        count(Path(sys.argv[2]), int(sys.argv[3]))

"""Several processes decide in one review at the same time: nothing is lost and all see one end state."""

from __future__ import annotations

import multiprocessing
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.desk.actor import Actor, Role
from core.errors import RefusedByState
from core.importing.course import Course
from core.importing.decisions import Category, Choose
from core.model import Register
from tests.core.desk.import_school import a_register, an_answer
from tests.core.desk.office import ADMINISTRATOR, SCHOOL, SERVICE, Counted
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    a_group,
    a_roster,
    an_incoming_group,
    an_incoming_pupil,
    incoming_people,
    people,
    place,
    pupil,
)

PEOPLE, ACTS, ROWS = 4, 25, 9


def colleague(folder: Path, number: int) -> None:
    """Decide about rows at random, as fast as one can."""
    bureau = SchoolBureau(folder)
    assert isinstance(bureau.office.ids, Counted)
    bureau.office.ids.last = 1000 * (number + 1)
    actor = Actor(name=f"Collega {number}", role=Role.SERVICE)
    chance = random.Random(number)
    session = bureau.desk.imports.open(actor, SCHOOL)
    for _act in range(ACTS):
        row, category = f"p{chance.randrange(ROWS)}", chance.choice((Category.NEW, Category.SKIP))
        bureau.desk.imports.decide(actor, session, [place(pupil(row), category)])


async def test_four_people_deciding_at_once_lose_nothing_and_see_one_end_state(tmp_path: Path) -> None:
    roster = a_roster([an_incoming_group("g5", "Groep 5")], pupils=incoming_people(ROWS))
    bureau = a_bureau(tmp_path, roster, Register(groups=(a_group("G5", "Groep 5"),), pupils=people(ROWS)))
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    early = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=colleague, args=(tmp_path, number)) for number in range(PEOPLE)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0] * PEOPLE
    log = list(bureau.store.decisions(SCHOOL, early.review.id).read())
    assert len(log) == PEOPLE * ACTS
    assert len({entry.id for entry in log}) == PEOPLE * ACTS
    bureau.desk.imports.news(ADMINISTRATOR, early)
    late = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)
    rows = [pupil(f"p{number}") for number in range(ROWS)]
    assert [early.row(row) for row in rows] == [late.row(row) for row in rows]
    course = Course(log)
    waiting = {one.claim.decision for row in rows for one in course.overtaken.get(row, ())}
    for number, entry in enumerate(log):
        assert isinstance(entry.what, Choose)
        (step,) = entry.what.steps
        claim = course.place(step.key)
        followed = any(
            isinstance(later.what, Choose)
            and later.what.steps[0].key == step.key
            and (later.seen > number or later.by == entry.by)
            for later in log[number + 1 :]
        )
        assert entry.id in waiting or followed or (claim is not None and claim.step == step)


async def test_a_choice_made_on_a_screen_that_newer_data_overtook_is_not_taken_for_the_new_child(
    tmp_path: Path,
) -> None:
    """The key is the same, the child that stood there is not."""
    bureau = a_bureau(tmp_path, an_answer(), a_register())
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    others = tuple(one for one in an_answer().pupils if one.key != "p1")
    bureau.las.roster = an_answer(pupils=(*others, an_incoming_pupil("p1", "Zoë", "Zwart", born=date(2015, 1, 1))))
    await desk.pull(SERVICE, SCHOOL)
    with pytest.raises(RefusedByState):
        desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.EXISTING, "P1")])
    assert desk.open(SERVICE, SCHOOL).row(pupil("p1")).category is Category.NEW
    desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    assert desk.open(SERVICE, SCHOOL).row(pupil("p1")).category is Category.SKIP, "looked at again, it counts"


async def test_a_choice_made_before_a_colleagues_was_on_the_screen_does_not_overwrite_it(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path, an_answer(), a_register())
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    bos, anne = desk.open(ADMINISTRATOR, SCHOOL), desk.open(SERVICE, SCHOOL)
    desk.decide(ADMINISTRATOR, bos, [place(pupil("p1"), Category.SKIP)])
    decided = desk.decide(SERVICE, anne, [place(pupil("p1"), Category.NEW)])
    assert decided.overtaken == (pupil("p1"),)
    row = desk.open(ADMINISTRATOR, SCHOOL).row(pupil("p1"))
    assert (row.category, row.by) == (Category.SKIP, ADMINISTRATOR.name)
    assert SERVICE.name in row.doubt
    desk.decide(SERVICE, anne, [place(pupil("p1"), Category.NEW)])
    row = desk.open(ADMINISTRATOR, SCHOOL).row(pupil("p1"))
    assert (row.category, row.doubt) == (Category.NEW, "")


async def test_a_choice_in_a_review_whose_end_was_not_told_is_refused_and_not_lost_in_silence(tmp_path: Path) -> None:
    """Killed after the commit and before the log could say so."""
    bureau = a_bureau(tmp_path, an_answer(), a_register())
    desk = bureau.desk.imports
    await desk.pull(ADMINISTRATOR, SCHOOL)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value
        draft.value = replace(draft.value, open_review="")
    with pytest.raises(RefusedByState):
        desk.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    assert not list(bureau.store.decisions(SCHOOL, session.review.id).read())

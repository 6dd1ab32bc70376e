"""A commit, a roll-back and every decision survive a kill at any instant: the old state or the new one, whole."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
from pathlib import Path

import pytest

from core.importing.commit import applied
from core.importing.decisions import Category
from core.linking.link import LinkState
from core.model import Register
from tests.core.desk.killing import killed
from tests.core.desk.office import ADMINISTRATOR, SCHOOL, Counted
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import a_group, a_roster, an_incoming_group, incoming_people, people, place, pupil

BEFORE = Register(groups=(a_group("G5", "Groep 5"),), pupils=people(10))
SENT = a_roster([an_incoming_group("g5", "Groep 5")], pupils=incoming_people(9))


def work(folder: Path, kill: int, started: multiprocessing.connection.Connection) -> None:
    """Pull, decide, commit and take back, over and over, until killed."""
    os.setpgid(0, 0)
    bureau = SchoolBureau(folder)
    assert isinstance(bureau.office.ids, Counted)
    bureau.office.ids.last = 10_000 * (kill + 1)
    bureau.las.roster = SENT
    desk = bureau.desk.imports
    started.send("ready")
    if bureau.record().register != BEFORE:
        desk.rollback(ADMINISTRATOR, SCHOOL)
    while True:
        asyncio.run(desk.pull(ADMINISTRATOR, SCHOOL))
        session = desk.open(ADMINISTRATOR, SCHOOL)
        for number in range(3):
            desk.decide(ADMINISTRATOR, session, [place(pupil(f"p{number}"), Category.SKIP)])
            desk.undo(ADMINISTRATOR, session)
        desk.commit(ADMINISTRATOR, SCHOOL)
        desk.rollback(ADMINISTRATOR, SCHOOL)


def kill_at_random(folder: Path, kills: int) -> tuple[int, int]:
    """Kill that work at random instants; return how often the old and the new state stood there."""
    bureau = a_bureau(folder, SENT, BEFORE)
    # The first pull loads the matcher, which takes longer than most of these workers live.
    asyncio.run(bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL))
    found = [0, 0]
    for _kill in killed(work, folder, times=kills, longest=0.4, seed=folder.name):
        record = SchoolBureau(folder).record()
        assert record.link
        if record.register == BEFORE:
            found[0] += 1
            assert not record.imports or record.imports[-1].rolled_back
        else:
            found[1] += 1
            done = record.imports[-1]
            assert done.changes and done.rolled_back is None
            assert (record.open_review, record.link.state) == ("", LinkState.ACTIVE)
            assert record.register == applied(BEFORE, done.changes)
            assert {one.id for one in record.register.pupils if not one.active} == {"P9"}
        if record.open_review:
            session = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)
            assert session.row(pupil("p8")).category is Category.EXISTING
    return found[0], found[1]


def test_after_every_kill_the_old_or_the_new_state_stands_there_whole(tmp_path: Path) -> None:
    old, new = kill_at_random(tmp_path, 15)
    assert old + new == 15


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_three_hundred_kills_leave_the_old_or_the_new_state_whole(tmp_path: Path) -> None:
    old, new = kill_at_random(tmp_path, 300)
    assert old > 0
    assert new > 0


async def test_fifty_decisions_killed_after_each_one_lose_nothing(tmp_path: Path) -> None:
    """At most the key in flight is lost: what decide() returned from is there for whoever opens the review next."""
    bureau = a_bureau(tmp_path, SENT, BEFORE)
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    chance = random.Random(50)
    expected: dict[str, Category] = {}
    for number in range(50):
        desk = SchoolBureau(tmp_path).desk.imports
        session = desk.open(ADMINISTRATOR, SCHOOL)
        assert session.seen == number
        assert {key: session.row(pupil(key)).category for key in expected} == expected
        key, category = f"p{chance.randrange(9)}", chance.choice((Category.NEW, Category.SKIP))
        desk.decide(ADMINISTRATOR, session, [place(pupil(key), category)])
        expected[key] = category


async def test_a_half_written_decision_is_left_out_and_the_next_one_counts(tmp_path: Path) -> None:
    bureau = a_bureau(tmp_path, SENT, BEFORE)
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    session = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)
    bureau.desk.imports.decide(ADMINISTRATOR, session, [place(pupil("p1"), Category.SKIP)])
    (log,) = tmp_path.rglob("decisions-*.jsonl")
    whole = log.read_bytes()
    for cut in range(1, len(whole)):
        log.write_bytes(whole + whole[:cut])
        desk = SchoolBureau(tmp_path).desk.imports
        session = desk.open(ADMINISTRATOR, SCHOOL)
        assert session.seen == 1
        if cut % 40 == 0:
            desk.decide(ADMINISTRATOR, session, [place(pupil("p2"), Category.SKIP)])
            assert desk.open(ADMINISTRATOR, SCHOOL).row(pupil("p2")).category is Category.SKIP

"""A letter about a link follows the deed: killed at any instant, the school reads once what the record says."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk import Desk
from core.errors import TryLater
from core.linking.link import Link, LinkState, Move
from core.mail.letters import Letter, RequestConfirmed, RequestRefused
from core.mail.post import PostOffice
from core.record import SchoolRecord
from tests.core.desk.killing import killed
from tests.core.desk.office import ELSEWHERE, SCHOOL, SERVICE, Bureau, Pigeonhole

TOLD = {Move.REQUEST: RequestConfirmed, Move.REFUSE: RequestRefused}


def desk_on(bureau: Bureau) -> Desk:
    """Return the desk with a post room on the same folder."""
    return Desk(replace(bureau.office, post=PostOffice(bureau.office.settings, bureau.clock)))


def work(folder: Path, kill: int, started: multiprocessing.connection.Connection) -> None:
    """Request and refuse, each time for another reason, until killed."""
    os.setpgid(0, 0)
    bureau = Bureau(folder)
    links = desk_on(bureau).links
    started.send("ready")
    turn = 0
    while True:
        turn += 1
        link = bureau.record().link
        if link is not None and link.state is LinkState.REQUESTED:
            links.refuse(SERVICE, SCHOOL, f"reden {kill}-{turn}")
        else:
            links.request(SERVICE, SCHOOL)


def letters_of(folder: Path) -> list[Letter]:
    bureau = Bureau(folder)
    return [item.letter for item in PostOffice(bureau.office.settings, bureau.clock).items()]


def check(record: SchoolRecord, letters: list[Letter]) -> Link:
    """Every letter tells what the record says, and tells it once; what is not told yet is noted as such."""
    link = record.link
    assert link is not None
    told = Counter(letter.about for letter in letters)
    assert set(told.values()) <= {1}
    for letter in letters:
        step = link.steps[int(letter.about.rpartition("-")[2]) - 1]
        assert isinstance(letter, TOLD[step.move])
        if isinstance(letter, RequestRefused):
            assert letter.reason == step.why
    missing = {n for n, step in enumerate(link.steps, 1) if f"{step.to.value}-{n}" not in told}
    assert missing <= set(link.untold)
    return link


def kill_at_random(folder: Path, kills: int) -> None:
    Bureau(folder).with_school()
    for _kill in killed(work, folder, times=kills, longest=0.15, seed=kills):
        if Bureau(folder).record().link is not None:
            check(Bureau(folder).record(), letters_of(folder))


async def test_after_every_kill_the_school_reads_once_what_the_record_says(tmp_path: Path) -> None:
    kill_at_random(tmp_path, 20)
    await desk_on(Bureau(tmp_path)).mail.deliver()
    assert check(Bureau(tmp_path).record(), letters_of(tmp_path)).untold == ()


@pytest.mark.soak
@pytest.mark.timeout(600)
async def test_after_every_one_of_300_kills_the_school_reads_once_what_the_record_says(tmp_path: Path) -> None:
    kill_at_random(tmp_path, 300)
    await desk_on(Bureau(tmp_path)).mail.deliver()
    assert check(Bureau(tmp_path).record(), letters_of(tmp_path)).untold == ()


class FullPost(Pigeonhole):
    """A post room that cannot be written."""

    def send(self, letter: Letter, to: object) -> None:
        raise TryLater("vol")


async def test_when_the_post_cannot_be_written_the_deed_stands_and_the_letter_goes_later(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    full = Desk(replace(bureau.office, post=FullPost()))
    full.links.request(SERVICE, SCHOOL)
    link = bureau.record().link
    assert link is not None and link.state is LinkState.REQUESTED and link.untold == (1,)
    with pytest.raises(TryLater):
        await full.mail.deliver()
    await bureau.desk.mail.deliver()
    assert [type(letter) for letter in bureau.post.letters] == [RequestConfirmed]
    await bureau.desk.mail.deliver()
    assert len(bureau.post.letters) == 1


async def test_one_school_that_cannot_be_read_keeps_no_letter_of_another_here(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    full = Desk(replace(bureau.office, post=FullPost()))
    for school in (SCHOOL, ELSEWHERE):
        bureau.with_school(school=school)
        full.links.request(SERVICE, school)
    record = tmp_path / "schools" / str(min(SCHOOL, ELSEWHERE)) / "record.json"
    record.write_bytes(record.read_bytes()[:-9])
    await bureau.desk.mail.deliver()
    assert [letter.school for letter in bureau.post.letters] == [max(SCHOOL, ELSEWHERE)]

"""The run: nobody waits for another school's trouble, and it ends when it is told to."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import datetime, timedelta

from core.clock import AMSTERDAM
from core.errors import AnswerLost, DiskFull, KoppeldeskError, SchoolMustAct, TryLater, WeMustAct
from core.model import SchoolId
from core.night import Ending, SchoolNight
from core.nightly import Progress, Run, Stop, Visit
from core.patience import Breaker, Patience
from tests.core.scores.builders import Ticking

SCHOOLS = [SchoolId(f"{number:02}AA") for number in range(1, 41)]
QUICK = Patience(attempts=3, first=0.002, longest=0.01)
Act = Callable[[SchoolId, Progress], KoppeldeskError | None]


class Visits:
    """Visits that go as planned; keeps the order."""

    def __init__(self, act: Act = lambda _school, _progress: None) -> None:
        self.act = act
        self.began: list[SchoolId] = []
        self.now = self.most_at_once = 0

    async def __call__(self, school: SchoolId, progress: Progress, go_on: Callable[[], bool]) -> bool:
        self.began.append(school)
        self.now += 1
        self.most_at_once = max(self.most_at_once, self.now)
        await asyncio.sleep(0)
        self.now -= 1
        if error := self.act(school, progress):
            raise error
        return go_on()


async def a_run(
    visits: Visit,
    *,
    stop: Stop | None = None,
    breaker: Breaker | None = None,
    schools: list[SchoolId] = SCHOOLS,
    seconds: float = 30.0,
) -> list[SchoolNight]:
    ended: list[SchoolNight] = []
    clock = Ticking()
    run = Run(
        visits,
        clock=clock,
        chance=random.Random(1),
        stop=stop or Stop(clock),
        patience=QUICK,
        breaker=breaker,
        concurrency=5,
        seconds_a_school=seconds,
    )
    await run.over(schools, ended.append)
    return ended


def only(school: SchoolId, error: KoppeldeskError) -> Act:
    return lambda visited, _progress: error if visited == school else None


async def test_every_school_is_visited_once_and_never_more_at_a_time_than_allowed() -> None:
    visits = Visits()
    ended = await a_run(visits)
    assert sorted(visit.school for visit in ended) == SCHOOLS
    assert {visit.ending for visit in ended} == {Ending.DONE}
    assert visits.most_at_once == 5


async def test_a_school_in_temporary_trouble_delays_nobody_and_comes_last() -> None:
    poisoned = SCHOOLS[0]
    ended = await a_run(Visits(only(poisoned, TryLater("straks"))))
    assert ended[-1].school == poisoned
    assert (ended[-1].ending, ended[-1].attempts) == (Ending.UNREACHED, 3)
    assert [visit.school for visit in ended[:-1]] == SCHOOLS[1:]


async def test_a_school_that_hangs_holds_one_place_and_delays_nobody() -> None:
    hanging = SCHOOLS[0]

    async def visit(school: SchoolId, _progress: Progress, _go_on: Callable[[], bool]) -> bool:
        await asyncio.sleep(3600 if school == hanging else 0)
        return True

    ended = await a_run(visit, seconds=0.05)
    assert [visit.school for visit in ended[:-1]] == SCHOOLS[1:]
    assert (ended[-1].school, ended[-1].ending) == (hanging, Ending.UNREACHED)


async def test_a_school_with_a_permanent_fault_is_not_tried_again() -> None:
    refused, broken = SCHOOLS[1], SCHOOLS[2]

    def act(school: SchoolId, _progress: Progress) -> KoppeldeskError | None:
        return {refused: SchoolMustAct("sleutel geweigerd"), broken: WeMustAct("kapot")}.get(school)

    visits = Visits(act)
    found = {visit.school: visit for visit in await a_run(visits)}
    assert (found[refused].ending, found[broken].ending) == (Ending.DISTURBED, Ending.FAILED)
    assert found[refused].problem == "sleutel geweigerd"
    assert visits.began.count(refused) == visits.began.count(broken) == 1


async def test_a_mistake_of_ours_at_one_school_stays_with_that_school() -> None:
    async def visit(school: SchoolId, _progress: Progress, _go_on: Callable[[], bool]) -> bool:
        if school == SCHOOLS[3]:
            raise KeyError("Fien Bakker")
        return True

    found = {visit.school: visit for visit in await a_run(visit)}
    assert found[SCHOOLS[3]].ending is Ending.FAILED
    assert "Fien" not in found[SCHOOLS[3]].problem and found[SCHOOLS[3]].reference == "KeyError"
    assert sum(visit.ending is Ending.DONE for visit in found.values()) == 39


async def test_what_was_done_before_a_lost_answer_counts_in_the_end() -> None:
    tries: list[int] = []

    def act(school: SchoolId, progress: Progress) -> KoppeldeskError | None:
        if school != SCHOOLS[0]:
            return None
        tries.append(1)
        progress.tally.sent += 3
        if len(tries) < 3:
            progress.tally.lost += 3
            return AnswerLost("weg")
        progress.tally.confirmed += 3
        return None

    found = {visit.school: visit for visit in await a_run(Visits(act))}
    first = found[SCHOOLS[0]]
    assert (first.ending, first.attempts, first.sent, first.lost, first.confirmed) == (Ending.DONE, 3, 9, 6, 3)


async def test_a_stop_starts_nothing_new() -> None:
    stop = Stop(Ticking())

    def act(_school: SchoolId, _progress: Progress) -> None:
        if len(visits.began) >= 12:
            stop.ask("onderbroken")

    visits = Visits(act)
    ended = await a_run(visits, stop=stop)
    assert len(ended) == 40 and len(visits.began) < 20
    assert sum(visit.ending is Ending.STOPPED for visit in ended) >= 20


async def test_a_run_ends_at_the_hour_it_was_given() -> None:
    clock = Ticking()
    stop = Stop(clock, until=clock.moment + timedelta(seconds=60))
    ended = await a_run(Visits(), stop=stop)
    assert "02:01" in stop.reason
    assert {visit.ending for visit in ended} == {Ending.DONE, Ending.STOPPED}


async def test_when_nobody_gets_an_answer_everybody_waits_and_one_goes_to_look() -> None:
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        await asyncio.sleep(0)

    down = True

    def act(_school: SchoolId, _progress: Progress) -> KoppeldeskError | None:
        nonlocal down
        down = down and len(rests) < 2
        return TryLater("weg") if down else None

    visits = Visits(act)
    ended = await a_run(visits, breaker=Breaker(rest, threshold=6, rests=(1.0, 2.0, 3.0)))
    assert rests[:2] == [1.0, 2.0]
    assert {visit.ending for visit in ended} == {Ending.DONE}
    assert len(visits.began) < 40 + 15


async def test_a_full_disk_ends_the_run_at_once_and_nobody_blames_parnassys() -> None:
    visits, stop = Visits(lambda _school, _progress: DiskFull("vol")), Stop(Ticking())
    ended = await a_run(visits, stop=stop)
    assert stop.reason == "de schijf is vol"
    assert len(visits.began) == 5
    assert [visit.ending for visit in ended].count(Ending.UNREACHED) == 5
    assert [visit.ending for visit in ended].count(Ending.STOPPED) == 35


async def test_a_parnassys_that_stays_away_ends_the_run() -> None:
    async def rest(_seconds: float) -> None:
        await asyncio.sleep(0)

    stop = Stop(Ticking())
    visits = Visits(lambda _school, _progress: TryLater("weg"))
    ended = await a_run(visits, stop=stop, breaker=Breaker(rest, threshold=6, rests=(1.0, 2.0)))
    assert len(ended) == 40 and len(visits.began) < 20
    assert {visit.ending for visit in ended} == {Ending.UNREACHED, Ending.STOPPED}
    assert stop.reason


def test_pauses_grow_and_are_never_the_same() -> None:
    patience = Patience(attempts=6, first=2.0, longest=20.0)
    pauses = [patience.pause(n, random.Random(n)) for n in range(1, 7)]
    assert pauses[-1] is None
    found = [pause for pause in pauses if pause is not None]
    assert all(1.0 * 2**n <= pause <= 2.0 * 2**n for n, pause in enumerate(found[:4]))
    assert found[4] <= 20.0
    assert len({patience.pause(1, random.Random(seed)) for seed in range(20)}) == 20


async def test_a_rest_ends_when_somebody_asks_to_stop() -> None:
    stop = Stop(Ticking(datetime(2026, 11, 24, 2, tzinfo=AMSTERDAM)))
    resting = asyncio.create_task(stop.rest(3600))
    await asyncio.sleep(0)
    stop.ask("genoeg")
    await asyncio.wait_for(resting, 5)

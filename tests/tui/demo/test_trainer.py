"""The trainer's mode notices what is done, helps out, and goes back on both sides at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest
import stamina

from core.desk.pace import Pace
from core.errors import KoppeldeskError, RefusedByState, UnreadableInput
from core.patience import Patience
from core.settings import Settings
from simulator.server import running_simulator
from simulator.world.scenario import load, names
from tui.demo.ground import MARK
from tui.demo.stage import SERVICE, set_up
from tui.demo.trainer import Trainer
from tui.session import SHIFT, clock_from

QUICK = Pace(patience=Patience(attempts=2, first=0.01))


@pytest.fixture
def trainer(tmp_path: Path) -> Iterator[Trainer]:
    with running_simulator() as simulator, stamina.set_testing(True, attempts=2, cap=True):
        yield Trainer(set_up(Settings(), tmp_path, simulator.url), pace=QUICK)


def test_every_scenario_can_be_chosen(trainer: Trainer) -> None:
    assert sorted(tale.name for tale in trainer.tales()) == list(names())
    assert trainer.now() is None
    with pytest.raises(RefusedByState):
        trainer.both_ends()


@pytest.mark.parametrize("name", ["eerste-koppeling", "sleutel-ingetrokken"])
async def test_a_story_is_followed_to_its_end_by_helping_out(trainer: Trainer, name: str) -> None:
    trainer.choose(name)
    for number, step in enumerate(load(name).stap, 1):
        now = trainer.now()
        assert now is not None
        assert (now.number, now.title, now.done) == (number, step.titel, False)
        await trainer.help_out()
        after = trainer.now()
        assert after is not None
        assert after.done, step.titel
        await trainer.go_on()
    end = trainer.now()
    assert end is not None
    assert end.over


async def test_what_the_trainee_does_alone_is_noticed(trainer: Trainer) -> None:
    trainer.choose("handleiding")
    school = trainer.desk.worklist.lines(SERVICE)[-1].id
    before = trainer.now()
    assert before is not None
    assert not before.done
    trainer.desk.links.request(SERVICE, next(line.id for line in trainer.desk.worklist.lines(SERVICE)))
    after = trainer.now()
    assert after is not None
    assert after.done
    assert school


async def test_going_back_takes_both_ends_along(trainer: Trainer) -> None:
    trainer.choose("handleiding")
    for _ in range(3):
        await trainer.help_out()
        await trainer.go_on()
    trainer.mark("vóór het indienen")
    then, ends = trainer.now(), trainer.both_ends()
    for _ in range(4):
        await trainer.help_out()
        await trainer.go_on()
    assert trainer.both_ends() != ends
    assert all(line.sign == "=" for line in trainer.both_ends() if line.what == "leerlingen")
    for _ in range(2):
        trainer.back("vóór het indienen")
        assert (trainer.now(), trainer.both_ends()) == (then, ends)
    await trainer.help_out()
    assert trainer.moments() == ("vóór het indienen",)


def test_a_moment_that_is_not_there_is_refused(trainer: Trainer) -> None:
    trainer.choose("handleiding")
    for name in ("nooit bewaard", "../buiten", ""):
        with pytest.raises(UnreadableInput):
            trainer.back(name)


def test_the_scenario_to_begin_with_stands_first(trainer: Trainer) -> None:
    first, *others = [tale.name for tale in trainer.tales()]
    assert first == "eerste-koppeling"
    assert others == sorted(others)


def test_choosing_again_begins_afresh(trainer: Trainer) -> None:
    trainer.choose("tweelingen")
    trainer.mark("begin")
    trainer.choose("fusie")
    assert trainer.moments() == ()
    assert len(trainer.desk.worklist.lines(SERVICE)) == 2
    trainer.august()
    assert trainer.desk.office.clock.now().date() == date(2027, 8, 1)


async def test_helping_twice_does_no_harm_and_what_cannot_be_is_said(trainer: Trainer) -> None:
    trainer.choose("handleiding")
    await trainer.help_out()
    await trainer.help_out()
    now = trainer.now()
    assert now is not None
    assert now.done
    trainer.choose("handleiding")
    for _ in range(4):
        await trainer.go_on()
    with pytest.raises(KoppeldeskError):
        await trainer.help_out()


def test_every_program_of_the_demo_follows_time_whoever_moved_it(trainer: Trainer, tmp_path: Path) -> None:
    trainer.choose("handleiding")
    elsewhere = clock_from({SHIFT: str(tmp_path / MARK)})
    assert elsewhere.now().date() == date(2026, 11, 23)
    trainer.august()
    assert elsewhere.now().date() == date(2027, 8, 1)
    url = trainer.now()
    assert url is not None
    httpx.post(f"{url.las}/_sim/tijd", json={"dagen": 1}).raise_for_status()
    trainer.now()
    assert elsewhere.now().date() == trainer.desk.office.clock.now().date() == date(2027, 8, 2)


async def test_what_is_done_ahead_of_the_story_counts(trainer: Trainer) -> None:
    trainer.choose("handleiding")
    await trainer.help_out()
    trainer.desk.links.open(SERVICE, trainer.desk.worklist.lines(SERVICE)[0].id)
    await trainer.go_on()
    opened = trainer.now()
    assert opened is not None
    assert not opened.done, "written down, but ParnasSys is closed"
    httpx.post(f"{opened.las}/_sim/schools/{opened.school[:4]}/koppeling/open").raise_for_status()
    both = trainer.now()
    assert both is not None
    assert (both.number, both.done) == (2, True)

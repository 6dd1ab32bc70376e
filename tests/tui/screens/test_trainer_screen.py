"""The storyline stands beside the screen, notices what is done, and the trainer's keys work on both ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import stamina
from textual.pilot import Pilot
from textual.widgets import Static
from textual.worker import WorkerCancelled

from core.settings import Settings
from simulator.server import running_simulator
from tui.app import KoppeldeskApp
from tui.demo.stage import TRAINER, set_up
from tui.demo.trainer import Trainer
from tui.screens.trainer import TrainerScreen
from tui.session import Session
from tui.widgets.chrome import KeyLine
from tui.widgets.story_line import StoryLine


@pytest.fixture
def app(tmp_path: Path) -> Iterator[KoppeldeskApp]:
    with running_simulator() as simulator, stamina.set_testing(True, attempts=2, cap=True):
        stage = set_up(Settings(), tmp_path, simulator.url)
        session = Session(settings=stage.settings, actor=TRAINER, coach=Trainer(stage))
        session.desk = stage.desk
        yield KoppeldeskApp(session)


async def settled(pilot: Pilot[int]) -> None:
    """Wait for all work; a look at the story that made way for the next one is no failure."""
    done = False
    while not done:
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
            done = True
        await pilot.pause()


def story(app: KoppeldeskApp) -> str:
    assert isinstance(app.screen, TrainerScreen)
    return str(app.screen.query_one("#story", Static).render())


def beside(app: KoppeldeskApp) -> str:
    return app.screen.query_one(StoryLine).render().plain


async def chosen(pilot: Pilot[int], app: KoppeldeskApp, name: str) -> None:
    """Choose a scenario as a trainer does, by keys."""
    await pilot.press("f2", "k")
    assert app.session.coach is not None
    tales = [tale.name for tale in app.session.coach.tales()]
    await pilot.press(*["down"] * tales.index(name), "enter")
    await pilot.press("j")
    await settled(pilot)


async def test_a_scenario_is_chosen_followed_and_gone_back_in(app: KoppeldeskApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        assert "F2" in beside(app)
        await chosen(pilot, app, "handleiding")
        assert "▶ 1/7 De koppeling aanvragen" in story(app)
        await pilot.press("h")
        await settled(pilot)
        assert "✓ 1/7" in story(app)
        await pilot.press("b", "v")
        await settled(pilot)
        assert "▶ 2/7" in story(app)
        await pilot.press("t", "1")
        await settled(pilot)
        assert "✓ 1/7" in story(app)
        await pilot.press("f2")
        await settled(pilot)
        app.screen.query_one(StoryLine).look()
        await settled(pilot)
        assert beside(app).startswith("✓ 1/7")


async def test_on_a_wide_terminal_the_whole_story_stands_beside_the_screen(app: KoppeldeskApp) -> None:
    async with app.run_test(size=(140, 40)) as pilot:
        await chosen(pilot, app, "tweelingen")
        await pilot.press("f2")
        await settled(pilot)
        app.screen.query_one(StoryLine).look()
        await settled(pilot)
        line = app.screen.query_one(StoryLine)
        assert line.has_class("wide")
        assert "Zoek haar in Koppeldesk" in beside(app).replace("\n", " ")
        assert line.region.x > 90


async def test_nothing_can_be_gone_back_to_before_something_was_kept(app: KoppeldeskApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await chosen(pilot, app, "fusie")
        await pilot.press("t")
        await settled(pilot)
        assert isinstance(app.screen, TrainerScreen)
        await pilot.press("a", "n")
        await settled(pilot)
        assert app.session.desk.office.clock.now().year == 2027


async def test_outside_the_demo_there_is_no_trainers_mode(tmp_path: Path) -> None:
    app = KoppeldeskApp(Session(settings=Settings(data=str(tmp_path)), actor=TRAINER))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await pilot.pause()
        assert not isinstance(app.screen, TrainerScreen)
        assert not app.screen.query(StoryLine)


async def test_without_a_scenario_a_night_passes_and_only_what_needs_one_is_left_out(app: KoppeldeskApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2")
        await settled(pilot)
        told = str(app.screen.query_one(KeyLine).render())
        assert "n nacht" in told
        assert "v verder" not in told
        await pilot.press("v", "n")
        await settled(pilot)
        assert isinstance(app.screen, TrainerScreen)
        assert len(app.session.desk.nights.last(TRAINER, 5)) == 1
        await pilot.press("a")
        await settled(pilot)
        assert app.session.desk.office.clock.now().year == 2027

"""Every scenario plays headless, on a real desk and over real HTTP, to the end that its file states."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import stamina

from core.desk.pace import Pace
from core.patience import Patience
from core.settings import Settings
from simulator.server import running_simulator
from simulator.world.scenario import load, names
from simulator.world.scenario_model import Counts, Expected, Scenario, Step
from tui.demo.stage import set_up
from tui.demo.story import Story


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Let a call be tried again at once."""
    with stamina.set_testing(True, attempts=3, cap=True):
        yield


QUICK = Pace(patience=Patience(attempts=2, first=0.01))


def played(folder: Path, scenario: Scenario, seed: int = 1) -> Story:
    with running_simulator(scenario=scenario.naam, schools=1, seed=seed) as simulator:
        stage = set_up(Settings(), folder, simulator.url)
        story = Story.on(stage, scenario, lambda _step: None, pace=QUICK, seed=seed)
        asyncio.run(story.play())
    return story


@pytest.mark.parametrize("name", names())
def test_a_scenario_plays_to_its_expected_end(name: str, tmp_path: Path) -> None:
    scenario = load(name)
    story = played(tmp_path, scenario)
    assert story.failures == []
    assert [step.title for step in story.steps] == [step.titel for step in scenario.stap]


def expecting(scenario: Scenario, place: int, **other: object) -> Scenario:
    """Return the scenario with another end of one step."""
    steps = list(scenario.stap)
    steps[place] = changed(steps[place], **other)
    return msgspec.structs.replace(scenario, stap=tuple(steps))


def changed(step: Step, **other: object) -> Step:
    return msgspec.structs.replace(step, verwacht=msgspec.structs.replace(step.verwacht, **other))


def test_another_end_than_the_file_says_is_noticed(tmp_path: Path) -> None:
    scenario = load("handleiding")
    place = next(at for at, step in enumerate(scenario.stap) if step.verwacht != Expected())
    other: dict[str, object] = {
        "leerlingen": Counts(nieuw=11, bestaand=130),
        "deactiveren": 1,
        "koppeling": "gestoord",
        "resultaten": 3,
        "nagestuurd": 1,
    }
    complaints = "\n".join(played(tmp_path, expecting(scenario, place, **other)).failures)
    for complaint in (
        "leerling nieuw: verwacht 11, gevonden 10",
        "te deactiveren: verwacht 1, gevonden 0",
        "koppeling: verwacht gestoord, gevonden goedgekeurd",
        "resultaten in ParnasSys: verwacht 3, gevonden 0",
        "resultaten die wachten: verwacht 1, gevonden 0",
    ):
        assert complaint in complaints


@pytest.mark.parametrize(("name", "seed"), [("fusie", 5), ("eerste-koppeling", 3)])
def test_a_scenario_plays_in_another_world_too(name: str, seed: int, tmp_path: Path) -> None:
    """With another seed the counts of the file do not hold, all the rest does."""
    assert played(tmp_path, load(name), seed).failures == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
@pytest.mark.parametrize("name", names())
def test_every_scenario_plays_in_many_worlds(name: str, seed: int, tmp_path: Path) -> None:
    assert played(tmp_path, load(name), seed).failures == []

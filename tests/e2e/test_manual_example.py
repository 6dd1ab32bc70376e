"""The manual's own example over real HTTP: its summary reads Groepen 9/0, Leerkrachten 17/77, Leerlingen 10/131."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.model import Kind
from core.settings import Settings
from simulator.server import running_simulator
from tests.tui.commands.at_the_desk import Typist
from tui.commands.imports import app
from tui.demo.acts import SchoolActs
from tui.demo.stage import Stage, set_up
from tui.demo.world import APPROVED, bring


@pytest.fixture
async def school(tmp_path: Path) -> AsyncIterator[SchoolActs]:
    """The school of the manual, with an approved link."""
    with running_simulator(scenario="handleiding") as simulator:
        stage: Stage = set_up(Settings(), tmp_path, simulator.url)
        acts = SchoolActs(stage, stage.ask("GET", "/schools")[0])
        acts.set_up()
        await bring(acts, APPROVED)
        yield acts


async def test_the_summary_of_the_manual_is_reproduced_and_committed(
    school: SchoolActs, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = school.stage.desk
    await desk.imports.pull(school.boss, school.school)
    session = desk.imports.open(school.boss, school.school)
    desk.imports.accept(school.boss, session, [row.key for row in session.doubts()])
    code, out = Typist(desk, capsys, actor=school.boss).run(app, "commit", str(school.school), "--dry-run")
    assert code == 0
    table = {words[0]: words[1:3] for line in out.splitlines() if (words := line.split()) and words[-1].isdigit()}
    assert table == {"Groepen": ["9", "0"], "Leerkrachten": ["17", "77"], "Leerlingen": ["10", "131"]}
    summary = desk.imports.summary(school.boss, school.school)
    desk.imports.commit(school.boss, school.school, seen=summary.seen)
    register = desk.register.show(school.boss, school.school)
    assert (len(register.groups), len(register.teachers), len(register.pupils)) == (9, 94, 141)
    assert all(pupil.active and pupil.linked for pupil in register.pupils)


async def test_every_link_of_the_example_is_right(school: SchoolActs) -> None:
    """What was linked is what the simulator knows to be the same child."""
    desk = school.stage.desk
    await desk.imports.pull(school.boss, school.school)
    session = desk.imports.open(school.boss, school.school)
    truth = school.stage.ask("GET", f"/schools/{school.school}/waarheid")
    who = {f"las:{one['sleutel']}": one["testcentrum"] or None for one in truth["leerlingen"]}
    linked = {key.incoming: choice.existing for key, choice in session.choices.items() if key.kind is Kind.PUPIL}
    assert len(linked) == 141
    assert {ref: existing for ref, existing in linked.items() if existing} == {
        ref: existing for ref, existing in who.items() if existing
    }

"""The trainer's stage: every school of the simulator somewhere else in its course, and the app on top."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable

from core.language import _
from tui.demo.acts import SchoolActs
from tui.demo.door import front_door
from tui.demo.stage import TRAINER, Stage
from tui.demo.trainer import Trainer
from tui.session import SHIFT, STAGE, Session

SUBMITTED, OPENED, REQUESTED, APPROVED, FETCHED = range(5)
STAGES = (FETCHED, SUBMITTED, REQUESTED, APPROVED, OPENED)
"""How far the first schools are brought; the ones after them have no link yet."""


async def prepare(stage: Stage, tell: Callable[[str], None]) -> None:
    """Bring each school as far as its place in `STAGES` says; `tell` is told which one is being done."""
    lines = stage.ask("GET", "/schools?limiet=12")
    for number, line in enumerate(lines):
        acts = SchoolActs(stage, line)
        tell(_("{name} klaarzetten ({n} van {all})…").format(name=line["naam"], n=number + 1, all=len(lines)))
        acts.set_up()
        if number < len(STAGES):
            await bring(acts, STAGES[number])


async def bring(acts: SchoolActs, far: int) -> None:
    """Take one school as far as asked."""
    acts.request()
    if far == REQUESTED:
        return
    acts.open()
    if far == OPENED:
        return
    key = acts.subscribe()
    acts.clear()
    acts.apply(key)
    await acts.check()
    if far == SUBMITTED:
        return
    await acts.approve()
    if far == FETCHED:
        acts.stage.ask("POST", f"/schools/{acts.school}/gebeurtenis", {"soort": "leerling-weg", "aantal": 1})
        await acts.stage.desk.imports.pull(acts.boss, acts.school)


def prepared(stage: Stage, tell: Callable[[str], None]) -> None:
    """Prepare the stage, unless its folder holds a prepared one already."""
    if not stage.desk.office.store.lines():
        asyncio.run(prepare(stage, tell))


def open_world(here: Session, stage: Stage, scenario: str = "") -> int:
    """Prepare the stage or begin a scenario on it, open the front door, and run the app for a trainer."""
    from tui.app import open_app

    def tell(line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    coach = Trainer(stage)
    if scenario:
        coach.choose(scenario)
    else:
        prepared(stage, tell)
    sys.stderr.write("\r\x1b[K")
    trainer = Session(settings=stage.settings, actor=TRAINER, language=here.language, coach=coach)
    trainer.desk = coach.desk
    os.environ[SHIFT] = str(stage.clock.book)
    if not scenario:
        # A scenario plays the supplier itself, in a step of its own.
        os.environ[STAGE] = stage.url
    os.environ["KOPPELDESK_UWLR_URL"] = stage.url
    with front_door(stage) as line:
        trainer.notice = _("ParnasSys (nagebouwd): {url}\nOver SSH: {line}").format(url=stage.url, line=line)
        return open_app(trainer)

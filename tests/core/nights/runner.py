"""A night in a process of its own, to be killed: `python -m tests.core.nights.runner FOLDER URL`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from core.desk.actor import Actor, Role
from core.desk.nights import NightDesk
from core.desk.pace import Pace
from core.desk.scores import ScoreDesk
from core.patience import Patience
from core.settings import Las
from core.uwlr.client import uwlr
from tests.core.nights.town import an_office_on

PACE = Pace(
    concurrency=4,
    patience=Patience(attempts=4, first=0.02, longest=0.1),
    seconds_a_school=20.0,
    most_in_a_message=20,
)


async def night(folder: Path, url: str) -> None:
    """Run one night on the folder."""
    clock = an_office_on(folder).clock
    async with uwlr(Las(url=url, timeout_seconds=5.0), clock) as line:
        office = an_office_on(folder, line, url=url)
        await NightDesk(office, ScoreDesk(office)).run(Actor(name="nacht", role=Role.MACHINE), pace=PACE)


if __name__ == "__main__":
    sys.stdout.write("begonnen\n")
    sys.stdout.flush()
    asyncio.run(night(Path(sys.argv[1]), sys.argv[2]))

"""Data of a real world for the app behind the door: schools whose import waits, made once with the simulator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from core.settings import Settings
from tui.demo.acts import SchoolActs
from tui.demo.stage import set_up, simulator
from tui.demo.world import FETCHED, bring
from tui.session import SHIFT


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A data folder, and its schools."""

    folder: Path
    schools: tuple[tuple[str, str], ...]
    """BRIN and name of each."""
    shift: str
    """From the machine's time to the world's, in seconds."""

    @property
    def environ(self) -> dict[str, str]:
        """What a program needs to find this world."""
        return {"KOPPELDESK_DATA": str(self.folder), SHIFT: self.shift}


def a_world(folder: Path, schools: int = 2) -> World:
    """Make a world in which every school has an import waiting for its review."""
    with simulator(seed=8, schools=schools) as url:
        stage = set_up(Settings(), folder, url)
        lines = stage.ask("GET", f"/schools?limiet={schools}")
        for line in lines:
            acts = SchoolActs(stage, line)
            acts.set_up()
            asyncio.run(bring(acts, FETCHED))
        return World(
            folder=folder,
            schools=tuple((line["brin"], line["naam"]) for line in lines),
            shift=str(stage.clock.book),
        )

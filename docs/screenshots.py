"""Makes the pictures of the docs from the program itself: `make screenshots`."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from core.settings import Settings
from tui.app import KoppeldeskApp
from tui.demo.stage import TRAINER, set_up, simulator
from tui.demo.world import prepare
from tui.session import Session

HERE = Path(__file__).parent / "screens"
SMALL = (80, 24)
LARGE = (140, 40)

TO_SCHOOL = ["slash", *"12AB", "enter", "enter"]
SHOTS: dict[str, tuple[tuple[int, int], list[str]]] = {
    "werkvoorraad": (SMALL, []),
    "school": (SMALL, TO_SCHOOL),
    "nakijken": (SMALL, [*TO_SCHOOL, "i", "right"]),
    "nakijken-breed": (LARGE, [*TO_SCHOOL, "i", "right"]),
    "koppeling-aanpassen": (SMALL, [*TO_SCHOOL, "i", "right", "k"]),
    "problemen": (SMALL, [*TO_SCHOOL, "i", "p"]),
    "hulp": (SMALL, [*TO_SCHOOL, "i", "question_mark"]),
}
"""Name of each picture: the size of the terminal, and the keys that lead there."""


async def main() -> None:
    """Prepare a stage, and take every picture on it."""
    HERE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, simulator(seed=1, schools=6) as url:
        stage = set_up(Settings(), Path(folder), url)
        await prepare(stage, lambda _line: None)
        for name, (size, keys) in SHOTS.items():
            session = Session(settings=stage.settings, actor=TRAINER)
            session.__dict__["desk"] = stage.desk
            app = KoppeldeskApp(session)
            async with app.run_test(size=size) as pilot:
                for key in keys:
                    await pilot.press(key)
                    await pilot.pause(0.1)
                await pilot.pause(0.5)
                svg = app.export_screenshot(title="Koppeldesk")
                (HERE / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())

"""`koppeldesk demo`: the trainer's world, on screen or headless."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from core.language import _
from tui.session import Here, Json, Session

if TYPE_CHECKING:
    from tui.demo.stage import Stage
    from tui.demo.walk import Played

app = App(name="demo", help_format="plaintext")

FAILED = 1


@app.default
def demo(
    *,
    headless: Annotated[bool, Parameter(negative="", help="Speel de hele loop zonder scherm.")] = False,
    seed: int = 1,
    schools: int = 6,
    scenario: str = "",
    folder: Annotated[Path | None, Parameter(name="--dir", help="Map voor de gegevens; anders tijdelijk.")] = None,
    simulator: Annotated[str, Parameter(help="Adres van een simulator die al draait.")] = "",
    json: Json = False,
    here: Here,
) -> int:
    """Opent een oefenwereld met een nagebouwde ParnasSys; `--headless` speelt de hele loop en controleert de uitkomst.

    Voorbeeld: koppeldesk demo --headless --seed 3 --json
    """
    from tui.demo import stage as stages

    with ExitStack() as stack:
        data = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="koppeldesk-demo-")))
        url = simulator or stack.enter_context(stages.simulator(seed=seed, schools=schools, scenario=scenario))
        stage = stages.set_up(here.settings, data, url)
        if headless:
            return _headless(here, stage, seed, json=json)
        from tui.demo.world import open_world

        return open_world(here, stage)


def _headless(here: Session, stage: Stage, seed: int, *, json: bool) -> int:
    from tui.demo.walk import walk

    def tell(played: Played) -> None:
        if not json:
            here.say(f"✓ {played.title}: {played.found}")

    walked = asyncio.run(walk(stage, seed, tell))
    document = {"seed": seed, "goed": not walked.failures, "stappen": walked.steps, "fouten": walked.failures}
    lines = [f"✗ {failure}" for failure in walked.failures] or [_("Alles kwam aan zoals verwacht.")]
    here.show(document, json=json, lines=lines)
    return FAILED if walked.failures else 0

"""`koppeldesk demo`: the trainer's world, on screen or headless."""

from __future__ import annotations

import asyncio
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from core.errors import UnreadableInput
from core.language import _
from tui.session import Here, Json, Session

if TYPE_CHECKING:
    from simulator.world.scenario_model import Scenario
    from tui.demo.stage import Stage
    from tui.demo.story import Story
    from tui.demo.walk import Played, Walk

app = App(name="demo", help_format="plaintext")

FAILED = 1


@app.default
def demo(
    *,
    headless: Annotated[bool, Parameter(negative="", help="Speel de hele loop zonder scherm.")] = False,
    seed: Annotated[int, Parameter(help="Hetzelfde getal geeft dezelfde wereld.")] = 1,
    schools: Annotated[int, Parameter(help="Aantal scholen in de oefenwereld.")] = 6,
    scenario: Annotated[str, Parameter(help="Naam van een scenario; zonder: de gewone oefenwereld.")] = "",
    folder: Annotated[Path | None, Parameter(name="--dir", help="Map voor de gegevens; anders tijdelijk.")] = None,
    simulator: Annotated[str, Parameter(help="Adres van een simulator die al draait.")] = "",
    json: Json = False,
    here: Here,
) -> int:
    """Opent een oefenwereld met een nagebouwde ParnasSys; `--headless` speelt de hele loop en controleert de uitkomst.

    Voorbeeld: koppeldesk demo --headless --seed 3 --json
    """
    from tui.demo import stage as stages

    if schools < 1:
        raise UnreadableInput(
            _("Een oefenwereld met {n} scholen kan niet.").format(n=schools), todo=_("Geef 1 of meer.")
        )
    _known(scenario)
    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, _leave)
    with ExitStack() as stack:
        data = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="koppeldesk-demo-")))
        url = simulator or stack.enter_context(stages.simulator(seed=seed, schools=schools, scenario=scenario))
        stack.enter_context(stages.in_our_words(url))
        stage = stages.set_up(here.settings, data, url)
        if headless:
            return _headless(here, stage, seed, scenario, json=json)
        from tui.demo.world import open_world

        return open_world(here, stage, scenario)


def _leave(number: int, _frame: FrameType | None) -> None:
    """Go by way of the clean-up when the window closes: a temporary world and its key are not left behind."""
    raise SystemExit(128 + number)


def _known(scenario: str) -> Scenario | None:
    """Return the scenario of that name, None when none was asked for; UnreadableInput when its file is not right."""
    from simulator.world.model import WorldError
    from simulator.world.scenario import load

    try:
        return load(scenario) if scenario else None
    except WorldError as error:
        raise UnreadableInput(str(error), todo=_("Kies een ander scenario.")) from error


def _headless(here: Session, stage: Stage, seed: int, scenario: str, *, json: bool) -> int:
    from tui.demo.story import Story
    from tui.demo.walk import walk

    def tell(played: Played) -> None:
        if not json:
            here.say(f"✓ {played.title}: {played.found}")

    played: Walk | Story
    known = _known(scenario)
    if known is None:
        played = asyncio.run(walk(stage, seed, tell))
    else:
        played = Story.on(stage, known, tell, seed=seed)
        asyncio.run(played.play())
    document = {"seed": seed, "goed": not played.failures, "stappen": played.steps, "fouten": played.failures}
    lines = [f"✗ {failure}" for failure in played.failures] or [_("Alles kwam aan zoals verwacht.")]
    here.show(document, json=json, lines=lines)
    return FAILED if played.failures else 0

"""The nights on screen: at a glance, and school by school what needs somebody first (workflow.md §4)."""

from __future__ import annotations

from pathlib import Path

from core.errors import ContentRefused, SchoolMustAct
from core.model import SchoolId
from core.night import Ending, Night, SchoolNight
from tests.core.desk.office import NIGHT, SERVICE
from tests.core.desk.results_bureau import a_bureau, a_file
from tests.tui.screens.terminal import at_the_app

SCHOOLS = [SchoolId(f"{number:02}AB") for number in range(10, 14)]
ONE = "p1;BOOM-TL-35;2026;2026-11-03;22"


async def test_a_night_shows_first_what_needs_somebody_and_why(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS)
    for school in SCHOOLS:
        bureau.desk.scores.import_csv(SERVICE, a_file(ONE, school=school), name="a.csv")
    trouble = {
        SCHOOLS[1]: ContentRefused("nee", reference="Client.ScoreOngeldig"),
        SCHOOLS[3]: SchoolMustAct("ParnasSys weigert de sleutel.", todo="Vraag een nieuwe."),
    }
    las.receiver.verdict = lambda message: trouble.get(message.school)
    night = await bureau.desk.nights.run(NIGHT)
    killed = Night(id="20261124-010000", started=bureau.clock.now(), planned=4)
    bureau.store.nights().begin(killed)
    visit = SchoolNight(school=SCHOOLS[0], ending=Ending.DONE, at=bureau.clock.now(), seconds=1.0, confirmed=3)
    bureau.store.nights().note(killed.id, visit)
    async with at_the_app(bureau, SERVICE) as person:
        screen = await person.press("n")
        assert "1/4" in screen and "loopt of afgebroken" in screen
        assert "4/4" in screen
        await person.press("end")
        assert person.cursor == night.id
        screen = await person.press("enter")
        rows = [line.strip("▌ ")[:4] for line in screen.splitlines()[3:7]]
        assert rows == ["13AB", "11AB", "10AB", "12AB"]
        assert "ParnasSys weigert de sleutel. Vraag een nieuwe." in " ".join(screen.split())
        screen = await person.press("c")
        assert person.place == "CausesScreen" and "ParnasSys keurt deze score af." in screen

"""The whole activation as two people do it: Koppeldesk in a terminal, ParnasSys in a browser beside it.

With WALK_PICTURES=FOLDER each step is written there as a picture (`make walk` fills docs/activation).
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from core.desk.actor import Actor, Role
from core.model import Administrator, School, SchoolId
from core.settings import Las, Settings
from simulator.server import running_simulator
from tests.e2e.terminal import Terminal
from tui.compose import build_desk

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
SERVICE = Actor(name="Anne de Wit", role=Role.SERVICE)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="this system has no Chromium"),
    pytest.mark.skipif(shutil.which("tmux") is None, reason="this system has no tmux"),
]

Picture = Callable[[str, Terminal | Page], None]


@pytest.fixture
def picture() -> Picture:
    """Take a picture of terminal or page, when pictures are wanted."""
    folder = os.environ.get("WALK_PICTURES", "")
    taken = 0

    def take(name: str, what: Terminal | Page) -> None:
        nonlocal taken
        taken += 1
        if not folder:
            return
        path = Path(folder) / f"{taken:02d}-{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(what, Terminal):
            what.picture(path.with_suffix(".svg"), "Koppeldesk")
        else:
            what.screenshot(path=path.with_suffix(".png"))

    return take


@pytest.fixture
def page() -> Iterator[Page]:
    """A browser window beside the terminal."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(viewport={"width": 900, "height": 560})
        browser.close()


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """A terminal that is gone afterwards."""
    terminal = Terminal(tmp_path / "tmux")
    yield terminal
    terminal.stop()


def set_up(folder: Path, url: str) -> School:
    """Make the first school of the simulator known to the test centre, with last year's records."""
    line = httpx.get(f"{url}/_sim/schools", timeout=30).json()[0]
    school = SchoolId(line["brin"], line["dependancecode"])
    inside = httpx.get(f"{url}/_sim/schools/{school}", timeout=30).json()
    roster = httpx.get(f"{url}/_sim/schools/{school}/testcentrum", timeout=30).text
    desk = build_desk(Settings(data=str(folder), las=Las(url=url)))
    people = (Administrator(name=inside["beheerder"], email=inside["email"]),)
    known = School(id=school, name=line["naam"], place=line["plaats"], administrators=people)
    desk.schools.add(SERVICE, known)
    desk.register.take_in(SERVICE, school, roster.encode())
    return known


def test_the_activation_is_walked_in_a_terminal_with_parnassys_in_a_browser_beside_it(
    tmp_path: Path, terminal: Terminal, page: Page, picture: Picture
) -> None:
    with running_simulator(seed=7, schools=4) as simulator:
        data = tmp_path / "data"
        school = set_up(data, simulator.url)
        env = {"PYTHONPATH": str(ROOT), "KOPPELDESK_UWLR_URL": simulator.url, "KOPPELDESK_CONFIG": ""}
        words = [sys.executable, "-m", "tui", "--data", str(data), "--as", "Anne de Wit:klantenservice"]
        terminal.start(words, env)
        terminal.wait_for("Werkvoorraad", "WACHT OP ONS")
        picture("werkvoorraad", terminal)

        # The school asks; customer service writes it down.
        terminal.press("/")
        terminal.type(school.id.brin)
        terminal.wait_for("1 school gevonden")
        terminal.press("Enter", "Enter")
        terminal.wait_for("▶ aangevraagd", "geen koppeling")
        picture("school", terminal)
        terminal.press("k")
        terminal.wait_for("UWLR-koppeling aanvragen?")
        terminal.press("j")
        terminal.wait_for("✓ aangevraagd", "▶ opengezet")
        picture("aangevraagd", terminal)

        # Before the link is open, ParnasSys does not let the school subscribe.
        page.goto(simulator.url)
        page.get_by_role("button", name=str(school.id)).click()
        page.get_by_role("link", name="Beheer").click()
        page.get_by_role("main").get_by_role("link", name="Koppelingen").click()
        page.get_by_role("link", name="Boom testcentrum UWLR").click()
        expect(page.get_by_role("button", name="afnemen")).to_have_count(0)
        picture("parnassys-nog-niet-open", page)

        httpx.post(f"{simulator.url}/_sim/schools/{school.id}/koppeling/open", timeout=30).raise_for_status()
        terminal.press("k")
        terminal.wait_for("Is opengezet in ParnasSys")
        picture("openzetten", terminal)
        terminal.press("1")
        terminal.wait_for("✓ opengezet", "▶ afgenomen", "roze balk")
        picture("opengezet", terminal)

        # The school subscribes and sets a key.
        page.reload()
        picture("parnassys-open", page)
        page.get_by_role("button", name="afnemen").click()
        picture("parnassys-afnemen", page)
        page.get_by_role("button", name="Afname bevestigen").click()
        page.get_by_role("button", name="nieuwe autorisatiesleutel instellen").click()
        page.get_by_role("dialog").get_by_role("button", name="Nieuwe sleutel instellen").click()
        box = page.get_by_role("textbox", name="Autorisatiesleutel")
        expect(box).to_be_visible()
        key = box.input_value()
        picture("parnassys-sleutel", page)

        # The old external numbers go first.
        terminal.press("w")
        terminal.wait_for("Typ de BRIN")
        picture("externe-nummers", terminal)
        terminal.type(school.id.brin)
        terminal.press("Enter")
        terminal.wait_for("apart bewaard")

        # The form, with a key that was pasted together with blanks.
        terminal.press("k")
        terminal.wait_for("Autorisatiesleutel", "SchoolKey")
        terminal.type(f" {key} ")
        terminal.press("C-t")
        terminal.wait_for("✓ verbinding")
        assert key not in terminal.wait_for("koppelen met LAS")
        picture("aanvraag", terminal)
        terminal.press("C-s")
        terminal.wait_for("✓ ingediend", "▶ goedgekeurd")
        picture("ingediend", terminal)

        # Customer service sees every check and decides.
        terminal.press("k")
        terminal.wait_for("aanvraag beoordelen", "✓ verbinding")
        picture("controles", terminal)
        terminal.press("g")
        terminal.wait_for("✓ goedgekeurd", "▶ gegevens importeren")
        picture("goedgekeurd", terminal)

        # What was sent, and that ParnasSys is there: the review opens.
        terminal.press("b")
        terminal.wait_for("UWLR-koppeling goedgekeurd", "UWLR-koppeling aangevraagd")
        picture("berichten", terminal)
        terminal.press("Escape")
        terminal.wait_for("▶ gegevens importeren")
        terminal.press("i")
        terminal.wait_for("gegevens importeren", "Leerlingen")
        picture("nakijken", terminal)
        terminal.press("C-q")
        terminal.wait_until_gone()
    desk = build_desk(Settings(data=str(data)))
    assert desk.logs.verify(SERVICE).whole
    link = desk.schools.show(SERVICE, school.id).link
    assert link is not None
    assert [step.to.value for step in link.steps] == ["aangevraagd", "opengezet", "ingediend", "goedgekeurd"]
    assert key not in (data / "audit.jsonl").read_text()
    assert {item.state.value for item in desk.mail.show(SERVICE)} == {"verzonden"}

"""A scenario as a trainer and a trainee play it: `koppeldesk demo` in a terminal, ParnasSys in a browser beside it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

from simulator.world.scenario import load
from simulator.world.scenario_model import Scenario
from tests.e2e.terminal import Terminal

ROOT = Path(__file__).parents[2]
STEP = re.compile(r"([▶✓]) (\d+)/(\d+) ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture that was taken."""

    path: Path
    caption: str


@dataclass(slots=True)
class Rehearsal:
    """One scenario being played by hand; pictures go to `folder`, None = none are wanted."""

    terminal: Terminal
    page: Page
    name: str
    folder: Path | None
    url: str = ""
    shots: list[Shot] = field(default_factory=list)

    @property
    def scenario(self) -> Scenario:
        """The file that is being played."""
        return load(self.name)

    def begin(self, data: Path) -> None:
        """Open the demo, and ParnasSys beside it, logged in for the school of the story."""
        words = [sys.executable, "-m", "tui", "demo", "--scenario", self.name, "--dir", str(data)]
        self.terminal.start(words, {"PYTHONPATH": str(ROOT), "KOPPELDESK_CONFIG": "", "LC_ALL": "C.UTF-8"})
        screen = self.terminal.wait_for("Werkvoorraad", "ParnasSys (nagebouwd): ", "▶ 1/")
        found = re.search(r"nagebouwd\): (http\S+)", screen)
        assert found is not None
        self.url = found[1]
        self.page.goto(f"{self.url}/inloggen")
        self.page.get_by_role("button", name=self.scenario.school[0].brin).click()

    # --- the storyline -----------------------------------------------------------------------------------------------

    def helped_to(self, title: str) -> None:
        """Have everything shown up to the step with this title, with F2, h and v; stay on the trainer's screen."""
        wanted = 1 + [step.titel for step in self.scenario.stap].index(title)
        self.trainer()
        while (at := self._place())[1] < wanted:
            sign, number = at
            if sign == "▶":
                self.terminal.press("h")
                self.terminal.wait_for(f"✓ {number}/")
            self.terminal.press("v")
            self.terminal.wait_for(f"▶ {number + 1}/")
        assert self._place()[1] == wanted

    def shown(self) -> None:
        """Let this step be done, and see that it was noticed."""
        number = self._place()[1]
        self.terminal.press("h")
        self.terminal.wait_for(f"✓ {number}/")

    def noticed(self) -> None:
        """See that what was done by hand is noticed."""
        self.terminal.wait_for(f"✓ {self._place()[1]}/")

    def go_on(self) -> None:
        """Go to the next step."""
        number = self._place()[1]
        self.trainer()
        self.terminal.press("v")
        self.terminal.wait_for(f"{number + 1}/")

    def trainer(self) -> None:
        """Open the trainer's screen, unless it is open."""
        if "alleen oefengegevens" not in self.terminal.wait_for(""):
            self.terminal.press("F2")
            self.terminal.wait_for("alleen oefengegevens")

    def _place(self) -> tuple[str, int]:
        found = self.terminal.wait_until(STEP)
        return found[1], int(found[2])

    # --- screens and pages -------------------------------------------------------------------------------------------

    def work_list(self) -> None:
        """Leave every screen that is open."""
        for _ in range(6):
            if "WACHT OP ONS" in self.terminal.wait_for(""):
                return
            self.terminal.press("Escape")
        self.terminal.wait_for("WACHT OP ONS")

    def school(self, brin: str = "") -> None:
        """Find the school of the story, or another one, and open it."""
        self.work_list()
        self.terminal.press("/")
        self.terminal.type(brin or self.scenario.school[0].brin)
        self.terminal.wait_for("1 school gevonden")
        self.terminal.press("Enter", "Enter")
        self.terminal.wait_for("Beheerders")

    def review(self) -> None:
        """Fetch and open the review."""
        self.school()
        self.terminal.press("i")
        self.terminal.wait_for("gegevens importeren", "Groepen", "zekerheid")

    def night(self) -> None:
        """Open the last night."""
        self.work_list()
        self.terminal.press("n")
        self.terminal.wait_for("Nachtelijke runs", "1/1")
        self.terminal.press("Enter")
        self.terminal.wait_for("Nacht van")

    def parnassys(self, path: str) -> Page:
        """Open a page of ParnasSys."""
        self.page.goto(self.url + path)
        return self.page

    # --- pictures ----------------------------------------------------------------------------------------------------

    def screen(self, caption: str) -> None:
        """Take the terminal."""
        if path := self._next(caption, "svg"):
            self.terminal.picture(path, "Koppeldesk")

    def browser(self, caption: str) -> None:
        """Take the page."""
        if path := self._next(caption, "png"):
            self.page.screenshot(path=path)

    def _next(self, caption: str, kind: str) -> Path | None:
        if self.folder is None:
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self.name}-{len(self.shots) + 1}.{kind}"
        self.shots.append(Shot(path=path, caption=caption))
        return path

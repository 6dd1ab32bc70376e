"""The whole import by keyboard alone in a real terminal: fetched, looked at, mended, summed up and committed.

At both sizes over 256 kbit/s with a round trip of 150 ms, and in a terminal without colour.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from core.settings import Settings
from simulator.server import running_simulator
from tests.ssh.client import Window
from tui.demo.acts import SchoolActs
from tui.demo.stage import set_up
from tui.demo.world import APPROVED, bring
from tui.session import SHIFT

ROOT = Path(__file__).parents[2]
SEED = 8
"""Of a world whose first school has a new teacher without e-mail address and three children to look at."""
LINE = [sys.executable, "-m", "tests.tui.slow_line"]
RIGHT, DOWN, SAVE = "\x1b[C", "\x1b[B", "\x13"
QUIET = 0.3
"""Seconds without a byte after which everything has arrived, over the slow line too."""
READY = "mporteren (i)"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SchoolActs]:
    """A school with an approved link, whose data were never fetched."""
    with running_simulator(seed=SEED) as simulator:
        stage = set_up(Settings(), tmp_path, simulator.url)
        acts = SchoolActs(stage, stage.ask("GET", "/schools")[0])
        acts.set_up()
        asyncio.run(bring(acts, APPROVED))
        yield acts


class Person:
    """Somebody with a keyboard, a screen and a watch."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.took: dict[str, list[float]] = {}

    @property
    def row(self) -> str:
        """The line of the list under the cursor."""
        return next((line for line in self.window.text.splitlines() if line.startswith("▌")), "")

    @property
    def tabs(self) -> str:
        """The line with the counts."""
        return self.window.text.splitlines()[1]

    def press(self, key: str, what: str, *texts: str) -> None:
        """Press a key and wait for one of these texts."""
        began = time.monotonic()
        self.window.type(key)
        self._until(lambda: any(text in self.window.text for text in texts), what)
        self.took.setdefault(what, []).append(time.monotonic() - began)

    def change(self, key: str, what: str, part: str) -> None:
        """Press a key and wait until a part of the screen is different."""
        self.window.settle(QUIET)
        before, began = getattr(self, part), time.monotonic()
        self.window.type(key)
        self._until(lambda: getattr(self, part) not in ("", before), what)
        self.took.setdefault(what, []).append(time.monotonic() - began)

    def _until(self, there: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + 30
        while not there():
            assert time.monotonic() < deadline, f"{what}: nothing happened\n{self.window.text}"
            self.window.read_what_came()


def import_by_keyboard(person: Person, brin: str) -> None:
    """Do the whole import; what is on the screen says what to press."""
    window = person.window
    window.wait_for("Werkvoorraad")
    person.press("/", "search", "Zoek school")
    person.press(brin, "search result", "1 school gevonden")
    window.type("\r")
    window.settle(QUIET)
    person.press("\r", "open the school", "NU: school")
    person.press("i", "fetch and open the review", "b bestaand")
    window.wait_for("▌")
    for _step in range(5):
        person.change(DOWN, "down", "row")
    assert "?" in person.tabs or "twijfel" in person.tabs
    while READY not in person.tabs:
        assert len(person.took.get("decide", ())) < 40, window.text
        person.change(RIGHT, "next doubt", "row")
        if "e-mailadres" in person.row:
            assert "!" in person.row
            person.press("e", "ask for the address", "E-mailadres van")
            window.type("nieuw@school.example")
            person.change("\r", "decide", "tabs")
        else:
            assert "?" in person.row
            person.change("a", "decide", "tabs")
        window.settle(QUIET)
    assert person.tabs.count("✓") == 3
    person.press("i", "summary", "De volgende gegevens worden overgenomen")
    person.press(SAVE, "commit", "Typ de BRIN", " actief")
    if "Typ de BRIN" in window.text:
        window.type(brin)
        person.press("\r", "commit", " actief")


def at_the_keyboard(
    school: SchoolActs, before: Sequence[str], columns: int, rows: int, environ: dict[str, str] | None = None
) -> Person:
    """Import that school in a window of this size; return who did it, with the times."""
    command = [sys.executable, "-m", "tui", "--data", school.stage.settings.data, "--as", "Anne de Wit:klantenservice"]
    given = {
        "PYTHONPATH": str(ROOT),
        "KOPPELDESK_UWLR_URL": school.stage.url,
        SHIFT: str(school.stage.clock.book),
        "TEXTUAL_ANIMATIONS": "none",
        **(environ or {}),
    }
    with Window([*before, *command], columns, rows, given) as window:
        person = Person(window)
        import_by_keyboard(person, school.school.brin)
    record = school.stage.desk.office.store.record(school.school).read()
    assert record
    assert len(record.imports) == 1
    assert not record.open_review
    return person


@pytest.mark.slow
@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (200, 50)])
def test_plus_the_whole_import_is_done_over_a_thin_and_long_line(school: SchoolActs, columns: int, rows: int) -> None:
    person = at_the_keyboard(school, LINE, columns, rows)
    for what, times in person.took.items():
        middle = sorted(times)[len(times) // 2]
        sys.stdout.write(f"\n{columns}x{rows} {what:<28} {len(times):>3} x {middle:6.2f} s")
    sys.stdout.write(f"\n{columns}x{rows} bytes in all {len(person.window.received)}\n")


@pytest.mark.slow
def test_plus_the_whole_import_is_done_without_colour(school: SchoolActs) -> None:
    """The signs ?, !, ✓ and [ ] say everything: the way is found by text alone."""
    person = at_the_keyboard(school, (), 80, 24, {"NO_COLOR": "1", "TERM": "xterm"})
    assert b"\x1b[31m" not in person.window.received

"""`--lang en`: no screen, key, help text or message of a command is Dutch."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import tui.screens
import tui.widgets
from core.errors import KoppeldeskError
from core.linking.link import LinkState
from tests.core.desk.office import SCHOOL, SERVICE, Bureau
from tests.core.desk.school_year import SchoolBureau
from tests.english import catalogue, dutch_in, english
from tests.tui.commands.at_the_desk import Typist
from tests.tui.screens.review_school import a_school, in_review, settle
from tests.tui.screens.terminal import Person, at_the_app
from tui.app import KoppeldeskApp
from tui.cli import MODULES
from tui.errors import report

WIDE = (140, 45)


@pytest.fixture(autouse=True)
def in_english(tmp_path: Path) -> Iterator[None]:
    with english(tmp_path / "locale"):
        yield


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path / "desk")


def nodes() -> Iterator[type[DOMNode]]:
    """Yield the app, every screen and every widget of ours."""
    for package in (tui.screens, tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for each in vars(importlib.import_module(module.name)).values():
                if isinstance(each, type) and issubclass(each, DOMNode) and each.__module__ == module.name:
                    yield each
    yield KoppeldeskApp


def test_every_key_and_help_text_is_in_the_catalogue() -> None:
    known = {message.id for message in catalogue()}
    shown = set()
    for node in nodes():
        shown |= {getattr(node, "HELP", None), getattr(node, "SEARCH", None)}
        for binding in vars(node).get("BINDINGS", ()):
            if isinstance(binding, Binding):
                shown |= {binding.description, binding.tooltip}
    assert len(shown) > 100
    assert not shown - known - {None, ""}


async def say_no_dutch(person: Person, *keys: str) -> None:
    screen = await person.press(*keys)
    assert not dutch_in(screen), screen


async def test_work_list_school_and_what_opens_from_them_speak_english(bureau: SchoolBureau) -> None:
    await bureau.desk.imports.pull(SERVICE, SCHOOL)
    async with at_the_app(bureau, SERVICE, size=WIDE) as person:
        assert "Work list" in person.screen
        await say_no_dutch(person, "question_mark")
        await say_no_dutch(person, "escape", "n")
        await say_no_dutch(person, "escape", "m")
        await say_no_dutch(person, "escape", "l")
        await person.press("escape", "slash", *"12AB", "enter", "enter")
        assert "De Regenboog" in await person.until("SchoolScreen")
        await say_no_dutch(person)
        for key in ("question_mark", "k", "r", "l", "b", "g", "o", "u", "w", "s", "E"):
            await say_no_dutch(person, key)
            if person.place != "SchoolScreen":  # some keys only say that there is nothing to do
                await person.press("escape")
                await person.until("SchoolScreen")


@pytest.mark.parametrize("state", [None, *LinkState], ids=str)
async def test_a_school_in_any_state_speaks_english(tmp_path: Path, state: LinkState | None) -> None:
    bureau = Bureau(tmp_path / "desk")
    bureau.with_school(state)
    async with at_the_app(bureau, SERVICE, size=WIDE) as person:
        await person.press("slash", *"12AB", "enter", "enter")
        await person.until("SchoolScreen")
        await say_no_dutch(person)
        await say_no_dutch(person, "k")


async def test_the_review_speaks_english(bureau: SchoolBureau) -> None:
    async with in_review(bureau, WIDE) as person:
        await say_no_dutch(person, "question_mark")
        await person.press("escape")
        for tab in "123":
            await say_no_dutch(person, tab)
            for key in ("down", "x", "n", "right", "k", "escape", "p", "escape", "f", "e", "escape"):
                await say_no_dutch(person, key)


async def test_the_summary_and_the_import_after_it_speak_english(bureau: SchoolBureau) -> None:
    async with in_review(bureau, WIDE) as person:
        await settle(person)
        await say_no_dutch(person, "i")
        assert "Take over data" in person.screen
        assert "not in the full list of 23-11-2026" in person.screen
        await say_no_dutch(person, "question_mark")
        await person.press("escape")
        await person.press("ctrl+s")
        await person.until("SchoolScreen")
        await say_no_dutch(person)
        for key in ("g", "o", "l"):
            await say_no_dutch(person, key)
            if person.place != "SchoolScreen":  # some keys only say that there is nothing to do
                await person.press("escape")
                await person.until("SchoolScreen")


COMMANDS = [
    "school show 12AB",
    "school show 99ZZ",
    "school work",
    "school add 12AB --name X",
    "school change 12AB --place Emmen",
    "link request 12AB",
    "link check 12AB",
    "link reject 12AB --why x",
    "link clear-external 12AB",
    "link restore-external 12AB",
    "link new-year 12AB",
    "link reveal-key 12AB",
    "import show 12AB",
    "import pull 12AB",
    "import show 12AB",
    "import decide 12AB",
    "import decide 12AB --accept",
    "import commit 12AB",
    "import commit 12AB --yes",
    "import decide 12AB las:n1 --to nieuw",
    "import decide 12AB las:t2 --kind leerkracht --email b@c.nl",
    "import commit 12AB",
    "import commit 12AB --yes",
    "import history 12AB",
    "import rollback 12AB",
    "import rollback 12AB --yes",
    "import discard 12AB",
    "import discard 12AB --yes",
    "roster show 12AB",
    "roster show 12AB --search bakker",
    "roster deactivate 12AB P1",
    "roster activate 12AB P1",
    "roster activate 12AB P99",
    "roster never-touch 12AB P1",
    "roster additions-only 12AB",
    "roster staged 12AB",
    "results status 12AB",
    "results again 12AB",
    "results resend 12AB --school-year 2025-2026 --confirm 12AB --why x",
    "audit",
    "audit --verify",
    "audit --since x",
    "mail list",
    "mail send",
    "message show 12AB",
    "privacy show 12AB",
    "privacy purge --dry-run",
    "privacy purge",
    "nightly --last 3",
    "nightly --concurrency 99",
    "access list",
    "access remove x",
    "link end 12AB --why x",
    "doctor",
]


def test_commands_and_their_refusals_speak_english(bureau: SchoolBureau, capsys: pytest.CaptureFixture[str]) -> None:
    typist = Typist(bureau.desk, capsys, SERVICE)
    for command in COMMANDS:
        name, *words = command.split()
        app = importlib.import_module(f"tui.commands.{MODULES.get(name, name)}").app
        try:
            told = typist.run(app, *words)[1]
        except KoppeldeskError as error:
            report(error)
            told = capsys.readouterr().err
        assert not dutch_in(told), f"{command}\n{told}"

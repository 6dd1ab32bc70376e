"""Nothing on a screen or from a command is called by its name in the code, and no English stands between the Dutch."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

from core.errors import KoppeldeskError
from tests.core.desk.office import SERVICE
from tests.core.desk.school_year import SchoolBureau
from tests.tui.commands.at_the_desk import Typist
from tests.tui.screens.review_school import a_school, in_review
from tests.tui.screens.terminal import at_the_app
from tests.tui.test_english import COMMANDS
from tui.cli import MODULES
from tui.errors import report

SNAKE = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
ENGLISH = re.compile(
    r"\b(?:the|and|with|not|error|failed|unknown|None|True|False|null|invalid|expected|missing|search|quit|select)\b",
    re.IGNORECASE,
)
SIZE = (140, 45)


def class_names() -> set[str]:
    """Return the names of our classes that are no words: ReviewMade, LinkOpened."""
    ours = (module for name, module in sys.modules.items() if name.split(".")[0] in ("core", "tui"))
    found = {name for module in ours for name, value in vars(module).items() if isinstance(value, type)}
    return {name for name in found if re.fullmatch(r"(?:[A-Z][a-z]+){2,}", name)}


def strange(told: str) -> list[str]:
    """Return what stands there and is no word for a person; options, and the reference for the makers, may."""
    told = re.sub(r"--[a-z-]+|^Referentie: .*$", "", told, flags=re.MULTILINE)
    names = class_names()
    assert len(names) > 100
    words = set(re.findall(r"\w+", told))
    return sorted({*SNAKE.findall(told), *ENGLISH.findall(told), *(words & names)})


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    return a_school(tmp_path / "bureau")


def test_commands_and_their_refusals_name_nothing_of_the_code(
    bureau: SchoolBureau, capsys: pytest.CaptureFixture[str]
) -> None:
    typist = Typist(bureau.desk, capsys, SERVICE)
    for command in COMMANDS:
        name, *words = command.split()
        app = importlib.import_module(f"tui.commands.{MODULES.get(name, name)}").app
        try:
            told = typist.run(app, *words)[1]
        except KoppeldeskError as error:
            report(error)
            told = capsys.readouterr().err
        told = told.replace(str(bureau.folder), "")
        assert not strange(told), f"{command}\n{told}"


async def test_screens_name_nothing_of_the_code(bureau: SchoolBureau) -> None:
    async with at_the_app(bureau, SERVICE, size=SIZE) as person:
        for key in ("question_mark", "n", "m", "l", "ctrl+p"):
            screen = await person.press(key)
            assert not strange(screen), screen
            await person.press("escape")
        await person.press("slash", *"12AB", "enter", "enter")
        await person.until("SchoolScreen")
        for key in ("question_mark", "k", "r", "l", "b", "g", "o", "u", "w", "s", "E", "ctrl+p"):
            screen = await person.press(key)
            assert not strange(screen), screen
            if person.place != "SchoolScreen":
                await person.press("escape")
                await person.until("SchoolScreen")
    async with in_review(bureau, SIZE) as person:
        for key in ("question_mark", "escape", "1", "x", "2", "n", "3", "right", "k", "escape", "p", "escape", "f"):
            screen = await person.press(key)
            assert not strange(screen), screen

"""The real app behind the front door: who is at the keyboard, work that survives a broken line, and what stays hidden."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.screen import Screen

from core.desk.actor import Role
from core.desk.passes import AccessList, Pass
from core.store.tiny import TinyStore
from tests.ssh.client import Window, run, ssh
from tests.ssh.crashing import CHILD
from tests.ssh.house import House, a_pass, an_open_house
from tests.ssh.world import World, a_world
from tui.screens.review import ReviewScreen
from tui.screens.school import SchoolScreen
from tui.screens.worklist import WorklistScreen

pytestmark = [pytest.mark.ssh, pytest.mark.slow]

NOWHERE = "99ZZ"
"""A BRIN that no school has."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Two schools, each with an import that waits for its review."""
    return a_world(tmp_path_factory.mktemp("world"))


@pytest.fixture(scope="module")
def reader(keys: Path) -> Pass:
    """Somebody who may only look, at every school."""
    return a_pass(keys / "stranger", "Lea de Vries", Role.READER)


@pytest.fixture(scope="module")
def desk(
    tmp_path_factory: pytest.TempPathFactory, world: World, anne: Pass, jan: Pass, reader: Pass
) -> Iterator[House]:
    """The front door of that world; Anne is support staff, Jan administers the first school, Lea looks."""
    access = TinyStore(world.folder).access()
    with access.edit() as draft:
        draft.value = AccessList(passes=(anne, jan, reader))
    folder = tmp_path_factory.mktemp("desk")
    with an_open_house(folder, warm=True, module="tui", access=access, environ=world.environ) as house:
        yield house


def test_the_app_knows_and_shows_who_is_at_the_keyboard(desk: House, keys: Path) -> None:
    for key, shown in (("anne", "Anne de Wit · klantenservice"), ("jan", "Jan Bos · beheerder")):
        with Window(ssh(desk, keys / key)) as window:
            window.wait_for(shown)
            window.type("\x11")
            assert window.exit_code() == 0


def test_a_line_that_breaks_in_the_middle_of_a_review_loses_no_decision(
    desk: House, keys: Path, world: World, anne: Pass
) -> None:
    review = [*ssh(desk, keys / "anne", "-t"), "review", world.schools[0][0]]
    with Window(review, columns=100, rows=30) as window:
        window.wait_for("Niet importeren 0")
        window.type("x")
        window.wait_for("door Anne")
        window.hang_up()
    with Window(review, columns=100, rows=30) as window:
        window.wait_for("Niet importeren 1")
        window.wait_for("door Anne")
    with Window([*ssh(desk, keys / "jan", "-t"), "review", world.schools[0][0]], columns=100, rows=30) as window:
        window.wait_for("door Anne")


def test_two_in_one_review_see_each_other_and_each_others_work(desk: House, keys: Path, world: World) -> None:
    words = ["review", world.schools[0][0]]
    with (
        Window([*ssh(desk, keys / "anne", "-t"), *words], columns=100, rows=30) as anne,
        Window([*ssh(desk, keys / "jan", "-t"), *words], columns=100, rows=30) as jan,
    ):
        jan.wait_for("ook hier: Anne de Wit")
        anne.wait_for("ook hier: Jan Bos")
        jan.type("\x1b[Bx")
        jan.wait_for("door Jan Bos")
        anne.wait_for("door Jan Bos")


def test_who_lost_the_line_is_no_longer_seen_in_the_review(desk: House, keys: Path, world: World) -> None:
    """In the second school's review nobody decides anything: what is seen there is presence alone."""
    words = ["review", world.schools[1][0]]
    with (
        Window([*ssh(desk, keys / "anne", "-t"), *words], columns=100, rows=30) as anne,
        Window([*ssh(desk, keys / "stranger", "-t"), *words], columns=100, rows=30) as lea,
    ):
        lea.wait_for("gegevens importeren")
        anne.wait_for("ook hier: Lea de Vries")
        lea.hang_up()
        anne.wait_until_gone("ook hier: Lea de Vries")


def test_a_crash_shows_a_reference_and_nothing_of_a_child(
    tmp_path: Path, keys: Path, world: World, anne: Pass, caplog: pytest.LogCaptureFixture
) -> None:
    with an_open_house(tmp_path, module="tests.ssh.crashing", environ=world.environ) as house:
        house.admit(anne)
        with Window(ssh(house, keys / "anne")) as window:
            window.wait_for("Werkvoorraad")
            window.type("\x1b[20~")
            window.wait_for("Referentie: ")
            assert window.exit_code() == 5
            assert CHILD.encode() not in window.received
            assert b"Traceback" not in window.received
    assert CHILD not in caplog.text


# --- role and scope ------------------------------------------------------------------------------------------------


def of_another(world: World, text: str) -> list[str]:
    """Return what of the other school stands in the text."""
    brin, name = world.schools[1]
    return [word for word in (brin, name) if word in text]


@pytest.mark.parametrize("command", ["status", "status --json", "help"])
def test_no_command_lists_another_school(desk: House, keys: Path, world: World, command: str) -> None:
    answer = run([*ssh(desk, keys / "jan"), command])
    assert answer.returncode == 0
    assert of_another(world, answer.stdout + answer.stderr) == []
    if command != "help":
        assert world.schools[0][1] in answer.stdout
        assert world.schools[1][1] in run([*ssh(desk, keys / "anne"), command]).stdout


@pytest.mark.parametrize("command", ["status {}", "status {} --json", "export {}", "-t review {}"])
def test_a_command_for_another_school_answers_as_for_one_that_does_not_exist(
    desk: House, keys: Path, world: World, command: str
) -> None:
    other = world.schools[1][0]
    answers = []
    for brin in (other, NOWHERE):
        words = command.format(brin)
        if words.startswith("-t "):
            with Window([*ssh(desk, keys / "jan", "-t"), words.removeprefix("-t ")], columns=100) as window:
                window.wait_for("niet bekend")
                window.settle()
                answers.append((0, window.text.replace(brin, "BRIN")))
        else:
            answer = run([*ssh(desk, keys / "jan"), words])
            answers.append((answer.returncode, (answer.stdout + answer.stderr).replace(brin, "BRIN")))
    assert answers[0] == answers[1]
    assert of_another(world, answers[0][1]) == []


EVERY_KEY = [*string.ascii_letters, *string.digits, *"/?+-=[]<>. ", "\t", "\r", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"]
EVERY_KEY += ["\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[H", "\x1b[F", "\x1b[6~", "\x10", "\x12", "\x06", "\x0e"]
"""Every key of a keyboard, and the usual control keys but for leaving."""


def bound_keys(screen: type[Screen[None]]) -> list[str]:
    """Return every plain key that a screen is bound to, and the ones that open a row and the palette."""
    names = [binding.key if isinstance(binding, Binding) else binding[0] for binding in screen.BINDINGS]
    return sorted({key for name in names for key in name.split(",") if len(key) == 1} | {"\r", "\x10"})


def shows_another_school(desk: House, keys: Path, world: World, way: list[str], tried: list[str]) -> list[str]:
    """Go to a screen by these keys and press each key there; return the ones after which the other school is seen.

    Each key is pressed in a fresh session: what an earlier one opened would be in the way.
    """
    seen = []
    for key in tried:
        with Window(ssh(desk, keys / "jan"), columns=110, rows=32) as window:
            window.wait_for("Jan Bos")
            for step in way:
                window.type(step)
                window.settle(0.06)
            window.wait_for(world.schools[0][1])
            window.type(key)
            window.settle(0.15)
            seen += [key for _word in of_another(world, window.text)]
    return seen


WAYS: dict[str, tuple[type[Screen[None]], str]] = {
    "work list": (WorklistScreen, ""),
    "school": (SchoolScreen, "/BRIN\r\r"),
    "review": (ReviewScreen, "/BRIN\r\ri"),
}
"""The screens from which all others are reached, and the keys that lead there."""


def way_to(world: World, place: str) -> list[str]:
    """Return the keys that lead to a place, for the own school."""
    return [world.schools[0][0] if part == "BRIN" else part for part in re.findall("BRIN|.", WAYS[place][1], re.S)]


@pytest.mark.parametrize("place", ["work list", "school"])
def test_no_key_of_a_screen_shows_another_school(desk: House, keys: Path, world: World, place: str) -> None:
    assert shows_another_school(desk, keys, world, way_to(world, place), bound_keys(WAYS[place][0])) == []


@pytest.mark.soak
@pytest.mark.timeout(900)
@pytest.mark.parametrize("place", WAYS)
def test_no_key_at_all_shows_another_school(desk: House, keys: Path, world: World, place: str) -> None:
    assert shows_another_school(desk, keys, world, way_to(world, place), EVERY_KEY) == []


@pytest.mark.parametrize("way", ["/", "\x10"])
def test_no_search_finds_another_school(desk: House, keys: Path, world: World, way: str) -> None:
    brin, name = world.schools[1]
    for words in (brin, name, NOWHERE):
        with Window(ssh(desk, keys / "jan"), columns=110, rows=32) as window:
            window.wait_for("Jan Bos")
            window.type(way)
            window.settle()
            window.type(words)
            window.settle()
            found = window.text.replace(words, "", 1)
            assert of_another(world, found) == [], f"{way!r} {words}"


def test_a_reader_changes_nothing(desk: House, keys: Path, world: World) -> None:
    brin = world.schools[1][0]
    decisions = sorted(world.folder.glob(f"schools/{brin}-00/decisions-*.jsonl"))
    before = [path.read_bytes() for path in decisions]
    with Window([*ssh(desk, keys / "stranger", "-t"), "review", brin], columns=100, rows=30) as window:
        window.settle(0.5)
        for key in "xbn ":
            window.type(key)
            window.settle()
    assert sorted(world.folder.glob(f"schools/{brin}-00/decisions-*.jsonl")) == decisions
    assert [path.read_bytes() for path in decisions] == before


def test_what_is_done_over_ssh_is_recorded_with_name_and_key(desk: House, keys: Path, world: World, jan: Pass) -> None:
    run([*ssh(desk, keys / "jan"), f"status {world.schools[1][0]}"])
    refused = [line for line in TinyStore(world.folder).audit().read() if line.refused]
    assert refused[-1].by == "Jan Bos"
    assert refused[-1].fingerprint == jan.fingerprint

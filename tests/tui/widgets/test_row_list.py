"""The list of rows: what is in sight, where the cursor is, what is marked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from rich.text import Text
from textual.app import App, ComposeResult

from tui.widgets.columns import Column
from tui.widgets.row_list import RowList
from tui.widgets.rows import PlainRows

COLUMNS = (Column(title="Naam", width=10, share=1), Column(title="Groep", width=6, drop=1))


class Shown(App[None]):
    """An app with nothing but a list."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def compose(self) -> ComposeResult:
        """The list."""
        yield RowList(COLUMNS)

    def on_mount(self) -> None:
        """Fill and focus it."""
        rows = [(str(i), (f"rij {i}", Text("[5]"))) for i in range(self.count)]
        self.query_one(RowList).show(PlainRows(rows))
        self.query_one(RowList).focus()


def lines(app: App[None]) -> list[str]:
    """What the list draws, line by line."""
    row_list = app.query_one(RowList)
    return [row_list.render_line(y).text for y in range(row_list.size.height)]


async def test_a_name_with_brackets_is_shown_as_it_is() -> None:
    app = Shown(3)
    async with app.run_test(size=(40, 10)):
        assert "[5]" in lines(app)[1]


async def test_end_shows_the_last_row_and_home_the_first() -> None:
    app = Shown(500)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        assert app.query_one(RowList).current_key == "499"
        assert "rij 499" in lines(app)[-1]
        await pilot.press("home")
        assert "rij 0" in lines(app)[1]


async def test_the_cursor_stays_on_its_row_when_others_come_in_above() -> None:
    app = Shown(5)
    async with app.run_test(size=(40, 10)) as pilot:
        row_list = app.query_one(RowList)
        await pilot.press("down", "down")
        rows = [("nieuw", ("x", "y")), *((str(i), (f"rij {i}", "5")) for i in range(5))]
        row_list.show(PlainRows(rows), keep=row_list.current_key)
        assert row_list.current_key == "2"
        assert row_list.cursor == 3


@pytest.mark.parametrize("place", [30, 5])
async def test_a_jump_shows_a_row_with_its_neighbours_on_both_sides(place: int) -> None:
    app = Shown(50)
    async with app.run_test(size=(40, 11)) as pilot:
        row_list = app.query_one(RowList)
        await pilot.press("end")
        rows = row_list.rows
        row_list.show(rows, keep=str(place))
        await pilot.pause()
        before = row_list.cursor - row_list.scroll_offset.y
        assert row_list.current_key == str(place)
        assert 2 <= before <= 7
        await pilot.press("down")
        assert row_list.cursor - row_list.scroll_offset.y == before + 1


async def test_a_range_is_marked_by_holding_shift() -> None:
    app = Shown(9)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "shift+down", "shift+down")
        assert app.query_one(RowList).chosen_keys == ["1", "2", "3"]


async def test_an_empty_list_takes_every_key() -> None:
    app = Shown(0)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "up", "end", "home", "space", "enter", "pagedown", "shift+down")
        assert app.query_one(RowList).chosen_keys == []


async def test_moving_the_cursor_draws_two_lines_and_nothing_else() -> None:
    app = Shown(50)
    async with app.run_test(size=(40, 10)) as pilot:
        row_list = app.query_one(RowList)
        drawn: set[int] = set()

        class Seen(PlainRows):
            def cells(self, index: int) -> Sequence[str | Text]:
                drawn.add(index)
                return super().cells(index)

        row_list.show(Seen([(str(i), (f"rij {i}", "5")) for i in range(50)]))
        await pilot.pause()
        drawn.clear()
        await pilot.press("down")
        await pilot.pause()
        assert drawn == {0, 1}


async def test_the_cursor_passes_over_headings_and_they_stay_in_sight() -> None:
    app = Shown(0)
    async with app.run_test(size=(40, 5)) as pilot:
        row_list = app.query_one(RowList)
        row_list.heading = "#"
        keys = ("#1", "a", "#2", "#niets", "#3", "b", "c", "#4")
        row_list.show(PlainRows([(key, (key, "")) for key in keys]))
        assert row_list.current_key == "a"
        await pilot.press("down")
        assert row_list.current_key == "b"
        await pilot.press("end")
        assert row_list.current_key == "c"
        await pilot.press("up", "up")
        assert row_list.current_key == "a"
        await pilot.press("home")
        assert row_list.current_key == "a"
        assert "#1" in lines(app)[1]

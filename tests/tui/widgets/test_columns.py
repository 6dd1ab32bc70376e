"""Columns: they share the width there is, and no cell leaves its own."""

from __future__ import annotations

from rich.cells import cell_len

from tui.widgets.columns import Column, Columns, divide, fitted

COLUMNS = (Column(title="Naam", width=10, share=1), Column(title="Groep", width=6, drop=1))


def test_a_narrow_list_drops_the_column_that_may_go() -> None:
    assert divide(COLUMNS, 12) == (12, 0)
    assert divide(COLUMNS, 30) == (24, 6)


def test_a_cell_is_as_wide_as_its_column_whatever_is_in_it() -> None:
    for text in ("", "kort", "veel te lang voor hier", "水水水水水水", "Zoë́", "[5]"):
        assert cell_len(fitted(text, 7)) == 7
        assert cell_len(fitted(text, 7, right=True)) == 7
    assert fitted("wat dan ook", 0) == ""


def test_a_name_gives_no_orders_to_the_terminal() -> None:
    assert fitted("Jan\x1b[2J\nKo\x9b", 12) == "Jan [2J Ko  "


def test_a_row_that_is_written_out_says_what_its_numbers_are() -> None:
    columns = Columns(
        [Column(title="", width=2), Column(title="school", width=9), Column(title="afgekeurd", width=9, right=True)]
    )
    assert columns.written(["!", " Het Kompas", "4"]) == "! · Het Kompas · afgekeurd 4"
    assert columns.written(["", "Het Kompas", ""]) == "Het Kompas"

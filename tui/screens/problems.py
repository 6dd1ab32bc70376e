"""What must be put right or looked at before anything can be imported; choosing one goes to its row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from core.importing.decisions import RowKey
from core.importing.session import ReviewSession
from core.language import N_, _
from tui.screens.base import AnsweringScreen
from tui.widgets.columns import Column
from tui.widgets.review_head import TAB_NAMES
from tui.widgets.row_list import RowList
from tui.widgets.rows import PlainRows


class ProblemsScreen(AnsweringScreen[RowKey]):
    """Problems first, then doubts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("naar de rij"), tooltip=N_("Naar de rij waar het om gaat")),
    ]
    HELP: ClassVar[str] = N_(
        "! is een probleem: dat moet eerst goed. ? is een twijfel: daar moet eerst iemand naar kijken. "
        "Enter brengt u naar de rij."
    )

    def __init__(self, session: ReviewSession) -> None:
        super().__init__()
        self.found: list[tuple[RowKey, str, str, str]] = [
            *((problem.key, "!", problem.title, problem.sentence) for problem in session.problems()),
            *((row.key, "?", row.title, row.doubt) for row in session.doubts() if not row.problems),
        ]

    def heading(self) -> str:
        """The name of the list."""
        return _("Eerst nog dit")

    def body(self) -> Iterable[Widget]:
        """The list."""
        told = (
            _("Dit moet eerst goed of bekeken zijn.") if self.found else _("Er is niets meer dat de import tegenhoudt.")
        )
        yield Static(f" {told}", markup=False, classes="facts")
        yield RowList(
            (
                Column(title="", width=2),
                Column(title=_("tabblad"), width=13),
                Column(title=_("rij"), width=22, share=1),
                Column(title=_("wat"), width=30, share=2),
            )
        )
        yield Static("", id="whole", markup=False)

    def on_mount(self) -> None:
        """Show them."""
        rows = [
            (str(place), (sign, _(TAB_NAMES[key.kind]), title, sentence))
            for place, (key, sign, title, sentence) in enumerate(self.found)
        ]
        self.query_one(RowList).show(PlainRows(rows))
        self.query_one(RowList).focus()

    def on_row_list_moved(self) -> None:
        """Write the row under the cursor out: a sentence seldom fits in its column."""
        self.query_one("#whole", Static).update(self.query_one(RowList).whole_row)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Go to the row."""
        self.answer(self.found[event.index][0])

    def action_open(self) -> None:
        """Go to the row under the cursor."""
        self.query_one(RowList).action_choose()

"""A list of results of one school: enter shows everything that happened to one."""

from __future__ import annotations

from typing import ClassVar

from core.language import N_
from core.model import SchoolId
from core.scores.message import ResultKey
from tui.screens.list_screen import ListScreen
from tui.screens.result import ResultScreen
from tui.widgets.row_list import RowList


class ResultListScreen(ListScreen):
    """Results of one school; their keys are those of the rows."""

    SEARCH: ClassVar[str] = N_("Zoek op leerling of toets")

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school

    @property
    def chosen(self) -> list[ResultKey]:
        """The marked results, or the one under the cursor."""
        return [ResultKey(key) for key in self.rows.chosen_keys]

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the history of a result."""
        course = self.attempt(lambda: self.desk.scores.history(self.actor, self.school, ResultKey(event.key)))
        if course is not None:
            self.app.push_screen(ResultScreen(course))

"""Why results were rejected or held back, grouped by cause, with what to do about each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.language import N_, _, ngettext
from core.scores.reasons import Explanation
from tui.screens.base import DeskScreen


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCause:
    """One cause as it is drawn."""

    results: int
    where: str
    """State, or the schools it is about."""
    explanation: Explanation


class CausesScreen(DeskScreen):
    """The causes, the one with most results first."""

    HELP: ClassVar[str] = N_("Per oorzaak: hoeveel resultaten, wat er aan de hand is en wat te doen.")

    def __init__(self, title: str, causes: Sequence[ShownCause]) -> None:
        super().__init__()
        self._title = title
        self.causes = causes

    def heading(self) -> str:
        """Whose causes."""
        return self._title

    def body(self) -> Iterable[Widget]:
        """One block a cause."""
        with VerticalScroll():
            blocks = [drawn(cause) for cause in self.causes] or [Text(" " + _("Niets afgekeurd of ingehouden."))]
            yield Static(Text("\n\n").join(blocks), markup=False)


def drawn(cause: ShownCause) -> Text:
    """Draw one cause: how many, where, what, and what to do."""
    count = ngettext("{n} resultaat", "{n} resultaten", cause.results).format(n=cause.results)
    lines = [Text.assemble(f" {count:<16}", (cause.explanation.what, "bold"))]
    lines.append(Text(f"{'':<17}{cause.where}"))
    if cause.explanation.todo:
        lines.append(Text(f"{'':<17}→ {cause.explanation.todo}"))
    return Text("\n").join(lines)

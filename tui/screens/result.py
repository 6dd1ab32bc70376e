"""One result: what it says and everything that happened to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from core.desk.result_rows import Course
from core.language import N_, _
from core.scores.ledger import State
from tui.screens.base import DeskScreen

SIGNS = {
    State.WAITING: "·",
    State.HELD: "‖",
    State.UNDERWAY: "→",
    State.UNKNOWN: "?",
    State.CONFIRMED: "✓",
    State.REJECTED: "✗",
    State.CORRECTED: "↻",
    State.EXPIRED: "–",
}


class ResultScreen(DeskScreen):
    """One result and everything that happened to it."""

    HELP: ClassVar[str] = N_("Alles wat er met dit resultaat gebeurde, het oudste eerst.")

    def __init__(self, course: Course) -> None:
        super().__init__()
        self.course = course

    def heading(self) -> str:
        """Pupil and test."""
        return f"{self.course.row.name} · {self.course.row.test_name}"

    def body(self) -> Iterable[Widget]:
        """Facts, then each step."""
        with VerticalScroll():
            yield Static(self._facts(), markup=False)
            yield Static(self._steps(), markup=False)

    def _facts(self) -> Text:
        row = self.course.row
        normed = row.normed
        facts = (
            (_("toetsdatum"), row.taken.strftime("%d-%m-%Y")),
            (_("ruwe score"), row.raw),
            (_("vaardigheidsscore"), normed.ability),
            (_("percentiel"), normed.percentile),
            (_("niveau"), normed.fifth or normed.letter),
            ("DLE", normed.dle),
            ("DL", normed.dl),
            (_("normtabel"), normed.table),
        )
        lines = [f" {name:<20}{str(value).replace('.', ',')}" for name, value in facts if value not in (None, "")]
        return Text("\n".join(["", *lines, ""]))

    def _steps(self) -> Text:
        lines = []
        for step, explanation in self.course.steps:
            when = step.at.strftime("%d-%m-%Y %H:%M")
            who = step.by or _("nachtelijke run")
            lines.append(Text.assemble(f" {when}  ", (f"{SIGNS[step.to]} {_(step.to.value):<14}", "bold"), who))
            lines.extend(Text(f"{'':>19}{part}") for part in (explanation.what, explanation.todo, step.detail) if part)
        return Text("\n").join(lines)

"""Help: what can be done on the screen behind it, and its keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Label, Static

from core.language import N_, _
from tui.widgets.chrome import KEY_NAMES


class HelpScreen(ModalScreen[None]):
    """What can be done on the screen below, and every key that works there."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,question_mark,q,enter", "dismiss(None)", N_("sluiten"))]

    def __init__(self, heading: str, text: str, bindings: Sequence[Binding]) -> None:
        super().__init__()
        self.heading = heading
        self.text = text
        self.bindings = bindings

    def compose(self) -> ComposeResult:
        """The words, then every key with what it does."""
        with VerticalScroll(classes="dialog dialog--help"):
            yield Label(_("Hulp") + " · " + self.heading, classes="dialog--title", markup=False)
            yield Static(self.text, markup=False)
            yield Label(_("Toetsen"), classes="dialog--title", markup=False)
            yield Static(self._keys())

    def _keys(self) -> Text:
        lines = []
        for binding in self.bindings:
            names = " ".join(KEY_NAMES.get(key, key) for key in binding.key.split(","))
            meaning = _(binding.tooltip) if binding.tooltip else _(binding.description)
            lines.append(Text.assemble((f"{names:<12}", "bold"), meaning))
        return Text("\n").join(lines)

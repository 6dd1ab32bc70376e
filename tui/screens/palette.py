"""Everything that can be done on a screen, found by its words: for who does not know the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from core.language import N_, _
from tui.widgets.chrome import key_name


class PaletteScreen(ModalScreen[str | None]):
    """The actions of the screen below, narrowed by what is typed. Answers the action; None = left alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+p", "dismiss(None)", N_("terug")),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def __init__(self, bindings: Sequence[Binding]) -> None:
        super().__init__()
        self.bindings = tuple({binding.action: binding for binding in bindings}.values())
        """Each action once, whichever keys do it."""

    def compose(self) -> ComposeResult:
        """What is typed, and what fits it."""
        with Vertical(classes="dialog"):
            yield Label(_("Wat wilt u doen?"), classes="dialog--title", markup=False)
            yield Input(placeholder=_("Typ een deel van een woord; enter doet het"))
            actions = OptionList(markup=False)
            actions.can_focus = False
            yield actions

    def on_mount(self) -> None:
        """Start with everything."""
        self.query_one(Input).focus()
        self.narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        self.narrow(event.value)

    def narrow(self, text: str) -> None:
        """Show the actions in whose words every part of `text` stands."""
        actions = self.query_one(OptionList)
        actions.clear_options()
        wanted = text.casefold().split()
        for binding in self.bindings:
            told = _(binding.tooltip or binding.description)
            if all(part in f"{_(binding.description)} {told}".casefold() for part in wanted):
                actions.add_option(Option(Text(f"{key_name(binding):<8}{told}"), id=binding.action))
        if actions.option_count:
            actions.highlighted = 0
        else:
            actions.add_option(Option(Text(_("Niets op dit scherm heet zo.")), disabled=True))

    def action_move(self, by: int) -> None:
        """Move along what fits."""
        actions = self.query_one(OptionList)
        (actions.action_cursor_down if by > 0 else actions.action_cursor_up)()

    def on_input_submitted(self) -> None:
        """Do what is under the cursor."""
        actions = self.query_one(OptionList)
        if actions.highlighted is not None:
            self.dismiss(actions.get_option_at_index(actions.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was clicked."""
        self.dismiss(event.option_id)

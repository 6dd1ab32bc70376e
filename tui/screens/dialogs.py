"""Dialogs: an error explained, a question with a safe default, and a confirmation that must be typed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, repeat
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from core.errors import KoppeldeskError
from core.language import N_, _
from tui.widgets.chrome import KeyLine

BACK = Binding("escape", "dismiss(None)", N_("terug"))
NUMBERS = "123456789"
"""Keys of the first possibilities of a choice; for those after them there are the arrows."""


class ErrorDialog(ModalScreen[None]):
    """What happened, what was stored, what to do next; the text can be selected."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss(None)", N_("sluiten"))]

    def __init__(self, error: KoppeldeskError) -> None:
        super().__init__()
        self.error = error

    def compose(self) -> ComposeResult:
        """Three sentences and a reference."""
        with Vertical(classes="dialog dialog--error"):
            yield Label("! " + _("Dat ging niet"), classes="dialog--title", markup=False)
            for part in (self.error.what, self.error.stored, self.error.todo):
                if part:
                    yield Static(part, markup=False)
            if self.error.reference:
                yield Static(_("Referentie: {reference}").format(reference=self.error.reference), markup=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button(_("Sluiten"), id="close")

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)


class TellDialog(ModalScreen[None]):
    """Something to read, and a button to be done with it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "dismiss(None)", N_("sluiten"))]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.heading = title
        self.text = text

    def compose(self) -> ComposeResult:
        """The text; it can be selected."""
        with Vertical(classes="dialog"):
            yield Label(self.heading, classes="dialog--title", markup=False)
            yield Static(self.text, markup=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button(_("Sluiten"))

    def on_button_pressed(self) -> None:
        """Close."""
        self.dismiss(None)


class AskDialog(ModalScreen[bool]):
    """A question; `j` does it, everything else does not. The safe button has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "answer(True)", N_("ja")),
        Binding("n,escape", "answer(False)", N_("nee")),
        Binding("left,right,up,down", "app.focus_next", show=False),
    ]

    def __init__(self, question: str, *, explanation: str = "", do: str = "", leave: str = "") -> None:
        super().__init__()
        self.question = question
        self.explanation = explanation
        self.do = do or _("Ja (j)")
        self.leave = leave or _("Nee (n)")

    def compose(self) -> ComposeResult:
        """The question and two buttons."""
        with Vertical(classes="dialog"):
            yield Label(self.question, classes="dialog--title", markup=False)
            if self.explanation:
                yield Static(self.explanation, markup=False)
            with Horizontal(classes="dialog--buttons"):
                yield Button(self.leave, id="no")
                yield Button(self.do, id="yes", variant="warning")

    def on_mount(self) -> None:
        """Put the focus on the safe answer."""
        self.query_one("#no", Button).focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by key."""
        self.dismiss(yes)


class TypeDialog(ModalScreen[str | None]):
    """Ask for a text: a reason, or the BRIN as confirmation. None = left alone.

    `wrong_with` says what is wrong with a text, empty when it is fine.
    """

    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(
        self,
        question: str,
        *,
        explanation: str = "",
        must_be: str | None = None,
        value: str = "",
        password: bool = False,
        wrong_with: Callable[[str], str] = lambda _text: "",
    ) -> None:
        super().__init__()
        self.wrong_with = wrong_with
        self.password = password
        self.question = question
        self.explanation = explanation
        self.must_be = must_be
        self.value = value

    def compose(self) -> ComposeResult:
        """The question, a line to type on, and what is wrong with it."""
        with Vertical(classes="dialog"):
            yield Label(self.question, classes="dialog--title", markup=False)
            if self.explanation:
                yield Static(self.explanation, markup=False)
            yield Input(self.value, id="answer", password=self.password)
            yield Static("", id="wrong", markup=False)
            yield KeyLine(Binding("enter", "confirm", N_("bevestigen")), BACK)

    def on_input_submitted(self) -> None:
        """Enter confirms."""
        self.action_confirm()

    def action_confirm(self) -> None:
        """Give the text back when it is what must be typed."""
        text = self.query_one(Input).value.strip()
        if self.must_be is not None and text.upper() != self.must_be.upper():
            self.query_one("#wrong", Static).update(_("Typ precies {text}.").format(text=self.must_be))
        elif text and (wrong := self.wrong_with(text)):
            self.query_one("#wrong", Static).update(wrong)
        elif text:
            self.dismiss(text)
        else:
            self.query_one("#wrong", Static).update(_("Vul iets in, of ga terug met esc."))


class ChooseDialog(ModalScreen[str | None]):
    """A few possibilities, one of which is chosen by arrow and enter, or by its number. None = left alone."""

    BINDINGS: ClassVar[list[BindingType]] = [BACK]

    def __init__(self, question: str, options: dict[str, str], *, explanation: str = "") -> None:
        super().__init__()
        self.question = question
        self.options = options
        self.explanation = explanation

    def compose(self) -> ComposeResult:
        """The question and its possibilities."""
        with Vertical(classes="dialog"):
            yield Label(self.question, classes="dialog--title", markup=False)
            if self.explanation:
                yield Static(self.explanation, markup=False)
            yield OptionList(
                *(
                    Option(f"{number} {text}", id=key)
                    for number, (key, text) in zip(chain(NUMBERS, repeat(" ")), self.options.items(), strict=False)
                ),
                markup=False,
            )
            yield KeyLine(Binding("enter", "choose", N_("kiezen")), BACK)

    def on_mount(self) -> None:
        """Let the arrows work at once."""
        self.query_one(OptionList).focus()

    def on_key(self, event: events.Key) -> None:
        """Choose by number."""
        if chosen := dict(zip(NUMBERS, self.options, strict=False)).get(event.character or ""):
            self.dismiss(chosen)

    def action_choose(self) -> None:
        """Choose what the cursor stands on."""
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose by enter or mouse."""
        self.dismiss(event.option_id)

"""The frame round every screen: the blue bar above, the keys below."""

from __future__ import annotations

from collections.abc import Iterable

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.widgets import Static

from core.language import _

KEY_NAMES = {
    "escape": "esc",
    "question_mark": "?",
    "f1": "F1",
    "slash": "/",
    "space": "spatie",
    "ctrl+p": "^p",
    "ctrl+r": "^r",
    "ctrl+s": "^s",
    "ctrl+q": "^q",
    "ctrl+t": "^t",
    "ctrl+w": "^w",
    "ctrl+x": "^x",
    "full_stop": ".",
    "left": "←",
    "right": "→",
}


def key_name(binding: Binding) -> str:
    """Return the first key of a binding as it is shown: `^s`, `esc`."""
    first = binding.key.split(",")[0]
    return binding.key_display or KEY_NAMES.get(first, first)


class TitleBar(Static):
    """The blue bar: what is on screen at the left, who and where at the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._left = ""
        self._right = ""

    def say(self, left: str, right: str) -> None:
        """Show `left` and `right`; the left side is cut off when both do not fit."""
        self._left, self._right = left, right
        self.refresh()

    def render(self) -> Text:
        """Lay both sides out over the width there is."""
        width = self.size.width
        room = max(0, width - len(self._right) - 2)
        left = Text(f" {self._left}", style="bold")
        left.truncate(room, overflow="ellipsis")
        left.pad_right(max(0, room - left.cell_len))
        return left.append(f" {self._right} ", style="not bold")


def doing(action: str) -> Style:
    """Return the style of a text that does `action` of its screen when it is clicked."""
    return Style(meta={"do": action})


class Clickable(Static):
    """Text of which parts do something when they are clicked (see `doing`)."""

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        action = event.style.meta.get("do")
        if isinstance(action, str):
            await self.screen.run_action(action)


class KeyLine(Clickable):
    """The keys that work here; each can be clicked as well."""

    def __init__(self, *bindings: Binding) -> None:
        super().__init__(markup=False)
        self._keys = bindings

    def say(self, bindings: Iterable[Binding]) -> None:
        """Show these bindings, in order, as far as they fit."""
        keys = tuple(binding for binding in bindings if binding.show)
        if keys != self._keys:
            self._keys = keys
            self.refresh()

    def render(self) -> Text:
        """Lay the keys out on one line; when they do not fit, the last two lose their words, then others go."""
        parts = self._parts(0)
        for bare in (1, 2):
            if _length(parts) > self.size.width:
                parts = self._parts(bare)
        return Text("  ").join([Text(), *self._fitting(parts)])[: self.size.width]

    def _fitting(self, parts: list[Text]) -> list[Text]:
        """Return what there is room for: the last two always, and of the others as many as fit, the first ones first."""
        *others, explain, back = parts if len(parts) > 1 else (*parts, Text(), Text())
        kept: list[Text] = []
        for part in others:
            if _length([*kept, part, explain, back]) <= self.size.width:
                kept.append(part)
        return [*kept, explain, back]

    def _parts(self, bare: int) -> list[Text]:
        """Return each key with its words; the last `bare` ones (help and back, which everybody knows) without."""
        words = len(self._keys) - bare
        return [self._part(binding, named=place < words) for place, binding in enumerate(self._keys)]

    def _part(self, binding: Binding, *, named: bool) -> Text:
        return Text.assemble(
            (key_name(binding), "bold"), f" {_(binding.description)}" if named else "", style=doing(binding.action)
        )


def _length(parts: list[Text]) -> int:
    return sum(part.cell_len + 2 for part in parts)

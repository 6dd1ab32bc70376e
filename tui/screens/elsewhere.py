"""Scores that may stand with another child in ParnasSys: which, with whom, and what to do about it by hand."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from core.desk.elsewhere import Elsewhere, told_elsewhere
from core.language import N_, _, ngettext
from tui.screens.dialogs import AskDialog
from tui.screens.result_list import ResultListScreen
from tui.widgets.columns import Column
from tui.widgets.rows import PlainRows


class ElsewhereScreen(ResultListScreen):
    """What the school must remove in ParnasSys, and what is said to be removed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("geschiedenis"), tooltip=N_("Alles wat er met dit resultaat gebeurde")),
        Binding(
            "v", "removed", N_("is verwijderd"), tooltip=N_("Melden dat de school het in ParnasSys verwijderd heeft")
        ),
    ]
    WHOLE: ClassVar[bool] = True
    MARKS: ClassVar[bool] = True
    HELP: ClassVar[str] = N_(
        "Deze scores zijn verzonden toen de leerling anders gekoppeld was. In ParnasSys staan ze misschien nog bij het "
        "kind in de laatste kolom, en Koppeldesk kan daar niets verwijderen.\n\n1. De school opent dat kind in ParnasSys, "
        "kiest het tabblad Toetsen en verwijdert de score van die toets en datum.\n2. De klantenservice meldt hier dat het "
        "gedaan is (spatie markeert, v meldt).\n3. De volgende nacht gaat de score naar het juiste kind."
    )

    def heading(self) -> str:
        """The school."""
        return self.about(self.school, _("bij een ander kind"))

    def columns(self) -> tuple[Column, ...]:
        """Whose it is, which it is, and where it may stand."""
        return (
            Column(title=_("leerling"), width=16, share=2),
            Column(title=_("toets"), width=14, share=2),
            Column(title=_("datum"), width=9),
            Column(title=_("ruw"), width=5, right=True),
            Column(title=_("staat misschien bij"), width=20, share=3),
        )

    def fill(self) -> None:
        """Show what waits to be removed."""
        found = self.attempt(lambda: self.desk.elsewhere.show(self.actor, self.school))
        if found is None:
            return
        shown = [one for one in found if self.search.casefold() in f"{one.row.name} {one.row.test_name}".casefold()]
        self.facts(_told(len(found)))
        self.rows.show(PlainRows([(one.row.key, _cells(one)) for one in shown]), keep=self.rows.current_key)

    def action_removed(self) -> None:
        """Take note of what was removed, after asking whether it really was."""
        keys = self.chosen
        if not keys:
            return

        def answered(yes: bool | None) -> None:
            count = self.attempt(lambda: self.desk.elsewhere.removed(self.actor, self.school, keys)) if yes else None
            if count:
                told = ngettext(
                    "{n} score gaat vannacht naar het juiste kind.",
                    "{n} scores gaan vannacht naar het juiste kind.",
                    count,
                )
                self.notify(told.format(n=count))
                self.rows.clear_marks()
                self.fill()

        question = ngettext(
            "Is {n} score in ParnasSys verwijderd?", "Zijn {n} scores in ParnasSys verwijderd?", len(keys)
        ).format(n=len(keys))
        explanation = _("Meld dit pas als het daar gebeurd is: anders blijft de score bij het andere kind staan.")
        self.app.push_screen(AskDialog(question, explanation=explanation), answered)


def _told(count: int) -> str:
    if not count:
        return " " + _("Er staat voor zover bekend niets bij een ander kind.")
    todo = _("Laat ze daar verwijderen (dat kind, tabblad Toetsen) en meld het hier met v.")
    return f" ! {told_elsewhere(count)}\n {todo}"


def _cells(one: Elsewhere) -> tuple[str, ...]:
    row = one.row
    raw = "" if row.raw is None else str(row.raw)
    return row.name, row.test_name, row.taken.strftime("%d-%m-%y"), raw, ", ".join(one.places)

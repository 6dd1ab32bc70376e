"""Earlier imports of a school, and taking the last one back after seeing what that does."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from core.history import ImportDone
from core.importing.rollback import RollBack
from core.language import N_, _, ngettext, spoken
from core.model import SchoolId
from tui.screens.dialogs import TypeDialog
from tui.screens.list_screen import ListScreen
from tui.widgets.columns import Column
from tui.widgets.review_head import TAB_NAMES
from tui.widgets.rows import PlainRows


class HistoryScreen(ListScreen):
    """The imports of a school, the latest first."""

    WHOLE: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t",
            "roll_back",
            N_("import terugdraaien"),
            tooltip=N_("De laatste import ongedaan maken, na een voorbeeld"),
        ),
    ]
    HELP: ClassVar[str] = N_(
        "Alle imports van deze school. De laatste kan worden teruggedraaid tot er een volgende is: u ziet eerst wat er dan "
        "gebeurt. Wat iemand sindsdien zelf veranderde, blijft zoals die het liet; resultaten blijven altijd."
    )

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school

    def heading(self) -> str:
        """The school."""
        return self.about(self.school, _("eerdere imports"))

    def columns(self) -> tuple[Column, ...]:
        """When, who, what."""
        return (
            Column(title=_("wanneer"), width=17),
            Column(title=_("door"), width=16, share=1),
            Column(title=_("wat"), width=30, share=3),
            Column(title="", width=14),
        )

    def fill(self) -> None:
        """Show the imports."""
        done = self.attempt(lambda: self.desk.imports.history(self.actor, self.school))
        if done is not None:
            self.facts(
                " "
                + (
                    ngettext("{n} import", "{n} imports", len(done)).format(n=len(done))
                    if done
                    else _("Nog geen imports.")
                )
            )
            self.rows.show(PlainRows([(one.id, cells(one)) for one in done]))

    def action_roll_back(self) -> None:
        """Show what taking back would do, and do it once the BRIN was typed."""
        back = self.attempt(lambda: self.desk.imports.rollback_preview(self.actor, self.school))
        if back is None:
            return

        def typed(brin: str | None) -> None:
            if brin and self.attempt(
                lambda: self.desk.imports.rollback(self.actor, self.school, import_id=back.import_id)
            ):
                self.notify(_("De import is teruggedraaid."))
                self.fill()

        question = _("Typ de BRIN om de import terug te draaien")
        self.app.push_screen(TypeDialog(question, explanation=preview(back), must_be=self.school.brin), typed)


def preview(back: RollBack) -> str:
    """Say what taking back an import does."""
    lines = []
    for kind, name in TAB_NAMES.items():
        restored, removed = back.restored.get(kind, 0), back.removed.get(kind, 0)
        lines.append(
            _("{name}: {restored} krijgen terug wat ze hadden, {removed} nieuwe verdwijnen weer").format(
                name=_(name), restored=restored, removed=removed
            )
        )
    lines.append(
        ngettext(
            "{n} gedeactiveerde leerling wordt weer actief",
            "{n} gedeactiveerde leerlingen worden weer actief",
            back.reactivated,
        ).format(n=back.reactivated)
    )
    if back.forgotten:
        lines.append(_("{n} keuzes uit deze import worden niet meer onthouden").format(n=back.forgotten))
    lines.extend(f"! {kept.sentence}" for kept in back.kept[:8])
    return "\n".join(lines)


def cells(done: ImportDone) -> tuple[str, ...]:
    """Return the cells of one import."""
    what = ", ".join(f"{_(name)} {count}" for name, count in done.counts.items() if count) or _("niets veranderd")
    state = _("teruggedraaid") if done.rolled_back else _("kan terug") if done.changes else ""
    override = " · " + _("bevestigd: {guard}").format(guard=spoken(done.override)) if done.override else ""
    return done.at.strftime("%d-%m-%Y %H:%M"), done.by, what + override, state

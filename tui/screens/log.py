"""The audit log: who did what, when, for which school; records by id, never by a child's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from core.desk.logs import Wanted
from core.desk.trail import AuditEntry
from core.language import N_, _, ngettext, spoken
from core.model import SchoolId
from tui.screens.list_screen import ListScreen
from tui.widgets.columns import Column
from tui.widgets.rows import PlainRows

NEWEST = 2000


class LogScreen(ListScreen):
    """The log of everything, or of one school."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "verify", N_("nagaan"), tooltip=N_("Nagaan of er niets aan het logboek veranderd is")),
    ]
    SEARCH: ClassVar[str] = N_("Zoek op naam, handeling of school")
    WHOLE: ClassVar[bool] = True
    HELP: ClassVar[str] = N_(
        "Alles wat iemand deed: wie, wanneer, wat, van en naar, en waarom. Namen van kinderen staan er niet in. "
        "c gaat na of er iets aan het logboek veranderd is."
    )

    def __init__(self, school: SchoolId | None) -> None:
        super().__init__()
        self.school = school
        self.entries: list[AuditEntry] = []

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """Only who works for every school can tell anything from the chain."""
        return action != "verify" or self.actor.everywhere

    def heading(self) -> str:
        """Whose log."""
        return _("Logboek") + (f" · {self.school}" if self.school else "")

    def columns(self) -> tuple[Column, ...]:
        """When, who, which school, what, and why."""
        return (
            Column(title=_("tijd"), width=15),
            Column(title=_("wie"), width=16, share=1),
            Column(title=_("school"), width=9, drop=2),
            Column(title=_("handeling"), width=22, share=1),
            Column(title=_("bijzonderheden"), width=16, share=3, drop=1),
        )

    def body(self) -> Iterable[Widget]:
        """Read once, then narrow."""
        read = self.attempt(lambda: self.desk.logs.read(self.actor, Wanted(school=self.school), NEWEST))
        self.entries = read or []
        return super().body()

    def fill(self) -> None:
        """Show the entries that fit."""
        needle = self.search.casefold()
        rows = [(str(place), cells(entry)) for place, entry in enumerate(self.entries)]
        if needle:
            rows = [row for row in rows if needle in " ".join(row[1]).casefold()]
        self.facts(" " + ngettext("{n} regel", "{n} regels", len(rows)).format(n=len(rows)))
        self.rows.show(PlainRows(rows))

    def action_verify(self) -> None:
        """Walk the chain of hashes."""
        verdict = self.attempt(lambda: self.desk.logs.verify(self.actor))
        if verdict is None:
            return
        if verdict.whole:
            self.notify(
                _("Het logboek is heel: {n} regels, kop {head}.").format(n=verdict.entries, head=verdict.head[:12])
            )
        else:
            place = verdict.broken_at if verdict.broken_at is not None else verdict.entries
            self.notify(_("Het logboek klopt niet meer vanaf regel {n}.").format(n=place), severity="error", timeout=30)


def cells(entry: AuditEntry) -> tuple[str, ...]:
    """Return the cells of one entry."""
    act = _(entry.act) + (" · " + _("geweigerd") if entry.refused else "")
    who = entry.by + (" " + _("(namens de school)") if entry.on_behalf else "")
    course = f"{spoken(entry.came_from)} → {spoken(entry.to)}".strip() if entry.came_from or entry.to else ""
    detail = " · ".join(part for part in (course, _(entry.subject), spoken(entry.why)) if part)
    return entry.at.strftime("%d-%m-%y %H:%M"), who, entry.school, act, detail

"""The work list: what waits, for whom and how long; and the search over all schools. Where a day starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from core.desk.ports import SchoolLine
from core.desk.worklist import Section, WorkItem, Worklist, spoken_wait
from core.language import N_, _, ngettext
from core.model import SchoolId
from tui.screens.list_screen import ListScreen
from tui.widgets.charts import spark
from tui.widgets.columns import Column
from tui.widgets.row_list import RowList
from tui.widgets.rows import PlainRows

FEW = 12
"""Schools up to which those that wait for nothing are listed too: who has one school finds it without searching."""


class WorklistScreen(ListScreen):
    """What waits for whom."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("openen"), tooltip=N_("De school openen")),
        Binding("n", "nights", N_("nacht"), tooltip=N_("De laatste nachtelijke runs")),
        Binding("m", "mail", N_("berichten"), tooltip=N_("Verzonden en wachtende berichten")),
        Binding("l", "log", N_("logboek"), tooltip=N_("Wie deed wat, wanneer")),
        Binding("ctrl+q", "app.leave", N_("afsluiten"), id="leave", tooltip=N_("Koppeldesk verlaten")),
        Binding("r", "refresh", N_("verversen"), show=False, tooltip=N_("Opnieuw kijken")),
    ]
    HEADING: ClassVar[str] = "#"
    FIRST: ClassVar[bool] = True
    SEARCH: ClassVar[str] = N_("Zoek school, BRIN of plaats…")
    HELP: ClassVar[str] = N_(
        "Hier staat wat er wacht, op wie en hoe lang al; wat een school het meest ophoudt staat bovenaan.\n\n"
        "Met / zoekt u in alle scholen op naam, BRIN of plaats. Enter opent de school: haar hele loop als lijstje, met "
        "de ene volgende stap en wie die moet zetten."
    )

    def heading(self) -> str:
        """The name of the screen."""
        return "Koppeldesk  " + _("Werkvoorraad")

    def columns(self) -> tuple[Column, ...]:
        """School, what waits, detail and how long."""
        return (
            Column(title=_("school"), width=29, share=2),
            Column(title=_("wat"), width=20, share=1),
            Column(title=_("bijzonderheden"), width=23, share=2, drop=1),
            Column(title=_("wacht"), width=6, right=True),
        )

    def on_mount(self) -> None:
        """Look again every minute."""
        self.set_interval(60, self.look_again)

    def look_again(self) -> None:
        """Show what changed, while somebody looks."""
        if self.is_current:
            self.fill()

    def check_action(self, action: str, _parameters: tuple[object, ...]) -> bool | None:
        """A night is about every school, and for who works for every school."""
        return action != "nights" or self.actor.everywhere

    def fill(self) -> None:
        """Show what waits, or the schools that were searched for."""
        if self.search:
            found = self.attempt(lambda: self.desk.worklist.search(self.actor, self.search))
            if found is not None:
                self.facts(
                    " " + ngettext("{n} school gevonden", "{n} scholen gevonden", len(found)).format(n=len(found))
                )
                self.rows.show(PlainRows([(str(line.id), found_cells(line)) for line in found]))
            return
        worklist = self.attempt(lambda: self.desk.worklist.show(self.actor))
        if worklist is None:
            return
        facts = (self._today(worklist.schools), *self.desk_app.session.notice.splitlines())
        self.facts("\n".join(f" {line}" for line in facts))
        others: Sequence[SchoolLine] = ()
        if worklist.schools <= FEW:
            waiting = {item.line.id for item in worklist.items}
            others = [line for line in self.desk.worklist.lines(self.actor) if line.id not in waiting]
        self.rows.show(PlainRows(work_rows(worklist, others)), keep=self.rows.current_key)

    def _today(self, schools: int) -> str:
        """Return how many schools there are, what time it is, and how the last nights went."""
        told = ngettext("{n} school", "{n} scholen", schools).format(n=f"{schools:,}".replace(",", "."))
        told += self.desk.office.clock.now().strftime("   %d-%m %H:%M")
        nights = self.desk.nights.last(self.actor) if self.actor.everywhere else ()
        if nights:
            last = nights[0]
            night = _("nacht van {when}: {confirmed} bevestigd, {rejected} afgekeurd").format(
                when=last.started.strftime("%d-%m"), confirmed=last.confirmed, rejected=last.rejected
            )
            told += f"   {spark(nights)} {night}"
        return told

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the school."""
        from tui.screens.school import SchoolScreen

        if not event.key.startswith(self.HEADING):
            school = SchoolId.parse(event.key.split(" ")[0])
            self.desk_app.open_screen(SchoolScreen(school))

    def action_refresh(self) -> None:
        """Look again."""
        self.fill()

    def action_nights(self) -> None:
        """Show the last nights."""
        from tui.screens.nights import NightsScreen

        self.desk_app.open_screen(NightsScreen())

    def action_mail(self) -> None:
        """Show the letters."""
        from tui.screens.mail import MailScreen

        self.desk_app.open_screen(MailScreen(None))

    def action_log(self) -> None:
        """Show the audit log."""
        from tui.screens.log import LogScreen

        self.desk_app.open_screen(LogScreen(None))


def work_rows(worklist: Worklist, others: Sequence[SchoolLine] = ()) -> list[tuple[str, tuple[str | Text, ...]]]:
    """Return the rows of the list: under each heading what waits, or that nothing does; then schools that wait not."""
    rows: list[tuple[str, tuple[str | Text, ...]]] = []
    sign = WorklistScreen.HEADING
    for section in Section:
        items = worklist.section(section)
        rows.append(
            (
                f"{sign}{section}",
                (Text(f"{_(section.value).upper()}  {len(items)}", "bold"), "", "", ""),
            )
        )
        if not items:
            rows.append((f"{sign}{section} leeg", ("  " + _("niets"), "", "", "")))
        rows.extend((f"{item.line.id} {item.what}", work_cells(item)) for item in items)
    if others:
        heading = _("er wacht niets").upper()
        rows.append((f"{sign}anders", (Text(f"{heading}  {len(others)}", "bold"), "", "", "")))
        rows.extend((str(line.id), found_cells(line)) for line in others)
    return rows


def work_cells(item: WorkItem) -> tuple[str, ...]:
    """Return the cells of one thing that waits."""
    sign = "!" if item.section is Section.TROUBLE or item.urgent else " "
    wait = spoken_wait(item.waited) if item.since else ""
    return f"{sign} {school_title(item.line)}", item.what, item.detail, wait


def found_cells(line: SchoolLine) -> tuple[str, ...]:
    """Return the cells of a school that was searched for."""
    pupils = ngettext("{n} leerling", "{n} leerlingen", line.pupils).format(n=line.pupils)
    return f"  {school_title(line)}", _(line.state) if line.state else _("geen koppeling"), pupils, ""


def school_title(line: SchoolLine) -> str:
    """Write a school as 12AB De Regenboog, Assen; the dependance code only when it is not the main location."""
    return f"{line.id.short} {line.name}" + (f", {line.place}" if line.place else "")

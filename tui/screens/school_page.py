"""How a school is drawn: its course, a line for each step, and below it what there is and what waits."""

from __future__ import annotations

from rich.console import Group
from rich.table import Table
from rich.text import Text

from core.desk.elsewhere import told_elsewhere
from core.desk.schools import SchoolPage
from core.language import _, ngettext
from core.linking.course import Course, CourseStep, Progress
from tui.counting import in_test_centre

SIGNS = {Progress.DONE: "✓", Progress.NOW: "▶", Progress.LATER: "·", Progress.STOPPED: "!"}


def drawn(course: Course) -> Group:
    """Draw the course, a line for each step; what is too long for its place goes on below that place."""
    parts: list[Table | Text] = []
    for step in course.steps:
        parts.append(step_line(step))
        if step.note or step.how:
            parts.append(below(step))
    return Group(*parts, Text())


def step_line(step: CourseStep) -> Table:
    """Draw one step: sign, what, who does it, when and by whom."""
    when = step.at.strftime("%d-%m %H:%M") if step.at else ""
    by = step.by + (" " + _("(namens de school)") if step.on_behalf else "")
    now = _("NU: {who}").format(who=step.where) if step.progress is Progress.NOW else ""
    line = Table.grid(padding=(0, 1, 0, 0), expand=True)
    for width in (2, 19, 25, 12 if when else None):
        line.add_column(width=width)
    line.add_column(ratio=1)
    style = "bold" if step.progress in (Progress.NOW, Progress.STOPPED) else ""
    line.add_row(f" {SIGNS[step.progress]}", step.title, step.where, when, now or by, style=style)
    return line


def below(step: CourseStep) -> Table:
    """Draw what stands under a step: its note, and how it is done."""
    lines = Table.grid(padding=(0, 1, 0, 0), expand=True)
    lines.add_column(width=6, justify="right")
    lines.add_column(ratio=1)
    if step.note:
        lines.add_row("", step.note)
    for number, how in enumerate(step.how, 1):
        lines.add_row(f"{number}.", how)
    return lines


def figures(page: SchoolPage) -> Text:
    """Say what the test centre holds, what came from ParnasSys and what waits for somebody."""
    counts = in_test_centre(
        groups=page.groups, teachers=page.teachers, pupils=page.pupils, inactive=page.inactive_pupils
    )
    lines = [
        _("Testcentrum   {counts}").format(counts=counts),
        _("ParnasSys     laatst opgehaald: {when} · {linked} leerlingen gekoppeld").format(
            when=page.last_pull.at.strftime("%d-%m-%Y %H:%M") if page.last_pull else _("nog niet"),
            linked=page.linked_pupils,
        ),
    ]
    if page.results:
        counts = " · ".join(f"{count} {_(state)}" for state, count in page.results.items())
        lines.append(_("Resultaten    {counts}").format(counts=counts))
    if page.elsewhere:
        lines.append(f"! {told_elsewhere(page.elsewhere)} → r e")
    if page.open_review:
        lines.append("! " + _("Er ligt een import om na te kijken (i)."))
    lines.extend("! " + _("Import vastgehouden: {why}").format(why=why) for why in page.held)
    if page.externals:
        lines.append(
            "! "
            + ngettext(
                "{n} extern nummer is nog niet leeg (w).",
                "{n} externe nummers zijn nog niet leeg (w).",
                page.externals,
            ).format(n=page.externals)
        )
    if page.kept_numbers:
        lines.append(_("De gewiste externe nummers zijn apart bewaard (w zet ze terug)."))
    people = ", ".join(f"{person.name} <{person.email}>" for person in page.school.administrators)
    lines.append(_("Beheerders    {people}").format(people=people or _("nog niemand")))
    return Text("\n".join(f" {line}" for line in lines))

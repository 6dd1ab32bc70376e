"""`koppeldesk school`: schools and their link."""

from __future__ import annotations

from typing import Annotated

from cyclopts import App, Parameter

from core.desk.elsewhere import told_elsewhere
from core.desk.ports import SchoolLine
from core.desk.schools import SchoolPage, administrator_from
from core.desk.worklist import spoken_wait
from core.language import _, ngettext
from core.linking.link import LinkState
from core.model import School
from tui.commands.choosing import one_of
from tui.commands.telling import course_facts, course_lines, link_facts, moment
from tui.counting import in_test_centre
from tui.session import Brin, Here, Json

app = App(name="school", help_format="plaintext")

People = Annotated[list[str] | None, Parameter(help="Beheerder: 'J. Bos <j.bos@school.nl>'; herhaalbaar.")]


@app.command(name="list")
def list_(
    *,
    search: Annotated[str, Parameter(help="Zoek op naam, BRIN of plaats.")] = "",
    state: Annotated[str, Parameter(help="Alleen met deze koppelingsstatus.")] = "",
    json: Json = False,
    here: Here,
) -> int:
    """Toont de scholen met de status van hun koppeling.

    Voorbeeld: koppeldesk school list --search regenboog
    """
    found = here.desk.worklist.search(here.actor, search, limit=None)
    if state:
        wanted = one_of(LinkState, state)
        found = [line for line in found if line.state == wanted]
    lines = [_line(line) for line in found] or [_("Geen school gevonden.")]
    here.show([_facts(line) for line in found], json=json, lines=lines)
    return 0


@app.command
def show(brin: Brin, /, *, json: Json = False, here: Here) -> int:
    """Toont een school: de hele gang van de koppeling, de volgende stap en wie die moet zetten.

    Voorbeeld: koppeldesk school show 12AB
    """
    page = here.desk.schools.show(here.actor, brin)
    course = here.desk.links.course(here.actor, brin)
    document = {**_page_facts(page), "course": course_facts(course)}
    here.show(document, json=json, lines=[*_page_lines(page), "", *course_lines(course)])
    return 0


@app.command
def add(
    brin: Brin,
    /,
    *,
    name: Annotated[str, Parameter(help="Naam van de school.")],
    place: Annotated[str, Parameter(help="Plaats.")] = "",
    administrator: People = None,
    json: Json = False,
    here: Here,
) -> int:
    """Voegt een school toe met haar beheerders, die de berichten krijgen.

    Voorbeeld: koppeldesk school add 12AB --name "De Regenboog" --place Assen --administrator "J. Bos <j.bos@school.nl>"
    """
    people = tuple(map(administrator_from, administrator or ()))
    school = School(id=brin, name=name, place=place, administrators=people)
    here.desk.schools.add(here.actor, school)
    lines = [_("School {school} is toegevoegd.").format(school=brin)]
    here.show({"school": str(brin), "name": name}, json=json, lines=lines)
    return 0


@app.command
def change(
    brin: Brin,
    /,
    *,
    name: Annotated[str, Parameter(help="Nieuwe naam.")] = "",
    place: Annotated[str, Parameter(help="Nieuwe plaats.")] = "",
    administrator: People = None,
    json: Json = False,
    here: Here,
) -> int:
    """Wijzigt naam, plaats of beheerders van een school; wat niet genoemd wordt, blijft.

    Voorbeeld: koppeldesk school change 12AB --administrator "M. Vos <m.vos@school.nl>"
    """
    known = here.desk.schools.show(here.actor, brin).school
    people = tuple(map(administrator_from, administrator)) if administrator else known.administrators
    school = School(id=brin, name=name or known.name, place=place or known.place, administrators=people)
    here.desk.schools.change(here.actor, school)
    lines = [_("School {school} is gewijzigd.").format(school=brin)]
    here.show({"school": str(brin), "name": school.name}, json=json, lines=lines)
    return 0


@app.command
def work(*, json: Json = False, here: Here) -> int:
    """Toont de werkvoorraad: wat wacht op wie, en hoe lang al.

    Voorbeeld: koppeldesk school work
    """
    worklist = here.desk.worklist.show(here.actor)
    lines = []
    for section, count in worklist.counts().items():
        lines.append(f"{_(section.value).upper()}  {count}")
        for item in worklist.section(section):
            school = f"{item.line.id} {_named(item.line)}"
            lines.append(f"  {school:<40} {item.what:<42} {item.detail}  {spoken_wait(item.waited)}")
    document = [
        {
            "section": item.section.value,
            "school": str(item.line.id),
            "what": item.what,
            "detail": item.detail,
            "since": item.since,
        }
        for item in worklist.items
    ]
    here.show(document, json=json, lines=lines)
    return 0


def _named(school: SchoolLine | School) -> str:
    return ", ".join(part for part in (school.name, school.place) if part)


def _line(line: SchoolLine) -> str:
    waits = f"{_(line.waits_for)}: {_(line.reason)}" if line.waits_for else ""
    return f"{line.id}  {_named(line):<40} {_(line.state) or '–':<12} {waits}".rstrip()


def _facts(line: SchoolLine) -> dict[str, object]:
    return {
        "school": str(line.id),
        "name": line.name,
        "place": line.place,
        "state": line.state or None,
        "since": line.since,
        "waits_for": line.waits_for or None,
        "reason": line.reason,
        "detail": line.detail,
        "pupils": line.pupils,
    }


def _page_facts(page: SchoolPage) -> dict[str, object]:
    return {
        "school": str(page.school.id),
        "name": page.school.name,
        "place": page.school.place,
        "administrators": page.school.administrators,
        "link": link_facts(page.link),
        "groups": page.groups,
        "teachers": page.teachers,
        "pupils": page.pupils,
        "inactive_pupils": page.inactive_pupils,
        "linked_pupils": page.linked_pupils,
        "external_numbers": page.externals,
        "last_pull": page.last_pull,
        "open_review": page.open_review or None,
        "held": list(page.held),
        "results": page.results,
        "elsewhere": page.elsewhere,
    }


def _page_lines(page: SchoolPage) -> list[str]:
    counts = in_test_centre(
        groups=page.groups, teachers=page.teachers, pupils=page.pupils, inactive=page.inactive_pupils
    )
    pulled = moment(page.last_pull.at) if page.last_pull else _("nog niet")
    results = ", ".join(f"{count} {_(state)}" for state, count in page.results.items()) or _("geen")
    lines = [
        f"{page.school.id}  {_named(page.school)}",
        _("Testcentrum: {counts}").format(counts=counts),
        _("ParnasSys: laatst opgehaald {pulled}").format(pulled=pulled),
        _("Scores: {results}").format(results=results),
    ]
    if page.elsewhere:
        lines.append(f"! {told_elsewhere(page.elsewhere)} → koppeldesk results elsewhere {page.school.id}")
    if page.externals:
        lines.append(
            ngettext(
                "Let op: {n} extern nummer is nog niet leeg.",
                "Let op: {n} externe nummers zijn nog niet leeg.",
                page.externals,
            ).format(n=page.externals)
        )
    lines += [_("Vastgehouden: {reason}").format(reason=reason) for reason in page.held]
    return lines

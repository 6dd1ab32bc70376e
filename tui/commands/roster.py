"""`koppeldesk roster`: what the test centre already has, and what it wants handled with care."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.register import PupilLine, Taken
from core.language import _, ngettext
from core.model import PupilId, TeacherId
from core.record import Care
from tui.commands.import_words import Confirm
from tui.counting import in_test_centre
from tui.files import content_of, write_file
from tui.session import Brin, Here, Json

app = App(name="roster", help_format="plaintext")

Off = Annotated[bool, Parameter(negative="", help="Haal het er weer af.")]


@app.command(name="import")
def import_(
    brin: Brin,
    file: Path,
    /,
    *,
    confirm: Confirm = "",
    dry_run: Annotated[bool, Parameter(negative="", help="Alleen lezen en tellen.")] = False,
    json: Json = False,
    here: Here,
) -> int:
    """Leest groepen, leerkrachten en leerlingen van het testcentrum in uit een CSV-bestand.

    Een leeg veld is onbekend en laat staan wat er is; een veld met alleen - maakt het leeg.

    Voorbeeld: koppeldesk roster import 12AB testcentrum.csv
    """
    taken = here.desk.register.take_in(here.actor, brin, content_of(file), confirm=confirm, dry_run=dry_run)
    said = _("{new} nieuw, {changed} gewijzigd, {total} in totaal.").format(
        new=taken.new, changed=taken.changed, total=taken.total
    )
    lines = [said if not dry_run else _("Proef, niets opgeslagen: {said}").format(said=said)]
    if any((taken.fields.added, taken.fields.changed, taken.fields.kept)):
        told = _(
            "Velden die er al waren: {added} ingevuld, {changed} gewijzigd, {kept} leeg in het bestand en bewaard."
        )
        fields = taken.fields
        lines.append(told.format(added=fields.added, changed=fields.changed, kept=fields.kept))
    if taken.absent:
        told = _("{n} actieve leerlingen staan niet in het bestand; zij blijven zoals ze zijn.")
        lines.append(told.format(n=taken.absent))
    here.show({**_taken(taken), "stored": not dry_run}, json=json, lines=lines)
    return 0


@app.command
def show(
    brin: Brin,
    /,
    *,
    search: Annotated[str, Parameter(help="Deel van een naam, geboortedatum of nummer.")] = "",
    inactive: Annotated[bool, Parameter(negative="", help="Alleen gedeactiveerde leerlingen.")] = False,
    csv: Annotated[Path | None, Parameter(help="Schrijf alles naar dit CSV-bestand.")] = None,
    json: Json = False,
    here: Here,
) -> int:
    """Toont wat het testcentrum heeft van een school; met --inactive wie er gedeactiveerd is.

    Voorbeeld: koppeldesk roster show 12AB --inactive
    """
    desk = here.desk.register
    register = desk.show(here.actor, brin)
    pupils = desk.pupils(here.actor, brin, search=search, active=False if inactive else None)
    if csv:
        write_file(csv, desk.export(here.actor, brin).encode())
    care = desk.care(here.actor, brin)
    active = sum(1 for pupil in register.pupils if pupil.active)
    facts = {
        "groups": [{"id": g.id, "name": g.name, "year": g.year, "active": g.active} for g in register.groups],
        "teachers": [{"id": t.id, "name": t.name.listed, "email": t.email} for t in register.teachers],
        "pupils": [_facts(line) for line in pupils],
        "care": _care_facts(care),
    }
    counts = in_test_centre(
        groups=len(register.groups),
        teachers=len(register.teachers),
        pupils=active,
        inactive=len(register.pupils) - active,
    )
    listed = pupils if inactive or search else []
    here.show(facts, json=json, lines=[counts, *map(_line, listed)])
    return 0


@app.command
def activate(brin: Brin, /, *pupils: str, json: Json = False, here: Here) -> int:
    """Maakt gedeactiveerde leerlingen weer actief; hun resultaten zijn er nog.

    Voorbeeld: koppeldesk roster activate 12AB L-0042
    """
    changed = here.desk.register.set_active(here.actor, brin, frozenset(map(PupilId, pupils)), active=True)
    here.show({"changed": changed}, json=json, lines=[_("{n} leerlingen weer actief.").format(n=changed)])
    return 0


@app.command
def deactivate(brin: Brin, /, *pupils: str, json: Json = False, here: Here) -> int:
    """Deactiveert leerlingen; hun resultaten blijven.

    Voorbeeld: koppeldesk roster deactivate 12AB L-0042
    """
    changed = here.desk.register.set_active(here.actor, brin, frozenset(map(PupilId, pupils)), active=False)
    here.show({"changed": changed}, json=json, lines=[_("{n} leerlingen gedeactiveerd.").format(n=changed)])
    return 0


@app.command(name="never-touch")
def never_touch(
    brin: Brin,
    /,
    *pupils: str,
    teacher: Annotated[list[str] | None, Parameter(help="Nummer van een leerkracht.")] = None,
    off: Off = False,
    json: Json = False,
    here: Here,
) -> int:
    """Zet leerlingen of leerkrachten op de lijst die geen import aanraakt; --off haalt ze eraf.

    Voorbeeld: koppeldesk roster never-touch 12AB L-0042 --teacher M-0003
    """
    care = here.desk.register.never_touch(
        here.actor,
        brin,
        pupils=[PupilId(pupil) for pupil in pupils],
        teachers=[TeacherId(one) for one in teacher or ()],
        on=not off,
    )
    count = len(care.never_touch_pupils) + len(care.never_touch_teachers)
    told = ngettext(
        "{n} staat op de lijst die geen import aanraakt.", "{n} staan op de lijst die geen import aanraakt.", count
    )
    here.show(_care_facts(care), json=json, lines=[told.format(n=count)])
    return 0


@app.command(name="additions-only")
def additions_only(brin: Brin, /, *, off: Off = False, json: Json = False, here: Here) -> int:
    """Laat imports van deze school alleen toevoegen en koppelen, niets wijzigen; --off zet het uit.

    Voorbeeld: koppeldesk roster additions-only 12AB
    """
    care = here.desk.register.additions_only(here.actor, brin, on=not off)
    said = _("Imports voegen alleen toe.") if care.additions_only else _("Imports voegen toe en wijzigen.")
    here.show(_care_facts(care), json=json, lines=[said])
    return 0


@app.command
def staged(brin: Brin, /, *, off: Off = False, json: Json = False, here: Here) -> int:
    """Haalt voortaan getrapt op (structuur, leerlingen, leerkrachten); --off haalt weer alles in één keer op.

    Voorbeeld: koppeldesk roster staged 12AB
    """
    care = here.desk.register.staged(here.actor, brin, on=not off)
    said = _("Voortaan wordt getrapt opgehaald.") if care.staged else _("Voortaan wordt alles in één keer opgehaald.")
    here.show(_care_facts(care), json=json, lines=[said])
    return 0


def _taken(taken: Taken) -> dict[str, object]:
    return {
        "new": taken.new,
        "changed": taken.changed,
        "total": taken.total,
        "fields": taken.fields,
        "absent": taken.absent,
    }


def _facts(line: PupilLine) -> dict[str, object]:
    pupil = line.pupil
    return {
        "id": pupil.id,
        "name": pupil.name.listed,
        "born": pupil.born.isoformat() if pupil.born else None,
        "group": line.group,
        "year": pupil.year_group,
        "active": pupil.active,
        "external": pupil.external,
        "linked": str(pupil.linked.ref) if pupil.linked else None,
        "never_touch": line.untouchable,
        "scores_unsent": line.scores.unsent,
        "tests_this_year": line.scores.this_year,
    }


def _line(line: PupilLine) -> str:
    pupil = line.pupil
    born = pupil.born.strftime("%d-%m-%Y") if pupil.born else ""
    state = "" if pupil.active else _("niet actief")
    return "  ".join(part for part in (pupil.id, pupil.name.listed, born, line.group, state) if part)


def _care_facts(care: Care) -> dict[str, object]:
    return {
        "never_touch_pupils": sorted(care.never_touch_pupils),
        "never_touch_teachers": sorted(care.never_touch_teachers),
        "additions_only": care.additions_only,
        "staged": care.staged,
    }

"""Writing pupil answers: the server's own writer, straight to text because that is ten times as fast as a tree.

Elements are written in the order of the schema (uwlr.md §3.3, §3.4); quirks mode disturbs that order on purpose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from core.wire import names
from simulator.escaping import escaped
from simulator.profiles import Style
from simulator.receive import AMSTERDAM
from simulator.render_people import pupil_xml, teacher_xml
from simulator.world.model import SimGroup, SimPupil, SimSchool, SimTeacher

AUTHOR = "ParnasSys-simulator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What goes into an answer; None = that part does not belong in it."""

    groups: Collection[SimGroup] | None = None
    pupils: Collection[SimPupil] | None = None
    teachers: Collection[SimTeacher] | None = None


def answer(root: str, data: str, school: SimSchool, created: datetime, contents: Contents, style: Style) -> bytes:
    """Write a `…_antwoord` that holds the data element `data`."""
    composite = frozenset(group.key for group in school.groups if group.composite)
    parts = (
        f'<{root} xmlns="{names.LEERLINGGEGEVENS}"><{data}>',
        _school(school, created, style),
        _list("groepen", (_group(group) for group in contents.groups or ())),
        _list("leerlingen", (pupil_xml(pupil, style) for pupil in contents.pupils or ())),
        _list("leerkrachten", (teacher_xml(teacher, composite, style) for teacher in contents.teachers or ())),
        f"</{data}></{root}>",
    )
    return "".join(parts).encode()


def empty_answer(root: str, kind: str) -> bytes:
    """Write an answer that holds `geenwijzigingen` or `geengegevens`."""
    return f'<{root} xmlns="{names.LEERLINGGEGEVENS}"><{kind}/></{root}>'.encode()


def confirmation(root: str) -> bytes:
    """Write the empty confirmation of a results message."""
    return f'<{root} xmlns="{names.LEERRESULTATEN}"/>'.encode()


def _list(name: str, items: Iterable[str]) -> str:
    inside = "".join(items)
    return f"<{name}>{inside}</{name}>" if inside else ""


def _school(school: SimSchool, created: datetime, style: Style) -> str:
    moment = created.astimezone(AMSTERDAM)
    written = (moment.replace(tzinfo=None) if style.quirks else moment).isoformat(timespec="seconds")
    fields = {
        "schooljaar": school.school_year,
        "peildatum": school.as_of.isoformat(),
        "brincode": school.ref.brin,
        "dependancecode": school.ref.dependance,
        "aanmaakdatum": written,
        "auteur": AUTHOR,
        "xsdversie": str(style.version),
    }
    ordered: Iterator[str] = reversed(fields) if style.quirks else iter(fields)
    return "<school>" + "".join(f"<{name}>{fields[name]}</{name}>" for name in ordered) + "</school>"


def _group(group: SimGroup) -> str:
    key, name = escaped(group.key), escaped(group.name)
    if not group.composite:
        return f'<groep key="{key}"><naam>{name}</naam><jaargroep>{group.year_code}</jaargroep></groep>'
    described = f"<omschrijving>{escaped(group.description)}</omschrijving>" if group.description else ""
    return f'<samengestelde_groep key="{key}"><naam>{name}</naam>{described}</samengestelde_groep>'

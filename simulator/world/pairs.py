"""Schools as pairs of lists with the truth beside them, for measuring the matcher: lines of the match files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Shape, SimKind, SimSchool, Thread
from .people import spoken
from .picture import Level, Picture, PictureShape, Row
from .world import Plan, World

Line = dict[str, str]
"""One record of a match file; empty = unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One school, one kind of record."""

    incoming: list[Line]
    existing: list[Line]
    truth: dict[str, tuple[str, ...]]
    """Incoming id → the right existing id first, then double rows of the same one; empty = new."""
    mistakes: dict[str, tuple[str, ...]]
    """Existing id → what was done wrong in it."""


def pairs(
    seed: int | str, schools: int, level: Level, kind: SimKind = SimKind.PUPIL, *, pupils: int | None = None
) -> Iterator[Pair]:
    """Yield `schools` schools with last year's picture of them, typed at `level`.

    Sizes are as in real life, or about `pupils` each. Every seed gives other schools.
    """
    plan = Plan(seed=f"paren/{seed}", schools=schools, picture=PictureShape(level=level), shape=Shape(pupils=pupils))
    world = World(plan)
    for ref in world.ids():
        yield pair_of(world.school(ref), world.picture(ref), kind)


def pair_of(school: SimSchool, picture: Picture, kind: SimKind) -> Pair:
    """Return one school as a pair of lists."""
    lines, threads = _incoming(school, kind)
    names = {entry.thread: entry.row.name for entry in picture.entries if entry.row.kind is SimKind.GROUP}
    entries = [entry for entry in picture.entries if entry.row.kind is kind]
    rows: dict[Thread | None, list[str]] = {}
    for entry in sorted(entries, key=lambda entry: entry.double):
        rows.setdefault(entry.thread, []).append(entry.row.id)
    return Pair(
        incoming=lines,
        existing=[_existing(entry.row, names) for entry in entries],
        truth={line["id"]: tuple(rows.get(thread, ())) for line, thread in zip(lines, threads, strict=True)},
        mistakes={entry.row.id: entry.mistakes for entry in entries},
    )


def _incoming(school: SimSchool, kind: SimKind) -> tuple[list[Line], list[Thread]]:
    match kind:
        case SimKind.GROUP:
            groups = [{"id": group.key, "naam": group.name, "jaargroep": group.year_code} for group in school.groups]
            return groups, [group.thread for group in school.groups]
        case SimKind.TEACHER:
            staff = [
                {"id": teacher.key, "naam": spoken(teacher.name), "email": teacher.email} for teacher in school.teachers
            ]
            return staff, [teacher.thread for teacher in school.teachers]
        case SimKind.PUPIL:
            names = {group.key: group.name for group in school.groups}
            return [
                {
                    "id": pupil.key,
                    "achternaam": pupil.name.surname,
                    "voorvoegsel": pupil.name.prefix,
                    "voorletters": pupil.name.initials,
                    "roepnaam": pupil.name.call_name,
                    "geboortedatum": pupil.born.isoformat(),
                    "geslacht": pupil.sex,
                    "jaargroep": pupil.year_group,
                    "groep": names.get(pupil.group, ""),
                }
                for pupil in school.pupils
            ], [pupil.thread for pupil in school.pupils]


def _existing(row: Row, groups: dict[Thread | None, str]) -> Line:
    first = row.call_name or row.initials
    match row.kind:
        case SimKind.GROUP:
            return {"id": row.id, "naam": row.name, "jaargroep": row.year_group}
        case SimKind.TEACHER:
            name = " ".join(part for part in (first, row.prefix, row.surname) if part)
            return {"id": row.id, "naam": name, "email": row.email}
        case SimKind.PUPIL:
            return {
                "id": row.id,
                "achternaam": row.surname,
                "voorvoegsel": row.prefix,
                "voorletters": row.initials,
                "roepnaam": row.call_name,
                "geboortedatum": row.born.isoformat() if row.born else "",
                "geslacht": row.sex,
                "jaargroep": row.year_group,
                "groep": groups.get(row.groups[0], "") if row.groups else "",
            }

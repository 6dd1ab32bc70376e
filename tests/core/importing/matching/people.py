"""Builders that hide what does not matter to a case."""

from __future__ import annotations

from datetime import date

from core.importing.matching import GroupFacts, Keys, PersonFacts, TeacherFacts
from core.model import PersonName, Sex

PARTICLES = {"van", "der", "de", "den", "el", "ten", "ter"}


def a_name(spoken: str, initials: str = "", given: str = "") -> PersonName:
    """Read `Fien van der Berg`: first word, particles, the rest."""
    first, *rest = spoken.split()
    particles = [word for word in rest if word in PARTICLES]
    surname = " ".join(word for word in rest if word not in PARTICLES)
    return PersonName(
        call_name=first, prefix=" ".join(particles), surname=surname, initials=initials, given_names=given
    )


def a_pupil(
    id: str,
    spoken: str,
    born: date | None = date(2017, 3, 12),
    *,
    sex: Sex = Sex.UNKNOWN,
    year: str = "5",
    group: str = "5",
    initials: str = "",
    given: str = "",
    name: PersonName | None = None,
    keys: Keys | None = None,
) -> PersonFacts:
    """Make a pupil's facts."""
    return PersonFacts(
        id=id,
        name=name or a_name(spoken, initials, given),
        born=born,
        sex=sex,
        year=year,
        group=group,
        keys=keys or Keys(),
    )


def a_teacher(id: str, spoken: str, email: str = "", keys: Keys | None = None) -> TeacherFacts:
    """Make a teacher's facts."""
    return TeacherFacts(id=id, name=a_name(spoken), email=email, keys=keys or Keys())


def a_group(id: str, name: str, year: str = "", keys: Keys | None = None) -> GroupFacts:
    """Make a group's facts."""
    return GroupFacts(id=id, name=name, year=year, keys=keys or Keys())


FIRST = ("Daan", "Emma", "Sem", "Julia", "Lucas", "Mila", "Finn", "Tess", "Levi", "Zoë", "Milan", "Sara", "Bram", "Eva")
LAST = ("Bakker", "Smit", "Mulder", "Bos", "Vos", "Kuipers", "Postma", "Wolters", "Prins", "Blom", "Huisman", "Kok")


def a_class(size: int, *, year: str = "5", group: str = "5", side: str = "p", first: int = 0) -> list[PersonFacts]:
    """Make pupils who differ clearly from each other: the class in which a case sits."""
    return [
        a_pupil(
            f"{side}{number:03d}",
            f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}",
            date(2016 + number % 3, 1 + number % 12, 1 + number * 7 % 28),
            sex=Sex.GIRL if number % 2 else Sex.BOY,
            year=year,
            group=group,
        )
        for number in range(first, first + size)
    ]

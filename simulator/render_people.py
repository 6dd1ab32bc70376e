"""Writing one pupil or one teacher, within the fields of a profile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache

from simulator.escaping import escaped
from simulator.profiles import Style, Version
from simulator.world.chance import digest
from simulator.world.model import SimName, SimPupil, SimTeacher

SEX_CODES = {"M": "1", "V": "2"}
NOT_SPECIFIED = "9"

_PUPIL: Mapping[str, Callable[[SimPupil], str]] = {
    "achternaam": lambda pupil: pupil.name.surname,
    "voorvoegsel": lambda pupil: pupil.name.prefix,
    "voornamen": lambda pupil: pupil.name.given_names,
    "voorletters-1": lambda pupil: pupil.name.initials,
    "roepnaam": lambda pupil: pupil.name.call_name,
    "geboortedatum": lambda pupil: pupil.born.isoformat(),
    "geslacht": lambda pupil: SEX_CODES.get(pupil.sex, NOT_SPECIFIED),
    "jaargroep": lambda pupil: pupil.year_group,
    "groep": lambda pupil: pupil.group,
    "samengestelde_groepen": lambda pupil: " ".join(pupil.extra_groups),
    "gebruikersnaam": lambda pupil: f"{pupil.name.call_name.lower()}.{pupil.key[-4:]}",
    "emailadres": lambda pupil: f"leerling-{pupil.key[-6:]}@school.example",
    "fotourl": lambda pupil: f"https://foto.school.example/{pupil.key}",
    "etniciteit": lambda _pupil: "9",
    "bsn": lambda pupil: made_up_number(pupil.key),
    "bsn_ondwnr-4": lambda pupil: made_up_number(pupil.key)[-4:],
    "postcodenl": lambda pupil: pupil.postcode.replace(" ", ""),
    "instroomdatum": lambda pupil: pupil.joined.isoformat(),
}
"""How each element of a pupil is filled, in the order of the schema."""


def made_up_number(key: str) -> str:
    """Return nine digits that are certainly nobody's: they never pass the elfproef."""
    digits = str(int(digest("nummer", key)[:12], 16) % 10**8).zfill(8)
    weighed = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1), strict=True))
    return digits + str((weighed % 11 + 1) % 10)  # the one right digit would be weighed % 11


@cache
def _pupil_fields(style: Style) -> tuple[tuple[str, Callable[[SimPupil], str]], ...]:
    """Return the elements a pupil may have in this style, in order."""
    return tuple((name, fill) for name, fill in _PUPIL.items() if name in style.pupil_fields)


def pupil_xml(pupil: SimPupil, style: Style) -> str:
    """Write a `leerling`."""
    elements: dict[str, str] = {}
    for name, fill in _pupil_fields(style):
        value = fill(pupil)
        if name == "groep":
            elements[name] = f'<groep key="{escaped(value)}"/>' if value else ""
        elif name == "samengestelde_groepen":
            elements[name] = _extra_groups(pupil)
        elif value:
            elements[name] = f"<{name}>{escaped(value)}</{name}>"
        elif style.quirks and name == "voorvoegsel":
            elements[name] = "<voorvoegsel/>"
    eckid = eckid_of(pupil.key, pupil.eckid, style)
    return f"<leerling{_identity(pupil.key, eckid, style)}>{_ordered(elements, style)}</leerling>"


def _extra_groups(pupil: SimPupil) -> str:
    if not pupil.extra_groups:
        return ""
    inside = "".join(f'<samengestelde_groep key="{escaped(key)}"/>' for key in pupil.extra_groups)
    return f"<samengestelde_groepen>{inside}</samengestelde_groepen>"


def eckid_of(key: str, eckid: str, style: Style) -> str:
    """Return the ECK iD as it is sent: none in 2.1 (uwlr.md §4.3), one in eight lacks in quirks mode."""
    if style.version is Version.V21 or (style.quirks and int(digest("zonder eckid", key)[0], 16) < 2):
        return ""
    return eckid


def _identity(key: str, eckid: str, style: Style) -> str:
    without_key = style.eckid_only and style.version is Version.V23 and eckid
    return ("" if without_key else f' key="{escaped(key)}"') + (f' eckid="{escaped(eckid)}"' if eckid else "")


def _ordered(elements: dict[str, str], style: Style) -> str:
    if style.quirks:
        last = elements.pop("achternaam", "")
        first = elements.pop("roepnaam", "")
        return first + "".join(elements.values()) + last
    return "".join(elements.values())


def teacher_xml(teacher: SimTeacher, composite: Collection[str], style: Style) -> str:
    """Write a `leerkracht`; `composite` holds the keys of the samengestelde groepen."""
    allowed = style.teacher_fields
    roles = "".join(f"<rol>{escaped(role)}</rol>" for role in teacher.roles)
    fields = {**_name(teacher.name), "emailadres": teacher.email}
    elements = {name: f"<{name}>{escaped(text)}</{name}>" for name, text in fields.items() if text and name in allowed}
    if "gebruikersnaam" in allowed:
        elements = {**elements, "gebruikersnaam": f"<gebruikersnaam>{escaped(teacher.key)[:64]}</gebruikersnaam>"}
        elements["emailadres"] = elements.pop("emailadres", "")
        elements["rol"] = roles
    if teacher.groups:
        kinds = ((("samengestelde_groep" if key in composite else "groep"), key) for key in teacher.groups)
        inside = "".join(f'<{kind} key="{escaped(key)}">{roles}</{kind}>' for kind, key in kinds)
        elements["groepen"] = f"<groepen>{inside}</groepen>"
    eckid = eckid_of(teacher.key, teacher.eckid, style)
    return f"<leerkracht{_identity(teacher.key, eckid, style)}>{_ordered(elements, style)}</leerkracht>"


def _name(name: SimName) -> dict[str, str]:
    return {
        "achternaam": name.surname,
        "voorvoegsel": name.prefix,
        "voornamen": name.given_names,
        "voorletters-1": name.initials,
        "roepnaam": name.call_name,
    }

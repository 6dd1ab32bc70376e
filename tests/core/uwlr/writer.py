"""A small writer of answers that shares nothing with our client: text templates, escaped by the standard library.

It plays the LAS in the round-trip tests. It knows the LVS-set of 2.2 and 2.3.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from core.model import IncomingGroup, IncomingPupil, IncomingTeacher, PersonName, Roster, Sex

LL = "http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens"
SEXES = {Sex.BOY: "1", Sex.GIRL: "2", Sex.UNKNOWN: "0"}


def answer(roster: Roster, prefix: str = "S") -> bytes:
    """Return `roster` as the answer to HaalLeerlinggegevens."""
    inside = _head(roster) + _groups(roster.groups) + _pupils(roster.pupils) + _teachers(roster.teachers)
    return envelope(
        f'<leerlinggegevens_antwoord xmlns="{LL}"><leerlinggegevens>{inside}</leerlinggegevens>'
        "</leerlinggegevens_antwoord>",
        prefix,
    )


def staged(roster: Roster) -> tuple[bytes, bytes, bytes]:
    """Return `roster` as the answers to HaalStructuur, HaalLeerlingen and HaalLeerkrachten."""
    parts = {
        "structuur": _groups(roster.groups),
        "leerlingen": _pupils(roster.pupils),
        "leerkrachten": _teachers(roster.teachers),
    }
    structure, pupils, teachers = (
        envelope(
            f'<{name}_antwoord xmlns="{LL}"><leerlinggegevens-{name}>{_head(roster)}{inside}'
            f"</leerlinggegevens-{name}></{name}_antwoord>"
        )
        for name, inside in parts.items()
    )
    return structure, pupils, teachers


def envelope(inside: str, prefix: str = "S") -> bytes:
    """Return a SOAP message round `inside`."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{prefix}:Envelope '
        f'xmlns:{prefix}="http://schemas.xmlsoap.org/soap/envelope/"><{prefix}:Body>{inside}</{prefix}:Body>'
        f"</{prefix}:Envelope>"
    ).encode()


def _element(name: str, text: str | None) -> str:
    return f"<{name}>{escape(text)}</{name}>" if text else ""


def _head(roster: Roster) -> str:
    school = roster.school
    return (
        f"<school><schooljaar>{roster.school_year}</schooljaar>"
        + _element("peildatum", roster.as_of.isoformat() if roster.as_of else None)
        + f"<brincode>{school.brin}</brincode><dependancecode>{school.dependance}</dependancecode>"
        + _element("aanmaakdatum", roster.created.isoformat() if roster.created else None)
        + "</school>"
    )


def _groups(groups: tuple[IncomingGroup, ...]) -> str:
    if not groups:
        return ""
    return "<groepen>" + "".join(_group(group) for group in groups) + "</groepen>"


def _group(group: IncomingGroup) -> str:
    if group.composite:
        return f"<samengestelde_groep key={quoteattr(group.key)}>{_element('naam', group.name)}</samengestelde_groep>"
    return (
        f"<groep key={quoteattr(group.key)}>{_element('naam', group.name)}{_element('jaargroep', group.year)}</groep>"
    )


def _identity(person: IncomingPupil | IncomingTeacher) -> str:
    return "".join(
        f" {name}={quoteattr(value)}" for name, value in (("key", person.key), ("eckid", person.eckid)) if value
    )


def _name(name: PersonName) -> str:
    return (
        _element("achternaam", name.surname)
        + _element("voorvoegsel", name.prefix)
        + _element("voorletters-1", name.initials)
        + _element("roepnaam", name.call_name)
    )


def _pupils(pupils: tuple[IncomingPupil, ...]) -> str:
    return "<leerlingen>" + "".join(_pupil(pupil) for pupil in pupils) + "</leerlingen>"


def _pupil(pupil: IncomingPupil) -> str:
    extra = "".join(f"<samengestelde_groep key={quoteattr(key)}/>" for key in pupil.extra_groups)
    return (
        f"<leerling{_identity(pupil)}>{_name(pupil.name)}"
        + _element("geboortedatum", pupil.born.isoformat() if pupil.born else None)
        + _element("geslacht", SEXES[pupil.sex])
        + _element("jaargroep", pupil.year_group)
        + (f"<groep key={quoteattr(pupil.group)}/>" if pupil.group else "")
        + (f"<samengestelde_groepen>{extra}</samengestelde_groepen>" if extra else "")
        + "</leerling>"
    )


def _teachers(teachers: tuple[IncomingTeacher, ...]) -> str:
    if not teachers:
        return ""
    return "<leerkrachten>" + "".join(_teacher(teacher) for teacher in teachers) + "</leerkrachten>"


def _teacher(teacher: IncomingTeacher) -> str:
    groups = "".join(f"<groep key={quoteattr(key)}/>" for key in teacher.groups)
    roles = "".join(_element("rolomschrijving", role) for role in teacher.roles)
    return (
        f"<leerkracht{_identity(teacher)}>{_name(teacher.name)}{_element('emailadres', teacher.email)}{roles}"
        + (f"<groepen>{groups}</groepen>" if groups else "")
        + "</leerkracht>"
    )

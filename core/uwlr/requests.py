"""The four requests for pupil data (uwlr.md §3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from core.clock import AMSTERDAM
from core.model import IncomingGroup, SchoolId, SchoolYear
from core.wire.names import LEERLINGGEGEVENS, Operation, Version

_NS = f"{{{LEERLINGGEGEVENS}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSet:
    """Whose pupils or teachers are asked for: those in `groups`, and those in no group when `loose`."""

    groups: Sequence[IncomingGroup] = ()
    loose: bool = False


def pupil_request(
    operation: Operation,
    version: Version,
    school: SchoolId,
    school_year: SchoolYear,
    *,
    since: datetime | None = None,
    of: GroupSet | None = None,
) -> etree._Element:
    """Return the body of a request. `of` goes with HaalLeerlingen and HaalLeerkrachten, and only with those."""
    request = etree.Element(_NS + operation.request, nsmap={None: LEERLINGGEGEVENS})
    etree.SubElement(request, _NS + "schooljaar").text = str(school_year)
    etree.SubElement(request, _NS + "brincode").text = school.brin
    if school.dependance != "00":
        etree.SubElement(request, _NS + "dependancecode").text = school.dependance
    etree.SubElement(request, _NS + "xsdversie").text = version.value
    if since is not None:
        etree.SubElement(request, _NS + "laatstontvangengegevens").text = moment(since)
    if of is not None:
        groups = etree.SubElement(request, _NS + "groepen")
        for group in of.groups:
            name = "samengestelde_groep" if group.composite else "groep"
            etree.SubElement(groups, _NS + name).set("key", group.key)
        if of.loose:
            etree.SubElement(groups, _NS + "groep")
    return request


def moment(when: datetime) -> str:
    """Return an xs:dateTime with its offset, in the zone of the schools."""
    return when.astimezone(AMSTERDAM).isoformat()

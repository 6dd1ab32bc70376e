"""Makes the schema of a profile out of the base schema and the table of its fields: one source for both."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from core.wire.names import Version
from core.wire.profiles import PROFILES, Profile, Rule

_XS = "{http://www.w3.org/2001/XMLSchema}"
_TYPES = {
    "": "ctpLeerlinggegevens",
    "school": "SchoolType",
    "groep": "GroepType",
    "samengestelde_groep": "SamengesteldeGroepType",
    "leerling": "LeerlingType",
    "leerkracht": "LeerkrachtType",
}
"""Entity of the table -> its type. What else the table names (attributes, ties to groups) the base schema rules over."""


def narrow(schema: etree._Element, version: Version, profile: Profile) -> None:
    """Narrow the base schema of pupil data in place: forbidden fields go, required fields must be there."""
    types = {kind.get("name"): kind for kind in schema.iterfind(f"{_XS}complexType")}
    # What pupils and teachers share in a group is not ruled alike: each gets a copy of its own.
    names = schema.findall(f"{_XS}group[@name='gNaam']/{_XS}choice")
    for shared in schema.findall(f".//{_XS}group[@ref='gNaam']"):
        _parent(shared).replace(shared, deepcopy(names[0]))
    for field, rule in PROFILES[version, profile].items():
        entity, _slash, name = field.rpartition("/")
        if entity not in _TYPES or rule is Rule.OPTIONAL:
            continue
        kind = types[_TYPES[entity]]
        found = kind.findall(f".//{_XS}element[@name='{name}']")
        if name == "rol":
            found = kind.findall(f"{_XS}sequence/{_XS}group[@ref='gRol']")
        for element in found:
            if rule is Rule.FORBIDDEN:
                _remove(element)
            else:
                _require(element)


def _remove(element: etree._Element) -> None:
    parent = _parent(element)
    parent.remove(element)
    if not len(parent):
        _remove(parent)


def _require(element: etree._Element) -> None:
    element.attrib.pop("minOccurs", None)
    parent = _parent(element)
    if parent.tag == f"{_XS}choice":
        parent.attrib.pop("minOccurs", None)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    if parent is None:
        raise ValueError(element.tag)
    return parent

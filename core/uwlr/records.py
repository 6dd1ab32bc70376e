"""From one element to one incoming record: by name and not by order, empty is absent, forbidden fields dropped.

Speed matters here: twenty thousand pupils pass. Children are looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from lxml import etree

from core.language import _
from core.model import EckId, IncomingGroup, IncomingPupil, IncomingTeacher, LasKey, PersonName
from core.shapes import looked_at
from core.uwlr import values
from core.uwlr.unreadable import Wrong
from core.wire.names import LEERLINGGEGEVENS, Version
from core.wire.profiles import Profile, forbidden

NS = f"{{{LEERLINGGEGEVENS}}}"
SURNAME = NS + "achternaam"
PREFIX = NS + "voorvoegsel"
INITIALS = NS + "voorletters-1"
CALL_NAME = NS + "roepnaam"
BORN = NS + "geboortedatum"
SEX = NS + "geslacht"
YEAR = NS + "jaargroep"
NAME = NS + "naam"
EMAIL = NS + "emailadres"
ROLE = NS + "rol"
ROLE_TEXT = NS + "rolomschrijving"
GROUP = NS + "groep"
COMPOSITE = NS + "samengestelde_groep"
COMPOSITES = NS + "samengestelde_groepen"
GROUPS = NS + "groepen"
REFERENCES = frozenset({GROUP, COMPOSITES})
"""What a pupil holds that is no text."""

_FIELD_NAME = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_NOT_OURS = {"leerling": frozenset({"bsn_ondwnr-4"}), "leerkracht": frozenset[str]()}
"""Never kept, even where a profile asks for it: no part of a BSN anywhere (workflow.md §5)."""
_AGREED = {
    "leerling": frozenset[str](),
    # The profile forbids a teacher's address and roles; a new account needs the one, the review shows the other.
    "leerkracht": frozenset({"emailadres", "rol", "rolomschrijving"}),
}


class Records:
    """Reads the records of one answer. `dropped` gathers the names (never values) of forbidden fields that came."""

    def __init__(self, version: Version) -> None:
        self.dropped: set[str] = set()
        self._forbidden = {
            entity: (forbidden(version, Profile.LVS, entity) | _NOT_OURS[entity]) - _AGREED[entity]
            for entity in ("leerling", "leerkracht")
        } | {entity: forbidden(version, Profile.LVS, entity) for entity in ("groep", "samengestelde_groep", "school")}
        initials = frozenset() if "voorletters-1" in self._forbidden["leerling"] else frozenset({INITIALS})
        self._pupil_fields = frozenset({SURNAME, PREFIX, CALL_NAME, BORN, SEX, YEAR}) | initials

    def pupils(self, elements: Iterable[etree._Element], start: int) -> list[IncomingPupil]:
        """Read these `leerling` elements, the first of which is number `start`. Raises Wrong.

        msgspec makes the values in one go: that costs a third of calling their constructors twenty thousand times.
        """
        rows = []
        for place, element in enumerate(elements, start):
            try:
                rows.append(self._pupil(element))
            except Wrong as wrong:
                raise wrong.under(f"/leerlingen/leerling[{place}]") from wrong
        return msgspec.convert(rows, looked_at(list[IncomingPupil]))

    def _pupil(self, element: etree._Element) -> dict[str, object]:
        texts: dict[str, str] = {}
        group = None
        extra: tuple[str, ...] = ()
        # Any: what lxml gives here is str, and a cast for each of twenty values costs as much as reading it.
        raw: Any = element
        for child in raw:
            tag = child.tag
            if tag not in REFERENCES:
                texts[tag] = child.text or ""
            elif tag == GROUP:
                group = child.get("key")
            else:
                extra = tuple(key for composite in child if (key := composite.get("key")))
        if not self._pupil_fields.issuperset(texts):
            self._drop("leerling", texts, self._pupil_fields)
        get = texts.get
        key = raw.get("key") or None
        eckid = raw.get("eckid") or None
        born = get(BORN)
        return {
            "key": key,
            "eckid": eckid,
            "name": _name(get, key or eckid),
            "born": values.day(born, "/geboortedatum") if born else None,
            "sex": values.sex(get(SEX, "")),
            "year_group": get(YEAR, "").strip(),
            "group": group or None,
            "extra_groups": extra,
        }

    def teacher(self, element: etree._Element) -> IncomingTeacher:
        """Read one `leerkracht`. Roles of the teacher and of the ties to groups come in one row, each once."""
        texts: dict[str, str] = {}
        groups: dict[LasKey, None] = {}
        roles: dict[str, None] = {}
        for child in element:
            tag = str(child.tag)
            if tag == GROUPS:
                for group in child:
                    if key := group.get("key"):
                        groups[LasKey(key)] = None
                    roles.update(dict.fromkeys(_texts(group)))
            elif tag in (ROLE, ROLE_TEXT):
                roles.update(dict.fromkeys(_texts((child,))))
            else:
                texts[tag] = child.text or ""
        kept = frozenset({SURNAME, PREFIX, CALL_NAME, EMAIL})
        if not texts.keys() <= kept:
            self._drop("leerkracht", texts, kept)
        key, eckid = element.get("key"), element.get("eckid")
        return IncomingTeacher(
            key=LasKey(key) if key else None,
            eckid=EckId(eckid) if eckid else None,
            name=PersonName(**_name(texts.get, key or eckid)),
            email=texts.get(EMAIL, "").strip(),
            groups=tuple(groups),
            roles=tuple(roles),
        )

    def group(self, element: etree._Element) -> IncomingGroup:
        """Read one `groep` or `samengestelde_groep`."""
        texts = {str(child.tag): child.text or "" for child in element}
        composite = element.tag == COMPOSITE
        self._drop("samengestelde_groep" if composite else "groep", texts, frozenset({NAME, YEAR}))
        key = element.get("key")
        name = texts.get(NAME, "").strip()
        if not key:
            raise Wrong("/@key", _("een sleutel"), _("niets"))
        if not name:
            raise Wrong("/naam", _("een naam"), _("niets"))
        return IncomingGroup(key=LasKey(key), name=name, year=texts.get(YEAR, "").strip(), composite=composite)

    def note(self, entity: str, names: Iterable[str]) -> None:
        """Remember the local names of fields that came and may not."""
        for name in names:
            safe = name if _FIELD_NAME.fullmatch(name) else "?"
            self.dropped.add(f"{entity}/{safe}" if entity else safe)

    def _drop(self, entity: str, texts: dict[str, str], kept: frozenset[str]) -> None:
        names = set()
        for tag in texts.keys() - kept:
            del texts[tag]
            names.add(tag.rpartition("}")[2])
        self.note(entity, names & self._forbidden[entity])

    def forbidden_in_school(self, names: Iterable[str]) -> None:
        """Remember forbidden fields of `school`."""
        self.note("school", self._forbidden["school"].intersection(names))


def _name(get: Callable[[str, str], str], identity: str | None) -> dict[str, str]:
    """Read the parts of a name; raises Wrong when there is no name, or nothing to tell this person by."""
    surname = get(SURNAME, "").strip()
    call_name = get(CALL_NAME, "").strip()
    if not identity:
        raise Wrong("/@key", _("een sleutel of een ECK iD"), _("geen van beide"))
    if not (surname or call_name):
        raise Wrong("", _("een achternaam of roepnaam"), _("geen van beide"))
    return {
        "surname": surname,
        "prefix": get(PREFIX, "").strip(),
        "initials": get(INITIALS, "").strip(),
        "call_name": call_name,
    }


def _texts(elements: Iterable[etree._Element]) -> list[str]:
    return [text for element in elements if (text := (element.text or "").strip())]

"""Reading requests: by element name, never by position, each value with the place it stood.

This is the server's own reader; it shares no code with the client half (architecture.md, rule 2). What the schema
refuses is refused before in strict mode; here only what cannot be understood at all is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from lxml import etree

from core.wire.faults import FaultCode
from simulator.faults import UwlrFault
from simulator.world.model import SchoolRef

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_YEAR = re.compile(r"([12][0-9]{3})-([12][0-9]{3})")
_BRIN = re.compile(r"[0-9]{2}[A-Z]{2}")
_DEPENDANCE = re.compile(r"[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every message says first: which school, which school year, which version."""

    school_year: str
    """`2026-2027`; empty in lenient mode when the caller left it empty: the present year is meant."""
    school: SchoolRef | None
    """None when the school is named by schoolkey."""
    school_key: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilRequest:
    """One of the four pupil requests."""

    head: Head
    dataset: str
    """Gegevenssetid; empty when absent."""
    since: datetime | None
    """Laatstontvangengegevens; None = always send data."""
    groups: tuple[str | None, ...]
    """Staged requests only: keys of the groups asked for; None asks for people without a group."""


def local_name(element: etree._Element) -> str:
    """Return an element's name without namespace."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=500)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def children(element: etree._Element) -> dict[str, etree._Element]:
    """Return the children by local name; of doubled ones the first."""
    found: dict[str, etree._Element] = {}
    for child in element:
        found.setdefault(local_name(child), child)
    return found


def text_of(element: etree._Element | None) -> str:
    """Return an element's text without surrounding space; empty = absent."""
    return "" if element is None else (element.text or "").strip()


def invalid(path: str, expected: str, got: str) -> UwlrFault:
    """Build the refusal of one value: where, what was expected, what was there."""
    return UwlrFault(FaultCode.INVALID_MESSAGE, f"{path}: {expected} verwacht, kreeg ‘{got[:40]}’")


def read_version(fields: dict[str, etree._Element]) -> str:
    """Return the xsdversie, empty when there is none."""
    return text_of(fields.get("xsdversie"))


def read_head(fields: dict[str, etree._Element], path: str, *, lenient: bool) -> Head:
    """Read school, school year and version; raises UwlrFault with the place."""
    year = text_of(fields.get("schooljaar"))
    if year or not lenient:
        parts = _YEAR.fullmatch(year)
        if not parts or int(parts[2]) != int(parts[1]) + 1:
            raise invalid(f"{path}/schooljaar", "een schooljaar als 2026-2027", year)
    brin, school_key = text_of(fields.get("brincode")), text_of(fields.get("schoolkey"))
    if lenient and brin:
        brin, school_key = brin.upper(), ""
    if bool(brin) == bool(school_key):
        raise invalid(path, "óf een brincode óf een schoolkey", f"{brin} {school_key}".strip())
    dependance = text_of(fields.get("dependancecode")) or "00"
    if brin and not _BRIN.fullmatch(brin):
        raise invalid(f"{path}/brincode", "twee cijfers en twee hoofdletters", brin)
    if not _DEPENDANCE.fullmatch(dependance):
        raise invalid(f"{path}/dependancecode", "twee cijfers", dependance)
    return Head(
        school_year=year,
        school=SchoolRef(brin, dependance) if brin else None,
        school_key=school_key,
        version=read_version(fields),
    )


def read_pupil_request(root: etree._Element, *, lenient: bool) -> PupilRequest:
    """Read any of the four pupil requests; raises UwlrFault with the place."""
    path = f"/{local_name(root)}"
    fields = children(root)
    since = text_of(fields.get("laatstontvangengegevens"))
    groups = fields.get("groepen")
    return PupilRequest(
        head=read_head(fields, path, lenient=lenient),
        dataset=text_of(fields.get("gegevenssetid")),
        since=read_moment(since, f"{path}/laatstontvangengegevens") if since else None,
        groups=tuple(_group_keys(groups if groups is not None else ())),
    )


def _group_keys(groups: Iterable[etree._Element]) -> Iterable[str | None]:
    for group in groups:
        if local_name(group) in ("groep", "samengestelde_groep"):
            yield group.get("key")


def read_moment(text: str, path: str) -> datetime:
    """Read an xs:dateTime; without an offset it is Dutch time (uwlr.md §7). Raises UwlrFault."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise invalid(path, "een moment als 2026-11-23T09:00:00", text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def read_day(text: str, path: str) -> date:
    """Read an xs:date, a zone behind it left out. Raises UwlrFault."""
    try:
        return date.fromisoformat(re.sub(r"(Z|[+-]\d{2}:\d{2})$", "", text))
    except ValueError:
        raise invalid(path, "een datum als 2026-11-23", text) from None

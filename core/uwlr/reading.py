"""What one answer holds, and the reading of its sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from lxml import etree

from core.language import _
from core.model import IncomingGroup, IncomingPupil, IncomingTeacher
from core.uwlr import values
from core.uwlr.envelope import Fault
from core.uwlr.records import GROUPS, NS, Records
from core.uwlr.unreadable import Wrong, shown
from core.wire.names import Version
from core.wire.years import is_school_year

SCHOOL = NS + "school"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What an answer says about itself (`school`, uwlr.md §3.3). Empty or None = not said."""

    school_year: str = ""
    brin: str = ""
    dependance: str = ""
    as_of: date | None = None
    created: datetime | None = None


@dataclass(slots=True)
class Contents:
    """Everything one answer holds."""

    head: Head = field(default_factory=Head)
    groups: list[IncomingGroup] = field(default_factory=list)
    pupils: list[IncomingPupil] = field(default_factory=list)
    teachers: list[IncomingTeacher] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    """Names of forbidden and unknown fields that came."""
    valid: bool = True
    """Whether it holds to the schema, but for order, empty and unknown elements, and values outside their list."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """`geenwijzigingen`."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """`geengegevens`."""


Answer = Contents | Unchanged | Nothing | Fault


class Odd(Exception):
    """A large answer is not just as it should be, so it must be read the ordinary way."""


class Reading:
    """One answer being read, section by section."""

    def __init__(self, version: Version) -> None:
        self.records = Records(version)
        self.contents = Contents(dropped=self.records.dropped)
        self._sections: dict[str, Callable[[Iterable[etree._Element]], None]] = {
            SCHOOL: self._school,
            NS + "vestigingen": self._locations,
            GROUPS: self._groups,
            NS + "leerlingen": self._pupils,
            NS + "leerkrachten": self._teachers,
        }

    def section(self, section: etree._Element, children: Iterable[etree._Element]) -> None:
        """Read `children` of one section of the answer. Raises Wrong, with a path from the answer on."""
        read_them = self._sections.get(str(section.tag))
        if read_them is not None:
            read_them(children)

    def progress(self, data: etree._Element, *, all_of_it: bool = False) -> bool:
        """Read and forget the records that are whole by now: all but the last, which is still coming in.

        Returns whether there were any. Raises Wrong or Odd.
        """
        done = 0
        last = len(data) - 1
        for place, section in enumerate(data):
            whole = all_of_it or place < last
            if section.tag not in self._sections:
                raise Odd
            if section.tag == SCHOOL and not whole:
                continue
            children = section[:] if whole else section[:-1]
            if children:
                self.section(section, children)
                del section[: len(children)]
                done += len(children)
        return done > 0

    def _school(self, children: Iterable[etree._Element]) -> None:
        texts = {str(child.tag).rpartition("}")[2]: (child.text or "").strip() for child in children}
        self.records.forbidden_in_school(texts)
        year = texts.get("schooljaar", "")
        if year and not is_school_year(year):
            raise Wrong("/school/schooljaar", _("een schooljaar als 2026-2027"), shown(year))
        as_of, created = texts.get("peildatum"), texts.get("aanmaakdatum")
        self.contents.head = Head(
            school_year=year,
            brin=texts.get("brincode", ""),
            dependance=texts.get("dependancecode", ""),
            as_of=values.day(as_of, "/school/peildatum") if as_of else None,
            created=values.moment(created, "/school/aanmaakdatum") if created else None,
        )

    def _locations(self, children: Iterable[etree._Element]) -> None:
        if any(True for _child in children):
            self.records.note("", {"vestigingen"})

    def _groups(self, children: Iterable[etree._Element]) -> None:
        groups, read_one = self.contents.groups, self.records.group
        for element in children:
            try:
                groups.append(read_one(element))
            except Wrong as wrong:
                raise wrong.under(f"/groepen/*[{len(groups) + 1}]") from wrong

    def _pupils(self, children: Iterable[etree._Element]) -> None:
        pupils = self.contents.pupils
        pupils += self.records.pupils(children, len(pupils) + 1)

    def _teachers(self, children: Iterable[etree._Element]) -> None:
        teachers, read_one = self.contents.teachers, self.records.teacher
        for element in children:
            try:
                teachers.append(read_one(element))
            except Wrong as wrong:
                raise wrong.under(f"/leerkrachten/leerkracht[{len(teachers) + 1}]") from wrong

"""Who is who, as the simulator knows it: what the demo's person decides by, and what everything is checked against."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.importing.decisions import Category, RowKey
from core.importing.rows import Selection
from core.importing.session import ReviewSession
from core.model import IncomingRef, Kind, PupilId, Register
from tui.demo.results import Given

Arrived = tuple[str, str, str, int]
"""LAS key of the pupil, test, date (ISO), items right."""

_NAMES = {Kind.GROUP: "groepen", Kind.TEACHER: "leerkrachten", Kind.PUPIL: "leerlingen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Which incoming record is which record of the test centre; None = it is new."""

    who: Mapping[RowKey, str | None]
    doubles: Mapping[str, RowKey]
    """Second records of somebody who has one already, with the incoming record they belong to."""

    @classmethod
    def read(cls, answer: Mapping[str, Any]) -> Truth:
        """Read what the control API answers."""
        who: dict[RowKey, str | None] = {}
        doubles = {
            one["testcentrum"]: RowKey(Kind(one["soort"]), IncomingRef(f"las:{one['van']}"))
            for one in answer["over"]
            if one["van"]
        }
        for kind, name in _NAMES.items():
            for one in answer[name]:
                ref = f"las:{one['sleutel']}" if one["sleutel"] else f"eck:{one['eckid']}"
                who[RowKey(kind, IncomingRef(ref))] = one["testcentrum"]
        return cls(who=who, doubles=doubles)

    def counterpart(self, key: RowKey) -> str | None:
        """Return the record that this one really is; None when it is new."""
        return self.who[key]

    def wrong_links(self, session: ReviewSession) -> list[RowKey]:
        """Return the rows that would be linked without asking to somebody else."""
        return [
            row.key
            for kind in Kind
            for row in session.rows(Selection(kind=kind, category=Category.EXISTING))
            if not row.doubt and row.existing and not self.same(row.key, row.existing.id, self.who[row.key])
        ]

    def same(self, key: RowKey, existing: str, right: str | None) -> bool:
        """Whether `existing` is this person: the record that is right, or a second one of the same person."""
        return existing == right or self.doubles.get(existing) == key

    def expected(self, given: Iterable[Given], register: Register, left_out: Container[RowKey]) -> list[Arrived]:
        """Return what ParnasSys should hold of these results; `left_out` was not imported."""
        keys: dict[PupilId, str] = {}
        known = set(self.who.values())
        for key, existing in self.who.items():
            if key.kind is Kind.PUPIL and existing is not None and key not in left_out:
                keys[PupilId(existing)] = key.incoming.removeprefix("las:")
        for pupil in register.pupils:
            if pupil.id not in known and pupil.linked and pupil.linked.key:
                keys[pupil.id] = pupil.linked.key
        return sorted((keys[one.pupil], one.test, one.taken.isoformat(), one.raw) for one in given if one.pupil in keys)

    @staticmethod
    def arrived(results: Iterable[Mapping[str, Any]]) -> Iterator[Arrived]:
        """Yield what ParnasSys holds."""
        for one in results:
            raw = one["score"] if "score" in one else int(one["osoresultaat"]["aantalgoed"])
            yield one["leerlingid"], one["toetscode"], one["afnamedatum"], raw

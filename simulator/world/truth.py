"""Who is who between ParnasSys and the test centre: the answer that the matcher must find and never sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from .model import Leftover, SimKind, SimSchool, Thread, Truth, Who
from .picture import Picture


def truth_of(school: SimSchool, picture: Picture) -> Truth:
    """Compare a school as ParnasSys has it with the picture the test centre has of it."""
    ids = picture.ids()
    made = {entry.thread: entry.mistakes for entry in reversed(picture.entries) if not entry.double}
    known = [
        *((SimKind.GROUP, group.thread, group.key, "") for group in school.groups),
        *((SimKind.TEACHER, teacher.thread, teacher.key, teacher.eckid) for teacher in school.teachers),
        *((SimKind.PUPIL, pupil.thread, pupil.key, pupil.eckid) for pupil in school.pupils),
    ]
    who = tuple(
        Who(kind=kind, key=key, eckid=eckid, testcentre=ids.get(thread), mistakes=made.get(thread, ()))
        for kind, thread, key, eckid in known
    )
    keys = {thread: key for _, thread, key, _ in known}
    return Truth(ref=school.ref, who=who, leftovers=tuple(_leftovers(picture, keys)))


def _leftovers(picture: Picture, keys: dict[Thread, str]) -> Iterator[Leftover]:
    for entry in picture.entries:
        key = keys.get(entry.thread) if entry.thread else None
        kind, row_id = entry.row.kind, entry.row.id
        if key is None:
            reason = "opgeheven" if kind is SimKind.GROUP else "vertrokken"
            yield Leftover(kind=kind, testcentre=row_id, reason=reason)
        elif entry.double:
            yield Leftover(kind=kind, testcentre=row_id, reason="dubbel", of=key)


class WhoJson(TypedDict):
    """One incoming record in the truth as the control API sends it."""

    sleutel: str
    eckid: str
    testcentrum: str | None
    fouten: list[str]


class LeftoverJson(TypedDict):
    """One test-centre record that nothing incoming belongs to."""

    soort: str
    testcentrum: str
    reden: str
    van: str


class TruthJson(TypedDict):
    """The truth as the control API sends it."""

    brin: str
    dependancecode: str
    groepen: list[WhoJson]
    leerkrachten: list[WhoJson]
    leerlingen: list[WhoJson]
    over: list[LeftoverJson]


def as_json(truth: Truth) -> TruthJson:
    """Return the truth in plain values with Dutch names."""
    by_kind: dict[SimKind, list[WhoJson]] = {kind: [] for kind in SimKind}
    for who in truth.who:
        by_kind[who.kind].append(
            {"sleutel": who.key, "eckid": who.eckid, "testcentrum": who.testcentre, "fouten": list(who.mistakes)}
        )
    return {
        "brin": truth.ref.brin,
        "dependancecode": truth.ref.dependance,
        "groepen": by_kind[SimKind.GROUP],
        "leerkrachten": by_kind[SimKind.TEACHER],
        "leerlingen": by_kind[SimKind.PUPIL],
        "over": [
            {"soort": left.kind.value, "testcentrum": left.testcentre, "reden": left.reason, "van": left.of}
            for left in truth.leftovers
        ],
    }

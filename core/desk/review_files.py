"""A review as a file: saved, compared with another one, handed over, and replayed (workflow.md §3).

The file names records by identity only; no pupil's name stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from core.errors import UnreadableInput
from core.importing.decisions import Category, GiveEmail, Place, RowKey, Step
from core.importing.fingerprint import Fingerprints
from core.importing.session import ReviewSession
from core.language import _
from core.malformed import whats_wrong
from core.model import IncomingRef, Kind, SchoolId

FORMAT = "koppeldesk-nakijken"
VERSION = 1


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What counts for one row."""

    soort: Kind
    sleutel: IncomingRef
    categorie: Category
    bestaand: str | None = None
    email: str = ""
    niet_dezelfde: tuple[str, ...] = ()
    door: str = ""
    """Who decided; empty = as proposed."""
    op: datetime | None = None
    controle: str = ""
    """Fingerprint of who it was; empty = not known (a file written by hand)."""


class ReviewFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A review as it stood when it was saved."""

    indeling: str = FORMAT
    versie: int = VERSION
    school: str
    import_: str = msgspec.field(name="import")
    opgehaald: datetime
    stappen: int
    """Entries of the log it was made from."""
    rijen: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlike:
    """A row on which two reviews differ."""

    key: RowKey
    ours: Line | None
    theirs: Line | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What replaying a file in a review would do."""

    steps: tuple[Step, ...]
    missing: tuple[RowKey, ...]
    """Rows of the file that ParnasSys did not send here."""
    gone: tuple[RowKey, ...]
    """Rows whose existing record is not in this register."""
    others: tuple[RowKey, ...]
    """Rows under whose key somebody else was sent here."""


def file_of(session: ReviewSession) -> ReviewFile:
    """Return the review as a file."""
    lines = []
    people = Fingerprints(session.choices.sent)
    for key, choice in session.choices.items():
        sent = session.choices.sent.teachers.get(key)
        lines.append(
            Line(
                soort=key.kind,
                sleutel=key.incoming,
                categorie=choice.category,
                bestaand=choice.existing,
                email=choice.email if sent and choice.email != sent.email else "",
                niet_dezelfde=tuple(sorted(session.course.not_same(key))),
                door=choice.by,
                op=choice.at,
                controle=people.of(key),
            )
        )
    return ReviewFile(
        school=str(session.school),
        import_=session.review.id,
        opgehaald=session.review.roster.received,
        stappen=session.seen,
        rijen=tuple(lines),
    )


def written(file: ReviewFile) -> str:
    """Return the text of the file."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1).decode() + "\n"


def read(text: str, school: SchoolId) -> ReviewFile:
    """Read a file of this school; UnreadableInput says where it went wrong.

    A key of ParnasSys is somebody else at another school, so a file of one is not read.
    """
    try:
        file = msgspec.json.decode(text, type=ReviewFile)
    except msgspec.DecodeError as error:
        raise UnreadableInput(
            _("Dit is geen bewaarde import: {error}.").format(error=whats_wrong(error)),
            todo=_("Geef een bestand dat met koppeldesk import show --save is gemaakt."),
        ) from error
    if (file.indeling, file.versie) != (FORMAT, VERSION):
        raise UnreadableInput(
            _("Deze indeling wordt niet gelezen: {format} {version}.").format(format=file.indeling, version=file.versie)
        )
    if file.school != str(school):
        raise UnreadableInput(
            _("Dit bestand is van school {other} en niet van {school}.").format(other=file.school, school=school),
            todo=_("Geef het bestand van deze school."),
        )
    return file


def compared(ours: ReviewFile, theirs: ReviewFile) -> tuple[Unlike, ...]:
    """Return the rows on which the two differ; who decided and when does not count."""
    left, right = _by_key(ours), _by_key(theirs)
    keys = dict.fromkeys([*left, *right])
    return tuple(
        Unlike(key=key, ours=left.get(key), theirs=right.get(key))
        for key in keys
        if _what(left.get(key)) != _what(right.get(key))
    )


def replay(session: ReviewSession, file: ReviewFile) -> Replay:
    """Return the steps that make this review as the file says: every row that somebody decided about there."""
    steps: list[Step] = []
    missing: list[RowKey] = []
    gone: list[RowKey] = []
    others: list[RowKey] = []
    people = Fingerprints(session.choices.sent)
    for key, line in _by_key(file).items():
        if not line.door:
            continue
        if key not in session:
            missing.append(key)
            continue
        if line.controle and line.controle != people.of(key):
            others.append(key)
            continue
        if line.bestaand and not session.existing.holds(key.kind, line.bestaand):
            gone.append(key)
            continue
        here = session.choices[key]
        steps += [
            session.steps.not_same(key, other)[0]
            for other in line.niet_dezelfde
            if session.existing.holds(key.kind, other) and other not in session.course.not_same(key)
        ]
        if (here.category, here.existing) != (line.categorie, line.bestaand) or session.row(key).doubt:
            existing = line.bestaand
            steps.append(Place(kind=key.kind, incoming=key.incoming, category=line.categorie, existing=existing))
        if line.email and line.email != here.email:
            steps.append(GiveEmail(incoming=key.incoming, email=line.email))
    return Replay(steps=tuple(steps), missing=tuple(missing), gone=tuple(gone), others=tuple(others))


def _by_key(file: ReviewFile) -> Mapping[RowKey, Line]:
    return {RowKey(line.soort, line.sleutel): line for line in file.rijen}


def _what(line: Line | None) -> tuple[object, ...] | None:
    return None if line is None else (line.categorie, line.bestaand, line.email, line.niet_dezelfde)

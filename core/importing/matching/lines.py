"""Records of match files (interfaces.md, "Match files"): from words by field to facts, and from an outcome to words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.importing.matching.facts import GroupFacts, PersonFacts, TeacherFacts
from core.importing.matching.names import read_name
from core.importing.matching.outcome import Auto, Decision, Match, New, Suggest
from core.language import _
from core.model import PersonName, Sex

Line = Mapping[str, str]
"""One record: field name -> text; absent or empty = unknown."""


class LineError(ValueError):
    """A field that cannot be read; the message says in Dutch which and why."""


def pupil_of(line: Line) -> PersonFacts:
    """Return the facts of a pupil. Raises LineError."""
    return PersonFacts(
        id=_id(line),
        name=PersonName(
            surname=line.get("achternaam", "").strip(),
            prefix=line.get("voorvoegsel", "").strip(),
            initials=line.get("voorletters", "").strip(),
            call_name=line.get("roepnaam", "").strip(),
            given_names=line.get("voornamen", "").strip(),
        ),
        born=_date(line.get("geboortedatum", "")),
        sex=_sex(line.get("geslacht", "")),
        year=line.get("jaargroep", "").strip(),
        group=line.get("groep", "").strip(),
    )


def teacher_of(line: Line) -> TeacherFacts:
    """Return the facts of a teacher; the name is one text. Raises LineError."""
    return TeacherFacts(id=_id(line), name=read_name(line.get("naam", "")), email=line.get("email", "").strip())


def group_of(line: Line) -> GroupFacts:
    """Return the facts of a group; pupils in match files call it by its name. Raises LineError."""
    name = line.get("naam", "").strip()
    return GroupFacts(id=_id(line), name=name, year=line.get("jaargroep", "").strip(), label=name)


def decision_word(decision: Decision) -> str:
    """Return how match files name a decision."""
    match decision:
        case Auto():
            return "auto"
        case Suggest():
            return "suggest"
        case New():
            return "new"


def line_of(match: Match) -> dict[str, object]:
    """Return a match as the fields of a line of output."""
    return {
        "incoming_id": match.incoming,
        "decision": decision_word(match.decision),
        "existing_id": match.existing,
        "probability": match.probability,
        "candidates": [candidate.existing for candidate in match.candidates],
        "reasons": [
            {"field": reason.field.value, "level": reason.level, "weight": reason.weight, "because": reason.because}
            for reason in match.reasons
        ],
    }


def _id(line: Line) -> str:
    if not (found := line.get("id", "")):
        raise LineError(_("id ontbreekt"))
    return found


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise LineError(
            _("geboortedatum: een datum als 2015-09-01 verwacht, gekregen '{text}'").format(text=text)
        ) from error


def _sex(text: str) -> Sex:
    try:
        return Sex(text.strip().upper())
    except ValueError as error:
        raise LineError(_("geslacht: M, V of leeg verwacht, gekregen '{text}'").format(text=text)) from error

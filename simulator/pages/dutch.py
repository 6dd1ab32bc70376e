"""How values read on the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from unicodedata import combining, normalize

from simulator.receive import AMSTERDAM
from simulator.results_message import OsoResult, OtherResult, Outcome, Score
from simulator.trouble import TransportTrouble
from simulator.world.model import SimName, SimPupil

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def day(value: date) -> str:
    """Write `maandag 23 november 2026`."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Write `23-11-2026`."""
    return f"{value.day:02d}-{value.month:02d}-{value.year}"


def clock(value: datetime) -> str:
    """Write `08:00`."""
    return f"{value.astimezone(AMSTERDAM):%H:%M}"


def moment(value: datetime) -> str:
    """Write `23-11-2026 08:00:05`."""
    local = value.astimezone(AMSTERDAM)
    return f"{short_day(local)} {local:%H:%M:%S}"


def listed(name: SimName) -> str:
    """Write a name as in a class list: `Berg, Fien van den`."""
    first = " ".join(part for part in (name.call_name or name.initials, name.prefix) if part)
    return ", ".join(part for part in (name.surname, first) if part)


def by_name(pupil: SimPupil) -> tuple[str, str]:
    """Order pupils as a class list does: accents and capitals make no difference."""
    return plain(pupil.name.surname), plain(pupil.name.call_name)


def plain(text: str) -> str:
    """Return the text in lower case without accents."""
    return "".join(sign for sign in normalize("NFD", text.casefold()) if not combining(sign))


def outcome(value: Outcome) -> str:
    """Write what a result says, in one line."""
    match value:
        case Score(value=score):
            return f"score {score}"
        case OsoResult(marks=marks, references=references):
            said = [f"{name} {mark}" for name, mark in marks if not name.startswith(("code", "biv"))]
            said += [f"{one.code} {one.value}" for one in references]
            return " · ".join(said)
        case OtherResult(text=other):
            return other


TROUBLE: Mapping[str, str] = {
    TransportTrouble.RESET: "verbinding verbroken",
    TransportTrouble.EMPTY: "leeg antwoord",
    TransportTrouble.TRUNCATED: "half antwoord",
    TransportTrouble.SLOW: "traag antwoord",
    TransportTrouble.GARBAGE: "onleesbaar antwoord",
    TransportTrouble.ANSWER_LOST: "verwerkt, maar antwoord kwijt",
    TransportTrouble.UNAVAILABLE: "HTTP 503",
    TransportTrouble.HTML: "onderhoudspagina",
    TransportTrouble.REDIRECT: "omleiding naar inlogpagina",
    TransportTrouble.FAULT_ON_200: "fout op HTTP 200",
    TransportTrouble.BARE_FAULT_CODE: "foutcode zonder voorvoegsel",
    TransportTrouble.WRONG_CHARSET: "verkeerde tekenset",
    TransportTrouble.GROUP_MISSING: "een groep ontbreekt",
}


def trouble(kind: str) -> str:
    """Write what a mishap is; a UWLR fault by its code."""
    return TROUBLE.get(kind, kind)


FILTERS: Mapping[str, Callable[..., str]] = {
    "dag": day,
    "datum": short_day,
    "klok": clock,
    "moment": moment,
    "naam": listed,
    "storing": trouble,
    "uitkomst": outcome,
}

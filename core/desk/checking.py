"""Runs the checks on an application, with the live connection test that only the desk can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.desk.office import Office
from core.errors import KoppeldeskError, RefusedByState, UnreadableInput
from core.language import _
from core.linking.checks import (
    Check,
    CheckOutcome,
    Form,
    Outcome,
    check_form,
    connection_failed,
    connection_good,
    connection_not_tried,
)
from core.linking.keys import clean_key, is_key
from core.linking.link import Link
from core.linking.numbers import numbers_in_the_way
from core.model import LinkAddress, SchoolYear, Secret
from core.record import SchoolRecord

KIND = "ParnasSys UWLR"
"""The one kind of link: `type` on the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The form `koppelen met LAS` as it was filled in."""

    key: Secret
    """As pasted; spaces and line ends are taken out."""
    school_year: SchoolYear
    school_key: str = ""
    """Must stay empty."""
    kind: str = KIND


class Checker:
    """Checks applications of schools against the rules, the register and ParnasSys."""

    def __init__(self, office: Office) -> None:
        self._office = office

    @property
    def current_year(self) -> SchoolYear:
        """The school year of today."""
        return SchoolYear.of(self._office.clock.now().date())

    def form(self, record: SchoolRecord, application: Application) -> tuple[CheckOutcome, ...]:
        """Run the checks that need no line to ParnasSys."""
        return check_form(_form(record, application), self.current_year)

    async def run(self, record: SchoolRecord, application: Application) -> tuple[CheckOutcome, ...]:
        """Run every check; the last one asks ParnasSys whether it accepts this key for this school."""
        outcomes = self.form(record, application)
        if not is_key(_form(record, application).key):
            return (*outcomes, connection_not_tried())
        key = Secret(clean_key(application.key.reveal()))
        address = LinkAddress(school=record.school.id, school_year=application.school_year, key=key)
        try:
            await self._office.las.probe(address)
        except KoppeldeskError as error:
            return (*outcomes, connection_failed(error))
        return (*outcomes, connection_good())

    def kept(self, record: SchoolRecord) -> Application:
        """Return the application as it was submitted."""
        link = with_key(record)
        key = Secret(self._office.vault.open(record.school.id, link.sealed_key))
        return Application(key=key, school_year=link.school_year or self.current_year)


def with_key(record: SchoolRecord) -> Link:
    """Return the school's link when it has a key; RefusedByState otherwise."""
    if record.link is None or not record.link.sealed_key:
        raise RefusedByState(
            _("Er is voor deze school geen autorisatiesleutel."),
            todo=_("De school moet eerst in ParnasSys afnemen en de aanvraag met de sleutel indienen."),
        )
    return record.link


def refuse_bad(outcomes: Iterable[CheckOutcome]) -> None:
    """Raise when a check came out bad: UnreadableInput for what was typed, RefusedByState for the rest."""
    bad = [outcome for outcome in outcomes if outcome.outcome is Outcome.BAD]
    if not bad:
        return
    typed = any(outcome.check in (Check.KEY_FORM, Check.SCHOOL_KEY_EMPTY) for outcome in bad)
    raise (UnreadableInput if typed else RefusedByState)(
        " ".join(outcome.finding for outcome in bad), todo=" ".join(outcome.remedy for outcome in bad)
    )


def refuse_unchecked(outcomes: Iterable[CheckOutcome], why: str) -> None:
    """Raise RefusedByState when a check is bad, or could not be done while nobody says `why` it may be passed over."""
    outcomes = tuple(outcomes)
    if not outcomes:
        raise RefusedByState(
            _("De controles zijn voor deze sleutel nog niet gedaan."), todo=_("Controleer de aanvraag opnieuw.")
        )
    refuse_bad(outcomes)
    unknown = [outcome for outcome in outcomes if outcome.outcome is Outcome.UNKNOWN]
    if unknown and not why.strip():
        raise RefusedByState(
            " ".join(outcome.finding for outcome in unknown),
            todo=_("Controleer opnieuw, of keur goed met een reden waarom het zonder deze controle kan."),
        )


def _form(record: SchoolRecord, application: Application) -> Form:
    return Form(
        school=record.school.id,
        school_year=application.school_year,
        key=clean_key(application.key.reveal()),
        school_key=application.school_key,
        externals=numbers_in_the_way(record.link, record.register),
    )

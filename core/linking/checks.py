"""The checks of workflow.md §2.5 that customer service sees before it decides, each with its outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.errors import KoppeldeskError, Refused, TryLater
from core.language import N_, _, ngettext
from core.linking.keys import LONGEST_KEY, is_key
from core.model import SchoolId, SchoolYear


class Check(StrEnum):
    """What a machine can check before a person decides."""

    BRIN_KNOWN = N_("BRIN bekend")
    BRIN_FORM = N_("BRIN goed gevormd")
    SCHOOL_YEAR = N_("schooljaar")
    KEY_FORM = N_("autorisatiesleutel")
    SCHOOL_KEY_EMPTY = N_("SchoolKey leeg")
    EXTERNAL_EMPTY = N_("externe nummers leeg")
    CONNECTION = N_("verbinding")


class Outcome(StrEnum):
    """How a check came out."""

    GOOD = N_("goed")
    BAD = N_("fout")
    UNKNOWN = N_("niet te zeggen")
    """Could not be checked now, for instance because ParnasSys cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOutcome:
    """One check with its outcome, in Dutch."""

    check: Check
    outcome: Outcome
    finding: str = ""
    """What was found."""
    remedy: str = ""
    """What to do about it, and who; empty when it is good."""

    @property
    def mark(self) -> str:
        """The outcome as one sign."""
        return _MARKS[self.outcome]


_MARKS = {Outcome.GOOD: "✓", Outcome.BAD: "✗", Outcome.UNKNOWN: "?"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What is checked: the fields of `koppelen met LAS` and what the test centre holds of the school."""

    school: SchoolId
    school_year: SchoolYear | None
    key: str
    """Cleaned; only its form is looked at here."""
    school_key: str = ""
    """Stays empty: in UWLR a school is named by BRIN or by schoolkey, never both."""
    known: bool = True
    externals: int = 0
    """External numbers of an earlier link that are not empty yet."""


def check_form(form: Form, current: SchoolYear) -> tuple[CheckOutcome, ...]:
    """Run every check that needs no line to ParnasSys; `current` is the school year of today."""
    return (
        _brin_known(form),
        _brin_form(form),
        _school_year(form, current),
        _key_form(form),
        _school_key(form),
        _external(form),
    )


def connection_good() -> CheckOutcome:
    """ParnasSys accepted this key for this school."""
    return _good(Check.CONNECTION, _("ParnasSys accepteert deze sleutel voor deze school."))


def connection_failed(error: KoppeldeskError) -> CheckOutcome:
    """ParnasSys did not: its fault in plain Dutch, and what to do about it."""
    outcome = Outcome.BAD if isinstance(error, Refused) else Outcome.UNKNOWN
    remedy = error.todo or (_("Probeer het later opnieuw.") if isinstance(error, TryLater) else "")
    return CheckOutcome(check=Check.CONNECTION, outcome=outcome, finding=error.what, remedy=remedy)


def connection_not_tried() -> CheckOutcome:
    """There is no usable key or school to try with."""
    return CheckOutcome(
        check=Check.CONNECTION,
        outcome=Outcome.UNKNOWN,
        finding=_("De verbinding is niet geprobeerd, omdat andere velden nog niet kloppen."),
        remedy=_("Verbeter eerst de andere velden."),
    )


def marks(checks: Iterable[CheckOutcome]) -> str:
    """Return checks with their signs in one line of Dutch, to be kept: `BRIN bekend ✓, SchoolKey leeg ✗`."""
    return ", ".join(f"{check.check.value} {check.mark}" for check in checks)


def not_good(checks: Iterable[CheckOutcome]) -> tuple[CheckOutcome, ...]:
    """Return the checks that did not come out good."""
    return tuple(check for check in checks if check.outcome is not Outcome.GOOD)


def _brin_known(form: Form) -> CheckOutcome:
    if form.known:
        return _good(Check.BRIN_KNOWN, str(form.school))
    return _bad(
        Check.BRIN_KNOWN,
        _("{school} staat niet in het testcentrum.").format(school=form.school),
        _("Controleer BRIN en dependancecode."),
    )


def _brin_form(form: Form) -> CheckOutcome:
    if form.school.well_formed:
        return _good(Check.BRIN_FORM, form.school.brin)
    return _bad(
        Check.BRIN_FORM,
        _("{brin} is geen BRIN-nummer.").format(brin=form.school.brin),
        _("Een BRIN heeft twee cijfers en twee letters, bijvoorbeeld 12AB."),
    )


def _school_year(form: Form, current: SchoolYear) -> CheckOutcome:
    if form.school_year == current:
        return _good(Check.SCHOOL_YEAR, str(current))
    return _bad(
        Check.SCHOOL_YEAR,
        _("Het schooljaar is {year}, maar nu is het {current}.").format(year=form.school_year or "–", current=current),
        _("Kies het huidige schooljaar: {current}.").format(current=current),
    )


def _key_form(form: Form) -> CheckOutcome:
    if is_key(form.key):
        return _good(Check.KEY_FORM, ngettext("{n} teken", "{n} tekens", len(form.key)).format(n=len(form.key)))
    if not form.key:
        finding = _("De autorisatiesleutel is leeg.")
    elif len(form.key) > LONGEST_KEY:
        finding = _("De autorisatiesleutel heeft {n} tekens; het zijn er hoogstens {most}.").format(
            n=len(form.key), most=LONGEST_KEY
        )
    else:
        finding = _("De autorisatiesleutel bevat tekens die er niet in horen.")
    return _bad(
        Check.KEY_FORM, finding, _("De school kopieert de sleutel opnieuw uit ParnasSys en plakt hem in zijn geheel.")
    )


def _school_key(form: Form) -> CheckOutcome:
    if not form.school_key.strip():
        return _good(Check.SCHOOL_KEY_EMPTY)
    return _bad(
        Check.SCHOOL_KEY_EMPTY,
        _("SchoolKey is ingevuld."),
        _("Laat SchoolKey leeg: in UWLR heet een school naar de BRIN of naar de schoolkey, nooit allebei."),
    )


def _external(form: Form) -> CheckOutcome:
    count = form.externals
    if not count:
        return _good(Check.EXTERNAL_EMPTY)
    return _bad(
        Check.EXTERNAL_EMPTY,
        ngettext("{n} extern nummer is nog niet leeg.", "{n} externe nummers zijn nog niet leeg.", count).format(
            n=count
        ),
        _("Wis eerst de externe nummers; daarmee worden geen toetsgegevens verwijderd."),
    )


def _good(check: Check, finding: str = "") -> CheckOutcome:
    return CheckOutcome(check=check, outcome=Outcome.GOOD, finding=finding)


def _bad(check: Check, finding: str, remedy: str) -> CheckOutcome:
    return CheckOutcome(check=check, outcome=Outcome.BAD, finding=finding, remedy=remedy)

"""Who acts, and what each role may do (workflow.md §1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.errors import RefusedByRole
from core.language import N_, _
from core.model import SchoolId


class Role(StrEnum):
    """The roles of workflow.md §1; `automaat` is the nightly run and the timer that cleans up."""

    SERVICE = N_("klantenservice")
    ADMINISTRATOR = N_("beheerder")
    TRAINER = N_("trainer")
    READER = N_("lezer")
    MACHINE = N_("automaat")


class Act(StrEnum):
    """What somebody may want to do; every use case of the desk asks for exactly one."""

    LOOK = N_("bekijken")
    REVEAL_KEY = N_("sleutel tonen")
    REQUEST_LINK = N_("koppeling aanvragen")
    OPEN_LINK = N_("koppeling openzetten")
    APPLY_LINK = N_("aanvraag indienen")
    DECIDE_LINK = N_("aanvraag beoordelen")
    RENEW_KEY = N_("sleutel vernieuwen")
    END_LINK = N_("koppeling beëindigen")
    CLEAR_EXTERNAL = N_("externe nummers wissen")
    REVIEW = N_("import nakijken")
    COMMIT = N_("gegevens importeren")
    MANAGE_PUPILS = N_("leerlingen beheren")
    IMPORT_RESULTS = N_("resultaten inlezen")
    RESEND_RESULTS = N_("vorig schooljaar verzenden")
    RUN_NIGHTLY = N_("nachtelijke run")
    MANAGE_ACCESS = N_("toegang beheren")
    MANAGE_SCHOOLS = N_("scholen beheren")
    PURGE = N_("opschonen")


_SCHOOL_ACTS = frozenset(
    {
        Act.LOOK,
        Act.REVEAL_KEY,
        Act.REQUEST_LINK,
        Act.APPLY_LINK,
        Act.RENEW_KEY,
        Act.CLEAR_EXTERNAL,
        Act.REVIEW,
        Act.COMMIT,
        Act.MANAGE_PUPILS,
    }
)

SCHOOLS_OWN_WORK = _SCHOOL_ACTS - {Act.LOOK, Act.REVEAL_KEY}
"""What a school does itself; customer service may do it on the school's behalf, which is always recorded as such."""

MAY: dict[Role, frozenset[Act]] = {
    Role.SERVICE: frozenset(Act),
    Role.TRAINER: frozenset(Act),
    Role.ADMINISTRATOR: _SCHOOL_ACTS,
    Role.READER: frozenset({Act.LOOK}),
    Role.MACHINE: frozenset({Act.LOOK, Act.COMMIT, Act.REVIEW, Act.RUN_NIGHTLY, Act.IMPORT_RESULTS, Act.PURGE}),
}
"""What each role may do. A trainer works on demo data only, which the composition root sees to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person (or machine) who asks."""

    name: str
    role: Role
    schools: frozenset[SchoolId] = frozenset()
    """The schools of a beheerder or lezer; empty for the roles that work for every school."""
    fingerprint: str = ""
    """Of the SSH key that authenticated; empty outside SSH."""

    @property
    def everywhere(self) -> bool:
        """Whether this actor works for every school."""
        return self.role is not Role.ADMINISTRATOR and not self.schools

    def sees(self, school: SchoolId) -> bool:
        """Whether this actor may know that the school exists."""
        return self.everywhere or school in self.schools

    def may(self, act: Act, school: SchoolId | None = None) -> bool:
        """Whether this actor may do `act`, for `school` when it is about one."""
        if act not in MAY[self.role]:
            return False
        return self.everywhere if school is None else self.sees(school)

    def acts_on_behalf(self, act: Act) -> bool:
        """Whether this actor does `act`, which is the school's own work, on behalf of the school."""
        return self.role in (Role.SERVICE, Role.TRAINER) and act in SCHOOLS_OWN_WORK

    def require(self, act: Act, school: SchoolId | None = None) -> None:
        """Raise RefusedByRole unless this actor may do `act`.

        A school outside the actor's own is refused in the words of a school that does not exist.
        """
        if school is not None and not self.sees(school):
            raise unknown_school(school)
        if not self.may(act, school):
            raise RefusedByRole(
                _("Een {role} mag dit niet: {act}.").format(role=_(self.role.value), act=_(act.value)),
                todo=_("Vraag het aan de klantenservice."),
            )


def unknown_school(school: SchoolId) -> RefusedByRole:
    """Return the error for a school that is not there, or not for this actor: the same words for both."""
    return RefusedByRole(
        _("School {school} is hier niet bekend.").format(school=school),
        todo=_("Controleer BRIN en dependancecode."),
    )

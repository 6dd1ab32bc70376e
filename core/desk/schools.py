"""The use cases of a school itself: add it, change who it is, and see its page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.transitions import transition
from core.errors import Refused, UnreadableInput
from core.language import N_, _
from core.linking.link import Link
from core.linking.numbers import numbers_in_the_way
from core.model import Administrator, School, SchoolId
from core.record import Care, PullNote, SchoolRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPage:
    """A school at a glance, without names of pupils."""

    school: School
    link: Link | None
    groups: int
    teachers: int
    pupils: int
    """Active pupils."""
    inactive_pupils: int
    linked_pupils: int
    externals: int
    """External numbers that still have to be cleared before the school can apply."""
    kept_numbers: bool
    """Whether cleared external numbers are kept aside and can be put back."""
    last_pull: PullNote | None
    open_review: str
    held: tuple[str, ...]
    """Why the last nightly import was held back; empty = it was not."""
    results: dict[str, int]
    """How many results are in each state; states with none are left out."""
    elsewhere: int
    """How many results may stand with another child in ParnasSys."""
    care: Care


class SchoolDesk:
    """Schools as the test centre knows them."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, actor: Actor, school: SchoolId) -> SchoolPage:
        """Return the school's page. Raises RefusedByRole in the same words when it is not there or not yours."""
        record = self._office.record(actor, Act.LOOK, school)
        active = [pupil for pupil in record.register.pupils if pupil.active]
        ledger = self._office.store.ledger(school).read()
        return SchoolPage(
            school=record.school,
            link=record.link,
            groups=sum(1 for group in record.register.groups if group.active),
            teachers=sum(1 for teacher in record.register.teachers if teacher.active),
            pupils=len(active),
            inactive_pupils=len(record.register.pupils) - len(active),
            linked_pupils=sum(1 for pupil in active if pupil.linked),
            externals=numbers_in_the_way(record.link, record.register),
            kept_numbers=record.kept_numbers is not None,
            last_pull=record.last_pull,
            open_review=record.open_review,
            held=record.held.reasons if record.held else (),
            results={state.value: count for state, count in ledger.counts().items() if count},
            elsewhere=len(ledger.elsewhere()),
            care=record.care,
        )

    def add(self, actor: Actor, school: School) -> None:
        """Add a school. Raises Refused when it is there already, UnreadableInput when its facts cannot be right."""
        self._office.require(actor, Act.MANAGE_SCHOOLS, school.id)
        _refuse_unfit(school)
        with self._office.store.record(school.id).edit() as draft:
            if draft.value is not None:
                raise Refused(_("School {school} staat er al.").format(school=school.id))
            self._office.note(actor, Act.MANAGE_SCHOOLS, school.id, to=N_("toegevoegd"))
            draft.value = SchoolRecord(school=school)

    def change(self, actor: Actor, school: School) -> None:
        """Change name, place or administrators; BRIN and dependance code stay."""
        with transition(self._office, actor, Act.MANAGE_SCHOOLS, school.id) as draft:
            _refuse_unfit(school)
            if draft.value.school != school:
                self._office.note(actor, Act.MANAGE_SCHOOLS, school.id, to=N_("gewijzigd"))
                draft.value = replace(draft.value, school=school)


def administrator_from(text: str) -> Administrator:
    """Read `J. Bos <j.bos@school.nl>`; UnreadableInput when there is no usable address in it."""
    from email.headerregistry import Address
    from email.utils import parseaddr

    name, address = parseaddr(text)
    try:
        Address(addr_spec=address)
    except (ValueError, IndexError) as error:
        raise _no_address(text) from error
    if "@" not in address or "." not in address.rpartition("@")[2]:
        raise _no_address(text)
    return Administrator(name=name or address, email=address)


def _no_address(text: str) -> UnreadableInput:
    return UnreadableInput(
        _("“{text}” is geen naam met e-mailadres.").format(text=text),
        todo=_("Schrijf bijvoorbeeld: J. Bos <j.bos@school.nl>"),
    )


def _refuse_unfit(school: School) -> None:
    if not school.id.well_formed:
        raise UnreadableInput(_("“{text}” is geen BRIN-nummer.").format(text=school.id))
    if not school.name.strip() or not school.name.isprintable() or len(school.name) > 200:
        raise UnreadableInput(
            _("Deze naam kan niet: geef 1 tot {longest} gewone tekens op één regel.").format(longest=200)
        )

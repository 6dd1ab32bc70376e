"""Passes are handed out and taken back by who may, and every time with a line in the audit log."""

from __future__ import annotations

import pytest
from asyncssh import generate_private_key

from core.desk.access import AccessDesk
from core.desk.actor import Actor, Role
from core.errors import Refused, RefusedByRole, UnreadableInput
from core.model import SchoolId
from tests.core.desk.memory import MemoryStore, an_office

ANNE = Actor(name="Anne de Wit", role=Role.SERVICE, fingerprint="SHA256:anne")
SCHOOL = frozenset({SchoolId("12AB")})


def a_key() -> str:
    return generate_private_key("ssh-ed25519").export_public_key().decode()


def test_a_pass_says_who_may_do_what_for_which_schools() -> None:
    store = MemoryStore()
    new = AccessDesk(an_office(store)).add(ANNE, " Jan  Bos ", Role.ADMINISTRATOR, SCHOOL, a_key())
    assert new.actor == Actor(name="Jan Bos", role=Role.ADMINISTRATOR, schools=SCHOOL, fingerprint=new.fingerprint)
    assert store.access_list.value.of(new.fingerprint) == new
    assert [(line.by, line.subject, line.to) for line in store.audit_log.entries] == [
        ("Anne de Wit", new.fingerprint, "beheerder 12AB-00")
    ]


def test_a_key_has_one_holder() -> None:
    desk, key = AccessDesk(an_office(MemoryStore())), a_key()
    desk.add(ANNE, "Jan", Role.ADMINISTRATOR, SCHOOL, key)
    with pytest.raises(Refused, match="al van Jan"):
        desk.add(ANNE, "Piet", Role.SERVICE, frozenset(), key)


@pytest.mark.parametrize(
    ("role", "schools"),
    [
        (Role.ADMINISTRATOR, frozenset()),
        (Role.SERVICE, SCHOOL),
        (Role.TRAINER, SCHOOL),
        (Role.MACHINE, frozenset()),
    ],
)
def test_role_and_schools_must_go_together(role: Role, schools: frozenset[SchoolId]) -> None:
    store = MemoryStore()
    with pytest.raises(Refused):
        AccessDesk(an_office(store)).add(ANNE, "Jan", role, schools, a_key())
    assert not store.access_list.value.passes


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "Jan\x1b[2J"])
def test_a_name_is_one_printable_line(name: str) -> None:
    with pytest.raises(UnreadableInput):
        AccessDesk(an_office(MemoryStore())).add(ANNE, name, Role.SERVICE, frozenset(), a_key())


def test_all_keys_of_a_name_are_taken_back_at_once_and_one_by_its_fingerprint() -> None:
    store = MemoryStore()
    desk = AccessDesk(an_office(store))
    first, second, other = (desk.add(ANNE, n, Role.SERVICE, frozenset(), a_key()) for n in ("Jan", "Jan", "Piet"))
    assert desk.remove(ANNE, other.fingerprint) == (other,)
    assert desk.remove(ANNE, "Jan") == (first, second)
    assert not store.access_list.value.passes
    with pytest.raises(UnreadableInput):
        desk.remove(ANNE, "Jan")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.READER])
def test_who_may_not_manage_access_does_not_even_see_the_list(role: Role) -> None:
    store = MemoryStore()
    desk, jan = AccessDesk(an_office(store)), Actor(name="Jan", role=role, schools=SCHOOL)
    with pytest.raises(RefusedByRole):
        desk.show(jan)
    with pytest.raises(RefusedByRole):
        desk.add(jan, "Jan", Role.SERVICE, frozenset(), a_key())
    with pytest.raises(RefusedByRole):
        desk.remove(jan, "Jan")
    assert all(line.refused for line in store.audit_log.entries)

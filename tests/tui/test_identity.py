"""Who acts over SSH is who the key says, and nothing typed widens that."""

from __future__ import annotations

import getpass

import pytest

from core.desk.actor import Actor, Role
from core.errors import RefusedByRole, UnreadableInput
from core.model import SchoolId
from tui.identity import VARIABLE, actor_from, told_to_child

JAN = Actor(
    name="Jan “de” Bos", role=Role.ADMINISTRATOR, schools=frozenset({SchoolId("12AB", "01")}), fingerprint="SHA256:x"
)


def test_the_front_doors_word_arrives_whole() -> None:
    assert actor_from({VARIABLE: told_to_child(JAN), "LOGNAME": "root"}, None) == JAN


@pytest.mark.parametrize("option", ["Anne:klantenservice", "Jan:beheerder:12AB-01", "", "onzin"])
def test_over_ssh_as_is_refused_whatever_it_says(option: str) -> None:
    with pytest.raises(RefusedByRole):
        actor_from({VARIABLE: told_to_child(JAN)}, option)


@pytest.mark.parametrize(
    "value",
    ["", "{}", "[]", "null", "1", '{"name":"x","role":"baas","schools":[],"fingerprint":""}', told_to_child(JAN)[:-3]],
)
def test_a_damaged_identity_makes_nobody(value: str) -> None:
    with pytest.raises(RefusedByRole):
        actor_from({VARIABLE: value}, None)


@pytest.mark.parametrize(
    ("option", "actor"),
    [
        ("Anne:klantenservice", Actor(name="Anne", role=Role.SERVICE)),
        (
            "Jan:beheerder:12AB,34cd-01",
            Actor(name="Jan", role=Role.ADMINISTRATOR, schools=frozenset({SchoolId("12AB"), SchoolId("34CD", "01")})),
        ),
        ("Lea:lezer", Actor(name="Lea", role=Role.READER)),
    ],
)
def test_outside_ssh_the_option_says_who(option: str, actor: Actor) -> None:
    assert actor_from({}, option) == actor


@pytest.mark.parametrize("option", ["", "Anne", ":klantenservice", "Anne:baas", "Jan:beheerder", "Jan:beheerder:xx"])
def test_an_option_that_is_not_clear_is_refused(option: str) -> None:
    with pytest.raises(UnreadableInput):
        actor_from({}, option)


def test_outside_ssh_without_option_it_is_the_systems_user_as_klantenservice() -> None:
    assert actor_from({}, None) == Actor(name=getpass.getuser(), role=Role.SERVICE)

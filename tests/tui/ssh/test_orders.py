"""What a guest asks for is one of a few things; what a key may do shows in `help`."""

from __future__ import annotations

import pytest

from core.desk.actor import Actor, Role
from core.model import SchoolId
from tui.ssh.orders import Answer, Command, Exec, Say, Screens, Shell, Subsystem, Wish, answer

ANNE = Actor(name="Anne", role=Role.SERVICE, fingerprint="SHA256:a")


@pytest.mark.parametrize(
    ("wish", "screen", "expected"),
    [
        (Shell(), True, Screens()),
        (Exec(""), True, Screens()),
        (Exec("review 12ab-01"), True, Screens(("review", "12AB-01"))),
        (Exec("status"), False, Command(("school", "list"))),
        (Exec("status --json"), False, Command(("school", "list", "--json"))),
        (Exec("status 12AB"), True, Command(("school", "show", "12AB-00"))),
        (Exec("export 12.AB"), False, None),
        (Exec("export 12AB"), False, Command(("import", "show", "12AB-00", "--csv=-"))),
    ],
)
def test_a_wish_has_one_answer(wish: Wish, screen: bool, expected: Answer | None) -> None:
    given = answer(wish, ANNE, has_screen=screen)
    assert given == expected or (expected is None and isinstance(given, Say))


@pytest.mark.parametrize(
    "wish",
    [
        Shell(),
        Subsystem("sftp"),
        Exec("sh"),
        Exec("status --data /etc"),
        Exec("export 12AB --file /etc/passwd"),
        Exec("export --csv 12AB"),
        Exec("--as Jan:klantenservice status"),
        Exec("status --as Jan:klantenservice"),
        Exec("access list"),
        Exec('"'),
        Exec("a\x00b"),
    ],
)
def test_everything_else_is_one_sentence_and_a_refusal(wish: Wish) -> None:
    given = answer(wish, ANNE, has_screen=False)
    assert isinstance(given, Say)
    assert given.exit_code in (2, 3)


def test_help_says_who_you_are_and_what_your_key_may_do() -> None:
    jan = Actor(name="Jan", role=Role.ADMINISTRATOR, schools=frozenset({SchoolId("12AB")}), fingerprint="SHA256:j")
    lea = Actor(name="Lea", role=Role.READER, fingerprint="SHA256:l")
    texts = [
        said.text for who in (ANNE, jan, lea) if isinstance(said := answer(Exec("help"), who, has_screen=False), Say)
    ]
    assert "Anne · klantenservice · alle scholen" in texts[0] and "toegang beheren" in texts[0]
    assert "Jan · beheerder · 12AB\n" in texts[1] and "toegang beheren" not in texts[1]
    assert "gegevens importeren" in texts[1]
    assert "Met deze sleutel mag: bekijken.\n" in texts[2]

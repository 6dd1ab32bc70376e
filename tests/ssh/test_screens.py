"""The app over a real SSH line: what is on the screen, what the keyboard and mouse do, how it ends."""

from __future__ import annotations

import pytest

from core.desk.passes import Pass
from tests.ssh.client import Window, run, ssh
from tests.ssh.house import House

pytestmark = pytest.mark.ssh


@pytest.fixture
def anne_at(house: House, keys: object, request: pytest.FixtureRequest) -> list[str]:
    """The command line with which Anne comes in."""
    folder = request.getfixturevalue("keys")
    return ssh(house, folder / "anne")


def test_the_screen_comes_with_the_right_person_names_and_size(anne_at: list[str]) -> None:
    with Window(anne_at, columns=100, rows=30) as window:
        window.wait_for("maat 100x30")
        assert "wie Anne de Wit klantenservice" in window.text
        assert "namen Güneş van ’t Zand · Zoë [b] · Đặng" in window.text
        assert "term xterm-256color" in window.text


@pytest.mark.parametrize(
    ("pressed", "name"),
    [
        ("a", "a"),
        ("é", "é"),
        ("\t", "tab"),
        ("\x1b[A", "up"),
        ("\x1bOP", "f1"),
        ("\x1b[1;5C", "ctrl+right"),
        ("€", "€"),
    ],
)
def test_keys_arrive_as_pressed(anne_at: list[str], pressed: str, name: str) -> None:
    with Window(anne_at) as window:
        window.wait_for("maat 80x24")
        window.type(pressed)
        window.wait_for(name)


def test_a_resize_reaches_the_app(anne_at: list[str]) -> None:
    with Window(anne_at) as window:
        window.wait_for("maat 80x24")
        window.resize(120, 40)
        window.wait_for("maat 120x40")


def test_the_mouse_reaches_the_app(anne_at: list[str]) -> None:
    with Window(anne_at) as window:
        window.wait_for("maat 80x24")
        window.click(11, 6)
        window.wait_for("muis 11,6")


def test_what_was_typed_before_the_first_screen_does_not_stand_on_it(anne_at: list[str]) -> None:
    with Window(anne_at) as window:
        window.type("wwwwww")
        window.wait_for("maat 80x24")
        assert "wwwwww" not in window.text


@pytest.mark.parametrize(("key", "code"), [("q", 0), ("x", 7)])
def test_the_exit_code_is_that_of_the_app(anne_at: list[str], key: str, code: int) -> None:
    with Window(anne_at) as window:
        window.wait_for("maat 80x24")
        window.type(key)
        assert window.exit_code() == code


def test_after_a_killed_app_the_terminal_is_as_it_was(anne_at: list[str]) -> None:
    """The mouse reports no more, the normal screen is back and the cursor is on."""
    with Window(anne_at) as window:
        window.wait_for("maat 80x24")
        window.type("h")
        assert window.exit_code() == 128 + 9
        after = bytes(window.received).rpartition(b"toets h")[2]
        for mode in (b"\x1b[?1003l", b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l"):
            assert mode in after


def test_colour_and_its_absence_follow_what_the_guest_sends(house: House, anne_at: list[str]) -> None:
    sent = [anne_at[0], "-o", "SendEnv=COLORTERM", "-o", "SendEnv=NO_COLOR", *anne_at[1:]]
    with Window(sent, environ={"COLORTERM": "truecolor"}) as window:
        window.wait_for("kleur truecolor")
    with Window(sent, environ={"COLORTERM": "\x1b[31mrood"}) as window:
        window.wait_for("kleur -")


@pytest.mark.parametrize("term", ["xterm\x1b[2J", "../../etc/passwd", "dumb", "x" * 500, "vt100;rm"])
def test_a_strange_terminal_name_is_taken_for_an_ordinary_one(anne_at: list[str], term: str) -> None:
    with Window(anne_at, environ={"TERM": term}) as window:
        window.wait_for("term xterm-256color")


@pytest.mark.parametrize("term", ["screen-256color", "tmux-256color", "vt220", "xterm-kitty"])
def test_a_known_kind_of_terminal_keeps_its_name(anne_at: list[str], term: str) -> None:
    with Window(anne_at, environ={"TERM": term}) as window:
        window.wait_for(f"term {term}")


def test_a_review_opens_on_a_screen_for_the_school_asked_for(anne_at: list[str]) -> None:
    with Window([anne_at[0], "-t", *anne_at[1:], "review", "12ab"]) as window:
        window.wait_for("woorden review 12AB-00")


def test_a_command_on_a_terminal_has_straight_lines(anne_at: list[str]) -> None:
    with Window([anne_at[0], "-t", *anne_at[1:], "help"]) as window:
        window.wait_for("U bent Anne de Wit")
        assert window.exit_code() == 0
        assert b"\r\n" in window.received


def test_compression_is_there_for_who_asks(anne_at: list[str]) -> None:
    answer = run([anne_at[0], "-C", "-v", *anne_at[1:], "help"])
    assert "compression: zlib@openssh.com" in answer.stderr
    assert answer.returncode == 0


def test_a_withdrawn_key_ends_the_running_session_too(house: House, anne: Pass, anne_at: list[str]) -> None:
    with Window(anne_at) as window:
        window.wait_for("maat 80x24")
        house.withdraw(anne)
        try:
            window.wait_for("Uw toegang is gewijzigd")
            assert window.exit_code() != 0
            assert "kent deze sleutel niet" in run([*anne_at, "help"]).stderr
        finally:
            house.admit(anne)

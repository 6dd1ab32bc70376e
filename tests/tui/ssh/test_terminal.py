"""Nothing a guest says about the terminal can hurt the program or the server."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.desk.actor import Actor, Role
from tui.identity import actor_from
from tui.ssh.terminal import LARGEST, SMALLEST, environment, harmless, within_bounds

ANNE = Actor(name="Anne", role=Role.SERVICE, fingerprint="SHA256:a")


@given(st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))
def test_every_window_size_becomes_one_that_can_be_drawn(columns: int, rows: int) -> None:
    width, height = within_bounds(columns, rows)
    assert SMALLEST[0] <= width <= LARGEST[0]
    assert SMALLEST[1] <= height <= LARGEST[1]


def test_no_size_is_the_usual_size() -> None:
    assert within_bounds(0, 0) == (80, 24)


@given(st.text())
def test_every_terminal_name_becomes_a_plain_word(term: str) -> None:
    kept = harmless(term, 80, 24).term
    assert kept.isascii() and kept.isprintable() and " " not in kept and "/" not in kept


def test_the_environment_is_made_from_nothing() -> None:
    server = {
        "PATH": "/bin",
        "SECRET": "x",
        "KOPPELDESK_DATA": "/d",
        "KOPPELDESK_ACTOR": "forged",
        "LD_PRELOAD": "/x.so",
    }
    sent = {"LD_PRELOAD": "/y.so", "KOPPELDESK_ACTOR": "forged", "LC_ALL": "C", "COLORTERM": "24bit", "NO_COLOR": "ja"}
    made = environment(server, sent, ANNE, harmless("vt220", 80, 24))
    assert actor_from(made) == ANNE
    assert made["TERM"] == "vt220"
    assert made["LC_ALL"] == "C.UTF-8"
    assert (made["COLORTERM"], made["NO_COLOR"], made["KOPPELDESK_DATA"]) == ("24bit", "1", "/d")
    assert not {"SECRET", "LD_PRELOAD"} & set(made)


@pytest.mark.parametrize("value", ["", "\x1b[31m", "yes"])
def test_a_strange_colorterm_is_left_out(value: str) -> None:
    assert "COLORTERM" not in environment({}, {"COLORTERM": value}, ANNE, None)

"""What a guest's terminal may say about itself, and the environment a session's program gets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.desk.actor import Actor
from tui.identity import VARIABLE, told_to_child

PLAIN = "xterm-256color"
"""What an unknown or suspect TERM is taken for: every terminal of the last twenty years speaks it."""

_TERM = re.compile(r"[a-zA-Z][a-zA-Z0-9+._-]{0,39}")
"""Names of terminals as terminfo has them; no escape sequence, path or blank fits in."""
_DUMB = frozenset({"dumb", "unknown", "network"})

SMALLEST, LARGEST = (20, 5), (500, 200)
"""Columns and rows. The largest real screens are near 400x110; memory grows with the product."""

FROM_GUEST = {"COLORTERM": frozenset({"truecolor", "24bit"}), "NO_COLOR": frozenset({"1"})}
"""The variables a guest may send, with the values that are passed on; a NO_COLOR of any value counts as 1."""

INHERITED = ("PATH", "HOME", "USER", "LOGNAME", "PYTHONPATH", "TZ", "TMPDIR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """A guest's terminal, made harmless."""

    term: str
    columns: int
    rows: int


def harmless(term: str, columns: int, rows: int) -> Terminal:
    """Return the terminal with its name checked and its size within bounds; a size of 0 means 80x24."""
    width, height = within_bounds(columns, rows)
    return Terminal(
        term=term if _TERM.fullmatch(term) and term not in _DUMB else PLAIN,
        columns=width,
        rows=height,
    )


def within_bounds(columns: int, rows: int) -> tuple[int, int]:
    """Return a window size that a program can draw in."""
    return (
        min(max(columns or 80, SMALLEST[0]), LARGEST[0]),
        min(max(rows or 24, SMALLEST[1]), LARGEST[1]),
    )


def environment(
    server: Mapping[str, str], guest: Mapping[str, str], actor: Actor, terminal: Terminal | None
) -> dict[str, str]:
    """Return the environment of a session's program, built from nothing.

    It holds what the server was configured with, who the guest is, and the harmless part of what the guest sent.
    """
    made = {name: server[name] for name in INHERITED if name in server}
    made |= {name: value for name, value in server.items() if name.startswith("KOPPELDESK_")}
    made |= {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "TEXTUAL_ANIMATIONS": "none"}
    if terminal:
        made["TERM"] = terminal.term
    for name, values in FROM_GUEST.items():
        sent = guest.get(name, "")
        if name == "NO_COLOR" and sent:
            sent = "1"
        if sent in values:
            made[name] = sent
    made[VARIABLE] = told_to_child(actor)
    return made

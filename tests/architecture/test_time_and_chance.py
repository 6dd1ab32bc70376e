"""Time, chance and new ids come in as arguments; who reads them by himself stands below, with what he reads."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DOORS = {
    "core/clock.py": {"datetime.now"},
    "simulator/server.py": {"secrets"},  # the token of a running server
    "tui/compose.py": {"random", "secrets"},
    "tui/errors.py": {"secrets"},  # the reference of an error nobody foresaw
    "tui/ssh/door.py": {"time.monotonic"},  # limits are about seconds that pass, whatever the clock says
    "tui/ssh/forced.py": {"time.monotonic"},
}
NOW = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}}


def taken(path: Path) -> Iterator[str]:
    """Yield what a file takes of time and chance; a Random that is given its seed is neither."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.ImportFrom(module="secrets" | "uuid" | "time" as module):
                yield module
            case ast.ImportFrom(module="random", names=names) if any(alias.name != "Random" for alias in names):
                yield "random"
            case ast.Attribute(value=ast.Name(id="secrets" | "uuid" as module)):
                yield module
            case ast.Attribute(value=ast.Name(id="random"), attr=attr) if attr != "Random":
                yield "random"
            case ast.Call(func=ast.Attribute(attr="Random") | ast.Name(id="Random"), args=[], keywords=[]):
                yield "random"
            case ast.Attribute(value=ast.Name(id="time"), attr=attr):
                yield f"time.{attr}"
            case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in NOW.get(name, ()):
                yield f"{name}.{attr}"
            case _:
                pass


@pytest.mark.parametrize("package", ["core", "tui", "simulator"])
def test_only_the_doors_read_time_and_chance(package: str) -> None:
    found = {str(path.relative_to(ROOT)): set(taken(path)) for path in sorted((ROOT / package).rglob("*.py"))}
    doors = {path: doing for path, doing in DOORS.items() if path.startswith(package)}
    assert {path: doing for path, doing in found.items() if doing} == doors

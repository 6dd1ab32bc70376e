"""The page of the scenarios, written while they are played: a chapter each, with the pictures that were taken."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from simulator.world.scenario_model import Scenario
from tests.e2e.rehearsal import Shot

HEAD = """\
# The scenarios, played by hand

`koppeldesk demo --scenario NAME` opens one: Koppeldesk in the terminal with the storyline beside it (F2), ParnasSys in a
browser. The stories are what the trainee reads, from `fixtures/scenarios`. Each scenario was played by a test that types
and clicks (`make walk` takes the pictures again), so they are what the program shows; `make test` plays all of them
headless to the end that their file states.
"""


def chapter(book: Path, scenario: Scenario, shots: Sequence[Shot]) -> None:
    """Write one scenario down, beside its pictures."""
    lines = [f"## {scenario.titel}", "", f"`{scenario.naam}` · {len(scenario.stap)} steps", ""]
    lines += [f"> {' '.join(scenario.verhaal.split())}", ""]
    for shot in shots:
        lines += [f"{shot.caption}", "", f"![{shot.caption}]({shot.path.relative_to(book.parent).as_posix()})", ""]
    (book.with_suffix("") / f"{scenario.naam}.part").write_text("\n".join(lines), encoding="utf-8")


def write_book(book: Path) -> None:
    """Bind the chapters that were written, in the order in which they were played."""
    parts = sorted(book.with_suffix("").glob("*.part"), key=lambda path: path.stat().st_mtime_ns)
    book.write_text("\n".join([HEAD, *(path.read_text(encoding="utf-8") for path in parts)]), encoding="utf-8")
    for path in parts:
        path.unlink()

"""The work list and the search on 6,500 schools beside the same app on an empty data folder.

Run with `make bench-desk`. Each figure is the median of three fresh processes, taken in turn; read the columns beside
each other. Bars: open at most 0.3 s over the bare app, 30 ms per key typed in the search.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

SCHOOLS = 6500
ROUNDS = 3
TYPED = "Súdwest regenboog"


def lay_out(folder: Path) -> None:
    """Put the list of 6,500 schools there as their records leave it; one in ten waits for somebody."""
    import msgspec

    from core.clock import AMSTERDAM
    from core.desk.lines import line_of
    from core.linking.link import Link, LinkState, Move, Step
    from core.model import School, SchoolId, SchoolYear
    from core.record import SchoolRecord

    chance = random.Random("bench")
    start = datetime(2026, 11, 1, 9, 0, tzinfo=AMSTERDAM)
    first = ("De Regenboog", "Het Kompas", "De Vuurtoren", "'t Schrijvertje", "De Horizon", "Sint-Jozef", "It Pertoer")
    places = ("Assen", "Sneek", "Urk", "Súdwest-Fryslân", "Ede", "Goes", "'s-Hertogenbosch", "Breda", "Hoorn")
    folder.mkdir(parents=True)
    with (folder / "scholen.jsonl").open("wb") as file:
        for number in range(SCHOOLS):
            code = f"{number // 650:02d}{chr(65 + number // 25 % 26)}{chr(65 + number % 25)}"
            school = SchoolId(code, f"{number // 16250:02d}")
            state = LinkState.ACTIVE if chance.random() > 0.1 else chance.choice(list(LinkState))
            at = start + timedelta(minutes=chance.randrange(30_000))
            step = Step(at=at, move=Move.REQUEST, came_from=None, to=state, by="bench")
            record = SchoolRecord(
                school=School(id=school, name=f"{chance.choice(first)} {number}", place=chance.choice(places)),
                link=Link(state=state, steps=(step,), school_year=SchoolYear(2026)),
            )
            file.write(msgspec.json.encode({"id": school, "line": line_of(record)}) + b"\n")


async def visit(folder: Path, started: float) -> dict[str, float]:
    """Open the app on the folder, type in the search, and return what took how many milliseconds."""
    from core.desk.actor import Actor, Role
    from core.settings import Settings
    from tui.app import KoppeldeskApp
    from tui.session import Session

    session = Session(settings=Settings(data=str(folder)), actor=Actor(name="Anne", role=Role.SERVICE))
    app = KoppeldeskApp(session)
    async with app.run_test(size=(80, 24)) as pilot:
        opened = time.perf_counter() - started
        await pilot.press("slash")
        keys = []
        for sign in TYPED:
            start = time.perf_counter()
            await pilot.press("space" if sign == " " else sign)
            keys.append(time.perf_counter() - start)
        await pilot.press("ctrl+q")
    desk = session.desk
    fresh = []
    for end in range(1, len(TYPED) + 1):
        start = time.perf_counter()
        desk.worklist.search(session.actor, TYPED[:end])
        fresh.append(time.perf_counter() - start)
    start = time.perf_counter()
    desk.worklist.show(session.actor)
    return {
        "open": opened * 1000,
        "key": statistics.median(keys) * 1000,
        "slowest key": max(keys) * 1000,
        "search alone": statistics.median(fresh) * 1000,
        "work list alone": (time.perf_counter() - start) * 1000,
    }


def main() -> None:
    """Print one line per figure: on 6,500 schools, bare, and what is between them."""
    with tempfile.TemporaryDirectory() as place:
        full, bare = Path(place) / "full", Path(place) / "bare"
        lay_out(full)
        runs: dict[Path, list[dict[str, float]]] = {full: [], bare: []}
        for _round in range(ROUNDS):
            for folder, found in runs.items():
                words = [sys.executable, "-m", "tests.bench.desk", str(folder)]
                done = subprocess.run(words, capture_output=True, text=True, check=True)
                found.append(json.loads(done.stdout))
        write(f"{'milliseconds':20} {'6,500 schools':>14} {'bare':>10} {'difference':>12}")
        for name in runs[full][0]:
            ours, base = (statistics.median(run[name] for run in runs[folder]) for folder in (full, bare))
            bar = {"open": "   (bar: 300 over bare)", "key": "   (bar: 30)"}.get(name, "")
            write(f"{name:20} {ours:14.1f} {base:10.1f} {ours - base:12.1f}{bar}")


def write(line: str) -> None:
    """Write a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    STARTED = time.perf_counter()
    if len(sys.argv) > 1:
        write(json.dumps(asyncio.run(visit(Path(sys.argv[1]), STARTED))))
    else:
        main()

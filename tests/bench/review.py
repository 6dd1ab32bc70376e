"""The review's list beside a bare Textual DataTable and a bare app: first paint, a key, a scroll, bytes, memory.

Run with `make bench-review`. Each program runs in a PTY of 100×30, in turns, in this one run: read the columns beside each
other. A key's time runs from the key to the last byte of what it draws. The review draws the detail of a row when the cursor
has rested on it for a tenth of a second: `key` is the cursor alone, `+ detail` the bytes of the cursor and the detail after
it.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from core.model import Kind

COLUMNS, LINES = 100, 30
QUIET = 0.06
"""Seconds without a byte after which a screen is taken to be drawn."""
RESTED = 0.35
"""The same, when what comes after the cursor rests is waited for too."""
STARTS = 5
MATCHED = 2_000
"""Rows whose proposals are really worked out."""
KEYS = 40
MARK = b"Achternaam0000"
"""Stands in the first frame of every program."""
DOWN, PAGE = b"\x1b[B", b"\x1b[6~"


def bare() -> None:
    """Run an app with one line of text."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(MARK.decode())

    Bare().run()


def table(rows: int) -> None:
    """Run an app with a DataTable that holds as many rows as the review."""
    from textual.app import App, ComposeResult
    from textual.widgets import DataTable

    class Table(App[None]):
        def compose(self) -> ComposeResult:
            yield DataTable(cursor_type="row")

        def on_mount(self) -> None:
            shown = self.query_one(DataTable)
            shown.add_columns("", "ParnasSys", "geboren", "groep", "testcentrum", "geboren", "zekerheid")
            for n in range(rows):
                name = f"Achternaam{n:04d}, Kind"
                shown.add_row("", name, "12-03-17", "5", name, "12-03-17", "●●●●● vanzelf")

    Table().run()


def lay_out(folder: Path, rows: int) -> None:
    """Write a school with a review of so many pupils, all linked before, into `folder`.

    The names are alike but for a number, so that each row has runners-up. Beyond `MATCHED` rows matching would take many
    minutes: what it proposed for the first ones is given to the others as well.
    """
    from core.history import Remembered
    from core.importing.propose import propose
    from core.linking.link import Link, LinkState
    from core.model import Register, School
    from core.record import SchoolRecord
    from core.store.tiny import TinyStore
    from tests.core.importing import build

    born = [date(2013, 1, 1) + timedelta(days=n % 3000) for n in range(rows)]
    names = [f"Achternaam{n:04d}" for n in range(rows)]
    known = [build.a_pupil(f"P{n}", "Kind", names[n], born=born[n], group="G5", linked=f"p{n}") for n in range(rows)]
    sent = [build.an_incoming_pupil(f"p{n}", "Kind", names[n], born=born[n]) for n in range(rows)]
    register = Register(groups=(build.a_group("G5", linked="g5"),), pupils=tuple(known))
    group = [build.an_incoming_group("g5")]
    few = Register(groups=register.groups, pupils=tuple(known[:MATCHED]))
    review = propose(
        id_="r1",
        made=build.NOW,
        by="nacht",
        roster=build.a_roster(group, (), sent[:MATCHED]),
        register=few,
        remembered=Remembered(),
    )
    of_pupils = [proposal for proposal in review.proposals if proposal.kind is Kind.PUPIL]
    more = [replace(of_pupils[n % MATCHED], incoming=sent[n].ref, existing=f"P{n}") for n in range(MATCHED, rows)]
    review = replace(review, roster=build.a_roster(group, (), sent), proposals=(*review.proposals, *more))
    store = TinyStore(folder)
    with store.record(build.SCHOOL).edit() as record:
        record.value = SchoolRecord(
            school=School(id=build.SCHOOL, name="De Regenboog"),
            link=Link(state=LinkState.ACTIVE),
            register=register,
            open_review="r1",
        )
    with store.review(build.SCHOOL).edit() as stored:
        stored.value = review


class Terminal:
    """A terminal that only counts what comes."""

    def __init__(self, command: Sequence[str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._began = time.perf_counter()
        environ = {**os.environ, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
        self._process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ)
        os.close(theirs)

    def first_paint(self) -> float:
        """Read until the first frame came; return the seconds since the start."""
        seen = b""
        while MARK not in seen:
            if not select.select([self._ours], [], [], 90)[0]:
                raise SystemExit(f"nothing came: {seen[-300:]!r}")
            seen += os.read(self._ours, 65536)
        return time.perf_counter() - self._began

    def key(self, key: bytes, quiet: float = QUIET) -> tuple[float, int]:
        """Press a key; return the seconds to the last byte it drew, and how many came."""
        began = last = time.perf_counter()
        os.write(self._ours, key)
        count, patience = 0, 2.0
        while select.select([self._ours], [], [], patience)[0]:
            count += len(os.read(self._ours, 65536))
            last, patience = time.perf_counter(), quiet
        return last - began, count

    def memory(self) -> int:
        """Return the program's proportional set size in bytes."""
        lines = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

    def close(self) -> None:
        """Hang up."""
        self._process.kill()
        self._process.wait()
        os.close(self._ours)


@dataclass
class Figures:
    """What was measured of one program."""

    paint: float
    key: float
    key_bytes: float
    rest_bytes: float
    scroll: float
    scroll_bytes: float
    memory: int


def measure(command: Sequence[str], *, keys: bool) -> Figures:
    """Start a program a few times, and press keys in the last."""
    paints = []
    for _again in range(STARTS):
        terminal = Terminal(command)
        paints.append(terminal.first_paint())
        terminal.close()
    terminal = Terminal(command)
    terminal.first_paint()
    terminal.key(b"", RESTED)
    moves = [terminal.key(DOWN) for _ in range(KEYS // 2)] if keys else []
    terminal.key(b"", RESTED)
    rests = [terminal.key(DOWN, RESTED) for _ in range(KEYS // 4)] if keys else []
    pages = [terminal.key(PAGE) for _ in range(KEYS // 2)] if keys else []
    figures = Figures(
        paint=statistics.median(paints),
        key=statistics.median(took for took, _n in moves) if moves else 0,
        key_bytes=statistics.median(n for _took, n in moves) if moves else 0,
        rest_bytes=statistics.median(n for _took, n in rests) if rests else 0,
        scroll=statistics.median(took for took, _n in pages) if pages else 0,
        scroll_bytes=statistics.median(n for _took, n in pages) if pages else 0,
        memory=terminal.memory(),
    )
    terminal.close()
    return figures


def review(folder: Path) -> list[str]:
    """Return the command that opens the real app on the review."""
    return [sys.executable, "-m", "tui", "--data", str(folder), "--as", "Anne:klantenservice", "review", "12AB"]


def run(name: str, *arguments: object) -> list[str]:
    """Return the command that runs one of the programs in this file."""
    call = f"from tests.bench.review import {name}; {name}({', '.join(map(repr, arguments))})"
    return [sys.executable, "-c", call]


def main() -> None:
    """Measure all, and print them beside each other."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "2000", Path(folder) / "20000"
        lay_out(small, 2_000)
        lay_out(large, 20_000)
        measured = {
            "bare app": measure(run("bare"), keys=False),
            "DataTable, 2,000 rows": measure(run("table", 2_000), keys=True),
            "review, 2,000 rows": measure(review(small), keys=True),
            "DataTable, 20,000 rows": measure(run("table", 20_000), keys=True),
            "review, 20,000 rows": measure(review(large), keys=True),
        }
    least = measured["bare app"]
    titles = {"": 24, "paint s": 9, "ratio": 7, "key ms": 8, "bytes": 7, "+ detail": 10, "page ms": 9, " bytes": 8}
    titles |= {"MB": 7, "over bare": 11}
    write("".join(f"{title:>{width}}" for title, width in titles.items()))
    for name, found in measured.items():
        write(
            f"{name:<24}{found.paint:>9.2f}{found.paint / least.paint:>7.2f}{found.key * 1000:>8.1f}{found.key_bytes:>7.0f}"
            f"{found.rest_bytes:>10.0f}{found.scroll * 1000:>9.1f}{found.scroll_bytes:>8.0f}{found.memory / 1e6:>7.1f}"
            f"{(found.memory - least.memory) / 1e6:>11.1f}"
        )


def write(line: str) -> None:
    """Write one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

"""A decision in a review of 220, 2,000 and 20,000 pupils beside folding the whole review again, and beside a bare fsync.

Run with `make bench-imports`. Each figure is a median in milliseconds on one desk with real files; read each line from left
to right. Bars: a decision does not grow with the school, and stays under 10 ms over one synced line of a bare log.
"""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import string
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from core.importing.course import Course
from core.importing.decisions import Category
from core.importing.rows import Selection
from core.importing.session import ReviewSession
from core.model import Kind, Register
from tests.core.desk.office import ADMINISTRATOR, SCHOOL
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    a_group,
    a_pupil,
    a_roster,
    an_incoming_group,
    an_incoming_pupil,
    place,
    pupil,
)

SIZES = (220, 2_000, 20_000)
CLASS = 25
ROUNDS = 30


def median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median time of `work` in milliseconds."""
    times = []
    for _round in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - begin))
    return statistics.median(times)


def a_school(folder: Path, size: int) -> SchoolBureau:
    """A school whose pupils are all linked, so that matching has nothing to think about."""
    chance = random.Random(size)

    def name() -> str:
        return "".join(chance.choice(string.ascii_lowercase) for _letter in range(8)).capitalize()

    people = [(name(), name(), date(2013, 1, 1) + timedelta(days=chance.randrange(2500))) for _n in range(size)]
    groups = range(-(-size // CLASS))
    register = Register(
        groups=tuple(a_group(f"G{n}", f"Groep {n}", linked=f"g{n}") for n in groups),
        pupils=tuple(
            a_pupil(f"P{n}", first, last, born=born, group=f"G{n // CLASS}", linked=f"p{n}")
            for n, (first, last, born) in enumerate(people)
        ),
    )
    roster = a_roster(
        [an_incoming_group(f"g{n}", f"Groep {n}") for n in groups],
        pupils=[
            an_incoming_pupil(f"p{n}", first, last, born=born, group=f"g{n // CLASS}")
            for n, (first, last, born) in enumerate(people)
        ],
    )
    return a_bureau(folder, roster, register)


def figures(folder: Path, size: int) -> Iterator[tuple[str, float]]:
    """Yield what was measured in a school of this size."""
    bureau = a_school(folder, size)
    desk = bureau.desk.imports
    begin = time.perf_counter()
    asyncio.run(desk.pull(ADMINISTRATOR, SCHOOL))
    yield "pull and match", 1000 * (time.perf_counter() - begin)
    yield "open the review", median(lambda: desk.open(ADMINISTRATOR, SCHOOL), 3)
    session = desk.open(ADMINISTRATOR, SCHOOL)
    rows, categories = count(), (Category.SKIP, Category.NEW)

    def decide() -> None:
        number = next(rows)
        desk.decide(ADMINISTRATOR, session, [place(pupil(f"p{number % size}"), categories[number % 2])])

    yield "one decision, stored", median(decide)
    yield "undo, stored", median(lambda: desk.undo(ADMINISTRATOR, session))
    entries = list(bureau.store.decisions(SCHOOL, session.review.id).read())

    def afresh() -> ReviewSession:
        return ReviewSession(
            school=SCHOOL, review=session.review, register=session.existing.register, course=Course(entries)
        )

    yield "the same by folding all again", median(afresh, 3)
    listed = Selection(kind=Kind.PUPIL, category=Category.EXISTING)
    yield "a list", median(lambda: session.rows(listed))
    yield "counts of three tabs", median(lambda: [session.counts(kind) for kind in Kind])
    session.rows(Selection(kind=Kind.PUPIL, search="ab"))
    yield "search, per key", median(lambda: session.rows(Selection(kind=Kind.PUPIL, search="abc")))
    session.find_existing(pupil("p1"), "ab")
    yield "koppeling aanpassen, per key", median(lambda: session.find_existing(pupil("p1"), "abc"))
    yield "news of colleagues", median(lambda: desk.news(ADMINISTRATOR, session))
    yield "summary", median(lambda: desk.summary(ADMINISTRATOR, SCHOOL), 3)
    with (folder / "kaal.log").open("ab", buffering=0) as bare:

        def synced_line() -> None:
            bare.write(b"x" * 200 + b"\n")
            os.fsync(bare.fileno())

        yield "a bare log: one synced line", median(synced_line)


def main() -> None:
    """Measure and print, sizes side by side."""
    table: dict[str, list[float]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            for what, took in figures(Path(folder), size):
                table.setdefault(what, []).append(took)
    sys.stdout.write(f"{'ms':32}" + "".join(f"{size:>12,}" for size in SIZES) + "   largest : smallest\n")
    for what, times in table.items():
        sys.stdout.write(
            f"{what:32}" + "".join(f"{took:>12.2f}" for took in times) + f"{times[-1] / times[0]:>12.1f} x\n"
        )


if __name__ == "__main__":
    main()

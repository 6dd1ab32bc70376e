"""The real app in a terminal, killed at any key of fifty decisions and opened again: at most the key in flight is lost."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.importing.decisions import Category, Choose, Place, RowKey
from core.importing.rows import Selection
from core.model import Kind, Register
from tests.core.desk.office import ADMINISTRATOR, SCHOOL
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import a_group, a_pupil, a_roster, an_incoming_group, an_incoming_pupil
from tests.ssh.client import Window

ROOT = Path(__file__).parents[2]
DECISIONS = 50
KEYS = {"x": Category.SKIP, "n": Category.NEW, "b": Category.EXISTING}
DOWN = "\x1b[B"
IN_FLIGHT = 0.02
"""Seconds after a key within which the app is killed: before, while or after it stores the decision."""


def a_school(folder: Path) -> list[RowKey]:
    """Make a school whose fifty pupils are in its review; return its rows in the order of the list."""
    born = [date(2014, 1, 1) + timedelta(days=37 * n) for n in range(DECISIONS)]
    names = [f"Naam{n:02}" for n in range(DECISIONS)]
    known = [a_pupil(f"P{n}", "Kind", name, born=born[n], linked=f"p{n}") for n, name in enumerate(names)]
    sent = [an_incoming_pupil(f"p{n}", "Kind", name, born=born[n]) for n, name in enumerate(names)]
    register = Register(groups=(a_group("G5", "Groep 5", linked="g5"),), pupils=tuple(known))
    bureau = a_bureau(folder, a_roster([an_incoming_group("g5", "Groep 5")], pupils=sent), register)
    asyncio.run(bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL))
    session = bureau.desk.imports.open(ADMINISTRATOR, SCHOOL)
    return [row.key for row in session.rows(Selection(kind=Kind.PUPIL))]


def the_app(folder: Path) -> Window:
    """Open the app on the review, and wait until it is drawn."""
    command = ["--data", str(folder), "--as", "Anne:klantenservice", "review", SCHOOL.brin]
    window = Window(
        [sys.executable, "-m", "tui", *command], environ={"PYTHONPATH": str(ROOT), "TEXTUAL_ANIMATIONS": "none"}
    )
    window.wait_for("b bestaand")
    window.wait_for("Naam")
    return window


def decided(folder: Path) -> list[Place]:
    """Return what stands in the log, read anew by somebody else."""
    bureau = SchoolBureau(folder)
    entries = bureau.store.decisions(SCHOOL, bureau.record().open_review).read()
    steps = [step for entry in entries if isinstance(entry.what, Choose) for step in entry.what.steps]
    return [step for step in steps if isinstance(step, Place)]


def wait_for_entries(folder: Path, count: int, window: Window) -> None:
    """Wait until so many whole lines are in the log."""
    deadline = time.monotonic() + 20
    while sum(log.read_bytes().count(b"\n") for log in folder.rglob("decisions-*.jsonl")) < count:
        assert time.monotonic() < deadline, window.text
        window.read_what_came()


def decide_all(folder: Path, kill_at: Collection[int], chance: random.Random) -> int:
    """Take the fifty decisions, one key each; kill the app at these ones and go on. Return how many keys were lost."""
    rows = a_school(folder)
    keys = [chance.choice(list(KEYS)) for _row in rows]
    expected = [(row.incoming, KEYS[key]) for row, key in zip(rows, keys, strict=True)]
    window, done, lost = the_app(folder), 0, 0
    while done < DECISIONS:
        number = done + 1
        window.type((DOWN if done else "") + keys[done])
        if number in kill_at:
            time.sleep(chance.uniform(0, IN_FLIGHT))
            os.kill(window.process.pid, signal.SIGKILL)
            window.__exit__(None, None, None)
            found = [(step.incoming, step.category) for step in decided(folder)]
            assert found in (expected[:done], expected[:number]), f"killed at key {number}"
            lost += len(found) == done
            window = the_app(folder)
            if len(found) == done:
                kill_at = [key for key in kill_at if key != number]
                continue
        else:
            wait_for_entries(folder, number, window)
        done = number
    with window:
        window.type("\x11")
        assert window.exit_code() == 0
    assert [(step.incoming, step.category) for step in decided(folder)] == expected
    return lost


@pytest.mark.slow
def test_killed_at_five_keys_the_session_goes_on_and_only_a_key_in_flight_is_lost(tmp_path: Path) -> None:
    assert decide_all(tmp_path, (1, 2, 17, 38, DECISIONS), random.Random(5)) <= 5


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_killed_at_each_of_fifty_keys_only_keys_in_flight_are_lost(tmp_path: Path) -> None:
    assert decide_all(tmp_path, range(1, DECISIONS + 1), random.Random(50)) <= DECISIONS

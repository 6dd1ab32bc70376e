"""Types that threads meet for the first time at the same moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

MANY_AT_ONCE = """
import sys, threading, dataclasses, enum
from core.disk.plain import codec
sys.setswitchinterval(1e-6)
for turn in range(300):
    states = enum.StrEnum(f"State{turn}", {f"A{n}": f"a{n}" for n in range(40)})
    entry = dataclasses.make_dataclass(f"Entry{turn}", [("state", states), ("other", states)], frozen=True)
    gate = threading.Barrier(4)
    def read():
        gate.wait()
        assert codec(entry).decode(b'{"state": "a1", "other": "a2"}').other is states.A2
    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
print("whole")
"""


def test_threads_that_meet_a_type_for_the_first_time_together_do_not_bring_the_program_down() -> None:
    run = subprocess.run(
        [sys.executable, "-c", MANY_AT_ONCE], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100
    )
    assert (run.returncode, run.stdout.strip()) == (0, "whole"), run.stderr[-500:]

"""Who is somewhere is seen by the others, and never for longer than the process lives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from core.store.presence import LockedPresence

STAY = """
import sys, time
from pathlib import Path
from core.store.presence import LockedPresence
with LockedPresence(Path(sys.argv[1])).enter("Anne de Wit"):
    print("hier", flush=True)
    time.sleep(60)
"""


def test_who_enters_is_there_and_who_leaves_is_not(tmp_path: Path) -> None:
    place = LockedPresence(tmp_path / "12AB-00")
    assert place.who() == frozenset()
    with place.enter("Güneş"), place.enter("Jan"):
        assert place.who() == {"Güneş", "Jan"}
        assert LockedPresence(tmp_path / "34CD-00").who() == frozenset()
    assert place.who() == frozenset()


def test_a_process_that_is_killed_is_there_no_longer(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", STAY, tmp_path], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None and process.stdout.readline()
        assert LockedPresence(tmp_path).who() == {"Anne de Wit"}
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert LockedPresence(tmp_path).who() == frozenset()
    assert not list(tmp_path.iterdir())


def test_nobody_is_missed_while_others_come_and_look(tmp_path: Path) -> None:
    """Looking clears away what was left behind, and must never take an entering visitor for that."""
    place = LockedPresence(tmp_path)
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            place.who()

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for _again in range(300):
            with place.enter("Jan"):
                assert place.who() == {"Jan"}
    finally:
        done.set()
        looking.join()


ROOT = Path(__file__).parents[3]

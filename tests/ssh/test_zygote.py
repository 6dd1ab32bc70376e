"""The prewarmed process is fit to fork: one thread, no open files of its own, and all that a session needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tui.ssh.prewarmed import PRELOAD

ROOT = Path(__file__).parents[2]

WATCH = """
import sys
from pathlib import Path
from tui.ssh.zygote import warm_up
warm_up(sys.argv[1:])
print(len(list(Path("/proc/self/task").iterdir())), "numpy" in sys.modules, "simulator" in sys.modules)
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted in /proc, which is not here")
def test_what_is_imported_before_a_fork_starts_no_thread() -> None:
    run = subprocess.run([sys.executable, "-c", WATCH, *PRELOAD], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1", "False", "False"]


TAKEN = """
import os, pty, sys
from tui import streams
from tui.ssh import stage
here, there = pty.openpty()
for number in range(3):
    os.dup2(there, number)
stage.freshen()
streams.make_sound()
print("één")
sys.stderr.write("twee")
sys.stderr.flush()
said = b""
while not said.endswith(b"twee"):
    said += os.read(here, 100)
open(sys.argv[1], "wb").write(said)
"""


def test_the_streams_of_a_fork_suit_its_terminal_though_the_server_wrote_its_errors_nowhere(tmp_path: Path) -> None:
    """What is opened on /dev/null can be sought in; a terminal cannot, and Python remembers what it was."""
    said = tmp_path / "said"
    subprocess.run([sys.executable, "-c", TAKEN, str(said)], cwd=ROOT, stderr=subprocess.DEVNULL, check=True)
    assert said.read_text(encoding="utf-8").splitlines() == ["één", "twee"]

"""The SSH front door beside the bare app and beside sshd with ForceCommand: first frame, key echo, twenty at once.

Run with `make bench-ssh`. Real OpenSSH clients on loopback; seconds are medians of one run on this machine, so read
the columns beside each other. `--module tests.ssh.toy` measures the door around a small app instead of ours.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from core.desk.actor import Actor, Role
from core.desk.passes import AccessList
from core.store.tiny import TinyStore
from tests.ssh import sshd
from tests.ssh.client import ssh
from tests.ssh.house import House, a_key, a_pass, an_open_house
from tests.ssh.world import a_world
from tui.identity import VARIABLE, told_to_child
from tui.ssh.limits import Limits

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
AT_ONCE = 20
MARKS = {"tui": b"Anne de Wit", "tests.ssh.toy": b"proces "}
"""What stands in the first frame of each program."""
REVIEW = b"gegevens importeren"
ROOMY = Limits(sessions=AT_ONCE * 2, sessions_per_person=AT_ONCE * 2, waiting_per_address=AT_ONCE * 2, grace=0, kill=1)


class Terminal:
    """A terminal that counts bytes instead of drawing them, so that its own work is not measured."""

    def __init__(self, command: Sequence[str], environ: dict[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=environ
        )
        os.close(theirs)
        self._seen = b""

    def until(self, mark: bytes) -> float:
        """Read until `mark` has come; return the seconds since the start."""
        while mark not in self._seen:
            self._read()
        return time.perf_counter() - self.began

    def echo(self, key: bytes) -> float:
        """Press a key; return the seconds until the first byte of the answer, and let the rest come."""
        began = time.perf_counter()
        os.write(self._ours, key)
        self._read()
        took = time.perf_counter() - began
        while select.select([self._ours], [], [], 0.03)[0]:
            os.read(self._ours, 65536)
        return took

    def settle(self) -> None:
        """Read until nothing comes any more."""
        while select.select([self._ours], [], [], 0.3)[0]:
            os.read(self._ours, 65536)

    def close(self) -> None:
        """Hang up."""
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def _read(self) -> None:
        if not select.select([self._ours], [], [], PATIENCE)[0]:
            raise SystemExit(f"nothing came: {self._seen[-400:]!r}")
        self._seen = self._seen[-65536:] + os.read(self._ours, 65536)


def first_frames(command: Sequence[str], environ: dict[str, str], mark: bytes, times: int) -> list[float]:
    """Return the seconds to the first frame, several times."""
    took = []
    for _again in range(times + 1):
        terminal = Terminal(command, environ)
        took.append(terminal.until(mark))
        terminal.close()
        time.sleep(0.3)
    return took[1:]


def echoes(
    command: Sequence[str], environ: dict[str, str], mark: bytes, keys: int, pressed: tuple[bytes, bytes] = (b"a", b"b")
) -> list[float]:
    """Return the seconds from a key to the first byte of its echo: letters in a search, unless told otherwise."""
    terminal = Terminal(command, environ)
    terminal.until(mark)
    terminal.settle()
    if pressed[0].isalpha():
        terminal.echo(b"/")
        terminal.settle()
    took = [terminal.echo(pressed[n % 2]) for n in range(keys)]
    terminal.close()
    return took


def memory(roots: Sequence[int]) -> int:
    """Return the proportional set size of these processes and all below them, in bytes."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    ours = set(roots)
    while more := {child for child, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(_proportional(process) for process in ours)


def _proportional(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def twenty(house: House, command: Sequence[str], environ: dict[str, str], mark: bytes) -> tuple[list[float], int]:
    """Start twenty clients at once; return the seconds to each first frame, and bytes in all sessions together."""
    assert house.zygote is not None
    before = memory([house.zygote])
    terminals = [Terminal(command, environ) for _ in range(AT_ONCE)]
    took = [terminal.until(mark) for terminal in terminals]
    for terminal in terminals:
        terminal.settle()
    used = memory([house.zygote])
    for terminal in terminals:
        terminal.close()
    say(f"zygote before, with {AT_ONCE} sessions", f"{before / 1e6:.0f} MB, {used / 1e6:.0f} MB")
    return took, used


def say(what: str, figure: str) -> None:
    """Write one line of the table."""
    sys.stdout.write(f"{what:58} {figure}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--module", default="tui", choices=sorted(MARKS))
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--keys", type=int, default=100)
    options = parser.parse_args()
    mark = MARKS[options.module]
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        key = a_key(folder, "anne")
        anne = a_pass(key, "Anne de Wit")
        world = a_world(folder / "data", schools=2)
        os.environ.update(world.environ)
        with TinyStore(folder / "data").access().edit() as draft:
            draft.value = AccessList(passes=(anne,))
        environ = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
        inside = {
            **os.environ,
            **environ,
            "PYTHONPATH": str(ROOT),
            "TEXTUAL_ANIMATIONS": "none",
            VARIABLE: told_to_child(Actor(name="Anne de Wit", role=Role.SERVICE)),
        }
        bare = [sys.executable, "-m", options.module]
        cold = stack.enter_context(an_open_house(folder / "cold", ROOMY, module=options.module))
        warm = stack.enter_context(an_open_house(folder / "warm", ROOMY, warm=True, module=options.module))
        for house in (cold, warm):
            house.admit(anne)
        ways: dict[str, tuple[Sequence[str], dict[str, str]]] = {
            "bare app, no SSH": (bare, inside),
            "front door, prewarmed": (ssh(warm, key), environ),
            "front door, not prewarmed": (ssh(cold, key), environ),
        }
        if sshd.installed():
            (folder / "sshd").mkdir()
            program = folder / "sshd" / "program"
            words = "tui guest" if options.module == "tui" else options.module
            lines = [f"export {name}='{value}'" for name, value in inside.items() if name.isidentifier()]
            program.write_text("\n".join(["#!/bin/sh", *lines, f"exec {sys.executable} -m {words}"]) + "\n")
            program.chmod(0o755)
            keys = folder / "sshd" / "keys"
            keys.write_text(f"restrict,pty {anne.key}\n")
            ours = (
                f"AuthorizedKeysFile {keys}\nForceCommand {program}\nExposeAuthInfo yes\nAcceptEnv COLORTERM NO_COLOR"
            )
            running = sshd.running(folder / "sshd", ours)
            ways["sshd with ForceCommand"] = (stack.enter_context(running).command(key), environ)
        for name, (command, env) in ways.items():
            took = sorted(first_frames(command, env, mark, options.times))
            say(f"first frame, {name}", f"{statistics.median(took):.3f} s  (worst {took[-1]:.3f})")
        for name, (command, env) in ways.items():
            took = sorted(echoes(command, env, mark, options.keys))
            say(
                f"key echo, {name}",
                f"{took[len(took) // 2] * 1e3:.1f} ms  (p95 {took[len(took) * 95 // 100] * 1e3:.1f})",
            )
        if options.module == "tui":
            review = [*ssh(warm, key, "-t"), "review", world.schools[0][0]]
            took = sorted(first_frames(review, environ, REVIEW, options.times))
            say("first frame of a review of 220 pupils, prewarmed", f"{statistics.median(took):.3f} s")
            took = sorted(echoes(review, environ, REVIEW, options.keys, (b"\x1b[B", b"\x1b[A")))
            say(
                "cursor in that review",
                f"{took[len(took) // 2] * 1e3:.1f} ms  (p95 {took[len(took) * 95 // 100] * 1e3:.1f})",
            )
        wanted = [("work list", ssh(warm, key), mark)]
        if options.module == "tui":
            wanted.append(("review", [*ssh(warm, key, "-t"), "review", world.schools[0][0]], REVIEW))
        for name, command, sign in wanted:
            frames, used = twenty(warm, command, environ, sign)
            say(f"{AT_ONCE} at once, {name}, prewarmed: the last first frame", f"{max(frames):.2f} s")
            say(
                f"{AT_ONCE} sessions, {name}, shared memory counted once",
                f"{used / 1e6:.0f} MB  ({used / AT_ONCE / 1e6:.1f} each)",
            )
            time.sleep(2)


if __name__ == "__main__":
    main()

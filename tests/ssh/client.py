"""The real OpenSSH client in a terminal of its own, its screen read by pyte."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

from tests.ssh.house import House

PATIENCE = 20.0
"""Seconds until something that does not come counts as not coming."""


def ssh(house: House, key: Path | None, *more: str, user: str = "koppeldesk", agent: str = "none") -> list[str]:
    """Return the start of a command line of the OpenSSH client, free of this machine's settings."""
    return [
        *("ssh", "-F", "/dev/null", "-p", str(house.port), "-l", user),
        *("-o", f"UserKnownHostsFile={house.known_hosts}", "-o", "StrictHostKeyChecking=yes"),
        *("-o", "IdentitiesOnly=yes", "-o", f"IdentityAgent={agent}", "-o", "ConnectTimeout=20"),
        *(("-i", str(key)) if key else ("-o", "PubkeyAuthentication=no")),
        *more,
        "127.0.0.1",
    ]


def run(command: Sequence[str], environ: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a client without a terminal until it ends."""
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **(environ or {})},
        start_new_session=True,
    )


class Window:
    """A terminal window in which an OpenSSH client runs."""

    def __init__(
        self, command: Sequence[str], columns: int = 80, rows: int = 24, environ: Mapping[str, str] | None = None
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.received = bytearray()
        self._ours, theirs = pty.openpty()
        self._size(columns, rows)
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", **(environ or {})},
        )
        os.close(theirs)

    def __enter__(self) -> Window:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, text: str, patience: float = PATIENCE) -> None:
        """Read until this stands on the screen."""
        deadline = time.monotonic() + patience
        while text not in self.text:
            left = deadline - time.monotonic()
            assert left > 0, f"{text!r} did not come:\n{self.text}"
            if not self._read(min(left, 0.2)):
                assert text in self.text, f"{text!r} did not come before the end:\n{self.text}"

    def wait_until_gone(self, text: str) -> None:
        """Read until this stands on the screen no more."""
        deadline = time.monotonic() + PATIENCE
        while text in self.text:
            assert time.monotonic() < deadline, f"{text!r} stays:\n{self.text}"
            self._read(0.2)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._ours, text.encode())

    def offer(self, data: bytes) -> int:
        """Press keys as fast as they are taken; return how many were."""
        _r, ready, _x = select.select([], [self._ours], [], 0)
        return os.write(self._ours, data[:1024]) if ready else 0

    def settle(self, quiet: float = 0.12) -> None:
        """Read until nothing has come for a while."""
        while select.select([self._ours], [], [], quiet)[0] and self._read(0):
            pass

    def read_what_came(self) -> None:
        """Bring the screen up to date without waiting."""
        self._read(0.002)

    def click(self, column: int, row: int) -> None:
        """Press and release the left button, as xterm reports it (SGR, from 1)."""
        self.type(f"\x1b[<0;{column + 1};{row + 1}M\x1b[<0;{column + 1};{row + 1}m")

    def resize(self, columns: int, rows: int) -> None:
        """Drag the window's corner."""
        self._size(columns, rows)
        self._screen.resize(rows, columns)
        self.process.send_signal(signal.SIGWINCH)

    def hang_up(self) -> None:
        """Cut the line: the client is gone at once."""
        self.process.kill()
        self.process.wait()

    def exit_code(self) -> int:
        """Read on until the client ends; return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(0.2) or self.process.poll() is None:
            assert time.monotonic() < deadline, f"the client does not end:\n{self.text}"
        return self.process.wait()

    def _read(self, patience: float) -> bool:
        """Read what has come; False when the other end is closed."""
        ready, _w, _x = select.select([self._ours], [], [], patience)
        if ready:
            try:
                data = os.read(self._ours, 65536)
            except OSError:
                return False
            self.received += data
            self._stream.feed(data)
            return bool(data)
        return True

    def _size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

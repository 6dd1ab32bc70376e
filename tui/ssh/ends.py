"""Our ends of the descriptors of a session's program: a pseudo-terminal, or two pipes where there is no screen."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, field
from typing import Protocol

from tui.ssh.limits import Pace
from tui.ssh.streams import Inlet, Outlet, open_terminal, resize
from tui.ssh.terminal import Terminal

LAST_WORDS = 0.5
"""Seconds for what a program wrote before it ended to arrive."""


class Reader(Protocol):
    """Who gets what the program writes, and is asked to type more slowly."""

    def write(self, data: bytes) -> None:
        """Take standard output."""
        ...

    def write_error(self, data: bytes) -> None:
        """Take standard error."""
        ...

    def hold(self) -> None:
        """Send nothing for now: more was typed than the program takes."""
        ...

    def go_on(self) -> None:
        """Send again."""
        ...


@dataclass(kw_only=True)
class Ends:
    """Our ends, connected to the guest until they are closed."""

    descriptors: list[int] = field(default_factory=list)
    outlets: list[Outlet] = field(default_factory=list)
    inlet: Inlet | None = None

    def open(self, terminal: Terminal | None, pace: Pace, guest: Reader) -> tuple[int, int, int]:
        """Make a program's descriptors 0, 1 and 2, which are the caller's to close, and connect our ends to `guest`.

        Raises OSError when there are none to be had.
        """
        if terminal is not None:
            ours, theirs = open_terminal(terminal.columns, terminal.rows)
            self.descriptors = [ours]
            self.outlets = [Outlet(ours, guest.write)]
            self.inlet = Inlet(ours, pace, guest.hold, guest.go_on)
            return theirs, theirs, theirs
        nothing = os.open(os.devnull, os.O_RDONLY)
        out, their_out = os.pipe()
        error, their_error = os.pipe()
        self.descriptors = [out, error]
        self.outlets = [Outlet(out, guest.write), Outlet(error, guest.write_error)]
        return nothing, their_out, their_error

    def type(self, data: bytes) -> None:
        """Pass typing on; without a screen nobody reads it."""
        if self.inlet is not None:
            self.inlet.write(data)

    def fit(self, terminal: Terminal) -> None:
        """Give the program's terminal this size."""
        if self.inlet is not None:
            resize(self.descriptors[0], terminal.columns, terminal.rows)

    def pause(self) -> None:
        """Let the program wait: the guest's line is full."""
        for outlet in self.outlets:
            outlet.pause()

    def resume(self) -> None:
        """Let the program go on."""
        for outlet in self.outlets:
            outlet.resume()

    async def read_out(self) -> None:
        """Wait for what the program wrote before it ended."""
        if self.outlets:
            await asyncio.wait([outlet.ended for outlet in self.outlets], timeout=LAST_WORDS)

    def close(self) -> None:
        """Disconnect and close; closing twice is closing once."""
        for outlet in self.outlets:
            outlet.close()
        if self.inlet is not None:
            self.inlet.close()
            self.inlet = None
        for descriptor in self.descriptors:
            os.close(descriptor)
        self.descriptors.clear()

"""One session of a guest: from what was asked for to a program in a terminal, and to its end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Mapping, Sequence
from typing import Protocol

import asyncssh
from typing_extensions import override

from core.desk.passes import Pass
from core.language import _
from tui.ssh import orders, terminal
from tui.ssh.channel import Forwarding, sentence
from tui.ssh.children import Child, Program
from tui.ssh.ending import LEAVE_SCREEN, Ending, farewell
from tui.ssh.ends import Ends
from tui.ssh.limits import Limits
from tui.ssh.terminal import Terminal

_log = logging.getLogger("koppeldesk.ssh")

SIGNALS = {"INT": signal.SIGINT, "TERM": signal.SIGTERM, "HUP": signal.SIGHUP}
"""What a guest may send its own program by name."""


class House(Protocol):
    """What a session needs of the front door."""

    @property
    def limits(self) -> Limits:
        """How long and how much."""
        ...

    def admit(self, session: Session) -> str:
        """Count the session in; a sentence when there is no room for it."""
        ...

    def goodbye(self, session: Session, code: int) -> None:
        """Count the session out and log it."""
        ...

    @property
    def environ(self) -> Mapping[str, str]:
        """The server's own environment and settings."""
        ...

    def program(self, words: Sequence[str], environ: dict[str, str]) -> Program:
        """Return the program that runs in sessions, with these arguments."""
        ...

    async def start(self, program: Program, descriptors: Sequence[int]) -> Child:
        """Start a program."""
        ...

    def now(self) -> float:
        """Seconds on a clock that never jumps."""
        ...


class Session(asyncssh.SSHServerSession[bytes]):
    """Receives the guest's requests, runs one program for them, and ends exactly once."""

    def __init__(self, house: House, known: Pass, origin: str, refused: list[Forwarding]) -> None:
        self._house = house
        self.known = known
        self.origin = origin
        """Address and port of the guest."""
        self.began = self.last_key = house.now()
        self.warned: set[signal.Signals] = set()
        """What the guest has been warned of: SIGUSR1 that the end is near, SIGUSR2 that nobody types."""
        self.ending: Ending | None = None
        self._refused = refused
        """What is not forwarded; a session says so and empties it before its program starts and after it ended."""
        self.over = False
        """Whether the guest's line to this session is gone."""
        self.words: tuple[str, ...] = ()
        self._wish: orders.Wish = orders.Shell()
        self._terminal: Terminal | None = None
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._child: Child | None = None
        self._ends = Ends()
        self._task: asyncio.Task[None] | None = None

    # --- what the guest asks for ---

    @override
    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Keep the line to the guest."""
        self._channel = chan

    @override
    def pty_requested(self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object) -> bool:
        """Note the terminal."""
        self._terminal = terminal.harmless(term_type, term_size[0], term_size[1])
        return True

    @override
    def shell_requested(self) -> bool:
        """Want the screens."""
        return True

    @override
    def exec_requested(self, command: str) -> bool:
        """Want a command."""
        self._wish = orders.Exec(command)
        return True

    @override
    def subsystem_requested(self, subsystem: str) -> bool:
        """Let the request through, so that the guest reads why nothing comes of it."""
        self._wish = orders.Subsystem(subsystem)
        return True

    @override
    def session_started(self) -> None:
        """Answer."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    @override
    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Pass a new window size on."""
        if self._terminal is not None:
            columns, rows = terminal.within_bounds(width, height)
            self._terminal = Terminal(term=self._terminal.term, columns=columns, rows=rows)
            self._ends.fit(self._terminal)

    @override
    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """Pass typing on."""
        self.last_key = self._house.now()
        self.warned.discard(signal.SIGUSR2)
        self._ends.type(data)

    @override
    def eof_received(self) -> bool:
        """Keep the line open: what the program writes must still arrive."""
        return True

    @override
    def signal_received(self, signal: str) -> None:
        """Pass a signal on that the guest may send."""
        if signal in SIGNALS and self._child is not None:
            self._child.send(SIGNALS[signal])

    @override
    def pause_writing(self) -> None:
        """Let the program wait: the guest's line is full."""
        self._ends.pause()

    @override
    def resume_writing(self) -> None:
        """Let the program go on."""
        self._ends.resume()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """End with the line."""
        self.over = True
        self._channel = None
        self.end(Ending.HUNG_UP)

    # --- what the house asks for ---

    def warn(self, number: signal.Signals) -> None:
        """Tell the program, once, that the session is to end; the app shows it."""
        if number in self.warned:
            return
        self.warned.add(number)
        if self._child is not None:
            self._child.send(number)

    def end(self, why: Ending) -> None:
        """Ask the program to stop, and kill it when it does not."""
        if self.ending is None:
            self.ending = why
            if self._child is not None:
                self._stop(self._child)

    # --- what the program asks for ---

    def write(self, data: bytes) -> None:
        """Send what the program wrote; nothing happens when the line is gone."""
        if self._channel is not None:
            self._channel.write(data)

    def write_error(self, data: bytes) -> None:
        """Send what the program wrote to standard error."""
        if self._channel is not None:
            self._channel.write_stderr(data)

    def hold(self) -> None:
        """Ask the guest's client to wait."""
        if self._channel is not None:
            self._channel.pause_reading()

    def go_on(self) -> None:
        """Let the guest's client send again."""
        if self._channel is not None:
            self._channel.resume_reading()

    # --- the course of it ---

    async def _run(self) -> None:
        self._say_refused()
        answer = orders.answer(self._wish, self.known.actor, has_screen=self._terminal is not None)
        match answer:
            case orders.Say(text, code):
                self._say(text, wrong=code != 0)
            case orders.Screens(words) | orders.Command(words):
                self.words = words
                if full := self._house.admit(self):
                    self._say(full, wrong=True)
                    code = orders.LATER
                else:
                    code = await self._perform_or_say(words)
                    self._house.goodbye(self, code)
        self._say_refused()
        if self._channel is not None:
            self._channel.exit(code)

    def _say_refused(self) -> None:
        while self._refused:
            self._say(sentence(self._refused.pop(0)), wrong=True)

    async def _perform_or_say(self, words: Sequence[str]) -> int:
        try:
            return await self._perform(words)
        except OSError as error:  # no terminal, descriptor or process to be had
            _log.error("a session could not start: %s", error.strerror)
            self._ends.close()
            self._say(_("Er is nu geen plaats voor een sessie. Probeer het over een paar minuten opnieuw."), wrong=True)
            return orders.LATER

    async def _perform(self, words: Sequence[str]) -> int:
        sent = self._channel.get_environment() if self._channel is not None else {}
        environ = terminal.environment(self._house.environ, dict(sent), self.known.actor, self._terminal)
        theirs = self._ends.open(self._terminal, self._house.limits.pace, self)
        try:
            child = await self._house.start(self._house.program(words, environ), theirs)
        finally:
            for descriptor in set(theirs):
                os.close(descriptor)
        self._child = child
        if self._terminal is not None:
            self._ends.fit(self._terminal)
        if self.ending is not None:
            self._stop(child)
        code = await child.ended
        if self._channel is not None:
            await self._ends.read_out()
        self._ends.close()
        if code < 0 and self._terminal is not None:
            self.write(LEAVE_SCREEN)
        if self.ending is not None:
            self._say(farewell(self.ending), wrong=True)
        return code if code >= 0 else 128 - code

    def _stop(self, child: Child) -> None:
        child.send(signal.SIGHUP if self.ending is Ending.HUNG_UP else signal.SIGTERM)
        asyncio.get_running_loop().call_later(self._house.limits.kill, child.send, signal.SIGKILL)

    def _say(self, text: str, *, wrong: bool) -> None:
        if not text:
            return
        data = (text + "\n").encode()
        if self._terminal is not None:
            self.write(data.replace(b"\n", b"\r\n"))
        elif wrong:
            self.write_error(data)
        else:
            self.write(data)

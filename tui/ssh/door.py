"""The front door: listens, lets guests in one by one, looks after their sessions, and closes in good order."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import signal
import socket
import time
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh

from core.clock import Clock
from core.desk.passes import AccessList
from core.language import _
from core.ports import Document
from tui.ssh.children import Child, Program, Starter
from tui.ssh.ending import Ending
from tui.ssh.guest import Guest
from tui.ssh.hostkey import host_key
from tui.ssh.keyring import Keyring
from tui.ssh.limits import Admitted, Gate, Limits, Ticket
from tui.ssh.refusal import turn_away
from tui.ssh.session import Session

_log = logging.getLogger("koppeldesk.ssh")

ROUND = 1.0
"""Seconds between two rounds along all sessions."""
BACKLOG = 256
"""Connections that the system keeps waiting until we accept them."""
GUESSED = "^curve25519-sha256"
"""Named first, for clients that send this key exchange before they know our order (Dropbear): asyncssh takes their guess
for right, RFC 4253 §7.1 only when we name it first too. What is used stays the client's choice, post-quantum included."""
KEEP_ALIVE, KEEP_ALIVE_MISSED = 30, 4
"""A line that does not answer for two minutes is gone."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a front door is set up."""

    host: str = "127.0.0.1"
    port: int = 2222
    """0 = any free port."""
    user: str = "koppeldesk"
    folder: Path
    """Where the server's own key is kept."""
    access: Document[AccessList]
    clock: Clock
    starter: Starter
    environ: Mapping[str, str]
    """What sessions inherit of, see `terminal.environment`."""
    module: str = "tui"
    """The program of every session, as in `python -m MODULE`."""
    limits: Limits = field(default_factory=Limits)
    trainers: bool = False
    """Whether it stands before a demo world, where trainers come in."""


def listener_on(host: str, port: int) -> socket.socket:
    """Return a listening socket; `::` listens on IPv4 as well where the system can. Raises OSError."""
    if ":" in host:
        both = host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server((host, port), family=socket.AF_INET6, backlog=BACKLOG, dualstack_ipv6=both)
    return socket.create_server((host, port), backlog=BACKLOG)


def origin_of(address: str) -> str:
    """Return what counts as one address: for IPv6 the network of 64 bits, which one guest has to itself."""
    known = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped is None:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return address


class Door:
    """An open front door."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.limits = plan.limits
        self.user = plan.user
        self.keyring = Keyring(plan.access, time.monotonic, trainers=plan.trainers)
        self.fingerprint = ""
        """Of the server's own key."""
        self.port = 0
        self._gate = Gate(plan.limits, time.monotonic)
        self._waiting: dict[Ticket, Guest] = {}
        self._guests: set[Guest] = set()
        self._sessions: set[Session] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._listener: socket.socket | None = None
        self._options: asyncssh.SSHServerConnectionOptions | None = None
        self._stopping = False
        self._hurried = False
        self._closing: asyncio.Task[None] | None = None

    # --- opening and closing ---

    async def open(self) -> None:
        """Listen; guests come in from now on. Raises Damaged or OSError."""
        key = host_key(self._plan.folder)
        self.fingerprint = key.get_fingerprint()
        self._options = asyncssh.SSHServerConnectionOptions(
            server_host_keys=[key],
            server_version="Koppeldesk",
            login_timeout=self.limits.login,
            keepalive_interval=KEEP_ALIVE,
            keepalive_count_max=KEEP_ALIVE_MISSED,
            kex_algs=GUESSED,
            compression_algs=["zlib@openssh.com", "none"],
            x11_forwarding=False,
            agent_forwarding=False,
            allow_scp=False,
            gss_host=None,
        )
        self._listener = listener_on(self._plan.host, self._plan.port)
        self._listener.setblocking(False)
        self.port = self._listener.getsockname()[1]
        self._keep(self._accept(self._listener))
        self._keep(self._rounds())

    async def close(self) -> None:
        """Let nobody in any more, warn who is in, wait a while, end what is left. Asked twice, it is done once."""
        if self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._close())
        await asyncio.shield(self._closing)

    async def _close(self) -> None:
        self._stopping = True
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()
        for session in self._sessions:
            session.warn(signal.SIGUSR1)
        await self._until_empty(self.limits.grace)
        for session in set(self._sessions):
            session.end(Ending.STOPPING)
        await self._until_empty(self.limits.kill + 1)
        for guest in set(self._guests):
            guest.close()
        for task in set(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._plan.starter.close()

    async def _until_empty(self, seconds: float) -> None:
        deadline = self.now() + seconds
        while self._sessions and self.now() < deadline and not self._hurried:
            await asyncio.sleep(0.05)
        self._hurried = False

    def hurry(self) -> None:
        """Wait no longer for what is being waited for: the grace of a closing door."""
        self._hurried = True

    def _keep(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- letting in ---

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while not self._stopping:
            try:
                connection, peer = await loop.sock_accept(listener)
            except OSError as error:
                _log.error("cannot accept: %s", error.strerror)
                await asyncio.sleep(ROUND)
                continue
            match self._gate.knock(origin_of(peer[0])):
                case Admitted(ticket, instead_of):
                    if instead_of is not None and (silent := self._waiting.pop(instead_of, None)):
                        silent.drop()
                    guest = self._waiting[ticket] = Guest(self, peer[0], peer[1])
                    self._keep(self._greet(connection, guest, ticket))
                case refusal:
                    turn_away(connection, refusal)

    async def _greet(self, connection: socket.socket, guest: Guest, ticket: Ticket) -> None:
        try:
            await asyncssh.run_server(connection, options=self._options, server_factory=lambda: guest)
        except (TimeoutError, OSError, asyncssh.Error):
            connection.close()
        finally:
            self._waiting.pop(ticket, None)
            self._gate.passed(ticket, known=guest.known is not None)

    def arrived(self, guest: Guest) -> None:
        """Count a guest in and note the visit with the key."""
        guest.last_busy = self.now()
        self._guests.add(guest)
        if guest.known is not None:
            self._keep(asyncio.to_thread(self.keyring.used, guest.known, self._plan.clock.now(), guest.address))

    def left(self, guest: Guest) -> None:
        """Count a guest out."""
        self._guests.discard(guest)

    # --- sessions ---

    def admit(self, session: Session) -> str:
        """Count a session in; a sentence when there is no room for it."""
        of_this_person = sum(each.known.name == session.known.name for each in self._sessions)
        if self._stopping:
            return _("De server stopt; probeer het over een paar minuten opnieuw.")
        if len(self._sessions) >= self.limits.sessions:
            return _("Koppeldesk is vol; probeer het over een paar minuten opnieuw.")
        if of_this_person >= self.limits.sessions_per_person:
            return _("U bent al {n} keer binnen. Sluit eerst een andere sessie.").format(n=of_this_person)
        self._sessions.add(session)
        return ""

    def goodbye(self, session: Session, code: int) -> None:
        """Count a session out and log who it was, from where, how long."""
        self._sessions.discard(session)
        _log.info(
            "session name=%r role=%s key=%s from=%s what=%s seconds=%.0f exit=%d end=%s",
            session.known.name,
            session.known.role.value,
            session.known.fingerprint,
            session.origin,
            session.words[0] if session.words else "screens",
            self.now() - session.began,
            code,
            session.ending.value if session.ending else "left",
        )

    @property
    def environ(self) -> Mapping[str, str]:
        """The server's own environment and settings."""
        return self._plan.environ

    def program(self, words: Sequence[str], environ: dict[str, str]) -> Program:
        """Return the program that runs in sessions, with these arguments."""
        return Program(module=self._plan.module, words=tuple(words), environ=environ)

    async def start(self, program: Program, descriptors: Sequence[int]) -> Child:
        """Start a program."""
        return await self._plan.starter.start(program, descriptors)

    def now(self) -> float:
        """Seconds on a clock that never jumps."""
        return time.monotonic()

    async def _rounds(self) -> None:
        while True:
            await asyncio.sleep(ROUND)
            for session in set(self._sessions):
                self._look_after(session)
            for guest in set(self._guests):
                if guest.has_no_session_for_long(self.now()):
                    guest.send_away_without_session()

    def _look_after(self, session: Session) -> None:
        idle, age = self.now() - session.last_key, self.now() - session.began
        if not self.keyring.still(session.known):
            session.end(Ending.WITHDRAWN)
        elif idle > self.limits.idle:
            session.end(Ending.IDLE)
        elif age > self.limits.longest:
            session.end(Ending.TOO_LONG)
        elif age > self.limits.longest - self.limits.warning:
            session.warn(signal.SIGUSR1)
        elif idle > self.limits.idle - self.limits.warning:
            session.warn(signal.SIGUSR2)

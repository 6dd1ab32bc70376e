"""Running the simulator: in a thread for tests, or as a program of its own.

>>> with running_simulator(seed=7) as simulator:
...     simulator.url
'http://127.0.0.1:…'
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Thread
from types import FrameType

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from simulator.app import build
from simulator.las import Beginning
from simulator.options import Options
from simulator.worlds import Worlds


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A simulator that is running."""

    url: str
    """Base address without a slash at the end: `http://127.0.0.1:41234`."""

    def world(self, name: str) -> str:
        """Return the base address of a world of its own on this server."""
        return f"{self.url}/w/{name}"


class _Protocol(H11Protocol):
    """HTTP whose connection the application can break: planned resets need that."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let the application see the connection."""
        if isinstance(transport, asyncio.Transport):
            super().connection_made(transport)
            self.app_state = {**self.app_state, "transport": transport}


def listen(host: str, port: int) -> socket.socket:
    """Open the port (0 = a free one); from then on callers wait instead of being refused. Raises OSError."""
    if not 0 <= port <= 65_535:
        raise OSError(f"geen poort: {port}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sends small answers at once (no Nagle) only when it knows it is TCP.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(2048)
    except OSError:
        opened.close()
        raise
    return opened


def address_of(opened: socket.socket) -> str:
    """Return the base address of an open port."""
    host, port = opened.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def make_server(worlds: Worlds) -> uvicorn.Server:
    """Make a server that says nothing on standard output and adds no wall clock to its answers."""
    config = uvicorn.Config(
        build(worlds, token_urlsafe),
        http=_Protocol,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        date_header=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,  # longer than clients keep a connection, so that it never closes under a new request
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


@contextmanager
def running_simulator(
    *,
    seed: int | None = None,
    schools: int | None = None,
    scenario: str = "",
    options: Options | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> Iterator[Simulator]:
    """Run a simulator in a thread of this process, on a free port unless told otherwise, until the block ends."""
    worlds = Worlds(Beginning(seed=seed, schools=schools, scenario=scenario), options or Options())
    server = make_server(worlds)
    opened = listen(host, port)
    thread = Thread(target=server.run, kwargs={"sockets": [opened]}, name="simulator", daemon=True)
    thread.start()
    try:
        yield Simulator(url=address_of(opened))
    finally:
        server.should_exit = True
        thread.join()
        opened.close()


def serve(beginning: Beginning, options: Options, *, host: str, port: int, say: Callable[[str], None]) -> int:
    """Run a simulator in the main thread until interrupted; `say` gets the one line `ready http://H:P`.

    SIGTERM is how others end it, and no failure; SIGINT is raised as KeyboardInterrupt.

    Raises OSError when the port cannot be opened and WorldError when there is no such beginning.
    """
    server = make_server(Worlds(beginning, options))
    opened = listen(host, port)

    def told(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    # The server repeats a signal that stopped it, for whoever handled it before: without this the program would die of it.
    signal.signal(signal.SIGTERM, told)
    with opened:
        say(f"ready {address_of(opened)}")
        server.run(sockets=[opened])
    return 0

"""A front door for tests, in a thread of its own, with throw-away keys."""

from __future__ import annotations

import asyncio
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from core.clock import AMSTERDAM, SystemClock
from core.desk.actor import Role
from core.desk.passes import AccessList, Pass, PublicKey
from core.model import SchoolId
from core.ports import Document
from tests.core.desk.memory import MemoryDocument
from tui.ssh.children import Cold, Starter
from tui.ssh.door import Door, Plan
from tui.ssh.limits import Limits
from tui.ssh.prewarmed import Warm


def a_key(folder: Path, name: str, kind: str = "ed25519") -> Path:
    """Make a throw-away key pair and return the private file."""
    path = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", name, "-f", path], check=True)
    return path


def a_pass(key: Path, name: str, role: Role = Role.SERVICE, *schools: str) -> Pass:
    """Return the pass of this key."""
    public = PublicKey.parse(key.with_suffix(".pub").read_text())
    return Pass(
        fingerprint=public.fingerprint,
        key=public.line,
        name=name,
        role=role,
        schools=frozenset(map(SchoolId.parse, schools)),
        added=datetime(2026, 11, 23, tzinfo=AMSTERDAM),
        added_by="test",
    )


class House:
    """A running door and what a test needs to talk to it."""

    def __init__(self, folder: Path, access: Document[AccessList]) -> None:
        self.folder = folder
        self.access = access
        self.door: Door | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.zygote: int | None = None
        """Process id of the prewarmed process."""

    @property
    def port(self) -> int:
        assert self.door is not None
        return self.door.port

    @property
    def known_hosts(self) -> Path:
        """The server's own key, as a client that met it before has it."""
        path = self.folder / "known_hosts"
        if not path.exists():
            public = subprocess.run(
                ["ssh-keygen", "-y", "-f", self.folder / "ssh" / "ssh_host_ed25519_key"],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
            path.write_text(f"[127.0.0.1]:{self.port} {public}")
        return path

    def admit(self, *passes: Pass) -> None:
        """Let these come in as well."""
        with self.access.edit() as draft:
            draft.value = AccessList(passes=(*draft.value.passes, *passes))

    def withdraw(self, each: Pass) -> None:
        """Let this one come in no more."""
        with self.access.edit() as draft:
            draft.value = draft.value.minus(draft.value.named(each.fingerprint))

    def stop_soon(self) -> None:
        """Begin to close the door, as a service manager would."""
        assert self.door is not None and self.loop is not None
        asyncio.run_coroutine_threadsafe(self.door.close(), self.loop)


@contextmanager
def an_open_house(
    folder: Path,
    limits: Limits | None = None,
    *,
    warm: bool = False,
    module: str = "tests.ssh.toy",
    demo: bool = False,
    access: Document[AccessList] | None = None,
    environ: Mapping[str, str] | None = None,
    starter: Starter | None = None,
) -> Iterator[House]:
    """Open a front door on a free port; it is closed afterwards, without grace."""
    house = House(folder, access or MemoryDocument(AccessList()))
    opened = threading.Event()
    done = threading.Event()

    async def live() -> None:
        start = starter or Cold()
        if warm:
            start = nursery = Warm()
            await nursery.open()
            await nursery.ready.wait()
            house.zygote = nursery.pid
        plan = Plan(
            port=0,
            folder=folder / "ssh",
            access=house.access,
            clock=SystemClock(),
            starter=start,
            module=module,
            limits=limits or replace(Limits(), grace=0.0, kill=1.0),
            trainers=demo,
            environ={**os.environ, **(environ or {})},
        )
        house.door = Door(plan)
        house.loop = asyncio.get_running_loop()
        await house.door.open()
        opened.set()
        await asyncio.to_thread(done.wait)
        await house.door.close()

    thread = threading.Thread(target=asyncio.run, args=(live(),))
    thread.start()
    try:
        assert opened.wait(30), "the door did not open"
        yield house
    finally:
        done.set()
        thread.join(60)

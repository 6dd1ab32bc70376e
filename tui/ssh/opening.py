"""Opens the front door for a command: settings in, a running server until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from core.clock import SystemClock
from core.desk.passes import AccessList
from core.errors import UnreadableInput, why
from core.language import _
from core.ports import Document
from core.settings import Settings
from tui.ssh.children import Cold, Starter
from tui.ssh.door import Door, Plan
from tui.ssh.limits import Limits
from tui.ssh.prewarmed import Warm

STANDARD_INPUT = 0
WARM_UP = 10.0
"""Seconds that the first guest may have to wait for the prewarmed process; without it programs start cold."""


def inherited(settings: Settings, config: Path | None, language: str) -> dict[str, str]:
    """Return the environment from which sessions find the same settings and data as this process."""
    made = dict(os.environ) | {"KOPPELDESK_DATA": str(settings.data_folder.absolute()), "KOPPELDESK_LANG": language}
    if config is not None:
        made["KOPPELDESK_CONFIG"] = str(config.absolute())
    return made


def limits_of(settings: Settings) -> Limits:
    """Return the limits as they are set."""
    return Limits(
        sessions=settings.ssh.sessions,
        sessions_per_person=settings.ssh.sessions_per_person,
        idle=settings.ssh.idle_minutes * 60,
        longest=settings.ssh.longest_hours * 3600,
        grace=settings.ssh.grace_seconds,
    )


async def serve(
    settings: Settings,
    access: Document[AccessList],
    environ: Mapping[str, str],
    *,
    host: str,
    port: int,
    prewarm: bool,
    until_eof: bool,
    say: Callable[[str], None],
) -> None:
    """Serve until SIGTERM or SIGINT; a second one cuts the grace short.

    With `until_eof` it also stops, without grace, when standard input closes: when whoever started it is gone.

    `say` gets the line `ready ssh://H:P` once guests can come in. Raises Damaged, or UnreadableInput when the address
    is not to be had.
    """
    starter: Starter = Cold()
    if prewarm and hasattr(socket, "SOCK_SEQPACKET") and hasattr(os, "fork"):
        starter = warm = Warm()
        await warm.open()
        try:
            await asyncio.wait_for(warm.ready.wait(), WARM_UP)
        except TimeoutError:
            logging.getLogger("koppeldesk.ssh").warning("nothing is prewarmed yet; programs start cold")
    door = Door(
        Plan(
            host=host,
            port=port,
            user=settings.ssh.user,
            folder=settings.data_folder / "ssh",
            access=access,
            clock=SystemClock(),
            starter=starter,
            limits=limits_of(settings),
            trainers=settings.ssh.trainers,
            environ=environ,
        )
    )
    try:
        await door.open()
    except OSError as error:
        await starter.close()
        raise UnreadableInput(
            _("De voordeur kan niet luisteren op {host}:{port}: {reason}.").format(
                host=host, port=port, reason=why(error)
            ),
            todo=_("Kies een andere poort met --port, of 0 voor een vrije."),
        ) from error
    logging.getLogger("koppeldesk.ssh").info("host key %s", door.fingerprint)
    say(f"ready ssh://{f'[{host}]' if ':' in host else host}:{door.port}")
    await _told_to_stop(door, until_eof=until_eof)


async def _told_to_stop(door: Door, *, until_eof: bool) -> None:
    stop, now = asyncio.Event(), asyncio.Event()

    def told() -> None:
        (now if stop.is_set() else stop).set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told)

    def heard() -> None:
        if not os.read(STANDARD_INPUT, 4096):
            loop.remove_reader(STANDARD_INPUT)
            stop.set()
            now.set()

    if until_eof:
        loop.add_reader(STANDARD_INPUT, heard)
    await stop.wait()
    hurry = loop.create_task(now.wait())
    hurry.add_done_callback(lambda _task: door.hurry())
    await door.close()
    hurry.cancel()

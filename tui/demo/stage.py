"""The stage of a demo: a simulator in a process of its own, and a desk whose ParnasSys it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec

from core.desk import Desk
from core.desk.actor import Actor, Role
from core.errors import Refused, TryLater
from core.language import _
from core.model import SchoolId
from core.settings import Settings
from tui.demo.clock import StageClock
from tui.demo.ground import MARK, claim
from tui.demo.supplier import SimulatorSupplier

SERVICE = Actor(name="Anne de Wit", role=Role.SERVICE)
TRAINER = Actor(name="Trainer", role=Role.TRAINER)
MACHINE = Actor(name="nachtelijke run", role=Role.MACHINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything a demo plays on."""

    url: str
    """Of the simulator."""
    settings: Settings
    clock: StageClock
    """Stands at the simulator's time."""
    desk: Desk

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Call the simulator's control API and return what it answers."""
        answer = httpx.request(method, f"{self.url}/_sim{path}", json=body, timeout=30)
        answer.raise_for_status()
        return answer.json() if "json" in answer.headers.get("content-type", "") else answer.text

    def move(self, wish: dict[str, object]) -> datetime:
        """Move the simulator's clock, and the desk's with it; return the new moment."""
        self.clock.put(datetime.fromisoformat(self.ask("POST", "/tijd", wish)["nu"]))
        return self.clock.now()


@contextmanager
def in_our_words(url: str) -> Iterator[None]:
    """Tell why the simulator at `url` refused something, or that it does not answer."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise Refused(
            _("De nagebouwde ParnasSys weigert dit: {why}").format(why=_refusal(error.response)),
            stored=_("Wat al bevestigd was, is bewaard."),
            todo=_("Begin met een nieuwe oefenwereld: koppeldesk demo, zonder --simulator."),
        ) from error
    except httpx.HTTPError as error:
        raise TryLater(
            _("De nagebouwde ParnasSys op {url} geeft geen antwoord.").format(url=url),
            todo=_("Controleer het adres, en of de simulator draait."),
        ) from error


def _refusal(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {answer.status_code}"


@contextmanager
def simulator(*, seed: int, schools: int, scenario: str = "", port: int = 0) -> Iterator[str]:
    """Run the simulator in a process of its own; yield its address. Raises TryLater when it does not start."""
    words = ["simulator", "--port", str(port), "--seed", str(seed), "--schools", str(schools), "--until-eof"]
    if scenario:
        words += ["--scenario", scenario]
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH", "")) if part)
    process = subprocess.Popen(  # noqa: S603 - our own program, with words of our own
        [sys.executable, "-m", "tui", *words],
        stdin=subprocess.PIPE,  # never written to: it closes when we are gone, also when we are killed
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line.startswith("ready "):
            raise TryLater(_("De simulator kwam niet op gang."), todo=_("Probeer het opnieuw."))
        yield line.removeprefix("ready ").strip()
    finally:
        process.terminate()
        process.wait(timeout=10)
        for stream in filter(None, (process.stdin, process.stdout)):
            stream.close()


def settings_for(base: Settings, folder: Path, url: str) -> Settings:
    """Return settings for demo data in `folder`, whatever is configured otherwise."""
    las = msgspec.structs.replace(base.las, url=url, klantcode="KOPPELDESK-DEMO", klantnaam="Boom test onderwijs")
    mail = msgspec.structs.replace(base.mail, host="")
    return msgspec.structs.replace(base, data=str(folder), secret_key_file="", las=las, mail=mail)


def administrator_of(school: SchoolId, name: str) -> Actor:
    """Return the school's own administrator."""
    return Actor(name=name, role=Role.ADMINISTRATOR, schools=frozenset({school}))


def set_up(base: Settings, folder: Path, url: str) -> Stage:
    """Return a stage on the simulator at `url`, its clock at that time; UnreadableInput when `folder` is not a demo's."""
    from tui.compose import build_desk

    settings = settings_for(base, claim(folder), url)
    health = httpx.get(f"{url}/_sim/health", timeout=30).raise_for_status().json()
    clock = StageClock(settings.data_folder / MARK)
    clock.put(datetime.fromisoformat(health["nu"]))
    desk = build_desk(settings, clock=clock, supplier=SimulatorSupplier(url))
    return Stage(url=url, settings=settings, clock=clock, desk=desk)

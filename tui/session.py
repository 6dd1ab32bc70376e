"""What a command gets: who acts, the desk, and where its answer goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from core.clock import Clock, ShiftedClock, SystemClock
from core.desk.actor import Actor
from core.errors import UnreadableInput
from core.language import _
from core.las import Supplier
from core.model import SchoolId
from core.settings import Settings

if TYPE_CHECKING:
    from core.desk import Desk
    from tui.coach import Coach

SHIFT = "KOPPELDESK_CLOCK_SHIFT"
"""Seconds from the machine's time to a demo's, or the file that holds them; only the demo sets it."""

STAGE = "KOPPELDESK_STAGE"
"""Address of a demo's simulator; only the demo sets it."""


@dataclass
class Session:
    """One call of the program."""

    settings: Settings
    actor: Actor
    language: str = "nl"
    config: Path | None = None
    """The settings file named on the command line."""
    coach: Coach | None = None
    """The trainer's mode; only the demo has one."""
    notice: str = ""
    """Lines that stay in sight on the work list."""

    @cached_property
    def desk(self) -> Desk:
        """The desk on the configured data; built when first needed."""
        from tui.compose import build_desk

        return build_desk(self.settings, clock=clock_from(os.environ), supplier=supplier_from(os.environ))

    def say(self, *lines: str) -> None:
        """Write lines for a person on standard output."""
        for line in lines:
            sys.stdout.write(line + "\n")

    def show(self, document: object, *, json: bool, lines: Iterable[str]) -> None:
        """Write `document` as one JSON document, or `lines` for a person."""
        if json:
            self.say(as_json(document))
        else:
            self.say(*lines)


def clock_from(environ: Mapping[str, str]) -> Clock:
    """Return the machine's clock, or for a program of a demo one that is shifted to the simulator's time."""
    if not (shift := environ.get(SHIFT)):
        return SystemClock()
    try:
        return ShiftedClock(timedelta(seconds=float(shift)))
    except ValueError:
        from tui.demo.clock import StageClock

        return StageClock(Path(shift))


def supplier_from(environ: Mapping[str, str]) -> Supplier | None:
    """Return who opens links in ParnasSys: nobody, or for a program of a demo the simulator's supplier."""
    if not (url := environ.get(STAGE)):
        return None
    from tui.demo.supplier import SimulatorSupplier

    return SimulatorSupplier(url)


def as_json(document: object) -> str:
    """Return `document` (dataclasses, dates, Decimals, enums) as indented JSON."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(document, enc_hook=str), indent=2).decode()


def school_from(text: str) -> SchoolId:
    """Read a BRIN argument; UnreadableInput when it is not one."""
    try:
        return SchoolId.parse(text)
    except ValueError as error:
        raise UnreadableInput(
            _("“{text}” is geen BRIN-nummer.").format(text=text),
            todo=_("Een BRIN heeft twee cijfers en twee letters, met eventueel de dependancecode: 12AB of 12AB-01."),
        ) from error


def _to_school(_type: Any, tokens: Any) -> SchoolId:
    return school_from(tokens[0].value)


Here = Annotated[Session, Parameter(parse=False)]
"""The session, handed to every command by the frame."""
Brin = Annotated[
    SchoolId,
    Parameter(converter=_to_school, n_tokens=1, accepts_keys=False, help="BRIN-nummer van de school, zoals 12AB."),
]
"""A school on the command line."""
Json = Annotated[bool, Parameter(negative="", help="Geef de uitkomst als één JSON-document.")]
"""`--json` on every command that shows something."""

"""What a guest may ask for: the screens, and a few commands; everything else is answered with one sentence."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass

from core.desk.actor import MAY, Actor
from core.language import _
from core.model import SchoolId

USAGE, REFUSED, LATER = 2, 3, 4
"""Exit codes of interfaces.md."""


@dataclass(frozen=True, slots=True)
class Shell:
    """No command: `ssh desk`."""


@dataclass(frozen=True, slots=True)
class Exec:
    """A command line: `ssh desk status`."""

    line: str


@dataclass(frozen=True, slots=True)
class Subsystem:
    """A named service: what `sftp desk` asks for."""

    name: str


Wish = Shell | Exec | Subsystem


@dataclass(frozen=True, slots=True)
class Screens:
    """Run the app in a PTY, with these arguments."""

    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """Run a command of the program that shows something and ends."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with text alone."""

    text: str
    exit_code: int = 0


Answer = Screens | Command | Say


def answer(wish: Wish, actor: Actor, *, has_screen: bool) -> Answer:
    """Return what happens for this wish of this actor, who has a PTY or not."""
    match wish:
        case Shell() if has_screen:
            return Screens()
        case Shell():
            return _no_screen("ssh -t desk")
        case Subsystem():
            return Say(
                _(
                    "Koppeldesk kent geen bestandsoverdracht (sftp, scp). "
                    "Een import opslaan gaat met: ssh desk export 12AB > import.csv"
                ),
                REFUSED,
            )
        case Exec(line):
            return _command(line, actor, has_screen)


def _command(line: str, actor: Actor, has_screen: bool) -> Answer:
    try:
        words = shlex.split(line)
    except ValueError:
        return _unknown()
    match words:
        case []:
            return answer(Shell(), actor, has_screen=has_screen)
        case ["help" | "--help" | "-h"]:
            return Say(welcome(actor))
        case ["status", *rest] if rest in ([], ["--json"]):
            return Command(("school", "list", *rest))
        case ["status", brin, *rest] if rest in ([], ["--json"]):
            return _for_school(brin, lambda school: Command(("school", "show", school, *rest)))
        case ["export", brin]:
            return _for_school(brin, lambda school: Command(("import", "show", school, "--csv=-")))
        case ["review", brin] if has_screen:
            return _for_school(brin, lambda school: Screens(("review", school)))
        case ["review", brin]:
            return _for_school(brin, lambda school: _no_screen(f"ssh -t desk review {school.removesuffix('-00')}"))
        case ["review" | "export"]:
            return Say(_("Noem de school: {command} 12AB").format(command=words[0]), USAGE)
        case _other:
            return _unknown()


def _for_school(brin: str, then: Callable[[str], Answer]) -> Answer:
    try:
        return then(str(SchoolId.parse(brin)))
    except ValueError:
        return Say(
            _("Dit is geen BRIN-nummer. Een BRIN heeft twee cijfers en twee letters: 12AB, of met dependance 12AB-01."),
            USAGE,
        )


def _no_screen(how: str) -> Say:
    return Say(
        _("Hiervoor is een scherm nodig, en er is er geen aangevraagd. Typ: {how}").format(how=how),
        REFUSED,
    )


def _unknown() -> Say:
    return Say(
        _("Deze opdracht bestaat hier niet. Wat wel kan: status, review 12AB, export 12AB en help."),
        REFUSED,
    )


def welcome(actor: Actor) -> str:
    """Return the text of `help`: who the guest is, what works here, and what this key may do."""
    schools = ", ".join(str(school).removesuffix("-00") for school in sorted(actor.schools)) or _("alle scholen")
    lines = [
        _("U bent {name} · {role} · {schools}").format(name=actor.name, role=_(actor.role.value), schools=schools),
        _("Sleutel: {fingerprint}").format(fingerprint=actor.fingerprint),
        "",
        "  ssh desk                   " + _("de schermen"),
        "  ssh -t desk review 12AB    " + _("open de import van een school"),
        "  ssh desk export 12AB       " + _("de import van een school als CSV"),
        "  ssh desk status [12AB]     " + _("scholen en hun koppeling; --json voor programma's"),
        "  ssh desk help              " + _("deze uitleg"),
        "",
        _("Met deze sleutel mag: {acts}.").format(
            acts=", ".join(sorted(_(act.value) for act in MAY[actor.role] if actor.schools or actor.may(act)))
        ),
        _(
            "Wat hier voor niemand kan: een opdrachtregel van de server, bestandsoverdracht, en het doorsturen van "
            "poorten, van X11 en van de ssh-agent."
        ),
    ]
    return "\n".join(lines)

"""`koppeldesk access`: who may come in over SSH."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.actor import Role
from core.desk.passes import Pass
from core.errors import UnreadableInput
from core.language import _
from tui.commands.asking import Yes, at_a_terminal, meant
from tui.files import KEY, STANDARD_INPUT, text_from
from tui.session import Here, Json, school_from

app = App(name="access", help_format="plaintext")


@app.command
def add(
    name: str,
    /,
    *,
    role: Annotated[str, Parameter(help="Rol: klantenservice, beheerder, lezer of trainer.")],
    school: Annotated[list[str] | None, Parameter(help="BRIN; herhaal de optie voor meer scholen.")] = None,
    key_file: Annotated[Path | None, Parameter(help="Openbare sleutel; anders van de standaardinvoer.")] = None,
    json: Json = False,
    here: Here,
) -> int:
    """Geeft de houder van een openbare SSH-sleutel toegang.

    Voorbeeld: koppeldesk access add "Jan Bos" --role beheerder --school 12AB < jan.pub
    """
    new = here.desk.access.add(
        here.actor,
        name,
        _role(role),
        frozenset(map(school_from, school or ())),
        text_from(key_file or STANDARD_INPUT, KEY),
    )
    here.show(_facts(new), json=json, lines=[_("Toegang gegeven."), *_lines([new])])
    return 0


@app.command(name="list")
def list_(*, json: Json = False, here: Here) -> int:
    """Toont wie er toegang heeft, en wanneer de sleutel voor het laatst gebruikt is.

    Voorbeeld: koppeldesk access list --json
    """
    passes = here.desk.access.show(here.actor).passes
    nobody = [_("Er heeft nog niemand toegang.")]
    here.show([_facts(each) for each in passes], json=json, lines=_lines(passes) if passes else nobody)
    return 0


@app.command
def remove(who: str, /, *, yes: Yes = False, json: Json = False, here: Here) -> int:
    """Neemt de toegang terug: van één sleutel (SHA256:…) of van alle sleutels van een naam.

    Voorbeeld: koppeldesk access remove "Jan Bos"
    """
    # Without a terminal whose access goes is said already, and it must never wait (interfaces.md).
    meant(yes=yes or not at_a_terminal(), what=[who], refused=_("De toegang blijft zoals zij is."))
    gone = here.desk.access.remove(here.actor, who)
    lines = [_("Toegang teruggenomen; lopende sessies eindigen vanzelf."), *_lines(gone)]
    here.show([_facts(each) for each in gone], json=json, lines=lines)
    return 0


@app.command(name="authorized-keys")
def authorized_keys(*, here: Here) -> int:
    """Geeft alle sleutels zoals OpenSSH ze leest, voor AuthorizedKeysCommand (zie docs/ssh.md).

    Voorbeeld: koppeldesk access authorized-keys
    """
    here.say(*(f"restrict,pty {each.key}" for each in here.desk.access.show(here.actor).passes))
    return 0


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError as error:
        raise UnreadableInput(
            _("“{text}” is geen rol.").format(text=text),
            todo=_("Kies klantenservice, beheerder, lezer of trainer."),
        ) from error


def _facts(each: Pass) -> dict[str, object]:
    return {
        "name": each.name,
        "role": each.role.value,
        "schools": [str(school) for school in sorted(each.schools)],
        "fingerprint": each.fingerprint,
        "added": each.added.isoformat(),
        "added_by": each.added_by,
        "last_used": each.last_used.isoformat() if each.last_used else None,
        "last_from": each.last_from,
    }


def _lines(passes: Iterable[Pass]) -> list[str]:
    lines = []
    for each in passes:
        schools = ", ".join(map(str, sorted(each.schools))) or _("alle scholen")
        used = each.last_used.strftime("%d-%m-%Y %H:%M") if each.last_used else _("nog niet")
        lines.append(f"{each.name} · {_(each.role.value)} · {schools}")
        lines.append("  " + _("{fingerprint}  laatst gebruikt: {used}").format(fingerprint=each.fingerprint, used=used))
    return lines

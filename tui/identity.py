"""Who is at the keyboard: told by the SSH front door, or by `--as` outside it."""

from __future__ import annotations

import getpass
from collections.abc import Mapping

import msgspec

from core.desk.actor import Actor, Role
from core.errors import RefusedByRole, UnreadableInput
from core.language import _

VARIABLE = "KOPPELDESK_ACTOR"
"""Set by the front door for the program it starts: the actor as JSON."""


def actor_from(environ: Mapping[str, str], acting: str | None = None) -> Actor:
    """Return the acting person.

    Over SSH that is whoever authenticated; asking to be somebody else raises RefusedByRole. Outside SSH `acting` is
    `NAME:ROLE`, else it is the user of this machine as klantenservice.
    """
    if told := environ.get(VARIABLE):
        if acting:
            raise RefusedByRole(
                _("Over SSH bent u wie bij uw sleutel hoort; --as kan hier niet."),
                todo=_("Laat de optie --as weg."),
            )
        return msgspec.json.decode(told, type=Actor)
    if not acting:
        return Actor(name=getpass.getuser(), role=Role.SERVICE)
    name, colon, role = acting.rpartition(":")
    if not colon or not name or role not in set(Role):
        raise UnreadableInput(
            _("“{text}” is geen NAAM:ROL.").format(text=acting),
            todo=_("Een rol is een van: {roles}.").format(roles=", ".join(role.value for role in Role)),
        )
    return Actor(name=name, role=Role(role))


def told_to_child(actor: Actor) -> str:
    """Return the value of KOPPELDESK_ACTOR that makes `actor_from` give back this actor."""
    return msgspec.json.encode(actor).decode()

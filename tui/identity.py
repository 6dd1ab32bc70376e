"""Who is at the keyboard: over SSH the holder of the key, else who the command line says, else the system's user."""

from __future__ import annotations

import getpass
from collections.abc import Mapping

import msgspec

from core.desk.actor import Actor, Role
from core.errors import RefusedByRole, UnreadableInput
from core.language import _
from core.model import SchoolId

VARIABLE = "KOPPELDESK_ACTOR"
"""The actor as JSON. Set by the front door only, which builds the environment of its sessions from nothing."""


def told_to_child(actor: Actor) -> str:
    """Return the value of KOPPELDESK_ACTOR that makes `actor_from` give back this actor."""
    return msgspec.json.encode(actor).decode()


def actor_from(environ: Mapping[str, str], acting: str | None = None) -> Actor:
    """Return who acts.

    Over SSH that is whoever authenticated: `acting` is refused, whatever it says, and an identity that did not arrive
    whole makes nobody. Outside SSH `acting` is `NAME:ROLE`, for a beheerder or lezer followed by `:BRIN,BRIN`; without
    it it is the user of this machine as klantenservice. Raises RefusedByRole or UnreadableInput.
    """
    if VARIABLE in environ:
        if acting is not None:
            raise RefusedByRole(
                _("Over SSH bent u wie bij uw sleutel hoort; --as kan hier niet."),
                todo=_("Laat de optie --as weg."),
            )
        return _told(environ[VARIABLE])
    if acting is None:
        return Actor(name=getpass.getuser(), role=Role.SERVICE)
    return _as(acting)


def _told(value: str) -> Actor:
    try:
        return msgspec.json.decode(value, type=Actor)
    except msgspec.DecodeError as error:
        raise RefusedByRole(
            _("Wie u bent, is niet goed doorgegeven; iemand anders wordt dan niet verondersteld."),
            todo=_("Log opnieuw in, en vraag anders wie de server beheert."),
        ) from error


def _as(text: str) -> Actor:
    name, _colon, rest = text.partition(":")
    role, _colon, schools = rest.partition(":")
    try:
        actor = Actor(
            name=name.strip(),
            role=Role(role.strip()),
            schools=frozenset(SchoolId.parse(school) for school in schools.split(",") if school.strip()),
        )
    except ValueError as error:
        raise _unclear(text) from error
    if not actor.name or (actor.role is Role.ADMINISTRATOR and not actor.schools):
        raise _unclear(text)
    return actor


def _unclear(text: str) -> UnreadableInput:
    return UnreadableInput(
        _("“{text}” is geen NAAM:ROL, en voor een beheerder geen NAAM:ROL:BRIN.").format(text=text),
        todo=_("Een rol is een van: {roles}. Bijvoorbeeld Anne:klantenservice of Jan:beheerder:12AB,34CD.").format(
            roles=", ".join(role.value for role in Role)
        ),
    )

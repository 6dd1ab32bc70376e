"""What may happen to a school, by name: the events of the control API, and what time draws from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from . import group_events, pupil_events, staff_events
from .draft import Draft


@dataclass(frozen=True, slots=True)
class Event:
    """One kind of event."""

    text: str
    """What it does, for the trainer, in Dutch."""
    act: Callable[[Draft], bool]
    """Lets it happen once; False when there is nobody it can happen to."""


EVENTS: dict[str, Event] = {
    "leerling-nieuw": Event("een gezin komt van een andere school", pupil_events.arrive),
    "leerling-vier": Event("een kind wordt vier en komt in groep 1", pupil_events.turn_four),
    "leerling-weg": Event("een gezin vertrekt naar een andere school", pupil_events.leave),
    "leerling-terug": Event("een vertrokken leerling komt terug", pupil_events.come_back),
    "verhuizing": Event("een gezin krijgt een ander adres", pupil_events.move_house),
    "naamswijziging": Event("een leerling krijgt een andere achternaam", pupil_events.change_name),
    "geboortedatum-verbeterd": Event("ParnasSys verbetert een geboortedatum", pupil_events.mend_birth_date),
    "leerlingnummer-vernieuwd": Event("een leerling krijgt een nieuw nummer in ParnasSys", pupil_events.renew_key),
    "eckid-erbij": Event("een leerling zonder ECK iD krijgt er een", pupil_events.gain_eckid),
    "eckid-weg": Event("een leerling verliest het ECK iD", pupil_events.lose_eckid),
    "tweeling-erbij": Event("een tweeling met sprekend gelijke namen komt erbij", pupil_events.twins_arrive),
    "naamgenoot-erbij": Event("in een groep komt iemand met dezelfde naam", pupil_events.namesake_arrives),
    "groep-wissel": Event("een leerling gaat naar een andere groep van hetzelfde jaar", pupil_events.change_group),
    "school-leeg": Event("alle leerlingen vertrekken", pupil_events.everybody_leaves),
    "leerkracht-nieuw": Event("een leerkracht komt erbij", staff_events.arrive),
    "leerkracht-zonder-email": Event(
        "een leerkracht zonder e-mailadres komt erbij", staff_events.arrive_without_address
    ),
    "leerkracht-weg": Event("een leerkracht vertrekt", staff_events.leave),
    "leerkracht-wisselt": Event("een leerkracht vertrekt en wordt opgevolgd", staff_events.succeed),
    "leerkracht-trouwt": Event("een leerkracht voert voortaan een andere achternaam", staff_events.marry),
    "email-erbij": Event("een leerkracht zonder e-mailadres krijgt er een", staff_events.gain_address),
    "email-weg": Event("het e-mailadres van een leerkracht vervalt", staff_events.lose_address),
    "email-gedeeld": Event("twee leerkrachten delen een e-mailadres", staff_events.share_address),
    "groep-hernoemd": Event("een groep krijgt een andere naam", group_events.rename),
    "groep-gesplitst": Event("een combinatiegroep wordt gesplitst", group_events.split),
    "groepen-samengevoegd": Event("twee groepen worden een combinatiegroep", group_events.merge),
    "groep-vertrekt": Event("een groep verdwijnt met al haar leerlingen", group_events.vanish),
}


def happen(draft: Draft, soort: str, count: int) -> int:
    """Let an event happen up to `count` times; return how often it could. KeyError for an unknown one."""
    act = EVENTS[soort].act
    return sum(1 for _ in range(count) if act(draft))

"""The trainer's switches: time, trouble, events, checkpoints, options, and the journal. No real system has these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from core.wire import names
from core.wire.faults import FaultCode
from simulator.control_stage import named_moment
from simulator.las import Beginning
from simulator.links import Act, MoveRefused
from simulator.pages.kit import Visit, text
from simulator.trouble import TransportTrouble, Trouble, read_kind
from simulator.world.events import EVENTS
from simulator.world.model import SchoolRef, WorldError
from simulator.world.scenario import DEMO, load
from simulator.world.scenario import names as names_of_scenarios

SHOWN = 100
"""Journal entries on one page, the latest first."""


async def stage(request: Request) -> Response:
    """Show all switches."""
    visit = Visit.of(request)
    return visit.show(
        "trainer.html",
        opties=visit.las.options,
        gebeurtenissen={name: event.text for name, event in EVENTS.items()},
        momenten=list(visit.las.checkpoints),
        scenarios=[load(name) for name in names_of_scenarios()],
        scenario=load(visit.las.beginning.scenario or DEMO),
        koppeling=visit.las.link(visit.session.school) if visit.session.school else None,
    )


async def journal(request: Request) -> Response:
    """Show what arrived, the latest first."""
    visit = Visit.of(request)
    entries = list(visit.las.journal.entries)[-SHOWN:][::-1]
    return visit.show(
        "journaal.html", regels=entries, totaal=visit.las.journal.count, berichten=visit.las.journal.messages
    )


async def troubles(request: Request) -> Response:
    """Show the planned mishaps and a form for another."""
    visit = Visit.of(request)
    return visit.show(
        "storingen.html",
        gepland=visit.las.troubles.planned,
        fouten=list(FaultCode),
        transport=list(TransportTrouble),
        operaties=list(names.OPERATIONS),
    )


async def switch(request: Request) -> Response:
    """Turn one switch; a refusal is shown on the page one came from."""
    visit = Visit.of(request)
    form = await visit.form()
    turn = SWITCHES.get(request.path_params["what"])
    if turn is None:
        return visit.go("/trainer")
    page = "/trainer/storingen" if request.path_params["what"].startswith("storing") else "/trainer"
    try:
        return visit.go(page, turn(visit, form))
    except (ValueError, WorldError, MoveRefused) as refusal:
        return visit.go(page, f"Dat kan niet: {refusal}")


def _move_time(visit: Visit, form: FormData) -> str:
    visit.las.move_time(named_moment(visit.las.now, text(form, "naar")))
    return "De klok is verzet."


def _let_happen(visit: Visit, form: FormData) -> str:
    happened = visit.las.happen(visit.school().ref, text(form, "soort"), int(text(form, "aantal") or 1))
    return " ".join(one.text for one in happened) or "Er was niemand bij wie dit kon gebeuren."


def _open_link(visit: Visit, _form: FormData) -> str:
    visit.las.act(visit.school().ref, Act.OPEN)
    return "De koppeling staat open voor deze school."


def _plan(visit: Visit, form: FormData) -> str:
    school = text(form, "school")
    trouble = visit.las.troubles.plan(
        Trouble(
            number=0,
            kind=read_kind(text(form, "soort")),
            operation=text(form, "operatie"),
            school=str(SchoolRef.parse(school)) if school else "",
            nth=max(1, int(text(form, "nde") or 1)),
            times=None if text(form, "keren") == "altijd" else max(1, int(text(form, "keren") or 1)),
        )
    )
    return f"Storing {trouble.number} is gepland."


def _drop(visit: Visit, form: FormData) -> str:
    number = text(form, "nummer")
    visit.las.troubles.drop(int(number) if number else None)
    return "De storing is weg." if number else "Alle storingen zijn weg."


def _begin(visit: Visit, form: FormData) -> str:
    visit.las.begin(Beginning(scenario=text(form, "scenario")))
    visit.session.school = None
    return "De wereld is opnieuw begonnen. Log in voor een school."


def _save(visit: Visit, form: FormData) -> str:
    name = text(form, "naam")[:40]
    if not name:
        raise ValueError("een bewaard moment heeft een naam nodig.")
    visit.las.save(name)
    return f"‘{name}’ is bewaard."


def _restore(visit: Visit, form: FormData) -> str:
    name = text(form, "naam")
    return f"Alles is weer zoals bij ‘{name}’." if visit.las.restore(name) else "Dat bewaarde moment is er niet."


def _set_options(visit: Visit, form: FormData) -> str:
    visit.las.options = replace(
        visit.las.options, lenient="soepel" in form, quirks="eigenaardigheden" in form, leaky="lekkend" in form
    )
    return "De instellingen zijn veranderd."


SWITCHES: Mapping[str, Callable[[Visit, FormData], str]] = {
    "tijd": _move_time,
    "gebeurtenis": _let_happen,
    "openzetten": _open_link,
    "storing-plannen": _plan,
    "storing-weg": _drop,
    "begin": _begin,
    "bewaren": _save,
    "herstellen": _restore,
    "instellingen": _set_options,
}

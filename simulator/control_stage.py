"""Control of the whole stage: time, options, beginnings, checkpoints, worlds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

from fastapi import APIRouter, HTTPException, Path, Request

from simulator.control_common import REFUSED, UNKNOWN, TheLas
from simulator.control_model import (
    MAX_INT,
    Done,
    Health,
    Names,
    OptionsView,
    OptionsWish,
    ResetWish,
    ScenarioLine,
    Time,
    TimeWish,
)
from simulator.las import Beginning, Las
from simulator.world.events import EVENTS
from simulator.world.scenario import DEMO, load, names
from simulator.worlds import Worlds

router = APIRouter()

CheckpointName = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Number = Annotated[int, Path(ge=1, le=MAX_INT)]


@router.get("/health")
async def health(las: TheLas) -> Health:
    """Zegt dat de simulator draait, en hoe laat het er is."""
    return Health(
        status="ok",
        nu=las.now.isoformat(),
        seed=las.world.plan.seed,
        scenario=las.beginning.scenario or DEMO,
        scholen=len(las.world.ids()),
    )


@router.get("/tijd")
async def tell_time(las: TheLas) -> Time:
    """Geeft de klok van de simulator; die loopt alleen als u haar verzet."""
    return Time(nu=las.now.isoformat())


@router.post("/tijd", responses=REFUSED)
async def move_time(las: TheLas, wens: TimeWish) -> Time:
    """Verzet de klok vooruit, met alles wat de tijd met scholen doet."""
    if (wens.naar is None) == (wens.dagen is None):
        raise HTTPException(409, "Geef óf `naar` óf `dagen`.")
    las.move_time(_moment(las, wens))
    return Time(nu=las.now.isoformat())


def _moment(las: Las, wish: TimeWish) -> datetime:
    now = las.now
    try:
        if wish.dagen is not None:
            return now + timedelta(days=wish.dagen)
        return named_moment(now, wish.naar or "")
    except (ValueError, OverflowError):
        raise HTTPException(409, "Geen moment: verwacht `volgende-nacht`, `1-augustus` of ISO 8601.") from None


def named_moment(now: datetime, name: str) -> datetime:
    """Read `volgende-nacht` (the next 02:00), `1-augustus` (the next one) or an ISO moment; raises ValueError."""
    if name == "volgende-nacht":
        night = now.replace(hour=2, minute=0, second=0, microsecond=0)
        return night if night > now else night + timedelta(days=1)
    if name == "1-augustus":
        august = now.replace(month=8, day=1, hour=0, minute=0, second=0, microsecond=0)
        return august if august > now else august.replace(year=now.year + 1)
    moment = datetime.fromisoformat(name)
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


@router.get("/instellingen")
async def show_options(las: TheLas) -> OptionsView:
    """Geeft hoe deze ParnasSys is ingesteld."""
    options = las.options
    return OptionsView(
        klantnaam=options.client,
        klantcode=options.client_code,
        soepel=options.lenient,
        eigenaardigheden=options.quirks,
        lekkend=options.leaky,
        alleen_eckid=options.eckid_only,
        profiel=options.profile,
        versies=list(options.versions),
    )


@router.patch("/instellingen")
async def set_options(las: TheLas, wens: OptionsWish) -> OptionsView:
    """Verandert hoe deze ParnasSys luistert en schrijft."""
    old = las.options
    las.options = replace(
        old,
        client=_or(wens.klantnaam, old.client),
        client_code=_or(wens.klantcode, old.client_code),
        lenient=_or(wens.soepel, old.lenient),
        quirks=_or(wens.eigenaardigheden, old.quirks),
        leaky=_or(wens.lekkend, old.leaky),
        eckid_only=_or(wens.alleen_eckid, old.eckid_only),
        profile=_or(wens.profiel, old.profile),
        versions=tuple(_or(wens.versies, list(old.versions))),
    )
    return await show_options(las)


@router.post("/reset", responses=REFUSED)
async def reset(las: TheLas, wens: ResetWish | None = None) -> Health:
    """Begint deze wereld opnieuw; alles van daarvoor is weg. Een ander scenario brengt zijn eigen seed en scholen mee."""
    wish = wens or ResetWish()
    old = las.beginning if wish.scenario is None else Beginning(scenario=wish.scenario)
    las.begin(replace(old, seed=_or(wish.seed, old.seed), schools=_or(wish.schools, old.schools)))
    return await health(las)


@router.get("/scenarios")
async def list_scenarios() -> list[ScenarioLine]:
    """Geeft de scenario's waarmee een wereld kan beginnen."""
    return [ScenarioLine(naam=one.naam, titel=one.titel, verhaal=one.verhaal.strip()) for one in map(load, names())]


@router.get("/gebeurtenissen")
async def list_events() -> dict[str, str]:
    """Geeft wat er op een school kan gebeuren: naam en betekenis."""
    return {name: event.text for name, event in EVENTS.items()}


@router.get("/checkpoint")
async def list_checkpoints(las: TheLas) -> Names:
    """Geeft de namen van de bewaarde momenten."""
    return Names(namen=list(las.checkpoints))


@router.post("/checkpoint/{name}")
async def save_checkpoint(las: TheLas, name: CheckpointName) -> Time:
    """Bewaart alles zoals het nu is onder een naam."""
    las.save(name)
    return Time(nu=las.now.isoformat())


@router.post("/checkpoint/{name}/herstel", responses=UNKNOWN)
async def restore_checkpoint(las: TheLas, name: CheckpointName) -> Time:
    """Zet alles terug zoals het was onder die naam."""
    if not las.restore(name):
        raise HTTPException(404, "Er is geen bewaard moment met deze naam.")
    return Time(nu=las.now.isoformat())


@router.get("/werelden")
async def list_worlds(request: Request) -> Names:
    """Geeft de werelden met een naam op deze server."""
    worlds: Worlds = request.state.worlds
    return Names(namen=[name for name in worlds.by_name if name])


@router.delete("/werelden/{name}", responses=UNKNOWN)
async def drop_world(request: Request, name: CheckpointName) -> Done:
    """Gooit een wereld met een naam weg."""
    worlds: Worlds = request.state.worlds
    if not worlds.drop(name):
        raise HTTPException(404, "Deze wereld is er niet.")
    return Done(aantal=1)


T = TypeVar("T")


def _or(wish: T | None, old: T) -> T:
    return old if wish is None else wish

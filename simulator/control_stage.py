"""Control of the whole stage: time, trouble, journal, options, checkpoints, worlds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, TypeVar

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import Response

from simulator.control_common import REFUSED, UNKNOWN, TheLas, find_school
from simulator.control_model import (
    MAX_INT,
    Done,
    Health,
    JournalLine,
    Names,
    OptionsView,
    OptionsWish,
    ResetWish,
    ScenarioLine,
    Time,
    TimeWish,
    TroubleLine,
    TroubleWish,
)
from simulator.journal import Entry
from simulator.las import Las
from simulator.trouble import Trouble, read_kind
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


@router.get("/storingen")
async def list_troubles(las: TheLas) -> list[TroubleLine]:
    """Geeft de geplande storingen."""
    return [_trouble_line(trouble) for trouble in las.troubles.planned]


@router.post("/storingen", responses=REFUSED | UNKNOWN)
async def plan_trouble(las: TheLas, wens: TroubleWish) -> TroubleLine:
    """Plant een storing: elke UWLR-fout en een gesloten rij transportstoringen."""
    try:
        kind = read_kind(wens.soort)
    except ValueError:
        raise HTTPException(409, "Deze soort storing bestaat niet.") from None
    trouble = Trouble(
        number=0,
        kind=kind,
        operation=wens.operatie,
        school=str(find_school(las, wens.school)) if wens.school else "",
        record=wens.record,
        nth=wens.nde,
        times=wens.keren,
        seconds=wens.seconden,
    )
    return _trouble_line(las.troubles.plan(trouble))


@router.delete("/storingen")
async def drop_troubles(las: TheLas) -> Done:
    """Vergeet alle geplande storingen."""
    return Done(aantal=las.troubles.drop())


@router.delete("/storingen/{nummer}", responses=UNKNOWN)
async def drop_trouble(las: TheLas, nummer: Number) -> Done:
    """Vergeet één geplande storing."""
    if not las.troubles.drop(nummer):
        raise HTTPException(404, "Deze storing is er niet.")
    return Done(aantal=1)


def _trouble_line(trouble: Trouble) -> TroubleLine:
    return TroubleLine(
        nummer=trouble.number,
        soort=trouble.kind,
        operatie=trouble.operation,
        school=trouble.school,
        record=trouble.record,
        nde=trouble.nth,
        keren=trouble.times,
        seconden=trouble.seconds,
        gezien=trouble.seen,
    )


@router.get("/journaal")
async def read_journal(
    las: TheLas,
    vanaf: Annotated[int, Query(ge=0, le=MAX_INT, description="Alleen na dit nummer")] = 0,
    operatie: Annotated[str, Query(max_length=40)] = "",
    school: Annotated[str, Query(max_length=20)] = "",
) -> list[JournalLine]:
    """Geeft wat er aankwam en hoe het beantwoord werd, oudste eerst."""
    return [_journal_line(entry) for entry in las.journal.select(since=vanaf, operation=operatie, school=school)]


def _journal_line(entry: Entry) -> JournalLine:
    return JournalLine(
        nummer=entry.number,
        moment=entry.at.isoformat(),
        operatie=entry.operation,
        school=entry.school,
        klantnaam=entry.client,
        xsdversie=entry.version,
        uitkomst=entry.outcome,
        reden=entry.reason,
        storing=entry.trouble,
        aantal=entry.records,
        bytes_in=entry.bytes_in,
        bytes_uit=entry.bytes_out,
    )


@router.get("/journaal/{nummer}/bericht", responses=UNKNOWN | {200: {"content": {"application/octet-stream": {}}}})
async def read_message(las: TheLas, nummer: Number) -> Response:
    """Geeft een binnengekomen bericht zoals het kwam, de sleutel afgedekt; alleen de laatste blijven bewaard."""
    message = las.journal.messages.get(nummer)
    if message is None:
        raise HTTPException(404, "Dit bericht is er niet (meer).")
    return Response(message, media_type="application/octet-stream")


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
    """Begint deze wereld opnieuw, met dezelfde of een andere seed; alles van daarvoor is weg."""
    wish = wens or ResetWish()
    old = las.beginning
    las.begin(
        replace(
            old,
            seed=_or(wish.seed, old.seed),
            schools=_or(wish.schools, old.schools),
            scenario=_or(wish.scenario, old.scenario),
        )
    )
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

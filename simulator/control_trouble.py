"""Control of what goes wrong and a look at what arrived: planned trouble and the journal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from fastapi.responses import Response

from simulator.control_common import REFUSED, UNKNOWN, TheLas, find_school
from simulator.control_model import MAX_INT, Done, JournalLine, TroubleLine, TroubleWish
from simulator.journal import Entry
from simulator.trouble import Trouble, read_kind

router = APIRouter()

Number = Annotated[int, Path(ge=1, le=MAX_INT)]


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


@router.get("/journaal/{nummer}/bericht", responses=UNKNOWN | {200: {"content": {"text/plain": {}}}})
async def read_message(las: TheLas, nummer: Number) -> Response:
    """Geeft een binnengekomen bericht zoals het kwam, de sleutel afgedekt; alleen de laatste blijven bewaard."""
    message = las.journal.messages.get(nummer)
    if message is None:
        raise HTTPException(404, "Dit bericht is er niet (meer).")
    # As plain text a browser shows it and never runs it, whatever somebody sent.
    return Response(message, media_type="text/plain; charset=utf-8", headers={"x-content-type-options": "nosniff"})

"""Control of one school: its link, its results, the truth about it, and what happens to it."""

from __future__ import annotations

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import JSONResponse, Response

from simulator.control_common import REFUSED, UNKNOWN, TheLas, TheSchool, find_school
from simulator.control_model import Event, KeyWish, LinkAnswer, Results, SchoolDetail, SchoolLine
from simulator.las import Las
from simulator.links import Act, Link
from simulator.results_book import as_json
from simulator.world.model import SchoolRef
from simulator.world.truth import as_json as truth_as_json

router = APIRouter()


@router.get("/schools")
async def list_schools(
    las: TheLas,
    zoek: Annotated[str, Query(max_length=100, description="In BRIN, naam of plaats")] = "",
    limiet: Annotated[int, Query(ge=1, le=20_000)] = 20_000,
) -> list[SchoolLine]:
    """Geeft alle scholen, zonder er een te hoeven maken."""
    wanted = zoek.casefold()
    found = (
        card
        for card in map(las.world.card, las.world.ids())
        if wanted in f"{card.ref} {card.name} {card.place}".casefold()
    )
    return [_line(las, card.ref) for card in islice(found, limiet)]


def _line(las: Las, ref: SchoolRef) -> SchoolLine:
    card = las.world.card(ref)
    return SchoolLine(
        brin=ref.brin,
        dependancecode=ref.dependance,
        naam=card.name,
        plaats=card.place,
        schooljaar=las.school_year,
        koppeling=las.link(ref).state,
    )


@router.get("/schools/{brin}", responses=UNKNOWN)
async def show_school(las: TheLas, school: TheSchool) -> SchoolDetail:
    """Geeft een school van binnen: aantallen, koppeling, overtredingen."""
    inside, link, book = las.world.school(school), las.link(school), las.book.of(school)
    return SchoolDetail(
        **_line(las, school).model_dump(),
        beheerder=inside.card.administrator,
        email=inside.card.email,
        schoolkey=las.school_key(school),
        peildatum=inside.as_of.isoformat(),
        gewijzigd=inside.changed.isoformat(),
        groepen=len(inside.groups),
        leerkrachten=len(inside.teachers),
        leerlingen=len(inside.pupils),
        vertrokken=len(inside.left),
        sleutel_ingesteld=link.key is not None,
        sleutels_gemaakt=link.keys_made,
        resultaten=len(book.results),
        overtredingen=dict(book.violations),
    )


def _link_answer(school: SchoolRef, link: Link, key: str | None = None) -> LinkAnswer:
    return LinkAnswer(brin=school.brin, dependancecode=school.dependance, koppeling=link.state, autorisatiesleutel=key)


@router.post("/schools/{brin}/koppeling/open", responses=UNKNOWN | REFUSED)
async def open_link(las: TheLas, school: TheSchool) -> LinkAnswer:
    """De leverancier zet de koppeling open voor deze school."""
    return _link_answer(school, las.act(school, Act.OPEN))


@router.post("/schools/{brin}/koppeling/afnemen", responses=UNKNOWN | REFUSED)
async def subscribe(las: TheLas, school: TheSchool) -> LinkAnswer:
    """De school neemt de koppeling af."""
    return _link_answer(school, las.act(school, Act.SUBSCRIBE))


@router.post("/schools/{brin}/koppeling/sleutel", responses=UNKNOWN | REFUSED)
async def set_key(las: TheLas, school: TheSchool, wens: KeyWish | None = None) -> LinkAnswer:
    """Stelt een nieuwe autorisatiesleutel in; een vorige vervalt meteen."""
    others = [find_school(las, other) for other in (wens.ook if wens else [])]
    link = las.act(school, Act.SET_KEY)
    for other in others:
        las.share_key(school, other)
    return _link_answer(school, link, link.key)


@router.post("/schools/{brin}/koppeling/intrekken", responses=UNKNOWN | REFUSED)
async def withdraw(las: TheLas, school: TheSchool) -> LinkAnswer:
    """De school trekt de koppeling in; de sleutel vervalt."""
    return _link_answer(school, las.act(school, Act.WITHDRAW))


@router.get("/schools/{brin}/resultaten", responses=UNKNOWN)
async def list_results(las: TheLas, school: TheSchool) -> Results:
    """Geeft wat ParnasSys aan resultaten heeft: elke sleutel één keer, met de laatste waarde."""
    book = las.book.of(school)
    return Results(
        aantal=len(book.results),
        berichten=book.messages,
        laatste_aanmaakdatum=book.last_created.isoformat() if book.last_created else None,
        overtredingen=dict(book.violations),
        toetsen=list(book.definitions),
        resultaten=[as_json(stored) for stored in book.results.values()],
    )


@router.delete("/schools/{brin}/resultaten/{sleutel}", responses=UNKNOWN)
async def remove_result(las: TheLas, school: TheSchool, sleutel: str) -> Response:
    """Verwijdert één resultaat, zoals iemand van de school dat in ParnasSys met de hand doet."""
    if not las.book.remove(school, sleutel):
        raise HTTPException(404, "Dit resultaat staat niet bij deze school.")
    return Response(status_code=204)


@router.get("/schools/{brin}/waarheid", responses=UNKNOWN)
async def tell_truth(las: TheLas, school: TheSchool) -> JSONResponse:
    """Geeft wie wie is: ParnasSys-sleutel en testcentrum-id van dezelfde persoon of groep."""
    return JSONResponse(truth_as_json(las.world.truth(school)))


@router.get("/schools/{brin}/testcentrum", responses=UNKNOWN | {200: {"content": {"text/csv": {}}}})
async def show_test_centre(las: TheLas, school: TheSchool) -> Response:
    """Geeft het beeld dat het testcentrum van deze school heeft, als CSV voor `koppeldesk roster import`."""
    return Response(las.world.test_centre(school), media_type="text/csv; charset=utf-8")


@router.post("/schools/{brin}/gebeurtenis", responses=UNKNOWN | REFUSED)
async def let_happen(las: TheLas, school: TheSchool, wens: Event) -> JSONResponse:
    """Laat iets gebeuren op een school, een aantal keren."""
    other = find_school(las, wens.met) if wens.met else None
    happened = las.happen(school, wens.soort, wens.aantal, other=other)
    return JSONResponse([{"soort": one.soort, "over": one.kind, "key": one.key, "tekst": one.text} for one in happened])

"""The school's pupils, and what the test centre sent about each."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from simulator.pages.dutch import by_name
from simulator.pages.kit import Visit


async def pupil_list(request: Request) -> Response:
    """List the pupils by group, with how many results each has."""
    visit = Visit.of(request)
    inside = visit.school()
    counts: dict[str, int] = {}
    for stored in visit.las.book.of(inside.ref).results.values():
        counts[stored.pupil] = counts.get(stored.pupil, 0) + 1
    by_group = [
        (group, sorted((pupil for pupil in inside.pupils if pupil.group == group.key), key=by_name))
        for group in sorted(inside.groups, key=lambda one: (one.years, one.name))
        if not group.composite
    ]
    return visit.show("leerlingen.html", groepen=by_group, aantallen=counts, totaal=len(inside.pupils))


async def pupil_page(request: Request) -> Response:
    """Show one pupil with the results that were received."""
    visit = Visit.of(request)
    inside = visit.school()
    key = request.path_params["key"]
    pupil = next((one for one in (*inside.pupils, *inside.left) if one.key == key), None)
    if pupil is None:
        return visit.go("/leerlingen", "Deze leerling staat niet (meer) op deze school.")
    book = visit.las.book.of(inside.ref)
    groups = {group.key: group.name for group in inside.groups}
    return visit.show(
        "leerling.html",
        leerling=pupil,
        groep=groups.get(pupil.group, ""),
        resultaten=[stored for stored in book.results.values() if stored.pupil == pupil.thread],
        toetsen=book.definitions,
    )


async def remove_result(request: Request) -> Response:
    """Take a result away by hand: the only way, as UWLR has none (uwlr.md §6.1)."""
    visit = Visit.of(request)
    key = request.path_params["key"]
    form = await visit.form()
    gone = visit.las.book.remove(visit.school().ref, str(form.get("sleutel", "")))
    return visit.go(
        f"/leerlingen/{key}", "Het resultaat is verwijderd." if gone else "Dit resultaat stond hier niet meer."
    )

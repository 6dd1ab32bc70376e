"""What both halves of the control API share: the world on the request, and the school in the path."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Path, Request

from simulator.control_model import Refusal
from simulator.las import Las
from simulator.world.model import SchoolRef, WorldError

REFUSED: dict[int | str, dict[str, Any]] = {409: {"model": Refusal, "description": "Kan nu niet; `detail` zegt waarom"}}
UNKNOWN: dict[int | str, dict[str, Any]] = {404: {"model": Refusal, "description": "Bestaat niet"}}


async def _las(request: Request) -> Las:
    las: Las = request.state.las
    return las


TheLas = Annotated[Las, Depends(_las)]


async def _school(
    las: TheLas, brin: Annotated[str, Path(description="`12AB` of `12AB-01`", max_length=20)]
) -> SchoolRef:
    return find_school(las, brin)


TheSchool = Annotated[SchoolRef, Depends(_school)]


def find_school(las: Las, text: str) -> SchoolRef:
    """Return the school that `text` names; raises HTTPException 404."""
    try:
        ref = SchoolRef.parse(text)
    except ValueError:
        raise HTTPException(404, "Dit is geen BRIN; verwacht iets als 12AB of 12AB-01.") from None
    try:
        las.world.card(ref)
    except WorldError:
        raise HTTPException(404, f"School {ref} bestaat niet in deze wereld.") from None
    return ref

"""What an OSO result may hold: lists 11 and 22 and the shape of the values that are known (uwlr.md §6.5, §6.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from simulator.results_message import OsoResult, Reference

SCALES = frozenset(
    [
        *("AE", "CAE", "IV", "CIV", "FN", "ON", "DLE", "Percentiel", "Percentage", "T-score", "Stanine", "DQ", "IQ"),
        *("ERK", "C-score", "Norm", "RNTRM", "ZML", "LGH", "AVI", "NAZ", "LM", "Standaardscore", "LA"),
    ]
)
"""List 11, codereferentiescore."""

COMPARED_WITH = frozenset(["Landelijk", "BB+", "BB", "KB", "GT", "HAVO", "VWO"])
"""List 22, codevergelijkingsgroep."""

_SHAPES = {
    "AE": re.compile(r"[A-E]"),
    "IV": re.compile(r"I|II|III|IV|V"),
    "Percentiel": re.compile(r"100|[0-9]{1,2}([.,][0-9]+)?"),
    "Stanine": re.compile(r"[1-9]"),
}
"""Only scales whose meaning is beyond doubt are checked."""


def objections(oso: OsoResult) -> Iterator[str]:
    """Yield what is wrong with an OSO result; nothing when it is right."""
    if not oso.marks and not oso.references:
        yield "een osoresultaat zonder toetsscore en zonder referentiescore"
    marks = dict(oso.marks)
    yield from _in_order(marks, "bivlaag", "bivhoog")
    yield from _in_order(marks, "aantalgoed", "aantalopgaven")
    for reference in oso.references:
        yield from _reference(reference)


def _in_order(marks: dict[str, str], low: str, high: str) -> Iterator[str]:
    if low in marks and high in marks:
        try:
            wrong = Decimal(marks[low]) > Decimal(marks[high])
        except InvalidOperation:
            wrong = True
        if wrong:
            yield f"{low} {marks[low][:12]} tegenover {high} {marks[high][:12]}"


def _reference(reference: Reference) -> Iterator[str]:
    if reference.code not in SCALES:
        yield f"codereferentiescore ‘{reference.code[:20]}’ staat niet in lijst 11"
    if reference.compared_with not in COMPARED_WITH:
        yield f"codevergelijkingsgroep ‘{reference.compared_with[:20]}’ staat niet in lijst 22"
    shape = _SHAPES.get(reference.code)
    if not reference.value or (shape and not shape.fullmatch(reference.value)):
        yield f"waarde ‘{reference.value[:20]}’ past niet bij {reference.code[:20]}"

"""Names of people: pupils and teachers go through the same levels; only how often each occurs is their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from core.importing.matching import names, tables
from core.importing.matching.comparisons import UNKNOWN, Comparison, Echo, Level, Standing
from core.importing.matching.crosswise import Names
from core.importing.matching.engine import Values
from core.importing.matching.outcome import Field
from core.model import PersonName

if TYPE_CHECKING:
    from core.importing.matching.comparisons import Table

Shares = tuple[float, float]
"""Of a level: how often true pairs stand there to start with, and the least chance (`Level.m` and `Level.u`)."""
Row = tuple[str, Standing, Shares, Shares]
"""A level, what it means, its shares among pupils and those among teachers."""

SAME, CLOSE, OTHER = Standing.SAME, Standing.CLOSE, Standing.OTHER

# Starting shares and least chances of pupils: rounded from what registers of names show in general (most fields equal,
# a few per cent slips); EM moves the shares to those of the school at hand. A team is small, so the chance of teachers
# is that of the Dutch population (the commonest surname: 1 in 200 people) and not counted.
_SURNAME: tuple[Row, ...] = (
    ("gelijk", SAME, (0.90, 2e-4), (0.87, 1e-3)),
    ("ander tussenvoegsel", SAME, (0.03, 2e-4), (0.03, 1e-3)),
    ("spelling", SAME, (0.015, 2e-4), (0.01, 1e-3)),
    ("deel gelijk", CLOSE, (0.015, 3e-4), (0.03, 1e-3)),
    ("een letter", CLOSE, (0.015, 5e-4), (0.015, 1e-3)),
    ("lijkt", CLOSE, (0.01, 1e-3), (0.01, 2e-3)),
    ("anders", OTHER, (0.015, 0.5), (0.035, 0.5)),
)
_FIRST_NAME: tuple[Row, ...] = (
    ("gelijk", SAME, (0.856, 2e-4), (0.821, 3e-3)),
    ("spelling", SAME, (0.02, 2e-4), (0.02, 3e-3)),
    ("afkorting", SAME, (0.005, 2e-4), (0.005, 3e-3)),
    ("roepvorm", SAME, (0.015, 2e-4), (0.04, 3e-3)),
    ("letters verwisseld", SAME, (0.005, 2e-4), (0.005, 3e-3)),
    ("officiële naam", CLOSE, (0.01, 2e-4), (0.015, 3e-3)),
    ("verwante vorm", CLOSE, (0.005, 3e-4), (0.01, 5e-3)),
    ("begin gelijk", CLOSE, (0.015, 5e-4), (0.02, 5e-3)),
    ("een letter", CLOSE, (0.02, 5e-4), (0.02, 5e-3)),
    ("lijkt", CLOSE, (0.015, 1e-3), (0.01, 1e-2)),
    ("andere naam", CLOSE, (0.004, 1e-3), (0.004, 1e-2)),
    ("anders", OTHER, (0.03, 0.5), (0.03, 0.5)),
)
_INITIALS: tuple[Row, ...] = (
    ("drie of meer gelijk", SAME, (0.2, 2e-3), (0.1, 4e-3)),
    ("alle gelijk", SAME, (0.35, 5e-3), (0.3, 1e-2)),
    ("begin gelijk", CLOSE, (0.35, 2e-2), (0.52, 5e-2)),
    ("eerste gelijk", CLOSE, (0.03, 2e-2), (0.03, 4e-2)),
    ("anders", OTHER, (0.07, 0.5), (0.05, 0.5)),
)


def _compared(
    field: Field,
    table: Callable[[Sequence[Any], Sequence[Any]], Table],
    rows: Sequence[Row],
    echo: Echo | None = None,
) -> tuple[Comparison, Comparison]:
    """Return the comparison for pupils and the one for teachers."""

    def with_shares(shares: Sequence[Shares]) -> Comparison:
        levels = [
            Level(name=row[0], standing=row[1], m=m, u=u, by_value=row[1] is not OTHER)
            for row, (m, u) in zip(rows, shares, strict=True)
        ]
        return Comparison(field=field, table=table, levels=(*levels, UNKNOWN), echo=echo)

    return with_shares([row[2] for row in rows]), with_shares([row[3] for row in rows])


PUPIL_NAMES, TEACHER_NAMES = zip(
    _compared(Field.SURNAME, tables.surname_table, _SURNAME),
    _compared(Field.FIRST_NAME, tables.first_name_table, _FIRST_NAME),
    _compared(Field.INITIALS, tables.initials_table, _INITIALS, Echo(of=Field.FIRST_NAME, keep=0.3)),
    strict=True,
)
"""Of each kind: surname, first name, initials."""


def name_values(people: Sequence[PersonName]) -> Values:
    """Return what is compared of each name."""
    firsts = [names.first_name(name) for name in people]
    return {
        Field.SURNAME: [names.surname(name) for name in people],
        Field.FIRST_NAME: firsts,
        Field.INITIALS: [names.initials(name, first) for name, first in zip(people, firsts, strict=True)],
    }


def written(people: Sequence[PersonName], compared: Values) -> Names:
    """Return what may stand crosswise: call names as written, and surnames."""
    return [name.call_name for name in people], compared[Field.SURNAME]

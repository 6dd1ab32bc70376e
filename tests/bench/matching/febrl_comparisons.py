"""What is compared in FEBRL: the same tables and levels as in a school, with a postcode and a state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from core.importing.matching import tables
from core.importing.matching.comparisons import UNKNOWN, Comparison, Level, Standing
from core.importing.matching.names import fold
from core.importing.matching.outcome import Field
from core.importing.matching.spelling import sound

if TYPE_CHECKING:
    from core.importing.matching.comparisons import Table

# The engine knows no fields: two that FEBRL lacks stand for the ones that a school lacks.
POSTCODE, STATE = Field.EMAIL, Field.GROUP
SAME, CLOSE, OTHER = Standing.SAME, Standing.CLOSE, Standing.OTHER


def name_table(here: Sequence[str], there: Sequence[str]) -> Table:
    """Levels gelijk, spelling, een letter, lijkt, anders, onbekend."""
    table = tables.filled(here, there, 4)
    tables.alike(table, here, there, typo=2, similar=3)
    tables.put(table, here, there, lambda name: (sound(name),), 1)
    tables.put(table, here, there, lambda name: (name,), 0)
    tables.put_unknown(table, [not name for name in here], [not name for name in there], 5)
    return table


def digits_table(here: Sequence[str], there: Sequence[str]) -> Table:
    """Levels of a code of digits or letters: gelijk, een teken anders (or two swapped), anders, onbekend."""
    table = tables.filled(here, there, 2)
    tables.put(table, here, there, tables.one_off, 1)
    tables.put(table, here, there, lambda code: (code,), 0)
    tables.put_unknown(table, [not code for code in here], [not code for code in there], 3)
    return table


NAME = (
    Level(name="gelijk", standing=SAME, m=0.8, u=1e-4, by_value=True),
    Level(name="spelling", standing=SAME, m=0.03, u=1e-4, by_value=True),
    Level(name="een letter", standing=CLOSE, m=0.08, u=2e-4, by_value=True),
    Level(name="lijkt", standing=CLOSE, m=0.04, u=5e-4, by_value=True),
    Level(name="anders", standing=OTHER, m=0.05, u=0.5),
    UNKNOWN,
)
BORN = (
    Level(name="gelijk", standing=SAME, m=0.9, u=3e-5, by_value=True),
    Level(name="dag en maand omgedraaid", standing=CLOSE, m=0.01, u=1e-5),
    Level(name="ander jaar", standing=CLOSE, m=0.01, u=3e-5),
    Level(name="een cijfer", standing=CLOSE, m=0.03, u=1e-4),
    Level(name="enkele dagen", standing=CLOSE, m=0.005, u=5e-4),
    Level(name="deels gelijk", standing=CLOSE, m=0.015, u=1e-3),
    Level(name="anders", standing=OTHER, m=0.03, u=0.5),
    UNKNOWN,
)
POSTCODES = (
    Level(name="gelijk", standing=SAME, m=0.85, u=1e-4, by_value=True),
    Level(name="een teken", standing=CLOSE, m=0.08, u=1e-3),
    Level(name="anders", standing=OTHER, m=0.07, u=0.5),
    UNKNOWN,
)
STATES = (
    Level(name="gelijk", standing=SAME, m=0.9, u=1e-2, by_value=True),
    Level(name="anders", standing=OTHER, m=0.1, u=0.1),
    UNKNOWN,
)
COMPARISONS = (
    Comparison(field=Field.FIRST_NAME, levels=NAME, table=name_table),
    Comparison(field=Field.SURNAME, levels=NAME, table=name_table),
    Comparison(field=Field.BORN, levels=BORN, table=tables.date_table),
    Comparison(field=POSTCODE, levels=POSTCODES, table=digits_table),
    Comparison(field=STATE, levels=STATES, table=tables.equal_table),
)


def values(side: Any) -> dict[Field, list[str]]:
    """Return what is compared of one side, a data frame."""
    texts = side.fillna("").astype(str)
    return {
        Field.FIRST_NAME: [fold(text).replace(" ", "") for text in texts["given_name"]],
        Field.SURNAME: [fold(text).replace(" ", "") for text in texts["surname"]],
        Field.BORN: [text if len(text) == 8 and text.isdigit() else "" for text in texts["date_of_birth"]],
        POSTCODE: list(texts["postcode"]),
        STATE: [text.strip().lower() for text in texts["state"]],
    }

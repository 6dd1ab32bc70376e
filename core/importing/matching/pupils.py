"""Pupils: which fields are compared and how, and the rules that no weight may overrule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching import tables
from core.importing.matching.comparisons import UNKNOWN, Comparison, Echo, Level, Standing
from core.importing.matching.crosswise import Crosswise
from core.importing.matching.decide import Ruling, conclude
from core.importing.matching.engine import Extra, Pairs, Task, Values, compare
from core.importing.matching.facts import Evidence, PersonFacts
from core.importing.matching.known import claims
from core.importing.matching.outcome import Field, Flag, Match
from core.importing.matching.person import PUPIL_NAMES, name_values, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

SAME, CLOSE, OTHER = Standing.SAME, Standing.CLOSE, Standing.OTHER

SURNAME, FIRST_NAME, INITIALS = PUPIL_NAMES
BORN = Comparison(
    field=Field.BORN,
    table=tables.date_table,
    levels=(
        Level(name="gelijk", standing=SAME, m=0.95, u=2e-4, by_value=True),
        Level(name="dag en maand omgedraaid", standing=CLOSE, m=0.008, u=3e-4),
        Level(name="ander jaar", standing=CLOSE, m=0.006, u=1e-3),
        Level(name="een cijfer", standing=CLOSE, m=0.014, u=3e-3),
        Level(name="enkele dagen", standing=CLOSE, m=0.004, u=3e-3),
        Level(name="deels gelijk", standing=CLOSE, m=0.008, u=1e-2),
        Level(name="anders", standing=OTHER, m=0.012, u=0.5),
        UNKNOWN,
    ),
)
SEX = Comparison(
    field=Field.SEX,
    table=tables.equal_table,
    levels=(
        Level(name="gelijk", standing=SAME, m=0.99, u=0.4),
        Level(name="anders", standing=OTHER, m=0.01, u=0.3),
        UNKNOWN,
    ),
    echo=Echo(of=Field.FIRST_NAME, keep=0.25),
)
YEAR = Comparison(
    field=Field.YEAR,
    table=tables.year_table,
    levels=(
        Level(name="gelijk", standing=CLOSE, m=0.47, u=0.05),
        Level(name="een jaar verder", standing=CLOSE, m=0.47, u=0.05),
        Level(name="een jaar terug", standing=CLOSE, m=0.015, u=0.05),
        Level(name="twee jaar verder", standing=CLOSE, m=0.015, u=0.05),
        Level(name="anders", standing=OTHER, m=0.03, u=0.2),
        UNKNOWN,
    ),
    echo=Echo(of=Field.BORN, keep=0.25),
)
PUPIL = (SURNAME, FIRST_NAME, BORN, INITIALS, SEX, YEAR)

_TWIN_BITS = 3.3
"""Another first name with the same surname and birth date is ten times likelier in twins than the fields suggest."""


def match(incoming: Sequence[PersonFacts], existing: Sequence[PersonFacts], evidence: Evidence) -> tuple[Match, ...]:
    """Match pupils; see `matching.match_pupils`."""
    here = sorted(incoming, key=lambda pupil: pupil.id)
    there = sorted(existing, key=lambda pupil: pupil.id)
    known = claims(here, there, evidence)
    ruling = Ruling(here=here, there=there, known=known, evidence=evidence)
    ours, theirs = values(here), values(there)
    swapped = Crosswise(written([p.name for p in here], ours), written([p.name for p in there], theirs))

    def extras(pairs: Pairs) -> tuple[Extra, ...]:
        return (*ruling.extras(pairs), swapped.weight(pairs, PUPIL), _twin(pairs))

    task = Task(
        comparisons=PUPIL,
        here=ours,
        there=theirs,
        size=(len(here), len(there)),
        groups=([p.group for p in here], [p.group if p.active else "" for p in there]),
        also=[*ruling.pointed_at, *swapped.pairs],
        never=ruling.parted,
        extras=extras,
    )
    pairs = compare(task)
    matches = conclude(ruling, pairs, PUPIL, vetoes(pairs))
    by_id = {match.incoming: match for match in matches}
    return tuple(by_id[pupil.id] for pupil in incoming)


def values(side: Sequence[PersonFacts]) -> Values:
    """Return per field what is compared."""
    return {
        **name_values([pupil.name for pupil in side]),
        Field.BORN: [pupil.born.strftime("%Y%m%d") if pupil.born else "" for pupil in side],
        Field.SEX: [pupil.sex.value for pupil in side],
        # The year of somebody who left long ago says nothing about where he sits now.
        Field.YEAR: [pupil.year.strip().upper() if pupil.active else "" for pupil in side],
    }


def twinlike(pairs: Pairs) -> Bools:
    """Return which pairs may be two children of one family and one birth date.

    Same surname and birth date, first names not equal; unless the difference is a harmless spelling, abbreviation,
    short form or swap of two letters in the same sex, or full initials agree: three letters, or two when not both
    names are well known.
    """
    family = pairs.levels[Field.SURNAME] < SURNAME.number("anders")
    born = pairs.levels[Field.BORN] == BORN.number("gelijk")
    first, initials = pairs.levels[Field.FIRST_NAME], pairs.levels[Field.INITIALS]
    other_sex = pairs.levels[Field.SEX] == SEX.number("anders")
    harmless = (
        (first == 0) | ((first <= FIRST_NAME.number("letters verwisseld")) & ~other_sex) | (first == FIRST_NAME.unknown)
    )
    agreed = ~other_sex & (
        ((initials == 0) & (first < FIRST_NAME.number("anders")))
        | ((initials <= INITIALS.number("alle gelijk")) & (first < FIRST_NAME.number("andere naam")))
    )
    likely: Bools = family & born & ~harmless & ~agreed
    return likely


def _twin(pairs: Pairs) -> Extra:
    # Never more than the birth date gave: that a field agrees may not count against a pair.
    bits = -np.minimum(_TWIN_BITS, pairs.weights[Field.BORN])
    return Extra(Field.TWIN, "kan een tweeling zijn", np.where(twinlike(pairs), bits, 0.0))


def vetoes(pairs: Pairs) -> dict[Flag, Bools]:
    """Return per flag for which pairs it holds."""
    surname, first, born = (pairs.levels[name] for name in (Field.SURNAME, Field.FIRST_NAME, Field.BORN))
    initials, sex = pairs.levels[Field.INITIALS], pairs.levels[Field.SEX]
    year, group = pairs.weights[Field.YEAR], pairs.weights.get(Field.GROUP, np.zeros(len(sex)))
    placed = (year > 0) | (group > 0)
    # Unlike initials: another child, whatever else agrees.
    conflict = (initials > INITIALS.number("begin gelijk")) & (initials != INITIALS.unknown)
    full_initials = initials <= INITIALS.number("alle gelijk")

    equal_surname = surname <= SURNAME.number("ander tussenvoegsel")
    same_surname = surname <= SURNAME.number("spelling")
    close_surname = surname < SURNAME.number("anders")
    same_first = first <= FIRST_NAME.number("letters verwisseld")
    close_first = first < FIRST_NAME.number("anders")
    nameless = first == FIRST_NAME.unknown
    only_initials = nameless & (initials < INITIALS.number("anders"))

    dated = born != BORN.unknown
    exact = born == BORN.number("gelijk")
    near = dated & ~exact & (born < BORN.number("deels gelijk"))
    # Each line is a set of facts that no two children of one school share but by a rare accident.
    enough = (
        (exact & close_surname & (close_first | only_initials))
        | (exact & same_first & full_initials & placed & (sex != SEX.number("anders")))
        | (near & close_surname & same_first & ~conflict)
        | (near & same_surname & nameless & full_initials & placed)
        | (
            (born == BORN.number("deels gelijk"))
            & same_surname
            & (first == 0)
            & ~conflict
            & placed
            & (year + group > -1)
        )
        | (~dated & equal_surname & (first == 0) & ~conflict & placed)
        | (~dated & close_surname & same_first & full_initials & placed)
        | (~dated & equal_surname & nameless & full_initials & placed)
    )
    return {
        Flag.TWIN: twinlike(pairs),
        Flag.NAMESAKE: same_surname & same_first & (born == BORN.number("anders")),
        Flag.SWAPPED: pairs.weights[Field.NAME] > 0,
        Flag.THIN: ~enough,
    }

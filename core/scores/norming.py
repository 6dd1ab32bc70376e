"""From a raw score to normed values, with Decimal and from one table (scores.md)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from core.model import SchoolYear
from core.scores.definition import MAXIMUM_DL, NormTable
from core.scores.results import Normed

FIFTHS = ((80, "I"), (60, "II"), (40, "III"), (20, "IV"), (0, "V"))
"""Levels I-V: fifths of the reference group, from this percentile on (scores.md)."""
LETTERS = ((75, "A"), (50, "B"), (25, "C"), (10, "D"), (0, "E"))
"""Levels A-E: 25, 25, 25, 15 and 10 % (scores.md)."""

MONTHS_A_YEAR = 10
"""Of education: September up to and including June."""


def dl_at(year_group: str, day: date) -> int | None:
    """Return the didactische leeftijd on `day` of a pupil who is in this year group in that school year.

    Months of education since the start of group 3, 10 a school year; None outside groups 3-8. The summer months add
    nothing. The years of a repeater are not in a year group: then the DL must be given.
    """
    if year_group not in {"3", "4", "5", "6", "7", "8"}:
        return None
    since_august = (day.year - SchoolYear.of(day).first) * 12 + day.month - 8
    return (int(year_group) - 3) * MONTHS_A_YEAR + min(since_august, MONTHS_A_YEAR)


def year_group_then(year_group: str, today: date, day: date) -> str:
    """Return the year group on `day` of a pupil who is in `year_group` today and never repeated a year."""
    if not year_group.isdecimal():
        return ""
    then = int(year_group) - (SchoolYear.of(today).first - SchoolYear.of(day).first)
    return str(then) if then >= 1 else ""


def norm(table: NormTable, raw: int, dl: int | None) -> Normed:
    """Return everything the table says of this raw score; what depends on a DL that is not known stays missing.

    Raises ValueError when the raw score is not in the table.
    """
    if not 0 <= raw < len(table.abilities):
        raise ValueError(raw)
    ability = table.abilities[raw]
    percentile = _percentile(table, ability, dl)
    return Normed(
        ability=ability,
        percentile=percentile,
        fifth=_level(FIFTHS, percentile),
        letter=_level(LETTERS, percentile),
        dl=dl,
        dle=_dle(table, ability),
        table=table.version,
    )


def _percentile(table: NormTable, ability: Decimal, dl: int | None) -> int | None:
    if dl is None:
        return None
    # Who goes on past the end of group 8 is measured against the last period (scores.md: a repeater counts on).
    within = min(dl, MAXIMUM_DL)
    cuts = next((p.cuts for p in table.periods if p.first_dl <= within <= p.last_dl), None)
    if cuts is None:
        return None
    found = _between(cuts, [Decimal(p) for p in table.percentiles], ability)
    return int(found.to_integral_value(ROUND_FLOOR))


def _dle(table: NormTable, ability: Decimal) -> int:
    months = [Decimal(dl) for dl, _average in table.averages]
    found = _between([average for _dl, average in table.averages], months, ability)
    return int(found.to_integral_value(ROUND_HALF_UP))


def _between(xs: Sequence[Decimal], ys: Sequence[Decimal], x: Decimal) -> Decimal:
    """Interpolate on a straight line between the points; the ends count for everything beyond them."""
    after = bisect_right(xs, x)
    if after == 0:
        return ys[0]
    if after == len(xs):
        return ys[-1]
    low, high = xs[after - 1], xs[after]
    return ys[after - 1] + (ys[after] - ys[after - 1]) * (x - low) / (high - low)


def _level(levels: tuple[tuple[int, str], ...], percentile: int | None) -> str:
    if percentile is None:
        return ""
    return next(name for least, name in levels if percentile >= least)

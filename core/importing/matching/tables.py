"""The tables behind the comparisons: unique values against unique values, vectorised (numpy, rapidfuzz)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cdist

from core.importing.matching.names import FirstName, Initials, Surname
from core.importing.matching.spelling import sound

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.importing.matching.comparisons import Table

V = TypeVar("V")


def filled(here: Sequence[object], there: Sequence[object], level: int) -> Table:
    """Return a table with one level everywhere."""
    return np.full((len(here), len(there)), level, dtype=np.uint8)


def put(
    table: Table, here: Sequence[V], there: Sequence[V], keys: Callable[[V], Iterable[Hashable]], level: int
) -> None:
    """Set `level` where the two values share a key; call it from the worst level to the best."""
    index: defaultdict[Hashable, list[int]] = defaultdict(list)
    for column, value in enumerate(there):
        for key in keys(value):
            index[key].append(column)
    rows: list[int] = []
    columns: list[int] = []
    for row, value in enumerate(here):
        for key in keys(value):
            if found := index.get(key):
                columns += found
                rows += [row] * len(found)
    table[rows, columns] = level


def put_unknown(table: Table, here: Sequence[bool], there: Sequence[bool], level: int) -> None:
    """Set `level` in the rows and columns of values that are not known."""
    table[np.asarray(here, dtype=bool), :] = level
    table[:, np.asarray(there, dtype=bool)] = level


def alike(table: Table, here: Sequence[str], there: Sequence[str], *, typo: int, similar: int) -> None:
    """Set the levels `typo` (one slip of the finger) and `similar` between texts.

    One slip: optimal string alignment distance 1 and both at least four letters long. Similar: one slip in a shorter
    text, Jaro-Winkler at least 0.86, or distance 2 between texts of eight letters or more.
    """
    # A cut-off lets rapidfuzz stop early; everything beyond it is reported as one more.
    slips = cdist(here, there, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    likeness = cdist(here, there, scorer=JaroWinkler.similarity, score_cutoff=0.86, dtype=np.float32)
    long_here, long_there = np.array([len(t) for t in here]), np.array([len(t) for t in there])
    shortest = np.minimum.outer(long_here, long_there)
    table[(likeness > 0) | ((slips == 2) & (shortest >= 8)) | ((slips <= 1) & (shortest >= 2))] = similar
    table[(slips <= 1) & (shortest >= 4)] = typo


def surname_table(here: Sequence[Surname], there: Sequence[Surname]) -> Table:
    """Levels of SURNAME: gelijk, ander tussenvoegsel, spelling, deel gelijk, een letter, lijkt, anders, onbekend."""
    table = filled(here, there, 6)
    alike(table, [name.core for name in here], [name.core for name in there], typo=4, similar=5)
    put(table, here, there, lambda name: [sound(part) for part in name.parts if len(part) > 2], 3)
    put(table, here, there, lambda name: (name.sound,), 2)
    put(table, here, there, lambda name: {name.core, name.joined, name.parts}, 1)
    put(table, here, there, lambda name: (name.joined,), 0)
    put_unknown(table, [not name.core for name in here], [not name.core for name in there], 7)
    return table


def first_name_table(here: Sequence[FirstName], there: Sequence[FirstName]) -> Table:
    """Levels of FIRST_NAME.

    gelijk, spelling, afkorting (`Moh.`), roepvorm (of one official name), letters verwisseld (two neighbours), officiële
    naam, verwante vorm (two forms of one name), begin gelijk, een letter, lijkt, andere naam (alike, but both well
    known), anders, onbekend.
    """
    table = filled(here, there, 11)
    alike(table, [name.call for name in here], [name.call for name in there], typo=8, similar=9)
    put(table, here, there, lambda name: (name.words[0],) if name.words and len(name.words[0]) > 2 else (), 7)
    put_contained(table, here, there, _beginnings, _call, 7)
    put_contained(table, here, there, _transposed, _call, 4)
    put(table, here, there, lambda name: (name.form,), 6)
    common_here, common_there = (np.array([name.common for name in side], dtype=np.str_) for side in (here, there))
    known = np.logical_and.outer(common_here != "", common_there != "")
    table[known & (table < 10)] = 10
    put_contained(table, here, there, lambda name: name.given, _call, 5)
    put_contained(
        table,
        here,
        there,
        lambda name: (name.form,) if name.official else (),
        lambda name: name.form * (not name.official),
        3,
    )
    put_contained(table, here, there, lambda name: name.words[:1], lambda name: name.call * (len(name.words) == 1), 3)
    put_contained(table, here, there, _beginnings, lambda name: name.call * name.cut, 2)
    put(table, here, there, lambda name: (name.sound,), 1)
    put(table, here, there, lambda name: (name.call,), 0)
    two_names = known & (common_here[:, None] != common_there[None, :])
    table[two_names & (table == 1)] = 10
    put_unknown(table, [not name.call for name in here], [not name.call for name in there], 12)
    return table


def _call(name: FirstName) -> str:
    return name.call


def _transposed(name: FirstName) -> Iterable[str]:
    """Every text of at least four letters that a call name becomes when two neighbours change places."""
    call = name.call
    return (
        [call[:at] + call[at + 1] + call[at] + call[at + 2 :] for at in range(len(call) - 1)] if len(call) > 3 else ()
    )


def _beginnings(name: FirstName) -> Iterable[str]:
    """Every beginning of a call name of at least three letters that is not the whole."""
    return [name.call[:length] for length in range(3, len(name.call))]


def put_contained(
    table: Table,
    here: Sequence[V],
    there: Sequence[V],
    contained: Callable[[V], Iterable[str]],
    called: Callable[[V], str],
    level: int,
) -> None:
    """Set `level` where what one value is called is among what the other contains, in both directions."""
    for one, other, lines in ((here, there, table), (there, here, table.T)):
        containing: defaultdict[str, list[int]] = defaultdict(list)
        for at, value in enumerate(other):
            for text in contained(value):
                containing[text].append(at)
        for at, value in enumerate(one):
            if (text := called(value)) and (found := containing.get(text)):
                lines[at, found] = level


def initials_table(here: Sequence[Initials], there: Sequence[Initials]) -> Table:
    """Levels of INITIALS.

    drie of meer gelijk, alle gelijk (two), begin gelijk (`J.` and `J.M.`), eerste gelijk, anders, onbekend.
    """
    table = filled(here, there, 4)
    put(table, here, there, lambda initials: initials.letters[:1], 3)
    put_contained(table, here, there, _first_letters, lambda initials: initials.letters, 2)
    put(table, here, there, lambda initials: (initials.letters,) if len(initials.letters) > 1 else (), 1)
    put(table, here, there, lambda initials: (initials.letters,) if len(initials.letters) > 2 else (), 0)
    # A letter taken from a call name repeats what comparing the call names said.
    derived_here, derived_there = np.array([i.derived for i in here]), np.array([i.derived for i in there])
    named_here, named_there = np.array([i.named for i in here]), np.array([i.named for i in there])
    table[np.logical_and.outer(derived_here, named_there) | np.logical_and.outer(named_here, derived_there)] = 5
    put_unknown(table, [not i.letters for i in here], [not i.letters for i in there], 5)
    return table


def _first_letters(initials: Initials) -> Iterable[str]:
    return [initials.letters[:length] for length in range(1, len(initials.letters) + 1)]


def equal_table(here: Sequence[str], there: Sequence[str]) -> Table:
    """Levels gelijk, anders, onbekend."""
    table = filled(here, there, 1)
    put(table, here, there, lambda text: (text,), 0)
    put_unknown(table, [not text for text in here], [not text for text in there], 2)
    return table


def one_off(code: str) -> set[Hashable]:
    """Keys that two codes share when one sign differs, or two neighbours are swapped."""
    keys: set[Hashable] = {(at, code[:at], code[at + 1 :]) for at in range(len(code))}
    keys |= {(at, code[:at], "".join(sorted(code[at : at + 2])), code[at + 2 :]) for at in range(len(code) - 1)}
    return keys


def date_table(here: Sequence[str], there: Sequence[str]) -> Table:
    """Levels of BORN between dates as eight digits, `20170312`; empty = unknown.

    gelijk, dag en maand omgedraaid, ander jaar (one year off), een cijfer, enkele dagen (at most ten), deels gelijk (the
    year and either day or month), anders, onbekend.
    """
    table = filled(here, there, 6)
    put(table, here, there, lambda day: ((0, day[:6]), (1, day[:4] + day[6:])), 5)
    days_here, days_there = _days(here), _days(there)
    table[np.abs(np.subtract.outer(days_here, days_there)) <= 10] = 4
    put(table, here, there, one_off, 3)
    _put_other_year(table, here, there, 2)
    put(table, here, there, lambda day: ((day[:4], *sorted((day[4:6], day[6:]))),), 1)
    put(table, here, there, lambda d: (d,), 0)
    put_unknown(table, [not d for d in here], [not d for d in there], 7)
    return table


def _days(dates: Sequence[str]) -> NDArray[np.int32]:
    """Days on a calendar whose months all have 31 days: near enough for days that are close, and any digits will do."""
    return np.array(
        [int(day[:4]) * 372 + int(day[4:6]) * 31 + int(day[6:8]) if day.isdigit() else 0 for day in dates], np.int32
    )


def _put_other_year(table: Table, here: Sequence[str], there: Sequence[str], level: int) -> None:
    """Set `level` where day and month are equal and the years are one apart."""
    columns = {day: column for column, day in enumerate(there) if day}
    for row, day in enumerate(here):
        for step in (-1, 1) if day else ():
            if (column := columns.get(f"{int(day[:4]) + step:04d}{day[4:]}")) is not None:
                table[row, column] = level


def year_table(here: Sequence[str], there: Sequence[str]) -> Table:
    """Levels of YEAR: gelijk, een jaar verder, een jaar terug, twee jaar verder, anders, onbekend."""
    table = filled(here, there, 4)
    for row, ours in enumerate(here):
        for column, theirs in enumerate(there):
            if not ours or not theirs:
                table[row, column] = 5
            elif ours == theirs:
                table[row, column] = 0
            elif ours.isdigit() and theirs.isdigit():
                table[row, column] = {1: 1, -1: 2, 2: 3}.get(int(ours) - int(theirs), 4)
    return table

"""Teachers: a name, often only initials, and an e-mail address that may be shared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching import names
from core.importing.matching.comparisons import UNKNOWN, Comparison, Level, Standing
from core.importing.matching.crosswise import Crosswise
from core.importing.matching.decide import Ruling, conclude
from core.importing.matching.emails import Address, email_table, read_address
from core.importing.matching.engine import Pairs, Task, Values, compare
from core.importing.matching.facts import Evidence, TeacherFacts
from core.importing.matching.known import claims
from core.importing.matching.outcome import Field, Flag, Match
from core.importing.matching.person import TEACHER_NAMES, name_values, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]

SAME, CLOSE, OTHER = Standing.SAME, Standing.CLOSE, Standing.OTHER

SURNAME, FIRST_NAME, INITIALS = TEACHER_NAMES
EMAIL = Comparison(
    field=Field.EMAIL,
    table=email_table,
    levels=(
        Level(name="gelijk", standing=SAME, m=0.75, u=2e-3, by_value=True),
        Level(name="ander domein", standing=CLOSE, m=0.07, u=5e-3, by_value=True),
        Level(name="een letter", standing=CLOSE, m=0.02, u=1e-2),
        Level(name="lijkt", standing=CLOSE, m=0.03, u=2e-2),
        Level(name="anders", standing=OTHER, m=0.13, u=0.5),
        UNKNOWN,
    ),
)
TEACHER = (SURNAME, FIRST_NAME, INITIALS, EMAIL)


def match(incoming: Sequence[TeacherFacts], existing: Sequence[TeacherFacts], evidence: Evidence) -> tuple[Match, ...]:
    """Match teachers; see `matching.match_teachers`."""
    here = sorted(map(_named_by_address, incoming), key=lambda teacher: teacher.id)
    there = sorted(map(_named_by_address, existing), key=lambda teacher: teacher.id)
    ours, theirs = _values(here), _values(there)
    swapped = Crosswise(written([t.name for t in here], ours), written([t.name for t in there], theirs))
    ruling = Ruling(here=here, there=there, known=claims(here, there, evidence), evidence=evidence)
    task = Task(
        comparisons=TEACHER,
        here=ours,
        there=theirs,
        size=(len(here), len(there)),
        also=[*ruling.pointed_at, *swapped.pairs],
        never=ruling.parted,
        extras=lambda pairs: (*ruling.extras(pairs), swapped.weight(pairs, TEACHER)),
    )
    pairs = compare(task)
    telling = _surname_in_address(here)[pairs.rows] | _surname_in_address(there)[pairs.cols]
    matches = conclude(ruling, pairs, TEACHER, vetoes(pairs, _shared(here), _shared(there), telling))
    by_id = {match.incoming: match for match in matches}
    return tuple(by_id[teacher.id] for teacher in incoming)


def _named_by_address(teacher: TeacherFacts) -> TeacherFacts:
    """Return the teacher with the first name that the address tells, when the name itself has only initials."""
    address = read_address(teacher.email)
    last = names.surname(teacher.name)
    first_name = names.first_name(teacher.name)
    if first_name.call or not last.core or address.shared:
        return teacher
    letters = names.initials(teacher.name, first_name).letters
    tail = next((tail for tail in (last.joined, last.core) if address.joined.endswith(tail)), "")
    first = address.joined.removesuffix(tail)
    if not tail or len(first) < 3 or (letters and first[0] != letters[0]):
        return teacher
    return replace(teacher, name=replace(teacher.name, call_name=first.capitalize()))


def _values(side: Sequence[TeacherFacts]) -> Values:
    return {
        **name_values([teacher.name for teacher in side]),
        Field.EMAIL: [read_address(teacher.email) for teacher in side],
    }


def _shared(side: Sequence[TeacherFacts]) -> Bools:
    """Return whose address is a function's or more people's."""
    addresses: list[Address] = [read_address(teacher.email) for teacher in side]
    times = Counter(address.whole for address in addresses if address.whole)
    return np.array([address.shared or times[address.whole] > 1 for address in addresses], dtype=bool)


def _surname_in_address(side: Sequence[TeacherFacts]) -> Bools:
    """Return whose address holds the own surname: who marries may keep it, who succeeds does not get it."""
    cores = [names.surname(teacher.name).core for teacher in side]
    addresses = [read_address(teacher.email).joined for teacher in side]
    return np.array(
        [len(core) > 2 and core in joined for core, joined in zip(cores, addresses, strict=True)], dtype=bool
    )


def vetoes(pairs: Pairs, shared_here: Bools, shared_there: Bools, telling: Bools) -> dict[Flag, Bools]:
    """Return per flag for which pairs it holds; `telling` are pairs of whom an address holds a surname."""
    surname, first, letters, email = (
        pairs.levels[name] for name in (Field.SURNAME, Field.FIRST_NAME, Field.INITIALS, Field.EMAIL)
    )
    swapped = pairs.weights[Field.NAME] > 0
    same_surname = surname <= SURNAME.number("spelling")
    close_surname = surname <= SURNAME.number("lijkt")
    same_first = first <= FIRST_NAME.number("letters verwisseld")
    close_first = first < FIRST_NAME.number("andere naam")
    by_letters = (first == FIRST_NAME.unknown) & (letters < INITIALS.number("anders"))
    shared = (email == 0) & (shared_here[pairs.rows] | shared_there[pairs.cols])
    own = (email <= EMAIL.number("ander domein")) & ~shared
    enough = (
        (same_surname & same_first)
        | (same_surname & by_letters & (email != EMAIL.number("anders")))
        | (same_surname & by_letters & (letters <= INITIALS.number("alle gelijk")))
        | (close_surname & same_first & (email != EMAIL.number("anders")))
        | (same_surname & close_first & (email != EMAIL.number("anders")))
        | (own & close_surname & (close_first | by_letters))
        | (own & (email == 0) & (same_surname | swapped | (same_first & telling)))
    )
    full_name = same_surname & same_first
    return {
        Flag.SHARED_EMAIL: shared & ~full_name,
        Flag.SWAPPED: swapped & ~(own & (email == 0)),
        Flag.THIN: ~enough,
    }

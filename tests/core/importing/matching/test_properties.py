"""What holds for every two lists of pupils, however strange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import isclose
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.importing.matching import Match, PersonFacts, match_pupils
from core.importing.matching.outcome import total
from core.importing.matching.pupils import PUPIL
from core.importing.matching.teachers import TEACHER
from core.model import PersonName, Sex
from tests.core.importing.matching.people import a_class

SURNAMES = [
    "Bakker",
    "de Vries",
    "Vries",
    "Jansen-de Vries",
    "El Idrissi",
    "Idrisi",
    "Yılmaz",
    "Meijer",
    "Meyer",
    "Wit",
    "",
]
CALL_NAMES = ["Noor", "Nora", "Jayden", "Jaylen", "Mohamed", "Moh.", "Bram", "Abraham", "Vries", "Fien", ""]
DAYS = [None, date(2017, 3, 12), date(2017, 12, 3), date(2018, 3, 12), date(2017, 3, 13), date(2015, 7, 1)]

a_name = st.builds(
    PersonName,
    surname=st.sampled_from(SURNAMES) | st.text(max_size=8),
    prefix=st.sampled_from(["", "van der", "el"]),
    initials=st.sampled_from(["", "N.", "J.M.", "JM", "A.B.C."]),
    call_name=st.sampled_from(CALL_NAMES) | st.text(max_size=8),
)
facts = st.builds(
    PersonFacts,
    id=st.just(""),
    name=a_name,
    born=st.sampled_from(DAYS),
    sex=st.sampled_from(Sex),
    year=st.sampled_from(["", "4", "5", "6", "C"]),
    group=st.sampled_from(["", "a", "b"]),
    active=st.booleans(),
)


def numbered(prefix: str) -> st.SearchStrategy[list[PersonFacts]]:
    return st.lists(facts, max_size=7).map(
        lambda people: [replace(person, id=f"{prefix}{number}") for number, person in enumerate(people)]
    )


both_sides = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def by_id(matches: Sequence[Match]) -> dict[str, Match]:
    return {match.incoming: match for match in matches}


@both_sides
@given(numbered("i"), numbered("e"), st.integers(0, 99))
def test_the_order_of_the_input_does_not_matter(
    incoming: list[PersonFacts], existing: list[PersonFacts], seed: int
) -> None:
    expected = by_id(match_pupils(incoming, existing))
    dice = Random(seed)
    dice.shuffle(incoming)
    dice.shuffle(existing)
    assert by_id(match_pupils(incoming, existing)) == expected


@both_sides
@given(numbered("i"), numbered("e"))
def test_nobody_is_two_people(incoming: list[PersonFacts], existing: list[PersonFacts]) -> None:
    matches = match_pupils(incoming, existing)
    assert [match.incoming for match in matches] == [person.id for person in incoming]
    decided = Counter(match.existing for match in matches if match.existing)
    assert all(times == 1 for times in decided.values())


@both_sides
@given(numbered("i"), numbered("e"))
def test_weights_add_up_and_probabilities_are_probabilities(
    incoming: list[PersonFacts], existing: list[PersonFacts]
) -> None:
    for match in match_pupils(incoming, existing):
        assert 0.0 <= match.probability <= 1.0
        assert len(match.candidates) <= 5
        assert sum(candidate.probability for candidate in match.candidates) <= 1.0 + 1e-4
        for candidate in match.candidates:
            assert isclose(total(candidate.reasons), candidate.weight, abs_tol=1e-4)


@both_sides
@given(numbered("i"), numbered("e"))
def test_the_same_input_gives_the_same_output(incoming: list[PersonFacts], existing: list[PersonFacts]) -> None:
    assert match_pupils(incoming, existing) == match_pupils(incoming, existing)


@both_sides
@given(facts, facts, st.sampled_from(["born", "sex", "initials", "call_name", "surname"]), st.booleans())
def test_a_field_that_agrees_never_lowers_the_probability(
    here: PersonFacts, there: PersonFacts, field: str, amid_a_class: bool
) -> None:
    """Take a field away from both, then give both the same value."""
    without = {"born": None, "sex": Sex.UNKNOWN}
    agreed: dict[str, Any] = {"born": date(2016, 5, 6), "sex": Sex.GIRL, "initials": "Q.R.", "call_name": "Quirine"}
    agreed["surname"] = "Quist"
    here, there = replace(here, id="i"), replace(there, id="e")

    def given_both(value: Any) -> float:
        pair = [
            replace(person, **{field: value})
            if field in without
            else replace(person, name=replace(person.name, **{field: value}))
            for person in (here, there)
        ]
        others = a_class(12) if amid_a_class else []
        (match,) = match_pupils([pair[0]], [pair[1], *others])
        return next((c.probability for c in match.candidates if c.existing == "e"), 0.0)

    assume(field != "initials" or (here.name.call_name and there.name.call_name))
    assert given_both(agreed[field]) >= given_both(without.get(field, "")) - 1e-6


@both_sides
@given(st.lists(facts, min_size=1, max_size=6), st.lists(facts, min_size=1, max_size=6))
def test_comparisons_are_symmetric(here: list[PersonFacts], there: list[PersonFacts]) -> None:
    from core.importing.matching import pupils

    ours, theirs = pupils.values(here), pupils.values(there)
    for comparison in PUPIL:
        if comparison.field.value == "jaargroep":
            continue
        distinct, others = (list(dict.fromkeys(side[comparison.field])) for side in (ours, theirs))
        forth = comparison.table(distinct, others)
        back = comparison.table(others, distinct)
        assert (forth == back.T).all(), comparison.field


def test_levels_are_listed_from_best_to_worst_with_unknown_last() -> None:
    for comparison in (*PUPIL, *TEACHER):
        assert comparison.levels[comparison.unknown].name == "onbekend"
        assert isclose(sum(level.m for level in comparison.levels), 1.0, abs_tol=0.011), comparison.field
        ranks = [("same", "close", "other", "unknown").index(level.standing.value) for level in comparison.levels]
        assert all(one <= other for one, other in pairwise(ranks)), comparison.field


def test_every_level_has_a_sentence() -> None:
    from core.importing.matching.explain import sentences

    words = sentences()
    for comparison in (*PUPIL, *TEACHER):
        for level in comparison.levels:
            assert (comparison.field, level.name) in words or (comparison.field, "") in words, level.name

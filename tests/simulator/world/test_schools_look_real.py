"""Sizes, groups, families and staff are such as people who know schools would believe."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations

import pytest

from simulator.world.model import Shape, SimPupil, SimSchool
from simulator.world.world import Plan, World

ECKID = re.compile(r"https://ketenid\.nl/201703/[0-9a-f]{128}")


@cache
def schools() -> tuple[SimSchool, ...]:
    world = World(Plan(seed="echt", schools=60))
    return tuple(world.school(ref) for ref in world.ids())


def test_sizes_spread_as_in_the_country() -> None:
    world = World(Plan(seed="maat", schools=300, shape=Shape(life=False, years_back=0)))
    sizes = sorted(len(world.school(ref).pupils) for ref in world.ids())
    small = sum(1 for size in sizes if size < 100) / len(sizes)
    assert 0.12 < small < 0.28, "CBS 2013: one school in five has fewer than 100 pupils"
    assert 190 < sum(sizes) / len(sizes) < 250


def test_everybody_sits_in_a_group_of_their_own_year() -> None:
    for school in schools():
        years = {group.key: group.years for group in school.groups}
        assert all(int(pupil.year_group) in years[pupil.group] for pupil in school.pupils)
        assert all(key in years and not years[key] for pupil in school.pupils for key in pupil.extra_groups)
        assert all(key in years for teacher in school.teachers for key in teacher.groups)


def test_keys_and_eck_ids_are_unique_in_a_school() -> None:
    for school in schools():
        people = [(one.key, one.eckid) for one in school.pupils] + [(one.key, one.eckid) for one in school.teachers]
        keys = [key for key, _ in people] + [group.key for group in school.groups]
        ids = [eckid for _, eckid in people if eckid]
        assert len(set(keys)) == len(keys)
        assert len(set(ids)) == len(ids)
        assert all(ECKID.fullmatch(one) for one in ids)


def test_names_fit_the_fields_of_uwlr() -> None:
    for school in schools():
        for name in [pupil.name for pupil in school.pupils] + [teacher.name for teacher in school.teachers]:
            assert 0 < len(name.surname) <= 200
            assert len(name.prefix) <= 10
            assert 0 < len(name.initials) <= 6
            assert name.call_name
            assert name.given_names


def test_pupils_have_the_age_of_their_year() -> None:
    off = Counter(2026 - pupil.born.year - int(pupil.year_group) - 4 for school in schools() for pupil in school.pupils)
    assert set(off) <= {-2, -1, 0, 1, 2, 3}
    assert (off[-1] + off[0]) / off.total() > 0.85


def test_there_are_combination_groups_shared_groups_twins_and_two_surnames() -> None:
    groups = [group for school in schools() for group in school.groups]
    assert any(group.year_code == "C" and max(group.years) > 2 for group in groups)
    assert any(group.composite for group in groups)
    taught = Counter(key for school in schools() for teacher in school.teachers for key in teacher.groups)
    assert sum(1 for count in taught.values() if count > 1) / len(taught) > 0.5
    pairs = [pair for school in schools() for pair in siblings(school)]
    assert any(one.born == other.born for one, other in pairs)
    assert any(one.name.surname != other.name.surname for one, other in pairs)


def siblings(school: SimSchool) -> list[tuple[SimPupil, SimPupil]]:
    families: dict[str, list[SimPupil]] = {}
    for pupil in school.pupils:
        families.setdefault(pupil.family, []).append(pupil)
    return [pair for members in families.values() for pair in combinations(members, 2)]


def test_brothers_and_sisters_are_twins_or_at_least_ten_months_apart() -> None:
    close = [
        (one.born, other.born)
        for school in schools()
        for one, other in siblings(school)
        if 0 < abs((one.born - other.born).days) < 270
    ]
    assert not close


@pytest.mark.parametrize("share", [0.15])
def test_names_from_elsewhere_and_particles_occur(share: float) -> None:
    pupils = [pupil for school in schools() for pupil in school.pupils]
    assert sum(1 for pupil in pupils if pupil.name.prefix) / len(pupils) > share
    surnames = {pupil.name.surname for pupil in pupils}
    assert surnames & {"Yıldız", "Yilmaz", "Kaya", "Demir"}
    assert surnames & {"El Idrissi", "El Amrani", "Bouali", "Idrissi"}
    assert surnames & {"Nowak", "Kowalski", "Wiśniewski", "Wójcik"}
    assert len(surnames) > 600


def test_nobody_is_younger_than_four() -> None:
    for school in schools():
        for pupil in school.pupils:
            assert pupil.born <= date(2022, 11, 30)

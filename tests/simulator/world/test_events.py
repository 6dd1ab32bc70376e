"""Every named event does what it says, to a whole school that stays whole."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from simulator.world.chance import Dice
from simulator.world.events import EVENTS
from simulator.world.model import SchoolRef, Shape, SimKind, SimSchool, WorldError
from simulator.world.world import Plan, World

HERE, THERE = SchoolRef("12AB"), SchoolRef("34CD")
QUIET = Shape(pupils=150, groups=("1/2", "3", "4a", "4b", "5/6", "7", "8"), life=False)


def a_world() -> World:
    return World(Plan(seed="9", schools=2, shapes={HERE: QUIET, THERE: Shape(pupils=60, life=False)}))


def whole(school: SimSchool) -> None:
    """Fail when something hangs loose: a double key, or a pupil or teacher in a group that is not there."""
    keys = Counter(group.key for group in school.groups)
    assert set(keys.values()) <= {1}
    assert len({pupil.key for pupil in school.pupils}) == len(school.pupils)
    for pupil in school.pupils:
        assert pupil.group in keys
        years = next(group.years for group in school.groups if group.key == pupil.group)
        assert int(pupil.year_group) in years
    for teacher in school.teachers:
        assert set(teacher.groups) <= set(keys)


@pytest.mark.parametrize("soort", [*EVENTS, "overgang"])
def test_a_school_stays_whole_and_says_it_changed(soort: str) -> None:
    world = a_world()
    if soort == "leerling-terug":
        world.event(HERE, "leerling-weg", 2)
    if soort == "email-erbij":
        world.event(HERE, "email-weg", 3)
    if soort == "eckid-erbij":
        world.event(HERE, "eckid-weg", 3)
    before = world.school(HERE)
    world.move_time(world.now + timedelta(minutes=5))
    happened = world.event(HERE, soort, 2)
    after = world.school(HERE)
    assert happened
    assert after != before
    assert after.changed == world.now
    assert after.revision == before.revision + 1
    assert all(one.text for one in happened)
    whole(after)
    again = a_world()
    assert again.event(HERE, "verhuizing") == a_world().event(HERE, "verhuizing")


def test_what_cannot_happen_does_not_and_changes_nothing() -> None:
    world = a_world()
    world.event(HERE, "school-leeg")
    empty = world.school(HERE)
    assert not empty.pupils
    assert world.event(HERE, "naamswijziging", 3) == ()
    assert world.school(HERE).changed == empty.changed


def test_twins_look_alike_and_share_everything_but_their_name() -> None:
    world = a_world()
    keys = [one.key for one in world.event(HERE, "tweeling-erbij")]
    one, other = [pupil for pupil in world.school(HERE).pupils if pupil.key in keys]
    assert (one.born, one.sex, one.name.surname, one.family) == (
        other.born,
        other.sex,
        other.name.surname,
        other.family,
    )
    assert one.name.call_name != other.name.call_name
    assert one.name.call_name[0] == other.name.call_name[0]


def test_a_namesake_sits_in_the_same_group_under_another_birthday() -> None:
    world = a_world()
    (happened,) = world.event(HERE, "naamgenoot-erbij")
    pupils = world.school(HERE).pupils
    newcomer = next(pupil for pupil in pupils if pupil.key == happened.key)
    same = [
        pupil
        for pupil in pupils
        if (pupil.name.call_name, pupil.name.surname, pupil.group)
        == (newcomer.name.call_name, newcomer.name.surname, newcomer.group)
    ]
    assert len(same) == 2
    assert len({pupil.born for pupil in same}) == 2


def test_who_returns_is_the_same_person_with_the_same_number() -> None:
    world = a_world()
    gone = {one.key for one in world.event(HERE, "leerling-weg")}
    (back,) = world.event(HERE, "leerling-terug")
    assert back.key in gone
    assert back.key in {pupil.key for pupil in world.school(HERE).pupils}


def test_a_split_moves_the_upper_year_and_loses_nobody() -> None:
    world = a_world()
    before = world.school(HERE)
    (happened,) = world.event(HERE, "groep-gesplitst")
    after = world.school(HERE)
    assert {pupil.key for pupil in after.pupils} == {pupil.key for pupil in before.pupils}
    assert len(after.groups) == len(before.groups) + 1
    old = next(group for group in after.groups if group.key == happened.key)
    assert len(old.years) == 1


def test_a_renewed_number_leaves_the_eck_id_alone() -> None:
    world = a_world()
    before = {pupil.thread: pupil for pupil in world.school(HERE).pupils}
    (happened,) = world.event(HERE, "leerlingnummer-vernieuwd")
    after = next(pupil for pupil in world.school(HERE).pupils if pupil.key == happened.key)
    assert before[after.thread].key != after.key
    assert before[after.thread].eckid == after.eckid


def test_after_a_merger_one_school_has_them_all_and_the_other_nobody() -> None:
    world = a_world()
    both = {pupil.key for ref in (HERE, THERE) for pupil in world.school(ref).pupils}
    world.event(HERE, "fusie", met=THERE)
    assert {pupil.key for pupil in world.school(HERE).pupils} == both
    assert not world.school(THERE).pupils
    whole(world.school(HERE))
    assert all(who.testcentre is None for who in world.truth(HERE).who if who.key not in {
        pupil.key for pupil in a_world().school(HERE).pupils
    } and who.kind is SimKind.PUPIL)  # fmt: skip
    with pytest.raises(WorldError, match="andere school"):
        world.event(HERE, "fusie")


def test_on_1_august_everybody_moves_up_and_7a_becomes_8a() -> None:
    world = World(Plan(seed="9", schools=1, shapes={HERE: Shape(pupils=380, groups=("1/2a", "1/2b", "3a", "3b", "4a",
        "4b", "5a", "5b", "6a", "6b", "7a", "7b", "8a", "8b"), life=False)}))  # fmt: skip
    before = world.school(HERE)
    world.move_time(date(2027, 8, 1))
    after = world.school(HERE)
    whole(after)
    assert after.school_year == "2027-2028"
    seven = next(group for group in before.groups if (group.years, group.letter) == ((7,), "a"))
    eight = next(group for group in after.groups if (group.years, group.letter) == ((8,), "a"))
    assert (seven.thread, seven.key) == (eight.thread, eight.key)
    assert seven.name != eight.name
    stayed = {pupil.key for pupil in before.pupils if pupil.group == seven.key}
    assert len(stayed & {pupil.key for pupil in after.pupils if pupil.group == eight.key}) > 0.8 * len(stayed)
    eighth = {pupil.key for pupil in before.pupils if pupil.year_group == "8"}
    assert not eighth & {pupil.key for pupil in after.pupils}


def test_four_year_olds_come_in_during_the_year() -> None:
    world = World(Plan(seed="9", schools=1, shapes={HERE: Shape(pupils=240)}))
    before = {pupil.key for pupil in world.school(HERE).pupils}
    world.move_time(date(2027, 5, 10))
    newcomers = [pupil for pupil in world.school(HERE).pupils if pupil.key not in before and pupil.year_group == "1"]
    assert len(newcomers) > 5
    assert any(date(2022, 11, 1) <= pupil.born <= date(2023, 5, 10) for pupil in newcomers)


@pytest.mark.parametrize("seed", range(6))
def test_a_school_stays_whole_through_whatever_happens_in_whatever_order(seed: int) -> None:
    campaign(seed, turns=25)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(60))
def test_many_schools_stay_whole_for_years(seed: int) -> None:
    campaign(seed, turns=150)


def campaign(seed: int, turns: int) -> None:
    """Let anything happen, and time pass in between; the school must be whole and the same again every time."""
    dice = Dice("campagne", seed)
    plan = Plan(seed=str(seed), schools=2, shape=Shape(pupils=dice.between(0, 300)))
    worlds = World(plan), World(plan)
    names = [*(name for name in EVENTS if name != "school-leeg"), "overgang"]
    ref, other = worlds[0].ids()[:2]
    for turn in range(turns):
        soort, count, days = dice.pick(names), dice.between(1, 4), dice.below(60)
        merge = turn == turns // 2
        for world in worlds:
            world.move_time(world.now + timedelta(days=days))
            world.event(ref, "fusie" if merge else soort, count, met=other if merge else None)
        whole(worlds[0].school(ref))
    assert worlds[0].school(ref) == worlds[1].school(ref)
    assert worlds[0].truth(ref) == worlds[1].truth(ref)

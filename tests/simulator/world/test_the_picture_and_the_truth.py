"""The test centre's picture is a spoilt copy, and the truth about it is complete and never in it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

import pytest

from simulator.world.chance import Dice
from simulator.world.mistakes import Around
from simulator.world.model import Shape, SimKind, Thread
from simulator.world.pairs import pairs
from simulator.world.picture import COLUMNS, Externals, Level, PictureShape, Row
from simulator.world.spoil import PUPIL_MISTAKES, TEACHER_MISTAKES, rates
from simulator.world.tables import frequencies
from simulator.world.truth import as_json
from simulator.world.world import Plan, World

A_ROW = Row(
    kind=SimKind.PUPIL,
    surname="Dijk-Meijer",
    prefix="van den",
    initials="M.J.",
    call_name="Daniël",
    born=date(2016, 4, 7),
    sex="M",
    year_group="6",
    groups=(Thread("groep/1"),),
    email="m.vandijk@school.example",
)
AROUND = Around(
    given_names="Mohamed Jan", siblings=(date(2014, 9, 1),), next_born=date(2016, 8, 8), groups=(Thread("groep/2"),)
)


@pytest.mark.parametrize("name", sorted({**PUPIL_MISTAKES, **TEACHER_MISTAKES}))
def test_every_mistake_can_be_made_and_has_a_rate(name: str) -> None:
    make = {**PUPIL_MISTAKES, **TEACHER_MISTAKES}[name].make
    made = [make(Dice("fout", name, number), A_ROW, AROUND) for number in range(20)]
    assert any(row != A_ROW for row in made)
    assert all(row.kind is A_ROW.kind and row.active for row in made)
    normal, dirty = frequencies("mistakes")[name]
    assert 0 <= normal <= dirty <= 1


def a_world(level: Level = Level.NORMAL, externals: Externals = Externals.EMPTY, schools: int = 1) -> World:
    shape = PictureShape(level=level, externals=externals)
    return World(Plan(seed="4", schools=schools, shape=Shape(pupils=200), picture=shape))


def test_the_roster_file_has_the_agreed_columns_and_whole_rows() -> None:
    world = a_world(Level.DIRTY)
    rows = list(csv.DictReader(io.StringIO(world.test_centre(world.ids()[0])), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    groups = {row["id"] for row in rows if row["soort"] == "groep"}
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["actief"] in ("ja", "nee")
        assert row["geslacht"] in ("M", "V", "")
        assert set(row["groep"].split()) <= groups
        assert row["naam"] if row["soort"] == "groep" else row["achternaam"]
        if row["geboortedatum"]:
            date.fromisoformat(row["geboortedatum"])


def test_the_truth_names_every_incoming_record_once_and_every_row_that_is_left() -> None:
    world = a_world(Level.DIRTY)
    ref = world.ids()[0]
    school, picture, truth = world.school(ref), world.picture(ref), world.truth(ref)
    incoming = [record.key for record in school.groups] + [one.key for one in school.teachers]
    assert sorted(who.key for who in truth.who) == sorted(incoming + [pupil.key for pupil in school.pupils])
    told = [who.testcentre for who in truth.who if who.testcentre] + [left.testcentre for left in truth.leftovers]
    assert sorted(told) == sorted(entry.row.id for entry in picture.entries)
    assert set(as_json(truth)) == {"brin", "dependancecode", "groepen", "leerkrachten", "leerlingen", "over"}


def test_nothing_in_the_roster_file_gives_the_truth_away() -> None:
    world = a_world()
    ref = world.ids()[0]
    text = world.test_centre(ref)
    assert not any(pupil.key in text or (pupil.eckid and pupil.eckid in text) for pupil in world.school(ref).pupils)
    order = [entry.thread for entry in world.picture(ref).entries if entry.row.kind is SimKind.PUPIL]
    assert order != sorted(order, key=str)


def test_a_clean_list_holds_no_mistakes_and_a_dirty_one_more_than_a_normal_one() -> None:
    counts = {
        level: Counter(mistake for who in a_world(level).truth(a_world().ids()[0]).who for mistake in who.mistakes)
        for level in Level
    }
    assert not counts[Level.CLEAN]
    assert 0 < counts[Level.NORMAL].total() < counts[Level.DIRTY].total()


def test_rates_on_paper_come_out_in_the_lists() -> None:
    made: Counter[str] = Counter()
    rows = 0
    for pair in pairs("tarief", 40, Level.DIRTY):
        rows += len(pair.mistakes)
        made.update(mistake for mistakes in pair.mistakes.values() for mistake in mistakes)
    for name in ("typo_surname", "digit_wrong", "initials_only", "birth_date_missing"):
        assert 0.6 < made[name] / rows / rates(Level.DIRTY)[name] < 1.6


def test_external_numbers_are_empty_old_or_those_of_the_day() -> None:
    current = a_world(externals=Externals.CURRENT)
    ref = current.ids()[0]
    keys = {pupil.thread: pupil.key for pupil in current.school(ref).pupils}
    entries = [entry for entry in current.picture(ref).entries if entry.thread in keys and not entry.double]
    assert sum(entry.row.external == keys[entry.thread] for entry in entries if entry.thread) > 0.9 * len(entries)
    old = a_world(externals=Externals.OLD)
    assert all(e.row.external for e in old.picture(ref).entries if e.row.kind is SimKind.GROUP)
    assert not any(e.row.external for e in a_world().picture(ref).entries)


def test_time_and_events_do_not_change_what_was_typed() -> None:
    world = a_world()
    ref = world.ids()[0]
    before = world.test_centre(ref)
    world.event(ref, "naamswijziging", 5)
    world.move_time(date(2028, 9, 1))
    assert world.test_centre(ref) == before


@pytest.mark.parametrize("kind", list(SimKind))
def test_pairs_are_match_files_with_the_truth_apart(kind: SimKind) -> None:
    for pair in pairs("paar", 3, Level.DIRTY, kind):
        existing = {line["id"] for line in pair.existing}
        assert len(existing) == len(pair.existing)
        assert {line["id"] for line in pair.incoming} == set(pair.truth)
        assert {one for ids in pair.truth.values() for one in ids} <= existing
        right = [ids[0] for ids in pair.truth.values() if ids]
        assert len(set(right)) == len(right)
        assert all(isinstance(value, str) for line in (*pair.incoming, *pair.existing) for value in line.values())

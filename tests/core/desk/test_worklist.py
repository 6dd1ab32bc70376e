"""The work list says what waits for whom and how long; the search finds schools as people type them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.desk.index import SchoolIndex, folded
from core.desk.lines import line_of
from core.desk.worklist import Section, spoken_wait
from core.history import HeldImport
from core.linking.link import LinkState, Move, Party
from core.linking.moves import move
from core.model import School, SchoolId
from core.record import SchoolRecord
from core.scores.ledger import Entry, Ledger, State, Step
from core.scores.results import key_of
from tests.core.desk.office import ADMINISTRATOR, ELSEWHERE, SCHOOL, SERVICE, STRANGER, Bureau
from tests.core.scores.builders import a_result

THIRD = SchoolId("31QP")


def at_work(folder: Path) -> Bureau:
    bureau = Bureau(folder)
    for school, name in ((SCHOOL, "De Regenboog"), (ELSEWHERE, "Het Kompas"), (THIRD, "De Klimboom")):
        bureau.with_school(school=school, name=name)
        bureau.desk.links.request(SERVICE, school)
        bureau.clock.pass_by(hours=5)
    return bureau


def test_what_waits_longest_comes_first_and_says_how_long(tmp_path: Path) -> None:
    bureau = at_work(tmp_path)
    items = bureau.desk.worklist.show(SERVICE).section(Section.OURS)
    assert [str(item.line.id) for item in items] == ["12AB-00", "07XK-00", "31QP-00"]
    assert {item.what for item in items} == {"openzetten in ParnasSys"}
    assert [spoken_wait(item.waited) for item in items] == ["15 u", "10 u", "5 u"]


def test_what_blocks_a_school_most_comes_first_and_moves_to_whom_it_waits_for(tmp_path: Path) -> None:
    bureau = at_work(tmp_path)
    bureau.desk.links.open(SERVICE, SCHOOL)
    worklist = bureau.desk.worklist.show(SERVICE)
    assert [str(item.line.id) for item in worklist.section(Section.SCHOOL)] == ["12AB-00"]
    assert worklist.counts() == {Section.OURS: 2, Section.SCHOOL: 1, Section.TROUBLE: 0}
    assert worklist.schools == 3


def test_disturbed_links_and_held_imports_are_in_a_part_of_their_own(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    bureau.with_school(LinkState.ACTIVE, school=ELSEWHERE)
    with bureau.store.record(ELSEWHERE).edit() as draft:
        assert draft.value is not None
        held = HeldImport(at=bureau.clock.now(), review="r", reasons=("41 leerlingen verdwijnen",))
        draft.value = replace(draft.value, held=held)
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None
        now = bureau.clock.now()
        link = move(draft.value.link, Move.DISTURB, at=now, by="nacht", why="sleutel geweigerd", blame=Party.SCHOOL)
        draft.value = replace(draft.value, link=link)
    trouble = bureau.desk.worklist.show(SERVICE).section(Section.TROUBLE)
    assert sorted((item.what, item.detail) for item in trouble) == [
        ("import vastgehouden", "41 leerlingen verdwijnen"),
        ("koppeling gestoord", "sleutel geweigerd"),
    ]


def test_an_open_review_waits_for_the_school(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None
        draft.value = replace(draft.value, open_review="r1")
    (item,) = bureau.desk.worklist.show(SERVICE).items
    assert (item.section, item.what) == (Section.SCHOOL, "import nakijken")


def test_a_beheerder_sees_the_own_schools_only_in_the_list_and_in_the_search(tmp_path: Path) -> None:
    bureau = at_work(tmp_path)
    assert [str(item.line.id) for item in bureau.desk.worklist.show(ADMINISTRATOR).items] == ["12AB-00"]
    assert bureau.desk.worklist.show(ADMINISTRATOR).schools == 1
    assert [str(line.id) for line in bureau.desk.worklist.search(ADMINISTRATOR, "de")] == ["12AB-00"]
    assert bureau.desk.worklist.search(STRANGER, "regenboog") == []


def an_index(*schools: tuple[str, str, str]) -> SchoolIndex:
    records = (
        SchoolRecord(school=School(id=SchoolId.parse(brin), name=name, place=place)) for brin, name, place in schools
    )
    return SchoolIndex([line_of(record) for record in records])


INDEX = an_index(
    ("12AB", "De Regenboog", "Assen"),
    ("12AB-01", "De Regenboog Noord", "Assen"),
    ("07XK", "École Française", "'s-Gravenhage"),
    ("31QP", "It Pertoer", "Súdwest-Fryslân"),
    ("05ZZ", "Basisschool Assen", "Goes"),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("12ab", ["12AB-00", "12AB-01"]),
        ("12AB-01", ["12AB-01"]),
        ("regen noord", ["12AB-01"]),
        ("noord regen", ["12AB-01"]),
        ("ecole", ["07XK-00"]),
        ("sudwest", ["31QP-00"]),
        ("SÚDWEST", ["31QP-00"]),
        ("gravenhage", ["07XK-00"]),
        ("assen", ["12AB-00", "12AB-01", "05ZZ-00"]),
        ("basis", ["05ZZ-00"]),
        ("nergens", []),
        ("", ["12AB-00", "12AB-01", "07XK-00", "31QP-00", "05ZZ-00"]),
    ],
)
def test_a_school_is_found_by_brin_name_or_place_with_accents_folded(typed: str, found: list[str]) -> None:
    assert [str(line.id) for line in INDEX.search(typed)] == found


def test_folding_takes_accents_and_capitals_away() -> None:
    assert folded("Súdwest-Fryslân ÉÏ") == "sudwest-fryslan ei"


def test_a_rejected_score_is_on_the_list_from_the_moment_the_ledger_says_so(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    step = Step(at=bureau.clock.now(), to=State.REJECTED)
    result = a_result()
    entry = Entry(key=key_of(SCHOOL, result), result=result, state=State.REJECTED, history=(step,))
    with bureau.store.ledger(SCHOOL).edit() as draft:
        draft.value = Ledger().with_entries([entry])
    assert [item.what for item in bureau.desk.worklist.show(SERVICE).items] == ["1 score afgekeurd"]
    assert Bureau(tmp_path).store.lines()[0].rejected == 1


def test_waiting_is_told_in_hours_and_days() -> None:
    told = [spoken_wait(timedelta(**wait)) for wait in ({"minutes": 20}, {"hours": 2}, {"days": 3, "hours": 5})]
    assert told == ["< 1 u", "2 u", "3 d"]


def test_what_was_asked_later_than_it_is_now_waits_for_no_time(tmp_path: Path) -> None:
    """A practice world that is opened again begins at the time of its simulator, which may be earlier."""
    bureau = at_work(tmp_path)
    bureau.clock.at -= timedelta(days=40)
    assert {item.waited for item in bureau.desk.worklist.show(SERVICE).items} == {timedelta()}

"""What a screen sees of a review: rows, categories, counts, problems, and how they follow each act."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from core.importing.decisions import Category, GiveEmail
from core.importing.rows import Selection, Show, Trouble
from core.importing.session import ReviewSession
from core.model import Kind, LasKey, Register
from tests.core.importing.build import (
    NOW,
    Pen,
    a_group,
    a_pupil,
    a_roster,
    a_session,
    a_teacher,
    an_incoming_group,
    an_incoming_pupil,
    an_incoming_teacher,
    group,
    place,
    pupil,
    teacher,
)


def troubles(session: ReviewSession) -> set[Trouble]:
    return {problem.trouble for problem in session.problems()}


def test_every_kind_has_the_three_categories_and_a_row_can_be_moved_to_each() -> None:
    """S: three tabs, three categories, and any row can be moved to any category."""
    register = Register(groups=(a_group("G5"),), teachers=(a_teacher("T1"),), pupils=(a_pupil("P1"),))
    roster = a_roster([an_incoming_group("g5")], [an_incoming_teacher("t1")], [an_incoming_pupil("p1")])
    session, pen = a_session(roster, register), Pen()
    for key, existing in ((group("g5"), "G5"), (teacher("t1"), "T1"), (pupil("p1"), "P1")):
        for category in Category:
            target = existing if category is Category.EXISTING else None
            session.take_in([pen.choose(place(key, category, target))])
            assert session.row(key).category is category
            assert [row.key for row in session.rows(Selection(kind=key.kind, category=category))] == [key]


def test_linked_before_is_linked_again_by_itself() -> None:
    """S (a): what was linked through this link is linked again, also under another name."""
    register = Register(pupils=(a_pupil("P1", "Fien", linked="p1"),))
    session = a_session(a_roster(pupils=[an_incoming_pupil("p1", "Fiene", born=date(2017, 3, 12))]), register)
    row = session.row(pupil("p1"))
    assert row.category is Category.EXISTING
    assert row.existing and row.existing.id == "P1"
    assert not row.doubt


def test_koppeling_aanpassen_finds_by_any_part_of_name_birth_date_or_number() -> None:
    """S (c): search in an overview and link; + any part of name, birth date or number."""
    register = Register(
        groups=(a_group("G5"),),
        pupils=(
            a_pupil("P1", "Mohamed", "Idrissi", born=date(2016, 7, 4)),
            a_pupil("P2", "Chloë", "de Boer", born=date(2015, 1, 2)),
        ),
    )
    session = a_session(a_roster(pupils=[an_incoming_pupil("x", "Onbekend", "Kind")]), register)
    for query, expected in (
        ("idris", "P1"),
        ("hame", "P1"),
        ("04-07-2016", "P1"),
        ("4-7-2016", "P1"),
        ("2016-07-04", "P1"),
        ("P2", "P2"),
        ("chloe boer", "P2"),
        ("boer chloe", "P2"),
    ):
        found = [option.counterpart.id for option in session.find_existing(pupil("x"), query)]
        assert found == [expected], query


def test_a_new_teacher_needs_an_email_address_which_can_be_filled_in_on_the_row() -> None:
    """S: a new teacher needs an e-mail address, from ParnasSys when it is there, else filled in on the row."""
    session, pen = a_session(a_roster(teachers=[an_incoming_teacher("t1", email="")]), Register()), Pen()
    assert troubles(session) == {Trouble.NO_EMAIL}
    session.take_in([pen.choose(GiveEmail(incoming=teacher("t1").incoming, email="geen adres"))])
    assert troubles(session) == {Trouble.BAD_EMAIL}
    session.take_in([pen.choose(GiveEmail(incoming=teacher("t1").incoming, email="anne@school.nl"))])
    assert not session.problems()
    assert session.row(teacher("t1")).email == "anne@school.nl"


def test_two_new_teachers_with_one_address_or_an_address_in_use_are_problems() -> None:
    register = Register(teachers=(a_teacher("T1", "Bea", "Bos", "bea@school.nl"),))
    incoming = [
        an_incoming_teacher("t1", "Carl", "Cop", "zelfde@school.nl"),
        an_incoming_teacher("t2", "Dien", "Das", "Zelfde@school.nl"),
        an_incoming_teacher("t3", "Eef", "Els", "bea@school.nl"),
    ]
    session, pen = a_session(a_roster(teachers=incoming), register), Pen()
    session.take_in([pen.choose(place(teacher("t3"), Category.NEW))])
    assert {problem.key for problem in session.problems()} == {teacher("t1"), teacher("t2"), teacher("t3")}
    session.take_in([pen.choose(place(teacher("t2"), Category.SKIP))])
    assert {problem.key for problem in session.problems()} == {teacher("t3")}


def test_a_skipped_group_with_imported_pupils_is_a_problem_that_names_the_rows() -> None:
    """S: when a group is not imported its pupils must not be either; + the contradiction names the rows."""
    roster = a_roster([an_incoming_group("g5")], pupils=[an_incoming_pupil("p1"), an_incoming_pupil("p2", "Jan")])
    session, pen = a_session(roster, Register()), Pen()
    session.take_in([pen.choose(place(group("g5"), Category.SKIP))])
    assert {(p.trouble, p.key) for p in session.problems()} == {
        (Trouble.GROUP_SKIPPED, pupil("p1")),
        (Trouble.GROUP_SKIPPED, pupil("p2")),
    }


def test_a_group_and_its_pupils_are_skipped_as_one_action_and_undone_as_one() -> None:
    """+ offered as one action."""
    roster = a_roster([an_incoming_group("g5")], pupils=[an_incoming_pupil("p1"), an_incoming_pupil("p2", "Jan")])
    session, pen = a_session(roster, Register()), Pen()
    act = pen.choose(*session.steps.with_pupils(group("g5"), Category.SKIP))
    session.take_in([act])
    assert {row.category for kind in (Kind.GROUP, Kind.PUPIL) for row in session.rows(Selection(kind=kind))} == {
        Category.SKIP
    }
    assert not session.problems()
    session.take_in([pen.undo(act)])
    assert session.row(pupil("p2")).category is Category.NEW
    session.take_in([pen.redo(act)])
    session.take_in([pen.choose(*session.steps.with_pupils(group("g5"), Category.NEW))])
    assert session.row(pupil("p1")).category is Category.NEW


def test_a_group_that_is_taken_in_again_goes_back_to_what_it_was_linked_to() -> None:
    register = Register(groups=(a_group("G5", linked="g5"),), pupils=(a_pupil("P1", linked="p1"),))
    roster = a_roster([an_incoming_group("g5")], pupils=[an_incoming_pupil("p1"), an_incoming_pupil("p2", "Jan")])
    session, pen = a_session(roster, register), Pen()
    before = [session.row(key).category for key in (group("g5"), pupil("p1"), pupil("p2"))]
    session.take_in([pen.choose(*session.steps.group_switched(group("g5")))])
    assert session.row(pupil("p1")).category is Category.SKIP
    session.take_in([pen.choose(*session.steps.group_switched(group("g5")))])
    assert [session.row(key).category for key in (group("g5"), pupil("p1"), pupil("p2"))] == before
    assert session.row(group("g5")).existing
    assert session.row(pupil("p1")).existing


def test_two_rows_on_one_existing_record_block_in_every_tab_and_name_each_other() -> None:
    register = Register(groups=(a_group("G5"),), teachers=(a_teacher("T1"),), pupils=(a_pupil("P1"),))
    roster = a_roster(
        [an_incoming_group("a"), an_incoming_group("b")],
        [an_incoming_teacher("a"), an_incoming_teacher("b")],
        [an_incoming_pupil("a", group=None), an_incoming_pupil("b", group=None)],
    )
    session, pen = a_session(roster, register), Pen()
    for key, existing in ((group, "G5"), (teacher, "T1"), (pupil, "P1")):
        session.take_in(
            [pen.choose(place(key("a"), Category.EXISTING, existing), place(key("b"), Category.EXISTING, existing))]
        )
        doubles = [p for p in session.problems() if p.trouble is Trouble.TWO_ON_ONE and p.key == key("a")]
        assert [problem.others for problem in doubles] == [(key("b"),)]
        session.take_in([pen.choose(place(key("b"), Category.SKIP))])
        assert not [p for p in session.problems() if p.key in (key("a"), key("b"))]


def test_differences_are_shown_before_and_after_per_field() -> None:
    register = Register(groups=(a_group("G5", linked="g5"),), pupils=(a_pupil("P1", "Fien", linked="p1", year="4"),))
    roster = a_roster([an_incoming_group("g5")], pupils=[an_incoming_pupil("p1", "Fiene", year="5")])
    session = a_session(roster, register)
    changes = {one.field: (one.before, one.after) for one in session.row(pupil("p1")).changes}
    assert changes == {"roepnaam": ("Fien", "Fiene"), "jaargroep": ("4", "5")}


def test_moving_a_group_changes_what_its_pupils_show() -> None:
    register = Register(groups=(a_group("G5"), a_group("G6")), pupils=(a_pupil("P1", linked="p1"),))
    roster = a_roster([an_incoming_group("g5", "Groep G5")], pupils=[an_incoming_pupil("p1")])
    session, pen = a_session(roster, register), Pen()
    assert session.row(pupil("p1")).changes == ()
    changed = session.take_in([pen.choose(place(group("g5"), Category.EXISTING, "G6"))])
    assert pupil("p1") in changed
    assert [one.after for one in session.row(pupil("p1")).changes] == ["Groep G6"]


def test_lists_are_searched_and_narrowed_to_doubtful_changed_problems_or_one_group() -> None:
    register = Register(
        groups=(a_group("G5", linked="g5"),),
        pupils=(a_pupil("P1", "Fien", linked="p1"), a_pupil("P2", "Sam", "Jansen"), a_pupil("P3", "Sam", "Jansen")),
    )
    roster = a_roster(
        [an_incoming_group("g5"), an_incoming_group("g6")],
        pupils=[
            an_incoming_pupil("p1", "Fiene"),
            an_incoming_pupil("p2", "Sam", "Jansen", group="g6"),
            an_incoming_pupil("p3", "Nieuw", "Kind", born=date(2016, 5, 6), group="g6"),
        ],
    )
    session = a_session(roster, register)

    def keys(show: Show = Show.ALL, group: LasKey | None = None, search: str = "") -> list[str]:
        rows = session.rows(Selection(kind=Kind.PUPIL, show=show, group=group, search=search))
        return [str(row.key.incoming) for row in rows]

    assert keys() == ["las:p1", "las:p2", "las:p3"]
    assert keys(show=Show.DOUBT) == ["las:p2"]
    assert keys(show=Show.CHANGED) == ["las:p1", "las:p2"]
    assert keys(group=LasKey("g6")) == ["las:p2", "las:p3"]
    assert keys(search="jan sam") == ["las:p2"]
    assert keys(search="06-05-2016") == ["las:p3"]


def test_not_the_same_person_moves_the_row_to_new_and_stays_known() -> None:
    register = Register(pupils=(a_pupil("P1"),))
    session, pen = a_session(a_roster(pupils=[an_incoming_pupil("p1", group=None)]), register), Pen()
    session.take_in([pen.choose(*session.steps.not_same(pupil("p1"), "P1"))])
    assert session.row(pupil("p1")).category is Category.NEW
    assert [option.not_same for option in session.detail(pupil("p1")).options] == ["Anne"]
    assert session.steps.moved(pupil("p1"), Category.EXISTING).existing is None


def test_a_review_reopens_where_this_person_was_and_tells_who_else_is_in_it() -> None:
    roster = a_roster(pupils=[an_incoming_pupil("p1"), an_incoming_pupil("p2", "Jan")])
    session, pen = a_session(roster, Register()), Pen()
    session.take_in(
        [pen.choose(place(pupil("p1"), Category.SKIP)), pen.choose(place(pupil("p2"), Category.NEW), by="Bob")]
    )
    assert session.place_of("Anne") == pupil("p1")
    assert session.company("Anne", NOW) == {"Bob": pupil("p2")}
    assert session.company("Anne", NOW + timedelta(hours=1)) == {}
    row = session.row(pupil("p2"))
    assert (row.by, row.at) == ("Bob", NOW)


_CATEGORIES = st.sampled_from(list(Category))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 11), _CATEGORIES, st.integers(0, 6)), max_size=40))
def test_counts_always_add_up_and_each_opens_its_list(moves: list[tuple[int, Category, int]]) -> None:
    """received = new + existing + not imported + problems, after any acts, and every count is a list that long."""
    incoming = [
        *(an_incoming_pupil(f"{n}", "Kind", f"Naam{n}", group="g5" if n % 2 else "g6") for n in range(6)),
    ]
    roster = a_roster(
        [an_incoming_group("g5"), an_incoming_group("g6")],
        [an_incoming_teacher(f"{n}", "Juf", f"Naam{n}", email="") for n in range(4)],
        incoming,
    )
    register = Register(
        groups=(a_group("G5"), a_group("G6")),
        teachers=(a_teacher("T1", "Juf", "Naam1"),),
        pupils=tuple(a_pupil(f"P{n}", "Kind", f"Naam{n}") for n in range(5)),
    )
    session, pen = a_session(roster, register), Pen()
    keys = [group("g5"), group("g6"), *(teacher(f"{n}") for n in range(4)), *(pupil(f"{n}") for n in range(6))]
    targets = {Kind.GROUP: ["G5", "G6"], Kind.TEACHER: ["T1"], Kind.PUPIL: [f"P{n}" for n in range(5)]}
    for which, category, target in moves:
        key = keys[which]
        existing = targets[key.kind][target % len(targets[key.kind])] if category is Category.EXISTING else None
        session.take_in([pen.choose(place(key, category, existing))])
    fresh = a_session(roster, register, *pen.log)
    for kind in Kind:
        counts = session.counts(kind)
        assert counts == fresh.counts(kind), "acting step by step must equal folding the whole log"
        assert counts.received == counts.new + counts.existing + counts.skipped + counts.problems
        assert len(session.rows(Selection(kind=kind, show=Show.PROBLEM))) == counts.problems
        assert len(session.rows(Selection(kind=kind, show=Show.DOUBT))) == counts.doubts
        for category, count in zip(Category, (counts.new, counts.existing, counts.skipped), strict=True):
            assert len(session.rows(Selection(kind=kind, category=category, show=Show.CLEAR))) == count
            assert len(session.rows(Selection(kind=kind, category=category))) == counts.in_category[category]
    assert session.rows(Selection(kind=Kind.PUPIL)) == fresh.rows(Selection(kind=Kind.PUPIL))


def test_either_side_may_be_empty() -> None:
    """A test centre without groups (as in the manual's example), a school that sends no teachers, nothing at all."""
    people_only = a_session(a_roster([an_incoming_group("g5")], pupils=[an_incoming_pupil("p1")]), Register())
    assert people_only.counts(Kind.GROUP).new == 1
    register = Register(groups=(a_group("G5"),), teachers=(a_teacher("T1"),), pupils=(a_pupil("P1"),))
    assert [a_session(a_roster(), register).counts(kind).received for kind in Kind] == [0, 0, 0]
    assert a_session(a_roster(), Register()).problems() == ()

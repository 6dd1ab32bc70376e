"""The work list says what is left of a review and which letters need somebody, from the list of schools alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.desk import Desk
from core.desk.worklist import Section, WorkItem
from core.importing.decisions import Category, Place
from core.linking.link import LinkState
from core.mail.items import Item, Post, Round
from core.mail.letters import LinkOpened
from core.model import Administrator, Kind, Register
from tests.core.desk.office import ADMINISTRATOR, NIGHT, SCHOOL, SERVICE, Bureau, Pigeonhole
from tests.core.desk.school_year import SchoolBureau, a_bureau
from tests.core.importing.build import (
    a_group,
    a_pupil,
    a_roster,
    a_teacher,
    an_incoming_group,
    an_incoming_pupil,
    an_incoming_teacher,
    incoming_people,
    people,
)
from tests.english import english


@pytest.fixture
def bureau(tmp_path: Path) -> SchoolBureau:
    """A school with eight known children, one that is perhaps known, a new one, and a teacher without an address."""
    register = Register(
        groups=(a_group("G5", "Groep 5"),),
        teachers=(a_teacher("T1"),),
        pupils=(*people(8), a_pupil("P90", "Zoë", "Quak")),
    )
    pupils = (
        *incoming_people(8),
        an_incoming_pupil("n1", "Zoé", "Kwak"),
        an_incoming_pupil("n2", "Pim", "Kleuter"),
        an_incoming_pupil("n3", "Ole", "Bol"),
    )
    teachers = [an_incoming_teacher("t1", groups=["g5"]), an_incoming_teacher("t2", "Bo", "Nieuw", email="")]
    roster = a_roster([an_incoming_group("g5", "Groep 5")], teachers, pupils)
    return a_bureau(tmp_path / "desk", roster, register)


def waiting(bureau: Bureau) -> WorkItem:
    (item,) = bureau.desk.worklist.show(SERVICE).items
    return item


async def test_what_is_left_of_a_review_is_told_from_the_moment_it_is_there(
    bureau: SchoolBureau, tmp_path: Path
) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    session = bureau.desk.imports.open(SERVICE, SCHOOL)
    new = sum(session.counts(kind).new for kind in Kind)
    doubts = sum(session.counts(kind).doubts for kind in Kind)
    problems = sum(session.counts(kind).problems for kind in Kind)
    assert (new, doubts, problems) == (2, 1, 1)
    assert (waiting(bureau).what, waiting(bureau).detail) == ("import nakijken", "2 nieuw · 1 twijfel · 1 probleem")
    with english(tmp_path / "locale"):
        assert waiting(bureau).detail == "2 new · 1 in doubt · 1 problem"


async def test_what_was_decided_is_counted_when_somebody_leaves_and_a_look_alone_writes_nothing(
    bureau: SchoolBureau,
) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    session = bureau.desk.imports.open(SERVICE, SCHOOL)
    bureau.desk.imports.accept(SERVICE, session, [row.key for row in session.doubts()])
    bureau.desk.imports.leave(SERVICE, session)
    assert waiting(bureau).detail == "2 nieuw · 1 probleem"
    before = (bureau.folder / "scholen.jsonl").read_bytes()
    bureau.desk.imports.leave(SERVICE, bureau.desk.imports.open(SERVICE, SCHOOL))
    assert (bureau.folder / "scholen.jsonl").read_bytes() == before


async def test_a_review_that_is_over_leaves_nothing_on_the_list_not_even_for_who_leaves_it_last(
    bureau: SchoolBureau,
) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    session = bureau.desk.imports.open(SERVICE, SCHOOL)
    bureau.desk.imports.discard(ADMINISTRATOR, SCHOOL)
    bureau.desk.imports.leave(SERVICE, session)
    assert (waiting(bureau).what, waiting(bureau).detail) == ("gegevens importeren", "")


async def test_a_list_that_is_made_anew_does_not_guess_what_is_left(bureau: SchoolBureau) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    (bureau.folder / "scholen.jsonl").write_bytes(b"")
    bureau.store.rebuild()
    assert (waiting(bureau).what, waiting(bureau).detail) == ("import nakijken", "")


async def test_what_a_night_leaves_to_a_person_is_told(bureau: SchoolBureau) -> None:
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    session = bureau.desk.imports.open(SERVICE, SCHOOL)
    blocking = [problem.key for problem in session.problems()]
    steps = [Place(kind=key.kind, incoming=key.incoming, category=Category.SKIP) for key in blocking]
    bureau.desk.imports.decide(ADMINISTRATOR, session, steps)
    bureau.desk.imports.accept(ADMINISTRATOR, session, [row.key for row in session.doubts()])
    bureau.desk.imports.commit(ADMINISTRATOR, SCHOOL)
    assert not bureau.desk.worklist.show(SERVICE).items
    roster = bureau.las.roster
    assert roster is not None
    assert roster.created is not None
    newcomer = an_incoming_pupil("n99", "Fien", "Laat")
    bureau.las.roster = replace(roster, pupils=(*roster.pupils, newcomer), created=roster.created + timedelta(days=1))
    await bureau.desk.night_imports.run(NIGHT, SCHOOL)
    assert (waiting(bureau).what, waiting(bureau).detail) == ("import nakijken", "1 nieuw")


@dataclass
class PostWithTrouble(Pigeonhole):
    """A post room in which the one letter is in the state that the test says."""

    state: Post = Post.REFUSED
    tried: list[str] = field(default_factory=list)

    def items(self) -> Sequence[Item]:
        letter = LinkOpened(school=SCHOOL, school_name="De Regenboog", about="1")
        receiver = Administrator(name="J. Bos", email="j@x.nl")
        bureau = Bureau(Path("/nonexistent"))
        at = bureau.clock.now() - timedelta(days=2)
        return (Item(id="l1", letter=letter, receiver=receiver, state=self.state, queued=at, changed=at),)

    def again(self, item: Item, by: str) -> None:
        self.state = Post.WAITING

    async def round(self) -> Round:
        if self.state is Post.WAITING:
            self.state = Post.SENT
            return Round(sent=1)
        return Round(refused=1) if self.state is Post.REFUSED else Round(in_doubt=1)


@pytest.mark.parametrize("state", [Post.REFUSED, Post.DOUBT])
async def test_a_letter_that_did_not_arrive_is_work_until_it_is_tried_again(tmp_path: Path, state: Post) -> None:
    bureau = Bureau(tmp_path / "desk", post=PostWithTrouble(state=state))
    bureau.with_school(LinkState.ACTIVE)
    await bureau.desk.mail.deliver()
    item = waiting(bureau)
    assert (item.section, item.what, item.waited) == (Section.OURS, "1 bericht niet aangekomen", timedelta(days=2))
    bureau.desk.mail.again(SERVICE, "l1")
    assert not bureau.desk.worklist.show(SERVICE).items
    await bureau.desk.mail.deliver()
    assert not bureau.desk.worklist.show(SERVICE).items


async def test_a_letter_that_was_forgotten_is_no_work_any_more(tmp_path: Path) -> None:
    """As the purge does with a letter that was refused a year ago."""
    bureau = Bureau(tmp_path / "desk", post=PostWithTrouble())
    bureau.with_school(LinkState.ACTIVE)
    await bureau.desk.mail.deliver()
    assert waiting(bureau).what == "1 bericht niet aangekomen"
    await Desk(replace(bureau.office, post=Pigeonhole())).mail.deliver()
    assert not bureau.desk.worklist.show(SERVICE).items

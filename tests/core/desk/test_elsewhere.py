"""A score that may stand with another child in ParnasSys: everybody who must know learns of it, until it is removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.desk import Desk
from core.desk.worklist import Section
from core.errors import RefusedByRole, RefusedByState
from core.mail.items import Item
from core.mail.letters import OtherChild
from core.mail.post import PostOffice
from core.model import LasKey, LinkedAs, PupilId
from core.night import Ending, Night
from core.scores.ledger import State
from core.scores.message import ResultKey
from core.scores.reasons import Reason
from tests.core.desk.office import ADMINISTRATOR, NIGHT, SCHOOL, SERVICE, Bureau
from tests.core.desk.results_bureau import Listening, a_bureau, a_file

ONE = "p1;BOOM-TL-35;2026;2026-11-03;22"
TWO = "p2;BOOM-TL-35;2026;2026-11-03;30"


class WrongLink:
    """Pupil 1 was linked to the child that is pupil 3 when its score left; now both are linked right."""

    def __init__(self, bureau: Bureau, las: Listening) -> None:
        self.bureau, self.las = bureau, las
        self.post = PostOffice(bureau.office.settings, bureau.clock)
        self.desk = Desk(replace(bureau.office, post=self.post))

    def link(self, **keys: str) -> None:
        """Link pupils to these ParnasSys keys; empty = to none."""
        with self.bureau.store.record(SCHOOL).edit() as draft:
            assert draft.value is not None
            pupils = tuple(
                replace(one, linked=LinkedAs(key=LasKey(keys[one.id])) if keys[one.id] else None)
                if one.id in keys
                else one
                for one in draft.value.register.pupils
            )
            draft.value = replace(draft.value, register=replace(draft.value.register, pupils=pupils))

    def read_in(self, *lines: str) -> None:
        self.desk.scores.import_csv(SERVICE, a_file(*lines), name="a.csv")

    async def night(self) -> Night:
        self.bureau.clock.pass_by(days=1)
        return await self.desk.nights.run(NIGHT)

    @property
    def letters(self) -> list[Item]:
        """Every letter about another child."""
        return [item for item in self.post.items() if isinstance(item.letter, OtherChild)]

    @property
    def held(self) -> list[ResultKey]:
        return [entry.key for entry in self.bureau.store.ledger(SCHOOL).read().elsewhere()]


@pytest.fixture
async def wrong(tmp_path: Path) -> WrongLink:
    case = WrongLink(*a_bureau(tmp_path))
    case.link(p1="las-3", p3="")
    case.read_in(ONE)
    await case.night()
    case.link(p1="las-1", p3="las-3")
    return case


async def test_school_and_customer_service_get_one_letter_each_without_names(wrong: WrongLink) -> None:
    night = await wrong.night()
    assert night.endings == {Ending.ATTENTION: 1}
    assert {item.receiver.email for item in wrong.letters} == {
        "j.bos@regenboog.example",
        "klantenservice@boomtestonderwijs.nl",
    }
    subject, text = wrong.post.text(wrong.letters[0])
    assert subject.startswith("Dringend") and "staat 1 score in ParnasSys misschien bij een ander kind" in text
    assert "tabblad Toetsen" in text
    assert "Bakker" not in text and "Fien" not in text
    await wrong.night()
    await wrong.night()
    assert len(wrong.letters) == 2


async def test_another_result_that_turns_out_so_later_is_another_letter(wrong: WrongLink) -> None:
    await wrong.night()
    wrong.link(p2="las-4", p4="")
    wrong.read_in(TWO)
    await wrong.night()
    wrong.link(p2="las-2", p4="las-4")
    await wrong.night()
    assert len(wrong.letters) == 4
    assert {getattr(item.letter, "results", 0) for item in wrong.letters} == {1, 2}
    wrong.desk.elsewhere.removed(SERVICE, SCHOOL, wrong.held[1:])
    await wrong.night()
    assert len(wrong.letters) == 4


async def test_it_comes_first_in_the_work_list_since_it_was_found(wrong: WrongLink) -> None:
    await wrong.night()
    wrong.bureau.clock.pass_by(hours=3)
    item = wrong.desk.worklist.show(SERVICE).section(Section.OURS)[0]
    assert item.urgent and item.what == "1 score bij een ander kind?" and item.waited == timedelta(hours=3)


async def test_the_list_says_whose_score_it_is_and_with_whom_it_may_stand(wrong: WrongLink) -> None:
    await wrong.night()
    (found,) = wrong.desk.elsewhere.show(ADMINISTRATOR, SCHOOL)
    assert found.row.pupil == PupilId("p1") and found.row.reason is Reason.OTHER_CHILD
    assert found.places == ("Bakker3, Fien (Groep 5)",)
    (cause, *_rest) = wrong.desk.scores.status(SERVICE, SCHOOL).causes
    assert cause.reason is Reason.OTHER_CHILD
    wrong.link(p3="")
    (found,) = wrong.desk.elsewhere.show(ADMINISTRATOR, SCHOOL)
    assert found.places == ("leerling las-3 in ParnasSys",)


async def test_the_night_shows_it_every_time_until_it_is_removed_and_then_it_goes_to_its_own_child(
    wrong: WrongLink,
) -> None:
    for _night in range(2):
        night = await wrong.night()
        (visit,) = wrong.desk.nights.page(SERVICE, night.id).schools
        assert visit.elsewhere == 1
        (cause,) = wrong.desk.nights.causes(SERVICE, night.id)
        assert (cause.reason, cause.results) == (Reason.OTHER_CHILD, 1)
    assert wrong.desk.elsewhere.removed(SERVICE, SCHOOL, wrong.held) == 1
    assert wrong.desk.worklist.show(SERVICE).items == ()
    night = await wrong.night()
    assert night.endings == {Ending.DONE: 1}
    assert [one.pupil for one in wrong.las.receiver.messages[-1].sittings] == ["las-1"]
    (entry,) = wrong.bureau.store.ledger(SCHOOL).read()
    assert entry.state is State.CONFIRMED and entry.stands_under == ("las-1",)


async def test_only_customer_service_says_it_is_removed_and_only_of_what_waits_for_that(wrong: WrongLink) -> None:
    await wrong.night()
    keys = wrong.held
    with pytest.raises(RefusedByRole):
        wrong.desk.elsewhere.removed(ADMINISTRATOR, SCHOOL, keys)
    wrong.read_in(TWO)
    (other,) = {entry.key for entry in wrong.bureau.store.ledger(SCHOOL).read()} - set(keys)
    with pytest.raises(RefusedByState):
        wrong.desk.elsewhere.removed(SERVICE, SCHOOL, [*keys, other])
    assert wrong.held == keys
    assert wrong.desk.scores.try_again(SERVICE, SCHOOL, keys) == 0
    assert wrong.desk.scores.withdraw(SERVICE, SCHOOL, keys) == 0
    wrong.desk.elsewhere.removed(SERVICE, SCHOOL, keys)
    last = next(wrong.bureau.store.audit().newest())
    assert (last.by, last.subject, last.to) == (SERVICE.name, keys[0], "verwijderd in ParnasSys")

"""A night through the desk: one at a time, gone on with after a kill, told in one letter, kept in the book."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from core.desk import Desk
from core.desk.pace import Pace
from core.errors import (
    AnswerLost,
    ContentRefused,
    Damaged,
    DiskFull,
    RefusedByRole,
    RefusedByState,
    SchoolMustAct,
    UnreadableInput,
)
from core.language import _
from core.linking.link import LinkState
from core.mail.letters import Digest, Letter
from core.model import Administrator, SchoolId
from core.night import KEPT, Ending, Night, SchoolNight
from core.nightly import Stop
from core.patience import Patience
from core.scores.ledger import State
from core.scores.reasons import Reason
from core.store.nights import NightFiles
from core.store.tiny import TinyStore
from tests.core.desk.office import ADMINISTRATOR, NIGHT, READER, SCHOOL, SERVICE, Pigeonhole
from tests.core.desk.results_bureau import a_bureau, a_file
from tests.english import english

SCHOOLS = [SchoolId(f"{number:02}AB") for number in range(10, 16)]
QUICK = Pace(patience=Patience(attempts=3, first=0.002, longest=0.01))
ONE = "p1;BOOM-TL-35;2026;2026-11-03;22"
TWO = "p2;BOOM-TL-35;2026;2026-11-03;30"


async def test_a_night_sends_what_waits_and_writes_it_down(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS)
    for school in SCHOOLS:
        bureau.desk.scores.import_csv(SERVICE, a_file(ONE, TWO, school=school), name="a.csv")
    seen: list[tuple[int, int]] = []
    night = await bureau.desk.nights.run(
        NIGHT, pace=QUICK, watch=lambda _visit, done, planned: seen.append((done, planned))
    )
    assert (night.planned, night.confirmed, night.endings) == (6, 12, {Ending.DONE: 6})
    assert seen == [(n, 6) for n in range(1, 7)]
    assert bureau.desk.nights.last(READER) == (night,)
    page = bureau.desk.nights.page(READER, night.id)
    assert sorted(visit.school for visit in page.schools) == SCHOOLS
    assert len(las.receiver.held) == 12


async def test_one_poisoned_school_delays_nobody(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS)
    for school in SCHOOLS:
        bureau.desk.scores.import_csv(SERVICE, a_file(ONE, school=school), name="a.csv")
    las.receiver.verdict = lambda message: AnswerLost("weg") if message.school == SCHOOLS[0] else None
    order: list[SchoolId] = []
    await bureau.desk.nights.run(NIGHT, pace=QUICK, watch=lambda visit, _done, _planned: order.append(visit.school))
    assert order[-1] == SCHOOLS[0] and sorted(order[:-1]) == SCHOOLS[1:]
    assert bureau.store.ledger(SCHOOLS[0]).read().counts()[State.UNKNOWN] == 1


async def test_only_schools_with_a_working_link_are_visited(tmp_path: Path) -> None:
    bureau, _las = a_bureau(tmp_path, SCHOOL)
    bureau.with_school(LinkState.ENDED, SchoolId("07XK"))
    assert (await bureau.desk.nights.run(NIGHT)).planned == 1


async def test_a_run_that_was_stopped_is_gone_on_with(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS)
    for school in SCHOOLS:
        bureau.desk.scores.import_csv(SERVICE, a_file(ONE, school=school), name="a.csv")
    stop = Stop(bureau.clock)
    first = await bureau.desk.nights.run(
        NIGHT, pace=Pace(concurrency=1), stop=stop, watch=lambda *_seen: stop.ask("onderbroken")
    )
    assert first.stopped == "onderbroken" and first.endings == {Ending.DONE: 1, Ending.STOPPED: 5}
    second = await bureau.desk.nights.run(NIGHT)
    assert second.id == first.id and second.endings == {Ending.DONE: 6} and not second.stopped
    assert len(las.receiver.messages) == 6
    assert len(bureau.desk.nights.last(NIGHT)) == 1


async def test_a_run_that_was_killed_shows_how_far_it_came_and_is_gone_on_with(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS)
    book = bureau.store.nights()
    killed = Night(id="20261123-010000", started=bureau.clock.now(), planned=6)
    book.begin(killed)
    visit = SchoolNight(school=SCHOOLS[0], ending=Ending.DONE, at=bureau.clock.now(), seconds=1.0, confirmed=3)
    book.note(killed.id, visit)
    (shown,) = bureau.desk.nights.last(NIGHT)
    assert shown.cut_off and shown.done == 1 and shown.confirmed == 3
    night = await bureau.desk.nights.run(NIGHT)
    assert night.id == killed.id and night.endings == {Ending.DONE: 6} and night.confirmed == 3
    assert las.receiver.messages == []


async def test_half_a_line_of_a_killed_run_is_left_out(tmp_path: Path) -> None:
    bureau, _las = a_bureau(tmp_path)
    night = await bureau.desk.nights.run(NIGHT)
    with (tmp_path / "nights" / f"{night.id}.jsonl").open("ab") as file:
        file.write(b'{"school":{"brin"')
    assert len(bureau.desk.nights.page(NIGHT, night.id).schools) == 1


async def test_the_schools_of_nights_long_ago_are_forgotten_and_those_of_the_last_ones_are_not(tmp_path: Path) -> None:
    bureau, _las = a_bureau(tmp_path)
    book = bureau.store.nights()
    for number in range(KEPT + 1):
        old = Night(id=f"20200101-{number:06}-000000", started=bureau.clock.now(), planned=1)
        book.begin(replace(old, finished=bureau.clock.now()))
        book.note(old.id, SchoolNight(school=SCHOOL, ending=Ending.DONE, at=bureau.clock.now(), seconds=1.0))
    await bureau.desk.nights.run(NIGHT)
    files = sorted(path.name for path in (tmp_path / "nights").glob("2*.jsonl"))
    assert len(files) == KEPT and files[0].startswith("20200101-000002")


async def test_a_day_later_a_new_night_begins(tmp_path: Path) -> None:
    bureau, _las = a_bureau(tmp_path)
    bureau.store.nights().begin(Night(id="20261122-010000", started=bureau.clock.now(), planned=1))
    bureau.clock.pass_by(hours=13)
    night = await bureau.desk.nights.run(NIGHT)
    assert night.id.startswith("20261123-201400")


async def test_two_runs_in_one_data_folder_are_refused(tmp_path: Path) -> None:
    bureau, _las = a_bureau(tmp_path)
    with bureau.store.nights().hold() as free:
        assert free
        with pytest.raises(RefusedByState, match="al een nachtelijke run"):
            await bureau.desk.nights.run(NIGHT)
    await bureau.desk.nights.run(NIGHT)


async def test_rejected_results_are_told_in_one_letter_with_counts_and_without_names(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path)
    las.receiver.verdict = lambda _message: ContentRefused("nee", reference="Client.ScoreOngeldig")
    bureau.desk.scores.import_csv(SERVICE, a_file(ONE, TWO), name="a.csv")
    night = await bureau.desk.nights.run(NIGHT)
    assert night.endings == {Ending.ATTENTION: 1} and night.rejected == 2
    (letter,) = bureau.post.letters
    assert isinstance(letter, Digest) and letter.about == night.id
    assert letter.lines[0].startswith("2 resultaten: ParnasSys keurt deze score af.")
    (cause,) = bureau.desk.nights.causes(SERVICE, night.id)
    assert (cause.results, cause.schools, cause.reason) == (2, (SCHOOL,), Reason.SCORE_INVALID)
    assert not any("Bakker" in line or "Fien" in line for line in letter.lines)
    await bureau.desk.nights.run(NIGHT)
    assert len(bureau.post.letters) == 1


class Killed(BaseException):
    """What happens to a run that is killed."""


class KilledAtFirst(Pigeonhole):
    """Whoever puts the first letter in the post is killed."""

    killed = False

    def send(self, letter: Letter, to: Sequence[Administrator]) -> None:
        if not self.killed:
            self.killed = True
            raise Killed
        super().send(letter, to)


async def test_what_a_killed_run_could_not_tell_is_told_by_the_one_that_goes_on(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS[:2])
    bureau.desk.office = replace(bureau.desk.office, post=(post := KilledAtFirst()))
    bureau.desk.scores.import_csv(SERVICE, a_file(ONE, school=SCHOOLS[1]), name="a.csv")
    las.receiver.verdict = lambda _message: ContentRefused("nee", reference="Client.ScoreOngeldig")
    with pytest.raises(BaseExceptionGroup):
        await bureau.desk.nights.run(NIGHT, pace=Pace(concurrency=1))
    assert post.letters == []
    night = await bureau.desk.nights.run(NIGHT)
    (letter,) = post.letters
    assert isinstance(letter, Digest) and letter.about == night.id and letter.school == SCHOOLS[1]


class FullBook(NightFiles):
    """A book on a full disk."""

    def note(self, night: str, visit: SchoolNight) -> None:
        raise DiskFull("De schijf is vol.", todo="Maak ruimte vrij.")

    def end(self, night: Night) -> None:
        raise DiskFull("De schijf is vol.", todo="Maak ruimte vrij.")


class FullStore(TinyStore):
    """A store whose book of nights cannot be written."""

    def nights(self) -> NightFiles:
        return FullBook(self._folder / "nights")


async def test_a_full_disk_ends_the_night_with_what_is_known_and_the_next_one_goes_on(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS)
    for school in SCHOOLS:
        bureau.desk.scores.import_csv(SERVICE, a_file(ONE, school=school), name="a.csv")
    full = Desk(replace(bureau.office, store=FullStore(tmp_path)))
    night = await full.nights.run(NIGHT, pace=Pace(concurrency=1))
    assert night.stopped == "de schijf is vol"
    assert night.endings == {Ending.UNREACHED: 1, Ending.STOPPED: 5} and night.confirmed == 1
    again = await bureau.desk.nights.run(NIGHT)
    assert again.id == night.id and again.endings == {Ending.DONE: 6}
    assert len(las.receiver.held) == 6 and len(las.receiver.messages) == 6


class LostPost(Pigeonhole):
    """A queue of letters that cannot be read."""

    def send(self, letter: Letter, to: Sequence[Administrator]) -> None:
        raise Damaged("De post is beschadigd.")


async def test_a_letter_that_cannot_be_written_holds_up_no_other_school(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path, *SCHOOLS)
    for school in SCHOOLS:
        bureau.desk.scores.import_csv(SERVICE, a_file(ONE, school=school), name="a.csv")
    las.receiver.verdict = lambda message: ContentRefused("nee") if message.school == SCHOOLS[0] else None
    lost = Desk(replace(bureau.office, post=LostPost()))
    night = await lost.nights.run(NIGHT)
    assert night.endings == {Ending.FAILED: 1, Ending.DONE: 5} and not night.stopped
    (failed,) = [one for one in lost.nights.page(NIGHT, night.id).schools if one.ending is Ending.FAILED]
    assert (failed.school, failed.problem) == (SCHOOLS[0], "De post is beschadigd.")


async def test_half_a_line_in_the_book_is_taken_away_by_the_run_that_goes_on(tmp_path: Path) -> None:
    bureau, _las = a_bureau(tmp_path, *SCHOOLS)
    book = bureau.store.nights()
    killed = Night(id="20261123-010000", started=bureau.clock.now(), planned=6)
    book.begin(killed)
    with (tmp_path / "nights" / f"{killed.id}.jsonl").open("ab") as file:
        file.write(b'{"school":{"brin"')
    night = await bureau.desk.nights.run(NIGHT)
    assert len(bureau.desk.nights.page(NIGHT, night.id).schools) == 6


async def test_a_school_whose_key_is_refused_is_disturbed_told_once_and_mended_by_the_next_success(
    tmp_path: Path,
) -> None:
    bureau, las = a_bureau(tmp_path)
    las.receiver.verdict = lambda _message: SchoolMustAct("geweigerd", reference="Client.AutorisatieOngeldig")
    bureau.desk.scores.import_csv(SERVICE, a_file(ONE), name="a.csv")
    night = await bureau.desk.nights.run(NIGHT)
    assert night.endings == {Ending.DISTURBED: 1}
    link = bureau.record().link
    assert link is not None and link.state is LinkState.DISTURBED and link.cause == "geweigerd"
    las.receiver.verdict = lambda _message: None
    bureau.clock.pass_by(days=1)
    await bureau.desk.nights.run(NIGHT)
    link = bureau.record().link
    assert link is not None and link.state is LinkState.ACTIVE
    assert bureau.store.ledger(SCHOOL).read().counts()[State.CONFIRMED] == 1
    assert len([letter for letter in bureau.post.letters if isinstance(letter, Digest)]) == 1


async def test_who_may_run_and_look(tmp_path: Path) -> None:
    bureau, _las = a_bureau(tmp_path, SCHOOL, SchoolId("07XK"))
    with pytest.raises(RefusedByRole):
        await bureau.desk.nights.run(READER)
    night = await bureau.desk.nights.run(NIGHT)
    page = bureau.desk.nights.page(ADMINISTRATOR, night.id)
    assert [visit.school for visit in page.schools] == [SCHOOL]
    with pytest.raises(UnreadableInput):
        bureau.desk.nights.page(SERVICE, "20200101-000000")


async def test_a_night_run_in_english_writes_dutch_letters_and_a_dutch_book(tmp_path: Path) -> None:
    bureau, las = a_bureau(tmp_path / "desk")
    las.receiver.verdict = lambda _message: ContentRefused("nee", reference="Client.ScoreOngeldig")
    bureau.desk.scores.import_csv(SERVICE, a_file(ONE, TWO), name="a.csv")
    seen: list[str] = []
    with english(tmp_path / "locale"):
        await bureau.desk.nights.run(NIGHT, watch=lambda visit, _done, _planned: seen.append(_(visit.ending.value)))
    (letter,) = bureau.post.letters
    assert isinstance(letter, Digest)
    assert letter.lines[0].startswith("2 resultaten: ParnasSys keurt deze score af.")
    assert seen == ["needs attention"]

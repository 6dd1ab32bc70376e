"""Every score once, with the right child: over real HTTP, whatever happened to keys, links and values meanwhile."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from core.desk import Desk
from core.desk.actor import Actor, Role
from core.desk.nights import NightDesk
from core.desk.pace import Pace
from core.desk.scores import ScoreDesk
from core.history import Remembered, Skipped
from core.mail.letters import OtherChild
from core.model import Kind, LasKey, LinkedAs, Pupil, SchoolId, ref_of
from core.patience import Patience
from core.scores.catalogue import Catalogue
from core.scores.definition import Test
from core.scores.ledger import Entry, State
from core.scores.merge import merge
from core.scores.reasons import Reason
from core.scores.results import Result
from core.settings import Las
from core.uwlr.client import uwlr
from simulator.server import Simulator, running_simulator
from tests.core.nights.town import Town, a_town, an_office_on

SERVICE = Actor(name="Anne", role=Role.SERVICE)
NIGHT = Actor(name="nacht", role=Role.MACHINE)


@pytest.fixture(scope="module")
def parnassys() -> Iterator[Simulator]:
    with running_simulator(seed=31, schools=1) as simulator:
        yield simulator


class Street:
    """One school of a simulator, and what a test does to it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.http = httpx.Client(base_url=town.url)
        self.catalogue = ScoreDesk(town.office).catalogue

    @property
    def school(self) -> SchoolId:
        return self.town.schools[0]

    async def night(self, *, most: int = 1000) -> None:
        """Run one night; every school once."""
        office = self.town.office
        async with uwlr(Las(url=self.town.url, timeout_seconds=5.0), office.clock) as line:
            office = an_office_on(office.settings.data_folder, line, url=self.town.url)
            pace = Pace(patience=Patience(attempts=1), most_in_a_message=most)
            await NightDesk(office, ScoreDesk(office, self.catalogue)).run(NIGHT, pace=pace)

    def trouble(self, **wish: object) -> None:
        self.http.post("/_sim/storingen", json={"operatie": "BrengLeerresultaten", **wish}).raise_for_status()

    def held(self, *broken: str) -> list[dict[str, Any]]:
        """What ParnasSys holds; on the way no rule may have been broken but those named."""
        answer = self.http.get(f"/_sim/schools/{self.school}/resultaten").raise_for_status().json()
        assert set(answer["overtredingen"]) == set(broken)
        found: list[dict[str, Any]] = answer["resultaten"]
        return found

    def entries(self) -> list[Entry]:
        return list(self.town.office.store.ledger(self.school).read())

    def pupil(self, id_: str) -> Pupil:
        record = self.town.office.store.record(self.school).read()
        assert record is not None
        return next(one for one in record.register.pupils if one.id == id_)

    def link(self, id_: str, linked: LinkedAs | None, said: Remembered | None = None) -> None:
        with self.town.office.store.record(self.school).edit() as draft:
            assert draft.value is not None
            pupils = tuple(replace(one, linked=linked) if one.id == id_ else one for one in draft.value.register.pupils)
            draft.value = replace(
                draft.value,
                register=replace(draft.value.register, pupils=pupils),
                remembered=said or draft.value.remembered,
            )

    def renew_keys(self) -> set[str]:
        """Give pupils new keys in ParnasSys until ours are among them, and link those; return their keys."""
        renewed: set[str] = set()
        while not renewed:
            wish = {"soort": "leerlingnummer-vernieuwd", "aantal": 60}
            self.http.post(f"/_sim/schools/{self.school}/gebeurtenis", json=wish).raise_for_status()
            truth = self.http.get(f"/_sim/schools/{self.school}/waarheid").raise_for_status().json()
            keys = {one["eckid"]: LasKey(one["sleutel"]) for one in truth["leerlingen"] if one["eckid"]}
            for id_ in {entry.result.pupil for entry in self.entries()}:
                linked = self.pupil(id_).linked
                if linked and linked.eckid and keys[linked.eckid] != linked.key:
                    self.link(id_, replace(linked, key=keys[linked.eckid]))
                    renewed.add(keys[linked.eckid])
        return renewed

    def link_wrong(self) -> tuple[str, LinkedAs]:
        """Link a pupil to a child that nobody else is linked to; return the pupil, and the link that is right."""
        mine = min(entry.result.pupil for entry in self.entries())
        with_results = {entry.result.pupil for entry in self.entries()}
        record = self.town.office.store.record(self.school).read()
        assert record is not None
        other = next(one for one in record.register.pupils if one.id not in with_results)
        right, wrong = self.pupil(mine).linked, other.linked
        assert right and wrong
        self.link(other.id, None)
        self.link(mine, wrong)
        return mine, right

    def remove_there_and_say_so(self, stands: Sequence[Entry]) -> None:
        """Remove results in ParnasSys by hand, and tell the desk."""
        for entry in stands:
            self.http.delete(f"/_sim/schools/{self.school}/resultaten/{entry.key}").raise_for_status()
        Desk(self.town.office).elsewhere.removed(SERVICE, self.school, [entry.key for entry in stands])

    def correct(self, entry: Entry, better: Result) -> None:
        with self.town.office.store.ledger(self.school).edit() as draft:
            now = self.town.office.clock.now()
            draft.value = merge(draft.value, [(entry.key, better)], at=now, by="anne", source="c.csv").ledger


@pytest.fixture
async def street(tmp_path: Path, parnassys: Simulator, request: pytest.FixtureRequest) -> Street:
    name = hashlib.sha256(request.node.name.encode()).hexdigest()[:12]
    return Street(await a_town(tmp_path, parnassys.world(name), schools=1, pupils=4, chance=random.Random(2)))


def a_version(catalogue: Catalogue, code: str, version: str) -> Test:
    (known,) = (test for test in catalogue if test.code == code)
    return replace(known, version=version)


async def test_a_correction_to_another_version_during_the_run_breaks_no_rule_and_arrives_once(street: Street) -> None:
    """Two versions of a test in one message are refused as a whole (uwlr.md §6.4)."""
    last = max(street.entries(), key=lambda entry: entry.result.pupil)
    street.catalogue = Catalogue([*street.catalogue, a_version(street.catalogue, last.result.test, "2027")])
    street.trouble(soort="traag", seconden=0.3, keren=1)

    async def correct_under_way() -> None:
        while not any(entry.state is State.UNDERWAY for entry in street.entries()):
            await asyncio.sleep(0.01)
        street.correct(last, replace(last.result, version="2027", raw=(last.result.raw or 0) + 1))

    await asyncio.gather(street.night(most=6), correct_under_way())
    assert [entry.key for entry in street.entries() if entry.state is not State.CONFIRMED] == [last.key]
    await street.night(most=6)
    assert {entry.state for entry in street.entries()} == {State.CONFIRMED}
    held = {one["key"]: one for one in street.held()}
    assert len(held) == 12
    assert held[last.key]["versie"] == "2027"


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_lost_answer_under_a_key_that_was_renewed_since_is_made_up_for_once(
    street: Street, arrived: bool
) -> None:
    street.trouble(soort="antwoord-kwijt" if arrived else "reset", keren=1)
    await street.night()
    assert {entry.state for entry in street.entries()} == {State.UNKNOWN}
    renewed = street.renew_keys()
    await street.night()
    assert {entry.state for entry in street.entries()} == {State.CONFIRMED}
    held = street.held()
    assert len(held) == 12
    assert {one["leerlingid"] for one in held} >= renewed


async def test_a_score_with_the_wrong_child_is_held_until_it_is_removed_there_and_goes_to_its_own(
    street: Street,
) -> None:
    mine, right = street.link_wrong()
    street.trouble(soort="antwoord-kwijt", keren=1)
    await street.night()
    wrong = street.pupil(mine).linked
    assert wrong and wrong.key
    skipped = Skipped(kind=Kind.PUPIL, incoming=ref_of(wrong.key), at=street.town.office.clock.now(), by="anne")
    street.link(mine, right, Remembered(skipped=(skipped,)))
    await street.night()
    await street.night()
    stands = [entry for entry in street.entries() if entry.result.pupil == mine]
    assert {(entry.state, entry.reason) for entry in stands} == {(State.HELD, Reason.OTHER_CHILD)}
    assert {one["leerlingid"] for one in street.held() if one["key"] in {e.key for e in stands}} == {wrong.key}
    assert len([item for item in street.town.office.post.items() if isinstance(item.letter, OtherChild)]) == 2
    street.remove_there_and_say_so(stands)
    await street.night()
    assert {entry.state for entry in street.entries()} == {State.CONFIRMED}
    held = street.held()
    assert len(held) == 12
    assert {one["leerlingid"] for one in held if one["key"] in {e.key for e in stands}} == {right.key}


async def test_what_nobody_could_know_to_be_another_child_arrives_once_too_and_says_why_it_is_refused(
    street: Street,
) -> None:
    """The key it was sent under is nobody's here: for all we know it was the pupil's own, renewed. ParnasSys knows."""
    mine, right = street.link_wrong()
    await street.night()
    entry = next(entry for entry in street.entries() if entry.result.pupil == mine)
    street.link(mine, right)
    street.correct(entry, replace(entry.result, raw=(entry.result.raw or 0) + 1))
    await street.night()
    (refused,) = [one for one in street.entries() if one.key == entry.key]
    assert (refused.state, refused.reason) == (State.REJECTED, Reason.OTHER_KEY)
    street.remove_there_and_say_so([refused])
    await street.night()
    (there,) = [one for one in street.held("resultaatsleutel") if one["key"] == entry.key]
    assert there["leerlingid"] == right.key
    assert {one.state for one in street.entries()} == {State.CONFIRMED}

"""Kill campaign: killed at random instants, against a ParnasSys in trouble, everything arrives exactly once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

import core
from core.model import SchoolId
from core.scores.ledger import State
from core.scores.reasons import Reason
from core.scores.results import Result
from simulator.server import Simulator, running_simulator
from tests.core.nights.town import Town, a_town

ROOT = Path(core.__file__).parent.parent
TROUBLE = ("antwoord-kwijt", "reset", "503", "Server.InterneFout", "leeg", "Client.OngeldigBericht")
"""What strikes 30 % of the calls; the last one is the other side's own trouble under a client code (uwlr.md §5.3)."""


@pytest.fixture(scope="module")
def parnassys() -> Iterator[Simulator]:
    with running_simulator(seed=11, schools=4) as simulator:
        yield simulator


class Campaign:
    """Plans the trouble, starts and kills the runs."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town = town
        self.chance = random.Random(seed)
        self.http = httpx.Client(base_url=town.url)
        self.refused_pupils: dict[SchoolId, str] = {}
        self.refused_results: dict[SchoolId, str] = {}
        for school in town.schools:
            wanted = town.wanted(school)
            self.refused_results[school] = self.chance.choice(sorted(wanted))
            taken = {wanted[self.refused_results[school]].pupil}
            self.refused_pupils[school] = self.chance.choice(sorted({r.pupil for r in wanted.values()} - taken))

    def las_key(self, school: SchoolId, pupil: str) -> str:
        record = self.town.office.store.record(school).read()
        assert record is not None
        (found,) = (p.linked.key for p in record.register.pupils if p.id == pupil and p.linked)
        assert found
        return found

    def trouble(self, calls: int) -> None:
        """Plan what goes wrong with the next calls: always some pupils and results, and 30 % of all."""
        self.http.delete("/_sim/storingen").raise_for_status()
        for school in self.town.schools:
            pupil = self.las_key(school, self.refused_pupils[school])
            self._plan(soort="Client.LeerlingOngeldig", record=pupil, keren=None)
            self._plan(soort="Client.ScoreOngeldig", record=self.refused_results[school], keren=None)
        for number in range(1, calls + 1):
            if self.chance.random() < 0.3:
                self._plan(soort=self.chance.choice(TROUBLE), nde=number)

    def _plan(self, **wish: object) -> None:
        self.http.post("/_sim/storingen", json={"operatie": "BrengLeerresultaten", **wish}).raise_for_status()

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.core.nights.runner", str(self.folder), self.town.url]
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env={"PYTHONPATH": str(ROOT)})
        assert run.stdout is not None
        assert run.stdout.readline()
        return run

    @property
    def folder(self) -> Path:
        return self.town.office.settings.data_folder

    def kill_one(self) -> bool:
        """Start a run, kill it somewhere; return whether it was still busy. Meanwhile scores are corrected."""
        self.trouble(40)
        for school in self.town.schools:
            self.correct(school, 30)
        run = self.start()
        deadline = time.monotonic() + self.chance.uniform(0.0, 0.6)
        while time.monotonic() < deadline and run.poll() is None:
            if self.chance.random() < 0.2:
                self.correct(self.chance.choice(self.town.schools), 2)
            time.sleep(0.02)
        busy = run.poll() is None
        run.kill()
        run.communicate()
        return busy

    def correct(self, school: SchoolId, count: int) -> None:
        """Read in another score for some results, those that are always refused left out."""
        wanted = self.town.wanted(school).items()
        free = [
            r
            for key, r in sorted(wanted)
            if key != self.refused_results[school] and r.pupil != self.refused_pupils[school]
        ]
        self.town.correct(school, self.chance.sample(free, count), self.chance)

    def finish(self) -> None:
        """Let runs end, without trouble but for what is always refused."""
        for _night in range(2):
            self.trouble(0)
            run = self.start()
            run.communicate(timeout=100)
            assert run.returncode == 0

    def held(self, school: SchoolId) -> dict[str, object]:
        answer: dict[str, object] = self.http.get(f"/_sim/schools/{school}/resultaten").raise_for_status().json()
        return answer


def value_of(held: dict[str, object]) -> object:
    """Return the raw score as ParnasSys has it."""
    oso = held.get("osoresultaat")
    return int(str(oso["aantalgoed"])) if isinstance(oso, dict) else held["score"]


async def campaign(folder: Path, url: str, *, kills: int, seed: int) -> None:
    """Run it, then check both sides."""
    town = await a_town(folder, url, schools=4, pupils=25, chance=random.Random(seed))
    run = Campaign(town, seed)
    with run.http:
        busy = sum(run.kill_one() for _kill in range(kills))
        assert busy >= kills // 5, f"only {busy} of {kills} runs were killed in the middle"
        run.finish()
        for school in town.schools:
            check(run, school)


def check(run: Campaign, school: SchoolId) -> None:
    held = run.held(school)
    assert held["overtredingen"] == {}
    results = held["resultaten"]
    assert isinstance(results, list)
    arrived = {result["key"]: value_of(result) for result in results}
    assert len(arrived) == len(results)
    ledger = run.town.office.store.ledger(school).read()
    refused = {k for k, r in run.town.wanted(school).items() if r.pupil == run.refused_pupils[school]}
    expected: dict[str, Result] = run.town.wanted(school)
    for entry in ledger:
        if entry.key in refused:
            assert (entry.state, entry.reason) == (State.REJECTED, Reason.PUPIL_INVALID)
        elif entry.key == run.refused_results[school]:
            assert (entry.state, entry.reason) == (State.REJECTED, Reason.SCORE_INVALID)
        else:
            assert entry.state is State.CONFIRMED, (entry.state, entry.reason)
    acceptable = set(expected) - refused - {run.refused_results[school]}
    assert set(arrived) == acceptable
    assert arrived == {key: expected[key].raw for key in acceptable}


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_twenty_kills_leave_every_result_exactly_once(tmp_path: Path, parnassys: Simulator) -> None:
    await campaign(tmp_path, parnassys.world("twintig"), kills=20, seed=5)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_two_hundred_kills_leave_every_result_exactly_once(tmp_path: Path, parnassys: Simulator) -> None:
    await campaign(tmp_path, parnassys.world("tweehonderd"), kills=200, seed=6)

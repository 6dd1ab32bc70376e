"""The stage: worlds apart, checkpoints, reset, the clock, and the same bytes for the same calls."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simulator.server import Simulator, running_simulator
from tests.simulator.callers import Caller
from tests.simulator.replay import digest_of, played

ROOT = Path(__file__).parents[2]


def test_the_same_seed_and_calls_give_the_same_bytes_in_another_process(caller: Caller) -> None:
    digests = set()
    for hash_seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-m", "tests.simulator.replay"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": hash_seed, "TZ": f"Etc/GMT+{hash_seed}"},
            capture_output=True,
            text=True,
            check=True,
            timeout=100,
        )
        digests.add(run.stdout)
    assert digests == {f"{digest_of(played(caller))}\n"}


def test_the_same_seed_and_calls_give_the_same_bytes_on_another_server_in_another_world(
    simulator_server: Simulator, caller: Caller
) -> None:
    disturbing = Caller(simulator_server.world("onrust"))
    with disturbing.http:
        disturbing.control("POST", "/reset", seed=99)
        disturbing.link(disturbing.first_school(2))
        first = played(caller)
    with running_simulator(seed=7, schools=6) as other:
        second_caller = Caller(other.url)
        with second_caller.http:
            assert played(second_caller) == first


def test_worlds_that_play_at_the_same_time_each_answer_as_if_alone(simulator_server: Simulator) -> None:
    def play(name: str) -> str:
        caller = Caller(simulator_server.world(name))
        with caller.http:
            return digest_of(played(caller))

    with ThreadPoolExecutor(4) as stages:
        together = list(stages.map(play, [f"tegelijk-{number}" for number in range(4)]))
    assert set(together) == {play("alleen")}


def test_no_answer_has_a_wall_clock_in_its_headers(caller: Caller) -> None:
    response = caller.http.get("/_sim/health")
    assert "date" not in response.headers
    assert "server" not in response.headers


def test_worlds_on_one_server_do_not_meet(simulator_server: Simulator, caller: Caller) -> None:
    school = caller.first_school()
    key = caller.link(school)
    other = Caller(simulator_server.world("elders"), key=key)
    with other.http:
        assert other.pull(school).code == "Client.AutorisatieOngeldig"
        assert other.control("GET", f"/schools/{school}")["koppeling"] == "dicht"
        assert len(other.control("GET", "/journaal")) == 1
    assert caller.pull(school).code == ""


@pytest.mark.parametrize("name", ["", "MetHoofdletters", "a" * 41, "-streep"])
def test_a_world_has_a_decent_name(simulator_server: Simulator, name: str) -> None:
    caller = Caller(simulator_server.world(name))
    with caller.http:
        assert caller.http.get("/_sim/health").status_code == 404


def test_a_world_can_be_thrown_away(simulator_server: Simulator) -> None:
    caller = Caller(simulator_server.world("wegwerp"))
    with caller.http:
        school = caller.first_school()
        caller.link(school)
        assert caller.control("DELETE", "/werelden/wegwerp") == {"aantal": 1}
        assert caller.control("GET", f"/schools/{school}")["koppeling"] == "dicht"


def test_a_checkpoint_brings_everything_back_more_than_once(caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    before = caller.pull(school).raw
    caller.control("POST", "/checkpoint/begin")
    for _ in range(2):
        caller.control("POST", f"/schools/{school}/koppeling/sleutel")
        caller.control("POST", f"/schools/{school}/gebeurtenis", soort="leerling-weg")
        caller.control("POST", "/storingen", soort="html")
        caller.control("PATCH", "/instellingen", soepel=True)
        caller.control("POST", "/tijd", naar="1-augustus")
        caller.control("POST", "/checkpoint/begin/herstel")
        assert caller.pull(school).raw == before
        assert caller.control("GET", "/storingen") == []
        assert caller.control("GET", "/instellingen")["soepel"] is False
        assert [line["nummer"] for line in caller.control("GET", "/journaal")] == [1, 2]
    assert caller.control("GET", "/checkpoint") == {"namen": ["begin"]}
    assert caller.http.post("/_sim/checkpoint/onbekend/herstel").status_code == 404


def test_a_reset_begins_afresh_with_the_seed_asked_for(caller: Caller) -> None:
    school = caller.first_school(1)
    caller.link(school)
    assert caller.control("POST", "/reset", seed=8)["seed"] == "8"
    assert caller.first_school(1) != school
    caller.control("POST", "/reset", seed=7, schools=3)
    assert caller.first_school(1) == school
    assert len(caller.control("GET", "/schools")) == 3
    assert caller.control("GET", "/journaal") == []
    assert caller.pull(school).code == "Client.AutorisatieOngeldig"


def test_another_scenario_brings_its_own_seed_and_schools_unless_asked_otherwise(caller: Caller) -> None:
    own = caller.control("POST", "/reset", scenario="fusie")
    assert (own["scenario"], own["seed"], own["scholen"]) == ("fusie", "1", 2)
    asked = caller.control("POST", "/reset", scenario="fusie", seed=5, schools=4)
    assert (asked["seed"], asked["scholen"]) == ("5", 4)
    assert caller.control("POST", "/reset") == asked


@pytest.mark.parametrize(
    ("wish", "now"),
    [
        ({"naar": "volgende-nacht"}, "2026-11-24T02:00:00+01:00"),
        ({"naar": "1-augustus"}, "2027-08-01T00:00:00+02:00"),
        ({"naar": "2026-12-25T10:00"}, "2026-12-25T10:00:00+01:00"),
        ({"dagen": 2}, "2026-11-25T08:00:00+01:00"),
    ],
)
def test_the_clock_moves_only_when_it_is_moved(caller: Caller, wish: dict[str, object], now: str) -> None:
    assert caller.control("GET", "/tijd") == {"nu": "2026-11-23T08:00:00+01:00"}
    assert caller.control("POST", "/tijd", **wish) == {"nu": now}


@pytest.mark.parametrize("wish", [{}, {"naar": "gisteren"}, {"naar": "2020-01-01"}, {"naar": "1-augustus", "dagen": 1}])
def test_time_does_not_go_back_and_takes_one_wish(caller: Caller, wish: dict[str, object]) -> None:
    assert caller.http.post("/_sim/tijd", json=wish).status_code == 409


def test_the_journal_can_be_asked_by_school_and_operation_and_keeps_no_key(caller: Caller) -> None:
    school = caller.first_school()
    key = caller.link(school)
    caller.pull(school)
    caller.pull(caller.first_school(1))
    assert len(caller.control("GET", "/journaal")) == 2
    (line,) = caller.control("GET", f"/journaal?school={school}&operatie=HaalLeerlinggegevens")
    assert (line["uitkomst"], line["reden"], line["xsdversie"]) == ("antwoord", "", "2.3")
    kept = caller.http.get("/_sim/journaal/1/bericht").content
    assert b"leerlinggegevens_verzoek" in kept
    assert key.encode() not in kept
    assert caller.http.get("/_sim/journaal/99/bericht").status_code == 404

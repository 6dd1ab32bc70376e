"""The control API: schemathesis on its own OpenAPI, and what the demo and CI rely on."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import Case
from schemathesis.schemas import BaseSchema

from simulator.app import build
from simulator.las import Beginning
from simulator.options import Options
from simulator.worlds import Worlds
from tests.simulator.callers import Caller


@pytest.fixture(scope="session")
def control_api() -> BaseSchema:
    """The API as its own OpenAPI document describes it."""
    app = build(Worlds(Beginning(seed=7, schools=3), Options()), lambda: "vast")
    return schemathesis.openapi.from_asgi("/_sim/openapi.json", app)


api = schemathesis.pytest.from_fixture("control_api")


@api.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_call_the_document_allows_is_answered_as_it_says(case: Case[Any]) -> None:
    case.call_and_validate()


@pytest.mark.parametrize(
    "path", ["/schools/nergens", "/schools/99ZZ", "/schools/99ZZ/resultaten", "/journaal/1/bericht"]
)
def test_what_is_not_there_is_told_in_dutch(caller: Caller, path: str) -> None:
    answer = caller.http.get(f"/_sim{path}")
    assert answer.status_code == 404
    assert answer.json()["detail"].endswith((".", "(meer)."))


def test_a_school_may_be_named_without_its_dependance(caller: Caller) -> None:
    school = next(one for one in caller.control("GET", "/schools") if one["dependancecode"] == "00")
    assert caller.control("GET", f"/schools/{school['brin']}")["brin"] == school["brin"]
    assert caller.control("GET", f"/schools/{school['brin'].lower()}-00")["naam"] == school["naam"]


def test_the_test_centres_picture_and_the_truth_belong_together(caller: Caller) -> None:
    school = caller.first_school()
    text = caller.http.get(f"/_sim/schools/{school}/testcentrum")
    assert text.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(text.text), delimiter=";"))
    ids = {row["id"] for row in rows}
    truth = caller.control("GET", f"/schools/{school}/waarheid")
    linked = [one for kind in ("groepen", "leerkrachten", "leerlingen") for one in truth[kind] if one["testcentrum"]]
    assert linked
    assert {one["testcentrum"] for one in linked} <= ids
    caller.link(school)
    assert {one["sleutel"] for one in truth["leerlingen"]} == set(caller.pupil_keys(school))


def test_a_world_can_begin_with_every_scenario_there_is(caller: Caller) -> None:
    for scenario in caller.control("GET", "/scenarios"):
        health = caller.control("POST", "/reset", scenario=scenario["naam"])
        assert health["scenario"] == scenario["naam"]
        assert caller.control("GET", "/schools")
    refused = caller.http.post("/_sim/reset", json={"scenario": "bestaat-niet"})
    assert refused.status_code == 409
    assert "bestaat-niet" in refused.json()["detail"]


def test_two_schools_become_one(caller: Caller) -> None:
    caller.control("POST", "/reset", scenario="fusie")
    first, second = caller.first_school(0), caller.first_school(1)
    before = [caller.control("GET", f"/schools/{one}")["leerlingen"] for one in (first, second)]
    caller.control("POST", f"/schools/{first}/gebeurtenis", soort="fusie", met=second)
    after = [caller.control("GET", f"/schools/{one}")["leerlingen"] for one in (first, second)]
    assert after == [sum(before), 0]


def test_every_event_there_is_can_be_asked_for(caller: Caller) -> None:
    school = caller.first_school()
    for name in caller.control("GET", "/gebeurtenissen"):
        caller.control("POST", f"/schools/{school}/gebeurtenis", soort=name)
        assert caller.control("GET", f"/schools/{school}")
    unknown = caller.http.post(f"/_sim/schools/{school}/gebeurtenis", json={"soort": "brand"})
    assert unknown.status_code == 409


def test_time_goes_no_further_than_a_school_can_live(caller: Caller) -> None:
    assert caller.http.post("/_sim/tijd", json={"naar": "9999-12-31"}).status_code == 409
    assert caller.http.post("/_sim/tijd", json={"dagen": 4000}).status_code == 200
    assert caller.control("GET", f"/schools/{caller.first_school()}")["leerlingen"] > 0


def test_the_documentation_lists_every_call_and_fetches_nothing_from_elsewhere(caller: Caller) -> None:
    page = caller.http.get("/_sim/docs").text
    for path in caller.http.get("/_sim/openapi.json").json()["paths"]:
        assert f"/_sim{path}" in page
    assert "//" not in page.replace("</", "")

"""The life of a link: each act only in its order, a new key kills the old one at once."""

from __future__ import annotations

import pytest

from tests.simulator.callers import Caller


def test_a_link_goes_from_open_to_a_key_and_is_answered(caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    answered = caller.pull(school)
    assert answered.status == 200
    assert answered.code == ""
    answered.assert_valid()
    assert len(answered.keys("leerling")) > 20


@pytest.mark.parametrize("act", ["afnemen", "sleutel", "intrekken"])
def test_nothing_can_be_done_before_the_supplier_opens_the_link(caller: Caller, act: str) -> None:
    school = caller.first_school()
    response = caller.http.post(f"/_sim/schools/{school}/koppeling/{act}")
    assert response.status_code == 409
    assert "openzetten" in response.json()["detail"]


def test_a_new_key_makes_the_old_one_invalid_at_once(caller: Caller) -> None:
    school = caller.first_school()
    old = caller.link(school)
    new = caller.control("POST", f"/schools/{school}/koppeling/sleutel")["autorisatiesleutel"]
    assert new != old
    assert caller.pull(school).code == "Client.AutorisatieOngeldig"
    caller.key = new
    assert caller.pull(school).code == ""


def test_a_withdrawn_link_is_refused_and_must_be_opened_again(caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    caller.control("POST", f"/schools/{school}/koppeling/intrekken")
    assert caller.pull(school).code == "Client.AutorisatieOngeldig"
    assert caller.http.post(f"/_sim/schools/{school}/koppeling/sleutel").status_code == 409


def test_a_key_gives_access_to_its_own_school_only(caller: Caller) -> None:
    school, other = caller.first_school(), caller.first_school(1)
    caller.link(school)
    assert caller.pull(other).code == "Client.AutorisatieOngeldig"


def test_one_key_may_cover_several_schools(caller: Caller) -> None:
    school, other = caller.first_school(), caller.first_school(1)
    caller.link(school)
    caller.key = caller.control("POST", f"/schools/{school}/koppeling/sleutel", ook=[other])["autorisatiesleutel"]
    assert caller.pull(school).code == ""
    assert caller.pull(other).code == ""


def test_a_school_may_be_named_by_its_schoolkey(caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    key = caller.control("GET", f"/schools/{school}")["schoolkey"]
    request = (
        '<leerlinggegevens_verzoek xmlns="http://www.edustandaard.nl/leerresultaten/2/leerlinggegevens">'
        f"<schooljaar>2026-2027</schooljaar><schoolkey>{key}</schoolkey><xsdversie>2.2</xsdversie>"
        "</leerlinggegevens_verzoek>"
    )
    from core.wire.names import Service

    assert caller.post(Service.PUPILS, request).code == ""
    assert caller.post(Service.PUPILS, request.replace(key, "PS-BESTAATNIET")).code == "Client.AutorisatieOngeldig"

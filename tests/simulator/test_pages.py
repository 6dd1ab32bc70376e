"""The pages without a browser: nothing changes by a forged form, sessions stay in their world, no script is needed."""

from __future__ import annotations

import re

import httpx
import pytest

from simulator.pages.dutch import TROUBLE
from simulator.server import Simulator
from simulator.trouble import TransportTrouble
from tests.simulator.callers import Caller, a_result, a_sitting

LINK = "/beheer/koppelingen/boom-testcentrum-uwlr"


def secret_of(page: httpx.Response) -> str:
    """Return the secret in a page's forms."""
    found = re.search(r'name="geheim" value="([^"]+)"', page.text)
    assert found
    return found[1]


def log_in(caller: Caller, school: str) -> str:
    """Log in; returns the secret of the session."""
    secret = secret_of(caller.http.get("/inloggen"))
    answer = caller.http.post("/inloggen", data={"geheim": secret, "school": school})
    assert answer.status_code == 303
    return secret


@pytest.mark.parametrize("path", ["/", "/leerlingen", "/beheer", "/beheer/koppelingen", LINK, f"{LINK}/afnemen"])
def test_without_logging_in_one_is_sent_to_the_log_in_page(caller: Caller, path: str) -> None:
    answer = caller.http.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{caller.http.base_url.path}inloggen")


@pytest.mark.parametrize("path", [f"{LINK}/afnemen", "/trainer/tijd", "/trainer/storing-plannen", "/uitloggen"])
@pytest.mark.parametrize("secret", ["", "geraden", None])
def test_a_form_without_our_secret_changes_nothing(caller: Caller, path: str, secret: str | None) -> None:
    school = caller.first_school()
    caller.control("POST", f"/schools/{school}/koppeling/open")
    log_in(caller, school)
    form = {"naar": "1-augustus", "soort": "reset"} | ({} if secret is None else {"geheim": secret})
    assert caller.http.post(path, data=form).status_code == 403
    assert caller.control("GET", f"/schools/{school}")["koppeling"] == "opengezet"
    assert caller.control("GET", "/tijd")["nu"].startswith("2026-11-23")
    assert caller.control("GET", "/storingen") == []
    assert caller.http.get("/").status_code == 200


def test_somebody_of_the_school_removes_a_result_by_hand(caller: Caller) -> None:
    school = caller.first_school()
    caller.link(school)
    pupil = caller.pupil_keys(school)[0]
    caller.bring(school, a_sitting(pupil, a_result("r1")))
    secret = log_in(caller, school)
    address = f"/leerlingen/{pupil}/verwijderen"
    assert caller.http.post(address, data={"sleutel": "r1"}).status_code == 403
    assert caller.results(school)["aantal"] == 1
    assert "Verwijderen" in caller.http.get(f"/leerlingen/{pupil}").text
    caller.http.post(address, data={"sleutel": "r1", "geheim": secret})
    assert caller.results(school)["aantal"] == 0
    assert "Het resultaat is verwijderd." in caller.http.get(f"/leerlingen/{pupil}").text


def test_a_cross_site_form_is_refused_even_with_the_secret(caller: Caller) -> None:
    school = caller.first_school()
    secret = log_in(caller, school)
    answer = caller.http.post(
        "/trainer/tijd", data={"geheim": secret, "naar": "1-augustus"}, headers={"origin": "null"}
    )
    assert answer.status_code == 403


def test_without_scripts_a_page_asks_before_it_is_done(caller: Caller) -> None:
    school = caller.first_school()
    caller.control("POST", f"/schools/{school}/koppeling/open")
    secret = log_in(caller, school)
    assert "Koppeling afnemen?" in caller.http.get(f"{LINK}/afnemen").text
    caller.http.post(f"{LINK}/afnemen", data={"geheim": secret})
    assert caller.control("GET", f"/schools/{school}")["koppeling"] == "afgenomen"


def test_an_act_that_is_not_possible_now_is_explained_and_changes_nothing(caller: Caller) -> None:
    school = caller.first_school()
    secret = log_in(caller, school)
    caller.http.post(f"{LINK}/sleutel", data={"geheim": secret})
    assert "eerst openzetten" in caller.http.get(LINK).text
    assert caller.control("GET", f"/schools/{school}")["koppeling"] == "dicht"


def test_a_session_is_worth_nothing_in_another_world(simulator_server: Simulator, caller: Caller) -> None:
    log_in(caller, caller.first_school())
    (cookie,) = caller.http.cookies.values()
    answer = httpx.get(
        f"{simulator_server.world('vreemd')}/", headers={"cookie": f"parnassys_simulator-vreemd={cookie}"}
    )
    assert answer.status_code == 303


def test_a_session_in_the_first_world_does_not_stand_in_the_way_of_one_in_another(
    simulator_server: Simulator, caller: Caller
) -> None:
    with httpx.Client(base_url=simulator_server.url) as browser:
        browser.get("/inloggen")
        secret = secret_of(browser.get(f"{caller.url}/inloggen"))
        browser.post(f"{caller.url}/inloggen", data={"geheim": secret, "school": caller.first_school()})
        assert browser.get(f"{caller.url}/").status_code == 200


def test_logging_in_gives_the_session_another_name(caller: Caller) -> None:
    caller.http.get("/inloggen")
    before = list(caller.http.cookies.values())
    log_in(caller, caller.first_school())
    assert list(caller.http.cookies.values()) != before


def test_pages_may_not_be_framed_and_run_no_foreign_script(caller: Caller) -> None:
    policy = caller.http.get("/inloggen").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_a_reset_that_takes_the_school_away_logs_its_visitors_out(caller: Caller) -> None:
    log_in(caller, caller.first_school(5))
    caller.control("POST", "/reset", schools=2)
    assert caller.http.get("/").status_code == 303
    assert caller.http.get("/inloggen").status_code == 200


def test_an_unknown_school_page_or_file_is_told_so(caller: Caller) -> None:
    secret = secret_of(caller.http.get("/inloggen"))
    assert caller.http.post("/inloggen", data={"geheim": secret, "school": "99ZZ"}).status_code == 422
    assert caller.http.get("/static/geheim.txt").status_code == 404
    nowhere = caller.http.get("/bestaat/niet")
    assert nowhere.status_code == 404
    assert "Deze pagina bestaat niet" in nowhere.text
    log_in(caller, caller.first_school())
    assert caller.http.get("/leerlingen/bestaat-niet").status_code == 303


def test_every_mishap_has_words_on_the_page() -> None:
    assert set(TROUBLE) == set(TransportTrouble)

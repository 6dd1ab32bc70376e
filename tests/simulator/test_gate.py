"""What another website makes a browser send is refused; programs and our own pages pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.callers import Caller


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://boos.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1.boos.example"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH"])
def test_a_cross_site_change_is_refused(caller: Caller, headers: dict[str, str], method: str) -> None:
    assert caller.http.request(method, "/_sim/storingen", json={"soort": "reset"}, headers=headers).status_code == 403
    assert caller.control("GET", "/storingen") == []


def test_a_program_and_our_own_pages_may_change_things(caller: Caller) -> None:
    own = {"origin": str(caller.http.base_url.copy_with(path="/")).rstrip("/"), "sec-fetch-site": "same-origin"}
    for headers in ({}, own):
        assert caller.http.post("/_sim/storingen", json={"soort": "html"}, headers=headers).status_code == 200


def test_looking_is_free_for_everybody(caller: Caller) -> None:
    assert caller.http.get("/_sim/health", headers={"origin": "https://elders.example"}).status_code == 200


def test_a_foreign_name_that_points_at_this_machine_is_foreign_still(caller: Caller) -> None:
    port = caller.http.base_url.port
    headers = {"host": f"boos.example:{port}", "origin": f"http://boos.example:{port}", "sec-fetch-site": "same-origin"}
    assert caller.http.post("/_sim/reset", headers=headers).status_code == 403
    local = {"host": f"localhost:{port}", "origin": f"http://localhost:{port}", "sec-fetch-site": "same-origin"}
    assert caller.http.post("/_sim/reset", headers=local).status_code == 200


def test_what_is_too_big_for_a_control_call_is_refused(caller: Caller) -> None:
    assert caller.http.post("/_sim/reset", content=b" " * 1_000_001).status_code == 413

    def drops() -> Iterator[bytes]:
        for _ in range(30):
            yield b" " * 100_000

    assert caller.http.post("/_sim/reset", content=drops()).status_code >= 400

"""A simulator that is not there, or was played with already, is told in our words."""

from __future__ import annotations

import httpx
import pytest

from core.errors import Refused, TryLater
from tui.demo.stage import in_our_words

URL = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (httpx.Response(409, json={"detail": "De koppeling is al actief."}), "De koppeling is al actief."),
        (httpx.Response(500, text="<html>"), "HTTP 500"),
        (httpx.Response(409, json=[]), "HTTP 409"),
    ],
)
def test_what_the_simulator_refuses_is_told_in_its_own_words(answer: httpx.Response, told: str) -> None:
    answer.request = httpx.Request("POST", URL)
    with pytest.raises(Refused, match=told), in_our_words(URL):
        answer.raise_for_status()


@pytest.mark.parametrize("url", [URL, "onzin"])
def test_a_simulator_that_does_not_answer_is_named(url: str) -> None:
    with pytest.raises(TryLater, match=url), in_our_words(url):
        httpx.get(url, timeout=2)

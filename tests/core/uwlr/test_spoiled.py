"""Spoiled answers at the client: each is read or ends in a named error; no crash, no hang, no great memory."""

from __future__ import annotations

import resource
from collections import Counter

import pytest

from core.errors import KoppeldeskError, UnreadableReply
from core.uwlr import confirmations
from core.uwlr.answers import read
from core.uwlr.envelope import Fault
from core.uwlr.faults import error_for
from core.uwlr.reading import Contents
from core.uwlr.record import storable, without_names
from core.uwlr.rosters import assemble
from core.wire.names import HAAL_LEERKRACHTEN, HAAL_LEERLINGEN, HAAL_LEERLINGGEGEVENS, HAAL_STRUCTUUR, Version

from .mutations import spoiled
from .samples import FIXTURES, NOW, SCHOOL, YEAR

FOLDERS = ("antwoorden", "antwoorden", "antwoorden", "fouten", "scheef")
GOLDEN = [path.read_bytes() for folder in FOLDERS for path in sorted((FIXTURES / folder).iterdir())]
PUPIL_OPERATIONS = (HAAL_LEERLINGGEGEVENS, HAAL_STRUCTUUR, HAAL_LEERLINGEN, HAAL_LEERKRACHTEN)
MEGABYTES = 100


def outcome(data: bytes, number: int) -> str:
    """Return what the client makes of an answer: the name of the error, or of what was read."""
    operation = next((o for o in PUPIL_OPERATIONS if f"<{o.data}>".encode() in data), HAAL_LEERLINGGEGEVENS)
    stream_from = 0 if number % 2 else 10_000_000
    try:
        if number % 11 == 0:
            confirmed = confirmations.read(data)
            return _error(confirmed) if isinstance(confirmed, Fault) else "confirmed"
        answer = read(data, operation, tuple(Version)[number % 2], stream_from=stream_from)
        if isinstance(answer, Contents):
            assemble([answer], SCHOOL, YEAR, NOW)
        return _error(answer) if isinstance(answer, Fault) else type(answer).__name__
    except UnreadableReply as error:
        assert error.what
        assert error.todo
        return "UnreadableReply"


def _error(fault: Fault) -> str:
    error = error_for(fault)
    assert isinstance(error, KoppeldeskError)
    assert error.what
    return type(error).__name__


def campaign(count: int, seed: int) -> Counter[str]:
    found: Counter[str] = Counter()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number, data in enumerate(spoiled(GOLDEN, count, seed)):
        found[outcome(data, number)] += 1
        without_names(storable(data))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < MEGABYTES
    return found


def test_two_thousand_spoiled_answers_each_end_in_a_named_outcome() -> None:
    found = campaign(2_000, seed=20261124)
    assert found.total() == 2_000
    assert found["UnreadableReply"] > 500
    assert found["Contents"] > 150


@pytest.mark.soak
@pytest.mark.timeout(3_000)
def test_a_hundred_thousand_spoiled_answers_each_end_in_a_named_outcome() -> None:
    assert campaign(100_000, seed=7).total() == 100_000

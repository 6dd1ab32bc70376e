"""Our client against the running simulator: two halves that share no code but the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from core.clock import SystemClock
from core.errors import ContentRefused, SchoolMustAct
from core.las import NothingNew, Received
from core.model import LasKey, LinkAddress, SchoolId, SchoolYear, Secret
from core.scores.message import Result, ResultKey, ResultMessage, ScoreResult, Sitting, Term, TestDefinition
from core.settings import Las
from core.uwlr.client import Uwlr, uwlr

from .conftest import LinkedSchool


@pytest.fixture
def address(school: LinkedSchool) -> LinkAddress:
    return LinkAddress(
        school=SchoolId(school.brin, school.dependance),
        school_year=SchoolYear.parse(school.school_year),
        key=Secret(school.key),
    )


@pytest.fixture
async def client(school: LinkedSchool) -> AsyncIterator[Uwlr]:
    async with uwlr(Las(url=school.url), SystemClock()) as client:
        yield client


async def test_all_in_one_and_staged_give_the_same_whole_roster(client: Uwlr, address: LinkAddress) -> None:
    await client.probe(address)
    at_once = await client.pull(address)
    in_steps = await client.pull(address, staged=True)
    assert isinstance(at_once, Received)
    assert isinstance(in_steps, Received)
    assert at_once.roster.completeness.whole
    assert in_steps.roster.completeness.whole
    assert set(at_once.roster.pupils) == set(in_steps.roster.pupils)
    assert set(at_once.roster.groups) == set(in_steps.roster.groups)
    assert set(at_once.roster.teachers) == set(in_steps.roster.teachers)
    for staged in (False, True):
        assert await client.pull(address, since=at_once.roster.created, staged=staged) == NothingNew()


async def test_results_arrive_and_a_corrected_one_replaces_the_first(
    client: Uwlr, address: LinkAddress, school: LinkedSchool
) -> None:
    answer = await client.pull(address)
    assert isinstance(answer, Received)
    created = answer.roster.created
    assert created is not None
    pupil = answer.roster.pupils[0]
    result = Result(key=ResultKey("kd-1"), taken=created.date(), test="K-1", outcome=ScoreResult(value=12))
    message = ResultMessage(
        school=address.school,
        school_year=address.school_year,
        created=created,
        sittings=(Sitting(pupil=pupil.key, eckid=pupil.eckid, results=(result,)),),
        tests=(TestDefinition(code=Term(text="K-1"), name="Voorbeeld"),),
    )
    await client.deliver(address, message)
    corrected = replace(result, outcome=ScoreResult(value=13))
    sitting = replace(message.sittings[0], results=(corrected,))
    await client.deliver(address, replace(message, created=created + timedelta(seconds=1), sittings=(sitting,)))
    assert [(found["key"], found["score"]) for found in school.results() if found["key"] == "kd-1"] == [("kd-1", 13)]

    stranger = replace(
        sitting, pupil=LasKey("niemand"), eckid=None, results=(replace(corrected, key=ResultKey("kd-2")),)
    )
    with pytest.raises(ContentRefused, match="kent een leerling"):
        await client.deliver(address, replace(message, created=created + timedelta(seconds=2), sittings=(stranger,)))


async def test_a_wrong_key_is_for_the_school_to_mend(client: Uwlr, address: LinkAddress) -> None:
    with pytest.raises(SchoolMustAct):
        await client.probe(replace(address, key=Secret("verkeerd")))

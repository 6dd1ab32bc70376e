"""Any roster and any batch of results survive the wire: the other side of it is played by independent test code."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from hypothesis import HealthCheck, given, settings

from core.model import Completeness, Roster
from core.scores.message import ResultMessage
from core.uwlr import staged
from core.uwlr.answers import read
from core.uwlr.envelope import Credentials, wrap
from core.uwlr.outgoing import checked
from core.uwlr.reading import Contents
from core.uwlr.requests import GroupSet
from core.uwlr.results import results_request
from core.uwlr.rosters import assemble
from core.wire.names import HAAL_LEERLINGGEGEVENS, HAAL_STRUCTUUR, Operation, Service, Version

from . import message_reader, writer
from .samples import ADDRESS, NOW, SCHOOL, YEAR
from .strategies import messages, rosters

MODERATE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
WHOLE = Completeness(whole=True)


def seen(roster: Roster) -> Roster:
    """Return it without our judgement of it, which is tested elsewhere."""
    return replace(roster, completeness=WHOLE)


def read_back(data: bytes, stream_from: int) -> Roster:
    contents = read(data, HAAL_LEERLINGGEGEVENS, Version.V2_2, stream_from=stream_from)
    assert isinstance(contents, Contents)
    assert contents.valid
    return seen(assemble([contents], SCHOOL, YEAR, NOW))


@MODERATE
@given(rosters())
def test_a_roster_comes_through_as_it_was(roster: Roster) -> None:
    data = writer.answer(roster)
    assert read_back(data, 10_000_000) == roster
    assert read_back(data, 0) == roster


@MODERATE
@given(rosters())
async def test_a_roster_comes_through_in_steps_as_well(roster: Roster) -> None:
    structure, pupils, teachers = writer.staged(roster)

    async def ask(operation: Operation, since: datetime | None, groups: GroupSet | None) -> staged.Part:
        asked_first = groups is None or groups.loose
        data = {"HaalStructuur": structure, "HaalLeerlingen": pupils, "HaalLeerkrachten": teachers}[operation.name]
        answer = read(data, operation, Version.V2_2)
        assert isinstance(answer, Contents)
        assert asked_first
        assert (groups is None) is (operation is HAAL_STRUCTUUR)
        return answer

    parts = await staged.fetch(ask, None)
    assert isinstance(parts, list)
    assert seen(assemble(parts, SCHOOL, YEAR, NOW)) == roster


@MODERATE
@given(messages())
def test_a_batch_of_results_is_valid_and_comes_through_as_it_was(message: ResultMessage) -> None:
    who = Credentials(klantnaam="Boom & Co", klantcode="<&>", key=ADDRESS.key)
    for version in Version:
        sent = checked(wrap(who, results_request(message, version)), Service.RESULTS, version)
        assert message_reader.read(sent) == message

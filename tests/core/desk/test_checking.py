"""What customer service sees of an application, and what it may approve."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import RefusedByState, TryLater
from core.linking.checks import Check, Outcome
from core.linking.link import LinkState
from core.model import Secret
from tests.core.desk.applying import FORM, REFUSED_KEY
from tests.core.desk.office import ADMINISTRATOR, SCHOOL, SERVICE, Bureau


async def test_every_check_is_there_with_its_outcome_and_what_to_do(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    bureau.las.error = REFUSED_KEY
    before = await bureau.desk.links.preview(ADMINISTRATOR, SCHOOL, FORM)
    assert [check.check for check in before] == list(Check)
    bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, FORM)
    checks = await bureau.desk.links.check(SERVICE, SCHOOL)
    assert [check.outcome for check in checks] == [Outcome.GOOD] * 6 + [Outcome.BAD]
    assert (checks[-1].finding, checks[-1].remedy) == (REFUSED_KEY.what, REFUSED_KEY.todo)
    assert bureau.store.lines()[0].detail == "verbinding ✗"


async def test_an_application_with_a_bad_check_is_not_approved_and_an_undone_check_asks_for_a_reason(
    tmp_path: Path,
) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.SUBMITTED)
    bureau.las.error = REFUSED_KEY
    with pytest.raises(RefusedByState, match="weigert"):
        await bureau.desk.links.approve(SERVICE, SCHOOL, "toch maar")
    bureau.las.error = TryLater("ParnasSys is niet te bereiken.")
    with pytest.raises(RefusedByState, match="niet te bereiken"):
        await bureau.desk.links.approve(SERVICE, SCHOOL)
    await bureau.desk.links.approve(SERVICE, SCHOOL, "ParnasSys is in onderhoud, sleutel eerder gecontroleerd")
    assert bureau.record().link is not None
    assert list(bureau.store.audit().read())[-1].why.startswith("ParnasSys is in onderhoud")


async def test_an_application_whose_key_is_renewed_during_the_checks_is_not_approved_unchecked(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.SUBMITTED)
    bureau.las.while_probing = lambda: bureau.desk.links.renew_key(SERVICE, SCHOOL, Secret("een-andere-sleutel"))
    with pytest.raises(RefusedByState, match="nog niet gedaan"):
        await bureau.desk.links.approve(SERVICE, SCHOOL)
    link = bureau.record().link
    assert link is not None and link.state is LinkState.SUBMITTED

"""The activation, step by step: the form, the letters, the key and the first of August."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from core.clock import AMSTERDAM
from core.desk import Desk
from core.desk.actor import Act
from core.desk.checking import Application
from core.errors import RefusedByRole, RefusedByState, TryLater, UnreadableInput
from core.linking.checks import Outcome
from core.linking.link import LinkState
from core.mail import letters
from core.model import Group, GroupId, Register, SchoolYear, Secret
from tests.core.desk.applying import FORM
from tests.core.desk.office import ADMINISTRATOR, KEY, READER, SCHOOL, SERVICE, YEAR, Bureau, ObedientSupplier


async def test_the_activation_sends_a_letter_at_each_step_the_school_waits_for(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    links = bureau.desk.links
    links.request(SERVICE, SCHOOL)
    links.open(SERVICE, SCHOOL)
    links.apply(ADMINISTRATOR, SCHOOL, FORM)
    links.reject(SERVICE, SCHOOL, "verkeerde school")
    links.apply(ADMINISTRATOR, SCHOOL, FORM)
    link = await links.approve(SERVICE, SCHOOL)
    assert link.state is LinkState.APPROVED
    assert [type(letter) for letter in bureau.post.letters] == [
        letters.RequestConfirmed,
        letters.LinkOpened,
        letters.ApplicationReceived,
        letters.Rejected,
        letters.ApplicationReceived,
        letters.Approved,
    ]
    assert len({letter.about for letter in bureau.post.letters}) == 6
    assert isinstance(bureau.post.letters[3], letters.Rejected)
    assert bureau.post.letters[3].reason == "verkeerde school"
    assert bureau.las.probed[-1].key.reveal() == KEY
    assert bureau.desk.logs.verify(SERVICE).whole


def test_in_a_demo_the_act_at_the_desk_opens_the_link_in_parnassys_and_fails_with_it(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.REQUESTED)
    supplier = ObedientSupplier(TryLater("De nagebouwde ParnasSys gaf geen antwoord."))
    desk = Desk(replace(bureau.office, supplier=supplier))
    with pytest.raises(TryLater):
        desk.links.open(SERVICE, SCHOOL)
    assert bureau.store.lines()[0].state == "aangevraagd"
    assert bureau.post.letters == []
    supplier.error = None
    desk.links.open(SERVICE, SCHOOL)
    assert supplier.opened == [SCHOOL]
    with pytest.raises(RefusedByState):
        desk.links.open(SERVICE, SCHOOL)
    assert supplier.opened == [SCHOOL]


async def test_a_pasted_key_loses_spaces_and_line_ends_and_is_kept_encrypted_and_shown_masked(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    pasted = f"  {KEY[:8]}\r\n{KEY[8:]}\u200b \n"
    link = bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, Application(key=Secret(pasted), school_year=YEAR))
    assert link.key_tail == "••••7Q2F"
    assert bureau.desk.links.reveal_key(ADMINISTRATOR, SCHOOL) == KEY
    assert list(bureau.store.audit().read())[-1].act == Act.REVEAL_KEY.value
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()
    with pytest.raises(RefusedByRole):
        bureau.desk.links.reveal_key(READER, SCHOOL)


@pytest.mark.parametrize(
    ("form", "error", "says"),
    [
        (Application(key=Secret(" \n"), school_year=YEAR), UnreadableInput, "leeg"),
        (Application(key=Secret("x" * 65), school_year=YEAR), UnreadableInput, "65 tekens"),
        (Application(key=Secret("sleutel\u00e9"), school_year=YEAR), UnreadableInput, "tekens die er niet in horen"),
        (Application(key=Secret(KEY), school_year=YEAR, school_key="x"), UnreadableInput, "SchoolKey"),
        (Application(key=Secret(KEY), school_year=YEAR.previous), RefusedByState, "2025-2026"),
    ],
)
def test_a_field_that_cannot_be_right_is_named_with_what_to_do(
    tmp_path: Path, form: Application, error: type[Exception], says: str
) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    with pytest.raises(error, match=says):
        bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, form)
    assert bureau.record().link is not None
    assert bureau.store.lines()[0].state == LinkState.OPENED.value


async def test_a_new_key_is_put_in_place_without_losing_the_link(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    bureau.desk.links.renew_key(ADMINISTRATOR, SCHOOL, Secret("nieuwe-sleutel-8888 \n"))
    assert bureau.desk.links.reveal_key(SERVICE, SCHOOL) == "nieuwe-sleutel-8888"
    assert bureau.desk.links.address(bureau.record()).key.reveal() == "nieuwe-sleutel-8888"
    with pytest.raises(UnreadableInput):
        bureau.desk.links.renew_key(ADMINISTRATOR, SCHOOL, Secret(" "))


async def test_the_first_of_august_asks_for_a_check_and_not_for_a_new_application(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    bureau.with_register(Register(groups=(Group(id=GroupId("g"), name="5", external="17"),)))
    assert not bureau.desk.worklist.show(SERVICE).items
    bureau.clock.at = datetime(2027, 8, 1, 8, 0, tzinfo=AMSTERDAM)
    assert [item.what for item in bureau.desk.worklist.show(SERVICE).items] == ["schooljaar 2027-2028 controleren"]
    bureau.las.error = TryLater("even niet")
    await bureau.desk.links.new_year(SERVICE, SCHOOL)
    assert bureau.desk.worklist.show(SERVICE).items
    bureau.las.error = None
    checks = await bureau.desk.links.new_year(SERVICE, SCHOOL)
    assert all(check.outcome is Outcome.GOOD for check in checks)
    assert bureau.las.probed[-1].school_year == SchoolYear(2027)
    assert not bureau.desk.worklist.show(SERVICE).items
    assert bureau.store.lines()[0].state == "actief"

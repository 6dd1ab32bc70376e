"""External numbers: empty before the application, kept aside when they are cleared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import RefusedByRole, RefusedByState
from core.linking.link import LinkState
from core.model import EckId, Group, GroupId, PersonName, Pupil, PupilId, Register
from tests.core.desk.applying import FORM
from tests.core.desk.office import ADMINISTRATOR, READER, SCHOOL, SERVICE, Bureau


def test_external_numbers_must_be_empty_before_applying(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    old = Register(
        groups=(Group(id=GroupId("g"), name="5", external="17"),),
        pupils=(Pupil(id=PupilId("p"), name=PersonName(surname="Smit"), external="4"),),
    )
    bureau.with_register(old)
    with pytest.raises(RefusedByState, match="2 externe nummers") as told:
        bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, FORM)
    assert "geen toetsgegevens" in told.value.todo


def test_cleared_numbers_are_kept_aside_counted_and_put_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    twin = PersonName(surname="Smit", call_name="Sem")
    born = date(2017, 3, 12)
    old = Register(
        groups=(Group(id=GroupId("g"), name="5", external="17"),),
        pupils=(
            Pupil(id=PupilId("a"), name=twin, born=born, external="1"),
            Pupil(id=PupilId("b"), name=twin, born=born, external="2"),
            Pupil(id=PupilId("c"), name=PersonName(surname="Bos", call_name="Fien"), born=born, external="3"),
            Pupil(id=PupilId("d"), name=twin, born=born, external="4", eckid=EckId("https://ketenid.example/1")),
        ),
    )
    bureau.with_register(old)
    preview = bureau.desk.links.clear_preview(ADMINISTRATOR, SCHOOL)
    assert (preview.pupils, preview.by_eckid, preview.by_name_and_birth, preview.ambiguous) == (4, 1, 1, 2)
    assert bureau.desk.links.clear_external(ADMINISTRATOR, SCHOOL) == preview
    assert bureau.desk.schools.show(SERVICE, SCHOOL).externals == 0
    bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, FORM)
    with pytest.raises(RefusedByState, match="geen externe nummers"):
        bureau.desk.links.clear_external(ADMINISTRATOR, SCHOOL)
    bureau.desk.links.restore_external(ADMINISTRATOR, SCHOOL)
    assert bureau.record().register == old
    with pytest.raises(RefusedByState, match="geen bewaarde"):
        bureau.desk.links.restore_external(ADMINISTRATOR, SCHOOL)
    assert "Smit" not in (tmp_path / "audit.jsonl").read_text()


@pytest.mark.parametrize("state", [LinkState.ACTIVE, LinkState.DISTURBED])
def test_the_numbers_of_a_link_in_use_are_not_cleared(tmp_path: Path, state: LinkState) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(state)
    bureau.with_register(Register(groups=(Group(id=GroupId("g"), name="5", external="17"),)))
    for forbidden in (bureau.desk.links.clear_external, bureau.desk.links.restore_external):
        with pytest.raises(RefusedByState):
            forbidden(SERVICE, SCHOOL)
    with pytest.raises(RefusedByRole):
        bureau.desk.links.clear_external(READER, SCHOOL)
    assert bureau.desk.schools.show(SERVICE, SCHOOL).externals == 0, "nobody is told to clear them"

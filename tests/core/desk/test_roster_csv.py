"""The roster file: what it says counts, what it leaves open stays as known, and a spreadsheet changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.desk.roster_csv import COLUMNS, write_roster
from core.desk.roster_merge import Fields, merged
from core.desk.roster_reading import read_roster
from core.errors import UnreadableInput
from core.model import Group, GroupId, LasKey, LinkedAs, PersonName, Pupil, PupilId, Register, Sex, Teacher, TeacherId
from tests.core.importing.build import a_group, a_pupil

TODAY = date(2026, 11, 23)
GROUP = Group(id=GroupId("G5"), name="Groep 5", year="5", composite=True, active=False, external="12")
TEACHER = Teacher(
    id=TeacherId("T1"),
    name=PersonName(surname="Wit", prefix="de", initials="A.", call_name="Anne"),
    email="anne@school.nl",
    groups=(GroupId("G5"),),
    active=False,
    external="13",
    linked=LinkedAs(key=LasKey("t1")),
)
PUPIL = Pupil(
    id=PupilId("L1"),
    name=PersonName(surname="Berg", prefix="van den", initials="F.", call_name="Fien", given_names="Josephina"),
    born=date(2017, 3, 12),
    sex=Sex.GIRL,
    year_group="5",
    group=GroupId("G5"),
    extra_groups=(GroupId("G9"),),
    active=False,
    inactive_since=date(2026, 8, 1),
    external="77",
    linked=LinkedAs(key=LasKey("p1")),
)
KNOWN = Register(groups=(GROUP,), teachers=(TEACHER,), pupils=(PUPIL,))
WHOLE = write_roster(KNOWN)
KINDS = {"groep": GROUP, "leerkracht": TEACHER, "leerling": PUPIL}


def table(*rows: dict[str, str]) -> bytes:
    lines = [";".join(COLUMNS), *(";".join(row.get(column, "") for column in COLUMNS) for row in rows)]
    return ("\r\n".join(lines) + "\r\n").encode()


def row_of(kind: str, **cells: str) -> dict[str, str]:
    head, *lines = WHOLE.removeprefix("\ufeff").splitlines()
    rows = (dict(zip(head.split(";"), line.split(";"), strict=True)) for line in lines)
    return {**next(row for row in rows if row["soort"] == kind), **cells}


def after(content: bytes, before: Register = KNOWN) -> Register:
    return merged(before, read_roster(content, before), TODAY).register


@pytest.mark.parametrize("name", ["=1+2", "+31 6", "-Bos", "-", "@SOM(A1)", "＝1", "'t Hof", "Bakker"])
def test_no_name_is_a_formula_and_all_come_back_as_they_were(name: str) -> None:
    pupil = replace(a_pupil("P1"), name=PersonName(surname=name, prefix=name, call_name="Fien"), linked=None)
    written = write_roster(Register(groups=(a_group("G5"),), pupils=(pupil,)))
    assert not any(cell[:1] in "=+-@＝" for line in written.splitlines()[1:] for cell in line.split(";") if cell)
    assert [given.record for given in read_roster(written.encode(), Register()).pupils] == [pupil]


FILLED = [(kind, column) for kind in KINDS for column, cell in row_of(kind).items() if cell and column != "soort"]
OBLIGED = {"id", "naam", "achternaam"}


@pytest.mark.parametrize(("kind", "column"), FILLED)
def test_an_empty_field_never_takes_away_what_is_known(kind: str, column: str) -> None:
    content = table(row_of(kind, **{column: ""}))
    if column in OBLIGED:
        with pytest.raises(UnreadableInput, match=f"regel 2, {column}: is leeg"):
            read_roster(content, KNOWN)
        return
    found = merged(KNOWN, read_roster(content, KNOWN), TODAY)
    assert found.register == KNOWN
    assert (found.new, found.changed) == (0, 0)
    assert found.fields.kept >= 1 and (found.fields.added, found.fields.changed) == (0, 0)


@pytest.mark.parametrize(("kind", "column"), [pair for pair in FILLED if pair[1] not in OBLIGED | {"actief"}])
def test_a_dash_takes_away_what_is_known_of_that_field_alone(kind: str, column: str) -> None:
    content = table(row_of(kind, **{column: "-"}))
    found = merged(KNOWN, read_roster(content, KNOWN), TODAY)
    assert (found.changed, found.fields.changed) == (1, 1)
    again = write_roster(found.register).splitlines()
    assert sum(one != other for one, other in zip(WHOLE.splitlines(), again, strict=True)) == 1
    assert row_of(kind)[column] not in next(line for line in again if line.startswith(kind)).split(";")[2:]


def test_fields_are_counted_as_filled_in_changed_and_kept() -> None:
    bare = replace(PUPIL, born=None, sex=Sex.UNKNOWN)
    before = replace(KNOWN, pupils=(bare,))
    content = table(row_of("leerling", voorvoegsel="", voorletters="", roepnaam="Sofie", actief="ja", groep=""))
    found = merged(before, read_roster(content, before), TODAY)
    # Birth date and sex; call name and active; prefix, initials and group.
    assert found.fields == Fields(added=2, changed=2, kept=3)
    (pupil,) = found.register.pupils
    assert (pupil.name.spoken, pupil.active, pupil.inactive_since) == ("Sofie van den Berg", True, None)


@pytest.mark.parametrize(("prefix", "spoken"), [("", "Fien Jansen"), ("de", "Fien de Jansen")])
def test_another_surname_does_not_keep_the_prefix_of_the_old_one(prefix: str, spoken: str) -> None:
    (pupil,) = after(table(row_of("leerling", achternaam="Jansen", voorvoegsel=prefix))).pupils
    assert pupil.name.spoken == spoken


def test_a_new_record_that_leaves_active_open_is_active() -> None:
    new = after(table({"soort": "leerling", "id": "L2", "achternaam": "Smit"})).pupils[-1]
    assert new == Pupil(id=PupilId("L2"), name=PersonName(surname="Smit"))


def test_links_and_what_the_file_has_no_column_for_stay() -> None:
    content = table(*(row_of(kind, actief="ja") for kind in KINDS))
    register = after(content)
    assert register.groups == (replace(GROUP, active=True),)
    assert register.teachers == (replace(TEACHER, active=True),)
    assert register.pupils == (replace(PUPIL, active=True, inactive_since=None),)


def test_a_dutch_excel_opens_and_saves_the_file_and_nothing_changes() -> None:
    excel = WHOLE.replace("\ufeff", "").replace("2017-03-12", "12-3-2017").replace("nee", "NEE").encode("cp1252")
    assert after(excel) == KNOWN


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (row_of("leerling", geboortedatum="42806"), "regel 2, geboortedatum: 42806 is een dagnummer van Excel"),
        (row_of("leerling", achternaam="?elik"), "regel 2, achternaam: er staat een vraagteken waar een letter hoort"),
        (row_of("groep", naam="5-jun"), "regel 2, naam: “5-jun” is door Excel een datum geworden"),
        (row_of("leerling", groep="G8"), "regel 2, groep: groep G8 is er niet"),
        (row_of("leerkracht", groep="G5 G8"), "regel 2, groep: groep G8 is er niet"),
        (row_of("leerling", soort="kind"), "regel 2, soort: is geen groep, leerkracht of leerling"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(row: dict[str, str], says: str) -> None:
    with pytest.raises(UnreadableInput) as told:
        read_roster(table(row), KNOWN)
    assert says in told.value.what


def test_an_id_that_lost_its_noughts_is_no_new_pupil() -> None:
    before = replace(KNOWN, pupils=(replace(PUPIL, id=PupilId("0042")),))
    with pytest.raises(UnreadableInput, match="regel 2, id: 42 is hier bekend als 0042"):
        read_roster(table(row_of("leerling", id="42")), before)


def test_an_id_with_noughts_of_a_group_keeps_no_pupil_out() -> None:
    known = Register(groups=(a_group("05"),))
    (pupil,) = read_roster(table({"soort": "leerling", "id": "5", "achternaam": "Smit", "groep": "05"}), known).pupils
    assert pupil.record.id == "5"


def test_an_id_that_stands_there_twice_names_both_lines() -> None:
    with pytest.raises(UnreadableInput, match="regel 3, id: L1 staat ook op regel 2"):
        read_roster(table(row_of("leerling"), row_of("leerling")), KNOWN)


def test_a_group_that_is_known_need_not_stand_in_the_file() -> None:
    assert after(table(row_of("leerling"))) == KNOWN


@pytest.mark.parametrize(("cut", "whole"), [("ja", True), ("nee", True), ("j", False), ("n", False), ("", False)])
def test_a_last_line_without_a_line_break_counts_only_when_it_cannot_go_on(cut: str, whole: bool) -> None:
    content = table(row_of("leerling", actief="")).removesuffix(b"\r\n") + cut.encode()
    if whole:
        assert len(read_roster(content, KNOWN).pupils) == 1
    else:
        with pytest.raises(UnreadableInput, match="regel 2"):
            read_roster(content, KNOWN)

"""The four pupil operations: versions, profiles, staged retrieval, nothing new, nothing there, and the odd modes."""

from __future__ import annotations

import pytest
from lxml import etree

from core.wire import names
from tests.simulator.callers import Answered, Caller


@pytest.fixture
def school(caller: Caller) -> str:
    """A school with a key."""
    name = caller.first_school()
    caller.link(name)
    return name


def all_of(answered: Answered, name: str) -> list[etree._Element]:
    """Return the elements of this name that are not mere references."""
    return [element for element in answered.body.iter(f"{{*}}{name}") if len(element)]


def fields(answered: Answered, name: str) -> set[str]:
    """Return the names of all children that elements of this name have."""
    return {str(child.tag).rpartition("}")[2] for element in all_of(answered, name) for child in element}


def groups_asked(*keys: str) -> str:
    """Write the groups of a staged request; an empty key asks for people without a group."""
    inside = "".join(f'<groep key="{key}"/>' if key else "<groep/>" for key in keys)
    return f"<groepen>{inside}</groepen>"


@pytest.mark.parametrize("version", ["2.1", "2.2", "2.3"])
@pytest.mark.parametrize("profile", ["smalle-set", "lvs-set", "parnassys"])
def test_every_profile_in_every_version_is_valid_and_holds_nothing_forbidden(
    caller: Caller, school: str, profile: str, version: str
) -> None:
    caller.control("PATCH", "/instellingen", profiel=profile)
    answered = caller.pull(school, version=version)
    answered.assert_valid(names.Version.V2_3 if version == "2.3" else names.Version.V2_2)
    pupil, teacher = fields(answered, "leerling"), fields(answered, "leerkracht")
    assert ("geslacht" in pupil) == (profile != "smalle-set")
    assert ("voorletters-1" in pupil) == (profile != "smalle-set" and version != "2.3")
    assert ("geboortedatum" in pupil) == (profile != "smalle-set" or version != "2.3")
    assert ("bsn_ondwnr-4" in pupil) == (profile == "lvs-set" and version != "2.3")
    assert ("emailadres" in teacher) == (profile != "lvs-set")
    assert not pupil & {"bsn", "emailadres", "fotourl", "etniciteit", "postcodenl"}
    assert answered.texts("xsdversie") == [version]


def test_2_1_strips_every_eck_id(caller: Caller, school: str) -> None:
    assert b"eckid" in caller.pull(school, version="2.2").raw
    assert b"eckid" not in caller.pull(school, version="2.1").raw


def test_the_dataset_asked_for_chooses_the_profile(caller: Caller, school: str) -> None:
    narrow = caller.pull(school, rest="<gegevenssetid>Smalle-set-PO</gegevenssetid>")
    assert "geslacht" not in fields(narrow, "leerling")
    assert "geslacht" in fields(caller.pull(school, rest="<gegevenssetid>iets anders</gegevenssetid>"), "leerling")


def test_in_2_3_the_eck_id_may_come_without_las_key(caller: Caller, school: str) -> None:
    caller.control("PATCH", "/instellingen", alleen_eckid=True)
    answered = caller.pull(school, version="2.3")
    answered.assert_valid()
    pupils = all_of(answered, "leerling")
    assert all(bool(pupil.get("key")) != bool(pupil.get("eckid")) for pupil in pupils)
    assert any(pupil.get("eckid") for pupil in pupils)


def test_staged_retrieval_brings_the_same_people_as_one_call(caller: Caller, school: str) -> None:
    whole = caller.pull(school)
    structure = caller.pull(school, names.HAAL_STRUCTUUR)
    structure.assert_valid()
    keys = [group.get("key", "") for group in all_of(structure, "groep")]
    asked = groups_asked(*keys, "")
    pupils = caller.pull(school, names.HAAL_LEERLINGEN, rest=asked)
    teachers = caller.pull(school, names.HAAL_LEERKRACHTEN, rest=asked)
    for answered in (pupils, teachers):
        answered.assert_valid()
    assert pupils.keys("leerling") == whole.keys("leerling")
    assert sorted(teachers.keys("leerkracht")) == sorted(whole.keys("leerkracht"))


def test_staged_pupils_are_those_of_the_groups_asked(caller: Caller, school: str) -> None:
    group = all_of(caller.pull(school, names.HAAL_STRUCTUUR), "groep")[0].get("key", "")
    answered = caller.pull(school, names.HAAL_LEERLINGEN, rest=groups_asked(group))
    assert {ref.get("key") for ref in answered.body.iter("{*}groep")} == {group}
    assert caller.pull(school, names.HAAL_LEERLINGEN, rest=groups_asked("")).inside == "geengegevens"
    unknown = caller.pull(school, names.HAAL_LEERLINGEN, rest=groups_asked("bestaat-niet"))
    assert unknown.code == "Client.OngeldigBericht"


def test_nothing_new_since_the_last_answer_until_something_happens(caller: Caller, school: str) -> None:
    (created,) = caller.pull(school).texts("aanmaakdatum")
    since = f"<laatstontvangengegevens>{created}</laatstontvangengegevens>"
    again = caller.pull(school, rest=since)
    again.assert_valid()
    assert again.inside == "geenwijzigingen"
    caller.control("POST", f"/schools/{school}/gebeurtenis", soort="leerling-nieuw")
    changed = caller.pull(school, rest=since)
    assert len(changed.keys("leerling")) > 0
    (later,) = changed.texts("aanmaakdatum")
    assert later > created


def test_another_school_year_and_an_empty_school_have_no_data(caller: Caller, school: str) -> None:
    other_year = caller.pull(school, year="2025-2026")
    other_year.assert_valid()
    assert other_year.inside == "geengegevens"
    caller.control("POST", f"/schools/{school}/gebeurtenis", soort="school-leeg")
    assert caller.pull(school).inside == "geengegevens"


def test_time_brings_the_new_school_year(caller: Caller, school: str) -> None:
    eighth = {pupil.get("key") for pupil in all_of(caller.pull(school), "leerling") if year_of(pupil) == "8"}
    caller.control("POST", "/tijd", naar="1-augustus")
    answered = caller.pull(school, year="2027-2028")
    answered.assert_valid()
    now = set(answered.keys("leerling"))
    assert eighth and len(eighth & now) < len(eighth) / 2


def year_of(pupil: etree._Element) -> str:
    """Return the year group of a pupil."""
    return pupil.findtext("{*}jaargroep") or ""


def test_the_leaky_mode_sends_forbidden_fields_in_a_valid_message(caller: Caller, school: str) -> None:
    caller.control("PATCH", "/instellingen", lekkend=True)
    answered = caller.pull(school, version="2.2")
    answered.assert_valid(names.Version.V2_2)
    assert {"bsn", "fotourl", "etniciteit", "postcodenl", "instroomdatum"} <= fields(answered, "leerling")
    assert {"rol", "gebruikersnaam"} <= fields(answered, "leerkracht")


def test_no_made_up_number_is_anybodys(caller: Caller, school: str) -> None:
    caller.control("PATCH", "/instellingen", lekkend=True)
    for number in caller.pull(school).texts("bsn"):
        weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
        assert sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11


def test_the_quirks_of_a_real_las_break_the_schema_but_not_the_content(caller: Caller, school: str) -> None:
    neat = caller.pull(school)
    caller.control("PATCH", "/instellingen", eigenaardigheden=True)
    odd = caller.pull(school)
    assert odd.keys("leerling") == neat.keys("leerling")
    assert sorted(odd.texts("achternaam")) == sorted(neat.texts("achternaam"))
    assert "" in odd.texts("voorvoegsel")
    assert "+" not in odd.texts("aanmaakdatum")[0]
    with_eckid = [pupil for pupil in all_of(odd, "leerling") if pupil.get("eckid")]
    assert 0 < len(with_eckid) < len([pupil for pupil in all_of(neat, "leerling") if pupil.get("eckid")])
    with pytest.raises(AssertionError):
        odd.assert_valid()


def test_the_lenient_mode_takes_what_real_clients_send(caller: Caller, school: str) -> None:
    caller.control("PATCH", "/instellingen", soepel=True)
    odd = (
        f'<leerlinggegevens_verzoek xmlns="{names.LEERLINGGEGEVENS}"><xsdversie>2.2</xsdversie>'
        f"<dependancecode>{school[5:]}</dependancecode><brincode>{school[:4].lower()}</brincode><schooljaar/>"
        "</leerlinggegevens_verzoek>"
    )
    assert caller.post(names.Service.PUPILS, odd).code == ""
    caller.control("PATCH", "/instellingen", soepel=False)
    assert caller.post(names.Service.PUPILS, odd).code == "Client.OngeldigBericht"


def test_2_1_for_a_school_without_teachers_meets_the_vendors_null_pointer_in_quirks_mode_only(
    caller: Caller, school: str
) -> None:
    caller.control("POST", f"/schools/{school}/gebeurtenis", soort="leerkracht-weg", aantal=500)
    assert caller.control("GET", f"/schools/{school}")["leerkrachten"] == 0
    assert caller.pull(school, version="2.1").code == ""
    caller.control("PATCH", "/instellingen", eigenaardigheden=True)
    assert caller.pull(school, version="2.1").code == "Client.OngeldigBericht"
    assert caller.pull(school, version="2.2").code == ""


def test_every_school_of_a_world_is_written_validly_this_year_and_next(caller: Caller) -> None:
    caller.control("POST", "/reset", schools=25, seed=3)
    schools = [f"{one['brin']}-{one['dependancecode']}" for one in caller.control("GET", "/schools")]
    caller.link(schools[0])
    caller.key = caller.control("POST", f"/schools/{schools[0]}/koppeling/sleutel", ook=schools)["autorisatiesleutel"]
    for year in ("2026-2027", "2027-2028"):
        for place, school in enumerate(schools):
            caller.control("PATCH", "/instellingen", lekkend=place % 2 == 1)
            answered = caller.pull(school, year=year)
            answered.assert_valid()
            assert len(answered.keys("leerling")) > 5
        caller.control("POST", "/tijd", naar="1-augustus")

"""BrengLeerresultaten: all of a message or nothing of it, results replaced by key, rules kept."""

from __future__ import annotations

import pytest

from tests.simulator.callers import Caller, a_result, a_sitting


@pytest.fixture
def school(caller: Caller) -> str:
    """A school with a key."""
    name = caller.first_school()
    caller.link(name)
    return name


def test_results_are_confirmed_with_an_empty_element_and_held_by_key(caller: Caller, school: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    answered = caller.bring(school, a_sitting(pupil, a_result("r1"), a_result("r2", outcome="<score>7</score>")))
    assert answered.code == ""
    answered.assert_valid()
    assert len(answered.body) == 0
    held = caller.results(school)
    assert [(one["key"], one["leerlingid"], one["score"]) for one in held["resultaten"]] == [
        ("r1", pupil, 12),
        ("r2", pupil, 7),
    ]


def test_the_same_key_again_replaces_the_result(caller: Caller, school: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    caller.bring(school, a_sitting(pupil, a_result("r1")))
    later = caller.bring(
        school, a_sitting(pupil, a_result("r1", outcome="<score>13</score>")), created="2026-11-23T09:00:01+01:00"
    )
    assert later.code == ""
    (one,) = caller.results(school)["resultaten"]
    assert (one["score"], one["keren_ontvangen"]) == (13, 2)


def test_a_key_of_another_pupil_is_refused_and_nothing_of_the_message_is_stored(caller: Caller, school: str) -> None:
    first, second = caller.pupil_keys(school)[:2]
    caller.bring(school, a_sitting(first, a_result("r1")))
    stolen = caller.bring(
        school, a_sitting(second, a_result("r2"), a_result("r1")), created="2026-11-23T10:00:00+01:00"
    )
    assert stolen.code == "Client.OngeldigBericht"
    assert [one["key"] for one in caller.results(school)["resultaten"]] == ["r1"]


def test_a_result_stays_with_its_pupil_when_the_pupil_gets_a_new_key(caller: Caller, school: str) -> None:
    before = caller.pupil_keys(school)
    for number, pupil in enumerate(before):
        created = f"2026-11-23T09:{number // 60:02}:{number % 60:02}+01:00"
        caller.bring(school, a_sitting(pupil, a_result(f"r{number}")), created=created)
    caller.control("POST", f"/schools/{school}/gebeurtenis", soort="leerlingnummer-vernieuwd")
    after = caller.pupil_keys(school)
    (old,), (new,) = set(before) - set(after), set(after) - set(before)
    again = caller.bring(school, a_sitting(new, a_result(f"r{before.index(old)}")), created="2026-11-23T12:00:00+01:00")
    assert again.code == ""
    held = caller.results(school)["resultaten"]
    assert len(held) == len(before) and [one["keren_ontvangen"] for one in held if one["leerlingid"] == new] == [2]


def test_what_is_removed_by_hand_may_come_again_for_another_pupil(caller: Caller, school: str) -> None:
    first, second = caller.pupil_keys(school)[:2]
    caller.bring(school, a_sitting(first, a_result("r1")))
    address = f"/_sim/schools/{school}/resultaten/r1"
    assert [caller.http.delete(address).status_code for _time in range(2)] == [204, 404]
    again = caller.bring(school, a_sitting(second, a_result("r1")), created="2026-11-23T10:00:00+01:00")
    assert again.code == ""
    assert [one["leerlingid"] for one in caller.results(school)["resultaten"]] == [second]


@pytest.mark.parametrize("created", ["2026-11-23T09:00:00+01:00", "2026-11-23T08:00:00Z", "2026-11-23T08:59:59"])
def test_a_message_must_be_created_later_than_the_one_before(caller: Caller, school: str, created: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    caller.bring(school, a_sitting(pupil, a_result("r1")))
    assert caller.bring(school, a_sitting(pupil, a_result("r2")), created=created).code == "Client.OngeldigBericht"
    held = caller.results(school)
    assert held["overtredingen"] == {"aanmaakdatum": 1}
    assert held["aantal"] == 1


def test_a_refused_message_does_not_move_the_creation_time(caller: Caller, school: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    refused = caller.bring(school, a_sitting("onbekend", a_result("r1")), created="2026-11-23T12:00:00+01:00")
    assert refused.code == "Client.LeerlingOngeldig"
    assert caller.bring(school, a_sitting(pupil, a_result("r1")), created="2026-11-23T11:00:00+01:00").code == ""


def test_a_pupil_may_be_named_by_eck_id_and_is_held_by_las_key(caller: Caller, school: str) -> None:
    pupil = next(element for element in caller.pull(school).body.iter("{*}leerling") if element.get("eckid"))
    eckid, key = pupil.get("eckid", ""), pupil.get("key", "")
    assert caller.bring(school, a_sitting("", a_result("r1"), eckid=eckid)).code == ""
    assert caller.results(school)["resultaten"][0]["leerlingid"] == key


def test_key_and_eck_id_of_two_pupils_are_refused(caller: Caller, school: str) -> None:
    first, second = [one for one in caller.pull(school).body.iter("{*}leerling") if one.get("eckid")][:2]
    answered = caller.bring(school, a_sitting(first.get("key", ""), a_result("r1"), eckid=second.get("eckid", "")))
    assert answered.code == "Client.LeerlingOngeldig"


NORM = "<norm><term>{0}</term><beginnormwaarde>{1}</beginnormwaarde><eindnormwaarde>{2}</eindnormwaarde></norm>"


def normed(*bands: tuple[str, int, int]) -> str:
    """Write a test with norm bands."""
    norms = "".join(NORM.format(*band) for band in bands)
    return f"<toets><toetscode>T1</toetscode><toetsnormering>{norms}</toetsnormering></toets>"


REFERENCE = (
    "<osoresultaat><oso:referentiescore><oso:codereferentiescore>{0}</oso:codereferentiescore>"
    "<oso:codevergelijkingsgroep>{1}</oso:codevergelijkingsgroep><oso:waarde>{2}</oso:waarde>"
    "</oso:referentiescore></osoresultaat>"
)


@pytest.mark.parametrize(
    ("outcome", "tests", "code"),
    [
        ("<score>5</score>", normed(("laag", 0, 9), ("hoog", 10, 20)), ""),
        ("<score>21</score>", normed(("laag", 0, 9), ("hoog", 10, 20)), "Client.ScoreOngeldig"),
        ("<score>5</score>", normed(("laag", 0, 10), ("hoog", 10, 20)), "Client.ToetsNormeringOngeldig"),
        ("<score>5</score>", normed(("laag", 9, 0)), "Client.ToetsNormeringOngeldig"),
        (REFERENCE.format("IV", "Landelijk", "III"), normed(("laag", 0, 9)), ""),
        (REFERENCE.format("IV", "Landelijk", "VI"), normed(("laag", 0, 9)), "Client.EldResultaatOngeldig"),
        (REFERENCE.format("XX", "Landelijk", "1"), normed(("laag", 0, 9)), "Client.EldResultaatOngeldig"),
        (REFERENCE.format("DLE", "Amerika", "1"), normed(("laag", 0, 9)), "Client.EldResultaatOngeldig"),
        ("<score>22.5</score>", normed(("laag", 0, 99)), "Client.OngeldigBericht"),
        ("<score>5</score>", "<toets><toetscode>ANDERS</toetscode></toets>", "Client.OngeldigBericht"),
    ],
)
def test_scores_norms_and_oso_results_are_judged(
    caller: Caller, school: str, outcome: str, tests: str, code: str
) -> None:
    pupil = caller.pupil_keys(school)[0]
    answered = caller.bring(school, a_sitting(pupil, a_result("r1", outcome=outcome)), tests=tests)
    assert answered.code == code
    assert caller.results(school)["aantal"] == (0 if code else 1)


def test_a_term_of_a_known_vocabulary_must_be_in_it_and_of_an_unknown_one_is_taken(caller: Caller, school: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    known = "http://purl.edustandaard.nl/concept/328cc12a-87b2-41c4-aef8-853595f9f9dd"

    def code(vocabulary: str, term: str, second: int) -> str:
        tests = f'<toets><toetscode>T1</toetscode><vakgebied vocabulaire="{vocabulary}">{term}</vakgebied></toets>'
        created = f"2026-11-23T09:00:0{second}+01:00"
        return caller.bring(school, a_sitting(pupil, a_result()), tests=tests, created=created).code

    assert code(known, "Spelling", 1) == ""
    assert code(known, "Toveren", 2) == "Client.VocabulaireTermOngeldig"
    assert code("http://elders.example/lijst", "Toveren", 3) == ""


PARTS = "<toets><toetscode>T1</toetscode><toetsonderdelen>{}</toetsonderdelen></toets>"
PART = (
    "<toetsonderdeel><toetsonderdeelvolgnummer>{0}</toetsonderdeelvolgnummer>"
    "<toetsonderdeelcode>D{0}</toetsonderdeelcode></toetsonderdeel>"
)


def test_a_part_must_be_defined_and_a_definition_must_stay_whole(caller: Caller, school: str) -> None:
    pupil = caller.pupil_keys(school)[0]
    both, one = PARTS.format(PART.format(1) + PART.format(2)), PARTS.format(PART.format(1))
    sitting = a_sitting(pupil, a_result("r1", part="D1"))
    unknown = a_sitting(pupil, a_result("r1", part="D9"))
    assert caller.bring(school, unknown, tests=both).code == "Client.OngeldigBericht"
    assert caller.bring(school, sitting, tests=both).code == ""
    assert caller.bring(school, sitting, tests=one, created="2026-11-23T10:00:00Z").code == "Client.OngeldigBericht"
    assert caller.results(school)["overtredingen"] == {"onderdeel-onbekend": 1, "definitie-onvolledig": 1}

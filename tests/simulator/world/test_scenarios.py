"""Scenario files are read with errors that point, and every one of them ends as it says, in the world at least."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from simulator.world.model import SchoolRef, WorldError
from simulator.world.scenario import FOLDER, load, names, open_world
from simulator.world.scenario_model import Act, Counts, DeskAct, Expected, Scenario
from simulator.world.world import World
from tests.simulator.world.expect import Count, FaultlessCentre

PROMISED = {
    "eerste-koppeling",
    "nieuw-schooljaar",
    "nummers-gewist",
    "tweelingen",
    "combinatiegroep-gesplitst",
    "leerkracht-zonder-email",
    "sleutel-ingetrokken",
    "parnassys-ligt-eruit",
    "antwoord-kwijt",
    "fusie",
    "groep-ontbreekt",
    "handleiding",
}


def test_all_promised_scenarios_are_there() -> None:
    assert set(names()) == PROMISED


def school_of(scenario: Scenario, act: Act) -> SchoolRef:
    """Return the school an act is about."""
    return SchoolRef.parse(act.brin or scenario.school[0].brin)


def live(world: World, scenario: Scenario, act: Act) -> None:
    """Do what an act does to the world; what it does to a server or a desk is not seen here."""
    if act.gebeurtenis:
        other = SchoolRef.parse(act.met) if act.met else None
        assert world.event(school_of(scenario, act), act.gebeurtenis, act.aantal, met=other)
    elif act.tijd:
        world.move_time(act.tijd)
    elif act.nachten:
        world.move_time(world.today + timedelta(days=act.nachten))


def line(count: Count) -> Counts:
    return Counts(nieuw=count.new, bestaand=count.existing)


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_a_scenario_ends_as_it_says(name: str) -> None:
    scenario = load(name)
    world = open_world(scenario)
    ref = SchoolRef.parse(scenario.school[0].brin)
    centre = FaultlessCentre(world.picture(ref))
    looked_at = 0
    for step in scenario.stap:
        for act in step.doe:
            live(world, scenario, act)
            if act.koppeldesk is DeskAct.PULL:
                counts = centre.counts(world.school(ref))
                assert step.verwacht == Expected(
                    groepen=line(counts.groups),
                    leerkrachten=line(counts.teachers),
                    leerlingen=line(counts.pupils),
                    deactiveren=counts.deactivated,
                    zonder_email=counts.without_email,
                    koppeling=step.verwacht.koppeling,
                )
                looked_at += 1
            if act.koppeldesk is DeskAct.IMPORT:
                centre.commit(world.school(ref))
    assert looked_at


def test_the_manuals_own_example_counts_as_the_manual_does() -> None:
    expected = next(step.verwacht for step in load("handleiding").stap if step.verwacht.groepen)
    assert expected.groepen == Counts(nieuw=9, bestaand=0)
    assert expected.leerkrachten == Counts(nieuw=17, bestaand=77)
    assert expected.leerlingen == Counts(nieuw=10, bestaand=131)


GOOD = (FOLDER / "tweelingen.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "points_at"),
    [
        ('naam = "De Wilgen"\n', "", r"`naam`.*`\$\.school\[0\]`"),
        ("leerlingen = 140", 'leerlingen = "veel"', r"\$\.school\[0\]\.leerlingen"),
        ("leerlingen = 140", "leerlngen = 140", r"leerlngen.*\$\.school\[0\]"),
        ("tweeling-erbij", "tweeling-erbi", r"stap\[6\]\.doe\[0\]\.gebeurtenis: 'tweeling-erbi'.*'tweeling-erbij'"),
        ('{ nachten = 1 }', '{ nachten = 1, koppeldesk = "nacht" }', r"stap\[6\]\.doe\[2\]: precies één"),
        ('brin = "19TT"', 'brin = "1TT"', r"school\[0\]\.brin: '1TT' is geen BRIN"),
        ('wie = "trainer"', 'wie = "juf"', r"\$\.stap\[6\]\.wie"),
        ('titel = "Tweelingen', 'titel = Tweelingen', "geen geldige TOML.*line 1"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_scenario_is_pointed_at(tmp_path: Path, old: str, new: str, points_at: str) -> None:
    assert old in GOOD
    (tmp_path / "proef.toml").write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(WorldError, match=rf"(?s)proef\.toml: .*{points_at}"):
        load("proef", tmp_path)


def test_a_scenario_that_is_not_there_gets_its_neighbour_named() -> None:
    with pytest.raises(WorldError, match="Bedoelt u 'tweelingen'"):
        load("tweeling")


def test_a_name_cannot_leave_the_folder() -> None:
    with pytest.raises(WorldError):
        load("../../pyproject")

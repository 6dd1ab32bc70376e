"""Reads scenario files and makes their worlds; whatever is wrong in a file is pointed at."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from .events import EVENTS
from .model import SchoolRef, Shape, WorldError
from .picture import PictureShape
from .rooms import Room
from .scenario_model import Act, Scenario, SchoolPlan
from .world import Plan, World

FOLDER = Path(__file__).parents[2] / "fixtures" / "scenarios"
DEMO = "eerste-koppeling"
"""The scenario of the demo when none is chosen."""


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the scenarios there are, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(name: str, folder: Path = FOLDER) -> Scenario:
    """Read one scenario. WorldError, in Dutch, that names file and place when it is not there or not right."""
    path = folder / f"{name}.toml"
    if name not in names(folder):
        near = difflib.get_close_matches(name, names(folder), n=1)
        hint = f" Bedoelt u '{near[0]}'?" if near else f" Er zijn: {', '.join(names(folder))}."
        raise WorldError(f"Er is geen scenario '{name}'.{hint}")
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Scenario)
    except tomllib.TOMLDecodeError as error:
        raise WorldError(f"{path.name}: geen geldige TOML: {error}") from error
    except msgspec.ValidationError as error:
        raise WorldError(f"{path.name}: {error}") from error
    for place, complaint in _complaints(found):
        raise WorldError(f"{path.name}: {place}: {complaint}")
    return msgspec.structs.replace(found, naam=name)


def plan_of(scenario: Scenario, seed: int | str | None = None, schools: int | None = None) -> Plan:
    """Return what the world of a scenario is made of; `schools` may ask for more or fewer of them."""
    refs = {SchoolRef.parse(school.brin): school for school in scenario.school}
    return Plan(
        seed=str(scenario.zaad if seed is None else seed),
        schools=max(scenario.scholen if schools is None else schools, len(refs)),
        today=scenario.vandaag,
        shapes={ref: _shape(school) for ref, school in refs.items()},
        pictures={ref: _picture(school) for ref, school in refs.items()},
        names={ref: (school.naam, school.plaats) for ref, school in refs.items()},
    )


def open_world(scenario: Scenario, seed: int | str | None = None, schools: int | None = None) -> World:
    """Make the world of a scenario, with what happened just before its story begins."""
    world = World(plan_of(scenario, seed, schools))
    for school in scenario.school:
        for act in school.vooraf:
            world.event(SchoolRef.parse(school.brin), act.gebeurtenis, act.aantal)
    return world


def _shape(school: SchoolPlan) -> Shape:
    return Shape(
        pupils=school.leerlingen,
        teachers=school.leerkrachten,
        groups=school.groepen,
        life=school.leven,
        years_back=school.jaren_terug,
    )


def _picture(school: SchoolPlan) -> PictureShape:
    centre = school.testcentrum
    return PictureShape(
        level=centre.fouten,
        taken=centre.getypt,
        from_year=centre.vanaf_groep,
        groups=centre.groepen,
        externals=centre.extern,
        missing_pupils=centre.ontbrekende_leerlingen,
        missing_teachers=centre.ontbrekende_leerkrachten,
        empty=centre.leeg,
    )


def _complaints(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Yield (place, what is wrong) for what the types cannot say."""
    known: set[SchoolRef] = set()
    if not scenario.school:
        yield "school", "er is minstens één school nodig"
    for number, school in enumerate(scenario.school):
        place = f"school[{number}]"
        try:
            known.add(SchoolRef.parse(school.brin))
        except ValueError:
            yield f"{place}.brin", f"'{school.brin}' is geen BRIN zoals 12AB of 12AB-01"
        for room in school.groepen:
            try:
                Room.parse(room)
            except ValueError:
                yield f"{place}.groepen", f"'{room}' is geen groep zoals 5, 1/2a of 5/6"
        for index, act in enumerate(school.vooraf):
            if not act.gebeurtenis:
                yield f"{place}.vooraf[{index}]", "alleen een gebeurtenis kan vooraf"
            yield from _act_complaints(f"{place}.vooraf[{index}]", act, known)
    for number, step in enumerate(scenario.stap):
        for index, act in enumerate(step.doe):
            yield from _act_complaints(f"stap[{number}].doe[{index}]", act, known)


def _act_complaints(place: str, act: Act, schools: set[SchoolRef]) -> Iterator[tuple[str, str]]:
    acts = [act.koppeldesk, act.parnassys, act.gebeurtenis, act.tijd, act.nachten, act.storing]
    if sum(map(bool, acts)) != 1:
        yield place, "precies één van koppeldesk, parnassys, gebeurtenis, tijd, nachten en storing"
    events = {"", "overgang", "fusie", *EVENTS}
    if act.gebeurtenis not in events:
        near = difflib.get_close_matches(act.gebeurtenis, events, n=1)
        hint = f"; bedoelt u '{near[0]}'?" if near else ""
        yield f"{place}.gebeurtenis", f"'{act.gebeurtenis}' bestaat niet{hint}"
    if (act.gebeurtenis == "fusie") != bool(act.met):
        yield f"{place}.met", "hoort bij een fusie, en alleen daarbij"
    for key, text in (("brin", act.brin), ("met", act.met)):
        try:
            if text and SchoolRef.parse(text) not in schools:
                yield f"{place}.{key}", f"school {text} komt in dit scenario niet voor"
        except ValueError:
            yield f"{place}.{key}", f"'{text}' is geen BRIN zoals 12AB of 12AB-01"

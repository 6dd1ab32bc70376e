"""A profile is a table and a schema made of it: what it forbids is an error, what it requires must be there."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from core.wire.names import Version
from core.wire.profiles import FIELDS, PROFILES, Profile, Rule, forbidden
from core.wire.schemas import compile_definitions_schema, compile_profile_schema

WIRE = Path(__file__).parents[3] / "fixtures" / "wire"
FILES = {
    (Version.V2_2, Profile.SMALL): "smal-2.2",
    (Version.V2_2, Profile.LVS): "lvs-2.2",
    (Version.V2_3, Profile.SMALL): "smal-2.3",
    (Version.V2_3, Profile.LVS): "lvs-2.3",
}
ALL = [pytest.param(*column, id=f"{column[1]} {column[0]}") for column in FILES]


def complaints(data: bytes, version: Version, profile: Profile) -> list[str]:
    """Return what the profile's schema says against an answer."""
    schema = compile_profile_schema(version, profile)
    schema.validate(etree.fromstring(data)[0][0])
    return [str(entry.message) for entry in schema.error_log]


def answer(version: Version, profile: Profile) -> bytes:
    return (WIRE / "antwoorden" / f"HaalLeerlinggegevens-{FILES[version, profile]}.xml").read_bytes()


@pytest.mark.parametrize(("version", "profile"), ALL)
def test_the_golden_answer_of_a_profile_holds_to_it(version: Version, profile: Profile) -> None:
    assert complaints(answer(version, profile), version, profile) == []


@pytest.mark.parametrize(("version", "profile"), ALL)
def test_what_a_profile_forbids_is_an_error(version: Version, profile: Profile) -> None:
    data = answer(version, profile)
    for name in sorted(forbidden(version, profile, "leerling")):
        spoiled = data.replace(b"</leerling>", f"<{name}>1</{name}></leerling>".encode(), 1)
        assert complaints(spoiled, version, profile), name


@pytest.mark.parametrize(("version", "profile"), ALL)
def test_what_a_profile_requires_must_be_there(version: Version, profile: Profile) -> None:
    for field, rule in PROFILES[version, profile].items():
        entity, _slash, name = field.partition("/")
        if rule is not Rule.REQUIRED or name.startswith("@"):
            continue
        root = etree.fromstring(answer(version, profile))
        owner = next(root.iter(f"{{*}}{entity}"))
        for child in list(owner.iterchildren(f"{{*}}{name}")):
            owner.remove(child)
        assert complaints(etree.tostring(root), version, profile), field


def test_no_profile_lets_a_bsn_through() -> None:
    for column in FILES:
        assert {"bsn", "sofinummer", "onderwijsnummer", "rijksregisternummer"} <= forbidden(*column, "leerling")


def test_every_field_has_a_rule_in_every_profile() -> None:
    assert all(set(rules) == set(FIELDS) for rules in PROFILES.values())
    assert len(set(FIELDS)) == len(FIELDS)


def test_a_file_of_test_definitions_holds_to_its_schema() -> None:
    schema = compile_definitions_schema()
    document = etree.parse(WIRE / "toetsdefinities.xml")
    schema.assertValid(document)
    twice = etree.fromstring(etree.tostring(document).replace(b"VB-RW7", b"VB-SP3"))
    assert not schema.validate(twice)

"""Values and files that the tests of the client share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from core.clock import AMSTERDAM
from core.model import EckId, IncomingGroup, LasKey, LinkAddress, SchoolId, SchoolYear, Secret
from core.scores.message import (
    Colour,
    Entry,
    NormBand,
    NormedResult,
    Norms,
    Reference,
    Result,
    ResultKey,
    ResultMessage,
    ScoreResult,
    Sitting,
    Term,
    TestDefinition,
    TestPart,
    TestScore,
)
from core.uwlr.record import Exchange

FIXTURES = Path(__file__).parents[3] / "fixtures" / "wire"

SCHOOL = SchoolId("99XX", "01")
YEAR = SchoolYear(2026)
NOW = datetime(2026, 11, 24, 2, 30, tzinfo=AMSTERDAM)
ADDRESS = LinkAddress(school=SCHOOL, school_year=YEAR, key=Secret("99XX0voorbeeldsleutel"))


def golden(name: str) -> bytes:
    """Return a golden message."""
    return (FIXTURES / name).read_bytes()


def eckid(number: int) -> EckId:
    return EckId(f"https://ketenid.nl/pilot/{number:0128x}")


class StoppedClock:
    """Always the same moment."""

    def now(self) -> datetime:
        return NOW


class Keeper:
    """A recorder that keeps everything."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []

    def record(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)


GROUPS = (
    IncomingGroup(key=LasKey("g-3a"), name="3A", year="3"),
    IncomingGroup(key=LasKey("g-plus"), name="Plusklas", composite=True),
)
"""Those the golden requests ask for."""

_VERSION = Term(text="2026", vocabulary="https://voorbeeld.example/versies")

SCORED = Sitting(
    pupil=LasKey("1001"),
    eckid=eckid(1),
    processor="t-1",
    results=(
        Result(
            key=ResultKey("kd-0001"),
            taken=date(2026, 11, 20),
            test="VB-SP3",
            version=_VERSION,
            outcome=ScoreResult(value=31),
        ),
        Result(
            key=ResultKey("kd-0002"),
            taken=date(2026, 11, 20),
            test="VB-SP3",
            version=_VERSION,
            part="VB-SP3-1",
            outcome=ScoreResult(value=0),
            info_url="https://voorbeeld.example/r/kd-0002",
        ),
    ),
)
SPELLING = TestDefinition(
    code=Term(text="VB-SP3"),
    version=_VERSION,
    name="Voorbeeld Spelling 3",
    year=Term(text="3"),
    subject=Term(
        text="Spelling",
        vocabulary="http://purl.edustandaard.nl/concept/328cc12a-87b2-41c4-aef8-853595f9f9dd",
        location="https://voorbeeld.example/vakgebied.xml",
    ),
    norms=Norms(
        vocabulary="https://voorbeeld.example/niveaus",
        category=Term(text="LVS"),
        level=Term(text="M3"),
        weight=Decimal("1.5"),
        bands=(
            NormBand(
                term="V",
                description="laagste vijfde deel",
                first=0,
                last=12,
                colour=Colour(red=200, green=30, blue=30, opacity=Decimal("0.80")),
                mark_from=Decimal("1.0"),
                mark_to=Decimal("4.9"),
            ),
            NormBand(term="I-IV", first=13, last=40),
        ),
    ),
    hierarchy=(
        Entry(depth=1, term=Term(text="Boom LVS")),
        Entry(depth=2, term=Term(text="Spelling", vocabulary="https://voorbeeld.example/vakken")),
    ),
    parts=(
        TestPart(
            number=1,
            code=Term(text="VB-SP3-1"),
            name="Dictee",
            norms=Norms(bands=(NormBand(term="alles", first=0, last=20),)),
        ),
        TestPart(number=2, code=Term(text="VB-SP3-2")),
    ),
)
NORMED = Sitting(
    pupil=LasKey("1002"),
    results=(
        Result(
            key=ResultKey("kd-0003"),
            taken=date(2026, 11, 19),
            test="VB-RW7",
            outcome=NormedResult(
                score=TestScore(
                    items=60,
                    right=45,
                    wrong=12,
                    read=57,
                    seconds=Decimal("1825.5"),
                    ability=Decimal("212.4"),
                    scale="VB-RW",
                    interval=(Decimal("207.9"), Decimal("216.9")),
                ),
                references=(
                    Reference(code="IV", population="Landelijk", value="II", qualification="boven gemiddeld"),
                    Reference(code="DLE", population="Landelijk", value="46"),
                ),
            ),
        ),
    ),
)
ARITHMETIC = TestDefinition(code=Term(text="VB-RW7"))


def a_message(*pairs: tuple[Sitting, TestDefinition]) -> ResultMessage:
    """Return the message of the golden files with these sittings."""
    chosen = pairs or ((SCORED, SPELLING),)
    return ResultMessage(
        school=SCHOOL,
        school_year=YEAR,
        created=datetime(2026, 11, 24, 3, tzinfo=AMSTERDAM) + timedelta(microseconds=1),
        author="Koppeldesk",
        comment="nachtelijke verzending",
        sittings=tuple(sitting for sitting, _test in chosen),
        tests=tuple(test for _sitting, test in chosen),
    )


def only_eckid(sitting: Sitting, number: int) -> Sitting:
    """Return the sitting of a pupil without LAS key."""
    return replace(sitting, pupil=None, eckid=eckid(number))

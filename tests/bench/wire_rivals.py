"""The other ways to read and write UWLR that `bench-wire` measures beside ours: xsdata and zeep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from lxml import etree

from core.wire.names import LEERLINGGEGEVENS, LEERRESULTATEN, SOAP
from core.wire.schemas import FOLDER

LL: dict[str, Any] = {"namespace": LEERLINGGEGEVENS}
LR: dict[str, Any] = {"namespace": LEERRESULTATEN}
AT: dict[str, Any] = {"type": "Attribute"}


def named(name: str, namespace: dict[str, Any]) -> dict[str, Any]:
    """Return the metadata of an element."""
    return {"name": name, "type": "Element", **namespace}


@dataclass
class Reference:
    """A reference to a group."""

    key: str = field(default="", metadata=AT)


@dataclass
class Pupil:
    """A `leerling`, for xsdata."""

    achternaam: str | None = field(default=None, metadata=named("achternaam", LL))
    voorvoegsel: str | None = field(default=None, metadata=named("voorvoegsel", LL))
    voorletters: str | None = field(default=None, metadata=named("voorletters-1", LL))
    roepnaam: str | None = field(default=None, metadata=named("roepnaam", LL))
    geboortedatum: str | None = field(default=None, metadata=named("geboortedatum", LL))
    geslacht: int | None = field(default=None, metadata=named("geslacht", LL))
    jaargroep: str | None = field(default=None, metadata=named("jaargroep", LL))
    groep: Reference | None = field(default=None, metadata=named("groep", LL))
    key: str = field(default="", metadata=AT)
    eckid: str | None = field(default=None, metadata=AT)


@dataclass
class Pupils:
    """`leerlingen`."""

    leerling: list[Pupil] = field(default_factory=list, metadata=named("leerling", LL))


@dataclass
class Group:
    """A `groep`."""

    naam: str = field(default="", metadata=named("naam", LL))
    jaargroep: str = field(default="", metadata=named("jaargroep", LL))
    key: str = field(default="", metadata=AT)


@dataclass
class Groups:
    """`groepen`."""

    groep: list[Group] = field(default_factory=list, metadata=named("groep", LL))


@dataclass
class School:
    """`school`."""

    schooljaar: str = field(default="", metadata=named("schooljaar", LL))
    brincode: str = field(default="", metadata=named("brincode", LL))


@dataclass
class Everything:
    """`leerlinggegevens`."""

    school: School | None = field(default=None, metadata=named("school", LL))
    groepen: Groups | None = field(default=None, metadata=named("groepen", LL))
    leerlingen: Pupils | None = field(default=None, metadata=named("leerlingen", LL))


@dataclass
class Answer:
    """`leerlinggegevens_antwoord`."""

    leerlinggegevens: Everything | None = field(default=None, metadata=named("leerlinggegevens", LL))


@dataclass
class Body:
    """The SOAP body."""

    answer: Answer | None = field(default=None, metadata=named("leerlinggegevens_antwoord", LL))


@dataclass
class Envelope:
    """The SOAP envelope."""

    class Meta:
        """Where it lives."""

        namespace: ClassVar[str] = SOAP

    body: Body | None = field(default=None, metadata={"name": "Body", "type": "Element", "namespace": SOAP})


def xsdata_reader() -> Callable[[bytes], int]:
    """Return a function that reads an answer with xsdata on lxml and returns the number of pupils."""
    from xsdata.formats.dataclass.context import XmlContext
    from xsdata.formats.dataclass.parsers import XmlParser

    parser: Any = XmlParser(context=XmlContext())

    def read(data: bytes) -> int:
        return len(parser.from_bytes(data, Envelope).body.answer.leerlinggegevens.leerlingen.leerling)

    return read


def zeep_reader() -> Callable[[bytes], int]:
    """Return a function that reads an answer with zeep and returns the number of pupils."""
    import zeep

    make: Any = zeep.Client
    client = make(str(FOLDER / "leerlinggegevens-2.2.wsdl"))
    element = client.get_element(f"{{{LEERLINGGEGEVENS}}}leerlinggegevens_antwoord")

    def read(data: bytes) -> int:
        answer = element.parse(etree.fromstring(data)[0][0], client.wsdl.types)
        return len(answer.leerlinggegevens.leerlingen.leerling)

    return read


@dataclass
class Result:
    """A `resultaat`, for xsdata."""

    afnamedatum: str = field(default="", metadata=named("afnamedatum", LR))
    toetscode: str = field(default="", metadata=named("toetscode", LR))
    score: int = field(default=0, metadata=named("score", LR))
    key: str = field(default="", metadata=AT)


@dataclass
class Results:
    """`resultaten`."""

    resultaat: list[Result] = field(default_factory=list, metadata=named("resultaat", LR))


@dataclass
class Sitting:
    """A `toetsafname`."""

    leerlingid: str = field(default="", metadata=named("leerlingid", LR))
    resultaten: Results | None = field(default=None, metadata=named("resultaten", LR))


@dataclass
class Sittings:
    """`toetsafnames`, as the root of what xsdata writes."""

    class Meta:
        """How it is called."""

        name: ClassVar[str] = "toetsafnames"
        namespace: ClassVar[str] = LEERRESULTATEN

    toetsafname: list[Sitting] = field(default_factory=list, metadata=named("toetsafname", LR))


def xsdata_writer(count: int) -> Callable[[], int]:
    """Return a function that writes `count` results with xsdata and returns the number of bytes."""
    from xsdata.formats.dataclass.serializers import XmlSerializer

    serializer: Any = XmlSerializer()
    sittings = Sittings(
        [
            Sitting(str(number), Results([Result("2026-11-20", "T-1", number % 40, f"kd-{number}")]))
            for number in range(count)
        ]
    )
    return lambda: len(serializer.render(sittings))


def zeep_writer(count: int) -> Callable[[], int]:
    """Return a function that writes `count` results with zeep and returns the number of bytes."""
    import zeep

    make: Any = zeep.Client
    client = make(str(FOLDER / "leerresultaten-2.2.wsdl"))
    school = {
        "schooljaar": "2026-2027", "brincode": "99XX", "aanmaakdatum": "2026-11-24T03:00:00+01:00", "xsdversie": "2.2",
    }  # fmt: skip
    sittings = [
        {
            "leerlingid": str(number),
            "resultaten": {
                "resultaat": [
                    {"key": f"kd-{number}", "afnamedatum": "2026-11-20", "toetscode": "T-1", "score": number % 40}
                ]
            },
        }
        for number in range(count)
    ]

    def write() -> int:
        message = client.create_message(
            client.service,
            "BrengLeerresultaten",
            school=school,
            toetsafnames={"toetsafname": sittings},
            toetsen={"toets": [{"toetscode": {"_value_1": "T-1"}}]},
        )
        return len(etree.tostring(message))

    return write

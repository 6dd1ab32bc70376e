"""What the control API takes and gives, in Dutch names; OpenAPI is made from this."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat

from core.wire import names
from simulator.links import LinkState
from simulator.profiles import Profile, Version

Name = Annotated[str, Field(max_length=200)]
MAX_INT = 2**53


def _a_number(value: object) -> object:
    """Refuse `true` and `"7"`, which pydantic would take for whole numbers and JSON Schema does not."""
    if isinstance(value, bool | str):
        raise ValueError("een getal verwacht")
    return value


_NUMBER = BeforeValidator(_a_number)
Times = Annotated[int, Field(ge=1, le=MAX_INT), _NUMBER]
Repeats = Annotated[int, Field(ge=1, le=1000), _NUMBER]
Days = Annotated[int, Field(ge=1, le=4000), _NUMBER]
Schools = Annotated[int, Field(ge=1, le=20_000), _NUMBER]
Seed = Annotated[int, Field(ge=-MAX_INT, le=MAX_INT), _NUMBER]


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Refusal(BaseModel):
    """Why something was not done, and what must happen first."""

    detail: str


class Health(BaseModel):
    """Whether it runs, and where its time stands."""

    status: Literal["ok"]
    nu: str
    seed: str
    scenario: str
    scholen: int


class SchoolLine(BaseModel):
    """A school in the list."""

    brin: str
    dependancecode: str
    naam: str
    plaats: str
    schooljaar: str
    koppeling: LinkState


class SchoolDetail(SchoolLine):
    """A school from inside."""

    beheerder: str
    email: str
    schoolkey: str
    peildatum: str
    gewijzigd: str
    groepen: int
    leerkrachten: int
    leerlingen: int
    vertrokken: int
    sleutel_ingesteld: bool
    sleutels_gemaakt: int
    resultaten: int
    overtredingen: dict[str, int]


class LinkAnswer(BaseModel):
    """How a link stands after an act; the key is shown this once."""

    brin: str
    dependancecode: str
    koppeling: LinkState
    autorisatiesleutel: str | None = None


class KeyWish(_Given):
    """Which other locations a new key covers too."""

    ook: list[Name] = Field(default=[], max_length=50)


class Results(BaseModel):
    """What this school's link delivered."""

    aantal: int
    berichten: int
    laatste_aanmaakdatum: str | None
    overtredingen: dict[str, int]
    toetsen: list[str]
    resultaten: list[dict[str, object]]


class Event(_Given):
    """Something happens to a school."""

    soort: Name
    aantal: Repeats = 1
    met: Name = Field(default="", description="Alleen bij `fusie`: de school die opgaat in deze")


class ScenarioLine(BaseModel):
    """A scenario a world can begin with."""

    naam: str
    titel: str
    verhaal: str


class TimeWish(_Given):
    """Where the clock goes; exactly one of the three."""

    naar: Name | None = Field(default=None, description="`volgende-nacht`, `1-augustus` of een moment (ISO 8601)")
    dagen: Days | None = None


class Time(BaseModel):
    """The clock after a move."""

    nu: str


class _TroubleShape(BaseModel):
    """What a planned mishap is about; empty fields mean any."""

    soort: Name = Field(description="Een foutcode als `Client.OngeldigBericht`, of een transportstoring als `reset`")
    operatie: str = Field(default="", pattern=f"^({'|'.join(names.OPERATIONS)})?$")
    school: Name = ""
    record: Annotated[str, Field(max_length=256)] = Field(
        default="", description="Alleen aanroepen die deze leerlingsleutel, dit ECK iD of deze resultaatsleutel noemen"
    )
    nde: Times = Field(default=1, description="De eerste passende aanroep die geraakt wordt")
    keren: Times | None = Field(default=1, description="null = elke aanroep vanaf dan")
    seconden: StrictFloat = Field(default=2.0, ge=0, le=600, description="Alleen bij `traag`")


class TroubleWish(_TroubleShape):
    """A mishap to plan."""

    model_config = ConfigDict(extra="forbid")


class TroubleLine(_TroubleShape):
    """A planned mishap with its number and how many calls it has counted."""

    nummer: int
    gezien: int


class JournalLine(BaseModel):
    """One call that arrived."""

    nummer: int
    moment: str
    operatie: str
    school: str
    klantnaam: str
    xsdversie: str
    uitkomst: str
    reden: str
    storing: str
    aantal: int
    bytes_in: int
    bytes_uit: int


class ResetWish(_Given):
    """What a fresh world starts from; what is left out stays as it was."""

    seed: Seed | None = None
    schools: Schools | None = None
    scenario: Name | None = None


class OptionsView(BaseModel):
    """How this ParnasSys is set."""

    klantnaam: str
    klantcode: str
    soepel: bool
    eigenaardigheden: bool
    lekkend: bool
    alleen_eckid: bool
    profiel: Profile
    versies: list[Version]


class OptionsWish(_Given):
    """What to change; what is left out stays as it is."""

    klantnaam: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    klantcode: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    soepel: StrictBool | None = None
    eigenaardigheden: StrictBool | None = None
    lekkend: StrictBool | None = None
    alleen_eckid: StrictBool | None = None
    profiel: Profile | None = None
    versies: list[Version] | None = Field(default=None, min_length=1)


class Done(BaseModel):
    """How many things were done."""

    aantal: int


class Names(BaseModel):
    """A list of names."""

    namen: list[str]

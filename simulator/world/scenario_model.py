"""What a scenario file holds (`fixtures/scenarios/*.toml`): a world, a storyline in steps, and what must come out.

Keys are Dutch, as trainers write these files; unknown keys are refused.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import msgspec

from .picture import Externals, Level


class Who(StrEnum):
    """Whose turn it is."""

    SCHOOL = "school"
    DESK = "klantenservice"
    TRAINER = "trainer"
    NIGHT = "nacht"


class DeskAct(StrEnum):
    """What somebody does in Koppeldesk."""

    REQUEST = "aanvragen"
    OPEN = "openzetten"
    SUBMIT = "indienen"
    APPROVE = "goedkeuren"
    REJECT = "afwijzen"
    CLEAR = "nummers-wissen"
    RENEW_KEY = "sleutel-vernieuwen"
    END = "beeindigen"
    PULL = "ophalen"
    DECIDE = "beslissen"
    """Put every doubtful row right, as the truth has it."""
    IMPORT = "importeren"
    ROLL_BACK = "terugdraaien"
    RESULTS = "resultaten-maken"
    """Let the test centre have `aantal` normed results for pupils who are linked."""
    NIGHT = "nacht"
    """The nightly run over all schools."""


class LinkAct(StrEnum):
    """What somebody does to the link in ParnasSys."""

    OPEN = "open"
    SUBSCRIBE = "afnemen"
    SET_KEY = "sleutel"
    WITHDRAW = "intrekken"


class Watch(StrEnum):
    """What shows that a step is done; the trainer's screen notices it."""

    READ = "gelezen"
    """Nothing to be seen: the trainee goes on by himself."""
    REQUESTED = "aangevraagd"
    OPENED = "opengezet"
    SUBSCRIBED = "afgenomen"
    KEY_SET = "sleutel-ingesteld"
    CLEARED = "nummers-leeg"
    SUBMITTED = "ingediend"
    APPROVED = "goedgekeurd"
    RENEWED = "sleutel-vernieuwd"
    PULLED = "opgehaald"
    DECIDED = "nagekeken"
    IMPORTED = "geimporteerd"
    ACTIVE = "actief"
    DISTURBED = "gestoord"
    HELD = "vastgehouden"
    """The nightly run met a guard and held this school back."""
    NIGHT = "nacht-gedraaid"
    CONFIRMED = "resultaten-bevestigd"


class Act(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One act of a step. Exactly one of `koppeldesk`, `parnassys`, `gebeurtenis`, `tijd`, `nachten` and `storing`."""

    koppeldesk: DeskAct | None = None
    parnassys: LinkAct | None = None
    gebeurtenis: str = ""
    """A name of `simulator.world.events.EVENTS`, `overgang`, or `fusie` (with `met`)."""
    tijd: date | None = None
    """Move the clock to eight in the morning of this day."""
    nachten: int = 0
    """Move the clock on by so many nights."""
    storing: str = ""
    """A kind of trouble as the control API names them; `geen` ends all trouble."""
    brin: str = ""
    """The school it is about; empty = the first of the scenario."""
    met: str = ""
    """The other school of a `fusie`: it goes into `brin`."""
    aantal: int = 1
    operatie: str = ""
    """UWLR operation a `storing` strikes; empty = any."""
    vanaf: int = 1
    """The first matching call it strikes."""
    keer: int = 1
    """How many in a row; 0 = all from then on."""


class Counts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the summary."""

    nieuw: int
    bestaand: int


class Expected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must be so after a step; None = not looked at."""

    groepen: Counts | None = None
    leerkrachten: Counts | None = None
    leerlingen: Counts | None = None
    deactiveren: int | None = None
    """Pupils the import would deactivate."""
    zonder_email: int | None = None
    """Teachers ParnasSys sends without an address who are new to the test centre."""
    koppeling: str = ""
    """State of the link in Koppeldesk (workflow.md §2)."""
    resultaten: int | None = None
    """Different results ParnasSys holds."""
    nagestuurd: int | None = None
    """Results that wait for another night."""


class Step(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of the storyline."""

    titel: str
    tekst: str
    """For the trainee: what to do and why."""
    wie: Who
    klaar: Watch = Watch.READ
    doe: tuple[Act, ...] = ()
    """What happens in this step; headless all of it is done by the player."""
    verwacht: Expected = Expected()


class TestCentre(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the test centre's picture of a school came about."""

    fouten: Level = Level.NORMAL
    getypt: date | None = None
    vanaf_groep: int | None = 1
    groepen: bool = True
    extern: Externals = Externals.EMPTY
    ontbrekende_leerlingen: int | None = None
    ontbrekende_leerkrachten: int | None = None
    leeg: bool = False


class SchoolPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One school of a scenario."""

    brin: str
    """`12AB` or `12AB-01`."""
    naam: str
    plaats: str
    leerlingen: int | None = None
    leerkrachten: int | None = None
    groepen: tuple[str, ...] = ()
    leven: bool = True
    """Whether things happen between two first days of August."""
    jaren_terug: int = 1
    testcentrum: TestCentre = TestCentre()
    vooraf: tuple[Act, ...] = ()
    """Events just before the story begins."""


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole scenario."""

    titel: str
    verhaal: str
    """What it is about, for the trainer."""
    vandaag: date
    zaad: int = 1
    """Seed when none is given; the expected numbers hold for this one."""
    scholen: int = 1
    """All schools in the world; those not named are ordinary ones."""
    school: tuple[SchoolPlan, ...]
    stap: tuple[Step, ...]
    naam: str = ""
    """Set by the loader: the name of the file."""

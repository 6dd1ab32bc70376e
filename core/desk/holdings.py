"""What is held of a school and of the people in it, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.desk.office import Office, archive_of
from core.importing.memory import count
from core.language import _
from core.record import SchoolRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One kind of thing that is held of a school."""

    what: str
    """In Dutch."""
    count: int
    fields: str = ""
    """Which facts of a person are in it."""
    kept: str = ""
    """Until when, in Dutch."""


def held_of(office: Office, record: SchoolRecord) -> Iterator[Held]:
    """Yield what is held of the school, kind by kind, without names."""
    school, register, keep = record.school.id, record.register, office.settings.keep
    active = sum(1 for pupil in register.pupils if pupil.active)
    facts = _("naam, geboortedatum, geslacht, jaargroep, groep, ECK iD, ParnasSys-nummer")
    yield Held(what=_("leerlingen, actief"), count=active, fields=facts, kept=_("zolang ze actief zijn"))
    left = _("{n} dagen nadat ze gedeactiveerd zijn").format(n=keep.inactive_pupils)
    yield Held(what=_("leerlingen, inactief"), count=len(register.pupils) - active, fields=facts, kept=left)
    yield Held(
        what=_("leerkrachten"),
        count=len(register.teachers),
        fields=_("naam, e-mailadres, groepen"),
        kept=_("zolang de school een account heeft"),
    )
    ledger = office.store.ledger(school).read()
    results = len(ledger) + sum(1 for _entry in archive_of(office, school).entries(ledger))
    yield Held(
        what=_("resultaten"),
        count=results,
        fields=_("toets, datum, scores"),
        kept=_("zolang de leerling bewaard wordt"),
    )
    changes = sum(1 for done in record.imports if done.changes)
    days = _("{n} dagen na de import")
    yield Held(
        what=_("imports die nog terug te draaien zijn"),
        count=changes,
        fields=facts,
        kept=days.format(n=keep.roll_back),
    )
    logs = sum(1 for file in office.store.files(school) if file.name.startswith("decisions-"))
    yield Held(what=_("beslissingen bij imports"), count=logs, fields=_("nummers"), kept=days.format(n=keep.roll_back))
    yield Held(
        what=_("onthouden keuzes bij imports"),
        count=count(record.remembered),
        fields=_("ParnasSys-nummer, en een controlegetal van naam en geboortedatum"),
        kept=_("tot iemand opnieuw kiest"),
    )
    yield Held(
        what=_("laatste UWLR-berichten"),
        count=len(office.store.exchanges(school).read().exchanges),
        fields=_("wat ParnasSys stuurde, zonder sleutels en verboden velden"),
        kept=_("{n} dagen").format(n=keep.messages),
    )
    letters = sum(1 for item in office.post.items() if item.letter.school == school)
    yield Held(
        what=_("berichten"),
        count=letters,
        fields=_("naam en e-mailadres van beheerders"),
        kept=_("{n} dagen").format(n=keep.letters),
    )
    lines = sum(1 for entry in office.store.audit().read() if entry.school == str(school))
    yield Held(
        what=_("regels in het logboek"),
        count=lines,
        fields=_("wie handelde; leerlingen alleen als nummer"),
        kept=_("{n} dagen").format(n=keep.audit),
    )

"""Is everything in order: data folder, keys, clock, audit log, ParnasSys and mail; and what to do when it is not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from urllib.parse import urlsplit

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.privacy import PrivacyDesk
from core.errors import Damaged, KoppeldeskError, why
from core.language import N_, _, ngettext
from core.linking.checks import Outcome
from core.linking.link import LinkState
from core.linking.numbers import IN_USE
from core.model import SchoolId

PATIENCE = 5.0
"""Seconds to wait for ParnasSys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    outcome: Outcome
    finding: str
    todo: str = ""
    broken: bool = False
    """Whether data or settings are damaged, instead of something being away for a while."""


class DoctorDesk:
    """Looks at everything round the desk. Nothing is changed, except by `repair`."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def examine(self, actor: Actor, *, deep: bool = False) -> tuple[Finding, ...]:
        """Return what was found; `deep` reads every file of every school."""
        self._office.require(actor, Act.LOOK)
        return (
            *self._folder(deep=deep),
            self._keys(deep=deep),
            self._audit(),
            self._clock(),
            await self._parnassys(),
            await self._mail(),
            *(self._kept(actor) if deep else ()),
        )

    def repair(self, actor: Actor) -> int:
        """Make the list of schools anew from their records; return how many schools there are."""
        self._office.require(actor, Act.MANAGE_SCHOOLS)
        self._office.note(actor, Act.MANAGE_SCHOOLS, subject=N_("lijst van scholen"), to=N_("opnieuw gemaakt"))
        return self._office.store.rebuild()

    def _folder(self, *, deep: bool) -> Iterator[Finding]:
        what = _("gegevensmap")
        troubles = list(self._office.store.health(deep=deep))
        yield from (_bad(what, trouble) for trouble in troubles)
        if not troubles:
            n = len(self._office.store.lines())
            schools = ngettext("{n} school", "{n} scholen", n).format(n=n)
            found = f"{self._office.settings.data_folder}: {schools}"
            yield Finding(what=what, outcome=Outcome.GOOD, finding=found)

    def _keys(self, *, deep: bool) -> Finding:
        """Look whether the master key opens what it sealed: the key of one school, and of every school when `deep`."""
        what, vault = _("hoofdsleutel"), self._office.vault
        try:
            there = vault.inspect()
            for school, sealed in islice(self._sealed(), None if deep else 1):
                vault.open(school, sealed)
        except KoppeldeskError as error:
            return _bad(what, error)
        path = str(self._office.settings.secret_file)
        if there:
            return Finding(what=what, outcome=Outcome.GOOD, finding=path)
        told = _("{path} is er nog niet; hij wordt gemaakt met de eerste autorisatiesleutel.").format(path=path)
        return Finding(what=what, outcome=Outcome.UNKNOWN, finding=told)

    def _sealed(self) -> Iterator[tuple[SchoolId, str]]:
        with_key = {LinkState.SUBMITTED, LinkState.APPROVED, *IN_USE}
        for line in self._office.store.lines():
            if line.state in with_key:
                with suppress(KoppeldeskError):  # Told with the data folder.
                    record = self._office.store.record(line.id).read()
                    if record and record.link and record.link.sealed_key:
                        yield line.id, record.link.sealed_key

    def _audit(self) -> Finding:
        what = _("logboek")
        try:
            verdict = self._office.store.audit().verify()
        except KoppeldeskError as error:
            return _bad(what, error)
        if verdict.whole:
            told = _("{n} regels, ongeschonden").format(n=verdict.entries)
            return Finding(what=what, outcome=Outcome.GOOD, finding=told)
        return Finding(
            what=what,
            outcome=Outcome.BAD,
            finding=_("Het logboek is niet zoals het geschreven is."),
            todo=_("Kijk waar met: koppeldesk audit --verify"),
            broken=True,
        )

    def _clock(self) -> Finding:
        what, now = _("klok"), self._office.clock.now()
        try:
            latest = max((line.since for line in self._office.store.lines() if line.since), default=now)
        except KoppeldeskError:
            # Told with the data folder.
            latest = now
        if latest > now + timedelta(minutes=1):
            return Finding(
                what=what,
                outcome=Outcome.BAD,
                finding=_("De klok staat op {now}, vóór iets dat al gebeurd is.").format(
                    now=now.strftime("%d-%m-%Y %H:%M")
                ),
                todo=_("Zet de klok van deze server gelijk, liefst met NTP."),
            )
        return Finding(what=what, outcome=Outcome.GOOD, finding=now.strftime("%d-%m-%Y %H:%M:%S"))

    def _kept(self, actor: Actor) -> Iterator[Finding]:
        what = _("bewaartermijnen")
        try:
            n = PrivacyDesk(self._office).overdue(actor)
        except KoppeldeskError:
            # Told with the data folder.
            return
        if n:
            yield Finding(
                what=what,
                outcome=Outcome.BAD,
                finding=ngettext(
                    "Van {n} school staat er iets een maand langer dan ingesteld.",
                    "Van {n} scholen staat er iets een maand langer dan ingesteld.",
                    n,
                ).format(n=n),
                todo=_("Zet koppeldesk-purge.timer aan, of doe het nu met: koppeldesk privacy purge"),
            )
        else:
            yield Finding(what=what, outcome=Outcome.GOOD, finding=_("Er staat niets langer dan ingesteld."))

    async def _parnassys(self) -> Finding:
        what, url = "ParnasSys", self._office.settings.las.url
        if not url:
            return Finding(
                what=what,
                outcome=Outcome.UNKNOWN,
                finding=_("Er is geen adres ingesteld: er gaat niets naar buiten."),
                todo=_("Zet het adres onder [las] in de instellingen, of in KOPPELDESK_UWLR_URL."),
            )
        parts = urlsplit(url)
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Finding(
                what=what,
                outcome=Outcome.BAD,
                finding=_("Het adres van ParnasSys in de instellingen is geen webadres."),
                todo=_("Verbeter las.url in het instellingenbestand of KOPPELDESK_UWLR_URL."),
                broken=True,
            )
        try:
            port = parts.port or (443 if parts.scheme == "https" else 80)
            _reader, writer = await asyncio.wait_for(asyncio.open_connection(parts.hostname, port), PATIENCE)
        except (OSError, ValueError) as error:
            reason = why(error) if isinstance(error, OSError) else _("dat is geen adres")
            return Finding(
                what=what,
                outcome=Outcome.BAD,
                finding=_("{url} is niet te bereiken ({reason}).").format(url=shown, reason=reason),
                todo=_("Controleer het adres en het netwerk; is ParnasSys in onderhoud, wacht dan."),
            )
        writer.close()
        return Finding(what=what, outcome=Outcome.GOOD, finding=_("{url} is te bereiken").format(url=shown))

    async def _mail(self) -> Finding:
        what = _("post")
        try:
            return Finding(what=what, outcome=Outcome.GOOD, finding=await self._office.post.reach())
        except KoppeldeskError as error:
            return _bad(what, error)


def _bad(what: str, error: KoppeldeskError) -> Finding:
    return Finding(
        what=what, outcome=Outcome.BAD, finding=error.what, todo=error.todo, broken=isinstance(error, Damaged)
    )

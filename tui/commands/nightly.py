"""`koppeldesk nightly`: one run over all schools, or a look at the last ones."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.nights import NightPage
from core.desk.pace import Pace, few_threads
from core.errors import Damaged, UnreadableInput
from core.language import N_, _
from core.model import SchoolId
from core.night import Ending, Night, SchoolNight
from core.nightly import Stop
from tui.cli import INTERRUPTED
from tui.commands.night_report import night_facts, night_line, report_facts, report_lines
from tui.commands.telling import bring_round
from tui.session import Here, Json, Session, school_from

app = App(name="nightly", help_format="plaintext")

TRY_LATER = 4


@app.default
def nightly(
    *,
    school: Annotated[list[str] | None, Parameter(negative="", help="Alleen deze school (BRIN); herhaalbaar.")] = None,
    concurrency: Annotated[int, Parameter(help="Zoveel scholen tegelijk, 1 tot en met 50.")] = 16,
    until: Annotated[str, Parameter(help="Begin na dit tijdstip (UU:MM) niets nieuws meer.")] = "",
    last: Annotated[
        int | None, Parameter(help="Draai niets; toon de laatste N nachten, met 1 de laatste per school.")
    ] = None,
    json: Json = False,
    here: Here,
) -> int:
    """Haalt van elke school op wat nieuw is en verzendt de resultaten. Mag afgebroken en herhaald worden.

    Een run die ophield, gaat binnen twaalf uur verder waar hij was. Eindigt met 0 als alles in orde is, 1 als iets een mens
    vraagt, 4 als niet elke school bereikt is (later nog eens draaien helpt), 5 als de gegevensmap niet deugt en 130 na
    Ctrl-C.

    Voorbeeld: koppeldesk nightly --school 12AB --until 06:00
    """
    if last is not None:
        return _look_back(here, last, json=json)
    if not 1 <= concurrency <= 50:
        raise UnreadableInput(
            _("{n} scholen tegelijk kan niet.").format(n=concurrency), todo=_("Kies 1 tot en met 50.")
        )
    wanted = list(map(school_from, school or ()))
    for each in wanted:
        here.desk.schools.show(here.actor, each)  # a school that is not there is no night that went wrong
    if not here.settings.las.url:
        raise Damaged(
            _("Er is geen adres van ParnasSys ingesteld; er is niets verzonden."),
            todo=_("Zet las.url in het instellingenbestand of KOPPELDESK_UWLR_URL."),
        )
    began = here.desk.office.clock.now()
    deadline = _moment(until, began) if until else None
    night = asyncio.run(_run(here, wanted, concurrency, deadline))
    if night.started < began:
        going_on = _("Verdergegaan met de run van {when}.").format(when=f"{night.started:%d-%m-%Y %H:%M}")
        sys.stderr.write(f"{going_on}\n")
    _report(here, replace(here.desk.nights.page(here.actor, night.id), night=night), json=json)
    bring_round(here)
    return _code(night)


def _look_back(here: Session, last: int, *, json: bool) -> int:
    """Show the last nights; one alone in full."""
    if last < 1:
        raise UnreadableInput(_("{n} nachten kan niet.").format(n=last), todo=_("Geef 1 of meer."))
    nights = here.desk.nights.last(here.actor, last)
    if len(nights) == last == 1:
        _report(here, here.desk.nights.page(here.actor, nights[0].id), json=json, alone=False)
    else:
        lines = [night_line(night) for night in nights] or [_("Er is nog geen nachtelijke run geweest.")]
        here.show([night_facts(night) for night in nights], json=json, lines=lines)
    return 0


def _report(here: Session, page: NightPage, *, json: bool, alone: bool = True) -> None:
    """Show a night in full; `alone` = as one JSON document instead of the only one of a list."""
    causes = here.desk.nights.causes(here.actor, page.night.id)
    facts = report_facts(page, causes)
    here.show(facts if alone else [facts], json=json, lines=report_lines(page, causes))


async def _run(here: Session, schools: Sequence[SchoolId], concurrency: int, deadline: datetime | None) -> Night:
    few_threads()
    stop = Stop(here.desk.office.clock, until=deadline)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _asked, stop, number, loop)
    return await here.desk.nights.run(
        here.actor, schools=schools, pace=Pace(concurrency=concurrency), stop=stop, watch=_Bar().draw
    )


def _asked(stop: Stop, number: signal.Signals, loop: asyncio.AbstractEventLoop) -> None:
    """Stop after the messages in flight; asked once more, at once."""
    stop.ask(N_("onderbroken"))
    sys.stderr.write(_("Stopt zodra beantwoord is wat onderweg is; nog een keer stopt meteen.") + "\n")
    loop.remove_signal_handler(number)


class _Bar:
    """A progress bar on standard error, when that is a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def draw(self, visit: SchoolNight, done: int, planned: int) -> None:
        """Draw the bar after a school ended."""
        if self._shown:
            filled = "█" * (30 * done // max(1, planned))
            end = "\n" if done == planned else ""
            sys.stderr.write(f"\r{filled:░<30} {done}/{planned} {visit.school} {_(visit.ending.value):<24.24}{end}")
            sys.stderr.flush()


def _moment(text: str, now: datetime) -> datetime:
    try:
        hour, minute = map(int, text.split(":"))
        at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError as error:
        raise UnreadableInput(
            _("“{text}” is geen tijdstip.").format(text=text), todo=_("Geef het zoals 06:00.")
        ) from error
    return at if at > now else at + timedelta(days=1)


def _code(night: Night) -> int:
    if night.stopped == N_("onderbroken"):
        return INTERRUPTED
    if night.stopped or night.endings.get(Ending.UNREACHED):
        return TRY_LATER
    return 0 if night.in_order == night.done else 1

"""`koppeldesk nightly`: one run over all schools, or a look at the last ones."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated

from cyclopts import App, Parameter

from core.desk.elsewhere import told_elsewhere
from core.desk.nights import NightCause
from core.desk.pace import Pace, few_threads
from core.errors import Damaged, UnreadableInput
from core.language import N_, _, spoken
from core.model import SchoolId
from core.night import Ending, Night, SchoolNight
from core.nightly import Stop
from tui.cli import INTERRUPTED
from tui.session import Here, Json, Session, school_from

app = App(name="nightly", help_format="plaintext")

TRY_LATER = 4


@app.default
def nightly(
    *,
    school: Annotated[list[str] | None, Parameter(negative="", help="Alleen deze school (BRIN); herhaalbaar.")] = None,
    concurrency: Annotated[int, Parameter(help="Zoveel scholen tegelijk, 1 tot en met 50.")] = 16,
    until: Annotated[str, Parameter(help="Begin na dit tijdstip (UU:MM) niets nieuws meer.")] = "",
    last: Annotated[int, Parameter(help="Draai niets; toon de laatste N nachten.")] = 0,
    json: Json = False,
    here: Here,
) -> int:
    """Haalt van elke school op wat nieuw is en verzendt de resultaten. Mag afgebroken en herhaald worden.

    Voorbeeld: koppeldesk nightly --school 12AB --until 06:00
    """
    if last:
        nights = here.desk.nights.last(here.actor, last)
        lines = [_night_line(night) for night in nights] or [_("Er is nog geen nachtelijke run geweest.")]
        here.show([_night_facts(night) for night in nights], json=json, lines=lines)
        return 0
    if not 1 <= concurrency <= 50:
        raise UnreadableInput(
            _("{n} scholen tegelijk kan niet.").format(n=concurrency), todo=_("Kies 1 tot en met 50.")
        )
    if not here.settings.las.url:
        raise Damaged(
            _("Er is geen adres van ParnasSys ingesteld; er is niets verzonden."),
            todo=_("Zet las.url in het instellingenbestand of KOPPELDESK_UWLR_URL."),
        )
    deadline = _moment(until, here.desk.office.clock.now()) if until else None
    night = asyncio.run(_run(here, list(map(school_from, school or ())), concurrency, deadline))
    page = here.desk.nights.page(here.actor, night.id)
    causes = here.desk.nights.causes(here.actor, night.id)
    facts = {
        **_night_facts(night),
        "results": [_school_facts(visit) for visit in page.schools],
        "causes": [_cause_facts(cause) for cause in causes],
    }
    lines = [_night_line(night)]
    lines += [
        f"  {c.results:>5} {_(c.reason.value)}: {c.explanation.what} {c.explanation.todo}".rstrip() for c in causes
    ]
    lines += [_school_line(visit) for visit in page.schools if visit.ending is not Ending.DONE]
    here.show(facts, json=json, lines=lines)
    return _code(night)


async def _run(here: Session, schools: Sequence[SchoolId], concurrency: int, deadline: datetime | None) -> Night:
    few_threads()
    stop = Stop(here.desk.office.clock, until=deadline)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _asked, stop, number, loop)
    night = await here.desk.nights.run(
        here.actor, schools=schools, pace=Pace(concurrency=concurrency), stop=stop, watch=_Bar().draw
    )
    await here.desk.mail.deliver()
    return night


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


def _night_facts(night: Night) -> dict[str, object]:
    return {
        "night": night.id,
        "started": night.started.isoformat(),
        "finished": night.finished.isoformat() if night.finished else None,
        "seconds": night.seconds,
        "planned": night.planned,
        "done": night.done,
        "endings": {ending.value: count for ending, count in night.endings.items()},
        "messages": night.messages,
        "sent": night.sent,
        "confirmed": night.confirmed,
        "rejected": night.rejected,
        "lost": night.lost,
        "stopped": night.stopped,
    }


def _school_facts(visit: SchoolNight) -> dict[str, object]:
    return {
        "school": str(visit.school),
        "ending": visit.ending.value,
        "seconds": visit.seconds,
        "attempts": visit.attempts,
        "messages": visit.messages,
        "sent": visit.sent,
        "confirmed": visit.confirmed,
        "rejected": visit.rejected,
        "lost": visit.lost,
        "elsewhere": visit.elsewhere,
        "imported": visit.imported,
        "problem": visit.problem,
        "todo": visit.todo,
        "reference": visit.reference,
    }


def _cause_facts(cause: NightCause) -> dict[str, object]:
    return {
        "reason": cause.reason.value,
        "what": cause.explanation.what,
        "todo": cause.explanation.todo,
        "results": cause.results,
        "schools": [str(school) for school in cause.schools],
    }


def _night_line(night: Night) -> str:
    counts = _(
        "{done}/{planned} scholen · {order} in orde · {confirmed} scores bevestigd · {rejected} afgekeurd"
    ).format(
        done=night.done,
        planned=night.planned,
        order=night.in_order,
        confirmed=night.confirmed,
        rejected=night.rejected,
    )
    took = _("nog niet klaar") if night.seconds is None else str(timedelta(seconds=round(night.seconds)))
    why = " · " + _("gestopt: {why}").format(why=_(night.stopped)) if night.stopped else ""
    return f"{night.started:%d-%m-%Y %H:%M}  {counts} · {took}{why}"


def _school_line(visit: SchoolNight) -> str:
    rejected = _("{n} afgekeurd").format(n=visit.rejected) if visit.rejected else ""
    elsewhere = told_elsewhere(visit.elsewhere) if visit.elsewhere else ""
    told = " · ".join(
        part for part in (elsewhere, rejected, spoken(visit.imported), _(visit.problem), _(visit.todo)) if part
    )
    return ": ".join(part for part in (f"  {visit.school} {_(visit.ending.value)}", told) if part)

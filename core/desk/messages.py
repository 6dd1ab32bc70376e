"""Show the message: what went over the line last, for support staff who must prove what happened (issue 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from core.desk.actor import Act, Actor
from core.desk.office import Office
from core.desk.ports import Store
from core.errors import Damaged, TryLater
from core.language import N_
from core.model import SchoolId
from core.uwlr.record import Exchange as Exchange
from core.uwlr.record import without_names


class MessageDesk:
    """The last request and answer of each operation of a school."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, actor: Actor, school: SchoolId, *, names: bool = False) -> tuple[Exchange, ...]:
        """Return the kept exchanges, the newest first, laid out to be read.

        Keys are masked and forbidden fields empty: they were never kept. Names, birth dates and the other side's free
        text are hidden unless `names` asks for them, which is noted in the audit log.
        """
        from core.uwlr.layout import laid_out

        self._office.record(actor, Act.LOOK, school)
        limit = self._office.clock.now() - timedelta(days=self._office.settings.keep.messages)
        kept = self._office.store.exchanges(school).read().since(limit).exchanges
        if names:
            self._office.note(actor, Act.LOOK, school, subject=N_("bericht met namen"))
        shown = without_names if not names else str
        return tuple(
            replace(exchange, request=laid_out(shown(exchange.request)), answer=laid_out(shown(exchange.answer)))
            for exchange in sorted(kept, key=lambda exchange: exchange.at, reverse=True)
        )


class StoredExchanges:
    """A recorder on the store (`core.uwlr.record.Recorder`)."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def record(self, exchange: Exchange) -> None:
        """Keep `exchange` instead of the earlier one of this school and operation."""
        try:
            with self._store.exchanges(exchange.school).edit() as draft:
                draft.value = draft.value.plus(exchange)
        except (Damaged, TryLater):
            # What is only there to look at must not hold up the school; `doctor` names the file.
            return

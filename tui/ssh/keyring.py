"""The keys that come in, as the access list has them now."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from core.desk.actor import Role
from core.desk.passes import AccessList, Pass
from core.errors import Damaged
from core.ports import Document

_log = logging.getLogger("koppeldesk.ssh")

FRESH = 1.0
"""Seconds during which the list is not read again: a change reaches a running server within this time."""


class Keyring:
    """Looks up passes in a list that others may change at any moment."""

    def __init__(self, document: Document[AccessList], now: Callable[[], float], *, trainers: bool = False) -> None:
        self._document = document
        self._now = now
        self._trainers = trainers
        self._passes: dict[str, Pass] = {}
        self._read_at = float("-inf")

    def of(self, fingerprint: str) -> Pass | None:
        """Return the pass of this key, or None when it does not come in.

        A trainer comes in on a demo world only. While the list cannot be read, it counts as it was read last.
        """
        if self._now() - self._read_at >= FRESH:
            self._read_at = self._now()
            self._passes = self._fresh()
        return self._passes.get(fingerprint)

    def still(self, known: Pass) -> bool:
        """Whether this pass gives the same rights as when its holder came in."""
        now = self.of(known.fingerprint)
        return now is not None and now.actor == known.actor

    def used(self, known: Pass, at: datetime, address: str) -> None:
        """Note a visit. A list that cannot be written keeps nobody out."""
        try:
            with self._document.edit() as draft:
                draft.value = draft.value.used(known.fingerprint, at, address)
        except Damaged as error:
            _log.warning("last use not recorded: %s", error.what)

    def _fresh(self) -> dict[str, Pass]:
        try:
            passes = self._document.read().passes
        except Damaged as error:
            _log.error("access list not readable: %s", error.what)
            return self._passes
        return {each.fingerprint: each for each in passes if self._trainers or each.role is not Role.TRAINER}

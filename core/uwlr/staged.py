"""Staged retrieval (getrapt): structure first, then pupils and teachers per set of groups (uwlr.md §1.2)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime

from core.model import IncomingGroup
from core.uwlr.reading import Contents, Nothing, Unchanged
from core.uwlr.requests import GroupSet
from core.wire.names import HAAL_LEERKRACHTEN, HAAL_LEERLINGEN, HAAL_STRUCTUUR, Operation

GROUPS_PER_CALL = 25

Part = Contents | Unchanged | Nothing
Ask = Callable[[Operation, datetime | None, GroupSet | None], Awaitable[Part]]
"""Makes one call and returns its answer."""


async def fetch(ask: Ask, since: datetime | None) -> list[Contents] | Unchanged | Nothing:
    """Return all parts, the structure first; `Unchanged` only when no part changed since.

    Parts that did not change are asked for again when others did: an answer is everything or nothing new, never a mix.
    """
    structure = await ask(HAAL_STRUCTUUR, since, None)
    # The keys of the groups are needed in any case.
    known = await ask(HAAL_STRUCTUUR, None, None) if isinstance(structure, Unchanged) else structure
    if not isinstance(known, Contents):
        return Nothing()
    changed = not isinstance(structure, Unchanged)
    asked = [
        (operation, groups) for operation in (HAAL_LEERLINGEN, HAAL_LEERKRACHTEN) for groups in _sets(known.groups)
    ]
    parts = [await ask(operation, since, groups) for operation, groups in asked]
    if not changed and all(isinstance(part, Unchanged) for part in parts):
        return Unchanged()
    found = [known]
    for (operation, groups), part in zip(asked, parts, strict=True):
        whole = await ask(operation, None, groups) if isinstance(part, Unchanged) else part
        if isinstance(whole, Contents):
            found.append(whole)
    return found if any(part.pupils for part in found) else Nothing()


def _sets(groups: Sequence[IncomingGroup]) -> Iterator[GroupSet]:
    """Yield the groups in sets; whoever is in no group comes with the first."""
    yield GroupSet(groups=groups[:GROUPS_PER_CALL], loose=True)
    for start in range(GROUPS_PER_CALL, len(groups), GROUPS_PER_CALL):
        yield GroupSet(groups=groups[start : start + GROUPS_PER_CALL])

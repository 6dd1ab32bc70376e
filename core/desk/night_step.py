"""The import as a step of the nightly run (`core.desk.night_visit.NightStep`)."""

from __future__ import annotations

from core.desk.actor import Actor
from core.desk.night_imports import NightImport, NightImports
from core.language import N_
from core.model import SchoolId
from core.nightly import Progress


class ImportStep:
    """Pulls a school and takes over what is safe, before its results go out."""

    def __init__(self, imports: NightImports) -> None:
        self._imports = imports

    async def __call__(self, actor: Actor, school: SchoolId, progress: Progress) -> None:
        """Do it and leave in `progress` what came of it."""
        night = await self._imports.run(actor, school)
        progress.imported = in_words(night)
        progress.held = night.held is not None
        progress.attention = progress.attention or bool(night.waiting and night.waiting.total)


def in_words(night: NightImport) -> str:
    """Return what a night did with the import of a school, short, in Dutch, to be kept; empty = nothing."""
    parts = []
    if night.held:
        parts.append(N_("vastgehouden"))
    if night.applied:
        counts = night.applied.counts
        changed = sum(count for name, count in counts.items() if name.endswith(" gewijzigd"))
        parts.append(f"{changed} " + N_("gewijzigd"))
        if gone := counts["leerlingen gedeactiveerd"]:
            parts.append(f"{gone} " + N_("gedeactiveerd"))
    if night.waiting and night.waiting.total:
        parts.append(f"{night.waiting.total} " + N_("na te kijken"))
    return ". ".join(filter(None, (", ".join(parts), " ".join(night.spared))))

"""What waits, for whom, and how long: read from the list of schools alone, sorted by what blocks a school most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.desk.actor import Act, Actor
from core.desk.index import SchoolIndex
from core.desk.office import Office
from core.desk.ports import SchoolLine
from core.language import N_, _, ngettext, spoken
from core.linking.link import LinkState, Party
from core.model import SchoolYear


class Section(StrEnum):
    """The parts of the work list, in the order they are shown."""

    OURS = N_("wacht op ons")
    SCHOOL = N_("wacht op school")
    TROUBLE = N_("gestoord of vastgehouden")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One thing that waits."""

    section: Section
    line: SchoolLine
    what: str
    """What has to be done, short."""
    detail: str = ""
    since: datetime | None = None
    waited: timedelta = timedelta()
    rank: int = 0
    """How much it blocks: lower comes first."""

    @property
    def urgent(self) -> bool:
        """Whether it goes before everything else."""
        return self.rank < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """Everything that waits, as one actor may see it."""

    items: tuple[WorkItem, ...]
    schools: int
    """How many schools there are in all."""

    def section(self, section: Section) -> tuple[WorkItem, ...]:
        """Return the items of one part."""
        return tuple(item for item in self.items if item.section is section)

    def counts(self) -> dict[Section, int]:
        """How many items each part has."""
        found = Counter(item.section for item in self.items)
        return {section: found[section] for section in Section}


_SECTIONS = {section: place for place, section in enumerate(Section)}
_RANK = {
    LinkState.SUBMITTED.value: 0,
    LinkState.REQUESTED.value: 1,
    LinkState.DISTURBED.value: 0,
    LinkState.APPROVED.value: 1,
    LinkState.REJECTED.value: 2,
    LinkState.OPENED.value: 3,
    LinkState.ACTIVE.value: 4,
}
"""What blocks a school from exchanging anything comes before what blocks a part of it."""
URGENT = -1
"""A score with the wrong child is the worst there is: it goes before everything."""
_LINKED = frozenset({LinkState.APPROVED.value, LinkState.ACTIVE.value, LinkState.DISTURBED.value})


class WorklistDesk:
    """The work list and the search over all schools."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._index: SchoolIndex | None = None

    def show(self, actor: Actor) -> Worklist:
        """Return what waits for whom, as far as the actor may see it."""
        lines = self.lines(actor)
        now = self._office.clock.now()
        year = str(SchoolYear.of(now.date()))
        items = [item for line in lines for item in _items(line, now, year)]
        items.sort(key=lambda item: (_SECTIONS[item.section], item.rank, -item.waited, item.line.id))
        return Worklist(items=tuple(items), schools=len(lines))

    def lines(self, actor: Actor) -> Sequence[SchoolLine]:
        """Return all schools this actor may see, sorted by BRIN."""
        self._require(actor)
        lines = self._office.store.lines()
        return lines if actor.everywhere else tuple(line for line in lines if actor.sees(line.id))

    def search(self, actor: Actor, text: str, limit: int | None = 200) -> list[SchoolLine]:
        """Return the schools that fit `text` (name, BRIN, place), the best first."""
        self._require(actor)
        lines = self._office.store.lines()
        if self._index is None or self._index.lines is not lines:
            self._index = SchoolIndex(lines)
        if actor.everywhere:
            return self._index.search(text, limit)
        return [line for line in self._index.search(text) if actor.sees(line.id)][:limit]

    def _require(self, actor: Actor) -> None:
        if actor.everywhere:
            self._office.require(actor, Act.LOOK)
        for school in sorted(actor.schools):
            self._office.require(actor, Act.LOOK, school)


def _items(line: SchoolLine, now: datetime, year: str) -> Iterator[WorkItem]:
    if line.waits_for:
        reviewed = line.open_review and not line.held and line.rest
        detail = spoken(line.rest).replace(", ", " · ") if reviewed else spoken(line.detail)
        yield _item(line, _section(line), _(line.reason), now, detail=detail)
    if line.state in _LINKED and line.school_year and line.school_year != year:
        yield _item(line, Section.OURS, _("schooljaar {year} controleren").format(year=year), now, rank=5)
    if line.elsewhere:
        n = line.elsewhere
        told = ngettext("{n} score bij een ander kind?", "{n} scores bij een ander kind?", n).format(n=n)
        todo = _("laat verwijderen in ParnasSys: resultaten, e")
        yield _item(line, Section.OURS, told, now, detail=todo, rank=URGENT, since=line.elsewhere_since)
    if line.rejected:
        told = ngettext("{n} score afgekeurd", "{n} scores afgekeurd", line.rejected).format(n=line.rejected)
        yield _item(line, Section.OURS, told, now, rank=6)
    if line.undelivered:
        n = line.undelivered
        told = ngettext("{n} bericht niet aangekomen", "{n} berichten niet aangekomen", n).format(n=n)
        todo = _("controleer het adres: b, daarna o")
        yield _item(line, Section.OURS, told, now, detail=todo, rank=7, since=line.undelivered_since)


def _section(line: SchoolLine) -> Section:
    if line.held or line.state == LinkState.DISTURBED.value:
        return Section.TROUBLE
    return Section.OURS if line.waits_for == Party.SERVICE.value else Section.SCHOOL


def _item(
    line: SchoolLine,
    section: Section,
    what: str,
    now: datetime,
    *,
    detail: str = "",
    rank: int | None = None,
    since: datetime | None = None,
) -> WorkItem:
    since = since or line.since
    return WorkItem(
        section=section,
        line=line,
        what=what,
        detail=detail,
        since=since,
        waited=max(now - since, timedelta()) if since else timedelta(),  # a practice world may begin again earlier
        rank=_RANK.get(line.state, 9) if rank is None else rank,
    )


def spoken_wait(waited: timedelta) -> str:
    """Return a waiting time as the work list shows it: `2 u`, `3 d`, `< 1 u`."""
    if waited.days:
        return _("{n} d").format(n=waited.days)
    hours = int(waited.total_seconds() // 3600)
    return _("{n} u").format(n=hours) if hours else _("< 1 u")

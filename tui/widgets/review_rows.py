"""How a row of the review is drawn: ParnasSys at the left, the test centre at the right, how sure in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from rich.text import Text

from core.importing.decisions import Category, RowKey
from core.importing.matching import Flag, Ground
from core.importing.rows import Row
from core.importing.session import ReviewSession
from core.language import _
from core.model import IncomingGroup, IncomingPupil, IncomingTeacher, Kind, LasKey
from tui.widgets.columns import Column

DOTS = 5


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Return the columns of one tab."""
    mark = Column(title="", width=3)
    state = Column(title=_("zekerheid"), width=20, share=1)
    match kind:
        case Kind.GROUP:
            return (
                mark,
                Column(title="ParnasSys", width=14, share=2),
                Column(title=_("jaargroep"), width=10, drop=1),
                Column(title=_("testcentrum"), width=14, share=2),
                state,
            )
        case Kind.TEACHER:
            return (
                mark,
                Column(title="ParnasSys", width=20, share=2),
                Column(title=_("e-mailadres"), width=19, share=2),
                Column(title=_("testcentrum"), width=16, share=2),
                state,
            )
        case Kind.PUPIL:
            return (
                mark,
                Column(title="ParnasSys", width=20, share=3),
                Column(title=_("geboren"), width=9),
                Column(title=_("groep"), width=6, share=1),
                Column(title=_("testcentrum"), width=18, share=3),
                Column(title=_("geboren"), width=9, drop=1),
                state,
            )


class ReviewRows:
    """The rows of one list of the review, drawn up as they come in sight."""

    def __init__(self, kind: Kind, keys: Sequence[RowKey], row: Callable[[RowKey], Row]) -> None:
        self.kind = kind
        self.keys = keys
        self._row = row

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.keys)

    def key(self, index: int) -> str:
        """Return the identity of the incoming record."""
        return self.keys[index].incoming

    def cells(self, index: int) -> Sequence[str | Text]:
        """Return the cells of one row."""
        row = self._row(self.keys[index])
        there = row.existing.title if row.existing and row.category is not Category.NEW else ""
        if there and row.category is Category.SKIP:
            there = f"({there})"  # stays as it is
        mark = Text(row.marks + ("~" if row.changed_since else " "), style="bold")
        match self.kind:
            case Kind.GROUP:
                return mark, row.title, row.year, there, how_sure(row)
            case Kind.TEACHER:
                return mark, row.title, row.email or Text(_("e-mailadres ontbreekt"), "italic"), there, how_sure(row)
            case Kind.PUPIL:
                born = short_day(row.existing.born) if there and row.existing else ""
                return mark, row.title, short_day(row.born), short_group(row.group), there, born, how_sure(row)


def how_sure(row: Row) -> Text:
    """Say in dots and a few words how sure a row is, or who decided."""
    if row.problems:
        return Text(_(row.problems[0].trouble.value), "bold")
    if row.doubt:
        return Text.assemble(dots(row.probability), " ", (row.doubt, "bold"))
    match row.category:
        case Category.NEW:
            return Text(_("nieuw · door {name}").format(name=row.by) if row.by else _("nieuw"))
        case Category.SKIP:
            return Text(_("niet · door {name}").format(name=row.by) if row.by else _("niet importeren"))
        case Category.EXISTING:
            pass
    if row.by:
        return Text(_("door {name}").format(name=row.by))
    if row.ground is Ground.LIKENESS:
        return Text.assemble(dots(row.probability), " ", _("vanzelf"))
    return Text(_(row.ground.value))


def dots(probability: float) -> str:
    """Draw a probability as five dots; only near certainty fills them all."""
    full = sum(probability >= step for step in (0.2, 0.5, 0.8, 0.95, 0.99))
    return "●" * full + "○" * (DOTS - full)


def short_day(day: date | None) -> str:
    """Write a birth date as 12-03-17; empty when unknown."""
    return day.strftime("%d-%m-%y") if day else ""


def short_group(name: str) -> str:
    """Leave out the word that every group name may start with."""
    return name[6:] if name.lower().startswith("groep ") else name


def flags_in_words(flags: frozenset[Flag]) -> str:
    """Return what a person must know before saying yes."""
    return " · ".join(_(flag.value) for flag in Flag if flag.forbids and flag in flags)


def group_of(session: ReviewSession, key: RowKey) -> LasKey | None:
    """Return the group that a row belongs to; None when it has none."""
    match session.choices.sent.get(key):
        case IncomingPupil(group=group):
            return group
        case IncomingTeacher(groups=groups):
            return groups[0] if groups else None
        case IncomingGroup(key=group):
            return group
        case None:
            return None

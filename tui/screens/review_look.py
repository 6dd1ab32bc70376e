"""Looking at a review: three tabs, three categories, every row with its counterpart, and ways to find the one you want.

Nothing is decided here; that is `review.py`, which opens the review and builds on this.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from core.importing.decisions import Category, RowKey
from core.importing.rows import Selection, Show
from core.importing.session import ReviewSession
from core.language import N_, _
from core.model import IncomingRef, Kind, SchoolId
from tui.screens.problems import ProblemsScreen
from tui.screens.searching import SearchingScreen
from tui.widgets.review_head import HeadFacts, ReviewHead
from tui.widgets.review_rows import ReviewRows, columns_of, group_of
from tui.widgets.row_detail import RowDetail
from tui.widgets.row_list import RowList

WIDE = 120
"""Columns from which the detail stands beside the list."""
REST = 0.1
"""Seconds after a key until the cursor is taken to rest."""
CATEGORIES = (None, Category.NEW, Category.EXISTING, Category.SKIP)
FILTERS = (Show.ALL, Show.DOUBT, Show.CHANGED, Show.PROBLEM)


class ReviewLook(SearchingScreen):
    """What is in sight of one review."""

    MARKS: ClassVar[bool] = True
    SEARCH: ClassVar[str] = N_("Zoek op naam, geboortedatum of nummer; esc wist")

    def __init__(self, school: SchoolId) -> None:
        super().__init__()
        self.school = school
        self.session: ReviewSession | None = None
        """None while the review is not open."""
        self.narrowed = Selection(kind=Kind.PUPIL)
        """Which rows are in sight, apart from what is searched for."""
        self.others: frozenset[str] = frozenset()
        """Who else is in this review."""
        self.left_at: dict[Kind, RowKey | None] = {}
        """Per tab the row where the cursor was."""
        self.rest: Timer | None = None
        """Runs while the detail waits for the cursor to rest."""

    # --- the frame ---------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        """The school and what is done here."""
        return self.about(self.school, _("gegevens importeren"))

    def aside(self) -> str:
        """When the data came in, and whether it is whole."""
        if self.session is None:
            return ""
        roster = self.session.review.roster
        whole = _("volledig") if roster.completeness.whole else _("niet volledig")
        when = roster.received.strftime("%d-%m %H:%M")
        return _("opgehaald {when}, {whole}").format(when=when, whole=whole)

    def body(self) -> Iterable[Widget]:
        """Tabs and categories, the list, and the detail of the row under the cursor."""
        yield ReviewHead()
        with Container(id="review"):
            yield RowList(columns_of(self.kind), id="rows")
            yield RowDetail(id="detail")
        yield self.search_box()

    def on_mount(self) -> None:
        """Start in the row where this person was."""
        if self.session is None:
            return
        here = self.session.place_of(self.actor.name)
        if here is not None:
            self.narrowed = Selection(kind=here.kind)
        self.rows.set_columns(columns_of(self.kind))
        self.fill(keep=here)

    def on_resize(self, event: events.Resize) -> None:
        """Put the detail beside the list where there is room."""
        self.query_one("#review").set_class(event.size.width >= WIDE, "wide")

    # --- drawing -----------------------------------------------------------------------------------------------------

    def fill(self, *, keep: RowKey | None = None) -> None:
        """Show the list as it is now; the cursor goes to the row `keep`, or stays on its own, or where it was."""
        if self.session is None:
            return
        rows = ReviewRows(self.kind, self.session.keys(self.selection), self.session.row)
        self.rows.show(rows, keep=keep.incoming if keep else self.rows.current_key)
        self.draw_detail()
        self.draw_head()

    def draw_head(self) -> None:
        """Show the counts as they are now."""
        session, sight = self.session, self.selection
        if session is None:
            return
        self.refresh_keys()
        names = dict(session.groups())
        others = self.others | session.company(self.actor.name, self.desk.office.clock.now()).keys()
        self.query_one(ReviewHead).say(
            HeadFacts(
                counts={kind: session.counts(kind) for kind in Kind},
                kind=sight.kind,
                category=sight.category,
                show=sight.show,
                search=sight.search,
                group=names.get(sight.group, "") if sight.group else "",
                company=_("ook hier: {names}").format(names=", ".join(sorted(others))) if others else "",
            )
        )

    def draw_detail(self) -> None:
        """Show the detail of the row under the cursor."""
        if self.rest is not None:
            self.rest.stop()
            self.rest = None
        if self.session:
            here = self.here
            self.query_one(RowDetail).show(self.session.detail(here) if here and here in self.session else None)

    def on_row_list_moved(self) -> None:
        """Let the detail follow when the cursor rests: a key held down must not send every row's over a slow line."""
        if self.rest is not None:
            self.rest.stop()
        self.rest = self.set_timer(REST, self.draw_detail)

    # --- which rows --------------------------------------------------------------------------------------------------

    @property
    def kind(self) -> Kind:
        """The tab in front."""
        return self.narrowed.kind

    @property
    def selection(self) -> Selection:
        """Which rows are in sight."""
        return replace(self.narrowed, search=self.search)

    @property
    def here(self) -> RowKey | None:
        """The row under the cursor."""
        key = self.rows.current_key
        return None if key is None else self._key_of(key)

    @property
    def chosen(self) -> list[RowKey]:
        """The marked rows, or the one under the cursor."""
        return [self._key_of(key) for key in self.rows.chosen_keys]

    def _key_of(self, incoming: str) -> RowKey:
        return RowKey(self.kind, IncomingRef(incoming))

    def narrow(self, selection: Selection) -> None:
        """Show these rows, as far as they hold what is searched for."""
        self.narrowed = selection
        self.fill()

    def action_tab(self, kind: str) -> None:
        """Go to a tab."""
        self.left_at[self.kind] = self.here
        self.narrowed = Selection(kind=Kind(kind), show=self.narrowed.show)
        self.rows.clear_marks()
        self.rows.set_columns(columns_of(self.kind))
        self.rows.go_to(0)
        self.fill(keep=self.left_at.get(self.kind))

    def action_category(self, category: str) -> None:
        """Show one category, or all."""
        self.narrow(replace(self.narrowed, category=Category(category) if category else None))

    def action_next_category(self, step: int) -> None:
        """Go through the categories."""
        place = CATEGORIES.index(self.narrowed.category) + step
        self.narrow(replace(self.narrowed, category=CATEGORIES[place % len(CATEGORIES)]))

    def action_filter(self) -> None:
        """Go through the filters."""
        place = FILTERS.index(self.narrowed.show) + 1
        self.narrow(replace(self.narrowed, show=FILTERS[place % len(FILTERS)]))

    def action_one_group(self) -> None:
        """Show only the group of this row, or everything again."""
        group = None
        if self.narrowed.group is None and self.session is not None and (key := self.here):
            group = group_of(self.session, key)
        self.narrow(replace(self.narrowed, group=group))

    # --- going to a row ----------------------------------------------------------------------------------------------

    def action_next_doubt(self, step: int) -> None:
        """Go to the next row that a person must look at, over all tabs."""
        if self.session is None:
            return
        key = waiting_beside(self.session, self.here, step)
        if key is None:
            self.notify(_("Geen twijfel en geen problemen meer: i voor de samenvatting."))
        else:
            self.jump(key)

    def action_problems(self) -> None:
        """List what must be put right or looked at first; choosing one goes to its row."""
        if self.session is None:
            return

        def chosen(key: RowKey | None) -> None:
            if key is not None:
                self.jump(key)

        self.app.push_screen(ProblemsScreen(self.session), chosen)

    def jump(self, key: RowKey) -> None:
        """Show a row wherever it is; what would hide it is let go."""
        if key.kind is not self.kind:
            self.action_tab(key.kind.value)
        session = self.session
        if session and key in session:
            if self.narrowed.category is not session.row(key).category:
                self.narrowed = replace(self.narrowed, category=None)
            if key not in session.keys(self.selection):
                self.narrowed = replace(self.narrowed, show=Show.ALL, group=None)
                self.search = ""
        self.fill(keep=key)


def waiting_beside(session: ReviewSession, here: RowKey | None, step: int) -> RowKey | None:
    """Return the next (or previous) row that a person must look at, past the end from the start; None = none is left."""
    order = [key for kind in Kind for key in session.keys(Selection(kind=kind))]
    waiting = [key for key in order if session.standing(key).doubt or session.standing(key).problem]
    if not waiting:
        return None
    place = {key: number for number, key in enumerate(order)}
    now = place.get(here, -1) if here else -1
    ahead = [key for key in waiting if (place[key] - now) * step > 0] or waiting
    return ahead[0] if step > 0 else ahead[-1]

"""The two lines above the review: three grey tabs with their counts, three categories, and the red button."""

from __future__ import annotations

from dataclasses import dataclass

from rich.style import Style
from rich.text import Text

from core.importing.decisions import Category
from core.importing.rows import Counts, Show
from core.language import _, ngettext
from core.model import Kind
from tui.widgets.chrome import Clickable, doing

TAB_NAMES = {Kind.GROUP: "Groepen", Kind.TEACHER: "Leerkrachten", Kind.PUPIL: "Leerlingen"}
RED = "bold white on #b3261e"
GREY = "black on #c8c8c8"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFacts:
    """What the two lines tell."""

    counts: dict[Kind, Counts]
    kind: Kind
    category: Category | None
    show: Show
    search: str
    group: str
    company: str
    """Who else is at work here; empty = nobody."""


class ReviewHead(Clickable):
    """Tabs, categories, filter, and the red button."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.facts: HeadFacts | None = None

    def say(self, facts: HeadFacts) -> None:
        """Show these facts."""
        if facts != self.facts:
            self.facts = facts
            self.refresh()

    def render(self) -> Text:
        """Draw both lines."""
        if self.facts is None:
            return Text()
        return Text("\n").join([self._tabs(self.facts), self._categories(self.facts)])

    def _tabs(self, facts: HeadFacts) -> Text:
        for short_tabs, short_button in ((False, False), (False, True), (True, True)):
            line, button = self._labels(facts, short=short_tabs), self._button(facts, short=short_button)
            if line.cell_len + button.cell_len <= self.size.width:
                break
        return self._with_right(line, button)

    def _labels(self, facts: HeadFacts, *, short: bool) -> Text:
        line = Text(" ")
        for number, (kind, counts) in enumerate(facts.counts.items(), 1):
            done = counts.received - counts.problems - counts.doubts
            progress = f"{counts.received}" if short and counts.ready else f"{max(0, done)}/{counts.received}"
            label = f"{number} {_(TAB_NAMES[kind])} {progress}" + (" ✓" if counts.ready else "")
            here = kind is facts.kind
            shown = Text(f"[{label}]" if here else f" {label} ", style="bold reverse" if here else GREY)
            shown.stylize(doing(f"tab('{kind.value}')"))
            line.append_text(shown)
        return line

    def _button(self, facts: HeadFacts, *, short: bool) -> Text:
        doubts = sum(counts.doubts for counts in facts.counts.values())
        problems = sum(counts.problems for counts in facts.counts.values())
        if short and (doubts or problems):
            return Text((f"?{doubts} " if doubts else "") + (f"!{problems} " if problems else ""), "bold")
        parts = [_("{n} twijfel").format(n=doubts)] if doubts else []
        if problems:
            parts.append(ngettext("{n} probleem", "{n} problemen", problems).format(n=problems))
        if parts:
            return Text("  ".join(parts) + " ", "bold")
        words = _("Importeren") if short else _("Gegevens importeren")
        return Text(f" {words} (i) ", Style.parse(RED) + doing("summary"))

    def _categories(self, facts: HeadFacts) -> Text:
        counts = facts.counts[facts.kind]
        names: dict[Category | None, str] = {
            None: _("Alles"),
            Category.NEW: _("Nieuw"),
            Category.EXISTING: _("Bestaand"),
            Category.SKIP: _("Niet importeren"),
        }
        line = Text(" ")
        for category, name in names.items():
            number = counts.received if category is None else counts.in_category[category]
            here = category is facts.category
            shown = Text(f"{name.upper() if here else name} {number}", style="bold underline" if here else "")
            value = category.value if category else ""
            shown.stylize(doing(f"category('{value}')"))
            line.append_text(shown).append("  ")
        return self._with_right(line, Text(" · ".join(part for part in self._narrowed(facts) if part) + " "))

    def _narrowed(self, facts: HeadFacts) -> tuple[str, ...]:
        return (
            facts.company,
            "" if facts.show is Show.ALL else _("filter: {show}").format(show=_(facts.show.value)),
            facts.group and _("groep {name}").format(name=facts.group),
            facts.search and f"/{facts.search}",
        )

    def _with_right(self, left: Text, right: Text) -> Text:
        width = self.size.width
        left.truncate(max(0, width - right.cell_len), overflow="ellipsis", pad=True)
        return left.append_text(right)

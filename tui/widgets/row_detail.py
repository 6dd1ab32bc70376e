"""What is known of the row under the cursor: why it was proposed, what would change, and who comes second."""

from __future__ import annotations

from collections.abc import Iterable

from rich import get_console
from rich.text import Text
from textual.widgets import Static

from core.importing.differences import Difference
from core.importing.matching import Agreement, Candidate
from core.importing.rows import Detail, Option, Row
from core.language import _
from tui.widgets.review_rows import flags_in_words, short_day

EIGHTHS = " ▏▎▍▌▋▊▉█"
BITS_PER_CELL = 0.75
LABEL = 58
LONGEST_BAR = 24
"""In cells, however wide the screen is."""
WORTH_TELLING = 0.01
"""From which probability somebody is named who may be the same."""
ROOMY = 20
"""Lines from which both sides are shown in full."""


class RowDetail(Static):
    """The detail below (or beside) the list."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.detail: Detail | None = None

    def show(self, detail: Detail | None) -> None:
        """Show the detail of one row, or nothing."""
        if detail != self.detail:
            self.detail = detail
            self.refresh()

    def render(self) -> Text:
        """Draw as many lines as there is room for, the most telling ones."""
        if self.detail is None:
            return Text(
                _(
                    "Geen rij met deze keuze: esc wist de zoektekst, f neemt het volgende filter, tab de volgende categorie."
                )
            )
        return Text("\n").join(lines_of(self.detail, max(1, self.size.height), self.size.width))


def lines_of(detail: Detail, room: int, width: int) -> list[Text]:
    """Return at most `room` lines: what blocks first, then why, then what changes."""
    row = detail.row
    head = side_by_side(row, width) if room >= ROOMY else []
    blocking = [*(problem.sentence for problem in row.problems), *filter(None, [detail.notice])]
    head += [line for told in blocking for line in folded(Text.assemble(("! ", "bold"), told), width)]
    chosen = next((o for o in detail.options if row.existing and o.counterpart.id == row.existing.id), None)
    others = [option for option in detail.options if option is not chosen and option.match]
    tail = folded(changed_line(row.changes), width) if row.changes else []
    if chosen and chosen.match:
        tail = [*total_lines(chosen.match, others[0] if others else None, width), *tail]
        return [*head, *why(chosen.match, room - len(head) - len(tail), width), *tail][:room]
    if row.existing:
        head.append(Text(_("Gekoppeld aan {name}.").format(name=row.existing.title)))
    elif others and others[0].match and others[0].match.probability >= WORTH_TELLING:
        head.append(Text(_("Het meest lijkt nog: {name}").format(name=others[0].counterpart.title)))
        total = total_lines(others[0].match, None, width)
        head.extend([*why(others[0].match, room - len(head) - len(total), width), *total])
    else:
        head.append(Text(_("Niemand in het testcentrum lijkt hierop.")))
    return [*head, *tail][:room]


def side_by_side(row: Row, width: int) -> list[Text]:
    """Return the facts of both sides in two columns, where there is room for them."""
    there = row.existing
    facts = (
        ("", "ParnasSys", _("testcentrum")),
        (_("naam"), row.title, there.title if there else ""),
        (_("geboren"), short_day(row.born), short_day(there.born) if there else ""),
        (_("groep"), row.group, there.group if there else ""),
        (_("jaargroep"), row.year, there.year if there else ""),
        (_("e-mailadres"), row.email, there.email if there else ""),
        (_("nummer"), row.key.incoming.partition(":")[2][-20:], there.external if there else ""),
    )
    column = max(10, (width - 12) // 2)
    lines = []
    for name, here, known in facts:
        if here or known:
            left = Text(here, "bold" if not name else "")
            left.truncate(column - 1, overflow="ellipsis", pad=True)
            lines.append(Text.assemble(f"{name:<12}", left, " ", (known, "bold" if not name else "")))
    return [*lines, Text()]


def why(candidate: Candidate, room: int, width: int) -> list[Text]:
    """Return the waterfall of one candidate; when there is no room for every field, those that weigh most."""
    reasons = candidate.reasons
    if len(reasons) > room:
        most = sorted(reasons, key=lambda reason: -abs(reason.weight))[: max(0, room)]
        reasons = tuple(reason for reason in reasons if reason in most)
    return [bar(reason, _("Waarom: ") if number == 0 else "", width) for number, reason in enumerate(reasons)]


def folded(line: Text, width: int, *, indent: int = 0) -> list[Text]:
    """Lay a line out over as many lines as it needs, each `indent` cells in."""
    parts = line.wrap(get_console(), max(1, width - indent))
    return [Text(" " * indent).append_text(part) for part in parts]


def total_lines(candidate: Candidate, second: Option | None, width: int) -> list[Text]:
    """Say what the weights add up to, how sure that is, and who comes second."""
    total = _("samen {weight} · kans {percent}").format(
        weight=signed(candidate.weight), percent=percentage(candidate.probability)
    )
    line = Text(total, "bold")
    if flags := flags_in_words(candidate.flags):
        line.append(f" · {flags}", "bold")
    if second and second.match:
        weight = signed(second.match.weight)
        line.append("   " + _("volgende: {name} {weight}").format(name=second.counterpart.title, weight=weight))
    return folded(line, width, indent=8)


def changed_line(changes: Iterable[Difference]) -> Text:
    """Say what becomes different."""
    told = "; ".join(f"{one.field} {one.before or '–'} → {one.after or '–'}" for one in changes)
    return Text.assemble((_("Wordt anders: "), "bold"), told)


def bar(reason: Agreement, lead: str, width: int) -> Text:
    """Draw one field on one line: words, signed weight in bits, and a bar in what is left of the width."""
    label = max(20, min(LABEL, width - 20))
    longest = max(4, min(LONGEST_BAR, width - label - 9))
    words = Text(f"{lead:<8}{reason.because}")
    words.truncate(label, overflow="ellipsis", pad=True)
    cells = abs(reason.weight) / BITS_PER_CELL
    full, rest = int(cells), int((cells % 1) * 8)
    drawn = ("█" if reason.weight >= 0 else "░") * min(full, longest)
    tail = EIGHTHS[rest].strip() if reason.weight >= 0 and full < longest else ""
    return Text.assemble(words, f" {signed(reason.weight):>6} ", drawn, tail)


def signed(weight: float) -> str:
    """Write a weight in bits with a sign and a Dutch comma."""
    return f"{weight:+.1f}".replace(".", ",")


def percentage(probability: float) -> str:
    """Write a probability in per cent; never 100 unless it is."""
    percent = min(99.9, probability * 100) if probability < 1 else 100.0
    return f"{percent:.1f} %".replace(".", ",") if percent > 99 else f"{percent:.0f} %"

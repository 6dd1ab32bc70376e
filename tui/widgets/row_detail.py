"""What is known of the row under the cursor: why it was proposed, what would change, and who comes second."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text
from textual.widgets import Static

from core.importing.differences import Difference
from core.importing.matching import Agreement, Candidate
from core.importing.rows import Detail, Option
from core.language import _
from tui.widgets.review_rows import flags_in_words

EIGHTHS = " ▏▎▍▌▋▊▉█"
BITS_PER_CELL = 0.75
LABEL = 46


class RowDetail(Static):
    """The detail below (or beside) the list."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self.detail: Detail | None = None

    def show(self, detail: Detail | None) -> None:
        """Show the detail of one row, or nothing."""
        self.detail = detail
        self.refresh()

    def render(self) -> Text:
        """Draw as many lines as there is room for, the most telling ones."""
        if self.detail is None:
            return Text()
        return Text("\n").join(lines_of(self.detail, max(1, self.size.height)))


def lines_of(detail: Detail, room: int) -> list[Text]:
    """Return at most `room` lines: what blocks first, then why, then what changes."""
    row = detail.row
    head = [Text.assemble(("! ", "bold"), problem.sentence) for problem in row.problems]
    if detail.overtaken:
        head.append(Text.assemble(("! ", "bold"), detail.overtaken))
    chosen = next((o for o in detail.options if row.existing and o.counterpart.id == row.existing.id), None)
    others = [option for option in detail.options if option is not chosen and option.match]
    tail = [changed_line(row.changes)] if row.changes else []
    if chosen and chosen.match:
        total = total_line(chosen.match, others[0] if others else None)
        left = room - len(head) - len(tail) - 1
        return [*head, *why(chosen.match, left), total, *tail][:room]
    if row.existing:
        head.append(Text(_("Gekoppeld aan {name}.").format(name=row.existing.title)))
    elif others and others[0].match:
        head.append(Text(_("Het meest lijkt nog: {name}").format(name=others[0].counterpart.title)))
        head.extend(why(others[0].match, room - len(head) - 1))
        head.append(total_line(others[0].match, None))
    else:
        head.append(Text(_("Niemand in het testcentrum lijkt hierop.")))
    return [*head, *tail][:room]


def why(candidate: Candidate, room: int) -> list[Text]:
    """Return the waterfall of one candidate; when there is no room for every field, those that weigh most."""
    reasons = candidate.reasons
    if len(reasons) > room:
        most = sorted(reasons, key=lambda reason: -abs(reason.weight))[: max(0, room)]
        reasons = tuple(reason for reason in reasons if reason in most)
    return [bar(reason, _("Waarom: ") if number == 0 else "") for number, reason in enumerate(reasons)]


def total_line(candidate: Candidate, second: Option | None) -> Text:
    """Say what the weights add up to, how sure that is, and who comes second."""
    total = _("samen {weight} · kans {percent}").format(
        weight=signed(candidate.weight), percent=percentage(candidate.probability)
    )
    line = Text.assemble(" " * 8, (total, "bold"))
    if flags := flags_in_words(candidate.flags):
        line.append(f" · {flags}", "bold")
    if second and second.match:
        weight = signed(second.match.weight)
        line.append("   " + _("volgende: {name} {weight}").format(name=second.counterpart.title, weight=weight))
    return line


def changed_line(changes: Iterable[Difference]) -> Text:
    """Say what becomes different."""
    told = "; ".join(f"{one.field} {one.before or '–'} → {one.after or '–'}" for one in changes)
    return Text.assemble((_("Wordt anders: "), "bold"), told)


def bar(reason: Agreement, lead: str) -> Text:
    """Draw one field: words, signed weight in bits, and a bar."""
    words = Text(f"{lead:<8}{reason.because}")
    words.truncate(LABEL, overflow="ellipsis", pad=True)
    cells = abs(reason.weight) / BITS_PER_CELL
    full, rest = int(cells), int((cells % 1) * 8)
    drawn = ("█" if reason.weight >= 0 else "░") * min(full, 16)
    tail = EIGHTHS[rest].strip() if reason.weight >= 0 and full < 16 else ""
    return Text.assemble(words, f" {signed(reason.weight):>6} ", drawn, tail)


def signed(weight: float) -> str:
    """Write a weight in bits with a sign and a Dutch comma."""
    return f"{weight:+.1f}".replace(".", ",")


def percentage(probability: float) -> str:
    """Write a probability in per cent; never 100 unless it is."""
    percent = min(99.9, probability * 100) if probability < 1 else 100.0
    return f"{percent:.1f} %".replace(".", ",") if percent > 99 else f"{percent:.0f} %"

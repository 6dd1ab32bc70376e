"""What is known of the row under the cursor: why it was proposed, what would change, and who comes second."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text
from textual.widgets import Static

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
        """Draw as many lines as there is room for, the most telling first."""
        if self.detail is None:
            return Text()
        lines = list(lines_of(self.detail))
        return Text("\n").join(lines[: max(1, self.size.height)])


def lines_of(detail: Detail) -> Iterator[Text]:
    """Yield the lines of a detail, the most telling first."""
    row = detail.row
    for problem in row.problems:
        yield Text.assemble(("! ", "bold"), problem.sentence)
    if detail.overtaken:
        yield Text.assemble(("! ", "bold"), detail.overtaken)
    chosen = next((o for o in detail.options if row.existing and o.counterpart.id == row.existing.id), None)
    if chosen and chosen.match:
        yield from why(chosen.match)
    elif row.existing:
        yield Text(_("Gekoppeld aan {name}.").format(name=row.existing.title))
    for change in row.changes:
        yield Text.assemble(
            (_("Wordt anders: "), "bold"), f"{change.field}: {change.before or '–'} → {change.after or '–'}"
        )
    others = [option for option in detail.options if option is not chosen and option.match]
    for option in others[:1]:
        yield from runner_up(option, chosen)
    if not chosen and not others and not row.existing:
        yield Text(_("Niemand in het testcentrum lijkt hierop."))


def why(candidate: Candidate) -> Iterator[Text]:
    """Yield the waterfall of one candidate: each field with its weight, adding up to the total."""
    for number, reason in enumerate(candidate.reasons):
        yield bar(reason, _("Waarom: ") if number == 0 else "")
    total = _("samen {weight} · kans {percent}").format(
        weight=signed(candidate.weight), percent=percentage(candidate.probability)
    )
    flags = flags_in_words(candidate.flags)
    yield Text.assemble(" " * 8, (total, "bold"), (f"   {flags}" if flags else "", "bold"))


def bar(reason: Agreement, lead: str) -> Text:
    """Draw one field: words, signed weight in bits, and a bar."""
    words = Text(f"{lead:<8}{reason.because}")
    words.truncate(LABEL, overflow="ellipsis", pad=True)
    cells = abs(reason.weight) / BITS_PER_CELL
    full, rest = int(cells), int((cells % 1) * 8)
    drawn = ("█" if reason.weight >= 0 else "░") * min(full, 16)
    tail = EIGHTHS[rest].strip() if reason.weight >= 0 and full < 16 else ""
    return Text.assemble(words, f" {signed(reason.weight):>6} ", drawn, tail)


def runner_up(option: Option, chosen: Option | None) -> Iterator[Text]:
    """Say who comes second, and how far behind."""
    if option.match is None:
        return
    text = _("volgende: {name} {weight}").format(name=option.counterpart.title, weight=signed(option.match.weight))
    if chosen and chosen.match:
        behind = chosen.match.weight - option.match.weight
        text += " " + _("({bits} bits minder)").format(bits=f"{behind:.1f}".replace(".", ","))
    yield Text(" " * 8 + text)


def signed(weight: float) -> str:
    """Write a weight in bits with a sign and a Dutch comma."""
    return f"{weight:+.1f}".replace(".", ",")


def percentage(probability: float) -> str:
    """Write a probability in per cent; never 100 unless it is."""
    percent = min(99.9, probability * 100) if probability < 1 else 100.0
    return f"{percent:.1f} %".replace(".", ",") if percent > 99 else f"{percent:.0f} %"

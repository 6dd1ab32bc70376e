"""Why, at a glance: the weights of a candidate one under the other, as data and as text of eighty columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.importing.matching.outcome import Candidate, Field, Match
from core.language import _

_EIGHTHS = " ▏▎▍▌▋▊▉"
_BAR = (8, 18)
"""Columns that bars get at least, and at most."""
_FAR = 20.0
"""Bits from which a runner-up is not worth a word."""
_WEIGHT = 6
"""Columns of a weight: `+12,3`, right-aligned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the waterfall."""

    field: Field
    because: str
    weight: float
    """In bits."""
    before: float
    """Total of the steps above, in bits."""

    @property
    def after(self) -> float:
        """Total up to and including this step, in bits."""
        return self.before + self.weight


def waterfall(candidate: Candidate, *, silent: bool = False) -> tuple[Step, ...]:
    """Return the steps from nothing to the candidate's total weight, in the order of the reasons.

    With `silent` the fields that weigh nothing are steps too.
    """
    steps: list[Step] = []
    total = 0.0
    for reason in candidate.reasons:
        if reason.weight or silent:
            steps.append(Step(field=reason.field, because=reason.because, weight=reason.weight, before=total))
            total += reason.weight
    return tuple(steps)


def as_text(match: Match, *, width: int = 80, runner_up: str = "") -> str:
    """Return the waterfall of the best candidate as lines of at most `width` columns.

    Weights have a decimal comma; a bar is as long as its weight, the longest filling its column. Below stand the total,
    the probability, a runner-up that matters, called `runner_up` (by default its id), and what was missing. Empty
    without a candidate.
    """
    return "\n".join(_lines(match, width, runner_up))


def _lines(match: Match, width: int, runner_up: str) -> Iterator[str]:
    if (best := match.best) is None:
        return
    steps = waterfall(best)
    most = max((abs(step.weight) for step in steps), default=1.0) or 1.0
    head = _("Waarom: ")
    left = width - len(head) - _WEIGHT - 2
    room = min(max((len(step.because) for step in steps), default=0), left - _BAR[0])
    columns = min(left - room, _BAR[1])
    for number, step in enumerate(steps):
        lead = head if number == 0 else " " * len(head)
        text = _fitted(step.because, room).ljust(room)
        yield f"{lead}{text} {signed(step.weight):>{_WEIGHT}} {bar(step.weight, most, columns)}".rstrip()
    indent = " " * len(head)
    total = _("samen {weight} · kans {chance}").format(weight=comma(best.weight), chance=percent(best.probability))
    yield _fitted(indent + total + _behind(match, runner_up), width)
    unheard = [reason.because for reason in best.reasons if reason.level == "onbekend"]
    if unheard:
        yield _fitted(indent + ", ".join(unheard), width)


def _behind(match: Match, runner_up: str) -> str:
    if match.best is None or (second := match.runner_up) is None or match.best.weight - second.weight > _FAR:
        return ""
    return _(" · volgende: {who} {weight} ({behind} lager)").format(
        who=runner_up or second.existing,
        weight=comma(second.weight),
        behind=comma(match.best.weight - second.weight),
    )


def comma(number: float) -> str:
    """Write a number with one decimal and a comma: `12,7`, `-0,4`; never `-0,0`."""
    return f"{round(number, 1) + 0.0:.1f}".replace(".", ",")


def signed(number: float) -> str:
    """Write a weight with its sign: `+6,1`, `-3,3`, `+0,0`."""
    return f"{round(number, 1) + 0.0:+.1f}".replace(".", ",")


def percent(probability: float) -> str:
    """Write a probability as a whole percentage that never pretends certainty: `97 %`, `> 99 %`, `< 1 %`."""
    if probability > 0.99:
        return "> 99 %"
    return "< 1 %" if 0 < probability < 0.01 else f"{probability * 100:.0f} %"


def bar(weight: float, most: float, columns: int) -> str:
    """Draw a weight in eighths of a column; weights against are drawn light."""
    eighths = round(abs(weight) / most * columns * 8)
    if weight < 0:
        return "░" * max(1, round(eighths / 8))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _fitted(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"

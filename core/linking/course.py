"""A link's whole course as a checklist: done by whom and when, the one next step, and who must do it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.language import N_, _, ngettext
from core.linking import instructions
from core.linking.checks import not_good
from core.linking.link import Link, LinkState, Move, Party, Step


class Progress(StrEnum):
    """How far a step of the course is."""

    DONE = N_("gedaan")
    NOW = N_("nu")
    LATER = N_("daarna")
    STOPPED = N_("gestopt")
    """The course went off here: refused, rejected, disturbed or ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One line of the checklist."""

    title: str
    where: str
    """Who does it, and in which system: `school, ParnasSys`."""
    party: Party
    progress: Progress
    at: datetime | None = None
    by: str = ""
    on_behalf: bool = False
    note: str = ""
    """What goes with it: the masked key, the reason of a refusal."""
    how: tuple[str, ...] = ()
    """The manual's instruction, step by step; only for the step that is next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The checklist of one school."""

    steps: tuple[CourseStep, ...]

    @property
    def next(self) -> CourseStep | None:
        """The step that is waiting for somebody; None when nothing has to happen."""
        return next((step for step in self.steps if step.progress in (Progress.NOW, Progress.STOPPED)), None)


_ORDER = (Move.REQUEST, Move.OPEN, Move.APPLY, Move.APPROVE, Move.ACTIVATE)


def course(link: Link | None, *, first_night: datetime | None = None, externals: int = 0) -> Course:
    """Return the checklist of this link.

    `first_night` is when results were confirmed first, None = not yet; `externals` is how many external numbers still
    have to be cleared before the school can apply.
    """
    done = _done(link)
    steps = [
        _step(_("aangevraagd"), _("school"), Party.SCHOOL, done.get(Move.REQUEST)),
        _step(
            _("opengezet"),
            _("klantenservice, ParnasSys"),
            Party.SERVICE,
            done.get(Move.OPEN),
            how=instructions.to_open(),
        ),
        replace(
            _step(
                _("afgenomen"),
                _("school, ParnasSys"),
                Party.SCHOOL,
                done.get(Move.APPLY),
                how=instructions.to_subscribe(),
            ),
            # What happens in ParnasSys is not told to us: the key that was pasted shows that it was done.
            by="",
            on_behalf=False,
            note=link.key_tail if link else "",
        ),
        replace(
            _step(
                _("ingediend"), _("school"), Party.SCHOOL, done.get(Move.APPLY), how=instructions.to_apply(externals)
            ),
            note=_checked(link),
        ),
        _step(
            _("goedgekeurd"), _("klantenservice"), Party.SERVICE, done.get(Move.APPROVE), how=instructions.to_approve()
        ),
        _step(
            _("gegevens importeren"), _("school"), Party.SCHOOL, done.get(Move.ACTIVATE), how=instructions.to_import()
        ),
        replace(_step(_("eerste nacht"), _("vanzelf"), Party.NOBODY, None), at=first_night),
    ]
    if first_night:
        steps[-1] = replace(steps[-1], progress=Progress.DONE)
    return Course(steps=_with_present(steps, link))


def _with_present(steps: list[CourseStep], link: Link | None) -> tuple[CourseStep, ...]:
    """Mark where the course is now, and where it went off."""
    state = link.state if link else None
    first_open = next((i for i, step in enumerate(steps) if step.progress is Progress.LATER), len(steps) - 1)
    if link and state in (LinkState.REFUSED, LinkState.REJECTED, LinkState.DISTURBED, LinkState.ENDED):
        last = link.steps[-1] if link.steps else None
        stopped = CourseStep(
            title=_(link.state.value),
            where=_party_name(link),
            party=_stopped_party(link),
            progress=Progress.STOPPED,
            at=last.at if last else None,
            by=last.by if last else "",
            note=link.cause,
            how=tuple(part for part in (link.remedy, *instructions.after_stop(link)) if part),
        )
        return (*map(_without_how, steps[:first_open]), stopped, *map(_without_how, steps[first_open:]))
    if first_open < len(steps) and steps[first_open].progress is Progress.LATER and state is not LinkState.ACTIVE:
        steps[first_open] = replace(steps[first_open], progress=Progress.NOW)
    # Subscribing and applying are done at one sitting: the instruction of the second is shown with the first.
    shown = (first_open, first_open + 1) if state is LinkState.OPENED else (first_open,)
    return tuple(step if i in shown else _without_how(step) for i, step in enumerate(steps))


def _done(link: Link | None) -> dict[Move, Step]:
    """Return the last time each move of the main road was made, as far as it still holds.

    A new request, or an application after a rejection, starts the road again from there.
    """
    found: dict[Move, Step] = {}
    for step in link.steps if link else ():
        if step.move in _ORDER:
            for later in _ORDER[_ORDER.index(step.move) :]:
                found.pop(later, None)
            found[step.move] = step
        elif step.move is Move.REJECT:
            found.pop(Move.APPLY, None)
        elif step.move is Move.REFUSE:
            found.pop(Move.REQUEST, None)
    return found


def _checked(link: Link | None) -> str:
    if not link or not link.checks:
        return ""
    bad = not_good(link.checks)
    if bad:
        return ", ".join(f"{_(outcome.check.value)} {outcome.mark}" for outcome in bad)
    return ngettext("{n} controle ✓", "{n} controles ✓", len(link.checks)).format(n=len(link.checks))


def _step(title: str, where: str, party: Party, done: Step | None, how: tuple[str, ...] = ()) -> CourseStep:
    return CourseStep(
        title=title,
        where=where,
        party=party,
        progress=Progress.DONE if done else Progress.LATER,
        at=done.at if done else None,
        by=done.by if done else "",
        on_behalf=done.on_behalf if done else False,
        how=how,
    )


def _without_how(step: CourseStep) -> CourseStep:
    return replace(step, how=())


def _stopped_party(link: Link) -> Party:
    match link.state:
        case LinkState.REJECTED:
            return Party.SCHOOL
        case LinkState.DISTURBED:
            return link.blame or Party.SERVICE
        case _:
            return Party.NOBODY


def _party_name(link: Link) -> str:
    return _(_stopped_party(link).value) if _stopped_party(link) else ""

"""The trainer's mode on a stage: chooses and follows a scenario, moves time, keeps moments, shows both ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import httpx

from core.desk import Desk
from core.desk.pace import Pace
from core.errors import KoppeldeskError, RefusedByState, TryLater
from core.language import _
from core.model import Secret
from core.patience import Patience
from core.scores.ledger import TO_SEND
from simulator.world.scenario import DEMO, load, names
from simulator.world.scenario_model import Step, Watch
from simulator.world.scenario_model import Who as Turn
from tui.coach import Ends, Now, Tale
from tui.demo.moments import Moments
from tui.demo.stage import MACHINE, Stage
from tui.demo.story import Story
from tui.demo.watching import Since, noticed, record_of, since

LEAST_SCHOOLS = 3
WHILE_ONE_LOOKS_ON = Pace(patience=Patience(attempts=3))
"""In an exercise a night gives up within seconds: somebody is waiting for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A place in the storyline."""

    place: int = 0
    began: Since | None = None
    """What there was when this step could begin."""
    done: bool = False
    after: Since | None = None
    """What there was when it was done: the next step begins there."""


class Trainer:
    """Follows one scenario at a time (`tui.coach.Coach`)."""

    def __init__(self, stage: Stage, *, pace: Pace = WHILE_ONE_LOOKS_ON) -> None:
        self._stage = stage
        self._pace = pace
        self._moments = Moments(stage.settings.data_folder)
        self._story: Story | None = None
        self._spot = _Spot()
        self._kept: dict[str, tuple[_Spot, dict[str, Secret]]] = {}

    @property
    def desk(self) -> Desk:
        """The desk of the stage."""
        return self._story.stage.desk if self._story else self._stage.desk

    def tales(self) -> Sequence[Tale]:
        """Return the scenarios there are, the one to begin with first."""
        order = sorted(names(), key=lambda name: name != DEMO)
        return [Tale(name=one.naam, title=_(one.titel), story=told(one.verhaal)) for one in map(load, order)]

    def choose(self, name: str) -> None:
        """Begin a scenario afresh; everything on the stage is thrown away."""
        scenario = load(name)
        schools = max(LEAST_SCHOOLS, scenario.scholen)
        self._ask("POST", "/reset", {"scenario": name, "seed": scenario.zaad, "schools": schools})
        self._moments.clear()
        self._moments.forget()
        self._kept.clear()
        self._story = Story.on(self._stage, scenario, lambda _played: None, pace=self._pace)
        self._story.begin()
        self._spot = _Spot(began=self._measure())

    def now(self) -> Now | None:
        """Look where the storyline is, and what time the simulator was put at."""
        self._stage.clock.follow(datetime.fromisoformat(self._ask("GET", "/tijd")["nu"]))
        if self._story is None:
            return None
        spot, steps, school = self._spot, self._story.scenario.stap, self._story.scenario.school[0]
        step = steps[spot.place]
        if not spot.done and spot.began and noticed(step.klaar, self._story.stage, self._story.first, spot.began):
            spot = self._finish(spot)
        return Now(
            tale=_(self._story.scenario.titel),
            story=told(self._story.scenario.verhaal),
            school=f"{school.brin} {school.naam}, {school.plaats}",
            las=self._stage.url,
            number=spot.place + 1,
            of=len(steps),
            title=_(step.titel),
            text=told(step.tekst),
            who=step.wie.value,
            done=spot.done,
            by_hand=step.klaar is Watch.READ,
            over=spot.done and spot.place + 1 == len(steps),
        )

    async def go_on(self) -> None:
        """Go to the next step; what is not the trainee's to do in this one is done first."""
        step = self._step
        if not self._spot.done and (step.wie in (Turn.TRAINER, Turn.NIGHT) or step.klaar is Watch.READ):
            await self.help_out()
        if self._spot.place + 1 < len(self._told.scenario.stap):
            self._spot = _Spot(place=self._spot.place + 1, began=self._spot.after or self._measure())

    async def help_out(self) -> None:
        """Do what is left of this step; what was done already is passed over."""
        story, refused = self._told, None
        for act in self._step.doe:
            try:
                await story.act(act)
            except KoppeldeskError as error:
                refused = error
            except httpx.HTTPStatusError as error:
                if error.response.status_code != httpx.codes.CONFLICT:
                    raise _out_of_reach() from error
            except httpx.HTTPError as error:
                raise _out_of_reach() from error
        if self._step.klaar is Watch.READ:
            self._finish(self._spot)
        now = self.now()
        if refused is not None and (now is None or not now.done):
            raise refused

    async def night(self) -> str:
        """Let a night pass, with the nightly run."""
        self._move("volgende-nacht")
        night = await self.desk.nights.run(MACHINE, pace=self._pace)
        store = self.desk.office.store
        waiting = sum(entry.state in TO_SEND for line in store.lines() for entry in store.ledger(line.id).read())
        told = _("Resultaten: {confirmed} bevestigd, {rejected} afgekeurd, {waiting} nog niet bevestigd")
        return told.format(confirmed=night.confirmed, rejected=night.rejected, waiting=waiting)

    def august(self) -> datetime:
        """Let time pass up to the next 1 August."""
        return self._move("1-augustus")

    def moments(self) -> Sequence[str]:
        """Return the names of the moments one can go back to."""
        return self._moments.names()

    def mark(self, name: str) -> None:
        """Keep this moment, both ends of it."""
        keys = dict(self._told.keys)
        self._moments.keep(name)
        self._ask("POST", f"/checkpoint/{_there(name)}")
        self._kept[name] = (self._spot, keys)

    def back(self, name: str) -> None:
        """Put both ends back as they were at that moment."""
        story = self._told
        self._moments.put_back(name)
        self._ask("POST", f"/checkpoint/{_there(name)}/herstel")
        again = Story.on(self._stage, story.scenario, lambda _played: None, pace=self._pace)
        again.meet()
        self._spot, keys = self._kept[name]
        again.keys = dict(keys)
        self._story = again

    def both_ends(self) -> Sequence[Ends]:
        """Return the school of the story as both sides see it."""
        story = self._told
        acts = story.first
        inside = self._ask("GET", f"/schools/{acts.school}")
        record = record_of(story.stage, acts)
        register = record.register
        active = sum(1 for pupil in register.pupils if pupil.active)
        ledger = story.stage.desk.office.store.ledger(acts.school).read().entries
        return (
            Ends(
                what=_("koppeling"), las=_(inside["koppeling"]), desk=_(record.link.state.value) if record.link else "–"
            ),
            Ends(what=_("groepen"), las=str(inside["groepen"]), desk=str(sum(g.active for g in register.groups))),
            Ends(
                what=_("leerkrachten"),
                las=str(inside["leerkrachten"]),
                desk=str(sum(teacher.active for teacher in register.teachers)),
            ),
            Ends(what=_("leerlingen"), las=str(inside["leerlingen"]), desk=str(active)),
            Ends(what=_("resultaten"), las=str(inside["resultaten"]), desk=str(len(ledger))),
        )

    @property
    def _told(self) -> Story:
        if self._story is None:
            raise RefusedByState(_("Er is nog geen scenario gekozen."), todo=_("Kies eerst een scenario."))
        return self._story

    @property
    def _step(self) -> Step:
        return self._told.scenario.stap[self._spot.place]

    def _measure(self) -> Since:
        return since(self._told.stage, self._told.first)

    def _finish(self, spot: _Spot) -> _Spot:
        """Write down that a step is done, and from where the next one counts: people run ahead of the story."""
        done = replace(spot, done=True, after=self._measure())
        if self._spot is spot:  # somebody may have gone on meanwhile: the storyline looks from a thread of its own
            self._spot = done
        return done

    def _move(self, to: str) -> datetime:
        stage = self._story.stage if self._story else self._stage
        try:
            return stage.move({"naar": to})
        except httpx.HTTPError as error:
            raise _out_of_reach() from error

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, str]:
        try:
            answer: dict[str, str] = self._stage.ask(method, path, body)
        except httpx.HTTPError as error:
            raise _out_of_reach() from error
        return answer


def told(text: str) -> str:
    """Return a text of a scenario on one line, in the language in use."""
    line = " ".join(text.split())
    return _(line)


def _there(name: str) -> str:
    """Return what the simulator calls a moment: plain letters, whatever the trainer called it."""
    return f"oefening-{sha256(name.encode()).hexdigest()[:16]}"


def _out_of_reach() -> TryLater:
    return TryLater(_("De simulator antwoordt niet."), todo=_("Kijk of de oefenwereld nog draait."))

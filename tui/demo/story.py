"""Plays a scenario of `fixtures/scenarios` headless, on a real desk over real HTTP, to the end that its file states."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.desk.pace import PACE, Pace
from core.errors import KoppeldeskError
from core.language import _
from core.model import Kind, Secret
from core.scores.ledger import TO_SEND
from simulator.world.scenario_model import Act, Counts, DeskAct, Expected, LinkAct, Scenario, Step
from tui.demo.acts import SchoolActs
from tui.demo.results import Given, make_results, results_file
from tui.demo.reviewing import decide_all
from tui.demo.stage import MACHINE, SERVICE, Stage
from tui.demo.walk import Played

REASON = "volgens het scenario"


@dataclass(slots=True, kw_only=True)
class Story:
    """A scenario being played."""

    stage: Stage
    scenario: Scenario
    tell: Callable[[Played], None]
    pace: Pace = PACE
    exact: bool = True
    """Whether the counts of the file hold: they do for the seed that the file names."""
    failures: list[str] = field(default_factory=list)
    """What was not as the file says; empty = it ended as it should."""
    steps: list[Played] = field(default_factory=list)
    schools: dict[str, SchoolActs] = field(default_factory=dict)
    keys: dict[str, Secret] = field(default_factory=dict)
    _summary: Expected = field(default_factory=Expected)
    """What the next summary must show."""
    _made: int = 0

    @classmethod
    def on(
        cls,
        stage: Stage,
        scenario: Scenario,
        tell: Callable[[Played], None],
        *,
        pace: Pace = PACE,
        seed: int | None = None,
    ) -> Story:
        """Return a scenario ready to play; `stage` stands at the simulator that runs it with `seed`."""
        from tui.compose import build_desk

        stage.clock.put(datetime.fromisoformat(stage.ask("GET", "/tijd")["nu"]))
        desk = build_desk(stage.settings, clock=stage.clock)
        exact = seed in (None, scenario.zaad)
        return cls(stage=replace(stage, desk=desk), scenario=scenario, tell=tell, pace=pace, exact=exact)

    async def play(self) -> None:
        """Play every step in order; an error on the way is a failure with its sentences."""
        try:
            self.begin()
            for number, step in enumerate(self.scenario.stap, 1):
                await self._step(number, step)
        except KoppeldeskError as error:
            self.failures.append(str(error))

    def begin(self) -> None:
        """Make the schools of the story known to the test centre, with what it had of them."""
        self.meet()
        for acts in self.schools.values():
            acts.set_up()

    def meet(self) -> None:
        """Look the schools of the story up in the simulator."""
        lines = {f"{line['brin']}-{line['dependancecode']}": line for line in self.stage.ask("GET", "/schools")}
        for school in self.scenario.school:
            brin = school.brin if "-" in school.brin else f"{school.brin}-00"
            self.schools[school.brin] = SchoolActs(self.stage, lines[brin])

    @property
    def first(self) -> SchoolActs:
        """The school that the story is about."""
        return self.schools[self.scenario.school[0].brin]

    async def _step(self, number: int, step: Step) -> None:
        if step.verwacht.leerlingen is not None:
            self._summary = step.verwacht
        active = self._active()
        for act in step.doe:
            await self.act(act)
        before = len(self.failures)
        self._compare(step.verwacht)
        if step.verwacht.deactiveren == 0 and step.verwacht.leerlingen is None:
            self._expect(_("gedeactiveerd"), 0, active - self._active())
        for place in range(before, len(self.failures)):
            self.failures[place] = f"{number}. {_(step.titel)}: {self.failures[place]}"
        self.steps.append(Played(title=_(step.titel), found=_(step.wie.value)))
        self.tell(self.steps[-1])

    async def act(self, act: Act) -> None:
        """Do one act, whoever's it is; raises what is refused."""
        acts = self.schools[act.brin] if act.brin else self.first
        if act.koppeldesk is not None:
            await self._at_the_desk(act.koppeldesk, act, acts)
        elif act.parnassys is not None:
            answer = self.stage.ask("POST", f"/schools/{acts.school}/koppeling/{act.parnassys.value}")
            if act.parnassys is LinkAct.SET_KEY:
                self.keys[str(acts.school)] = Secret(answer["autorisatiesleutel"])
        elif act.gebeurtenis:
            wish = {"soort": act.gebeurtenis, "aantal": act.aantal} | ({"met": act.met} if act.met else {})
            self.stage.ask("POST", f"/schools/{acts.school}/gebeurtenis", wish)
        elif act.storing:
            self._trouble(act, acts)
        elif act.tijd:
            self.stage.move({"naar": f"{act.tijd}T08:00"})
        else:
            for _night in range(act.nachten):
                self.stage.move({"naar": "volgende-nacht"})

    def _trouble(self, act: Act, acts: SchoolActs) -> None:
        if act.storing == "geen":
            self.stage.ask("DELETE", "/storingen")
            return
        wish = {"soort": act.storing, "operatie": act.operatie, "nde": act.vanaf, "keren": act.keer or None}
        self.stage.ask("POST", "/storingen", wish | ({"school": str(acts.school)} if act.brin else {}))

    async def _at_the_desk(self, what: DeskAct, act: Act, acts: SchoolActs) -> None:
        desk, school, boss = self.stage.desk, acts.school, acts.boss
        match what:
            case DeskAct.REQUEST:
                acts.request()
            case DeskAct.OPEN:
                desk.links.open(SERVICE, school)
            case DeskAct.CLEAR:
                acts.clear()
            case DeskAct.SUBMIT:
                acts.apply(self._key(acts))
            case DeskAct.APPROVE:
                await acts.check()
                await acts.approve()
            case DeskAct.REJECT:
                desk.links.reject(SERVICE, school, REASON)
            case DeskAct.RENEW_KEY:
                desk.links.renew_key(boss, school, self._key(acts))
            case DeskAct.END:
                desk.links.end(SERVICE, school, REASON)
            case DeskAct.PULL:
                await desk.imports.pull(boss, school)
            case DeskAct.DECIDE:
                self.failures += decide_all(self.stage, boss, school)
            case DeskAct.IMPORT:
                self._import(acts)
            case DeskAct.ROLL_BACK:
                desk.imports.rollback(boss, school)
            case DeskAct.RESULTS:
                self._results(acts, act.aantal)
            case DeskAct.NIGHT:
                await desk.nights.run(MACHINE, pace=self.pace)

    def _key(self, acts: SchoolActs) -> Secret:
        """Return the key that was set last; when somebody else set it, a new one is set in its place."""
        if str(acts.school) not in self.keys:
            answer = self.stage.ask("POST", f"/schools/{acts.school}/koppeling/sleutel")
            self.keys[str(acts.school)] = Secret(answer["autorisatiesleutel"])
        return self.keys[str(acts.school)]

    def _import(self, acts: SchoolActs) -> None:
        """Look at the summary as its file says it must be, and import."""
        summary = self.stage.desk.imports.summary(acts.boss, acts.school)
        wanted: tuple[tuple[Kind, Counts | None], ...] = (
            (Kind.GROUP, self._summary.groepen),
            (Kind.TEACHER, self._summary.leerkrachten),
            (Kind.PUPIL, self._summary.leerlingen),
        )
        for kind, counts in wanted:
            tally = summary.plan.tallies[kind]
            if counts is not None and self.exact:
                self._expect(_("{kind} nieuw").format(kind=kind.value), counts.nieuw, tally.new)
                self._expect(_("{kind} te wijzigen").format(kind=kind.value), counts.bestaand, tally.to_change)
        if self.exact and self._summary.deactiveren is not None:
            self._expect(_("te deactiveren"), self._summary.deactiveren, len(summary.plan.leaving))
        self.stage.desk.imports.commit(acts.boss, acts.school, confirm=summary.asks_confirmation, seen=summary.seen)

    def _results(self, acts: SchoolActs, count: int) -> None:
        """Let the test centre have `count` results for pupils who are linked and active."""
        desk = self.stage.desk
        register = desk.register.show(SERVICE, acts.school)
        linked = replace(register, pupils=tuple(pupil for pupil in register.pupils if pupil.linked and pupil.active))
        self._made += 1
        chance = random.Random(f"{self.scenario.naam}/{self._made}")
        made: list[Given] = make_results(linked, desk.scores.catalogue, self.stage.clock.now().date(), chance)
        self._expect(_("gemaakte resultaten"), count, len(made[:count]))
        report = desk.scores.import_csv(SERVICE, results_file(acts.school, made[:count]), name="scenario.csv")
        self._expect(_("ingelezen resultaten"), count, report.new)

    def _compare(self, expected: Expected) -> None:
        acts = self.first
        if expected.koppeling:
            link = self.stage.desk.office.store.record(acts.school).read()
            found = link.link.state.value if link and link.link else ""
            self._expect(_("koppeling"), expected.koppeling, found)
        if expected.resultaten is not None:
            answer = self.stage.ask("GET", f"/schools/{acts.school}/resultaten")
            self._expect(_("resultaten in ParnasSys"), expected.resultaten, len(answer["resultaten"]))
        if expected.nagestuurd is not None:
            ledger = self.stage.desk.office.store.ledger(acts.school).read()
            waiting = [entry for entry in ledger.entries.values() if entry.state in TO_SEND]
            self._expect(_("resultaten die wachten"), expected.nagestuurd, len(waiting))

    def _active(self) -> int:
        return sum(1 for pupil in self.stage.desk.register.show(SERVICE, self.first.school).pupils if pupil.active)

    def _expect(self, what: str, wanted: object, found: object) -> None:
        if wanted != found:
            self.failures.append(_("{what}: verwacht {wanted}, gevonden {found}").format(
                what=what, wanted=wanted, found=found))  # fmt: skip

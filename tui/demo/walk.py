"""The whole workflow of workflow.md §2 to §4 without a screen, over real HTTP: what CI runs and trainers can read."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from core.desk.actor import Actor
from core.desk.pulling import ReviewMade
from core.errors import KoppeldeskError
from core.importing.decisions import Category, GiveEmail, Place, RowKey, Step
from core.importing.rows import Selection, Show
from core.importing.session import ReviewSession
from core.language import _, ngettext
from core.linking.checks import not_good
from core.model import Kind, SchoolId
from tui.commands.import_facts import PLURAL
from tui.demo.acts import SchoolActs
from tui.demo.results import Given, corrected, make_results, results_file
from tui.demo.stage import MACHINE, SERVICE, Stage
from tui.demo.truth import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """One step that was played."""

    title: str
    found: str
    """What came of it, in Dutch."""


@dataclass(slots=True)
class Walk:
    """One demo school taken through everything."""

    stage: Stage
    seed: int
    tell: Callable[[Played], None]
    steps: list[Played] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    """What was not as expected; empty = the demo succeeded."""
    left_out: frozenset[RowKey] = frozenset()
    """What was not imported: no results of these may arrive."""

    async def play(self) -> None:
        """Play every step in order."""
        acts = SchoolActs(self.stage, self.stage.ask("GET", "/schools")[0])
        self._did(_("Testcentrum"), _("{n} groepen, leerkrachten en leerlingen ingelezen").format(n=acts.set_up()))
        await self._link(acts)
        await self._import(acts.school, acts.boss)
        await self._export(acts.school)

    # --- §2 ----------------------------------------------------------------------------------------------------------

    async def _link(self, acts: SchoolActs) -> None:
        acts.request()
        self._did(_("Aangevraagd"), _("door {name}").format(name=acts.boss.name))
        acts.open()
        self._did(_("Opengezet in ParnasSys"), _("door {name}").format(name=SERVICE.name))
        key = acts.subscribe()
        self._did(_("Afgenomen, nieuwe autorisatiesleutel"), key.masked)
        preview = acts.clear()
        told = _("{eckid} te herkennen aan ECK iD, {name} aan naam en geboortedatum, {ambiguous} niet zeker")
        self._did(
            _("Externe nummers gewist"),
            told.format(eckid=preview.by_eckid, name=preview.by_name_and_birth, ambiguous=preview.ambiguous),
        )
        self._did(_("Ingediend"), _("schooljaar {year}").format(year=acts.apply(key)))
        outcomes = await acts.check()
        bad = not_good(outcomes)
        self._expect(not bad, _("controles niet goed: {names}").format(names=", ".join(_(o.check.value) for o in bad)))
        self._did(_("Controles"), _("{good} van {all} goed").format(good=len(outcomes) - len(bad), all=len(outcomes)))
        await acts.approve()
        self._did(_("Goedgekeurd"), _("door {name}").format(name=SERVICE.name))

    # --- §3 ----------------------------------------------------------------------------------------------------------

    async def _import(self, school: SchoolId, boss: Actor) -> None:
        imports = self.stage.desk.imports
        self.stage.ask("POST", f"/schools/{school}/gebeurtenis", {"soort": "leerling-weg", "aantal": 1})
        pulled = await imports.pull(boss, school)
        if not isinstance(pulled, ReviewMade):
            self._expect(False, _("er kwam niets uit ParnasSys"))
            return
        counts = ", ".join(f"{count} {_(name)}" for name, count in pulled.received.items())
        self._did(_("Opgehaald uit ParnasSys"), counts)
        session = imports.open(boss, school)
        truth = Truth.read(self.stage.ask("GET", f"/schools/{school}/waarheid"))
        wrong = truth.wrong_links(session)
        self._expect(not wrong, _("{n} automatische koppelingen kloppen niet").format(n=len(wrong)))
        self._review(boss, session, truth)
        summary = imports.summary(boss, school)
        self._expect(summary.ready, _("de import is nog niet klaar"))
        for kind in Kind:
            tally = summary.plan.tallies[kind]
            self._did(
                _("Samenvatting {kind}").format(kind=_(PLURAL[kind])),
                _("nieuw {new}, te wijzigen {change}").format(new=tally.new, change=tally.to_change),
            )
        leaving = len(summary.plan.leaving)
        self._expect(leaving > 0, _("er werd niemand gedeactiveerd"))
        imports.commit(boss, school, confirm=summary.asks_confirmation, seen=summary.seen)
        self._did(
            _("Gegevens geïmporteerd"),
            ngettext("{n} leerling gedeactiveerd", "{n} leerlingen gedeactiveerd", leaving).format(n=leaving),
        )

    def _review(self, boss: Actor, session: ReviewSession, truth: Truth) -> None:
        """Decide what the program left open, as a person who knows the school would."""
        imports = self.stage.desk.imports
        skipped = session.rows(Selection(kind=Kind.GROUP))[0]
        steps = session.steps.with_pupils(skipped.key, Category.SKIP)
        imports.decide(boss, session, steps)
        self.left_out = frozenset(step.key for step in steps)
        along = len(steps) - 1
        self._did(
            _("Groep niet geïmporteerd"), ngettext("met {n} leerling", "met {n} leerlingen", along).format(n=along)
        )
        by_hand = [self._by_hand(session, row.key, truth) for row in session.doubts()]
        # A person who knows the school also looks through who would be added, and finds who is there already.
        added = [
            row for kind in Kind for row in session.rows(Selection(kind=kind, category=Category.NEW)) if not row.doubt
        ]
        by_hand += [self._by_hand(session, row.key, truth) for row in added if truth.counterpart(row.key)]
        if not by_hand:
            linked = Selection(kind=Kind.PUPIL, category=Category.EXISTING, show=Show.CLEAR)
            by_hand = [self._by_hand(session, session.rows(linked)[0].key, truth)]
        for step in by_hand:
            imports.decide(boss, session, [step])
        self._did(
            _("Met de hand gekoppeld of nieuw"), ngettext("{n} rij", "{n} rijen", len(by_hand)).format(n=len(by_hand))
        )
        without = [problem.key for problem in session.problems() if problem.key.kind is Kind.TEACHER]
        for number, key in enumerate(without, 1):
            email = f"leerkracht{number}@school.example"
            imports.decide(boss, session, [GiveEmail(incoming=key.incoming, email=email)])
        self._did(
            _("E-mailadressen ingevuld"),
            ngettext("{n} leerkracht", "{n} leerkrachten", len(without)).format(n=len(without)),
        )

    def _by_hand(self, session: ReviewSession, key: RowKey, truth: Truth) -> Step:
        existing = truth.counterpart(key)
        if existing is None:
            return Place(kind=key.kind, incoming=key.incoming, category=Category.NEW)
        found = [option.counterpart.id for option in session.find_existing(key, limit=2000)]
        self._expect(existing in found, _("koppeling aanpassen vond iemand niet"))
        return session.steps.moved(key, Category.EXISTING, existing)

    # --- §4 ----------------------------------------------------------------------------------------------------------

    async def _export(self, school: SchoolId) -> None:
        desk = self.stage.desk
        register = desk.register.show(SERVICE, school)
        given = make_results(register, desk.scores.catalogue, self._today(), random.Random(self.seed))
        self._take_in(school, given)
        await self._night(school)
        again = corrected(given, random.Random(self.seed + 1))
        self._take_in(school, again)
        await self._night(school)
        self._compare(school, {**{one.place: one for one in given}, **{one.place: one for one in again}})

    def _take_in(self, school: SchoolId, given: list[Given]) -> None:
        report = self.stage.desk.scores.import_csv(SERVICE, results_file(school, given), name="demo.csv")
        self._expect(report.stored, "; ".join(str(problem) for problem in report.problems[:3]))
        self._did(
            _("Resultaten ingelezen"),
            _("{new} nieuw, {corrected} gecorrigeerd").format(new=report.new, corrected=report.corrected),
        )

    async def _night(self, school: SchoolId) -> None:
        night = await self.stage.desk.nights.run(MACHINE, schools=[school])
        told = _("{sent} verzonden, {confirmed} bevestigd, {rejected} afgekeurd")
        self._did(
            _("Nachtelijke run"), told.format(sent=night.sent, confirmed=night.confirmed, rejected=night.rejected)
        )

    def _compare(self, school: SchoolId, given: dict[object, Given]) -> None:
        """Hold what ParnasSys has against what it should have: told by the truth, not by our own books."""
        answer = self.stage.ask("GET", f"/schools/{school}/resultaten")
        truth = Truth.read(self.stage.ask("GET", f"/schools/{school}/waarheid"))
        register = self.stage.desk.register.show(SERVICE, school)
        expected = truth.expected(given.values(), register, self.left_out)
        found = sorted(Truth.arrived(answer["resultaten"]))
        self._expect(
            found == expected,
            _("ParnasSys heeft {found} resultaten, verwacht {expected}; {missing} ontbreken, {extra} te veel").format(
                found=len(found),
                expected=len(expected),
                missing=len(set(expected) - set(found)),
                extra=len(set(found) - set(expected)),
            ),
        )
        self._expect(not any(answer["overtredingen"].values()), _("de simulator telde overtredingen"))
        self._did(_("ParnasSys heeft"), _("{n} resultaten, precies de verwachte").format(n=len(found)))

    # --- telling -----------------------------------------------------------------------------------------------------

    def _did(self, title: str, found: str) -> None:
        played = Played(title=title, found=found)
        self.steps.append(played)
        self.tell(played)

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            self.failures.append(otherwise)

    def _today(self) -> date:
        return self.stage.desk.office.clock.now().date()


async def walk(stage: Stage, seed: int, tell: Callable[[Played], None]) -> Walk:
    """Play the workflow; an error on the way is a failure with its sentences."""
    walked = Walk(stage=stage, seed=seed, tell=tell)
    try:
        await walked.play()
    except KoppeldeskError as error:
        walked.failures.append(str(error))
    return walked

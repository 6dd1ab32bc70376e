"""What people do for one school on the stage, on both sides of the link, act by act."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from core.desk.actor import Actor
from core.desk.checking import Application
from core.importing.externals import Recognition
from core.linking.checks import CheckOutcome
from core.model import Administrator, School, SchoolId, SchoolYear, Secret
from tui.demo.stage import SERVICE, Stage, administrator_of


class SchoolActs:
    """One school of the simulator, and what is done about it."""

    def __init__(self, stage: Stage, line: dict[str, Any]) -> None:
        self.stage = stage
        self.line = line
        self.school = SchoolId(line["brin"], line["dependancecode"])

    @cached_property
    def inside(self) -> dict[str, Any]:
        """What the simulator tells of the school."""
        inside: dict[str, Any] = self.stage.ask("GET", f"/schools/{self.school}")
        return inside

    @property
    def boss(self) -> Actor:
        """The school's administrator."""
        return administrator_of(self.school, self.inside["beheerder"])

    def set_up(self) -> int:
        """Make the school known to the test centre with last year's records; return how many."""
        people = (Administrator(name=self.inside["beheerder"], email=self.inside["email"]),)
        school = School(id=self.school, name=self.line["naam"], place=self.line["plaats"], administrators=people)
        self.stage.desk.schools.add(SERVICE, school)
        roster = self.stage.ask("GET", f"/schools/{self.school}/testcentrum")
        return self.stage.desk.register.take_in(SERVICE, self.school, roster.encode()).total

    def request(self) -> None:
        """The school asks for the link."""
        self.stage.desk.links.request(self.boss, self.school)

    def open(self) -> None:
        """Customer service opens the link in ParnasSys, and says so."""
        self.stage.ask("POST", f"/schools/{self.school}/koppeling/open")
        self.stage.desk.links.open(SERVICE, self.school)

    def subscribe(self) -> Secret:
        """The school subscribes in ParnasSys and sets a key there."""
        self.stage.ask("POST", f"/schools/{self.school}/koppeling/afnemen")
        answer = self.stage.ask("POST", f"/schools/{self.school}/koppeling/sleutel")
        return Secret(answer["autorisatiesleutel"])

    def clear(self) -> Recognition:
        """The school clears the old external numbers; return what that was said to mean."""
        preview = self.stage.desk.links.clear_preview(self.boss, self.school)
        if preview.anything:
            self.stage.desk.links.clear_external(self.boss, self.school)
        return preview

    def apply(self, key: Secret) -> SchoolYear:
        """The school submits its application."""
        year = SchoolYear.of(self.stage.desk.office.clock.now().date())
        self.stage.desk.links.apply(self.boss, self.school, Application(key=key, school_year=year))
        return year

    async def check(self) -> Sequence[CheckOutcome]:
        """Customer service looks at the checks."""
        return await self.stage.desk.links.check(SERVICE, self.school)

    async def approve(self) -> None:
        """Customer service approves."""
        await self.stage.desk.links.approve(SERVICE, self.school)

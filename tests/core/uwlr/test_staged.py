"""Retrieval in steps: in the order of the standard, everything or nothing new, never a mix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from core.errors import UnreadableReply
from core.model import IncomingGroup, IncomingPupil, LasKey, PersonName
from core.uwlr.reading import Contents, Head, Nothing, Unchanged
from core.uwlr.requests import GroupSet
from core.uwlr.rosters import assemble
from core.uwlr.staged import GROUPS_PER_CALL, Part, fetch
from core.wire.names import HAAL_LEERKRACHTEN, HAAL_LEERLINGEN, HAAL_STRUCTUUR, Operation

from .samples import NOW, SCHOOL, YEAR

HEAD = Head(school_year="2026-2027", brin="99XX", dependance="01")
GROUPS = [IncomingGroup(key=LasKey(f"g{n}"), name=f"{n}", year="3") for n in range(3)]


def a_pupil(number: int, group: str = "g0", surname: str = "Berg") -> IncomingPupil:
    return IncomingPupil(key=LasKey(str(number)), name=PersonName(surname=surname), group=LasKey(group))


@dataclass
class Las:
    """A LAS that remembers what it was asked; `unchanged` says for which operations nothing is new."""

    groups: list[IncomingGroup] = field(default_factory=lambda: GROUPS)
    pupils: Callable[[GroupSet], Part] = lambda _groups: Contents(head=HEAD, pupils=[a_pupil(1)])
    unchanged: frozenset[Operation] = frozenset()
    asked: list[tuple[str, bool, tuple[str, ...], bool]] = field(default_factory=list)

    async def ask(self, operation: Operation, since: datetime | None, of: GroupSet | None) -> Part:
        keys = tuple(group.key for group in of.groups) if of else ()
        self.asked.append((operation.name, since is not None, keys, bool(of and of.loose)))
        if since is not None and operation in self.unchanged:
            return Unchanged()
        if operation is HAAL_STRUCTUUR:
            return Contents(head=HEAD, groups=list(self.groups))
        return self.pupils(of or GroupSet()) if operation is HAAL_LEERLINGEN else Nothing()


async def test_structure_comes_first_and_whoever_is_in_no_group_is_asked_for_too() -> None:
    las = Las()
    parts = await fetch(las.ask, None)
    assert las.asked == [
        ("HaalStructuur", False, (), False),
        ("HaalLeerlingen", False, ("g0", "g1", "g2"), True),
        ("HaalLeerkrachten", False, ("g0", "g1", "g2"), True),
    ]
    assert isinstance(parts, list)
    assert len(assemble(parts, SCHOOL, YEAR, NOW).pupils) == 1


async def test_many_groups_are_asked_for_in_sets() -> None:
    groups = [IncomingGroup(key=LasKey(f"g{n}"), name="x", year="3") for n in range(GROUPS_PER_CALL + 1)]
    las = Las(groups=groups)
    await fetch(las.ask, None)
    sets = [(len(keys), loose) for name, _since, keys, loose in las.asked if name == "HaalLeerlingen"]
    assert sets == [(GROUPS_PER_CALL, True), (1, False)]


async def test_nothing_new_needs_every_step_to_say_so() -> None:
    everything = frozenset({HAAL_STRUCTUUR, HAAL_LEERLINGEN, HAAL_LEERKRACHTEN})
    assert await fetch(Las(unchanged=everything).ask, NOW) == Unchanged()


async def test_steps_that_did_not_change_are_asked_for_again_when_others_did() -> None:
    las = Las(unchanged=frozenset({HAAL_STRUCTUUR, HAAL_LEERLINGEN}))
    parts = await fetch(las.ask, NOW)
    assert isinstance(parts, list)
    assert len(assemble(parts, SCHOOL, YEAR, NOW).groups) == 3
    assert [(name, since) for name, since, _keys, _loose in las.asked] == [
        ("HaalStructuur", True),
        ("HaalStructuur", False),
        ("HaalLeerlingen", True),
        ("HaalLeerkrachten", True),
        ("HaalLeerlingen", False),
    ]


async def test_a_school_without_pupils_is_no_data() -> None:
    assert await fetch(Las(pupils=lambda _groups: Nothing()).ask, None) == Nothing()


async def test_a_pupil_who_comes_with_two_sets_counts_once() -> None:
    groups = [IncomingGroup(key=LasKey(f"g{n}"), name="x", year="3") for n in range(GROUPS_PER_CALL + 1)]
    parts = await fetch(Las(groups=groups).ask, None)
    assert isinstance(parts, list)
    assert len(assemble(parts, SCHOOL, YEAR, NOW).pupils) == 1


async def test_a_pupil_who_differs_between_sets_makes_the_answer_unreadable() -> None:
    groups = [IncomingGroup(key=LasKey(f"g{n}"), name="x", year="3") for n in range(GROUPS_PER_CALL + 1)]

    def pupils(of: GroupSet) -> Part:
        return Contents(head=HEAD, pupils=[a_pupil(1, surname="Berg" if of.loose else "Dal")])

    parts = await fetch(Las(groups=groups, pupils=pupils).ask, None)
    assert isinstance(parts, list)
    with pytest.raises(UnreadableReply, match="verschilt"):
        assemble(parts, SCHOOL, YEAR, NOW)

"""Every use case of the desk asks first who wants it: a stranger gets nothing of a school, a lezer changes nothing."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from core.desk import Desk
from core.desk.actor import Actor
from core.errors import RefusedByRole
from core.linking.link import LinkState
from core.model import School
from tests.core.desk.office import READER, SCHOOL, STRANGER, Bureau

ROOMS = [name for name, value in vars(Desk).items() if isinstance(value, cached_property)]
LOOKING = frozenset(
    {
        "access.show", "doctor.examine", "elsewhere.show", "imports.history", "imports.open", "imports.rollback_preview",
        "imports.summary", "links.clear_preview", "links.course", "logs.export", "logs.read", "logs.verify",
        "mail.read", "mail.show", "messages.show", "night_imports.held", "nights.causes", "nights.last",
        "nights.page", "presence.enter", "presence.others", "privacy.overdue", "privacy.overview", "register.care",
        "register.export", "register.pupils", "register.show", "schools.show", "scores.history",
        "scores.levels", "scores.status", "worklist.lines", "worklist.search", "worklist.show",
    }
)  # fmt: skip
"""Use cases that change nothing, which a lezer may ask for."""


def use_cases() -> Iterator[str]:
    """Yield every public method of every room that acts for somebody."""
    desk = Desk.__new__(Desk)
    desk.office = Bureau(Path("/nonexistent")).office
    for room in ROOMS:
        for name, method in inspect.getmembers(getattr(desk, room), inspect.ismethod):
            parameters = inspect.signature(method).parameters
            # Who has a session in hand got it from `imports.open`, which is asked here.
            if not name.startswith("_") and "actor" in parameters and "session" not in parameters:
                yield f"{room}.{name}"


async def ask(bureau: Bureau, use_case: str, actor: Actor) -> None:
    """Ask for a use case with nothing but an actor and a school; the role is looked at before anything else."""
    room, name = use_case.split(".")
    method = getattr(getattr(bureau.desk, room), name)
    given: dict[str, Any] = {"actor": actor, "school": SCHOOL}
    parameters = inspect.signature(method).parameters
    if "School" in str(parameters.get("school", "")).replace("SchoolId", ""):
        given["school"] = School(id=SCHOOL, name="De Regenboog")
    needed = [p.name for p in parameters.values() if p.default is p.empty and p.kind is not p.VAR_POSITIONAL]
    outcome = method(**{name: given.get(name) for name in {*needed, *({"school"} & parameters.keys())}})
    if inspect.isawaitable(outcome):
        await outcome


def of_one_school() -> list[str]:
    """Return the use cases that are about one school."""
    desk = Desk(Bureau(Path("/nonexistent")).office)
    found = []
    for use_case in use_cases():
        room, name = use_case.split(".")
        if "school" in inspect.signature(getattr(getattr(desk, room), name)).parameters:
            found.append(use_case)
    return found


def test_the_list_of_what_only_looks_names_use_cases_that_are_there() -> None:
    assert set(use_cases()) >= LOOKING


@pytest.mark.parametrize("use_case", of_one_school())
async def test_a_stranger_gets_nothing_of_a_school_and_leaves_only_an_audit_line(tmp_path: Path, use_case: str) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    before = {path: path.read_bytes() for path in (tmp_path / "schools").rglob("*") if path.is_file()}
    with pytest.raises(RefusedByRole):
        await ask(bureau, use_case, STRANGER)
    assert {path: path.read_bytes() for path in (tmp_path / "schools").rglob("*") if path.is_file()} == before
    assert [entry.refused for entry in bureau.store.audit().read()] == [True]


@pytest.mark.parametrize("use_case", sorted(set(use_cases()) - LOOKING))
async def test_a_lezer_changes_nothing(tmp_path: Path, use_case: str) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    with pytest.raises(RefusedByRole):
        await ask(bureau, use_case, READER)
    assert [entry.refused for entry in bureau.store.audit().read()] == [True]

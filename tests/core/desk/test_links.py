"""The link's use cases: along the drawing, within the role, recorded, and told to the school."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from inspect import isawaitable
from pathlib import Path

import pytest

from core.desk.actor import Act, Actor
from core.errors import RefusedByRole, RefusedByState, SchoolMustAct, TryLater
from core.linking.link import LinkState, Move, Party
from core.linking.moves import TABLE
from core.model import Register, SchoolId, Secret
from tests.core.desk.applying import FORM, REFUSED_KEY
from tests.core.desk.office import ACTORS, ADMINISTRATOR, NIGHT, READER, SCHOOL, SERVICE, STRANGER, Bureau
from tests.core.desk.school_year import a_bureau
from tests.core.importing.build import a_group, a_roster, an_incoming_group, incoming_people, people

Doing = Callable[[Bureau, Actor], object | Awaitable[object]]
MOVES: dict[Move, tuple[Act, Doing]] = {
    Move.REQUEST: (Act.REQUEST_LINK, lambda b, a: b.desk.links.request(a, SCHOOL)),
    Move.OPEN: (Act.OPEN_LINK, lambda b, a: b.desk.links.open(a, SCHOOL)),
    Move.REFUSE: (Act.OPEN_LINK, lambda b, a: b.desk.links.refuse(a, SCHOOL, "geen klant")),
    Move.APPLY: (Act.APPLY_LINK, lambda b, a: b.desk.links.apply(a, SCHOOL, FORM)),
    Move.APPROVE: (Act.DECIDE_LINK, lambda b, a: b.desk.links.approve(a, SCHOOL)),
    Move.REJECT: (Act.DECIDE_LINK, lambda b, a: b.desk.links.reject(a, SCHOOL, "sleutel klopt niet")),
    Move.RENEW_KEY: (Act.RENEW_KEY, lambda b, a: b.desk.links.renew_key(a, SCHOOL, Secret("nieuw"))),
    Move.NEW_YEAR: (Act.RENEW_KEY, lambda b, a: b.desk.links.new_year(a, SCHOOL)),
    Move.END: (Act.END_LINK, lambda b, a: b.desk.links.end(a, SCHOOL, "school stopt")),
}
"""What a person can do to a link. `activeren`, `storing melden` and `herstellen` follow from imports and calls."""


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("what", MOVES)
@pytest.mark.parametrize("state", [None, *LinkState])
async def test_a_move_is_made_where_drawing_and_role_allow_it_and_refused_with_a_reason_elsewhere(
    tmp_path: Path, state: LinkState | None, what: Move, who: str
) -> None:
    """Allowed by role and drawing: done, one audit line. Otherwise refused with a reason, and only the audit line."""
    bureau, actor = Bureau(tmp_path), ACTORS[who]
    bureau.with_school(state)
    before = bureau.store.record(SCHOOL).path.read_bytes()
    act, do = MOVES[what]
    error: RefusedByRole | RefusedByState | None = None
    try:
        outcome = do(bureau, actor)
        if isawaitable(outcome):
            await outcome
    except (RefusedByRole, RefusedByState) as refusal:
        error = refusal
    trail = [entry for entry in bureau.store.audit().read() if entry.subject != "controles"]
    if actor.may(act, SCHOOL) and state in TABLE[what][0]:
        assert error is None
        link = bureau.record().link
        assert link is not None
        assert link.state is (TABLE[what][1] or state)
        assert (link.steps[-1].move, link.steps[-1].by) == (what, actor.name)
        assert [(line.act, line.by, line.to, line.refused) for line in trail] == [
            (act.value, actor.name, link.state.value, False)
        ]
        assert trail[0].on_behalf is (
            who in ("klantenservice", "trainer") and what in (Move.REQUEST, Move.APPLY, Move.RENEW_KEY, Move.NEW_YEAR)
        )
    else:
        assert isinstance(error, RefusedByState if actor.may(act, SCHOOL) else RefusedByRole)
        assert error.what
        assert error.todo
        assert bureau.store.record(SCHOOL).path.read_bytes() == before
        assert bureau.post.letters == []
        assert [(line.act, line.refused) for line in trail] == [(act.value, True)]


@pytest.mark.parametrize("state", [None, *LinkState])
def test_a_refusal_by_parnassys_disturbs_only_an_active_link_and_the_next_success_mends_it(
    tmp_path: Path, state: LinkState | None
) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(state)
    bureau.desk.links.report_call(NIGHT, SCHOOL, TryLater("even niet"))
    link = bureau.record().link
    assert (link.state if link else None) is state
    bureau.desk.links.report_call(NIGHT, SCHOOL, REFUSED_KEY)
    link = bureau.record().link
    if state is LinkState.ACTIVE:
        assert link is not None
        assert (link.state, link.cause, link.blame) == (LinkState.DISTURBED, REFUSED_KEY.what, Party.SCHOOL)
        assert bureau.store.lines()[0].waits_for == "school"
        bureau.desk.links.report_call(NIGHT, SCHOOL, None)
        link = bureau.record().link
        assert link is not None
        assert (link.state, link.cause) == (LinkState.ACTIVE, "")
    else:
        assert (link.state if link else None) is state


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("state", [None, *LinkState])
@pytest.mark.parametrize("error", [REFUSED_KEY, None], ids=["storing melden", "herstellen"])
def test_trouble_with_calls_moves_a_link_only_along_the_drawing_and_only_for_who_imports(
    tmp_path: Path, error: SchoolMustAct | None, state: LinkState | None, who: str
) -> None:
    bureau, actor = Bureau(tmp_path), ACTORS[who]
    bureau.with_school(state)
    before = bureau.store.record(SCHOOL).path.read_bytes()
    what = Move.DISTURB if error else Move.RECOVER
    if not actor.may(Act.REVIEW, SCHOOL):
        with pytest.raises(RefusedByRole):
            bureau.desk.links.report_call(actor, SCHOOL, error)
    else:
        bureau.desk.links.report_call(actor, SCHOOL, error)
    trail = list(bureau.store.audit().read())
    if actor.may(Act.REVIEW, SCHOOL) and state in TABLE[what][0]:
        link = bureau.record().link
        assert link is not None
        assert link.state is TABLE[what][1]
        assert [(line.came_from, line.to) for line in trail] == [(state, link.state.value)]
    else:
        assert bureau.store.record(SCHOOL).path.read_bytes() == before
        assert [line.refused for line in trail] == ([] if actor.may(Act.REVIEW, SCHOOL) else [True])


@pytest.mark.parametrize("who", ACTORS)
@pytest.mark.parametrize("state", [None, *LinkState])
async def test_the_first_commit_makes_an_approved_link_active_and_no_other(
    tmp_path: Path, state: LinkState | None, who: str
) -> None:
    """`activeren`: every state and role, with a review that is ready to be committed."""
    actor = ACTORS[who]
    answer = a_roster([an_incoming_group("g5", "Groep 5")], [], incoming_people(4))
    bureau = a_bureau(tmp_path, answer, Register(groups=(a_group("G5", "Groep 5"),), pupils=people(4)))
    await bureau.desk.imports.pull(ADMINISTRATOR, SCHOOL)
    with bureau.store.record(SCHOOL).edit() as draft:
        assert draft.value is not None
        link = draft.value.link
        assert link is not None
        draft.value = replace(draft.value, link=replace(link, state=state) if state else None)
    before = bureau.store.record(SCHOOL).path.read_bytes()
    seen = bureau.store.audit().append()
    error: RefusedByRole | RefusedByState | None = None
    try:
        bureau.desk.imports.commit(actor, SCHOOL)
    except (RefusedByRole, RefusedByState) as refusal:
        error = refusal
    trail = list(bureau.store.audit().read(seen))
    allowed = state in (LinkState.APPROVED, LinkState.ACTIVE, LinkState.DISTURBED)
    if actor.may(Act.COMMIT, SCHOOL) and allowed:
        assert error is None
        after = bureau.record().link
        assert after is not None
        assert after.state is (LinkState.ACTIVE if state is LinkState.APPROVED else state)
        moves = [(line.came_from, line.to) for line in trail if line.came_from]
        assert moves == ([("goedgekeurd", "actief")] if state is LinkState.APPROVED else [])
    else:
        assert isinstance(error, RefusedByState if actor.may(Act.COMMIT, SCHOOL) else RefusedByRole)
        assert bureau.store.record(SCHOOL).path.read_bytes() == before
        assert [(line.act, line.refused) for line in trail] == [(Act.COMMIT.value, True)]


def test_who_may_not_import_may_not_disturb_a_link(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    for actor in (READER, STRANGER):
        with pytest.raises(RefusedByRole):
            bureau.desk.links.report_call(actor, SCHOOL, REFUSED_KEY)


def test_locations_of_one_brin_have_links_of_their_own(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    annex = SchoolId("12AB", "01")
    bureau.with_school()
    bureau.with_school(school=annex, name="De Regenboog, Noord")
    bureau.desk.links.request(SERVICE, annex)
    assert [(str(line.id), line.state) for line in bureau.store.lines()] == [
        ("12AB-00", ""),
        ("12AB-01", "aangevraagd"),
    ]
    with pytest.raises(RefusedByRole):
        bureau.desk.links.course(ADMINISTRATOR, annex)


def test_a_school_that_is_not_there_and_one_that_is_not_yours_are_refused_in_the_same_words(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.REQUESTED)
    with pytest.raises(RefusedByRole) as absent:
        bureau.desk.links.course(SERVICE, SchoolId("99ZZ"))
    with pytest.raises(RefusedByRole) as hidden:
        bureau.desk.links.course(STRANGER, SCHOOL)
    assert str(absent.value).replace("99ZZ", "12AB") == str(hidden.value)

"""The link's use cases: along the drawing, within the role, recorded, and told to the school."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from inspect import isawaitable
from pathlib import Path

import pytest

from core.clock import AMSTERDAM
from core.desk import Desk
from core.desk.actor import Act, Actor
from core.desk.checking import Application
from core.errors import RefusedByRole, RefusedByState, SchoolMustAct, TryLater, UnreadableInput
from core.linking.checks import Check, Outcome
from core.linking.link import LinkState, Move, Party
from core.linking.moves import TABLE
from core.mail import letters
from core.model import EckId, Group, GroupId, PersonName, Pupil, PupilId, Register, SchoolId, SchoolYear, Secret
from tests.core.desk.office import (
    ACTORS,
    ADMINISTRATOR,
    KEY,
    NIGHT,
    READER,
    SCHOOL,
    SERVICE,
    STRANGER,
    YEAR,
    Bureau,
    ObedientSupplier,
)
from tests.core.desk.school_year import a_bureau
from tests.core.importing.build import a_group, a_roster, an_incoming_group, incoming_people, people

FORM = Application(key=Secret(KEY), school_year=YEAR)
REFUSED_KEY = SchoolMustAct("ParnasSys weigert de sleutel.", todo="Vraag de school om een nieuwe sleutel.")

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
async def test_every_state_every_move_every_role(tmp_path: Path, state: LinkState | None, what: Move, who: str) -> None:
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


async def test_the_whole_activation_with_a_letter_at_each_step_the_school_waits_for(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    links = bureau.desk.links
    links.request(SERVICE, SCHOOL)
    links.open(SERVICE, SCHOOL)
    links.apply(ADMINISTRATOR, SCHOOL, FORM)
    links.reject(SERVICE, SCHOOL, "verkeerde school")
    links.apply(ADMINISTRATOR, SCHOOL, FORM)
    link = await links.approve(SERVICE, SCHOOL)
    assert link.state is LinkState.APPROVED
    assert [type(letter) for letter in bureau.post.letters] == [
        letters.RequestConfirmed,
        letters.LinkOpened,
        letters.ApplicationReceived,
        letters.Rejected,
        letters.ApplicationReceived,
        letters.Approved,
    ]
    assert len({letter.about for letter in bureau.post.letters}) == 6
    assert isinstance(bureau.post.letters[3], letters.Rejected)
    assert bureau.post.letters[3].reason == "verkeerde school"
    assert bureau.las.probed[-1].key.reveal() == KEY
    assert bureau.desk.logs.verify(SERVICE).whole


def test_in_a_demo_the_act_at_the_desk_opens_the_link_in_parnassys_and_fails_with_it(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.REQUESTED)
    supplier = ObedientSupplier(TryLater("De nagebouwde ParnasSys gaf geen antwoord."))
    desk = Desk(replace(bureau.office, supplier=supplier))
    with pytest.raises(TryLater):
        desk.links.open(SERVICE, SCHOOL)
    assert bureau.store.lines()[0].state == "aangevraagd"
    assert bureau.post.letters == []
    supplier.error = None
    desk.links.open(SERVICE, SCHOOL)
    assert supplier.opened == [SCHOOL]
    with pytest.raises(RefusedByState):
        desk.links.open(SERVICE, SCHOOL)
    assert supplier.opened == [SCHOOL]


async def test_a_pasted_key_loses_spaces_and_line_ends_and_is_kept_encrypted_and_shown_masked(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    pasted = f"  {KEY[:8]}\r\n{KEY[8:]}\u200b \n"
    link = bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, Application(key=Secret(pasted), school_year=YEAR))
    assert link.key_tail == "••••7Q2F"
    assert bureau.desk.links.reveal_key(ADMINISTRATOR, SCHOOL) == KEY
    assert list(bureau.store.audit().read())[-1].act == Act.REVEAL_KEY.value
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()
    with pytest.raises(RefusedByRole):
        bureau.desk.links.reveal_key(READER, SCHOOL)


@pytest.mark.parametrize(
    ("form", "error", "says"),
    [
        (Application(key=Secret(" \n"), school_year=YEAR), UnreadableInput, "leeg"),
        (Application(key=Secret("x" * 65), school_year=YEAR), UnreadableInput, "65 tekens"),
        (Application(key=Secret("sleutel\u00e9"), school_year=YEAR), UnreadableInput, "tekens die er niet in horen"),
        (Application(key=Secret(KEY), school_year=YEAR, school_key="x"), UnreadableInput, "SchoolKey"),
        (Application(key=Secret(KEY), school_year=YEAR.previous), RefusedByState, "2025-2026"),
    ],
)
def test_a_field_that_cannot_be_right_is_named_with_what_to_do(
    tmp_path: Path, form: Application, error: type[Exception], says: str
) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    with pytest.raises(error, match=says):
        bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, form)
    assert bureau.record().link is not None
    assert bureau.store.lines()[0].state == LinkState.OPENED.value


def test_external_numbers_must_be_empty_before_applying(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    old = Register(
        groups=(Group(id=GroupId("g"), name="5", external="17"),),
        pupils=(Pupil(id=PupilId("p"), name=PersonName(surname="Smit"), external="4"),),
    )
    bureau.with_register(old)
    with pytest.raises(RefusedByState, match="2 externe nummers") as told:
        bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, FORM)
    assert "geen toetsgegevens" in told.value.todo


def test_cleared_numbers_are_kept_aside_counted_and_put_back(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    twin = PersonName(surname="Smit", call_name="Sem")
    born = date(2017, 3, 12)
    old = Register(
        groups=(Group(id=GroupId("g"), name="5", external="17"),),
        pupils=(
            Pupil(id=PupilId("a"), name=twin, born=born, external="1"),
            Pupil(id=PupilId("b"), name=twin, born=born, external="2"),
            Pupil(id=PupilId("c"), name=PersonName(surname="Bos", call_name="Fien"), born=born, external="3"),
            Pupil(id=PupilId("d"), name=twin, born=born, external="4", eckid=EckId("https://ketenid.example/1")),
        ),
    )
    bureau.with_register(old)
    preview = bureau.desk.links.clear_preview(ADMINISTRATOR, SCHOOL)
    assert (preview.pupils, preview.by_eckid, preview.by_name_and_birth, preview.ambiguous) == (4, 1, 1, 2)
    assert bureau.desk.links.clear_external(ADMINISTRATOR, SCHOOL) == preview
    assert bureau.desk.schools.show(SERVICE, SCHOOL).externals == 0
    bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, FORM)
    with pytest.raises(RefusedByState, match="geen externe nummers"):
        bureau.desk.links.clear_external(ADMINISTRATOR, SCHOOL)
    bureau.desk.links.restore_external(ADMINISTRATOR, SCHOOL)
    assert bureau.record().register == old
    with pytest.raises(RefusedByState, match="geen bewaarde"):
        bureau.desk.links.restore_external(ADMINISTRATOR, SCHOOL)
    assert "Smit" not in (tmp_path / "audit.jsonl").read_text()


@pytest.mark.parametrize("state", [LinkState.ACTIVE, LinkState.DISTURBED])
def test_the_numbers_of_a_link_in_use_are_not_cleared(tmp_path: Path, state: LinkState) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(state)
    bureau.with_register(Register(groups=(Group(id=GroupId("g"), name="5", external="17"),)))
    for forbidden in (bureau.desk.links.clear_external, bureau.desk.links.restore_external):
        with pytest.raises(RefusedByState):
            forbidden(SERVICE, SCHOOL)
    with pytest.raises(RefusedByRole):
        bureau.desk.links.clear_external(READER, SCHOOL)
    assert bureau.desk.schools.show(SERVICE, SCHOOL).externals == 0, "nobody is told to clear them"


async def test_every_check_is_there_with_its_outcome_and_what_to_do(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.OPENED)
    bureau.las.error = REFUSED_KEY
    before = await bureau.desk.links.preview(ADMINISTRATOR, SCHOOL, FORM)
    assert [check.check for check in before] == list(Check)
    bureau.desk.links.apply(ADMINISTRATOR, SCHOOL, FORM)
    checks = await bureau.desk.links.check(SERVICE, SCHOOL)
    assert [check.outcome for check in checks] == [Outcome.GOOD] * 6 + [Outcome.BAD]
    assert (checks[-1].finding, checks[-1].remedy) == (REFUSED_KEY.what, REFUSED_KEY.todo)
    assert bureau.store.lines()[0].detail == "verbinding ✗"


async def test_an_application_with_a_bad_check_is_not_approved_and_an_undone_check_asks_for_a_reason(
    tmp_path: Path,
) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.SUBMITTED)
    bureau.las.error = REFUSED_KEY
    with pytest.raises(RefusedByState, match="weigert"):
        await bureau.desk.links.approve(SERVICE, SCHOOL, "toch maar")
    bureau.las.error = TryLater("ParnasSys is niet te bereiken.")
    with pytest.raises(RefusedByState, match="niet te bereiken"):
        await bureau.desk.links.approve(SERVICE, SCHOOL)
    await bureau.desk.links.approve(SERVICE, SCHOOL, "ParnasSys is in onderhoud, sleutel eerder gecontroleerd")
    assert bureau.record().link is not None
    assert list(bureau.store.audit().read())[-1].why.startswith("ParnasSys is in onderhoud")


async def test_an_application_whose_key_is_renewed_during_the_checks_is_not_approved_unchecked(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.SUBMITTED)
    bureau.las.while_probing = lambda: bureau.desk.links.renew_key(SERVICE, SCHOOL, Secret("een-andere-sleutel"))
    with pytest.raises(RefusedByState, match="nog niet gedaan"):
        await bureau.desk.links.approve(SERVICE, SCHOOL)
    link = bureau.record().link
    assert link is not None and link.state is LinkState.SUBMITTED


async def test_a_new_key_is_put_in_place_without_losing_the_link(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    bureau.desk.links.renew_key(ADMINISTRATOR, SCHOOL, Secret("nieuwe-sleutel-8888 \n"))
    assert bureau.desk.links.reveal_key(SERVICE, SCHOOL) == "nieuwe-sleutel-8888"
    assert bureau.desk.links.address(bureau.record()).key.reveal() == "nieuwe-sleutel-8888"
    with pytest.raises(UnreadableInput):
        bureau.desk.links.renew_key(ADMINISTRATOR, SCHOOL, Secret(" "))


async def test_the_first_of_august_asks_for_a_check_and_not_for_a_new_application(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    bureau.with_register(Register(groups=(Group(id=GroupId("g"), name="5", external="17"),)))
    assert not bureau.desk.worklist.show(SERVICE).items
    bureau.clock.at = datetime(2027, 8, 1, 8, 0, tzinfo=AMSTERDAM)
    assert [item.what for item in bureau.desk.worklist.show(SERVICE).items] == ["schooljaar 2027-2028 controleren"]
    bureau.las.error = TryLater("even niet")
    await bureau.desk.links.new_year(SERVICE, SCHOOL)
    assert bureau.desk.worklist.show(SERVICE).items
    bureau.las.error = None
    checks = await bureau.desk.links.new_year(SERVICE, SCHOOL)
    assert all(check.outcome is Outcome.GOOD for check in checks)
    assert bureau.las.probed[-1].school_year == SchoolYear(2027)
    assert not bureau.desk.worklist.show(SERVICE).items
    assert bureau.store.lines()[0].state == "actief"


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

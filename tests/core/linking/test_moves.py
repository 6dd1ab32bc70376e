"""A link moves along the drawing of workflow.md §2 and nowhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import RefusedByState
from core.linking.link import Link, LinkState, Move, Party
from core.linking.moves import NEEDS_REASON, TABLE, missing, move

NOW = datetime(2026, 11, 3, 9, 12, tzinfo=UTC)
STATES: list[LinkState | None] = [None, *LinkState]


@pytest.mark.parametrize("what", Move)
@pytest.mark.parametrize("state", STATES)
def test_every_move_from_every_state_is_made_or_refused_with_what_is_missing_and_who_must_act(
    state: LinkState | None, what: Move
) -> None:
    before = Link(state=state) if state else None
    if state in TABLE[what][0]:
        after = move(before, what, at=NOW, by="anne", why="omdat")
        assert after.state is (TABLE[what][1] or state)
        assert after.steps[-1].came_from is state
        assert after.since == NOW
    else:
        with pytest.raises(RefusedByState) as told:
            move(before, what, at=NOW, by="anne", why="omdat")
        assert told.value.todo == missing(state)[1]


def test_the_drawing_is_the_one_of_the_workflow() -> None:
    drawn = {
        (start.value if start else "", what.value, to.value)
        for what, (froms, to) in TABLE.items()
        if to
        for start in froms
    }
    straight = [
        ("", "aanvragen", "aangevraagd"),
        ("aangevraagd", "openzetten", "opengezet"),
        ("aangevraagd", "weigeren", "geweigerd"),
        ("opengezet", "indienen", "ingediend"),
        ("ingediend", "afwijzen", "afgewezen"),
        ("afgewezen", "indienen", "ingediend"),
        ("ingediend", "goedkeuren", "goedgekeurd"),
        ("goedgekeurd", "activeren", "actief"),
        ("actief", "storing melden", "gestoord"),
        ("gestoord", "herstellen", "actief"),
    ]
    ended = {("beëindigd" in to, start) for start, what, to in drawn if what == "beëindigen"}
    assert set(straight) <= drawn
    assert len([d for d in drawn if d[1] != "beëindigen"]) == len(straight) + 2
    assert {start for _to, start in ended} == {s.value for s in LinkState} - {"geweigerd", "beëindigd"}


@pytest.mark.parametrize("what", sorted(NEEDS_REASON))
def test_what_somebody_else_will_ask_about_needs_a_reason(what: Move) -> None:
    start = next(state for state in STATES if state in TABLE[what][0])
    with pytest.raises(RefusedByState, match="reden"):
        move(Link(state=start) if start else None, what, at=NOW, by="anne", why="  ")


def test_the_whole_course_is_kept_with_who_and_when() -> None:
    link = move(None, Move.REQUEST, at=NOW, by="J. Bos")
    link = move(link, Move.OPEN, at=NOW + timedelta(hours=2), by="anne")
    assert [(step.move, step.by) for step in link.steps] == [(Move.REQUEST, "J. Bos"), (Move.OPEN, "anne")]


def test_a_disturbance_says_why_what_to_do_and_who_and_recovery_clears_it() -> None:
    link = move(
        Link(state=LinkState.ACTIVE),
        Move.DISTURB,
        at=NOW,
        by="automaat",
        why="sleutel geweigerd",
        remedy="…",
        blame=Party.SCHOOL,
    )
    assert (link.cause, link.remedy, link.blame) == ("sleutel geweigerd", "…", Party.SCHOOL)
    link = move(link, Move.RECOVER, at=NOW, by="automaat")
    assert (link.cause, link.remedy, link.blame) == ("", "", Party.NOBODY)


def test_a_key_does_not_outlive_the_link() -> None:
    link = Link(state=LinkState.ACTIVE, sealed_key="xx", key_tail="••••7Q2F")
    assert move(link, Move.END, at=NOW, by="anne", why="school gestopt").sealed_key == ""

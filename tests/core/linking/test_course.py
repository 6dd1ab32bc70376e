"""The checklist of a school: done by whom and when, the one next step, who must do it, and how."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.linking.course import Progress, course
from core.linking.link import Link, LinkState, Move, Party
from core.linking.moves import move

START = datetime(2026, 11, 3, 9, 12, tzinfo=UTC)
ROAD = (Move.REQUEST, Move.OPEN, Move.APPLY, Move.APPROVE, Move.ACTIVATE)


def along(*moves: Move) -> Link | None:
    """Return a link after these moves, an hour apart."""
    link: Link | None = None
    for hours, what in enumerate(moves):
        link = move(link, what, at=START + timedelta(hours=hours), by=f"wie{hours}", why="reden", remedy="doe dit")
    return link


@pytest.mark.parametrize(
    ("made", "next_step", "party"),
    [
        (0, "aangevraagd", Party.SCHOOL),
        (1, "opengezet", Party.SERVICE),
        (2, "afgenomen", Party.SCHOOL),
        (3, "goedgekeurd", Party.SERVICE),
        (4, "gegevens importeren", Party.SCHOOL),
    ],
)
def test_the_next_step_says_who_must_do_it_and_how(made: int, next_step: str, party: Party) -> None:
    found = course(along(*ROAD[:made])).next
    assert found is not None
    assert (found.title, found.party, found.progress) == (next_step, party, Progress.NOW)
    assert found.how or made == 0


def test_what_is_done_says_by_whom_and_when_and_an_active_link_waits_for_nobody() -> None:
    steps = course(along(*ROAD)).steps
    assert [step.title for step in steps][:2] == ["aangevraagd", "opengezet"]
    assert [step.by for step in steps if step.progress is Progress.DONE] == ["wie0", "wie1", "", "wie2", "wie3", "wie4"]
    assert course(along(*ROAD)).next is None
    assert course(along(*ROAD), first_night=START).steps[-1].progress is Progress.DONE


def test_the_manuals_path_in_parnassys_is_told_when_it_is_the_schools_turn() -> None:
    found = course(along(*ROAD[:2])).next
    assert found is not None
    told = " ".join(found.how)
    for word in ("roze balk", "Beheer", "Koppelingen", "Boom testcentrum UWLR", "afnemen", "autorisatiesleutel"):
        assert word in told


def test_external_numbers_that_must_go_first_are_told_with_the_form() -> None:
    steps = {step.title: step.how for step in course(along(*ROAD[:2]), externals=12).steps}
    assert "externe nummers" in steps["ingediend"][0]
    assert "externe nummers" not in course(along(*ROAD[:2])).steps[3].how[0]


@pytest.mark.parametrize(
    ("moves", "title", "party"),
    [
        ((Move.REQUEST, Move.REFUSE), "geweigerd", Party.NOBODY),
        ((*ROAD[:3], Move.REJECT), "afgewezen", Party.SCHOOL),
        ((*ROAD, Move.DISTURB), "gestoord", Party.SERVICE),
        ((*ROAD, Move.END), "beëindigd", Party.NOBODY),
    ],
)
def test_where_the_course_went_off_it_says_why_and_what_to_do(
    moves: tuple[Move, ...], title: str, party: Party
) -> None:
    found = course(along(*moves)).next
    assert found is not None
    assert (found.title, found.party, found.progress, found.note) == (title, party, Progress.STOPPED, "reden")
    assert found.how


def test_a_new_application_after_a_rejection_starts_from_there() -> None:
    link = along(*ROAD[:3], Move.REJECT, Move.APPLY)
    found = course(link).next
    assert found is not None
    assert found.title == "goedgekeurd"
    again = course(along(*ROAD, Move.END, Move.REQUEST))
    assert [step.progress for step in again.steps][:2] == [Progress.DONE, Progress.NOW]


def test_the_pasted_key_is_shown_masked_at_the_step_in_parnassys() -> None:
    link = along(*ROAD[:3])
    assert link is not None
    steps = course(replace(link, key_tail="••••7Q2F", state=LinkState.SUBMITTED)).steps
    assert steps[2].note == "••••7Q2F"

"""External numbers of an earlier link, which must be gone before a school applies (workflow.md §2.4)."""

from __future__ import annotations

from core.linking.link import Link, LinkState
from core.model import Register

IN_USE = frozenset({LinkState.ACTIVE, LinkState.DISTURBED})
"""States in which the numbers are those of this very link: clearing them would undo it."""


def numbers_in_the_way(link: Link | None, register: Register) -> int:
    """Return how many groups, teachers and pupils still have an external number of an earlier link."""
    if link is not None and link.state in IN_USE:
        return 0
    numbers = (
        *(group.external for group in register.groups),
        *(teacher.external for teacher in register.teachers),
        *(pupil.external for pupil in register.pupils),
    )
    return sum(map(bool, numbers))

"""The letters about a link: each follows from a step that is in the record, so that it can be written after the deed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from core.desk.office import Office
from core.linking.link import Move, Step
from core.mail import letters
from core.mail.letters import Letter
from core.model import SchoolId
from core.record import SchoolRecord

Write = Callable[[SchoolId, str, str, str], Letter]
"""Makes a letter of the school, its name, what the letter is about and the reason that was given."""

LETTERS: Mapping[Move, Write] = {
    Move.REQUEST: lambda s, name, about, _why: letters.RequestConfirmed(school=s, school_name=name, about=about),
    Move.OPEN: lambda s, name, about, _why: letters.LinkOpened(school=s, school_name=name, about=about),
    Move.REFUSE: lambda s, name, about, why: letters.RequestRefused(
        school=s, school_name=name, about=about, reason=why
    ),
    Move.APPLY: lambda s, name, about, _why: letters.ApplicationReceived(school=s, school_name=name, about=about),
    Move.APPROVE: lambda s, name, about, _why: letters.Approved(school=s, school_name=name, about=about),
    Move.REJECT: lambda s, name, about, why: letters.Rejected(school=s, school_name=name, about=about, reason=why),
}
"""The moves that the school waits for (workflow.md §2)."""


def post_untold(office: Office, school: SchoolId) -> None:
    """Put the letters about steps that are not in the post yet there, and note that they are.

    Killed in between, it is done again, and the same letter is not put there twice. Raises Damaged or TryLater.
    """
    record = office.store.record(school).read()
    if record is None or record.link is None or not record.link.untold:
        return
    with office.store.record(school).edit() as draft:
        record = draft.value
        if record is None or record.link is None:
            return
        for number in record.link.untold:
            office.post.send(_letter(record, number, record.link.steps[number - 1]), record.school.administrators)
        draft.value = replace(record, link=replace(record.link, untold=()))


def _letter(record: SchoolRecord, number: int, step: Step) -> Letter:
    return LETTERS[step.move](record.school.id, record.school.name, f"{step.to.value}-{number}", step.why)

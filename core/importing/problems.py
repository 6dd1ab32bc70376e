"""What blocks a commit, and what a person must look at first (workflow.md §3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from core.importing.choices import Choice, Choices, usable
from core.importing.course import Course
from core.importing.decisions import Category, Place, RowKey
from core.importing.matching import Flag
from core.importing.recollection import Recalled
from core.importing.review import Proposal
from core.importing.rows import Problem, Trouble
from core.importing.search import fold
from core.importing.tables import Existing
from core.language import _
from core.model import IncomingGroup, IncomingPupil, Kind

_EMAIL = re.compile(r"[^\s@,;<>()\"]+@[^\s@,;<>()\".]+(\.[^\s@,;<>()\".]+)+")


def email_is_fine(text: str) -> bool:
    """Whether the text looks like one e-mail address."""
    return len(text) <= 254 and bool(_EMAIL.fullmatch(text))


def title_of(choices: Choices, key: RowKey) -> str:
    """Return the name of a row."""
    incoming = choices.sent.get(key)
    if incoming is None:
        return str(key.incoming)
    return incoming.name if isinstance(incoming, IncomingGroup) else incoming.name.listed


def problems_of(key: RowKey, choices: Choices, existing: Existing, emails: dict[str, str]) -> tuple[Problem, ...]:
    """Return what blocks a commit in this row; `emails` gives the teacher account that has an address."""
    title = title_of(choices, key)
    return tuple(
        Problem(trouble=trouble, key=key, title=title, sentence=sentence, others=others)
        for trouble, sentence, others in _found(key, choices[key], choices, existing, emails)
    )


_Found = Iterator[tuple[Trouble, str, tuple[RowKey, ...]]]


def _found(key: RowKey, choice: Choice, choices: Choices, existing: Existing, emails: dict[str, str]) -> _Found:
    match choice.category:
        case Category.EXISTING:
            yield from _of_existing(key, choice, choices, existing)
        case Category.NEW if key.kind is Kind.TEACHER:
            yield from _of_new_teacher(key, choice, choices, emails)
        case Category.NEW | Category.SKIP:
            pass
    incoming = choices.sent.get(key)
    if (
        isinstance(incoming, IncomingPupil)
        and choice.category is not Category.SKIP
        and choices.category_of_group(incoming.group) is Category.SKIP
    ):
        group = choices.sent.group_name(incoming.group)
        sentence = _("Groep {group} wordt niet geïmporteerd en deze leerling wel. Zet beide op niet importeren.")
        group_key = RowKey(Kind.GROUP, choices.sent.by_key[incoming.group].ref) if incoming.group else key
        yield Trouble.GROUP_SKIPPED, sentence.format(group=group), (group_key,)


def _of_existing(key: RowKey, choice: Choice, choices: Choices, existing: Existing) -> _Found:
    if choice.existing is None:
        yield Trouble.NOT_LINKED, _("Kies met koppeling aanpassen aan wie dit gekoppeld wordt."), ()
    elif not usable(choice, existing, key.kind):
        yield Trouble.GONE, _("Dit gegeven staat niet meer in het testcentrum. Kies opnieuw."), ()
    elif others := tuple(sorted(choices.linked_to(key.kind, choice.existing) - {key})):
        names = ", ".join(title_of(choices, other) for other in others)
        yield Trouble.TWO_ON_ONE, _("Ook gekoppeld aan hetzelfde gegeven: {names}.").format(names=names), others


def _of_new_teacher(key: RowKey, choice: Choice, choices: Choices, emails: dict[str, str]) -> _Found:
    if not choice.email:
        yield Trouble.NO_EMAIL, _("Een nieuwe leerkracht heeft een e-mailadres nodig. Vul het in."), ()
        return
    if not email_is_fine(choice.email):
        yield Trouble.BAD_EMAIL, _("Dit is geen e-mailadres. Verbeter het."), ()
        return
    others = tuple(sorted(choices.with_email(choice.email) - {key}))
    holder = emails.get(fold(choice.email))
    if others:
        names = ", ".join(title_of(choices, other) for other in others)
        yield Trouble.EMAIL_TAKEN, _("Ook {names} krijgt dit e-mailadres.").format(names=names), others
    elif holder:
        sentence = _("Dit e-mailadres is al van {name}. Koppel deze leerkracht of vul een ander adres in.")
        yield Trouble.EMAIL_TAKEN, sentence.format(name=holder), ()


def doubt_of(key: RowKey, proposal: Proposal, course: Course) -> str:
    """Say why a person must look at this row before it can be imported; empty = no need."""
    if notice := notice_of(key, proposal, course):
        return notice
    sure = proposal.sure_if_taken if course.lifted(key) else proposal.sure
    if sure or course.place(key) is not None:
        return ""
    proposed = (one.flags for one in proposal.candidates if one.existing == proposal.existing)
    flags = proposal.flags.union(*proposed)
    return next((_(flag.value) for flag in Flag if flag.forbids and flag in flags), _("niet zeker genoeg"))


def notice_of(key: RowKey, proposal: Proposal, course: Course) -> str:
    """Say what was decided about this row before that waits to be looked at; empty = nothing."""
    if said := overtaken_text(key, course) or parted_text(key, proposal, course):
        return said
    return "" if course.place(key) or course.lifted(key) else recalled_text(proposal)


def parted_text(key: RowKey, proposal: Proposal, course: Course) -> str:
    """Say who said that this row is not the one it is linked to, if whoever linked it did not know; empty = nobody."""
    claim = course.place(key)
    if claim and isinstance(claim.step, Place):
        linked = claim.step.existing if claim.step.category is Category.EXISTING else None
    else:
        linked = proposal.existing if course.lifted(key) or proposal.category is Category.EXISTING else None
    said = course.not_same(key).get(linked or "")
    if said is None or (claim and min(claim.entry, claim.seen) > said.entry):
        return ""
    return _("{name} zei: niet dezelfde; kies opnieuw").format(name=said.by)


def recalled_text(proposal: Proposal) -> str:
    """Say why it is asked about although somebody left it out in an earlier import; empty = no such thing."""
    match proposal.recalled:
        case None | Recalled.SKIPPED | Recalled.WITH_GROUP:
            return ""
        case Recalled.SOMEBODY_ELSE if proposal.kind is Kind.GROUP:
            return _("eerder niet geïmporteerd, onder een andere naam of in een ander schooljaar; kies opnieuw")
        case Recalled.SOMEBODY_ELSE:
            return _("iemand anders is onder deze sleutel eerder niet geïmporteerd; kies opnieuw")
        case Recalled.NOBODY_KNOWS:
            return _("eerder niet geïmporteerd, maar wie dat was is niet bewaard; kies opnieuw")
        case Recalled.OTHER_KEY:
            return _("eerder niet geïmporteerd, onder een andere sleutel; kies opnieuw")
        case Recalled.ITS_GROUP:
            return _("de groep is eerder niet geïmporteerd; kies opnieuw")
        case _:
            assert_never(proposal.recalled)


def overtaken_text(key: RowKey, course: Course) -> str:
    """Say whose unseen decision waits beside the one that counts; empty = none."""
    if key not in course.overtaken:
        return ""
    waiting = course.overtaken[key][-1]
    if waiting.winner is None:
        return _("{name} koos hier iets anders; kies opnieuw").format(name=waiting.claim.by)
    return _("{first} en {second} kozen hier tegelijk; kies opnieuw").format(
        first=waiting.winner.by, second=waiting.claim.by
    )

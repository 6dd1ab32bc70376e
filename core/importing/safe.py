"""What the nightly run may apply without asking: changes to records that are linked already (workflow.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.importing.choices import Choice, Choices
from core.importing.decisions import Category, RowKey
from core.importing.matching import Ground
from core.importing.review import Proposal
from core.importing.tables import Existing
from core.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a person must look at."""

    new: dict[Kind, int]
    """Records that are not in the test centre yet."""
    to_link: dict[Kind, int]
    """Records that are recognised but were never linked."""
    doubtful: dict[Kind, int]
    """Records that are not recognised surely enough."""
    keys: frozenset[RowKey]
    """All of these rows."""

    @property
    def total(self) -> int:
        """How many rows wait."""
        return sum(sum(part.values()) for part in (self.new, self.to_link, self.doubtful))


def is_safe(proposal: Proposal, existing: Existing) -> bool:
    """Whether this record is linked already and nothing about it is in doubt."""
    record = existing.of(proposal.kind).get(proposal.existing or "")
    return (
        record is not None
        and record.linked is not None
        and proposal.ground in (Ground.LINKED_BEFORE, Ground.ECK_ID)
        and proposal.category is Category.EXISTING
        and proposal.sure
        and not any(flag.forbids for flag in proposal.flags)
    )


def safe_choices(choices: Choices, existing: Existing) -> dict[RowKey, Choice]:
    """Return the choices of the nightly run: what is linked is taken over, all else counts as present and waits.

    A row that somebody decided about in an open review waits for that review.
    """
    chosen: dict[RowKey, Choice] = {}
    for key, choice in choices.items():
        proposal = choices.proposals[key]
        if is_safe(proposal, existing) and not choice.by:
            chosen[key] = choice
        else:
            chosen[key] = Choice(category=Category.SKIP, existing=choice.existing or proposal.existing)
    return chosen


def waiting(proposals: Mapping[RowKey, Proposal], existing: Existing) -> Waiting:
    """Count what a person must look at; what was skipped in an earlier import does not ask again."""
    new, to_link, doubtful = (dict.fromkeys(Kind, 0) for _ in range(3))
    keys = set()
    for key, proposal in proposals.items():
        if is_safe(proposal, existing) or proposal.category is Category.SKIP:
            continue
        part = doubtful if not proposal.sure else new if proposal.category is Category.NEW else to_link
        part[key.kind] += 1
        keys.add(key)
    return Waiting(new=new, to_link=to_link, doubtful=doubtful, keys=frozenset(keys))

"""Who is missing from what came in: some pupils are deactivated, others stay although nobody sent them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from core.clock import AMSTERDAM
from core.importing.choices import Choice
from core.importing.decisions import Category, RowKey
from core.importing.plan import Leaving, ScoresOf
from core.importing.review import Proposal
from core.importing.tables import Existing, Sent
from core.language import _, ngettext
from core.model import Kind, PupilId

POSSIBLE = 0.05
"""From this probability on, a record that is not imported may be this existing one, which then is not deactivated."""


@dataclass(frozen=True, kw_only=True)
class Absence:
    """The existing pupils against what came in."""

    sent: Sent
    proposals: Mapping[RowKey, Proposal]
    chosen: Mapping[RowKey, Choice]
    existing: Existing

    @cached_property
    def present(self) -> frozenset[str]:
        """The existing pupils that somebody sent, or may have sent: who is not imported counts as present."""
        found: set[str] = set()
        for key, choice in self.chosen.items():
            if key.kind is not Kind.PUPIL:
                continue
            if choice.existing:
                found.add(choice.existing)
            if choice.category is Category.SKIP and (proposal := self.proposals.get(key)):
                found.update(one.existing for one in proposal.candidates if one.probability >= POSSIBLE)
        return frozenset(found)

    def leaving(self, never_touch: frozenset[str], scores: Mapping[PupilId, ScoresOf]) -> Iterator[Leaving]:
        """Yield who is deactivated: active, not present, in an existing group that this import links (workflow.md §3)."""
        linked_groups = {
            choice.existing
            for key, choice in self.chosen.items()
            if key.kind is Kind.GROUP and choice.category is Category.EXISTING
        }
        stays = self.present | never_touch
        day = self.sent.roster.received.astimezone(AMSTERDAM).date()
        for pupil in self.existing.register.pupils:
            if pupil.active and pupil.group in linked_groups and pupil.id not in stays:
                yield Leaving(
                    before=pupil,
                    after=replace(pupil, active=False, inactive_since=day),
                    group=self.existing.group_name(pupil.group) if pupil.group else "",
                    ground=ground_text(day),
                    scores=scores.get(pupil.id, ScoresOf()),
                )

    def spared(self) -> Iterator[str]:
        """Say of every linked group that was not sent that its pupils stay: a group seldom ends halfway the year."""
        sent = {one.key for one in self.sent.groups.values()}
        absent = Counter(
            one.group for one in self.existing.register.pupils if one.active and one.id not in self.present
        )
        for group in self.existing.register.groups:
            if group.linked and group.linked.key not in sent and (count := absent[group.id]):
                yield ngettext(
                    "De groep “{group}” ontbreekt in het antwoord: haar {n} leerling blijft zoals hij is.",
                    "De groep “{group}” ontbreekt in het antwoord: haar {n} leerlingen blijven zoals ze zijn.",
                    count,
                ).format(group=group.name, n=count)


def ground_text(day: date) -> str:
    """Say on what ground pupils are deactivated."""
    return _("niet in de volledige lijst van {day}").format(day=day.strftime("%d-%m-%Y"))

"""The letters as the desk shows them: what was sent to whom, what waits, what needs somebody."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial

from core.desk.actor import Act, Actor
from core.desk.link_letters import post_untold
from core.desk.office import Office
from core.errors import Damaged, RefusedByState, UnreadableInput
from core.language import N_, _
from core.mail.items import Item, Post, Round
from core.model import SchoolId

__all__ = ["Item", "MailDesk", "Post", "Round"]

NEEDS_SOMEBODY = frozenset({Post.REFUSED, Post.DOUBT})
"""States a letter does not leave by itself."""


class MailDesk:
    """Looking at letters, and having them brought round."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, actor: Actor, school: SchoolId | None = None) -> list[Item]:
        """Return the letters of the school, or of every school this actor sees, the newest first."""
        if school or actor.everywhere:
            self._office.require(actor, Act.LOOK, school)
        found = [
            item
            for item in self._office.post.items()
            if actor.sees(item.letter.school) and school in (None, item.letter.school)
        ]
        found.reverse()
        return found

    def read(self, actor: Actor, letter: str) -> tuple[Item, str, str]:
        """Return a letter with its subject and text; UnreadableInput when there is no such letter for this actor."""
        item = self._one(actor, letter)
        return (item, *self._office.post.text(item))

    def subject(self, item: Item) -> str:
        """Return what a letter that was shown is about."""
        return self._office.post.text(item)[0]

    def again(self, actor: Actor, letter: str) -> None:
        """Have a letter that was refused or is in doubt tried once more; recorded.

        Raises RefusedByState for a letter that was sent or is still on its way: it would arrive twice.
        """
        self._office.require(actor, Act.MANAGE_SCHOOLS)
        item = self._one(actor, letter)
        if item.state not in NEEDS_SOMEBODY:
            raise RefusedByState(
                _("Dit bericht is {state}; nog eens verzenden zou het dubbel laten aankomen.").format(
                    state=_(item.state.value)
                )
            )
        self._office.note(actor, Act.MANAGE_SCHOOLS, item.letter.school, subject=item.id, to=N_("opnieuw verzenden"))
        self._office.post.again(item, actor.name)
        self._annotate()

    async def deliver(self) -> Round:
        """Bring round what is due. Nobody has to ask: every program that ends a use case may call it.

        Letters that a killed program owed are written first. Raises Damaged or TryLater when the post cannot be written.
        """
        for line in self._office.store.lines():
            if line.untold:
                with suppress(Damaged):
                    # A record that cannot be read is the doctor's; a post that cannot be says so in the round.
                    post_untold(self._office, line.id)
        done = await self._office.post.round()
        self._annotate()
        return done

    def _annotate(self) -> None:
        """Have the list of schools know whose letters need somebody."""
        found: dict[SchoolId, list[Item]] = {}
        for item in self._office.post.items():
            if item.state in NEEDS_SOMEBODY:
                found.setdefault(item.letter.school, []).append(item)
        for line in self._office.store.lines():
            stuck = found.get(line.id, [])
            since = min((item.changed for item in stuck), default=None)
            if (line.undelivered, line.undelivered_since) != (len(stuck), since):
                self._office.store.annotate(line.id, partial(replace, undelivered=len(stuck), undelivered_since=since))

    def _one(self, actor: Actor, letter: str) -> Item:
        found = [item for item in self.show(actor) if letter and item.id.startswith(letter)]
        if len(found) != 1:
            raise UnreadableInput(
                _("Er is geen bericht {letter}, of er zijn er meer die zo beginnen.").format(letter=letter),
                todo=_("Kijk in de lijst met: koppeldesk mail list"),
            )
        return found[0]

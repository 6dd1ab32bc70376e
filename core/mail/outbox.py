"""The queue of letters: a log of what happened to each, so that it survives a restart and nothing goes out twice."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from core.clock import Clock
from core.disk.files import damaged, locked
from core.disk.files import replace as replace_file
from core.disk.log import append_line
from core.disk.plain import codec
from core.disk.tail import Tail
from core.mail.items import Item, Post
from core.mail.letters import Letter
from core.model import Administrator


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened to one letter."""

    id: str
    at: datetime
    to: Post
    letter: Letter | None = None
    """Only with the first event."""
    receiver: Administrator | None = None
    """Only with the first event."""
    detail: str = ""
    """What the server said, or who had it sent again."""
    next: datetime | None = None
    """When to try again."""


STEPS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 480, 960))
"""How long to wait after each time the server said `later`; after the last one the letter is given up."""


class Outbox:
    """The queue in the file `path` (`core.desk.ports.PostRoom`)."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._codec = codec(Event)
        self._tail = Tail(path)
        self._guard = threading.Lock()
        self._items: dict[str, Item] = {}

    @property
    def round_lock(self) -> Path:
        """What a postman holds during a round."""
        return self._path.with_name("post.ronde")

    def send(self, letter: Letter, to: Sequence[Administrator]) -> None:
        """Put the letter in the queue for each of these people, unless it was there before."""
        now = self._clock.now()
        with locked(self._path):
            events = {
                letter_id(letter, person): Event(
                    id=letter_id(letter, person), at=now, to=Post.WAITING, letter=letter, receiver=person
                )
                for person in to
            }
            with self._guard:
                self._catch_up()
                fresh = [event for event in events.values() if event.id not in self._items]
            self._append(fresh)

    def items(self) -> list[Item]:
        """Return every letter, the oldest first. Raises Damaged when the queue cannot be read."""
        with self._guard:
            self._catch_up()
            return list(self._items.values())

    def due(self) -> list[Item]:
        """Return the letters that may be tried now, the oldest first."""
        now = self._clock.now()
        return [i for i in self.items() if i.state is Post.WAITING and (i.next is None or i.next <= now)]

    def note(self, item: Item, to: Post, detail: str = "") -> None:
        """Write down what happened to a letter; `WAITING` means that the server said `later`."""
        now, to_try = self._clock.now(), None
        if to is Post.WAITING:
            if item.attempts < len(STEPS):
                to_try = now + STEPS[item.attempts]
            else:
                to = Post.REFUSED
        with locked(self._path):
            self._append([Event(id=item.id, at=now, to=to, detail=detail, next=to_try)])

    def again(self, item: Item, by: str) -> None:
        """Have a letter that was refused or is in doubt tried once more, now."""
        with locked(self._path):
            self._append([Event(id=item.id, at=self._clock.now(), to=Post.WAITING, detail=by)])

    def purge(self, before: datetime) -> int:
        """Forget letters that are done with since `before`; return how many. Waiting ones stay, however old."""
        with locked(self._path):
            items = self.items()
            done = {i.id for i in items if i.changed < before and i.state not in (Post.WAITING, Post.LEAVING)}
            if done:
                kept = [event for item in items if item.id not in done for event in _events(item)]
                replace_file(self._path, b"".join(self._written(event) + b"\n" for event in kept))
        return len(done)

    def _catch_up(self) -> None:
        added = self._tail.look()
        if added.anew:
            self._items = {}
        for line in added.lines.splitlines():
            self._take(self._read(line))

    def _append(self, events: Iterable[Event]) -> None:
        lines = b"\n".join(map(self._written, events))
        if lines:
            append_line(self._path, lines)

    def _written(self, event: Event) -> bytes:
        return msgspec.json.encode(self._codec.dump(event))

    def _read(self, line: bytes) -> Event:
        try:
            return self._codec.load(msgspec.json.decode(line))
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise damaged(self._path, error) from error

    def _take(self, event: Event) -> None:
        item = self._items.get(event.id)
        if item is None:
            if event.letter is None or event.receiver is None:
                raise damaged(self._path, f"letter {event.id} has no beginning")
            item = Item(
                id=event.id,
                letter=event.letter,
                receiver=event.receiver,
                state=event.to,
                queued=event.at,
                changed=event.at,
            )
        tried = event.letter is None and event.to is Post.WAITING and event.next is not None
        self._items[event.id] = replace(
            item,
            state=event.to,
            changed=event.at,
            detail=event.detail,
            next=event.next,
            attempts=item.attempts + 1 if tried else item.attempts,
        )


def letter_id(letter: Letter, person: Administrator) -> str:
    """Return what makes this letter to this person one and the same: kind, school, subject matter and address."""
    parts = (type(letter).__name__, str(letter.school), letter.about, person.email.casefold())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _events(item: Item) -> list[Event]:
    """Return the fewest events that say what is known of a letter."""
    first = Event(id=item.id, at=item.queued, to=Post.WAITING, letter=item.letter, receiver=item.receiver)
    if item.state is Post.WAITING and item.next is None:
        return [first]
    return [first, Event(id=item.id, at=item.changed, to=item.state, detail=item.detail, next=item.next)]

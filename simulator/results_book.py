"""What ParnasSys holds of the results it was sent: results by key, definitions by code, violations counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from simulator.results_message import Definition, OsoResult, OtherResult, Result, ResultsMessage, Score
from simulator.world.model import SchoolRef, SimPupil, Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredResult:
    """A result as it stands: the last version that arrived under its key."""

    result: Result
    pupil: Thread
    """Whose it is: it stays with that pupil when the key is renewed."""
    pupil_key: str
    """LAS key of the pupil when it arrived last, also when the sender used the ECK iD."""
    eckid: str
    school_year: str
    author: str
    """Auteur of the message; empty when it did not say."""
    received: datetime
    """Simulator clock, at the last arrival."""
    arrivals: int = 1
    """How often it arrived under this key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolBook:
    """All of one school."""

    results: Mapping[str, StoredResult]
    definitions: Mapping[str, Definition]
    last_created: datetime | None = None
    """Creation time of the last message that was processed; the next must be later (uwlr.md §1.3)."""
    messages: int = 0
    violations: Mapping[str, int]


EMPTY = SchoolBook(results={}, definitions={}, violations={})


class ResultsBook:
    """The books of all schools; every book is a frozen value, so a checkpoint is a copy of the shelf."""

    def __init__(self) -> None:
        self.shelf: dict[SchoolRef, SchoolBook] = {}

    def of(self, school: SchoolRef) -> SchoolBook:
        """Return a school's book."""
        return self.shelf.get(school, EMPTY)

    def count_violations(self, school: SchoolRef, kinds: Mapping[str, int]) -> None:
        """Add breaches of rules, whether or not the message was refused for them."""
        if kinds:
            book = self.of(school)
            self.shelf[school] = replace(book, violations=dict(Counter(book.violations) + Counter(kinds)))

    def store(self, school: SchoolRef, message: ResultsMessage, owners: Mapping[str, SimPupil], now: datetime) -> None:
        """Take in a whole message: new keys are added, known keys replaced.

        `owners` gives the pupil per place of a sitting.
        """
        book = self.of(school)
        results = dict(book.results)
        year = message.head.school_year
        for sitting in message.sittings:
            pupil = owners[sitting.path]
            for result in sitting.results:
                before = results.get(result.key)
                results[result.key] = StoredResult(
                    result=result,
                    pupil=pupil.thread,
                    pupil_key=pupil.key,
                    eckid=pupil.eckid,
                    school_year=year,
                    author=message.author,
                    received=now,
                    arrivals=before.arrivals + 1 if before else 1,
                )
        self.shelf[school] = replace(
            book,
            results=results,
            definitions={**book.definitions, **{test.code: test for test in message.tests}},
            last_created=max(message.created, book.last_created) if book.last_created else message.created,
            messages=book.messages + 1,
        )

    def remove(self, school: SchoolRef, key: str) -> bool:
        """Take a result away, as somebody of the school does by hand; return whether it was there."""
        book = self.of(school)
        if key not in book.results:
            return False
        self.shelf[school] = replace(book, results={k: one for k, one in book.results.items() if k != key})
        return True


def as_json(stored: StoredResult) -> dict[str, object]:
    """Describe a stored result for the control API, in the words of the wire."""
    result = stored.result
    return {
        "key": result.key,
        "leerlingid": stored.pupil_key,
        "eckid": stored.eckid,
        "schooljaar": stored.school_year,
        "auteur": stored.author,
        "afnamedatum": result.taken.isoformat(),
        "toetscode": result.test,
        "versie": result.version,
        "toetsonderdeelcode": result.part,
        **dict(_outcome_json(result)),
        "infourl": result.info_url,
        "ontvangen": stored.received.isoformat(),
        "keren_ontvangen": stored.arrivals,
    }


def _outcome_json(result: Result) -> Iterator[tuple[str, object]]:
    match result.outcome:
        case Score(value=value):
            yield "score", value
        case OsoResult(marks=marks, references=references):
            yield (
                "osoresultaat",
                {
                    **dict(marks),
                    "referentiescores": [
                        {
                            "codereferentiescore": reference.code,
                            "codevergelijkingsgroep": reference.compared_with,
                            "waarde": reference.value,
                            "kwalificatie": reference.qualification,
                        }
                        for reference in references
                    ],
                },
            )
        case OtherResult(text=text):
            yield "anderresultaat", text

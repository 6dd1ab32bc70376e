"""Puts results and the definitions of their tests in a message, in the representation each test is set to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from core.model import SchoolId
from core.scores import message as wire
from core.scores.catalogue import Catalogue
from core.scores.definition import Band, Representation, Test
from core.scores.dispatch import Batch
from core.scores.ledger import Entry
from core.scores.results import Normed, Result, TestCode
from core.scores.selection import Sender

AUTHOR = "Boom testcentrum"
OUTCOMES_IN_MIND = 5000
NATIONAL = "Landelijk"
"""Codevergelijkingsgroep of OSO list 22 (uwlr.md §6.5)."""


class Packer:
    """Makes messages; the definition of a test is made once and shared by all messages."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._tests: dict[tuple[TestCode, str], wire.TestDefinition] = {}
        self._versions: dict[str, wire.Term] = {}
        self._outcomes: dict[tuple[TestCode, str, str, int | None, Normed], wire.Outcome] = {}

    def pack(self, school: SchoolId, batch: Batch, sender: Sender, created: datetime) -> wire.ResultMessage:
        """Return the message that carries this batch; every pupil in it has a ParnasSys key."""
        by_pupil: dict[str, list[Entry]] = {}
        for entry in batch.entries:
            by_pupil.setdefault(entry.result.pupil, []).append(entry)
        return wire.ResultMessage(
            school=school,
            school_year=batch.year,
            created=created,
            author=AUTHOR,
            sittings=tuple(self._sitting(sender, entries) for entries in by_pupil.values()),
            tests=self._definitions(batch.entries),
        )

    def _sitting(self, sender: Sender, entries: list[Entry]) -> wire.Sitting:
        linked = sender.pupils[entries[0].result.pupil].linked
        return wire.Sitting(
            pupil=linked.key if linked else None,
            eckid=linked.eckid if linked else None,
            results=tuple(self._result(entry) for entry in entries),
        )

    def _result(self, entry: Entry) -> wire.Result:
        result = entry.result
        return wire.Result(
            key=entry.key,
            taken=result.taken,
            test=result.test,
            version=self._versions.get(result.version)
            or self._versions.setdefault(result.version, wire.Term(text=result.version)),
            part=result.part,
            outcome=self._outcome(result),
        )

    def _outcome(self, result: Result) -> wire.Outcome:
        """Return the outcome; pupils with the same score on the same test share one."""
        place = (result.test, result.version, result.part, result.raw, result.normed)
        known = self._outcomes.get(place)
        if known is None:
            if len(self._outcomes) >= OUTCOMES_IN_MIND:
                self._outcomes.clear()
            known = self._outcomes[place] = outcome_of(self._test(result.test, result.version), result)
        return known

    def _definitions(self, entries: Iterable[Entry]) -> tuple[wire.TestDefinition, ...]:
        found: dict[tuple[TestCode, str], wire.TestDefinition] = {}
        for entry in entries:
            place = (entry.result.test, entry.result.version)
            if place not in found:
                if place not in self._tests:
                    self._tests[place] = definition_of(self._test(*place))
                found[place] = self._tests[place]
        return tuple(found[place] for place in sorted(found))

    def _test(self, code: TestCode, version: str) -> Test:
        test = self._catalogue.find(code, version)
        if test is None:
            raise LookupError(f"{code} {version} was let through without a definition")
        return test


def outcome_of(test: Test, result: Result) -> wire.Outcome:
    """Return the result in the representation of its test; what is missing is left out, never filled in."""
    if test.representation is Representation.SCORE:
        if result.raw is None:
            raise LookupError(f"a result of {test.code} was let through without a score")
        return wire.ScoreResult(value=result.raw)
    normed = result.normed
    values = (
        ("IV", normed.fifth),
        # One level is enough: the letters go when they are all there is.
        ("AE", "" if normed.fifth else normed.letter),
        ("Percentiel", "" if normed.percentile is None else str(normed.percentile)),
        ("DLE", "" if normed.dle is None else str(normed.dle)),
    )
    return wire.NormedResult(
        score=wire.TestScore(
            items=None if result.raw is None else test.items_of(result.part),
            right=result.raw,
            ability=normed.ability,
            scale=test.scale if normed.ability is not None else "",
        ),
        references=tuple(_reference(code, value) for code, value in values if value),
    )


@lru_cache(maxsize=1024)
def _reference(code: str, value: str) -> wire.Reference:
    return wire.Reference(code=code, population=NATIONAL, value=value)


def definition_of(test: Test) -> wire.TestDefinition:
    """Return the whole definition, as it goes with every message (uwlr.md §6.4)."""
    return wire.TestDefinition(
        code=wire.Term(text=test.code),
        version=wire.Term(text=test.version),
        name=test.name,
        # A test for several year groups has no one leerjaar.
        year=wire.Term(text=test.year_groups[0]) if len(test.year_groups) == 1 else None,
        subject=wire.Term(text=test.subject, vocabulary=test.subject_vocabulary),
        norms=_norms(test.bands),
        parts=tuple(
            wire.TestPart(number=part.number, code=wire.Term(text=part.code), name=part.name, norms=_norms(part.bands))
            for part in test.parts
        ),
    )


def _norms(bands: tuple[Band, ...]) -> wire.Norms | None:
    if not bands:
        return None
    return wire.Norms(
        bands=tuple(
            wire.NormBand(term=band.term, description=band.description, first=band.first, last=band.last)
            for band in bands
        )
    )

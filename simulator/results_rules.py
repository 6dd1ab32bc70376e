"""The rules a results message must keep, checked in order; the first broken one that counts ends the call.

A breach that leaves the message understandable is counted always, and refused in strict mode only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from core.wire.faults import FaultCode
from simulator import oso
from simulator.faults import UwlrFault
from simulator.results_book import SchoolBook
from simulator.results_message import Band, Definition, OsoResult, Result, ResultsMessage, Score, Sitting
from simulator.vocabularies import KNOWN
from simulator.world.model import SimPupil, SimSchool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of all rules: who owns each sitting, what was breached, and the fault if it is refused."""

    owners: Mapping[str, SimPupil]
    """The pupil, by place of the sitting."""
    breaches: Mapping[str, int]
    fault: UwlrFault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One broken rule."""

    rule: str
    code: FaultCode
    reason: str
    always: bool = True
    """Whether lenient mode refuses it too."""


def judge(message: ResultsMessage, school: SimSchool, book: SchoolBook, *, lenient: bool) -> Verdict:
    """Check a message against the rules; what is refused is not stored in part (uwlr.md §6.1)."""
    pupils = _Pupils(school)
    owners = {sitting.path: owner for sitting in message.sittings if (owner := pupils.owner(sitting))}
    fault: UwlrFault | None = None
    counted: Counter[str] = Counter()
    for breach in _breaches(message, owners, book):
        counted[breach.rule] += 1
        if fault is None and (breach.always or not lenient):
            fault = UwlrFault(breach.code, breach.reason)
    return Verdict(owners=owners, breaches=counted, fault=fault)


class _Pupils:
    """Who a leerlingid or ECK iD means."""

    def __init__(self, school: SimSchool) -> None:
        self._by_key = {pupil.key: pupil for pupil in school.pupils}
        self._by_eckid = {pupil.eckid: pupil for pupil in school.pupils if pupil.eckid}

    def owner(self, sitting: Sitting) -> SimPupil | None:
        """Return the enrolled pupil; None when unknown, or when key and ECK iD are of two pupils."""
        if not sitting.pupil_key:
            return self._by_eckid.get(sitting.eckid)
        pupil = self._by_key.get(sitting.pupil_key)
        at_odds = pupil and sitting.eckid and pupil.eckid and sitting.eckid != pupil.eckid
        return None if at_odds else pupil


def _breaches(message: ResultsMessage, owners: Mapping[str, SimPupil], book: SchoolBook) -> Iterator[Breach]:
    yield from _later(message, book)
    yield from _terms(message)
    yield from _pupils(message, owners)
    yield from _keys(message, owners, book)
    yield from _definitions(message, book)
    yield from _norms(message)
    yield from _outcomes(message)


def _later(message: ResultsMessage, book: SchoolBook) -> Iterator[Breach]:
    if book.last_created and message.created <= book.last_created:
        reason = f"aanmaakdatum {message.created.isoformat()} is niet later dan {book.last_created.isoformat()}"
        yield Breach(rule="aanmaakdatum", code=FaultCode.INVALID_MESSAGE, reason=reason, always=False)


def _terms(message: ResultsMessage) -> Iterator[Breach]:
    for path, term in message.terms:
        known = KNOWN.get(term.vocabulary)
        if known is not None and term.value not in known:
            reason = f"{path}: ‘{term.value[:40]}’ staat niet in {term.vocabulary}"
            yield Breach(rule="vocabulaire", code=FaultCode.INVALID_TERM, reason=reason)


def _pupils(message: ResultsMessage, owners: Mapping[str, SimPupil]) -> Iterator[Breach]:
    for sitting in message.sittings:
        if sitting.path not in owners:
            reason = f"{sitting.path}: leerling onbekend, niet ingeschreven, of leerlingid en eckid van twee leerlingen"
            yield Breach(rule="leerling", code=FaultCode.INVALID_PUPIL, reason=reason)


def _keys(message: ResultsMessage, owners: Mapping[str, SimPupil], book: SchoolBook) -> Iterator[Breach]:
    seen: set[str] = set()
    for sitting in message.sittings:
        owner = owners.get(sitting.path)
        for result in sitting.results:
            stored = book.results.get(result.key)
            if result.key in seen or (stored and owner and stored.pupil != owner.thread):
                whose = "staat twee keer in het bericht" if result.key in seen else "hoort al bij een andere leerling"
                reason = f"{result.path}/@key {whose}"
                yield Breach(rule="resultaatsleutel", code=FaultCode.INVALID_MESSAGE, reason=reason)
            seen.add(result.key)


def _definitions(message: ResultsMessage, book: SchoolBook) -> Iterator[Breach]:
    tests: dict[str, Definition] = {}
    for test in message.tests:
        if test.code in tests:
            reason = f"{test.path}: toetscode komt twee keer voor"
            yield Breach(rule="definitie-dubbel", code=FaultCode.INVALID_MESSAGE, reason=reason)
        tests[test.code] = test
        yield from _amendment(test, book.definitions.get(test.code))
    for result in _results(message):
        yield from _defined(result, tests)


def _defined(result: Result, tests: Mapping[str, Definition]) -> Iterator[Breach]:
    test = tests.get(result.test)
    if test is None:
        reason = f"{result.path}/toetscode: geen definitie in dit bericht"
        yield Breach(rule="definitie-ontbreekt", code=FaultCode.INVALID_MESSAGE, reason=reason)
    elif result.part and result.part not in {part.code for part in test.parts}:
        reason = f"{result.path}/toetsonderdeelcode: staat niet in de definitie van de toets"
        yield Breach(rule="onderdeel-onbekend", code=FaultCode.INVALID_MESSAGE, reason=reason)


def _amendment(test: Definition, known: Definition | None) -> Iterator[Breach]:
    """A test is complete in every message; other norms ask for another version (uwlr.md §6.4)."""
    if known is None:
        return
    if missing := {part.code for part in known.parts} - {part.code for part in test.parts}:
        reason = f"{test.path}: {len(missing)} eerder gemelde onderdelen ontbreken"
        yield Breach(rule="definitie-onvolledig", code=FaultCode.INVALID_MESSAGE, reason=reason, always=False)
    if known.version == test.version and known.bands and test.bands and known.bands != test.bands:
        reason = f"{test.path}: andere normen onder dezelfde versie"
        yield Breach(rule="norm-gewijzigd", code=FaultCode.INVALID_NORMS, reason=reason, always=False)


def _norms(message: ResultsMessage) -> Iterator[Breach]:
    for test in message.tests:
        for bands in (test.bands, *(part.bands for part in test.parts)):
            if objection := _band_objection(bands):
                yield Breach(
                    rule="normering", code=FaultCode.INVALID_NORMS, reason=f"{test.path}: {objection}", always=True
                )


def _band_objection(bands: tuple[Band, ...]) -> str:
    ordered = sorted(bands, key=lambda band: (band.low, band.high))
    for band in ordered:
        if band.low > band.high:
            return f"norm ‘{band.term}’ begint na zijn eind"
        if band.mark_from and band.mark_to and band.mark_from > band.mark_to:
            return f"norm ‘{band.term}’: schoolcijfers omgekeerd"
    for lower, upper in pairwise(ordered):
        if upper.low <= lower.high:
            return f"normen ‘{lower.term}’ en ‘{upper.term}’ overlappen"
    return ""


def _outcomes(message: ResultsMessage) -> Iterator[Breach]:
    bands = {(test.code, ""): test.bands for test in message.tests}
    bands |= {(test.code, part.code): part.bands for test in message.tests for part in test.parts}
    for result in _results(message):
        match result.outcome:
            case Score(value=value):
                norms = bands.get((result.test, result.part), ())
                if norms and not any(band.low <= value <= band.high for band in norms):
                    reason = f"{result.path}/score: {value} valt in geen enkele norm"
                    yield Breach(rule="score", code=FaultCode.INVALID_SCORE, reason=reason)
            case OsoResult() as result_oso:
                for objection in oso.objections(result_oso):
                    reason = f"{result.path}/osoresultaat: {objection}"
                    yield Breach(rule="osoresultaat", code=FaultCode.INVALID_OSO_RESULT, reason=reason)


def _results(message: ResultsMessage) -> Iterator[Result]:
    for sitting in message.sittings:
        yield from sitting.results

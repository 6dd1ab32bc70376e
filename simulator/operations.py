"""The five operations: from the element in the body to the bytes of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from core.wire import names
from core.wire.faults import FaultCode
from simulator import render
from simulator.faults import UwlrFault
from simulator.las import Las
from simulator.profiles import Version, profile_of
from simulator.receive import PupilRequest, invalid, read_pupil_request
from simulator.receive_results import read_results
from simulator.render import Contents
from simulator.results_message import ResultsMessage
from simulator.results_rules import judge
from simulator.world.model import SchoolRef, SimSchool

MAX_RENDERED = 400
"""Answers kept to be sent again as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A call that went well."""

    body: bytes
    outcome: str
    """For the journal: `antwoord`, `geenwijzigingen`, `geengegevens` or `bevestiging`."""
    records: int = 0


Request = PupilRequest | ResultsMessage


def read_request(operation: names.Operation, body: etree._Element, *, lenient: bool) -> Request:
    """Read the request of an operation; raises UwlrFault (OngeldigBericht)."""
    if operation.service is names.Service.RESULTS:
        return read_results(body, lenient=lenient)
    return read_pupil_request(body, lenient=lenient)


def run(
    las: Las,
    operation: names.Operation,
    request: Request,
    ref: SchoolRef,
    version: Version,
    *,
    without_group: bool = False,
) -> Answer:
    """Carry out an authorised, valid request; raises UwlrFault.

    `without_group` leaves the first group and its pupils out of a pupil answer.
    """
    school = las.world.school(ref)
    if without_group:
        school = _without_first_group(school)
    if isinstance(request, ResultsMessage):
        return _store(las, operation, request, school)
    return _pupils(las, operation, request, school, version)


def _store(las: Las, operation: names.Operation, message: ResultsMessage, school: SimSchool) -> Answer:
    verdict = judge(message, school, las.book.of(school.ref), lenient=las.options.lenient)
    las.book.count_violations(school.ref, verdict.breaches)
    if verdict.fault:
        raise verdict.fault
    las.book.store(school.ref, message, verdict.owners, las.now)
    count = sum(len(sitting.results) for sitting in message.sittings)
    return Answer(body=render.confirmation(operation.response), outcome="bevestiging", records=count)


def _pupils(las: Las, operation: names.Operation, request: PupilRequest, school: SimSchool, version: Version) -> Answer:
    if request.head.school_year not in ("", school.school_year):
        return _empty(operation, names.NO_DATA)
    if request.since is not None and school.changed <= request.since:
        return _empty(operation, names.NO_CHANGES)
    contents = _CONTENTS[operation.name](school, request, las.options.lenient)
    people = contents.pupils if contents.pupils is not None else contents.teachers
    if people is not None and not people:
        return _empty(operation, names.NO_DATA)
    if las.options.quirks and version is Version.V21 and contents.teachers == ():
        # The vendor's library follows a null pointer here, and reports it as the caller's fault (uwlr.md §4.3, §5.3).
        raise UwlrFault(FaultCode.INVALID_MESSAGE, "eigenaardigheid: 2.1 voor een school zonder leerkrachten")
    style = las.options.style(profile_of(request.dataset, las.options.profile), version)
    created = max(las.now, school.changed)
    asked = (operation.name, request.groups, school.ref, school.revision, school.as_of, created, style)
    body = las.rendered.get(asked)
    if body is None:
        body = render.answer(operation.response, operation.data, school, created, contents, style)
        if len(las.rendered) >= MAX_RENDERED:
            del las.rendered[next(iter(las.rendered))]
        las.rendered[asked] = body
    return Answer(body=body, outcome="antwoord", records=len(people or contents.groups or ()))


def _without_first_group(school: SimSchool) -> SimSchool:
    gone = next((group.key for group in school.groups if not group.composite), "")
    return replace(
        school,
        revision=-1 - school.revision,  # never mistaken for the whole school among the rendered answers
        groups=tuple(group for group in school.groups if group.key != gone),
        pupils=tuple(pupil for pupil in school.pupils if pupil.group != gone),
        teachers=tuple(
            replace(teacher, groups=tuple(key for key in teacher.groups if key != gone)) for teacher in school.teachers
        ),
    )


def _empty(operation: names.Operation, kind: str) -> Answer:
    return Answer(body=render.empty_answer(operation.response, kind), outcome=kind)


def _whole(school: SimSchool, _request: PupilRequest, _lenient: bool) -> Contents:
    return Contents(groups=school.groups, pupils=school.pupils, teachers=school.teachers)


def _structure(school: SimSchool, _request: PupilRequest, _lenient: bool) -> Contents:
    return Contents(groups=school.groups)


def _pupils_of_groups(school: SimSchool, request: PupilRequest, lenient: bool) -> Contents:
    wanted = _wanted_groups(school, request, lenient)
    return Contents(
        pupils=[pupil for pupil in school.pupils if not wanted.isdisjoint((pupil.group or None, *pupil.extra_groups))]
    )


def _teachers_of_groups(school: SimSchool, request: PupilRequest, lenient: bool) -> Contents:
    wanted = _wanted_groups(school, request, lenient)
    return Contents(
        teachers=[teacher for teacher in school.teachers if not wanted.isdisjoint(teacher.groups or (None,))]
    )


def _wanted_groups(school: SimSchool, request: PupilRequest, lenient: bool) -> frozenset[str | None]:
    wanted = frozenset(request.groups)
    unknown = wanted - {None} - {group.key for group in school.groups}
    if not wanted:
        raise invalid("/groepen", "ten minste één groep", "niets")
    if unknown and not lenient:
        raise UwlrFault(FaultCode.INVALID_MESSAGE, f"/groepen: {len(unknown)} groepen zijn onbekend op deze school")
    return wanted


_CONTENTS: Mapping[str, Callable[[SimSchool, PupilRequest, bool], Contents]] = {
    names.HAAL_LEERLINGGEGEVENS.name: _whole,
    names.HAAL_STRUCTUUR.name: _structure,
    names.HAAL_LEERLINGEN.name: _pupils_of_groups,
    names.HAAL_LEERKRACHTEN.name: _teachers_of_groups,
}

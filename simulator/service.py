"""One call on a UWLR service, from bytes to bytes: the vendor's order of checks (uwlr.md §5.3) and the journal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from core.wire import names
from core.wire.faults import FaultCode
from simulator import mishaps, operations, soap
from simulator.authorisation import check_client, check_school, read_credentials
from simulator.faults import UwlrFault
from simulator.journal import Entry
from simulator.las import Las
from simulator.profiles import Version
from simulator.receive import children, read_version, text_of
from simulator.trouble import PROCESSED, Struck, TransportTrouble, Trouble
from simulator.validation import Validator
from simulator.world.model import SchoolRef

_KEY = re.compile(rb"(autorisatiesleutel[^>]*>).*?(?=</|\Z)", re.DOTALL)
"""Up to the end tag: a key may stand in CDATA or between comments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back over HTTP, and the mishap the transport must add."""

    status: int
    body: bytes
    trouble: Trouble | None = None


@dataclass(slots=True, kw_only=True)
class Call:
    """What is known of a call so far, for the journal."""

    service: names.Service
    operation: names.Operation | None = None
    school: str = ""
    client: str = ""
    version: str = ""
    trouble: Trouble | None = None


def answer(las: Las, validator: Validator, service: names.Service, action: str | None, message: bytes) -> Reply:
    """Answer one message; whatever it holds, the reply is an answer or a named fault."""
    call = Call(service=service)
    reason, records = "", 0
    try:
        good = _carry_out(las, validator, call, soap.read_action(action), message)
        status, body, outcome, records = 200, soap.write_envelope(good.body), good.outcome, good.records
    except UwlrFault as fault:
        status, body, outcome, reason = 500, soap.write_fault(fault.code), str(fault.code), fault.reason
    except Struck as struck:
        status, body = mishaps.instead(struck.trouble)
        outcome = str(struck.trouble.kind)
    entry = Entry(
        number=las.journal.count + 1,
        at=las.now,
        operation=call.operation.name if call.operation else "",
        school=call.school,
        client=call.client,
        version=call.version,
        outcome=outcome,
        reason=reason,
        trouble=str(call.trouble.kind) if call.trouble else "",
        records=records,
        bytes_in=len(message),
        bytes_out=len(body),
    )
    las.journal.write(entry, masked(message))
    return Reply(status=status, body=body, trouble=call.trouble)


def _carry_out(las: Las, validator: Validator, call: Call, action: str, message: bytes) -> operations.Answer:
    envelope = soap.read_envelope(message)
    operation = call.operation = _operation(call.service, action, envelope.body)
    _note(call, envelope.body)
    _strike(las, call, operation, envelope.body)
    credentials = read_credentials(envelope.headers)
    call.client = credentials.client
    version = _version(las, call.version)
    lenient = las.options.lenient
    if not lenient:
        validator.check(envelope.body, call.service, version)
    request = operations.read_request(operation, envelope.body, lenient=lenient)
    check_client(credentials, client=las.options.client, client_code=las.options.client_code)
    school = check_school(
        credentials,
        request.head,
        schools_of=lambda key: las.keys.get(key, ()),
        school_key_of=las.school_key,
    )
    call.school = str(school)
    without_group = call.trouble is not None and call.trouble.kind is TransportTrouble.GROUP_MISSING
    return operations.run(las, operation, request, school, version, without_group=without_group)


def _operation(service: names.Service, action: str, body: etree._Element) -> names.Operation:
    operation = names.REQUESTS.get(str(body.tag))
    if operation is None or operation.service is not service:
        raise UwlrFault(FaultCode.INVALID_MESSAGE, f"{str(body.tag)[:120]} is geen verzoek aan deze dienst")
    if action not in ("", operation.soap_action):
        raise UwlrFault(FaultCode.INVALID_MESSAGE, f"SOAPAction ‘{action[:80]}’ hoort niet bij dit verzoek")
    return operation


def _note(call: Call, body: etree._Element) -> None:
    """Note what the message says about itself, as far as it can be read at all."""
    fields = children(body)
    if call.service is names.Service.RESULTS and "school" in fields:
        fields = children(fields["school"])
    call.version = read_version(fields)[:32]
    brin, dependance = text_of(fields.get("brincode")), text_of(fields.get("dependancecode")) or "00"
    try:
        call.school = str(SchoolRef.parse(f"{brin}-{dependance}"))
    except ValueError:
        call.school = ""


def _strike(las: Las, call: Call, operation: names.Operation, body: etree._Element) -> None:
    """Let a planned mishap strike; raises UwlrFault or Struck when the message is not processed because of it."""
    trouble = las.troubles.strike(operation=operation.name, school=call.school, records=lambda: _records(body))
    call.trouble = trouble
    if trouble is None or trouble.kind in PROCESSED:
        return
    if isinstance(trouble.kind, FaultCode):
        raise UwlrFault(trouble.kind, f"geplande storing {trouble.number}")
    raise Struck(trouble)


def _records(body: etree._Element) -> frozenset[str]:
    """Collect every pupil key, ECK iD and result key that a message mentions."""
    named = {text_of(element) for element in body.iter("{*}leerlingid", "{*}eckid")}
    return frozenset(named | {key for element in body.iter("{*}resultaat", "{*}groep") if (key := element.get("key"))})


def _version(las: Las, text: str) -> Version:
    """Choose the version to answer in; raises UwlrFault when it is not supported.

    A missing one is the schema's business in strict mode, and means 2.2 in lenient mode.
    """
    for version in las.options.versions:
        if text == version:
            return version
    if text:
        raise UwlrFault(FaultCode.INVALID_VERSION, f"xsdversie ‘{text}’ wordt niet ondersteund")
    return Version.V22


def masked(message: bytes) -> bytes:
    """Return the message with its key blotted out; nothing when the place of the key cannot be seen."""
    return _KEY.sub(rb"\1****", message) if b"autorisatiesleutel" in message else b""

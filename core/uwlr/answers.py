"""Reads the answers with pupil data: strictly and fast where it can, leniently where it must.

Two ways through, with one set of readers. An answer of ordinary size is parsed, validated and read; one that is not
valid is mended first (`tidy`) and validated again. A very large one is validated and read while it is parsed, so that
memory stays flat; when that meets anything odd it starts again the ordinary way.
"""

from __future__ import annotations

from functools import cache
from threading import Lock

from lxml import etree

from core.language import _
from core.uwlr import xml
from core.uwlr.envelope import BODY, ENVELOPE, content, fault
from core.uwlr.reading import Answer, Contents, Nothing, Odd, Reading, Unchanged
from core.uwlr.records import NS
from core.uwlr.tidy import tidy
from core.uwlr.unreadable import Wrong, unreadable
from core.wire.names import NO_CHANGES, NO_DATA, Operation, Service, Version
from core.wire.schemas import compile_message_schema

STREAM_FROM = 2_000_000
"""Bytes from which an answer is read while it is parsed: some 4,500 pupils, more than any real school has."""
_CHUNK = 65_536
_ENOUGH = 200_000
"""Markup without one finished record in it, after which a large answer is no longer believed to be one."""


def read(
    body: bytes, operation: Operation, version: Version, *, charset: str = "", stream_from: int = STREAM_FROM
) -> Answer:
    """Read the answer to a request for pupil data.

    `version` is the one asked for: it decides which fields are forbidden. `charset` is that of the HTTP header. From
    `stream_from` bytes on it is read while it is parsed. Raises UnreadableReply with the place, what was expected and
    what stood there.
    """
    if len(body) > stream_from:
        try:
            return _read_while_parsing(body, operation, version, charset)
        except (Odd, Wrong, etree.XMLSyntaxError):
            pass  # the ordinary way mends it, or says what is wrong and where
    root = xml.parse(body, charset)
    found = content(root)
    if (refused := fault(found)) is not None:
        return refused
    unknown: set[str] = set()
    valid = _check(root)
    if not valid:
        unknown = tidy(root)
        valid = _check(root)
    told = _choice(found, operation)
    if isinstance(told, Unchanged | Nothing):
        return told
    reading = Reading(version)
    try:
        for section in told:
            reading.section(section, section)
    except Wrong as wrong:
        raise wrong.under(f"/{operation.data}").error() from wrong
    reading.records.note("", unknown)
    reading.contents.valid = valid
    return reading.contents


def _read_while_parsing(body: bytes, operation: Operation, version: Version, charset: str) -> Contents:
    """Read a large answer while it is parsed. Raises Odd, Wrong or XMLSyntaxError unless it is just as it should be."""
    if charset.lower() not in ("", "utf-8"):
        raise Odd
    parser = etree.XMLPullParser(events=("start",), tag=ENVELOPE, schema=_schema(), **xml.SAFE)
    reading = Reading(version)
    root: etree._Element | None = None
    data: etree._Element | None = None
    unread = 0
    for start in range(0, len(body), _CHUNK):
        chunk = body[start : start + _CHUNK]
        parser.feed(chunk)
        if root is None:
            root = next((element for _event, element in parser.read_events()), None)
        if root is not None and data is None:
            data = _data(root, operation)
        unread = 0 if data is not None and reading.progress(data) else unread + xml.weight(chunk)
        if unread > _ENOUGH:
            raise Odd
    parser.close()
    if root is None or data is None or root.getroottree().docinfo.internalDTD is not None:
        raise Odd
    reading.progress(data, all_of_it=True)
    return reading.contents


def _choice(found: etree._Element, operation: Operation) -> etree._Element | Unchanged | Nothing:
    """Return the element with the data, or which of the two empty answers it is (uwlr.md §2.4)."""
    if found.tag != NS + operation.response:
        raise unreadable("/Envelope/Body", f"<{operation.response}>", f"<{etree.QName(found).localname[:40]}>")
    for child in found:
        if child.tag == NS + operation.data:
            return child
        if child.tag == NS + NO_CHANGES:
            return Unchanged()
        if child.tag == NS + NO_DATA:
            return Nothing()
    expected = _("<{data}>, <{unchanged}> of <{nothing}>").format(
        data=operation.data, unchanged=NO_CHANGES, nothing=NO_DATA
    )
    raise unreadable(f"/{operation.response}", expected, _("geen van deze"))


def _data(root: etree._Element, operation: Operation) -> etree._Element | None:
    """Return the element with the data as far as it came in. Raises Odd when another answer is coming in."""
    element = root
    for tag in (BODY, NS + operation.response, NS + operation.data):
        if not len(element):
            return None
        element = element[-1]
        if element.tag != tag:
            raise Odd
    return element


_types = etree.ErrorTypes
_HARMLESS = frozenset(
    {
        _types.SCHEMAV_CVC_DATATYPE_VALID_1_2_1,
        _types.SCHEMAV_CVC_FACET_VALID,
        _types.SCHEMAV_CVC_LENGTH_VALID,
        _types.SCHEMAV_CVC_MINLENGTH_VALID,
        _types.SCHEMAV_CVC_MAXLENGTH_VALID,
        _types.SCHEMAV_CVC_PATTERN_VALID,
        _types.SCHEMAV_CVC_ENUMERATION_VALID,
        _types.SCHEMAV_CVC_COMPLEX_TYPE_3_2_1,
        _types.SCHEMAV_CVC_TYPE_3_1_1,
    }
)
"""A value outside its list or length, an attribute nobody knows: the readers see to the values they use."""


def _check(root: etree._Element) -> bool:
    """Validate a message and tell whether nothing but harmless trouble was found."""
    with _one_at_a_time:
        schema = _schema()
        return schema.validate(root) or all(entry.type in _HARMLESS for entry in schema.error_log)


_one_at_a_time = Lock()


@cache
def _schema() -> etree.XMLSchema:
    """Return the schema of 2.3, which is that of 2.2 with less asked of a person's keys.

    Its rules about keys are left out: `rosters` enforces them, and names the place.
    """
    return compile_message_schema(Service.PUPILS, Version.V2_3, keys=False)

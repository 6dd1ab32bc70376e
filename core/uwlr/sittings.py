"""The sittings of a message of results, written as text.

A school's night is some sixteen thousand elements; written as text and parsed once they cost a third of what they cost
one element at a time. The schema still sees every one of them before the message leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from core.errors import ContentRefused
from core.language import _
from core.scores.message import NormedResult, Reference, Result, ScoreResult, Sitting, TestScore
from core.uwlr.outgoing import invalid
from core.wire.names import LEERRESULTATEN, OSO

_text = lru_cache(maxsize=4096)(escape)
"""Codes and versions come by the hundred, and are the same each time."""


def sittings_element(sittings: tuple[Sitting, ...]) -> etree._Element:
    """Return the element `toetsafnames`.

    Raises ContentRefused for a sitting of nobody, ValueError on a character that XML does not take.
    """
    parts = [f'<toetsafnames xmlns="{LEERRESULTATEN}" xmlns:oso="{OSO}">']
    for sitting in sittings:
        parts.extend(_sitting(sitting))
    parts.append("</toetsafnames>")
    try:
        return etree.fromstring("".join(parts).encode(), _parser())
    except etree.XMLSyntaxError as error:
        raise ValueError("a character that XML does not take") from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _sitting(sitting: Sitting) -> Iterator[str]:
    if not (sitting.pupil or sitting.eckid):
        # The schema of 2.3 cannot ask for one of the two.
        raise invalid("/toetsafnames/toetsafname", _("leerlingid of eckid ontbreekt"), ContentRefused)
    yield "<toetsafname>"
    yield _tag("leerlingid", sitting.pupil)
    yield _tag("eckid", sitting.eckid)
    yield _tag("resultaatverwerkerid", sitting.processor)
    yield "<resultaten>"
    for result in sitting.results:
        yield _result(result)
    yield "</resultaten></toetsafname>"


def _result(result: Result) -> str:
    match result.outcome:
        case ScoreResult(value=value):
            outcome = f"<score>{value}</score>"
        case NormedResult() as normed:
            outcome = _normed(normed)
        case _:
            assert_never(result.outcome)
    return (
        f"<resultaat key={quoteattr(result.key)}><afnamedatum>{result.taken.isoformat()}</afnamedatum>"
        f"<toetscode>{_text(result.test)}</toetscode>{_version(result)}{_tag('toetsonderdeelcode', result.part)}"
        f"{outcome}{_tag('infourl', result.info_url)}</resultaat>"
    )


def _version(result: Result) -> str:
    version = result.version
    if version is None:
        return ""
    bound = f" vocabulaire={quoteattr(version.vocabulary)}" if version.vocabulary else ""
    found = f" vocabulairelocatie={quoteattr(version.location)}" if version.location else ""
    return f"<versie{bound}{found}>{_text(version.text)}</versie>"


def _normed(normed: NormedResult) -> str:
    score = "" if normed.score is None else _test_score(normed.score)
    return f"<osoresultaat>{score}{''.join(map(_reference, normed.references))}</osoresultaat>"


def _test_score(score: TestScore) -> str:
    interval = ""
    if score.interval is not None:
        low, high = score.interval
        interval = (
            f"<oso:betrouwbaarheidsinterval>{_number('bivlaag', low)}{_number('bivhoog', high)}"
            "</oso:betrouwbaarheidsinterval>"
        )
    return (
        f"<oso:toetsscore>{_number('aantalopgaven', score.items)}{_number('aantalgoed', score.right)}"
        f"{_number('aantalfout', score.wrong)}{_number('aantalgelezen', score.read)}{_number('tijd', score.seconds)}"
        f"{_number('vaardigheidsscore', score.ability)}{_tag('oso:codevaardigheidsschaal', score.scale)}{interval}"
        "</oso:toetsscore>"
    )


@lru_cache(maxsize=4096)
def _reference(reference: Reference) -> str:
    return (
        f"<oso:referentiescore>{_tag('oso:codereferentiescore', reference.code)}"
        f"{_tag('oso:codevergelijkingsgroep', reference.population)}{_tag('oso:waarde', reference.value)}"
        f"{_tag('oso:kwalificatie', reference.qualification)}</oso:referentiescore>"
    )


def _tag(name: str, text: str | None) -> str:
    """Return an element with `text`, or nothing when there is none: an empty element is never written."""
    return f"<{name}>{_text(text)}</{name}>" if text else ""


def _number(name: str, number: int | Decimal | None) -> str:
    if number is None:
        return ""
    return (
        f"<oso:{name}>{number:f}</oso:{name}>" if isinstance(number, Decimal) else f"<oso:{name}>{number}</oso:{name}>"
    )

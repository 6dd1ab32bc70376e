"""From a typed message of results to the body of BrengLeerresultaten (uwlr.md §3.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from lxml import etree

from core.errors import ContentRefused
from core.language import _
from core.scores.message import (
    Colour,
    NormBand,
    NormedResult,
    Norms,
    Result,
    ResultMessage,
    ScoreResult,
    Sitting,
    Term,
    TestDefinition,
    TestPart,
    TestScore,
)
from core.uwlr.outgoing import invalid
from core.uwlr.requests import moment
from core.wire.names import BRENG_LEERRESULTATEN, LEERRESULTATEN, OSO, Version

_NS = f"{{{LEERRESULTATEN}}}"
_OSO = f"{{{OSO}}}"


def results_request(message: ResultMessage, version: Version) -> etree._Element:
    """Return the body of a message of results. Whether it is valid is for the schema to say.

    Raises ContentRefused when a sitting names no pupil.
    """
    root = etree.Element(_NS + BRENG_LEERRESULTATEN.request, nsmap={None: LEERRESULTATEN, "oso": OSO})
    school = _under(root, "school")
    _text(school, "schooljaar", str(message.school_year))
    _text(school, "brincode", message.school.brin)
    if message.school.dependance != "00":
        _text(school, "dependancecode", message.school.dependance)
    _text(school, "aanmaakdatum", moment(message.created))
    _text(school, "auteur", message.author)
    _text(school, "xsdversie", version.value)
    _text(school, "commentaar", message.comment)
    sittings = _under(root, "toetsafnames")
    for sitting in message.sittings:
        _sitting(sittings, sitting)
    tests = _under(root, "toetsen")
    for test in message.tests:
        _test(tests, test)
    return root


def _sitting(parent: etree._Element, sitting: Sitting) -> None:
    if not (sitting.pupil or sitting.eckid):
        # The schema of 2.3 cannot ask for one of the two.
        raise invalid("/toetsafnames/toetsafname", _("leerlingid of eckid ontbreekt"), ContentRefused)
    element = _under(parent, "toetsafname")
    _text(element, "leerlingid", sitting.pupil)
    _text(element, "eckid", sitting.eckid)
    _text(element, "resultaatverwerkerid", sitting.processor)
    results = _under(element, "resultaten")
    for result in sitting.results:
        _result(results, result)


def _result(parent: etree._Element, result: Result) -> None:
    element = _under(parent, "resultaat")
    element.set("key", result.key)
    _text(element, "afnamedatum", result.taken.isoformat())
    _text(element, "toetscode", result.test)
    _term(element, "versie", result.version)
    _text(element, "toetsonderdeelcode", result.part)
    match result.outcome:
        case ScoreResult(value=value):
            _text(element, "score", str(value))
        case NormedResult() as normed:
            _normed(_under(element, "osoresultaat"), normed)
        case _:
            assert_never(result.outcome)
    _text(element, "infourl", result.info_url)


def _normed(element: etree._Element, normed: NormedResult) -> None:
    if normed.score is not None:
        _test_score(_under(element, "toetsscore", _OSO), normed.score)
    for reference in normed.references:
        found = _under(element, "referentiescore", _OSO)
        _text(found, "codereferentiescore", reference.code, _OSO)
        _text(found, "codevergelijkingsgroep", reference.population, _OSO)
        _text(found, "waarde", reference.value, _OSO)
        _text(found, "kwalificatie", reference.qualification, _OSO)


def _test_score(element: etree._Element, score: TestScore) -> None:
    _number(element, "aantalopgaven", score.items, _OSO)
    _number(element, "aantalgoed", score.right, _OSO)
    _number(element, "aantalfout", score.wrong, _OSO)
    _number(element, "aantalgelezen", score.read, _OSO)
    _number(element, "tijd", score.seconds, _OSO)
    _number(element, "vaardigheidsscore", score.ability, _OSO)
    _text(element, "codevaardigheidsschaal", score.scale, _OSO)
    if score.interval is not None:
        interval = _under(element, "betrouwbaarheidsinterval", _OSO)
        low, high = score.interval
        _number(interval, "bivlaag", low, _OSO)
        _number(interval, "bivhoog", high, _OSO)


def _test(parent: etree._Element, test: TestDefinition) -> None:
    element = _under(parent, "toets")
    _term(element, "toetscode", test.code)
    _term(element, "versie", test.version)
    _text(element, "toetsnaam", test.name)
    _term(element, "leerjaar", test.year)
    _term(element, "vakgebied", test.subject)
    _norms(element, "toetsnormering", test.norms)
    if test.hierarchy:
        hierarchy = _under(element, "toetshierarchie")
        for entry in test.hierarchy:
            _term(hierarchy, "ingang", entry.term).set("niveau", str(entry.depth))
    if test.parts:
        parts = _under(element, "toetsonderdelen")
        for part in test.parts:
            _part(parts, part)


def _part(parent: etree._Element, part: TestPart) -> None:
    element = _under(parent, "toetsonderdeel")
    _number(element, "toetsonderdeelvolgnummer", part.number)
    _term(element, "toetsonderdeelcode", part.code)
    _text(element, "toetsonderdeelnaam", part.name)
    _norms(element, "toetsonderdeelnormering", part.norms)


def _norms(parent: etree._Element, name: str, norms: Norms | None) -> None:
    if norms is None:
        return
    element = _under(parent, name)
    _vocabulary(element, norms.vocabulary, norms.location)
    _term(element, "toetscategorie", norms.category)
    _term(element, "toetsniveau", norms.level)
    _number(element, "wegingsfactor", norms.weight)
    for band in norms.bands:
        _band(_under(element, "norm"), band)


def _band(element: etree._Element, band: NormBand) -> None:
    _text(element, "term", band.term)
    _text(element, "omschrijving", band.description)
    _number(element, "beginnormwaarde", band.first)
    _number(element, "eindnormwaarde", band.last)
    if band.colour is not None:
        _colour(_under(element, "normkleur"), band.colour)
    _number(element, "schoolcijfer_vanaf", band.mark_from)
    _number(element, "schoolcijfer_totenmet", band.mark_to)


def _colour(element: etree._Element, colour: Colour) -> None:
    _number(element, "rood_code", colour.red)
    _number(element, "groen_code", colour.green)
    _number(element, "blauw_code", colour.blue)
    _number(element, "transparantie", colour.opacity)


def _under(parent: etree._Element, name: str, namespace: str = _NS) -> etree._Element:
    return etree.SubElement(parent, namespace + name)


def _text(parent: etree._Element, name: str, text: str | None, namespace: str = _NS) -> None:
    """Add an element with `text`, unless there is none: an empty element is never written."""
    if text:
        etree.SubElement(parent, namespace + name).text = text


def _number(parent: etree._Element, name: str, number: int | Decimal | None, namespace: str = _NS) -> None:
    if number is not None:
        etree.SubElement(parent, namespace + name).text = f"{number:f}" if isinstance(number, Decimal) else str(number)


def _term(parent: etree._Element, name: str, term: Term | None) -> etree._Element:
    """Add a text that may be bound to a vocabulary; without a term, add nothing."""
    if term is None:
        return parent
    element = etree.SubElement(parent, _NS + name)
    element.text = term.text
    _vocabulary(element, term.vocabulary, term.location)
    return element


def _vocabulary(element: etree._Element, vocabulary: str, location: str) -> None:
    if vocabulary:
        element.set("vocabulaire", vocabulary)
    if location:
        element.set("vocabulairelocatie", location)

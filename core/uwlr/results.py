"""From a typed message of results to the body of BrengLeerresultaten (uwlr.md §3.5)."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from core.scores.message import Colour, NormBand, Norms, ResultMessage, Term, TestDefinition, TestPart
from core.uwlr.requests import moment
from core.uwlr.sittings import sittings_element
from core.wire.names import BRENG_LEERRESULTATEN, LEERRESULTATEN, OSO, Version

_NS = f"{{{LEERRESULTATEN}}}"


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
    root.append(sittings_element(message.sittings))
    tests = _under(root, "toetsen")
    for test in message.tests:
        _test(tests, test)
    return root


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


def _under(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, _NS + name)


def _text(parent: etree._Element, name: str, text: str | None) -> None:
    """Add an element with `text`, unless there is none: an empty element is never written."""
    if text:
        etree.SubElement(parent, _NS + name).text = text


def _number(parent: etree._Element, name: str, number: int | Decimal | None) -> None:
    if number is not None:
        etree.SubElement(parent, _NS + name).text = f"{number:f}" if isinstance(number, Decimal) else str(number)


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

"""A small reader of results messages that shares nothing with our client: the standard library's ElementTree."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET

from core.model import EckId, LasKey, SchoolId, SchoolYear
from core.scores.message import (
    Colour,
    Entry,
    NormBand,
    NormedResult,
    Norms,
    Outcome,
    Reference,
    Result,
    ResultKey,
    ResultMessage,
    ScoreResult,
    Sitting,
    Term,
    TestDefinition,
    TestPart,
    TestScore,
)

LR = "{http://www.edustandaard.nl/leerresultaten/2/leerresultaten}"
OSO = "{http://www.edustandaard.nl/oso_gegevensset/1.2/dossier}"


def read(data: bytes) -> ResultMessage:
    """Read the message that was sent."""
    root = next(ET.fromstring(data).iter(f"{LR}leerresultaten_verzoek"))
    school = _the(root, "school")
    return ResultMessage(
        school=SchoolId(_text(school, "brincode"), _text(school, "dependancecode") or "00"),
        school_year=SchoolYear.parse(_text(school, "schooljaar")),
        created=datetime.fromisoformat(_text(school, "aanmaakdatum")),
        author=_text(school, "auteur"),
        comment=_text(school, "commentaar"),
        sittings=tuple(_sitting(element) for element in root.iter(f"{LR}toetsafname")),
        tests=tuple(_test(element) for element in root.iter(f"{LR}toets")),
    )


def _sitting(element: ET.Element) -> Sitting:
    key, eckid = _text(element, "leerlingid"), _text(element, "eckid")
    return Sitting(
        pupil=LasKey(key) if key else None,
        eckid=EckId(eckid) if eckid else None,
        processor=_text(element, "resultaatverwerkerid"),
        results=tuple(_result(result) for result in element.iter(f"{LR}resultaat")),
    )


def _result(element: ET.Element) -> Result:
    return Result(
        key=ResultKey(element.attrib["key"]),
        taken=date.fromisoformat(_text(element, "afnamedatum")),
        test=_text(element, "toetscode"),
        version=_term(element.find(f"{LR}versie")),
        part=_text(element, "toetsonderdeelcode"),
        outcome=_outcome(element),
        info_url=_text(element, "infourl"),
    )


def _outcome(element: ET.Element) -> Outcome:
    oso = element.find(f"{LR}osoresultaat")
    if oso is None:
        return ScoreResult(value=int(_text(element, "score")))
    score = oso.find(f"{OSO}toetsscore")
    return NormedResult(
        score=None if score is None else _test_score(score),
        references=tuple(
            Reference(
                code=_text(reference, "codereferentiescore", OSO),
                population=_text(reference, "codevergelijkingsgroep", OSO),
                value=_text(reference, "waarde", OSO),
                qualification=_text(reference, "kwalificatie", OSO),
            )
            for reference in oso.iter(f"{OSO}referentiescore")
        ),
    )


def _test_score(element: ET.Element) -> TestScore:
    interval = element.find(f"{OSO}betrouwbaarheidsinterval")
    return TestScore(
        items=_int(element, "aantalopgaven"),
        right=_int(element, "aantalgoed"),
        wrong=_int(element, "aantalfout"),
        read=_int(element, "aantalgelezen"),
        seconds=_decimal(element, "tijd", OSO),
        ability=_decimal(element, "vaardigheidsscore", OSO),
        scale=_text(element, "codevaardigheidsschaal", OSO),
        interval=None
        if interval is None
        else (Decimal(_text(interval, "bivlaag", OSO)), Decimal(_text(interval, "bivhoog", OSO))),
    )


def _test(element: ET.Element) -> TestDefinition:
    return TestDefinition(
        code=_certain(_term(element.find(f"{LR}toetscode"))),
        version=_term(element.find(f"{LR}versie")),
        name=_text(element, "toetsnaam"),
        year=_term(element.find(f"{LR}leerjaar")),
        subject=_term(element.find(f"{LR}vakgebied")),
        norms=_norms(element.find(f"{LR}toetsnormering")),
        hierarchy=tuple(
            Entry(depth=int(entry.attrib["niveau"]), term=_certain(_term(entry)))
            for entry in element.iter(f"{LR}ingang")
        ),
        parts=tuple(
            TestPart(
                number=int(_text(part, "toetsonderdeelvolgnummer")),
                code=_certain(_term(part.find(f"{LR}toetsonderdeelcode"))),
                name=_text(part, "toetsonderdeelnaam"),
                norms=_norms(part.find(f"{LR}toetsonderdeelnormering")),
            )
            for part in element.iter(f"{LR}toetsonderdeel")
        ),
    )


def _norms(element: ET.Element | None) -> Norms | None:
    if element is None:
        return None
    return Norms(
        category=_term(element.find(f"{LR}toetscategorie")),
        level=_term(element.find(f"{LR}toetsniveau")),
        weight=_decimal(element, "wegingsfactor", LR),
        bands=tuple(_band(norm) for norm in element.iter(f"{LR}norm")),
        vocabulary=element.get("vocabulaire", ""),
        location=element.get("vocabulairelocatie", ""),
    )


def _band(element: ET.Element) -> NormBand:
    colour = element.find(f"{LR}normkleur")
    return NormBand(
        term=_text(element, "term"),
        description=_text(element, "omschrijving"),
        first=int(_text(element, "beginnormwaarde")),
        last=int(_text(element, "eindnormwaarde")),
        colour=None
        if colour is None
        else Colour(
            red=int(_text(colour, "rood_code")),
            green=int(_text(colour, "groen_code")),
            blue=int(_text(colour, "blauw_code")),
            opacity=Decimal(_text(colour, "transparantie")),
        ),
        mark_from=_decimal(element, "schoolcijfer_vanaf", LR),
        mark_to=_decimal(element, "schoolcijfer_totenmet", LR),
    )


def _the(parent: ET.Element, name: str) -> ET.Element:
    found = parent.find(LR + name)
    assert found is not None
    return found


def _text(parent: ET.Element, name: str, namespace: str = LR) -> str:
    return parent.findtext(namespace + name) or ""


def _int(parent: ET.Element, name: str) -> int | None:
    text = parent.findtext(OSO + name)
    return None if text is None else int(text)


def _decimal(parent: ET.Element, name: str, namespace: str) -> Decimal | None:
    text = parent.findtext(namespace + name)
    return None if text is None else Decimal(text)


def _term(element: ET.Element | None) -> Term | None:
    if element is None:
        return None
    return Term(
        text=element.text or "",
        vocabulary=element.get("vocabulaire", ""),
        location=element.get("vocabulairelocatie", ""),
    )


def _certain(term: Term | None) -> Term:
    assert term is not None
    return term

"""Reading BrengLeerresultaten, by element name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from simulator.receive import children, invalid, local_name, read_day, read_head, read_moment, text_of
from simulator.results_message import (
    Band,
    DefinedPart,
    Definition,
    OsoResult,
    OtherResult,
    Outcome,
    Reference,
    Result,
    ResultsMessage,
    Score,
    Sitting,
    Term,
)

ROOT = "/leerresultaten_verzoek"

Fields = dict[str, etree._Element]


def read_results(root: etree._Element, *, lenient: bool) -> ResultsMessage:
    """Read a results message; raises UwlrFault with the place of the first thing that cannot be understood."""
    fields = children(root)
    school = children(_needed(fields, "school", ROOT))
    created = text_of(school.get("aanmaakdatum"))
    head = read_head(school, f"{ROOT}/school", lenient=lenient)
    sittings = tuple(_sittings(_needed(fields, "toetsafnames", ROOT), lenient=lenient))
    return ResultsMessage(
        head=head,
        created=read_moment(created, f"{ROOT}/school/aanmaakdatum"),
        author=text_of(school.get("auteur")),
        sittings=sittings,
        tests=tuple(_tests(_needed(fields, "toetsen", ROOT))),
        terms=tuple(_terms(root)),
    )


def _needed(fields: Fields, name: str, path: str) -> etree._Element:
    if name not in fields:
        raise invalid(path, f"een element {name}", "niets")
    return fields[name]


def _needed_text(fields: Fields, name: str, path: str) -> str:
    if text := text_of(fields.get(name)):
        return text
    raise invalid(f"{path}/{name}", "een waarde", "niets")


def _numbered(parent: etree._Element, name: str, path: str) -> Iterator[tuple[str, etree._Element]]:
    number = 0
    for child in parent:
        if local_name(child) == name:
            number += 1
            yield f"{path}/{name}[{number}]", child


def _sittings(parent: etree._Element, *, lenient: bool) -> Iterator[Sitting]:
    for path, element in _numbered(parent, "toetsafname", f"{ROOT}/toetsafnames"):
        fields = children(element)
        pupil_key, eckid = text_of(fields.get("leerlingid")), text_of(fields.get("eckid"))
        if not pupil_key and not eckid:
            raise invalid(path, "een leerlingid of eckid", "niets")
        results = _needed(fields, "resultaten", path)
        yield Sitting(
            path=path,
            pupil_key=pupil_key,
            eckid=eckid,
            processor=text_of(fields.get("resultaatverwerkerid")),
            results=tuple(
                _result(place, result, lenient=lenient)
                for place, result in _numbered(results, "resultaat", f"{path}/resultaten")
            ),
        )


def _result(path: str, element: etree._Element, *, lenient: bool) -> Result:
    fields = children(element)
    if not (key := (element.get("key") or "").strip()):
        raise invalid(f"{path}/@key", "een waarde", "niets")
    return Result(
        path=path,
        key=key,
        taken=read_day(_needed_text(fields, "afnamedatum", path), f"{path}/afnamedatum"),
        test=_needed_text(fields, "toetscode", path),
        version=text_of(fields.get("versie")),
        part=text_of(fields.get("toetsonderdeelcode")),
        outcome=_outcome(path, fields, lenient=lenient),
        info_url=text_of(fields.get("infourl")),
    )


def _outcome(path: str, fields: Fields, *, lenient: bool) -> Outcome:
    if "score" in fields:
        text = text_of(fields["score"])
        if lenient and not text.isdecimal():
            return OtherResult(text=text)
        return Score(value=_whole(text, f"{path}/score"))
    if "osoresultaat" in fields:
        return _oso(fields["osoresultaat"])
    if "anderresultaat" in fields:
        return OtherResult(text=" ".join("".join(map(str, fields["anderresultaat"].itertext())).split()))
    raise invalid(path, "een score, osoresultaat of anderresultaat", "niets")


def _whole(text: str, path: str) -> int:
    # 18 digits is far beyond any score and keeps a hostile message from making huge numbers.
    if not text.removeprefix("+").isdecimal() or len(text) > 18:
        raise invalid(path, "een geheel getal van 0 of meer", text)
    return int(text)


def _oso(element: etree._Element) -> OsoResult:
    marks: list[tuple[str, str]] = []
    references: list[Reference] = []
    for child in element:
        if local_name(child) == "toetsscore":
            for part in child:
                leaves = list(part) if local_name(part) == "betrouwbaarheidsinterval" else [part]
                marks.extend((local_name(leaf), text_of(leaf)) for leaf in leaves)
        elif local_name(child) == "referentiescore":
            fields = children(child)
            references.append(
                Reference(
                    code=text_of(fields.get("codereferentiescore")),
                    compared_with=text_of(fields.get("codevergelijkingsgroep")),
                    value=text_of(fields.get("waarde")),
                    qualification=text_of(fields.get("kwalificatie")),
                )
            )
    return OsoResult(marks=tuple(marks), references=tuple(references))


def _tests(parent: etree._Element) -> Iterator[Definition]:
    for path, element in _numbered(parent, "toets", f"{ROOT}/toetsen"):
        fields = children(element)
        parts = fields.get("toetsonderdelen")
        yield Definition(
            path=path,
            code=_needed_text(fields, "toetscode", path),
            version=text_of(fields.get("versie")),
            name=text_of(fields.get("toetsnaam")),
            bands=_bands(fields.get("toetsnormering"), f"{path}/toetsnormering"),
            parts=tuple(_parts(parts, f"{path}/toetsonderdelen")) if parts is not None else (),
        )


def _parts(parent: etree._Element, path: str) -> Iterator[DefinedPart]:
    for place, element in _numbered(parent, "toetsonderdeel", path):
        fields = children(element)
        number = _needed_text(fields, "toetsonderdeelvolgnummer", place)
        yield DefinedPart(
            number=_whole(number, f"{place}/toetsonderdeelvolgnummer"),
            code=_needed_text(fields, "toetsonderdeelcode", place),
            name=text_of(fields.get("toetsonderdeelnaam")),
            bands=_bands(fields.get("toetsonderdeelnormering"), f"{place}/toetsonderdeelnormering"),
        )


def _bands(norming: etree._Element | None, path: str) -> tuple[Band, ...]:
    if norming is None:
        return ()
    found = []
    for place, element in _numbered(norming, "norm", path):
        fields = children(element)
        high = _whole(_needed_text(fields, "eindnormwaarde", place), f"{place}/eindnormwaarde")
        found.append(
            Band(
                term=text_of(fields.get("term")),
                low=_whole(text_of(fields.get("beginnormwaarde")) or "0", f"{place}/beginnormwaarde"),
                high=high,
                mark_from=_mark(fields, "schoolcijfer_vanaf", place),
                mark_to=_mark(fields, "schoolcijfer_totenmet", place),
            )
        )
    return tuple(found)


def _mark(fields: Fields, name: str, path: str) -> Decimal | None:
    if not (text := text_of(fields.get(name))):
        return None
    if not re.fullmatch(r"[0-9]{1,2}(\.[0-9]+)?", text):
        raise invalid(f"{path}/{name}", "een schoolcijfer van 1 tot en met 10", text)
    return Decimal(text)


def _terms(root: etree._Element) -> Iterator[tuple[str, Term]]:
    for element in root.iter():
        vocabulary = element.get("vocabulaire")
        if vocabulary and not len(element):
            yield f"//{local_name(element)}", Term(value=text_of(element), vocabulary=vocabulary.strip())

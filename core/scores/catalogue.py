"""All tests that there are a definition of, read from `*.toml` files (format: fixtures/tests/README.md)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Self

from core.errors import UnreadableInput, why
from core.language import _
from core.malformed import whats_wrong
from core.ordinary import ordinary
from core.scores.definition import MAXIMUM_DL, Band, NormPeriod, NormTable, Part, Representation, Test
from core.scores.fields import Fields
from core.scores.results import TestCode

LONGEST = 1_000_000
"""Bytes of a definition file."""


class Catalogue:
    """The tests by code and version."""

    def __init__(self, tests: Iterable[Test]) -> None:
        self._tests: dict[tuple[TestCode, str], Test] = {}
        for test in tests:
            if (test.code, test.version) in self._tests:
                raise UnreadableInput(
                    _("Toets {code} versie {version} is twee keer beschreven.").format(
                        code=test.code, version=test.version
                    ),
                    todo=_("Een toetscode wordt nooit hergebruikt: geef een nieuwe normtabel een nieuwe versie."),
                )
            self._tests[test.code, test.version] = test

    @classmethod
    def of_folder(cls, folder: Path) -> Self:
        """Read every `*.toml` in the folder; UnreadableInput names file and field."""
        return cls(read_test(path.name, _text(path)) for path in sorted(folder.glob("*.toml")))

    def __iter__(self) -> Iterator[Test]:
        return iter(self._tests.values())

    def __len__(self) -> int:
        return len(self._tests)

    def find(self, code: TestCode, version: str) -> Test | None:
        """Return the test; None when it is not described."""
        return self._tests.get((code, version))

    def versions(self, code: TestCode) -> tuple[str, ...]:
        """Return the versions of the test that are described."""
        return tuple(version for known, version in self._tests if known == code)


def read_test(file: str, text: str) -> Test:
    """Read one definition file. Raises UnreadableInput that names the file and the path to what is wrong in it."""
    try:
        fields = Fields(file, tomllib.loads(text, parse_float=Decimal))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(
            _("{file} is geen leesbaar TOML-bestand: {error}.").format(file=file, error=whats_wrong(error)),
            todo=_("Verbeter het definitiebestand."),
        ) from error
    items = fields.whole("items", least=1)
    shape = fields.text("representation")
    if shape not in set(Representation):
        fields.fail("representation", _("moet {one} of {two} zijn").format(one="score", two="osoresultaat"))
    table = fields.table("norms")
    test = Test(
        code=TestCode(fields.text("code")),
        version=fields.text("version"),
        name=fields.text("name"),
        subject=fields.text("subject"),
        subject_vocabulary=fields.text("subject_vocabulary", default=""),
        year_groups=fields.texts("year_groups"),
        items=items,
        scale=fields.text("scale", default=""),
        representation=Representation(shape),
        agreed=fields.flag("agreed"),
        source=fields.text("source"),
        bands=_bands(fields, items),
        parts=tuple(_part(number, part) for number, part in enumerate(fields.tables("parts"), 1)),
        norms=_norms(table, items) if table else None,
    )
    if not test.year_groups:
        fields.fail("year_groups", _("noem minstens één jaargroep"))
    if len({part.code for part in test.parts}) < len(test.parts):
        fields.fail("parts", _("twee onderdelen hebben dezelfde code"))
    if test.representation is Representation.SCORE and not test.bands:
        fields.fail("bands", _("een toets die als score verzonden wordt heeft normbanden nodig"))
    fields.done()
    return test


def _text(path: Path) -> str:
    try:
        return ordinary(path, LONGEST).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = why(error) if isinstance(error, OSError) else _("het is geen UTF-8")
        raise UnreadableInput(
            _("{file} is niet te lezen: {reason}.").format(file=path.name, reason=reason),
            todo=_("Verbeter het definitiebestand."),
        ) from error


def _bands(fields: Fields, items: int) -> tuple[Band, ...]:
    bands: list[Band] = []
    for band_fields in fields.tables("bands"):
        band = Band(
            term=band_fields.text("term"),
            description=band_fields.text("description", default=""),
            first=band_fields.whole("first"),
            last=band_fields.whole("last"),
        )
        expected = bands[-1].last + 1 if bands else 0
        if band.first != expected:
            band_fields.fail("first", _("moet {expected} zijn: geen gaten en geen overlap").format(expected=expected))
        if band.last < band.first:
            band_fields.fail("last", _("ligt voor {first}").format(first=band.first))
        band_fields.done()
        bands.append(band)
    if bands and bands[-1].last != items:
        fields.fail(
            "bands", _("de laatste band eindigt op {last}, niet op {items}").format(last=bands[-1].last, items=items)
        )
    return tuple(bands)


def _part(number: int, fields: Fields) -> Part:
    items = fields.whole("items", least=1)
    part = Part(
        number=number, code=fields.text("code"), name=fields.text("name"), items=items, bands=_bands(fields, items)
    )
    fields.done()
    return part


def _norms(fields: Fields, items: int) -> NormTable:
    percentiles = fields.wholes("percentiles")
    if sorted(set(percentiles)) != list(percentiles) or not percentiles or percentiles[-1] > 100:
        fields.fail("percentiles", _("moeten oplopen, van 0 tot en met 100"))
    abilities = fields.rising("abilities")
    if len(abilities) != items + 1:
        fields.fail(
            "abilities",
            _("er zijn {found} scores; met {items} opgaven horen het er {right} te zijn").format(
                found=len(abilities), items=items, right=items + 1
            ),
        )
    first = fields.whole("first_average_dl")
    averages = fields.rising("averages", strictly=True)
    if not averages or first + len(averages) - 1 > MAXIMUM_DL:
        fields.fail("averages", _("horen bij DL {first} tot hoogstens {most}").format(first=first, most=MAXIMUM_DL))
    table = NormTable(
        version=fields.text("version"),
        source=fields.text("source"),
        invented=fields.flag("invented"),
        abilities=abilities,
        averages=tuple(enumerate(averages, first)),
        percentiles=percentiles,
        periods=_periods(fields, len(percentiles)),
    )
    fields.done()
    return table


def _periods(fields: Fields, cuts: int) -> tuple[NormPeriod, ...]:
    periods: list[NormPeriod] = []
    for period_fields in fields.tables("periods"):
        period = NormPeriod(
            first_dl=period_fields.whole("first_dl"),
            last_dl=period_fields.whole("last_dl"),
            cuts=period_fields.rising("cuts"),
        )
        if periods and period.first_dl != periods[-1].last_dl + 1:
            period_fields.fail("first_dl", _("moet aansluiten op {last}").format(last=periods[-1].last_dl))
        if period.last_dl < period.first_dl:
            period_fields.fail("last_dl", _("ligt voor {first}").format(first=period.first_dl))
        if len(period.cuts) != cuts:
            period_fields.fail("cuts", _("moeten er {cuts} zijn, één per percentiel").format(cuts=cuts))
        period_fields.done()
        periods.append(period)
    if not periods:
        fields.fail("periods", _("noem minstens één normperiode"))
    return tuple(periods)

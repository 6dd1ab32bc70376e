"""Why, in Dutch: what each level of agreement means for a person who has to decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.importing.matching.comparisons import Comparison
from core.importing.matching.facts import GroupFacts, PersonFacts, TeacherFacts
from core.importing.matching.known import HasKeys
from core.importing.matching.outcome import Agreement, Field
from core.language import _
from core.model import PersonName

if TYPE_CHECKING:
    from core.importing.matching.engine import Pairs

_ORDER = (
    Field.KNOWN,
    Field.PUPILS,
    Field.NAME,
    Field.SURNAME,
    Field.FIRST_NAME,
    Field.INITIALS,
    Field.EMAIL,
    Field.BORN,
    Field.SEX,
    Field.YEAR,
    Field.GROUP,
    Field.TWIN,
    Field.PRIOR,
)


class Explainer:
    """Turns the levels and weights of pairs into reasons."""

    def __init__(
        self, here: Sequence[HasKeys], there: Sequence[HasKeys], pairs: Pairs, comparisons: Sequence[Comparison]
    ) -> None:
        self._here, self._there, self._pairs = here, there, pairs
        self._comparisons = {comparison.field: comparison for comparison in comparisons}
        self._words = sentences()
        self._weights = {name: np.round(bits, 6).tolist() for name, bits in pairs.weights.items()}
        self._levels = {name: levels.tolist() for name, levels in pairs.levels.items()}
        self._order = [name for name in _ORDER if name in self._weights]
        self._order += [name for name in self._weights if name not in _ORDER]
        self._prior = Agreement(
            field=Field.PRIOR,
            level="vooraf",
            weight=round(pairs.prior, 6),
            because=_("voor er gekeken is: 1 kandidaat van de {number}").format(number=len(there)),
        )

    def missing(self, pair: int) -> tuple[Field, ...]:
        """Return the fields that could not be compared."""
        return tuple(
            name for name, comparison in self._comparisons.items() if self._levels[name][pair] == comparison.unknown
        )

    def reasons(self, pair: int) -> tuple[Agreement, ...]:
        """Return the reasons for or against a pair; their weights add up to its total."""
        found = []
        for name in self._order:
            weight = self._weights[name][pair]
            level = self._level(name, pair)
            if level == "":
                continue
            found.append(Agreement(field=name, level=level, weight=weight, because=self._because(name, level, pair)))
        return (*found, self._prior)

    def _level(self, name: Field, pair: int) -> str:
        """Return the level's name; empty when the field has nothing to say."""
        if name in self._comparisons:
            number = int(self._levels[name][pair])
            return self._comparisons[name].levels[number].name
        if self._weights[name][pair] == 0:
            return ""
        if name is Field.GROUP:
            return "meegegaan" if self._weights[name][pair] > 0 else "andere groep"
        return next((extra.level for extra in self._pairs.extras if extra.field is name and extra.bits[pair]), "")

    def _because(self, name: Field, level: str, pair: int) -> str:
        row, col = int(self._pairs.rows[pair]), int(self._pairs.cols[pair])
        sentence = self._words.get((name, level)) or self._words.get((name, "")) or level
        if "{" not in sentence:
            return sentence
        here, there = shown(name, self._here[row]), shown(name, self._there[col])
        along = round(float(self._pairs.along[pair])) if len(self._pairs.along) else 0
        return sentence.format(here=here, there=there, along=along)


def shown(name: Field, record: HasKeys) -> str:
    """Return what `record` has in a field, for a person to read."""
    match record:
        case PersonFacts() | TeacherFacts() if name in _NAMED:
            return _NAMED[name](record.name)
        case PersonFacts(born=born, year=year):
            if name is Field.BORN:
                return f"{born.day:02d}-{born.month:02d}-{born.year}" if born else ""
            return year if name is Field.YEAR else ""
        case TeacherFacts(email=email):
            return email if name is Field.EMAIL else ""
        case GroupFacts(name=called, year=year):
            return {Field.NAME: called, Field.YEAR: year}.get(name, "")
    return ""


_NAMED: dict[Field, Callable[[PersonName], str]] = {
    Field.SURNAME: lambda name: f"{name.prefix} {name.surname}".strip(),
    Field.FIRST_NAME: lambda name: name.call_name or name.given_names,
    Field.INITIALS: lambda name: name.initials or name.given_names or name.call_name[:1],
    Field.NAME: lambda name: name.spoken,
}


def sentences() -> dict[tuple[Field, str], str]:
    """Return what every level is called, in the language in use; `{here}` is ParnasSys, `{there}` the test centre."""
    return {
        (Field.SURNAME, "gelijk"): _("achternaam gelijk"),
        (Field.SURNAME, "ander tussenvoegsel"): _("achternaam gelijk op het tussenvoegsel na: {here} / {there}"),
        (Field.SURNAME, "spelling"): _("achternaam anders gespeld: {here} / {there}"),
        (Field.SURNAME, "deel gelijk"): _("een deel van de achternaam gelijk: {here} / {there}"),
        (Field.SURNAME, "een letter"): _("achternaam een letter anders: {here} / {there}"),
        (Field.SURNAME, "lijkt"): _("achternaam lijkt: {here} / {there}"),
        (Field.SURNAME, "anders"): _("achternaam anders: {here} / {there}"),
        (Field.SURNAME, "onbekend"): _("achternaam ontbreekt"),
        (Field.FIRST_NAME, "gelijk"): _("roepnaam gelijk"),
        (Field.FIRST_NAME, "spelling"): _("roepnaam anders gespeld: {here} / {there}"),
        (Field.FIRST_NAME, "letters verwisseld"): _("twee letters van de roepnaam verwisseld: {here} / {there}"),
        (Field.FIRST_NAME, "officiële naam"): _("roepnaam past bij de officiële namen: {here} / {there}"),
        (Field.FIRST_NAME, "roepvorm"): _("roepnaam '{here}' past bij '{there}'"),
        (Field.FIRST_NAME, "afkorting"): _("roepnaam afgekort: '{here}' en '{there}'"),
        (Field.FIRST_NAME, "verwante vorm"): _("roepnaam verwant: {here} / {there}"),
        (Field.FIRST_NAME, "begin gelijk"): _("roepnaam begint gelijk: {here} / {there}"),
        (Field.FIRST_NAME, "een letter"): _("roepnaam een letter anders: {here} / {there}"),
        (Field.FIRST_NAME, "lijkt"): _("roepnaam lijkt: {here} / {there}"),
        (Field.FIRST_NAME, "andere naam"): _("roepnaam lijkt, maar is een andere naam: {here} / {there}"),
        (Field.FIRST_NAME, "anders"): _("roepnaam anders: {here} / {there}"),
        (Field.FIRST_NAME, "onbekend"): _("roepnaam ontbreekt"),
        (Field.INITIALS, "drie of meer gelijk"): _("alle voorletters gelijk"),
        (Field.INITIALS, "alle gelijk"): _("alle voorletters gelijk"),
        (Field.INITIALS, "begin gelijk"): _("voorletters passen bij elkaar"),
        (Field.INITIALS, "eerste gelijk"): _("alleen de eerste voorletter gelijk: {here} / {there}"),
        (Field.INITIALS, "anders"): _("voorletters anders: {here} / {there}"),
        (Field.INITIALS, "onbekend"): _("voorletters ontbreken"),
        (Field.BORN, "gelijk"): _("geboortedatum gelijk"),
        (Field.BORN, "dag en maand omgedraaid"): _("dag en maand omgedraaid: {here} / {there}"),
        (Field.BORN, "ander jaar"): _("geboortejaar scheelt een: {here} / {there}"),
        (Field.BORN, "een cijfer"): _("geboortedatum een cijfer anders: {here} / {there}"),
        (Field.BORN, "enkele dagen"): _("geboortedatum enkele dagen anders: {here} / {there}"),
        (Field.BORN, "deels gelijk"): _("geboortedatum deels gelijk: {here} / {there}"),
        (Field.BORN, "anders"): _("geboortedatum anders: {here} / {there}"),
        (Field.BORN, "onbekend"): _("geboortedatum ontbreekt"),
        (Field.SEX, "gelijk"): _("geslacht gelijk"),
        (Field.SEX, "anders"): _("geslacht anders"),
        (Field.SEX, "onbekend"): _("geslacht ontbreekt"),
        (Field.YEAR, "gelijk"): _("jaargroep gelijk"),
        (Field.YEAR, "een jaar verder"): _("een jaargroep verder: {there} → {here}"),
        (Field.YEAR, "onbekend"): _("jaargroep ontbreekt"),
        (Field.YEAR, ""): _("jaargroep anders: {there} → {here}"),
        (Field.GROUP, "meegegaan"): _("groep past, met {along} anderen"),
        (Field.GROUP, "andere groep"): _("groep past niet bij die van de anderen"),
        (Field.NAME, "verwisseld"): _("voor- en achternaam lijken verwisseld: {here} / {there}"),
        (Field.NAME, "gelijk"): _("groepsnaam gelijk"),
        (Field.NAME, "opgeschoven"): _("groepsnaam een jaar opgeschoven: {there} → {here}"),
        (Field.NAME, "zelfde nummer"): _("groepsnaam met hetzelfde nummer: {here} / {there}"),
        (Field.NAME, "lijkt"): _("groepsnaam lijkt: {here} / {there}"),
        (Field.NAME, "anders"): _("groepsnaam anders: {here} / {there}"),
        (Field.NAME, "onbekend"): _("groepsnaam ontbreekt"),
        (Field.PUPILS, "vrijwel alle"): _("vrijwel alle leerlingen komen uit deze groep"),
        (Field.PUPILS, "de meeste"): _("de meeste leerlingen komen uit deze groep"),
        (Field.PUPILS, "een deel"): _("een deel van de leerlingen komt uit deze groep"),
        (Field.PUPILS, "geen"): _("de leerlingen komen niet uit deze groep"),
        (Field.EMAIL, "gelijk"): _("e-mailadres gelijk"),
        (Field.EMAIL, "ander domein"): _("e-mailadres gelijk voor de @: {here} / {there}"),
        (Field.EMAIL, "een letter"): _("e-mailadres een letter anders: {here} / {there}"),
        (Field.EMAIL, "lijkt"): _("e-mailadres lijkt: {here} / {there}"),
        (Field.EMAIL, "anders"): _("e-mailadres anders"),
        (Field.EMAIL, "onbekend"): _("e-mailadres ontbreekt"),
        (Field.TWIN, ""): _("kan een broer of zus met dezelfde geboortedatum zijn"),
        (Field.KNOWN, "eerder gekoppeld"): _("eerder gekoppeld via deze koppeling"),
        (Field.KNOWN, "ECK iD"): _("ECK iD gelijk"),
        (Field.KNOWN, "sleutel ParnasSys"): _("sleutel van ParnasSys gelijk aan het externe nummer"),
        (Field.KNOWN, "oud extern nummer"): _("oud extern nummer gelijk"),
        (Field.KNOWN, "eerder door een mens gekoppeld"): _("eerder door een mens gekoppeld"),
    }

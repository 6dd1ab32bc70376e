"""Any roster and any message of results that the standard can express (hypothesis)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from core.clock import AMSTERDAM
from core.model import (
    Completeness,
    EckId,
    IncomingGroup,
    IncomingPupil,
    IncomingTeacher,
    LasKey,
    PersonName,
    Roster,
    Sex,
)
from core.scores.message import (
    Colour,
    Entry,
    NormBand,
    NormedResult,
    Norms,
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

from .samples import NOW, SCHOOL, YEAR

_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)


def text(longest: int) -> st.SearchStrategy[str]:
    """Anything XML can hold, without the blanks that are trimmed."""
    words = st.text(_CHARACTERS, min_size=1, max_size=max(1, longest // 2 - 1))
    return st.one_of(words, st.tuples(words, words).map(" ".join)).filter(lambda found: len(found) <= longest)


_days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_moments = st.builds(
    lambda seconds, micros: datetime.fromtimestamp(seconds, AMSTERDAM) + timedelta(microseconds=micros),
    st.integers(946_684_800, 4_102_444_800),
    st.integers(0, 999_999),
).filter(
    # Python calls the hour that comes twice in October unequal to itself in another zone.
    lambda moment: moment.utcoffset() == moment.replace(fold=1 - moment.fold).utcoffset()
)
_years = st.sampled_from([*"BDSVCNH012345678", *(str(year) for year in range(11, 17))])
_keys = text(256).map(LasKey)


def _names(*, initials: bool) -> st.SearchStrategy[PersonName]:
    whole = st.builds(
        PersonName,
        surname=text(200),
        prefix=st.just("") | text(10),
        initials=(st.just("") | text(6)) if initials else st.just(""),
        call_name=st.just("") | text(200),
    )
    return whole | st.builds(PersonName, call_name=text(200))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """A roster as an LVS answer of 2.2 can carry it."""
    keys = draw(st.lists(_keys, unique=True, max_size=6))
    groups = tuple(
        IncomingGroup(key=key, name=draw(text(64)), year=draw(_years))
        if draw(st.booleans())
        else IncomingGroup(key=key, name=draw(text(64)), composite=True)
        for key in keys
    )
    some = 3 if keys else 0
    some_group = st.sampled_from(keys) if keys else st.nothing()
    identities = st.lists(
        st.tuples(_keys, st.none() | text(256).map(EckId)),
        unique_by=(lambda pair: pair[0], lambda pair: pair[1] or object()),
        max_size=6,
    )
    pupils = tuple(
        IncomingPupil(
            key=key,
            eckid=eckid,
            name=draw(_names(initials=True)),
            born=draw(st.none() | _days),
            sex=draw(st.sampled_from(Sex)),
            year_group=draw(st.just("") | _years),
            group=draw(st.none() | some_group),
            extra_groups=tuple(draw(st.lists(some_group, max_size=some))),
        )
        for key, eckid in draw(identities.filter(bool))
    )
    teachers = tuple(
        IncomingTeacher(
            key=key,
            eckid=eckid,
            name=draw(_names(initials=False)),
            email=draw(st.just("") | text(256)),
            groups=tuple(draw(st.lists(some_group, max_size=some, unique=True))),
            roles=tuple(draw(st.lists(text(64), max_size=2, unique=True))),
        )
        for key, eckid in draw(identities)
    )
    return Roster(
        school=SCHOOL,
        school_year=YEAR,
        received=NOW,
        as_of=draw(st.none() | _days),
        created=draw(st.none() | _moments),
        completeness=Completeness(whole=True),
        groups=groups,
        teachers=teachers,
        pupils=pupils,
    )


_uris = st.just("") | st.integers(0, 99).map("https://voorbeeld.example/{}".format)
_terms = st.builds(Term, text=text(256), vocabulary=_uris, location=_uris)
_decimals = st.decimals(Decimal("-99999"), Decimal("99999"), places=3)
_ints = st.integers(0, 99999)
_marks = st.none() | st.decimals(Decimal(1), Decimal(10), places=1)
_colours = st.builds(
    Colour,
    red=st.integers(0, 255),
    green=st.integers(0, 255),
    blue=st.integers(0, 255),
    opacity=st.decimals(Decimal(0), Decimal(1), places=2),
)
_bands = st.builds(
    NormBand,
    term=text(64),
    description=st.just("") | text(128),
    first=_ints,
    last=_ints,
    colour=st.none() | _colours,
    mark_from=_marks,
    mark_to=_marks,
)
_norms = st.builds(
    Norms,
    category=st.none() | _terms,
    level=st.none() | _terms,
    weight=st.none() | _decimals,
    bands=st.lists(_bands, min_size=1, max_size=3).map(tuple),
    vocabulary=_uris,
    location=_uris,
)
_scores = st.builds(
    TestScore,
    items=st.none() | _ints,
    right=st.none() | _ints,
    wrong=st.none() | _ints,
    read=st.none() | _ints,
    seconds=st.none() | _decimals,
    ability=st.none() | _decimals,
    scale=st.just("") | text(20),
    interval=st.none() | st.tuples(_decimals, _decimals),
)
_references = st.builds(
    Reference, code=text(20), population=text(20), value=text(20), qualification=st.just("") | text(20)
)
_outcomes = st.builds(ScoreResult, value=_ints) | st.builds(
    NormedResult, score=st.none() | _scores, references=st.lists(_references, max_size=3).map(tuple)
)


@st.composite
def _tests(draw: st.DrawFn, code: str) -> TestDefinition:
    numbers = draw(st.lists(st.integers(1, 99), unique=True, max_size=3))
    return TestDefinition(
        code=Term(text=code, vocabulary=draw(_uris)),
        version=draw(st.none() | _terms),
        name=draw(st.just("") | text(128)),
        year=draw(st.none() | _terms),
        subject=draw(st.none() | _terms),
        norms=draw(st.none() | _norms),
        hierarchy=tuple(draw(st.lists(st.builds(Entry, depth=st.integers(-5, 5), term=_terms), max_size=2))),
        parts=tuple(
            TestPart(
                number=number,
                code=draw(_terms),
                name=draw(st.just("") | text(128)),
                norms=draw(st.none() | _norms),
            )
            for number in numbers
        ),
    )


@st.composite
def messages(draw: st.DrawFn) -> ResultMessage:
    """A message of results that the schema of 2.2 takes."""
    codes = draw(st.lists(text(256), min_size=1, max_size=3, unique=True))
    keys = draw(st.lists(text(256), min_size=1, max_size=5, unique=True))
    sittings = tuple(
        Sitting(
            pupil=draw(_keys),
            eckid=draw(st.none() | text(256).map(EckId)),
            processor=draw(st.just("") | text(256)),
            results=(
                Result(
                    key=ResultKey(key),
                    taken=draw(_days),
                    test=draw(st.sampled_from(codes)),
                    version=draw(st.none() | _terms),
                    part=draw(st.just("") | text(256)),
                    outcome=draw(_outcomes),
                    info_url=draw(st.just("") | text(256)),
                ),
            ),
        )
        for key in keys
    )
    return ResultMessage(
        school=SCHOOL,
        school_year=YEAR,
        created=draw(_moments),
        author=draw(st.just("") | text(128)),
        comment=draw(st.just("") | text(128)),
        sittings=sittings,
        tests=tuple(draw(_tests(code)) for code in codes),
    )

"""Every sentence of core and tui has its English; what is shown is in the catalogue wherever it stands."""

from __future__ import annotations

import ast
import asyncio
import re
import string
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir

from core import language
from core.desk import actor, worklist
from core.importing import decisions, guards, rows
from core.importing.matching import outcome
from core.linking import checks, course, link
from core.mail import items
from core.model import Kind
from core.night import Ending
from core.scores.ledger import State
from core.scores.reasons import Reason
from tests.english import catalogue, english

ROOT = Path(language.__file__).parents[1]
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
"""As in the Makefile's `translations`."""
SHOWN: list[type[StrEnum]] = [
    actor.Role,
    actor.Act,
    checks.Check,
    checks.Outcome,
    course.Progress,
    decisions.Category,
    decisions.Ending,
    Ending,
    guards.Guard,
    items.Post,
    Kind,
    link.LinkState,
    link.Move,
    link.Party,
    outcome.Field,
    outcome.Flag,
    outcome.Ground,
    Reason,
    rows.Show,
    rows.Trouble,
    State,
    worklist.Section,
]


def texts(message: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def in_the_code() -> set[tuple[str, ...]]:
    methods = [("**.py", "tests.command_help:texts"), ("**.toml", "tests.tales:texts")]
    return {
        texts(found[2])
        for folder in ("core", "tui", "fixtures/scenarios")
        for found in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS)
    }


def written() -> set[str]:
    """Return every text that stands in a call of the language door, as Python reads it."""
    calls = (
        node
        for folder in ("core", "tui")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS
    )
    words = (word for call in calls for word in call.args[:2])
    return {word.value for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)}


def in_the_catalogue() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {texts(message.id): texts(message.string or "") for message in catalogue() if message.id}


def fields(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in string.Formatter().parse(text) if name is not None}


JARRING = re.compile(r"\b(?:je|jij|jou|jouw|brief|brieven|records?|parsen|time-?out|synchronis\w*)\b", re.IGNORECASE)
"""Not `u`, or another word than the screens have for the same thing, or none of support staff's."""


def test_every_sentence_says_u_in_words_of_support_staff() -> None:
    said = {dutch for texts in in_the_catalogue() for dutch in texts} - {outcome.Flag.CLAIMED_TWICE.value}
    assert not [dutch for dutch in said if JARRING.search(dutch)]


def test_every_sentence_has_its_english() -> None:
    """Run `make translations` and translate what is empty in core/locale/en."""
    known = in_the_catalogue()
    # gettext answers the one of a pair as well, so its single form needs no message of its own.
    known |= {(one[0],): translated for one, translated in known.items() if (one[0],) not in known}
    missing = sorted(text for text in in_the_code() if not all(known.get(text, ("",))))
    assert not missing, f"{len(missing)} not translated; run `make translations` and fill in: {missing}"


def test_no_text_hides_from_the_catalogue_inside_an_f_string() -> None:
    """Where the extraction cannot see it: take the call out of the f-string."""
    assert not written() - {text for found in in_the_code() for text in found}


def test_the_catalogue_holds_nothing_that_the_code_no_longer_says() -> None:
    left = sorted(set(in_the_catalogue()) - in_the_code())
    assert not left, f"run `make translations`: {left}"
    assert not catalogue().obsolete


def test_a_translation_has_the_same_places_to_fill_in() -> None:
    wrong = [
        (dutch, translated)
        for dutch, translated in in_the_catalogue().items()
        if any(fields(text) != set().union(*map(fields, dutch)) for text in translated)
    ]
    assert not wrong


def test_the_catalogue_passes_the_checks_of_babel() -> None:
    whole = catalogue()
    assert not whole.fuzzy, "a fuzzy catalogue is not compiled"
    for message in whole:
        for check in checkers:
            check(whole, message)


@pytest.mark.parametrize("shown", SHOWN, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_every_value_that_is_shown_is_marked_for_the_catalogue(shown: type[StrEnum]) -> None:
    marked = in_the_catalogue()
    assert not [member.value for member in shown if member.value and (member.value,) not in marked]


def test_dutch_needs_no_catalogue_and_english_comes_from_the_compiled_one(tmp_path: Path) -> None:
    assert language._("Gegevens importeren") == "Gegevens importeren"
    with english(tmp_path):
        assert language._("Gegevens importeren") == "Import data"
        assert language.ngettext("{n} probleem", "{n} problemen", 1) == "{n} problem"
        assert language.ngettext("{n} probleem", "{n} problemen", 2) == "{n} problems"
        assert language._("") == ""
    assert language._("Gegevens importeren") == "Gegevens importeren"


def test_a_language_without_a_catalogue_falls_back_to_dutch(tmp_path: Path) -> None:
    assert not language.use("en", tmp_path)
    try:
        assert language._("Gegevens importeren") == "Gegevens importeren"
    finally:
        language.use("nl")


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("opengezet", "opened"),
        ("leerlingen nieuw 3, leerlingen niet 1", "pupils new 3, pupils not 1"),
        ("BRIN bekend ✓, SchoolKey leeg ✗, verbinding ?", "BRIN known ✓, SchoolKey empty ✗, connection ?"),
        ("36", "36"),
        ("3 gewijzigd, 1 na te kijken", "3 changed, 1 to review"),
        ("Meester Jan belde, en had geen tijd", "Meester Jan belde, en had geen tijd"),
        ("", ""),
    ],
)
def test_fixed_words_kept_in_dutch_are_spoken_in_the_language_in_use(tmp_path: Path, kept: str, told: str) -> None:
    assert language.spoken(kept) == kept
    with english(tmp_path):
        assert language.spoken(kept) == told


async def test_what_is_kept_in_dutch_is_so_in_every_task_below_and_nowhere_else(tmp_path: Path) -> None:
    async def told() -> str:
        return await asyncio.to_thread(language._, "groepen")

    with english(tmp_path):
        with language.in_dutch():
            below = asyncio.create_task(told())
            assert language._("groepen") == "groepen"
            assert language.ngettext("{n} school", "{n} scholen", 2) == "{n} scholen"
        assert await below == "groepen"
        assert await told() == "groups"

"""Help pages and usage errors are whole in Dutch and in English: nothing of cyclopts' own words is left."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from cyclopts import App, CycloptsError
from rich.console import Console

from core.errors import UnreadableInput
from tests.english import dutch_in, english
from tui.cli import COMMANDS, build
from tui.usage import PLACEHOLDERS, misused

OF_CYCLOPTS = re.compile(
    r"Usage|Commands|Parameters|Arguments|Display|required|choices|default|Did you|Unknown|Invalid|Unused|Tokens"
    r"|requires|unable|specified|command\b|option\b|Choose|\b(?:COMMAND|OPTIONS|ARGS|PATH|STR|INT|CHOICE|FILE|NAME)\b"
)
OURS = {*PLACEHOLDERS.values(), "BRIN", "SCHOOL"}


def below(app: App) -> list[str]:
    return [name for name in app if not name.startswith("-")]


def pages() -> dict[str, str]:
    """Return every help page there is, as it is shown."""
    calls: list[list[str]] = [[]]
    for name in COMMANDS:
        calls += [[name], *([name, sub] for sub in below(build([name])[name]))]
    return {" ".join(words): page(words) for words in calls}


def page(words: list[str]) -> str:
    shown = io.StringIO()
    console = Console(file=shown, width=100)
    build(words).meta(
        [*words, "--help"], console=console, exit_on_error=False, print_error=False, result_action="return_value"
    )
    return shown.getvalue()


def refusal(line: str) -> UnreadableInput:
    words = line.split()
    with pytest.raises(CycloptsError) as caught:
        build(words).meta(words, exit_on_error=False, print_error=False, result_action="return_value")
    return misused(caught.value)


def test_every_help_page_is_dutch() -> None:
    found = pages()
    assert len(found) > 60
    assert not {name: OF_CYCLOPTS.findall(text) for name, text in found.items() if OF_CYCLOPTS.search(text)}
    assert "Gebruik: koppeldesk link approve [OPTIES] BRIN" in found["link approve"]
    assert "Keurt de aanvraag goed" in found["link approve"]
    assert "Voorbeeld: koppeldesk link approve 12AB" in found["link approve"]


def test_every_value_to_fill_in_has_a_dutch_name() -> None:
    """The word comes from the names and types in our code: a new one needs its Dutch in PLACEHOLDERS."""
    usage = "\n".join(text.splitlines()[0] for text in pages().values())
    assert not set(re.findall(r"\b[A-Z]{2,}\b", usage)) - OURS


def test_every_help_page_is_english_when_asked(tmp_path: Path) -> None:
    with english(tmp_path):
        found = pages()
    told = {name: re.sub(r"^Example: .*", "", text, flags=re.MULTILINE) for name, text in found.items()}
    assert not {name: dutch_in(text) for name, text in told.items() if dutch_in(text)}
    assert "Usage: koppeldesk link approve [OPTIONS] BRIN" in found["link approve"]
    assert "Example: koppeldesk link approve 12AB" in found["link approve"]


WRONG = {
    "scool": "De opdracht “scool” bestaat niet. Bedoelt u school?",
    "results imprt x": "De opdracht “imprt” bestaat niet. Bedoelt u import?",
    "school show 12AB 13AB": "“13AB” is te veel bij deze opdracht.",
    "school list --serch": "De optie --serch bestaat niet bij deze opdracht. Bedoelt u --search?",
    "school list --serch=x": "De optie --serch bestaat niet bij deze opdracht. Bedoelt u --search?",
    "--foo": "De optie --foo bestaat niet bij deze opdracht.",
    "link approve": "Er ontbreekt een gegeven: BRIN.",
    "match a b": "Er ontbreekt een gegeven: --kind.",
    "school add 12AB --name": "Er ontbreekt een gegeven: --name.",
    "match a b --kind pupl": "“pupl” kan niet bij --kind. Bedoelt u pupil?",
    "nightly --concurrency x": "“x” kan niet bij --concurrency: daar hoort een getal.",
    "nightly --last 1 --last 2": "--last staat er meer dan eens.",
    "--lang fr": "“fr” kan niet bij --lang.",
}


@pytest.mark.parametrize("line", WRONG)
def test_wrong_usage_says_what_is_wrong_and_where_the_explanation_is(line: str, tmp_path: Path) -> None:
    error = refusal(line)
    assert error.what == WRONG[line]
    assert error.exit_code == 2
    assert error.reference.startswith("koppeldesk"), "else the name of a class stands there"
    assert "--help" in error.todo
    assert not OF_CYCLOPTS.search(error.what + error.todo)
    with english(tmp_path):
        spoken = refusal(line)
    assert not dutch_in(f"{spoken.what}\n{spoken.stored}\n{spoken.todo}")


def test_the_explanation_that_is_named_is_that_of_the_command() -> None:
    assert refusal("link approve").todo.endswith("koppeldesk link approve --help")
    assert "Kies uit: pupil, teacher, group." in refusal("match a b --kind q").todo

"""A state or act is asked for in the word that screens show, in Dutch or in the language in use."""

from __future__ import annotations

from pathlib import Path

import pytest
from cyclopts import App

from core.errors import UnreadableInput
from core.linking.link import LinkState
from tests.core.desk.office import SCHOOL, SERVICE, Bureau
from tests.english import english
from tests.tui.commands.at_the_desk import Typist
from tui.commands import audit, results, school

ASKED = [
    (results.app, "status 12AB --state", "afgekeurd", "rejected"),
    (school.app, "list --state", "goedgekeurd", "approved"),
    (audit.app, "--act", "scholen beheren", "manage schools"),
]


@pytest.fixture
def typist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typist:
    bureau = Bureau(tmp_path / "desk")
    bureau.with_school(LinkState.APPROVED)
    return Typist(bureau.desk, capsys, SERVICE)


@pytest.mark.parametrize(("app", "words", "dutch", "english_word"), ASKED)
def test_the_words_of_the_screens_are_understood(
    typist: Typist, tmp_path: Path, app: App, words: str, dutch: str, english_word: str
) -> None:
    assert typist.run(app, *words.split(), dutch)[0] == 0
    with pytest.raises(UnreadableInput, match="is hier niet bekend"):
        typist.run(app, *words.split(), english_word)
    with english(tmp_path / "locale"):
        assert typist.run(app, *words.split(), english_word)[0] == 0
        assert typist.run(app, *words.split(), dutch)[0] == 0


def test_only_schools_in_that_state_are_listed(typist: Typist) -> None:
    assert [each["school"] for each in typist.json(school.app, "list", "--state", "goedgekeurd")] == [str(SCHOOL)]
    assert typist.json(school.app, "list", "--state", "actief") == []


def test_a_state_there_is_not_is_refused_with_the_ones_there_are(typist: Typist) -> None:
    with pytest.raises(UnreadableInput) as caught:
        typist.run(results.app, "status", "12AB", "--state", "rejected")
    assert "afgekeurd, gecorrigeerd, vervallen" in caught.value.todo

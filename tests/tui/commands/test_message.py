"""`koppeldesk message`: support staff can prove what happened, in a terminal and in a script."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import respx

from core.desk.messages import StoredExchanges
from core.model import LinkAddress, Secret
from core.settings import Las
from core.uwlr.client import Uwlr
from tests.core.desk.office import SCHOOL, YEAR, Bureau
from tests.tui.commands.at_the_desk import Terminal
from tui.commands.message import app

ANSWER = (
    Path(__file__).parents[3] / "fixtures" / "wire" / "antwoorden" / "HaalLeerlinggegevens-lvs-2.2.xml"
).read_bytes()


@pytest.fixture
async def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A desk whose line has been used once."""
    bureau = Bureau(tmp_path)
    bureau.with_school()
    with respx.mock:
        respx.post("https://las.example/services/v2/leerlinggegevens").respond(content=ANSWER)
        async with httpx.AsyncClient(verify=False) as http:
            line = Uwlr(Las(url="https://las.example"), bureau.clock, http, recorder=StoredExchanges(bureau.store))
            await line.probe(LinkAddress(school=SCHOOL, school_year=YEAR, key=Secret("zeer-geheime-sleutel")))
    return Terminal(bureau, capsys)


def test_it_shows_request_and_answer_without_key_and_names(terminal: Terminal) -> None:
    code, text = terminal.run(app, "show", "12AB")
    assert code == 0
    assert "HaalLeerlinggegevens 2.3  23-11-2026 08:14  HTTP 200" in text
    assert "Uitkomst: gelukt" in text
    assert "<aut:autorisatiesleutel>••••</aut:autorisatiesleutel>" in text
    assert "geheim" not in text
    assert "Fien" not in text
    assert "<naam>3A</naam>" in text


def test_names_are_shown_when_asked(terminal: Terminal) -> None:
    assert "<roepnaam>Fien</roepnaam>" in terminal.run(app, "show", "12AB", "--names")[1]


def test_a_script_gets_one_document(terminal: Terminal) -> None:
    (found,) = terminal.json(app, "show", "12AB", "--operation", "haalleerlinggegevens")
    assert (found["operation"], found["status"], found["version"]) == ("HaalLeerlinggegevens", 200, "2.3")
    assert terminal.json(app, "show", "12AB", "--operation", "BrengLeerresultaten") == []


def test_nothing_kept_is_said(terminal: Terminal) -> None:
    assert "geen bericht bewaard" in terminal.run(app, "show", "12AB", "--operation", "HaalStructuur")[1]

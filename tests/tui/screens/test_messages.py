"""The UWLR messages of a school on screen: found from the school, names hidden until asked, asking noted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.desk.messages import Exchange, StoredExchanges
from core.linking.link import LinkState
from core.uwlr.record import storable
from tests.core.desk.office import SCHOOL, SERVICE, Bureau
from tests.tui.screens.terminal import at_the_app
from tui.screens.school import SchoolScreen

WIRE = Path(__file__).parents[3] / "fixtures" / "wire"
REQUEST = (WIRE / "verzoeken" / "HaalLeerlinggegevens-2.2.xml").read_bytes()
ANSWER = (WIRE / "antwoorden" / "HaalLeerlinggegevens-lvs-2.2.xml").read_bytes()


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    bureau = Bureau(tmp_path)
    bureau.with_school(LinkState.ACTIVE)
    StoredExchanges(bureau.store).record(
        Exchange(
            at=bureau.clock.now(),
            took=timedelta(seconds=1),
            school=SCHOOL,
            operation="HaalLeerlinggegevens",
            version="2.2",
            status=200,
            outcome="gelukt",
            request=storable(REQUEST),
            answer=storable(ANSWER),
        )
    )
    return bureau


async def test_a_message_is_read_from_the_school_with_names_hidden_until_they_are_asked_for(bureau: Bureau) -> None:
    async with at_the_app(bureau, SERVICE) as person:
        person.app.open_screen(SchoolScreen(SCHOOL))
        await person.until("SchoolScreen")
        screen = await person.press("u")
        assert person.place == "MessagesScreen"
        assert "HaalLeerlinggegevens" in screen
        assert "gelukt" in screen
        screen = await person.press("enter")
        assert person.place == "ExchangeScreen"
        assert "••••" in screen
        hidden = await person.press("slash", *"roepnaam", "enter")
        assert "Fien" not in hidden
        assert not [entry for entry in bureau.store.audit().read() if entry.subject == "bericht met namen"]
        shown = await person.press("n")
        assert "Fien" in shown
        assert "Fien" not in await person.press("n")
    (noted,) = [entry for entry in bureau.store.audit().read() if entry.subject == "bericht met namen"]
    assert noted.by == SERVICE.name

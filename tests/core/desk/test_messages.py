"""Show the message: the last of each operation, without keys, without names unless asked, and not for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.desk.messages import StoredExchanges
from core.errors import RefusedByRole
from core.uwlr.record import HIDDEN, MASK, Exchange, storable
from tests.core.desk.office import ADMINISTRATOR, READER, SCHOOL, SERVICE, STRANGER, Bureau

WIRE = Path(__file__).parents[3] / "fixtures" / "wire"
REQUEST = (WIRE / "verzoeken" / "HaalLeerlinggegevens-2.3.xml").read_bytes()
ANSWER = (WIRE / "scheef" / "verboden-velden.xml").read_bytes()


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    bureau = Bureau(tmp_path)
    bureau.with_school()
    return bureau


def keep(bureau: Bureau, *operations: str) -> None:
    """Have these exchanges happen, a minute apart."""
    for operation in operations:
        bureau.clock.pass_by(minutes=1)
        StoredExchanges(bureau.store).record(
            Exchange(
                at=bureau.clock.now(),
                took=timedelta(milliseconds=120),
                school=SCHOOL,
                operation=operation,
                version="2.3",
                status=200,
                outcome="gelukt",
                request=storable(REQUEST),
                answer=storable(ANSWER),
            )
        )


def test_the_last_of_each_operation_is_kept_and_shown_newest_first(bureau: Bureau) -> None:
    keep(bureau, "HaalLeerlinggegevens", "BrengLeerresultaten", "HaalLeerlinggegevens")
    shown = bureau.desk.messages.show(SERVICE, SCHOOL)
    assert [exchange.operation for exchange in shown] == ["HaalLeerlinggegevens", "BrengLeerresultaten"]
    assert shown[0].at == bureau.clock.now()
    assert shown[0].took == timedelta(milliseconds=120)


def test_neither_key_nor_forbidden_field_is_in_the_stored_file(bureau: Bureau) -> None:
    keep(bureau, "HaalLeerlinggegevens")
    stored = "".join(path.read_text() for path in bureau.folder.rglob("exchanges.json"))
    assert "Fien" in stored
    assert "voorbeeldsleutel" not in stored
    assert "999990019" not in stored


def test_names_are_hidden_unless_asked_and_asking_is_noted(bureau: Bureau) -> None:
    keep(bureau, "HaalLeerlinggegevens")
    (hidden,) = bureau.desk.messages.show(READER, SCHOOL)
    assert "Fien" not in hidden.answer
    assert f"<achternaam>{HIDDEN}</achternaam>" in hidden.answer
    assert MASK in hidden.request
    assert not [entry for entry in bureau.store.audit().read() if entry.subject == "bericht met namen"]
    (open_,) = bureau.desk.messages.show(ADMINISTRATOR, SCHOOL, names=True)
    assert "<roepnaam>Fien</roepnaam>" in open_.answer
    (noted,) = [entry for entry in bureau.store.audit().read() if entry.subject == "bericht met namen"]
    assert noted.by == ADMINISTRATOR.name


def test_a_school_of_somebody_else_has_no_messages(bureau: Bureau) -> None:
    with pytest.raises(RefusedByRole):
        bureau.desk.messages.show(STRANGER, SCHOOL)


def test_a_message_past_its_time_is_not_shown_and_is_purged(bureau: Bureau) -> None:
    keep(bureau, "HaalLeerlinggegevens")
    bureau.clock.pass_by(days=31)
    assert bureau.desk.messages.show(SERVICE, SCHOOL) == ()
    assert bureau.desk.privacy.purge(SERVICE, dry_run=True).messages == 1
    assert bureau.desk.privacy.purge(SERVICE).messages == 1
    assert not [path for path in bureau.folder.rglob("exchanges.json*") if b"Fien" in path.read_bytes()]


def test_a_damaged_file_of_messages_does_not_hold_up_the_school(bureau: Bureau) -> None:
    keep(bureau, "HaalLeerlinggegevens")
    (file,) = bureau.folder.rglob("exchanges.json")
    file.write_text("{")
    keep(bureau, "HaalLeerlinggegevens")

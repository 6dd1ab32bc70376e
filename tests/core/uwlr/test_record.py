"""The message shown to support staff: no key and no forbidden field ever, no name unless asked."""

from __future__ import annotations

import pytest

from core.uwlr.record import HIDDEN, MASK, storable, without_names

from .samples import golden

ANSWER = golden("scheef/verboden-velden.xml")


def test_keys_are_masked_before_anything_is_kept() -> None:
    text = storable(golden("verzoeken/HaalLeerlinggegevens-2.2.xml"))
    assert f"<aut:autorisatiesleutel>{MASK}</aut:autorisatiesleutel>" in text
    assert f"<aut:klantcode>{MASK}</aut:klantcode>" in text
    assert "Boom test onderwijs" in text


def test_forbidden_fields_are_emptied_before_anything_is_kept() -> None:
    text = storable(ANSWER)
    assert f"<bsn>{HIDDEN}</bsn>" in text
    assert f"<postcodenl>{HIDDEN}</postcodenl>" in text
    assert "999990019" not in text
    assert "<achternaam>Berg</achternaam>" in text


@pytest.mark.parametrize(
    "spoiled",
    [
        b"<bsn>999990019",
        b"<x:bsn>999990019</x:bsn>",
        b"<bsn ><![CDATA[999990019]]></bsn>",
        b"<bsn><a>999990019</a></bsn>",
        b"<bsn\n a='1'>\n999990019\n</bsn>",
        b'<leerling bsn="999990019">',
        "<bsn>999990019</bsn>".encode("utf-16"),
        "<bsn>999990019</bsn>".encode("utf-16-be"),
        b"<bsn>\xff999990019</bsn>",
        b"<bsn>999990019<bsn>999990019</bsn>",
    ],
)
def test_it_does_not_take_whole_xml_to_empty_a_field(spoiled: bytes) -> None:
    assert "999990019" not in storable(spoiled)


def test_names_are_hidden_unless_asked() -> None:
    hidden = without_names(storable(ANSWER))
    for private in ("Berg", "van den", "Fien", "2020-02-29", "Smit", "Rachida", "Ela Deniz", "O&apos;Brien"):
        assert private not in hidden
    assert f"<achternaam>{HIDDEN}</achternaam>" in hidden
    assert 'key="1001"' in hidden
    assert "<naam>3A</naam>" in hidden


def test_an_empty_element_stays_as_it_is() -> None:
    assert storable(b"<bsn/><naam>x</naam>") == "<bsn/><naam>x</naam>"


def test_a_very_long_message_is_cut_with_a_note() -> None:
    text = storable(b"x" * 3_000_000)
    assert len(text) < 2_100_000
    assert "niet bewaard" in text

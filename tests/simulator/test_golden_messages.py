"""The golden messages, which neither half made, at the server half: every request is understood, every fault is as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from core.wire import names
from core.wire.faults import FaultCode
from simulator import soap
from tests.simulator.callers import Caller

GOLDEN = Path(__file__).parents[2] / "fixtures" / "wire"
REQUESTS = sorted(path.name for path in (GOLDEN / "verzoeken").glob("*.xml"))


def service_of(name: str) -> names.Service:
    """Return the service a golden message is for."""
    return names.OPERATIONS[name.partition("-")[0]].service


@pytest.mark.parametrize("name", REQUESTS)
def test_a_golden_request_is_understood_up_to_its_key_which_is_nobodys(caller: Caller, name: str) -> None:
    answered = caller.raw(service_of(name), (GOLDEN / "verzoeken" / name).read_bytes())
    assert answered.code == "Client.AutorisatieOngeldig"
    line = caller.control("GET", "/journaal")[-1]
    assert (line["operatie"], line["school"]) == (name.partition("-")[0], "99XX-01")
    assert line["reden"] == "de sleutel is onbekend, vervangen of ingetrokken"


@pytest.mark.parametrize("code", list(FaultCode))
def test_a_fault_reads_as_the_golden_one(code: FaultCode) -> None:
    def parts(message: bytes) -> list[tuple[str, str]]:
        fault = etree.fromstring(message).find(f".//{{{names.SOAP}}}Fault")
        assert fault is not None
        return [(str(child.tag), child.text or "") for child in fault]

    (_, ours), (_, golden) = (
        parts(soap.write_fault(code))[0],
        parts((GOLDEN / "fouten" / f"{code}.xml").read_bytes())[0],
    )
    assert ours == golden
    assert [tag for tag, _ in parts(soap.write_fault(code))] == ["faultcode", "faultstring"]


def test_every_value_of_the_golden_results_is_held(caller: Caller) -> None:
    school = caller.first_school()
    key = caller.link(school)
    pupils = [one for one in caller.pull(school).body.iter("{*}leerling") if one.get("eckid")][:2]
    text = (GOLDEN / "verzoeken" / "BrengLeerresultaten-beide-2.3.xml").read_text("utf-8")
    ecks = [f"https://ketenid.nl/pilot/{number:0128d}" for number in (1, 2)]
    for old, new in (
        ("99XX0voorbeeldsleutel", key),
        ("<brincode>99XX", f"<brincode>{school[:4]}"),
        ("<dependancecode>01", f"<dependancecode>{school[5:]}"),
        ("<leerlingid>1001", f"<leerlingid>{pupils[0].get('key')}"),
        *((eck, pupil.get("eckid") or "") for eck, pupil in zip(ecks, pupils, strict=True)),
    ):
        assert old in text
        text = text.replace(old, new)
    answered = caller.raw(names.Service.RESULTS, text.encode())
    assert answered.code == "", caller.control("GET", "/journaal")[-1]["reden"]
    held = {one.pop("key"): one for one in caller.results(school)["resultaten"]}
    assert [held[name]["leerlingid"] for name in sorted(held)] == [pupils[0].get("key")] * 2 + [pupils[1].get("key")]
    assert (held["kd-0001"]["score"], held["kd-0001"]["versie"]) == (31, "2026")
    assert (held["kd-0002"]["score"], held["kd-0002"]["toetsonderdeelcode"]) == (0, "VB-SP3-1")
    assert held["kd-0002"]["infourl"] == "https://voorbeeld.example/r/kd-0002"
    assert held["kd-0003"]["osoresultaat"] == {
        "aantalopgaven": "60",
        "aantalgoed": "45",
        "aantalfout": "12",
        "aantalgelezen": "57",
        "tijd": "1825.5",
        "vaardigheidsscore": "212.4",
        "codevaardigheidsschaal": "VB-RW",
        "bivlaag": "207.9",
        "bivhoog": "216.9",
        "referentiescores": [
            {
                "codereferentiescore": "IV",
                "codevergelijkingsgroep": "Landelijk",
                "waarde": "II",
                "kwalificatie": "boven gemiddeld",
            },
            {
                "codereferentiescore": "DLE",
                "codevergelijkingsgroep": "Landelijk",
                "waarde": "46",
                "kwalificatie": "",
            },
        ],
    }

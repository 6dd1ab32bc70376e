"""zeep, a SOAP client that knows nothing of us, reads our WSDL and makes all five calls over real HTTP.

It sends only: zeep 4.3 cannot read every valid answer, so the raw answers are read here.
"""

from __future__ import annotations

from typing import Any

import pytest
import requests
import zeep
from zeep.exceptions import Fault

from .answers import LL, LR, body, fault_code, keys
from .conftest import LinkedSchool

PORT = "prtLeerlinggegevensService"
ZEEP: Any = zeep.Client
"""zeep is typed in part only."""


def client(school: LinkedSchool, service: str) -> Any:
    return ZEEP(f"{school.url}/services/v2/{service}?wsdl", settings=zeep.Settings(raw_response=True))


def header(school: LinkedSchool, key: str = "") -> dict[str, Any]:
    return {
        "autorisatie": {
            "autorisatiesleutel": key or school.key,
            "klantcode": school.klantcode,
            "klantnaam": school.klantnaam,
        }
    }


def ask(school: LinkedSchool, operation: str, *, key: str = "", **more: object) -> requests.Response:
    """Call one of the four operations for pupil data."""
    port = PORT if operation == "HaalLeerlinggegevens" else f"{PORT}-getrapt"
    bound = client(school, "leerlinggegevens").bind("LeerlinggegevensService", port)
    answer = bound[operation](
        schooljaar=school.school_year,
        brincode=school.brin,
        dependancecode=school.dependance,
        xsdversie="2.2",
        _soapheaders=header(school, key),
        **more,
    )
    assert isinstance(answer, requests.Response)
    return answer


def groups(answer_keys: list[str]) -> dict[str, Any]:
    return {"_value_1": [{"groep": {"key": key}} for key in answer_keys]}


def test_zeep_gets_an_answer_to_all_five_operations(school: LinkedSchool) -> None:
    structure = body(ask(school, "HaalStructuur").content)
    assert structure.tag == f"{LL}structuur_antwoord"
    found = keys(structure, "groep")
    assert found

    pupils = body(ask(school, "HaalLeerlingen", groepen=groups(found)).content)
    assert pupils.tag == f"{LL}leerlingen_antwoord"
    in_steps = set(keys(pupils, "leerling"))

    teachers = body(ask(school, "HaalLeerkrachten", groepen=groups(found)).content)
    assert teachers.tag == f"{LL}leerkrachten_antwoord"

    everything = body(ask(school, "HaalLeerlinggegevens").content)
    assert everything.tag == f"{LL}leerlinggegevens_antwoord"
    assert in_steps <= set(keys(everything, "leerling"))

    confirmation = body(bring(school, keys(everything, "leerling")[0]).content)
    assert confirmation.tag == f"{LR}leerresultaten_bevestiging"
    assert [result["key"] for result in school.results()] == ["zeep-1", "zeep-2"]


def bring(school: LinkedSchool, pupil: str) -> requests.Response:
    """Send two results of one pupil, one of them normed."""
    when = f"{school.school_year[:4]}-11-20"
    interval = {"bivlaag": "207.9", "bivhoog": "216.9"}
    normed = {
        "toetsscore": {"vaardigheidsscore": "212.4", "betrouwbaarheidsinterval": interval},
        "referentiescore": [
            {"codereferentiescore": "IV", "codevergelijkingsgroep": "Landelijk", "waarde": "II"},
        ],
    }
    bound = client(school, "leerresultaten").service
    answer = bound.BrengLeerresultaten(
        school={
            "schooljaar": school.school_year,
            "brincode": school.brin,
            "dependancecode": school.dependance,
            "aanmaakdatum": f"{when}T03:00:00+01:00",
            "xsdversie": "2.2",
        },
        toetsafnames={
            "toetsafname": [
                {
                    "leerlingid": pupil,
                    "resultaten": {
                        "resultaat": [
                            {"key": "zeep-1", "afnamedatum": when, "toetscode": "Z-1", "score": 12},
                            {"key": "zeep-2", "afnamedatum": when, "toetscode": "Z-2", "osoresultaat": normed},
                        ]
                    },
                }
            ]
        },
        toetsen={"toets": [{"toetscode": {"_value_1": "Z-1"}}, {"toetscode": {"_value_1": "Z-2"}}]},
        _soapheaders=header(school),
    )
    assert isinstance(answer, requests.Response)
    return answer


def test_a_wrong_key_is_a_fault_that_zeep_understands(school: LinkedSchool) -> None:
    answer = ask(school, "HaalStructuur", key="verkeerd")
    assert answer.status_code == 500
    assert fault_code(body(answer.content)) == "Client.AutorisatieOngeldig"


def test_zeep_raises_its_own_fault_for_ours(school: LinkedSchool) -> None:
    plain = ZEEP(f"{school.url}/services/v2/leerlinggegevens?wsdl")
    with pytest.raises(Fault):
        plain.bind("LeerlinggegevensService", PORT).HaalLeerlinggegevens(
            schooljaar=school.school_year,
            brincode=school.brin,
            xsdversie="2.2",
            _soapheaders=header(school, "verkeerd"),
        )

"""The npm package `soap`, a client from another language, makes all five calls over real HTTP."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .answers import LL, LR, body, fault_code, keys
from .conftest import LinkedSchool

HERE = Path(__file__).with_name("node")
AUT = "http://www.edustandaard.nl/leerresultaten/2/autorisatie"
PORT = "prtLeerlinggegevensService"


@pytest.fixture(scope="module")
def node() -> str:
    """Node with the packages of the lock file; skips with the reason when this machine cannot have them."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        pytest.skip("node and npm are not installed here")
    with (HERE / "package.json").open() as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not (HERE / "node_modules" / "soap").exists():
            command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
            try:
                done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=90)
            except subprocess.TimeoutExpired:
                pytest.skip("npm could not fetch the package soap in time")
            if done.returncode != 0:
                pytest.skip(f"npm could not fetch the package soap: {done.stderr.strip()[-200:]}")
    return program


def header(school: LinkedSchool, key: str = "") -> str:
    return (
        f'<aut:autorisatie xmlns:aut="{AUT}"><aut:autorisatiesleutel>{key or school.key}</aut:autorisatiesleutel>'
        f"<aut:klantcode>{school.klantcode}</aut:klantcode><aut:klantnaam>{school.klantnaam}</aut:klantnaam>"
        "</aut:autorisatie>"
    )


def call(school: LinkedSchool, operation: str, args: dict[str, Any], *, key: str = "") -> dict[str, Any]:
    """Return what the script must ask."""
    service = "leerresultaten" if operation == "BrengLeerresultaten" else "leerlinggegevens"
    port = {
        "BrengLeerresultaten": "prtLeerresultatenService",
        "HaalLeerlinggegevens": PORT,
    }.get(operation, f"{PORT}-getrapt")
    return {
        "wsdl": f"{school.url}/services/v2/{service}?wsdl",
        "port": port,
        "operation": operation,
        "args": args,
        "header": header(school, key),
    }


def ask(node: str, *calls: dict[str, Any]) -> list[dict[str, Any]]:
    done = subprocess.run(
        [node, "call.js"], cwd=HERE, input=json.dumps(calls), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    assert isinstance(answers, list)
    return answers


def which(school: LinkedSchool) -> dict[str, Any]:
    return {
        "schooljaar": school.school_year,
        "brincode": school.brin,
        "dependancecode": school.dependance,
        "xsdversie": "2.2",
    }


def test_node_soap_gets_an_answer_to_all_five_operations(node: str, school: LinkedSchool) -> None:
    first = ask(node, call(school, "HaalStructuur", which(school)), call(school, "HaalLeerlinggegevens", which(school)))
    structure, everything = (body(answer["raw"]) for answer in first)
    assert structure.tag == f"{LL}structuur_antwoord"
    assert everything.tag == f"{LL}leerlinggegevens_antwoord"
    pupils = keys(everything, "leerling")

    wanted = {"groep": [{"attributes": {"key": key}} for key in keys(structure, "groep")]}
    second = ask(
        node,
        call(school, "HaalLeerlingen", {**which(school), "groepen": wanted}),
        call(school, "HaalLeerkrachten", {**which(school), "groepen": wanted}),
        call(school, "BrengLeerresultaten", results(school, pupils[0])),
    )
    some, teachers, confirmation = (body(answer["raw"]) for answer in second)
    assert some.tag == f"{LL}leerlingen_antwoord"
    assert set(keys(some, "leerling")) <= set(pupils)
    assert teachers.tag == f"{LL}leerkrachten_antwoord"
    assert confirmation.tag == f"{LR}leerresultaten_bevestiging"
    assert "node-1" in [result["key"] for result in school.results()]


def results(school: LinkedSchool, pupil: str) -> dict[str, Any]:
    when = f"{school.school_year[:4]}-11-21"
    head = {name: value for name, value in which(school).items() if name != "xsdversie"}
    result = {"attributes": {"key": "node-1"}, "afnamedatum": when, "toetscode": "N-1", "score": 7}
    return {
        "school": {**head, "aanmaakdatum": f"{when}T03:00:00+01:00", "xsdversie": "2.2"},
        "toetsafnames": {"toetsafname": {"leerlingid": pupil, "resultaten": {"resultaat": [result]}}},
        "toetsen": {"toets": [{"toetscode": "N-1"}]},
    }


def test_a_wrong_key_is_a_fault_that_node_understands(node: str, school: LinkedSchool) -> None:
    (answer,) = ask(node, call(school, "HaalLeerlinggegevens", which(school), key="verkeerd"))
    assert answer["status"] == 500
    assert answer["fault"].endswith("Client.AutorisatieOngeldig")
    assert fault_code(body(answer["raw"])) == "Client.AutorisatieOngeldig"

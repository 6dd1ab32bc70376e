"""Bad input, each with its exit code and a sentence in Dutch: the program as its user types it, over real HTTP."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.settings import Settings
from simulator.server import running_simulator
from tui.demo.acts import SchoolActs
from tui.demo.stage import Stage, set_up
from tui.demo.world import APPROVED, bring
from tui.session import SHIFT

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A data folder with one approved school, and a simulator that knows it."""

    stage: Stage
    folder: Path
    acts: SchoolActs

    def type(self, *words: str, url: str = "", given: str = "") -> tuple[int, str]:
        """Type a command; return its exit code and what it said on standard error."""
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "KOPPELDESK_DATA": str(self.folder),
            "KOPPELDESK_UWLR_URL": url or self.stage.url,
            SHIFT: str(self.stage.clock.book),
        }
        run = subprocess.run(
            [sys.executable, "-m", "tui", "--as", "Anne:klantenservice", *words],
            env=environ,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            input=given,
        )
        assert "Traceback" not in run.stderr
        return run.returncode, run.stderr

    @property
    def record(self) -> Path:
        """The file of the school."""
        return self.folder / "schools" / str(self.acts.school) / "record.json"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with running_simulator(seed=1, schools=2) as simulator:
        stage = set_up(Settings(), tmp_path / "data", simulator.url)
        acts = SchoolActs(stage, stage.ask("GET", "/schools")[0])
        acts.set_up()
        asyncio.run(bring(acts, APPROVED))
        yield Desk(stage=stage, folder=tmp_path / "data", acts=acts)


def test_an_unreachable_parnassys_is_temporary(desk: Desk) -> None:
    code, said = desk.type("import", "pull", "12AB", url="http://127.0.0.1:9")
    assert code == 4
    assert "ParnasSys" in said
    assert "Er is niets opgeslagen." in said


def test_a_key_that_parnassys_refuses_is_for_the_school_to_mend(desk: Desk) -> None:
    desk.stage.ask("POST", f"/schools/{desk.acts.school}/koppeling/sleutel")
    code, said = desk.type("import", "pull", "12AB")
    assert code == 3
    assert "sleutel" in said


@pytest.mark.parametrize(("brin", "code"), [("1234", 2), ("99ZZ", 3)], ids=["no BRIN", "unknown"])
def test_a_wrong_brin_is_told_apart_from_an_unknown_one(desk: Desk, brin: str, code: int) -> None:
    found, said = desk.type("school", "show", brin)
    assert found == code
    assert brin in said


def test_an_answer_that_is_no_xml_is_unreadable(desk: Desk) -> None:
    desk.stage.ask("POST", "/storingen", {"soort": "rommel", "operatie": "HaalLeerlinggegevens", "keren": None})
    code, said = desk.type("import", "pull", "12AB")
    assert code == 2
    assert "niet te lezen" in said or "onleesbaar" in said


def test_half_a_results_file_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    half = tmp_path / "half.csv"
    half.write_text("brin;leerling;toets;versie;afnamedatum;score\n12AB;L1;BOOM-TL-3", encoding="utf-8")
    code, said = desk.type("results", "import", str(half))
    assert code == 2
    assert "regel 2" in said
    assert not (desk.record.parent / "ledger.json").exists()


def test_a_damaged_file_is_left_alone_and_the_last_good_copy_is_named(desk: Desk) -> None:
    desk.record.write_text("{half", encoding="utf-8")
    code, said = desk.type("link", "renew-key", "12AB", given="sleutel-1234567890")
    assert code == 5
    assert "record.json.vorige" in said
    assert desk.record.read_text(encoding="utf-8") == "{half"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no folder that nobody can write")
def test_a_data_folder_that_cannot_be_written_is_told(desk: Desk) -> None:
    code, said = desk.type("--data", "/proc/koppeldesk", "school", "add", "12AB", "--name", "De Regenboog")
    assert code == 5
    assert "niet te lezen of te schrijven" in said
    assert "rechten van de gegevensmap" in said

"""`koppeldesk match`: the matcher alone, on files, run as its user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]

Line = dict[str, Any]

FIEN = {"achternaam": "Bakker", "roepnaam": "Fien", "voorletters": "F.", "geboortedatum": "2017-03-12", "geslacht": "V"}
DAAN = {"achternaam": "Smit", "roepnaam": "Daan", "voorletters": "D.", "geboortedatum": "2016-11-30", "geslacht": "M"}
ELA = {"achternaam": "Yılmaz", "roepnaam": "Ela", "geboortedatum": "2018-01-05"}


def written(path: Path, lines: list[Line]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def match(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tui", "match", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_each_incoming_record_gets_one_line_in_the_promised_shape(tmp_path: Path) -> None:
    ours = written(tmp_path / "in.jsonl", [{"id": "1", **FIEN}, {"id": "2", **DAAN}, {"id": "3", **ELA}])
    theirs = written(tmp_path / "ex.jsonl", [{"id": "b", **DAAN}, {"id": "a", **FIEN, "voorvoegsel": None}])
    out = tmp_path / "pred.jsonl"
    run = match(ours, theirs, "--kind", "pupil", "--out", str(out))
    assert run.returncode == 0, run.stderr
    assert run.stdout == "3 regels: 2 vanzelf, 0 te vragen, 1 nieuw.\n"
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["incoming_id"] for line in lines] == ["1", "2", "3"]
    assert [(line["decision"], line["existing_id"]) for line in lines] == [("auto", "a"), ("auto", "b"), ("new", None)]
    for line in lines:
        assert set(line) == {"incoming_id", "decision", "existing_id", "probability", "candidates", "reasons"}
        assert 0 <= line["probability"] <= 1
        assert all(set(reason) == {"field", "level", "weight", "because"} for reason in line["reasons"])


def test_json_is_one_document(tmp_path: Path) -> None:
    ours = written(tmp_path / "in.jsonl", [{"id": "1", "naam": "Anne de Wit", "email": "anne.dewit@school.example"}])
    theirs = written(tmp_path / "ex.jsonl", [{"id": "a", "naam": "A. de Wit", "email": "anne.dewit@school.example"}])
    run = match(ours, theirs, "--kind", "teacher", "--json")
    document = json.loads(run.stdout)
    assert (document["records"], document["auto"]) == (1, 1)
    assert document["matches"][0]["existing_id"] == "a"


def test_groups_follow_their_pupils_when_those_are_given(tmp_path: Path) -> None:
    born = [f"2014-{month:02d}-{day:02d}" for month in range(1, 13) for day in (3, 17)]
    names = [
        "Bakker",
        "Smit",
        "Mulder",
        "Bos",
        "Vos",
        "Kuipers",
        "Postma",
        "Wolters",
        "Prins",
        "Blom",
        "Kok",
        "Huisman",
    ]
    people = [
        {"achternaam": names[n % 12], "roepnaam": ("Daan", "Emma")[n // 12], "geboortedatum": born[n]}
        for n in range(24)
    ]
    ours = written(tmp_path / "ip.jsonl", [{"id": f"i{n}", "groep": "8a", **p} for n, p in enumerate(people)])
    theirs = written(tmp_path / "ep.jsonl", [{"id": f"e{n}", "groep": "7a", **p} for n, p in enumerate(people)])
    now = written(tmp_path / "ig.jsonl", [{"id": "g", "naam": "8a", "jaargroep": "8"}])
    then = written(
        tmp_path / "eg.jsonl", [{"id": "7", "naam": "7a", "jaargroep": "7"}, {"id": "8", "naam": "8a", "jaargroep": 8}]
    )
    document = json.loads(match(now, then, "--kind", "group", "--pupils", ours, theirs, "--json").stdout)
    assert document["matches"][0]["decision"] == "auto"
    assert document["matches"][0]["existing_id"] == "7"
    alone = json.loads(match(now, then, "--kind", "group", "--json").stdout)
    assert alone["matches"][0]["decision"] == "suggest"


def test_explain_prints_the_waterfall(tmp_path: Path) -> None:
    ours = written(tmp_path / "in.jsonl", [{"id": "1", **FIEN}])
    run = match(ours, written(tmp_path / "ex.jsonl", [{"id": "a", **FIEN}]), "--kind", "pupil", "--explain")
    assert "Waarom: achternaam gelijk" in run.stdout
    assert "kans > 99 %" in run.stdout


def test_empty_files_are_fine(tmp_path: Path) -> None:
    empty = written(tmp_path / "empty.jsonl", [])
    assert match(empty, empty, "--kind", "pupil").returncode == 0
    some = written(tmp_path / "some.jsonl", [{"id": "1", **FIEN}])
    assert json.loads(match(some, empty, "--kind", "pupil", "--json").stdout)["new"] == 1
    assert json.loads(match(empty, some, "--kind", "pupil", "--json").stdout)["records"] == 0


def test_a_line_that_cannot_be_read_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    good = written(tmp_path / "good.jsonl", [{"id": "1", **FIEN}])
    out = tmp_path / "pred.jsonl"
    for bad in (
        '{"id": "1", "geboortedatum": "31-02-2015"}',
        '{"id": "1"',
        '{"achternaam": "Bakker"}',
        '{"id": "1", "geslacht": "X"}',
        '{"id": "1"}\n{"id": "1"}',
        '["1"]',
    ):
        path = tmp_path / "bad.jsonl"
        path.write_text('{"id": "0"}\n' + bad, encoding="utf-8")
        run = match(str(path), good, "--kind", "pupil", "--out", str(out))
        assert run.returncode == 2
        assert "bad.jsonl, regel " in run.stderr
        assert not out.exists()
    assert match(good, str(tmp_path / "nergens.jsonl"), "--kind", "pupil").returncode == 2

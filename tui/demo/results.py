"""Results for a demo: drawn by seed for pupils of a school, written as the file that the intake reads."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from core.model import PupilId, Register, SchoolId
from core.scores.catalogue import Catalogue
from core.scores.definition import Test

TESTS_EACH = 2
CORRECTED = 0.1
"""Part of the results that gets another score afterwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One result that was made up."""

    pupil: PupilId
    test: str
    version: str
    taken: date
    raw: int

    @property
    def place(self) -> tuple[PupilId, str, date]:
        """What makes it this result, whatever the score."""
        return self.pupil, self.test, self.taken


def make_results(register: Register, catalogue: Catalogue, taken: date, chance: random.Random) -> list[Given]:
    """Return a few results for every pupil that has a test for its year; also for pupils that are not linked."""
    agreed = sorted((test for test in catalogue if test.agreed), key=lambda test: (test.code, test.version))
    given: list[Given] = []
    for pupil in sorted(register.pupils, key=lambda one: one.id):
        fitting = [test for test in agreed if pupil.year_group in test.year_groups]
        for test in chance.sample(fitting, min(TESTS_EACH, len(fitting))):
            given.append(_drawn(pupil.id, test, taken, chance))
    return given


def corrected(given: Iterable[Given], chance: random.Random) -> list[Given]:
    """Return some of these results with one item less right, or one more."""
    return [replace(one, raw=one.raw - 1 if one.raw else 1) for one in given if chance.random() < CORRECTED]


def results_file(school: SchoolId, given: Iterable[Given]) -> bytes:
    """Write the results as a CSV that `koppeldesk results import` reads."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(("brin", "leerling", "toets", "versie", "afnamedatum", "score"))
    for one in given:
        writer.writerow((str(school), one.pupil, one.test, one.version, one.taken.isoformat(), one.raw))
    return out.getvalue().encode()


def _drawn(pupil: PupilId, test: Test, taken: date, chance: random.Random) -> Given:
    share = min(1.0, max(0.05, chance.gauss(0.62, 0.17)))
    raw = round(test.items * share)
    return Given(pupil=pupil, test=test.code, version=test.version, taken=taken, raw=raw)

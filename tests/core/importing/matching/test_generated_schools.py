"""On generated schools with the truth beside them, nobody is linked to somebody else."""

from __future__ import annotations

import pytest

from core.importing.matching import Auto, New, Suggest, match_pupils, match_teachers
from core.importing.matching.lines import pupil_of, teacher_of
from simulator.world.model import SimKind
from simulator.world.pairs import pairs
from simulator.world.picture import Level


def links(seed: str, schools: int, level: Level) -> tuple[int, int, int, int]:
    """Match pupils and teachers; return the automatic links, the wrong ones, the true pairs, and how many of those were asked."""
    auto = wrong = known = asked = 0
    for kind in (SimKind.PUPIL, SimKind.TEACHER):
        for pair in pairs(seed, schools, level, kind):
            if kind is SimKind.PUPIL:
                matches = match_pupils(list(map(pupil_of, pair.incoming)), list(map(pupil_of, pair.existing)))
            else:
                matches = match_teachers(list(map(teacher_of, pair.incoming)), list(map(teacher_of, pair.existing)))
            for match in matches:
                truth = pair.truth[match.incoming]
                known += bool(truth)
                match match.decision:
                    case Auto(existing=existing):
                        auto += 1
                        wrong += existing not in truth
                    case Suggest():
                        asked += bool(truth)
                    case New():
                        pass
    return auto, wrong, known, asked


@pytest.mark.parametrize("level", [Level.NORMAL, Level.DIRTY])
def test_no_automatic_link_is_wrong(level: Level) -> None:
    auto, wrong, known, _asked = links("test", 5, level)
    assert wrong == 0
    assert auto > 0.8 * known


@pytest.mark.soak
@pytest.mark.parametrize("level", [Level.NORMAL, Level.DIRTY])
def test_no_automatic_link_is_wrong_in_tens_of_thousands(level: Level) -> None:
    auto, wrong, known, asked = links("soak", 200, level)
    assert wrong == 0
    assert auto + asked > 0.995 * known

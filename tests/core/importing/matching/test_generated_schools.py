"""On generated schools with the truth beside them, nobody is linked to somebody else."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from core.importing.matching import Auto, Keys, New, PersonFacts, Suggest, match_pupils, match_teachers
from core.importing.matching.lines import pupil_of, teacher_of
from core.model import LasKey, LinkedAs
from simulator.world.model import SimKind
from simulator.world.pairs import Pair, pairs
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


def keyed(pair: Pair, keys: Mapping[str, str]) -> tuple[list[PersonFacts], list[PersonFacts]]:
    """Both sides of a school whose existing pupils are linked to these keys; a key is the id of the incoming pupil."""
    here, there = map(pupil_of, pair.incoming), map(pupil_of, pair.existing)
    return (
        [replace(one, keys=Keys(las=one.id)) for one in here],
        [
            replace(one, keys=Keys(linked=LinkedAs(key=LasKey(keys[one.id]))) if one.id in keys else Keys())
            for one in there
        ],
    )


def automatic(pair: Pair, keys: Mapping[str, str]) -> tuple[int, int]:
    """How many with a counterpart are linked by themselves, and how many of all wrongly."""
    matches = [match for match in match_pupils(*keyed(pair, keys)) if isinstance(match.decision, Auto)]
    wrong = sum(match.existing not in pair.truth[match.incoming] for match in matches)
    return len(matches) - wrong, wrong


@pytest.mark.parametrize("level", [Level.NORMAL, Level.DIRTY])
def test_a_key_is_followed_when_it_is_right_and_never_to_another_child(level: Level) -> None:
    """A year on nearly all are linked again by themselves; with every key that of somebody else nobody wrongly."""
    known = right = 0
    for pair in pairs("keys", 5, level, SimKind.PUPIL):
        owner = {there: here for here, found in pair.truth.items() for there in sorted(found)[:1]}
        linked, wrong = automatic(pair, owner)
        known, right = known + len(owner), right + linked
        assert wrong == 0
        others = [record["id"] for record in pair.incoming]
        random.Random(1).shuffle(others)
        merged = dict(zip((record["id"] for record in pair.existing), others, strict=False))
        assert automatic(pair, merged)[1] == 0
    assert right > 0.98 * known

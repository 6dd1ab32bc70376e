"""How long and how much memory a school of 220, 2,000 or 5,000 pupils takes, beside rapidfuzz and Splink.

`python -m tests.bench.matching.sizes NAME PUPILS` runs one contestant. Its score is the share of right pairs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from simulator.world.pairs import Line, Pair, pairs
from simulator.world.picture import Level
from tests.bench.matching.measure import Scored, greedy, in_a_process, report, write

FIELDS = ("achternaam", "roepnaam", "voorletters", "geboortedatum", "geslacht", "jaargroep")


def school(pupils: int, level: Level = Level.NORMAL) -> Pair:
    """Return one school of about so many pupils."""
    return next(iter(pairs("omvang", 1, level, pupils=pupils)))


def ours(pair: Pair) -> Iterator[Scored]:
    """The matcher with all it explains."""
    from core.importing.matching import Auto, match_pupils
    from core.importing.matching.lines import pupil_of

    for match in match_pupils([pupil_of(line) for line in pair.incoming], [pupil_of(line) for line in pair.existing]):
        if match.existing:
            yield match.incoming, match.existing, match.probability if isinstance(match.decision, Auto) else 0.5


def rapidfuzz(pair: Pair) -> Iterator[Scored]:
    """token_sort_ratio of everything in one text, the best pairs first."""
    import numpy as np
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.process import cdist

    texts = [[" ".join(line[field] for field in FIELDS) for line in side] for side in (pair.incoming, pair.existing)]
    scores = cdist(*texts, scorer=token_sort_ratio, score_cutoff=75, dtype=np.uint8, workers=-1)
    yield from greedy(
        (pair.incoming[row]["id"], pair.existing[col]["id"], float(scores[row, col]) / 100)
        for row, col in np.argwhere(scores)
    )


def splink(pair: Pair) -> Iterator[Scored]:
    """Splink 5, given the names as our matcher reads them (folded, particles apart)."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("achternaam").configure(term_frequency_adjustments=True),
            cl.NameComparison("roepnaam").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("geboortedatum", [1, 2]),
            cl.ExactMatch("geslacht"),
            cl.ExactMatch("jaargroep"),
        ],
        blocking_rules_to_generate_predictions=[block_on(f) for f in ("achternaam", "roepnaam", "geboortedatum")],
    )
    api = DuckDBAPI()
    frames = [
        api.register(pd.DataFrame([_normalised(line) for line in side]), dataset_display_name=name)
        for name, side in (("a_incoming", pair.incoming), ("b_existing", pair.existing))
    ]
    linker = Linker(frames, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("achternaam", "roepnaam", "geboortedatum")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for name in ("geboortedatum", "achternaam"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(name), record_sample_proportion=1.0)
    found = linker.inference.predict(threshold_match_probability=0.01).as_dict()
    ids, others, chances = found["unique_id_l"], found["unique_id_r"], found["match_probability"]
    yield from greedy(zip(ids, others, map(float, chances), strict=True))


def _normalised(line: Line) -> dict[str, str | None]:
    from core.importing.matching.lines import pupil_of
    from core.importing.matching.names import first_name, surname

    name = pupil_of(line).name
    texts = {**line, "achternaam": surname(name).core, "roepnaam": first_name(name).call}
    kept = {field: texts[field] or None for field in FIELDS}
    return {"unique_id": line["id"], **kept}


CONTESTANTS: dict[str, tuple[Callable[[Pair], Iterator[Scored]], float]] = {
    "ours": (ours, 0.99),
    "rapidfuzz": (rapidfuzz, 0.9),
    "splink": (splink, 0.99),
}
"""Each with the score from which it would link without asking."""


def show(sizes: tuple[int, ...] = (220, 2000, 5000)) -> None:
    """Run every contestant at every size and write a table."""
    write("one school, normal mistakes: all pairs, sure pairs and the wrong ones among them")
    write(f"  {'':12}{'pupils':>8}{'known':>8}{'sure':>7}{'wrong':>7}{'recall':>8}{'s':>8}{'cpu s':>8}{'MB':>7}")
    for size in sizes:
        truth = school(size).truth
        known = sum(bool(ids) for ids in truth.values())
        for name, (_solve, sure) in CONTESTANTS.items():
            if (result := in_a_process("tests.bench.matching.sizes", name, str(size))) is None:
                continue
            kept = [(left, right) for left, right, score in result["pairs"] if score >= sure]
            right = sum(right in truth[left] for left, right in kept)
            write(
                f"  {name:12}{len(truth):8}{known:8}{len(kept):7}{len(kept) - right:7}{right / known:8.4f}"
                f"{result['seconds']:8.3f}{result['cpu']:8.3f}{result['peak']:7.0f}"
            )


if __name__ == "__main__":
    contestant, pair = CONTESTANTS[sys.argv[1]][0], school(int(sys.argv[2]))
    if sys.argv[1] == "ours":
        list(contestant(school(50)))
    report(lambda: contestant(pair))

"""How well and how fast filings are linked, beside what one would use instead.

``python -m tests.benchmarks.linking``: 45,000 filings, and what time grows like; with numbers: so many filings (300000);
``levels``: how often pairs of one group and of different ones reach each level, on the seasons that the settings were
chosen on. The model that Splink's own examples would make of filings and pandas' drop_duplicates on title and organiser
run over the same rows. The curve of precision and recall is printed by ``python -m tests.labelled``.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from flows.link import evidence_in_full, link
from schemas.yearbook import Yearbook, load_yearbook
from tests.labelled.measure import Pairs, offered_pairs, pairs_of, score_pairs
from tests.labelled.season import Season, season, world

SIZES = (5_000, 15_000, 45_000)
CHOSEN_ON = [(kind, seed) for kind in ("model", "held_out", "phrases") for seed in range(8)]
"""The seasons that the settings were chosen on."""


def main(asked: list[str]) -> None:
    """Run what is asked for."""
    if asked[:1] == ["one"]:
        print(json.dumps(_one(asked[1], int(asked[2]))))
    elif asked == ["levels"]:
        levels()
    else:
        speed([int(size) for size in asked] or list(SIZES))


def speed(sizes: Iterable[int]) -> None:
    """Seconds, memory, precision and recall of each way over the same rows, each in a process of its own."""
    table = Table("filings", "way", "seconds", "µs / (n log₂ n)", "peak GiB", "precision", "recall", "with offered")
    for size in sizes:
        for way in WAYS:
            told = json.loads(_in_its_own_process("one", way, str(size)).splitlines()[-1])
            table.add_row(
                f"{told['filings']:,}",
                way,
                f"{told['seconds']:.1f}",
                f"{told['seconds'] * 1e6 / (size * np.log2(size)):.1f}",
                f"{told['gib']:.2f}",
                f"{told['precision']:.4f}",
                f"{told['recall']:.4f}",
                f"{told['found']:.4f}",
            )
    Console(width=120).print(table)
    Console().print(f"{os.cpu_count()} cores; memory with the rows themselves")


def levels() -> None:
    """How often compared pairs of one group (m) and of different groups (u) reach each level, and what it then weighs."""
    book = load_yearbook(2020)
    book = replace(book, linkage=replace(book.linkage, show=-99.0))
    pairs = pd.concat(
        [_compared(season(seed, ways=world(seed, kind)), book) for kind, seed in CHOSEN_ON], ignore_index=True
    )
    near = pairs["near"]
    for comparison in book.linkage.comparisons:
        table = Table("level", "same", "near misses", "others", "m in file", "weight", title=comparison.title)
        reached = pairs["evidence"].map(lambda said, name=comparison.name: said[name])
        for level in comparison.levels:
            here = reached.eq(level.says)
            same, missed = (float((here & rows).sum() / max(rows.sum(), 1)) for rows in (pairs["same"], near))
            rest = ~pairs["same"] & ~near
            other = float((here & rest).sum() / max(rest.sum(), 1))
            table.add_row(
                level.says, *(f"{v:.3f}" for v in (same, missed, other)), f"{level.m:g}", f"{level.weight:+.1f}"
            )
        Console(width=120).print(table)


def _compared(made: Season, book: Yearbook) -> pd.DataFrame:
    """The pairs of a season with what each comparison said, and whether they are of one group or of neighbouring ones."""
    pairs = link(made.filings, made.participants, made.references, book).pairs
    left, right = pairs["filing_id_l"].map(made.truth), pairs["filing_id_r"].map(made.truth)
    said = [
        {step["name"]: step["says"] for step in json.loads(text)}
        for text in evidence_in_full(pairs["evidence"], book.linkage)
    ]
    # A near miss is made right after the group that it resembles.
    return pd.DataFrame({"evidence": said, "same": left.eq(right), "near": (left - right).abs().eq(1)})


def _one(way: str, size: int) -> dict[str, object]:
    """One way over one season, told."""
    made = season(7, round(size * 0.68), replace(world(7), compound=1.0))
    filings = made.filings.head(size)
    listed = made.participants[made.participants["filing_id"].isin(filings["filing_id"])]
    made = Season(filings, made.references, made.truth.reindex(filings["filing_id"]), listed)
    started = time.perf_counter()
    merged, offered = WAYS[way](made)
    seconds = time.perf_counter() - started
    score = score_pairs(merged, offered, pairs_of(made.truth))
    gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    told = {"filings": len(filings), "seconds": seconds, "gib": gib}
    return told | {"precision": score.precision, "recall": score.recall, "found": score.found}


def _in_its_own_process(*arguments: str) -> str:
    command = [sys.executable, "-m", "tests.benchmarks.linking", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _ours(made: Season) -> tuple[Pairs, Pairs]:
    linked = link(made.filings, made.participants, made.references, load_yearbook(2020))
    return pairs_of(linked.members.set_index("filing_id")["group_id"]), offered_pairs(linked)


def _like_splinks_examples(made: Season) -> tuple[Pairs, Pairs]:
    together, likely = splinks_example_model(made.filings)
    ends = np.sort(likely[["filing_id_l", "filing_id_r"]].to_numpy(dtype=str), axis=1)
    merged = pairs_of(together)
    return merged, set(map(tuple, ends.tolist())) - merged


def splinks_example_model(filings: pd.DataFrame) -> tuple[pd.Series, pd.DataFrame]:
    """The model of Splink's own examples: plain columns, the comparisons of its library, trained by sampling and expectation
    maximisation. Gives filing_id → its group, and the likely pairs."""
    import logging

    import duckdb
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    columns = ["filing_id", "title", "organiser", "country", "institution", "start_date", "headcount", "otm_no"]
    rows = filings[columns].assign(start_date=filings["start_date"].dt.strftime("%Y-%m-%d"))
    with duckdb.connect() as con:
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="filing_id",
            blocking_rules_to_generate_predictions=[
                block_on("country", "institution"),
                block_on("organiser", "country"),
                block_on("otm_no"),
            ],
            comparisons=[
                cl.JaroWinklerAtThresholds("title", [0.9, 0.7]),
                cl.ExactMatch("organiser"),
                cl.ExactMatch("country"),
                cl.ExactMatch("institution").configure(term_frequency_adjustments=True),
                cl.AbsoluteDateDifferenceAtThresholds(
                    "start_date", input_is_string=True, metrics=["day", "month"], thresholds=[3, 1]
                ),
                cl.ExactMatch("headcount"),
                cl.ExactMatch("otm_no"),
            ],
        )
        linker = Linker(DuckDBAPI(con).register(rows, dataset_display_name="filings"), settings)
        rules = [block_on("title"), block_on("otm_no")]
        linker.training.estimate_probability_two_random_records_match(rules, recall=0.6)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("title"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("institution", "start_date"))
        predictions = linker.inference.predict(threshold_match_probability=0.05, warning_mode="never")
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, 0.95)
        together = clusters.as_pandas_dataframe().set_index("filing_id")["cluster_id"]
        return together, predictions.as_pandas_dataframe()


def _drop_duplicates(made: Season) -> tuple[Pairs, Pairs]:
    """The same title and organiser once blanks, brackets and the year are taken away."""
    title = made.filings["title"].str.replace(r"[\s（）()]|20\d\d年?", "", regex=True)
    key = made.filings.assign(title=title).groupby(["title", "organiser"], dropna=False).ngroup()
    return pairs_of(key.set_axis(made.filings["filing_id"])), set()


WAYS: dict[str, Callable[[Season], tuple[Pairs, Pairs]]] = {
    "huizong": _ours,
    "Splink's example model": _like_splinks_examples,
    "pandas drop_duplicates": _drop_duplicates,
}

if __name__ == "__main__":
    main(sys.argv[1:])

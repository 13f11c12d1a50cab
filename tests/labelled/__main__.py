"""How well linking settings and rules do on what is labelled.

``python -m tests.labelled [SEED …]`` prints the curve of the linking settings; ``python -m tests.labelled rules [HALF or SET …]``
the false alarms and misses of the rules by clause and by later set, and each of them for the halves and sets that are named;
``… measured`` writes these figures down for ``huizong rules``.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from flows.link import link
from schemas.sureness import MEASURED
from schemas.yearbook import Yearbook, load_yearbook
from tests.labelled.filings import HALVES, labelled, of_set, sets
from tests.labelled.measure import Score, score
from tests.labelled.measure_rules import YEAR, RuleScore, as_file, measured, rule_score
from tests.labelled.season import Season, season, world

KINDS = ("model", "held_out", "phrases")
"""Ways of wording a title; see :mod:`tests.labelled.season`."""
SEEDS = (901, 902)
THRESHOLDS = ((0.5, 0.02), (0.8, 0.05), (0.9, 0.05), (0.95, 0.05), (0.95, 0.02), (0.98, 0.05), (0.99, 0.1))
"""(merged from, offered from) of the curve."""


def main(seeds: Sequence[int]) -> None:
    """Print a row a kind of season at the settings' own thresholds, then the curve over all of them."""
    book = load_yearbook(2020)
    merge, offer = book.linkage.merge, book.linkage.offer
    made = {(kind, seed): season(seed, ways=world(seed, kind)) for kind in KINDS for seed in seeds}
    console = Console(width=110)
    by_kind = _table("season")
    for (kind, seed), one in made.items():
        _add(by_kind, f"{kind} {seed} ({len(one.filings)} filings)", [_scored(one, book)])
    console.print(by_kind)
    curve = _table("merged from, offered from")
    for thresholds in sorted({*THRESHOLDS, (merge, offer)}):
        chosen = " (settings)" if thresholds == (merge, offer) else ""
        linkage = replace(book.linkage, merge=thresholds[0], offer=thresholds[1])
        scores = [_scored(one, replace(book, linkage=linkage)) for one in made.values()]
        _add(curve, "{:g}, {:g}{}".format(*thresholds, chosen), scores)
    console.print(curve)


def _scored(one: Season, book: Yearbook) -> Score:
    return score(link(one.filings, one.participants, one.references, book), one.truth)


def _table(title: str) -> Table:
    return Table(title, "precision", "recall merged", "with offered", "offered a true pair", "wrong", "missed", "true")


def _add(table: Table, name: str, scores: Sequence[Score]) -> None:
    true = sum(one.true for one in scores)
    wrong, missed = sum(one.wrong for one in scores), sum(one.missed for one in scores)
    right = sum(one.recall * one.true for one in scores)
    found, offered = (sum(getattr(one, what) * one.true for one in scores) / true for what in ("found", "offered"))
    figures = (right / (right + wrong), right / true, found, offered)
    table.add_row(name, *(f"{figure:.4f}" for figure in figures), str(wrong), str(missed), str(true))


def rules(told: Sequence[str]) -> None:
    """Print the rules' false alarms and misses by clause, half by half, and set by set; of those ``told`` each of them."""
    console = Console(width=140)
    for half in HALVES:
        scored = rule_score(labelled(half))
        console.print(_clauses(half, scored))
        if half in told:
            _each(console, scored)
    later = {name: rule_score(of_set(name)) for name in sets()}
    console.print(_sets(later))
    for name in told:
        if name in later:
            _each(console, later[name])


def _clauses(half: str, scored: RuleScore) -> Table:
    table = Table("clause", "faulty", "missed", "clean held or returned", "clean pointed out", title=f"{half} half")
    for clause, one in sorted(scored.by_clause.items()):
        counts = (one.faulty, len(one.missed), len(one.alarms), one.hints)
        table.add_row(clause, *(str(count) for count in counts))
    table.add_section()
    table.add_row("all", str(scored.faulty), f"found {scored.found:.1%}", f"{scored.alarmed:.1%} of {scored.clean}", "")
    return table


def _sets(later: dict[str, RuleScore]) -> Table:
    table = Table("set", "clean", "held or returned", "faulty", "found", title="later sets, all seen by now")
    for name, one in later.items():
        counts = (one.clean, len(one.alarms), one.faulty, one.faulty - one.missed)
        table.add_row(name, *(str(count) for count in counts))
    return table


def _each(console: Console, scored: RuleScore) -> None:
    for clause, one in sorted(scored.by_clause.items()):
        for missed in one.missed:
            console.print(f"missed {clause} {missed.place}: {missed.row['title']}", soft_wrap=True)
        for alarmed, why in one.alarms:
            console.print(f"false {clause} {alarmed.place}: {alarmed.row['title']}: {why}", soft_wrap=True)


def write_measured() -> None:
    """Write the figures of both halves into the file that keeps them."""
    (MEASURED / f"{YEAR}.toml").write_text(as_file(measured(*(rule_score(labelled(half)) for half in HALVES))), "utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["measured"]:
        write_measured()
    elif sys.argv[1:2] == ["rules"]:
        rules(sys.argv[2:])
    else:
        main([int(seed) for seed in sys.argv[1:]] or SEEDS)

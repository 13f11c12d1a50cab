"""How well filings were linked, when the real groups are known."""

from dataclasses import dataclass

import pandas as pd

from flows.link import Linked


@dataclass(frozen=True)
class Score:
    """``precision`` and ``recall`` of merged pairs; ``found`` recall with those offered; ``offered`` pairs for each true
    pair; counts of ``true`` pairs, pairs ``wrong`` merged, pairs ``missed`` altogether."""

    precision: float
    recall: float
    found: float
    offered: float
    true: int
    wrong: int
    missed: int


Pairs = set[tuple[str, str]]


def score(linked: Linked, truth: pd.Series) -> Score:
    """``truth``: filing_id → the real group."""
    merged = pairs_of(linked.members.set_index("filing_id")["group_id"])
    return score_pairs(merged, offered_pairs(linked), pairs_of(truth))


def score_pairs(merged: Pairs, offered: Pairs, true: Pairs) -> Score:
    """The same of plain pairs."""
    right = len(merged & true)
    return Score(
        precision=right / len(merged) if merged else 1.0,
        recall=right / len(true),
        found=len((merged | offered) & true) / len(true),
        offered=len(offered) / len(true),
        true=len(true),
        wrong=len(merged - true),
        missed=len(true - merged - offered),
    )


def offered_pairs(linked: Linked) -> Pairs:
    """The pairs handed to a reviewer."""
    offered = linked.pairs[linked.pairs["outcome"].eq("offered")]
    return set(zip(offered["filing_id_l"], offered["filing_id_r"], strict=True))


def pairs_of(groups: pd.Series) -> Pairs:
    """Every two ids of one group, the smaller first; ``groups`` by id."""
    frame = pd.DataFrame({"id": groups.index, "group": groups.to_numpy()})
    frame = frame[frame.duplicated("group", keep=False)]
    both = frame.merge(frame, on="group")
    both = both[both["id_x"] < both["id_y"]]
    return set(zip(both["id_x"], both["id_y"], strict=True))

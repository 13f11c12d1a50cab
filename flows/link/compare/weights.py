"""What each comparison adds to the match weight of a pair: in a Chinese phrase for the reviewer, in JSON for who looks closer."""

import json
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from schemas.linkage import Comparison, Linkage
from schemas.tables import TEXT

_MOST_SAID = 4
"""Most comparisons named for and against."""

_SAY_FROM = 0.3
"""Least weight (bits) of a comparison that is worth naming."""

_PARTS_A_BIT = 1000
"""Evidence tells weights to so many parts of a bit."""

_AT_ONCE = 50_000
"""Pairs of which something is told at once: it is far longer than what is known of them."""

_Rows = TypeVar("_Rows", pd.DataFrame, pd.Series)


def weights(pairs: pd.DataFrame, linkage: Linkage) -> np.ndarray:
    """One row a pair, one column a comparison: what it adds to the match weight (bits), rarity included."""
    columns = []
    for comparison in linkage.comparisons:
        weight_of = {gamma: level.weight for gamma, level in comparison.gammas.items()}
        weight = pairs[f"gamma_{comparison.name}"].map(weight_of).to_numpy(dtype="float64")
        rarity = f"mw_tf_adj_{comparison.name}"
        columns.append(weight + pairs[rarity].to_numpy(dtype="float64") if rarity in pairs else weight)
    return np.nan_to_num(np.column_stack(columns))


def reasons(pairs: pd.DataFrame, linkage: Linkage) -> pd.Series:
    """In Chinese what speaks for one group and what against, the weightiest first."""

    def told(pairs: pd.DataFrame) -> pa.Array:
        weight = weights(pairs, linkage)
        said = np.column_stack([_said(pairs, comparison) for comparison in linkage.comparisons])
        speaks_for = _named(np.where(weight >= _SAY_FROM, weight, 0), said)
        against = _named(np.where(weight <= -_SAY_FROM, -weight, 0), said)
        text = np.where(speaks_for == "", "没有明显相同之处", "支持：" + speaks_for)
        text = np.where(against == "", text, text + "；反对：" + against)
        return pa.array(text + "。", pa.string())

    return _some_at_a_time(told, pairs)


def evidence(pairs: pd.DataFrame, linkage: Linkage) -> pd.Series:
    """What each comparison found, in short: its level and its weight in thousandths of a bit (``3:-1250``), in the order of
    the settings and joined by blanks. :func:`evidence_in_full` tells it."""

    def told(pairs: pd.DataFrame) -> pa.Array:
        weight = np.rint(weights(pairs, linkage) * _PARTS_A_BIT).astype(np.int64)
        found = []
        for place, comparison in enumerate(linkage.comparisons):
            gamma = pa.array(pairs[f"gamma_{comparison.name}"].to_numpy()).cast(pa.string())
            found.append(pc.binary_join_element_wise(gamma, pa.array(weight[:, place]).cast(pa.string()), ":"))
        return pc.binary_join_element_wise(*found, " ")

    return _some_at_a_time(told, pairs)


def evidence_in_full(evidence: pd.Series, linkage: Linkage) -> pd.Series:
    """Of each of ``evidence`` a JSON list, one object a comparison: ``name``, ``title``, ``verdict``, ``says``, ``weight`` (bits); the
    first, ``prior``, is what is thought before anything is compared."""
    prior = float(np.log2(linkage.prior / (1 - linkage.prior)))
    first = "[" + _object("prior", "起点", "missing", "放在一起比的两条申报同属一个团组的可能性") + f"{prior:.3f}}}"
    steps = len(linkage.comparisons)

    def told(evidence: pd.Series) -> pa.Array:
        found = pc.list_flatten(pc.split_pattern(pa.array(evidence, pa.string()), " ")).to_numpy(zero_copy_only=False)
        said: list[pa.Array] = []
        for place, comparison in enumerate(linkage.comparisons):
            code, distinct = pd.factorize(found[place::steps])  # few for many pairs: each is written once
            written = [_step(comparison, *map(int, text.split(":"))) for text in distinct]
            said.append(pa.array(written, pa.string()).take(pa.array(code)))
        return pc.binary_join_element_wise(pc.binary_join_element_wise(first, *said, ", "), "]", "")

    return _some_at_a_time(told, evidence)


def _step(comparison: Comparison, gamma: int, weight: int) -> str:
    level = comparison.gammas[gamma]
    return f"{_object(comparison.name, comparison.title, level.verdict, level.says)}{weight / _PARTS_A_BIT:.3f}}}"


def _some_at_a_time(told: Callable[[_Rows], pa.Array], pairs: _Rows) -> pd.Series:
    """What is ``told`` of all pairs, never more at once than of a few."""
    chunks = [told(pairs.iloc[start : start + _AT_ONCE]) for start in range(0, len(pairs), _AT_ONCE)]
    return pd.Series(pa.chunked_array(chunks, pa.string()).cast(pa.large_string()), index=pairs.index, dtype=TEXT)


def _object(name: str, title: str, verdict: str, says: str) -> str:
    told = {"name": name, "title": title, "verdict": verdict, "says": says}
    return json.dumps(told, ensure_ascii=False)[:-1] + ', "weight": '


def _said(pairs: pd.DataFrame, comparison: Comparison) -> np.ndarray:
    levels = {gamma: level.says for gamma, level in comparison.gammas.items()}
    return pairs[f"gamma_{comparison.name}"].map(levels).to_numpy(dtype=object)


def _named(weight: np.ndarray, said: np.ndarray) -> np.ndarray:
    """The phrases of the greatest weights of each row, joined by 、."""
    order = np.argsort(-weight, axis=1, kind="stable")[:, :_MOST_SAID]
    named = np.full(len(weight), "", dtype=object)
    rows = np.arange(len(weight))
    for place in order.T:
        counts = weight[rows, place] > 0
        phrase = np.where(named == "", "", "、") + said[rows, place]
        named = np.where(counts, named + phrase, named)
    return named

"""What each comparison adds to the match weight of a pair: in a Chinese phrase for the reviewer, in JSON for who looks closer."""

import json

import numpy as np
import pandas as pd

from schemas.linkage import Comparison, Linkage
from schemas.tables import TEXT

_MOST_SAID = 4
"""Most comparisons named for and against."""

_LEVELS = 64
"""More levels than a comparison has."""

_SAY_FROM = 0.3
"""Least weight (bits) of a comparison that is worth naming."""


def weights(pairs: pd.DataFrame, linkage: Linkage) -> np.ndarray:
    """One row a pair, one column a comparison: what it adds to the match weight (bits), rarity included."""
    columns = []
    for comparison in linkage.comparisons:
        weight = pairs[f"mw_{comparison.name}"].to_numpy(dtype="float64")
        rarity = f"mw_tf_adj_{comparison.name}"
        columns.append(weight + pairs[rarity].to_numpy(dtype="float64") if rarity in pairs else weight)
    return np.nan_to_num(np.column_stack(columns))


def reasons(pairs: pd.DataFrame, linkage: Linkage) -> pd.Series:
    """In Chinese what speaks for one group and what against, the weightiest first."""
    weight = weights(pairs, linkage)
    said = np.column_stack([_said(pairs, comparison) for comparison in linkage.comparisons])
    speaks_for = _named(np.where(weight >= _SAY_FROM, weight, 0), said)
    against = _named(np.where(weight <= -_SAY_FROM, -weight, 0), said)
    text = np.where(speaks_for == "", "没有明显相同之处", "支持：" + speaks_for)
    text = np.where(against == "", text, text + "；反对：" + against)
    return pd.Series(text, index=pairs.index, dtype=TEXT) + "。"


def evidence(pairs: pd.DataFrame, linkage: Linkage) -> pd.Series:
    """A JSON list a pair, one object a comparison: ``name``, ``title``, ``verdict``, ``says``, ``weight`` (bits); the
    first, ``prior``, is what is thought before anything is compared."""
    weight = weights(pairs, linkage)
    prior = float(np.log2(linkage.prior / (1 - linkage.prior)))
    first = "[" + _object("prior", "起点", "missing", "放在一起比的两条申报同属一个团组的可能性") + f"{prior:.3f}}}"
    built = np.full(len(pairs), first, dtype=object)
    for place, comparison in enumerate(linkage.comparisons):
        told = {g: _object(comparison.name, comparison.title, x.verdict, x.says) for g, x in comparison.gammas.items()}
        gamma = pairs[f"gamma_{comparison.name}"].to_numpy()
        # Few weights for many pairs: each is written once.
        cases = np.rint(weight[:, place] * 1000).astype(np.int64) * _LEVELS + gamma + 1
        code, distinct = pd.factorize(cases)
        written = np.array([f", {told[c % _LEVELS - 1]}{c // _LEVELS / 1000:.3f}}}" for c in distinct.tolist()], object)
        built = built + written[code]
    return pd.Series(built + "]", index=pairs.index, dtype=TEXT)


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

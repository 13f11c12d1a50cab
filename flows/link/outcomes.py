"""What became of each pair: merged, offered to a reviewer, or kept apart; and why, in Chinese."""

import numpy as np
import pandas as pd

from flows.link.cluster.constraints import KEEP_APART, MERGE, Constraints
from flows.link.cluster.pairs import among
from flows.link.compare.weights import evidence, reasons
from flows.link.identity import pair_id
from flows.link.match import Matched
from schemas.linkage import Linkage
from schemas.tables import TEXT, DataFrame, Pairs, PairVerdicts, empty

_SAID = {MERGE: "评审人判定合并。", KEEP_APART: "评审人判定不合并。"}
_CONTRADICTORY = "评审意见相互矛盾，改正前互不合并。"
_IMPLIED = "按评审人对这些团组的其他判定，不合并。"
_TIED = "其中一条与两个明显不同的团组一样像，归哪一个须由人判断。"
_CUT = "两件很像，但合并会把别的不相像、或评审意见为“不合并”的申报也连成一组，所以没有自动合并，请判断。"
_ASK = "两条很像，但有一处须由人判断。"
_THROUGH_OTHERS = "经同一团组的其他申报合并。"
_PLAINLY = "有明显不同之处，不是同一团组。"

_VERDICT = ["verdict", "note", "reviewer"]


def outcomes(
    matched: Matched,
    constraints: Constraints,
    standing: DataFrame[PairVerdicts],
    filing_ids: pd.Series,
    linkage: Linkage,
) -> DataFrame[Pairs]:
    """The pairs worth keeping, the likeliest first; ``standing`` the verdicts that hold, ``filing_ids`` by position."""
    if matched.pairs.empty:
        return empty(Pairs)
    outcome, because = _decide(matched, constraints, linkage)
    kept, outcome, because = _worth_keeping(matched.pairs, outcome, because, constraints, linkage)
    left, right = (filing_ids.iloc[kept[side]].to_numpy() for side in ("id_l", "id_r"))
    pairs = pd.DataFrame(
        {
            "pair_id": [pair_id(a, b) for a, b in zip(left, right, strict=True)],
            "filing_id_l": left,
            "filing_id_r": right,
            "match_probability": kept["match_probability"].to_numpy(dtype="float64"),
            "match_weight": kept["match_weight"].to_numpy(dtype="float64"),
            "outcome": outcome,
            "reasons": pd.Series(because, dtype=TEXT) + reasons(kept, linkage).to_numpy(),
            "evidence": evidence(kept, linkage).array,
        }
    ).astype(dict.fromkeys(("pair_id", "filing_id_l", "filing_id_r", "outcome", "reasons", "evidence"), TEXT))
    pairs = _with_verdicts(pairs, standing)
    return Pairs.validate(pairs.sort_values(["match_weight", "pair_id"], ascending=[False, True], ignore_index=True))


def _decide(matched: Matched, constraints: Constraints, linkage: Linkage) -> tuple[np.ndarray, np.ndarray]:
    """The outcome of each pair, and what is to be said before its reasons; the first case that applies decides."""
    pairs, clusters = matched.pairs, matched.clusters
    label = clusters.labels()
    left, right = pairs["id_l"].to_numpy(), pairs["id_r"].to_numpy()
    merged = label[left] == label[right]
    plainly = pairs["apart"].to_numpy(dtype=bool)
    probability = pairs["match_probability"].to_numpy()
    likely = (probability >= linkage.merge) & ~plainly
    lapsed = among(left, right, constraints.lapsed)
    cases = [
        (among(left, right, constraints.contradictory), "offered", _CONTRADICTORY),
        (lapsed, "offered", ""),
        (among(left, right, constraints.must_link), "merged", _SAID[MERGE]),
        (among(left, right, constraints.cannot_link), "kept_apart", _SAID[KEEP_APART]),
        (merged & likely, "merged", ""),
        (merged, "merged", _THROUGH_OTHERS),
        (clusters.kept_apart(left, right), "kept_apart", _IMPLIED),
        (likely & pairs["ask"].to_numpy(dtype=bool), "offered", _ASK),
        (likely & pairs["tied"].to_numpy(dtype=bool), "offered", _TIED),
        (likely, "offered", _CUT),
        ((probability >= linkage.offer) & ~plainly, "offered", ""),
        (plainly, "kept_apart", _PLAINLY),
    ]
    where = [case for case, _, _ in cases]
    outcome = np.select(where, [word for _, word, _ in cases], default="kept_apart").astype(object)
    because = np.select(where, [text for _, _, text in cases], default="").astype(object)
    for place in np.flatnonzero(lapsed):
        because[place] = constraints.lapsed[int(left[place]), int(right[place])]
    return outcome, because


def _worth_keeping(
    pairs: pd.DataFrame, outcome: np.ndarray, because: np.ndarray, constraints: Constraints, linkage: Linkage
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Without the pairs that are kept apart, hardly alike, and that nobody spoke of."""
    worth = (outcome != "kept_apart") | pairs["match_weight"].ge(linkage.show) | pairs["apart"]
    worth |= among(pairs["id_l"].to_numpy(), pairs["id_r"].to_numpy(), constraints.all_pairs)
    return pairs[worth], outcome[worth], because[worth]


def _with_verdicts(pairs: pd.DataFrame, standing: DataFrame[PairVerdicts]) -> pd.DataFrame:
    """What the reviewers said, beside the pairs they said it of."""
    if standing.empty or pairs.empty:
        return pairs.assign(**{name: pd.Series(None, index=pairs.index, dtype=TEXT) for name in _VERDICT})
    said = standing.reindex(columns=["filing_id_l", "filing_id_r", *_VERDICT])
    ids = [pair_id(a, b) for a, b in zip(said["filing_id_l"], said["filing_id_r"], strict=True)]
    said = said[_VERDICT].assign(pair_id=ids).drop_duplicates("pair_id", keep="last").astype(TEXT)
    return pairs.merge(said, on="pair_id", how="left", validate="1:1")

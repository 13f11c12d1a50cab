"""What became of each pair: merged, offered to a reviewer, or kept apart; and why, in Chinese."""

import numpy as np
import pandas as pd

from flows.link.clusters import Clusters, among
from flows.link.evidence import evidence, reasons
from flows.link.identity import pair_id
from flows.link.judged import Judged
from schemas.linkage import Linkage
from schemas.tables import TEXT, DataFrame, Pairs, PairVerdicts, empty

_SAID = {"合并": "评审人判定合并。", "不合并": "评审人判定不合并。"}
_IN_DISPUTE = "评审意见相互矛盾，改正前互不合并。"
_IMPLIED = "按评审人对这些团组的其他判定，不合并。"
_TORN = "其中一条与两个明显不同的团组一样像，归哪一个须由人判断。"
_CUT = "两条很像，但合并会把不相像的申报连成一组，故断开。"
_ASK = "两条很像，但有一处须由人判断。"
_THROUGH_OTHERS = "经同一团组的其他申报合并。"
_PLAINLY = "有明显不同之处，不是同一团组。"

_VERDICT = ["verdict", "note", "reviewer"]


def outcomes(
    compared: pd.DataFrame,
    clusters: Clusters,
    judged: Judged,
    filing_ids: pd.Series,
    linkage: Linkage,
    verdicts: DataFrame[PairVerdicts] | None,
) -> DataFrame[Pairs]:
    """The pairs worth keeping, the likeliest first.

    ``compared`` and ``clusters`` as :func:`flows.link.match.match` gives them; ``filing_ids`` by position.
    """
    if compared.empty:
        return empty(Pairs)
    outcome, because = _decide(compared, clusters, judged, linkage)
    worth_keeping = (outcome != "kept_apart") | compared["match_weight"].ge(linkage.show) | compared["apart"]
    worth_keeping |= among(compared["id_l"].to_numpy(), compared["id_r"].to_numpy(), judged.all_pairs)
    kept, outcome, because = compared[worth_keeping], outcome[worth_keeping], because[worth_keeping]
    left, right = (filing_ids.iloc[kept[side]].to_numpy() for side in ("id_l", "id_r"))
    pairs = pd.DataFrame(
        {
            "pair_id": [pair_id(a, b) for a, b in zip(left, right, strict=True)],
            "filing_id_l": left,
            "filing_id_r": right,
            "match_probability": kept["match_probability"].to_numpy(dtype="float64"),
            "match_weight": kept["match_weight"].to_numpy(dtype="float64"),
            "outcome": outcome,
            "reasons": because + reasons(kept, linkage).to_numpy(dtype=object),
            "evidence": evidence(kept, linkage).to_numpy(),
        }
    ).astype(dict.fromkeys(("pair_id", "filing_id_l", "filing_id_r", "outcome", "reasons", "evidence"), TEXT))
    pairs = _with_verdicts(pairs, verdicts)
    return pairs.sort_values(["match_weight", "pair_id"], ascending=[False, True], ignore_index=True)


def _decide(
    compared: pd.DataFrame, clusters: Clusters, judged: Judged, linkage: Linkage
) -> tuple[np.ndarray, np.ndarray]:
    """The outcome of each pair, and what is to be said before its reasons."""
    label = clusters.labels()
    left, right = compared["id_l"].to_numpy(), compared["id_r"].to_numpy()
    merged = label[left] == label[right]
    torn = compared["torn"].to_numpy(dtype=bool)
    plainly = compared["apart"].to_numpy(dtype=bool)
    probability = compared["match_probability"].to_numpy()
    likely = (probability >= linkage.merge) & ~plainly
    cases = [
        (among(left, right, judged.in_dispute), "offered", _IN_DISPUTE),
        (among(left, right, judged.lapsed), "offered", ""),
        (among(left, right, judged.together), "merged", _SAID["合并"]),
        (among(left, right, judged.apart), "kept_apart", _SAID["不合并"]),
        (merged & likely, "merged", ""),
        (merged, "merged", _THROUGH_OTHERS),
        (clusters.said_apart(left, right), "kept_apart", _IMPLIED),
        (likely & compared["ask"].to_numpy(dtype=bool), "offered", _ASK),
        (likely & torn, "offered", _TORN),
        (likely, "offered", _CUT),
        ((probability >= linkage.offer) & ~plainly, "offered", ""),
        (plainly, "kept_apart", _PLAINLY),
    ]
    where = [case for case, _, _ in cases]
    outcome = np.select(where, [word for _, word, _ in cases], default="kept_apart").astype(object)
    because = np.select(where, [text for _, _, text in cases], default="").astype(object)
    for place in np.flatnonzero(among(left, right, judged.lapsed)):
        because[place] = judged.lapsed[int(left[place]), int(right[place])]
    return outcome, because


def _with_verdicts(pairs: pd.DataFrame, verdicts: pd.DataFrame | None) -> pd.DataFrame:
    """What the reviewers said, beside the pairs they said it of."""
    if verdicts is None or verdicts.empty or pairs.empty:
        return pairs.assign(**{name: pd.Series(None, index=pairs.index, dtype=TEXT) for name in _VERDICT})
    said = verdicts.reindex(columns=["filing_id_l", "filing_id_r", *_VERDICT])
    ids = [pair_id(a, b) for a, b in zip(said["filing_id_l"], said["filing_id_r"], strict=True)]
    said = said[_VERDICT].assign(pair_id=ids).drop_duplicates("pair_id", keep="last").astype(TEXT)
    return pairs.merge(said, on="pair_id", how="left", validate="1:1")

"""Match: the filings that share a block are compared by the model, and what is likely enough is put together."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd

from flows.link.backends import open_backend
from flows.link.clusters import Clusters, Pair, among, chains, pairs_within
from flows.link.describe import describe
from flows.link.judged import Judged
from flows.references import References
from schemas.linkage import Linkage

if TYPE_CHECKING:
    from flows.link.model import Model

_AS_LIKE = 1.0
"""Bits by which two match weights may differ and still say the same."""

_SMALL_CHAIN = 20
"""Filings up to which every two of a chain are compared, blocked or not."""


def match(
    filings: pd.DataFrame, participants: pd.DataFrame, references: References, linkage: Linkage, judged: Judged
) -> tuple[pd.DataFrame, Clusters]:
    """The pairs compared and the clusters made of them; ``filings`` (Filings) are known by their position,
    ``participants`` (Participants) by their filing.

    A row a pair worth knowing, judged by a reviewer or within a chain: ``id_l`` < ``id_r``, ``match_weight``,
    ``match_probability``, ``apart`` (plainly different), ``ask`` (never merged unasked), ``torn`` (one of the two is as
    like a plainly different third) and the columns of each comparison.
    """
    if len(filings) < 2:
        return pd.DataFrame({"id_l": [], "id_r": []}, dtype="int64"), Clusters(
            len(filings), [0], set(), {}, (0, 0), (), ()
        )
    from flows.link.model import Model, profiles, quiet  # Splink is slow to import

    with quiet(), _database(linkage) as con, open_backend(linkage, con) as backend:
        profile = profiles(describe(filings, participants, references, linkage, con), linkage).tolist()
        model = Model(backend.described(con), len(filings), linkage, backend)
        pairs = model.blocked()
        strong = pairs[pairs["match_probability"].ge(linkage.merge) & ~pairs["apart"] & ~pairs["ask"]]
        strong = strong.sort_values(["match_weight", "id_l", "id_r"], ascending=[False, True, True])
        chain = chains(len(filings), [*judged.together, *_pairs(strong)], profile)
        pairs = _with_asked(model, pairs, [*judged.all_pairs, *pairs_within(chain, profile, _SMALL_CHAIN)])
    apart = _apart(pairs, profile)
    clusters = Clusters(
        len(filings),
        profile,
        apart,
        _weights(pairs, chain),
        (linkage.hold, linkage.hold_groups),
        judged.together,
        judged.apart,
        judged.open,
    )
    torn = _torn(strong, profile, apart, judged)
    for left, right in _pairs(strong[~torn]):
        clusters.join(left, right)
    pairs["torn"] = among(pairs["id_l"].to_numpy(), pairs["id_r"].to_numpy(), set(_pairs(strong[torn])))
    return pairs, clusters


def _with_asked(model: "Model", pairs: pd.DataFrame, asked: Iterable[Pair]) -> pd.DataFrame:
    """``pairs`` and those of ``asked`` that are not among them."""
    wanted = pd.DataFrame(sorted(set(asked)), columns=["id_l", "id_r"], dtype="int64")
    known = pd.MultiIndex.from_frame(pairs[["id_l", "id_r"]])
    wanted = wanted[~pd.MultiIndex.from_frame(wanted).isin(known)]
    return pd.concat([pairs, model.pairs(wanted)], ignore_index=True) if len(wanted) else pairs


def _apart(pairs: pd.DataFrame, profile: list[int]) -> set[Pair]:
    """The pairs of profiles, the smaller first, that are plainly different."""
    different = pairs[pairs["apart"]]
    left, right = np.array(profile)[different["id_l"]], np.array(profile)[different["id_r"]]
    return set(zip(np.minimum(left, right).tolist(), np.maximum(left, right).tolist(), strict=True))


def _torn(strong: pd.DataFrame, profile: list[int], apart: set[Pair], judged: Judged) -> np.ndarray:
    """Whether each of ``strong`` is of a filing that is as like another, plainly different one: chance would decide."""
    left, right = strong["id_l"].to_numpy(), strong["id_r"].to_numpy()
    weight = strong["match_weight"].where(~among(left, right, judged.all_pairs)).to_numpy()
    ends = pd.DataFrame(
        {"filing": np.r_[left, right], "like": np.array(profile)[np.r_[right, left]], "weight": np.r_[weight, weight]}
    ).dropna()
    likest = ends.groupby(["filing", "like"], as_index=False)["weight"].max()
    likest = likest[likest["weight"].ge(likest.groupby("filing")["weight"].transform("max") - _AS_LIKE)]
    both = likest.merge(likest, on="filing")
    torn = both.loc[among(both["like_x"].to_numpy(), both["like_y"].to_numpy(), apart), "filing"].unique()
    return np.isin(left, torn) | np.isin(right, torn)


def _weights(pairs: pd.DataFrame, chain: pd.Series) -> dict[Pair, float]:
    """The match weights of the pairs within a chain."""
    left, right = pairs["id_l"].map(chain), pairs["id_r"].map(chain)
    within = pairs[left.notna() & left.eq(right)]
    return dict(zip(_pairs(within), within["match_weight"].tolist(), strict=True))


def _pairs(pairs: pd.DataFrame) -> Iterable[Pair]:
    return zip(pairs["id_l"].tolist(), pairs["id_r"].tolist(), strict=True)


@contextmanager
def _database(linkage: Linkage) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that may spill to a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="huizong-link-") as folder:
        con = duckdb.connect(config={"memory_limit": linkage.memory, "temp_directory": folder})
        try:
            yield con
        finally:
            con.close()

"""Match: the filings that share a block are compared by the model, and what is likely enough is put together."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd

from flows.link.cluster.average_linkage import Clusters, MeanWeight
from flows.link.cluster.chains import chains, pairs_within
from flows.link.cluster.constraints import Constraints
from flows.link.cluster.differences import PlainDifferences
from flows.link.cluster.pairs import Pair, among, tuples
from flows.link.compare.backends import open_backend
from flows.link.compare.quiet import quiet
from flows.link.describe.filings import describe
from flows.references import References
from schemas.linkage import Linkage
from schemas.tables import DataFrame, Participants

if TYPE_CHECKING:
    from flows.link.compare.model import Model

_AS_LIKE = 1.0
"""Bits by which two match weights may differ and still say the same."""

_SMALL_CHAIN = 20
"""Filings up to which every two of a chain are compared, blocked or not."""


@dataclass(frozen=True)
class Matched:
    """The pairs compared and the ``clusters`` made of them; filings are known by their position.

    ``pairs`` one row a pair that is worth knowing, in a chain, or spoken of by a reviewer: ``id_l`` < ``id_r``,
    ``match_weight`` (bits), ``match_probability``, ``apart`` (plainly different), ``ask`` (never merged unasked), ``tied``
    (one of the two is as like a third that is plainly different from the other) and the columns of each comparison
    (:class:`flows.link.compare.model.Model`).
    """

    pairs: pd.DataFrame
    clusters: Clusters


def match(
    filings: pd.DataFrame,
    participants: DataFrame[Participants],
    references: References,
    linkage: Linkage,
    constraints: Constraints,
    spark: str = "",
) -> Matched:
    """Compare ``filings`` that share a block and cluster them; ``participants`` are theirs, ``spark`` the master of the Spark
    cluster that compares, if any.

    Raises:
        SettingError: Spark cannot be started here.
        AwayError: its master does not answer.
    """
    if len(filings) < 2:
        return _nothing_to_compare(len(filings), constraints)
    from flows.link.compare.model import Model  # Splink is slow to import
    from flows.link.compare.profiles import profiles

    with quiet(), _database(linkage) as con, open_backend(spark, con) as backend:
        profile = profiles(describe(filings, participants, references, linkage, con), linkage).tolist()
        model = Model(backend.described(con), len(filings), linkage, backend)
        pairs = model.blocked()
        likely = _likely(pairs, linkage)
        chain = chains(len(filings), [*constraints.must_link, *tuples(likely)], profile)
        pairs = _with_asked(model, pairs, [*constraints.all_pairs, *pairs_within(chain, profile, _SMALL_CHAIN)])
    differences = PlainDifferences(profile, _plainly_different(pairs, profile))
    mean_weight = MeanWeight(_weights(pairs, chain), linkage.mean_weight, linkage.mean_weight_groups)
    clusters = Clusters(len(filings), constraints, differences, mean_weight)
    tied = _tied(likely, differences, constraints)
    for left, right in tuples(likely[~tied]):
        clusters.join(left, right)
    pairs["tied"] = among(pairs["id_l"].to_numpy(), pairs["id_r"].to_numpy(), set(tuples(likely[tied])))
    return Matched(pairs, clusters)


def _nothing_to_compare(size: int, constraints: Constraints) -> Matched:
    alone = Clusters(size, constraints, PlainDifferences([0] * size, set()), MeanWeight({}, 0, 0))
    return Matched(pd.DataFrame({"id_l": [], "id_r": []}, dtype="int64"), alone)


def _likely(pairs: pd.DataFrame, linkage: Linkage) -> pd.DataFrame:
    """The pairs that the model by itself would merge, the likeliest first."""
    likely = pairs[pairs["match_probability"].ge(linkage.merge) & ~pairs["apart"] & ~pairs["ask"]]
    return likely.sort_values(["match_weight", "id_l", "id_r"], ascending=[False, True, True])


def _with_asked(model: "Model", pairs: pd.DataFrame, asked: Iterable[Pair]) -> pd.DataFrame:
    """``pairs`` and those of ``asked`` that are not among them."""
    wanted = pd.DataFrame(sorted(set(asked)), columns=["id_l", "id_r"], dtype="int64")
    known = pd.MultiIndex.from_frame(pairs[["id_l", "id_r"]])
    wanted = wanted[~pd.MultiIndex.from_frame(wanted).isin(known)]
    return pd.concat([pairs, model.pairs(wanted)], ignore_index=True) if len(wanted) else pairs


def _plainly_different(pairs: pd.DataFrame, profile: list[int]) -> set[Pair]:
    """The pairs of profiles, the smaller first, that are plainly different."""
    different = pairs[pairs["apart"]]
    left, right = np.array(profile)[different["id_l"]], np.array(profile)[different["id_r"]]
    return set(zip(np.minimum(left, right).tolist(), np.maximum(left, right).tolist(), strict=True))


def _tied(likely: pd.DataFrame, differences: PlainDifferences, constraints: Constraints) -> np.ndarray:
    """Whether each of ``likely`` is of a filing that is as like two which are plainly different: chance would decide."""
    left, right = likely["id_l"].to_numpy(), likely["id_r"].to_numpy()
    weight = likely["match_weight"].where(~among(left, right, constraints.all_pairs)).to_numpy()
    profile = np.array(differences.profiles)
    ends = pd.DataFrame(
        {"filing": np.r_[left, right], "like": profile[np.r_[right, left]], "weight": np.r_[weight, weight]}
    ).dropna()
    likest = ends.groupby(["filing", "like"], as_index=False)["weight"].max()
    likest = likest[likest["weight"].ge(likest.groupby("filing")["weight"].transform("max") - _AS_LIKE)]
    both = likest.merge(likest, on="filing")
    torn = both.loc[among(both["like_x"].to_numpy(), both["like_y"].to_numpy(), differences.pairs), "filing"].unique()
    return np.isin(left, torn) | np.isin(right, torn)


def _weights(pairs: pd.DataFrame, chain: pd.Series) -> dict[Pair, float]:
    """The match weights of the pairs within a chain."""
    left, right = pairs["id_l"].map(chain), pairs["id_r"].map(chain)
    within = pairs[left.notna() & left.eq(right)]
    return dict(zip(tuples(within), within["match_weight"].tolist(), strict=True))


@contextmanager
def _database(linkage: Linkage) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that may spill to a folder of its own, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="huizong-link-") as folder:
        con = duckdb.connect(config={"memory_limit": linkage.memory, "temp_directory": folder})
        try:
            yield con
        finally:
            con.close()

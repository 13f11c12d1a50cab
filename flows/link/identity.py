"""Ids that stay: of a pair, and of a group that keeps its lead or most of its filings from one night to the next."""

import hashlib
from collections.abc import Iterator
from itertools import count

import pandas as pd

from schemas.tables import TEXT, DataFrame, Members


def pair_id(left: str, right: str) -> str:
    """The id of two filings, whichever comes first."""
    first, second = sorted((left, right))
    return "p" + hashlib.sha256(f"{first}|{second}".encode()).hexdigest()[:15]


def group_ids(clusters: pd.DataFrame, yesterday: DataFrame[Members]) -> pd.Series:
    """The group_id of each row of ``clusters`` (``filing_id``, ``cluster``, ``leads``); ``yesterday`` last night's members.

    A cluster keeps the id of the group whose lead it has, else of the group most of whose filings it has; of several the
    one that shares its lead, then the one with most filings. A new group is named after its lead.
    """
    kept = _kept(clusters, yesterday)
    taken = set(kept.values()) | set(yesterday["group_id"])
    lead = clusters[clusters["leads"]].sort_values("filing_id").set_index("cluster")["filing_id"]
    for cluster, filing_id in lead.items():
        if cluster not in kept:
            kept[cluster] = next(name for name in _names(filing_id) if name not in taken)
            taken.add(kept[cluster])
    return clusters["cluster"].map(kept).astype(TEXT)


def _kept(clusters: pd.DataFrame, yesterday: DataFrame[Members]) -> dict[object, str]:
    """The clusters that keep a group's id → that id."""
    old = yesterday.rename(columns={"leads": "led"})
    old = old.assign(size=old.groupby("group_id")["filing_id"].transform("size"))
    both = old.merge(clusters, on="filing_id")
    both["lead_stays"] = both["led"] & both["leads"]
    shared = both.groupby(["group_id", "cluster"], as_index=False).agg(
        filings=("filing_id", "size"), size=("size", "first"), led=("led", "any"), lead_stays=("lead_stays", "any")
    )
    shared = shared[shared["led"] | shared["filings"].mul(2).gt(shared["size"])]
    shared = shared.sort_values(["lead_stays", "led", "filings", "group_id"], ascending=[False, False, False, True])
    kept: dict[object, str] = {}
    given: set[str] = set()
    for group, cluster in zip(shared["group_id"], shared["cluster"], strict=True):
        if cluster not in kept and group not in given:
            kept[cluster] = group
            given.add(group)
    return kept


def _names(filing_id: str) -> Iterator[str]:
    """Ids for a group led by a filing, the usual one first."""
    for attempt in count():
        text = f"{filing_id}|{attempt}" if attempt else filing_id
        yield "g" + hashlib.sha256(f"group|{text}".encode()).hexdigest()[:11]

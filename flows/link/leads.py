"""Who leads a group: the highest-level organiser with the right to organise, then the fullest, then the earliest."""

import pandas as pd

from flows.references import References
from schemas.columns import FILING
from schemas.tables import TEXT

LEVELS = {"省级": 0, "市级": 1, "县级": 2}
_LOWEST = len(LEVELS)

_PROVINCIAL_ORGANS = ("行政机关", "党委组织部")
"""Kinds of provincial unit that may organise a cross-region group without 外事审批权 of their own."""

_COUNTED = [column.name for column in FILING if column.name not in ("seq", "remarks")]

ORDER = ["no_right", "level", "sent_by_other", "gaps", "start", "end", "filing_id"]
"""The columns of :func:`claims` in the order that decides, the smallest first."""


def claims(filings: pd.DataFrame, references: References) -> pd.DataFrame:
    """What each filing's claim to lead rests on, a row a filing of ``filings`` (Filings), smaller is stronger.

    ``no_right`` of the organiser to organise a cross-region group; ``level`` of the organiser; ``sent_by_other``: filed
    by another unit than the organiser, which knows its own share only; ``gaps`` empty columns; ``start``, ``end`` days.
    """
    units = references.units.drop_duplicates("unit").set_index("unit")
    organ = units["level"].eq("省级") & units["nature"].isin(_PROVINCIAL_ORGANS)
    right = (organ | units["foreign_affairs"].fillna(False).astype(bool)) & ~units["vertical"].fillna(False).astype(
        bool
    )
    organiser = filings["organiser"]
    return pd.DataFrame(
        {
            "no_right": ~organiser.map(right).astype("boolean").fillna(False).astype(bool),
            "level": organiser.map(units["level"]).map(LEVELS).fillna(_LOWEST).astype("int64"),
            "sent_by_other": ~organiser.eq(filings["unit"]).fillna(False).astype(bool),
            "gaps": filings[_COUNTED].isna().sum(axis=1).astype("int64"),
            "start": filings["start_date"],
            "end": filings["end_date"],
            "filing_id": filings["filing_id"].astype(TEXT),
        },
        index=filings.index,
    )


def leads(filings: pd.DataFrame, cluster: pd.Series, references: References) -> pd.Series:
    """Whether each filing leads its ``cluster``."""
    ranked = claims(filings, references).assign(cluster=cluster).sort_values(["cluster", *ORDER])
    return (~ranked.duplicated("cluster")).reindex(filings.index)

"""Groups that may be one group in several pieces, each small enough to stay within the limit of people."""

import numpy as np
import pandas as pd

from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Pairs

_TRIP = ["organiser", "institution", "theme"]
_MANY = 10**7
"""More groups than a night has: two counts in one number, the people first."""


def leaving_together(groups: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``near`` and ``near_people`` of each group that is itself within the limit of people.

    Of the spans of ``split_within_days`` days in which it leaves, the one is taken in which groups of the same organiser,
    institution and theme have most people: how many such groups leave in it, itself among them, and their people.

    Each trip gets a place on one line of days. The days of one organiser, institution and theme follow those of another
    at more than the length of a span, so that a span never reaches from one into the next, and the groups of a span are
    neighbours on the line.
    """
    small = groups["group_people"].le(notice.limits.headcount).fillna(False)
    trips = groups.loc[small, [*_TRIP, "start_date", "group_people"]].dropna()
    if trips.empty:
        return pd.DataFrame({"near": pd.NA, "near_people": pd.NA}, index=groups.index, dtype="Int64")
    day = (trips["start_date"] - trips["start_date"].min()).dt.days
    line = trips.groupby(_TRIP, sort=False).ngroup() * (int(day.max()) + notice.limits.split_within_days + 1) + day
    line = line.sort_values(kind="stable")
    at, people = line.to_numpy(), trips.loc[line.index, "group_people"].to_numpy(dtype="int64")
    here = np.arange(len(at))
    before = np.concatenate([[0], people.cumsum()])
    end = np.searchsorted(at, at + notice.limits.split_within_days, side="right")
    window = np.append((before[end] - before[here]) * _MANY + (end - here), 0)
    start = np.searchsorted(at, at - notice.limits.split_within_days)
    fullest = np.maximum.reduceat(window, np.column_stack([start, here + 1]).ravel())[::2]
    near = pd.DataFrame({"near": fullest % _MANY, "near_people": fullest // _MANY}, index=line.index)
    return near.reindex(groups.index).astype("Int64")


def told_twice(groups: pd.DataFrame, offered: DataFrame[Pairs] | None, lead_of: pd.Series) -> pd.Series:
    """The leads of groups that may be another group told a second time.

    Such a group is offered to a reviewer as the same one as a group of another office. Of the two it is the one that an
    office filed about a group of somebody else; where that is true of both or neither, the smaller. ``lead_of`` gives the
    lead of each filing.
    """
    if offered is None or offered.empty:
        return pd.Series(dtype=TEXT)
    sides = offered[["filing_id_l", "filing_id_r"]].reset_index(drop=True).stack().map(lead_of).rename("filing_id")
    told = (
        sides.rename_axis(["pair", "side"])
        .reset_index()
        .merge(groups[["filing_id", "unit", "organiser", "headcount"]], on="filing_id")
    )
    told["of_others"] = told["unit"].ne(told["organiser"]).fillna(True)
    told = told.sort_values(["of_others", "headcount", "filing_id"], ascending=[True, False, True])
    of_pair = told.groupby("pair")
    return of_pair["filing_id"].last()[of_pair["unit"].nunique().gt(1)]

"""Groups that may be one group in several pieces, each small enough to stay within the limit of people."""

import numpy as np
import pandas as pd

from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Pairs

_SAYS_NOTHING = r"[\W_]+"
_MANY = 10**7
"""More groups than a night has: two counts in one number, the people first."""


def leaving_together(groups: pd.DataFrame, notice: Notice) -> pd.DataFrame:
    """``near``, ``near_people``, ``near_by``, ``same_trip`` and ``same_text`` of each group that is itself within the limit of
    people.

    Of the spans of ``split_within_days`` days in which it leaves, the one is taken in which groups of the same trip have most
    people: how many such groups leave in it, itself among them, and their people. A trip is known by organiser, institution
    and theme (``same_trip`` is one number for all of it) or, where one of these was renamed, by organiser and content
    (``same_text``); ``near_by`` names the one by which there are more people.
    """
    small = groups[groups["group_people"].le(notice.limits.headcount).fillna(False)]
    content = _text(small["content"])
    text = pd.DataFrame({"organiser": small["organiser"], "content": content.where(_says_much(content, notice))})
    by = {"same_trip": _number(small[["organiser", "institution", "theme"]]), "same_text": _number(text)}
    trip, same = (_fullest(small, key, notice) for key in by.values())
    fuller = same["near_people"].gt(trip["near_people"].fillna(0)).fillna(False)
    near = trip.mask(fuller, same).assign(**by)
    near["near_by"] = fuller.map({True: "same_text", False: "same_trip"})
    return near.reindex(groups.index).astype({"near_by": TEXT})


def _text(content: pd.Series) -> pd.Series:
    """The content as it is compared: letters and figures alone."""
    return content.str.lower().str.replace(_SAYS_NOTHING, "", regex=True)


def _says_much(content: pd.Series, notice: Notice) -> pd.Series:
    """Whether the content is long enough that two of them are not alike by chance."""
    return content.str.len().ge(notice.limits.content_characters).fillna(False)


def _number(keys: pd.DataFrame) -> pd.Series:
    """A number for each combination of ``keys``, missing where one of them is."""
    whole = keys.dropna()
    return whole.groupby(list(keys.columns), sort=False).ngroup().reindex(keys.index).astype("Int64")


def _fullest(groups: pd.DataFrame, trip: pd.Series, notice: Notice) -> pd.DataFrame:
    """``near`` and ``near_people`` by the number of each group's ``trip``.

    Each trip gets a place on one line of days. The days of one trip follow those of another at more than the length of a
    span, so that a span never reaches from one into the next, and the groups of a span are neighbours on the line.
    """
    trips = groups[["start_date", "group_people"]].assign(trip=trip).dropna()
    if trips.empty:
        return pd.DataFrame({"near": pd.NA, "near_people": pd.NA}, index=groups.index, dtype="Int64")
    day = (trips["start_date"] - trips["start_date"].min()).dt.days
    line = trips["trip"].astype("int64") * (int(day.max()) + notice.limits.split_within_days + 1) + day
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

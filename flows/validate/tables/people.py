"""How many people a group is, by its own figure, by its participants, and by the shares that other offices filed."""

import pandas as pd

from flows.validate.tables.register import region, within
from flows.validate.tables.rows import ParticipantRows
from schemas.notice import Notice
from schemas.tables import DataFrame


def group_people(groups: pd.DataFrame, participants: DataFrame[ParticipantRows], group_of: pd.Series) -> pd.Series:
    """The merged headcount or, where that is larger, the people of all participants.

    Each unit is counted once: with the lead's figure where the lead lists it, else with another filing's. Another filing
    that gives a unit as many people as the whole group has gives the group's figure and not the unit's: it does not count.
    """
    lead = groups[["filing_id", "group_id", "headcount"]].set_index("group_id")
    taking = participants.loc[participants["participants"].notna(), ["filing_id", "participant", "participants"]]
    taking = taking.assign(group_id=taking["filing_id"].map(group_of))
    by_others = ~within(taking["filing_id"], lead["filing_id"])
    total = taking.loc[by_others, "group_id"].map(lead["headcount"])
    as_whole = taking.loc[by_others, "participants"].eq(total).fillna(False)
    taking = taking.assign(later=by_others).drop(index=as_whole.index[as_whole])
    taking = taking.sort_values(["later", "participants"], ascending=[True, False])
    once = taking.drop_duplicates(["group_id", "participant"]).groupby("group_id")["participants"].sum()
    summed = groups["group_id"].map(once).astype("Int64")
    headcount = groups["group_headcount"].astype("Int64")
    return headcount.where(summed.isna() | headcount.ge(summed), summed)


def shares_in_all(
    below: pd.DataFrame, participants: DataFrame[ParticipantRows], lead: pd.DataFrame, notice: Notice
) -> pd.Series:
    """By lead, how many people its own list of participants and the shares that others filed come to.

    ``below`` are the filings of a group with fewer people than its lead's: each is the share of the office that filed it.
    A region's office may file for the same units that the lead lists, so of each region only the larger of the two sums
    counts. Missing where nobody filed a share, and where the lead's list is by itself more than its headcount, which is
    another finding.
    """
    listed_people = participants[participants["filing_id"].isin(below["lead"])]
    listed_people = listed_people.assign(lead=listed_people["filing_id"], region=region(listed_people, "unit", notice))
    shares = below.assign(region=region(below, "filer", notice))
    sums = [
        rows.assign(region=rows["region"].fillna("?")).groupby(["lead", "region"])[people].sum()
        for rows, people in ((listed_people, "participants"), (shares, "headcount"))
    ]
    both = pd.concat(sums, axis="columns", keys=["listed", "shares"]).fillna(0)
    by_lead = both.assign(larger=both.max(axis="columns")).groupby("lead").sum()
    headcount = lead.set_index("filing_id")["headcount"].reindex(by_lead.index)
    return by_lead["larger"].where(by_lead["listed"].le(headcount).fillna(False))

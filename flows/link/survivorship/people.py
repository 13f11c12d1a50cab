"""How many people a group is: by its lead's headcount, by 参团单位, and by what its other filings give."""

import pandas as pd

from flows.cross_region import region_of
from flows.references import References
from schemas.notice import Notice
from schemas.tables import DataFrame, Participants


def people_of(
    ranked: pd.DataFrame, participants: DataFrame[Participants], references: References, notice: Notice
) -> pd.DataFrame:
    """One row a group, by ``group_id``: the columns of people of :class:`schemas.tables.Groups`, and ``headcount``.

    ``headcount`` is the lead's or, where it has none, ``participants_sum`` or the largest that another filing gives.
    ``ranked``: Filings with ``group_id`` and ``leads``, the lead of each group first.
    """
    lead = ranked[ranked["leads"]].set_index("group_id")
    listed = participants.dropna(subset=["filing_id"]).merge(ranked[["filing_id", "group_id", "leads"]], on="filing_id")
    listed = listed.assign(total=listed["group_id"].map(lead["headcount"]))
    others = ranked[~ranked["leads"] & ranked["headcount"].notna()]
    others = others.assign(total=others["group_id"].map(lead["headcount"]))
    below = others[others["headcount"].lt(others["total"]).fillna(False)]
    above = others[others["headcount"].gt(others["total"]).fillna(False)]
    own_shares = others[others["headcount"].ne(others["total"]).fillna(True)].drop_duplicates(["group_id", "unit"])
    participants_sum = _each_unit_once(listed).groupby("group_id")["participants"].sum(min_count=1)
    headcount = lead["headcount"].fillna(participants_sum).fillna(ranked.groupby("group_id")["headcount"].max())
    people = {
        "headcount": headcount,
        "participants_sum": participants_sum,
        "people": pd.concat([headcount, participants_sum], axis="columns").max(axis="columns"),
        "shares_sum": own_shares.groupby("group_id")["headcount"].sum(min_count=1),
        "shares_in_all": _shares_in_all(listed[listed["leads"]], below, lead["headcount"], references, notice),
        "larger_headcount": above.groupby("group_id")["headcount"].max(),
    }
    return pd.DataFrame(people, index=lead.index).astype("Int64")


def _each_unit_once(listed: pd.DataFrame) -> pd.DataFrame:
    """``listed`` with each unit of a group once: as the lead lists it, else the largest that another filing says.

    Another filing that gives a unit as many people as the whole group has gives the group's figure and not the unit's: it
    does not count.
    """
    of_group = ~listed["leads"] & listed["participants"].eq(listed["total"]).fillna(False).astype(bool)
    listed = listed[listed["participants"].notna() & ~of_group]
    ordered = listed.sort_values(["leads", "participants"], ascending=[False, False])
    return ordered.drop_duplicates(["group_id", "participant"])


def _shares_in_all(
    listed: pd.DataFrame, below: pd.DataFrame, total: pd.Series, references: References, notice: Notice
) -> pd.Series:
    """By group, how many people its lead's own list of participants and the shares that others filed come to.

    ``listed`` the participants of the leads; ``below`` the filings of fewer people than their lead's ``total``: each is the
    share of the office that filed it. A region's office may file for the same units that the lead lists, so of each region
    only the larger of the two sums counts. Missing where nobody filed a share, and where the lead's list is by itself more
    than its total, which is another finding.
    """
    listed = listed[listed["group_id"].isin(below["group_id"])]
    region = region_of(references.units, notice)
    sums = [
        rows.assign(region=rows[unit].map(region).fillna("?")).groupby(["group_id", "region"])[people].sum()
        for rows, unit, people in ((listed, "participant", "participants"), (below, "unit", "headcount"))
    ]
    both = pd.concat(sums, axis="columns", keys=["listed", "shares"]).fillna(0)
    by_group = both.assign(larger=both.max(axis="columns")).groupby("group_id").sum()
    within = by_group["listed"].le(total.reindex(by_group.index)).fillna(False)
    return by_group["larger"].where(within)

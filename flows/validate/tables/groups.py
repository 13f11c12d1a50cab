"""The training groups, each at the filing that leads it, with what all its filings show."""

import pandas as pd

from flows.references import References
from flows.validate.tables.numbers import numbers_shared
from flows.validate.tables.register import other_region, other_system, units_beside, within
from flows.validate.tables.rows import GroupRows, OrganisedFilings, ParticipantRows
from flows.validate.tables.splits import leaving_together, told_twice
from flows.validate.words import listed
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Groups, Members, Pairs


def groups_formed(
    groups: DataFrame[Groups],
    members: DataFrame[Members],
    filings: DataFrame[OrganisedFilings],
    participants: DataFrame[ParticipantRows],
    offered: DataFrame[Pairs] | None,
    references: References,
    notice: Notice,
) -> DataFrame[GroupRows]:
    """Every group whose lead is among ``filings``; ``offered`` are the pairs that a reviewer has yet to judge."""
    groups = groups[within(groups["lead_filing_id"], filings["filing_id"])].reset_index(drop=True)
    lead_of = groups.set_index("group_id")["lead_filing_id"]
    place = pd.Index(filings["filing_id"]).get_indexer(pd.Index(groups["lead_filing_id"]))
    lead = filings.take(place).reset_index(drop=True)
    group_of = members.set_index("filing_id")["group_id"]
    others = filings[~within(filings["filing_id"], groups["lead_filing_id"])]
    others = others.assign(lead=others["filing_id"].map(group_of).map(lead_of).astype(TEXT)).dropna(subset=["lead"])
    rows = lead.assign(
        group_id=groups["group_id"].to_numpy(),
        subject=groups["group_id"].to_numpy(),
        group_filings=groups["filings"].to_numpy(),
        group_headcount=groups["headcount"],
        group_people=groups["people"],
        shares=groups["shares_in_all"],
        larger=groups["larger_headcount"],
    ).astype({"group_id": TEXT, "subject": TEXT})
    for column, joining in _joiners(others, participants, lead, references, notice).items():
        rows[column] = rows["filing_id"].map(listed(joining["joiner"], joining["lead"])).astype(TEXT)
    declares = others[others["cross_region"].fillna(False)]
    rows["group_declares"] = rows["filing_id"].map(listed(declares["unit"], declares["lead"])).astype(TEXT)
    shared = numbers_shared(rows, offered, group_of.map(lead_of))
    alone = ~rows["filing_id"].isin(told_twice(rows, offered, group_of.map(lead_of)))
    near = leaving_together(rows[alone], notice).reindex(rows.index)
    return GroupRows.validate(pd.concat([rows, near, shared], axis="columns"))


def _joiners(
    others: pd.DataFrame, participants: pd.DataFrame, lead: pd.DataFrame, references: References, notice: Notice
) -> dict[str, pd.DataFrame]:
    """Units that take part as only the other filings of the group show: who filed them, and their participants.

    An office of a collecting system hands in what others organise: that it filed the group shows its region, not that
    another system takes part. Units that the lead's own 参团单位 lists are judged there.
    """
    theirs = others["organiser"].ne(others["lead"].map(lead.set_index("filing_id")["organiser"]))
    senders = others[["lead"]].assign(joiner=others["organiser"].where(theirs, others["unit"]))
    listed = participants.merge(others[["filing_id", "lead"]], on="filing_id")
    listed = listed[["lead", "participant"]].rename(columns={"participant": "joiner"})
    joiners = pd.concat([senders, listed], ignore_index=True).dropna().drop_duplicates().reset_index(drop=True)
    of_lead = lead.drop_duplicates("filing_id").set_index("filing_id")
    organiser = joiners["lead"].map(of_lead["organiser"]).astype(TEXT)
    own = participants[["filing_id", "participant"]].rename(columns={"filing_id": "lead", "participant": "joiner"})
    told = pd.MultiIndex.from_frame(joiners[["lead", "joiner"]]).isin(pd.MultiIndex.from_frame(own))
    joiners = pd.concat(
        [
            joiners,
            units_beside(joiners["joiner"].astype(TEXT), "unit", references, notice),
            units_beside(organiser, "organiser", references, notice),
        ],
        axis="columns",
    )[joiners["joiner"].ne(organiser) & ~told]
    collects = joiners["unit_system"].isin(notice.meanings.collecting_systems)
    of_another = other_system(joiners) & ~collects
    provincial = joiners["unit_level"].isin(notice.meanings.provincial_levels)
    return {
        "group_elsewhere": joiners[other_region(joiners, notice) | of_another],
        "group_county": joiners[joiners["unit_level"].isin(notice.meanings.county_levels) & ~collects],
        "group_other_system": joiners[of_another & ~provincial],
        "group_provincial": joiners[of_another & provincial],
    }

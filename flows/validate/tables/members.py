"""The filings that another one leads."""

import pandas as pd

from flows.validate.tables.register import within
from flows.validate.tables.rows import GroupRows, MemberRows, OrganisedFilings
from schemas.tables import TEXT, DataFrame, Members


def led_filings(
    groups: DataFrame[GroupRows], members: DataFrame[Members], filings: DataFrame[OrganisedFilings]
) -> DataFrame[MemberRows]:
    """Every filing of a group that does not lead it."""
    shown = groups[["elsewhere", "group_elsewhere", "group_declares"]].notna().any(axis="columns")
    of_group = pd.DataFrame(
        {
            "group_id": groups["group_id"],
            "lead": groups["filing_id"],
            "lead_organiser": groups["organiser"],
            "group_across": shown | groups["cross_region"].fillna(False).astype(bool),
        }
    )
    group_of = members.set_index("filing_id")["group_id"]
    led = filings[~within(filings["filing_id"], of_group["lead"])]
    rows = led.assign(group_id=led["filing_id"].map(group_of).astype(TEXT)).merge(of_group, on="group_id")
    return MemberRows.validate(rows)

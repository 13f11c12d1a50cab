"""四（二）: what the offices of one group filed, which must fit together."""

import pandas as pd

from flows.validate.rule import rule
from flows.validate.tables.rows import GroupRows
from schemas.notice import Notice
from schemas.tables import DataFrame


def what_others_filed(groups: DataFrame[GroupRows], notice: Notice) -> pd.DataFrame:
    """``said``: the figures of the other filings that do not fit."""
    larger = "其他单位就同一团组填报 " + groups["larger"].astype("string") + " 人"
    listed = (
        groups["people"]
        .fillna(0)
        .gt(0)
        .map({True: "牵头申报所列参团人数和其他单位填报的本单位人数", False: "其他单位填报的本单位人数"})
    )
    shares = listed + "合计 " + groups["shares"].astype("string") + " 人"
    return pd.DataFrame({"said": larger.fillna(shares)})


@rule(
    "group-shares",
    clause="四（二）",
    severity="hold",
    over="groups",
    about="headcount",
    assist=True,
    looks_at="归并后的团组：各单位填报的申报人数",
    message="牵头申报的申报人数 {headcount} 人，{said}，两者不能同时属实。",
    advice="请与各参团单位核对全团人数。",
    tells=what_others_filed,
)
def shares_fit_the_headcount(groups: DataFrame[GroupRows], notice: Notice) -> pd.Series:
    """What the other offices of a group filed fits its lead's headcount: none filed more, and the shares of those that
    filed less, with those that the lead lists for other regions, are together no more. Held and not sent back, since
    either side may be wrong."""
    return ~(groups["shares"].gt(groups["headcount"]).fillna(False) | groups["larger"].notna())

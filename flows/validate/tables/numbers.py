"""系统项目编号 that several training groups have."""

import pandas as pd

from flows.validate.words import SPACE
from schemas.tables import DataFrame, Filings, Pairs


def number(filings: DataFrame[Filings]) -> pd.Series:
    """The numbers as they are compared."""
    return filings["otm_no"].str.replace(SPACE, "", regex=True).str.upper()


def numbers_shared(groups: pd.DataFrame, offered: DataFrame[Pairs] | None, lead_of: pd.Series) -> pd.DataFrame:
    """``sharing``: how many other groups have each group's number; ``asked``: of how many of these a reviewer has yet to say
    whether they are the same group. ``lead_of`` gives the lead of each filing, ``offered`` the pairs that wait for a
    reviewer."""
    numbers = number(groups)
    sharing = numbers.groupby(numbers).transform("size").sub(1).fillna(0).astype("int64")
    asked = pd.Series(0, index=groups.index, dtype="int64")
    if offered is not None and len(offered):
        by_lead = pd.Series(numbers.array, index=groups["filing_id"])
        sides = offered[["filing_id_l", "filing_id_r"]].apply(lambda side: side.map(lead_of)).dropna()
        same = sides.iloc[:, 0].map(by_lead).eq(sides.iloc[:, 1].map(by_lead)).fillna(False)
        apart = sides.iloc[:, 0].ne(sides.iloc[:, 1])
        left, right = (sides.loc[same & apart, name].rename("lead") for name in sides)
        both = pd.concat([pd.DataFrame({"lead": left, "of": right}), pd.DataFrame({"lead": right, "of": left})])
        asked = groups["filing_id"].map(both.drop_duplicates().groupby("lead").size()).fillna(0).astype("int64")
    return pd.DataFrame({"sharing": sharing, "asked": asked})

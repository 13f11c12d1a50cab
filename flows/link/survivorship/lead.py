"""The lead: the filing whose values survive first and whose disposition the others of its group share."""

import pandas as pd

from flows.cross_region import may_lead
from flows.references import References
from schemas.columns import FILING
from schemas.notice import Notice
from schemas.tables import TEXT, DataFrame, Filings
from schemas.words import LEVELS

_RANK_OF_LEVEL = {level: rank for rank, level in enumerate(LEVELS)}
_LOWEST = len(LEVELS)

_COUNTED = [column.name for column in FILING if column.name not in ("seq", "remarks")]
"""The columns whose gaps tell how full a filing is."""

ORDER = ["no_right", "level", "sent_by_other", "gaps", "start", "end", "filing_id"]
"""The columns of :func:`precedence` in the order that decides, the smallest value first."""


def precedence(filings: DataFrame[Filings], references: References, notice: Notice) -> pd.DataFrame:
    """One row a filing of ``filings``: what decides whether it leads its group; smaller goes before.

    ``no_right``: its organiser may not lead a cross-region group (:func:`flows.cross_region.may_lead`); ``level`` the rank of
    its organiser's 层级, the highest 0; ``sent_by_other``: filed by another unit than the organiser, which knows its own
    share only; ``gaps`` how many columns are empty; ``start``, ``end`` days; ``filing_id``.
    """
    units = references.units.drop_duplicates("unit").set_index("unit")
    right = may_lead(references.units, notice)
    organiser = filings["organiser"]
    return pd.DataFrame(
        {
            "no_right": ~organiser.map(right).astype("boolean").fillna(False).astype(bool),
            "level": organiser.map(units["level"]).map(_RANK_OF_LEVEL).fillna(_LOWEST).astype("int64"),
            "sent_by_other": ~organiser.eq(filings["unit"]).fillna(False).astype(bool),
            "gaps": filings[_COUNTED].isna().sum(axis=1).astype("int64"),
            "start": filings["start_date"],
            "end": filings["end_date"],
            "filing_id": filings["filing_id"].astype(TEXT),
        },
        index=filings.index,
    )


def leads(filings: DataFrame[Filings], cluster: pd.Series, references: References, notice: Notice) -> pd.Series:
    """Whether each filing leads its ``cluster``."""
    ranked = precedence(filings, references, notice).assign(cluster=cluster).sort_values(["cluster", *ORDER])
    return (~ranked.duplicated("cluster")).reindex(filings.index)


def why_it_leads(ranked: pd.DataFrame) -> pd.Series:
    """By ``group_id``, for groups of several filings, why the lead leads, in Chinese.

    ``ranked``: one row a filing with ``group_id``, ``organiser`` and the columns of :func:`precedence`, in that order
    within each group.
    """
    runner_up = ranked[ranked.groupby("group_id").cumcount().eq(1)].set_index("group_id")
    lead = ranked.drop_duplicates("group_id").set_index("group_id").reindex(runner_up.index)
    level = lead["level"].map(dict(enumerate((*LEVELS, "不在单位名录"))))
    organiser = lead["organiser"].fillna("（未填组团单位）")
    unsure = runner_up["level"].eq(_LOWEST).map({True: "（或名录不能确定）", False: ""})
    why = pd.Series("条件相同，按编号取第一条。", index=runner_up.index, dtype=TEXT)
    cases = [
        ("no_right", organiser + "有权组团，其他申报的组团单位没有" + unsure + "。"),
        ("level", "组团单位" + organiser + "层级最高（" + level + "）。"),
        ("sent_by_other", "由组团单位" + organiser + "自己申报。"),
        ("gaps", "组团单位条件相同，填报最完整。"),
        ("start", "组团单位和完整程度相同，出境最早。"),
    ]
    for name, text in reversed(cases):
        decides = (lead[name] < runner_up[name]).fillna(False).astype(bool)
        why = why.mask(decides, text)
    return why.astype(TEXT)

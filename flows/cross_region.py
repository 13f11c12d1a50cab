"""Which units are of one region, and who may organise and lead a cross-region group, as the year's notice says and 单位名录
knows them."""

import pandas as pd

from schemas.notice import Notice
from schemas.tables import DataFrame, Units


def region(levels: pd.Series, regions: pd.Series, notice: Notice) -> pd.Series:
    """The region of units by their ``levels`` and ``regions`` in 单位名录: all provincial ones are of one, called "", and one
    that 单位名录 does not know has none."""
    return regions.mask(levels.isin(notice.meanings.provincial_levels), "")


def region_of(units: DataFrame[Units], notice: Notice) -> pd.Series:
    """By the unit's name, its :func:`region`."""
    known = units.drop_duplicates("unit").set_index("unit")
    return region(known["level"], known["region"], notice)


def may_organise(units: DataFrame[Units], notice: Notice) -> pd.Series:
    """By the unit's name, whether it may organise a cross-region group: an organ of provincial level, or another unit of
    that level with 外事审批权 (二（三）2)."""
    meanings = notice.meanings
    known = units.drop_duplicates("unit").set_index("unit")
    organ = known["nature"].isin(meanings.organs) | known["foreign_affairs"].fillna(False).astype(bool)
    return known["level"].isin(meanings.provincial_levels) & organ


def may_lead(units: DataFrame[Units], notice: Notice) -> pd.Series:
    """By the unit's name, whether a filing that it organises may lead a group: it may organise one, and is not under
    vertical management, whose units file through their ministries (二（三）3)."""
    vertical = units.drop_duplicates("unit").set_index("unit")["vertical"].fillna(False).astype(bool)
    return may_organise(units, notice) & ~vertical

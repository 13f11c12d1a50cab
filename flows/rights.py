"""Who may organise a cross-region group, as the year's notice says and 单位名录 knows the units."""

import pandas as pd

from schemas.notice import Notice
from schemas.tables import DataFrame, Units


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

"""What a unit may do by the notice, as 单位名录 tells it."""

import pandas as pd

from schemas.notice import Meanings


def may_organise_across(
    level: pd.Series, nature: pd.Series, foreign_affairs: pd.Series, meanings: Meanings
) -> pd.Series:
    """Whether each unit may organise a cross-region group: a provincial organ, or a provincial unit with 外事审批权
    (二（三）2).

    ``level`` 层级, ``nature`` 单位性质 and ``foreign_affairs`` 外事审批权, missing where the unit is in no directory: then it
    may not.
    """
    has_right = nature.isin(meanings.organs) | foreign_affairs.fillna(False).astype(bool)
    return level.isin(meanings.provincial_levels) & has_right

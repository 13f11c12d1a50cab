"""Profiles: filings that are plainly different from the same others."""

import numpy as np
import pandas as pd

from flows.link.compare.settings import DAYS_APART
from schemas.linkage import Linkage


class _Measures(dict[str, str]):
    """What the measures of the settings compare, as far as the columns of a plain difference go."""

    def __missing__(self, name: str) -> str:
        return DAYS_APART if name == "days_apart" else name


def profiles(described: pd.DataFrame, linkage: Linkage) -> np.ndarray:
    """The profile of each filing of ``described``: a number that two share whose columns that plain differences read are
    the same."""
    conditions = " ".join(
        level.condition.format_map(_Measures())
        for comparison in linkage.comparisons
        if comparison.apart_gammas
        for level in comparison.levels
    )
    columns = [name for name in described.columns if f"{name}_l" in conditions or f"{name}_r" in conditions]
    if not columns:
        return np.zeros(len(described), dtype="int64")
    return described.groupby(columns, dropna=False, sort=True).ngroup().to_numpy()

"""Values taken from the rows of one table to stand beside those of another."""

from collections.abc import Sequence

import numpy.typing as npt
import pandas as pd


def at_places(told: pd.DataFrame, places: npt.ArrayLike | Sequence[int], index: pd.Index) -> pd.DataFrame:
    """The columns of ``told`` at ``places``, missing where a place is -1; under ``index``."""
    taken = {name: pd.api.extensions.take(column.array, places, allow_fill=True) for name, column in told.items()}
    return pd.DataFrame(taken, index=index)

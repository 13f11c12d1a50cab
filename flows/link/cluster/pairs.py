"""Pairs of filings by position, the smaller first."""

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

Pair = tuple[int, int]


def tuples(pairs: pd.DataFrame) -> Iterable[Pair]:
    """The pairs of a frame with ``id_l`` and ``id_r``, row by row."""
    return zip(pairs["id_l"].tolist(), pairs["id_r"].tolist(), strict=True)


def among(left: np.ndarray, right: np.ndarray, pairs: Collection[Pair]) -> np.ndarray:
    """Whether each (``left``, ``right``) is one of ``pairs``."""
    if not pairs:
        return np.zeros(len(left), dtype=bool)
    first, second = np.array(sorted(pairs), dtype=np.int64).T
    return np.isin(_codes(left, right), _codes(first, second))


def _codes(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return left.astype(np.int64) << 32 | right.astype(np.int64)

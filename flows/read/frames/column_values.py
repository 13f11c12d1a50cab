"""The values of one column: each different text is read once."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.read.frames.blocks import text_series
from flows.read.frames.column_readers import ColumnReaders
from flows.read.tables import NOT_READ
from flows.read.values import CODES, LONG_TEXTS, ODD, Unclear
from schemas.columns import Column
from schemas.tables import DTYPES, TEXT


def read_column(
    column: Column, texts: pa.Array, said: dict[int, str], reader: ColumnReaders
) -> tuple[pd.Series, np.ndarray, list[tuple[int, Unclear]]]:
    """The values of a column, where an optional cell holds a word for nothing, and the positions that are unclear.

    Words for nothing that the checks do not know as such are not filed either.
    """
    nothing = np.zeros(len(texts), dtype=bool)
    if column.kind == "text" and column.required:
        cleaned, unclear = _clean(column, texts, said, reader)
        return text_series(cleaned), nothing, unclear
    meant = _with_said(texts, said)
    codes = meant.dictionary_encode()
    positions = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    read = reader.of(column)
    unique = [None if text == NOT_READ else read(text) for text in codes.dictionary.to_pylist()]
    if not column.required:
        words = codes.dictionary.to_pylist()
        blank = [column.name != "remarks" and reader.values.is_nothing(word) for word in words]
        if column.kind == "flag":  # 否 is an answer
            blank = [says_nothing and value is None for says_nothing, value in zip(blank, unique, strict=True)]
        zero = 0 if column.kind == "whole" else None
        unique = [zero if says_nothing else value for value, says_nothing in zip(unique, blank, strict=True)]
        unsaid = [b and word not in reader.says_nothing for b, word in zip(blank, words, strict=True)]
        if column.kind != "whole":
            nothing = np.append(np.array(unsaid, dtype=bool), False)[positions]
    doubtful = {n: value for n, value in enumerate(unique) if isinstance(value, Unclear)}
    unique = [None if isinstance(value, Unclear) else value for value in unique]
    unclear = (
        [
            (int(position), doubtful[int(positions[position])])
            for position in np.flatnonzero(np.isin(positions, list(doubtful)))
        ]
        if doubtful
        else []
    )
    return _take(column, unique, positions), nothing, unclear


def _clean(
    column: Column, texts: pa.Array, said: dict[int, str], reader: ColumnReaders
) -> tuple[pa.Array, list[tuple[int, Unclear]]]:
    """Texts in plain characters, most are so already; and the positions that are unclear."""
    texts = _with_said(texts, said)
    blanks = r"|\s\s" if column.name in LONG_TEXTS else r"|\s"
    blanks += (
        "|[\u2010-\u2015\u2212\u2500\uff01-\uff5e]|[eE][+]|[、,;/和及]|^['‘’`´＇]|[0-9][oO][0-9]"
        if column.name in CODES
        else ""
    )
    odd = np.flatnonzero(pc.match_substring_regex(texts, ODD + blanks).fill_null(False).to_numpy(zero_copy_only=False))
    if not len(odd):
        return texts, []
    read = reader.of(column)
    meant = [None if text == NOT_READ else read(text) or None for text in texts.take(pa.array(odd)).to_pylist()]
    pairs = zip(odd.tolist(), meant, strict=True)
    unclear = [(place, value) for place, value in pairs if isinstance(value, Unclear)]
    changed = [None if isinstance(value, Unclear) else value for value in meant]
    mask = np.zeros(len(texts), dtype=bool)
    mask[odd] = True
    return pc.replace_with_mask(texts, pa.array(mask), pa.array(changed, pa.large_string())), unclear


def _with_said(texts: pa.Array, said: dict[int, str]) -> pa.Array:
    if not said:
        return texts
    mask = np.zeros(len(texts), dtype=bool)
    places = sorted(said)
    mask[places] = True
    return pc.replace_with_mask(
        texts, pa.array(mask), pa.array([said[place] or None for place in places], pa.large_string())
    )


def _take(column: Column, unique: list, positions: np.ndarray) -> pd.Series:
    """The values of ``unique`` at ``positions`` (-1: missing) in the column's dtype."""
    if column.kind == "date":
        days = np.array([*unique, None], dtype="datetime64[s]")
        return pd.Series(days[positions])
    if DTYPES[column.kind] == TEXT:
        indices = pa.array(np.maximum(positions, 0), mask=positions < 0)
        return text_series(pa.array(unique or [None], pa.large_string()).take(indices))
    dtype = {"Int64": np.int64, "Float64": np.float64, "boolean": bool}[str(DTYPES[column.kind])]
    missing = np.array([value is None for value in unique] + [True])
    filled = np.array([0 if value is None else value for value in unique] + [0]).astype(dtype)
    array = {"Int64": pd.arrays.IntegerArray, "Float64": pd.arrays.FloatingArray, "boolean": pd.arrays.BooleanArray}
    return pd.Series(array[str(DTYPES[column.kind])](filled[positions], missing[positions]))

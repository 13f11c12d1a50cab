"""Rows of the warehouse as frames, by way of Arrow: a text is not made an object of Python on its way."""

from collections.abc import Mapping

import duckdb
import pandas as pd
import pyarrow as pa

from schemas.tables import TEXT

_WHOLE: Mapping[pa.DataType, pd.api.extensions.ExtensionDtype] = {
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}
"""Types of which a missing value is not told in NumPy's own."""


def frame(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """``rows`` as a frame: text as such, days and times as ``datetime64[us]``, whole numbers and flags as pandas' own types
    where one is missing."""
    table = rows.to_arrow_table()
    return pd.DataFrame(
        {name: _column(column) for name, column in zip(table.column_names, table.columns, strict=True)}, copy=False
    )


def _column(column: pa.ChunkedArray) -> pd.Series:
    kind = column.type
    if pa.types.is_decimal(kind):  # sums of whole numbers
        column = column.cast(pa.int64() if kind.scale == 0 else pa.float64())
        kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return pd.Series(column.cast(pa.large_string()), dtype=TEXT)
    if pa.types.is_date(kind):
        column = column.cast(pa.timestamp("us"))
    if column.null_count and kind in _WHOLE:
        return pd.Series(_WHOLE[kind].__from_arrow__(column))
    return column.to_pandas()

"""The cells of records: the text as filed and where it stands."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

from flows.read.frames.blocks import text_series
from schemas.tables import TEXT, Cells, DataFrame
from schemas.words import NO_CELL


class FoundCells:
    """The cells of records, gathered column by column."""

    def __init__(self) -> None:
        self._columns: list[str] = []
        self._records: list[np.ndarray] = []
        self._cells: list[np.ndarray] = []
        self._texts: list[pa.Array] = []

    def add(self, column: str, texts: pa.Array, cells: np.ndarray) -> None:
        """The cells of a column; a record that has neither cell nor text has none."""
        there = (cells != NO_CELL) | texts.is_valid().to_numpy(zero_copy_only=False)
        self._columns.append(column)
        self._records.append(np.flatnonzero(there))
        self._cells.append(cells[there])
        self._texts.append(texts if there.all() else texts.filter(pa.array(there)))

    def frame(self, record_ids: Sequence[str | None]) -> DataFrame[Cells]:
        """All of them, of the records with ``record_ids``."""
        lengths = [len(records) for records in self._records]
        column = np.repeat(np.arange(len(lengths)), lengths)
        return Cells.validate(
            pd.DataFrame(
                {
                    "record_id": pd.Categorical.from_codes(
                        np.concatenate(self._records), text_series(pa.array(record_ids, pa.large_string()))
                    ),
                    "column": pd.Categorical.from_codes(column, pd.Series(self._columns, dtype=TEXT)),
                    "cell": np.concatenate(self._cells),
                    "value": text_series(pa.concat_arrays(self._texts)),
                }
            )
        )

"""Lineage: what stands in the form for a value, and in which cell."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from pandas.api.types import union_categoricals

from schemas.tables import TEXT, Cells, DataFrame, Participants, empty
from schemas.words import NO_CELL


class Lineage:
    """Finds cells by their record and column. Columns are indexed when they are first asked for."""

    def __init__(self, cells: DataFrame[Cells]) -> None:
        self._cells = cells
        self._values = _in_one_piece(cells["value"])
        self._codes = np.append(cells["cell"].to_numpy(), NO_CELL)
        self._records = pd.Index(cells["record_id"].cat.categories)
        self._columns = list(cells["column"].cat.categories)
        self._places: dict[str, np.ndarray] = {}

    def of(self, records: pd.Series) -> "CellsOf":
        """The cells of each of ``records`` (filing_id or participant_id), some of which may be missing."""
        return CellsOf(self, records.index, self._records.get_indexer(pd.Index(records)))

    def places(self, column: str) -> np.ndarray:
        """For each record the position of its cell in ``column``, -1 where it has none; one -1 more for unknown records."""
        if column not in self._places:
            places = np.full(len(self._records) + 1, -1, dtype=np.int64)
            if column in self._columns:
                asked = self._cells["column"].cat.codes.to_numpy() == self._columns.index(column)
                found = np.flatnonzero(asked)
                places[self._cells["record_id"].cat.codes.to_numpy()[found]] = found
            self._places[column] = places
        return self._places[column]

    def values(self, places: np.ndarray) -> pd.arrays.ArrowStringArray:
        """The texts at ``places``, missing for -1."""
        return pd.api.extensions.take(self._values, places, allow_fill=True)

    def codes(self, places: np.ndarray) -> np.ndarray:
        """The cell codes at ``places``."""
        return self._codes[places]


class CellsOf:
    """The cells of some records, one after the other."""

    def __init__(self, lineage: Lineage, index: pd.Index, records: np.ndarray) -> None:
        self._lineage, self._index, self._records = lineage, index, records

    def at(self, places: np.ndarray) -> "CellsOf":
        """The cells of the records at ``places`` alone."""
        return CellsOf(self._lineage, self._index[places], self._records[places])

    def filed(self, column: str) -> pd.Series:
        """What each record has in ``column``, as the office wrote it; missing where the cell is empty or not there."""
        return pd.Series(self._lineage.values(self._at(column)), index=self._index, dtype=TEXT)

    def cell(self, column: str) -> pd.Series:
        """The cell code of each record's ``column``; ``NO_CELL`` where it has none."""
        return pd.Series(self._lineage.codes(self._at(column)), index=self._index, dtype="int64")

    def _at(self, column: str) -> np.ndarray:
        return self._lineage.places(column)[self._records]


def _in_one_piece(texts: pd.Series) -> pd.arrays.ArrowStringArray:
    """Texts that lie together: what was put together from many files lies in as many pieces, and each look-up would go through
    all of them."""
    values = pa.array(texts)
    return pd.array(values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values, dtype=TEXT)


def stacked(parts: Sequence[DataFrame[Cells]]) -> DataFrame[Cells]:
    """The cells of several sets of files, which share no record."""
    filled = [part for part in parts if len(part)]
    if len(filled) < 2:
        return filled[0] if filled else empty(Cells)
    names = {name: union_categoricals([part[name] for part in filled]) for name in ("record_id", "column")}
    rest = pd.concat([part[["cell", "value"]] for part in filled], ignore_index=True)
    return Cells.validate(pd.DataFrame(names | {"cell": rest["cell"], "value": rest["value"]}))


def participant_keys(participants: DataFrame[Participants], lineage: Lineage) -> pd.Series:
    """What each participant is known by, the same tomorrow: its filing (where it has none, file and sheet) and its name as
    filed; unnamed or repeated ones are numbered."""
    named = lineage.of(participants["participant_id"]).filed("participant").fillna("")
    sheet = participants["file"] + "\x1f" + participants["sheet"].fillna("")
    whose = participants["filing_id"].fillna(sheet) + "\x1f" + named
    return whose + "\x1f" + participants.groupby(whose).cumcount().astype(str)

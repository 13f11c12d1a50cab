"""The records of many files, one after the other, column by column."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.read.tables import SEPARATOR, Packed
from schemas.cells import COLUMNS_A_SHEET
from schemas.tables import TEXT
from schemas.words import NO_CELL


class Blocks:
    """Records of many files, one after the other."""

    def __init__(self, blocks: list[tuple[str, Packed, str | None]]) -> None:
        self.blocks = [(path, records, unit) for path, records, unit in blocks if len(records)]
        self.lengths = np.array([len(records) for _, records, _ in self.blocks], dtype=np.int64)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)]).astype(np.int64)
        rows = [np.frombuffer(records.rows, np.int64) for _, records, _ in self.blocks]
        self.rows = np.concatenate(rows) if rows else np.empty(0, np.int64)
        self._moved: dict[str, dict[int, int]] = defaultdict(dict)
        self._said: dict[str, dict[int, str]] = defaultdict(dict)
        for start, (_, records, _) in zip(self.starts.tolist(), self.blocks, strict=False):
            for (name, record), code in records.moved.items():
                self._moved[name][start + record] = code
            for (name, record), text in records.said.items():
                self._said[name][start + record] = text

    def repeated(self, values: Iterable[str | None]) -> pd.Series:
        """One value a block, for each of its records."""
        codes = pa.array(values, pa.large_string()).dictionary_encode()
        positions = np.repeat(codes.indices.to_numpy(zero_copy_only=False), self.lengths)
        missing = np.isnan(positions) if positions.dtype.kind == "f" else None
        indices = pa.array(np.nan_to_num(positions).astype(np.int32), mask=missing)
        return text_series(codes.dictionary.take(indices))

    def filed(self, name: str) -> pa.Array:
        """The texts of column ``name`` as filed, null where empty."""
        joined = SEPARATOR.join(
            records.texts[name] if name in records.texts else SEPARATOR * (len(records) - 1)
            for _, records, _ in self.blocks
        )
        texts = pc.list_flatten(pc.split_pattern(pa.array([joined], pa.large_string()), SEPARATOR))
        return pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.large_string()), texts)

    def cells(self, name: str) -> np.ndarray:
        """The cell codes of column ``name``."""
        columns = np.repeat([records.columns.get(name, NO_CELL) for _, records, _ in self.blocks], self.lengths)
        codes = np.where(columns < 0, NO_CELL, self.rows * COLUMNS_A_SHEET + columns)
        if moved := self._moved[name]:
            codes[np.fromiter(moved, np.int64, len(moved))] = np.fromiter(moved.values(), np.int64, len(moved))
        return codes

    def said(self, name: str) -> dict[int, str]:
        """Position → what the cell means where that is not what it says."""
        return self._said[name]


def text_series(texts: pa.Array) -> pd.Series:
    """Texts as a column."""
    return pd.Series(pd.array(texts, dtype=TEXT))

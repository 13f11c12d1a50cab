"""Filings or participants: their values, their cells, and what can be read in several ways."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.read.frames.blocks import Blocks, text_series
from flows.read.frames.column_readers import ColumnReaders
from flows.read.frames.column_values import read_column
from flows.read.frames.found_cells import FoundCells
from schemas.columns import Column
from schemas.tables import Cells, DataFrame, Remarks, empty
from schemas.words import NO_CELL


class _Unclear(NamedTuple):
    """A cell that can be read in several ways: whose it is, by place in the frame, the kind of remark, and the ``readings`` joined
    by 、."""

    column: str
    place: int
    cell: int
    value: str
    kind: str
    readings: str


def records_of(
    blocks: Blocks, columns: dict[str, Column], reader: ColumnReaders, ids: Mapping[str, Sequence[str | None]]
) -> tuple[pd.DataFrame, DataFrame[Cells], DataFrame[Remarks]]:
    """The records of ``blocks`` as Filings or Participants, their cells, and remarks on values that can be read in several
    ways. The first of ``ids`` is the records' own."""
    if not blocks.blocks:
        return pd.DataFrame(), empty(Cells), empty(Remarks)
    frame: dict[str, object] = {
        **{name: text_series(pa.array(whose, pa.large_string())) for name, whose in ids.items()},
        "file": blocks.repeated([path for path, _, _ in blocks.blocks]),
        "sheet": blocks.repeated([records.sheet for _, records, _ in blocks.blocks]),
        "row": blocks.rows,
    }
    if "title" in columns:  # a filing, not a participant
        frame["unit"] = blocks.repeated([unit for _, _, unit in blocks.blocks])
        frame["superseded_by"] = text_series(pa.nulls(len(blocks.rows), pa.large_string()))
    cells = FoundCells()
    unclear: list[_Unclear] = []
    for column in columns.values():
        texts, said, codes = blocks.filed(column.name), blocks.said(column.name), blocks.cells(column.name)
        values, nothing, doubtful = read_column(column, texts, said, reader)
        if column.kind == "whole" and not column.required:
            values = values.mask(texts.is_null().to_numpy(zero_copy_only=False) & (codes != NO_CELL), 0)  # blank is 0
        frame[column.name] = values
        said_something = pc.if_else(pa.array(~nothing), texts, None) if nothing.any() else texts
        cells.add(column.name, said_something, codes)
        unclear += [
            _Unclear(
                column.name,
                place,
                int(codes[place]),
                texts[place].as_py(),
                "several_values" if meant.several else "ambiguous",
                "、".join(meant.readings),
            )
            for place, meant in doubtful
        ]
    built = pd.DataFrame(frame)
    return built, cells.frame(next(iter(ids.values()))), _remarks(built, unclear)


def _remarks(frame: pd.DataFrame, unclear: list[_Unclear]) -> DataFrame[Remarks]:
    """A remark for each cell that can be read in several ways."""
    about = frame.iloc[[one.place for one in unclear]]
    said = pd.DataFrame(
        {
            "file": about["file"].to_numpy(),
            "sheet": about["sheet"].to_numpy(),
            "cell": [one.cell for one in unclear],
            "column": [one.column for one in unclear],
            "value": [one.value for one in unclear],
            "kind": [one.kind for one in unclear],
            "detail": [one.readings for one in unclear],
            "filing_id": about["filing_id"].to_numpy(),
        }
    )
    return Remarks.validate(said.astype(Remarks.dtypes()).drop_duplicates(["file", "sheet", "cell", "column"]))

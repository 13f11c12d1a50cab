"""What reading gives: the files, and the filings, participants, remarks and totals in them.

Lineage: a frame read from sheets has, for each column ``headcount`` of the template, two more: ``headcount_filed``, the
text as the office wrote it (missing where the cell was empty), and ``headcount_cell``, where it stands, as a cell code
(``row * 16384 + column``, the row as Excel counts, the column from 0; -1 where there is no such cell).
"""

from dataclasses import dataclass

import numpy as np
import pandera.pandas as pa

from schemas.columns import FILING, PARTICIPANT
from schemas.tables.frame import (
    TEXT,
    DataFrame,
    Frame,
    Number,
    Series,
    Text,
    Whole,
    key,
    one_of,
    optional,
)
from schemas.words import FILE_STATUSES


def filed(name: str) -> str:
    """The column that holds ``name`` as the office wrote it."""
    return f"{name}_filed"


def cell(name: str) -> str:
    """The column that holds the cell code of ``name``."""
    return f"{name}_cell"


class _WithLineage(Frame):
    @classmethod
    def build_schema_(cls, **options: object) -> pa.DataFrameSchema:
        schema = super().build_schema_(**options)
        return schema.add_columns(
            {filed(column.name): pa.Column(TEXT, nullable=True) for column in cls._form}
            | {cell(column.name): pa.Column("int64") for column in cls._form}
        )


class FoundFiles(Frame):
    """One row a path found below ``inputs/<year>/``: ``path`` relative to ``inputs/`` with ``/``, ``size`` in bytes,
    ``unit`` that filed it, ``status`` of :data:`schemas.words.FILE_STATUSES`, ``reason`` in Chinese where not simply read."""

    path: Series[Text] = key()
    sha256: Series[Text] = optional()
    size: Series[Whole] = optional()
    unit: Series[Text] = optional()
    status: Series[Text] = one_of(FILE_STATUSES)
    reason: Series[Text] = optional()


class Files(FoundFiles):
    """One row a file; ``filings`` how many project rows were read from it."""

    filings: Series[np.int64] = pa.Field(ge=0)


class Filings(_WithLineage, form=FILING):
    """One row a project row read. ``row`` as Excel counts; ``unit`` who filed, by its name in 单位名录 where known;
    ``superseded_by`` why an older version no longer counts, in Chinese (missing where the filing is current)."""

    filing_id: Series[Text] = key()
    file: Series[Text]
    sheet: Series[Text]
    row: Series[np.int64]
    unit: Series[Text] = optional()
    superseded_by: Series[Text] = optional()


class Participants(_WithLineage, form=PARTICIPANT):
    """One row a unit taking part in a filing; ``filing_id`` is missing where the row's 序号 belongs to no filing."""

    filing_id: Series[Text] = optional()
    file: Series[Text]
    sheet: Series[Text]
    row: Series[np.int64]


class Remarks(Frame):
    """One row a thing that reading wants said: ``kind`` names what (see the rules of 四（二）), ``column`` the column's name,
    ``value`` as filed, ``detail`` what the sentence needs besides, ``filing_id`` where it is about one filing."""

    file: Series[Text]
    sheet: Series[Text] = optional()
    cell: Series[np.int64]
    column: Series[Text] = optional()
    value: Series[Text] = optional()
    kind: Series[Text]
    detail: Series[Text] = optional()
    filing_id: Series[Text] = optional()


class Totals(Frame):
    """One row a figure of a 合计 or 小计 row: ``stated`` there (missing where unreadable), ``computed`` from the rows above."""

    file: Series[Text]
    sheet: Series[Text]
    cell: Series[np.int64]
    column: Series[Text]
    value: Series[Text]
    stated: Series[Number] = optional()
    computed: Series[Number]


@dataclass(frozen=True)
class Readings:
    """What a set of files gave. Until the filings are identified their ``filing_id`` is provisional."""

    files: DataFrame[Files]
    filings: DataFrame[Filings]
    participants: DataFrame[Participants]
    remarks: DataFrame[Remarks]
    totals: DataFrame[Totals]

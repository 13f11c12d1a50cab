"""What reading gives: the files, and the filings, participants, remarks and totals in them.

Lineage, where each value came from, is a table of its own: :class:`Cells`.
"""

from dataclasses import dataclass

import numpy as np
import pandera.pandas as pa

from schemas.columns import FILING, PARTICIPANT
from schemas.tables.frame import (
    DataFrame,
    Frame,
    Name,
    Number,
    Series,
    Text,
    Whole,
    key,
    one_of,
    optional,
)
from schemas.words import FILE_STATUSES


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


class Ages(Frame):
    """One row a file that could be read: when the workbook says it was last ``saved``, ISO in UTC; when the system says that the
    file was ``modified``, in seconds since 1970."""

    path: Series[Text] = key()
    saved: Series[Text] = optional()
    modified: Series[np.float64]


class Filings(Frame, form=FILING):
    """One row a project row read. ``row`` as Excel counts; ``unit`` who filed, by its name in 单位名录 where known;
    ``superseded_by`` why an older version no longer counts, in Chinese (missing where the filing is current)."""

    filing_id: Series[Text] = key()
    file: Series[Text]
    sheet: Series[Text]
    row: Series[np.int64]
    unit: Series[Text] = optional()
    superseded_by: Series[Text] = optional()


class Participants(Frame, form=PARTICIPANT):
    """One row a unit taking part in a filing; ``participant_id`` the same tomorrow for the same unit in the same filing;
    ``filing_id`` is missing where the row's 序号 belongs to no filing."""

    participant_id: Series[Text] = key()
    filing_id: Series[Text] = optional()
    file: Series[Text]
    sheet: Series[Text]
    row: Series[np.int64]


class Cells(Frame):
    """One row a cell of the form, filled or empty, of a filing or participant: where a value came from.

    ``record_id`` the filing_id or participant_id; ``column`` the column's name; ``cell`` its cell code
    (:mod:`schemas.cells`; -1 where the text stands in no cell); ``value`` the text as filed, missing where it is empty.
    File and sheet are those of the record. A column that the sheet does not have has no row.
    """

    record_id: Series[Name]
    column: Series[Name]
    cell: Series[np.int64]
    value: Series[Text] = optional()


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
    """What a set of files gave. Until the filings are identified, ``filing_id`` and ``participant_id`` are provisional."""

    files: DataFrame[Files]
    filings: DataFrame[Filings]
    participants: DataFrame[Participants]
    cells: DataFrame[Cells]
    remarks: DataFrame[Remarks]
    totals: DataFrame[Totals]
    ages: DataFrame[Ages]

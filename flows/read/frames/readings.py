"""All that a set of files gave, put together."""

from collections.abc import Sequence
from itertools import chain

import pandas as pd

from flows.lineage import stacked
from flows.read.failures import Failure
from flows.read.frames.blocks import Blocks
from flows.read.frames.column_readers import ColumnReaders
from flows.read.frames.files import ages_of, files_read
from flows.read.frames.records import records_of
from flows.read.tables import FileReading
from flows.references import References
from schemas.tables import TEXT, DataFrame, Filings, Participants, Readings, Remarks, Totals, empty
from schemas.tables.frame import Schema
from schemas.yearbook import Yearbook


def gather(
    paths: Sequence[str],
    given: Sequence[FileReading | Failure],
    book: Yearbook,
    references: References,
    reader: ColumnReaders | None = None,
) -> Readings:
    """The readings of ``paths``, relative to the inputs, from what each gave. ``reader`` is what reads the texts with the year's
    data and ``references``, where it is already there."""
    read = [(path, reading) for path, reading in zip(paths, given, strict=True) if isinstance(reading, FileReading)]
    reader = reader or ColumnReaders(book, references)
    units = {
        path: reader.unit(path, reading.unit if isinstance(reading, FileReading) else None)
        for path, reading in zip(paths, given, strict=True)
    }
    filings = Blocks([(path, records, units[path]) for path, reading in read for records in reading.filings])
    taking_part = Blocks([(path, records, None) for path, reading in read for records in reading.participants])
    ids = _filing_ids(read)
    whose = {"filing_id": list(chain.from_iterable(ids))}
    filing_frame, filing_cells, unclear = records_of(filings, book.form.filing_columns, reader, whose)
    whose = {"participant_id": _participant_ids(read), "filing_id": _filings_joined(read, ids)}
    participant_frame, participant_cells, more_unclear = records_of(
        taking_part, book.form.participant_columns, reader, whose
    )
    if len(filing_frame):
        why = {f"{path}#{place}": reason for path, reading in read for place, reason in reading.gone.items()}
        filing_frame["superseded_by"] = filing_frame["filing_id"].map(why).astype(TEXT)
    return Readings(
        files=files_read(paths, given, units, book.form),
        filings=Filings.validate(filing_frame) if len(filing_frame) else empty(Filings),
        participants=Participants.validate(participant_frame) if len(participant_frame) else empty(Participants),
        cells=stacked([filing_cells, participant_cells]),
        remarks=_stacked(Remarks, [_remarks(read, ids), unclear, more_unclear]),
        totals=_totals(read),
        ages=ages_of(read),
    )


def _filing_ids(read: Sequence[tuple[str, FileReading]]) -> list[list[str | None]]:
    """Of each file the provisional ids of its filings: unique over all files, the same for the same file."""
    return [
        [f"{path}#{number}" for number in range(sum(len(records) for records in reading.filings))]
        for path, reading in read
    ]


def _participant_ids(read: Sequence[tuple[str, FileReading]]) -> list[str | None]:
    """The provisional ids of all participants, made the same way."""
    return [
        f"{path}#p{number}"
        for path, reading in read
        for number in range(sum(len(records) for records in reading.participants))
    ]


def _filings_joined(read: Sequence[tuple[str, FileReading]], ids: list[list[str | None]]) -> list[str | None]:
    """Of each participant the filing that it takes part in; None where its 序号 is that of none."""
    return [
        ids[number][place] if place >= 0 else None
        for number, (_, reading) in enumerate(read)
        for links in reading.links
        for place in links
    ]


def _remarks(read: Sequence[tuple[str, FileReading]], ids: list[list[str | None]]) -> pd.DataFrame:
    """What was remarked while tables were found and read."""
    rows = [
        (
            path,
            r.sheet,
            r.cell,
            r.column,
            r.value,
            r.kind,
            r.detail,
            None if r.record is None else ids[number][r.record],
        )
        for number, (path, reading) in enumerate(read)
        for r in reading.remarks
    ]
    return pd.DataFrame(rows, columns=Remarks.names())


def _totals(read: Sequence[tuple[str, FileReading]]) -> DataFrame[Totals]:
    """The figures of 合计 rows."""
    rows = [
        (path, t.sheet, t.cell, t.column, t.value, t.stated, t.computed)
        for path, reading in read
        for t in reading.totals
    ]
    return _stacked(Totals, [pd.DataFrame(rows, columns=Totals.names())])


def _stacked(schema: type[Schema], frames: list[pd.DataFrame]) -> DataFrame[Schema]:
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return empty(schema)
    return schema.validate(pd.concat([frame.astype(schema.dtypes()) for frame in filled], ignore_index=True))

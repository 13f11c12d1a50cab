"""From what files gave to the tables of the night: values read once for each different text, whole columns at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.lineage import stacked
from flows.read.failures import Failure
from flows.read.tables import NOT_READ, SEPARATOR, FileReading, Packed
from flows.read.values import CODES, LONG_TEXTS, ODD, Countries, Institutions, Reader, Unclear, Units, Values
from flows.references import References
from schemas.cells import COLUMNS_A_SHEET
from schemas.columns import Column
from schemas.form import Form
from schemas.tables import (
    DTYPES,
    TEXT,
    Cells,
    DataFrame,
    Files,
    Filings,
    Participants,
    Readings,
    Remarks,
    Totals,
    empty,
)
from schemas.tables.frame import Schema
from schemas.words import NO_CELL
from schemas.yearbook import Yearbook

_NONE_FOUND = "没有找到申报项目：没有含“项目名称”等栏目的表头，也没有项目行。请按申报表模板填写后重新报送。"
_TOO_FEW = "没有找到申报项目：“{sheet}”第 {row} 行有{known}，但缺少{missing}，不能认作申报表的表头。请按申报表模板填写后重新报送。"
_BLANK = "工作表里没有任何内容。请填写申报表后重新报送。"
_NO_ROWS = "有申报表的表头，但下面没有项目。请填写后重新报送。"
_NAMED = 5
"""How many missing columns are named."""

_NAMES = ("unit", "country", "institution")


def gather(
    paths: Sequence[str], surveys: Sequence[FileReading | Failure], book: Yearbook, references: References
) -> Readings:
    """The readings of ``paths``, relative to the inputs, from what each gave."""
    read = [(path, survey) for path, survey in zip(paths, surveys, strict=True) if isinstance(survey, FileReading)]
    reader = _Reader(book, references)
    units = {
        path: reader.unit(path, survey.unit if isinstance(survey, FileReading) else None)
        for path, survey in zip(paths, surveys, strict=True)
    }
    filings = _Blocks([(path, records, units[path]) for path, survey in read for records in survey.filings])
    taking_part = _Blocks([(path, records, None) for path, survey in read for records in survey.participants])
    ids = _provisional_ids(read)
    remarks = _remarks(read, ids)
    whose = {"filing_id": list(chain.from_iterable(ids))}
    filing_frame, filing_cells, more = _frame(filings, book.form.filing_columns, reader, whose)
    linked = [
        ids[number][place] if place >= 0 else None
        for number, (_, survey) in enumerate(read)
        for links in survey.links
        for place in links
    ]
    own = [
        f"{path}#p{number}"
        for path, survey in read
        for number in range(sum(len(records) for records in survey.participants))
    ]
    participant_frame, participant_cells, more_still = _frame(
        taking_part, book.form.participant_columns, reader, {"participant_id": own, "filing_id": linked}
    )
    return Readings(
        files=_files(paths, surveys, units, book.form),
        filings=Filings.validate(filing_frame) if len(filing_frame) else empty(Filings),
        participants=Participants.validate(participant_frame) if len(participant_frame) else empty(Participants),
        cells=stacked([filing_cells, participant_cells]),
        remarks=_stacked(Remarks, [remarks, more, more_still]),
        totals=_totals(read),
    )


class _Reader:
    """Reads texts of every kind of column."""

    def __init__(self, book: Yearbook, references: References) -> None:
        notice, spellings = book.notice, book.spellings
        self.values = Values(notice.year, notice.vocabularies, spellings)
        self.says_nothing = frozenset(notice.form.says_nothing)
        self.units = Units(references.unit_names, spellings)
        self._countries = lambda: Countries(references.country_names, spellings)
        self._institutions = lambda countries: Institutions(
            references.institution_names,
            countries,
            references.institutions.set_index("institution")["country"].to_dict(),
        )

    @cached_property
    def _named(self) -> dict[str, Reader]:
        countries = self._countries()
        return {"unit": self.units.read, "country": countries.read, "institution": self._institutions(countries).read}

    def of(self, column: Column) -> Reader:
        """What reads the column's texts."""
        return self._named[column.kind] if column.kind in _NAMES else self.values.reader(column)

    def unit(self, path: str, said: str | None) -> str | None:
        """Who filed: by name where known, else by the names of the file and its folders, else as written."""
        if said and (known := self.units.find(said)):
            return known
        place = PurePosixPath(path)
        for name in (place.stem, *(folder.name for folder in place.parents)):
            if name and (known := self.units.named_in(name)):
                return known
        return self.units.read(said) if said else None


class _Blocks:
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
        return _series(codes.dictionary.take(indices))

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


class _Lineage:
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
        self._texts.append(texts.filter(pa.array(there)))

    def frame(self, record_ids: Sequence[str | None]) -> DataFrame[Cells]:
        """All of them, of the records with ``record_ids``."""
        lengths = [len(records) for records in self._records]
        column = np.repeat(np.arange(len(lengths)), lengths)
        return Cells.validate(
            pd.DataFrame(
                {
                    "record_id": pd.Categorical.from_codes(
                        np.concatenate(self._records), _series(pa.array(record_ids, pa.large_string()))
                    ),
                    "column": pd.Categorical.from_codes(column, pd.Series(self._columns, dtype=TEXT)),
                    "cell": np.concatenate(self._cells),
                    "value": _series(pa.concat_arrays(self._texts)),
                }
            )
        )


def _frame(
    blocks: _Blocks, columns: dict[str, Column], reader: _Reader, ids: Mapping[str, Sequence[str | None]]
) -> tuple[pd.DataFrame, DataFrame[Cells], pd.DataFrame]:
    """The records of ``blocks`` as Filings or Participants, their cells, and remarks on values that can be read in several
    ways. The first of ``ids`` is the records' own."""
    if not blocks.blocks:
        return pd.DataFrame(), empty(Cells), empty(Remarks)
    frame: dict[str, object] = {
        **{name: _series(pa.array(whose, pa.large_string())) for name, whose in ids.items()},
        "file": blocks.repeated([path for path, _, _ in blocks.blocks]),
        "sheet": blocks.repeated([records.sheet for _, records, _ in blocks.blocks]),
        "row": blocks.rows,
    }
    if "title" in columns:  # a filing, not a participant
        frame["unit"] = blocks.repeated([unit for _, _, unit in blocks.blocks])
        frame["superseded_by"] = _series(pa.nulls(len(blocks.rows), pa.large_string()))
    lineage = _Lineage()
    unclear: list[tuple[str, int, int, str, str]] = []
    for column in columns.values():
        texts, said, codes = blocks.filed(column.name), blocks.said(column.name), blocks.cells(column.name)
        values, nothing, doubtful = _read(column, texts, said, reader)
        if column.kind == "whole" and not column.required:
            values = values.mask(texts.is_null().to_numpy(zero_copy_only=False) & (codes != NO_CELL), 0)  # blank is 0
        frame[column.name] = values
        said_something = pc.if_else(pa.array(~nothing), texts, None) if nothing.any() else texts
        lineage.add(column.name, said_something, codes)
        unclear += [(column.name, place, int(codes[place]), texts[place].as_py(), detail) for place, detail in doubtful]
    built = pd.DataFrame(frame)
    return built, lineage.frame(next(iter(ids.values()))), _unclear(built, unclear)


def _read(
    column: Column, texts: pa.Array, said: dict[int, str], reader: _Reader
) -> tuple[pd.Series, np.ndarray, list[tuple[int, str]]]:
    """The values of a column, where an optional cell holds a word for nothing, and the positions that are unclear.

    Words for nothing that the checks do not know as such are not filed either.
    """
    nothing = np.zeros(len(texts), dtype=bool)
    if column.kind == "text" and column.required:
        cleaned, unclear = _clean(column, texts, said, reader)
        return _series(cleaned), nothing, unclear
    meant = _with_said(texts, said)
    codes = meant.dictionary_encode()
    positions = codes.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    read = reader.of(column)
    unique = [None if text == NOT_READ else read(text) for text in codes.dictionary.to_pylist()]
    if not column.required:
        words = codes.dictionary.to_pylist()
        blank = [column.name != "remarks" and reader.values.is_nothing(word) for word in words]
        zero = 0 if column.kind == "whole" else None
        unique = [zero if says_nothing else value for value, says_nothing in zip(unique, blank, strict=True)]
        unsaid = [b and word not in reader.says_nothing for b, word in zip(blank, words, strict=True)]
        if column.kind != "whole":
            nothing = np.append(np.array(unsaid, dtype=bool), False)[positions]
    doubtful = {n: "、".join(value.readings) for n, value in enumerate(unique) if isinstance(value, Unclear)}
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
    column: Column, texts: pa.Array, said: dict[int, str], reader: _Reader
) -> tuple[pa.Array, list[tuple[int, str]]]:
    """Texts in plain characters, most are so already; and the positions that are unclear."""
    texts = _with_said(texts, said)
    blanks = r"|\s\s" if column.name in LONG_TEXTS else r"|\s"
    blanks += "|[\u2010-\u2015\u2212\u2500\uff01-\uff5e]|[eE][+]|[、,;/和及]" if column.name in CODES else ""
    odd = np.flatnonzero(pc.match_substring_regex(texts, ODD + blanks).fill_null(False).to_numpy(zero_copy_only=False))
    if not len(odd):
        return texts, []
    read = reader.of(column)
    meant = [None if text == NOT_READ else read(text) or None for text in texts.take(pa.array(odd)).to_pylist()]
    pairs = zip(odd.tolist(), meant, strict=True)
    unclear = [(place, "、".join(value.readings)) for place, value in pairs if isinstance(value, Unclear)]
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
        return _series(pa.array(unique or [None], pa.large_string()).take(indices))
    dtype = {"Int64": np.int64, "Float64": np.float64, "boolean": bool}[str(DTYPES[column.kind])]
    missing = np.array([value is None for value in unique] + [True])
    filled = np.array([0 if value is None else value for value in unique] + [0]).astype(dtype)
    array = {"Int64": pd.arrays.IntegerArray, "Float64": pd.arrays.FloatingArray, "boolean": pd.arrays.BooleanArray}
    return pd.Series(array[str(DTYPES[column.kind])](filled[positions], missing[positions]))


def _series(texts: pa.Array) -> pd.Series:
    return pd.Series(pd.array(texts, dtype=TEXT))


def _provisional_ids(read: Sequence[tuple[str, FileReading]]) -> list[list[str]]:
    """Of each file the ids of its filings: unique over all files, the same for the same file."""
    return [
        [f"{path}#{number}" for number in range(sum(len(records) for records in survey.filings))]
        for path, survey in read
    ]


def _unclear(frame: pd.DataFrame, unclear: list[tuple[str, int, int, str, str]]) -> pd.DataFrame:
    """Remarks on values that can be read in several ways: column, position, cell, value as filed, the readings."""
    if not unclear:
        return empty(Remarks)
    about = frame.iloc[[position for _, position, _, _, _ in unclear]]
    said = pd.DataFrame(
        {
            "file": about["file"].to_numpy(),
            "sheet": about["sheet"].to_numpy(),
            "cell": [code for _, _, code, _, _ in unclear],
            "column": [name for name, _, _, _, _ in unclear],
            "value": [value for _, _, _, value, _ in unclear],
            "kind": "ambiguous",
            "detail": [detail for _, _, _, _, detail in unclear],
            "filing_id": about["filing_id"].to_numpy(),
        }
    )
    return said.drop_duplicates(["file", "sheet", "cell", "column"])


def _remarks(read: Sequence[tuple[str, FileReading]], ids: list[list[str]]) -> pd.DataFrame:
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
        for number, (path, survey) in enumerate(read)
        for r in survey.remarks
    ]
    return pd.DataFrame(rows, columns=Remarks.names())


def _totals(read: Sequence[tuple[str, FileReading]]) -> DataFrame[Totals]:
    rows = [
        (path, t.sheet, t.cell, t.column, t.value, t.stated, t.computed) for path, survey in read for t in survey.totals
    ]
    return _stacked(Totals, [pd.DataFrame(rows, columns=Totals.names())])


def _stacked(schema: type[Schema], frames: list[pd.DataFrame]) -> DataFrame[Schema]:
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return empty(schema)
    return schema.validate(pd.concat([frame.astype(schema.dtypes()) for frame in filled], ignore_index=True))


def _files(
    paths: Sequence[str], surveys: Sequence[FileReading | Failure], units: dict[str, str | None], form: Form
) -> DataFrame[Files]:
    told = pd.DataFrame(
        [(*_told(survey, form), _how_many(survey)) for survey in surveys],
        columns=["status", "reason", "filings"],
        index=pd.Index(paths, name="path"),
    )
    told["unit"] = pd.Series(units, dtype=object)
    return Files.validate(told.reset_index().reindex(columns=Files.names()).astype(Files.dtypes()))


def _how_many(survey: FileReading | Failure) -> int:
    """How many filings were read from a file."""
    return 0 if isinstance(survey, Failure) else sum(len(records) for records in survey.filings)


def _told(survey: FileReading | Failure, form: Form) -> tuple[str, str | None]:
    """What became of a file, and why where there is something to say."""
    if isinstance(survey, Failure):
        return "failed" if survey.of_program else "unreadable", survey.reason
    trouble = "".join(survey.troubles) or None
    if survey.filings:
        return "read", trouble
    if trouble or survey.seen:
        return "empty", trouble or _NO_ROWS
    return "empty", _BLANK if survey.blank else _too_few(survey, form) if survey.nearest else _NONE_FOUND


def _too_few(survey: FileReading, form: Form) -> str:
    """What a row has of a header, and what it lacks."""
    assert survey.nearest is not None  # noqa: S101
    sheet, row, known = survey.nearest
    lacking = [column.title for column in form.filing if column.required and column.name not in known]
    missing = "".join(f"“{title}”" for title in lacking[:_NAMED])
    more = f"等 {len(lacking)} 栏" if len(lacking) > _NAMED else ""
    return _TOO_FEW.format(
        sheet=sheet,
        row=row,
        known="".join(f"“{' '.join(title.split())}”" for title in known.values()),
        missing=missing + more,
    )

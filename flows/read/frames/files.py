"""What became of each file, and why."""

from collections.abc import Sequence

import pandas as pd

from flows.read.failures import Failure
from flows.read.tables import FileReading
from schemas.form import Form
from schemas.tables import Ages, DataFrame, Files

_NONE_FOUND = "没有找到申报项目：没有含“项目名称”等栏目的表头，也没有项目行。请按申报表模板填写后重新报送。"
_TOO_FEW = "没有找到申报项目：“{sheet}”第 {row} 行有{known}，但缺少{missing}，不能认作申报表的表头。请按申报表模板填写后重新报送。"
_BLANK = "工作表里没有任何内容。请填写申报表后重新报送。"
_NO_ROWS = "有申报表的表头，但下面没有项目。请填写后重新报送。"
_NAMED = 5
"""How many missing columns are named."""


def files_read(
    paths: Sequence[str], given: Sequence[FileReading | Failure], units: dict[str, str | None], form: Form
) -> DataFrame[Files]:
    """A row a path, with what was made of it and ``units``, who filed."""
    told = pd.DataFrame(
        [(*_told(reading, form), _how_many(reading)) for reading in given],
        columns=["status", "reason", "filings"],
        index=pd.Index(paths, name="path"),
    )
    told["unit"] = pd.Series(units, dtype=object)
    return Files.validate(told.reset_index().reindex(columns=Files.names()).astype(Files.dtypes()))


def ages_of(read: Sequence[tuple[str, FileReading]]) -> DataFrame[Ages]:
    """A row a file that could be read."""
    rows = [(path, reading.saved or None, reading.modified) for path, reading in read]
    return Ages.validate(pd.DataFrame(rows, columns=Ages.names()).astype(Ages.dtypes()))


def _how_many(reading: FileReading | Failure) -> int:
    """How many filings were read from a file."""
    return 0 if isinstance(reading, Failure) else sum(len(records) for records in reading.filings)


def _told(reading: FileReading | Failure, form: Form) -> tuple[str, str | None]:
    """What became of a file, and why where there is something to say."""
    if isinstance(reading, Failure):
        return reading.status, reading.reason
    trouble = "".join(reading.troubles) or None
    if reading.filings:
        return "read", trouble
    if trouble or reading.seen:
        return "empty", trouble or _NO_ROWS
    return "empty", _BLANK if reading.blank else _too_few(reading, form) if reading.nearest else _NONE_FOUND


def _too_few(reading: FileReading, form: Form) -> str:
    """What a row has of a header, and what it lacks."""
    assert reading.nearest is not None  # noqa: S101
    sheet, row, known = reading.nearest
    lacking = [column.title for column in form.filing if column.required and column.name not in known]
    missing = "".join(f"“{title}”" for title in lacking[:_NAMED])
    more = f"等 {len(lacking)} 栏" if len(lacking) > _NAMED else ""
    return _TOO_FEW.format(
        sheet=sheet,
        row=row,
        known="".join(f"“{' '.join(title.split())}”" for title in known.values()),
        missing=missing + more,
    )

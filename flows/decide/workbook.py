"""One workbook that reviewers may have written in: which of its rows say something, found by titles and never by place."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from flows.read.grid import CellValue, Grid
from flows.read.grids import open_grids
from flows.settings import ReadLimits
from schemas.decisions import NOTE, REVIEWER, VERDICT

_ID, _VALUE = "编号", "填报值"
_OF_FINDINGS = {"级别", "条款", "单位", "文件", "工作表", "单元格", "栏目", _VALUE, "问题", "修改建议", "首次出现"}
_OF_PAIRS = {"相似度", "文件甲", "行甲", "项目名称甲", "文件乙", "行乙", "项目名称乙"}
_OF_HISTORY = {"是否有效", "读取之夜"}
_NIGHT = re.compile(r"(?<!\d)(20\d{6}-\d{6}(?:-\d+)?)(?!\d)")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


@dataclass(frozen=True)
class Row:
    """One row with something in the three columns; ``row`` as Excel counts, ``value`` as the workbook shows it.

    ``told`` marks a row of 已处理, where what was decided earlier is told and nothing should be typed.
    """

    kind: str
    sheet: str
    row: int
    about: str | None
    verdict: str | None
    note: str | None
    reviewer: str | None
    value: str | None
    told: bool = False


@dataclass(frozen=True)
class Written:
    """What one workbook says: ``shown_in`` is the night that wrote it (None where it no longer tells); ``sheets`` how
    many of its sheets are there to decide in; ``trouble`` the Chinese sentence of the sheets that could not be read."""

    rows: tuple[Row, ...]
    shown_in: str | None
    sheets: int
    trouble: str | None = None


def written(path: Path, limits: ReadLimits) -> Written:
    """The rows of the workbook at ``path`` that say something. Runs behind the wall around untrusted files.

    Raises:
        Unreadable: it is no workbook, or a broken one.
    """
    return find(open_grids(path, limits))


def find(grids: Sequence[Grid]) -> Written:
    """The rows of these sheets that say something."""
    rows: list[Row] = []
    nights: list[str] = []
    sheets = 0
    trouble = "".join(grid.trouble for grid in grids if grid.trouble) or None
    for grid in grids:
        header = _header(grid)
        if header is None:
            continue
        top, places = header
        nights += [night for row in grid.rows[:top] for night in _nights(row)]
        told = bool(_OF_HISTORY & places.keys())
        sheets += not told
        rows += _rows(grid, top, places, told=told)
    return Written(tuple(rows), max(nights, default=None), sheets, trouble)


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """The index of the header row and, by title, the column of each title in it."""
    for index, row in enumerate(grid.rows):
        places: dict[str, int] = {}
        for column, value in enumerate(row):
            title = _title(value)
            if title:
                places.setdefault(title, column)
        ours = {VERDICT, NOTE, REVIEWER} & places.keys()
        if ours and len(places.keys() & (_OF_FINDINGS | _OF_PAIRS | {_ID})) >= 2:
            return index, places
    return None


def _rows(grid: Grid, top: int, places: dict[str, int], *, told: bool) -> Iterator[Row]:
    kind = "pair" if len(_OF_PAIRS & places.keys()) >= 2 else "finding"
    for index, row in enumerate(grid.rows[top + 1 :], start=top + 1):

        def said(title: str, row: list[CellValue] = row) -> str | None:
            column = places.get(title)
            return _text(row[column]) if column is not None and column < len(row) else None

        verdict, note, reviewer = said(VERDICT), said(NOTE), said(REVIEWER)
        if verdict == VERDICT or not (verdict or note or reviewer):
            continue
        yield Row(
            kind=kind,
            sheet=grid.sheet,
            row=grid.top + index,
            about=said(_ID),
            verdict=verdict_word(verdict),
            note=note,
            reviewer=reviewer,
            value=said(_VALUE),
            told=told,
        )


def verdict_word(text: str | None) -> str | None:
    """The word meant, without spaces and full stops: “同意 ”, “同意。” are 同意."""
    if text is None:
        return None
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).strip("。.;,!、'\"“”") or text


def _nights(row: Sequence[CellValue]) -> Iterator[str]:
    for value in row:
        if isinstance(value, str):
            yield from _NIGHT.findall(value)


def _title(value: CellValue) -> str | None:
    return re.sub(r"\s", "", _INVISIBLE.sub("", value)) if isinstance(value, str) else None


def _text(value: CellValue) -> str | None:
    """What was typed, as text: a number that a program made of it has no ``.0``."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return _INVISIBLE.sub("", str(value)).replace("\r\n", "\n").replace("\r", "\n").strip() or None

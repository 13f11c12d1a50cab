"""One workbook that reviewers may have written in: which of its rows say something, by titles, ids and words, never by name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from flows.decide.find_tables import (
    Table,
    cell,
    identity,
    like_identity,
    of_pair,
    tables,
    verdict_word,
    visible,
)
from flows.decide.layout import Layout
from flows.read import (
    NO_TEXT,
    CellValue,
    Formulas,
    FoundFile,
    Grid,
    Place,
    Unreadable,
    formulas,
    grids_of,
    identify,
    take,
)
from flows.settings import ReadLimits
from schemas.verdict_words import folded, verdict_words

_NIGHT = re.compile(r"(?<!\d)(20\d{6}-\d{6}(?:-\d+)?)(?!\d)")
_NIGHT_LINE = "批次"
_HEADING = re.compile(f"{_NIGHT.pattern}|清单|疑似重复|处理意见记录|待处理|待判定")

_WITH_FORMULA = "{shown}（公式：{formula}）"
_AS_WRITTEN = "（处理意见原写作“{written}”）"
_BY_FORMULA = "（处理意见由公式得出：{formula}）"
_NO_COLUMN = "工作表“{sheet}”中没有找到“{titles}”栏（表头可能改动过）{kept}；请恢复表头，或在今天的异常清单中填写。"
_KEPT = "，其他各栏的文字已按处理说明保留"
_NO_FORMULA = "工作表“{sheet}”第 {rows} 行填写的内容成了公式，这种格式只存有它的结果；请改写成文字（不以“=”“-”开头）。"
_NOT_READ = "，其中新填的处理意见没有读到。"
_MOST_ROWS = 5


@dataclass(frozen=True)
class Row:
    """One row with something in the columns of entries; ``row`` as Excel counts, ``value`` as the workbook shows it.

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
    to_unit: str | None = None
    told: bool = False


@dataclass(frozen=True)
class Written:
    """What one workbook says: ``shown_in`` is the night that wrote it (None where it no longer tells); ``sheets`` how
    many of its sheets are there to decide in; ``trouble`` Chinese sentences on what could not be read."""

    rows: tuple[Row, ...]
    shown_in: str | None
    sheets: int
    trouble: str | None = None


@dataclass(frozen=True)
class Taken:
    """What one workbook ``said``, and of which of its bytes: their ``sha256``, and when they were written (``modified``, in
    seconds since 1970)."""

    said: Written
    sha256: str
    modified: float


@dataclass(frozen=True)
class Opened:
    """A workbook of which the bytes were taken: its sheets and the formulas in them, or why it is no sound one."""

    sha256: str
    modified: float
    grids: Sequence[Grid] = ()
    typed: Formulas = field(default_factory=dict)
    refusal: str | None = None


@dataclass(frozen=True)
class Reader:
    """Reads a workbook that is laid out like ``layout`` for what is written in it, behind the wall around untrusted files.

    Its bytes are taken once: whoever saves it meanwhile changes nothing of what is read.
    """

    layout: Layout

    def prepare(self) -> None:
        """Nothing needs to be made ready."""

    def open(self, file: FoundFile, limits: ReadLimits) -> Opened:
        """The workbook; of what is none, or a broken one, why it is not.

        Raises:
            Deferred: it is no longer the file that was found.
            Unreadable: its bytes cannot be had.
        """
        contents = take(file, limits)
        opened = Opened(contents.sha256, contents.modified)
        try:
            source = identify(contents.data, limits)
            return replace(opened, grids=grids_of(source, file.place, limits), typed=formulas(source))
        except Unreadable as error:
            return replace(opened, refusal=str(error))

    def read(self, opened: Opened) -> Taken:
        """The rows that say something."""
        said = find(opened.grids, self.layout, opened.typed) if opened.refusal is None else unread(opened.refusal)
        return Taken(said, opened.sha256, opened.modified)


def unread(reason: str) -> Written:
    """What is said of a workbook that cannot be read, and ``reason`` why."""
    return Written((), None, 0, cause(reason) + _NOT_READ)


def find(grids: Sequence[Grid], layout: Layout, typed: Formulas | None = None) -> Written:
    """The rows of these sheets that say something; ``typed`` are the formulas in them."""
    rows: list[Row] = []
    nights: list[str] = []
    sheets = 0
    trouble = [cause(grid.trouble) + _NOT_READ for grid in grids if grid.trouble]
    for grid in grids:
        found = tables(grid, layout)
        nights += _nights(grid, found)
        sheet = _Sheet(grid, {**grid.unsaved, **(typed or {}).get(grid.sheet, {})})
        for table in (table for table in found if table.decides):
            sheets += not table.told
            rows += sheet.rows(table)
            trouble += _unfound(grid.sheet, table)
        trouble += sheet.trouble()
    return Written(tuple(rows), max(nights, default=None), sheets, "".join(dict.fromkeys(trouble)) or None)


def cause(reason: str) -> str:
    """What is wrong with a file, without the advice that is for the office that sent it."""
    return re.split("。|，请|，无法读取|，不予", reason, maxsplit=1)[0]


def _unfound(sheet: str, table: Table) -> Iterator[str]:
    if table.missing and not table.told:
        kept = _KEPT if table.strange else ""
        yield _NO_COLUMN.format(sheet=sheet, titles="”“".join(table.missing), kept=kept)


@dataclass
class _Sheet:
    """A sheet being read, with its formulas by place; ``lost`` are the rows with a formula whose text cannot be had."""

    grid: Grid
    formulas: Mapping[Place, str]
    lost: list[int] = field(default_factory=list)

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table that say something, those above a header that was moved among them."""
        layout = table.layout
        for index in range(table.first, table.last):
            row = self.grid.rows[index]
            words = {title: self._typed(index, table.places.get(title)) for title in (*layout.entries, layout.to_unit)}
            above = table.top is not None and index < table.top
            if index == table.top or (above and (title := _heading(row)) and title in words.values()):
                continue
            verdict, note = self._verdict(index, table, words[layout.verdict], words[layout.note])
            if verdict == layout.verdict or not (verdict or note or words[layout.reviewer] or words[layout.to_unit]):
                continue
            about = identity(cell(row, table.places.get(layout.identity)))
            kind = "pair" if of_pair(about) else table.kind
            yield Row(
                kind=kind,
                sheet=self.grid.sheet,
                row=self.grid.top + index,
                about=None if above and not like_identity(about) else about,
                verdict=verdict,
                note=note,
                reviewer=words[layout.reviewer],
                value=shown_text(cell(row, table.places.get(layout.value))) if kind == "finding" else None,
                to_unit=words[layout.to_unit],
                told=table.told,
            )

    def trouble(self) -> Iterator[str]:
        """What cannot be had of the formulas."""
        if self.lost:
            listed = "、".join(map(str, self.lost[:_MOST_ROWS]))
            more = f" 等 {len(self.lost)}" if len(self.lost) > _MOST_ROWS else ""
            yield _NO_FORMULA.format(sheet=self.grid.sheet, rows=listed + more)

    def _verdict(
        self, index: int, table: Table, verdict: str | None, note: str | None
    ) -> tuple[str | None, str | None]:
        """The verdict, and the note with what belongs to no other column of it."""
        strange = [
            f"{title}：{text}" if title else text
            for column, title in table.strange.items()
            if not table.told and (text := self._typed(index, column))
        ]
        shown, formula = (get(index, table.places.get(table.layout.verdict)) for get in (self._shown, self._formula))
        word = verdict_words().meant(shown) if shown else None
        if formula and word:
            return word, "\n".join(filter(None, (note, *strange, _BY_FORMULA.format(formula=formula))))
        meant = verdict_word(verdict)
        written = (
            [_AS_WRITTEN.format(written=verdict)] if verdict and meant != verdict and folded(verdict) != meant else []
        )
        return meant, "\n".join(filter(None, (note, *strange, *written))) or None

    def _typed(self, index: int, column: int | None) -> str | None:
        """What was typed into a cell: its text, the formula that it became, or both."""
        shown, formula = self._shown(index, column), self._formula(index, column)
        failed = column is not None and self._place(index, column) in self.grid.errors
        if (failed and formula is None) or formula == NO_TEXT:
            self.lost += [self.grid.top + index] * (self.grid.top + index not in self.lost)
        if formula is None or (shown and not failed):
            return _WITH_FORMULA.format(shown=shown, formula=formula) if formula else shown
        return formula

    def _shown(self, index: int, column: int | None) -> str | None:
        return shown_text(cell(self.grid.rows[index], column))

    def _formula(self, index: int, column: int | None) -> str | None:
        formula = None if column is None else self.formulas.get(self._place(index, column))
        return visible(formula).strip() if formula else None

    def _place(self, index: int, column: int) -> Place:
        return self.grid.top + index, self.grid.left + column


def _heading(row: Sequence[CellValue]) -> str | None:
    """The title or remark over a table, which stands first in its row."""
    first = next((value for value in row if value is not None), None)
    return shown_text(first) if isinstance(first, str) and _HEADING.search(first) else None


def _nights(grid: Grid, found: Sequence[Table]) -> Iterator[str]:
    """The nights named over the tables of a sheet, and where a sheet has no table in the line that names the night."""
    top = next((table.top for table in found if table.top is not None), None)
    for row in grid.rows[:top]:
        for value in row:
            if isinstance(value, str) and (top is not None or _NIGHT_LINE in value):
                yield from _NIGHT.findall(value)


def shown_text(value: CellValue) -> str | None:
    """What stands in a cell, as text: a number that a program made of it has no ``.0``."""
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
    return visible(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip() or None

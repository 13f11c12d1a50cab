"""The house's look: fonts, colours, formats and print set-up of every workbook, and text that stays text."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from schemas.columns import Column

OFFICE = "四川省科学技术厅引智处"
"""Who publishes the workbooks."""

BODY, HEADING = "宋体", "黑体"
"""Fonts that Excel and WPS have on every machine with Chinese."""

HEADER_FILL, REQUIRED_FILL, ENTRY_FILL = "#DCE6F1", "#F8CBAD", "#FFF2CC"

STYLES: dict[str, dict[str, Any]] = {
    "prohibit": {"bg_color": "#F8CBCB", "font_color": "#9C0006", "bold": True},
    "return": {"bg_color": "#FCE0C8", "font_color": "#974706", "bold": True},
    "hold": {"bg_color": "#FFF2B3", "font_color": "#7F6000", "bold": True},
    "advise": {"bg_color": "#E2EAF4", "font_color": "#44546A"},
    "good": {"bg_color": "#E2EFDA", "font_color": "#375623"},
    "differs": {"bg_color": "#FCE4D6", "font_color": "#C00000"},
    "total": {"bold": True, "bg_color": "#F2F2F2"},
    "faint": {"font_color": "#7F7F7F"},
}
"""Name of a mark that a cell may carry → what it looks like."""

LONGEST = 32_767
"""Most UTF-16 units that a cell holds."""
MOST_ROWS = 1_000_000
"""Most rows of a table, a little under those of a sheet."""
MOST_LINKS = 65_530
"""Most links that Excel keeps in one sheet."""

RULED = {"border": 1, "border_color": "#808080"}
"""Ruled cells of a table."""
TALLEST = 400.0
"""Points that a row may be high."""
USUAL_LINES, WHOLE = 26, 100_000
"""Lines that a text may take in a row, and that of a text which is never cut."""
CROPPED_LINES = 12
"""Lines that a row shows of what somebody typed; the whole of it is in the cell."""

WIDTH_A_PAGE = 250.0
"""Characters across that are still readable on one page in print."""

NUMBER_FORMATS = {"whole": "0", "number": "#,##0.00", "share": "0.0%", "exact": "0.00%", "date": "yyyy-mm-dd"}
POINTS_A_LINE = 14.0

_ROWS_AT_ONCE = 5_000
_CUT = "……（以下略）"
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\n", "\ufffd", "＝", "＋", "－", "＠")
ALLOWED = ("sort", "autofilter", "format_columns", "format_rows", "delete_rows")
"""What may be done in a protected sheet."""

_REFUSE = {
    "validate": "custom",
    "value": "=FALSE",
    "ignore_blank": False,
    "error_title": "本栏不能修改",
    "error_message": "请只填写浅黄色表头的各栏。",
}
_COUNTABLE = (61, 2_958_465)
"""From the first day that Excel and everyone else count alike to its last."""
_EPOCH = pd.Timestamp("1899-12-30")
CENTRED = {"whole", "date", "flag", "choice"}


def safe(text: str) -> str:
    """``text`` as a cell can hold it: no control characters, no halves of characters, not too long."""
    if text.isprintable() and len(text) <= LONGEST // 2:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNHOLDABLE.search(text):
        text = _UNHOLDABLE.sub("\ufffd", text)
    if len(text) > LONGEST // 2 and len(units := text.encode("utf-16-le")) > 2 * LONGEST:
        text = units[: 2 * (LONGEST - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
    return text


def lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a cell ``width`` characters wide, where a Chinese one counts as two."""
    room = max(2.0, width - 1)
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, -int(-_wide(line) // room)) for line in text.split("\n"))


def height(texts: Iterable[str], widths: Iterable[float]) -> float:
    """Points that a row needs for ``texts`` in columns of these ``widths``."""
    return min(TALLEST, POINTS_A_LINE * max(map(lines, texts, widths), default=1) + 4)


def shortened(text: str, width: float, most_lines: int) -> str:
    """``text`` cut to what a row of a sheet can show, saying how long it was."""
    if (len(text) * 2 < most_lines * width and "\n" not in text) or lines(text, width) <= most_lines:
        return text
    said = f"……（共 {len(text)} 字，其余见原件）"
    kept, room = [], most_lines - lines(said, width)
    for line in text.split("\n"):
        fits = line[: int(room * (width - 1) / 2)]
        kept.append(fits)
        room -= lines(fits, width)
        if len(fits) < len(line) or room <= 0:
            break
    return "\n".join(kept) + said


def _wide(text: str) -> float:
    """The width in characters: a Chinese one is three bytes and two wide."""
    return (len(text) + len(text.encode("utf-8", "replace"))) / 2


@dataclass(frozen=True)
class Table:
    """One sheet: a title, remarks under it, a header row, and ``frame``'s columns of the same names.

    ``marks`` and ``links`` are by the name of the column they are about, a value a row: the name of a style (``STYLES``),
    and where a link goes. ``entries`` are the columns, the last ones, that a reader fills in, with ``lists`` of the words to
    choose from; where there are any the sheet is protected. ``shares`` are columns of numbers to show as percentages,
    ``exact`` those to show to two places and never as a round 100 that they are not. Text is cut to ``most_lines`` of its
    column (usually ``USUAL_LINES``), but never in the entries. Of those, and of the columns ``cropped``, a row shows the
    first lines (``CROPPED_LINES``) of a long text. The first ``frozen`` columns stay in sight and are printed on every
    page. ``nothing`` is said where there is no row.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    frame: pd.DataFrame
    remarks: Sequence[str] = ()
    marks: Mapping[str, pd.Series] = field(default_factory=dict)
    links: Mapping[str, pd.Series] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    cropped: tuple[str, ...] = ()
    most_lines: Mapping[str, int] = field(default_factory=dict)
    frozen: int = 1
    nothing: str = "无。"
    colour: str | None = None

    @property
    def width(self) -> float:
        """All columns together, in characters."""
        return sum(column.width for column in self.columns)

    def part(self, rows: slice) -> "Table":
        """Some of the rows."""
        return replace(
            self,
            frame=self.frame.iloc[rows],
            marks={name: column.iloc[rows] for name, column in self.marks.items()},
            links={name: column.iloc[rows] for name, column in self.links.items()},
        )


class Book:
    """A workbook being written. Rows go to disk as they come, so that there may be many: write them in order."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        self.workbook = workbook
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """The format with these properties over the house's own."""
        full = {"font_name": BODY, "font_size": 10, "valign": "vcenter", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._styles:
            self._styles[key] = self.workbook.add_format(full)
        return self._styles[key]

    def sheet(self, name: str, colour: str | None = None) -> Worksheet:
        """A new sheet, set up for print: A4 landscape, one page wide, page numbers."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer(f"&L&9{OFFICE}&C&9第 &P 页，共 &N 页&R&9&A")
        if colour:
            sheet.set_tab_color(colour)
        return sheet

    def heading(self, sheet: Worksheet, row: int, over: tuple[int, int], text: str) -> None:
        """A title ``over`` these columns."""
        sheet.set_row(row, 30)
        across(sheet, row, over, text, self.style(font_name=HEADING, font_size=16, align="center"))

    def remark(self, sheet: Worksheet, row: int, over: tuple[int, int], text: str, width: float) -> None:
        """A line of explanation ``over`` these columns, ``width`` characters."""
        sheet.set_row(row, POINTS_A_LINE * lines(text, width) + 4)
        across(sheet, row, over, text, self.style(font_color="#595959", text_wrap=True, align="left"))

    def write(self, table: Table) -> Worksheet:
        """The table as a sheet."""
        sheet = self.sheet(table.name, table.colour)
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, column.width)
        if len(table.frame) > MOST_ROWS:
            told = f"共 {len(table.frame)} 行，本表只列前 {MOST_ROWS} 行，其余见数据库。"
            table = replace(table.part(slice(MOST_ROWS)), remarks=(*table.remarks, told))
        table = replace(table, links={name: _allowed(links) for name, links in table.links.items()})
        two_pages = table.width > WIDTH_A_PAGE
        last, header = len(table.columns) - 1, 1 + len(table.remarks)
        bottom = header + max(1, len(table.frame))
        # What stands over the columns that are printed on both pages would be cut off on the second.
        over = (table.frozen, columns_within(table.columns, WIDTH_A_PAGE / 2)) if two_pages else (0, last)
        width = sum(column.width for column in table.columns[over[0] : over[1] + 1])
        self.heading(sheet, 0, over, table.title)
        for row, text in enumerate(table.remarks, 1):
            self.remark(sheet, row, over, text, width)
        self._titles(sheet, header, table)
        self._rows(sheet, header + 1, table)
        sheet.freeze_panes(header + 1, table.frozen)
        sheet.repeat_rows(header)
        sheet.print_area(0, 0, bottom, last)
        sheet.autofilter(header, 0, bottom, last)
        sheet.ignore_errors({"number_stored_as_text": xl_range(header + 1, 0, bottom, last)})
        if two_pages:
            sheet.fit_to_pages(2, 0)
            sheet.print_across()
            sheet.repeat_columns(0, max(0, table.frozen - 1))
        if table.entries:
            _guard(sheet, header, bottom, table)
        return sheet

    def _titles(self, sheet: Worksheet, row: int, table: Table) -> None:
        titles, widths = [c.title for c in table.columns], [c.width - 2 for c in table.columns]
        sheet.set_row(row, height(titles, widths) + 4)
        for position, column in enumerate(table.columns):
            fill = ENTRY_FILL if column.name in table.entries else HEADER_FILL
            style = self.style(bold=True, align="center", text_wrap=True, bg_color=fill, **RULED)
            sheet.write_string(row, position, column.title, style)

    def _rows(self, sheet: Worksheet, first: int, table: Table) -> None:
        last = len(table.columns) - 1
        if table.frame.empty:
            across(sheet, first, (0, last), table.nothing, self.style(font_color="#7F7F7F", **RULED))
        for start in range(0, len(table.frame), _ROWS_AT_ONCE):
            self._some_rows(sheet, first + start, table.part(slice(start, start + _ROWS_AT_ONCE)))

    def _some_rows(self, sheet: Worksheet, first: int, table: Table) -> None:
        values = [self._values(table, column) for column in table.columns]
        heights = _heights(values, table.columns, {*table.entries, *table.cropped})
        cells_of = [self._cells(values[position], table, column) for position, column in enumerate(table.columns)]
        for row, (tall, cells) in enumerate(zip(heights, zip(*cells_of, strict=True), strict=True), first):
            sheet.set_row(row, tall)
            for position, (value, style, link) in enumerate(cells):
                if value is None:
                    sheet.write_blank(row, position, None, style)
                elif link is not None:
                    sheet.write_url(row, position, link, style, string=value)
                elif isinstance(value, str):
                    sheet.write_string(row, position, value, style)
                else:
                    sheet.write_number(row, position, value, style)

    def _values(self, table: Table, column: Column) -> list[Any]:
        """The values of a column as cells hold them: text, numbers (a day counts from Excel's first), None where missing."""
        values = table.frame[column.name]
        if column.kind == "date":
            return _days(values)
        if column.kind == "flag":
            return _objects(values.map({True: "是", False: "否"}))
        if column.name in table.exact:
            values = (values * 10_000).floordiv(1) / 10_000
        if column.kind in ("whole", "number"):
            return _objects(values.replace([float("inf"), float("-inf")], None))
        texts = [None if value is None else safe(str(value)) for value in _objects(values)]
        if column.name in table.entries:
            return texts
        most = table.most_lines.get(column.name, USUAL_LINES)
        return [None if text is None else shortened(text, column.width, most) for text in texts]

    def _cells(self, values: list[Any], table: Table, column: Column) -> Iterator[tuple[Any, Format, str | None]]:
        """Value, format and link of each cell of a column."""
        size = len(values)
        marks = _objects(table.marks[column.name]) if column.name in table.marks else [None] * size
        links = _objects(table.links[column.name]) if column.name in table.links else [None] * size
        styles: dict[tuple[str | None, bool, bool], Format] = {}
        for value, mark, link in zip(values, marks, links, strict=True):
            key = (mark, link is not None, isinstance(value, str) and value.startswith(LIKE_A_FORMULA))
            if key not in styles:
                styles[key] = self._look(table, column, *key)
            yield value, styles[key], link

    def _look(self, table: Table, column: Column, mark: str | None, linked: bool, quoted: bool) -> Format:
        share = column.name in (*table.shares, *table.exact)
        centred = share or column.kind in CENTRED
        properties: dict[str, Any] = {
            "text_wrap": True,
            "align": "center" if centred else "right" if column.kind == "number" else "left",
            "locked": column.name not in table.entries,
            **RULED,
            **(STYLES[mark] if mark else {}),
        }
        percent = "exact" if column.name in table.exact else "share"
        number_format = NUMBER_FORMATS.get(percent if share else column.kind)
        if number_format:
            properties["num_format"] = number_format
        if linked:
            properties |= {"underline": 1, "font_color": "#0563C1"}
        if quoted:
            properties["quote_prefix"] = True
        return self.style(**properties)


def _allowed(links: pd.Series) -> pd.Series:
    """Only as many links as a sheet may have."""
    return links.where(links.notna().cumsum().le(MOST_LINKS))


def _days(values: pd.Series) -> list[Any]:
    """Days as Excel counts them; what it cannot count as text."""
    dates = pd.to_datetime(values)
    days = (dates.dt.normalize() - _EPOCH).dt.days.astype("Int64").astype(object)
    return _objects(days.where(days.between(*_COUNTABLE), dates.dt.strftime("%Y-%m-%d")))


def _objects(values: pd.Series) -> list[Any]:
    return values.astype(object).where(values.notna(), None).tolist()


def _heights(values: Sequence[list[Any]], columns: tuple[Column, ...], cropped: Collection[str]) -> Iterator[float]:
    """Points that each row needs for its wrapped text."""
    wrapped = [p for p, column in enumerate(columns) if column.kind not in NUMBER_FORMATS]
    widths = [columns[position].width for position in wrapped]
    most = [CROPPED_LINES if columns[position].name in cropped else WHOLE for position in wrapped]
    for row in zip(*(values[position] for position in wrapped), strict=True):
        needed = max(
            min(lines(text or "", width), at_most) for text, width, at_most in zip(row, widths, most, strict=True)
        )
        yield max(18.0, min(TALLEST, POINTS_A_LINE * needed + 4))


def columns_within(columns: tuple[Column, ...], width: float) -> int:
    """The last column of those that together are at most ``width`` characters wide."""
    reached = accumulate(column.width for column in columns)
    return max(0, sum(so_far <= width for so_far in reached) - 1)


def _guard(sheet: Worksheet, header: int, bottom: int, table: Table) -> None:
    """Only the entries may be filled in; everything may be sorted and filtered.

    Excel sorts rows of a protected sheet only where each of their cells may be edited. A range without a password makes
    them so, and a rule that nothing satisfies refuses what is typed outside the entries.
    """
    last = len(table.columns) - 1
    sheet.protect("", dict.fromkeys(ALLOWED, True))
    sheet.unprotect_range(xl_range(header, 0, bottom, last), "Sorting")
    sheet.data_validation(header + 1, 0, bottom, last - len(table.entries), _REFUSE)
    for position, column in enumerate(table.columns):
        words = table.lists.get(column.name)
        if words:
            rule = {"validate": "list", "source": list(words), "error_title": "填写有误"}
            rule["error_message"] = f"请选：{'、'.join(words)}。"
            sheet.data_validation(header + 1, position, bottom, position, rule)


class Page:
    """A sheet of text to read, upright on paper: paragraphs over the whole width and rows of ruled cells."""

    def __init__(self, book: Book, name: str, title: str, widths: Sequence[float], colour: str | None = None) -> None:
        self.sheet = book.sheet(name, colour)
        self.sheet.set_portrait()
        self.sheet.hide_gridlines(2)
        self._book, self._widths, self._row = book, tuple(widths), 1
        for position, width in enumerate(widths):
            self.sheet.set_column(position, position, width)
        book.heading(self.sheet, 0, (0, len(widths) - 1), title)

    def say(self, text: str, **properties: Any) -> None:
        """A paragraph."""
        self.sheet.set_row(self._row, POINTS_A_LINE * lines(text, sum(self._widths)) + 6)
        across(self.sheet, self._row, (0, len(self._widths) - 1), text, self._book.style(text_wrap=True, **properties))
        self._row += 1

    def head(self, text: str) -> None:
        """The title of a part, after an empty line."""
        self._row += 1
        self.say(text, bold=True, font_name=HEADING, font_size=11)

    def row(self, texts: Sequence[str], mark: str | None = None) -> None:
        """Ruled cells side by side, the first one in the style called ``mark``."""
        self.sheet.set_row(self._row, max(18.0, height(texts, self._widths)))
        for position, text in enumerate(texts):
            look = STYLES[mark] if mark and not position else {}
            self.sheet.write_string(self._row, position, safe(text), self._book.style(text_wrap=True, **RULED, **look))
        self._row += 1


def across(sheet: Worksheet, row: int, over: tuple[int, int], text: str, style: Format) -> None:
    """``text`` in one cell ``over`` these columns, the first and the last."""
    first, last = over
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, safe(text), style)


@contextmanager
def new_book(path: Path, title: str, subject: str, made: datetime, *, many_rows: bool = False) -> Iterator[Book]:
    """A workbook at ``path``; the same content made at the same time gives the same bytes."""
    workbook = xlsxwriter.Workbook(
        path,
        {
            "constant_memory": many_rows,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": BODY, "font_size": 11},
            "default_row_height": 18,
            "default_column_width": 72,
        },
    )
    workbook.set_properties(
        {"title": title, "subject": subject, "author": OFFICE, "company": "四川省科学技术厅", "created": made}
    )
    yield Book(workbook)
    workbook.close()

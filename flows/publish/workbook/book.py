"""A workbook being written in the house's look, and its sheets with tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import BytesIO
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from flows.cache import NOTHING_KEPT, Cache
from flows.publish.workbook.breaks import page_ends
from flows.publish.workbook.filled_down import FilledDown
from flows.publish.workbook.laid_out import LaidOut, Look, Stretch, look, without_rows
from flows.publish.workbook.package import assemble
from flows.publish.workbook.protect import protect
from flows.publish.workbook.sheet import RowSheet
from flows.publish.workbook.style import (
    BODY,
    COMPANY,
    ENTRY_FILL,
    HEADER_FILL,
    HEADING,
    OFFICE,
    POINTS_A_LINE,
    RULED,
    WIDTH_A_PAGE,
    ZOOM_OF_BLOCKS,
)
from flows.publish.workbook.table import Placed, Table
from flows.publish.workbook.text import height, lines, safe
from schemas.columns import Column

if TYPE_CHECKING:
    import pandas as pd

_Sheet = TypeVar("_Sheet", bound=RowSheet)

MOST_ROWS = 1_000_000
"""Most rows of a table, a little under those of a sheet."""
MOST_LINKS = 65_530
"""Most links that Excel keeps in one sheet."""
_ROWS_AT_ONCE = 5_000
_TITLE_HEIGHT = 30.0


class Book:
    """A workbook being written. Rows go to disk as they come, so that there may be many: write them in order."""

    def __init__(self, workbook: xlsxwriter.Workbook, cache: Cache = NOTHING_KEPT, foot: str | None = None) -> None:
        self.workbook = workbook
        self._foot = foot
        self._cache = cache
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """The format with these properties over the house's own."""
        full = {"font_name": BODY, "font_size": 10, "valign": "vcenter", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._styles:
            self._styles[key] = self.workbook.add_format(full)
        return self._styles[key]

    def sheet(self, name: str, colour: str | None = None) -> RowSheet:
        """A new sheet, set up for print: A4 landscape, one page wide, page numbers."""
        return self._set_up(cast("RowSheet", self.workbook.add_worksheet(name, RowSheet)), colour)

    def filled_down(self, name: str) -> FilledDown:
        """A new sheet of formulas that are filled down."""
        return self._set_up(cast("FilledDown", self.workbook.add_worksheet(name, FilledDown)))

    def _set_up(self, sheet: _Sheet, colour: str | None = None) -> _Sheet:
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        if self._foot is None:
            sheet.set_footer(f"&L&9{OFFICE}&C&9第 &P 页，共 &N 页&R&9&A")
        else:
            sheet.set_footer(f"&L&9{OFFICE}&C&9&A　第 &P 页" + (f"&R&7{self._foot}" if self._foot else ""))
            sheet.set_start_page(1)
        if colour:
            sheet.set_tab_color(colour)
        return sheet

    def heading(self, sheet: Worksheet, row: int, over: tuple[int, int], text: str) -> None:
        """A title ``over`` these columns."""
        sheet.set_row(row, _TITLE_HEIGHT)
        across(sheet, row, over, text, self.style(font_name=HEADING, font_size=16, align="center"))

    def remark(self, sheet: Worksheet, row: int, over: tuple[int, int], text: str, width: float) -> None:
        """A line of explanation ``over`` these columns, ``width`` characters."""
        sheet.set_row(row, POINTS_A_LINE * lines(text, width) + 4)
        across(sheet, row, over, text, self.style(font_color="#595959", text_wrap=True, align="left"))

    def write(self, table: Table) -> list[Placed]:
        """The table as a sheet, or as several where one does not hold all of its rows; where each was written."""
        return [self.put(laid) for laid in self.lay_out(table)]

    def lay_out(self, table: Table, said_in: Collection[str] = ()) -> list[LaidOut]:
        """The sheets of a table, with their rows made; ``said_in`` are the titles of columns in which somebody may have written."""
        parts = (replace(part, links=_allowed(part.links)) for part in _sheets(table))
        return [self._laid_out(part, said_in) for part in parts]

    def _laid_out(self, table: Table, said_in: Collection[str]) -> LaidOut:
        from flows.publish.workbook.cells import heights_of

        written_in = [column.name for column in table.columns if column.title in said_in]
        places = table.frame[written_in].notna().any(axis=1).to_numpy().nonzero()[0].tolist()
        return LaidOut(
            without_rows(table),
            len(table.frame),
            self._stretches(table, _header(table) + 1),
            table.part(places),
            places,
            () if table.across is None or table.frame.empty else heights_of(table),
        )

    def looks_alike(self, sheets: Sequence[LaidOut]) -> bool:
        """Whether this workbook counts the looks of rows that another one has made as that one did."""
        return all(self._count_alike(stretch.looks) for laid in sheets for stretch in laid.stretches)

    def _count_alike(self, looks: Sequence[Look]) -> bool:
        return [self.style(**properties)._get_xf_index() for properties, _ in looks] == [number for _, number in looks]

    def put(self, laid: LaidOut) -> Placed:
        """Write a sheet whose rows are made; where it was written."""
        table, header = laid.above, _header(laid.above)
        sheet = self.sheet(table.name, table.colour)
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, column.width)
        two_pages = table.width > WIDTH_A_PAGE
        last, bottom = len(table.columns) - 1, header + max(1, laid.size)
        self._head(sheet, table, two_pages)
        self.titles(sheet, header, table)
        self._put_rows(sheet, header + 1, table, laid.stretches)
        sheet.freeze_panes(header + 1, table.frozen)
        sheet.repeat_rows(header)
        sheet.print_area(0, 0, bottom, last)
        if table.across is None:
            sheet.autofilter(header, 0, bottom, last)
        else:
            self._break_pages(sheet, header, laid)
            sheet.set_zoom(ZOOM_OF_BLOCKS)
        sheet.ignore_errors({"number_stored_as_text": xl_range(header + 1, 0, bottom, last)})
        if two_pages:
            sheet.fit_to_pages(2, 0)
            sheet.print_across()
            sheet.repeat_columns(0, max(0, table.frozen - 1))
        if table.entries:
            protect(sheet, header, bottom, table)
        return Placed(laid.said, laid.places, header)

    def _break_pages(self, sheet: Worksheet, header: int, laid: LaidOut) -> None:
        """Blocks are not parted in print."""
        table = laid.above
        if table.across is None or not laid.size:
            return
        begins = table.across & ~table.across.shift(fill_value=False)
        widths = [column.width for column in table.columns]
        above = _TITLE_HEIGHT + sum(POINTS_A_LINE * lines(text, table.width) + 4 for text in table.remarks)
        repeated = height([c.title for c in table.columns], [width - 2 for width in widths]) + 4
        starts = begins.to_numpy().nonzero()[0].tolist()
        ends = page_ends(laid.heights, starts, above + repeated, repeated, widths)
        sheet.set_h_pagebreaks([header + 1 + end for end in ends])

    def _head(self, sheet: Worksheet, table: Table, two_pages: bool) -> None:
        """The title and the remarks; over columns that are printed on both pages they would be cut off on the second."""
        last = len(table.columns) - 1
        over = (table.frozen, columns_within(table.columns, WIDTH_A_PAGE / 2)) if two_pages else (0, last)
        width = sum(column.width for column in table.columns[over[0] : over[1] + 1])
        self.heading(sheet, 0, over, table.title)
        for row, text in enumerate(table.remarks, 1):
            self.remark(sheet, row, over, text, width)

    def titles(self, sheet: Worksheet, row: int, table: Table) -> None:
        """The header of a table."""
        titles, widths = [c.title for c in table.columns], [c.width - 2 for c in table.columns]
        sheet.set_row(row, height(titles, widths) + 4)
        for position, column in enumerate(table.columns):
            fill = ENTRY_FILL if column.name in table.entries else HEADER_FILL
            font = {"font_name": HEADING} if table.font else {"bold": True}
            style = self.style(align="center", text_wrap=True, bg_color=fill, **RULED, **font)
            sheet.write_string(row, position, column.title, style)

    def rows(self, sheet: RowSheet, first: int, table: Table) -> None:
        """The rows of a table from ``first`` on."""
        self._put_rows(sheet, first, table, self._stretches(table, first))

    def _put_rows(self, sheet: RowSheet, first: int, table: Table, stretches: Sequence[Stretch]) -> None:
        if not stretches:
            sheet.set_row(first, height([table.nothing], [table.width]))
            across(sheet, first, (0, len(table.columns) - 1), table.nothing, self.style(font_color="#7F7F7F", **RULED))
        for stretch in stretches:
            sheet.write_rows(first + stretch.start, stretch.rows)

    def _stretches(self, table: Table, first: int) -> list[Stretch]:
        """The rows of a table as they stand from ``first`` on."""
        starts = range(0, len(table.frame), _ROWS_AT_ONCE)
        return [self._made(table.part(slice(start, start + _ROWS_AT_ONCE)), first, start) for start in starts]

    def _made(self, table: Table, first: int, start: int) -> Stretch:
        """The rows of a table, which stand from its place ``start`` on: those of an earlier night where they were the same and this
        workbook counts their looks as that one did."""
        # Workers that mark workbooks write no tables: no pandas.
        from flows.publish.workbook.cells import cells_of
        from flows.publish.workbook.rows import rows_of

        key = self._cache.key("rows", [first, start, table.content])
        if (found := self._cache.get(key)) is not None and self._count_alike(found[0].looks):
            return cast("Stretch", found[0])
        style = partial(self.style, font_name=table.font) if table.font else self.style
        heights, columns = cells_of(table, style)
        across = () if table.across is None else table.across.to_numpy(bool).nonzero()[0].tolist()
        rows = rows_of(first + start, heights, columns, across)
        properties = {style: dict(told) for told, style in self._styles.items()}
        looks = [look(properties[style], style) for column in columns for style in column.looks]
        made = Stretch(start, rows, looks)
        self._cache.put(key, (made,))
        return made


def _header(table: Table) -> int:
    return 1 + len(table.remarks)


def _sheets(table: Table) -> list[Table]:
    """The table in parts that a sheet each can hold; each says which it is."""
    size, starts = len(table.frame), [0]
    while size - starts[-1] > MOST_ROWS:
        starts.append(_next_start(table, starts[-1]))
    if len(starts) == 1:
        return [table]
    told = "共 {size} 行，分 {sheets} 张表；本表是第 {number} 张，从第 {first} 行到第 {last} 行。"
    parts = []
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], size], strict=True), 1):
        said = told.format(size=size, sheets=len(starts), number=number, first=start + 1, last=end)
        name = table.name if number == 1 else f"{table.name}（{number}）"
        parts.append(replace(table.part(slice(start, end)), name=name, remarks=(*table.remarks, said)))
    return parts


def _next_start(table: Table, start: int) -> int:
    """Where the sheet after the one from ``start`` begins: where it can, with a new value of what stays together."""
    end = start + MOST_ROWS
    if table.together is None:
        return end
    values = table.frame[table.together].iloc[start : end + 1]
    new = (values.ne(values.shift()) & ~(values.isna() & values.shift().isna())).to_numpy().nonzero()[0]
    return start + int(new[-1]) if new[-1] > 0 else end


def _allowed(links: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """The links of the first rows, as many as a sheet holds in all its columns together."""
    so_far = sum(column.notna().astype(int) for column in links.values())
    return {name: column.where(so_far.cumsum().le(MOST_LINKS)) for name, column in links.items()}


def columns_within(columns: tuple[Column, ...], width: float) -> int:
    """The last column of those that together are at most ``width`` characters wide."""
    reached = accumulate(column.width for column in columns)
    return max(0, sum(so_far <= width for so_far in reached) - 1)


def across(sheet: Worksheet, row: int, over: tuple[int, int], text: str, style: Format) -> None:
    """``text`` in one cell ``over`` these columns, the first and the last."""
    first, last = over
    if last > first:
        sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, safe(text), style)


@contextmanager
def new_book(
    path: Path | BinaryIO,
    title: str,
    subject: str,
    made: datetime,
    *,
    many_rows: bool = False,
    cache: Cache = NOTHING_KEPT,
    foot: str | None = None,
) -> Iterator[Book]:
    """A workbook at ``path``, or written to that stream; the same content made at the same time gives the same bytes. Rows that
    ``cache`` knows are not made again. With a ``foot`` each sheet counts its pages for itself, and that stands small below
    them."""
    written = BytesIO()
    workbook = xlsxwriter.Workbook(
        written,
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
    workbook.set_properties({"title": title, "subject": subject, "author": OFFICE, "company": COMPANY, "created": made})
    yield Book(workbook, cache, foot)
    workbook.close()
    sheets = {f"sheet{number}.xml": sheet for number, sheet in enumerate(workbook.worksheets(), 1)}
    blocks = {name: sheet.blocks for name, sheet in sheets.items() if isinstance(sheet, RowSheet)}
    targets = {name: sheet.targets for name, sheet in sheets.items() if isinstance(sheet, RowSheet)}
    assemble(written, blocks, targets, path)

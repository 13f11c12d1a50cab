"""Pages of a workbook before they are written, and writers for the kinds of file that offices send."""

import csv
import html
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import xlwt
from odf import opendocument, table, text
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from flows.read.formats.grid import Grid

Value = object
"""What a cell holds: text, a number, a day, True or False; None where it is empty."""


@dataclass
class Page:
    """One sheet: ``cells`` by row (as Excel counts) and column (from 0), merged areas, hidden rows and columns."""

    name: str = "项目申报"
    cells: dict[tuple[int, int], Value] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden: bool = False
    filtered: bool = False

    @property
    def end(self) -> int:
        """The last filled row."""
        return max((row for row, _ in self.cells), default=0)

    def put(self, row: int, column: int, *values: Value) -> "Page":
        """Values from left to right; None leaves a cell empty."""
        self.cells |= {(row, column + n): value for n, value in enumerate(values) if value is not None}
        return self

    def span(self, row: int, column: int, value: Value, rows: int = 1, columns: int = 1) -> "Page":
        """One value over merged cells."""
        self.put(row, column, value)
        if rows * columns > 1:
            self.merged.append((row, column, row + rows - 1, column + columns - 1))
        return self


@dataclass(frozen=True)
class Book:
    """Pages and the kind of file they are written as; ``encoding`` for text, ``epoch_1904`` for workbooks."""

    pages: Sequence[Page]
    kind: str = "xlsx"
    encoding: str = "utf-8"
    epoch_1904: bool = False


def write(book: Book, path: Path) -> None:
    """Write ``book`` to ``path``."""
    writers = {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv, "tsv": _csv, "html": _html}
    writers[book.kind](book, path)


def _xlsx(book: Book, path: Path) -> None:
    workbook = Workbook()
    workbook.remove(workbook.active)
    if book.epoch_1904:
        workbook.epoch = CALENDAR_MAC_1904
    for page in book.pages:
        sheet = workbook.create_sheet(page.name)
        for (row, column), value in page.cells.items():
            cell = sheet.cell(row, column + 1, value)
            if isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
        for first_row, first, last_row, last in page.merged:
            sheet.merge_cells(start_row=first_row, start_column=first + 1, end_row=last_row, end_column=last + 1)
        for row in page.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in page.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
        if page.filtered:
            sheet.auto_filter.ref = sheet.dimensions
        if page.hidden:
            sheet.sheet_state = "hidden"
    if all(page.hidden for page in book.pages):
        workbook.create_sheet("Sheet2")
    workbook.save(path)


def _xls(book: Book, path: Path) -> None:
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.dates_1904 = book.epoch_1904
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in book.pages:
        sheet = workbook.add_sheet(page.name, cell_overwrite_ok=True)
        begins = {area[:2]: area for area in page.merged}
        for (row, column), value in page.cells.items():
            style = day if isinstance(value, date) else xlwt.Style.default_style
            if (row, column) in begins:
                _, _, last_row, last = begins[row, column]
                sheet.write_merge(row - 1, last_row - 1, column, last, value, style)
            else:
                sheet.write(row - 1, column, value, style)
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        sheet.visibility = int(page.hidden)
    workbook.save(str(path))


def _ods(book: Book, path: Path) -> None:
    document = opendocument.OpenDocumentSpreadsheet()
    for page in book.pages:
        sheet = table.Table(name=page.name)
        begins = {area[:2]: area for area in page.merged}
        for row in range(1, page.end + 1):
            line = table.TableRow()
            for column in range(max((c for _, c in page.cells), default=0) + 1):
                value = page.cells.get((row, column))
                made = _ods_cell(value)
                if area := begins.get((row, column)):
                    made.setAttribute("numberrowsspanned", area[2] - row + 1)
                    made.setAttribute("numbercolumnsspanned", area[3] - column + 1)
                line.addElement(made)
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    document.save(str(path))


def _ods_cell(value: Value) -> table.TableCell:
    if value is None:
        return table.TableCell()
    if isinstance(value, bool):
        cell = table.TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    elif isinstance(value, int | float):
        cell = table.TableCell(valuetype="float", value=str(value))
    elif isinstance(value, date):
        cell = table.TableCell(valuetype="date", datevalue=value.isoformat()[:10])
    else:
        cell = table.TableCell(valuetype="string")
    for line in _shown(value).split("\n"):
        cell.addElement(text.P(text=line))
    return cell


def _csv(book: Book, path: Path) -> None:
    page = book.pages[0]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t" if book.kind == "tsv" else ",", lineterminator="\r\n")
    width = max(column for _, column in page.cells) + 1
    for row in range(1, page.end + 1):
        writer.writerow([_shown(page.cells.get((row, column))) for column in range(width)])
    path.write_bytes(buffer.getvalue().encode(book.encoding))


def _html(book: Book, path: Path) -> None:
    parts = [f'<html><head><meta charset="{book.encoding}"></head><body>']
    for page in book.pages:
        parts.append("<table border=1>")
        begins = {area[:2]: area for area in page.merged}
        covered = {
            (row, column)
            for first_row, first, last_row, last in page.merged
            for row in range(first_row, last_row + 1)
            for column in range(first, last + 1)
        } - set(begins)
        width = max(column for _, column in page.cells) + 1
        for row in range(1, page.end + 1):
            cells = []
            for column in range(width):
                if (row, column) not in covered:
                    spans = ""
                    if area := begins.get((row, column)):
                        spans = f' rowspan="{area[2] - row + 1}" colspan="{area[3] - column + 1}"'
                    shown = html.escape(_shown(page.cells.get((row, column)))).replace("\n", "<br>")
                    cells.append(f"<td{spans}>{shown}</td>")
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    parts.append("</body></html>")
    path.write_bytes("\n".join(parts).encode(book.encoding))


def _shown(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    return str(value)


def grid(page: Page) -> Grid:
    """The page as reading a file would give it, without writing one."""
    top = min((row for row, _ in page.cells), default=1)
    left = min((column for _, column in page.cells), default=0)
    right = max((column for _, column in page.cells), default=0)
    rows = [[page.cells.get((row, column)) for column in range(left, right + 1)] for row in range(top, page.end + 1)]
    return Grid(page.name, rows, top, left, list(page.merged), hidden=page.hidden)  # type: ignore[arg-type]

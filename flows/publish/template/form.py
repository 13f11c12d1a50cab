"""The submission workbook that a unit fills in: the columns and the notice's words as a form, which checks itself where the
registers are at hand."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from flows.publish.template.admit import LAST_ROW, WORDS_SHEET, Admission, admit
from flows.publish.template.guide import write_guide
from flows.publish.template.selfcheck import CALLED, PREPARED, PRINTED, READY, SelfCheck, self_check
from flows.publish.workbook import Book, height, new_book, safe
from flows.publish.workbook.book import columns_within
from flows.publish.workbook.sheet import RowSheet
from flows.publish.workbook.style import ENTRY_FILL, HEADER_FILL, NUMBER_FORMATS, REQUIRED_FILL, RULED, STYLES
from flows.references import References
from schemas.columns import Column
from schemas.form import Form
from schemas.notice import Notice
from schemas.words import SEVERITIES
from schemas.yearbook import Yearbook

BLANK_ROWS = 20
"""Ruled rows of the form; more can be added below."""
WIDTH_A_PAGE = 165
"""Characters across one page in print, still readable."""
SELF_CHECK_WIDTH = 60
"""Characters across of the column 自查."""

_FLAG = ("是", "否")


def write_submission(
    path: Path | BinaryIO,
    book: Yearbook,
    references: References | None,
    unit: str | None = None,
    filings: Sequence[Mapping[str, object]] = (),
    participants: Sequence[Mapping[str, object]] = (),
) -> None:
    """Write the submission workbook of the year to ``path`` (or a stream): the columns of its form, the words of its notice.

    ``references`` gives the drop-downs of units, countries and institutions, and makes the form check itself; without them it
    has neither. ``unit`` is the 填报单位. ``filings`` and ``participants`` are rows by column name to fill in: text, numbers,
    dates, True/False or None; text goes in as it is, also where the column wants something else. The same input gives the same
    bytes.
    """
    form, year = book.form, book.year
    title = f"{book.notice.title}申报表"
    with new_book(path, title, f"{year} 年因公出国（境）培训项目申报", datetime(year, 1, 1)) as workbook:
        words = _words(book.notice, references)
        filed_by = f"{form.unit_label}{unit or ''}"
        checks = None if references is None else self_check(book, references, (_HEADER, _HEADER - 1))
        admission = Admission(book.notice, words)
        of_filings, of_participants = (None, None) if checks is None else _aids(checks, form)
        _form(workbook, form.filing_sheet, form.filing, title, filings, words, year, filed_by, of_filings, admission)
        _form(
            workbook,
            form.participant_sheet,
            form.participant,
            "双跨团组参团单位",
            participants,
            words,
            year,
            None,
            of_participants,
            admission,
        )
        write_guide(workbook, book, checks_itself=checks is not None)
        _word_lists(workbook, words)
        if checks is not None:
            checks.write(workbook)


_HEADER = 2
"""The row of the titles of 项目申报, from 0; 参团单位 has no row for the unit above them."""


@dataclass(frozen=True)
class _Aid:
    """What a form that checks itself has besides its columns: what each row's 自查 ``says``, what its ``head`` says of all rows,
    and ``marks``: what 自查 begins with → the style of the row's first cells."""

    says: str
    head: str | None
    marks: Mapping[str, str]


def _aids(checks: SelfCheck, form: Form) -> tuple[_Aid, _Aid]:
    marks = {f"【{shown}】": severity for severity, shown in SEVERITIES.items() if severity != "advise"}
    return (
        _Aid(checks.said_of_filing(_HEADER), checks.head(form, _HEADER), marks | {READY: "good"}),
        _Aid(checks.said_of_participant(_HEADER - 1), None, marks),
    )


def _words(notice: Notice, references: References | None) -> dict[str, Sequence[str]]:
    """The words of each drop-down: of a vocabulary by its name, of a kind by the kind."""
    words: dict[str, Sequence[str]] = {"flag": _FLAG, **notice.vocabularies}
    if references is not None:
        words |= {
            "unit": references.units["unit"].tolist(),
            "country": references.countries["country"].tolist(),
            "institution": references.institutions["institution"].tolist(),
        }
    return words


def _form(
    book: Book,
    name: str,
    columns: tuple[Column, ...],
    title: str,
    rows: Sequence[Mapping[str, object]],
    words: Mapping[str, Sequence[str]],
    year: int,
    filed_by: str | None = None,
    aid: _Aid | None = None,
    admission: Admission | None = None,
) -> None:
    sheet = book.sheet(name)
    last = len(columns) - 1
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width, book.style(**_look(column, aid)))
    book.heading(sheet, 0, (0, columns_within(columns, WIDTH_A_PAGE)), title)
    if filed_by is not None:
        sheet.set_row(1, 20)
        look = {"bold": True} | ({"locked": False} if aid else {})
        sheet.merge_range(1, 0, 1, 3, "", book.style(**look))
        sheet.write_string(1, 0, safe(filed_by), book.style(**look))
    header = 1 if filed_by is None else 2
    _titles(book, sheet, header, columns)
    for number in range(max(BLANK_ROWS, len(rows))):
        row = rows[number] if number < len(rows) else {}
        if row:
            sheet.set_row(header + 1 + number, _height(row, columns))
        for position, column in enumerate(columns):
            _fill(book, sheet, header + 1 + number, position, column, row.get(column.name), aid)
    start = next((position for position, column in enumerate(columns) if column.name == "start_date"), None)
    for position, column in enumerate(columns):
        if aid and admission:
            admission.admit(sheet, header + 1, position, column, start)
        else:
            admit(sheet, header + 1, position, column, words, year)
    if aid:
        _aid(book, sheet, header, columns, aid)
    _rule_filled(book, sheet, header + 1, last)
    sheet.freeze_panes(header + 1, 2)
    sheet.repeat_rows(header)
    sheet.repeat_columns(0, 1)
    sheet.print_across()
    sheet.fit_to_pages(math.ceil(sum(column.width for column in columns) / WIDTH_A_PAGE), 0)


def _height(row: Mapping[str, object], columns: tuple[Column, ...]) -> float:
    filled = [(value, column.width) for column in columns if isinstance(value := row.get(column.name), str)]
    return max(20.0, height((value for value, _ in filled), (width for _, width in filled)))


def _look(column: Column, aid: _Aid | None) -> dict[str, object]:
    centred = column.kind in ("whole", "date", "flag", "choice")
    look: dict[str, object] = {
        "text_wrap": True,
        "align": "center" if centred else "right" if column.kind == "number" else "left",
        "num_format": NUMBER_FORMATS.get(column.kind, "@" if column.kind == "text" else "General"),
    }
    return look | ({"locked": False} if aid else {})


def _titles(book: Book, sheet: Worksheet, row: int, columns: tuple[Column, ...]) -> None:
    sheet.set_row(row, height((c.title for c in columns), (c.width - 1 for c in columns)) + 4)
    for position, column in enumerate(columns):
        fill = REQUIRED_FILL if column.required or column.required_for else HEADER_FILL
        style = book.style(bold=True, align="center", text_wrap=True, **RULED, bg_color=fill)
        sheet.write_string(row, position, column.title, style)
        told = f"{column.asked}。{column.doc}。"
        sheet.write_comment(row, position, told, {"author": "", "x_scale": 1.2, "y_scale": 0.6, "font_size": 9})


def _fill(
    book: Book, sheet: Worksheet, row: int, position: int, column: Column, value: object, aid: _Aid | None
) -> None:
    style = book.style(**_look(column, aid), **RULED)
    if isinstance(value, bool):
        sheet.write_string(row, position, _FLAG[0] if value else _FLAG[1], style)
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(row, position, value, style)
    elif isinstance(value, (int, float)) and not math.isnan(value):
        sheet.write_number(row, position, value, style)
    elif isinstance(value, str) and value:
        sheet.write_string(row, position, safe(value), style)
    else:
        sheet.write_blank(row, position, None, style)


def _rule_filled(book: Book, sheet: Worksheet, first: int, last_column: int) -> None:
    """Rows filled in below the form's own are ruled like them."""
    row = f"{xl_rowcol_to_cell(first, 0, col_abs=True)}:{xl_rowcol_to_cell(first, last_column, col_abs=True)}"
    rule = {"type": "formula", "criteria": f"=COUNTA({row})>0", "format": book.workbook.add_format(RULED)}
    sheet.conditional_format(first, 0, LAST_ROW - 1, last_column, rule)


def _aid(book: Book, sheet: RowSheet, header: int, columns: tuple[Column, ...], aid: _Aid) -> None:
    """The column 自查, the head, colours, print and protection of a form that checks itself."""
    place, first, last = len(columns), header + 1, header + PREPARED
    sheet.set_column(place, place, SELF_CHECK_WIDTH)
    titled = book.style(bold=True, align="center", **RULED, bg_color=ENTRY_FILL)
    sheet.write_string(header, place, CALLED, titled)
    said = book.style(text_wrap=True, align="left")
    for row in range(first, last + 1):
        sheet.write_formula(row, place, f"={aid.says}", said, "")
    if aid.head is not None:
        look = book.style(bold=True, align="left", font_color="#1F3864")
        sheet.merge_range(1, 4, 1, columns_within(columns, WIDTH_A_PAGE), "", look)
        sheet.write_formula(1, 4, f"={aid.head}", look, f"{CALLED}：还没有填写项目。")
    _colour(book, sheet, (first, last), columns, aid)
    sheet.protect("", dict.fromkeys(_ALLOWED, True))
    sheet.print_area(0, 0, header + PRINTED, place - 1)


_ALLOWED = ("insert_rows", "format_rows", "format_columns", "format_cells", "sort", "autofilter")
"""What may be done in a form that is protected, besides filling it in."""


def _colour(book: Book, sheet: Worksheet, rows: tuple[int, int], columns: tuple[Column, ...], aid: _Aid) -> None:
    """The first cells of a row and its 自查 by what that begins with; required cells of a row that has others, while empty."""
    first, last = rows
    said = xl_rowcol_to_cell(first, len(columns), col_abs=True)
    for begins, mark in aid.marks.items():
        for cells in ((0, 1), (len(columns), len(columns))):
            rule = {
                "type": "formula",
                "criteria": f'=LEFT({said},{len(begins)})="{begins}"',
                "format": book.workbook.add_format(STYLES[mark]),
            }
            sheet.conditional_format(first, cells[0], last, cells[1], rule)
    row = f"{xl_rowcol_to_cell(first, 0, col_abs=True)}:{xl_rowcol_to_cell(first, len(columns) - 1, col_abs=True)}"
    missing = book.workbook.add_format({"bg_color": "#FDE9E7"})
    for position, column in enumerate(columns):
        if column.required:
            empty = f'=AND(COUNTA({row})>0,{xl_rowcol_to_cell(first, position, col_abs=True)}="")'
            sheet.conditional_format(
                first, position, last, position, {"type": "formula", "criteria": empty, "format": missing}
            )


def _word_lists(book: Book, words: Mapping[str, Sequence[str]]) -> None:
    """The words of the drop-downs, a column a list, without titles, so that they are not taken for a table."""
    sheet = book.sheet(WORDS_SHEET)
    for position, listed in enumerate(words.values()):
        sheet.write_column(0, position, [safe(word) for word in listed], book.style())
    sheet.hide()

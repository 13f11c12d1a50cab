"""The blank submission workbook that a unit fills in: the columns and the notice's words as a form."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from flows.publish.workbook import Book, Page, height, new_book, safe
from flows.publish.workbook.book import columns_within
from flows.publish.workbook.style import HEADER_FILL, NUMBER_FORMATS, REQUIRED_FILL, RULED
from flows.references import References
from schemas.columns import Column
from schemas.notice import Notice
from schemas.yearbook import Yearbook

BLANK_ROWS = 20
"""Ruled rows of the form; more can be added below."""
LAST_ROW = 1000
"""The last row (as Excel counts) that has drop-downs and ruled lines once filled."""
WIDTH_A_PAGE = 165
"""Characters across one page in print, still readable."""
GUIDE_SHEET, WORDS_SHEET = "填表说明", "选项"

_FLAG = ("是", "否")


def write_submission(
    path: Path,
    book: Yearbook,
    references: References | None,
    unit: str | None = None,
    filings: Sequence[Mapping[str, object]] = (),
    participants: Sequence[Mapping[str, object]] = (),
) -> None:
    """Write the submission workbook of the year to ``path``: the columns of its form, the words of its notice.

    ``references`` gives the drop-downs of units, countries and institutions (left out without them), ``unit`` the 填报单位.
    ``filings`` and ``participants`` are rows by column name to fill in: text, numbers, dates, True/False or None; text goes
    in as it is, also where the column wants something else. The same input gives the same bytes.
    """
    form, year = book.form, book.year
    title = f"{book.notice.title}申报表"
    with new_book(path, title, f"{year} 年因公出国（境）培训项目申报", datetime(year, 1, 1)) as workbook:
        words = _words(book.notice, references)
        filed_by = f"{form.unit_label}{unit or ''}"
        _form(workbook, form.filing_sheet, form.filing, title, filings, words, year, filed_by)
        _form(workbook, form.participant_sheet, form.participant, "双跨团组参团单位", participants, words, year)
        _guide(workbook, book)
        _word_lists(workbook, words)


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
) -> None:
    sheet = book.sheet(name)
    last = len(columns) - 1
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width, book.style(**_look(column)))
    book.heading(sheet, 0, (0, columns_within(columns, WIDTH_A_PAGE)), title)
    if filed_by is not None:
        sheet.set_row(1, 20)
        sheet.merge_range(1, 0, 1, 3, "", book.style(bold=True))
        sheet.write_string(1, 0, safe(filed_by), book.style(bold=True))
    header = 1 if filed_by is None else 2
    _titles(book, sheet, header, columns)
    for number in range(max(BLANK_ROWS, len(rows))):
        row = rows[number] if number < len(rows) else {}
        if row:
            sheet.set_row(header + 1 + number, _height(row, columns))
        for position, column in enumerate(columns):
            _fill(book, sheet, header + 1 + number, position, column, row.get(column.name))
    for position, column in enumerate(columns):
        _admit(sheet, header + 1, position, column, words, year)
    _rule_filled(book, sheet, header + 1, last)
    sheet.freeze_panes(header + 1, 2)
    sheet.repeat_rows(header)
    sheet.repeat_columns(0, 1)
    sheet.print_across()
    sheet.fit_to_pages(math.ceil(sum(column.width for column in columns) / WIDTH_A_PAGE), 0)


def _height(row: Mapping[str, object], columns: tuple[Column, ...]) -> float:
    filled = [(value, column.width) for column in columns if isinstance(value := row.get(column.name), str)]
    return max(20.0, height((value for value, _ in filled), (width for _, width in filled)))


def _look(column: Column) -> dict[str, object]:
    centred = column.kind in ("whole", "date", "flag", "choice")
    return {
        "text_wrap": True,
        "align": "center" if centred else "right" if column.kind == "number" else "left",
        "num_format": NUMBER_FORMATS.get(column.kind, "@" if column.kind == "text" else "General"),
    }


def _titles(book: Book, sheet: Worksheet, row: int, columns: tuple[Column, ...]) -> None:
    sheet.set_row(row, height((c.title for c in columns), (c.width - 1 for c in columns)) + 4)
    for position, column in enumerate(columns):
        fill = REQUIRED_FILL if column.required or column.required_for else HEADER_FILL
        style = book.style(bold=True, align="center", text_wrap=True, **RULED, bg_color=fill)
        sheet.write_string(row, position, column.title, style)
        told = f"{column.asked}。{column.doc}。"
        sheet.write_comment(row, position, told, {"author": "", "x_scale": 1.2, "y_scale": 0.6, "font_size": 9})


def _fill(book: Book, sheet: Worksheet, row: int, position: int, column: Column, value: object) -> None:
    style = book.style(**_look(column), **RULED)
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


def _admit(
    sheet: Worksheet, first: int, position: int, column: Column, words: Mapping[str, Sequence[str]], year: int
) -> None:
    """What the cells of a column accept. A name may also be another than the list's, so that only words are refused."""
    rule: dict[str, Any] = {"error_title": f"“{column.title}”填写有误", "error_message": f"{column.doc}。"}
    key = column.vocabulary or column.kind
    if key in words:
        rule |= {"validate": "list", "source": _source(key, words)}
        if column.kind in ("unit", "country"):
            rule |= {"error_type": "warning", "error_message": "不在名录中，请核对名称；确需使用请选“是”。"}
        elif column.kind in ("choices", "institution"):
            rule |= {"show_error": False}
    elif column.kind == "whole":
        rule |= {"validate": "integer", "criteria": ">=", "value": 0, "error_message": "请填整数，不带单位。"}
    elif column.kind == "number":
        rule |= {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": "请填数字，不带单位。"}
    elif column.kind == "date":
        rule |= {
            "validate": "date",
            "criteria": "between",
            "minimum": date(year, 1, 1),
            "maximum": date(year + 1, 12, 31),
        }
        rule |= {"error_message": f"请填日期，例如 {year}-05-11。"}
    else:
        return
    sheet.data_validation(first, position, LAST_ROW - 1, position, rule)


def _source(key: str, words: Mapping[str, Sequence[str]]) -> list[str] | str:
    """The words of a drop-down: written out where Excel has room for them, else where they stand in the hidden sheet."""
    listed = list(words[key])
    if len(",".join(listed)) <= 255 and not any("," in word for word in listed):
        return listed
    position = list(words).index(key)
    return f"='{WORDS_SHEET}'!{xl_range_abs(0, position, max(1, len(listed)) - 1, position)}"


def _rule_filled(book: Book, sheet: Worksheet, first: int, last_column: int) -> None:
    """Rows filled in below the form's own are ruled like them."""
    row = f"{xl_rowcol_to_cell(first, 0, col_abs=True)}:{xl_rowcol_to_cell(first, last_column, col_abs=True)}"
    rule = {"type": "formula", "criteria": f"=COUNTA({row})>0", "format": book.workbook.add_format(RULED)}
    sheet.conditional_format(first, 0, LAST_ROW - 1, last_column, rule)


_GUIDE = (
    "一、一行填一个项目，写在“{filings}”表头之下；行数不够可接着往下填，不要改动表头。",
    "二、表头底色较深的栏目必填，较浅的选填；鼠标停在表头上有填写提示，带下拉箭头的栏目请从列表中选择。",
    "三、双跨团组的参团单位逐个填入“{participants}”，序号与所属项目在“{filings}”中的序号一致。",
    "四、不要填写出访人员姓名、证件号码等个人信息。",
    "五、日期请填成 {year}-05-11 的样子，人数、天数、经费只填数字，不带单位。",
    "六、报送前可先自查；修改后重新报送的，请另存为新文件名（如加“修改版”）一并放入。",
)


def _guide(workbook: Book, book: Yearbook) -> None:
    """One page on how to fill the form in. Column titles stand inside sentences, so that it is not taken for a form."""
    notice, form = book.notice, book.form
    page = Page(workbook, GUIDE_SHEET, f"{notice.title}申报表填表说明", (7.0, 34.0, 62.0))
    for text in _GUIDE:
        page.say(text.format(filings=form.filing_sheet, participants=form.participant_sheet, year=notice.year))
    for name, columns in ((form.filing_sheet, form.filing), (form.participant_sheet, form.participant)):
        page.head(f"“{name}”各栏")
        for number, column in enumerate(columns):
            listed = notice.vocabularies.get(column.vocabulary or "", ())
            told = f"{column.doc}{'：' + '、'.join(listed) if listed else ''}。"
            page.row((f"{xl_col_to_name(number)} 列", f"“{column.title}”，{column.asked}", told))


def _word_lists(book: Book, words: Mapping[str, Sequence[str]]) -> None:
    """The words of the drop-downs, a column a list, without titles, so that they are not taken for a table."""
    sheet = book.sheet(WORDS_SHEET)
    for position, listed in enumerate(words.values()):
        sheet.write_column(0, position, [safe(word) for word in listed], book.style())
    sheet.hide()
